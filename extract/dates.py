"""Date expressions in news: what a figure's `as_of` and `scope.period` are read from.

Labels are written as claims.md writes them: "2025", "2025-09", "2025-09-18", "Q2 2025",
"H1 2025", "FY2025", "Q3 FY2026", "early 2023", "since 2023", "2025 to 2028".

What hangs on the day of publication ("last year", "on Monday", "in September") is left out
where that day is unknown. A month, a weekday or a quarter without a year is the last one
before publication, or the next one where the clause before it speaks of the future.
What each expression means is in periods.py; here stands how it is written.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from extract import periods
from extract.periods import NUMBERS, Reader


@dataclass(frozen=True, slots=True)
class Period:
    """A date expression: `text[start:end]` is `.text`, and means `first` to `last`, both in."""

    start: int
    end: int
    text: str
    first: date
    last: date
    label: str


# How far back words are read for a tense, in characters: a clause is seldom longer.
TENSE_REACH = 60
FUTURE = re.compile(
    r"\b(?:will|would|expect(?:s|ed|ing)?|plan(?:s|ned|ning)?|aims?|targets?|forecasts?|until|due"
    r"|starting|scheduled|slated|set to|going to|could|may|might|should|hopes?|upcoming)\b"
    r"|\b(?:[Bb]y|[Tt]hrough) (?:the |early |late |mid-?)*$"
)
CLAUSE_END = re.compile(r"[.;!?\n]")

# "AIME 2024", "Llama 2025", "WWDC 2026": a capital before a bare year makes it part of a name,
# save that of a word which starts a sentence, or of a season.
NAME_BEFORE = re.compile(r"([A-Z][\w.&-]*)[ -]$")
NO_NAME = re.compile(
    r"In|By|Since|Until|Till|From|Between|Through|During|Before|After|Around|Of|For|Early|Late|Mid"
    r"|And|To|The|Throughout|Summer|Spring|Fall|Autumn|Winter|As"
)
# "2025 GPUs", "2000 of them": the number counts what follows.
COUNTED = re.compile(
    r" (?:of them|GPUs?|chips?|people|employees|workers|jobs|users|tokens|dollars|euros|yuan|points"
    r"|percent|per cent|million|billion|trillion|servers|companies|startups|hours|days|megawatts"
    r"|MW|GW|accelerators|units|engineers|researchers|satellites|acres|miles|feet)\b"
)

# A bare year is from 1950 to 2100, and nothing joins it to another number, a price or a name.
YEAR = r"(?<![\w$€£¥.,#/-])(?<!\w['’])(?P<year>19[5-9]\d|20\d\d|2100)(?![\w%]|[.,/–-]\d|-[A-Za-z])"
# Behind a month or a quarter its place says that it is a year.
YEAR_BEHIND = r"(?P<year>(?:19[5-9]|20\d)\d)(?![\w%]|[.,]\d)"
SHORT_YEAR = r"['’]?(?P<year>(?:20)?\d\d)(?!\w|[.,]\d)"
WHICH_YEAR = r"(?P<which>last|this|next|the) year\b"
OF_YEAR = rf"(?:,? (?:of |in )?(?:{YEAR_BEHIND}|{WHICH_YEAR}))"
MONTHS = (
    r"(?:January|February|March|April|May|June|July|August|September|October|November|December"
    r"|(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept|Sep|Oct|Nov|Dec)\b\.?)(?!\w)"
)
MONTH = rf"(?P<month>{MONTHS})"
DAY = r"(?P<day>3[01]|[12]\d|0?[1-9])(?:st|nd|rd|th)?(?![\w%]|[.,]\d)"
COUNT = rf"(?P<count>\d{{1,2}}|{'|'.join(NUMBERS)})"
QUARTER = (
    r"(?:Q(?P<number>[1-4])|(?P<ordinal>first|second|third|fourth|final)[ -](?P<fiscal2>fiscal )?"
    r"quarter)\b"
)
FISCAL = r"(?P<fiscal>(?:fiscal|financial)(?: year)? |FY ?)"
HALF = r"(?P<ordinal>first|second)[ -]half\b"

# Words that make a bare month a date: "in May", "late March"; "may" alone is a verb.
WHEN = (
    r"(?:in|since|by|until|during|through|from|of|last|this|next|early|late|mid|before|after|for)"
    r"[ -](?:early |late |mid-)?"
)

# Names of months, weekdays and quarters keep their capitals; all other words take any case.
_SOURCES: tuple[tuple[str, Reader], ...] = (
    (YEAR, periods.year),
    (rf"\b(?i:since) {YEAR}", periods.since),
    (r"\b(?P<year>(?:19[5-9]|20\d)0)s\b", periods.decade),
    (
        r"(?<![\w$€£.,-])(?:(?i:between|from) )?(?P<from>19[5-9]\d|20\d\d)"
        r"(?: and | to | through | until |[-–/])(?P<to>(?:19|20)\d\d|[1-9]\d)(?![\w%]|[.,-]\d)",
        periods.years,
    ),
    (r"\b(?P<year>(?:19[5-9]|20\d)\d)-(?P<month>0\d|1[0-2])-(?P<day>[0-3]\d)(?!\d)", periods.day),
    (rf"\b{MONTH},? (?:of )?{YEAR_BEHIND}", periods.month),
    (rf"\b(?i:{WHEN}){MONTH}(?! ?\d| (?:to|through|and) [A-Z]|[-–])", periods.month),
    (
        rf"\b(?P<from>{MONTHS})(?: to | through | and |[-–])(?P<to>{MONTHS})(?! \d{{1,2}}\b)"
        rf"(?:,? {YEAR_BEHIND})?",
        periods.months,
    ),
    (rf"\b{MONTH} {DAY}(?:,? {YEAR_BEHIND})?", periods.day),
    (rf"(?<![\w.,$€£-]){DAY} (?:of )?{MONTH}(?:,? {YEAR_BEHIND})?", periods.day),
    (
        r"(?<!Black )(?<!Cyber )(?<!Super )(?<!Good )\b(?:(?P<which>(?i:last|next|this)) )?"
        r"(?P<weekday>(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day)\b",
        periods.weekday,
    ),
    (r"\b(?P<near>(?i:yesterday|today|tonight|tomorrow))\b", periods.near_day),
    (
        r"\b(?i:(?P<which>last|previous|this|current|next|coming) "
        r"(?P<unit>year|quarter|month|week))\b",
        periods.relative,
    ),
    (rf"\b(?i:{COUNT} (?P<unit>year|month|week|day)s? ago)\b", periods.ago),
    (
        rf"\b(?i:{COUNT} months|(?P<unit>quarter|year))(?: that)? (?:to|ended|ending|through)"
        rf"(?: in| on)? {MONTH}(?: \d{{1,2}}\b)?(?:,? {YEAR_BEHIND})?",
        periods.stretch,
    ),
    (rf"\b(?i:(?:past|last) {COUNT} (?P<unit>year|month)s)\b", periods.past),
    (r"\b(?i:past (?P<unit>year|month))\b", periods.past),
    (rf"\b(?i:first {COUNT} months{OF_YEAR})", periods.first_months),
    (
        rf"(?<![Ff]iscal )\b(?i:{QUARTER})(?:,? (?i:of )?(?i:the )?(?i:{FISCAL})?"
        rf"(?:{YEAR_BEHIND}|(?i:{WHICH_YEAR})|(?:['’]|(?<=FY))(?P<short>\d\d)\b))?",
        periods.quarter,
    ),
    (
        rf"\b(?i:(?P<fiscal>fiscal)(?: year)? {QUARTER})(?:(?: of|,)? {YEAR_BEHIND})?",
        periods.quarter,
    ),
    (
        rf"\b(?i:(?P<fiscal>fiscal)(?: year)? ){YEAR_BEHIND}(?:['’]s)?,? (?i:{QUARTER})",
        periods.quarter,
    ),
    (rf"\b{YEAR_BEHIND}(?:['’]s)? (?i:{QUARTER})", periods.quarter),
    (rf"\b(?P<number>[1-4])Q ?{SHORT_YEAR}", periods.quarter),
    (rf"\b(?i:{HALF}){OF_YEAR}?", periods.half),
    (rf"\bH(?P<number>[12]) (?:of )?{YEAR_BEHIND}", periods.half),
    (rf"\b(?P<number>[12])H ?{SHORT_YEAR}", periods.half),
    (
        rf"\b(?i:fiscal|financial)(?: year)? {YEAR_BEHIND}",
        periods.fiscal,
    ),
    (rf"\bFY ?{SHORT_YEAR}", periods.fiscal),
    (r"\b(?i:(?P<which>last|this|next) fiscal year)\b", periods.fiscal),
    (rf"\b{YEAR_BEHIND} (?i:fiscal|financial) year\b", periods.fiscal),
    (
        rf"\b(?i:(?P<part>early|mid|middle of|late)[ -](?:in )?)"
        rf"(?:{YEAR_BEHIND}|(?i:(?P<which>last|this|next) year\b))",
        periods.part,
    ),
    (
        rf"\b(?i:(?P<edge>end|close|start|beginning) of )(?:{YEAR_BEHIND}|{WHICH_YEAR})",
        periods.edge,
    ),
    (rf"\b(?i:(?P<edge>year-end))(?: {YEAR_BEHIND})?", periods.edge),
)
RULES = tuple((re.compile(pattern), reader) for pattern, reader in _SOURCES)


def find_periods(text: str, published: date | None) -> list[Period]:
    """The date expressions of a text, in order and without overlaps; never raises.

    Of two that overlap the one that starts first wins, then the longer one.
    """
    found: list[Period] = []
    for period in sorted(_candidates(text, published), key=lambda p: (p.start, -p.end)):
        if not found or period.start >= found[-1].end:
            found.append(period)
    return found


def _candidates(text: str, published: date | None) -> Iterator[Period]:
    for pattern, reader in RULES:
        for match in pattern.finditer(text):
            if _is_name_or_count(match, text):
                continue
            try:
                span = reader(match.groupdict(), published, _in_future(text, match))
            except (ValueError, OverflowError):  # 31 June; a day outside the calendar
                continue
            if span is not None:
                yield Period(match.start(), match.end(), match[0], *span)


def _in_future(text: str, match: re.Match[str]) -> bool:
    """Whether the clause up to the expression, or its first word, speaks of the future."""
    before = CLAUSE_END.split(text[max(0, match.start() - TENSE_REACH) : match.start()])[-1]
    return FUTURE.search(before) is not None or match[0][:3].lower() in ("by ", "unt", "nex")


def _is_name_or_count(match: re.Match[str], text: str) -> bool:
    """Whether a bare number is no year, because a noun or a name claims it."""
    if not match[0].isdigit():
        return False
    if COUNTED.match(text, match.end()):
        return True
    name = NAME_BEFORE.search(text[max(0, match.start() - 24) : match.start()])
    return name is not None and NO_NAME.fullmatch(name[1]) is None
