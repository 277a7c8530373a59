"""The grammar of figures: every quantity in a text, with no model."""

from __future__ import annotations

import re

from extract.figures.figure import Figure

__all__ = ["Figure", "dimension", "find_figures"]

_CRUDE = re.compile(
    r"(?P<dollar>\$)?(?P<number>\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?)"
    r"(?P<scale>\s?(?:trillion|billion|million|thousand|bn|[mkMKB])\b)?(?P<percent>\s?(?:%|percent\b))?"
)
_SCALES = {"k": 1e3, "t": 1e3, "m": 1e6, "b": 1e9, "tr": 1e12}


def find_figures(text: str) -> list[Figure]:
    """The figures of a text, in order and not overlapping."""
    found = []
    for match in _CRUDE.finditer(text):
        scale = (match["scale"] or "").strip().lower()
        value = float(match["number"].replace(",", "")) * _SCALES.get(
            scale[:2] if scale.startswith("tr") else scale[:1], 1
        )
        unit = "USD" if match["dollar"] else "percent" if match["percent"] else None
        found.append(
            Figure(match[0], match.start(), match.end(), value, value, value, unit, "exact")
        )
    return found


def dimension(unit: str | None) -> str:
    """What a unit measures: one of `extract.metrics.DIMENSIONS`."""
    if unit in ("percent", "times", "accelerator", "GPU-hour", "FLOP", "token", "parameter"):
        return unit
    if unit in ("W", "person", "download", "point"):
        return unit
    if unit in ("hour", "day", "week", "month", "year", "minute", "second"):
        return "time"
    if unit and re.fullmatch("[A-Z]{3}", unit):
        return "money"
    return "count"
