"""What a page says of itself: JSON-LD, meta tags, microdata, and its address.

Nothing here guesses. A date counts where the page or its address states it as the date of
publication; a copyright line, a date of change or of a teaser does not.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from html import unescape
from typing import Any
from urllib.parse import urlsplit

from lxml.html import HtmlElement

from extract.addresses import canonical
from extract.moments import moment
from extract.plain import line, without_markup

ARTICLE_TYPES = re.compile(r"(?:Article|Posting|Report|NewsStory|Review)$")
PAGE_TYPES = frozenset({"WebPage", "ItemPage", "VideoObject"})

PUBLISHED_NAMES = """
article:published_time article:published article:published_date article:post_date
article.published og:published_time og:article:published_time og:pubdate og:publish_date
date date.published dateposted datepublished date_published
dc.date dc.date.issued dc.date.published dc:date dcterms.date dcterms.issued dcterms.created
citation_date citation_publication_date cxenseparse:recs:publishtime
parsely-pub-date sailthru.date shareaholic:article_published_time
pubdate publish-date publish_date publishdate published published-date published_date
published_time publication_date originalpublicationdate rnews:datepublished bt:pubdate
vr:published_time article_date_original displaydate
"""
PUBLISHED_TAGS = tuple(PUBLISHED_NAMES.split())
"""Names of meta tags in which sites state the date of publication, the common ones first."""

LONGEST = 400
"""Characters of a headline or a name, and more: what is longer is a trick, or a mistake."""

PATH_DATE = re.compile(r"(?<!\d)((?:19|20)\d\d)([/-]?)(0[1-9]|1[0-2])\2(0[1-9]|[12]\d|3[01])(?!\d)")
"""A whole date in an address: /2025/01/27/, /2025-01-27-title, /20250127."""


@dataclass(frozen=True, slots=True)
class Metadata:
    """What was found; texts are one line each, `published` in UTC."""

    headlines: tuple[str, ...]
    site: str | None
    published: datetime | None
    authors: tuple[str, ...]
    language: str | None
    url: str | None
    types: frozenset[str]
    free: bool | None  # schema.org's isAccessibleForFree
    tags: Mapping[str, str] = field(default_factory=dict)


def read_metadata(tree: HtmlElement, url: str | None) -> Metadata:
    """The metadata of a parsed page that came from `url`."""
    tags = _tags(tree)
    article, others = _json_ld(tree)
    page_url = url or _own_address(tree, tags)
    publisher = article.get("publisher")
    site = tags.get("og:site_name") or _name(publisher) or tags.get("application-name")
    return Metadata(
        headlines=tuple(_headlines(tree, article, tags)),
        site=_clean(site),
        published=_published(tree, article, others, tags, page_url),
        authors=tuple(_authors(article)),
        language=_language(tree, article, tags),
        url=page_url,
        types=frozenset(kind for node in (article, *others) for kind in _types(node)),
        free=_free(article, others),
        tags=tags,
    )


def date_in_address(url: str | None) -> datetime | None:
    """The day that an address states in its path, at midnight UTC."""
    if not url:
        return None
    try:
        found = PATH_DATE.search(urlsplit(url).path)
        if not found:
            return None
        day = date(int(found[1]), int(found[3]), int(found[4]))
    except ValueError:
        return None
    return moment(day.isoformat())


def _published(
    tree: HtmlElement,
    article: Mapping[str, Any],
    others: list[Mapping[str, Any]],
    tags: Mapping[str, str],
    url: str | None,
) -> datetime | None:
    stated = [article.get("datePublished"), *(tags.get(name) for name in PUBLISHED_TAGS)]
    stated += [node.get("datePublished") or node.get("uploadDate") for node in others]
    stated += [
        element.get("content") or element.get("datetime") or element.text_content()
        for element in tree.xpath("//*[@itemprop='datePublished']")[:1]
    ]
    stated += [element.get("datetime") for element in tree.xpath("//time[@pubdate]")[:1]]
    for text in stated:
        if (found := moment(text)) is not None:
            return found
    return date_in_address(url) or _time_by_headline(tree)


def _time_by_headline(tree: HtmlElement) -> datetime | None:
    """The first `<time>` in the block that holds the page's one headline, teasers left out."""
    headlines = tree.xpath("//h1")
    if len(headlines) != 1:
        return None
    for block in headlines[0].iterancestors():
        if block.tag in ("body", "html"):
            return None
        times = block.xpath(
            ".//time[@datetime][not(ancestor::aside or ancestor::nav or ancestor::footer"
            " or ancestor::li or ancestor::a)]"
        )
        found = [when for when in (moment(time.get("datetime")) for time in times) if when]
        if found:
            return found[0]
        if block.tag in ("article", "main"):
            return None
    return None


def _headlines(
    tree: HtmlElement, article: Mapping[str, Any], tags: Mapping[str, str]
) -> Iterator[str]:
    """Candidates for the title, in order of trust where they differ."""
    found = tree.xpath("//h1[not(ancestor::nav)]")
    headlines = [clean for element in found if (clean := _clean(_words(element)))]
    if len(headlines) == 1 and len(headlines[0].split()) > 2:  # else the site's name, or a section
        yield headlines.pop()
    title = tree.findtext(".//head/title") or tree.findtext(".//title")
    for text in (
        article.get("headline") or article.get("name"),
        tags.get("og:title"),
        tags.get("twitter:title"),
        title,
    ):
        if clean := _clean(text):
            yield clean
    yield from headlines


def _words(element: HtmlElement) -> str:
    """The text of an element: a line break parts words, buttons and scripts are none of it."""
    for line_break in element.iter("br"):
        line_break.tail = " " + (line_break.tail or "")
    return "".join(
        element.xpath(".//text()[not(ancestor::button or ancestor::script or ancestor::style)]")
    )


def _authors(article: Mapping[str, Any]) -> Iterator[str]:
    """The people whom JSON-LD names; an organisation is the outlet, no author."""
    authors = article.get("author")
    for author in authors if isinstance(authors, list) else [authors]:
        if isinstance(author, Mapping) and "Organization" in "".join(_types(author)):
            continue
        name = _clean(_name(author))
        if name and not name.lower().startswith(("http:", "https:", "@")):
            yield name


def _language(tree: HtmlElement, article: Mapping[str, Any], tags: Mapping[str, str]) -> str | None:
    root = tree.getroottree().getroot()
    lang = root.get("lang") or root.get("{http://www.w3.org/XML/1998/namespace}lang")
    stated = (
        lang or root.get("xml:lang"),
        article.get("inLanguage"),
        tags.get("og:locale"),
        tags.get("content-language"),
        tags.get("language") or tags.get("dc.language"),
    )
    return next((text for text in stated if isinstance(text, str) and text.strip()), None)


def _own_address(tree: HtmlElement, tags: Mapping[str, str]) -> str | None:
    links = tree.xpath("//link[@rel='canonical']/@href")
    for link in (*links[:1], tags.get("og:url")):
        try:
            canonical(link or "")
        except ValueError:
            continue
        return str(link).strip()
    return None


def _tags(tree: HtmlElement) -> dict[str, str]:
    """The meta tags by name in lower case, the first of each."""
    tags: dict[str, str] = {}
    for element in tree.iter("meta"):
        names = (element.get(kind) for kind in ("property", "name", "itemprop", "http-equiv"))
        name = next(filter(None, names), "").strip().lower()
        content = (element.get("content") or "").strip()
        if name and content:
            tags.setdefault(name, content)
    return tags


def _json_ld(tree: HtmlElement) -> tuple[Mapping[str, Any], list[Mapping[str, Any]]]:
    """The page's article in JSON-LD (empty where there is none), and its pages and videos.

    Only what the page is about: lists of other articles, comments and updates stay out.
    """
    nodes: list[Mapping[str, Any]] = []
    for script in tree.iter("script"):
        if "ld+json" in (script.get("type") or "").lower() and script.text:
            nodes += _top_nodes(_loose_json(script.text))
    articles = [node for node in nodes if any(ARTICLE_TYPES.search(kind) for kind in _types(node))]
    dated = [node for node in articles if node.get("datePublished")]
    article = next(iter(dated or articles), {})
    return article, [node for node in nodes if PAGE_TYPES & _types(node)]


def _top_nodes(data: object) -> Iterator[Mapping[str, Any]]:
    for node in data if isinstance(data, list) else [data]:
        if not isinstance(node, Mapping):
            continue
        yield node
        graph = node.get("@graph")
        for inner in graph if isinstance(graph, list) else [graph]:
            if isinstance(inner, Mapping):
                yield inner
        main = node.get("mainEntity")
        if isinstance(main, Mapping):
            yield main


def _loose_json(text: str) -> object:
    """JSON as sites write it: raw line breaks in strings, comment marks around it."""
    text = re.sub(
        r"^\s*(?:<!--|//\s*<!\[CDATA\[|/\*\s*<!\[CDATA\[\s*\*/)|(?:-->|//\s*\]\]>)\s*$", "", text
    )
    for attempt in (text, unescape(text), re.sub(r",(\s*[}\]])", r"\1", text)):
        try:
            return json.loads(attempt.strip().rstrip(";"), strict=False)
        except (ValueError, RecursionError):
            continue
    return None


def _types(node: Mapping[str, Any]) -> frozenset[str]:
    kinds = node.get("@type")
    return frozenset(
        kind.rsplit("/", 1)[-1]
        for kind in (kinds if isinstance(kinds, list) else [kinds])
        if isinstance(kind, str)
    )


def _free(article: Mapping[str, Any], others: list[Mapping[str, Any]]) -> bool | None:
    for node in (article, *others):
        if (free := node.get("isAccessibleForFree")) is not None:
            return str(free).strip().lower() not in ("false", "0", "no", "http://schema.org/false")
    return None


def _name(of: object) -> str | None:
    if isinstance(of, Mapping):
        of = of.get("name")
    if isinstance(of, list):
        of = next(iter(of), None)
    return of if isinstance(of, str) else None


def _clean(text: object) -> str | None:
    """A text of the page as one plain line, cut where no headline or name is so long."""
    if not isinstance(text, str):
        return None
    return line(without_markup(unescape(text[: 4 * LONGEST])))[:LONGEST] or None
