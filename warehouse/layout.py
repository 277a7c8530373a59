"""The project's own layout of records: one figure a row, its columns in docs/records.md."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from extract.claims import Claim, claim_from_json
from extract.entities import registry
from extract.metrics import metrics
from warehouse.compare import Side
from warehouse.compare.periods import span
from warehouse.records import Record, make_record
from warehouse.rows import FIGURE

COLUMNS = (
    "subject metric value low high unit qualifier status scope as_of claimant source url "
    "published note"
).split()
"""The CSV layout. `scope` is `key=value; key=value`; `low` and `high` may be left empty."""

REQUIRED = {"subject", "metric", "value", "unit", "source", "published"}


def check_columns(found: set[str]) -> None:
    """Raises ValueError where a file's columns are not those of the layout."""
    if missing := REQUIRED - found:
        raise ValueError(f"lacks the columns {', '.join(sorted(missing))}")
    if unknown := found - set(COLUMNS):
        raise ValueError(f"has unknown columns: {', '.join(sorted(unknown))}")


def records_of(row: Mapping[str, str]) -> Iterator[Record]:
    """The record of a row; raises ValueError that says what is wrong with it."""
    cells = {key: cell.strip() or None for key, cell in row.items()}
    if missing := sorted(key for key in REQUIRED if not cells[key]):
        raise ValueError(f"lacks {', '.join(missing)}")
    data: dict[str, Any] = {key: cells.get(key) for key in FIGURE}
    for key in ("value", "low", "high"):
        if data[key] is not None:
            try:
                data[key] = float(data[key])
            except ValueError:
                raise ValueError(f"{key} must be a number, not {data[key]!r}") from None
    data["scope"] = _scope(cells.get("scope"))
    claim = claim_from_json(data)
    published = str(cells["published"])
    if not re.fullmatch(r"\d{4}-\d{2}-\d{2}", published):
        raise ValueError(f"published is a date like 2025-09-19, not {published!r}")
    date.fromisoformat(published)
    _check(claim)
    if cells.get("url") and not str(cells["url"]).startswith(("https://", "http://")):
        raise ValueError(f"url is an http(s) address, not {cells['url']!r}")
    yield make_record(
        Side(
            claim=replace(claim, subject=registry().resolve(str(claim.subject))),
            published=published,
            source=cells["source"],
            url=cells.get("url"),
        ),
        note=cells.get("note"),
    )


def _check(claim: Claim) -> None:
    """Raises ValueError where unit, interval or time cannot be compared with anything."""
    wanted = metrics()[claim.metric].unit
    if wanted == "money" and not re.fullmatch("[A-Z]{3}", claim.unit or ""):
        raise ValueError(f"the unit of {claim.metric} is a currency like USD, not {claim.unit!r}")
    if wanted not in ("money", "any") and claim.unit != wanted:
        raise ValueError(f"the unit of {claim.metric} is {wanted}, not {claim.unit!r}")
    low = claim.value if claim.low is None else claim.low
    high = claim.value if claim.high is None else claim.high
    if not low <= claim.value <= high:
        raise ValueError(f"value {claim.value:g} is outside {low:g} to {high:g}")
    if claim.as_of and span(claim.as_of) is None:
        raise ValueError(f"as_of is a date or period like 2025 or Q2 2025, not {claim.as_of!r}")


def _scope(text: str | None) -> dict[str, str]:
    scope = {}
    for part in (text or "").split(";"):
        if not part.strip():
            continue
        key, equals, word = part.partition("=")
        if not (equals and key.strip() and word.strip()):
            raise ValueError(f"scope is key=value; key=value, not {part.strip()!r}")
        scope[key.strip()] = word.strip()
    return scope
