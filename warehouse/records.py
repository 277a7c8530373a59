"""Records: figures that stand until something better comes.

They come from CSV files (importing.py), and from claims that the comparison accepts. A record is
never overwritten: a later figure stands beside it, and the comparison takes the nearest in time.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import duckdb

from extract.claims import Claim
from extract.entities import registry
from extract.metrics import metrics
from warehouse.compare import Side
from warehouse.ids import stable_id
from warehouse.rows import FIGURE, claim_of, dictionaries, figure_row, run_batch, scope_text
from warehouse.store import Warehouse, query


@dataclass(frozen=True, slots=True)
class Record:
    """A figure on record: the figure itself with its source, and where it came from."""

    record_id: str
    side: Side
    title: str | None = None
    note: str | None = None
    origin: str = "curated"
    claim_id: str | None = None


def make_record(side: Side, *, note: str | None = None, origin: str = "curated") -> Record:
    """A record whose id follows from figure and source, so that it is taken in once."""
    claim = side.claim
    record_id = stable_id(*figure_row(claim), side.source, side.url, side.published)
    return Record(record_id, side, note=note, origin=origin)


def add_records(warehouse: Warehouse, records: Iterable[Record], now: datetime) -> int:
    """Takes records in, in one transaction; returns how many are new."""
    with warehouse.turn() as connection:
        return insert_records(connection, records, now)


def insert_records(
    connection: duckdb.DuckDBPyConnection, records: Iterable[Record], now: datetime
) -> int:
    """As `add_records`, within a transaction that is open already."""
    rows = {record.record_id: _row(record, now) for record in records}
    new = run_batch(connection, query("add_records"), "store.records", ROW, rows.values())
    return len(new)


def candidates(
    connection: duckdb.DuckDBPyConnection, pairs: Iterable[tuple[str, str]]
) -> list[Record]:
    """The standing records of each (subject, metric)."""
    subjects, names = zip(*pairs, strict=True) if (pairs := list(pairs)) else ((), ())
    rows = connection.execute(query("candidates"), [list(subjects), list(names)]).fetchall()
    return [_from_row(row) for row in rows]


def neighbours(
    connection: duckdb.DuckDBPyConnection, asked: Sequence[tuple[Claim, float]]
) -> list[list[Record]]:
    """For each claim and value: records of other subjects whose figure is near it."""
    found: list[list[Record]] = [[] for _ in asked]
    if asked:
        given = {
            "numbers": list(range(len(asked))),
            "metrics": [claim.metric for claim, _ in asked],
            "subjects": [claim.subject for claim, _ in asked],
            "values": [value for _, value in asked],
        }
        for number, *row in connection.execute(query("neighbours"), given).fetchall():
            found[number].append(_from_row(tuple(row)))
    return found


def list_records(
    connection: duckdb.DuckDBPyConnection, subject: str | None, metric: str | None
) -> list[dict[str, Any]]:
    """Records as the view shows them, of a subject or a metric where one is given."""
    if metric is not None and metric not in metrics():
        raise ValueError(f"no such metric: {metric}; one of {', '.join(metrics())}")
    name = registry().resolve(subject) if subject else None
    given = [name, name, metric, metric]
    return dictionaries(connection.execute(query("list_records"), given))


ROW = (
    "record_id", *FIGURE, "source", "url", "title", "published", "note", "quote", "sentence",
    "confidence", "origin", "claim_id", "added_at",
)  # fmt: skip


def _row(record: Record, now: datetime) -> list[Any]:
    side, claim = record.side, record.side.claim
    return [
        record.record_id, *figure_row(claim), side.source, side.url, record.title, side.published,
        record.note, claim.quote or None, claim.sentence or None, claim.confidence, record.origin,
        record.claim_id, now,
    ]  # fmt: skip


def _from_row(row: tuple[Any, ...]) -> Record:
    record_id, *rest = row
    figure, (source, url, title, published, note, quote, sentence, confidence, origin, claim_id) = (
        rest[: len(FIGURE)],
        rest[len(FIGURE) :],
    )
    claim = claim_of(figure, quote=quote or "", sentence=sentence or "", confidence=confidence)
    return Record(record_id, Side(claim, published, source, url), title, note, origin, claim_id)


__all__ = [
    "Record", "add_records", "candidates", "insert_records", "list_records", "make_record",
    "neighbours", "scope_text",
]  # fmt: skip
