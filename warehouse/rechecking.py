"""Pages looked at again: which are due, and what a page whose text was changed brings with it.

The text that an article had is kept as a version of it, its claims are brought up to the new one
as they are where another model reads it (`warehouse.rereading`), and a figure that was
changed is a correction.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import duckdb

from extract.articles import Article
from extract.claims import Claim
from warehouse.corrections import beside, corrected
from warehouse.ids import stable_id
from warehouse.rereading import Rereading, keep_readings, known_claims
from warehouse.rows import dictionaries, run_batch
from warehouse.store import Warehouse, query

LOOK = ("article_id", "check_error", "etag", "last_modified", "checked_at")
PAGE = ("article_id", "title", "page_digest", "content_type", "fetched_at")
CORRECTION = ("correction_id", "article_id", "before_claim_id", "claim_id", "found_at")


@dataclass(frozen=True, slots=True)
class StoredPage:
    """The page of an article that was read, by the model `read_by`.

    `etag` and `last_modified` are its validators.
    """

    article_id: str
    url: str
    entry_url: str
    title: str | None
    page_digest: str | None
    etag: str | None
    last_modified: str | None
    read_by: str | None


@dataclass(frozen=True, slots=True)
class Look:
    """How a look at a page ended: with the validators to show next time, or with an error."""

    article_id: str
    error: str | None
    etag: str | None
    last_modified: str | None


@dataclass(frozen=True, slots=True)
class Revision:
    """An article whose text was `before`, as it is now, with the claims of the new text.

    `read_by` is the model that read it before.
    """

    before: str
    read_by: str | None
    article: Article
    claims: Sequence[Claim]
    page_digest: str
    content_type: str | None
    signature: bytes


def to_recheck(
    warehouse: Warehouse,
    now: datetime,
    *,
    age: timedelta,
    pause: timedelta,
    per_host: int,
    limit: int | None,
) -> list[StoredPage]:
    """Pages of articles that were read, no older than `age` and not looked at for `pause`.

    At most `per_host` of a host, and `limit` of all where it is given; the hosts take turns.
    """
    given = {"since": now - age, "before": now - pause, "per_host": per_host, "limit": limit}
    with warehouse.turn() as connection:
        return [
            StoredPage(*row) for row in connection.execute(query("to_recheck"), given).fetchall()
        ]


def store_recheck(
    warehouse: Warehouse,
    looks: Iterable[Look],
    revisions: Sequence[Revision],
    *,
    model: str,
    min_confidence: float,
    now: datetime,
) -> list[str]:
    """Keeps a batch of looks and what they brought, in one transaction; returns its corrections.

    Claims that are new, or whose verdict may come out otherwise, are pending afterwards.
    """
    with warehouse.turn() as connection:
        looked = [[one.article_id, one.error, one.etag, one.last_modified, now] for one in looks]
        run_batch(connection, query("store_looks"), "store.articles", LOOK, looked)
        if not revisions:
            return []
        known = known_claims(connection, [one.article.id for one in revisions])
        _replace_texts(connection, revisions, now)
        found = [
            beside(
                one.article,
                one.claims,
                known[one.article.id],
                one.before if one.read_by == model else "",
            )
            for one in revisions
        ]
        new = keep_readings(
            connection, found, model=model, by="correction", min_confidence=min_confidence, now=now
        )
        pairs = [
            [stable_id(one.article.id, *pair), one.article.id, *pair, now]
            for one, reading, ids in zip(revisions, found, new, strict=True)
            for pair in _corrections(one, reading, ids)
        ]
        added = run_batch(
            connection, query("add_corrections"), "store.corrections", CORRECTION, pairs
        )
        return [correction_id for (correction_id,) in added]


def corrections_of(warehouse: Warehouse, correction_ids: Sequence[str]) -> list[dict[str, Any]]:
    """Rows of the view `corrections`, by outlet."""
    with warehouse.turn() as connection:
        return dictionaries(connection.execute(query("corrections_by_id"), [list(correction_ids)]))


def _replace_texts(
    connection: duckdb.DuckDBPyConnection, revisions: Sequence[Revision], now: datetime
) -> None:
    connection.execute(query("keep_versions"), [now, [one.article.id for one in revisions]])
    pages = [
        [one.article.id, one.article.title or None, one.page_digest, one.content_type, now]
        for one in revisions
    ]
    run_batch(connection, query("store_revisions"), "store.articles", PAGE, pages)
    connection.executemany(
        "INSERT OR REPLACE INTO store.texts VALUES (?, ?, ?)",
        [[one.article.id, one.article.text, one.signature] for one in revisions],
    )


def _corrections(
    one: Revision, reading: Rereading, new_ids: Sequence[str]
) -> Iterable[tuple[str, str]]:
    """The ids of each claim that was corrected, and of the one in its place."""
    fresh = [*reading.new, *(claim for _, claim in reading.again)]
    ids = [*new_ids, *(known.claim_id for known, _ in reading.again)]
    gone = [known.claim for known in reading.gone]
    for old, number in corrected(gone, fresh, one.before, one.article.text):
        yield reading.gone[old].claim_id, ids[number]
