"""Date expressions of news: which there are, which days they mean, and what is none."""

from __future__ import annotations

import json
import time
from datetime import date
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from extract.dates import find_periods

CASES = json.loads(Path(__file__).with_name("dates").joinpath("cases.json").read_text("utf-8"))
PUBLISHED = date.fromisoformat(CASES["published"])  # a Thursday

# Words that hang on the day of publication.
RELATIVE = ("last year", "in September", "on Monday", "today", "Q2", "two years ago", "Jan. 27")


@pytest.mark.parametrize(("text", "label", "first", "last"), CASES["cases"])
def test_one_expression(text, label, first, last):
    found = find_periods(text, PUBLISHED)
    assert [(p.label, p.first.isoformat(), p.last.isoformat()) for p in found] == [
        (label, first, last)
    ]


@pytest.mark.parametrize(("text", "labels"), CASES["several"])
def test_several_expressions(text, labels):
    assert [period.label for period in find_periods(text, PUBLISHED)] == labels


@pytest.mark.parametrize("text", CASES["none"])
def test_numbers_and_words_that_are_no_dates(text):
    assert find_periods(text, PUBLISHED) == []


@pytest.mark.parametrize("text", RELATIVE)
def test_relative_expressions_need_the_day_of_publication(text):
    assert find_periods(text, None) == []
    assert len(find_periods(text, PUBLISHED)) == 1


def test_absolute_expressions_need_no_publication():
    text = "In September 2025, after Q2 2024 and since 2023, early 2022 and Jan. 27, 2021"
    labels = [period.label for period in find_periods(text, None)]
    assert labels == ["2025-09", "Q2 2024", "since 2023", "early 2022", "2021-01-27"]


def texts() -> st.SearchStrategy[str]:
    """Texts in which parts of date expressions meet."""
    parts = [
        "in", "by", "May", "Jan.", "September", "Monday", "next", "last", "year", "2025", "2024-02",
        "30", "29", "Q3", "fiscal", "FY", "first", "half", "of", "quarter", "ended", "months", "three",
        "ago", "past", "since", "early", "mid", "the", "end", "to", "-", ",", "99", "’", "'24", "1H",
    ]  # fmt: skip
    pieces = st.one_of(st.sampled_from(parts), st.text(max_size=4))
    return st.lists(pieces, max_size=10).map(" ".join) | st.lists(pieces, max_size=6).map("".join)


@given(texts(), st.none() | st.dates())
@example("on Monday, next week, tomorrow, 99 years ago, next month, Feb. 29, since 2023", date.max)
@example("on Monday, last week, yesterday, 99 years ago, last month, Feb. 29, past year", date.min)
def test_any_text_of_any_day(text, published):
    end = 0
    for period in find_periods(text, published):
        assert end <= period.start < period.end <= len(text)
        assert text[period.start : period.end] == period.text
        assert period.first <= period.last
        assert period.label
        end = period.end


@given(st.dates(date(2000, 1, 1), date(2099, 12, 31)))
def test_a_day_written_out_is_read_back(day):
    for written in (
        day.isoformat(),
        f"{day:%B} {day.day}, {day.year}",
        f"{day.day} {day:%b} {day.year}",
    ):
        assert [(p.first, p.last) for p in find_periods(written, None)] == [(day, day)]


@pytest.mark.parametrize(
    "piece", ["in ", "May ", "2025 ", "first ", "20 ", "a", "the first quarter of the ", "2025-"]
)
def test_long_texts_take_time_in_proportion(piece):
    def seconds(size: int) -> float:
        text = piece * (size // len(piece))
        began = time.process_time()
        find_periods(text, PUBLISHED)
        return time.process_time() - began

    # Ten times the text may take ten times the time; a hundred times would be quadratic.
    assert seconds(100_000) < 30 * max(seconds(10_000), 0.02)
