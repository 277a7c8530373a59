"""One claim against one record: the verdict table of the contract, row by row."""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import date

from extract.metrics import metrics
from warehouse.compare.periods import span
from warehouse.compare.reach import Interval, reach
from warehouse.compare.scopes import Apart, apart
from warehouse.compare.sides import (
    Side,
    days_later,
    is_earlier,
    is_later,
    said_later,
    time,
)
from warehouse.compare.units import factor

# In a tie between records that are equally near: the contradiction counts, then whatever
# says most about the figure.
TIE = ("contradicts", "agrees", "updates", "other_scope")


@dataclass(frozen=True, slots=True)
class Pair:
    """A claim held against the record with this index, which can be brought to its unit.

    `factor` is what one unit of the record is in the claim's unit, at the rate of `day` for
    money. `reason` says which part of the verdict's rule applied, for the explanation.
    """

    claim: Side
    record: Side
    index: int
    factor: float
    day: date | None
    scopes: Apart
    verdict: str
    reason: str

    @property
    def ratio(self) -> float | None:
        """Claim over record; None where the record is zero or the ratio is no finite number."""
        brought_over = self.record.claim.value * self.factor
        if brought_over == 0 or not math.isfinite(brought_over):
            return None
        ratio = self.claim.claim.value / brought_over
        return ratio if math.isfinite(ratio) else None

    @property
    def distance(self) -> tuple[int, int, float, int]:
        """Sorts the record first that the verdict is taken against."""
        later = days_later(self.claim, self.record)
        far = math.inf if later is None else abs(later)
        return (*self.scopes.distance, far, TIE.index(self.verdict))


def rate_day(claim: Side, record: Side) -> date | None:
    """The day whose exchange rates bring a record over: the record's, else the claim's.

    It is the day of `as_of`, else of publication; of a longer time, the middle.
    """
    days = (span(side.claim.as_of) or span(side.published) for side in (record, claim))
    when = next((day for day in days if day), None) or time(record) or time(claim)
    return None if when is None else date.fromordinal(int(when.middle))


def pair_up(claim: Side, record: Side, index: int) -> Pair | None:
    """The claim against a record of its subject and metric; None where the units do not fit."""
    day = rate_day(claim, record)
    metric = claim.claim.metric
    size = factor(record.claim.unit, claim.claim.unit, metric, day)
    if size is None:
        return None
    scopes = apart(metric, claim.claim.scope, record.claim.scope)
    verdict, reason = _verdict(claim, record, scopes, size)
    return Pair(claim, record, index, size, day, scopes, verdict, reason)


def _verdict(claim: Side, record: Side, scopes: Apart, size: float) -> tuple[str, str]:
    changes = metrics()[claim.claim.metric].changes
    if scopes.parts:
        return "other_scope", "scope"
    if changes and is_earlier(claim, record):
        return "other_scope", "earlier"
    if plan := _plan(claim, record, size):
        return "updates", plan
    if changes and is_later(claim, record):
        return "updates", "later"
    meets = reach(claim.claim).meets(_brought_over(record, size))
    denials = (claim.claim.status == "denied") + (record.claim.status == "denied")
    if denials == 2:
        # Two figures can both be wrong, so two denials never speak against each other.
        return "agrees", "both_denied"
    if denials:
        return ("contradicts", "denial") if meets else ("agrees", "denial")
    return ("agrees", "meets") if meets else ("contradicts", "apart")


def _plan(claim: Side, record: Side, size: float) -> str | None:
    """How a later claim moves a plan on: it has become a fact, or there is a newer plan.

    The same plan told again is no newer one: each figure lies within the other's reach.
    Ranges that merely overlap ("60 to 65", then "64 to 72 billion") are two plans.
    """
    status = claim.claim.status
    if record.claim.status != "planned" or status == "denied" or not said_later(claim, record):
        return None
    if status == "planned":
        ours, theirs = claim.claim.value, record.claim.value * size
        same = reach(claim.claim).holds(theirs) and _brought_over(record, size).holds(ours)
        return None if same else "newer_plan"
    return "plan_came_true"


def _brought_over(record: Side, size: float) -> Interval:
    return reach(record.claim).times(size)
