"""A verdict in one or two plain sentences."""

from __future__ import annotations

from collections.abc import Sequence

from warehouse.compare.hints import whose
from warehouse.compare.pairs import Pair
from warehouse.compare.periods import day_in_words
from warehouse.compare.sides import Side, stated_time
from warehouse.compare.units import currency
from warehouse.compare.wording import figure, interval

# Metrics whose id is no phrase of English.
PHRASES = {
    "api_price_input": "price of a million input tokens",
    "api_price_output": "price of a million output tokens",
    "accelerator_fleet": "number of accelerators",
    "gpu_hour_price": "price of a GPU-hour",
    "training_gpu_hours": "GPU-hours of training",
    "parameters": "number of parameters",
    "active_parameters": "number of active parameters",
    "users": "number of users",
    "downloads": "number of downloads",
}
SIGNIFICANT = 3  # digits of a factor that a reader wants


def phrase(metric: str) -> str:
    """A metric as a sentence names it."""
    return PHRASES.get(metric, metric.replace("_", " "))


def explain(pair: Pair, records: Sequence[Side] = ()) -> str:
    """Why a claim and the record nearest to it have this verdict."""
    if pair.verdict == "contradicts":
        return _contradiction(pair, records)
    ours, theirs = _shown(pair.claim), f"the {_shown(pair.record)} {_on_record(pair)}"
    what = phrase(pair.claim.claim.metric)
    if pair.reason == "scope":
        return f"{ours} and {theirs} speak of different things: {_difference(pair)}."
    if pair.reason == "earlier":
        return (
            f"{ours} is {_when(pair.claim)}, {theirs} {_when(pair.record)}: the {what} changes"
            " with time, so both can be true."
        )
    if pair.reason == "later":
        return (
            f"{ours} is {_when(pair.claim)}, later than {theirs}: the {what} changes with time,"
            " so both can be true."
        )
    if pair.reason == "plan_came_true":
        return f"{ours} is what became of {theirs}, which was a plan, so both can be true."
    if pair.reason == "newer_plan":
        return f"{ours} is a newer plan than {theirs}, so both can be true."
    if pair.reason == "both_denied":
        return f"Both {ours} and {theirs} are denied, and both denials can be true."
    if pair.reason == "denial":
        return f"{_denied(pair)}, and the other figure is a different one, so both can be true."
    return f"{ours} agrees with {theirs}{_converted(pair)}: {_agreement(pair)}."


def explain_new(claim: Side, unfit: Sequence[Side]) -> str:
    """Why a claim has no record; `unfit` are those whose unit cannot be brought to the claim's."""
    subject, what = claim.claim.subject, phrase(claim.claim.metric)
    if claim.claim.metric == "other":
        return f"{_shown(claim)} fits no metric, so it is kept and not compared."
    if not subject:
        return f"{_shown(claim)} names no subject, so there is no record to hold it against."
    if unfit:
        shown = ", ".join(_shown(record) for record in unfit[:3])
        return (
            f"{_shown(claim)} is new: the {what} of {subject} is on record only in units that"
            f" cannot be brought to {claim.claim.unit or 'its own'} ({shown})."
        )
    return f"{_shown(claim)} is new: there is no record of the {what} of {subject}."


def _contradiction(pair: Pair, records: Sequence[Side]) -> str:
    if pair.reason == "denial":
        return f"{_denied(pair)}, yet the two figures meet, so one of them is wrong."
    first = (
        f"{_shown(pair.claim)}{_said_by(pair.claim)} {_compared(pair.ratio)} the"
        f" {_shown(pair.record)} {_on_record(pair)}{_converted(pair)}."
    )
    second = f"Both give the {phrase(pair.claim.claim.metric)}, so they cannot both be right."
    if owner := whose(pair.record, records):
        shown = figure(pair.record.claim.value, pair.record.claim.unit, pair.record.claim.quote)
        second += (
            f" The {shown} agrees with the record of {owner.claim.subject}"
            f" ({interval(owner.claim)}), so the record may be misattributed."
        )
    return f"{first} {second}"


def _compared(ratio: float | None) -> str:
    """A ratio in words, to go between the two figures."""
    if ratio is None or ratio == 0:
        return "cannot be squared with"
    if ratio < 0:
        return "has the other sign than"
    if ratio >= 2:
        return f"is {_digits(ratio)} times"
    if ratio <= 0.5:
        return f"is {_digits(1 / ratio)} times less than"
    percent = abs(ratio - 1) * 100
    amount = f"{_digits(percent)} percent" if percent >= 0.1 else "slightly"
    return f"is {amount} {'more' if ratio > 1 else 'less'} than"


def _digits(number: float) -> str:
    if number >= 1e6:
        return figure(float(f"{number:.{SIGNIFICANT}g}"), None)
    if number >= 10:
        return f"{number:,.0f}"
    return f"{number:.2g}"


def _shown(side: Side) -> str:
    return interval(side.claim)


def _said_by(side: Side) -> str:
    return f" ({side.claim.claimant})" if side.claim.claimant else ""


def _on_record(pair: Pair) -> str:
    """Whose figure is on record, and where it comes from."""
    record = pair.record
    origin = [
        record.source or record.claim.claimant,
        day_in_words(record.published or record.claim.as_of),
    ]
    words = ", ".join(part for part in origin if part)
    return f"on record for {record.claim.subject}" + (f" ({words})" if words else "")


def _converted(pair: Pair) -> str:
    ours, theirs = pair.claim.claim.unit, pair.record.claim.unit
    if currency(ours) == currency(theirs) or currency(ours) is None:
        return ""
    brought_over = figure(float(f"{pair.record.claim.value * pair.factor:.4g}"), ours)
    day = day_in_words(pair.day.isoformat()) if pair.day else "the newest day"
    return f", which is {brought_over} at the European Central Bank's rate of {day}"


def _when(side: Side) -> str:
    if stated_time(side):
        return f"of {day_in_words(side.claim.as_of or side.claim.scope.get('period'))}"
    if side.claim.status == "planned":
        return "a plan"
    return f"published {day_in_words(side.published)}"


def _difference(pair: Pair) -> str:
    ours, theirs = pair.claim.claim.scope, pair.record.claim.scope
    said = [f"{key} {ours[key]} against {theirs[key]}" for key in pair.scopes.conflicts]
    for key in pair.scopes.identifying:
        side, words = ("claim", ours[key]) if key in ours else ("record", theirs[key])
        said.append(f"only the {side} names a {key} ({words})")
    return "; ".join(said)


def _denied(pair: Pair) -> str:
    ours, theirs = _shown(pair.claim), f"the {_shown(pair.record)} {_on_record(pair)}"
    if pair.claim.claim.status == "denied":
        return f"{pair.claim.claim.claimant or 'The claim'} denies {ours}, against {theirs}"
    return f"{ours}{_said_by(pair.claim)} stands against a denial of {theirs}"


def _agreement(pair: Pair) -> str:
    if pair.ratio is not None and abs(pair.ratio - 1) < 1e-9:
        return "they are the same figure"
    if None in (
        pair.claim.claim.low,
        pair.claim.claim.high,
        pair.record.claim.low,
        pair.record.claim.high,
    ):
        return "one lies in what the other leaves open"
    return "within what their writing leaves open they are the same"
