"""Publish: put a fresh copy of the database where readers look."""

from __future__ import annotations

from prefect import flow

from flows.house import open_house
from flows.progress import stage


@flow(name="publish", validate_parameters=False)
def publish(home: str) -> None:
    """Replaces counterclaim.duckdb by what the warehouse holds now."""
    house = open_house(home)
    with stage("publish") as shown:
        house.warehouse.publish()
        shown.note(str(house.warehouse.published))
