"""What readers open: the published file, read-only, for `sql` and the listings."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import duckdb

from warehouse.errors import BadQuery, Damaged
from warehouse.migrate import migrate
from warehouse.seed import plant


@dataclass(frozen=True, slots=True)
class Table:
    """The answer to a query."""

    columns: list[str]
    rows: list[tuple[Any, ...]]


@contextmanager
def published(path: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """A read-only connection to the published file; raises Damaged where there is none.

    It sees the file as it was when opened, however long it stays and whatever is published
    meanwhile. It can neither write nor reach outside of the file.
    """
    if not path.exists():
        raise Damaged(f"{path} does not exist yet: `counterclaim run` makes it")
    try:
        connection = duckdb.connect(
            str(path),
            read_only=True,
            config={"enable_external_access": False, "autoinstall_known_extensions": False},
        )
    except duckdb.Error as error:
        raise Damaged(f"{path} cannot be opened: {' '.join(str(error).split())[:300]}") from error
    try:
        connection.execute("SET TimeZone = 'UTC'")
        yield connection
    finally:
        connection.close()


@contextmanager
def records_of(path: Path, *, curated: bool) -> Iterator[duckdb.DuckDBPyConnection]:
    """As `published`; a database in memory where nothing is published yet.

    It is empty, or holds the records that ship.
    """
    if path.exists():
        with published(path) as connection:
            yield connection
        return
    with duckdb.connect() as connection:
        migrate(connection, path)
        if curated:
            plant(connection, datetime.now(UTC))
        yield connection


def ask(path: Path, sql: str) -> Table:
    """Runs a user's query; raises BadQuery with DuckDB's own words where it fails."""
    with published(path) as connection:
        try:
            statements = connection.extract_statements(sql.encode("utf-8", "replace").decode())
            if len(statements) > 1:
                raise BadQuery(f"one query at a time, not {len(statements)}")
            cursor = connection.execute(statements[0]) if statements else None
            if not cursor or not cursor.description:
                raise BadQuery("the query is empty")
            return Table(_distinct([column[0] for column in cursor.description]), cursor.fetchall())
        except duckdb.CatalogException as error:
            views = ", ".join(
                name
                for (name,) in connection.execute(
                    "SELECT view_name FROM duckdb_views() WHERE NOT internal ORDER BY view_name"
                ).fetchall()
            )
            said = str(error).splitlines()[0]
            raise BadQuery(f"{said} The views are {views} (docs/sql.md).") from error
        except duckdb.Error as error:
            raise BadQuery(" ".join(str(error).split())) from error


def _distinct(names: list[str]) -> list[str]:
    """Names of which none stands twice: `SELECT 1 a, 2 a` gives a and a_2."""
    return [
        name if names.index(name) == number else f"{name}_{number + 1}"
        for number, name in enumerate(names)
    ]
