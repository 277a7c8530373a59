"""The two sides of a comparison, and what comes out of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from extract.claims import Claim, claim_from_json
from warehouse.compare.periods import Span, equal_periods, span

# A publication is a little later than what it speaks of, so two publications this close
# speak of the same time. The contract's own number for `updates`.
NEAR_DAYS = 30


@dataclass(frozen=True, slots=True)
class Side:
    """A claim or a record with where it comes from.

    `published` is ISO 8601 (of the article or of the record), `source` the outlet or the
    publisher of the record, `url` its address.
    """

    claim: Claim
    published: str | None = None
    source: str | None = None
    url: str | None = None


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the comparison says; `record` is an index into the records, `ratio` claim over record.

    `severity` runs from 0 to 1 and orders contradictions; it is 0 for every other verdict.
    """

    verdict: str
    record: int | None
    ratio: float | None
    hints: tuple[str, ...]
    explanation: str
    severity: float = 0.0


def side_from_json(data: object) -> Side:
    """A side from a claim's JSON with `published` (or `date`), `source` (or `outlet`) and `url`.

    Raises ValueError that says what is wrong.
    """
    if not isinstance(data, Mapping):
        raise ValueError("a claim or a record is a JSON object")
    claim = claim_from_json(data)
    published = _first_text(data, "published", "date")
    if published is not None and span(published) is None:
        raise ValueError(f"published is a date like 2025-09-19, not {published!r}")
    return Side(claim, published, _first_text(data, "source", "outlet"), _first_text(data, "url"))


def _first_text(data: Mapping[str, Any], *keys: str) -> str | None:
    for key in keys:
        value = data.get(key)
        if value is not None and not isinstance(value, str):
            raise ValueError(f"{key} is text, not {value!r}")
        if value:
            return value
    return None


def stated_time(side: Side) -> Span | None:
    """The time that the words give to the figure: `as_of`, else the scope's period."""
    return span(side.claim.as_of) or span(side.claim.scope.get("period"))


def time(side: Side) -> Span | None:
    """The time that a side speaks of: the stated one, else its publication."""
    return stated_time(side) or span(side.published)


def days_later(claim: Side, record: Side) -> float | None:
    """How many days later the claim speaks than the record; negative where it is earlier.

    0 where the times overlap or both sides give the same period, otherwise from middle to
    middle; None where a side has no time.
    """
    if equal_periods(claim.claim.scope.get("period"), record.claim.scope.get("period")):
        return 0.0
    ours, theirs = time(claim), time(record)
    if ours is None or theirs is None:
        return None
    if ours.overlaps(theirs):
        return 0.0
    return ours.middle - theirs.middle


def is_earlier(claim: Side, record: Side) -> bool:
    """Whether the claim speaks of an earlier time than the record.

    Where both say which time they speak of, by a day; where one time is only that of a
    publication, by more than NEAR_DAYS, because news comes late. A plan that names no time
    speaks of a later one than what is reported beside it.
    """
    later = days_later(claim, record)
    if later is None:
        return False
    if stated_time(claim) and stated_time(record):
        return later < 0
    if later == 0 or abs(later) <= NEAR_DAYS:
        return _open_plan(record) and claim.claim.status != "planned"
    return later < 0


def is_later(claim: Side, record: Side) -> bool:
    """Whether the claim speaks of a time more than NEAR_DAYS later than the record."""
    later = days_later(claim, record)
    if later is None:
        return False
    if abs(later) <= NEAR_DAYS:
        return _open_plan(claim) and record.claim.status != "planned"
    return later > 0


def _open_plan(side: Side) -> bool:
    return side.claim.status == "planned" and stated_time(side) is None


def said_later(claim: Side, plan: Side) -> bool:
    """Whether the claim was said after the plan on record.

    What a plan names is its target, so only its publication tells when it was said. Where
    either day is not known the claim counts as later: what is on record was there before it.
    """
    ours, theirs = span(claim.published) or time(claim), span(plan.published)
    return ours is None or theirs is None or ours.first > theirs.first
