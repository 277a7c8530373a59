"""GPU clusters: how many accelerators of which kind, and how much power."""

from __future__ import annotations

import re
from collections.abc import Iterator
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

PHASE = re.compile(r"Phase \d+")


def read(row: Row) -> Entry | None:
    """A cluster's row; None without name or date, and for one that may stand there twice."""
    name, since = row.text("Name").strip('"'), row.day(OPERATIONAL)
    planned = row.text("Status") == "Planned"
    url = row.address(*SOURCES)
    days = (_archived(row.address(source)) for source in SOURCES)
    archived = next(filter(None, days), None)
    published = archived or since if planned else since or archived
    if not name or name.startswith("Anonymized") or published is None:
        return None
    if row.true("Possible Duplicate") or row.true("Exclude"):
        return None
    subject = names.site(name)
    # A site grows in phases, and each row is one of them.
    phase = PHASE.search(name) if subject != name else None
    scope = {"stage": phase.group()} if phase else {}
    return Entry(
        key=(name,),
        subject=subject,
        published=published,
        url=url,
        confidence=row.text("Certainty"),
        figures=tuple(_figures(row, scope, "planned" if planned else "reported", since)),
        note="" if subject == name else f"Epoch's name: {name}",
    )


def _figures(row: Row, scope: dict[str, str], status: str, as_of: date | None) -> Iterator[Figure]:
    for column, chips in _counts(row):
        fleet = {**scope, **chips}
        yield Figure("accelerator_fleet", (column,), status=status, scope=fleet, as_of=as_of)
    if row.text(REPORTED):
        yield Figure("datacenter_power", (REPORTED,), MEGAWATT, status, scope, as_of)
    else:
        status = "estimated" if status == "reported" else status
        note = "Calculated by Epoch AI"
        yield Figure("datacenter_power", (CALCULATED,), MEGAWATT, status, scope, as_of, note)


def _counts(row: Row) -> Iterator[tuple[str, dict[str, str]]]:
    """The columns that count chips, each with the scope that says of which kind."""
    kinds = {}
    for column, which in ((FIRST, "primary"), (SECOND, "secondary")):
        if row.text(column):
            chip = row.text(f"Chip type ({which})")
            kinds[column] = {"chip": names.chip(chip)[0]} if chip else {}
    if len(kinds) == 1:
        yield from kinds.items()
        return
    # Two builds of one chip are of one kind; and a part of unknown kind is not the whole.
    one, *others = kinds.values() or ({},)
    alike = one in others
    yield ALL, one if alike else {}
    if not alike:
        yield from ((column, kind) for column, kind in kinds.items() if kind)


def _archived(url: str | None) -> date | None:
    match = ARCHIVED.match(url or "")
    try:
        return date(*map(int, match.groups())) if match else None
    except ValueError:
        return None


TABLE = Table("clusters", frozenset(("Name", "Status", "Certainty", FIRST, OPERATIONAL)), read)
