"""One request at a time a host, with a pause between two."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field


@dataclass(slots=True)
class _Host:
    lock: threading.Lock = field(default_factory=threading.Lock)
    free_at: float = 0.0  # seconds of time.monotonic


class Turns:
    """Hands out turns at hosts to the threads of one process.

    Who holds a turn at one host must not ask for one at another, or two could wait for each
    other.
    """

    def __init__(self) -> None:
        self._hosts: dict[str, _Host] = {}
        self._lock = threading.Lock()

    @contextmanager
    def take(self, host: str, pause_seconds: float) -> Iterator[None]:
        """Waits for the host to be free; after the turn it rests for the pause."""
        with self._lock:
            turn = self._hosts.setdefault(host, _Host())
        with turn.lock:
            time.sleep(max(0.0, turn.free_at - time.monotonic()))
            try:
                yield
            finally:
                turn.free_at = time.monotonic() + pause_seconds
