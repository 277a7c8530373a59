"""A number with what belongs to it: sign, currency, magnitude, percent sign, unit."""

from __future__ import annotations

import re
from bisect import bisect
from dataclasses import dataclass, replace
from functools import lru_cache

from extract.figures.context import right_words
from extract.figures.lexicon import Unit, units, words
from extract.figures.numbers import (
    GLYPHS,
    NUMBER_WORDS,
    SPACE,
    Number,
    product,
    read_numeral,
    read_proportion,
    read_words,
)

TIMES = Unit("times", "times")
PERCENT = Unit("percent", "percent")

# Codes that are words or names too ("try 5", "COP 28"): behind them a bare number is none.
_SIGNS_IN_DOUBT = frozenset({"TRY", "COP", "PHP", "CAD", "RM", "Dh", "Rp", "Fr."})
_LONGEST_SIGN = 7
_X = re.compile(rf"{SPACE}?[x×X](?![\w])")
_TIMES = re.compile(rf"(?:{SPACE}|[-‑])times(?![\w])")
_FOLD = re.compile(rf"(?:{SPACE}|[-‑]|)fold(?![\w])", re.IGNORECASE)
# Ten thousand times a comparison is a multiple; ten thousand times something was done is a count.
_COMPARISON = re.compile(
    r"[\s*]+(?:as|the|more|less|faster|slower|cheaper|larger|bigger|smaller|higher|lower|greater|better|its|what|that|stronger)\b"
)
_A_UNIT = re.compile(rf"(?:{SPACE}of)?(?:[ \u00a0-]an?)?(?=[ \u00a0-])")
_MULTIPLE_OF = re.compile(
    r"[\s*”\"]+(?:the|its|their|that|what|as|this|last|in|from|to|over|since|year|by|our|his|her|annual|or|on|every|each)\b|\s*[.,;)—–]|\s*$"
)
_NEVER_AFTER = re.compile(
    r"[-‑][A-Za-z]|\s+(?:down|standard|check|play|dip|agent|helix|edged|a\b|an\b)"
)


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number with its unit; `start` and `end` bound the quote.

    `sign` is -1 behind an explicit minus. `money` is true where a currency stands before
    the number. `reach` is where the unit's noun ends, which may be behind the quote.
    """

    number: Number
    start: int
    end: int
    unit: Unit | None = None
    sign: int = 1
    money: bool = False

    @property
    def bare(self) -> bool:
        """No currency and no unit, so far."""
        return self.unit is None

    @property
    def low(self) -> float:
        """The lower bound in the unit's name, signed."""
        return self._in_unit(self.number.low if self.sign > 0 else -self.number.high)

    @property
    def high(self) -> float:
        """The upper bound in the unit's name, signed."""
        return self._in_unit(self.number.high if self.sign > 0 else -self.number.low)

    def _in_unit(self, value: float) -> float:
        if self.unit is None or self.unit.factor == 1.0:
            return value
        return product(value, self.unit.factor)


def read_quantity(text: str, pos: int) -> Quantity | None:
    """The quantity whose number begins at `pos`; None where no number does."""
    character = text[pos]
    if not (character.isalpha() and character.isascii()):
        sign_start, code = _currency_before(text, pos)
        number = read_numeral(text, pos, code is not None)
        if number is None or (text[sign_start:pos].strip() in _SIGNS_IN_DOUBT and number.plain):
            return None
        return _with_unit(text, number, sign_start, code)
    number = read_words(text, pos)
    if number is None:
        return None
    if number.kind in ("share", "multiple"):
        return _share_or_multiple(text, number)
    sign_start, code = _currency_before(text, pos)
    quantity = _with_unit(text, number, sign_start, code)
    if number.kind == "scale" and not _names_magnitude(text, quantity):
        return None
    return quantity


def _names_magnitude(text: str, quantity: Quantity) -> bool:
    """ "trillion-dollar" is a figure; "per million tokens" is none."""
    return quantity.unit is not None and text[quantity.number.end] in "-‑"


@dataclass(frozen=True, slots=True)
class _Signs:
    pattern: re.Pattern[str]
    lasts: frozenset[str]


def _signs() -> _Signs:
    known = sorted((*units().currency_before, "¥", "￥"), key=len, reverse=True)
    escaped = "|".join(re.escape(sign).replace(r"\ ", SPACE) for sign in known)
    return _Signs(
        re.compile(rf"(?:{escaped})[*_]{{0,2}}{SPACE}?\Z"), frozenset(sign[-1] for sign in known)
    )


_SIGNS = _signs()


def _currency_before(text: str, pos: int) -> tuple[int, str | None]:
    """Where the currency before `pos` begins, and its code; (pos, None) without one."""
    at = pos - 1
    if at >= 0 and text[at] in " \u00a0\u2009\u202f":
        at -= 1
    if at < 0 or text[at] not in _SIGNS.lasts:
        return pos, None
    match = _SIGNS.pattern.search(text, max(0, pos - _LONGEST_SIGN), pos)
    if match is None:
        return pos, None
    sign = match[0].rstrip(" \u00a0\u2009\u202f*_")
    before = text[match.start() - 1] if match.start() else " "
    if sign[0].isalpha() and (before.isalnum() or before in "$_-"):
        return pos, None
    code = units().currency_before.get(re.sub(SPACE, " ", sign)) or yen_or_yuan(text, pos)
    return match.start(), code


def yen_or_yuan(text: str, pos: int) -> str:
    """The currency of a "¥": that of the country or money named nearest to it.

    Without any such word it is the yen, for which Unicode names the sign.
    """
    places, codes = _east_asia(text)
    at = bisect(places, pos)
    near = [n for n in (at - 1, at) if 0 <= n < len(places)]
    # What was named before the figure counts double: a reader has it in mind already.
    return (
        codes[min(near, key=lambda n: max(pos - places[n], 2 * (places[n] - pos)))]
        if near
        else "JPY"
    )


@lru_cache(maxsize=1)  # asked again for every "¥" of one text
def _east_asia(text: str) -> tuple[list[int], list[str]]:
    """Where the text speaks of China or Japan, and the code of the currency there."""
    found = [
        (match.start(), code)
        for code, pattern in (("CNY", words().cny), ("JPY", words().jpy))
        for match in pattern.finditer(text)
    ]
    found.sort()
    return [place for place, _ in found], [code for _, code in found]


def _with_unit(text: str, number: Number, start: int, code: str | None) -> Quantity:
    sign = 1
    if start and text[start - 1] in "-−–" and (start == 1 or text[start - 2] in ' \n\t([\u00a0|“"'):
        if text[start - 1] != "–":
            sign, start = -1, start - 1
    elif text[max(0, start - 6) : start].lower() == "minus ":
        sign, start = -1, start - 6
    if code is not None:
        return Quantity(
            number, start, _restated(text, number.end, code), Unit(code, "money"), sign, True
        )
    quantity = Quantity(number, start, number.end, None, sign)
    unit, end = unit_after(text, number)
    if unit is None:
        return quantity
    if (
        number.kind == "words"
        and text[start : start + 2].lower() == "a "
        and text[number.end] in "-‑"
    ):
        quantity = replace(quantity, start=start + 2)  # "a trillion-dollar company"
    return replace(quantity, unit=unit, end=end if unit.quoted else number.end)


def _restated(text: str, end: int, code: str) -> int:
    """Behind the code where it follows the number too: "$5 million USD"."""
    match = re.compile(rf"{SPACE}?{code}(?![\w])").match(text, end)
    return match.end() if match else end


def unit_after(text: str, number: Number) -> tuple[Unit | None, int]:
    """The unit right behind a number, and where it ends; (None, the number's end) without one."""
    end = number.end
    if end >= len(text):
        return None, end
    at = end + 1 if text[end] in " \u00a0\u2009\u202f" else end
    if at < len(text) and (sign := units().symbols.get(text[at])) and not text[at].isalpha():
        if sign.name == "degree" and at + 1 < len(text) and text[at + 1] in "CF":
            return units().symbols["°" + text[at + 1]], at + 2
        return sign, at + 1
    for pattern in (_X, _FOLD, _TIMES):
        if match := pattern.match(text, end):
            many = number.low >= 1000 and pattern is _TIMES
            if many and not _COMPARISON.match(text, match.end()):
                return Unit("times", "times", quoted=False), end
            return TIMES, match.end()
    if number.kind == "fuzzy" and text.startswith(" of ", end):
        unit, behind = _phrase(text, end + 3, number)
        return (unit, behind) if unit else (None, end)
    return _phrase(text, end, number)


def _phrase(text: str, end: int, number: Number) -> tuple[Unit | None, int]:
    found = right_words(text, end, 4)
    if not found:
        return None, end
    attached = text[end].isalpha()
    for count in range(len(found), 0, -1):
        if count > 1 and any(word[0] in "$€£¥" for word, _ in found[1:count]):
            continue
        behind = found[count - 1][1]
        unit = units().phrases.get(" ".join(word for word, _ in found[:count]).lower().rstrip("."))
        if unit and _stands(text, number, unit, found[:count], behind):
            return unit, behind
        if count == 1:
            symbol = units().symbols.get(found[0][0].rstrip("."))
            spaced = len(found[0][0]) == 1 and not attached and found[0][0] not in "W$€£"
            if symbol and not spaced and not (behind < len(text) and text[behind].isalnum()):
                return symbol, behind - (found[0][0][-1] == ".")
    return None, end


def _stands(
    text: str, number: Number, unit: Unit, found: list[tuple[str, int]], behind: int
) -> bool:
    """Whether the phrase means its unit here."""
    word = found[-1][0]
    if behind < len(text) and text[behind].isalnum():
        return False
    if not unit.quoted and number.low != 1 and text[number.end] not in "-‑":
        return word.lower() in _MANY or word.lower().endswith("s")
    if unit.dimension == "money":
        if unit.scaled or unit.name == "KRW":
            return number.scale > 1.0 or (unit.name == "KRW" and number.low >= 100)
        return not (unit.name == "ZAR" and word[0].isupper())
    if unit.name == "pound" and number.scale >= 1e6:
        return False
    if unit.name == "second" and word == "second" and number.low != 1:
        return text[number.end] in "-‑"  # "100 second stages" are stages
    return True


_MANY = frozenset("people men women children gpu tpu staff personnel".split())


def pounds(text: str, quantity: Quantity) -> Quantity:
    """ "361 million pounds" are money, "200 pounds" a weight."""
    if quantity.bare and quantity.number.scale >= 1e6:
        match = re.compile(rf"{SPACE}pounds?(?![\w])").match(text, quantity.number.end)
        if match:
            return replace(quantity, unit=Unit("GBP", "money"), end=match.end())
    return quantity


def _share_or_multiple(text: str, number: Number) -> Quantity | None:
    word = text[number.start : number.end].lower()
    if number.kind == "multiple":
        if _NEVER_AFTER.match(text, number.end):
            return None
        if word in ("double", "triple", "treble", "quadruple", "quintuple", "twice"):
            before = text[max(0, number.start - 14) : number.start].lower()
            verb = re.search(
                r"(?:to|will|could|would|may|can|should|might|than|nearly|almost|roughly|about|over)\s+$",
                before,
            )
            if not (verb and word != "twice") and not _MULTIPLE_OF.match(text, number.end):
                return None
        return Quantity(number, number.start, number.end, TIMES)
    if measured := _part_of_unit(text, number):
        return measured
    if word == "half" and not _half_counts(text, number):
        return None
    return Quantity(number, number.start, number.end, PERCENT)


def _part_of_unit(text: str, number: Number) -> Quantity | None:
    """ "half an hour", "a quarter of a mile", "half a percentage point": parts of one unit."""
    article = _A_UNIT.match(text, number.end)
    if article is None or article.end() - number.end > 5:
        return None
    part = round(number.low / 100.0, 6)
    one = Number(number.start, article.end(), part, part, "words")
    unit, behind = _phrase(text, article.end(), one)
    if unit is None or unit.dimension not in ("time", "measure", "percent", "point", "money", "W"):
        return None
    if not re.fullmatch(r".*[^s]|.*(?:ss|ous|celsius)", text[article.end() : behind].lower()):
        return None  # "half the hours", "half of days": a share of many
    return Quantity(replace(one, end=behind), number.start, behind, unit)


_HALF_OF = re.compile(
    r"[\s*”\"]+(?:of|the|as|its|their|that|what|this|these|those|his|her|our|my|your|all|in|by|since|from|to|is|are|was|were|a|an|for|and|or|on|at|when|have|has|had|said|say|would|will|with|who|between|year|cash|stock)\b|\s*[.,;:)?!—–]|\s*$"
)
_NO_HALF = re.compile(
    r"\b(?:first|second|latter|other|better|top|bottom|front|back|either|each|final|last|opening|upper|lower|left|right|eastern|western|northern|southern|early|late|third|early|every|next|previous|back|north|south|and|and a)[\s-]+$",
    re.IGNORECASE,
)


def _half_counts(text: str, number: Number) -> bool:
    before = text[max(0, number.start - 12) : number.start]
    if number.end < len(text) and text[number.end] in "-‑":
        return False
    if before.lower().endswith("than "):
        return True
    return bool(_HALF_OF.match(text, number.end)) and not _NO_HALF.search(before)


def proportion(text: str, quantity: Quantity) -> Quantity:
    """ "one in five" instead of its "one"."""
    number = quantity.number
    if quantity.bare and number.scale == 1.0 and (share := read_proportion(text, number)):
        return Quantity(share, share.start, share.end, PERCENT)
    return quantity


def begins_number(text: str, pos: int) -> bool:
    """Whether a digit, a fraction or a word of a number stands at `pos`."""
    if pos >= len(text):
        return False
    if text[pos].isascii() and text[pos].isdigit():
        return True
    if text[pos] in GLYPHS:
        return True
    match = re.compile("[A-Za-z]+").match(text, pos)
    return bool(match) and match[0].lower() in NUMBER_WORDS  # type: ignore[index]
