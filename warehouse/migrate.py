"""Numbered migrations, run on opening; the views, and the comments of every column.

Tables change by migrations. Views hold nothing, so they stand once, as they are today, and are
made anew whenever a file is brought to this program's version.
"""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path

import duckdb

from warehouse.errors import NewerVersion

FOLDER = Path(__file__).parent / "migrations"
VIEWS = Path(__file__).parent / "views"


@cache
def migrations() -> tuple[tuple[int, str], ...]:
    """Number and SQL of each migration, in order."""
    return tuple(
        (int(path.name.split("_")[0]), path.read_text(encoding="utf-8"))
        for path in sorted(FOLDER.glob("[0-9]*.sql"))
    )


@cache
def views() -> dict[str, str]:
    """The SQL of each view by its name, in the order in which they rest on each other."""
    return {
        path.stem.partition("_")[2]: path.read_text(encoding="utf-8")
        for path in sorted(VIEWS.glob("[0-9]*.sql"))
    }


@cache
def comments() -> dict[str, dict[str, str]]:
    """What each column means: by view, or schema and table, then column (`""` is the whole).

    A view with the columns of another says so by `like`.
    """
    found = tomllib.loads((FOLDER.parent / "comments.toml").read_text(encoding="utf-8"))
    for name, own in found.items():
        if other := own.pop("like", None):
            found[name] = {**found[other], **own}
    return found


def migrate(connection: duckdb.DuckDBPyConnection, path: Path) -> None:
    """Brings the schema to this program's version, one transaction a migration.

    Raises NewerVersion where the file is ahead of this program.
    """
    connection.execute("CREATE SCHEMA IF NOT EXISTS meta")
    connection.execute(
        "CREATE TABLE IF NOT EXISTS meta.migrations "
        "(number INTEGER PRIMARY KEY, applied_at TIMESTAMPTZ)"
    )
    row = connection.execute("SELECT coalesce(max(number), 0) FROM meta.migrations").fetchone()
    version, newest = row[0] if row else 0, migrations()[-1][0]
    if version > newest:
        raise NewerVersion(
            f"{path} is of version {version}, this program knows up to {newest}: "
            "upgrade counterclaim, or use another --home"
        )
    for number, sql in migrations():
        if number <= version:
            continue
        connection.begin()
        connection.execute(sql)
        if number == newest:
            make_views(connection)
            comment(connection)
        connection.execute("INSERT INTO meta.migrations VALUES (?, now())", [number])
        connection.commit()


def make_views(connection: duckdb.DuckDBPyConnection) -> None:
    """Makes all views anew, in order, since a copy of the database makes them in that order."""
    for name in reversed(views()):
        connection.execute(f'DROP VIEW IF EXISTS "{name}"')
    for sql in views().values():
        connection.execute(sql)


def comment(connection: duckdb.DuckDBPyConnection) -> None:
    """Writes the comments of every table, view and column into the catalogue in use."""
    relations = connection.execute(
        """
        SELECT schema_name, table_name, list(column_name),
            (schema_name, table_name) IN (SELECT (schema_name, view_name) FROM duckdb_views())
        FROM duckdb_columns()
        WHERE NOT internal AND database_name = current_database()
        GROUP BY ALL
        """
    ).fetchall()
    for schema, name, columns, is_view in relations:
        shown = comments().get(name, {})  # of the view of the same name
        own = shown if is_view else comments()[f"{schema}.{name}"]
        place = f'"{schema}"."{name}"'
        kind = "VIEW" if is_view else "TABLE"
        connection.execute(f"COMMENT ON {kind} {place} IS {_quoted(own[''])}")
        for column in columns:
            text = _quoted(own.get(column) or shown[column])
            connection.execute(f'COMMENT ON COLUMN {place}."{column}" IS {text}')


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"
