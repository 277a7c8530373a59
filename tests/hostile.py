"""A server on loopback that misbehaves, one way a path."""

from __future__ import annotations

import gzip
import socketserver
import threading
import time
import zlib
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any

FEED = b"<rss version='2.0'><channel><title>Wire</title></channel></rss>"
BOMB = gzip.compress(b"\0" * 50_000_000)


def answer(status: str, body: bytes = b"", *headers: str, length: int | None = None) -> bytes:
    """A plain HTTP/1.1 response."""
    lines = [
        f"HTTP/1.1 {status}",
        f"Content-Length: {len(body) if length is None else length}",
        *headers,
    ]
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + body


class Handler(socketserver.BaseRequestHandler):
    """Reads the head of one request and answers by its path."""

    server: Server

    def handle(self) -> None:
        head = b""
        while b"\r\n\r\n" not in head:
            piece = self.request.recv(65536)
            if not piece:
                return
            head += piece
        started = time.monotonic()
        path = head.split(b" ")[1].decode()
        self.server.requests.append((path, head.decode("latin-1").lower()))
        with suppress(OSError):  # the client hangs up on us, as it should
            self.reply(path, head)
        self.server.spans.append((started, time.monotonic()))

    def reply(self, path: str, head: bytes) -> None:
        send = self.request.sendall
        if path == "/robots.txt":
            send(answer(*self.server.robots))
        elif path == "/feed":
            if b'if-none-match: "v1"' in head.lower():
                send(answer("304 Not Modified", b"", 'ETag: "v1"'))
            else:
                send(
                    answer(
                        "200 OK",
                        FEED,
                        'ETag: "v1"',
                        "Content-Type: application/rss+xml",
                        "Last-Modified: Mon, 27 Jan 2025 09:00:00 GMT",
                    )
                )
        elif path == "/gzip":
            send(answer("200 OK", gzip.compress(FEED), "Content-Encoding: gzip"))
        elif path == "/bomb":
            send(answer("200 OK", BOMB, "Content-Encoding: gzip"))
        elif path == "/bomb-in-bomb":
            send(answer("200 OK", gzip.compress(BOMB), "Content-Encoding: gzip, gzip"))
        elif path == "/not-gzip":
            send(answer("200 OK", FEED, "Content-Encoding: gzip"))
        elif path == "/deflate":
            send(answer("200 OK", zlib.compress(FEED), "Content-Encoding: deflate"))
        elif path == "/endless":
            send(b"HTTP/1.1 200 OK\r\n\r\n")
            while True:
                send(b"x" * 65536)
        elif path == "/endless-empty-gzip":  # nothing to count after unpacking
            send(b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n\r\n" + gzip.compress(b""))
            while True:
                send(b"\0" * 65536)
        elif path == "/endless-headers":
            send(b"HTTP/1.1 200 OK\r\n")
            while True:
                send(b"X-More: " + b"x" * 4096 + b"\r\n")
        elif path == "/endless-interim":
            while True:
                send(b"HTTP/1.1 103 Early Hints\r\n\r\n" * 1000)
        elif path == "/drip":
            send(b"HTTP/1.1 200 OK\r\n\r\n")
            self.drip(b"x")
        elif path == "/drip-headers":
            send(b"HTTP/1.1 200 OK\r\nX-Slow: ")
            self.drip(b"x")
        elif path == "/silent":
            self.server.closing.wait(10)
        elif path == "/too-short":
            send(answer("200 OK", FEED, length=len(FEED) + 100))
        elif path == "/announced":
            send(answer("200 OK", b"", length=10**12))
        elif path == "/bad-chunks":
            send(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\nzz\r\n")
        elif path == "/not-http":
            send(b"SSH-2.0-OpenSSH_9.6\r\n" * 3)
        elif path == "/hang-up":
            return
        elif path.startswith("/status/"):
            send(answer(f"{path.removeprefix('/status/')} No", b"no", "Retry-After: 120"))
        elif path.startswith("/to/"):  # /to/301/TARGET
            _, _, status, target = path.split("/", 3)
            send(answer(f"{status} Over there", b"", f"Location: {target}"))
        elif path == "/loop":
            send(answer("302 Found", b"", "Location: /loop"))
        elif path == "/nowhere":
            send(answer("302 Found"))
        else:
            send(answer("404 Not Found"))

    def drip(self, piece: bytes) -> None:
        while not self.server.closing.wait(0.05):
            self.request.sendall(piece)


class Server(socketserver.ThreadingTCPServer):
    """Keeps what was asked (`requests`: path and head) and when it was served (`spans`)."""

    daemon_threads = True
    allow_reuse_address = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.requests: list[tuple[str, str]] = []
        self.spans: list[tuple[float, float]] = []
        self.robots: tuple[Any, ...] = ("404 Not Found",)
        self.closing = threading.Event()
        self.port = int(self.server_address[1])
        self.host = f"127.0.0.1:{self.port}"
        self.url = f"http://{self.host}"


@contextmanager
def hostile_server() -> Iterator[Server]:
    """The server, served by a thread until the block ends."""
    with Server() as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            yield server
        finally:
            server.closing.set()
            server.shutdown()
            thread.join()
