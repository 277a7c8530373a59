"""Which period of a sentence belongs to which of its figures.

News says when in few ways. A period at the head of a sentence, before all figures, goes for
each of them: "In 2025 Amazon will spend $100 billion and Alphabet $75 billion." Any other
goes for the figure that stands nearest: "$87 million at the start of 2024 to over $5 billion
in August 2025". What follows "since" or "than in" dates something that the figure is held
against, not the figure.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from extract.dates import Period
from extract.figures import Figure

COMPARED = re.compile(
    r"\b(?:since|than|against|versus|until|till|before)(?:\s+(?:in|the|early|late))*\s*$", re.I
)
"""Words after which a period dates what a figure is compared with."""

RATES = {
    "daily": re.compile(r"\b(?:daily|(?:a|per|each|every)\s+day)\b", re.I),
    "weekly": re.compile(r"\b(?:weekly|(?:a|per|each|every)\s+week)\b", re.I),
    "monthly": re.compile(r"\b(?:monthly|(?:a|per|each|every)\s+month)\b", re.I),
    "annual": re.compile(r"\b(?:yearly|annual|(?:a|per|each|every)\s+year)\b", re.I),
}
"""How often users are counted, as claims.md writes it in `scope.period`."""


ROUND = re.compile(r"\bSeries [A-K]\d?\b|\b(?:pre-)?seed(?= (?:round|funding|money))")
"""How a round of funding is named."""


STAFF = {
    "laid off": re.compile(
        r"\b(?:la(?:y|ys|ying|id)[- ]?offs?|job cuts?|jobs? lost|cut(?:s|ting)?|slash(?:es|ed|ing)?"
        r"|shed(?:s|ding)?|eliminat\w+|dismiss\w*|axe[ds]?|fir(?:ed|ing)|redundan\w+|let go)\b",
        re.I,
    ),
    "hired": re.compile(r"\b(?:hir(?:e|es|ed|ing)|recruit\w*|new jobs|jobs created)\b", re.I),
    "reassigned": re.compile(r"\b(?:reassign\w*|redeploy\w*|transferr?\w*)\b", re.I),
}
"""What is done with people where they are not simply employed: three figures, not one."""
STAFF_REACH = 60
"""Characters on either side of a figure in which a word of STAFF goes for it."""


def period_of(
    periods: Sequence[Period],
    figures: Sequence[Figure],
    figure: Figure,
    text: str,
    sentence: tuple[int, int],
) -> Period | None:
    """The period that goes for a figure; None where none does.

    `periods` and `figures` are those of the whole text, `sentence` where the figure's lies.
    """
    start, end = sentence
    mine = [period for period in periods if start <= period.start < end]
    mine = [period for period in mine if not COMPARED.search(text, start, period.start)]
    others = [other for other in figures if start <= other.start < end]
    first = min((other.start for other in others), default=figure.start)
    own = [p for p in mine if p.start > first and _nearest(p, others) == figure]
    return min(
        own or [p for p in mine if p.end <= first], key=lambda p: _away(p, figure), default=None
    )


def is_day(period: Period) -> bool:
    """Whether it is one day: the date of news, not a period that a figure is counted over."""
    return period.first == period.last


def rate_of(text: str) -> str | None:
    """`daily`, `weekly`, `monthly` or `annual`, where the words say so once; else None."""
    found = [name for name, words in RATES.items() if words.search(text)]
    return found[0] if len(found) == 1 else None


def round_of(sentence: str, start: int, end: int) -> str | None:
    """The round of funding that a sentence names nearest to its figure from start to end."""
    rounds = ROUND.finditer(sentence)
    nearest = min(
        rounds, key=lambda found: _gap(found.start(), found.end(), start, end), default=None
    )
    return nearest[0] if nearest else None


def staff_event(sentence: str, start: int, end: int) -> str | None:
    """`laid off`, `hired` or `reassigned`, whichever stands nearest to the people counted."""
    near = [
        (_gap(found.start(), found.end(), start, end), event)
        for event, words in STAFF.items()
        for found in words.finditer(sentence)
    ]
    gap, event = min(near, default=(STAFF_REACH, None))
    return event if gap < STAFF_REACH else None


def _nearest(period: Period, figures: Sequence[Figure]) -> Figure | None:
    return min(figures, key=lambda figure: _away(period, figure), default=None)


def _away(period: Period, figure: Figure) -> int:
    return _gap(period.start, period.end, figure.start, figure.end)


def _gap(start: int, end: int, other_start: int, other_end: int) -> int:
    """Characters between two stretches of a text; minus where they overlap."""
    return max(start - other_end, other_start - end)
