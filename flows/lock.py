"""One run at a time on a home: a lock that the system lets go when its holder dies."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

from flows.errors import RunUnderWay


@contextmanager
def run_lock(home: Path) -> Iterator[None]:
    """Holds the home; raises RunUnderWay at once where another process does."""
    state = home / "state"
    state.mkdir(parents=True, exist_ok=True)
    try:
        with FileLock(state / "run.lock", timeout=0):
            yield
    except Timeout:
        raise RunUnderWay(f"another run is under way on {home}: wait for it, or stop it") from None
