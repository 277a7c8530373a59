"""The curated records: read whole, in the catalogue's names, and at peace with one another."""

from __future__ import annotations

import csv
from collections import Counter, defaultdict
from functools import cache
from pathlib import Path

import pytest

from extract.entities import registry
from extract.metrics import metrics
from warehouse.compare import Side, judge
from warehouse.importing import read_records
from warehouse.layout import COLUMNS
from warehouse.records import Record

CURATED = Path(__file__).parent.parent / "warehouse" / "curated"
FILES = sorted(CURATED.glob("*.csv"))

# Sources that truly disagree, each with what the other says: the press gave R1 the figure of V3,
# and nobody but OpenAI knows what GPT-4 cost.
DISPUTES = {
    ("DeepSeek-R1", "training_cost", 294_000, 5_600_000),
    ("GPT-4", "training_cost", 63_000_000, 100_000_000),
    ("GPT-4", "training_cost", 78_400_000, 100_000_000),
    ("GPT-4", "training_cost", 63_000_000, 78_400_000),
}


@cache
def records() -> list[Record]:
    found = [record for path in FILES for record in read_records(path)]
    assert [record for record in found if not isinstance(record, Record)] == []
    return [record for record in found if isinstance(record, Record)]


def sides() -> list[Side]:
    return [record.side for record in records()]


def values(subject: str, metric: str) -> dict[float, str | None]:
    """The values on record for a subject, each with its stage."""
    claims = [side.claim for side in sides()]
    return {
        claim.value: claim.scope.get("stage")
        for claim in claims
        if (claim.subject, claim.metric) == (subject, metric)
    }


def test_all_is_read() -> None:
    assert [path.name for path in FILES] == ["compute.csv", "models.csv", "money.csv", "prices.csv"]
    assert len(records()) >= 1000


def test_every_metric_is_there() -> None:
    counts = Counter(side.claim.metric for side in sides())
    assert [name for name in metrics() if name != "other" and counts[name] < 8] == []


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_rows_are_written_out(path: Path) -> None:
    with path.open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    assert rows
    assert list(rows[0]) == COLUMNS
    wrong = [row["subject"] for row in rows if named(row["subject"]) != row["subject"]]
    assert wrong == [], "subjects stand under the catalogue's own names"


def named(subject: str) -> str | None:
    entity = registry().get(subject)
    return entity.name if entity else None


def test_what_changes_has_its_time() -> None:
    assert [
        (side.claim.subject, side.claim.metric, side.claim.value)
        for side in sides()
        if metrics()[side.claim.metric].changes and not side.claim.as_of
    ] == []


def test_what_identifies_a_figure_is_said() -> None:
    assert [
        (side.claim.subject, side.claim.metric, key)
        for side in sides()
        for key in metrics()[side.claim.metric].identify
        if key not in side.claim.scope
    ] == []


def test_nothing_stands_twice() -> None:
    seen = Counter(
        (
            side.claim.subject,
            side.claim.metric,
            side.claim.value,
            tuple(sorted(side.claim.scope.items())),
            side.claim.as_of,
            side.source,
        )
        for side in sides()
    )
    assert [key for key, count in seen.items() if count > 1] == []
    assert len({record.record_id for record in records()}) == len(records())


def test_deepseeks_figures() -> None:
    assert values("DeepSeek-V3", "training_cost") == {
        5_576_000: "final training run",
        5_328_000: "pre-training",
        238_000: "context extension",
        10_000: "post-training",
    }
    assert values("DeepSeek-V3", "training_gpu_hours") == {
        2_788_000: "final training run",
        2_664_000: "pre-training",
        119_000: "context extension",
        5_000: "post-training",
    }
    assert set(values("DeepSeek-V3", "training_hardware")) == {2048}
    assert set(values("DeepSeek-V3", "training_tokens")) == {14.8e12}
    assert set(values("DeepSeek-V3", "parameters")) == {671e9}
    assert set(values("DeepSeek-V3", "active_parameters")) == {37e9}
    assert set(values("Nvidia H800", "gpu_hour_price")) == {2}
    rl = "reinforcement learning"
    assert values("DeepSeek-R1", "training_cost") == {294_000: rl, 5_600_000: None}
    assert values("DeepSeek-R1", "training_hardware") == {512: rl}
    assert values("DeepSeek-R1", "training_time") == {80: rl}
    assert values("DeepSeek-R1-Zero", "training_time") == {198: rl}


def test_the_parts_of_v3_make_up_the_whole() -> None:
    for metric in ("training_cost", "training_gpu_hours"):
        whole, *parts = sorted(values("DeepSeek-V3", metric), reverse=True)
        assert sum(parts) == whole


def test_only_true_disputes_contradict() -> None:
    """Each record is held against each that was published before it, as a claim would be.

    A plan that a later one has replaced is not held against the later one: nobody had heard of it.
    """
    groups = defaultdict(list)
    for side in sides():
        groups[side.claim.subject, side.claim.metric].append(side)
    found = set()
    for (subject, metric), group in groups.items():
        for later in group:
            for side in group:
                known = side is not later and str(side.published) <= str(later.published)
                if known and judge(later, [side]).verdict == "contradicts":
                    low, high = sorted((later.claim.value, side.claim.value))
                    found.add((subject, metric, low, high))
    assert found == DISPUTES


@pytest.mark.parametrize(
    ("subject", "metric", "value", "verdict"),
    [
        ("DeepSeek-V3", "training_cost", 5_576_000, "agrees"),
        ("DeepSeek-V3", "training_cost", 55_760_000, "contradicts"),
        ("DeepSeek-V3", "training_gpu_hours", 2_788_000, "agrees"),
        ("DeepSeek-R1", "training_cost", 294_000, "contradicts"),
        ("GPT-4", "training_cost", 200_000_000, "agrees"),
        ("Llama 3.1 405B", "training_hardware", 24_576, "contradicts"),
        ("Nvidia", "market_value_change", -589e9, "agrees"),
        ("Nvidia", "market_value_change", -589e6, "contradicts"),
    ],
)
def test_a_bare_claim_meets_the_whole(
    subject: str, metric: str, value: float, verdict: str
) -> None:
    """News gives the whole with no stage: it is nearer to it than the parts are."""
    (like,) = [s for s in sides() if (s.claim.subject, s.claim.metric) == (subject, metric)][:1]
    claim = Side(
        type(like.claim)(
            subject=subject,
            metric=metric,
            value=value,
            low=value,
            high=value,
            unit=like.claim.unit,
        ),
        published="2025-01-29",
        source="News",
    )
    assert judge(claim, sides()).verdict == verdict
