"""Feeds as they come: every format, ill-formed, hostile."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extract.errors import FeedError, SandboxError
from extract.feeds import Entry, Feed, parse_feed
from extract.sandbox import Sandbox

URL = "https://wire.example/news/feed.xml"
FEEDS = Path(__file__).parent / "feeds"


def read(body: bytes | str, **more: str) -> Feed:
    return parse_feed(body.encode() if isinstance(body, str) else body, url=URL, **more)


def rss(item: str, channel: str = "") -> str:
    return f"<rss version='2.0'><channel><title>Wire</title>{channel}<item>{item}</item></channel></rss>"


def only(body: bytes | str) -> Entry:
    (entry,) = read(body).entries
    return entry


@pytest.mark.parametrize("path", sorted(FEEDS.glob("*.*")), ids=lambda path: path.name)
def test_frozen_feeds(path: Path) -> None:
    """Each format says the same in its own words, so that one expectation serves all."""
    feed = parse_feed(path.read_bytes(), url=URL)
    assert (feed.title, feed.url, feed.language) == (
        "Wire & Watt",
        "https://wire.example/",
        "en-gb",
    )
    assert feed.warning is None
    assert feed.ttl_minutes == (None if path.name in ("atom.xml", "json-feed.json") else 30)
    first, second = feed.entries
    assert first == Entry(
        id="urn:wire:1",
        url="https://wire.example/2025/halden?id=1",
        title="Halden's model: 61 million dollars, < 70 expected",
        published=datetime(2025, 1, 27, 8, 30, tzinfo=UTC),
        author="Ada Berg",
        summary="First paragraph & more.\nSecond paragraph.",
    )
    assert (second.url, second.title) == (
        "https://wire.example/2025/hall",
        "Zweite Halle für Halden",
    )
    assert second.author is None


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("A &lt;b&gt;bold&lt;/b&gt; move", "A bold move"),
        ("<![CDATA[<img src=x onerror=alert(1)>Chips]]>", "Chips"),
        ("R&amp;amp;D at AT&amp;T", "R&D at AT&T"),
        ("Loss of 5 &lt; 6", "Loss of 5 < 6"),
        ("  two\n lines\t", "two lines"),
        ("Cafe\u0301 \u202etxt.exe\u200b", "Café txt.exe"),
        ("&lt;script&gt;steal()&lt;/script&gt;Chips", "Chips"),
        ("", ""),
    ],
)
def test_titles_are_plain(title: str, expected: str) -> None:
    assert only(rss(f"<title>{title}</title>")).title == expected


@pytest.mark.parametrize(
    ("link", "expected"),
    [
        ("/a", "https://wire.example/a"),
        ("a?x=1&amp;utm_source=rss", "https://wire.example/news/a?x=1&utm_source=rss"),
        ("//other.example/a", "https://other.example/a"),
        ("javascript:alert(1)", None),
        ("data:text/html,x", None),
        ("file:///etc/passwd", None),
        ("http://", None),
        ("", None),
    ],
)
def test_links(link: str, expected: str | None) -> None:
    assert only(rss(f"<title>t</title><link>{link}</link>")).url == expected


@pytest.mark.parametrize(
    ("date", "expected"),
    [
        ("Mon, 27 Jan 2025 09:30:00 +0100", datetime(2025, 1, 27, 8, 30, tzinfo=UTC)),
        ("2025-01-27T09:30:00Z", datetime(2025, 1, 27, 9, 30, tzinfo=UTC)),
        ("Mon, 27 Jan 2025 04:30:00 EST", datetime(2025, 1, 27, 9, 30, tzinfo=UTC)),
        ("Thu, 01 Jan 1970 00:00:00 GMT", None),
        ("0001-01-01T00:00:00Z", None),
        ("Mon, 27 Jan 2125 09:30:00 GMT", None),
        ("yesterday", None),
        ("", None),
    ],
)
def test_dates(date: str, expected: datetime | None) -> None:
    assert only(rss(f"<title>t</title><pubDate>{date}</pubDate>")).published == expected


@pytest.mark.parametrize(
    ("author", "expected"),
    [
        ("<author>ada@example.org (Ada Berg)</author>", "Ada Berg"),
        ("<author>Ada Berg</author>", "Ada Berg"),
        ("<d:creator>Ada Berg</d:creator><d:creator>Bo Lund</d:creator>", "Ada Berg, Bo Lund"),
        ("<d:creator>&lt;b&gt;Ada\nBerg&lt;/b&gt;</d:creator>", "Ada Berg"),
        ("<author></author>", None),
    ],
)
def test_authors(author: str, expected: str | None) -> None:
    namespaced = author.replace(
        "<d:creator>", "<d:creator xmlns:d='http://purl.org/dc/elements/1.1/'>"
    )
    assert only(rss(f"<title>t</title>{namespaced}")).author == expected


def test_updated_stands_in_for_published() -> None:
    entry = "<entry><title>t</title><updated>2025-01-27T09:30:00Z</updated></entry>"
    atom = f"<feed xmlns='http://www.w3.org/2005/Atom'><title>Wire</title>{entry}</feed>"
    assert only(atom).published == datetime(2025, 1, 27, 9, 30, tzinfo=UTC)


def test_id_falls_back_on_address_then_content() -> None:
    assert only(rss("<guid isPermaLink='false'>7</guid><link>/a</link>")).id == "7"
    assert only(rss("<link>/a?utm_source=rss</link>")).id == "https://wire.example/a"
    digest = only(rss("<title>One</title>")).id
    assert digest == only(rss("<title>One</title>")).id
    assert digest != only(rss("<title>Two</title>")).id


def test_content_stands_in_for_a_missing_summary() -> None:
    item = "<c:encoded xmlns:c='http://purl.org/rss/1.0/modules/content/'><![CDATA[<p>All</p><p>of it</p>]]></c:encoded>"
    assert only(rss(item)).summary == "All\nof it"


@pytest.mark.parametrize(
    ("channel", "minutes"),
    [
        ("<ttl>60</ttl>", 60),
        ("<ttl>0.2</ttl>", 1),
        ("<ttl>soon</ttl>", None),
        ("<ttl>-5</ttl>", None),
        ("<ttl>1e999</ttl>", None),
        (
            "<s:updatePeriod xmlns:s='http://purl.org/rss/1.0/modules/syndication/'>daily</s:updatePeriod>",
            1440,
        ),
    ],
)
def test_ttl(channel: str, minutes: int | None) -> None:
    assert read(rss("<title>t</title>", channel)).ttl_minutes == minutes


def test_ill_formed_feed_is_read_with_a_warning() -> None:
    feed = read(
        "<rss version='2.0'><channel><title>Wire & Watt</title><item><title>A & B</title><link>/a</link>"
    )
    assert (feed.title, feed.entries[0].title, feed.entries[0].url) == (
        "Wire & Watt",
        "A & B",
        "https://wire.example/a",
    )
    assert feed.warning is not None
    assert feed.warning.startswith("ill-formed")


def test_declared_charset_is_heeded() -> None:
    body = "<?xml version='1.0' encoding='windows-1252'?>" + rss("<title>“Größe”</title>")
    assert only(body.encode("cp1252")).title == "“Größe”"
    late = parse_feed(
        rss("<title>тест</title>").encode("koi8-r"),
        url=URL,
        content_type="application/xml; charset=koi8-r",
    )
    assert late.entries[0].title == "тест"


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b" \n ",
        b"\0" * 100,
        b"hello",
        b"<html><body>404</body></html>",
        b"{}",
        b"{",
        b'{"version": 1}',
        b"[" * 100_000,
        b'{"a":' * 100_000,
        b"%PDF-1.7",
        bytes(range(256)),
        b"/etc/passwd",
        b"file:///etc/passwd",
        b"http://127.0.0.1/",
    ],
)
def test_no_feed(body: bytes) -> None:
    with pytest.raises(FeedError):
        read(body)


def test_json_feed_of_the_wrong_types() -> None:
    version = "https://jsonfeed.org/version/1.1"
    odd = {
        "version": version,
        "title": 7,
        "items": [
            None,
            3,
            {
                "id": 9,
                "title": [],
                "url": {},
                "authors": "x",
                "author": 3,
                "date_published": "99999-01-01",
            },
        ],
    }
    feed = read(json.dumps(odd))
    assert (feed.title, len(feed.entries)) == ("7", 1)
    assert (feed.entries[0].id, feed.entries[0].url, feed.entries[0].published) == ("9", None, None)
    assert read(json.dumps({"version": version, "items": 3})).warning is not None


def test_nul_bytes_do_not_reach_the_reader() -> None:
    entry = only(rss("<title>Chi\0ps \x01&#0;</title><link>/a\0b</link>"))
    assert "\0" not in repr(entry)
    assert "\x01" not in entry.title


BOMB = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 10))
HOSTILE = {
    "entity bomb": f'<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY a0 "ha">{BOMB}]>{rss("<title>&a9;</title>")}',
    "external entity": f'<!DOCTYPE rss [<!ENTITY f SYSTEM "file:///etc/passwd">]>{rss("<title>&f;</title>")}',
    "deep nesting": "<rss version='2.0'><channel><item>" + "<div>" * 50_000,
    "many entries": "<rss version='2.0'><channel>" + "<item><title>t</title></item>" * 2000,
}


@pytest.fixture(scope="module")
def sandbox() -> Iterator[Sandbox]:
    with Sandbox(workers=1, seconds=3.0, megabytes=512) as sandbox:
        yield sandbox


def parse(body: bytes) -> Feed:
    return parse_feed(body, url=URL)


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_feeds_end_in_time(sandbox: Sandbox, name: str) -> None:
    started = time.monotonic()
    bad, good = sandbox.map(parse, [(HOSTILE[name].encode(),), (rss("<title>t</title>").encode(),)])
    assert time.monotonic() - started < 15
    assert isinstance(bad, (Feed, FeedError, SandboxError))
    assert "root:" not in repr(bad)
    assert len(repr(bad)) < 1_000_000
    assert isinstance(good, Feed)


def test_crafted_author_runs_into_the_time_limit() -> None:
    """24 kB of author take feedparser seconds; the feed after it does not wait for long."""
    crafted = rss(f"<title>t</title><author>{'a' * 24_000}</author>")
    with Sandbox(workers=1, seconds=0.5) as sandbox:
        bad, good = sandbox.map(parse, [(crafted.encode(),), (rss("<title>t</title>").encode(),)])
    assert isinstance(bad, SandboxError)
    assert isinstance(good, Feed)


@settings(max_examples=40, deadline=None)
@given(
    st.binary(max_size=200),
    st.sampled_from(["<title>%s</title>", "<link>%s</link>", "<pubDate>%s</pubDate>", "%s"]),
)
def test_any_bytes_inside_an_item(noise: bytes, place: str) -> None:
    before, after = rss(place).encode().split(b"%s")
    for entry in read(before + noise + after).entries:
        assert entry.id
        assert entry.url is None or entry.url.startswith("http")
