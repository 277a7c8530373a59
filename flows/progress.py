"""Progress of a run on standard error: a bar where somebody watches, a line a stage elsewhere."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager


class Stage:
    """A stage under way; `advance` as work gets done, `note` for what came of it."""

    def __init__(self, name: str, total: int) -> None:
        self.name, self.total, self.done = name, total, 0
        self.words = ""
        self.watched = sys.stderr.isatty()
        self._show()

    def advance(self, count: int = 1) -> None:
        """Says that `count` more are done."""
        self.done += count
        self._show()

    def note(self, words: str) -> None:
        """Says what came of it, in the stage's closing line."""
        self.words = words

    def _show(self) -> None:
        if self.watched and self.total:
            sys.stderr.write(f"\r\033[K  {self.name:<9} {self.done}/{self.total}")
            sys.stderr.flush()


@contextmanager
def stage(name: str, total: int = 0) -> Iterator[Stage]:
    """Shows a stage from its start to its closing line."""
    began = time.monotonic()
    shown = Stage(name, total)
    try:
        yield shown
    finally:
        start = "\r\033[K" if shown.watched else ""
        seconds = time.monotonic() - began
        sys.stderr.write(f"{start}  {name:<9} {shown.words or 'stopped':<60} {seconds:6.1f} s\n")
        sys.stderr.flush()


def count(number: int, one: str, many: str | None = None) -> str:
    """`3 pages`, `1 page`, `no pages`."""
    return f"{number or 'no'} {one if number == 1 else many or one + 's'}"
