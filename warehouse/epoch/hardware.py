"""Machine learning hardware: what a chip cost when it came out."""

from __future__ import annotations

from warehouse.epoch import names
from warehouse.epoch.table import Entry, Figure, Row, Table

PRICE = "Release price (USD)"


def read(row: Row) -> Entry | None:
    """A chip's row; None without name or date."""
    name, released = row.text("Hardware name"), row.day("Release date")
    if not name or released is None:
        return None
    subject, sold_as = names.chip(name, row.text("Manufacturer"))
    scope = {"product": sold_as} if sold_as else {}
    price = Figure("chip_price", (PRICE,), scope=scope, as_of=released.isoformat())
    return Entry(
        key=(name,),
        subject=subject,
        published=released,
        url=row.address("Source for the price"),
        confidence="",
        figures=(price,),
        note="Price at release",
    )


TABLE = Table("hardware", frozenset(("Hardware name", "Release date", PRICE)), read)
