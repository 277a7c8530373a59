"""What can go wrong in `warehouse`.

    WarehouseError
    ├── Busy            another process held the database for too long        (transient)
    ├── NewerVersion    the file was written by a newer Counterclaim          (terminal)
    ├── Failed          DuckDB refused: disk full, out of memory, …           (transient)
    ├── Damaged         the file is no DuckDB database, or cannot be read     (terminal)
    ├── BadQuery        a user's SQL is wrong, or would write                 (terminal)
    ├── NotFound        nothing is there under the id given                   (terminal)
    └── Undecidable     the decision does not fit the contradiction           (terminal)

Transient errors are worth another try later; terminal ones need a person.
"""

from __future__ import annotations


class WarehouseError(Exception):
    """Base of all errors of `warehouse`."""

    transient = False


class Busy(WarehouseError):
    """Another process held the database for longer than one waits."""

    transient = True


class Failed(WarehouseError):
    """DuckDB could not do what was asked; nothing was changed."""

    transient = True


class NewerVersion(WarehouseError):
    """The file's schema is newer than this program knows."""


class Damaged(WarehouseError):
    """The file cannot be opened as a DuckDB database."""


class BadQuery(WarehouseError):
    """A user's query fails; the message is DuckDB's own, in one line."""


class NotFound(WarehouseError):
    """Nothing, or more than one thing, is there under the id given."""


class Undecidable(WarehouseError):
    """What is to be decided does not fit the contradiction."""
