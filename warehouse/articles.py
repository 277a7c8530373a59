"""The queue of articles: what each stage takes, and what it hands back.

A stage takes a batch of what is pending for it, works on it outside of any transaction, and
hands the outcomes back in one. Killed in between, it has changed nothing: the next run takes
the same batch again.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import duckdb

from extract.articles import Article, Story
from extract.claims import Claim
from warehouse.ids import stable_id
from warehouse.pending import requeue
from warehouse.rows import FIGURE, figure_row, run_batch, said
from warehouse.store import Warehouse, query

STAGES = ("fetch", "extract", "classify", "read")
"""The stages of an article in order; after them it is done, set_aside or failed."""


@dataclass(frozen=True, slots=True)
class PendingPage:
    """An article to be fetched, or a page to be extracted."""

    article_id: str
    url: str
    entry_url: str
    title: str | None
    author: str | None
    published: datetime | None
    page_digest: str | None
    content_type: str | None
    attempts: int


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a stage made of one article: the columns it sets, and the next stage.

    `fields` are columns of store.articles; `text` and `signature` go into store.texts.
    """

    article_id: str
    stage: str
    fields: dict[str, Any] = field(default_factory=dict)
    text: str | None = None
    signature: bytes | None = None


def pages_to_fetch(warehouse: Warehouse, now: datetime, per_host: int) -> list[PendingPage]:
    """What one run fetches: at most `per_host` pages of a host, the hosts taking turns."""
    with warehouse.turn() as connection:
        rows = connection.execute(query("pages_to_fetch"), [now, per_host]).fetchall()
    return [PendingPage(*row) for row in rows]


def set_aside_same_pages(warehouse: Warehouse, article_ids: Sequence[str]) -> int:
    """Sets articles aside whose address led to a page that another article has already."""
    with warehouse.turn() as connection:
        return len(connection.execute(query("same_pages"), {"ids": list(article_ids)}).fetchall())


def pending_pages(warehouse: Warehouse, stage: str, now: datetime, limit: int) -> list[PendingPage]:
    """Articles that wait for `fetch` or `extract`, the oldest first."""
    with warehouse.turn() as connection:
        rows = connection.execute(query("pending_pages"), [stage, now, limit]).fetchall()
    return [PendingPage(*row) for row in rows]


def pending_articles(warehouse: Warehouse, stage: str, limit: int) -> list[Article]:
    """Articles with their text that wait for `classify` or `read`, the oldest first."""
    with warehouse.turn() as connection:
        rows = connection.execute(query("pending_articles"), [stage, limit]).fetchall()
    return [article_of(row) for row in rows]


def article_of(row: Sequence[Any]) -> Article:
    """An article from the columns id, title, text and published."""
    article_id, title, text, published = row
    return Article(article_id, title or "", text, published.isoformat() if published else None)


def count_pending(warehouse: Warehouse, stage: str, now: datetime) -> int:
    """How many articles wait for a stage."""
    with warehouse.turn() as connection:
        row = connection.execute(query("count_pending"), [stage, now]).fetchone()
    return int(row[0]) if row else 0


def store_outcomes(warehouse: Warehouse, outcomes: Iterable[Outcome]) -> None:
    """Keeps what a batch of `fetch` or `extract` came to, in one transaction."""
    with warehouse.turn() as connection:
        for outcome in outcomes:
            fields = {"attempts": 0, "due_at": None, "error": None, **outcome.fields}
            fields["stage"] = outcome.stage
            # Column names come from our own code, never from a page.
            columns = ", ".join(f"{name} = ?" for name in fields)
            connection.execute(
                f"UPDATE store.articles SET {columns} WHERE article_id = ?",
                [*fields.values(), outcome.article_id],
            )
            if outcome.text is not None:
                connection.execute(
                    "INSERT OR REPLACE INTO store.texts VALUES (?, ?, ?)",
                    [outcome.article_id, outcome.text, outcome.signature],
                )


STORY = ("article_id", "ai_race", "score", "topic", "model", "stage")


def store_stories(
    warehouse: Warehouse,
    stories: Sequence[tuple[str, Story]],
    model: str,
    min_score: float = 0.5,
) -> None:
    """Keeps the class of each (article id, story); those of such a score go on to be read."""
    rows = [
        [article_id, story.ai_race, story.score, story.topic, model,
         "read" if story.score >= min_score else "done"]
        for article_id, story in stories
    ]  # fmt: skip
    with warehouse.turn() as connection:
        run_batch(connection, query("store_stories"), "store.articles", STORY, rows)


def store_failures(warehouse: Warehouse, failures: Sequence[tuple[str, str]]) -> None:
    """Sets each (article id, why) aside as failed."""
    if failures:
        store_outcomes(warehouse, [Outcome(id, "failed", {"error": why}) for id, why in failures])


def store_claims(
    warehouse: Warehouse, readings: Sequence[tuple[str, Sequence[Claim]]], model: str
) -> int:
    """Keeps the claims read from each (article id, claims); returns how many there are."""
    rows = [
        claim_row(article_id, claim, model) for article_id, claims in readings for claim in claims
    ]
    with warehouse.turn() as connection:
        add_claims(connection, rows)
        connection.execute(query("read"), [model, [article_id for article_id, _ in readings]])
    return len(rows)


def signatures(
    warehouse: Warehouse, published: datetime, days: int
) -> list[tuple[str, datetime, bytes]]:
    """(article id, moment, signature) of articles within `days` of a moment, the oldest first.

    The moment of an article is when it was published, else when it was seen.

    Copies of one another point at the earliest, so articles that are copies are left out.
    """
    with warehouse.turn() as connection:
        return connection.execute(query("signatures"), [published, days]).fetchall()


CLAIM = (
    "claim_id", "article_id", *FIGURE, "quote", "start", "end", "sentence", "confidence", "model",
)  # fmt: skip


def add_claims(connection: duckdb.DuckDBPyConnection, rows: Iterable[Sequence[Any]]) -> None:
    """Stores rows of `claim_row`, which wait for the comparison, in the open transaction."""
    new = run_batch(connection, query("add_claims"), "store.claims", CLAIM, rows)
    requeue(connection, [claim_id for (claim_id,) in new])


def claim_row(article_id: str, claim: Claim, model: str, version: int = 0) -> list[Any]:
    """A claim as a row of store.claims; `version` counts the texts that the article had before.

    What is said at a place of one text is another claim than the same at that place of the next.
    """
    later = (version,) if version else ()
    claim_id = stable_id(article_id, claim.start, claim.end, model, *said(claim), *later)
    return [
        claim_id, article_id, *figure_row(claim), claim.quote, claim.start, claim.end,
        claim.sentence, claim.confidence, model,
    ]  # fmt: skip
