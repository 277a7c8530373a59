"""An article's own figures that do not multiply out: the sums, and how they are told."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extract.articles import Article
from extract.claims import Claim, claim_from_json
from extract.errors import DataError
from flows.mail.compose import subject_line
from tests.newsroom import NOW, claim, judge_all, publish_article
from tests.test_compare_laws import claims
from tests.test_reread import read_anew
from warehouse.checking import check_claims
from warehouse.compare import Side, find_misfit
from warehouse.compare.relations import relations
from warehouse.contradictions import json_ready
from warehouse.importing import read_records
from warehouse.records import Record, add_records
from warehouse.store import Warehouse

UNITS = {
    "training_cost": "USD",
    "training_hardware": "accelerator",
    "training_time": "hour",
    "training_gpu_hours": "GPU-hour",
    "training_compute": "FLOP",
    "training_tokens": "token",
    "parameters": "parameter",
    "active_parameters": "parameter",
    "gpu_hour_price": "USD",
}


def side(
    metric: str, value: float, quote: str = "", subject: str = "DeepSeek-V3", **more: object
) -> Side:
    """A claim of an article on DeepSeek-V3, exact and reported unless told otherwise."""
    data = {
        "subject": subject,
        "metric": metric,
        "value": value,
        "quote": quote,
        "unit": UNITS[metric],
        **more,
    }
    return Side(claim_from_json(data), "2025-01-28", "Ledger")


CHIPS = side("training_hardware", 2048, "2,048", scope={"chip": "Nvidia H800"})
DAYS = side("training_time", 1368, "57 days")
HOURS = side("training_gpu_hours", 2.788e6, "2.788 million GPU-hours")
PRICE = side("gpu_hour_price", 2, "$2", "Nvidia H800", status="estimated")
ON_RECORD = Side(replace(PRICE.claim, quote=""), "2024-12-27", "DeepSeek-V3 Technical Report")
COST = side("training_cost", 5.576e6, "$5.576 million")
TENFOLD = side("training_cost", 55.76e6, "$55.76 million")
ACTIVE = side("active_parameters", 37e9, "37 billion")
ALL = side("parameters", 671e9, "671 billion parameters")
TOKENS = side("training_tokens", 14.8e12, "14.8 trillion tokens")


def compute(value: float, **more: object) -> Side:
    return side("training_compute", value, **more)


def said(total: Side, article: Sequence[Side], records: Sequence[Side] = ()) -> str | None:
    """What is said of a total; the total stands in its article too."""
    misfit = find_misfit(total, [*article, total], records)
    return misfit.explanation if misfit else None


# Each relation, true and false


@pytest.mark.parametrize(
    ("total", "article", "records", "words"),
    [
        (HOURS, [CHIPS, DAYS], [], None),
        (
            side("training_gpu_hours", 27.88e6, "27.88 million GPU-hours"), [CHIPS, DAYS], [],
            "2,048 chips for 57 days are 2.802 million GPU-hours, not 27.88 million GPU-hours.",
        ),
        (COST, [HOURS, PRICE], [], None),
        (
            TENFOLD, [HOURS, PRICE], [],
            "2.788 million GPU-hours at $2 an hour are $5.576 million, and $55.76 million would be $20 an hour.",
        ),
        (COST, [CHIPS, DAYS, PRICE], [], None),
        (
            TENFOLD, [CHIPS, DAYS, PRICE], [],
            "2,048 chips for 57 days are 2.802 million GPU-hours; at $2 an hour that is $5.603 million, and $55.76 million would be $19.90 an hour.",
        ),
        (compute(3.3e24), [ACTIVE, ALL, TOKENS], [], None),
        (
            compute(3.3e25), [ACTIVE, ALL, TOKENS], [],
            "At six operations for each parameter and token, 37 billion parameters and 14.8 trillion tokens make 3.3 × 10^24 FLOP, not 3.3 × 10^25 FLOP.",
        ),
        (ALL, [ACTIVE], [], None),
        (
            side("parameters", 17e9, "17 billion parameters"), [ACTIVE], [],
            "37 billion parameters cannot be active where there are 17 billion parameters in all.",
        ),
        (COST, [CHIPS, HOURS], [ON_RECORD], None),
        (
            TENFOLD, [CHIPS, HOURS], [ON_RECORD],
            "2.788 million GPU-hours at the $2 an hour on record (DeepSeek-V3 Technical Report) are $5.6 million, and $55.76 million would be $20 an hour.",
        ),
    ],
)  # fmt: skip
def test_sums(total: Side, article: list[Side], records: list[Side], words: str | None) -> None:
    assert said(total, article, records) == words


def test_nothing_is_said_without_all_factors() -> None:
    assert said(TENFOLD, [HOURS]) is None  # no price
    assert said(TENFOLD, [HOURS], [ON_RECORD]) is None  # of which chip?
    assert said(TENFOLD, [CHIPS], [ON_RECORD]) is None
    assert said(TENFOLD, []) is None
    assert (
        said(replace(TENFOLD, claim=replace(TENFOLD.claim, subject=None)), [HOURS, PRICE]) is None
    )


def test_gpu_hours_of_the_article_come_before_its_chips_and_days() -> None:
    years = side("training_time", 87660, "10 years")
    assert said(COST, [HOURS, CHIPS, years, PRICE]) is None


# What the writing of a figure leaves open


def test_ranges_and_open_ends_reach_as_far_as_they_say() -> None:
    price = side("gpu_hour_price", 3, "", "Nvidia H800", qualifier="range", low=2, high=4)
    assert said(side("training_cost", 11e6, "$11 million"), [HOURS, price]) is None
    assert said(side("training_cost", 20e6, "$20 million"), [HOURS, price])
    most = side("training_hardware", 2048, "2,048", qualifier="at_most")
    assert said(side("training_gpu_hours", 1e6), [most, DAYS]) is None
    assert said(side("training_gpu_hours", 1e7), [most, DAYS])
    least = side("training_cost", 5e6, "$5 million", qualifier="at_least")
    assert said(least, [HOURS, PRICE]) is None
    assert said(replace(TENFOLD, claim=replace(least.claim, value=5e7, low=5e7)), [HOURS, PRICE])


def test_about_reaches_a_tenth_and_each_factor_its_own() -> None:
    rough = side("training_hardware", 2000, "2,000", qualifier="approximate")
    months = side("training_time", 1461, "two months", qualifier="approximate")
    total = side("training_gpu_hours", 3.7e6, "3.7 million GPU-hours")
    assert said(total, [rough, months]) is None  # 2,200 × 1,607 hours and a tenth
    exact = replace(rough, claim=replace(rough.claim, qualifier="exact"))
    days = side("training_time", 1461, "1,461 hours")
    assert said(total, [exact, days])


def test_a_price_on_record_may_be_off_and_one_in_the_article_may_not() -> None:
    double = side("training_cost", 11.15e6, "$11.15 million")
    assert said(double, [CHIPS, HOURS], [ON_RECORD]) is None
    assert said(double, [CHIPS, HOURS, PRICE])
    dearer = side("training_cost", 15.5e6, "$15.5 million")  # "$2" reaches to $2.50
    assert said(dearer, [CHIPS, HOURS], [ON_RECORD])
    market = Side(replace(ON_RECORD.claim, value=4, low=4, high=4), "2025-01-01", "Market")
    assert said(dearer, [CHIPS, HOURS], [ON_RECORD, market]) is None  # one that fits is enough
    third = side("training_cost", 1.5e6, "$1.5 million")
    assert said(third, [CHIPS, HOURS], [ON_RECORD]) is None
    assert said(side("training_cost", 1e6, "$1.0 million"), [CHIPS, HOURS], [ON_RECORD])


def test_the_article_s_own_price_is_taken_before_the_record() -> None:
    ten = side("gpu_hour_price", 20, "$20", "Nvidia H800")
    assert said(TENFOLD, [CHIPS, HOURS, ten], [ON_RECORD]) is None


def test_money_is_brought_to_the_total_s_currency() -> None:
    yuan = side("training_cost", 40e6, "40 million yuan", unit="CNY")
    assert said(yuan, [HOURS, PRICE]) is None
    words = said(side("training_cost", 5.576e6, "5.576 million yuan", unit="CNY"), [HOURS, PRICE])
    assert words
    assert "an hour are 40." in words
    assert "million yuan" in words


def test_where_nobody_says_how_many_are_active_only_the_bounds_hold() -> None:
    assert said(compute(3.3e24), [ALL, TOKENS]) is None  # 37 billion of 671 are active
    assert said(compute(5.96e25), [ALL, TOKENS]) is None  # all of them are
    assert said(compute(3.3e27), [ALL, TOKENS])
    assert said(compute(3.3e21), [ALL, TOKENS])
    assert said(compute(5.96e25), [ALL, TOKENS], [ACTIVE])  # the record says how many


# What is multiplied with what


def of(one: Side, status: str | None = None, **scope: str) -> Side:
    changed = replace(
        one.claim, scope={**one.claim.scope, **scope}, status=status or one.claim.status
    )
    return replace(one, claim=changed)


@pytest.mark.parametrize(
    ("total", "factor"),
    [
        (of(TENFOLD, stage="final training run"), of(HOURS, stage="reinforcement learning")),
        (of(TENFOLD, chip="Nvidia H100"), of(HOURS, chip="Nvidia H800")),
        (of(TENFOLD, period="2024"), of(HOURS, period="2023")),
        (of(TENFOLD, "planned"), HOURS),
        (of(TENFOLD, "denied"), HOURS),
        (TENFOLD, of(HOURS, "planned")),
        (TENFOLD, of(HOURS, "denied")),
        (TENFOLD, replace(HOURS, claim=replace(HOURS.claim, subject="GPT-4"))),
        (TENFOLD, replace(HOURS, claim=replace(HOURS.claim, value=-1.0, low=-1.0, high=-1.0))),
    ],
)
def test_another_stage_chip_period_subject_or_status_is_not_mixed_in(
    total: Side, factor: Side
) -> None:
    assert said(total, [factor, PRICE]) is None


def test_the_same_stage_in_other_words_is_the_same() -> None:
    final = of(HOURS, stage="final run")
    assert said(of(TENFOLD, stage="final training run"), [final, PRICE])
    assert said(of(TENFOLD, "estimated", stage="final training run"), [final, PRICE])


def test_a_part_is_no_more_than_the_whole() -> None:
    stage = {"stage": "reinforcement learning"}
    small, large = side("training_cost", 1e5, "$100,000"), TENFOLD
    # The hours of a stage cost no more than the whole.
    assert said(large, [of(HOURS, **stage), PRICE]) is None
    assert said(small, [of(HOURS, **stage), PRICE])
    # A stage costs no more than the hours of the whole.
    assert said(of(large, **stage), [HOURS, PRICE])
    assert said(of(small, **stage), [HOURS, PRICE]) is None
    # Two lots of chips: neither is the whole.
    lots = [of(HOURS, chip="Nvidia H800"), of(HOURS, chip="Nvidia A100"), PRICE]
    assert said(large, lots) is None
    assert said(small, lots)


def test_of_figures_given_twice_one_that_fits_is_enough() -> None:
    other = side("training_gpu_hours", 1.8e6, "1.8 million GPU-hours")
    assert said(COST, [other, HOURS, PRICE]) is None
    words = said(TENFOLD, [other, HOURS, PRICE])
    assert words
    assert words.startswith("2.788 million")  # the nearest
    # The total that the figures make stands there too, in whatever light.
    assert said(TENFOLD, [HOURS, PRICE, COST]) is None
    assert said(TENFOLD, [HOURS, PRICE, of(COST, "denied", stage="one")]) is None
    less = side("training_cost", 20e6, "$20 million", qualifier="at_most")
    assert said(TENFOLD, [HOURS, PRICE, less])  # is another figure
    many = [side("training_gpu_hours", 1e5 * n, f"{n}00,000") for n in range(1, 6)]
    assert said(TENFOLD, [*many, PRICE]) is None  # a list of runs


def test_a_price_of_another_chip_is_not_taken() -> None:
    other = replace(ON_RECORD, claim=replace(ON_RECORD.claim, subject="Nvidia A100"))
    assert said(TENFOLD, [CHIPS, HOURS], [other]) is None
    assert said(TENFOLD, [CHIPS, HOURS, other]) is None


def test_severity_and_key() -> None:
    sure = find_misfit(
        TENFOLD, [HOURS, replace(PRICE, claim=replace(PRICE.claim, status="reported"))], []
    )
    assumed = find_misfit(TENFOLD, [HOURS, CHIPS], [ON_RECORD])
    assert sure
    assert assumed
    assert sure.severity == pytest.approx(0.5)  # ten times off, as of a contradiction
    assert assumed.severity == pytest.approx(0.35)
    assert sure.ratio == assumed.ratio == pytest.approx(10)
    unsure = replace(HOURS, claim=replace(HOURS.claim, confidence=0.5))
    assert find_misfit(TENFOLD, [unsure, CHIPS], [ON_RECORD]) == replace(
        assumed, severity=assumed.severity / 2
    )
    dearer = replace(ON_RECORD, claim=replace(ON_RECORD.claim, value=2.2, low=2.2, high=2.2))
    again = find_misfit(TENFOLD, [HOURS, CHIPS], [dearer])
    assert again
    assert again.key == assumed.key != sure.key  # the article's figures name it


@pytest.mark.parametrize("value", [1e308, 5e-324, math.inf, 0.0])
def test_no_figure_is_too_large_or_small(value: float) -> None:
    hours = replace(HOURS, claim=replace(HOURS.claim, value=value, low=value, high=value, quote=""))
    total = replace(
        TENFOLD, claim=replace(TENFOLD.claim, value=value, low=value, high=value, quote="")
    )
    for one, beside in ((TENFOLD, hours), (total, HOURS), (total, hours)):
        find_misfit(one, [beside, PRICE], [])


SUBJECTS = st.sampled_from(["DeepSeek-V3", "DeepSeek-V3", "Nvidia H800", None])


@given(st.lists(st.tuples(claims(), SUBJECTS, st.sampled_from(sorted(UNITS))), max_size=7))
@settings(max_examples=300)
def test_whatever_stands_in_an_article(drawn: list[tuple[Claim, str | None, str]]) -> None:
    article = [
        Side(replace(one, subject=subject, metric=metric, unit=UNITS[metric]), "2025-01-28")
        for one, subject, metric in drawn
    ]
    for total in article:
        misfit = find_misfit(total, article, [ON_RECORD])
        if misfit:
            assert 0 <= misfit.severity <= 1
            assert math.isfinite(misfit.ratio)
            assert misfit.explanation.endswith(".")
            wide = replace(total.claim, qualifier="range", low=0.0, high=math.inf)
            assert find_misfit(replace(total, claim=wide), article, [ON_RECORD]) is None


# How it is told

R1 = "DeepSeek-R1"
STORY = "R1 was trained on 512 Nvidia H800 chips for 80 hours at a cost of $294,000, it said."
SUM = (
    "512 chips for 80 hours are 40,960 GPU-hours; at the $2 an hour on record"
    " (DeepSeek-V3 Technical Report) that is $82,000, and $294,000 would be $7.18 an hour."
)
RECORDS = """subject,metric,value,unit,status,source,published
Nvidia H800,gpu_hour_price,2,USD,estimated,DeepSeek-V3 Technical Report,2024-12-27
"""
COST_ON_RECORD = "DeepSeek-R1,training_cost,5600000,USD,reported,Ledger,2025-01-27\n"


def story(text: str = STORY) -> list[Claim]:
    return [
        claim(text, "512", R1, "training_hardware", 512, unit="accelerator", scope={"chip": "Nvidia H800"}),
        claim(text, "80 hours", R1, "training_time", 80, unit="hour"),
        claim(text, "$294,000", R1, "training_cost", 294e3),
    ]  # fmt: skip


def put_on_record(warehouse: Warehouse, tmp_path: Path, rows: str = RECORDS) -> None:
    path = tmp_path / "records.csv"
    path.write_text(rows)
    add_records(warehouse, [row for row in read_records(path) if isinstance(row, Record)], NOW)


def rows(warehouse: Warehouse) -> list[dict[str, Any]]:
    with warehouse.turn() as connection:
        cursor = connection.execute("SELECT * FROM contradictions ORDER BY contradiction_id")
        names = [column[0] for column in cursor.description or ()]
        return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]


@pytest.mark.parametrize("limit", [1, 2, 256])
def test_a_finding_of_its_own_one_row_for_all_who_say_it(
    warehouse: Warehouse, tmp_path: Path, limit: int
) -> None:
    put_on_record(warehouse, tmp_path)
    first, copy = "https://a.example/1", "https://b.example/1"
    publish_article(warehouse, first, "2025-09-18", STORY, story())
    publish_article(warehouse, copy, "2025-09-19", STORY, story(), copy_of=first)
    other = f"Again: {STORY}"
    publish_article(warehouse, "https://c.example/1", "2025-09-19", other, story(other))
    assert judge_all(warehouse, limit=limit).contradictions == 1
    (row,) = rows(warehouse)
    assert (row["kind"], row["record_id"], row["status"]) == ("arithmetic", None, "open")
    assert (row["claim_quote"], row["explanation"], row["hints"]) == ("$294,000", SUM, [])
    assert row["ratio"] == pytest.approx(294e3 / 81920)
    assert 0 < row["severity"] < 0.5
    assert row["independent_sources"] == 2  # the copy is none
    line = "DeepSeek-R1, training cost: $294,000 does not fit the article's own figures"
    assert subject_line([row]) == line
    json_ready(row)


@pytest.mark.parametrize("limit", [1, 256])
def test_a_hint_beside_a_contradiction_of_the_total(
    warehouse: Warehouse, tmp_path: Path, limit: int
) -> None:
    put_on_record(warehouse, tmp_path, RECORDS + COST_ON_RECORD)
    publish_article(warehouse, "https://a.example/1", "2025-09-18", STORY, story())
    judge_all(warehouse, limit=limit)
    (row,) = rows(warehouse)
    assert (row["kind"], row["record_value"]) == ("contradicts", 5.6e6)
    assert row["hints"] == ["order_of_magnitude", "arithmetic"]
    assert row["explanation"].endswith(f". {SUM}")
    with warehouse.turn() as connection:
        told = connection.execute(
            "SELECT hints, explanation FROM claims WHERE verdict = 'contradicts'"
        ).fetchall()
    assert told == [(row["hints"], row["explanation"])]


def test_the_total_is_on_record_all_the_same(warehouse: Warehouse, tmp_path: Path) -> None:
    put_on_record(warehouse, tmp_path)
    publish_article(warehouse, "https://a.example/1", "2025-09-18", STORY, story())
    assert judge_all(warehouse).records == 3


def test_without_a_price_on_record_nothing_is_found(warehouse: Warehouse) -> None:
    publish_article(warehouse, "https://a.example/1", "2025-09-18", STORY, story())
    judge_all(warehouse)
    assert rows(warehouse) == []


def test_a_price_that_news_brought_is_no_measure(warehouse: Warehouse) -> None:
    rent = "An H800 rents for $2 an hour."
    price = claim(rent, "$2", "Nvidia H800", "gpu_hour_price", 2)
    publish_article(warehouse, "https://a.example/0", "2025-09-01", rent, [price])
    publish_article(warehouse, "https://a.example/1", "2025-09-18", STORY, story())
    assert judge_all(warehouse).records == 4
    assert rows(warehouse) == []


@pytest.mark.parametrize("at", [0, 1, 2])
def test_claims_that_are_unsure_take_no_part(warehouse: Warehouse, tmp_path: Path, at: int) -> None:
    put_on_record(warehouse, tmp_path)
    claims = story()
    claims[at] = replace(claims[at], confidence=0.4)
    publish_article(warehouse, "https://a.example/1", "2025-09-18", STORY, claims)
    judge_all(warehouse)
    assert rows(warehouse) == []


def test_figures_of_two_articles_are_not_multiplied(warehouse: Warehouse, tmp_path: Path) -> None:
    put_on_record(warehouse, tmp_path)
    publish_article(warehouse, "https://a.example/1", "2025-09-18", STORY, story()[:2])
    publish_article(warehouse, "https://b.example/1", "2025-09-18", STORY, story()[2:])
    judge_all(warehouse)
    assert rows(warehouse) == []


def test_check_finds_the_same_and_stores_nothing(warehouse: Warehouse, tmp_path: Path) -> None:
    put_on_record(warehouse, tmp_path)
    with warehouse.turn() as connection:
        (alone,) = check_claims(connection, story(), published="2025-09-18", min_confidence=0.5)
    put_on_record(warehouse, tmp_path, RECORDS + COST_ON_RECORD)
    with warehouse.turn() as connection:
        (beside,) = check_claims(connection, story(), published="2025-09-18", min_confidence=0.5)
        assert check_claims(connection, story(), published=None, min_confidence=0.99) == []
    assert (alone["kind"], alone["record"], alone["explanation"]) == ("arithmetic", None, SUM)
    assert (beside["kind"], beside["hints"][-1]) == ("contradicts", "arithmetic")
    assert beside["explanation"].endswith(SUM)
    assert rows(warehouse) == []


# Another reading


@pytest.fixture
def told(warehouse: Warehouse, tmp_path: Path) -> Warehouse:
    put_on_record(warehouse, tmp_path)
    publish_article(warehouse, "https://a.example/1", "2025-09-18", STORY, story())
    judge_all(warehouse)
    assert [row["status"] for row in rows(warehouse)] == ["open"]
    return warehouse


def reread(warehouse: Warehouse, claims: list[Claim], model: str = "second") -> list[str]:
    """Reads the story so; the states of all findings afterwards."""

    def read(article: Article) -> list[Claim]:
        return claims

    read_anew(warehouse, read, model)
    judge_all(warehouse)
    return [row["status"] for row in rows(warehouse)]


@pytest.mark.parametrize("at", [0, 1, 2])
def test_a_figure_withdrawn_takes_the_finding_back(told: Warehouse, at: int) -> None:
    claims = story()
    del claims[at]
    assert reread(told, claims) == ["dismissed"]
    assert rows(told)[0]["dismissed_by"] == "second"
    assert reread(told, story(), "third") == ["open"]


def test_a_figure_read_otherwise_takes_the_finding_back(told: Warehouse) -> None:
    text = STORY.replace("80", "200")
    changed = replace(
        claim(text, "200 hours", R1, "training_time", 200, unit="hour"), end=story()[1].end
    )
    assert reread(told, [story()[0], changed, story()[2]]) == ["dismissed"]


@pytest.mark.parametrize("at", [0, 1, 2])
def test_a_figure_of_which_the_other_model_is_not_sure(told: Warehouse, at: int) -> None:
    claims = story()
    claims[at] = replace(claims[at], confidence=0.3)
    assert reread(told, claims) == ["dismissed"]


def test_what_both_read_stays(told: Warehouse) -> None:
    before = rows(told)
    assert reread(told, story()) == ["open"]
    assert rows(told) == before


def test_a_figure_that_only_the_other_model_reads_completes_the_sum(
    warehouse: Warehouse, tmp_path: Path
) -> None:
    put_on_record(warehouse, tmp_path)
    publish_article(warehouse, "https://a.example/1", "2025-09-18", STORY, [story()[0], story()[2]])
    judge_all(warehouse)
    assert rows(warehouse) == []
    assert reread(warehouse, story()) == ["open"]


def test_the_hint_goes_and_the_contradiction_stays(warehouse: Warehouse, tmp_path: Path) -> None:
    put_on_record(warehouse, tmp_path, RECORDS + COST_ON_RECORD)
    publish_article(warehouse, "https://a.example/1", "2025-09-18", STORY, story())
    judge_all(warehouse)
    assert reread(warehouse, story()[1:]) == ["open"]
    (row,) = rows(warehouse)
    assert row["hints"] == ["order_of_magnitude"]
    assert "40,960" not in row["explanation"]


def test_the_finding_moves_to_who_else_says_so(told: Warehouse) -> None:
    other = f"Again: {STORY}"
    again = publish_article(told, "https://b.example/1", "2025-09-19", other, story(other))
    judge_all(told)
    read_anew(told, lambda article: story(other) if article.id == again else story()[:1])
    judge_all(told)
    (row,) = rows(told)
    assert (row["status"], row["claim_outlet"], row["independent_sources"]) == (
        "open",
        "b.example",
        1,
    )


# The file of relations

GOOD = """[gpu_hours]
total = "training_gpu_hours"
factors = ["training_hardware", "training_time"]
within = 1.1
says = "{training_hardware} for {training_time} are {product}, not {total}."
"""
BAD = [
    ("within = 1.1", "within = ", None, "Invalid value"),
    ("within = 1.1", "within = 0.9", 1, "within is a number of times, 1 or more, not 0.9"),
    ("within = 1.1", 'within = "2"', 1, "within is a number above 0, not '2'"),
    ("within = 1.1", "within = [1, 2, 3]", 1, "within is a number or [below, above]"),
    ("within = 1.1", "within = [inf, inf]", 1, "leaves both directions open"),
    ("within = 1.1", "withhin = 1.1", 1, "has unknown keys: withhin"),
    ("within = 1.1", "constant = 0", 1, "constant is a number above 0, not 0"),
    ("within = 1.1", "constant = inf", 1, "constant is not finite"),
    ("within = 1.1", "records = { parameters = 2 }", 1, "records names 'parameters', which is none of its factors"),
    ("within = 1.1", "records = { training_time = 0.5 }", 1, "records is a number of times, 1 or more"),
    ("within = 1.1", "records = { training_time = [3] }", 1, "records is a number or [below, above]"),
    ("within = 1.1", 'records = ["training_time"]', 1, "records is a table"),
    ("within = 1.1", 'of_chip = "training_time"', 1, "of_chip is a list"),
    ("within = 1.1", 'of_chip = ["parameters"]', 1, "of_chip names 'parameters'"),
    ('total = "training_gpu_hours"\n', "", 1, "lacks total"),
    ('"training_gpu_hours"', '"gpu_hours"', 1, "there is no metric 'gpu_hours'"),
    ('"training_gpu_hours"', '"training_time"', 1, "names a metric twice"),
    ('"training_gpu_hours"', '"training_cost"', 1, "money on one side only"),
    ('["training_hardware", "training_time"]', "[]", 1, "factors is a list of metrics"),
    ('"training_hardware", ', "8, ", 1, "there is no metric 8"),
    ("not {total}", "not more", 1, "says leaves out total"),
    ("{product}", "{sum}", 1, "says names 'sum', which is no figure"),
    ("{product}", "{product", 1, "says cannot be read"),
    (GOOD, "gpu_hours = 3", None, "[gpu_hours] is no table"),
]  # fmt: skip


@pytest.mark.parametrize(("old", "new", "line", "what"), BAD)
def test_a_bad_relation_is_refused_and_the_line_named(
    tmp_path: Path, old: str, new: str, line: int | None, what: str
) -> None:
    path = tmp_path / "relations.toml"
    path.write_text(GOOD)
    (relation,) = relations(path)
    assert (relation.below, relation.above, relation.constant) == (1.1, 1.1, 1)
    assert old in GOOD
    bad = tmp_path / "bad.toml"
    bad.write_text(GOOD.replace(old, new, 1))
    with pytest.raises(DataError) as caught:
        relations(bad)
    assert str(caught.value).startswith(f"{bad}:{line}: " if line else f"{bad}: ")
    assert what in str(caught.value)


def test_the_relations_that_ship() -> None:
    assert {relation.total for relation in relations()} == {
        "training_gpu_hours", "training_cost", "training_compute", "parameters",
    }  # fmt: skip
