"""Two quantities that are one figure: "$60bn to $65bn", "10–15%", "between 5 and 7 million"."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace

from extract.figures.lexicon import words
from extract.figures.numbers import SPACE, Number, product
from extract.figures.quantities import Quantity

_FILLER = (
    rf"(?:(?:up{SPACE}to|as{SPACE}(?:much|many|high){SPACE}as|more{SPACE}than|upwards?{SPACE}of|possibly|perhaps|even|maybe|around"
    rf"|about|roughly|nearly|almost|over|an{SPACE}estimated|approximately){SPACE}){{0,2}}"
)
_JOIN = re.compile(
    rf"(?:[-‑]?{SPACE}|[-‑])(?P<word>to|and|or)(?:{SPACE}|[-‑]){_FILLER}"
    rf"|(?P<dash>{SPACE}?[-‑–−—]{SPACE}?|{SPACE}?~{SPACE}?)",
    re.IGNORECASE,
)
_SIGN = re.compile(
    rf"(?:[A-Z]{{1,3}})?[$€£¥₩₹￥]{SPACE}?|(?:RMB|Rs\.?|USD|EUR|GBP|CNY|KRW|INR|JPY){SPACE}"
)


@dataclass(frozen=True, slots=True)
class Pair:
    """What `read_pair` found: the first quantity, mended, and a second one.

    `is_range` says that both are one figure; otherwise the first has taken its unit from
    the second ("from 20 to 80 percent") and the second is found in its own turn.
    `score` is true where the two are digits of a score, of pages or of years.
    """

    first: Quantity
    second: Quantity
    is_range: bool
    score: bool = False


def read_pair(
    text: str, first: Quantity, left: list[str], read: Callable[[int], Quantity | None]
) -> Pair | None:
    """The pair that begins with `first`; None where nothing joins it to another quantity."""
    join = _JOIN.match(text, first.end)
    if join is None:
        return None
    at = join.end()
    if sign := _SIGN.match(text, at):
        at = sign.end()
    second = read(at) if at < len(text) and (text[at].isalnum() or text[at] in "½¼¾.") else None
    if (
        second is None
        or second.start < first.end
        or second.number.kind in ("share", "multiple", "scale")
    ):
        return None
    mended = _share_unit(first, second, join)
    second = _take_currency(first, second)
    word = (join["word"] or "").lower()
    same = _same_unit(mended, second)
    rising = same and mended.low < second.high and mended.sign == second.sign
    if join["dash"]:
        return _dashed(text, mended, second, join["dash"], rising)
    if not rising or first.number.kind == "scale":
        return Pair(mended, second, False) if mended is not first else None
    if word == "and":
        joined = any(token.lower() == "between" for token in left[-4:])
    elif word == "or":
        joined = mended.number.low < second.number.high <= 3 * mended.number.low and not first.money
        joined = joined and (first.bare or second.number.scale > 1)
    else:
        joined = _spreads(left, first)
    return Pair(mended, second, joined)


def _dashed(text: str, first: Quantity, second: Quantity, dash: str, rising: bool) -> Pair | None:
    spaced = dash != dash.strip()
    digits = first.number.kind == "digits" and second.number.kind in ("digits", "fuzzy")
    plain = first.number.plain and second.number.plain and second.bare
    if spaced and (plain or dash.strip() in "-—" or second.bare or not digits):
        return None
    if dash.strip() == "—" and not (digits and second.money == first.money):
        return None
    if rising and not (plain and not _noun_follows(text, second.end)):
        return Pair(first, second, True)
    return Pair(first, second, False, score=plain)


def _noun_follows(text: str, end: int) -> bool:
    return bool(re.compile(rf"(?:{SPACE}|[-‑])[a-zA-Z]{{3,}}").match(text, end))


def _share_unit(first: Quantity, second: Quantity, join: re.Match[str]) -> Quantity:
    """The first with the second's magnitude and unit, where it lacks its own."""
    number = first.number
    word = (join["word"] or "").lower()
    unlike = second.money and not first.money
    scale = second.number.scale
    if (
        (
            number.scale == 1.0
            and scale > 1.0
            and word != "and"
            or (word == "and" and number.scale == 1.0 and scale > 1.0 and number.plain)
        )
        and not unlike
        and number.kind in ("digits", "words")
        and (first.bare or first.money)
    ):
        if number.low <= second.number.low / scale and number.low < 1000:
            number = replace(
                number,
                low=product(number.low, scale),
                high=product(number.high, scale),
                scale=scale,
                plain=False,
            )
    unit = first.unit
    if unit is None and second.unit is not None and not second.money:
        unit = second.unit
    if number is first.number and unit is first.unit:
        return first
    return replace(first, number=number, unit=unit)


def _take_currency(first: Quantity, second: Quantity) -> Quantity:
    if first.money and second.bare and second.number.kind in ("digits", "fuzzy", "words"):
        return replace(second, unit=first.unit)
    return second


def _same_unit(first: Quantity, second: Quantity) -> bool:
    return (first.unit.name if first.unit else None) == (second.unit.name if second.unit else None)


def _spreads(left: list[str], first: Quantity) -> bool:
    """Whether "A to B" is a range, and not a change from A to B."""
    tokens = [token.lower() for token in left[-16:]]
    if "from" not in tokens[-3:]:
        return True
    if words().spread.intersection(tokens):
        return True
    return first.bare and not words().change.intersection(tokens)


def span(pair: Pair) -> tuple[Number, int, int]:
    """The number of a range and the bounds of its quote."""
    first, second = pair.first, pair.second
    number = Number(first.start, second.end, first.low, second.high, "fuzzy")
    return number, first.start, second.end
