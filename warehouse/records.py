"""Records: figures that stand until something better comes.

They come from curated CSV files, and from claims that the comparison accepts. A record is never
overwritten: a later figure stands beside it, and the comparison takes the nearest in time.
"""

from __future__ import annotations

import csv
import re
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime
from io import StringIO
from pathlib import Path
from typing import Any

import duckdb

from extract.claims import Claim, claim_from_json
from extract.entities import registry
from extract.errors import DataError
from extract.metrics import metrics
from warehouse.compare import Side
from warehouse.compare.periods import span
from warehouse.ids import stable_id
from warehouse.rows import FIGURE, claim_of, figure_row, run_batch, scope_text
from warehouse.store import Warehouse, query

COLUMNS = (
    "subject metric value low high unit qualifier status scope as_of claimant source url "
    "published note"
).split()
"""The CSV layout. `scope` is `key=value; key=value`; `low` and `high` may be left empty."""

REQUIRED = {"subject", "metric", "value", "unit", "source", "published"}


@dataclass(frozen=True, slots=True)
class Record:
    """A figure on record: the figure itself with its source, and where it came from."""

    record_id: str
    side: Side
    title: str | None = None
    note: str | None = None
    origin: str = "curated"
    claim_id: str | None = None


def read_records(path: Path) -> Iterator[Record | DataError]:
    """The rows of a CSV file: a record each, or the error of a bad row; the rest goes on.

    `-` is standard input.

    Raises DataError where the file as a whole is none of ours.
    """
    try:
        data = sys.stdin.buffer.read() if str(path) == "-" else path.read_bytes()
        text = data.decode("utf-8-sig")
    except OSError as error:
        raise DataError(path, None, error.strerror or str(error)) from error
    except UnicodeDecodeError as error:
        raise DataError(path, None, "is not UTF-8") from error
    rows = csv.DictReader(StringIO(text, newline=""), strict=True)
    try:
        found = set(rows.fieldnames or ())
    except csv.Error as error:
        raise DataError(path, 1, str(error)) from error
    if missing := REQUIRED - found:
        raise DataError(path, 1, f"lacks the columns {', '.join(sorted(missing))}")
    if unknown := found - set(COLUMNS):
        raise DataError(path, 1, f"has unknown columns: {', '.join(sorted(map(str, unknown)))}")
    while True:
        try:
            row = next(rows, None)
        except csv.Error as error:
            yield DataError(path, rows.line_num, str(error))
            continue
        if row is None:
            return
        try:
            yield _record(row)
        except ValueError as error:
            yield DataError(path, rows.line_num, str(error))


def _record(row: dict[str, Any]) -> Record:
    if None in row or None in row.values():
        raise ValueError(f"has another number of fields than the first line ({len(COLUMNS)})")
    cells = {key: cell.strip() or None for key, cell in row.items()}
    if missing := sorted(key for key in REQUIRED if not cells[key]):
        raise ValueError(f"lacks {', '.join(missing)}")
    data: dict[str, Any] = {key: cells.get(key) for key in FIGURE}
    for key in ("value", "low", "high"):
        if data[key] is not None:
            try:
                data[key] = float(data[key])
            except ValueError:
                raise ValueError(f"{key} must be a number, not {data[key]!r}") from None
    data["scope"] = _scope(cells.get("scope"))
    claim = claim_from_json(data)
    published = str(cells["published"])
    if not re.fullmatch(r"\d{4}-\d{2}-\d{2}", published):
        raise ValueError(f"published is a date like 2025-09-19, not {published!r}")
    date.fromisoformat(published)
    _check(claim)
    if cells.get("url") and not str(cells["url"]).startswith(("https://", "http://")):
        raise ValueError(f"url is an http(s) address, not {cells['url']!r}")
    return make_record(
        Side(
            claim=replace(claim, subject=registry().resolve(str(claim.subject))),
            published=published,
            source=cells["source"],
            url=cells.get("url"),
        ),
        note=cells.get("note"),
    )


def _check(claim: Claim) -> None:
    """Raises ValueError where unit, interval or time cannot be compared with anything."""
    wanted = metrics()[claim.metric].unit
    if wanted == "money" and not re.fullmatch("[A-Z]{3}", claim.unit or ""):
        raise ValueError(f"the unit of {claim.metric} is a currency like USD, not {claim.unit!r}")
    if wanted not in ("money", "any") and claim.unit != wanted:
        raise ValueError(f"the unit of {claim.metric} is {wanted}, not {claim.unit!r}")
    low = claim.value if claim.low is None else claim.low
    high = claim.value if claim.high is None else claim.high
    if not low <= claim.value <= high:
        raise ValueError(f"value {claim.value:g} is outside {low:g} to {high:g}")
    if claim.as_of and span(claim.as_of) is None:
        raise ValueError(f"as_of is a date or period like 2025 or Q2 2025, not {claim.as_of!r}")


def make_record(side: Side, *, note: str | None = None, origin: str = "curated") -> Record:
    """A record whose id follows from figure and source, so that it is taken in once."""
    claim = side.claim
    record_id = stable_id(*figure_row(claim), side.source, side.url, side.published)
    return Record(record_id, side, note=note, origin=origin)


def _scope(text: str | None) -> dict[str, str]:
    scope = {}
    for part in (text or "").split(";"):
        if not part.strip():
            continue
        key, equals, word = part.partition("=")
        if not (equals and key.strip() and word.strip()):
            raise ValueError(f"scope is key=value; key=value, not {part.strip()!r}")
        scope[key.strip()] = word.strip()
    return scope


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
    connection: duckdb.DuckDBPyConnection, claim: Claim, values: Iterable[float]
) -> list[Record]:
    """Records of other subjects whose figure is near one of `values`: whose could it be?"""
    rows = connection.execute(
        query("neighbours"), [claim.metric, claim.subject, list(values)]
    ).fetchall()
    return [_from_row(row) for row in rows]


def list_records(
    connection: duckdb.DuckDBPyConnection, subject: str | None, metric: str | None
) -> list[dict[str, Any]]:
    """Records as the view shows them, of a subject or a metric where one is given."""
    if metric is not None and metric not in metrics():
        raise ValueError(f"no such metric: {metric}; one of {', '.join(metrics())}")
    name = registry().resolve(subject) if subject else None
    cursor = connection.execute(query("list_records"), [name, name, metric, metric])
    names = [column[0] for column in cursor.description or ()]
    return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]


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
    "COLUMNS", "Record", "add_records", "candidates", "insert_records", "list_records",
    "make_record", "neighbours", "read_records", "scope_text",
]  # fmt: skip
