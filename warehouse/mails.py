"""The outbox: mails are decided on, written whole and kept here before anybody is told.

A mail and the alerts that it tells of are stored in one transaction, so that no contradiction
is in two mails. It counts as sent only when the server took it; until then runs try
again, with growing pauses. Its Message-ID is fixed when it is written: should a run die between
the server's "250" and our note of it, the second copy has the same one, and mail programs show
one.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from warehouse.contradictions import owed
from warehouse.ids import stable_id
from warehouse.store import Warehouse, query


@dataclass(frozen=True, slots=True)
class Mail:
    """A mail in the outbox; `message` is the whole RFC 5322 message, `recipients` its envelope."""

    mail_id: str
    message_id: str
    recipients: tuple[str, ...]
    subject: str
    message: bytes
    attempts: int = 0


Compose = Callable[[str, Sequence[dict[str, Any]]], Mail]
"""Makes a mail of its id and rows of the view `contradictions`."""


def write_alert(
    warehouse: Warehouse, compose: Compose, *, min_severity: float, now: datetime
) -> int:
    """Writes one mail for all contradictions that none tells of yet; returns how many those are."""
    with warehouse.turn() as connection:
        new = owed(connection, min_severity)
        if not new:
            return 0
        ids = [row["contradiction_id"] for row in new]
        mail = compose(stable_id(*sorted(ids)), new)
        connection.execute(
            query("add_mail"),
            [mail.mail_id, mail.message_id, ", ".join(mail.recipients), mail.subject,
             mail.message, now],
        )  # fmt: skip
        connection.executemany(
            "INSERT INTO store.alerts VALUES (?, ?)", [[id, mail.mail_id] for id in ids]
        )
        return len(new)


def unsent(warehouse: Warehouse, now: datetime) -> list[Mail]:
    """Mails that are to be tried now, the oldest first."""
    with warehouse.turn() as connection:
        rows = connection.execute(query("unsent"), [now]).fetchall()
    return [
        Mail(mail_id, message_id, tuple(filter(None, recipients.split(", "))), subject, message, n)
        for mail_id, message_id, recipients, subject, message, n in rows
    ]


def mark_sent(
    warehouse: Warehouse, mail_id: str, now: datetime, *, error: str | None = None
) -> None:
    """The server took it, or it lies in the outbox folder; `error` is what went wrong beside."""
    with warehouse.turn() as connection:
        connection.execute(
            "UPDATE store.mails SET sent_at = ?, error = ? WHERE mail_id = ?", [now, error, mail_id]
        )


def count_waiting(warehouse: Warehouse, now: datetime) -> int:
    """Mails that failed and are not to be tried yet."""
    with warehouse.turn() as connection:
        row = connection.execute(
            "SELECT count(*) FROM store.mails WHERE sent_at IS NULL AND due_at > ?", [now]
        ).fetchone()
    return int(row[0]) if row else 0


def mark_failed(warehouse: Warehouse, mail_id: str, error: str, due_at: datetime) -> None:
    """It could not be sent; it is tried again from `due_at` on."""
    with warehouse.turn() as connection:
        connection.execute(query("mail_failed"), [error, due_at, mail_id])
