"""What is open, and which alerts are owed."""

from __future__ import annotations

import json
import math
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import duckdb

from warehouse.rows import dictionaries
from warehouse.store import query


def contradictions(
    connection: duckdb.DuckDBPyConnection, status: str = "open"
) -> list[dict[str, Any]]:
    """Contradictions of a status, or `all`, with both sides whole, the most severe first."""
    return dictionaries(connection.execute(query("contradictions"), {"status": status}))


def owed(connection: duckdb.DuckDBPyConnection, min_severity: float) -> list[dict[str, Any]]:
    """Open contradictions that no mail tells of yet, the most severe first."""
    return dictionaries(connection.execute(query("owed"), [min_severity]))


def json_ready(row: dict[str, Any]) -> dict[str, Any]:
    """A row with what JSON cannot hold written as text: moments as ISO 8601, scopes as objects."""
    return {name: _plain(name, value) for name, value in row.items()}


def _plain(name: str, value: Any) -> Any:
    if isinstance(value, float) and not math.isfinite(value):
        return None
    if name.endswith("scope") and isinstance(value, str) and value.startswith("{"):
        return json.loads(value)
    if value is None or isinstance(value, (str, bool, int, float)):
        return value
    if isinstance(value, Decimal):
        return float(value)
    if isinstance(value, (datetime, date)):
        return value.isoformat()
    if isinstance(value, (list, tuple)):
        return [_plain("", item) for item in value]
    if isinstance(value, dict):
        return {str(key): _plain("", item) for key, item in value.items()}
    return str(value)
