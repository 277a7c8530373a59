"""Claims that wait for the comparison, and what stands beside them in their articles.

A batch may end within an article, whose figures are to be held against one another: all of its
claims are read with each part of it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import duckdb

from warehouse.compare import Side
from warehouse.compare.relations import is_total
from warehouse.rows import FIGURE, claim_of
from warehouse.store import query


@dataclass(frozen=True, slots=True)
class PendingClaim:
    """A claim that has no verdict yet."""

    claim_id: str
    title: str | None
    article_id: str
    side: Side


def pending_claims(connection: duckdb.DuckDBPyConnection, limit: int) -> list[PendingClaim]:
    """The next batch, in order of publication."""
    return [
        pending_claim(row)
        for row in connection.execute(query("pending_claims"), [limit]).fetchall()
    ]


def articles_of(
    connection: duckdb.DuckDBPyConnection, batch: Sequence[PendingClaim]
) -> dict[str, list[Side]]:
    """All claims of the articles of which the batch holds a total, by the article's id."""
    ids = sorted({one.article_id for one in batch if is_total(one.side.claim.metric)})
    found: dict[str, list[Side]] = {article_id: [] for article_id in ids}
    if ids:
        for row in connection.execute(query("claims_beside"), [ids]).fetchall():
            claim = pending_claim(row)
            found[claim.article_id].append(claim.side)
    return found


def pending_claim(row: Sequence[Any]) -> PendingClaim:
    """A claim from a row of pending_claims.sql or claim_by_id.sql."""
    claim_id, title, article_id, *rest = row
    figure, (quote, sentence, confidence, outlet, url, published) = (
        rest[: len(FIGURE)],
        rest[len(FIGURE) :],
    )
    claim = claim_of(figure, quote=quote, sentence=sentence, confidence=confidence)
    return PendingClaim(claim_id, title, article_id, Side(claim, published, outlet, url))
