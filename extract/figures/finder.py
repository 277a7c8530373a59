"""From a text to its figures."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from dataclasses import replace

from extract.figures.context import left_tokens
from extract.figures.figure import Figure
from extract.figures.hedges import qualifier
from extract.figures.lexicon import Unit, units, words
from extract.figures.names import is_age, is_name
from extract.figures.nouns import counted
from extract.figures.numbers import FUZZY, MULTIPLES, OPENERS, PARTS, SCALES, SMALL, SPACE
from extract.figures.quantities import TIMES, Quantity, pounds, proportion, read_quantity
from extract.figures.ranges import read_pair

_ANCHOR = re.compile(r"[A-Za-z]+|\.?[0-9]+|[½⅓⅔¼¾⅕⅖⅗⅘⅙⅚⅛⅜⅝⅞]")
_WORDS = (
    SMALL.keys() | SCALES.keys() | FUZZY.keys() | MULTIPLES.keys() | OPENERS
) - PARTS.keys() | {"half", "quarter"}
_MULTI = re.compile(r"[- ]?(million|billion|trillion)", re.IGNORECASE)
_ADDRESSES = re.compile(
    r"(?:https?://|www\.)[^\s<>\"“”]{1,2000}|[\w.+-]{1,64}@[\w-]{1,64}\.[\w.-]{1,64}"
)
# "the two", "one or two", "these three": they point at things and count none anew.
_ELLIPTIC = frozenset("or the these those other last first next only top big all".split())
_NO_NOUN = re.compile(
    r"[\s-](?:of (?:them|us|you|which|whom)\b|are\b|is\b|were\b|have\b|had\b|sides?\b)"
)
# Before "one day" they make it a length of time; "one day" alone is some day.
_SPANS = frozenset("by in for within than just only least over about under after".split())
# "one" is a pronoun more often than a count; it counts before a unit, not before a noun.
_ONE = ("one", "zero")


def find_figures(text: str) -> list[Figure]:
    """The figures of a text, in order and not overlapping; `text[start:end] == quote`."""
    return list(_figures(text))


def dimension(unit: str | None) -> str:
    """What a unit measures: one of `extract.metrics.DIMENSIONS`."""
    if unit is None:
        return "count"
    known = units().dimensions.get(unit)
    if known:
        return known
    return "money" if re.fullmatch("[A-Z]{3}", unit) and unit not in _NOT_MONEY else "count"


# Plain nouns in capitals that look like a currency code.
_NOT_MONEY = frozenset(
    {"CPU", "GPU", "TPU", "API", "LLM", "CEO", "ETF", "IPO", "NGO", "SMS", "APP"}
)


def _figures(text: str) -> Iterator[Figure]:
    done = 0
    addresses = (
        _ADDRESSES.finditer(text) if "://" in text or "@" in text or "www." in text else iter(())
    )
    address = next(addresses, None)
    for anchor in _ANCHOR.finditer(text):
        pos = anchor.start()
        if pos < done or (text[pos].isalpha() and anchor[0].lower() not in _WORDS):
            continue
        while address and address.end() <= pos:
            address = next(addresses, None)
        if address and address.start() <= pos:
            continue
        if anchor[0][0] == "." and pos and (text[pos - 1].isalnum() or text[pos - 1] in ".)]"):
            pos += 1
        if pos and (text[pos - 1].isalnum() or text[pos - 1] == "_") and not text[pos] in "½⅓⅔¼¾⅛":
            if not _after_sign(text, pos):
                continue
        figure, end = _figure(text, pos, done)
        done = max(done, end)
        if figure is not None:
            yield figure


def _after_sign(text: str, pos: int) -> bool:
    """A code may touch its number: "USD115", "NIS40"."""
    return text[pos].isdigit() and text[pos - 1] in "DRPYBFMKSWs" and not text[pos - 1].isdigit()


def _figure(text: str, pos: int, done: int) -> tuple[Figure | None, int]:
    """The figure at `pos`, if any, and where to read on."""
    quantity = read_quantity(text, pos)
    if quantity is None or quantity.start < done:
        return None, pos
    quantity = proportion(text, pounds(text, quantity))
    left = left_tokens(text, quantity.start)
    quantity = _count(text, quantity, left)
    if end := is_name(text, quantity, left):
        return None, max(end, quantity.number.end)
    pair = read_pair(text, quantity, left, lambda at: _second(text, at))
    if pair and (pair.score or is_age(text, pair.second)):
        return None, pair.second.end
    if pair and pair.is_range:
        return _range(text, pair.first, pair.second)
    if pair:
        quantity = pair.first
    if _idle(text, quantity, left):
        return None, quantity.number.end
    return _one(text, quantity, left), quantity.end


def _second(text: str, pos: int) -> Quantity | None:
    quantity = read_quantity(text, pos)
    return quantity and pounds(text, quantity)


def _count(text: str, quantity: Quantity, left: list[str]) -> Quantity:
    """The quantity with the noun that it counts, where it has no unit."""
    if quantity.unit is not None:
        if quantity.unit.name == "times" and not quantity.unit.quoted:
            return replace(quantity, unit=_from_context(text, quantity, left) or quantity.unit)
        return quantity
    if quantity.number.scale >= 1e9 and _SIZED.match(text, quantity.end):
        return replace(quantity, unit=units().phrases["parameter"])
    unit, end = counted(
        text,
        quantity.end,
        quantity.number.low,
        quantity.number.kind == "fuzzy" or quantity.number.scale > 1,
    )
    if unit is None or unit.name == "time":
        unit = _from_context(text, quantity, left) or unit
    if unit is None:
        return quantity
    return replace(quantity, unit=unit, end=end if unit.dimension == "GPU-hour" else quantity.end)


_CONTEXT = re.compile(rf"[\s-]context\b")
_SIZED = re.compile(
    rf"[\s-](?:(?:total|active|activated|dense|sparse|MoE|open|language|base|reasoning){SPACE}){{0,2}}"
    r"(?:models?|active|activated|parameters?|variants?|checkpoints?|versions?|total)\b"
)


def _from_context(text: str, quantity: Quantity, left: list[str]) -> Unit | None:
    """The unit that the words around give: "spent billions", "downloaded 5m times"."""
    near = {token.lower() for token in left[-7:]}
    if [token.lower() for token in left[-2:]] == ["factor", "of"]:
        return TIMES
    number = quantity.number
    of = text.startswith(" of ", quantity.end) and not text.startswith(" of times", quantity.end)
    if near & {"downloaded", "installed"} and not of:
        return units().phrases["download"]
    if number.scale >= 1e3 and (
        _CONTEXT.match(text, quantity.end)
        or ("context" in near and near & {"of", "window", "length"})
    ):
        return units().phrases["token"]
    if number.scale >= 1e6 and number.kind in ("fuzzy", "words") and words().money & near:
        return Unit("USD", "money")
    if number.scale >= 1e9 and near & {"parameters", "parameter"}:
        return units().phrases["parameter"]
    return None


def _idle(text: str, quantity: Quantity, left: list[str]) -> bool:
    """Words of number that state no figure: "one of them", "the two", "several"."""
    number = quantity.number
    if number.kind != "words" or number.scale > 1 or number.low >= 13:
        return False
    word = text[number.start : number.end].lower()
    before = left[-1].lower() if left else ""
    if quantity.unit is None and (before in _ELLIPTIC or _NO_NOUN.match(text, number.end)):
        return True
    if word == "one" and quantity.unit and quantity.unit.name in ("day", "point") and text[number.end] != "-":
        return before not in _SPANS
    return word in _ONE and (
        quantity.unit is None or not quantity.unit.quoted or quantity.unit.dimension == "count"
    )


def _one(text: str, quantity: Quantity, left: list[str]) -> Figure | None:
    low, high = quantity.low, quantity.high
    if not (math.isfinite(low) and math.isfinite(high)):
        return None
    if low < high:
        return _made(text, quantity, (low + high) / 2, low, high, "range")
    unit = quantity.unit
    sure = qualifier(text, left, quantity.end, unit is not None and unit.dimension == "time")
    if (
        sure == "exact"
        and "+" in text[quantity.number.start : quantity.end]
        and "^" not in text[quantity.number.start : quantity.end]
    ):
        sure = "at_least"
    return _made(
        text,
        quantity,
        low,
        None if sure == "at_most" else low,
        None if sure == "at_least" else low,
        sure,
    )


def _range(text: str, first: Quantity, second: Quantity) -> tuple[Figure | None, int]:
    second = _count(text, second, [])
    low, high = first.low, second.high
    if not (math.isfinite(low) and math.isfinite(high) and low < high):
        return None, second.end
    whole = replace(second, start=first.start)
    return _made(text, whole, (low + high) / 2, low, high, "range"), second.end


def _made(
    text: str, quantity: Quantity, value: float, low: float | None, high: float | None, sure: str
) -> Figure:
    return Figure(
        quote=text[quantity.start : quantity.end],
        start=quantity.start,
        end=quantity.end,
        value=value,
        low=low,
        high=high,
        unit=quantity.unit.name if quantity.unit else None,
        qualifier=sure,
    )
