"""Web pages: the article in them, its headline, date and author.

The text is found by trafilatura; the rest is what the page states (metadata.py), because
trafilatura, asked for a date, finds one in a copyright line or a teaser where none is stated.
Pages of strangers are read in a sandbox (extract/sandbox.py).
"""

from __future__ import annotations

import logging
import re
import unicodedata
from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlsplit

import lxml.html
import trafilatura
from lxml.etree import LxmlError
from lxml.html import HtmlElement

from extract.addresses import outlet
from extract.charset import decode
from extract.errors import PageError
from extract.language import language_of
from extract.metadata import ARTICLE_TYPES, Metadata, read_metadata
from extract.plain import line, paragraphs, safe_references

logging.getLogger("trafilatura").setLevel(logging.CRITICAL)  # it logs what we raise or return

SEPARATOR = re.compile(r"\s+[|\u2013\u2014\u2022\u00b7\u00bb\u00ab:/\u203a\u2039~-]+\s+")
"""What stands between a headline and the site's name in a title."""

LIST_TYPES = frozenset({"CollectionPage", "SearchResultsPage", "ProfilePage", "ItemList"})
"""What schema.org calls pages that list articles."""

SEEN = 100_000
"""Characters of a short page in which a wall or a notice is looked for."""

SHORT_WORDS = 120
"""Words below which a text is a fragment: then a wall or a film explains it, else nothing."""

WALL = re.compile(
    r"subscri(?:be|ption|bers?)\b.{0,60}\b(?:continu|read|access|unlock)|"
    r"(?:continue|keep) reading (?:with|by|for)|already a (?:subscriber|member)|"
    r"(?:log|sign) in to (?:continue|read)|create (?:an? )?(?:free )?account to (?:continue|read)",
    re.IGNORECASE,
)
CONSENT = re.compile(
    r"(?:we|our partners?|this (?:web)?site)\b.{0,80}\b(?:cookies|personal data)|"
    r"(?:accept|reject|manage) (?:all |your )?(?:cookies|choices)|before you continue|"
    r"please enable (?:javascript|cookies)|(?:checking|verify).{0,30}\b(?:browser|human)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Page:
    """A page as read.

    `title` is the headline without the site's name; `published` is aware, in UTC, midnight
    where only the day is known, None where the page does not state it; `language` a
    two-letter code; `outlet` the site as it names itself, else its host; `text` NFC, its
    paragraphs parted by "\\n". `kind` is "article", or what stands in an article's place:
    "paywall", "consent", "index", "video", "empty".
    """

    url: str | None
    title: str
    published: datetime | None
    author: str | None
    language: str | None
    outlet: str | None
    text: str
    kind: str


def read_page(body: bytes, *, url: str | None = None, content_type: str | None = None) -> Page:
    """The page in the bytes; raises PageError where they hold neither title nor text."""
    html = safe_references(decode(body, content_type).replace("\0", ""))
    if body.startswith(b"%PDF") or "<" not in html:
        raise PageError("no HTML")
    try:
        tree = lxml.html.document_fromstring(
            html.encode("utf-8", "replace"), parser=lxml.html.HTMLParser(encoding="utf-8")
        )
        stated = read_metadata(tree, url if _host(url) else None)
        found = trafilatura.bare_extraction(
            html,
            url=stated.url,
            include_comments=False,
            with_metadata=True,
            date_extraction_params={"extensive_search": False, "original_date": True},
        )
    except (LxmlError, ValueError, TypeError, AttributeError, RecursionError) as error:
        raise PageError(f"cannot be read: {type(error).__name__}: {error}") from error
    title = headline(stated)
    text = _without_headline(paragraphs(found.text or "") if found else "", title)
    if not text and not title:
        raise PageError("neither title nor text")
    return Page(
        url=stated.url,
        title=title,
        published=stated.published,
        author=_author(stated, line(found.author or "") if found else ""),
        language=language_of(text or title, stated.language),
        outlet=stated.site or _host(stated.url),
        text=text,
        kind=_kind(stated, text, tree),
    )


def _without_headline(text: str, title: str) -> str:
    """The text without the headline that some pages have at its head: it is the title's place."""
    first, _, rest = text.partition("\n")
    return rest if rest and _key(first) == _key(title) else text


def headline(stated: Metadata) -> str:
    """The headline that most of the page's titles agree on, without the site's name.

    Where all differ, the first in their order of trust: the page's only h1, JSON-LD, Open
    Graph, the title.
    """
    keys = {_key(text) for text in stated.headlines}
    bare = [_without_site(text, stated, keys) for text in stated.headlines]
    if not bare:
        return ""
    votes = Counter(map(_key, bare))
    return max(bare, key=lambda text: votes[_key(text)])  # the first of the most


def _without_site(text: str, stated: Metadata, keys: set[str]) -> str:
    for separator in SEPARATOR.finditer(text):
        shorter = text[: separator.start()]
        if _key(shorter) in keys and not _is_site(shorter, stated):  # another title stops here
            return shorter
    while separators := list(SEPARATOR.finditer(text)):
        first, last = separators[0], separators[-1]
        if _is_site(text[last.end() :], stated):
            text = text[: last.start()]
        elif _is_site(text[: first.start()], stated):
            text = text[first.end() :]
        else:
            break
    return text


def _is_site(part: str, stated: Metadata) -> bool:
    """Whether a part of a title names the site: its name, or its host's, or a word more."""
    key = _key(part)
    host = _host(stated.url) or ""
    names = [stated.site or "", *host.split(".")[:-1]]
    for name in names:
        known = _key(name)
        if len(known) < 3:
            continue
        longer = key.startswith(known) and len(part.split()) <= len(name.split()) + 1
        if longer or (len(key) >= 3 and known.startswith(key)):
            return True
    return False


def _key(text: str) -> str:
    return "".join(filter(str.isalnum, unicodedata.normalize("NFKD", text).casefold()))


def _author(stated: Metadata, found: str) -> str | None:
    names = list(stated.authors) or found.split("; ")
    outlets = {_key(stated.site or ""), _key(_host(stated.url) or "")}
    people = [name for name in dict.fromkeys(names) if name and _key(name) not in outlets]
    return ", ".join(people) or None


def _host(url: str | None) -> str | None:
    try:
        return outlet(url) if url else None
    except ValueError:
        return None


def _kind(stated: Metadata, text: str, tree: HtmlElement) -> str:
    article = any(ARTICLE_TYPES.search(kind) for kind in stated.types)
    lists = bool(stated.types & LIST_TYPES) and not article
    if lists or (stated.url and urlsplit(stated.url).path in ("", "/") and not article):
        return "index"
    if len(text.split()) >= SHORT_WORDS:
        return "article"
    whole = " ".join(tree.xpath("//body//text()[not(parent::script or parent::style)]"))[:SEEN]
    if stated.free is False or WALL.search(whole):
        return "paywall"
    if "VideoObject" in stated.types or stated.tags.get("og:type", "").startswith("video"):
        return "video"
    if CONSENT.search(whole) and not article:
        return "consent"
    return "article" if text else "empty"
