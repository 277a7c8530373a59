"""Holding every pending claim against the records, a batch at a time."""

from __future__ import annotations

from collections.abc import Callable

from flows.house import House, now
from flows.progress import count, stage
from warehouse.judging import Judged, judge_pending
from warehouse.seed import take_in


def judge_batch(house: House) -> Judged | None:
    """Judges the next batch of claims; None where there is none."""
    settings = house.settings.compare
    return judge_pending(
        house.warehouse, now=now(), limit=settings.batch, min_confidence=settings.min_confidence
    )


def judge_all(house: House, batch: Callable[[House], Judged | None] = judge_batch) -> Judged:
    """Judges the claims that are pending, in order of publication."""
    total = Judged(0, 0, 0)
    with stage("compare") as shown:
        shipped = take_in(house.warehouse, now()) if house.settings.compare.curated else 0
        while judged := batch(house):
            total += judged
            shown.advance(judged.claims)
        found = f"{total.claims} claims, {count(total.contradictions, 'new contradiction')}"
        shown.note(f"{found}; took in {shipped} records that ship" if shipped else found)
    return total
