"""What is open, and which alerts are owed."""

from __future__ import annotations

from typing import Any

import duckdb

from warehouse.store import query


def rows(cursor: duckdb.DuckDBPyConnection) -> list[dict[str, Any]]:
    """The rows of a query as dictionaries."""
    names = [column[0] for column in cursor.description or ()]
    return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]


def open_contradictions(connection: duckdb.DuckDBPyConnection) -> list[dict[str, Any]]:
    """Open contradictions with both sides whole, the most severe first."""
    return rows(connection.execute(query("open_contradictions")))


def owed(
    connection: duckdb.DuckDBPyConnection, min_severity: float
) -> list[dict[str, Any]]:
    """Open contradictions that no mail tells of yet, the most severe first."""
    return rows(connection.execute(query("owed"), [min_severity]))
