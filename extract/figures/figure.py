"""A figure: a quantity as the text states it."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Figure:
    """A quantity with the interval that its words allow.

    `text[start:end] == quote`. `value`, `low` and `high` count the unit as written:
    money in its currency, power in W, time in the unit named ("3 days": 3, "day").
    `low` is None where the words leave the interval open downwards, `high` where upwards;
    `value` is the midpoint of a range and the bound of an open interval.
    `unit` is an ISO 4217 code, "percent", "times", "point", a unit of metrics.toml, a
    measure, or the singular noun that is counted; None where no noun follows.
    `qualifier` is one of `extract.claims.QUALIFIERS`.
    """

    quote: str
    start: int
    end: int
    value: float
    low: float | None
    high: float | None
    unit: str | None
    qualifier: str

    def to_json(self) -> dict[str, Any]:
        """The figure as `counterclaim figures` writes it."""
        return asdict(self)
