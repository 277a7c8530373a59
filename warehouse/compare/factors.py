"""What an article, or else the record, gives for each factor of a relation."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from extract.claims import Claim
from extract.entities import registry
from extract.metrics import metrics
from warehouse.compare.identity import figure_key
from warehouse.compare.pairs import rate_day
from warehouse.compare.reach import Interval, reach, written
from warehouse.compare.relations import Relation, parts_of
from warehouse.compare.scopes import apart
from warehouse.compare.sides import Side
from warehouse.compare.subjects import is_same
from warehouse.compare.units import currency, factor


@dataclass(frozen=True, slots=True)
class Part:
    """A figure that takes part in a sum, and what it allows.

    `value` and `allows` are in the metric's unit, money in the currency of the sum's total.
    `scope` names the chip besides, where the figure is of one.
    """

    side: Side
    scope: Mapping[str, str]
    value: float
    allows: Interval
    on_record: bool = False

    def conflicts(self, other: Part) -> tuple[str, ...]:
        """The scope keys (stage, chip, period) to which the two give another value."""
        return apart(self.side.claim.metric, self.scope, other.scope).conflicts


def counts(side: Side) -> bool:
    """Whether a figure is said to be so: what is planned or denied is multiplied with nothing."""
    return side.claim.status in ("reported", "estimated")


def as_part(side: Side, money: str | None, chip: str | None = None) -> Part | None:
    """A figure as part of a sum whose money is `money`, a currency.

    None where it cannot be brought to the unit, or is not above zero.
    """
    claim = side.claim
    unit = metrics()[claim.metric].unit
    target = money if unit == "money" else unit
    size = factor(claim.unit, target, claim.metric, rate_day(side, side)) if target else None
    if size is None or not 0 < claim.value * size < math.inf:
        return None
    scope = {key: word for key, word in claim.scope.items() if word.strip()}
    if chip:
        scope["chip"] = chip
    allows = reach(claim).times(size)
    low = allows.low if allows.low is not None and allows.low > 0 else None
    return Part(side, scope, claim.value * size, Interval(low, allows.high))


def candidates(
    metric: str, relation: Relation, whole: Part, article: Sequence[Side], records: Sequence[Side]
) -> list[Part]:
    """The figures that a factor may have: those of the article, else those on record.

    Figures of the total's subject, or of its chip, whose scope names nothing else than the
    total's does; each figure once.
    """
    chips = chips_in_scope(whole.side, article)
    given = list(_fitting(metric, relation, whole, chips, article))
    if given:
        return list({_key(part): part for part in given}.values())
    if metric not in relation.records or (metric in relation.of_chip and len(chips) != 1):
        return []
    below, above = relation.records[metric]
    return [
        replace(part, allows=widened(part.allows, below, above), on_record=True)
        for part in _fitting(metric, relation, whole, chips, records)
    ]


def chips_in_scope(total: Side, article: Iterable[Side]) -> list[str]:
    """The canonical names of the total's own chip, or else of those of its parts."""
    own = total.claim.scope.get("chip", "")
    named = [own] if own.strip() else [
        side.claim.scope.get("chip", "")
        for side in article
        if side.claim.metric in parts_of(total.claim.metric)
        and is_same(total.claim.subject, side.claim.subject)
    ]  # fmt: skip
    return sorted({registry().resolve(name) for name in named if name.strip()})


def other_totals(whole: Part, article: Iterable[Side]) -> list[Interval]:
    """What else the article gives for the total, whatever its stage and status, as written."""
    claim, money = whole.side.claim, currency(whole.side.claim.unit)
    sides = [
        side
        for side in article
        if side.claim.metric == claim.metric and is_same(claim.subject, side.claim.subject)
    ]
    return [
        written(side.claim).times(part.value / side.claim.value)
        for side in sides
        if (part := as_part(side, money)) and figure_key(side.claim) != figure_key(claim)
    ]


def widened(allows: Interval, below: float, above: float) -> Interval:
    """An interval of positive figures, so many times further down and up; inf opens a side."""
    return Interval(
        None if allows.low is None or math.isinf(below) else allows.low / below,
        None if allows.high is None or math.isinf(above) else allows.high * above,
    )


def _fitting(
    metric: str, relation: Relation, whole: Part, chips: Sequence[str], sides: Iterable[Side]
) -> Iterator[Part]:
    for side in sides:
        if side.claim.metric != metric or not counts(side):
            continue
        chip = None
        if metric in relation.of_chip:
            chip = _chip_of(side.claim)
            if chip and chips and not any(is_same(chip, name) for name in chips):
                continue
        elif not is_same(whole.side.claim.subject, side.claim.subject):
            continue
        part = as_part(side, currency(whole.side.claim.unit), chip)
        if part and not whole.conflicts(part):
            yield part


def _chip_of(claim: Claim) -> str | None:
    """The chip that a figure such as a rent is of: its subject, or in its scope."""
    entity = registry().get(claim.subject) if claim.subject else None
    if entity and entity.kind in ("chip", "family"):
        return entity.name
    return claim.scope.get("chip") or None


def _key(part: Part) -> tuple[object, ...]:
    claim = part.side.claim
    return figure_key(claim), claim.qualifier, part.allows, *sorted(part.scope.items())
