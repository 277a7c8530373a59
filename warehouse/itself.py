"""What an article says beside a claim, or against it, by its own words."""

from __future__ import annotations

from extract.entities import registry
from extract.metrics import metrics
from warehouse.compare import Side, Verdict, anachronism
from warehouse.compare.wording import interval
from warehouse.records import Record

FOUNDED = frozenset(("company", "lab", "agency", "outlet", "project"))
"""Kinds of entities that begin more than once: as a project, a team, a name, a company."""


def is_of_one_article(side: Side, record: Record) -> bool:
    """Whether a record was taken from the article that a claim stands in."""
    return record.claim_id is not None and record.side.url == side.url


def must_be_another(metric: str, verdict: Verdict) -> bool:
    """Whether a claim beside whose figure its article gives another is of another time or part.

    An article knows what it says, whether the reading tells its figures apart or not. So neither is
    held against the other, and where figures change with time, the later one is not held against
    anything.
    """
    contradicts = verdict.verdict == "contradicts" and metrics()[metric].changes
    return verdict.verdict == "new" or contradicts


def held_beside(claim: Side, other: Side) -> Verdict:
    """The verdict on such a claim; `other` is the figure that the article gives first."""
    shown, theirs = interval(claim.claim), interval(other.claim)
    why = f"{shown[:1].upper()}{shown[1:]} stands beside {theirs} in the same article, which"
    return Verdict("other_scope", None, None, (), f"{why} must speak of another time or part.")


def find_anachronism(side: Side) -> str | None:
    """Why the claim dates its figure before its subject existed, if it does."""
    entity = registry().get(side.claim.subject) if side.claim.subject else None
    if entity is None:
        return None
    return anachronism(side, entity.since, founded=entity.kind in FOUNDED)
