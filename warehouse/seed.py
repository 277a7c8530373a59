"""The records that ship: taken in once, and again whenever a new release has others."""

from __future__ import annotations

import hashlib
from datetime import datetime
from functools import cache
from pathlib import Path

import duckdb

from warehouse.falling import replaced
from warehouse.importing import read_records
from warehouse.records import Record, insert_records
from warehouse.rows import run_batch
from warehouse.store import Warehouse, query

FOLDER = Path(__file__).with_name("curated")


def take_in(warehouse: Warehouse, now: datetime) -> int:
    """Takes in the records that ship, where they are not in; returns how many are new.

    What an earlier release shipped and this one does not is kept as history.
    """
    with warehouse.turn() as connection:
        return plant(connection, now)


def plant(connection: duckdb.DuckDBPyConnection, now: datetime) -> int:
    """As `take_in`, within a transaction that is open already."""
    known = connection.execute("SELECT min(digest) FROM meta.curated").fetchone()
    if known == (digest(),):
        return 0
    records = [
        row
        for path in sorted(FOLDER.glob("*.csv"))
        for row in read_records(path)
        if isinstance(row, Record)  # a test sees to it that each row is one
    ]
    new = insert_records(connection, records, now)
    rows = [[record.record_id, digest()] for record in records]
    names = ("record_id", "digest")
    for (gone,) in run_batch(connection, query("retire_curated"), "meta.curated", names, rows):
        replaced(connection, gone)
    connection.execute("DELETE FROM meta.curated")
    run_batch(
        connection,
        "INSERT INTO meta.curated SELECT DISTINCT record_id, digest FROM batch",
        "meta.curated",
        names,
        rows,
    )
    return new


@cache
def digest() -> str:
    """SHA-256 of the files that ship."""
    made = hashlib.sha256()
    for path in sorted(FOLDER.glob("*.csv")):
        made.update(path.read_bytes())
    return made.hexdigest()
