"""Feeds: RSS 0.9x to 2.0, RDF, Atom, ill-formed ones too (feedparser), and JSON Feed.

feedparser takes seconds over some crafted kilobytes, so strangers' bytes are read in a
sandbox (extract/sandbox.py). It is handed a stream, because it opens a path or an address.
"""

from __future__ import annotations

import hashlib
import io
import json
import math
import time
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urljoin

import feedparser

from extract.addresses import canonical
from extract.errors import FeedError
from extract.moments import moment, sensible
from extract.plain import line, paragraphs, without_markup

UPDATE_MINUTES = {"hourly": 60, "daily": 1440, "weekly": 10080, "monthly": 43200, "yearly": 525600}
"""The periods of RSS 1.0's syndication module, in minutes."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of a feed. `id` tells it from all others of the feed, from fetch to fetch.

    `url` is http(s) or None; `published` is aware, in UTC, None where the feed does not say
    (or not sensibly); `title` is one line, `summary` paragraphs, both without markup.
    """

    id: str
    url: str | None
    title: str
    published: datetime | None
    author: str | None
    summary: str


@dataclass(frozen=True, slots=True)
class Feed:
    """A feed as read. `url` is its site; `warning` says what was ill-formed but read."""

    title: str
    url: str | None
    language: str | None
    ttl_minutes: int | None
    entries: tuple[Entry, ...]
    warning: str | None


def parse_feed(body: bytes, *, url: str, content_type: str | None = None) -> Feed:
    """The feed in the bytes that came from `url`; raises FeedError where there is none.

    Links are resolved against `url`. An entry without an id takes its address's canonical
    spelling, and one without an address a digest of what it says.
    """
    if body.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] == b"{":
        return _json_feed(body, url)
    if not body.strip():
        raise FeedError("no bytes")
    headers = {"content-location": url}
    if content_type:
        headers["content-type"] = content_type
    try:
        found = feedparser.parse(io.BytesIO(body), response_headers=headers)
    except Exception as error:  # it has no errors of its own: what slips out is a fault in it
        raise FeedError(f"cannot be read: {type(error).__name__}: {error}") from error
    if not found.version and not found.entries:
        raise FeedError(_what_instead(body))
    feed = found.feed
    return Feed(
        title=_title(feed),
        url=_link(feed.get("link"), url),
        language=_language(feed.get("language")),
        ttl_minutes=_ttl(feed),
        entries=tuple(_entry(entry, url) for entry in found.entries),
        warning=_warning(found),
    )


def _entry(entry: Mapping[str, Any], base: str) -> Entry:
    contents = [part.get("value") or "" for part in entry.get("content") or ()]
    summary = entry.get("summary") or next(filter(None, contents), "")
    # `in` first: asked for a date that is not there, feedparser hands out another, and warns
    dates = ("published_parsed", "updated_parsed", "created_parsed")
    return _finished(
        id=str(entry.get("id") or ""),
        url=_link(entry.get("link"), base),
        title=_title(entry),
        published=_first(_moment(entry[key]) for key in dates if key in entry),
        author=_people(entry),
        summary=paragraphs(without_markup(str(summary))),
    )


def _people(entry: Mapping[str, Any]) -> str | None:
    """The names of the authors; RSS's `author` may hold an address beside the name."""
    names = [str(who.get("name") or "") for who in entry.get("authors") or ()]
    if not any(names):
        names = [str(entry.get("author") or "")]
    clean = (line(without_markup(name)) for name in names)
    return ", ".join(filter(None, dict.fromkeys(clean))) or None


def _finished(
    *,
    id: str,
    url: str | None,
    title: str,
    published: datetime | None,
    author: str | None,
    summary: str,
) -> Entry:
    name = line(id)
    if not name and url is not None:
        name = canonical(url)
    if not name:
        said = "\n".join((title, summary, author or "", str(published)))
        name = "sha256:" + hashlib.sha256(said.encode()).hexdigest()
    return Entry(name, url, title, published, author, summary)


def _title(of: Mapping[str, Any]) -> str:
    return line(without_markup(str(of.get("title") or "")))


def _link(link: object, base: str) -> str | None:
    """An absolute http(s) address, or None: `javascript:` and `data:` lead nowhere."""
    if not isinstance(link, str) or not link.strip():
        return None
    try:
        resolved = urljoin(base, line(link))
        canonical(resolved)
    except ValueError:
        return None
    return resolved


def _moment(parsed: time.struct_time | None) -> datetime | None:
    """feedparser's date, always in UTC, as a sensible moment."""
    if parsed is None:
        return None
    try:
        return sensible(datetime(*parsed[:6], tzinfo=UTC))
    except ValueError:
        return None


def _first(moments: Iterable[datetime | None]) -> datetime | None:
    return next((moment for moment in moments if moment is not None), None)


def _language(code: object) -> str | None:
    code = line(str(code or "")).replace("_", "-").lower()
    return code if code and len(code) <= 35 and code.replace("-", "").isalnum() else None


def _ttl(feed: Mapping[str, Any]) -> int | None:
    """Minutes between two fetches: RSS 2.0's `ttl`, or RSS 1.0's updatePeriod."""
    minutes = _positive(feed.get("ttl"))
    period = UPDATE_MINUTES.get(str(feed.get("sy_updateperiod") or "").strip().lower())
    if minutes is None and period is not None:
        minutes = period / (_positive(feed.get("sy_updatefrequency")) or 1)
    return None if minutes is None else max(1, round(minutes))


def _positive(value: object) -> float | None:
    try:
        number = float(str(value))
    except ValueError:
        return None
    return number if math.isfinite(number) and number > 0 else None


def _warning(found: Mapping[str, Any]) -> str | None:
    error = found.get("bozo_exception") if found.get("bozo") else None
    harmless = (feedparser.CharacterEncodingOverride, feedparser.NonXMLContentType)
    if error is None or isinstance(error, harmless):
        return None
    return line(f"ill-formed, read all the same: {error}")


def _what_instead(body: bytes) -> str:
    start = body[:2000].lower()
    if b"<html" in start or b"<!doctype html" in start:
        return "a web page, not a feed"
    return "no feed in any known format"


def _json_feed(body: bytes, url: str) -> Feed:
    """JSON Feed 1.0 and 1.1, https://www.jsonfeed.org/version/1.1/."""
    try:
        data = json.loads(body.decode("utf-8-sig", "replace"))
    except (ValueError, RecursionError) as error:
        raise FeedError(f"no JSON: {error}") from error
    if not isinstance(data, dict) or "jsonfeed.org/version/" not in str(data.get("version")):
        raise FeedError("JSON, but no JSON Feed")
    items = data.get("items")
    return Feed(
        title=_title(data),
        url=_link(data.get("home_page_url"), url),
        language=_language(data.get("language")),
        ttl_minutes=None,
        entries=tuple(
            _json_entry(item, url)
            for item in (items if isinstance(items, list) else ())
            if isinstance(item, dict)
        ),
        warning=None if isinstance(items, list) else "ill-formed, read all the same: no items",
    )


def _json_entry(item: Mapping[str, Any], base: str) -> Entry:
    plain = item.get("summary") or item.get("content_text")
    summary = str(plain) if plain else without_markup(str(item.get("content_html") or ""))
    authors = item.get("authors")
    one = item.get("author")
    people = authors if isinstance(authors, list) else [one]
    names = [line(str(who.get("name") or "")) for who in people if isinstance(who, dict)]
    dates = ("date_published", "date_modified")
    return _finished(
        id=str(item.get("id") or ""),
        url=_link(item.get("url") or item.get("external_url"), base),
        title=_title(item),
        published=_first(moment(item.get(key)) for key in dates),
        author=", ".join(filter(None, names)) or None,
        summary=paragraphs(summary),
    )
