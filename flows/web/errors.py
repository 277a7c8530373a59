"""What can go wrong on the web.

    FetchError
    ├── BadAddress        no http(s) address, or one with a user name in it         terminal
    ├── RefusedAddress    a name or number that leads to a network not public       terminal
    ├── RobotsRefused     robots.txt keeps us out (or is down, then transient)      terminal
    ├── RedirectError     a loop, too many hops, or a redirect without a target     terminal
    ├── TooLarge          more bytes than the limit, as sent or unpacked            terminal
    ├── FetchTimeout      too slow to connect, to answer or to finish               transient
    ├── ConnectionFailed  no such name, refused, reset, or TLS failed               transient
    ├── BrokenResponse    cut off, or not HTTP, or cannot be unpacked               transient
    └── BadStatus         4xx or 5xx; carries `status` and `retry_after`            by status

A transient error is worth another try later; a terminal one is kept and shown.
"""

from __future__ import annotations

BUSY_STATUSES = frozenset({403, 408, 425, 429})
"""The statuses below 500 that are worth another try: some sites say 403 where they mean 429."""


class FetchError(Exception):
    """Base of all errors of fetching; `url` is the address that failed, `what` says how."""

    transient = False

    def __init__(self, url: str, what: str) -> None:
        self.url, self.what = url, what
        super().__init__(f"{url}: {what}")


class BadAddress(FetchError):
    """Not an address that the client fetches."""


class RefusedAddress(FetchError):
    """The host is not on the public internet, and not among the allowed hosts."""


class RobotsRefused(FetchError):
    """The site's robots.txt keeps us out; transient where it could not be read."""

    def __init__(self, url: str, what: str, *, transient: bool) -> None:
        super().__init__(url, what)
        self.transient = transient


class RedirectError(FetchError):
    """The redirects lead nowhere."""


class TooLarge(FetchError):
    """The response is larger than the limit."""


class FetchTimeout(FetchError):
    """The server is too slow."""

    transient = True


class ConnectionFailed(FetchError):
    """No connection came about, or it broke."""

    transient = True


class BrokenResponse(FetchError):
    """What the server sent is no whole HTTP response."""

    transient = True


class BadStatus(FetchError):
    """The server says no; `retry_after` is in seconds, None where it does not say."""

    def __init__(self, url: str, status: int, retry_after: float | None) -> None:
        super().__init__(url, f"HTTP status {status}")
        self.status, self.retry_after = status, retry_after
        self.transient = status >= 500 or status in BUSY_STATUSES
