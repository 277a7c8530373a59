"""Figures of one article that do not multiply out, by the relations of relations.toml.

Whatever lets them multiply out counts: where an article gives a factor or the total twice, or
several rents are on record, one that fits is enough.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import combinations, product

from extract.entities import registry
from extract.metrics import metrics
from warehouse.compare.factors import (
    Part,
    as_part,
    candidates,
    chips_in_scope,
    counts,
    other_totals,
    widened,
)
from warehouse.compare.hints import GRAVEST, MILDER
from warehouse.compare.identity import figure_key
from warehouse.compare.reach import Interval
from warehouse.compare.relations import Relation, relations
from warehouse.compare.sides import Side
from warehouse.compare.units import currency
from warehouse.compare.wording import figure, interval
from warehouse.ids import stable_id

# An article that gives more figures of one metric for one subject lists several runs, and which
# goes with which cannot be told.
MOST = 4
# Digits shown: of a product, of one that rests on an assumption, of what would be needed.
EXACT, ROUGH, NEEDED = 4, 2, 3
# As readers of news say it, not as the unit is called.
UNITS = {"accelerator": "chip"}
ENDS = {"gpu_hour_price": " an hour"}


@dataclass(frozen=True, slots=True)
class Misfit:
    """A total that its article's other figures do not multiply out to.

    `key` names it by subject, relation and the article's figures; `ratio` is the total over the
    product; `severity` runs from 0 to 1 as that of a contradiction does.
    """

    key: str
    relation: str
    ratio: float
    severity: float
    explanation: str


def find_misfit(total: Side, article: Sequence[Side], records: Sequence[Side]) -> Misfit | None:
    """What speaks against a claim in the claims of its article.

    The first relation of the total's metric decides whose factors are all known, from the
    article or, as far as the relation says so, from the records.
    """
    whole = as_part(total, currency(total.claim.unit))
    if whole is None or not total.claim.subject or not counts(total):
        return None
    for relation in relations():
        if relation.total != total.claim.metric:
            continue
        pools = [
            candidates(metric, relation, whole, article, records) for metric in relation.factors
        ]
        if any(len(pool) > MOST and not pool[0].on_record for pool in pools):
            return None
        sums = [
            parts
            for parts in product(*pools)
            if not any(one.conflicts(other) for one, other in combinations(parts, 2))
        ]
        if sums:
            leeway = _leeway(relation, whole, pools)
            return _closest(relation, whole, sums, leeway, other_totals(whole, article))
    return None


def wanted_records(total: Side, article: Sequence[Side]) -> set[tuple[str, str]]:
    """Subject and metric of the records that may stand in for what the article does not give."""
    subject = total.claim.subject
    chips = chips_in_scope(total, article)
    return {
        (name, metric)
        for relation in relations()
        if relation.total == total.claim.metric
        for metric in relation.records
        for name in (chips if metric in relation.of_chip else [subject])
        if name
    }


def _leeway(
    relation: Relation, whole: Part, pools: Sequence[Sequence[Part]]
) -> tuple[float, float]:
    """How many times the total may be off, below and above.

    A part is never more than the whole: hours of one stage, or of one of several chips, bound
    the hours of all from below, and the cost of one stage is bounded by the hours of all.
    """
    below, above = relation.below, relation.above
    for metric, pool in zip(relation.factors, pools, strict=True):
        if metric in relation.of_chip or pool[0].on_record:
            continue
        narrowing = {"stage"}
        for one, other in combinations(pool, 2):
            narrowing.update(one.conflicts(other))
        if any(narrowing & (part.scope.keys() - whole.scope.keys()) for part in pool):
            above = math.inf
        if "stage" in whole.scope and any("stage" not in part.scope for part in pool):
            below = math.inf
    return below, above


def _closest(
    relation: Relation,
    whole: Part,
    sums: Sequence[Sequence[Part]],
    leeway: tuple[float, float],
    others: Sequence[Interval],
) -> Misfit | None:
    """The sum that comes closest to the total; None where one meets it, or another total."""
    found = []
    for parts in sums:
        value = relation.constant * math.prod(part.value for part in parts)
        made = Interval(
            _times(relation.constant, [part.allows.low for part in parts]),
            _times(relation.constant, [part.allows.high for part in parts]),
        )
        ratio = whole.value / value if 0 < value < math.inf else 0.0
        if not 0 < ratio < math.inf or whole.allows.meets(widened(made, *leeway)):
            return None
        if any(other.meets(widened(made, relation.below, relation.above)) for other in others):
            return None
        found.append((abs(math.log(ratio)), ratio, parts))
    _, ratio, parts = min(found, key=lambda one: one[0])
    return _misfit(relation, whole, parts, ratio)


def _times(constant: float, ends: Sequence[float | None]) -> float | None:
    known = [end for end in ends if end is not None]
    return constant * math.prod(known) if len(known) == len(ends) else None


def _misfit(relation: Relation, whole: Part, parts: Sequence[Part], ratio: float) -> Misfit:
    """The severity is a contradiction's: the logarithm of the factor, times the confidence in
    all the readings, less where an estimate or a figure on record stands in the sum."""
    claims = [part.side.claim for part in (whole, *parts)]
    sure = math.prod(min(max(claim.confidence, 0.0), 1.0) for claim in claims)
    if any(part.on_record or part.side.claim.status == "estimated" for part in (whole, *parts)):
        sure *= MILDER["estimate"]
    subject = registry().resolve(claims[0].subject or "").casefold()
    given = sorted(figure_key(part.side.claim) for part in parts if not part.on_record)
    return Misfit(
        key=stable_id("arithmetic", subject, relation.name, figure_key(claims[0]), *given),
        relation=relation.name,
        ratio=ratio,
        severity=min(1.0, abs(math.log10(ratio)) / GRAVEST) * sure,
        explanation=_explain(relation, whole, parts),
    )


def _explain(relation: Relation, whole: Part, parts: Sequence[Part]) -> str:
    assumed = relation.above >= 2 or any(part.on_record for part in parts)
    money = currency(whole.side.claim.unit)
    made = relation.constant * math.prod(part.value for part in parts[:-1])
    value = made * parts[-1].value
    said = relation.says.format(
        **{metric: _said(part) for metric, part in zip(relation.factors, parts, strict=True)},
        total=_said(whole),
        product=_amount(value, ROUGH if assumed else EXACT, relation.total, money),
        made=figure(_rounded(made, EXACT), None),
        needed=_amount(whole.value / made, NEEDED, relation.factors[-1], money),
    )
    return said[:1].upper() + said[1:]


def _said(part: Part) -> str:
    """A figure as it is written, or as it stands on record, and where."""
    claim = part.side.claim
    unit = currency(claim.unit) if claim.metric in ENDS else UNITS.get(claim.unit or "", claim.unit)
    shown = interval(replace(claim, unit=unit))
    if "hour" not in claim.quote:
        shown += ENDS.get(claim.metric, "")
    if not part.on_record:
        return shown
    source = part.side.source or claim.claimant
    return f"the {shown} on record" + (f" ({source})" if source else "")


def _amount(value: float, digits: int, metric: str, money: str | None) -> str:
    """A figure that nobody wrote, in the words of news."""
    unit = metrics()[metric].unit
    unit = (money or unit) if unit == "money" else UNITS.get(unit, unit)
    return figure(_rounded(value, digits), unit) + ENDS.get(metric, "")


def _rounded(value: float, digits: int) -> float:
    return float(f"{value:.{digits}g}")
