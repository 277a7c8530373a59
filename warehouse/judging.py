"""Holding new claims against the records: what is pending, in order of publication.

A batch is read, judged and kept in one turn: judging takes well under a millisecond a claim.
Within a batch an earlier claim may become the record that a later one contradicts, so the batch
is judged in order.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

import duckdb

from extract.claims import Claim
from warehouse.compare import Side, Verdict, contradiction_key, is_of_one_event, judge
from warehouse.compare.arithmetic import Misfit
from warehouse.compare.subjects import is_other
from warehouse.ids import stable_id
from warehouse.itself import find_anachronism, held_beside, is_of_one_article, must_be_another
from warehouse.pending import PendingClaim, articles_of, forget, pending_claims
from warehouse.records import Record, candidates, insert_records, make_record, neighbours
from warehouse.rows import run_batch
from warehouse.store import Warehouse, query
from warehouse.sums import Sums

ANACHRONISM_SEVERITY = 0.5
"""A wrong date is plain, but seldom as grave as a figure ten times off (severity 0.5 and more)."""

STANDING = frozenset(("new", "updates", "other_scope"))
"""Verdicts after which a claim becomes a record itself."""

VERDICT = ("claim_id", "verdict", "record_id", "ratio", "hints", "explanation", "compared_at")


@dataclass(frozen=True, slots=True)
class Finding:
    """A contradiction of one claim, with the record it was taken against.

    `record_id` is None where the article speaks against itself (anachronism, arithmetic).
    """

    contradiction_id: str
    kind: str
    claim_id: str
    record_id: str | None
    severity: float
    ratio: float | None
    hints: tuple[str, ...]
    explanation: str


@dataclass(frozen=True, slots=True)
class Dispute:
    """A claim that contradicts a record, with all that it was held against.

    `misfit` is what its own article says against it.
    """

    pending: PendingClaim
    known: Sequence[Record]
    record: Record
    misfit: Misfit | None


@dataclass(frozen=True, slots=True)
class Judged:
    """What a batch came to."""

    claims: int
    records: int
    contradictions: int

    def __add__(self, other: Judged) -> Judged:
        return Judged(
            self.claims + other.claims,
            self.records + other.records,
            self.contradictions + other.contradictions,
        )


def judge_pending(
    warehouse: Warehouse, *, now: datetime, limit: int, min_confidence: float
) -> Judged | None:
    """Judges the next batch of claims; None where none is pending.

    Claims below `min_confidence` get the verdict `unsure`: kept, not compared.
    """
    with warehouse.turn() as connection:
        batch = pending_claims(connection, limit)
        if not batch:
            return None
        bench = Bench(connection, batch, articles_of(connection, batch), min_confidence)
        for claim in batch:
            bench.hear_or_keep(claim)
        return bench.store(now)


class Bench:
    """The records that a batch is held against, and what came of it so far.

    `articles` holds the claims of the batch's articles, pending or not, for their sums.
    """

    def __init__(
        self,
        connection: duckdb.DuckDBPyConnection,
        batch: list[PendingClaim],
        articles: Mapping[str, Sequence[Side]],
        min_confidence: float,
    ) -> None:
        self.connection = connection
        self.min_confidence = min_confidence
        self.records: dict[tuple[str, str], list[Record]] = defaultdict(list)
        pairs = {_pair(claim.side.claim) for claim in batch if claim.side.claim.subject}
        for record in candidates(connection, sorted(pairs)):
            self.records[_pair(record.side.claim)].append(record)
        self.sums = Sums(connection, articles, min_confidence)
        self.verdicts: list[list[Any]] = []
        self.accepted: list[Record] = []
        self.disputes: list[Dispute] = []
        self.misfits: list[tuple[PendingClaim, Misfit]] = []
        self.findings: list[Finding] = []

    def hear_or_keep(self, pending: PendingClaim) -> None:
        """As `hear`; a claim that cannot be judged is kept with the reason, and stops nobody."""
        try:
            self.hear(pending)
        except Exception as error:
            self.disputes = [one for one in self.disputes if one.pending is not pending]
            self._keep(pending, _failed(error), None)

    def hear(self, pending: PendingClaim) -> None:
        """Judges one claim; where nothing speaks against it, it becomes a record."""
        claim = pending.side.claim
        if claim.confidence < self.min_confidence:
            why = "The model is not sure of this reading."
            self._keep(pending, Verdict("unsure", None, None, (), why), None)
            return
        known = [
            record
            for record in (self.records[_pair(claim)] if claim.subject else ())
            if is_of_one_event(pending.side, record.side)
        ]
        beside = [record for record in known if is_of_one_article(pending.side, record)]
        same = judge(pending.side, [record.side for record in beside])
        if same.verdict == "agrees" and same.record is not None:
            self._keep(pending, same, beside[same.record].record_id)
            return
        known = [record for record in known if record not in beside]
        verdict, rests_on = judge(pending.side, [record.side for record in known]), None
        if beside and must_be_another(claim.metric, verdict):
            verdict, rests_on = held_beside(pending.side, beside[0].side), beside[0].record_id
        misfit = self.sums.misfit(pending.article_id, pending.side)
        if verdict.verdict == "contradicts" and verdict.record is not None:
            self.disputes.append(Dispute(pending, known, known[verdict.record], misfit))
        else:
            record_id = None if verdict.record is None else known[verdict.record].record_id
            self._keep(pending, verdict, rests_on or record_id)
        if misfit and verdict.verdict != "contradicts":
            self.misfits.append((pending, misfit))
        dated_wrong = find_anachronism(pending.side)
        if dated_wrong:
            key = stable_id("anachronism", claim.subject, claim.as_of or claim.scope.get("period"))
            self._find(key, "anachronism", pending, ANACHRONISM_SEVERITY, dated_wrong)
        elif verdict.verdict in STANDING and _can_stand(claim) and not beside:
            accepted = record_of(pending, "claim")
            self.accepted.append(accepted)
            self.records[_pair(claim)].append(accepted)

    def _find(
        self,
        key: str,
        kind: str,
        pending: PendingClaim,
        severity: float,
        explanation: str,
        ratio: float | None = None,
    ) -> None:
        """Notes what an article says against itself."""
        self.findings.append(
            Finding(key, kind, pending.claim_id, None, severity, ratio, (), explanation)
        )

    def settle(self) -> None:
        """Says why each of the claims contradicts, in the order in which they were heard.

        Only now is it asked whose figures they could be instead, for all of them at once.
        """
        asked = [
            (one.pending.side.claim, value)
            for one in self.disputes
            for value in (one.pending.side.claim.value, one.record.side.claim.value)
        ]
        # A sum is told once an article: beside the contradiction, where a total of it has one.
        told = {_of_article(one.pending) for one in self.disputes if one.misfit}
        for pending, misfit in self.misfits:
            if _of_article(pending) not in told:
                self._find(
                    misfit.key, "arithmetic", pending, misfit.severity, misfit.explanation,
                    misfit.ratio,
                )  # fmt: skip
        near = iter(neighbours(self.connection, asked))
        for one in self.disputes:
            others = {record.record_id: record for record in (*next(near), *next(near))}
            subject = one.pending.side.claim.subject
            strange = [
                record for record in others.values() if is_other(subject, record.side.claim.subject)
            ]
            try:
                self._settle(one, [*one.known, *strange])
            except Exception as error:
                self._keep(one.pending, _failed(error), None)
        self.disputes, self.misfits = [], []

    def _settle(self, one: Dispute, pool: Sequence[Record]) -> None:
        verdict = judge(one.pending.side, [record.side for record in pool])
        if one.misfit:
            verdict = replace(
                verdict,
                hints=(*verdict.hints, "arithmetic"),
                explanation=f"{verdict.explanation} {one.misfit.explanation}",
            )
        record = one.record if verdict.record is None else pool[verdict.record]
        self.findings.append(
            Finding(
                contradiction_key(one.pending.side.claim, record.side.claim),
                "contradicts", one.pending.claim_id, record.record_id,
                verdict.severity, verdict.ratio, verdict.hints, verdict.explanation,
            )
        )  # fmt: skip
        self._keep(one.pending, verdict, record.record_id)

    def _keep(self, pending: PendingClaim, verdict: Verdict, record_id: str | None) -> None:
        hints = json.dumps(verdict.hints)
        self.verdicts.append(
            [pending.claim_id, verdict.verdict, record_id, verdict.ratio, hints,
             verdict.explanation]
        )  # fmt: skip

    def store(self, now: datetime) -> Judged:
        """Keeps verdicts, accepted records and findings, in the transaction that is open."""
        self.settle()
        connection = self.connection
        verdicts = [[*row, now] for row in self.verdicts]
        run_batch(connection, query("add_verdicts"), "store.verdicts", VERDICT, verdicts)
        records = insert_records(connection, self.accepted, now)
        forget(connection, [claim_id for claim_id, *_ in verdicts])
        # Of a contradiction that the batch finds twice, the first finding stays.
        first = {one.contradiction_id: one for one in reversed(self.findings)}
        rows = [[*_row(one), now] for one in first.values()]
        run_batch(connection, query("reopen"), "store.contradictions", FOUND, rows)
        new = run_batch(
            connection, query("add_contradictions"), "store.contradictions", FOUND, rows
        )
        sighted = [[one.contradiction_id, one.claim_id] for one in self.findings]
        run_batch(
            connection, query("add_sightings"), "store.sightings",
            ("contradiction_id", "claim_id"), sighted,
        )  # fmt: skip
        return Judged(len(self.verdicts), records, len(new))


FOUND = (
    "contradiction_id", "kind", "claim_id", "record_id", "severity", "ratio", "hints",
    "explanation", "found_at",
)  # fmt: skip


def _row(one: Finding) -> list[Any]:
    return [
        one.contradiction_id, one.kind, one.claim_id, one.record_id, one.severity, one.ratio,
        json.dumps(one.hints), one.explanation,
    ]  # fmt: skip


def _failed(error: Exception) -> Verdict:
    why = f"Could not be compared: {type(error).__name__}: {error}"
    return Verdict("unsure", None, None, (), why)


def _of_article(pending: PendingClaim) -> tuple[str, str | None, str]:
    claim = pending.side.claim
    return pending.article_id, claim.subject, claim.metric


def _can_stand(claim: Claim) -> bool:
    """Whether a claim may become a record: a denial says only what is not so."""
    return bool(claim.subject) and claim.metric != "other" and claim.status != "denied"


def _pair(claim: Claim) -> tuple[str, str]:
    return claim.subject or "", claim.metric


def record_of(pending: PendingClaim, origin: str) -> Record:
    """The record that a claim becomes."""
    made = make_record(pending.side, origin=origin)
    return replace(made, title=pending.title, claim_id=pending.claim_id)
