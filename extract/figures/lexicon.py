"""The words that the grammar knows: currencies, units, hedges, names.

Everything a reader may want to add to is in the TOML files beside this module; their
headers say what the keys mean. A file that says something else raises DataError.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from extract.errors import DataError
from extract.metrics import DIMENSIONS
from extract.toml import read_toml

HERE = Path(__file__).parent

_PERCENT_WORDS = ("percent", "per cent", "pct", "percents")
_PERCENT_SIGNS = ("%", "％", "﹪", "pc")
_UNIT_KEYS = {"dimension", "words", "plurals", "symbols", "parts", "quoted"}
_CURRENCY_KEYS = {"before", "after", "words", "cents", "plural_as_singular", "needs_scale"}
_QUALIFIERS = ("approximate", "at_least", "at_most", "exact")
_WORD_TABLES = {
    "before": {*_QUALIFIERS, "passing", "fillers", "spread", "periods", "spans", "prepositions"},
    "after": {"approximate", "at_least", "at_most", "marks"},
    "range": {"spread", "change"},
    "names": {"before", "plain", "streets", "stages", "months", "compounds"},
    "money": {"near"},
    "shares": {"goes_on", "quarter_after", "half_of", "half_before", "half_after"},
    "multiples": {"comparison", "goes_on", "verbs", "never_before"},
    "nouns": {"stops", "no_plurals", "plural_enough", "compounds", "pointing", "lengths"},
}


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


TIMES = Unit("times", "times")
PERCENT = Unit("percent", "percent")


@dataclass(frozen=True, slots=True)
class Units:
    """currencies.toml and units.toml: `phrases` are lower case, `symbols` as written.

    `currency_before` maps what stands before a number to its ISO 4217 code, `dimensions`
    every unit's name to its dimension.
    """

    phrases: Mapping[str, Unit]
    symbols: Mapping[str, Unit]
    currency_before: Mapping[str, str]
    dimensions: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Words:
    """words.toml: the lists by table and key, and the tables that map.

    `irregular` maps plurals to singulars, `signs` the signs of several currencies to their
    codes, the likeliest first, and `places` a code to the words that speak for it.
    """

    lists: Mapping[tuple[str, str], frozenset[str]]
    irregular: Mapping[str, str]
    signs: Mapping[str, tuple[str, ...]]
    places: Mapping[str, tuple[str, ...]]

    def hedges(self, table: str) -> dict[str, str]:
        """The phrases of a table with the qualifier that each stands for."""
        return {
            phrase: qualifier
            for qualifier in _QUALIFIERS
            for phrase in self.lists.get((table, qualifier), ())
        }


def listed(table: str, key: str) -> frozenset[str]:
    """One list of words.toml."""
    return words().lists[table, key]


def one_of(names: Iterable[str]) -> str:
    """A pattern's alternatives, the longest first."""
    return "|".join(re.escape(name) for name in sorted(names, key=lambda name: (-len(name), name)))


@cache
def units(folder: Path = HERE) -> Units:
    """The units of both tables of a folder; raises DataError where a table is wrong."""
    phrases = dict.fromkeys(_PERCENT_WORDS, PERCENT)
    symbols = dict.fromkeys(_PERCENT_SIGNS, PERCENT)
    before: dict[str, str] = {}
    dimensions = {"percent": "percent", "times": "times"}
    path = folder / "units.toml"
    for name, table in _read(path, _UNIT_KEYS).items():
        if table.get("dimension") not in DIMENSIONS:
            raise DataError(path, None, f"[{name}] has no dimension that there is")
        _add_unit(name, table, phrases, symbols)
        dimensions[name] = table["dimension"]
    path = folder / "currencies.toml"
    for code, table in _read(path, _CURRENCY_KEYS).items():
        if not re.fullmatch("[A-Z]{3}", code):
            raise DataError(path, None, f"[{code}] is no ISO 4217 code")
        before |= dict.fromkeys((code, *table.get("before", ())), code)
        _add_currency(code, table, phrases, symbols)
        dimensions[code] = "money"
    return Units(phrases, symbols, before, dimensions)


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
        if word == "¢":
            symbols[word] = cent
        else:
            phrases |= {word: cent, plural(word): cent}
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
    data = _read(path, None)
    irregular = data.pop("irregular", {})
    signs = {sign: tuple(codes) for sign, codes in data.pop("signs", {}).items()}
    places = {code: tuple(names) for code, names in data.pop("places", {}).items()}
    if unplaced := {code for codes in signs.values() for code in codes} - set(places):
        raise DataError(path, None, f"[places] lacks {', '.join(sorted(unplaced))}")
    for name, keys in _WORD_TABLES.items():
        if name not in data:
            raise DataError(path, None, f"lacks [{name}]")
        if set(data[name]) != keys:
            wrong = ", ".join(sorted(set(data[name]) ^ keys))
            raise DataError(path, None, f"[{name}] has unknown keys, or lacks: {wrong}")
    if unknown := set(data) - set(_WORD_TABLES):
        raise DataError(path, None, f"has unknown tables: {', '.join(sorted(unknown))}")
    lists = {
        (name, key): frozenset(entries)
        for name, table in data.items()
        for key, entries in table.items()
    }
    return Words(lists, irregular, signs, places)


def _read(path: Path, known: set[str] | None) -> dict[str, dict[str, Any]]:
    data = read_toml(path)
    for name, table in data.items():
        if not isinstance(table, dict):
            raise DataError(path, None, f"{name} is no table")
        if known is not None and (unknown := set(table) - known):
            raise DataError(path, None, f"[{name}] has unknown keys: {', '.join(sorted(unknown))}")
        for key, value in table.items():
            kind: type | tuple[type, ...] = (list, bool)
            if key == "parts":
                kind = dict
            elif key == "dimension" or name == "irregular":
                kind = str
            if not isinstance(value, kind):
                raise DataError(path, None, f"[{name}] {key} is of the wrong type")
    return data
