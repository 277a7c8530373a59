"""What an editor decides on a contradiction, and what follows from it."""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path

import duckdb
import pytest

from extract.training.passages import passage_from_json
from tests.conftest import Program
from tests.newsroom import NOW, ask, claim, judge_all, publish_article, r1_story
from warehouse.contradictions import contradictions
from warehouse.decisions import decide
from warehouse.errors import NotFound, Undecidable
from warehouse.falling import take_back, withdraw
from warehouse.lessons import lessons
from warehouse.migrate import migrations, views
from warehouse.store import Warehouse

LATER = NOW + timedelta(days=1)
AGAIN = "DeepSeek-R1 was trained for $294,000, the paper says."


@pytest.fixture
def found(warehouse: Warehouse) -> str:
    """The id of the one contradiction of R1's story."""
    r1_story(warehouse)
    judge_all(warehouse)
    with warehouse.turn() as connection:
        (row,) = contradictions(connection)
    return str(row["contradiction_id"])


def say_it_again(warehouse: Warehouse) -> int:
    """One more outlet says the figure of September; returns how many contradictions are new."""
    again = claim(AGAIN, "$294,000", "DeepSeek-R1", "training_cost", 294e3)
    publish_article(warehouse, "https://late.example/r1", "2025-09-21", AGAIN, [again])
    return judge_all(warehouse).contradictions


def test_confirmed_the_record_stays_and_the_pair_is_closed(
    warehouse: Warehouse, found: str
) -> None:
    row = decide(warehouse, found[:6], "confirmed", now=LATER, note="It covers V3.")
    assert (row["status"], row["note"], row["decided_at"]) == ("confirmed", "It covers V3.", LATER)
    assert say_it_again(warehouse) == 0
    assert ask(warehouse, "SELECT status, independent_sources FROM contradictions") == [
        ("confirmed", 3)
    ]
    assert ask(warehouse, "SELECT quote FROM records WHERE superseded_at IS NULL") == [
        ("$5.6 million",)
    ]


def test_superseded_the_claim_is_the_record_and_history_is_kept(
    warehouse: Warehouse, found: str
) -> None:
    decide(warehouse, found, "superseded", now=LATER)
    records = ask(
        warehouse,
        "SELECT quote, origin, superseded_at IS NOT NULL FROM records ORDER BY published",
    )
    assert records == [("$5.6 million", "claim", True), ("$294,000", "decision", False)]
    assert say_it_again(warehouse) == 0
    assert ask(warehouse, "SELECT verdict FROM claims WHERE outlet = 'late.example'") == [
        ("agrees",)
    ]
    with pytest.raises(Undecidable, match="already"):
        decide(warehouse, found, "confirmed", now=LATER)


def test_what_contradicted_the_old_record_is_heard_against_the_new_one(
    warehouse: Warehouse, found: str
) -> None:
    text = "DeepSeek-R1 cost $300,000 to train."
    other = claim(text, "$300,000", "DeepSeek-R1", "training_cost", 3e5)
    publish_article(warehouse, "https://third.example/r1", "2025-09-22", text, [other])
    assert judge_all(warehouse).contradictions == 1
    decide(warehouse, found, "superseded", now=LATER)
    assert judge_all(warehouse).claims == 1
    explained = ask(
        warehouse, "SELECT explanation FROM contradictions WHERE claim_quote = '$300,000'"
    )
    assert ask(warehouse, "SELECT count(*) FROM contradictions WHERE status = 'open'") == [(1,)]
    assert any("$294,000" in text for (text,) in explained)


def test_a_dismissed_pair_never_comes_back(warehouse: Warehouse, found: str) -> None:
    decide(warehouse, found, "dismissed", now=LATER, reason="rumour")
    assert say_it_again(warehouse) == 0
    with warehouse.turn() as connection:
        assert contradictions(connection) == []


def test_a_figure_read_wrong_is_no_claim_until_that_is_taken_back(
    warehouse: Warehouse, found: str
) -> None:
    count = "SELECT count(*) FROM timeline WHERE quote = '$294,000'"
    assert ask(warehouse, count) == [(3,)]
    decide(warehouse, found, "dismissed", now=LATER, reason="misread", metric="none")
    assert ask(warehouse, count) == [(0,)]
    decide(warehouse, found, "open", now=LATER + timedelta(hours=1))
    assert ask(warehouse, count) == [(3,)]
    assert ask(warehouse, "SELECT status, reason FROM contradictions") == [("open", None)]


def test_more_sources_make_it_graver(warehouse: Warehouse, found: str) -> None:
    ((before,),) = ask(warehouse, "SELECT severity FROM contradictions")
    say_it_again(warehouse)
    ((after,),) = ask(warehouse, "SELECT severity FROM contradictions")
    assert before < after <= 1


def test_wrong_decisions_change_nothing(warehouse: Warehouse, found: str) -> None:
    with pytest.raises(NotFound, match="zzzz"):
        decide(warehouse, "zzzz", "confirmed", now=LATER)
    with pytest.raises(NotFound):
        decide(warehouse, found[:2], "confirmed", now=LATER)
    with pytest.raises(Undecidable, match="misread"):
        decide(warehouse, found, "dismissed", now=LATER)
    with pytest.raises(Undecidable, match="reason"):
        decide(warehouse, found, "confirmed", now=LATER, reason="rumour")
    assert ask(warehouse, "SELECT count(*) FROM store.decisions") == [(0,)]


def test_an_older_database_gets_the_views_of_today(tmp_path: Path) -> None:
    warehouse = Warehouse(tmp_path)
    warehouse.path.parent.mkdir()
    with duckdb.connect(str(warehouse.path)) as old:
        old.execute("CREATE SCHEMA meta")
        old.execute("CREATE TABLE meta.migrations (number INTEGER, applied_at TIMESTAMPTZ)")
        for number, sql in migrations()[:3]:
            old.execute(sql)
            old.execute("INSERT INTO meta.migrations VALUES (?, now())", [number])
        old.execute("CREATE VIEW records AS SELECT record_id, value FROM store.records")
        old.execute("CREATE VIEW timeline AS SELECT * FROM records")
    assert ask(warehouse, "SELECT superseded_by FROM records") == []
    made = ask(warehouse, "SELECT view_name FROM duckdb_views() WHERE NOT internal")
    assert {name for (name,) in made} == set(views())


def test_a_misread_figure_is_a_lesson_as_training_reads_it(warehouse: Warehouse) -> None:
    r1_story(warehouse)
    text = (
        "It rose.\nV3 cost $5.6 million, and R1 cost $9 million, the company said.\nAll was well."
    )
    claims = [
        claim(text, "$5.6 million", "DeepSeek-V3", "training_cost", 5.6e6),
        claim(text, "$9 million", "DeepSeek-R1", "training_cost", 9e6),
    ]
    publish_article(warehouse, "https://slip.example/r1", "2025-09-22", text, claims)
    judge_all(warehouse)
    with warehouse.turn() as connection:
        (slip,) = (row for row in contradictions(connection) if row["claim_quote"] == "$9 million")
    decide(
        warehouse, slip["contradiction_id"], "dismissed", now=LATER, reason="misread",
        metric="other",
    )  # fmt: skip
    with warehouse.turn() as connection:
        (lesson,) = lessons(connection)
    passage = passage_from_json(lesson)
    assert passage.text == text.split("\n")[1]
    read = [(one.quote, one.metric, one.subject) for one in passage.claims]
    assert read == [
        ("$5.6 million", "training_cost", "DeepSeek-V3"),
        ("$9 million", "other", "DeepSeek-R1"),
    ]


def test_an_editor_decides_by_command(counterclaim: Program, home: Path) -> None:
    warehouse = Warehouse(home)
    r1_story(warehouse)
    judge_all(warehouse)
    warehouse.publish()
    (row,) = json.loads(counterclaim("contradictions", "--json").stdout)
    given = row["contradiction_id"][:6]
    assert given in counterclaim("contradictions").stdout
    wrong = counterclaim("decide", given, "dismissed")
    assert (wrong.returncode, "--reason" in wrong.stderr) == (2, True)
    missing = counterclaim("decide", "ffff", "confirmed")
    assert (missing.returncode, len(missing.stderr.splitlines())) == (1, 1)
    done = counterclaim("decide", given, "dismissed", "--reason", "misread", "--metric", "none")
    assert (done.returncode, done.stdout) == (0, "")
    assert json.loads(counterclaim("contradictions", "--json").stdout) == []
    (lesson,) = counterclaim("lessons").stdout.splitlines()
    assert passage_from_json(json.loads(lesson)).claims == ()


def test_a_record_stands_again_when_what_took_its_place_falls(
    warehouse: Warehouse, found: str
) -> None:
    row = decide(warehouse, found, "superseded", now=LATER)
    with warehouse.turn() as connection:
        withdraw(connection, [row["claim_id"]], LATER)
        take_back(connection, [row["claim_id"]], "correction", LATER)
    assert ask(warehouse, "SELECT quote FROM records WHERE superseded_at IS NULL") == [
        ("$5.6 million",)
    ]
    assert ask(warehouse, "SELECT status, dismissed_by FROM contradictions") == [
        ("dismissed", "correction")
    ]
    judge_all(warehouse)  # the other outlet still says it
    assert ask(warehouse, "SELECT status FROM contradictions") == [("open",)]


def test_no_record_gives_way_twice(warehouse: Warehouse, found: str) -> None:
    text = "DeepSeek-R1 cost $300,000 to train."
    other = claim(text, "$300,000", "DeepSeek-R1", "training_cost", 3e5)
    publish_article(warehouse, "https://third.example/r1", "2025-09-22", text, [other])
    judge_all(warehouse)
    ((second,),) = ask(
        warehouse, "SELECT contradiction_id FROM contradictions WHERE claim_quote = '$300,000'"
    )
    decide(warehouse, found, "superseded", now=LATER)
    with pytest.raises(Undecidable, match="already"):
        decide(warehouse, second, "superseded", now=LATER)


def test_what_rests_on_a_misread_figure_falls_with_it(warehouse: Warehouse) -> None:
    text = "In early 2023 DeepSeek-R1 was trained for $7 million."
    early = claim(text, "$7 million", "DeepSeek-R1", "training_cost", 7e6, as_of="early 2023")
    publish_article(warehouse, "https://a.example/1", "2025-01-28", text, [early])
    r1_story(warehouse)
    judge_all(warehouse)
    with warehouse.turn() as connection:
        wrong = next(row for row in contradictions(connection) if row["kind"] == "anachronism")
    decide(warehouse, wrong["contradiction_id"], "dismissed", now=LATER, reason="misread")
    judge_all(warehouse)
    assert ask(warehouse, "SELECT count(*) FROM contradictions WHERE claim_quote = '$7 million'"
               " AND status = 'open'") == [(0,)]  # fmt: skip
    assert ask(warehouse, "SELECT count(*) FROM timeline WHERE quote = '$7 million'") == [(0,)]
    decide(warehouse, wrong["contradiction_id"], "open", now=LATER + timedelta(hours=1))
    assert judge_all(warehouse).claims == 1
    assert ask(warehouse, "SELECT count(*) FROM store.waiting") == [(0,)]
