"""The verdict on a claim: which record it is held against, and what comes of it."""

from __future__ import annotations

from collections.abc import Sequence

from warehouse.compare.explain import explain, explain_new
from warehouse.compare.hints import find_hints, severity
from warehouse.compare.pairs import pair_up
from warehouse.compare.sides import Side, Verdict
from warehouse.compare.subjects import is_same


def judge(claim: Side, records: Sequence[Side]) -> Verdict:
    """Holds a claim against the records, as the contract's table of verdicts says.

    Records of the same subject (aliases resolved) and metric are candidates, as far as their
    unit can be brought to the claim's. The verdict is taken against the one that is nearest
    in scope, then in time; among equally near ones a contradiction counts. Records of other
    subjects only serve to find whose figure it may be.
    """
    same = [index for index, record in enumerate(records) if is_candidate(claim, record)]
    pairs = [pair for index in same if (pair := pair_up(claim, records[index], index))]
    if not pairs:
        explanation = explain_new(claim, [records[index] for index in same])
        return Verdict("new", None, None, (), explanation)
    nearest = min(pairs, key=lambda pair: (pair.distance, pair.index))
    if nearest.verdict != "contradicts":
        return Verdict(nearest.verdict, nearest.index, nearest.ratio, (), explain(nearest))
    hints = find_hints(nearest, records)
    sentences = [explain(nearest, records), *(sentence for _, sentence in hints)]
    names = tuple(name for name, _ in hints)
    return Verdict(
        nearest.verdict,
        nearest.index,
        nearest.ratio,
        names,
        " ".join(sentences),
        severity(nearest, names),
    )


def is_candidate(claim: Side, record: Side) -> bool:
    """Whether the record is of the claim's subject and metric, and the metric is compared."""
    ours, theirs = claim.claim, record.claim
    if ours.metric == "other" or ours.metric != theirs.metric:
        return False
    return is_same(ours.subject, theirs.subject)
