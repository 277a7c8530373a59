"""Sentences keep their exact offsets, and an abbreviation before a figure does not cut."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.sentences import split_sentences

CASES = [
    ("Training took approx. 80 hours. It cost $294,000.", ["Training took approx. 80 hours.", "It cost $294,000."]),
    ("Worth $1.5B.\nNext came Nvidia.", ["Worth $1.5B.", "Next came Nvidia."]),
    ("Shares fell 3 pct. Nvidia rose.", ["Shares fell 3 pct.", "Nvidia rose."]),
    ("A lab (est. 2,000 H800s) grew in the U.S. last year.  “Yes,” it said.", ["A lab (est. 2,000 H800s) grew in the U.S. last year.", "“Yes,” it said."]),
    ("First line without a stop\n\n- 5 chips\n- 6 chips", ["First line without a stop", "- 5 chips", "- 6 chips"]),
    ("\U0001f642 Up 5%. C3.ai Inc. fell 10%.", ["\U0001f642 Up 5%.", "C3.ai Inc. fell 10%."]),
    ("  \n ", []),
]  # fmt: skip


@pytest.mark.parametrize(("text", "sentences"), CASES)
def test_sentences(text: str, sentences: list[str]) -> None:
    assert [text[start:end] for start, end in split_sentences(text)] == sentences


@given(st.text(alphabet=st.characters(codec="utf-8"), max_size=200))
def test_nothing_is_lost_and_nothing_overlaps(text: str) -> None:
    spans = split_sentences(text)
    held = "".join(text[start:end] for start, end in spans)
    assert "".join(held.split()) == "".join(text.split())
    assert all(a[1] <= b[0] for a, b in pairwise(spans))
