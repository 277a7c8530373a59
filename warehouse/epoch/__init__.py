"""Epoch AI's published tables as they are downloaded, read as records.

table      rows, and what all tables have in common: records, their ids, Epoch's confidence
names      Epoch's names in the house's own words
models     notable models
clusters   GPU clusters
hardware   chips and their prices
companies  funding rounds, revenue, staff, usage, compute spend
"""

from __future__ import annotations

from collections.abc import Collection

from warehouse.epoch import clusters, companies, hardware, models
from warehouse.epoch.table import CONFIDENCE, Table, records_of

TABLES = (models.TABLE, clusters.TABLE, hardware.TABLE, *companies.TABLES)


def table_with(columns: Collection[str]) -> Table | None:
    """The table that has these columns, or None where it is none of Epoch's."""
    return next((table for table in TABLES if table.columns.issubset(columns)), None)


__all__ = ["CONFIDENCE", "TABLES", "Table", "records_of", "table_with"]
