"""Publish: put a fresh copy of the database where readers look."""

from __future__ import annotations

from prefect import flow

from flows.house import open_house


@flow(name="publish", validate_parameters=False)
def publish(home: str) -> None:
    """Replaces counterclaim.duckdb by what the warehouse holds now."""
    open_house(home).publish()
