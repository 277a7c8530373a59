"""The comparison against cases of claim and records, with the verdict that the contract wants."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from extract.claims import claim_from_json
from warehouse.compare import Side, anachronism, contradiction_key, judge, side_from_json
from warehouse.compare.periods import period_key, span
from warehouse.compare.wording import figure, interval

CASES = [
    json.loads(line)
    for file in sorted(Path(__file__).with_name("compare").glob("*.jsonl"))
    for line in file.read_text(encoding="utf-8").splitlines()
]


@pytest.mark.parametrize("case", CASES, ids=[case["id"] for case in CASES])
def test_verdict(case: dict) -> None:
    claim = side_from_json(case["claim"])
    records = [side_from_json(record) for record in case["records"]]
    found = judge(claim, records)
    expected = (case["verdict"], case["record"], case["hints"])
    assert (found.verdict, found.record, list(found.hints)) == expected, case["why"]
    assert found.explanation
    assert (found.severity > 0) == (found.verdict == "contradicts")


def side(value: float = 5_600_000, **fields: object) -> Side:
    """A side about V3's training cost, save what `fields` say."""
    claim = {"subject": "DeepSeek-V3", "metric": "training_cost", "unit": "USD", "value": value}
    return side_from_json({**claim, **fields})


def test_ratio_is_claim_over_record_in_the_claims_currency() -> None:
    record = side(5_576_000, published="2024-12-27")
    assert judge(side(11_152_000), [record]).ratio == pytest.approx(2)
    # The European Central Bank's rates of that day: 1.0435 dollars and 7.6169 yuan a euro.
    yuan = 5_576_000 / 1.0435 * 7.6169
    assert judge(side(yuan, unit="CNY"), [record]).ratio == pytest.approx(1, rel=1e-6)


@pytest.mark.parametrize("value", [0, -0.0])
def test_no_ratio_to_a_record_of_zero(value: float) -> None:
    assert judge(side(1e9), [side(value)]).ratio is None


def test_a_ratio_too_large_for_a_number_is_none() -> None:
    found = judge(side(1e308), [side(1e-308)])
    assert (found.verdict, found.ratio) == ("contradicts", None)


def test_explanation_names_both_figures_who_gave_them_and_the_owner() -> None:
    claim = side(294_000, subject="DeepSeek-R1", quote="$294,000", published="2025-09-18")
    record = side(
        subject="DeepSeek-R1", quote="$5.6 million", source="The Ledger", published="2025-01-27"
    )
    owner = side(5_576_000, quote="$5.576 million")
    said = judge(claim, [record, owner]).explanation
    assert said.startswith(
        "$294,000 is 19 times less than the $5.6 million on record for DeepSeek-R1"
        " (The Ledger, 27 January 2025)."
    )
    assert "agrees with the record of DeepSeek-V3 ($5.576 million)" in said
    assert "ten times or more apart" in said


def test_severity_grows_with_the_factor_and_falls_with_doubt() -> None:
    def severity(value: float, **fields: object) -> float:
        return judge(side(value, **fields), [side()]).severity

    assert 0 < severity(6_500_000) < severity(11_000_000) < severity(56_000_000)
    assert severity(56_000_000) == pytest.approx(0.5)
    assert severity(5.6e9) == severity(5.6e12) == 1
    assert severity(56_000_000, status="estimated") < severity(56_000_000)
    assert severity(56_000_000, scope={"stage": "final run"}) < severity(56_000_000)
    assert severity(56_000_000, confidence=0.5) == pytest.approx(0.25)


KEY = contradiction_key(side(294_000).claim, side().claim)


@pytest.mark.parametrize(
    "fields",
    [
        {"subject": "DeepSeek V3"},
        {"quote": "$294,000", "claimant": "Nature", "published": "2025-09-17"},
        {"qualifier": "approximate"},
        {"scope": {"stage": "final run"}},
        {"unit": "US$"},
    ],
)
def test_one_key_however_it_is_told(fields: dict) -> None:
    assert contradiction_key(side(294_000, **fields).claim, side().claim) == KEY
    assert contradiction_key(side().claim, side(294_000, **fields).claim) == KEY


@pytest.mark.parametrize(
    "fields", [{"value": 295_000}, {"unit": "CNY"}, {"metric": "deal_value"}, {"subject": "GPT-4"}]
)
def test_another_key_for_another_figure_metric_or_subject(fields: dict) -> None:
    claim = side(**{"value": 294_000, **fields}).claim
    record = side(**{key: word for key, word in fields.items() if key in ("metric", "subject")})
    assert contradiction_key(claim, record.claim) != KEY


def test_identifying_scope_is_part_of_the_key() -> None:
    def key(period: str) -> str:
        one = side(3e9, metric="revenue", scope={"period": period}).claim
        return contradiction_key(one, replace(one, value=4e9))

    assert key("Q2 2025") == key("second quarter of 2025") != key("Q3 2025")


@pytest.mark.parametrize(
    ("fields", "too_early"),
    [
        ({"as_of": "2022"}, True),
        ({"as_of": "2023-11-30"}, True),
        ({"as_of": "2023-12"}, False),  # its last day is within twelve months
        ({"as_of": "early 2024"}, False),
        ({"as_of": "2022", "status": "planned"}, False),
        ({"as_of": "2022", "status": "denied"}, False),
        ({"as_of": None, "published": "2022-01-01"}, False),
        ({"as_of": "2024-11", "metric": "valuation"}, True),
        ({"as_of": "2024", "metric": "valuation"}, False),
        ({"scope": {"period": "2023"}, "metric": "revenue"}, True),
        ({"scope": {"period": "annualised"}, "metric": "revenue"}, False),
    ],
)
def test_anachronism(fields: dict, too_early: bool) -> None:
    assert bool(anachronism(side(**fields), "2024-12-26")) is too_early
    assert anachronism(side(**fields), None) is None


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        ([], "a JSON object"),
        ({"metric": "cost", "value": 1}, "no such metric: 'cost'"),
        ({"metric": ["users"], "value": 1}, "no such metric"),
        ({"metric": "users"}, "value is missing"),
        ({"metric": "users", "value": "many"}, "value must be a number"),
        ({"metric": "users", "value": float("nan")}, "not finite"),
        ({"metric": "users", "value": 1, "low": 3, "high": 2}, "low 3 is above high 2"),
        ({"metric": "users", "value": 1, "published": "soon"}, "published is a date"),
        ({"metric": "users", "value": 1, "published": 2025}, "published is text"),
        ({"metric": "users", "value": 1, "qualifier": "roughly"}, "no such qualifier"),
    ],
)
def test_a_bad_side_says_what_is_wrong(data: object, reason: str) -> None:
    with pytest.raises(ValueError, match=reason):
        side_from_json(data)


def test_a_claim_that_no_reader_would_write_does_not_crash() -> None:
    claim = claim_from_json({"subject": "GPT-4", "metric": "users", "value": 1})
    for value in (float("nan"), float("inf"), -float("inf"), 5e-324):
        odd = Side(replace(claim, value=value, low=value, high=value))
        assert judge(odd, [Side(claim)]).explanation
        assert judge(Side(claim), [odd]).explanation


@pytest.mark.parametrize(
    ("value", "unit", "quote", "words"),
    [
        (5_576_000, "USD", None, "$5.576 million"),
        (294_000, "USD", None, "$294,000"),
        (-5e9, "USD", None, "−$5 billion"),
        (-5e9, "USD", "$5 billion", "−$5 billion"),
        (0.55, "USD", None, "$0.55"),
        (2.5, "USD/Mtoken", None, "$2.50 per million tokens"),
        (2.1e6, "CNY", None, "2.1 million yuan"),
        (2.1e15, "KRW", None, "2,100 trillion won"),
        (512, "accelerator", "512", "512 accelerators"),
        (671e9, "parameter", "671B", "671B parameters"),
        (14.8e12, "token", "14.8 trillion tokens", "14.8 trillion tokens"),
        (5500, "person", "thousands", "thousands of people"),
        (9e8, "person", None, "900 million people"),
        (1.2e9, "W", None, "1.2 GW"),
        (1.2, "GW", None, "1.2 GW"),
        (3.8e25, "FLOP", None, "3.8 × 10^25 FLOP"),
        (79.8, "percent", None, "79.8%"),
        (17, "percent", "17 per cent", "17 per cent"),
        (1, "day", None, "1 day"),
        (27, "times", None, "27 times"),
        (0, None, None, "0"),
    ],
)
def test_a_figure_in_words(value: float, unit: str, quote: str | None, words: str) -> None:
    assert figure(value, unit, quote) == words


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"qualifier": "at_least", "high": None}, "at least $5.6 million"),
        ({"qualifier": "approximate"}, "about $5.6 million"),
        ({"qualifier": "range", "low": 5e6, "high": 6e6}, "$5 million to $6 million"),
        ({"qualifier": "range", "low": 5e6, "high": 6e6, "quote": "$5m to $6m"}, "$5m to $6m"),
    ],
)
def test_an_interval_in_words(fields: dict, words: str) -> None:
    assert interval(side(**fields).claim) == words


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2025", "2025-01-01", "2025-12-31"),
        ("2024-02", "2024-02-01", "2024-02-29"),
        ("2025-09-19T23:30:00-08:00", "2025-09-19", "2025-09-19"),
        ("September 19, 2025", "2025-09-19", "2025-09-19"),
        ("2026-Q1", "2026-01-01", "2026-03-31"),
        ("first half of 2025", "2025-01-01", "2025-06-30"),
        ("early 2023", "2023-01-01", "2023-04-30"),
        ("2016-2017", "2016-01-01", "2017-12-31"),
        ("by 2030", "2030-01-01", "2030-12-31"),
    ],
)
def test_the_days_of_a_period(text: str, first: str, last: str) -> None:
    days = span(text)
    assert days
    assert (str(days.first), str(days.last)) == (first, last)


@pytest.mark.parametrize("text", [None, "", "FY2025", "annualised", "2025-02-30", "soon", "0000"])
def test_what_names_no_days(text: str | None) -> None:
    assert span(text) is None


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Q2 2025", "second quarter of 2025", True),
        ("Q2 fiscal 2026", "second fiscal quarter of 2026", True),
        ("June 2026", "2026-06", True),
        ("full-year 2025", "2025", True),
        ("annualised", "annual recurring revenue", True),
        ("weekly active users", "per week", True),
        ("2025", "FY2025", False),
        ("annual", "annualised", False),
        ("by 2030", "2030", False),
        ("last year", "next year", False),
    ],
)
def test_two_ways_to_write_a_period(one: str, other: str, same: bool) -> None:
    assert (period_key(one) == period_key(other)) is same
