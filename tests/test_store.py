"""The database file: migrations, turns, publication, readers who stay."""

from __future__ import annotations

import subprocess
import sys
import threading
from pathlib import Path

import duckdb
import pytest

from tests.conftest import Program
from warehouse.errors import BadQuery, Damaged, NewerVersion
from warehouse.feeds import subscribe, subscriptions
from warehouse.migrate import comments, migrations
from warehouse.reading import ask
from warehouse.store import Warehouse

VIEWS = {
    "feeds", "articles", "claims", "unsure", "records", "contradictions", "corrections",
    "timeline",
}  # fmt: skip


def add_feed(warehouse: Warehouse, number: int) -> None:
    from flows.house import now

    subscribe(warehouse, [(f"https://example.org/{number}", None, None)], now())


def test_migrations_are_numbered_without_gaps() -> None:
    assert [number for number, _ in migrations()] == list(range(1, len(migrations()) + 1))


def test_every_table_view_and_column_has_a_comment(warehouse: Warehouse) -> None:
    add_feed(warehouse, 1)
    warehouse.publish()
    rows = ask(
        warehouse.published,
        "SELECT schema_name, table_name, column_name, comment FROM duckdb_columns() "
        "WHERE NOT internal",
    ).rows
    assert {table for schema, table, _, _ in rows if schema == "main"} == VIEWS
    assert [row for row in rows if not row[3]] == []
    shown = {(table, column) for schema, table, column, _ in rows if schema == "main"}
    written = {(view, column) for view in VIEWS for column in comments()[view] if column}
    assert written == shown


def test_a_newer_file_is_refused_and_left_alone(warehouse: Warehouse) -> None:
    with warehouse.turn() as connection:
        connection.execute("INSERT INTO meta.migrations VALUES (999, now())")
    before = warehouse.path.read_bytes()
    with pytest.raises(NewerVersion, match=r"version 999.*upgrade"):
        add_feed(Warehouse(warehouse.home), 1)
    assert warehouse.path.read_bytes() == before


def test_a_file_that_is_no_database_is_refused_and_left_alone(warehouse: Warehouse) -> None:
    warehouse.path.parent.mkdir(parents=True)
    warehouse.path.write_text("not a database, but a text that is long enough to be a header " * 99)
    with pytest.raises(Damaged, match=r"warehouse\.duckdb cannot be opened"):
        add_feed(warehouse, 1)
    assert warehouse.path.read_text().startswith("not a database")


def test_a_turn_that_raises_changes_nothing(warehouse: Warehouse) -> None:
    def half_a_turn() -> None:
        with warehouse.turn() as connection:
            connection.execute(
                "INSERT INTO store.feeds (feed_id, url, added_at, active, failures, entries) "
                "VALUES ('a', 'b', now(), true, 0, 0)"
            )
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        half_a_turn()
    assert subscriptions(warehouse) == []


def test_many_threads_take_turns(warehouse: Warehouse) -> None:
    threads = [threading.Thread(target=add_feed, args=(warehouse, n)) for n in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(subscriptions(warehouse)) == 8


SITTING_READER = """
import duckdb, sys
connection = duckdb.connect(sys.argv[1], read_only=True)
print(connection.execute("SELECT count(*) FROM feeds").fetchone()[0], flush=True)
sys.stdin.readline()
print(connection.execute("SELECT count(*) FROM feeds").fetchone()[0], flush=True)
"""


def test_a_reader_who_stays_blocks_nobody_and_sees_one_state(warehouse: Warehouse) -> None:
    add_feed(warehouse, 1)
    warehouse.publish()
    reader = subprocess.Popen(
        [sys.executable, "-c", SITTING_READER, str(warehouse.published)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    with reader:
        assert reader.stdout
        assert reader.stdin
        assert reader.stdout.readline() == "1\n"
        add_feed(warehouse, 2)  # it blocks no writer
        warehouse.publish()  # nor a publication
        assert ask(warehouse.published, "SELECT count(*) FROM feeds").rows == [(2,)]
        reader.stdin.write("\n")
        reader.stdin.flush()
        assert reader.stdout.readline() == "1\n"  # and still reads what it opened


def test_sql_answers_while_a_turn_is_open(warehouse: Warehouse, counterclaim: Program) -> None:
    add_feed(warehouse, 1)
    warehouse.publish()
    with warehouse.turn() as connection:
        connection.execute("DELETE FROM store.feeds")
        done = counterclaim("sql", "SELECT count(*) AS n FROM feeds", "--format", "json")
    assert (done.returncode, done.stdout) == (0, '[{"n": 1}]\n')


@pytest.mark.parametrize(
    "sql",
    [
        "DELETE FROM store.feeds",
        "CREATE TABLE x (y INTEGER)",
        "COPY feeds TO '{folder}/stolen.csv'",
        "SELECT * FROM read_csv('/etc/passwd')",
        "ATTACH '{folder}/other.duckdb'",
        "SELECT * FROM no_such_view",
        "SELEKT 1",
    ],
)
def test_sql_neither_writes_nor_reaches_out(warehouse: Warehouse, tmp_path: Path, sql: str) -> None:
    add_feed(warehouse, 1)
    warehouse.publish()
    with pytest.raises(BadQuery):
        ask(warehouse.published, sql.format(folder=tmp_path))
    assert sorted(path.name for path in tmp_path.iterdir()) == ["home"]


def test_a_log_left_by_a_careless_reader_does_not_spoil_the_next_copy(
    warehouse: Warehouse,
) -> None:
    add_feed(warehouse, 1)
    warehouse.publish()
    careless = duckdb.connect(str(warehouse.published))
    careless.execute("CREATE TABLE mine (x INTEGER)")
    add_feed(warehouse, 2)
    warehouse.publish()
    careless.close()
    assert ask(warehouse.published, "SELECT count(*) FROM feeds").rows == [(2,)]


def test_without_a_published_file_the_error_says_what_to_do(counterclaim: Program) -> None:
    done = counterclaim("sql", "SELECT 1")
    assert done.returncode == 1
    assert done.stderr.count("\n") == 1
    assert "counterclaim run" in done.stderr
