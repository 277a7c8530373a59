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
    return record.origin == "claim" and record.side.url == side.url


def held_beside(claim: Side, verdict: Verdict, other: Side) -> Verdict:
    """The verdict on a claim whose article gives another figure for the same, `other`.

    An article knows what it says: its figures for one thing are of two times or two parts of
    it, whether the reading tells them apart or not. So neither is held against the other, and
    where figures change with time, the later one is not held against anything.
    """
    changes = metrics()[claim.claim.metric].changes
    if verdict.verdict != "new" and not (changes and verdict.verdict == "contradicts"):
        return verdict
    shown, theirs = interval(claim.claim), interval(other.claim)
    why = f"{shown[:1].upper()}{shown[1:]} stands beside {theirs} in the same article, which"
    return Verdict("other_scope", None, None, (), f"{why} must speak of another time or part.")


def find_anachronism(side: Side) -> str | None:
    """Why the claim dates its figure before its subject existed, if it does."""
    entity = registry().get(side.claim.subject) if side.claim.subject else None
    if entity is None:
        return None
    return anachronism(side, entity.since, founded=entity.kind in FOUNDED)
