"""What falls with a claim: the records that it became, and all that was found against those."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

import duckdb

from warehouse.pending import requeue
from warehouse.store import query


def withdraw(
    connection: duckdb.DuckDBPyConnection, claim_ids: Sequence[str], now: datetime
) -> None:
    """The claims are none any longer; what rests on them is for `take_back`."""
    connection.execute(
        "UPDATE store.claims SET withdrawn_at = ? "
        "WHERE withdrawn_at IS NULL AND claim_id IN (SELECT unnest(?::VARCHAR[]))",
        [now, list(claim_ids)],
    )


def take_back(
    connection: duckdb.DuckDBPyConnection,
    claim_ids: Sequence[str],
    by: str,
    now: datetime,
    keep: str = "",
) -> None:
    """Takes back whatever rests on the claims; those that stand have no verdict afterwards.

    `by` is kept with the contradictions that fall, which are reopened if they are found again.
    The contradiction `keep` goes on saying who said its figure.
    """
    if not claim_ids:
        return
    rows = connection.execute(query("resting_on"), {"ids": list(claim_ids)}).fetchall()
    resting = [claim_id for (claim_id,) in rows]
    given = {"claims": resting, "now": now}
    fallen = connection.execute(query("withdraw_records"), given).fetchall()
    connection.execute(query("stand_again"), [[record_id for (record_id,) in fallen]])
    connection.execute(query("dismiss"), [by, resting])
    connection.execute(
        "DELETE FROM store.sightings "
        "WHERE claim_id IN (SELECT unnest(?::VARCHAR[])) AND contradiction_id <> ?",
        [resting, keep],
    )
    connection.execute(
        "DELETE FROM store.verdicts WHERE claim_id IN (SELECT unnest(?::VARCHAR[]))", [resting]
    )
    requeue(connection, resting)


def replaced(connection: duckdb.DuckDBPyConnection, record: str, decided: str = "") -> None:
    """Another record stands in this one's place: what was found against it is heard anew.

    All but the contradiction `decided`, which an editor has decided.
    """
    given = {"record": record, "decided": decided}
    connection.execute(query("fall_with_record"), given)
    heard = connection.execute(query("hear_anew"), given).fetchall()
    requeue(connection, [claim_id for (claim_id,) in heard])
