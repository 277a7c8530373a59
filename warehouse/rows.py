"""Rows: the columns that claims and records share, and how many go in at once."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

import duckdb

from extract.claims import Claim

FIGURE = (
    "subject", "metric", "value", "low", "high", "unit", "qualifier", "status", "claimant",
    "scope", "as_of",
)  # fmt: skip


def figure_row(claim: Claim) -> list[Any]:
    """The columns of FIGURE, in order; scope as JSON with sorted keys."""
    return [
        claim.subject, claim.metric, claim.value, claim.low, claim.high, claim.unit,
        claim.qualifier, claim.status, claim.claimant, scope_text(claim.scope), claim.as_of,
    ]  # fmt: skip


def said(claim: Claim) -> tuple[Any, ...]:
    """What a reading says of a figure, whoever said it and when: two that say the same are one."""
    return (
        claim.subject, claim.metric, claim.value, claim.low, claim.high, claim.unit,
        claim.qualifier, claim.status, scope_text(claim.scope),
    )  # fmt: skip


def scope_text(scope: Mapping[str, str]) -> str:
    """A scope as JSON; the same scope always gives the same text."""
    return json.dumps(dict(sorted(scope.items())), ensure_ascii=False)


def claim_of(row: Sequence[Any], **more: Any) -> Claim:
    """A claim from the columns of FIGURE."""
    fields = dict(zip(FIGURE, row, strict=True))
    fields["scope"] = json.loads(fields["scope"])
    return Claim(**fields, **more)


def dictionaries(cursor: duckdb.DuckDBPyConnection) -> list[dict[str, Any]]:
    """The rows of a query by the names of their columns."""
    names = [column[0] for column in cursor.description or ()]
    return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]


def run_batch(
    connection: duckdb.DuckDBPyConnection,
    sql: str,
    table: str,
    names: Sequence[str],
    rows: Iterable[Sequence[Any]],
) -> list[tuple[Any, ...]]:
    """Runs one statement over many rows, which it sees as `batch`; returns what it returns.

    `names` are columns of `table`, in the order of the rows' values. The rows go over as one
    text of JSON: a parameter each costs DuckDB more than all else that is done with a row.
    """
    given = [dict(zip(names, row, strict=True)) for row in rows]
    if not given:
        return []
    types = {name: kind for name, kind, *_ in connection.execute(f"DESCRIBE {table}").fetchall()}
    shape = json.dumps([{name: types[name] for name in names}])
    text = json.dumps(given, ensure_ascii=False, default=_moment)
    batch = f"WITH batch AS (SELECT unnest(from_json(?, '{shape}'), recursive := true)) "
    return connection.execute(batch + sql, [text]).fetchall()


def _moment(value: object) -> str:
    if isinstance(value, datetime):
        return value.isoformat()
    raise TypeError(f"{type(value).__name__} is no column's value")
