"""Stored articles read anew: what both models read stays, the rest goes with all it carried."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import duckdb
import pytest

from extract.articles import Article
from extract.claims import Claim
from extract.model import BUNDLED, Model
from extract.reading import Reader, Reading
from flows.demo.articles import WireArticle
from flows.demo.articles import articles as wire_articles
from flows.house import open_house
from flows.reread import reread
from tests.conftest import Program
from tests.newsroom import (
    JANUARY,
    NOW,
    SEPTEMBER,
    ask,
    claim,
    judge_all,
    publish_article,
    r1_story,
)
from tests.test_outbox import write as write_mail
from warehouse.ids import stable_id
from warehouse.migrate import migrations
from warehouse.rereading import Rereading, hold_beside, store_rereading, stored_articles, to_reread
from warehouse.store import Warehouse

LEDGER = stable_id("https://ledger.example/r1")
OF_JANUARY = claim(JANUARY, "$5.6 million", "DeepSeek-R1", "training_cost", 5.6e6)
OF_SEPTEMBER = claim(SEPTEMBER, "$294,000", "DeepSeek-R1", "training_cost", 294e3)
AS_BEFORE = {JANUARY: [OF_JANUARY], SEPTEMBER: [OF_SEPTEMBER]}

Reads = Callable[[Article], list[Claim]]


def as_before(article: Article) -> list[Claim]:
    """Reads r1_story as it is stored."""
    return AS_BEFORE[article.text]


def read_anew(
    warehouse: Warehouse, read: Reads, model: str = "second", min_confidence: float = 0.5
) -> list[Rereading]:
    """Keeps what a model reads in each article that another one has read."""
    articles = stored_articles(warehouse, to_reread(warehouse, model, None))
    return store_rereading(
        warehouse,
        [(article, read(article)) for article in articles],
        model=model,
        min_confidence=min_confidence,
        now=NOW,
    )


def state(warehouse: Warehouse) -> dict[str, list[Any]]:
    """All that readers see of claims, but which model read them."""
    return {
        "claims": ask(warehouse, "SELECT * EXCLUDE model FROM claims ORDER BY claim_id"),
        "timeline": ask(warehouse, "SELECT * FROM timeline"),
        "records": ask(warehouse, "SELECT * FROM records ORDER BY record_id"),
        "contradictions": ask(warehouse, "SELECT * FROM contradictions ORDER BY contradiction_id"),
    }


CONTRADICTIONS = (
    "SELECT contradiction_id, status, dismissed_by, claim_outlet, record_outlet, "
    "independent_sources FROM contradictions"
)


@pytest.fixture(scope="module")
def told_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with the story of R1's cost, compared and told by mail."""
    warehouse = Warehouse(tmp_path_factory.mktemp("told") / "home")
    r1_story(warehouse)
    judge_all(warehouse)
    assert write_mail(warehouse) == 1
    return warehouse.home


@pytest.fixture
def story(told_home: Path, home: Path) -> Warehouse:
    """A warehouse of its own with that story."""
    return Warehouse(shutil.copytree(told_home, home))


def test_what_both_read_stays_as_it_was(story: Warehouse) -> None:
    before = state(story)
    found = read_anew(story, as_before)
    assert [len(one.same) for one in found] == [1, 1, 1, 1]
    assert [change for one in found for change in one.changes()] == []
    assert state(story) == before
    assert ask(story, "SELECT DISTINCT model FROM claims") == [("second",)]
    assert ask(story, "SELECT DISTINCT read_by FROM articles") == [("second",)]
    assert judge_all(story).claims == 0
    assert to_reread(story, "second", None) == []


def test_who_says_it_and_how_sure_the_model_is_are_brought_up_to_date(story: Warehouse) -> None:
    ids = ask(story, "SELECT claim_id FROM claims ORDER BY ALL")
    read_anew(
        story,
        lambda article: [
            replace(one, claimant="DeepSeek", confidence=0.7) for one in as_before(article)
        ],
    )
    assert ask(story, "SELECT claim_id FROM claims ORDER BY ALL") == ids
    for view in ("claims", "records"):
        assert ask(story, f"SELECT DISTINCT claimant, confidence FROM {view}") == [
            ("DeepSeek", 0.7)
        ]
    assert judge_all(story).claims == 0


def test_a_contradiction_moves_to_a_claim_that_stands(story: Warehouse) -> None:
    ((key, _, _, first, _, sources),) = ask(story, CONTRADICTIONS)
    assert sources == 2
    first_id = stable_id(f"https://{first}/r1")
    read_anew(story, lambda article: [] if article.id == first_id else as_before(article))
    judged = judge_all(story)
    ((same_key, status, dismissed_by, second, record, _),) = ask(story, CONTRADICTIONS)
    assert (same_key, status, dismissed_by) == (key, "open", None)
    assert second != first
    assert record == "wire.example"
    assert judged.contradictions == 0  # it is no new one,
    assert write_mail(story) == 0  # and not told again


def test_claims_that_nobody_makes_leave_the_views_with_their_contradiction(
    story: Warehouse,
) -> None:
    read_anew(story, lambda article: as_before(article) if article.text == JANUARY else [])
    judge_all(story)
    assert ask(story, "SELECT quote FROM claims") == [("$5.6 million",)]
    assert ask(story, "SELECT quote FROM timeline") == [("$5.6 million",)]
    assert ask(story, "SELECT count(*) FROM store.claims WHERE withdrawn_at = $$2025-09-20$$") == [
        (3,)
    ]
    ((_, status, by, _, record, sources),) = ask(story, CONTRADICTIONS)  # whole, for the curious
    assert (status, by, record, sources) == ("dismissed", "second", "wire.example", 0)


def test_a_record_that_was_a_misreading_contradicts_nobody(story: Warehouse) -> None:
    read_anew(story, lambda article: as_before(article) if article.text == SEPTEMBER else [])
    assert ask(story, "SELECT count(*) FROM records") == [(0,)]
    assert judge_all(story).claims == 3  # they were compared with what nobody said
    assert [row[1:3] for row in ask(story, CONTRADICTIONS)] == [("dismissed", "second")]
    assert ask(story, "SELECT verdict, count(*) FROM claims GROUP BY ALL ORDER BY ALL") == [
        ("agrees", 2), ("new", 1),
    ]  # fmt: skip
    assert ask(story, "SELECT quote FROM records") == [("$294,000",)]


def test_a_record_read_a_little_otherwise_leaves_the_contradiction_open(story: Warehouse) -> None:
    before = ask(story, CONTRADICTIONS)
    staged = replace(OF_JANUARY, scope={"stage": "final run"})
    found = read_anew(
        story, lambda article: [staged] if article.text == JANUARY else as_before(article)
    )
    ((change,), *rest) = [list(one.changes()) for one in found]
    assert rest == [[], [], []]
    assert change.kind == "changed"
    assert (change.before, change.after) == (OF_JANUARY, staged)
    assert judge_all(story).contradictions == 0
    assert ask(story, CONTRADICTIONS) == before
    assert ask(story, "SELECT hints FROM contradictions") == [(["order_of_magnitude", "scope"],)]
    assert write_mail(story) == 0


def test_read_back_by_the_first_model_it_is_the_same_claim(story: Warehouse) -> None:
    before = state(story)
    read_anew(story, lambda article: [])
    assert ask(story, "SELECT count(*) FROM claims") == [(0,)]
    read_anew(story, as_before, "test")
    assert judge_all(story).contradictions == 0
    after = state(story)
    for name in ("claims", "records"):
        ids = [[row[0] for row in told[name]] for told in (before, after)]
        assert ids[0] == ids[1]
    ((_, status, *_),) = ask(story, CONTRADICTIONS)
    assert status == "open"


def test_what_a_person_dismissed_or_confirmed_stays_so(story: Warehouse) -> None:
    for status in ("dismissed", "confirmed"):
        ask(story, f"UPDATE store.contradictions SET status = '{status}'")
        read_anew(story, lambda article: [], "second")
        read_anew(story, as_before, "test")
        judge_all(story)
        assert [row[1:3] for row in ask(story, CONTRADICTIONS)] == [(status, None)]


def test_what_rests_on_what_rests_on_it_is_compared_anew(warehouse: Warehouse) -> None:
    """Users of 2023, of 2024 that update them, and of 2024 again that contradict the update."""
    texts = {}
    for year, quote, value in ((2023, "100", 100e6), (2024, "300", 300e6), (2025, "900", 900e6)):
        text = f"ChatGPT has {quote} million weekly users, says report {year}."
        texts[text] = claim(
            text, f"{quote} million", "ChatGPT", "users", value, unit="person",
            scope={"period": "weekly"}, as_of=str(min(year, 2024)),
        )  # fmt: skip
        publish_article(
            warehouse, f"https://a.example/{year}", f"{year}-12-01", text, [texts[text]]
        )
    judge_all(warehouse)
    verdicts = "SELECT verdict FROM claims ORDER BY published"
    assert ask(warehouse, verdicts) == [("new",), ("updates",), ("contradicts",)]
    before = ask(warehouse, "SELECT contradiction_id, status FROM contradictions")
    first, *_ = texts
    read_anew(warehouse, lambda article: [] if article.text == first else [texts[article.text]])
    assert ask(warehouse, verdicts) == [(None,), (None,)]
    judge_all(warehouse)
    assert ask(warehouse, verdicts) == [("new",), ("contradicts",)]
    assert ask(warehouse, "SELECT contradiction_id, status FROM contradictions") == before


@pytest.mark.parametrize(("before", "after"), [(0.3, 0.9), (0.9, 0.3)])
def test_a_model_that_is_sure_where_the_other_was_not(
    warehouse: Warehouse, before: float, after: float
) -> None:
    first = replace(OF_JANUARY, confidence=before)
    publish_article(warehouse, "https://a.example/1", "2025-01-27", JANUARY, [first])
    judge_all(warehouse)
    read_anew(warehouse, lambda article: [replace(OF_JANUARY, confidence=after)])
    assert judge_all(warehouse).claims == 1
    verdict, records = ("new", 1) if after > 0.5 else ("unsure", 0)
    assert ask(warehouse, "SELECT verdict FROM claims") == [(verdict,)]
    assert ask(warehouse, "SELECT count(*) FROM records") == [(records,)]


def test_an_anachronism_goes_with_its_date(warehouse: Warehouse) -> None:
    text = "In early 2023 DeepSeek-R1 was trained for $294,000."
    dated = claim(text, "$294,000", "DeepSeek-R1", "training_cost", 294e3, as_of="early 2023")
    publish_article(warehouse, "https://a.example/1", "2025-09-18", text, [dated])
    judge_all(warehouse)
    assert ask(warehouse, "SELECT kind, status FROM contradictions") == [("anachronism", "open")]
    ids = ask(warehouse, "SELECT claim_id FROM claims")
    read_anew(warehouse, lambda article: [replace(dated, as_of=None)])
    judge_all(warehouse)
    assert ask(warehouse, "SELECT kind, status FROM contradictions") == [
        ("anachronism", "dismissed")
    ]
    assert ask(warehouse, "SELECT claim_id FROM claims") == ids
    assert ask(warehouse, "SELECT count(*) FROM records") == [(1,)]


def test_an_anachronism_moves_to_who_else_says_so(warehouse: Warehouse) -> None:
    ids, claims = [], {}
    for number, quote in enumerate(("$294,000", "$300,000")):
        text = f"In early 2023 DeepSeek-R1 was trained for {quote}."
        value = float(quote[1:].replace(",", ""))
        said = claim(text, quote, "DeepSeek-R1", "training_cost", value, as_of="early 2023")
        url = f"https://{number}.example/1"
        ids.append(publish_article(warehouse, url, f"2025-09-1{number}", text, [said]))
        claims[text] = [said]
    judge_all(warehouse)
    told = "SELECT status, claim_outlet, explanation LIKE '$300,000%' FROM contradictions"
    anachronism = f"{told} WHERE kind = 'anachronism'"
    assert ask(warehouse, anachronism) == [("open", "0.example", False)]
    read_anew(warehouse, lambda article: [] if article.id == ids[0] else claims[article.text])
    judge_all(warehouse)
    assert ask(warehouse, anachronism) == [("open", "1.example", True)]


def test_a_new_claim_that_contradicts_is_told_with_the_next_mail(story: Warehouse) -> None:
    text = "DeepSeek-R1 cost $60 million to train."
    publish_article(story, "https://late.example/1", "2025-09-20", text, [])
    judge_all(story)
    late = claim(text, "$60 million", "DeepSeek-R1", "training_cost", 60e6)
    found = read_anew(story, lambda a: [late] if a.text == text else as_before(a))
    assert [change.kind for one in found for change in one.changes()] == ["new"]
    assert judge_all(story).contradictions == 1
    assert write_mail(story) == 1


def test_only_to_see_what_would_change_changes_nothing(story: Warehouse) -> None:
    before = state(story)
    articles = stored_articles(story, to_reread(story, "second", 2))
    found = hold_beside(story, [(article, []) for article in articles])
    assert [len(one.gone) for one in found] == [1, 1]
    assert state(story) == before
    assert len(to_reread(story, "second", None)) == 4


def test_a_database_of_version_2_knows_who_read_what(warehouse: Warehouse) -> None:
    warehouse.path.parent.mkdir(parents=True)
    with duckdb.connect(str(warehouse.path)) as old:
        old.execute("CREATE SCHEMA meta")
        old.execute(
            "CREATE TABLE meta.migrations (number INTEGER PRIMARY KEY, applied_at TIMESTAMPTZ)"
        )
        for number, sql in migrations()[:2]:
            old.execute(sql)
            old.execute("INSERT INTO meta.migrations VALUES (?, now())", [number])
        columns = "(article_id, url, entry_url, ai_race, model, seen_at, stage, attempts)"
        for article_id, race, stage in (
            ("a", True, "done"),
            ("b", False, "done"),
            ("c", True, "read"),
        ):
            old.execute(
                f"INSERT INTO store.articles {columns} VALUES (?, '', '', ?, 'first', now(), ?, 0)",
                [article_id, race, stage],
            )
    assert ask(warehouse, "SELECT article_id, read_by FROM articles ORDER BY ALL") == [
        ("a", "first"), ("b", None), ("c", None),
    ]  # fmt: skip
    assert to_reread(warehouse, "second", None) == ["a"]
    assert to_reread(warehouse, "first", None) == []
    r1_story(warehouse)
    assert judge_all(warehouse).contradictions == 1
    warehouse.publish()


# From here on the bundled model reads the wire, and so does one with a higher threshold.


STORIES = [article for article in wire_articles() if article.topic == "models"][:5]


@pytest.fixture(scope="module")
def first() -> Reader:
    return Reader(Model())


@pytest.fixture(scope="module")
def readings(first: Reader) -> list[list[Reading]]:
    """Every figure of the stories as the bundled model reads it."""
    return first.readings(
        [
            Article("", f"Title of {url_of(a)}", a.text, a.published.date().isoformat())
            for a in STORIES
        ]
    )


@pytest.fixture(scope="module")
def strict(
    first: Reader, readings: list[list[Reading]], tmp_path_factory: pytest.TempPathFactory
) -> Reader:
    """A model that makes about half of the bundled one's claims."""
    sure = sorted(one.claim_probability for story in readings for one in made(first, story))
    folder = tmp_path_factory.mktemp("models") / "strict"
    shutil.copytree(BUNDLED, folder)
    config = first.model.config | {"name": "strict", "claim_threshold": sure[len(sure) // 2]}
    (folder / "config.json").write_text(json.dumps(config))
    return Reader(Model(folder))


@pytest.fixture(scope="module")
def read_home(
    first: Reader, readings: list[list[Reading]], tmp_path_factory: pytest.TempPathFactory
) -> Path:
    """A home with stories that the bundled model has read, and will read one a batch."""
    home = tmp_path_factory.mktemp("read") / "home"
    home.mkdir()
    (home / "config.toml").write_text("[reading]\nbatch = 1\n")
    warehouse = Warehouse(home)
    for story, found in zip(STORIES, readings, strict=True):
        day, claims = story.published.date().isoformat(), [r.claim for r in made(first, found)]
        publish_article(warehouse, url_of(story), day, story.text, claims)
    judge_all(warehouse)
    return home


def url_of(story: WireArticle) -> str:
    """The address of a story."""
    return f"https://{story.outlet}.example/{story.slug}"


def made(reader: Reader, readings: list[Reading]) -> list[Reading]:
    """The readings that are claims."""
    threshold = float(reader.model.config["claim_threshold"])
    return [one for one in readings if one.claim_probability >= threshold]


def test_the_program_says_what_changed_and_goes_on_where_it_was_killed(
    read_home: Path, home: Path, strict: Reader, counterclaim: Program, clean_env: dict[str, str]
) -> None:
    shutil.copytree(read_home, home)
    calm_home = shutil.copytree(read_home, home.with_name("calm"))
    calm = reread(open_house(str(calm_home)), strict)
    assert calm.articles == len(STORIES)
    assert calm.same
    assert {change.kind for change in calm.changes} == {"gone"}
    expected = state(open_house(str(calm_home)).warehouse)

    warehouse, arguments = Warehouse(home), ("reread", "--model", str(strict.model.folder))
    before = state(warehouse)
    done = counterclaim(*arguments, "--dry-run", "--json")
    assert done.returncode == 0, done.stderr
    assert [row["before"]["quote"] for row in json.loads(done.stdout)] == [
        change.before and change.before.quote for change in calm.changes
    ]
    assert state(warehouse) == before

    with subprocess.Popen(
        [sys.executable, "-m", "flows.cli", "--home", str(home), *arguments],
        env=clean_env,
        stderr=subprocess.DEVNULL,
    ) as process:
        while len(left := to_reread(warehouse, "strict", None)) == len(STORIES):
            assert process.poll() is None
            time.sleep(0.01)
        process.kill()
    assert 0 < len(to_reread(warehouse, "strict", None)) <= len(left)

    done = counterclaim(*arguments)
    assert done.returncode == 0, done.stderr
    assert "no claim" in done.stdout
    assert to_reread(warehouse, "strict", None) == []
    assert comparable(state(warehouse)) == comparable(expected)


def comparable(told: dict[str, list[Any]]) -> dict[str, list[Any]]:
    """A state without the moments of comparing and finding."""
    return {
        name: [tuple(cell for cell in row if not hasattr(cell, "tzinfo")) for row in rows]
        for name, rows in told.items()
    }


def test_back_with_the_first_model_everything_is_there_again(
    read_home: Path, home: Path, strict: Reader, first: Reader
) -> None:
    shutil.copytree(read_home, home)
    house = open_house(str(home))
    claims = "SELECT claim_id, subject, metric, value, quote FROM claims ORDER BY ALL"
    before = ask(house.warehouse, claims)
    gone = reread(house, strict)
    assert len(ask(house.warehouse, claims)) == len(before) - len(gone.changes)
    back = reread(house, first)
    assert {change.kind for change in back.changes} == {"new"}
    assert ask(house.warehouse, claims) == before
    assert ask(house.warehouse, "SELECT count(*) FROM claims WHERE verdict IS NULL") == [(0,)]


def test_no_more_articles_than_asked_for_and_none_twice(
    read_home: Path, home: Path, strict: Reader, capsys: pytest.CaptureFixture[str]
) -> None:
    shutil.copytree(read_home, home)
    house = open_house(str(home))
    assert reread(house, strict, limit=2).articles == 2
    oldest = "SELECT read_by FROM articles ORDER BY published, article_id"
    assert [row[0] for row in ask(house.warehouse, oldest)][:3] == ["strict", "strict", "test"]
    reread(house, strict)
    settled = state(house.warehouse)
    capsys.readouterr()
    assert reread(house, strict).articles == 0
    assert "nothing to reread" in capsys.readouterr().err
    assert state(house.warehouse) == settled
