"""What an editor decides on a contradiction, and what follows from it.

    confirmed   the record stays
    superseded  the claim's figure takes the record's place; the record is kept as history
    dismissed   the pair means nothing, for a reason; it never comes back
    open        decided anew: it stands as it was found

Every decision is kept. A figure that was read wrong is a lesson (`warehouse.lessons`).
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

import duckdb

from warehouse.errors import NotFound, Undecidable
from warehouse.falling import replaced, take_back
from warehouse.judging import record_of
from warehouse.pending import requeue, standing_claim
from warehouse.records import insert_records
from warehouse.rows import dictionaries
from warehouse.store import Warehouse, query

STATUSES = ("confirmed", "superseded", "dismissed", "open")
REASONS = ("misread", "other_scope", "duplicate", "rumour")
"""Why a pair is dismissed: the claim or the record was read wrong, they count different things,
it is another contradiction over again, or nobody of weight says so."""

# Git's rule: as many digits as tell it from all others, but no fewer than four.
SHORTEST = 4


def decide(
    warehouse: Warehouse,
    given: str,
    status: str,
    *,
    now: datetime,
    reason: str | None = None,
    note: str | None = None,
    subject: str | None = None,
    metric: str | None = None,
) -> dict[str, Any]:
    """Decides on the contradiction whose id starts with `given`; returns its row afterwards.

    `subject` and `metric` say what a misread figure truly is; a metric of `none`, no claim.
    Raises NotFound where no contradiction, or more than one, has such an id, and Undecidable
    where the decision does not fit it.
    """
    if (status == "dismissed") != (reason is not None):
        raise Undecidable(f"a reason goes with dismissed: one of {', '.join(REASONS)}")
    with warehouse.turn() as connection:
        row = find(connection, given)
        key = row["contradiction_id"]
        if row["status"] == "superseded":
            raise Undecidable(f"{key}: another record has taken the place already")
        if status == "superseded":
            _supersede(connection, row, now)
        restored = connection.execute(query("restore_misread"), {"decided": key}).fetchall()
        requeue(connection, [claim_id for (claim_id,) in restored])
        connection.execute(
            "UPDATE store.contradictions SET status = ?, dismissed_by = NULL "
            "WHERE contradiction_id = ?",
            [status, key],
        )
        connection.execute(
            "INSERT INTO store.decisions VALUES (?, ?, ?, ?, ?, ?, ?)",
            [key, now, status, reason, note, subject, metric],
        )
        if reason == "misread":
            wrong = {"decided": key, "claim": row["claim_id"], "now": now}
            read = connection.execute(query("withdraw_misread"), wrong).fetchall()
            take_back(connection, [claim_id for (claim_id,) in read], "decision", now, keep=key)
        return find(connection, key)


def find(connection: duckdb.DuckDBPyConnection, given: str) -> dict[str, Any]:
    """The one contradiction whose id starts with `given`; raises NotFound."""
    found = dictionaries(
        connection.execute(
            "SELECT * FROM contradictions WHERE starts_with(contradiction_id, ?) LIMIT 2", [given]
        )
    )
    if len(given) < SHORTEST or not found:
        raise NotFound(f"no contradiction has the id {given!r}; `contradictions` shows them")
    if len(found) > 1:
        raise NotFound(f"more than one contradiction has an id that starts with {given!r}")
    return found[0]


def _supersede(connection: duckdb.DuckDBPyConnection, row: dict[str, Any], now: datetime) -> None:
    """The claim becomes the record; whatever else was held against the old one is heard anew."""
    old, key = row["record_id"], row["contradiction_id"]
    if old is None:
        raise Undecidable(f"{key}: there is no record that the claim could take the place of")
    if connection.execute(query("is_superseded"), [old]).fetchone():
        raise Undecidable(f"{key}: another record has taken the place of this one already")
    claim = standing_claim(connection, row["claim_id"])
    if claim is None:
        raise Undecidable(f"{key}: the claim was withdrawn, so it cannot become a record")
    new = record_of(claim, "decision")
    insert_records(connection, [new], now)
    connection.execute(
        "UPDATE store.records SET superseded_at = ?, superseded_by = ? WHERE record_id = ?",
        [now, new.record_id, old],
    )
    replaced(connection, old, key)
