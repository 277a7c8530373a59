"""Claims against records in the warehouse: order, acceptance, one row a contradiction."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from tests.newsroom import JANUARY, NOW, ask, claim, judge_all, publish_article, r1_story
from warehouse.contradictions import contradictions
from warehouse.importing import read_records
from warehouse.records import Record, add_records
from warehouse.store import Warehouse

V3 = """subject,metric,value,unit,scope,source,url,published
DeepSeek V3,training_cost,5576000,USD,stage=final training run,arXiv,https://arxiv.org/abs/2412.19437,2024-12-27
"""


def rows(warehouse: Warehouse) -> list[dict[str, Any]]:
    with warehouse.turn() as connection:
        return contradictions(connection)


def test_what_was_said_first_is_on_record_when_it_is_contradicted(warehouse: Warehouse) -> None:
    r1_story(warehouse)
    assert judge_all(warehouse).contradictions == 1
    (row,) = rows(warehouse)
    assert (row["claim_quote"], row["record_quote"]) == ("$294,000", "$5.6 million")
    assert row["claim_outlet"] in {"ledger.example", "post.example"}
    assert row["record_outlet"] == "wire.example"
    assert row["record_sentence"] == JANUARY
    assert "order_of_magnitude" in row["hints"]
    assert 0.05 < row["ratio"] < 0.06


def test_copies_count_once_and_repeats_make_no_new_row(warehouse: Warehouse) -> None:
    r1_story(warehouse)
    judge_all(warehouse)
    assert [row["independent_sources"] for row in rows(warehouse)] == [2]


def test_the_batch_size_changes_nothing(tmp_path: Path) -> None:
    found = []
    for limit in (1, 2, 256):
        warehouse = Warehouse(tmp_path / str(limit))
        r1_story(warehouse)
        judge_all(warehouse, limit=limit)
        found.append(
            ask(warehouse, "SELECT claim_id, verdict, record_id FROM claims ORDER BY claim_id")
            + ask(warehouse, "SELECT contradiction_id, claim_id, ratio FROM contradictions")
        )
    assert found[0] == found[1] == found[2]


def test_a_second_pass_finds_nothing_new(warehouse: Warehouse) -> None:
    r1_story(warehouse)
    first = judge_all(warehouse)
    assert first.claims == 4
    assert judge_all(warehouse).claims == 0


def test_whose_figure_it_could_be_is_said(warehouse: Warehouse, tmp_path: Path) -> None:
    path = tmp_path / "v3.csv"
    path.write_text(V3)
    (v3,) = read_records(path)
    assert isinstance(v3, Record)
    add_records(warehouse, [v3], NOW)
    r1_story(warehouse)
    judge_all(warehouse)
    (row,) = rows(warehouse)
    assert "DeepSeek-V3" in row["explanation"]


def test_unsure_claims_are_kept_apart(warehouse: Warehouse) -> None:
    text = "DeepSeek-R1 cost $5.6 million."
    unsure = claim(text, "$5.6 million", "DeepSeek-R1", "training_cost", 5.6e6, confidence=0.2)
    publish_article(warehouse, "https://a.example/1", "2025-01-27", text, [unsure])
    judge_all(warehouse)
    assert ask(warehouse, "SELECT verdict FROM claims") == [("unsure",)]
    assert ask(warehouse, "SELECT count(*) FROM records") == [(0,)]


def test_denials_and_other_figures_become_no_records(warehouse: Warehouse) -> None:
    text = "Acme denied that it cost $5 million, and gave away $7 million."
    claims = [
        claim(text, "$5 million", "Acme", "training_cost", 5e6, status="denied"),
        claim(text, "$7 million", "Acme", "other", 7e6),
    ]
    publish_article(warehouse, "https://a.example/1", "2025-01-27", text, claims)
    judge_all(warehouse)
    assert ask(warehouse, "SELECT verdict FROM claims") == [("new",), ("new",)]
    assert ask(warehouse, "SELECT count(*) FROM records") == [(0,)]


def test_a_date_before_the_subject_existed_is_one_anachronism(warehouse: Warehouse) -> None:
    text = "In early 2023 DeepSeek-R1 was trained on 512 chips for $294,000."
    early: dict[str, object] = {"as_of": "early 2023"}
    claims = [
        claim(text, "512", "DeepSeek-R1", "training_hardware", 512, unit="accelerator", **early),
        claim(text, "$294,000", "DeepSeek-R1", "training_cost", 294e3, **early),
    ]
    publish_article(warehouse, "https://a.example/1", "2025-09-18", text, claims)
    judge_all(warehouse)
    (row,) = rows(warehouse)
    assert (row["kind"], row["record_id"]) == ("anachronism", None)
    assert "2023" in row["explanation"]
    assert ask(warehouse, "SELECT count(*) FROM records") == [(0,)]


def test_the_timeline_tells_the_story_in_order(warehouse: Warehouse, tmp_path: Path) -> None:
    r1_story(warehouse)
    judge_all(warehouse)
    told = ask(
        warehouse,
        "SELECT published, quote, verdict FROM timeline WHERE subject = 'DeepSeek-R1'",
    )
    assert told == [
        ("2025-01-27", "$5.6 million", "new"),
        ("2025-09-18", "$294,000", "contradicts"),
        ("2025-09-18", "$294,000", "contradicts"),
        ("2025-09-19", "$294,000", "contradicts"),
    ]


def test_the_news_is_held_against_the_same_event_only(warehouse: Warehouse) -> None:
    told = [
        ("2025-01-28", "Nvidia fell 17 percent.", "17 percent", -17.0, "share_price_change"),
        ("2025-01-28", "Nvidia fell 12 percent.", "12 percent", -12.0, "share_price_change"),
        ("2025-08-28", "Nvidia fell 5 percent.", "5 percent", -5.0, "share_price_change"),
        ("2025-03-01", "Acme raised $40 million.", "$40 million", 4e7, "funding_round"),
        ("2025-03-20", "Acme raised $90 million.", "$90 million", 9e7, "funding_round"),
        ("2025-09-20", "Acme raised $500 million.", "$500 million", 5e8, "funding_round"),
    ]
    for number, (day, text, quote, value, metric) in enumerate(told):
        unit = "USD" if metric == "funding_round" else "percent"
        one = claim(text, quote, text.split()[0], metric, value, unit=unit)
        publish_article(warehouse, f"https://a.example/{number}", day, text, [one])
    judge_all(warehouse)
    assert ask(warehouse, "SELECT quote, verdict FROM claims ORDER BY url") == [
        ("17 percent", "new"), ("12 percent", "contradicts"), ("5 percent", "new"),
        ("$40 million", "new"), ("$90 million", "contradicts"), ("$500 million", "new"),
    ]  # fmt: skip


def test_a_ratio_is_held_against_one_with_the_same_other_side(warehouse: Warehouse) -> None:
    text = "R1 is 27 times cheaper than o1, or 90 percent cheaper, and 3 times cheaper than V3."
    for number, (quote, value, scope) in enumerate(
        [("27 times", 27.0, {"against": "o1"}), ("3 times", 3.0, {"against": "DeepSeek-V3"}),
         ("90 percent", 2.0, {})]
    ):  # fmt: skip
        one = claim(text, quote, "DeepSeek-R1", "cost_ratio", value, unit="times", scope=scope)
        publish_article(warehouse, f"https://b.example/{number}", "2025-02-01", text, [one])
    assert judge_all(warehouse).contradictions == 0


def test_an_article_is_not_held_against_itself(warehouse: Warehouse) -> None:
    text = "Acme's sales were $400 million, up from $20 million. R1 cost $294,000, not $6 million."
    claims = [
        claim(text, "$400 million", "Acme", "valuation", 4e8),
        claim(text, "$20 million", "Acme", "valuation", 2e7),
        claim(text, "$294,000", "DeepSeek-R1", "training_cost", 294e3),
        claim(text, "$6 million", "DeepSeek-R1", "training_cost", 6e6),
    ]
    publish_article(warehouse, "https://a.example/1", "2025-09-20", text, claims)
    judge_all(warehouse)
    assert ask(warehouse, 'SELECT quote, verdict FROM claims ORDER BY "start"') == [
        ("$400 million", "new"), ("$20 million", "other_scope"),
        ("$294,000", "new"), ("$6 million", "other_scope"),
    ]  # fmt: skip
    assert ask(warehouse, "SELECT quote FROM records ORDER BY value") == [
        ("$294,000",), ("$400 million",)
    ]  # fmt: skip


def test_what_an_article_gives_twice_is_held_against_others(warehouse: Warehouse) -> None:
    r1_story(warehouse)
    text = "R1 cost $300,000. Many had read $9 million."
    claims = [
        claim(text, "$300,000", "DeepSeek-R1", "training_cost", 3e5),
        claim(text, "$9 million", "DeepSeek-R1", "training_cost", 9e6),
    ]
    publish_article(warehouse, "https://both.example/1", "2025-09-22", text, claims)
    judge_all(warehouse)
    verdicts = ask(warehouse, "SELECT quote, verdict FROM claims WHERE outlet = 'both.example'")
    assert sorted(verdicts) == [("$300,000", "contradicts"), ("$9 million", "contradicts")]


def test_a_company_may_be_older_than_its_date(warehouse: Warehouse) -> None:
    text = "Begun in 2022, Thinking Machines Lab had 20 people."
    early = claim(
        text, "20", "Thinking Machines Lab", "headcount", 20, unit="person", as_of="2024"
    )  # fmt: skip
    publish_article(warehouse, "https://a.example/1", "2025-09-20", text, [early])
    assert judge_all(warehouse).contradictions == 0


def test_a_figure_said_twice_in_an_article_agrees(warehouse: Warehouse) -> None:
    text = "R1 cost $294,000. Yes, $294,000, the paper says."
    claims = [
        claim(text, "$294,000", "DeepSeek-R1", "training_cost", 294e3),
        claim(text, "$294,000, the", "DeepSeek-R1", "training_cost", 294e3),
    ]
    publish_article(warehouse, "https://a.example/1", "2025-09-20", text, claims)
    judge_all(warehouse)
    assert ask(warehouse, 'SELECT verdict FROM claims ORDER BY "start"') == [("new",), ("agrees",)]
