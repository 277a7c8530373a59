"""Data files in TOML, read with clear errors."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from extract.errors import DataError


def read_toml(path: Path) -> dict[str, Any]:
    """What a file holds; raises DataError where it is no TOML."""
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except tomllib.TOMLDecodeError as error:
        raise DataError(path, None, str(error)) from error


def read_tables(path: Path) -> Iterator[tuple[str, int | None, object]]:
    """Each table of a file with its name and the line of its header; raises DataError."""
    tables = read_toml(path)
    rows = [row.strip() for row in path.read_text(encoding="utf-8").splitlines()]
    for name, table in tables.items():
        header = f"[{name}]"
        yield name, rows.index(header) + 1 if header in rows else None, table
