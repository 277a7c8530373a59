"""What holds of the comparison whatever the figures are."""

from __future__ import annotations

import json
from dataclasses import asdict, replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extract.claims import QUALIFIERS, STATUSES, Claim
from extract.metrics import metrics
from warehouse.compare import Side, anachronism, contradiction_key, judge

VERDICTS = {"new", "other_scope", "updates", "agrees", "contradicts"}
SUBJECTS = ["DeepSeek-R1", "deepseek r1", "OpenAI", "GPT-4", "somebody unknown", "", None]
WORDS = [
    "2025",
    "Q2 2025",
    "FY2025",
    "annualised",
    "weekly",
    "AIME 2024",
    "China",
    "final run",
    " ",
    "?",
]
TIMES = ["2025", "2025-09", "2025-09-19", "Q2 2025", "early 2023", "2024-2025", "soon", "", None]
UNITS = ["USD", "CNY", "TWD", "USD/Mtoken", "percent", "times", "hour", "day", "W", "GW", "", None]

numbers = st.one_of(
    st.floats(allow_nan=False, allow_infinity=False),
    st.integers(-(10**6), 10**6).map(float),
    st.sampled_from([0.0, -0.0, 5.6e6, 5_576_000.0, 294_000.0, 1e308, 5e-324]),
)
days = st.dates(date(2015, 1, 1), date(2030, 12, 31)).map(date.isoformat)


@st.composite
def claims(draw: st.DrawFn, metric: str | None = None) -> Claim:
    """Any claim that the contract allows."""
    value = draw(numbers)
    qualifier = draw(st.sampled_from(QUALIFIERS))
    low, high = value, value
    if qualifier == "range":
        low, high = sorted((value, draw(numbers)))
        value = low / 2 + high / 2
    return Claim(
        subject=draw(st.sampled_from(SUBJECTS)),
        metric=metric or draw(st.sampled_from(sorted(metrics()))),
        value=value,
        low=None if qualifier == "at_most" else low,
        high=None if qualifier == "at_least" else high,
        unit=draw(st.sampled_from(UNITS)),
        qualifier=qualifier,
        status=draw(st.sampled_from(STATUSES)),
        claimant=draw(st.sampled_from(["DeepSeek", None])),
        scope=draw(
            st.dictionaries(
                st.sampled_from(["period", "benchmark", "place", "stage", "chip"]),
                st.sampled_from(WORDS),
                max_size=3,
            )
        ),
        as_of=draw(st.sampled_from(TIMES)),
        quote=draw(st.one_of(st.just(""), st.text("0123456789.,$ KMe-^×", max_size=9))),
        confidence=draw(st.floats(0, 1)),
    )


@st.composite
def sides(draw: st.DrawFn) -> Side:
    return Side(
        draw(claims()), draw(st.one_of(st.none(), days)), draw(st.sampled_from(["Wire", None]))
    )


@given(sides(), st.lists(sides(), max_size=5))
def test_any_claim_gets_a_verdict_that_json_can_hold(claim: Side, records: list[Side]) -> None:
    found = judge(claim, records)
    assert found.verdict in VERDICTS
    assert (found.record is None) == (found.verdict == "new")
    assert 0 <= found.severity <= 1
    assert found.explanation.endswith(".")
    json.dumps(asdict(found), allow_nan=False)
    for record in records:
        contradiction_key(claim.claim, record.claim)
    anachronism(claim, "2025-01-20")


@given(sides())
def test_a_claim_agrees_with_itself(side: Side) -> None:
    named = replace(
        side.claim,
        subject="DeepSeek-R1",
        unit="USD" if metrics()[side.claim.metric].unit == "money" else side.claim.unit,
    )
    expected = "new" if named.metric == "other" else "agrees"
    assert judge(replace(side, claim=named), [replace(side, claim=named)]).verdict == expected


FIXED = sorted(name for name, metric in metrics().items() if not metric.changes)


@given(st.sampled_from(FIXED), st.data())
def test_swapping_the_sides_keeps_a_disagreement(metric: str, data: st.DataObject) -> None:
    unit = "USD" if metrics()[metric].unit == "money" else metrics()[metric].unit
    one, other = (
        Side(replace(data.draw(claims(metric)), subject="DeepSeek-R1", unit=unit, status=status))
        for status in data.draw(
            st.sampled_from([("reported", "estimated"), ("denied", "reported")])
        )
    )
    there, back = judge(one, [other]), judge(other, [one])
    assert there.verdict == back.verdict
    assert there.severity == pytest.approx(back.severity)
    assert set(there.hints) == set(back.hints)


written = st.builds(
    lambda whole, tenths, sign: (sign * (whole + tenths / 10), f"{whole}.{tenths}"),
    st.integers(1, 999),
    st.integers(0, 9),
    st.sampled_from([1, -1]),
)


@given(
    written, written, st.floats(0, 2), st.floats(0, 2), st.sampled_from(["exact", "approximate"])
)
def test_a_wider_interval_never_makes_a_contradiction(
    ours: tuple[float, str], theirs: tuple[float, str], down: float, up: float, qualifier: str
) -> None:
    base = {"subject": "OpenAI", "metric": "profit", "unit": "USD", "qualifier": qualifier}
    claim, record = (
        Claim(value=value, low=value, high=value, quote=quote, **base)
        for value, quote in (ours, theirs)
    )
    size = abs(claim.value)
    wider = replace(claim, low=claim.value - down * size, high=claim.value + up * size)
    for widest in (wider, replace(wider, low=None), replace(wider, high=None)):
        before = judge(Side(claim), [Side(record)]).verdict
        after = judge(Side(widest), [Side(record)]).verdict
        assert not (before == "agrees" and after == "contradicts")


@given(
    sides(),
    sides(),
    st.sampled_from([("CNY", "RMB"), ("CNY", "CNH"), ("USD", "US$"), ("TWD", "NT$")]),
)
def test_another_code_for_the_same_money_changes_nothing(
    claim: Side, record: Side, codes: tuple[str, str]
) -> None:
    def in_money(side: Side, code: str) -> Side:
        return replace(
            side, claim=replace(side.claim, subject="OpenAI", metric="deal_value", unit=code)
        )

    same, other = codes
    expected = judge(in_money(claim, same), [in_money(record, same)])
    for ours, theirs in ((other, same), (same, other), (other, other)):
        found = judge(in_money(claim, ours), [in_money(record, theirs)])
        assert (found.verdict, found.ratio, found.hints) == (
            expected.verdict,
            expected.ratio,
            expected.hints,
        )


@given(st.lists(sides(), min_size=2, max_size=5), st.randoms(use_true_random=False))
def test_the_order_of_the_records_does_not_decide(records: list[Side], random) -> None:
    claim, *rest = records
    shuffled = rest[:]
    random.shuffle(shuffled)
    assert judge(claim, rest).verdict == judge(claim, shuffled).verdict


settings.register_profile("laws", max_examples=150, deadline=None)
settings.load_profile("laws")
