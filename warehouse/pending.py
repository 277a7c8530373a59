"""Claims that wait for the comparison, and what stands beside them in their articles.

A batch may end within an article, whose figures are to be held against one another: all of its
claims are read with each part of it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import duckdb

from warehouse.compare import Side
from warehouse.compare.relations import in_sums, is_total
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
    waiting = connection.execute(query("waiting"), [limit]).fetchall()
    if not waiting:
        return []
    claims, articles = zip(*waiting, strict=True)
    ids, places = _listed(claims), _listed(articles)
    return _claims(connection, f"c.claim_id IN ({ids}) AND a.article_id IN ({places})")


def standing_claim(connection: duckdb.DuckDBPyConnection, claim_id: str) -> PendingClaim | None:
    """A claim as it would be compared again; None where it was withdrawn."""
    return next(iter(_claims(connection, f"c.claim_id IN ({_listed([claim_id])})")), None)


def requeue(connection: duckdb.DuckDBPyConnection, claim_ids: Iterable[str]) -> None:
    """Lets those of the claims wait that stand and have no verdict, and no other of them.

    To be called for whatever claims were stored, compared or withdrawn, or whose verdict was
    taken back, in the same transaction.
    """
    ids = list(claim_ids)
    if ids:
        forget(connection, ids)
        connection.execute(query("wait").format(claims=_listed(ids)))


def forget(connection: duckdb.DuckDBPyConnection, claim_ids: Iterable[str]) -> None:
    """The claims were heard, or are none any longer."""
    if listed := _listed(claim_ids):
        connection.execute(f"DELETE FROM store.waiting WHERE claim_id IN ({listed})")


def articles_of(
    connection: duckdb.DuckDBPyConnection, batch: Sequence[PendingClaim]
) -> dict[str, list[Side]]:
    """The figures of sums in the articles of which the batch holds a total, by article."""
    ids = sorted({one.article_id for one in batch if is_total(one.side.claim.metric)})
    found: dict[str, list[Side]] = {article_id: [] for article_id in ids}
    if ids:
        metrics, places = _listed(in_sums()), _listed(ids)
        within = f"c.article_id IN ({places}) AND a.article_id IN ({places})"
        for claim in _claims(connection, f"c.metric IN ({metrics}) AND {within}"):
            found[claim.article_id].append(claim.side)
    return found


def _listed(words: Iterable[str]) -> str:
    """Words as constants of SQL."""
    return ", ".join(f"'{word.replace(chr(39), chr(39) * 2)}'" for word in sorted(set(words)))


def _claims(connection: duckdb.DuckDBPyConnection, conditions: str) -> list[PendingClaim]:
    sql = query("claims_with_sources").format(conditions=conditions)
    return [_claim(row) for row in connection.execute(sql).fetchall()]


def _claim(row: Sequence[Any]) -> PendingClaim:
    claim_id, title, article_id, *rest = row
    figure, (quote, sentence, confidence, outlet, url, published) = (
        rest[: len(FIGURE)],
        rest[len(FIGURE) :],
    )
    claim = claim_of(figure, quote=quote, sentence=sentence, confidence=confidence)
    return PendingClaim(claim_id, title, article_id, Side(claim, published, outlet, url))
