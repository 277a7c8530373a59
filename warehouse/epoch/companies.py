"""AI companies: funding rounds, revenue, staff, users, and what they spend on computing."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from warehouse.epoch import names
from warehouse.epoch.table import Entry, Figure, Row, Table

SOURCES = ("Source 1", "Source 2", "Source 3")
EQUITY, DEBT = "Funding (equity)", "Funding (debt)"
YEARLY, ANNUALISED = "Revenue amount (normalize to annual)", "Annualized revenue (USD)"
QUARTERS = 4
WHOLE = ("Full company", "All products")


def funding(row: Row) -> Entry | None:
    """A round: what was raised, and what the company was worth with it."""
    closed = row.day("Close date")
    status = "planned" if "discussions" in row.text("Status").casefold() else "reported"
    debt = {"type": "debt"}
    figures = [Figure("funding_round", (DEBT,), status=status, scope=debt, as_of=closed)]
    if {"Primary", "Debt"} <= set(row.names("Type")):
        # Told as one sum; a credit line beside a round is not.
        both = (EQUITY, DEBT)
        equity = {"type": "equity"}
        figures += [
            Figure("funding_round", both, status=status, as_of=closed, note="Equity and debt"),
            Figure("funding_round", (EQUITY,), status=status, scope=equity, as_of=closed),
        ]
    else:
        figures.append(Figure("funding_round", (EQUITY,), status=status, as_of=closed))
    worth = ("Valuation (post-money)",)
    figures.append(Figure("valuation", worth, status=status, as_of=closed, note="Post-money"))
    return _entry(row, figures, closed)


def revenue(row: Row) -> Entry | None:
    """Revenue of the whole company: a year's, a quarter's, or what a month's makes in a year.

    Of a product's revenue the table does not say which product's, nor of other figures the time.
    """
    day, kind = row.day("Date"), row.text("Type")
    if day is None:
        return None
    if kind in ("Annualized revenue", "Annual recurring revenue"):
        scope = {"period": "annualised"}
        return _entry(row, [Figure("revenue", (ANNUALISED,), scope=scope, as_of=day)], day)
    if kind == "Quarterly revenue":
        period, column, factor = f"Q{(day.month + 2) // 3} {day.year}", ANNUALISED, 1 / QUARTERS
    elif kind == "Yearly revenue":
        period, column, factor = str(day.year), YEARLY, 1.0
    else:
        return None
    status = _status(row, day)
    scope = {"period": period}
    return _entry(row, [Figure("revenue", (column,), factor, status, scope, period)], day)


def staff(row: Row) -> Entry | None:
    """People of a company, or of a part of it."""
    kind, division = row.text("Type"), row.text("Division name")
    day = row.day("Date")
    if not kind or day is None:
        return None  # without a type it may be any part of the company
    count = ("Staff count",)
    if kind == "Full company" or not division:
        return _entry(row, [Figure("headcount", count, as_of=day)], day)
    part = names.organisation(division, row.text("Company"))
    scope = {} if part else {"type": division}
    figure = Figure("headcount", count, scope=scope, as_of=day)
    return _entry(row, [figure], day, part, division)


def usage(row: Row) -> Entry | None:
    """Users of a product, or of all that a company offers."""
    day, product, company = row.day("Date"), row.text("Product"), row.text("Company")
    if day is None:
        return None
    whole = not product or product in WHOLE or product.endswith("(all AI products)")
    subject = None if whole else names.subject(product, company)
    period = row.text("Active users time period").casefold()
    scope = {"period": period} if period else {}
    figure = Figure("users", ("Active users",), scope=scope, as_of=day)
    return _entry(row, [figure], day, subject, product)


def computing(row: Row) -> Entry | None:
    """Spending on computing, of a year or what a month's makes in a year."""
    day = row.day("Date")
    if day is None:
        return None
    yearly = row.text("Period type") != "Annualized"
    category = " and ".join(row.names("Category"))
    scope = {"period": str(day.year) if yearly else "annualised", "type": category}
    figure = Figure(
        "investment",
        ("Amount",),
        status=_status(row, day) if yearly else "reported",
        scope=scope if category else {"period": scope["period"]},
        as_of=str(day.year) if yearly else day,
    )
    return _entry(row, [figure], day, None, category)


def _entry(
    row: Row,
    figures: list[Figure],
    day: date | None,
    subject: str | None = None,
    part: str = "",
) -> Entry | None:
    """The entry of a report on a company, or on the part of it that is the subject."""
    company = row.text("Company")
    published = row.day("Report date") or day
    if not company or published is None or row.true("Exclude from graph view"):
        return None
    name = row.text("Id")
    return Entry(
        key=(company, part),
        subject=subject or names.subject(company, ""),
        published=published,
        url=row.address(*SOURCES),
        confidence=row.text("Confidence"),
        figures=tuple(figures),
        note=f"Epoch's name: {name}" if name else "",
    )


def _status(row: Row, ends: date) -> str:
    """A figure of a time that was not over when it was reported is a forecast."""
    reported = row.day("Report date")
    return "planned" if reported and reported < ends else "reported"


def _table(name: str, read: Callable[[Row], Entry | None], *columns: str) -> Table:
    return Table(name, frozenset(("Company", *columns)), read)


TABLES = (
    _table("funding rounds", funding, "Close date", "Status", EQUITY),
    _table("revenue", revenue, "Date", "Type", ANNUALISED),
    _table("staff", staff, "Date", "Type", "Staff count"),
    _table("usage", usage, "Date", "Product", "Active users"),
    _table("compute spend", computing, "Date", "Period type", "Amount"),
)
