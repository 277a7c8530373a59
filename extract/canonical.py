"""A figure as its text states it into the canonical unit of a metric (see metrics.toml)."""

from __future__ import annotations

import re
from dataclasses import dataclass

from extract.figures import Figure, dimension
from extract.metrics import metrics

HOURS = {
    "second": 1 / 3600, "minute": 1 / 60, "hour": 1.0, "day": 24.0, "week": 168.0,
    "month": 730.5, "year": 8766.0,
}  # fmt: skip
"""A month is a twelfth of a year of 365.25 days."""

# Prices of the API are kept for a million tokens, which is also what a bare price means.
_PER_TOKENS = re.compile(
    r"(?:per|for(?: every)?|/|a|each)\s*(?P<many>1,?000|1k|a thousand|thousand)?\s*"
    r"(?:(?:input|output|prompt|completion|generated)\s+)?tokens?\b",
    re.IGNORECASE,
)
# "(per 1,000 tokens)" stands right behind the figure, or behind the other price of a pair.
_PER_WITHIN = 60

_MIRROR = {"at_least": "at_most", "at_most": "at_least"}


@dataclass(frozen=True, slots=True)
class Measured:
    """A figure in a metric's canonical unit; the fields are a claim's."""

    value: float
    low: float | None
    high: float | None
    unit: str | None
    qualifier: str

    def times(self, factor: float) -> Measured:
        """Every number times a positive factor."""
        low, high = (None if side is None else side * factor for side in (self.low, self.high))
        return Measured(self.value * factor, low, high, self.unit, self.qualifier)

    def negated(self) -> Measured:
        """The loss or fall of this size: "more than 3" becomes at most -3."""
        low = None if self.high is None else -self.high
        high = None if self.low is None else -self.low
        qualifier = _MIRROR.get(self.qualifier, self.qualifier)
        return Measured(-self.value, low, high, self.unit, qualifier)


def canonical(figure: Figure, metric: str, after: str = "", negative: bool = False) -> Measured:
    """The figure in the unit of the metric.

    `after` is the sentence behind the figure; it tells how many tokens a price buys.
    `negative` turns the sign of an unsigned figure where the metric knows losses.
    """
    row = metrics()[metric]
    measured = Measured(figure.value, figure.low, figure.high, figure.unit, figure.qualifier)
    if metric.startswith("api_price"):
        measured = measured.times(_per_million(after))
    elif row.unit in ("hour", "GPU-hour") and figure.unit in HOURS:
        measured = measured.times(HOURS[figure.unit])
    elif row.unit == "percent" and dimension(figure.unit) == "times":
        measured = measured.times(100)
    if row.unit not in ("money", "any"):
        measured = Measured(
            measured.value, measured.low, measured.high, row.unit, measured.qualifier
        )
    elif metric == "benchmark_score" and dimension(figure.unit) == "count":
        measured = Measured(
            measured.value, measured.low, measured.high, "point", measured.qualifier
        )
    return measured.negated() if row.signed and negative and figure.value > 0 else measured


def _per_million(after: str) -> float:
    found = _PER_TOKENS.search(after[:_PER_WITHIN])
    if found is None or "million" in after[: found.start()].lower():
        return 1.0
    if found["many"]:
        return 1e3
    return 1e6 if found[0].lower().endswith("token") else 1.0
