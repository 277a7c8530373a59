"""Whether two names mean one subject; aliases are the entity registry's business."""

from __future__ import annotations

from functools import lru_cache

from extract.entities import registry


def is_same(one: str | None, other: str | None) -> bool:
    """Whether both name one entity; a figure about nobody in particular has no record."""
    return bool(one and other) and _same(one or "", other or "")


def is_other(one: str | None, other: str | None) -> bool:
    """Whether `other` names somebody else; a record about nobody belongs to nobody."""
    return bool(other) and not is_same(one, other)


def subject_key(one: str, other: str) -> str:
    """One key for a subject that two sides name, whichever of them is the claim."""
    return min(_resolved(one, other), _resolved(other, one)).casefold()


def _resolved(name: str, other: str) -> str:
    # A short form ("R1") is read in the light of the other side's name.
    return registry().resolve(name, (other,))


@lru_cache(maxsize=65536)
def _same(one: str, other: str) -> bool:
    return (
        registry().same(one, other)
        or registry().same(_resolved(one, other), other)
        or (registry().same(one, _resolved(other, one)))
    )
