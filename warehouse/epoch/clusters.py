"""GPU clusters: how many accelerators of which kind, and how much power."""

from __future__ import annotations

import re
from datetime import date

from warehouse.epoch import names
from warehouse.epoch.table import Entry, Figure, Row, Table

FIRST, SECOND = "Chip quantity (primary)", "Chip quantity (secondary)"
ALL = "Total number of AI chips"
REPORTED, CALCULATED = "Reported Power Capacity (MW)", "Calculated Power Capacity (MW)"
OPERATIONAL = "First Operational Date"
MEGAWATT = 1e6
SOURCES = tuple(f"Source {number}" for number in range(1, 6))
# Most plans have no date; a copy in the archive says in its address on which day they stood.
ARCHIVED = re.compile(r"https?://web\.archive\.org/web/(\d{4})(\d{2})(\d{2})")


def read(row: Row) -> Entry | None:
    """A cluster's row; None without name or date, and for one that may stand there twice."""
    name, since = row.text("Name").strip('"'), row.day(OPERATIONAL)
    planned = row.text("Status") == "Planned"
    url = row.address(*SOURCES)
    archived = _archived(url)
    published = archived or since if planned else since or archived
    if not name or name.startswith("Anonymized") or published is None:
        return None
    if row.true("Possible Duplicate") or row.true("Exclude"):
        return None
    subject = names.site(name)
    return Entry(
        key=(name,),
        subject=subject,
        published=published,
        url=url,
        confidence=row.text("Certainty"),
        figures=tuple(_figures(row, "planned" if planned else "reported", since)),
        note="" if subject == name else f"Epoch's name: {name}",
    )


def _figures(row: Row, status: str, as_of: date | None) -> list[Figure]:
    columns = [
        (column, row.text(f"Chip type ({which})"))
        for column, which in ((FIRST, "primary"), (SECOND, "secondary"))
        if row.text(column)
    ]
    figures = [
        Figure(
            "accelerator_fleet",
            (column,),
            status=status,
            scope={"chip": names.chip(chip)[0]} if chip else {},
            as_of=as_of,
        )
        for column, chip in columns
    ]
    if len(columns) != 1:
        figures.append(Figure("accelerator_fleet", (ALL,), status=status, as_of=as_of))
    power = REPORTED if row.text(REPORTED) else CALCULATED
    if power == CALCULATED and status == "reported":
        status = "estimated"
    note = "Calculated by Epoch AI" if power == CALCULATED else ""
    figures.append(
        Figure("datacenter_power", (power,), MEGAWATT, status=status, as_of=as_of, note=note)
    )
    return figures


def _archived(url: str | None) -> date | None:
    match = ARCHIVED.match(url or "")
    try:
        return date(*map(int, match.groups())) if match else None
    except ValueError:
        return None


TABLE = Table("clusters", frozenset(("Name", "Status", "Certainty", FIRST, OPERATIONAL)), read)
