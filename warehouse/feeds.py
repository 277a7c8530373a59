"""Subscriptions and polls: which feeds are due, and what a poll brought."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from extract.addresses import canonical
from warehouse.ids import stable_id
from warehouse.rows import dictionaries
from warehouse.store import Warehouse, query


@dataclass(frozen=True, slots=True)
class DueFeed:
    """A feed to be polled, with what the last poll left for a conditional request."""

    feed_id: str
    url: str
    title: str | None
    etag: str | None
    last_modified: str | None
    digest: str | None
    failures: int
    ttl_minutes: int | None = None


@dataclass(frozen=True, slots=True)
class NewEntry:
    """An entry as a feed names it; `url` is canonical, `address` as given, `published` aware."""

    url: str
    address: str
    entry_id: str
    title: str
    author: str | None
    published: datetime | None

    @property
    def article_id(self) -> str:
        return stable_id(self.url)


@dataclass(frozen=True, slots=True)
class Poll:
    """What came of polling one feed. `error` is None where it was answered and read."""

    feed_id: str
    due_at: datetime
    http_status: int | None = None
    error: str | None = None
    warning: str | None = None
    title: str | None = None
    etag: str | None = None
    last_modified: str | None = None
    digest: str | None = None
    moved_to: str | None = None
    ended: bool = False
    unchanged: bool = False
    ttl_minutes: int | None = None
    entries: Sequence[NewEntry] = ()


def subscribe(
    warehouse: Warehouse, feeds: Iterable[tuple[str, str | None, str | None]], now: datetime
) -> int:
    """Adds (url, title, folder) each; returns how many are new. An ended one is taken up again.

    Addresses are kept as given; two that differ in spelling only are one feed. Raises
    ValueError for what is no http(s) address.
    """
    wanted = {stable_id(canonical(url)): (url, title, folder) for url, title, folder in feeds}
    urls, titles, folders = ([row[n] for row in wanted.values()] for n in range(3))
    with warehouse.turn() as connection:
        before = _count(connection)
        connection.execute(
            query("subscribe"),
            {"ids": list(wanted), "urls": urls, "titles": titles, "folders": folders, "now": now},
        )
        return _count(connection) - before


def unsubscribe(warehouse: Warehouse, url: str) -> bool:
    """Ends a subscription; what it brought stays. False where there is none of that address.

    Raises ValueError for what is no http(s) address.
    """
    names = {"id": stable_id(canonical(url)), "url": url}
    with warehouse.turn() as connection:
        return bool(connection.execute(query("unsubscribe"), names).fetchall())


def make_due(warehouse: Warehouse) -> None:
    """Every feed is due at once, those that are waited for after a failure too."""
    with warehouse.turn() as connection:
        connection.execute(query("make_due"))


def next_poll(warehouse: Warehouse) -> datetime | None:
    """When the next feed is due; None where none is subscribed."""
    with warehouse.turn() as connection:
        row = connection.execute("SELECT min(due_at) FROM store.feeds WHERE active").fetchone()
    return row[0] if row else None


def due_feeds(warehouse: Warehouse, now: datetime) -> list[DueFeed]:
    """Active feeds whose time has come, those that waited longest first."""
    with warehouse.turn() as connection:
        rows = connection.execute(query("due_feeds"), [now]).fetchall()
    return [DueFeed(*row) for row in rows]


def subscriptions(warehouse: Warehouse) -> list[dict[str, Any]]:
    """All subscriptions as the view `feeds` shows them."""
    with warehouse.turn() as connection:
        return dictionaries(connection.execute("SELECT * FROM feeds"))


def store_poll(warehouse: Warehouse, poll: Poll, now: datetime) -> int:
    """Keeps what a poll brought, in one transaction; returns how many entries are new."""
    with warehouse.turn() as connection:
        new = 0
        for entry in poll.entries:
            inserted = connection.execute(
                query("add_entry"),
                [entry.article_id, poll.feed_id, entry.entry_id, entry.url, entry.address,
                 entry.title, entry.author, entry.published, now],
            ).fetchall()  # fmt: skip
            new += len(inserted)
        failed = poll.error is not None
        connection.execute(
            query("store_poll"),
            {
                "feed_id": poll.feed_id, "now": now, "due_at": poll.due_at, "failed": failed,
                "http_status": poll.http_status, "error": poll.error, "warning": poll.warning,
                "title": poll.title, "etag": poll.etag, "last_modified": poll.last_modified,
                "digest": poll.digest, "moved_to": poll.moved_to, "ended": poll.ended, "new": new,
                "unchanged": poll.unchanged, "ttl": poll.ttl_minutes,
            },
        )  # fmt: skip
        return new


def _count(connection: Any) -> int:
    row = connection.execute("SELECT count(*) FROM store.feeds WHERE active").fetchone()
    return int(row[0])
