"""A number with what belongs to it: sign, currency, magnitude, percent sign, unit."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from extract.figures.context import right_words
from extract.figures.currency import IN_DOUBT, currency_before
from extract.figures.lexicon import PERCENT, TIMES, Unit, listed, one_of, units
from extract.figures.number import SPACE, SPACES, Number, one, product
from extract.figures.numerals import and_part, read_numeral
from extract.figures.spoken import read_proportion, read_words

_MOST_WORDS = 4  # "floating point operations per second" is written shorter in news
_ARTICLE = re.compile(rf"an?(?={SPACE})", re.IGNORECASE)
_X = re.compile(rf"{SPACE}?[x×X](?![\w])")
_TIMES = re.compile(rf"(?:{SPACE}|[-‑])times(?![\w])")
_FOLD = re.compile(rf"(?:{SPACE}|[-‑]|)fold(?![\w])", re.IGNORECASE)
_COMPARISON = re.compile(rf"[\s*]+(?:{one_of(listed('multiples', 'comparison'))})\b")
_POUNDS = re.compile(rf"{SPACE}pounds?(?![\w])")
# Units whose words are something else too: a magnitude or a sum makes them money.
_LEAST_WON = 100
_LEAST_POUNDS = 1e6
# From here on "times" counts how often something was done, unless a comparison follows.
_MANY_TIMES = 1000


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number with its unit; `start` and `end` bound the quote.

    `sign` is -1 behind an explicit minus. `money` is true where a currency stands before
    the number.
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
        """The lower bound, signed, counted in the unit's name."""
        return self._in_unit(self.number.low if self.sign > 0 else -self.number.high)

    @property
    def high(self) -> float:
        """The upper bound, signed, counted in the unit's name."""
        return self._in_unit(self.number.high if self.sign > 0 else -self.number.low)

    def _in_unit(self, value: float) -> float:
        if self.unit is None or self.unit.factor == 1.0:
            return value
        return product(value, self.unit.factor)

    def quote(self, text: str) -> str:
        """The characters of the text that write the quantity."""
        return text[self.start : self.end]

    def dimension(self) -> str:
        """The unit's dimension; "count" without a unit."""
        return self.unit.dimension if self.unit else "count"


def read_quantity(text: str, pos: int, shares: bool = True) -> Quantity | None:
    """The quantity whose number begins at `pos`; None where no number does.

    Shares and multiples ("half", "doubled") come as they are: `portions` says whether
    they count, and without `shares` "two quarters" are two of a unit.
    """
    start, code = currency_before(text, pos)
    if text[pos].isascii() and text[pos].isalpha():
        number = read_words(text, pos, shares)
        if number is not None and number.kind in ("share", "multiple"):
            unit = PERCENT if number.kind == "share" else TIMES
            return Quantity(number, number.start, number.end, unit)
    else:
        number = read_numeral(text, pos, code is not None)
        if number and number.plain and text[start:pos].strip() in IN_DOUBT:
            return None
    if number is None:
        return _single_unit(text, pos)
    sign, start = _sign(text, start)
    if code is not None:
        end = _restated(text, number.end, code)
        return Quantity(number, start, end, Unit(code, "money"), sign, money=True)
    quantity = _with_unit(text, Quantity(number, start, number.end, None, sign))
    if number.kind == "scale" and (quantity.bare or text[number.end] not in "-‑"):
        return None  # "trillion-dollar" is a figure, "per million tokens" none
    if quantity.bare and number.scale == 1.0 and (share := read_proportion(text, number)):
        return Quantity(share, share.start, share.end, PERCENT)
    return quantity


def _sign(text: str, start: int) -> tuple[int, int]:
    """-1 and the place of the minus where one stands before `start`; else 1 and `start`."""
    if (
        start
        and text[start - 1] in "-−"
        and (start == 1 or text[start - 2] in f'\n\t([|“"{SPACES}')
    ):
        return -1, start - 1
    if text[max(0, start - 6) : start].lower() == "minus ":
        return -1, start - 6
    return 1, start


def _restated(text: str, end: int, code: str) -> int:
    """Behind the code where it follows the number too: "$5 million USD"."""
    at = end + 1 if text[end : end + 1] and text[end] in SPACES else end
    behind = at + len(code)
    return behind if text[at:behind] == code and not text[behind : behind + 1].isalnum() else end


def _with_unit(text: str, quantity: Quantity) -> Quantity:
    number = quantity.number
    if number.scale >= _LEAST_POUNDS and (match := _POUNDS.match(text, number.end)):
        return replace(quantity, unit=Unit("GBP", "money"), end=match.end())
    unit, end = _unit_after(text, number)
    if unit is None:
        return quantity
    if number.kind == "words" and text[number.end] in "-‑" and text[number.start].lower() == "a":
        quantity = replace(quantity, start=number.start + 2)  # "a trillion-dollar company"
    return replace(quantity, unit=unit, end=end if unit.quoted else number.end)


def _unit_after(text: str, number: Number) -> tuple[Unit | None, int]:
    """The unit right behind a number, and where it ends; (None, the number's end) without one."""
    end = number.end
    if end >= len(text):
        return None, end
    at = end + 1 if text[end] in SPACES else end
    sign = units().symbols.get(text[at : at + 1])
    if sign and not text[at].isalpha():
        longer = units().symbols.get(text[at : at + 2])  # "°C" after "°"
        return (longer, at + 2) if longer and at + 2 <= len(text) else (sign, at + 1)
    for pattern in (_X, _FOLD, _TIMES):
        if match := pattern.match(text, end):
            if number.low < _MANY_TIMES or _COMPARISON.match(text, match.end()):
                return TIMES, match.end()
            return replace(TIMES, quoted=False), end
    if number.kind == "fuzzy" and text.startswith(" of ", end):
        unit, behind = unit_phrase(text, end + 3, number)
        return (unit, behind) if unit else (None, end)
    return unit_phrase(text, end, number)


def unit_phrase(text: str, end: int, number: Number) -> tuple[Unit | None, int]:
    """The unit in words or letters that begins at `end`, behind `number`, and where it ends."""
    found = right_words(text, end, _MOST_WORDS)
    for count in range(len(found), 0, -1):
        behind = found[count - 1][1]
        phrase = " ".join(word for word, _ in found[:count]).lower().rstrip(".")
        unit = units().phrases.get(phrase)
        if unit and _means(text, number, unit, found[count - 1][0]):
            return unit, behind
    if not found:
        return None, end
    word, behind = found[0]
    symbol = units().symbols.get(word.rstrip("."))
    # "5 h" may be anything; "(4.9 m)" is a length, "5 W" a power, "5 $" money.
    alone = len(word) == 1 and not text[end].isalpha() and word not in "W$€£"
    if symbol is None or (alone and text[behind : behind + 1] != ")"):
        return None, end
    return symbol, behind - word.endswith(".")


def _means(text: str, number: Number, unit: Unit, word: str) -> bool:
    """Whether the phrase that ends in `word` means its unit here."""
    hyphen = text[number.end] in "-‑"
    if not unit.quoted and number.low != 1 and not hyphen:
        return is_plural(word)
    if unit.scaled:
        return number.scale > 1.0
    if unit.name == "KRW":  # "twelve won"
        return number.scale > 1.0 or number.low >= _LEAST_WON
    if unit.name == "ZAR":  # "5 Rand researchers"
        return word.islower()
    if unit.name == "second" and word == "second":  # "100 second stages" are stages
        return hyphen or number.low == 1
    return True


def is_plural(word: str) -> bool:
    """Whether a noun stands for many."""
    return word.lower().endswith("s") or word.lower() in listed("nouns", "plural_enough")


def _single_unit(text: str, pos: int) -> Quantity | None:
    """ "a gigawatt", "a cent", "a month and a half": an article before a unit, not a noun."""
    article = _ARTICLE.match(text, pos)
    if article is None:
        return None
    number = one(pos, article.end(), 1.0, "words")
    unit, behind = unit_phrase(text, article.end(), number)
    if unit is None:
        return None
    if unit.dimension == "time" and (half := and_part(text, behind)):
        return Quantity(one(pos, half[1], 1.0 + half[0], "words"), pos, half[1], unit)
    cent = unit.dimension == "money" and unit.factor < 1.0
    if not (unit.dimension == "W" or cent) or text[behind : behind + 1] in ("-", "‑"):
        return None  # "a gigawatt-scale site"
    return Quantity(number, pos, behind, unit)


def part_of_unit(text: str, share: Number) -> Quantity | None:
    """ "half an hour", "a quarter of a mile", "half a percentage point": parts of one unit."""
    article = _A_UNIT.match(text, share.end)
    if article is None:
        return None
    part = one(share.start, article.end(), round(share.low / 100.0, 6), "words")
    unit, behind = unit_phrase(text, article.end(), part)
    if unit is None or unit.dimension not in _DIVISIBLE:
        return None
    if _MANY.fullmatch(text, article.end(), behind):
        return None  # "half the hours": a share of many
    return Quantity(replace(part, end=behind), share.start, behind, unit)


_A_UNIT = re.compile(rf"(?:{SPACE}of)?(?:[{SPACES}-]an?)?(?=[{SPACES}-])")
_DIVISIBLE = frozenset({"time", "measure", "percent", "point", "money", "W"})
_MANY = re.compile(r".*(?<!s)(?<!celsiu)s", re.IGNORECASE | re.DOTALL)
