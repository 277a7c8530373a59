"""Two quantities that are one figure: "$60bn to $65bn", "10–15%", "between 5 and 7 million"."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace

from extract.figures.currency import SIGN
from extract.figures.lexicon import listed
from extract.figures.number import SPACE
from extract.figures.quantities import Quantity

_HEDGE = (
    rf"up{SPACE}to|as{SPACE}(?:much|many|high){SPACE}as|more{SPACE}than|upwards?{SPACE}of"
    rf"|an{SPACE}estimated|approximately|possibly|perhaps|even|maybe|around|about|roughly|nearly"
    r"|almost|over"
)
_JOIN = re.compile(
    rf"(?:[-‑]?{SPACE}|[-‑])(?P<word>to|and|or)(?:{SPACE}|[-‑])(?:(?:{_HEDGE}){SPACE}){{0,2}}"
    rf"|(?P<dash>{SPACE}?[-‑–−—]{SPACE}?|{SPACE}?~{SPACE}?)",
    re.IGNORECASE,
)
_SIGN = re.compile(rf"(?:{SIGN}){SPACE}?")
_NOUN = re.compile(rf"(?:{SPACE}|[-‑])[a-zA-Z]{{3,}}")
# "$5 to $7 million" are both millions; "$5,000 to $7 million" are not.
_LARGEST_UNSCALED = 1000
# "two or three", but not "two or twenty"
_WIDEST_CHOICE = 3
# "by 25% to 40%" is a range; further apart, the first is the step and the second the level.
_WIDEST_STEP = 3


@dataclass(frozen=True, slots=True)
class Pair:
    """Two quantities that stand together.

    `is_range` says that both are one figure; otherwise the first has taken its unit from
    the second ("from 20 to 80 percent") and the second is found in its own turn.
    `score` is true where the two are digits of a score, of pages or of years.
    """

    first: Quantity
    second: Quantity
    is_range: bool = False
    score: bool = False


def read_pair(
    text: str, first: Quantity, left: list[str], read: Callable[[str, int], Quantity | None]
) -> Pair | None:
    """The pair that begins with `first`; None where nothing joins it to another quantity.

    `left` are the tokens before it; `read` reads the second quantity.
    """
    join = _JOIN.match(text, first.end)
    if join is None:
        return None
    at = join.end()
    if sign := _SIGN.match(text, at):
        at = sign.end()
    second = read(text, at) if at < len(text) and (text[at].isalnum() or text[at] == ".") else None
    if second is None or second.start < first.end:
        return None
    kinds = {first.number.kind, second.number.kind}
    if "scale" in kinds or (len(kinds) > 1 and kinds & {"share", "multiple"}):
        return None
    word = (join["word"] or "").lower()
    mended = _with_scale_of(first, second, word)
    if first.bare and not second.bare and not second.money:
        mended = replace(mended, unit=second.unit)
    if first.money and second.bare:
        second = replace(second, unit=first.unit)
    rising = _name(mended) == _name(second) and mended.low < second.high
    rising = rising and mended.sign == second.sign
    if join["dash"]:
        return _dashed(text, Pair(mended, second), join["dash"], rising)
    if rising and _joins(word, Pair(mended, second), first, left):
        return Pair(mended, second, is_range=True)
    return Pair(mended, second) if mended is not first else None


def _name(quantity: Quantity) -> str | None:
    return quantity.unit.name if quantity.unit else None


def _joins(word: str, pair: Pair, first: Quantity, left: list[str]) -> bool:
    """Whether the word between two rising quantities makes one figure of them."""
    if word == "and":
        return "between" in {token.lower() for token in left[-4:]}
    if word == "or":
        close = pair.second.high <= _WIDEST_CHOICE * pair.first.low
        return close and not first.money and (first.bare or pair.second.number.scale > 1)
    if left and left[-1].lower() == "by" and pair.second.high > _WIDEST_STEP * pair.first.low:
        return False  # "up by $4bn to $20bn"
    return _spreads(left, first)


def _spreads(left: list[str], first: Quantity) -> bool:
    """Whether "A to B" is a range, and not a change from A to B."""
    tokens = [token.lower() for token in left[-16:]]
    if "from" not in tokens[-3:] or listed("range", "spread").intersection(tokens):
        return True
    return first.bare and not listed("range", "change").intersection(tokens)


def _dashed(text: str, pair: Pair, dash: str, rising: bool) -> Pair | None:
    first, second = pair.first, pair.second
    digits = first.number.kind == "digits" and second.number.kind in ("digits", "fuzzy")
    plain = first.number.plain and second.number.plain and second.bare
    if dash != dash.strip() and (plain or second.bare or not digits or dash.strip() != "–"):
        return None
    if dash == "—" and not (digits and second.money == first.money):
        return None
    if rising and (not plain or _NOUN.match(text, second.end)):
        return Pair(first, second, is_range=True)
    return Pair(first, second, score=plain)


def _with_scale_of(first: Quantity, second: Quantity, word: str) -> Quantity:
    """The first with the second's magnitude, where it lacks its own: "5 to 7 million"."""
    number, scale = first.number, second.number.scale
    if number.scale > 1.0 or scale == 1.0 or number.kind not in ("digits", "words"):
        return first
    if (second.money and not first.money) or not (first.bare or first.money):
        return first
    if word == "and" and not number.plain:
        return first
    if number.low > second.number.low / scale or number.low >= _LARGEST_UNSCALED:
        return first
    return replace(first, number=number.times(scale))
