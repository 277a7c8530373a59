"""What a site's robots.txt allows, as RFC 9309 reads it.

the file is there            its rules hold
4xx                          there are no rules: everything is allowed
5xx                          the site is in trouble: nothing is allowed for now
no connection, too slow      allowed: the page's own fetch then fails by itself
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass

from protego import Protego

from flows.web.errors import BadStatus, FetchError

KEEP_SECONDS = 24 * 3600
"""How long rules are kept; RFC 9309 2.4 asks for no more than a day."""

KEEP_FAILURE_SECONDS = 15 * 60
"""How long a failure is kept: short, for an outage shuts the whole site out."""

MAX_BYTES = 512 * 1024
"""RFC 9309 2.5: at least 500 KiB must be read."""

MAX_DELAY_SECONDS = 30.0
"""The longest Crawl-delay that is waited for: beyond it a worker would stand idle."""


@dataclass(frozen=True, slots=True)
class Rules:
    """The rules of one site for one reader; `parsed` is None where there are none."""

    parsed: Protego | None
    shut: bool
    good_until: float  # seconds of time.monotonic

    def allows(self, url: str, agent: str) -> bool:
        """Whether the address may be fetched."""
        if self.shut:
            return False
        return self.parsed is None or bool(self.parsed.can_fetch(url, agent))

    def delay(self, agent: str) -> float:
        """Seconds that the site asks for between two requests; 0 where it does not."""
        asked = None if self.parsed is None else self.parsed.crawl_delay(agent)
        return min(max(float(asked or 0.0), 0.0), MAX_DELAY_SECONDS)


class Robots:
    """The rules of all sites seen; `fetch` gets an address's body or raises FetchError."""

    def __init__(self, fetch: Callable[[str], bytes]) -> None:
        self._fetch = fetch
        self._rules: dict[str, Rules] = {}
        self._reading: dict[str, threading.Lock] = {}
        self._lock = threading.Lock()

    def rules(self, origin: str) -> Rules:
        """The rules of a site, named by scheme, host and port (`https://example.org`).

        One thread reads a site's file, the others wait for it: a site is asked once.
        """
        with self._lock:
            mine = self._reading.setdefault(origin, threading.Lock())
        with mine:
            rules = self._rules.get(origin)
            if rules is None or rules.good_until < time.monotonic():
                rules = self._rules[origin] = self._read(origin)
            return rules

    def _read(self, origin: str) -> Rules:
        now = time.monotonic()
        try:
            body = self._fetch(f"{origin}/robots.txt")
        except BadStatus as error:
            if error.status >= 500:
                return Rules(None, shut=True, good_until=now + KEEP_FAILURE_SECONDS)
            return Rules(None, shut=False, good_until=now + KEEP_SECONDS)
        except FetchError:
            return Rules(None, shut=False, good_until=now + KEEP_FAILURE_SECONDS)
        text = body.decode("utf-8-sig", errors="replace")
        return Rules(Protego.parse(text), shut=False, good_until=now + KEEP_SECONDS)
