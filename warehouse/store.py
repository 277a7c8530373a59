"""The database file: opened in short turns, migrated on opening, published for readers.

DuckDB lets one process write and then keeps every other process out, so nobody keeps the
file open. A *turn* takes a lock, opens, runs one transaction and closes: about 20 ms. What
readers open is another file, `counterclaim.duckdb`, a copy that is replaced by an atomic
rename: whoever sits in the old one keeps it, whoever opens next gets the new one.

    HOME/counterclaim.duckdb      for readers, replaced after each run
    HOME/state/warehouse.duckdb   for the pipeline
    HOME/state/pages/ab/abcd….gz  pages as fetched, by SHA-256
"""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import cache
from pathlib import Path

import duckdb
from filelock import FileLock, Timeout

from warehouse import migrate
from warehouse.errors import Busy, Damaged, Failed

LOCK_SECONDS = 60.0
"""How long a turn waits for others: far above the longest turn, a publication of gigabytes."""


@cache
def query(name: str) -> str:
    """The text of `queries/NAME.sql`."""
    return (Path(__file__).parent / "queries" / f"{name}.sql").read_text(encoding="utf-8")


class Warehouse:
    """One installation's database; cheap to make, safe to share between threads."""

    def __init__(self, home: Path) -> None:
        self.home = home
        self.published = home / "counterclaim.duckdb"
        self.path = home / "state" / "warehouse.duckdb"
        self._checked = False

    @contextmanager
    def turn(self) -> Iterator[duckdb.DuckDBPyConnection]:
        """One transaction: committed where the block ends, rolled back where it raises.

        Raises Busy where others held the file for too long, NewerVersion and Damaged where
        it cannot be used at all.
        """
        with self._locked(), self._opened() as connection:
            connection.begin()
            try:
                yield connection
                connection.commit()
            except BaseException as error:
                with suppress(duckdb.Error):
                    connection.rollback()
                if isinstance(error, duckdb.Error):
                    raise Failed(f"{self.path}: {_line(error)}") from error
                raise

    def publish(self) -> None:
        """Copies everything into a file of its own and puts it where readers look.

        The copy is written beside the old one and takes its place in one step, so that a
        reader sees one or the other, whole. A crash leaves at most a file that the next
        publication overwrites.
        """
        fresh = self.published.with_name(f".{self.published.name}.new")
        with self._locked():
            for stale in (fresh, fresh.with_name(f"{fresh.name}.wal")):
                stale.unlink(missing_ok=True)
            with self._opened() as connection:
                place = str(fresh).replace("'", "''")
                connection.execute(f"ATTACH '{place}' AS fresh")
                connection.execute("COPY FROM DATABASE warehouse TO fresh")
                connection.execute("USE fresh")
                connection.begin()
                migrate.comment(connection)  # COPY leaves the comments of tables behind
                connection.commit()
                connection.execute("USE warehouse")
                connection.execute("DETACH fresh")
            with fresh.open("rb") as file:
                os.fsync(file.fileno())
            fresh.replace(self.published)
            # A reader that opened the file for writing may have left a log of the old one.
            self.published.with_name(f"{self.published.name}.wal").unlink(missing_ok=True)

    @contextmanager
    def _locked(self) -> Iterator[None]:
        self.path.parent.mkdir(parents=True, exist_ok=True)
        try:
            with FileLock(self.path.with_name("warehouse.lock"), timeout=LOCK_SECONDS):
                yield
        except Timeout:
            raise Busy(
                f"{self.path} was held by another process for {LOCK_SECONDS:.0f} s"
            ) from None

    @contextmanager
    def _opened(self) -> Iterator[duckdb.DuckDBPyConnection]:
        connection = _connect(self.path)
        try:
            if not self._checked:
                migrate.migrate(connection, self.path)
                self._checked = True
            yield connection
        finally:
            connection.close()


def _connect(path: Path) -> duckdb.DuckDBPyConnection:
    """Opens the file, waiting a little for one who does not know of our lock (a DuckDB shell)."""
    deadline = time.monotonic() + LOCK_SECONDS
    while True:
        try:
            connection = duckdb.connect(str(path), config={"autoinstall_known_extensions": False})
            connection.execute("SET TimeZone = 'UTC'")
            return connection
        except duckdb.IOException as error:
            if "Could not set lock" not in str(error):
                raise Damaged(f"{path} cannot be opened: {_line(error)}") from error
            if time.monotonic() > deadline:
                raise Busy(f"{path} is open in another program; close it there") from error
            time.sleep(0.1)
        except duckdb.Error as error:
            raise Damaged(f"{path} cannot be opened: {_line(error)}") from error


def _line(error: Exception) -> str:
    return " ".join(str(error).split())[:300]
