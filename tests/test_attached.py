"""Which period belongs to which figure."""

from __future__ import annotations

from datetime import date

import pytest

from extract.attached import is_day, period_of, rate_of, round_of, staff_event
from extract.dates import find_periods
from extract.figures import find_figures


def place(sentence: str, quote: str) -> tuple[int, int]:
    """Where a figure stands in a sentence: the last time that its quote does."""
    start = sentence.rindex(quote)
    return start, start + len(quote)


CASES = [
    # a period at the head goes for all figures
    ("In 2025 Amazon will spend $100 billion and Alphabet $75 billion.", ["2025", "2025"]),
    # any other for the nearest
    ("It grew from $87 million in early 2024 to $5 billion in August 2025.", ["early 2024", "2025-08"]),
    ("Worth $300 billion, twice what it was worth in October 2024.", [None, "2024-10"]),
    # what a figure is held against is not its date
    ("Shares fell 17 percent, the worst day since March 2020.", [None]),
    ("Sales of $9 billion were higher than in 2023.", [None]),
    ("It raised $6.6 billion.", [None]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "wanted"), CASES)
def test_periods(text: str, wanted: list[str | None]) -> None:
    figures = find_figures(text)
    periods = find_periods(text, date(2025, 9, 20))
    found = [period_of(periods, figures, f, text, (0, len(text))) for f in figures]
    labels = [period and period.label for period in found]
    money = (
        [n for n, figure in enumerate(figures) if figure.unit != "times"]
        if len(figures) != len(wanted)
        else range(len(figures))
    )
    assert [labels[n] for n in money] == wanted


def test_another_sentence_dates_nothing() -> None:
    text = "It was founded in 2015. It raised $6.6 billion."
    figures, periods = find_figures(text), find_periods(text, None)
    assert period_of(periods, figures, figures[0], text, (24, len(text))) is None


def test_a_day_is_told_from_a_longer_period() -> None:
    day, month = find_periods("On 18 September 2025, or in October 2025", None)
    assert is_day(day)
    assert not is_day(month)


@pytest.mark.parametrize(
    ("words", "rate"),
    [
        ("400 million weekly users", "weekly"),
        ("a billion people a month", "monthly"),
        ("used by millions every day", "daily"),
        ("daily and monthly users", None),
        ("users", None),
    ],
)
def test_rates(words: str, rate: str | None) -> None:
    assert rate_of(words) == rate


def test_the_round_is_the_one_named_nearest() -> None:
    sentence = "It raised $3.5 billion in a Series E in March and $13 billion in a Series F."
    assert round_of(sentence, *place(sentence, "$3.5 billion")) == "Series E"
    assert round_of(sentence, *place(sentence, "$13 billion")) == "Series F"
    assert (
        round_of(
            "It raised $4 million in seed funding.",
            *place("It raised $4 million in seed funding.", "$4 million"),
        )
        == "seed"
    )
    assert (
        round_of(
            "The seed company raised $4 million.",
            *place("The seed company raised $4 million.", "$4 million"),
        )
        is None
    )


@pytest.mark.parametrize(
    ("sentence", "quote", "event"),
    [
        ("Meta laid off some 8,000 employees.", "8,000", "laid off"),
        ("Meta laid off 8,000 and reassigned another 7,000 to AI groups.", "7,000", "reassigned"),
        ("Meta cut 11,000 jobs, and it went on to hire 1,000 engineers.", "1,000", "hired"),
        ("It plans to hire 200 engineers.", "200", "hired"),
        ("The start-up employs 200 people.", "200", None),
        ("Layoffs are feared; and it is said that, by all that anybody knows about it, 300 work there.",
         "300", None),
    ],
)  # fmt: skip
def test_what_is_done_with_people(sentence: str, quote: str, event: str | None) -> None:
    assert staff_event(sentence, *place(sentence, quote)) == event
