"""The words that the grammar knows: currencies, units, hedges, names.

Everything a reader may want to add to is in the TOML files beside this module; their
headers say what the keys mean. A file that says something else raises DataError.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from extract.errors import DataError
from extract.metrics import DIMENSIONS

HERE = Path(__file__).parent

PERCENT_WORDS = ("percent", "per cent", "pct", "percents")
PERCENT_SIGNS = ("%", "％", "﹪", "pc")


@dataclass(frozen=True, slots=True)
class Unit:
    """What a word or sign behind a number stands for.

    One of it is `factor` of `name`: "megawatt" is 1e6 of "W", "cent" 0.01 of "USD".
    `quoted` is false where the noun stays outside a figure's quote.
    `scaled` is true for words that name money only behind a magnitude ("real").
    """

    name: str
    dimension: str
    factor: float = 1.0
    quoted: bool = True
    scaled: bool = False


@dataclass(frozen=True, slots=True)
class Words:
    """words.toml, as sets and look-up tables."""

    before: Mapping[str, str]
    after: Mapping[str, str]
    passing: frozenset[str]
    fillers: frozenset[str]
    periods: frozenset[str]
    spans: frozenset[str]
    prepositions: frozenset[str]
    marks: frozenset[str]
    spread: frozenset[str]
    change: frozenset[str]
    name_before: frozenset[str]
    plain: frozenset[str]
    streets: frozenset[str]
    money: frozenset[str]
    cny: re.Pattern[str]
    jpy: re.Pattern[str]


@dataclass(frozen=True, slots=True)
class Units:
    """currencies.toml and units.toml: `phrases` are lower case, `symbols` as written."""

    phrases: Mapping[str, Unit]
    symbols: Mapping[str, Unit]
    currency_before: Mapping[str, str]
    dimensions: Mapping[str, str]


@cache
def units(folder: Path = HERE) -> Units:
    """The units of both tables of a folder; raises DataError where a table is wrong."""
    phrases: dict[str, Unit] = {}
    symbols: dict[str, Unit] = {}
    before: dict[str, str] = {}
    dimensions = {"percent": "percent", "times": "times"}
    percent = Unit("percent", "percent")
    phrases.update(dict.fromkeys(PERCENT_WORDS, percent))
    symbols.update(dict.fromkeys(PERCENT_SIGNS, percent))
    for name, table in _read(folder / "units.toml", {"dimension"}, _UNIT_KEYS).items():
        if table["dimension"] not in DIMENSIONS:
            raise DataError(folder / "units.toml", None, f"[{name}] has no such dimension")
        _add_unit(name, table, phrases, symbols)
        dimensions[name] = table["dimension"]
    for code, table in _read(folder / "currencies.toml", set(), _CURRENCY_KEYS).items():
        if not re.fullmatch("[A-Z]{3}", code):
            raise DataError(folder / "currencies.toml", None, f"[{code}] is no ISO 4217 code")
        before[code] = code
        before |= dict.fromkeys(table.get("before", ()), code)
        _add_currency(code, table, phrases, symbols)
    return Units(phrases, symbols, before, dimensions)


_UNIT_KEYS = {"dimension", "words", "plurals", "symbols", "parts", "quoted"}
_CURRENCY_KEYS = {"before", "after", "words", "cents", "plural_as_singular", "needs_scale"}


def _add_unit(
    name: str, table: Mapping[str, Any], phrases: dict[str, Unit], symbols: dict[str, Unit]
) -> None:
    dimension, quoted = table["dimension"], table.get("quoted", True)
    unit = Unit(name, dimension, 1.0, quoted)
    phrases |= dict.fromkeys(table.get("words", ()), unit)
    phrases |= {plural(word): unit for word in table.get("words", ())}
    phrases |= dict.fromkeys(table.get("plurals", ()), unit)
    symbols |= dict.fromkeys(table.get("symbols", ()), unit)
    for part, factor in table.get("parts", {}).items():
        piece = Unit(name, dimension, float(factor), quoted)
        if part.islower() and len(part) > 2:
            phrases |= {part: piece, plural(part): piece}
        else:
            symbols[part] = piece


def _add_currency(
    code: str, table: Mapping[str, Any], phrases: dict[str, Unit], symbols: dict[str, Unit]
) -> None:
    scaled = set(table.get("needs_scale", ()))
    for word in table.get("words", ()):
        unit = Unit(code, "money", scaled=word in scaled)
        phrases[word] = unit
        if not table.get("plural_as_singular"):
            phrases.setdefault(plural(word), unit)
    cent = Unit(code, "money", 0.01)
    for word in table.get("cents", ()):
        if word.isalpha() or " " in word:
            phrases |= {word: cent, plural(word): cent}
        else:
            symbols[word] = cent
    symbols |= dict.fromkeys((code, *table.get("after", ())), Unit(code, "money"))


def plural(word: str) -> str:
    """The regular plural of a noun, or of the noun that ends a phrase."""
    if word.endswith(("ch", "sh", "x", "ss")):
        return word + "es"
    if re.search("[^aeiou]y$", word):
        return word[:-1] + "ies"
    return word + "s"


@cache
def words(folder: Path = HERE) -> Words:
    """words.toml of a folder; raises DataError where it is wrong."""
    path = folder / "words.toml"
    data = _read(
        path,
        set(),
        set("approximate at_least at_most exact passing fillers periods marks".split())
        | set("spans prepositions spread change before plain streets near CNY JPY".split()),
    )
    if missing := {"before", "after", "range", "names", "money", "yen_or_yuan"} - set(data):
        raise DataError(path, None, f"lacks {', '.join(sorted(missing))}")
    before, names = data["before"], data["names"]
    return Words(
        before=_hedges(before),
        after=_hedges(data["after"]),
        passing=frozenset(before["passing"]),
        fillers=frozenset(before["fillers"]),
        periods=frozenset(before["periods"]),
        spans=frozenset(before["spans"]),
        prepositions=frozenset(before["prepositions"]),
        marks=frozenset(data["after"]["marks"]),
        spread=frozenset(data["range"]["spread"]),
        change=frozenset(data["range"]["change"]),
        name_before=frozenset(names["before"]),
        plain=frozenset(names["plain"]),
        streets=frozenset(names["streets"]),
        money=frozenset(data["money"]["near"]),
        cny=_any_of(data["yen_or_yuan"]["CNY"]),
        jpy=_any_of(data["yen_or_yuan"]["JPY"]),
    )


def _hedges(table: Mapping[str, Any]) -> dict[str, str]:
    return {
        phrase: qualifier
        for qualifier in ("approximate", "at_least", "at_most", "exact")
        for phrase in table.get(qualifier, ())
    }


def _any_of(names: Iterable[str]) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, names))})\b", re.IGNORECASE)


def _read(path: Path, needed: set[str], known: set[str]) -> dict[str, dict[str, Any]]:
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8"))
    except tomllib.TOMLDecodeError as error:
        raise DataError(path, None, str(error)) from error
    for name, table in data.items():
        if not isinstance(table, dict):
            raise DataError(path, None, f"{name} is no table")
        if unknown := set(table) - known:
            raise DataError(path, None, f"[{name}] has unknown keys: {', '.join(sorted(unknown))}")
        if missing := needed - set(table):
            raise DataError(path, None, f"[{name}] lacks {', '.join(sorted(missing))}")
        for key, value in table.items():
            kind = dict if key == "parts" else str if key == "dimension" else (list, bool)
            if not isinstance(value, kind):
                raise DataError(path, None, f"[{name}] {key} is of the wrong type")
    return data
