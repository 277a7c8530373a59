"""The relations between figures, read from relations.toml, which explains their keys."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from string import Formatter
from typing import Any

from extract.errors import DataError
from extract.metrics import metrics
from extract.toml import read_tables

KEYS = {"total", "factors", "constant", "within", "records", "of_chip", "says"}
REQUIRED = {"total", "factors", "says"}
WORDS = {"total", "product", "made", "needed"}


@dataclass(frozen=True, slots=True)
class Relation:
    """The product of the factors is the total; the fields are explained in relations.toml.

    `below` and `above` are how many times the total may be off the product, `inf` where that
    direction is open; so are the numbers of `records` for what is on record.
    """

    name: str
    total: str
    factors: tuple[str, ...]
    says: str
    constant: float
    below: float
    above: float
    records: Mapping[str, tuple[float, float]]
    of_chip: frozenset[str]


@cache
def relations(path: Path | None = None) -> tuple[Relation, ...]:
    """The relations in the order of the file.

    Raises DataError, with the line, where the file is not what its header says.
    """
    path = path or Path(__file__).with_name("relations.toml")
    found = []
    for name, line, table in read_tables(path):
        try:
            found.append(_relation(name, table))
        except ValueError as error:
            raise DataError(path, line, f"[{name}] {error}") from None
    return tuple(found)


def parts_of(total: str) -> frozenset[str]:
    """The metrics of which a total is the product in some relation."""
    return frozenset(
        factor for relation in relations() if relation.total == total for factor in relation.factors
    )


def is_total(metric: str) -> bool:
    """Whether figures of the metric are the product of others."""
    return bool(parts_of(metric))


def in_sums() -> frozenset[str]:
    """The metrics that take part in some relation."""
    totals = {relation.total for relation in relations()}
    return frozenset(totals.union(*(relation.factors for relation in relations())))


def _relation(name: str, table: object) -> Relation:
    if not isinstance(table, dict):
        raise ValueError("is no table")
    if unknown := table.keys() - KEYS:
        raise ValueError(f"has unknown keys: {', '.join(sorted(unknown))}")
    if missing := REQUIRED - table.keys():
        raise ValueError(f"lacks {', '.join(sorted(missing))}")
    total, factors = table["total"], table["factors"]
    if not isinstance(factors, list) or not factors:
        raise ValueError("factors is a list of metrics")
    for metric in (total, *factors):
        if not isinstance(metric, str) or metric not in metrics():
            raise ValueError(f"there is no metric {metric!r}")
    if len({total, *factors}) <= len(factors):
        raise ValueError("names a metric twice")
    money = [metric for metric in factors if metrics()[metric].unit == "money"]
    if len(money) != (metrics()[total].unit == "money"):
        raise ValueError("has money on one side only, or twice among the factors")
    constant = _number("constant", table.get("constant", 1))
    if math.isinf(constant):
        raise ValueError("constant is not finite")
    below, above = _either_way("within", table.get("within", 1))
    return Relation(
        name=name,
        total=total,
        factors=tuple(factors),
        says=_says(table["says"], factors),
        constant=constant,
        below=below,
        above=above,
        records=_records(table.get("records", {}), factors),
        of_chip=_of_chip(table.get("of_chip", []), factors),
    )


def _either_way(key: str, given: Any) -> tuple[float, float]:
    both = given if isinstance(given, list) else [given, given]
    if len(both) != 2:
        raise ValueError(f"{key} is a number or [below, above]")
    below, above = (_number(key, number) for number in both)
    if below < 1 or above < 1:
        raise ValueError(f"{key} is a number of times, 1 or more, not {given!r}")
    if math.isinf(below) and math.isinf(above):
        raise ValueError(f"{key} leaves both directions open, so that nothing is said")
    return below, above


def _records(given: Any, factors: list[str]) -> dict[str, tuple[float, float]]:
    if not isinstance(given, dict):
        raise ValueError("records is a table of factors, each with a number of times")
    _known("records", given, factors)
    return {metric: _either_way("records", number) for metric, number in given.items()}


def _of_chip(given: Any, factors: list[str]) -> frozenset[str]:
    if not isinstance(given, list) or not all(isinstance(metric, str) for metric in given):
        raise ValueError("of_chip is a list of factors")
    _known("of_chip", given, factors)
    return frozenset(given)


def _known(key: str, given: Any, factors: list[str]) -> None:
    for metric in given:
        if metric not in factors:
            raise ValueError(f"{key} names {metric!r}, which is none of its factors")


def _says(given: Any, factors: list[str]) -> str:
    if not isinstance(given, str):
        raise ValueError("says is a sentence")
    try:
        pieces = list(Formatter().parse(given))
    except ValueError as error:
        raise ValueError(f"says cannot be read: {error}") from None
    named = {name for _, name, _, _ in pieces if name is not None}
    if strange := named - WORDS - set(factors):
        raise ValueError(f"says names {', '.join(map(repr, sorted(strange)))}, which is no figure")
    if missing := {"total", *factors} - named:
        raise ValueError(f"says leaves out {', '.join(sorted(missing))}")
    return given


def _number(key: str, given: Any) -> float:
    if isinstance(given, bool) or not isinstance(given, (int, float)) or not given > 0:
        raise ValueError(f"{key} is a number above 0, not {given!r}")
    return float(given)
