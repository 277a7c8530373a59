"""Reading stored articles anew: what another model's reading changes in the warehouse.

A claim that the new model makes at the same place with the same words to it is the same claim:
it keeps its id, and all that rests on it. One that the new model does not make, or makes
otherwise, is withdrawn. What rested on it (the record that it became, verdicts that were taken
against that record, contradictions) is taken back as far as it reaches, and the claims
that still stand are pending again: the comparison hears them as if the withdrawn claim had never
been made. A contradiction that it finds again is the same one, and is not told twice.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import duckdb

from extract.articles import Article
from extract.claims import Claim
from warehouse.articles import add_claims, article_of, claim_row
from warehouse.compare.relations import parts_of
from warehouse.falling import take_back, withdraw
from warehouse.pending import requeue
from warehouse.rows import FIGURE, claim_of, run_batch, said
from warehouse.store import Warehouse, query

READ = ("confidence", "claimant", "as_of", "quote", "start", "end", "sentence")
"""What may differ between two readings of one claim."""


@dataclass(frozen=True, slots=True)
class Change:
    """A figure of an article that is read otherwise.

    `before` is None where it was no claim, `after` where it is none any longer.
    """

    article_id: str
    title: str
    before: Claim | None
    after: Claim | None

    @property
    def kind(self) -> str:
        """`changed`, `gone` or `new`."""
        if self.before and self.after:
            return "changed"
        return "gone" if self.before else "new"


@dataclass(frozen=True, slots=True)
class Known:
    """A claim of an article as it is stored; `verdict` is None while it is pending.

    `misread` where it is withdrawn because an editor said so: then it stays withdrawn.
    """

    claim_id: str
    withdrawn: bool
    verdict: str | None
    misread: bool
    claim: Claim


@dataclass(frozen=True, slots=True)
class Rereading:
    """One article's new claims beside its stored ones."""

    article: Article
    same: list[tuple[Known, Claim]]
    again: list[tuple[Known, Claim]]  # withdrawn once, and made again
    new: list[Claim]
    gone: list[Known]

    def read_again(self, known: Known, claim: Claim) -> None:
        """Notes that a stored claim is made again."""
        back = known.withdrawn and not known.misread
        (self.again if back else self.same).append((known, claim))

    def changes(self) -> Iterator[Change]:
        """What is read otherwise, in the order of the text."""
        before = {_place(known.claim): known.claim for known in self.gone}
        after = {_place(claim): claim for claim in [*self.new, *(c for _, c in self.again)]}
        for place in sorted(before.keys() | after.keys()):
            yield Change(self.article.id, self.article.title, before.get(place), after.get(place))


def to_reread(warehouse: Warehouse, model: str, limit: int | None) -> list[str]:
    """Articles on the AI race whose claims another model than `model` read, the oldest first."""
    with warehouse.turn() as connection:
        rows = connection.execute(query("to_reread"), [model, limit]).fetchall()
    return [article_id for (article_id,) in rows]


def stored_articles(warehouse: Warehouse, article_ids: Sequence[str]) -> list[Article]:
    """The articles with these ids, the oldest first."""
    with warehouse.turn() as connection:
        rows = connection.execute(query("articles_by_id"), [list(article_ids)]).fetchall()
    return [article_of(row) for row in rows]


def hold_beside(
    warehouse: Warehouse, readings: Sequence[tuple[Article, Sequence[Claim]]]
) -> list[Rereading]:
    """Each article's new claims beside those that are stored; changes nothing."""
    with warehouse.turn() as connection:
        return _hold_beside(connection, readings)


def store_rereading(
    warehouse: Warehouse,
    readings: Sequence[tuple[Article, Sequence[Claim]]],
    *,
    model: str,
    min_confidence: float,
    now: datetime,
) -> list[Rereading]:
    """Keeps what `model` reads in a batch of articles, in one transaction.

    Claims that are new, or whose verdict may come out otherwise, are pending afterwards.
    """
    with warehouse.turn() as connection:
        found = _hold_beside(connection, readings)
        keep_readings(
            connection, found, model=model, by=model, min_confidence=min_confidence, now=now
        )
        return found


def keep_readings(
    connection: duckdb.DuckDBPyConnection,
    found: Sequence[Rereading],
    *,
    model: str,
    by: str,
    min_confidence: float,
    now: datetime,
) -> list[list[str]]:
    """Brings the stored claims up to what `model` reads, in the transaction that is open.

    `by` is what contradictions that fall are said to be dismissed by. Returns the ids of each
    reading's new claims, in their order.
    """
    read = [pair for one in found for pair in (*one.same, *one.again)]
    rows = [[known.claim_id, model, *(getattr(c, name) for name in READ)] for known, c in read]
    run_batch(connection, query("read_again"), "store.claims", ("claim_id", "model", *READ), rows)
    connection.execute(query("refresh_records"), [[known.claim_id for known, _ in read]])
    gone = [known.claim_id for one in found for known in one.gone]
    withdraw(connection, gone, now)
    anew = [claim_id for one in found for claim_id in _anew(one, min_confidence)]
    take_back(connection, [*gone, *anew], by, now)
    requeue(connection, [known.claim_id for one in found for known, _ in one.again])
    versions = _versions(connection, [one.article.id for one in found])
    new = [
        [claim_row(one.article.id, claim, model, versions[one.article.id]) for claim in one.new]
        for one in found
    ]
    add_claims(connection, [row for rows in new for row in rows])
    connection.execute(query("read"), [model, [one.article.id for one in found]])
    return [[row[0] for row in rows] for rows in new]


def _versions(
    connection: duckdb.DuckDBPyConnection, article_ids: Sequence[str]
) -> defaultdict[str, int]:
    rows = connection.execute(query("count_versions"), [list(article_ids)]).fetchall()
    return defaultdict(int, rows)


def _anew(one: Rereading, min_confidence: float) -> Iterator[str]:
    """Claims that stand and are to be compared anew.

    Those that may come out otherwise themselves, totals whose sum one of the figures that are
    read otherwise takes part in, and figures that stood beside one that is gone.
    """
    same = [(known, claim) for known, claim in one.same if not known.withdrawn]
    differ = [
        (known, claim)
        for known, claim in (*same, *one.again)
        if _may_differ(known, claim, min_confidence)
    ]
    yield from (known.claim_id for known, _ in differ)
    moved = [*one.new, *(known.claim for known in one.gone), *(c for _, c in one.again + differ)]
    metrics = {claim.metric for claim in moved}
    fallen = {(known.claim.subject, known.claim.metric) for known in one.gone}
    for known, claim in same:
        beside = known.verdict == "other_scope" and (claim.subject, claim.metric) in fallen
        if known.verdict is not None and (beside or parts_of(claim.metric) & metrics):
            yield known.claim_id


def _may_differ(known: Known, claim: Claim, min_confidence: float) -> bool:
    """Whether the same figure is to be compared anew.

    Its time decides what it is held against, and its confidence whether it is compared at all.
    """
    if known.verdict is None:
        return False
    unsure = claim.confidence < min_confidence
    return claim.as_of != known.claim.as_of or unsure != (known.verdict == "unsure")


def _hold_beside(
    connection: duckdb.DuckDBPyConnection, readings: Sequence[tuple[Article, Sequence[Claim]]]
) -> list[Rereading]:
    known = known_claims(connection, [article.id for article, _ in readings])
    return [_beside(article, claims, known[article.id]) for article, claims in readings]


def _beside(article: Article, claims: Iterable[Claim], stored: Iterable[Known]) -> Rereading:
    # Of two that say the same at one place, one is from a text that the article had before.
    by_age = sorted(stored, key=lambda known: not known.withdrawn)
    by_reading = {_reading(known.claim): known for known in by_age}
    found = Rereading(article, [], [], [], [])
    for claim in claims:
        known = by_reading.pop(_reading(claim), None)
        if known is None:
            found.new.append(claim)
        else:
            found.read_again(known, claim)
    found.gone.extend(known for known in by_reading.values() if not known.withdrawn)
    return found


def known_claims(
    connection: duckdb.DuckDBPyConnection, article_ids: Sequence[str]
) -> dict[str, list[Known]]:
    """The claims ever made of articles, by the article's id."""
    rows = connection.execute(query("claims_of_articles"), [list(article_ids)]).fetchall()
    known: dict[str, list[Known]] = defaultdict(list)
    for article_id, claim_id, withdrawn, verdict, misread, *rest in rows:
        quote, start, end, sentence, confidence = rest[len(FIGURE) :]
        claim = claim_of(
            rest[: len(FIGURE)], quote=quote, start=start, end=end, sentence=sentence,
            confidence=confidence,
        )  # fmt: skip
        known[article_id].append(Known(claim_id, withdrawn, verdict, misread, claim))
    return known


def _place(claim: Claim) -> tuple[int, int]:
    return claim.start, claim.end


def _reading(claim: Claim) -> tuple[Any, ...]:
    return *_place(claim), *said(claim)
