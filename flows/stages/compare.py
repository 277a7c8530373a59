"""Compare: hold every new claim against the records."""

from __future__ import annotations

from dataclasses import dataclass

from prefect import flow, task
from prefect.cache_policies import NO_CACHE

from flows.house import House, now, open_house
from flows.progress import count, stage
from warehouse.judging import Judged, judge_pending


@dataclass(frozen=True, slots=True)
class Compared:
    """What comparison came to."""

    claims: int
    records: int
    contradictions: int


@flow(name="compare", validate_parameters=False)
def compare(home: str) -> Compared:
    """Judges the claims that are pending, in order of publication."""
    house = open_house(home)
    total = Judged(0, 0, 0)
    with stage("compare") as shown:
        while judged := compare_batch(house):
            total = Judged(
                total.claims + judged.claims,
                total.records + judged.records,
                total.contradictions + judged.contradictions,
            )
            shown.advance(judged.claims)
        shown.note(f"{total.claims} claims, {count(total.contradictions, 'new contradiction')}")
    return Compared(total.claims, total.records, total.contradictions)


@task(task_run_name="compare batch", cache_policy=NO_CACHE)
def compare_batch(house: House) -> Judged | None:
    """Judges the next batch of claims; None where there is none."""
    settings = house.settings.compare
    return judge_pending(
        house.warehouse, now=now(), limit=settings.batch, min_confidence=settings.min_confidence
    )
