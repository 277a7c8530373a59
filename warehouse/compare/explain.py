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
    "training_hardware": "number of accelerators used",
    "training_time": "time of training",
    "training_gpu_hours": "GPU-hours of training",
    "training_tokens": "number of training tokens",
    "parameters": "number of parameters",
    "active_parameters": "number of active parameters",
    "context_window": "context length",
    "api_price_input": "price of a million input tokens",
    "api_price_output": "price of a million output tokens",
    "accelerator_fleet": "number of accelerators",
    "chip_shipments": "number of chips shipped",
    "gpu_hour_price": "price of a GPU-hour",
    "funding_round": "size of the funding round",
    "market_value_change": "change in market value",
    "share_price_change": "change in share price",
    "users": "number of users",
    "downloads": "number of downloads",
}


def phrase(metric: str) -> str:
    """A metric as a sentence names it."""
    return PHRASES.get(metric, metric.replace("_", " "))


def explain(pair: Pair, records: Sequence[Side] = ()) -> str:
    """Why a claim and the record nearest to it have this verdict."""
    said = _contradiction(pair, records) if pair.verdict == "contradicts" else _both_true(pair)
    return said[:1].upper() + said[1:]


def explain_new(claim: Side, unfit: Sequence[Side]) -> str:
    """Why a claim has no record; `unfit` are those whose unit cannot be brought to the claim's."""
    shown, subject, what = interval(claim.claim), claim.claim.subject, phrase(claim.claim.metric)
    shown = shown[:1].upper() + shown[1:]
    if claim.claim.metric == "other":
        return f"{shown} fits no metric, so it is kept and not compared."
    if not subject:
        return f"{shown} names no subject, so there is no record to hold it against."
    if unfit:
        others = ", ".join(interval(record.claim) for record in unfit[:3])
        unit = claim.claim.unit or "a figure without a unit"
        return (
            f"{shown} is new: the {what} of {subject} is on record only in what cannot be brought"
            f" to {unit} ({others})."
        )
    return f"{shown} is new: there is no record of the {what} of {subject}."


def _both_true(pair: Pair) -> str:
    ours, theirs = interval(pair.claim.claim), _recorded(pair)
    changes = f"the {phrase(pair.claim.claim.metric)} changes with time, so both can be true"
    match pair.reason:
        case "scope":
            return f"{ours} and {theirs} speak of different things: {_difference(pair)}."
        case "earlier":
            whole = f"{theirs}, which {_when(pair.record)}"
            return f"{ours} {_when(pair.claim)}, before {whole}: {changes}."
        case "later":
            return f"{ours} {_when(pair.claim)}, later than {theirs}: {changes}."
        case "plan_came_true":
            return f"{ours} is what became of {theirs}, which was a plan, so both can be true."
        case "newer_plan":
            return f"{ours} is a newer plan than {theirs}, so both can be true."
        case "both_denied":
            return f"both {ours} and {theirs} are denied, and both denials can be true."
        case "denial":
            return f"{_denial(pair)}, which is another figure, so both can be true."
        case _:
            return f"{ours} agrees with {theirs}{_converted(pair)}: {_agreement(pair)}."


def _contradiction(pair: Pair, records: Sequence[Side]) -> str:
    if pair.reason == "denial":
        return f"{_denial(pair)}, and the two figures meet, so they cannot both be right."
    claimant = f" ({pair.claim.claim.claimant})" if pair.claim.claim.claimant else ""
    first = (
        f"{interval(pair.claim.claim)}{claimant} {_compared(pair)} {_recorded(pair)}"
        f"{_converted(pair)}."
    )
    end = (
        "they can both be right only where they count different things"
        if pair.scopes.one_sided
        else "they cannot both be right"
    )
    second = f"Both give the {phrase(pair.claim.claim.metric)}{_shared_scope(pair)}, so {end}."
    if owner := whose(pair.record, records):
        shown = figure(pair.record.claim.value, pair.record.claim.unit, pair.record.claim.quote)
        second += (
            f" The {shown} agrees with the record of {owner.claim.subject}"
            f" ({interval(owner.claim)}), so the record may be misattributed."
        )
    return f"{first} {second}"


def _compared(pair: Pair) -> str:
    """A ratio in words, to go between the two figures."""
    ratio = pair.ratio
    if not ratio:
        return "cannot be squared with"
    if ratio < 0:
        return "has the other sign than"
    size = " in size" if pair.claim.claim.value < 0 else ""
    if ratio >= 2:
        return f"is{size} {_digits(ratio)} times"
    if ratio <= 0.5:
        return f"is{size} {_digits(1 / ratio)} times less than"
    percent = abs(ratio - 1) * 100
    amount = f"{_digits(percent)} percent" if percent >= 0.1 else "slightly"
    return f"is{size} {amount} {'more' if ratio > 1 else 'less'} than"


def _digits(number: float) -> str:
    """A factor with as many digits as a reader wants."""
    if number >= 1e6:
        return figure(float(f"{number:.3g}"), None)
    return f"{number:,.0f}" if number >= 10 else f"{number:.2g}"


def _recorded(pair: Pair) -> str:
    """The figure on record, whose it is, and where it comes from."""
    record = pair.record
    shown = interval(record.claim)
    of = "" if record.claim.qualifier in ("exact", "range") else "figure of "
    return f"the {of}{shown} on record for {record.claim.subject}{_origin(pair)}"


def _origin(pair: Pair) -> str:
    record = pair.record
    day = day_in_words(record.published or record.claim.as_of)
    known = ", ".join(part for part in (record.source or record.claim.claimant, day) if part)
    return f" ({known})" if known else ""


def _converted(pair: Pair) -> str:
    """The record in the claim's unit, where that is another."""
    ours = pair.claim.claim.unit
    if pair.factor == 1.0 or not ours:
        return ""
    brought_over = figure(float(f"{pair.record.claim.value * pair.factor:.4g}"), ours)
    if currency(ours) == currency(pair.record.claim.unit):
        return f", which is {brought_over}"
    day = day_in_words(pair.day.isoformat()) if pair.day else "the newest day"
    return f", which is {brought_over} at the European Central Bank's rate of {day}"


def _when(side: Side) -> str:
    if stated_time(side):
        return f"is for {day_in_words(side.claim.as_of or side.claim.scope.get('period'))}"
    if side.claim.status == "planned":
        return "is a plan"
    return f"was published {day_in_words(side.published)}"


def _difference(pair: Pair) -> str:
    ours, theirs = pair.claim.claim.scope, pair.record.claim.scope
    said = [f"{key} {ours[key]} here, {theirs[key]} on record" for key in pair.scopes.conflicts]
    for key in pair.scopes.identifying:
        side, words = ("claim", ours[key]) if key in ours else ("record", theirs[key])
        said.append(f"only the {side} names a {key} ({words})")
    return "; ".join(said)


def _shared_scope(pair: Pair) -> str:
    ours, theirs = pair.claim.claim.scope, pair.record.claim.scope
    shared = [
        f"{key} {word.strip()}" for key, word in ours.items() if word.strip() and key in theirs
    ]
    return f" ({', '.join(shared)})" if shared else ""


def _denial(pair: Pair) -> str:
    """Who denies what, and what stands against it."""
    ours = interval(pair.claim.claim)
    if pair.claim.claim.status == "denied":
        return (
            f"{pair.claim.claim.claimant or 'the claim'} denies {ours}, against {_recorded(pair)}"
        )
    record = pair.record.claim
    denier = record.claimant or "the record"
    return f"{denier} denies {interval(record)} for {record.subject}{_origin(pair)}, against {ours}"


def _agreement(pair: Pair) -> str:
    if pair.ratio is not None and abs(pair.ratio - 1) < 1e-9:
        return "they are the same figure"
    claims = (pair.claim.claim, pair.record.claim)
    if any(claim.low is None or claim.high is None for claim in claims):
        return "one lies in what the other leaves open"
    return "within what their writing leaves open they are the same"
