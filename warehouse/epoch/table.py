"""A table of Epoch AI: its rows, and the records that come of them.

Each table says with a function what a row holds: an `Entry` with whose figures they are, and a
`Figure` for each column that carries one. The rest is the same for all of them and stands here.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date

from extract.claims import Claim
from extract.metrics import metrics
from warehouse.compare import Side
from warehouse.ids import stable_id
from warehouse.records import Record

SOURCE = "Epoch AI"

# How sure a record is by Epoch's word for it. The words of the clusters ("Confirmed", "Unlikely")
# and of the companies ("Uncertain") stand beside those of the models.
CONFIDENCE = {
    "Confirmed": 0.9, "Confident": 0.9, "Likely": 0.7, "Uncertain": 0.5, "Speculative": 0.5,
    "Unknown": 0.5, "Unlikely": 0.3,
}  # fmt: skip
UNSAID = 0.5
# A figure of which Epoch says so is a guess of Epoch's, whoever published the rest.
GUESSED = frozenset(("Speculative", "Unlikely"))

# A binary fraction written out ("247000000.00000003") is not what anybody measured.
DIGITS = 12
THOUSANDS = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?")
DAY = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?(?:[ T].*)?")
# Several addresses may stand in one cell, parted by blanks or commas.
ADDRESS = re.compile(r"https?://\S+?(?=[,;]*(?:\s|$)|[,;]https?://)")


class Row:
    """The cells of a row by column; a column that the file lacks is as good as empty."""

    def __init__(self, cells: Mapping[str, str]) -> None:
        self._cells = cells

    def text(self, column: str) -> str:
        """The words of a cell on one line, empty where there are none."""
        return " ".join(self._cells.get(column, "").split())

    def number(self, column: str) -> float | None:
        """The number of a cell, None where it is empty; raises ValueError where it is none."""
        text = self.text(column)
        if not text:
            return None
        try:
            number = float(text.replace(",", "") if THOUSANDS.fullmatch(text) else text)
        except ValueError:
            number = math.nan
        if not math.isfinite(number) or number < 0:
            raise ValueError(f"{column} must be a number, not {text!r}")
        return float(f"{number:.{DIGITS}g}")

    def day(self, column: str) -> date | None:
        """The day of a cell, the first one of a month or year; raises ValueError for no date."""
        if not (text := self.text(column)):
            return None
        with suppress(ValueError):
            if match := DAY.fullmatch(text):
                return date(*(int(part or 1) for part in match.groups()))
        raise ValueError(f"{column} is a date like 2025-09-19, not {text!r}")

    def names(self, column: str) -> list[str]:
        """The names of a cell, which commas part."""
        return [name for part in self.text(column).split(",") if (name := part.strip())]

    def true(self, column: str) -> bool:
        """Whether a box is ticked."""
        return self.text(column).casefold() == "true"

    def address(self, *columns: str) -> str | None:
        """The first http or https address in the first of the columns that holds one."""
        found = (ADDRESS.search(self._cells.get(column, "")) for column in columns)
        url = next((match.group() for match in found if match), None)
        return url.rstrip(")") if url and "(" not in url else url


@dataclass(frozen=True, slots=True)
class Figure:
    """Which columns of a row, added up and times `factor`, are a figure of which metric."""

    metric: str
    columns: tuple[str, ...]
    factor: float = 1.0
    status: str = "reported"
    scope: Mapping[str, str] = field(default_factory=dict)
    as_of: date | str | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class Entry:
    """What the figures of a row have in common.

    `key` is what tells the row from the others of its table, in Epoch's own words: the ids of
    records hang on it, so nothing is in it that Epoch or the catalogue of entities may mend.
    `confidence` is Epoch's word, empty where there is none.
    """

    key: tuple[str, ...]
    subject: str
    published: date
    url: str | None
    confidence: str
    figures: tuple[Figure, ...]
    note: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """A table by the columns that it is known by; `read` gives None for a row to skip."""

    name: str
    columns: frozenset[str]
    read: Callable[[Row], Entry | None]


def records_of(table: Table, cells: Mapping[str, str]) -> Iterator[Record | ValueError]:
    """The records of a row, and an error for each cell that should hold a number and does not.

    Raises ValueError where a date is broken, for then the row as a whole says nothing.
    """
    row = Row(cells)
    entry = table.read(row)
    for figure in entry.figures if entry else ():
        try:
            parts = [part for column in figure.columns if (part := row.number(column))]
        except ValueError as error:
            yield error
            continue
        if entry and parts:
            yield _record(table, entry, figure, float(f"{sum(parts) * figure.factor:.{DIGITS}g}"))


def _record(table: Table, entry: Entry, figure: Figure, value: float) -> Record:
    status = figure.status
    if status == "reported" and entry.confidence in GUESSED:
        status = "estimated"
    as_of = str(figure.as_of) if figure.as_of else None
    unit = metrics()[figure.metric].unit
    claim = Claim(
        subject=entry.subject,
        metric=figure.metric,
        value=value,
        low=value,
        high=value,
        unit="USD" if unit == "money" else unit,
        status=status,
        claimant=SOURCE if status == "estimated" else None,
        scope=figure.scope,
        as_of=as_of,
        confidence=CONFIDENCE.get(entry.confidence, UNSAID),
    )
    said = f"Epoch's confidence: {entry.confidence}" if entry.confidence else ""
    # Neither what Epoch thinks of a figure nor where it was read is part of the id: both are
    # mended. A plan that came true is another record, though.
    record_id = stable_id(
        SOURCE, table.name, *entry.key, figure.metric, *figure.columns, value, as_of,
        status == "planned",
    )  # fmt: skip
    return Record(
        record_id,
        Side(claim, entry.published.isoformat(), SOURCE, entry.url),
        note="; ".join(filter(None, (said, entry.note, figure.note))) or None,
        origin="imported",
    )
