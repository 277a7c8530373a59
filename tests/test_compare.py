"""The comparison against cases of claim and records, with the verdict that the contract wants."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from extract.claims import claim_from_json
from warehouse.compare import Side, anachronism, contradiction_key, judge, side_from_json

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
        ({"metric": "users", "value": "many"}, "value is a number"),
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
