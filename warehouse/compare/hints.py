"""What may lie behind a contradiction, each hint with its reason."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence

from extract.metrics import metrics
from warehouse.compare.pairs import Pair, rate_day
from warehouse.compare.reach import written
from warehouse.compare.scopes import apart
from warehouse.compare.sides import Side
from warehouse.compare.subjects import is_other, is_same
from warehouse.compare.units import currency, factor
from warehouse.compare.wording import figure, interval

TEN = 10.0
SLIPS = ((1e3, "a thousand"), (1e6, "a million"))
SLIP_WITHIN = 0.02
# "$1 trillion" and "hundreds of billions" meet half of all valuations; whose figure it is can
# only be said of one that is close.
SAME_FIGURE = 0.1
ROUNDING = 1e-9  # of floating point: 50,000 and 500,000 are ten times apart


def find_hints(pair: Pair, records: Sequence[Side]) -> list[tuple[str, str]]:
    """The hints on a contradiction with their reasons in a sentence, in the contract's order."""
    found = [*_misattributed(pair, records)]
    if pair.reason != "denial":
        # Figures that a denial contradicts meet: there is nothing to explain in their size.
        found = [*_magnitude(pair), *found, *_currency(pair, records)]
    return [*found, *_scope(pair), *_estimate(pair), *_denial(pair)]


def _magnitude(pair: Pair) -> Iterator[tuple[str, str]]:
    if not pair.ratio:
        return  # nothing is a number of times nothing
    size = abs(pair.ratio)
    if size >= TEN * (1 - ROUNDING) or size <= (1 + ROUNDING) / TEN:
        yield "order_of_magnitude", "They are ten times or more apart."
    for slip, word in SLIPS:
        factors = (pair.ratio, 1 / pair.ratio)
        if any(abs(by / slip - 1) <= SLIP_WITHIN + ROUNDING for by in factors):
            yield "unit_slip", f"The factor is {word}, as where one magnitude is read for another."


def _misattributed(pair: Pair, records: Sequence[Side]) -> Iterator[tuple[str, str]]:
    if owner := whose(pair.claim, records):
        shown = figure(pair.claim.claim.value, pair.claim.claim.unit, pair.claim.claim.quote)
        yield (
            "misattributed",
            f"{shown} agrees with the record of {owner.claim.subject} ({interval(owner.claim)}),"
            " so it may be that figure.",
        )


def whose(side: Side, records: Sequence[Side]) -> Side | None:
    """Another subject's record of the metric that holds the same figure, the closest of several.

    Figures are compared as written: "more than $100 million" is not any larger one.
    """
    close = [
        (off, index)
        for index, record in enumerate(records)
        if (off := _off(side, record)) is not None
    ]
    return records[min(close)[1]] if close else None


def _off(side: Side, record: Side) -> float | None:
    """How far another subject's record is from a figure it agrees with; None where it does not."""
    ours, theirs = side.claim, record.claim
    if ours.metric != theirs.metric or theirs.status == "denied":
        return None
    if not is_other(ours.subject, theirs.subject):
        return None
    size = factor(theirs.unit, ours.unit, ours.metric, rate_day(side, record))
    if size is None or not written(ours).meets(written(theirs).times(size)):
        return None
    off = abs(ours.value - theirs.value * size)
    if not off <= SAME_FIGURE * abs(ours.value):
        return None
    conflicts = apart(ours.metric, ours.scope, theirs.scope).conflicts
    if set(conflicts) & set(metrics()[ours.metric].identify):
        return None
    return off


def _currency(pair: Pair, records: Sequence[Side]) -> Iterator[tuple[str, str]]:
    claim = pair.claim.claim
    code = currency(claim.unit)
    if code is None or metrics()[claim.metric].unit != "money":
        return
    for record in records:
        theirs = record.claim
        other = currency(theirs.unit)
        if theirs.metric != claim.metric or not is_same(claim.subject, theirs.subject):
            continue
        if other in (None, code) or apart(claim.metric, claim.scope, theirs.scope).parts:
            continue
        if written(claim).meets(written(theirs)):
            shown = figure(theirs.value, theirs.unit, theirs.quote)
            yield (
                "currency",
                f"The bare number agrees with the record in {other} ({shown}), so the currency"
                f" may be wrong.",
            )
            return


def _scope(pair: Pair) -> Iterator[tuple[str, str]]:
    if not pair.scopes.one_sided:
        return
    said = []
    for side, name in ((pair.claim, "the claim"), (pair.record, "the record")):
        own = [key for key in pair.scopes.one_sided if side.claim.scope.get(key, "").strip()]
        if own:
            words = ", ".join(f"{key} {side.claim.scope[key].strip()}" for key in own)
            said.append(f"only {name} is narrowed to {words}")
    words = " and ".join(said)
    yield "scope", f"{words[:1].upper()}{words[1:]}, which may explain the difference."


def _estimate(pair: Pair) -> Iterator[tuple[str, str]]:
    ours, theirs = (side.claim.status == "estimated" for side in (pair.claim, pair.record))
    if ours or theirs:
        who = (
            "Both figures are estimates"
            if ours and theirs
            else ("The claim is an estimate" if ours else "The figure on record is an estimate")
        )
        yield "estimate", f"{who}."


def _denial(pair: Pair) -> Iterator[tuple[str, str]]:
    if pair.reason == "denial":
        yield "denial", "One side says that the figure is not so."


# A hundred times apart is as grave as it gets; what lies beyond is mostly a slip of units.
GRAVEST = math.log10(100)
# A denial or a wrong sign has no factor; it weighs like a figure ten times off.
WITHOUT_FACTOR = 0.5
# Reasons why both sides may be right in their own way.
MILDER = {"estimate": 0.7, "scope": 0.7}


def severity(pair: Pair, hints: Sequence[str]) -> float:
    """How grave a contradiction is, from 0 to 1.

    The logarithm of the factor between the figures (ten times off is 0.5, a hundred times
    1), times the confidence in both readings, times what makes it milder: an estimate on one
    side, a scope on one side only.
    """
    ratio = pair.ratio
    if pair.reason == "denial" or ratio is None or ratio <= 0:
        size = WITHOUT_FACTOR
    else:
        size = min(1.0, abs(math.log10(ratio)) / GRAVEST)
    sure = min(max(pair.claim.claim.confidence, 0.0), 1.0)
    sure *= min(max(pair.record.claim.confidence, 0.0), 1.0)
    return size * sure * math.prod(MILDER.get(hint, 1.0) for hint in hints)
