"""What can go wrong in `extract`.

    ExtractError
    ├── FeedError        bytes that are no feed
    ├── PageError        bytes that are no readable page
    ├── SandboxError     a worker was too slow, too large, or died on its input
    ├── DataError        a data file (TOML, CSV, JSONL) is wrong; names file and line
    └── ModelError       the model's folder is missing, incomplete or of another format

All of them are terminal: the same bytes fail the same way, so nobody tries again;
the error is kept beside what caused it.
"""

from __future__ import annotations


class ExtractError(Exception):
    """Base of all errors of `extract`."""

    transient = False


class FeedError(ExtractError):
    """The bytes are no feed."""


class PageError(ExtractError):
    """The bytes are no page with text in it."""


class SandboxError(ExtractError):
    """A worker ran out of time or memory, or died, on this input."""


class DataError(ExtractError):
    """A data file does not say what it should; the message starts `FILE:LINE:`."""

    def __init__(self, path: object, line: int | None, what: str) -> None:
        self.path, self.line, self.what = path, line, what
        super().__init__(f"{path}:{line}: {what}" if line else f"{path}: {what}")


class ModelError(ExtractError):
    """The model cannot be loaded; the message says from where and why."""
