"""The grammar of figures: cases as data, and what must hold for any text."""

from __future__ import annotations

import json
import math
import shutil
import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extract.claims import QUALIFIERS
from extract.errors import DataError
from extract.figures import Figure, dimension, find_figures, lexicon
from extract.metrics import DIMENSIONS

CASES = Path(__file__).with_name("figures")


def _cases() -> list[object]:
    return [
        pytest.param(case["text"], case["figures"], id=f"{path.stem}: {case['text'][:50]}")
        for path in sorted(CASES.glob("*.json"))
        for case in json.loads(path.read_text(encoding="utf-8"))
    ]


@pytest.mark.parametrize(("text", "figures"), _cases())
def test_case(text: str, figures: list[dict[str, object]]) -> None:
    found = [figure.to_json() for figure in find_figures(text)]
    for figure in found:
        assert text[figure.pop("start") : figure.pop("end")] == figure["quote"]
    assert found == figures


@pytest.mark.parametrize(("text", "figures"), _cases())
def test_context_changes_no_case(text: str, figures: list[dict[str, object]]) -> None:
    """The same sentence in the middle of an article says the same."""
    before = "Nothing was said about the rest.\n"
    found = find_figures(f"{before}{text}\nNothing more was said.")
    assert [figure.quote for figure in found] == [figure["quote"] for figure in figures]
    assert [figure.value for figure in found] == [figure["value"] for figure in figures]


def test_there_are_cases_for_everything() -> None:
    assert len(_cases()) >= 200


# Words and signs that the rules look at, so that random texts reach them.
_PIECES = [
    "$", "US$", "¥", "€", "5", "1,000", "3.8", "½", ".5", "2025", "405", "B", "bn", "million", "-",
    "–", "—", "−", "to", "and", "or", "between", "from", "half", "a", "third", "tens", "of", "thousands",
    "one", "twenty", "hundred", "in", "more than", "up to", "about", "over", "or more", "+", "%", "percent",
    "× 10^25", "1e26", "GPU", "hours", "H800", "chips", "May", "Llama", "(", ")", "[", "]", "\n", "**", "“",
    "”", ",", ".", "year", "old", "-year-old", "doubled", "times", "x", "/", ":", "https://a.b/1", "@", "lakh",
    "crore", "Rs", "\u00a0", "\u202f", "’", "°C", "GW", "tokens", "few", "couple of", "dozen", "point", "minus",
]  # fmt: skip
_TEXTS = st.one_of(
    st.text(max_size=200),
    st.lists(st.sampled_from(_PIECES), max_size=30).map(" ".join),
    st.lists(st.sampled_from(_PIECES), max_size=30).map("".join),
)


@settings(max_examples=600, deadline=None)
@given(_TEXTS)
def test_any_text(text: str) -> None:
    behind = 0
    for figure in find_figures(text):
        assert behind <= figure.start < figure.end <= len(text)
        assert text[figure.start : figure.end] == figure.quote
        behind = figure.end
        _check(figure)


def _check(figure: Figure) -> None:
    bounds = [bound for bound in (figure.low, figure.value, figure.high) if bound is not None]
    assert all(math.isfinite(bound) for bound in bounds)
    assert bounds == sorted(bounds)
    assert figure.qualifier in QUALIFIERS
    assert (figure.low is None) == (figure.qualifier == "at_most")
    assert (figure.high is None) == (figure.qualifier == "at_least")
    assert (figure.qualifier == "range") == (
        figure.low is not None and figure.high is not None and figure.low < figure.high
    )
    assert dimension(figure.unit) in DIMENSIONS


@pytest.mark.parametrize(
    "piece",
    ["1", "1,", "1,000,", "about ", "more than ", "one hundred and ", "tens of ", "1-", "$", "($1 to ",
     "half a ", "1 to ", "1.2.", "¥1 China ", "a@", "1 000 ", "in 1 of ", "http://", "twenty-", "1’000",
     "5 a b c d e ", "five million "],
)  # fmt: skip
def test_hostile_text_takes_linear_time(piece: str) -> None:
    short, long = (_seconds(piece * (size // len(piece))) for size in (4_000, 32_000))
    # eight times the text; a quadratic rule would take 64 times as long
    assert long < 24 * short + 0.2


def _seconds(text: str) -> float:
    begin = time.perf_counter()
    find_figures(text)
    return time.perf_counter() - begin


def test_numbers_beyond_any_float_are_no_figures() -> None:
    assert find_figures("9" * 100_000) == []
    assert find_figures("1e999 and 10^999 operations") == []


@pytest.mark.parametrize(
    ("unit", "expected"),
    [
        (None, "count"), ("USD", "money"), ("KRW", "money"), ("percent", "percent"), ("times", "times"),
        ("accelerator", "accelerator"), ("day", "time"), ("GPU-hour", "GPU-hour"), ("FLOP", "FLOP"),
        ("token", "token"), ("parameter", "parameter"), ("W", "W"), ("person", "person"),
        ("download", "download"), ("point", "point"), ("basis point", "point"), ("gallon", "measure"),
        ("°C", "measure"), ("byte", "measure"), ("company", "count"), ("LLM", "count"), ("CPU", "count"),
    ],
)  # fmt: skip
def test_dimension(unit: str | None, expected: str) -> None:
    assert dimension(unit) == expected


@pytest.mark.parametrize(
    ("file", "line", "said"),
    [
        ("units.toml", '[parsec]\ndimension = "lenght"\n', "no dimension"),
        ("units.toml", '[parsec]\nwords = ["parsec"]\n', "no dimension"),
        ("currencies.toml", '[dollar]\nwords = ["dollar"]\n', "no ISO 4217 code"),
        ("currencies.toml", '[XAF]\nname = "franc"\n', "unknown keys: name"),
        ("currencies.toml", '[XAF]\nwords = "franc"\n', "wrong type"),
        ("words.toml", "[sounds\n", "words.toml"),
        ("words.toml", "[sounds]\nloud = []\n", "unknown tables: sounds"),
    ],
)
def test_wrong_tables_are_named(tmp_path: Path, file: str, line: str, said: str) -> None:
    for table in lexicon.HERE.glob("*.toml"):
        shutil.copy(table, tmp_path)
    with (tmp_path / file).open("a", encoding="utf-8") as out:
        out.write(line)
    with pytest.raises(DataError, match=said) as raised:
        (lexicon.words if file == "words.toml" else lexicon.units)(tmp_path)
    assert file in str(raised.value)
