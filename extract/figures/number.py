"""What a number is, and the words and letters that numbers are made of."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal

SPACES = " \u00a0\u2009\u202f"
"""The spaces that stand inside a figure: plain, no-break, thin, narrow no-break."""
SPACE = f"[{SPACES}]"

DIGITS = {"zero": 0, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7,
          "eight": 8, "nine": 9}  # fmt: skip
TEENS = {"ten": 10, "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15,
         "sixteen": 16, "seventeen": 17, "eighteen": 18, "nineteen": 19}  # fmt: skip
TENS = {"twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70,
        "eighty": 80, "ninety": 90}  # fmt: skip
SMALL = DIGITS | TEENS | TENS
SCALES = {
    "dozen": 12.0, "hundred": 1e2, "thousand": 1e3, "lakh": 1e5, "lac": 1e5, "million": 1e6,
    "crore": 1e7, "billion": 1e9, "trillion": 1e12, "quadrillion": 1e15,
}  # fmt: skip
# A fuzzy word reaches over a factor of ten (claims.md): "dozens" from 10 to 100, like "tens".
FUZZY = {scale + "s": value for scale, value in SCALES.items()} | {"tens": 10.0, "dozens": 10.0}
ABBREVIATIONS = {
    "k": 1e3, "K": 1e3, "m": 1e6, "M": 1e6, "mn": 1e6, "Mn": 1e6, "MN": 1e6, "mln": 1e6,
    "mil": 1e6, "b": 1e9, "B": 1e9, "bn": 1e9, "Bn": 1e9, "BN": 1e9, "bln": 1e9, "bil": 1e9,
    "T": 1e12, "tn": 1e12, "Tn": 1e12, "TN": 1e12, "trn": 1e12, "tln": 1e12,
}  # fmt: skip
# These are magnitudes behind a currency only: "t" may be a tonne, "mm" a millimetre.
MONEY_ABBREVIATIONS = ABBREVIATIONS | {
    "t": 1e12, "tr": 1e12, "mm": 1e6, "MM": 1e6, "cr": 1e7, "Cr": 1e7
}  # fmt: skip
PARTS = {
    "half": 2, "third": 3, "quarter": 4, "fourth": 4, "fifth": 5, "sixth": 6, "seventh": 7,
    "eighth": 8, "ninth": 9, "tenth": 10, "twentieth": 20, "thirtieth": 30,
    "fortieth": 40, "fiftieth": 50, "sixtieth": 60, "hundredth": 100, "thousandth": 1000,
}  # fmt: skip
GLYPHS = {
    "½": 1 / 2, "⅓": 1 / 3, "⅔": 2 / 3, "¼": 1 / 4, "¾": 3 / 4, "⅕": 1 / 5, "⅖": 2 / 5, "⅗": 3 / 5,
    "⅘": 4 / 5, "⅙": 1 / 6, "⅚": 5 / 6, "⅛": 1 / 8, "⅜": 3 / 8, "⅝": 5 / 8, "⅞": 7 / 8,
}  # fmt: skip
_TIMES_OF_STEM = {"doubl": 2, "tripl": 3, "trebl": 3, "quadrupl": 4, "quintupl": 5, "sextupl": 6}
_FOLD = {"two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9,
         "ten": 10, "twenty": 20, "fifty": 50, "hundred": 100, "thousand": 1000}  # fmt: skip
MULTIPLES = (
    {stem + end: n for stem, n in _TIMES_OF_STEM.items() for end in ("e", "ed", "es", "ing")}
    | {word + "fold": n for word, n in _FOLD.items()}
    | {"twice": 2}
)


@dataclass(frozen=True, slots=True)
class Number:
    """A number read from the text, from `start` to `end`.

    `low` and `high` differ for fuzzy words only. `kind` is "digits", "words", "fuzzy",
    "share" (low and high in percent), "multiple" (in times) or "scale" (a bare magnitude:
    the "trillion" of "trillion-dollar"). `scale` is the magnitude that `low` holds already,
    1 where none was written; `plain` is true for bare digits ("2025", "12"), which may be a
    year, a day or part of a name.
    """

    start: int
    end: int
    low: float
    high: float
    kind: str
    scale: float = 1.0
    plain: bool = False

    def times(self, scale: float) -> Number:
        """The number with one more magnitude."""
        return replace(
            self,
            low=product(self.low, scale),
            high=product(self.high, scale),
            scale=self.scale * scale,
            plain=False,
        )


def one(start: int, end: int, value: float, kind: str, scale: float = 1.0) -> Number:
    """A number whose bounds are equal."""
    return Number(start, end, value, value, kind, scale)


def fuzzy(start: int, end: int, low: float) -> Number:
    """A fuzzy number: from `low` over a factor of ten."""
    return Number(start, end, low, low * 10, "fuzzy", low)


def product(value: float, factor: float) -> float:
    """The decimal product: 2.3 and 1e9 make 2300000000, with no dust of binary fractions."""
    return float(Decimal(repr(value)) * Decimal(repr(factor)))
