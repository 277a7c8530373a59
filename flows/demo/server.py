"""The sample wire over real HTTP, on loopback.

Five feeds that work, each in its own way, with the pages of six outlets; a feed that always
answers 500; and one that never ends. Feeds carry `ETag` and `Last-Modified` and answer 304.
"""

from __future__ import annotations

import hashlib
import logging
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from email.message import Message
from email.utils import format_datetime, parsedate_to_datetime
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import count
from threading import Event, Thread
from types import TracebackType
from typing import Any, Self, cast
from urllib.parse import urlsplit

from flows.demo.articles import WIRE, WireArticle, WireFeed, articles, feeds, outlets
from flows.demo.pages import render_feed, render_home, render_page

logger = logging.getLogger(__name__)

RECORDS = WIRE / "records.csv"
"""The record as it stood at the end of 2024, in the CSV layout of `warehouse.layout`."""
DEAD, ENDLESS = "/dead/feed", "/endless/feed"
ROBOTS = b"User-agent: *\nDisallow: /account/\nDisallow: /*/search\n"
IDLE_SECONDS = 10.0
"""A connection on which nothing moves for so long is given up, so that no thread stays behind."""
PIECE = 64
"""Items of the endless feed in one write: some ten kilobytes, less than a socket's buffer."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What is sent for one path."""

    body: bytes
    type: str
    status: HTTPStatus = HTTPStatus.OK
    modified: datetime | None = None
    """Only feeds have it: they can be asked for conditionally."""


class WireServer:
    """Serves the wire while the context is open, on a free port of 127.0.0.1.

    Articles later than `until` are hidden; it may be moved while the server runs, and must
    carry its offset from UTC.
    """

    def __init__(
        self, until: datetime | None = None, wire: Sequence[WireArticle] | None = None
    ) -> None:
        self.until = until
        self.articles = articles() if wire is None else tuple(wire)

    def __enter__(self) -> Self:
        self._http = _Server(("127.0.0.1", 0), _Handler)
        self._http.wire = self
        self._thread = Thread(target=self._http.serve_forever, args=(0.05,), daemon=True)
        self._thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._http.closing.set()
        self._http.shutdown()
        self._http.server_close()
        self._thread.join()

    @property
    def url(self) -> str:
        """Base of all addresses, without a slash at the end."""
        return f"http://127.0.0.1:{self._http.server_address[1]}"

    @property
    def feed_urls(self) -> list[str]:
        """All seven: the five that work, in the order of outlets.toml, the dead, the endless."""
        paths = [feed.path for feed in feeds().values()]
        return [self.url + path for path in (*paths, DEAD, ENDLESS)]

    @property
    def visible(self) -> tuple[WireArticle, ...]:
        """The articles published by `until`, in order of publication."""
        until = self.until
        return tuple(a for a in self.articles if until is None or a.published <= until)

    def answer(self, path: str) -> Answer:
        """What stands at a path."""
        visible = self.visible
        for feed in feeds().values():
            if path == feed.path:
                return self._feed(feed, visible)
            for outlet in feed.outlets:
                if path == f"/{outlet}/":
                    body = render_home(outlets()[outlet], feed, visible, self.url)
                    return Answer(body, _html(outlet))
        for article in visible:
            if path == article.path:
                return Answer(render_page(article, visible, self.url), _html(article.outlet))
        if path == "/robots.txt":
            return Answer(ROBOTS, "text/plain")
        if path == DEAD:
            return Answer(b"upstream failed", "text/plain", HTTPStatus.INTERNAL_SERVER_ERROR)
        return Answer(b"no such page", "text/plain", HTTPStatus.NOT_FOUND)

    def _feed(self, feed: WireFeed, visible: Sequence[WireArticle]) -> Answer:
        newest = max((a.published for a in visible if a.outlet in feed.outlets), default=None)
        return Answer(render_feed(feed, visible, self.url), feed.type, modified=newest)


def _html(outlet: str) -> str:
    return f"text/html; charset={outlets()[outlet].encoding}"


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    wire: WireServer

    def __init__(self, address: tuple[str, int], handler: Callable[..., Any]) -> None:
        super().__init__(address, handler)
        self.closing = Event()

    def handle_error(self, request: Any, client_address: Any) -> None:
        if isinstance(sys.exception(), OSError):
            logger.debug("%s hung up", client_address)
        else:
            super().handle_error(request, client_address)


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    timeout = IDLE_SECONDS

    def do_GET(self) -> None:
        server = cast(_Server, self.server)
        path = urlsplit(self.path).path
        if path == ENDLESS:
            self._stream(server.closing)
        else:
            self._send(server.wire.answer(path))

    def do_HEAD(self) -> None:
        self.do_GET()

    def _send(self, answer: Answer) -> None:
        status, body = answer.status, answer.body
        headers = {"Content-Type": answer.type}
        if answer.modified:
            tag = f'"{hashlib.sha256(body).hexdigest()[:16]}"'
            modified = answer.modified.astimezone(UTC).replace(microsecond=0)
            headers["ETag"] = tag
            headers["Last-Modified"] = format_datetime(modified, usegmt=True)
            if _unchanged(self.headers, tag, modified):
                status, body = HTTPStatus.NOT_MODIFIED, b""
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        if status != HTTPStatus.NOT_MODIFIED:
            self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def _stream(self, closing: Event) -> None:
        """Items for ever: until the client or the server closes."""
        self.close_connection = True
        self.send_response(HTTPStatus.OK)
        self.send_header("Content-Type", "application/rss+xml; charset=utf-8")
        self.send_header("Connection", "close")
        self.end_headers()
        if self.command == "HEAD":
            return
        self.wfile.write(b'<?xml version="1.0"?>\n<rss version="2.0"><channel><title>On</title>\n')
        for start in count(0, PIECE):
            if closing.is_set():
                return
            items = (
                f"<item><title>Number {n}</title><guid>urn:endless:{n}</guid>"
                f"<description>And after it comes number {n + 1}.</description></item>\n"
                for n in range(start, start + PIECE)
            )
            self.wfile.write("".join(items).encode())

    def log_message(self, format: str, *args: Any) -> None:
        logger.debug(format, *args)


def _unchanged(headers: Message, tag: str, modified: datetime) -> bool:
    """Whether the client's copy is still good, by RFC 9110 section 13.2.2: the tag goes first."""
    tags = headers.get("If-None-Match")
    if tags is not None:
        return tags.strip() == "*" or tag in [t.strip().removeprefix("W/") for t in tags.split(",")]
    since = headers.get("If-Modified-Since")
    if since is None:
        return False
    try:
        return modified <= parsedate_to_datetime(since)
    except (ValueError, TypeError):  # no date, or one without a zone
        return False
