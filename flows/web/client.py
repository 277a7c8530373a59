"""Fetches feeds and pages from servers that nobody vouches for.

    client = Client(user_agent="counterclaim/0.1 (+https://example.org/about)")
    response = client.get("https://example.org/feed.xml", etag=etag)

What a server can do is bounded: where a connection may go (guard.py), how long it takes, how
many bytes it sends, how many it unpacks to, and how often it redirects. Proxies of the
environment are not used, because behind one nobody knows where a connection goes.
"""

from __future__ import annotations

import ssl
import time
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from functools import cache

import httpcore2
import httpx2

from flows.web.errors import (
    BadAddress,
    BadStatus,
    BrokenResponse,
    ConnectionFailed,
    FetchTimeout,
    RedirectError,
    RobotsRefused,
    TooLarge,
)
from flows.web.guard import Backend, Transport
from flows.web.robots import MAX_BYTES as ROBOTS_BYTES
from flows.web.robots import Robots
from flows.web.turns import Turns

REDIRECTS = frozenset({301, 302, 303, 307, 308})
PERMANENT_REDIRECTS = frozenset({301, 308})
UNPACKED = "gzip, deflate"
"""What the client can unpack piece by piece without an optional package."""


@dataclass(frozen=True, slots=True)
class Response:
    """An answer of status 2xx or 304. Header names are in lower case.

    `url` is the last address of the redirects; `permanent` the address to ask for from now
    on, where the first redirects were permanent; `retry_after` is in seconds.
    """

    url: str
    status: int
    headers: Mapping[str, str]
    body: bytes
    etag: str | None
    last_modified: str | None
    content_type: str | None
    permanent: str | None
    retry_after: float | None


class Client:
    """Gets addresses, one request at a time a host; safe to share between threads.

    `connect_seconds` and `read_seconds` bound one step, `whole_seconds` the exchange with
    all its redirects (waiting for a turn at the host not counted); `max_bytes` the body, as
    sent and unpacked. `allow_hosts` (`host` or `host:port`, in lower case) may be private.
    """

    def __init__(
        self,
        *,
        user_agent: str,
        connect_seconds: float = 10.0,
        read_seconds: float = 20.0,
        whole_seconds: float = 60.0,
        max_bytes: int = 16 * 1024 * 1024,
        max_redirects: int = 5,
        allow_hosts: frozenset[str] = frozenset(),
        pause_seconds: float = 1.0,
    ) -> None:
        self._user_agent = user_agent
        self._product = user_agent.split("/")[0].strip()  # the name that robots.txt knows
        self._timeout = httpx2.Timeout(read_seconds, connect=connect_seconds)
        self._whole_seconds = whole_seconds
        self._max_bytes = max_bytes
        self._max_redirects = max_redirects
        self._allow_hosts = allow_hosts
        self._pause_seconds = pause_seconds
        self._turns = Turns()
        self._robots = Robots(self._robots_txt)

    def get(
        self,
        url: str,
        *,
        etag: str | None = None,
        last_modified: str | None = None,
        accept: str | None = None,
        robots: bool = True,
    ) -> Response:
        """The answer to GET, redirects followed; 304 where the validators still hold.

        `robots` asks robots.txt first; a feed that its reader subscribed to needs no leave.
        Raises FetchError (flows/web/errors.py).
        """
        headers = {"if-none-match": etag, "if-modified-since": last_modified, "accept": accept}
        # A validator may come in any letters; one that no request can carry is as good as none.
        asked = {name: value for name, value in headers.items() if value and value.isascii()}
        return self._follow(url, asked, self._max_bytes, robots=robots)

    def _robots_txt(self, url: str) -> bytes:
        return self._follow(url, {}, ROBOTS_BYTES, robots=False).body

    def _follow(
        self, url: str, headers: Mapping[str, str], max_bytes: int, *, robots: bool
    ) -> Response:
        current = _address(url)
        permanent: str | None = None
        only_permanent = True
        seconds = self._whole_seconds
        for _ in range(self._max_redirects + 1):
            pause = self._leave(current) if robots else self._pause_seconds
            with self._turns.take(current.host, pause):
                started = time.monotonic()
                answer = self._exchange(current, headers, max_bytes, started + seconds)
                seconds -= time.monotonic() - started
            if answer.status not in REDIRECTS:
                return _response(str(current), answer, permanent)
            only_permanent = only_permanent and answer.status in PERMANENT_REDIRECTS
            current = _target(current, answer)
            if only_permanent:
                permanent = str(current)
        raise RedirectError(url, f"more than {self._max_redirects} redirects")

    def _leave(self, url: httpx2.URL) -> float:
        """Seconds to rest after this request; raises RobotsRefused where there is to be none."""
        rules = self._robots.rules(f"{url.scheme}://{url.netloc.decode('ascii')}")
        if not rules.allows(str(url), self._product):
            what = "robots.txt cannot be read" if rules.shut else "robots.txt keeps us out"
            raise RobotsRefused(str(url), what, transient=rules.shut)
        return max(self._pause_seconds, rules.delay(self._product))

    def _exchange(
        self, url: httpx2.URL, headers: Mapping[str, str], max_bytes: int, deadline: float
    ) -> _Answer:
        """One request and its answer, over a connection of its own.

        A connection is not kept for the next request: the pause between two is longer than
        most servers keep one open, and so the deadline belongs to one exchange alone.
        """
        backend = Backend(
            url=str(url), deadline=deadline, max_bytes=max_bytes, allow_hosts=self._allow_hosts
        )
        own = {"user-agent": self._user_agent, "accept-encoding": UNPACKED, "connection": "close"}
        try:
            with (
                httpx2.Client(
                    transport=Transport(backend, _ssl_context()),
                    timeout=self._timeout,
                    trust_env=False,
                ) as http,
                http.stream("GET", url, headers={**own, **headers}) as response,
            ):
                wanted = 200 <= response.status_code < 300
                body = _read(response, max_bytes) if wanted else b""
                return _Answer(response.status_code, dict(response.headers), body)
        except (httpcore2.TimeoutException, httpx2.TimeoutException) as error:
            raise FetchTimeout(str(url), f"too slow ({type(error).__name__})") from error
        except httpcore2.NetworkError as error:
            raise ConnectionFailed(str(url), f"no connection: {error}") from error
        except (httpcore2.ProtocolError, httpx2.HTTPError, httpx2.StreamError) as error:
            raise BrokenResponse(str(url), f"broken response: {error}") from error


@cache
def _ssl_context() -> ssl.SSLContext:
    return httpx2.create_ssl_context()  # reads every authority's certificate: a tenth of a second


@dataclass(frozen=True, slots=True)
class _Answer:
    status: int
    headers: Mapping[str, str]
    body: bytes


def _read(response: httpx2.Response, max_bytes: int) -> bytes:
    """The unpacked body; httpx2 unpacks a megabyte at a time, so no bomb goes off unseen."""
    too_large = TooLarge(str(response.url), f"more than {max_bytes} bytes")
    announced = response.headers.get("content-length", "")
    if announced.isdecimal() and int(announced) > max_bytes:
        raise too_large
    body = bytearray()
    for piece in response.iter_bytes():
        body += piece
        if len(body) > max_bytes:
            raise too_large
    return bytes(body)


def _response(url: str, answer: _Answer, permanent: str | None) -> Response:
    retry_after = _seconds(answer.headers.get("retry-after"))
    if answer.status != 304 and not 200 <= answer.status < 300:
        raise BadStatus(url, answer.status, retry_after)
    return Response(
        url=url,
        status=answer.status,
        headers=answer.headers,
        body=answer.body,
        etag=answer.headers.get("etag"),
        last_modified=answer.headers.get("last-modified"),
        content_type=answer.headers.get("content-type"),
        permanent=permanent,
        retry_after=retry_after,
    )


def _address(url: str) -> httpx2.URL:
    try:
        parsed = httpx2.URL(url.strip())
    except httpx2.InvalidURL as error:
        raise BadAddress(url, f"no address: {error}") from error
    return _checked(parsed)


def _checked(url: httpx2.URL) -> httpx2.URL:
    if url.userinfo:
        raise BadAddress(str(url.copy_with(userinfo=b"")), "holds a user name or a password")
    if url.scheme not in ("http", "https") or not url.host:
        raise BadAddress(str(url), "is no http or https address")
    return url.copy_with(fragment=None)


def _target(url: httpx2.URL, answer: _Answer) -> httpx2.URL:
    location = answer.headers.get("location")
    if not location:
        raise RedirectError(str(url), f"HTTP status {answer.status} without a target")
    try:
        return _checked(url.join(location.strip()))
    except httpx2.InvalidURL as error:
        raise RedirectError(str(url), f"redirects to no address: {error}") from error


def _seconds(retry_after: str | None) -> float | None:
    """Retry-After, a number of seconds or a date (RFC 9110 10.2.3), as seconds from now."""
    if not retry_after:
        return None
    if retry_after.strip().isdecimal():
        return float(retry_after)
    try:
        when = parsedate_to_datetime(retry_after)
    except (TypeError, ValueError):
        return None
    if when.tzinfo is None:
        when = when.replace(tzinfo=UTC)
    return max(0.0, (when - datetime.now(UTC)).total_seconds())
