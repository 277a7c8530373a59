"""Pages looked at again over real HTTP: figures that were changed, and all that changes nothing."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from http import HTTPStatus
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

import warehouse.rechecking
from extract.articles import Article
from extract.claims import Claim
from extract.model import Model
from extract.pages import read_page
from extract.reading import Reader
from extract.revisions import KEPT, kept, standing
from flows.demo.server import Answer, WireServer
from flows.house import House, now
from flows.recheck import Rechecked, recheck
from flows.settings import load_settings
from flows.stages.fetch import fetch_one
from tests.conftest import Program
from tests.newsroom import JANUARY, claim, judge_all, publish_article
from tests.test_outbox import write as write_mail
from warehouse.articles import PendingPage
from warehouse.contradictions import contradictions
from warehouse.corrections import corrected
from warehouse.decisions import decide
from warehouse.lessons import lessons
from warehouse.pages import Pages
from warehouse.store import Warehouse

TODAY = now().date().isoformat()
COST = "DeepSeek-R1 cost $294,000 to train, the company said in a paper on Wednesday."
RIGHT = COST.replace("$294,000", "$5.6 million")
PRICE = "Investors valued DeepSeek at $40 billion in the spring."
FILLER = [
    "The paper is the first in which the laboratory puts a sum on its reasoning model, and it "
    "comes eight months after the release that shook the makers of chips on both sides of the "
    "ocean. Reviewers had asked for the details, and the authors gave them in a supplement.",
    "Researchers who were not part of the work said that the account was plausible. They had "
    "long wondered how much of the effort went into the base model, on which the other stands, "
    "and how much into the stage in which it learns to reason by trial and by reward.",
    "Rivals in the west spend far more on their models, though none of them says how much in "
    "public. Their chiefs have hinted at sums that only the largest companies can afford, and "
    "asked lawmakers for help with the power stations that such machines will need.",
]


class Site(WireServer):
    """A site of pages by their paths; `modified` lets them be asked for conditionally."""

    def __init__(self) -> None:
        super().__init__(wire=())
        self.pages: dict[str, Answer] = {}
        self.robots = b""
        self.asked: list[str] = []

    def answer(self, path: str) -> Answer:
        """What stands at a path."""
        self.asked.append(path)
        if path == "/robots.txt":
            return Answer(self.robots, "text/plain")
        missing = Answer(b"no such page", "text/plain", HTTPStatus.NOT_FOUND)
        return self.pages.get(path, missing)

    def put(self, path: str, *paragraphs: str, **more: Any) -> None:
        """Puts an article at a path."""
        self.pages[path] = Answer(page_of(paragraphs), "text/html; charset=utf-8", **more)


def page_of(paragraphs: Sequence[str], title: str = "What a model costs") -> bytes:
    text = "\n".join(f"<p>{paragraph}</p>" for paragraph in paragraphs)
    return (
        f'<!doctype html><html lang="en"><head><title>{title}</title></head><body>'
        f"<article><h1>{title}</h1>{text}</article></body></html>"
    ).encode()


class Patterns:
    """A reader that knows what is said in these stories."""

    name = "test"
    says = (
        (r"DeepSeek-R1 cost (\$[\d.,]+\d(?: million)?)", "DeepSeek-R1", "training_cost"),
        (r"valued DeepSeek at (\$[\d.]+ billion)", "DeepSeek", "valuation"),
    )

    def read(self, articles: Sequence[Article]) -> list[list[Claim]]:
        return [list(self._claims(article.text)) for article in articles]

    def _claims(self, text: str) -> Iterator[Claim]:
        for pattern, subject, metric in self.says:
            for found in re.finditer(pattern, text):
                start, end = found.span(1)
                number, _, unit = found[1][1:].replace(",", "").partition(" ")
                value = float(number) * {"": 1, "million": 1e6, "billion": 1e9}[unit]
                first = max((one.end() for one in re.finditer(r"\n|\. ", text[:start])), default=0)
                last = re.compile(r"\.(?=\s|$)").search(text, end)
                sentence = text[first : last.end() if last else None]
                yield Claim(
                    subject, metric, value, value, value, "USD",
                    quote=found[1], start=start, end=end, sentence=sentence, confidence=0.95,
                )  # fmt: skip


READER: Any = Patterns()


@pytest.fixture
def site() -> Iterator[Site]:
    with Site() as served:
        yield served


def house_of(home: Path, site: Site) -> House:
    """A home that may ask the site, and takes nothing in that the tests did not say."""
    home.mkdir(exist_ok=True)
    (home / "config.toml").write_text(
        f'[web]\npause_seconds = 0\nallow_hosts = ["{urlsplit(site.url).netloc}"]\n'
        "[compare]\ncurated = false\n[reading]\nworkers = 1\n"
    )
    return House(home, load_settings(home), Warehouse(home), Pages(home))


@pytest.fixture
def house(home: Path, site: Site) -> House:
    return house_of(home, site)


def publish(house: House, site: Site, path: str, day: str = TODAY, reader: Any = READER) -> str:
    """Takes the page at a path through all stages, as far as its claims; returns its id."""
    body = site.pages[path].body
    text = read_page(body, url=site.url + path).text
    (claims,) = reader.read([Article("", "", text, day)])
    key = publish_article(house.warehouse, site.url + path, day, text, claims)
    ask(house, f"UPDATE store.articles SET page_digest = '{house.pages.keep(body)}' "
        f"WHERE article_id = '{key}'")  # fmt: skip
    return key


@pytest.fixture
def r1(house: House, site: Site) -> str:
    """The id of an article whose figure contradicts what was said in January."""
    january = claim(JANUARY, "$5.6 million", "DeepSeek-R1", "training_cost", 5.6e6)
    publish_article(
        house.warehouse, "https://wire.example/jan", "2025-01-27", JANUARY, [january]
    )  # too old to be looked at
    site.put("/r1", COST, *FILLER, PRICE)
    key = publish(house, site, "/r1")
    assert judge_all(house.warehouse).contradictions == 1
    return key


def ask(house: House, sql: str) -> list[Any]:
    with house.warehouse.turn() as connection:
        return connection.execute(sql).fetchall()


def look(house: House, **more: Any) -> Rechecked:
    """Looks again, whenever the last look was."""
    ask(house, "UPDATE store.articles SET checked_at = NULL")
    return recheck(house, reader=READER, **more)


TABLES = ("claims", "verdicts", "records", "contradictions", "sightings", "texts", "versions",
          "corrections")  # fmt: skip


def state(house: House) -> dict[str, list[Any]]:
    """All that a look may change, but the look itself."""
    found = {name: ask(house, f"SELECT * FROM store.{name} ORDER BY ALL") for name in TABLES}
    found["articles"] = ask(
        house,
        "SELECT * EXCLUDE (checked_at, check_error, etag, last_modified) FROM store.articles "
        "ORDER BY ALL",
    )
    return found


def test_a_figure_that_was_changed_is_told_and_what_rested_on_it_is_taken_back(
    house: House, site: Site, r1: str, capsys: pytest.CaptureFixture[str]
) -> None:
    ((before, old_text, old_digest),) = ask(
        house,
        "SELECT claim_id, text, page_digest FROM claims JOIN articles USING (article_id) "
        f"WHERE article_id = '{r1}' AND quote = '$294,000'",
    )
    site.put("/r1", RIGHT, *FILLER, PRICE)
    found = look(house)
    assert (found.articles, found.changed, found.failed) == (1, 1, [])
    (row,) = found.corrections
    assert (row["before_claim_id"], row["article_id"]) == (before, r1)
    assert (row["before_value"], row["after_value"]) == (294e3, 5.6e6)
    assert (row["before_sentence"], row["after_sentence"]) == (COST, RIGHT)
    assert row["title"] == "What a model costs"

    assert ask(
        house, "SELECT quote, verdict, record_id IS NOT NULL FROM claims ORDER BY published, start"
    ) == [("$5.6 million", "new", False), ("$5.6 million", "agrees", True),
          ("$40 billion", "new", False)]  # fmt: skip
    assert ask(house, "SELECT status, dismissed_by, claim_id FROM contradictions") == [
        ("dismissed", "correction", before)
    ]
    assert ask(house, "SELECT text, page_digest FROM store.versions") == [(old_text, old_digest)]
    ((text, digest, title),) = ask(
        house, f"SELECT text, page_digest, title FROM articles WHERE article_id = '{r1}'"
    )
    assert text == old_text.replace(COST, RIGHT)
    assert title == "What a model costs"
    assert house.pages.read(digest) == site.pages["/r1"].body
    assert "1 article: 1 changed, 1 correction" in capsys.readouterr().err

    settled = state(house)
    again = look(house)
    assert (again.articles, again.changed, again.corrections) == (1, 0, [])
    assert recheck(house, reader=READER).articles == 0  # it was looked at just now
    assert state(house) == settled


def test_what_says_the_same_is_the_same_claim_wherever_it_stands(
    house: House, site: Site, r1: str
) -> None:
    claims = "SELECT claim_id, quote, verdict, compared_at FROM claims ORDER BY claim_id"
    before, found_at = ask(house, claims), ask(house, "SELECT * FROM store.contradictions")
    said = COST.replace("the company said in a paper", "its makers said in a paper in Nature")
    site.put("/r1", *FILLER, "A correction has been made to the name of the journal.", said, PRICE)
    found = look(house)
    assert (found.changed, found.corrections) == (1, [])
    assert ask(house, claims) == before
    assert ask(house, "SELECT * FROM store.contradictions") == found_at
    assert ask(house, "SELECT count(*) FROM store.claims WHERE withdrawn_at IS NOT NULL") == [(0,)]
    rows = ask(
        house,
        'SELECT text, start, "end", quote, sentence FROM claims JOIN articles USING (article_id)',
    )
    assert all(text[start:end] == quote for text, start, end, quote, _ in rows)
    assert {row[4] for row in rows} == {JANUARY, said, PRICE}
    records = ask(house, "SELECT sentence, title FROM records WHERE metric = 'valuation'")
    assert records == [(PRICE, "What a model costs")]


@pytest.mark.parametrize("name", ["test", "second"])
def test_a_paragraph_that_stands_is_read_anew_by_another_model_only(
    house: House, site: Site, r1: str, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    quotes = f"SELECT quote FROM claims WHERE article_id = '{r1}' ORDER BY start"
    monkeypatch.setattr(READER, "name", name, raising=False)
    monkeypatch.setattr(READER, "says", Patterns.says[1:], raising=False)
    site.put("/r1", COST, *FILLER[1:], PRICE)
    found = look(house)
    assert (found.changed, found.corrections) == (1, [])
    assert ask(house, quotes) == [("$294,000",)] * (name == "test") + [("$40 billion",)]
    assert ask(house, f"SELECT read_by FROM articles WHERE article_id = '{r1}'") == [(name,)]


def test_the_same_words_at_another_place_of_the_page_are_no_new_claim(
    house: House, site: Site, r1: str
) -> None:
    """The figure is said anew in other words where it stood, and the old words go below."""
    ids = ask(house, "SELECT claim_id FROM claims ORDER BY ALL")
    other = "DeepSeek-R1 cost $294,000, far less than anybody thought."
    site.put("/r1", other, *FILLER, COST, PRICE)
    look(house)
    after = ask(house, "SELECT claim_id FROM claims ORDER BY ALL")
    assert set(ids) < set(after)
    assert len(after) == len(ids) + 1
    site.put("/r1", COST, *FILLER, PRICE)
    look(house)
    assert ask(house, "SELECT claim_id FROM claims ORDER BY ALL") == ids


def test_a_page_that_goes_back_and_forth_is_told_of_once_each_way(
    house: House, site: Site, r1: str
) -> None:
    claims = "SELECT claim_id, quote, verdict FROM claims ORDER BY ALL"
    before = ask(house, claims)
    assert write_mail(house.warehouse) == 1
    told = []
    for says in (RIGHT, COST, RIGHT, COST):
        site.put("/r1", says, *FILLER, PRICE)
        told.append([row["after_quote"] for row in look(house).corrections])
    assert told == [["$5.6 million"], ["$294,000"], [], []]
    assert ask(house, claims) == before
    assert ask(house, "SELECT status FROM contradictions") == [("open",)]
    assert write_mail(house.warehouse) == 0
    assert ask(house, "SELECT count(*) FROM store.versions") == [(4,)]


WALL = "Subscribe now to continue reading."
NOTICE = (
    "We are sorry, but the page that you are looking for has been moved or is no longer "
    "available. You may find what you want by the search at the top, or among the stories that "
    "our readers like best this week. "
)
ABSENT: list[tuple[str, Answer]] = [
    ("404", Answer(b"gone", "text/plain", HTTPStatus.NOT_FOUND)),
    ("410", Answer(b"gone", "text/plain", HTTPStatus.GONE)),
    ("503", Answer(b"later", "text/plain", HTTPStatus.SERVICE_UNAVAILABLE)),
    ("no HTML", Answer(b"%PDF-1.7 <", "application/pdf")),
    ("neither title nor text", Answer(b"<html><body></body></html>", "text/html")),
    ("no article any longer but empty", Answer(b"<title>What a model costs</title>", "text/html")),
    ("paywall", Answer(page_of([COST, FILLER[0][:99], WALL]), "text/html")),
    ("another text", Answer(page_of([NOTICE * 4]), "text/html")),
    ("written in de", Answer(page_of(["Das Modell hat weit weniger gekostet, als man dachte. " * 20])
                             .replace(b'lang="en"', b'lang="de"'), "text/html")),
]  # fmt: skip


def test_a_page_that_is_gone_or_is_none_any_longer_changes_nothing(
    house: House, site: Site, r1: str
) -> None:
    before = state(house)
    for why, answer in ABSENT:
        site.pages["/r1"] = answer
        found = look(house)
        assert (found.articles, found.changed, found.corrections) == (1, 0, [])
        ((url, said),) = found.failed
        assert url == f"{site.url}/r1"
        assert why in said
        assert ask(house, f"SELECT check_error FROM articles WHERE article_id = '{r1}'") == [
            (said,)
        ]
        assert state(house) == before
    site.put("/r1", COST, *FILLER, PRICE)
    assert look(house).failed == []
    assert ask(house, "SELECT count(check_error) FROM articles") == [(0,)]
    assert state(house) == before


def test_blanks_and_what_stands_around_the_article_change_nothing(
    house: House, site: Site, r1: str
) -> None:
    before = state(house)
    spaced = [part.replace(" ", " \n ", 3).replace(" of ", "\xa0of ") for part in FILLER]
    site.put("/r1", COST, *spaced, PRICE)
    answer = site.pages["/r1"]
    body = answer.body.replace(b"<body>", b"<body><nav><a href='/x'>Now $3 a week</a></nav>")
    site.pages["/r1"] = Answer(body, answer.type)
    kept_pages = list(house.pages.folder.rglob("*.gz"))
    found = look(house)
    assert (found.changed, found.failed) == (0, [])
    assert state(house) == before
    assert list(house.pages.folder.rglob("*.gz")) == kept_pages


def test_a_page_is_asked_for_conditionally_and_as_its_site_allows(
    house: House, site: Site, r1: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    site.put("/r1", COST, *FILLER, PRICE, modified=datetime(2025, 9, 18, tzinfo=UTC))
    first = PendingPage(r1, "", f"{site.url}/r1", None, None, None, None, None, 0)
    fields = fetch_one(house, first).fields
    assert fields["etag"]
    assert fields["last_modified"] == "Thu, 18 Sep 2025 00:00:00 GMT"
    get, statuses = house.client.get, list[int]()

    def counted(*arguments: Any, **more: Any) -> Any:
        response = get(*arguments, **more)
        statuses.append(response.status)
        return response

    monkeypatch.setattr(house.client, "get", counted)
    for _ in range(3):
        assert look(house).failed == []
    assert statuses == [200, 304, 304]
    site.put("/r1", RIGHT, *FILLER, PRICE, modified=datetime(2025, 9, 19, tzinfo=UTC))
    assert len(look(house).corrections) == 1
    assert site.asked.count("/robots.txt") == 1


def test_robots_are_heeded(house: House, site: Site, r1: str) -> None:
    site.robots = b"User-agent: *\nDisallow: /r1\n"
    site.put("/r1", RIGHT, *FILLER, PRICE)
    ((_, why),) = look(house).failed
    assert "robots" in why
    assert site.asked == ["/robots.txt"]


def test_only_what_is_due_is_looked_at(house: House, site: Site) -> None:
    days = [now().date() - timedelta(days=age) for age in (0, 1, 2, 8)]
    for number, day in enumerate(days):
        site.put(f"/{number}", COST, *FILLER)
        publish(house, site, f"/{number}", day.isoformat())
    ask(house, "UPDATE store.articles SET read_by = NULL WHERE url LIKE '%/1'")
    judge_all(house.warehouse)
    assert recheck(house, reader=READER, limit=1).articles == 1
    assert recheck(house, reader=READER).articles == 1
    assert recheck(house, reader=READER).articles == 0
    assert recheck(house, reader=READER, days=30).articles == 1
    ask(house, "UPDATE store.articles SET checked_at = checked_at - INTERVAL 7 HOUR")
    assert recheck(house, reader=READER).articles == 2
    assert [path for path in site.asked if path != "/robots.txt"] == ["/0", "/2", "/3", "/0", "/2"]


def test_stopped_in_the_middle_nothing_is_half_done(
    house: House, site: Site, r1: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = state(house)
    site.put("/r1", RIGHT, *FILLER, PRICE)
    with monkeypatch.context() as patch:
        patch.setattr(warehouse.rechecking, "corrected", _fail)
        with pytest.raises(KeyboardInterrupt):
            look(house)
    assert state(house) == before
    assert ask(house, "SELECT count(checked_at) FROM articles") == [(0,)]
    with monkeypatch.context() as patch:
        patch.setattr("flows.recheck.judge_all", _fail)
        with pytest.raises(KeyboardInterrupt):
            recheck(house, reader=READER)
    assert ask(house, "SELECT count(*) FROM corrections") == [(1,)]
    assert judge_all(house.warehouse).claims == 1  # by whatever compares next


def _fail(*_: Any) -> None:
    raise KeyboardInterrupt


def test_a_text_that_the_model_cannot_read_changes_nothing(
    house: House, site: Site, r1: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = state(house)
    site.put("/r1", RIGHT, *FILLER, PRICE)
    monkeypatch.setattr(READER, "read", lambda _: 1 / 0, raising=False)
    ((_, why),) = look(house).failed
    assert why == "could not be read: ZeroDivisionError: division by zero"
    assert state(house) == before


def test_what_an_editor_said_was_misread_stays_so(house: House, site: Site, r1: str) -> None:
    with house.warehouse.turn() as connection:
        (row,) = contradictions(connection)
    decide(
        house.warehouse, row["contradiction_id"], "dismissed", now=now(), reason="misread",
        subject="DeepSeek-V3",
    )  # fmt: skip
    site.put("/r1", *FILLER, COST, PRICE)
    assert look(house).changed == 1
    quotes = f"SELECT quote FROM claims WHERE article_id = '{r1}' ORDER BY ALL"
    assert ask(house, quotes) == [("$40 billion",)]
    assert ask(house, "SELECT status, dismissed_by FROM contradictions") == [("dismissed", None)]
    site.put("/r1", *FILLER, RIGHT, PRICE)
    assert look(house).corrections == []  # what was misread was never said
    with house.warehouse.turn() as connection:
        (lesson,) = lessons(connection)
    assert lesson["text"] == COST
    assert [(c["subject"], lesson["text"][c["start"] : c["end"]]) for c in lesson["claims"]] == [
        ("DeepSeek-V3", "$294,000")
    ]


def said(sentence: str, quote: str, metric: str = "revenue", **more: Any) -> Claim:
    """A claim of OpenAI's whose figure is a number of millions."""
    return claim(sentence, quote, more.pop("subject", "OpenAI"), metric, float(quote), **more)


SALES = said("Sales came to 300 million in the quarter.", "300", scope={"period": "Q1 2025"})
LATER = said("In the quarter before, they took 250 million.", "250", scope={"period": "2025 Q1"})


@pytest.mark.parametrize(
    ("gone", "fresh", "pairs"),
    [
        pytest.param([SALES], [LATER], [(0, 0)], id="one thing in other words"),
        pytest.param(
            [SALES], [said(LATER.sentence, "250", scope={"period": "2024"})], [], id="other scope"
        ),
        pytest.param(
            [SALES],
            [said("Sales came to 250 million in that quarter.", "250", scope={"period": "2024"})],
            [(0, 0)],
            id="nearly one sentence",
        ),
        pytest.param(
            [SALES], [said(LATER.sentence, "250", scope=SALES.scope, as_of="2024")], [], id="other date"
        ),
        pytest.param(
            [SALES], [said(LATER.sentence, "250", subject="Nvidia", scope=SALES.scope)], [], id="other subject"
        ),
        pytest.param(
            [SALES], [said("Sales came to 300 million last year.", "300", scope={"period": "2024"})], [],
            id="figure stays",
        ),
        pytest.param(
            [said("Some 300 million came in.", "300", "other", subject=None)],
            [said("A further 250 million went out to all the others.", "250", "other", subject=None)], [],
            id="no metric to tell",
        ),
        pytest.param(
            [SALES, said("Sales fell to 100 million in May.", "100", scope=SALES.scope)],
            [said("Sales fell to 120 million in May.", "120", scope=SALES.scope), LATER],
            [(0, 1), (1, 0)],
            id="the likeliest pairs",
        ),
        pytest.param([SALES], [LATER, LATER], [(0, 0)], id="one for one"),
    ],
)  # fmt: skip
def test_which_figure_took_the_place_of_which(
    gone: list[Claim], fresh: list[Claim], pairs: list[tuple[int, int]]
) -> None:
    before, after = ("\n".join(c.sentence for c in claims) for claims in (gone, fresh))
    assert sorted(corrected(gone, fresh, before, after)) == pairs
    stands = f"{before}\n{after}"
    assert list(corrected(gone, fresh, before, stands)) == []  # only read otherwise
    assert list(corrected(gone, fresh, stands, after)) == []


def test_which_paragraphs_stand() -> None:
    before, after = "a\nbb\nccc\na\na", "ccc\na\nx\na\nbb b"
    assert list(standing(before, after)) == [(0, 4, 1), (5, 0, 3), (9, 8, 1)]


def test_how_much_of_an_article_is_left() -> None:
    text = "\n".join(FILLER)
    assert kept(text, text.upper().replace("\n", "  ")) == 1
    assert kept(text, "\n".join([PRICE, *FILLER])) == 1
    assert kept(text, FILLER[0]) < KEPT < kept(text, "\n".join(FILLER[:2]))
    assert kept(text, NOTICE * 9) < 0.2
    assert kept("", text) == 1


# From here on the bundled model reads, and the program runs as users run it.


def test_the_program_tells_of_corrections_and_gives_them_as_json_only(
    house: House, site: Site, counterclaim: Program
) -> None:
    reader = Reader(Model())
    site.put("/r1", COST, *FILLER)
    publish(house, site, "/r1", reader=reader)
    judge_all(house.warehouse)
    site.put("/r1", RIGHT, *FILLER)
    done = counterclaim("recheck", "--json")
    assert done.returncode == 0, done.stderr
    (row,) = json.loads(done.stdout)
    assert (row["before_quote"], row["after_quote"]) == ("$294,000", "$5.6 million")
    assert (row["before_sentence"], row["after_sentence"]) == (COST, RIGHT)
    assert "1 article: 1 changed, 1 correction" in done.stderr
    ids = ask(house, "SELECT claim_id FROM claims ORDER BY ALL")

    done = counterclaim("recheck", "--json")
    assert json.loads(done.stdout) == []
    assert "nothing to look at again" in done.stderr
    assert ask(house, "SELECT claim_id FROM claims ORDER BY ALL") == ids

    ask(house, "UPDATE store.articles SET checked_at = NULL")
    site.put("/r1", COST, *FILLER)
    done = counterclaim("recheck", "--limit", "5", "--days", "2")
    assert done.returncode == 0, done.stderr
    assert re.search(r"DeepSeek-R1, training_cost +\$5.6 million +\$294,000 +127", done.stdout)
    done = counterclaim("sql", "SELECT count(*) FROM corrections", "--format", "csv")
    assert done.stdout.split() == ["count_star()", "2"]
