"""Pages as sites write them, frozen with what is to be read from them, and hostile ones."""

from __future__ import annotations

import json
import time
import unicodedata
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extract.charset import decode
from extract.errors import PageError, SandboxError
from extract.language import language_of
from extract.metadata import date_in_address
from extract.moments import moment
from extract.pages import Page, read_page
from extract.sandbox import Sandbox

PAGES = Path(__file__).parent / "pages"
PROSE = "".join(
    f"<p>The company said on day {n} that it would build hall number {n} for {n * 10} million dollars, and that nobody had asked it to.</p>"
    for n in range(1, 9)
)


def page(head: str = "", body: str = PROSE, **more: Any) -> Page:
    html = f"<!DOCTYPE html><html><head>{head}</head><body><article>{body}</article></body></html>"
    return read_page(html.encode(), **more)


@pytest.mark.parametrize("path", sorted(PAGES.glob("*.html")), ids=lambda path: path.stem)
def test_frozen_pages(path: Path) -> None:
    expected = json.loads(path.with_suffix(".json").read_text(encoding="utf-8"))
    found = read_page(path.read_bytes(), url=expected.get("url"))
    published = found.published.isoformat() if found.published else None
    assert {
        "title": found.title,
        "published": published,
        "author": found.author,
        "language": found.language,
        "outlet": found.outlet,
        "address": found.url,
        "kind": found.kind,
    } == {
        key: expected[key]
        for key in ("title", "published", "author", "language", "outlet", "address", "kind")
    }
    assert [words for words in expected["holds"] if words not in found.text] == []
    assert [words for words in expected["lacks"] if words in found.text] == []
    assert found.text == unicodedata.normalize("NFC", found.text)
    assert "\n\n" not in found.text


@pytest.mark.parametrize(
    ("titles", "expected"),
    [
        (
            "<title>Chips rise on demand | Wire &amp; Watt</title><meta property='og:site_name' content='Wire &amp; Watt'>",
            "Chips rise on demand",
        ),
        ("<title>Wire & Watt: Chips</title>", "Wire & Watt: Chips"),
        ("<title>Chips rise - wirewatt.example</title>", "Chips rise"),
        ("<title>WireWatt – Chips rise on demand</title>", "Chips rise on demand"),
        (
            "<title>Chips rise on demand - and fall again</title>",
            "Chips rise on demand - and fall again",
        ),
        (
            "<title>Chips rise | Markets | WireWatt</title><meta property='og:title' content='Chips rise'>",
            "Chips rise",
        ),
        (
            "<meta property='og:title' content='R&amp;amp;D &lt;b&gt;bill&lt;/b&gt; grows'>",
            "R&D bill grows",
        ),
        (
            "<title>Short</title><meta name='twitter:title' content='The whole headline'><meta property='og:title' content='The whole headline'>",
            "The whole headline",
        ),
    ],
)
def test_headline_without_the_sites_name(titles: str, expected: str) -> None:
    assert page(titles, url="https://www.wirewatt.example/a").title == expected


def test_headline_that_most_titles_agree_on() -> None:
    head = "<title>Seen by search engines</title><meta property='og:title' content='What the reader sees'>"
    assert page(head, f"<h1>What the reader sees</h1>{PROSE}").title == "What the reader sees"
    parted = "<h1>Chips<br>rise on<button>Copy</button> demand</h1>"
    assert page(body=parted + PROSE).title == "Chips rise on demand"
    logo = f"<h1>Wire and Watt</h1>{PROSE}"
    assert (
        page("<title>Chips rise</title><meta property='og:title' content='Chips rise'>", logo).title
        == "Chips rise"
    )


@pytest.mark.parametrize(
    ("head", "expected"),
    [
        (
            "<meta property='article:published_time' content='2025-01-27T09:30:00+01:00'>",
            "2025-01-27T08:30:00+00:00",
        ),
        ("<meta name='parsely-pub-date' content='2025-01-27'>", "2025-01-27T00:00:00+00:00"),
        ("<meta name='date' content='January 27, 2025'>", "2025-01-27T00:00:00+00:00"),
        (
            "<script type='application/ld+json'>{'bad': json, \"datePublished\": \"2025-01-27\"}</script>",
            None,
        ),
        (
            '<script type=\'application/ld+json\'>{"@type": "NewsArticle", "datePublished": "2025-01-27", "x": "a\nb"}</script>',
            "2025-01-27T00:00:00+00:00",
        ),
        (
            '<script type=\'application/ld+json\'>{"@type": ["WebPage"], "datePublished": "2025-01-27"}</script>',
            "2025-01-27T00:00:00+00:00",
        ),
        # stated, but of something else, or nothing sensible
        ("<meta property='article:modified_time' content='2025-01-27'>", None),
        ("<meta name='date' content='2099-01-27'>", None),
        ("<meta name='date' content='1970-01-01T00:00:00Z'>", None),
        ("<meta name='date' content='27'>", None),
        ("<meta name='date' content='01/02/2025'>", None),
        (
            "<meta name='copyright' content='2019'><meta itemprop='copyrightYear' content='2019'>",
            None,
        ),
        ("<meta property='og:image' content='https://wirewatt.example/2017/03/03/a.png'>", None),
        (
            '<script type=\'application/ld+json\'>{"@type": "Comment", "datePublished": "2025-01-27"}</script>',
            None,
        ),
        (
            '<script type=\'application/ld+json\'>{"@type": "NewsArticle", "comment": [{"@type": "Comment", "datePublished": "2025-01-27"}]}</script>',
            None,
        ),
    ],
)
def test_dates_are_stated_never_made_up(head: str, expected: str | None) -> None:
    body = f"{PROSE}<p>Copyright 2019. Founded on 3 May 2011.</p><ul><li><time datetime='2020-02-02'>2 Feb</time></li></ul>"
    found = page(head, body, url="https://wirewatt.example/story-20").published
    assert (found.isoformat() if found else None) == expected


def test_order_of_trust() -> None:
    url = "https://wirewatt.example/2025/01/27/story"
    time_tag = f"<h1>Chips rise on demand</h1><time datetime='2025-01-29'>29</time>{PROSE}"
    meta = "<meta name='date' content='2025-01-28'>"
    json_ld = '<script type=\'application/ld+json\'>{"@type": "Article", "datePublished": "2025-01-26"}</script>'
    days = [
        page(head, time_tag, url=where).published
        for head, where in ((json_ld + meta, url), (meta, url), ("", url), ("", None))
    ]
    assert [day.day if day else None for day in days] == [26, 28, 27, 29]


@pytest.mark.parametrize(
    ("url", "day"),
    [
        ("https://a.example/2025/01/27/story", "2025-01-27"),
        ("https://a.example/news/2025-01-27-story.html", "2025-01-27"),
        ("https://a.example/20250127/story", "2025-01-27"),
        ("https://a.example/2025/01/story", None),
        ("https://a.example/2025/13/27/story", None),
        ("https://a.example/2025/02/30/story", None),
        ("https://a.example/id/120250127", None),
        ("https://a.example/story?d=2025-01-27", None),
        ("https://a.example/2125/01/27/story", None),
        ("http://[broken", None),
        (None, None),
    ],
)
def test_date_in_address(url: str | None, day: str | None) -> None:
    found = date_in_address(url)
    assert (found.date().isoformat() if found else None) == day


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2025-01-27T09:30:00.123Z", datetime(2025, 1, 27, 9, 30, 0, 123000, tzinfo=UTC)),
        ("2025-01-27 09:30:00 +0100", datetime(2025, 1, 27, 8, 30, tzinfo=UTC)),
        ("20250127T093000Z", datetime(2025, 1, 27, 9, 30, tzinfo=UTC)),
        ("Mon, 27 Jan 2025 09:30:00 GMT", datetime(2025, 1, 27, 9, 30, tzinfo=UTC)),
        ("27 Jan 2025", datetime(2025, 1, 27, tzinfo=UTC)),
        ("2025-01-27T25:00:00Z", None),
        ("0001-01-01T00:00:00+14:00", None),
        ("9999-12-31T23:59:59-14:00", None),
        ("2025-W05", None),
        ("2025", None),
        ("1737970200", None),
        ("", None),
        (None, None),
        (["2025-01-27"], None),
    ],
)
def test_moments(text: object, expected: datetime | None) -> None:
    assert moment(text) == expected


@pytest.mark.parametrize(
    ("body", "content_type", "expected"),
    [
        ("Größe “x”".encode(), None, "Größe “x”"),
        ("Größe “x”".encode("cp1252"), "text/html; charset=ISO-8859-1", "Größe “x”"),
        (b'<meta charset="latin1">' + "“x”".encode("cp1252"), None, '<meta charset="latin1">“x”'),
        (b'<meta charset="latin1">' + "“x”".encode(), None, '<meta charset="latin1">“x”'),
        (b"\xef\xbb\xbfx", "text/html; charset=koi8-r", "x"),
        ("тест".encode("utf-16"), None, "тест"),
        ("тест".encode("koi8-r"), 'text/html; charset="KOI8-R"', "тест"),
        (
            b"\x1b$B%F%9%H\x1b(B <meta charset=iso-2022-jp>",
            None,
            "テスト <meta charset=iso-2022-jp>",
        ),
        (b"+ADw-script+AD4-", "text/html; charset=utf-7", "+ADw-script+AD4-"),
        (
            "Ein Café mit Größe und Würde, für jeden".encode("cp1252"),
            "text/html; charset=rot13",
            "Ein Café mit Größe und Würde, für jeden",
        ),
        (b"\xff", "text/html; charset=utf-8", "\ufffd"),
        (b"", None, ""),
    ],
)
def test_charset(body: bytes, content_type: str | None, expected: str) -> None:
    assert decode(body, content_type) == expected


@pytest.mark.parametrize(
    ("text", "declared", "expected"),
    [
        (
            "It was said that the price of the chips had risen and that they were not to be had for less than that.",
            None,
            "en",
        ),
        (
            "It was said that the price of the chips had risen and that they were not to be had for less than that.",
            "en-US",
            "en",
        ),
        (
            "It was said that the price of the chips had risen and that they were not to be had for less than that.",
            "de_DE",
            "en",
        ),
        (
            "Der Preis ist nicht hoch, und die Firma hat sich mit dem Kunden auf eine Zahlung von zwei Raten geeinigt, sagte er.",
            "en",
            "de",
        ),
        (
            "Le prix des puces est plus élevé que dans les autres pays, et une partie de la production est pour le marché local.",
            None,
            "fr",
        ),
        ("Цена была выше", "uk", "uk"),
        ("Цена была выше", None, "ru"),
        ("价格比去年更高", None, "zh"),
        ("Chips", "EN", "en"),
        ("Chips", None, None),
        ("Chips", "x-default", None),
    ],
)
def test_language(text: str, declared: str | None, expected: str | None) -> None:
    assert language_of(text, declared) == expected


def test_authors_are_people() -> None:
    def of(author: str) -> str | None:
        data = f'{{"@type": "NewsArticle", "author": {author}, "publisher": {{"name": "Wire & Watt"}}}}'
        return page(f"<script type='application/ld+json'>{data}</script>").author

    assert of('{"@type": "Person", "name": "Ada Berg"}') == "Ada Berg"
    assert of('[{"name": "Ada Berg"}, "Bo Lund", {"name": ["Ada Berg"]}]') == "Ada Berg, Bo Lund"
    assert of('{"@type": "Organization", "name": "Wire & Watt"}') is None
    assert of('{"name": "https://social.example/wire"}') is None
    assert of('"Wire &amp; Watt"') is None
    assert of("[null, 7, {}]") is None


def test_controls_do_not_reach_the_text() -> None:
    found = page(
        "<title>Chi\0ps\x08 rise\u202e now</title>",
        f"<p>Cafe\u0301\u200b \x01costs\0 &#1; &#xFFFE; &#147;3&#148; dollars a cup, they say.</p>{PROSE}",
    )
    assert found.title == "Chips rise now"
    assert "Café costs “3” dollars" in found.text
    assert not [
        c for c in found.text if unicodedata.category(c) in ("Cc", "Cs", "Cn", "Co") and c != "\n"
    ]


def test_broken_address_does_no_harm() -> None:
    head = "<title>Chips rise</title><link rel='canonical' href='http://[broken'>"
    found = page(head, url="http://[broken")
    assert (found.title, found.url, found.outlet, found.published) == (
        "Chips rise",
        None,
        None,
        None,
    )


def test_page_with_a_title_alone_is_empty() -> None:
    found = read_page(
        b"<html><head><title>Chips rise</title></head><body><div id=app></div><script>run()</script></body></html>"
    )
    assert (found.kind, found.title, found.text) == ("empty", "Chips rise", "")


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b" ",
        b"plain text",
        b"%PDF-1.7 <x>",
        b"<",
        b"<>",
        b"<!-- -->",
        b"<html></html>",
        b"<html><body></body></html>",
        b"\x89PNG\r\n\x1a\n\0\0\0<",
        b"{}",
        bytes(range(256)),
    ],
)
def test_nothing_readable(body: bytes) -> None:
    with pytest.raises(PageError):
        read_page(body)


HOSTILE = {
    "deep nesting": b"<div>" * 100_000 + b"text",
    "deep tables": b"<table><tr><td>" * 20_000,
    "many attributes": b"<p " + b" ".join(b"a%d=1" % n for n in range(100_000)) + b">text</p>",
    "many paragraphs": b"<html><body>" + b"<p>one and two</p>" * 50_000,
    "one long word": b"<html><body><p>" + b"a" * 2_000_000,
    "unclosed tags": b"<a<b" * 100_000,
    "many entities": b"<html><body><p>" + b"&amp;" * 500_000,
    "deep json": b'<html><script type="application/ld+json">'
    + b"[" * 200_000
    + b"</script><p>text</p>",
    "long byline": b"<html><body><div class=author>"
    + b"by and , " * 100_000
    + b"</div><p>text</p>",
    "long title": b"<html><title>" + b"a - " * 20_000 + b"</title>",
    "entity bomb": b'<!DOCTYPE html [<!ENTITY a "'
    + b"b" * 1000
    + b'"><!ENTITY c "'
    + b"&a;" * 1000
    + b'">]><html><p>&c;&c;</p>',
}


def test_hostile_pages_end_in_time() -> None:
    started = time.monotonic()
    with Sandbox(workers=2, seconds=4.0, megabytes=1024) as sandbox:
        results = dict(
            zip(
                HOSTILE, sandbox.map(read_page, [(body,) for body in HOSTILE.values()]), strict=True
            )
        )
        (after,) = sandbox.map(read_page, [((PAGES / "newspaper.html").read_bytes(),)])
    assert all(isinstance(result, (Page, PageError, SandboxError)) for result in results.values())
    assert isinstance(after, Page)
    assert time.monotonic() - started < 40


@settings(max_examples=100, deadline=None)
@given(
    st.binary(max_size=300),
    st.sampled_from(
        [
            "%s",
            "<title>%s</title>",
            "<meta name=date content='%s'>",
            "<script type='application/ld+json'>%s</script>",
            "<p>%s",
            "<html lang='%s'>",
        ]
    ),
)
def test_any_bytes(noise: bytes, place: str) -> None:
    before, after = place.encode().split(b"%s")
    try:
        found = read_page(before + noise + after + PROSE.encode(), url="https://a.example/b")
    except PageError:
        return
    assert found.published is None or found.published <= datetime.now(UTC)
    assert "\n" not in found.title
