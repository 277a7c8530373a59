"""Digits of the calendar and the clock: they count nothing."""

from __future__ import annotations

import re

from extract.figures.lexicon import listed, one_of
from extract.figures.number import SPACE
from extract.figures.quantities import Quantity

_MONTH = one_of(name.title() for name in listed("names", "months"))
_MONTH_AFTER = re.compile(rf"(?:{SPACE}|-)(?:of{SPACE})?(?:{_MONTH})(?!\w)")
_DAYS = re.compile(r"[0-9]{1,2}(?:st|nd|rd|th)?(?:\s?[-–]\s?[0-9]{1,2}(?:st|nd|rd|th)?)?(?![\w.])")
_YEARS = re.compile(
    r"(?:1[5-9]|20|21)[0-9]{2}(?:\s?[-–/]\s?(?:[0-9]{4}|[0-9]{2}))?(?!\w|[.,][0-9])"
)
_DECADE = re.compile(r"[0-9]{1,3}0[’']?s\b")
_CLOCK = re.compile(
    rf"[0-9]{{1,2}}(?:[:.][0-9]{{2}}(?::[0-9]{{2}})?)?{SPACE}?(?:[ap]\.m\.?|[ap]m\b|AM\b|PM\b|o[’']clock)"
    r"|[0-9]{1,2}:[0-9]{2}(?::[0-9]{2})?"
)
_CLOCK_IN_WORDS = re.compile(rf"[a-z]+{SPACE}(?:o[’']clock|[ap]\.m\.|[ap]m\b)", re.IGNORECASE)
_ORDINAL = re.compile(r"[0-9][0-9,]*(?:st|nd|rd|th)\b", re.IGNORECASE)
_AGE_AFTER = re.compile(
    rf"(?:{SPACE}|[-‑])(?:year|month|week|day)s?(?:[-‑]|{SPACE})old"
    rf"|{SPACE}years?{SPACE}of{SPACE}age|{SPACE}?(?:yo|y/o)\b",
    re.IGNORECASE,
)
_AGES_AFTER = re.compile(
    rf"(?:{SPACE}?[-–]{SPACE}?|{SPACE}(?:to|and|or){SPACE}|-(?:to|or)-)"
    rf"[0-9a-z]{{1,12}}(?:{SPACE}|[-‑])(?:year|month)s?(?:{SPACE}|[-‑])old"
)
_AGED = frozenset({"aged", "age", "ages"})
# "a ban for under 16s", "in her 20s"
_PEOPLE_OF_AGE = frozenset({"under", "over", "the", "her", "his", "early", "mid", "late"})
# "more than 2000 employees" is no year, nor are round numbers before a noun.
_ROUND = frozenset({1500.0, 1600.0, 1800.0, 2000.0})
_COUNTED = frozenset({"person", "accelerator", "token", "W", "download"})


def is_age(text: str, quantity: Quantity) -> bool:
    """ "34-year-old", "12 years old", the first of "18- to 24-year-olds"."""
    end = quantity.number.end
    return bool(_AGE_AFTER.match(text, end) or _AGES_AFTER.match(text, end))


def clock_time(text: str, quantity: Quantity) -> int:
    """Where a time of day, or an ordinal in digits, ends; 0 where there is none."""
    if quantity.number.kind == "words":
        match = _CLOCK_IN_WORDS.match(text, quantity.start)
    else:
        match = _CLOCK.match(text, quantity.start) or _ORDINAL.match(text, quantity.start)
    return match.end() if match else 0


def date_with_unit(text: str, quantity: Quantity, left: list[str]) -> int:
    """Where a date ends that reads like a measure: "the 90s", "under 16s", "2026 fiscal year"."""
    number, unit = quantity.number, quantity.unit
    if unit is None or not number.plain or unit.dimension != "time":
        return 0
    before = left[-1].lower() if left else ""
    if before in _AGED:
        return quantity.end
    if unit.name == "second" and text[number.end] in "s’'":
        length = number.end - number.start
        decade = length in (2, 4) and _DECADE.match(text, number.start)
        return quantity.end if decade or (length == 2 and before in _PEOPLE_OF_AGE) else 0
    a_year = unit.name == "year" and text[quantity.end - 1] == "r" and text[number.end] in " \u00a0"
    return quantity.end if a_year and 1900 <= number.low < 2100 else 0


def date(text: str, quantity: Quantity, left: list[str]) -> int:
    """Where the day, year, decade or age ends that bare digits write; 0 where they do not."""
    start, value = quantity.number.start, quantity.number.low
    last = left[-1].lower() if left else ""
    if value <= 31 and (match := _DAYS.match(text, start)):
        if last in listed("names", "months"):
            return match.end()
        if month := _MONTH_AFTER.match(text, match.end()):
            return month.end()
    if (match := _YEARS.match(text, start)) and not (
        match.end() == quantity.number.end and _counts_in_years(quantity, last, left)
    ):
        return match.end()
    if match := _DECADE.match(text, start):
        return match.end()
    return quantity.number.end if _is_age_alone(text, quantity, left) else 0


def _counts_in_years(quantity: Quantity, last: str, left: list[str]) -> bool:
    if quantity.dimension() not in _COUNTED:
        return False
    return quantity.number.low in _ROUND or last == "than" or last in _LEAD_TO_COUNTS


_LEAD_TO_COUNTS = frozenset(
    {"about", "nearly", "almost", "roughly", "approximately", "least", "over"}
)


def _is_age_alone(text: str, quantity: Quantity, left: list[str]) -> bool:
    """ "Jane Doe, 34, of Leeds", "aged 34"."""
    if not left or not 1 <= quantity.number.low <= 119:
        return False
    if left[-1].lower() in _AGED:
        return True
    end = quantity.number.end
    named = left[-1] == "," and len(left) > 1 and left[-2][0].isupper()
    closed = text[end : end + 1] in (",", ")")
    return closed and named and quantity.number.low >= 15 and quantity.bare
