"""Dates and periods as news writes them: what time they cover, and when two are the same."""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

# Not from the standard library, whose names follow the machine's locale.
MONTH_NAMES = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
MONTHS = {
    **{name.lower(): number for number, name in enumerate(MONTH_NAMES, 1)},
    **{name[:3].lower(): number for number, name in enumerate(MONTH_NAMES, 1)},
    "sept": 9,
}
ORDINALS = {
    **{"first": 1, "1st": 1, "second": 2, "2nd": 2},
    **{"third": 3, "3rd": 3, "fourth": 4, "4th": 4},
}
# First and last month; winter is left out, as it lies in two years.
SEASONS = {"spring": (3, 5), "summer": (6, 8), "autumn": (9, 11), "fall": (9, 11)}
# "Early 2023" is taken as a third of the year, so that "mid" and "late" have theirs.
PARTS = {
    **dict.fromkeys(("early", "beginning", "start"), (1, 4)),
    **dict.fromkeys(("mid", "middle"), (5, 8)),
    **dict.fromkeys(("late", "end"), (9, 12)),
}
FILLERS = frozenset({
    "the", "of", "in", "for", "a", "an", "per", "each", "every", "during", "ending", "ended",
    "calendar", "full", "basis", "active", "users", "user", "revenue",
})  # fmt: skip
# How often, and how counted: one word for each, whatever the outlet prefers.
RECURRING = {
    **dict.fromkeys(("annual", "annually", "yearly"), "annual"),
    **dict.fromkeys(("quarterly",), "quarter"),
    **dict.fromkeys(("monthly", "month", "months", "mau", "maus"), "month"),
    **dict.fromkeys(("weekly", "week", "weeks", "wau", "waus"), "week"),
    **dict.fromkeys(("daily", "day", "days", "dau", "daus"), "day"),
}
# Words that name a period where a number stands beside them, and a habit where none does.
GENERIC = {"year": "annual", "years": "annual", "quarter": "quarter", "half": "half"}
ANNUALISED = frozenset(["annualised", "annualized", "arr", "run", "rate", "runrate", "recurring"])
TOKEN = re.compile(r"[^\W\d_]+\d*|\d+(?:st|nd|rd|th)?")
ISO_DAY = re.compile(r"(\d{4})-(\d{2})-(\d{2})(?:[t ].*)?")
YEARS = re.compile(r"(\d{4})\s?(?:-|–|—|to)\s?(\d{4})")


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of days, both ends included."""

    first: date
    last: date

    @property
    def middle(self) -> float:
        """The middle day, as a proleptic ordinal; halves occur."""
        return (self.first.toordinal() + self.last.toordinal()) / 2

    def overlaps(self, other: Span) -> bool:
        """Whether some day lies in both."""
        return self.first <= other.last and other.first <= self.last


def span(text: str | None) -> Span | None:
    """The days that a date or period covers, or None where it names no year of the calendar.

    Reads ISO dates and times, "2025", "2025-09", "2026-Q1", "Q2 2025", "second half of 2024",
    "early 2023", "19 September 2025", "2016-2017". Fiscal years begin when their company
    likes, so they give no days. Words that narrow further ("first five months of 2026") are
    passed over: the days are then those of the year.
    """
    return _read(text.strip().lower())[0] if text else None


def equal_periods(one: str | None, other: str | None) -> bool:
    """Whether both name one and the same period in time, a fiscal one included."""
    if not one or not other or not re.search(r"\d{4}|fy\d\d", one.lower()):
        return False
    return period_key(one) == period_key(other)


def period_key(text: str) -> str:
    """A key that two ways to write one period share: "Q2 2025", "second quarter of 2025".

    Fiscal and calendar years keep apart, and so do "annual" and "annualised".
    """
    days, rest = _read(text.strip().lower())
    known = f"{days.first}/{days.last}" if days else ""
    return " ".join(filter(None, (known, *rest))) or text.strip().lower()


@lru_cache(maxsize=4096)
def _read(text: str) -> tuple[Span | None, tuple[str, ...]]:
    """The days of a period, and what else it says in words of ours."""
    if match := ISO_DAY.fullmatch(text):
        return _days(*map(int, match.groups())), ()
    if match := YEARS.fullmatch(text):
        first, last = map(int, match.groups())
        if 1 <= first <= last:
            return Span(date(first, 1, 1), date(last, 12, 31)), ()
    return _Words(text).read()


def _days(year: int, month: int, day: int) -> Span | None:
    try:
        only = date(year, month, day)
    except ValueError:
        return None
    return Span(only, only)


class _Words:
    """Reads a period word by word."""

    def __init__(self, text: str) -> None:
        self.year: int | None = None
        self.months: tuple[int, int] | None = None
        self.day: int | None = None
        self.fiscal = False
        self.rest: list[str] = []
        self.tag = ""
        self.generic = ""
        tokens = TOKEN.findall(text)
        for at, token in enumerate(tokens):
            self._take(token, tokens[at + 1 : at + 3])

    def read(self) -> tuple[Span | None, tuple[str, ...]]:
        rest = tuple(self.rest)
        if self.year is None:
            return None, (*filter(None, (self.tag or self.generic,)), *rest)
        if self.fiscal:
            return None, (f"fiscal {self.year} {self.tag}".strip(), *rest)
        if self.day is not None and self.months:
            return _days(self.year, self.months[0], self.day), rest
        first, last = self.months or (1, 12)
        ends = date(self.year, last, monthrange(self.year, last)[1])
        return Span(date(self.year, first, 1), ends), rest

    def _take(self, token: str, following: list[str]) -> None:
        if match := re.fullmatch(r"fy(\d\d|\d{4})?", token):
            self.fiscal = True
            if digits := match[1]:
                self.year = int(digits) % 100 + 2000 if len(digits) == 2 else int(digits)
        elif token in ("fiscal", "financial"):
            self.fiscal = True
        elif re.fullmatch(r"(?:19|20|21)\d\d", token) and self.year is None:
            self.year = int(token)
        elif match := re.fullmatch(r"([qh])([1-4])", token):
            self._part_of_year(match[1], int(match[2]))
        elif token in ORDINALS and (part := _part_named(following)):
            self._part_of_year(part, ORDINALS[token])
        elif token in MONTHS and self.months is None:
            self._narrow(MONTHS[token], MONTHS[token], f"m{MONTHS[token]}")
        elif re.fullmatch(r"\d\d?(?:st|nd|rd|th)?", token):
            self._take_number(int(re.sub(r"\D", "", token)))
        elif self.months is None and (part_months := SEASONS.get(token) or PARTS.get(token)):
            self._narrow(*part_months, token)
        elif token in ANNUALISED:
            self._say("annualised")
        elif token in RECURRING:
            self._say(RECURRING[token])
        elif token in GENERIC:
            self.generic = GENERIC[token]
        elif token not in FILLERS:
            self.rest.append(token)

    def _say(self, word: str) -> None:
        """Notes how the figure is counted; an annual run rate is annualised."""
        if word == "annualised" and self.rest[-1:] == ["annual"]:
            self.rest.pop()
        if word not in self.rest:
            self.rest.append(word)

    def _part_of_year(self, kind: str, number: int) -> None:
        length = 3 if kind == "q" else 6
        if number * length <= 12:
            self._narrow((number - 1) * length + 1, number * length, f"{kind}{number}")

    def _narrow(self, first: int, last: int, tag: str) -> None:
        self.months, self.tag = (first, last), tag

    def _take_number(self, number: int) -> None:
        """A small number: the month of "2025-09", else a day, else a word like another."""
        if self.year is not None and self.months is None and 1 <= number <= 12:
            self._narrow(number, number, f"m{number}")
        elif self.day is None and 1 <= number <= 31:
            self.day = number
        else:
            self.rest.append(str(number))


def _part_named(following: list[str]) -> str | None:
    """ "q" or "h" where "quarter" or "half" comes next, a word ("fiscal") between allowed."""
    for word in following:
        if word in ("quarter", "half"):
            return word[0]
        if word not in ("fiscal", "financial", "calendar"):
            return None
    return None


def day_in_words(text: str | None) -> str | None:
    """A time for a reader: "27 January 2025", "October 2024"; other words as they stand."""
    days = span(text)
    if text is None or days is None:
        return text
    month = f"{MONTH_NAMES[days.first.month - 1]} {days.first.year}"
    if days.first == days.last:
        return f"{days.first.day} {month}"
    return month if re.fullmatch(r"\d{4}-\d{2}", text.strip()) else text
