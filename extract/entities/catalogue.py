"""The catalogue of entities, read from entities.csv.

One entity a row, made for a spreadsheet; lists are parted by semicolons:

    name     canonical: vendor and version as its maker writes them
    kind     one of KINDS
    maker    who makes a model, chip, product or site, or whom a person speaks for, or the
             country that a state belongs to; itself a name of the catalogue
    country  where a company or lab is at home; left empty for the United States
    since    the earliest it can be said to exist: YYYY, YYYY-MM or YYYY-MM-DD
    aliases  other ways to write it that mean nothing else
    short    ways to write it that mean other things too: they hold where the story names
             the entity or its maker. An entity whose name is a plain word ("Figure")
             has its own name here
    style    how its maker writes a version and a variant of it ("Qwen3-Max"), from which
             names of versions follow that the catalogue has not seen
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from extract.entities.keys import key
from extract.errors import DataError

KINDS = frozenset(
    ("model", "family", "company", "lab", "chip", "site", "project", "product", "person")
) | {"country", "agency", "outlet", "benchmark", "index"}
COLUMNS = ("name", "kind", "maker", "country", "since", "aliases", "short", "style")
SINCE = re.compile(r"\d{4}(-\d\d(-\d\d)?)?")


@dataclass(frozen=True, slots=True)
class Entity:
    """Somebody or something that a figure can be about, or who states one.

    `since` is an ISO date, month or year; `short`, `style` and `country` as in entities.csv.
    """

    name: str
    kind: str
    maker: str | None
    aliases: tuple[str, ...]
    since: str | None
    short: tuple[str, ...] = ()
    style: str | None = None
    country: str | None = None


def read_entities(path: Path) -> list[Entity]:
    """The entities of a file, in its order; raises DataError at the first bad line."""
    entities: list[Entity] = []
    lines: dict[str, int] = {}
    with path.open(encoding="utf-8", newline="") as file:
        rows = csv.reader(file, strict=True)
        try:
            if tuple(next(rows, ())) != COLUMNS:
                raise ValueError(f"the first line names the columns: {','.join(COLUMNS)}")
            for row in rows:
                entity = _entity(row)
                if entity.name in lines:
                    raise ValueError(f"{entity.name} stands on line {lines[entity.name]} too")
                lines[entity.name] = rows.line_num
                entities.append(entity)
        except (ValueError, csv.Error) as error:
            raise DataError(path, rows.line_num, str(error)) from error
    _check_together(path, entities, lines)
    return entities


def _entity(row: list[str]) -> Entity:
    if len(row) != len(COLUMNS):
        raise ValueError(f"{len(row)} columns, not {len(COLUMNS)}")
    name, kind, maker, country, since, aliases, short, style = (cell.strip() for cell in row)
    if not key(name):
        raise ValueError("an entity without a name")
    if kind not in KINDS:
        raise ValueError(f"{name}: no such kind: {kind!r}; one of {', '.join(sorted(KINDS))}")
    if since and not _is_date(since):
        raise ValueError(f"{name}: since is YYYY, YYYY-MM or YYYY-MM-DD, not {since!r}")
    if style and not (style.startswith(name) and len(style) > len(name)):
        raise ValueError(f"{name}: style starts with the name and goes on: {style!r}")
    return Entity(
        name=name,
        kind=kind,
        maker=maker or None,
        aliases=_list(name, aliases),
        since=since or None,
        short=_list(name, short),
        style=style or None,
        country=country or None,
    )


def _list(name: str, cell: str) -> tuple[str, ...]:
    words = tuple(word.strip() for word in cell.split(";")) if cell else ()
    if not all(key(word) for word in words):
        raise ValueError(f"{name}: an empty alias")
    return words


def _is_date(since: str) -> bool:
    if not SINCE.fullmatch(since):
        return False
    try:
        date.fromisoformat((since + "-01-01")[:10])
    except ValueError:
        return False
    return True


def _check_together(path: Path, entities: Iterable[Entity], lines: dict[str, int]) -> None:
    """What no row shows alone: makers that are no entities, aliases that two rows claim."""
    owners: dict[str, str] = {}
    for entity in entities:
        if entity.maker and entity.maker not in lines:
            what = f"{entity.name}: its maker {entity.maker} is not in the catalogue"
            raise DataError(path, lines[entity.name], what)
        for alias in firm_names(entity):
            other = owners.setdefault(key(alias), entity.name)
            if other != entity.name:
                what = f"{entity.name}: {alias!r} means {other} too (line {lines[other]})"
                raise DataError(path, lines[entity.name], f"{what}: list it as short")
    for entity in entities:
        for alias in entity.short:
            other = owners.get(key(alias), entity.name)
            if other != entity.name:
                what = f"{entity.name}: short {alias!r} always means {other} (line {lines[other]})"
                raise DataError(path, lines[entity.name], what)


def firm_names(entity: Entity) -> list[str]:
    """The ways to write an entity that mean nothing else."""
    return [word for word in (entity.name, *entity.aliases) if word not in entity.short]
