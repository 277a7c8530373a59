"""From a text to its figures."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from dataclasses import replace

from extract.figures.context import left_tokens
from extract.figures.dates import is_age
from extract.figures.figure import Figure
from extract.figures.hedges import qualifier
from extract.figures.lexicon import listed, units
from extract.figures.names import is_name
from extract.figures.nouns import count_unit, implied_unit
from extract.figures.number import GLYPHS
from extract.figures.portions import portion
from extract.figures.quantities import Quantity, read_quantity
from extract.figures.ranges import read_pair
from extract.figures.spoken import FIRST_WORDS

_ANCHOR = re.compile(rf"[A-Za-z]+|\.?[0-9]+|[{''.join(GLYPHS)}]")
_ADDRESSES = re.compile(
    r"(?:https?://|www\.)[^\s<>\"“”]{1,2000}|[\w.+-]{1,64}@[\w-]{1,64}\.[\w.-]{1,64}"
)
# Codes that touch their number end in one of these: "USD115", "NIS40", "Rs5".
_ENDS_OF_CODES = frozenset(sign[-1] for sign in units().currency_before if sign[-1].isalpha())
_RESTATES = re.compile(r"\s\((?:(?:or|about|around|roughly|approximately|nearly|some|~|≈)\s?)?")
_NO_NOUN = re.compile(
    r"[\s-](?:of (?:them|us|you|which|whom)\b|are\b|is\b|were\b|have\b|had\b|sides?\b)"
)
# Number words up to here are used to point at things: "the two", "these three".
_LARGEST_POINTER = 12


def find_figures(text: str) -> list[Figure]:
    """The figures of a text, in order and not overlapping; `text[start:end] == quote`."""
    found: list[Figure] = []
    done = 0
    for pos in _anchors(text):
        if pos >= done:
            figure, end = _figure(text, pos, done)
            done = max(done, end)
            if figure is not None:
                found.append(_restated(text, found[-1], figure) if found else figure)
    return found


def _restated(text: str, before: Figure, figure: Figure) -> Figure:
    """The figure, as sure as the one that it gives again in another unit.

    "Up to €75 billion ($87 billion)" is at most both.
    """
    kind = dimension(figure.unit)
    if kind not in ("money", "measure") or dimension(before.unit) != kind:
        return figure
    between, behind = text[before.end : figure.start], text[figure.end : figure.end + 1]
    if before.unit == figure.unit or behind != ")" or not _RESTATES.fullmatch(between):
        return figure
    bound = before.qualifier in ("at_least", "at_most") and figure.qualifier == "approximate"
    if not bound and (figure.qualifier != "exact" or before.qualifier == "range"):
        return figure
    value, sure = figure.value, before.qualifier
    low = None if sure == "at_most" else value
    return replace(figure, low=low, high=None if sure == "at_least" else value, qualifier=sure)


def dimension(unit: str | None) -> str:
    """What a unit measures: one of `extract.metrics.DIMENSIONS`."""
    return units().dimensions.get(unit, "count") if unit else "count"


def _anchors(text: str) -> Iterator[int]:
    """The places where a number may begin: digits and number words outside addresses."""
    addresses = _ADDRESSES.finditer(text) if re.search("://|www[.]|@", text) else iter(())
    address = next(addresses, None)
    for anchor in _ANCHOR.finditer(text):
        pos = anchor.start()
        if text[pos].isascii() and text[pos].isalpha() and anchor[0].lower() not in FIRST_WORDS:
            continue
        while address and address.end() <= pos:
            address = next(addresses, None)
        if address and address.start() <= pos:
            continue
        before = text[pos - 1] if pos else " "
        if anchor[0][0] == "." and (before.isalnum() or before in ".)]"):
            pos += 1
        elif before.isalnum() and not (text[pos].isdigit() and before in _ENDS_OF_CODES):
            continue
        yield pos


def _figure(text: str, pos: int, done: int) -> tuple[Figure | None, int]:
    """The figure whose number begins at `pos`, if any, and where to read on."""
    quantity = read_quantity(text, pos)
    if quantity is None or quantity.start < done:
        return None, pos
    left = left_tokens(text, quantity.start)
    if quantity.number.kind in ("share", "multiple"):
        counting = portion(text, quantity, left)
        if counting is None and quantity.quote(text).endswith("quarters"):
            counting = read_quantity(text, pos, shares=False)  # "for two quarters"
        if counting is None:
            return None, quantity.end
        quantity = counting
    quantity = _count(text, quantity, left)
    if end := is_name(text, quantity, left):
        return None, max(end, quantity.number.end)
    pair = read_pair(text, quantity, left, read_quantity)
    if pair and (pair.score or is_age(text, pair.second)):
        return None, pair.second.end
    if pair and pair.is_range:
        second = _count(text, pair.second, left)
        whole = replace(second, start=pair.first.start)
        return _made(text, whole, pair.first.low, second.high, "range"), second.end
    if pair:
        quantity = pair.first
    if _points(text, quantity, left):
        return None, quantity.number.end
    if quantity.low < quantity.high:
        return _made(text, quantity, quantity.low, quantity.high, "range"), quantity.end
    sure = _qualifier(text, quantity, left)
    return _made(text, quantity, quantity.low, quantity.high, sure), quantity.end


def _count(text: str, quantity: Quantity, left: list[str]) -> Quantity:
    """The quantity with the noun that it counts, where it has no unit."""
    if quantity.unit is None:
        unit, end = count_unit(text, quantity, left)
        return replace(quantity, unit=unit, end=end)
    if quantity.unit.name == "times" and not quantity.unit.quoted:
        return replace(quantity, unit=implied_unit(text, quantity, left) or quantity.unit)
    return quantity


def _points(text: str, quantity: Quantity, left: list[str]) -> bool:
    """Words of number that state no figure: "one of them", "the two", "one day"."""
    number = quantity.number
    if number.kind != "words" or number.scale > 1 or number.low > _LARGEST_POINTER:
        return False
    before = left[-1].lower() if left else ""
    if quantity.bare and (
        before in listed("nouns", "pointing") or _NO_NOUN.match(text, number.end)
    ):
        return True
    # "one" is a pronoun more often than a count: it counts before a unit, not before a noun
    if text[number.start : number.end].lower() not in ("one", "zero"):
        return False
    if quantity.unit is None or not quantity.unit.quoted or quantity.unit.dimension == "count":
        return True
    idiom = quantity.unit.name in ("day", "point") and text[number.end] != "-"
    return idiom and before not in listed("nouns", "lengths")


def _qualifier(text: str, quantity: Quantity, left: list[str]) -> str:
    sure = qualifier(text, left, quantity.end, quantity.dimension() == "time")
    written = text[quantity.number.start : quantity.end]
    if sure == "exact" and re.search(r"[0-9]\+", written):  # "850+ billion"
        return "at_least"
    return sure


def _made(text: str, quantity: Quantity, low: float, high: float, sure: str) -> Figure | None:
    """The figure of a quantity; None where its value is beyond any float."""
    if not (math.isfinite(low) and math.isfinite(high) and math.isfinite(low + high)):
        return None
    return Figure(
        quote=quantity.quote(text),
        start=quantity.start,
        end=quantity.end,
        value=(low + high) / 2 if sure == "range" else low,
        low=None if sure == "at_most" else low,
        high=None if sure == "at_least" else high,
        unit=quantity.unit.name if quantity.unit else None,
        qualifier=sure,
    )
