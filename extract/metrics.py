"""The table of metrics, read from metrics.toml."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from extract.errors import DataError
from extract.toml import read_tables

DIMENSIONS = frozenset(
    "money percent times accelerator time GPU-hour FLOP token parameter W person download "
    "point count measure".split()
)
"""What a figure's unit measures; `extract.figures.dimension` maps a unit to one of these."""


@dataclass(frozen=True, slots=True)
class Metric:
    """What a figure can be about; the fields are explained in metrics.toml."""

    id: str
    about: str
    unit: str
    accepts: frozenset[str]
    changes: bool = False
    signed: bool = False
    identify: tuple[str, ...] = ()
    plausible: tuple[float, float] = (0.0, math.inf)
    behind: tuple[str, ...] = ()
    within: int | None = None
    alike: tuple[str, ...] = ()

    def could_be(self, value: float) -> bool:
        """Whether a figure of such a size could be this metric at all; `value` is unsigned."""
        least, most = self.plausible
        return least <= abs(value) <= most


@cache
def metrics(path: Path | None = None) -> Mapping[str, Metric]:
    """The metrics by id, in the order of the file.

    Raises DataError, with the line, where the file is not what its header says.
    """
    path = path or Path(__file__).with_name("metrics.toml")
    return {name: _metric(path, line, name, table) for name, line, table in read_tables(path)}


def named_behind(after: str) -> frozenset[str]:
    """The metrics that the words right behind a figure name, `after` being the text there."""
    words = after.lstrip().casefold()
    return frozenset(
        metric.id
        for metric in metrics().values()
        if metric.behind and words.startswith(metric.behind)
    )


def _metric(path: Path, line: int | None, name: str, table: object) -> Metric:
    if not isinstance(table, dict):
        raise DataError(path, line, f"{name} is no table")
    if unknown := set(table) - {
        "about",
        "unit",
        "accepts",
        "changes",
        "signed",
        "identify",
        "plausible",
        "behind",
        "within",
        "alike",
    }:
        raise DataError(path, line, f"[{name}] has unknown keys: {', '.join(sorted(unknown))}")
    if missing := {"about", "unit", "accepts"} - set(table):
        raise DataError(path, line, f"[{name}] lacks {', '.join(sorted(missing))}")
    if strange := set(table["accepts"]) - DIMENSIONS:
        raise DataError(
            path, line, f"[{name}] accepts no such dimension: {', '.join(sorted(strange))}"
        )
    return Metric(
        id=name,
        about=table["about"],
        unit=table["unit"],
        accepts=frozenset(table["accepts"]),
        changes=table.get("changes", False),
        signed=table.get("signed", False),
        identify=tuple(table.get("identify", ())),
        plausible=_plausible(path, line, table),
        behind=tuple(table.get("behind", ())),
        within=_days(path, line, table),
        alike=tuple(table.get("alike", ())),
    )


def _days(path: Path, line: int | None, table: dict[str, Any]) -> int | None:
    days = table.get("within")
    if days is not None and (not isinstance(days, int) or days < 0):
        raise DataError(path, line, f"within is a number of days, not {days!r}")
    return days


def _plausible(path: Path, line: int | None, table: dict[str, Any]) -> tuple[float, float]:
    bounds = table.get("plausible", [0.0, math.inf])
    match bounds:
        case [int() | float() as least, int() | float() as most] if least <= most:
            return float(least), float(most)
    raise DataError(path, line, f"plausible is [least, most], not {bounds!r}")
