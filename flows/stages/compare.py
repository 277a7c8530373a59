"""Compare: hold every new claim against the records."""

from __future__ import annotations

from prefect import flow, task
from prefect.cache_policies import NO_CACHE

from flows.house import House, open_house
from flows.judging import judge_all, judge_batch
from warehouse.judging import Judged


@flow(name="compare", validate_parameters=False)
def compare(home: str) -> Judged:
    """Judges the claims that are pending, in order of publication."""
    return judge_all(open_house(home), compare_batch)


@task(task_run_name="compare batch", cache_policy=NO_CACHE)
def compare_batch(house: House) -> Judged | None:
    """Judges the next batch of claims; None where there is none."""
    return judge_batch(house)
