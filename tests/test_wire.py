"""The sample wire: what it serves, how its feeds and pages read, and what should come of it."""

from __future__ import annotations

import csv
import json
import socket
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from urllib.parse import urlsplit

import feedparser
import httpx2
import pytest
from trafilatura import bare_extraction

from extract.claims import claim_from_json
from extract.errors import DataError
from extract.figures import find_figures
from flows.demo.articles import WIRE, WireArticle, articles, feeds, outlets, read_article
from flows.demo.server import RECORDS, WireServer
from warehouse.compare import Side, find_misfit, judge
from warehouse.importing import read_records
from warehouse.itself import find_anachronism
from warehouse.records import Record

ARTICLES = articles()
SLUGS = {article.slug: article for article in ARTICLES}
EXPECTED = json.loads((WIRE / "expected.json").read_text(encoding="utf-8"))
CLAIMS = Path(__file__).with_name("wire_claims.csv")
DATES = {"extensive_search": False, "original_date": True}


@pytest.fixture(scope="module")
def wire() -> Iterator[WireServer]:
    with WireServer() as server:
        yield server


@pytest.fixture(scope="module")
def web() -> Iterator[httpx2.Client]:
    with httpx2.Client(timeout=10) as client:
        yield client


# What is told


def test_length_outlets_and_kinds() -> None:
    assert len(ARTICLES) >= 30
    for article in ARTICLES:
        assert 150 <= len(article.text.split()) <= 500, article.slug
    assert {article.outlet for article in ARTICLES} == set(outlets())
    assert len(outlets()) == 6
    assert {article.kind for article in ARTICLES} == {"article", "copy", "paywall"}


def test_a_third_is_not_on_the_race() -> None:
    others = sum(article.topic == "none" for article in ARTICLES)
    assert others * 3 == len(ARTICLES)


def test_a_copy_has_the_words_of_its_original() -> None:
    copies = [article for article in ARTICLES if article.copy_of]
    assert copies
    for copy in copies:
        original = SLUGS[str(copy.copy_of)]
        assert set(copy.paragraphs) <= set(original.paragraphs)
        assert copy.outlet != original.outlet
        assert copy.published >= original.published


# What is served


def test_feeds_read_with_all_their_entries(wire: WireServer, web: httpx2.Client) -> None:
    versions, carried = [], []
    for feed, url in zip(feeds().values(), wire.feed_urls[:5], strict=True):
        answer = web.get(url)
        assert answer.status_code == 200
        parsed = feedparser.parse(answer.content)
        assert bool(parsed.bozo) is (feed.id == "rackanddie"), parsed.get("bozo_exception")
        assert parsed.feed.title == outlets()[feed.outlets[0]].name
        versions.append(parsed.version)
        own = [article for article in reversed(ARTICLES) if article.outlet in feed.outlets]
        assert [entry.title for entry in parsed.entries] == [article.title for article in own]
        assert [urlsplit(entry.link).path for entry in parsed.entries] == [a.path for a in own]
        for entry, article in zip(parsed.entries, own, strict=True):
            moment = entry.get("published_parsed") or entry.updated_parsed
            assert tuple(moment)[:6] == article.published.utctimetuple()[:6]
        carried += own
    assert versions == ["rss20", "atom10", "rss10", "rss20", "rss20"]
    assert sorted(carried, key=ARTICLES.index) == list(ARTICLES)


def test_the_agency_feed_names_its_partner(wire: WireServer, web: httpx2.Client) -> None:
    entries = feedparser.parse(web.get(wire.feed_urls[0]).content).entries
    partners = [entry.source.title for entry in entries if "source" in entry]
    assert partners == ["The Northmarch Courier"] * sum(a.outlet == "northmarch" for a in ARTICLES)


def test_the_old_encoding_decodes_right(wire: WireServer, web: httpx2.Client) -> None:
    body = web.get(wire.feed_urls[4]).content
    with pytest.raises(UnicodeDecodeError):
        body.decode("utf-8")
    parsed = feedparser.parse(body)
    assert parsed.encoding == "iso-8859-1"
    assert parsed.feed.title == "Limmat Börsenpost"
    assert all(entry.summary.startswith("ZÜRICH. ") for entry in parsed.entries)
    assert any("€1.3 billion" in entry.summary for entry in parsed.entries)


def test_a_feed_that_has_not_changed_is_not_sent_again(
    wire: WireServer, web: httpx2.Client
) -> None:
    url = wire.feed_urls[0]
    first = web.get(url)
    tag, modified = first.headers["ETag"], first.headers["Last-Modified"]
    for condition in (
        {"If-None-Match": tag},
        {"If-None-Match": f'"other", W/{tag}'},
        {"If-None-Match": "*"},
        {"If-Modified-Since": modified},
    ):
        answer = web.get(url, headers=condition)
        assert (answer.status_code, answer.content) == (304, b""), condition
    for condition in (
        {"If-None-Match": '"other"', "If-Modified-Since": modified},
        {"If-Modified-Since": "Mon, 01 Jan 2024 00:00:00 GMT"},
        {"If-Modified-Since": "yesterday"},
    ):
        assert web.get(url, headers=condition).content == first.content, condition


def test_dead_endless_and_missing(wire: WireServer, web: httpx2.Client) -> None:
    dead, endless = wire.feed_urls[5:]
    assert web.get(dead).status_code == 500
    with web.stream("GET", endless) as answer:
        assert answer.status_code == 200
        taken = 0
        for piece in answer.iter_bytes():
            taken += len(piece)
            if taken > 5_000_000:
                break
    assert taken > 5_000_000
    assert web.get(wire.url + "/kestrel/2024/01/01/nothing").status_code == 404
    assert "Disallow: /account/" in web.get(wire.url + "/robots.txt").text


def test_front_pages_lead_to_feeds_and_articles(wire: WireServer, web: httpx2.Client) -> None:
    for outlet in outlets():
        page = web.get(f"{wire.url}/{outlet}/").text
        assert all(article.path in page for article in ARTICLES if article.outlet == outlet)
    head = web.head(f"{wire.url}/kestrel/")
    assert head.status_code == 200
    assert int(head.headers["Content-Length"]) > 0
    assert head.content == b""


def test_the_future_is_hidden_until_the_clock_gets_there(web: httpx2.Client) -> None:
    early = datetime.fromisoformat("2025-01-27T03:00:00+00:00")
    late = next(article for article in ARTICLES if article.published > early)
    with WireServer(until=early) as server:
        before = feedparser.parse(web.get(server.feed_urls[0]).content)
        assert web.get(server.url + late.path).status_code == 404
        server.until = late.published
        after = feedparser.parse(web.get(server.feed_urls[0]).content)
        assert web.get(server.url + late.path).status_code == 200
    assert len(after.entries) == len(before.entries) + 1
    assert after.entries[0].title == late.title


def test_the_port_is_given_back_though_a_client_hangs_on() -> None:
    with WireServer() as server:
        address = ("127.0.0.1", urlsplit(server.url).port)
        hanging = socket.create_connection(address)
        hanging.sendall(b"GET /endless/feed HTTP/1.1\r\nHost: x\r\n\r\n")
        assert hanging.recv(100)
    with pytest.raises(ConnectionRefusedError):
        socket.create_connection(address, timeout=1)
    hanging.close()


# How pages read


@pytest.mark.parametrize("article", ARTICLES, ids=lambda article: article.slug)
def test_the_text_comes_out_of_the_page(
    article: WireArticle, wire: WireServer, web: httpx2.Client
) -> None:
    answer = web.get(wire.url + article.path)
    assert answer.status_code == 200
    document = bare_extraction(
        answer.content, url=str(answer.url), with_metadata=True, date_extraction_params=DATES
    )
    assert document is not None
    lines = document.text.splitlines()
    found = [paragraph for paragraph in article.open_paragraphs if paragraph in lines]
    assert len(found) >= 0.95 * len(article.open_paragraphs)
    assert document.sitename == outlets()[article.outlet].name
    for other in ARTICLES:
        if other.slug not in (article.slug, article.copy_of):
            assert other.title not in document.text
    for furniture in ("ookie", "vendors", "consent", "ewsletter", "©", "Advert", "Comments"):
        told = sum(paragraph.count(furniture) for paragraph in article.open_paragraphs)
        assert document.text.count(furniture) == told, furniture
    if article.kind == "paywall":
        page = answer.content.decode(answer.encoding or "utf-8")
        assert "for subscribers" in page
        for paragraph in article.paragraphs[len(article.open_paragraphs) :]:
            assert paragraph not in page


def test_pages_have_figures_of_other_stories_beside_them(
    wire: WireServer, web: httpx2.Client
) -> None:
    page = web.get(wire.url + SLUGS["deepseek-r1-294000"].path).text
    assert SLUGS["anthropic-series-f"].title in page
    assert "$183 billion" not in SLUGS["deepseek-r1-294000"].text


# What should come of it


def claims() -> Iterator[tuple[WireArticle, Side]]:
    """What a careful reader takes from the stories, in order of publication."""
    with CLAIMS.open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    for row in sorted(rows, key=lambda row: SLUGS[row["article"]].published):
        article = SLUGS[row["article"]]
        pairs = [part.strip().split("=") for part in row["scope"].split(";") if part]
        data = {
            **{key: row[key] or None for key in row.keys() - {"article", "scope"}},
            **{key: float(row[key]) if row[key] else None for key in ("value", "low", "high")},
            "scope": dict(pairs),
        }
        claim = claim_from_json(data)
        yield article, Side(claim, article.published.isoformat(), outlets()[article.outlet].name)


def test_a_careful_reader_finds_what_is_expected_and_nothing_else() -> None:
    records = [row.side for row in read_records(RECORDS) if isinstance(row, Record)]
    found: list[tuple[object, ...]] = []
    for article, side in claims():
        claim = side.claim
        verdict = judge(side, records)
        key = (claim.subject, claim.metric, claim.quote, claim.value, article.slug)
        if verdict.verdict == "contradicts" and verdict.record is not None:
            record = records[verdict.record].claim
            found.append(("contradicts", *key, record.quote or None, record.value))
            row = next(row for row in EXPECTED if article.slug in row["articles"])
            assert set(row["hints"]) - {"arithmetic"} <= set(verdict.hints)
        if find_anachronism(side):
            found.append(("anachronism", *key, None, None))
        elif verdict.verdict in ("new", "updates", "other_scope"):
            records.append(side)
    wanted = [
        (
            row["kind"], row["subject"], row["metric"], row["claim_figure"], row["claim_value"],
            slug, row["record_figure"], row["record_value"],
        )
        for row in EXPECTED
        for slug in row["articles"]
    ]  # fmt: skip
    assert sorted(found, key=str) == sorted(wanted, key=str)


def test_only_the_sum_of_r1_does_not_multiply_out() -> None:
    records = [row.side for row in read_records(RECORDS) if isinstance(row, Record)]
    stories: dict[str, list[Side]] = {}
    for article, side in claims():
        stories.setdefault(article.slug, []).append(side)
    found = {
        (slug, side.claim.quote): misfit.explanation
        for slug, sides in stories.items()
        for side in sides
        if (misfit := find_misfit(side, sides, records))
    }
    said = (
        "512 chips for 80 hours are 40,960 GPU-hours; at the $2 an hour on record"
        " (DeepSeek-V3 Technical Report) that is $82,000, and $294,000 would be $7.18 an hour."
    )
    slugs = ("deepseek-r1-294000", "deepseek-cost-of-r1")
    assert found == {(slug, "$294,000"): said for slug in slugs}
    (row,) = (row for row in EXPECTED if "arithmetic" in row["hints"])
    assert set(slugs) <= set(row["articles"])


def test_the_figures_stand_in_the_stories() -> None:
    for article, side in claims():
        figures = find_figures(article.text)
        match = [figure for figure in figures if figure.quote == side.claim.quote]
        assert match, (article.slug, side.claim.quote)
        assert abs(match[0].value) == pytest.approx(abs(side.claim.value))
        assert match[0].qualifier == side.claim.qualifier


def test_expected_rows_count_their_independent_sources() -> None:
    for row in EXPECTED:
        outlets_of = [SLUGS[slug].outlet for slug in row["articles"] if not SLUGS[slug].copy_of]
        assert row["independent_sources"] == len(set(outlets_of))
        assert row["why"]
        if row["record_article"]:
            assert row["record_figure"] in SLUGS[row["record_article"]].text
    assert len(EXPECTED) <= 6


def test_the_record_is_whole_and_older_than_2025() -> None:
    rows = list(read_records(RECORDS))
    assert [str(row) for row in rows if not isinstance(row, Record)] == []
    sides = [row.side for row in rows if isinstance(row, Record)]
    assert len(sides) >= 30
    for side in sides:
        assert str(side.published) < "2025"
        assert str(side.url).startswith("https://")
        assert side.claim.subject != "DeepSeek-R1"


# Errors of the front matter

GOOD = """+++
slug = "story"
outlet = "kestrel"
title = "A title"
author = "A. Writer"
published = 2025-01-02T03:04:05+00:00
kind = "article"
topic = "none"
tags = ["News"]
+++
One paragraph.

Two paragraphs.
"""

BAD = [
    ("+++\nslug", "slug", 1, "does not begin with +++"),
    ('tags = ["News"]\n+++', 'tags = ["News"]', 12, "not closed"),
    ('title = "A title"', "title = A title", 4, "Invalid value"),
    ('author = "A. Writer"\n', "", 1, "lacks author"),
    ('outlet = "kestrel"', 'outlet = "times"', 3, "outlet is one of kestrel"),
    ('slug = "story"', 'slug = "tale"', 2, "the file's name is story"),
    ("05+00:00", "05", 6, "no offset"),
    ('kind = "article"', 'kind = "essay"', 7, "kind is one of article"),
    ('kind = "article"', 'kind = "copy"', 7, "needs copy_of"),
    ('topic = "none"', 'topic = "none"\nfree = 1', 9, "for the kind paywall only"),
    ('topic = "none"', "topic = 3", 8, "of the type str"),
    ('kind = "article"', 'kind = "paywall"\nfree = 2', 8, "free leaves no paragraph"),
    ('tags = ["News"]', 'tags = ["News"]\nmood = "glad"', 10, "there is no key mood"),
    ("One paragraph.\n\nTwo paragraphs.\n", "", 10, "has no text"),
]  # fmt: skip


@pytest.mark.parametrize(("old", "new", "line", "what"), BAD)
def test_a_bad_file_is_named_with_its_line(
    tmp_path: Path, old: str, new: str, line: int, what: str
) -> None:
    path = tmp_path / "story.md"
    path.write_text(GOOD, encoding="utf-8")
    assert read_article(path).paragraphs == ("One paragraph.", "Two paragraphs.")
    assert old in GOOD
    path.write_text(GOOD.replace(old, new), encoding="utf-8")
    with pytest.raises(DataError) as caught:
        read_article(path)
    assert str(caught.value).startswith(f"{path}:{line}: ")
    assert what in str(caught.value)


def test_a_copy_of_nothing_is_an_error(tmp_path: Path) -> None:
    path = tmp_path / "story.md"
    text = GOOD.replace('kind = "article"', 'kind = "copy"\ncopy_of = "story"')
    path.write_text(text, encoding="utf-8")
    with pytest.raises(DataError, match=r"story\.md:8: copy_of names no other article"):
        articles(tmp_path)
