"""Keeps the client on the public internet, and within its time and bytes.

A feed is written by strangers, and every address in it is one that they chose: without a
guard, a link or a redirect reaches the cloud's metadata service or the router at home. A
check before the request is not enough, for a name may resolve anew to another address
between check and connection. So the check sits where the connection is made: the name is
resolved once, every address that it resolves to is checked, and the connection goes to a
checked address, while TLS and `Host` keep the name.

The same place bounds what a slow or endless server can do, headers included: each read and
write ends at the exchange's deadline, and no more bytes are taken off the wire than allowed.
"""

from __future__ import annotations

import ipaddress
import re
import socket
import ssl
import time
from collections.abc import Iterable, Iterator
from typing import Any

import httpcore2
import httpx2

from flows.web.errors import ConnectionFailed, FetchTimeout, RefusedAddress, TooLarge

# IANA's special-purpose registries. `is_global` knows most of them, but not the same ones in
# every Python version, and it holds 192.0.0.8 for public.
CLOSED_IPV4 = tuple(
    ipaddress.IPv4Network(network)
    for network in (
        "0.0.0.0/8",  # this network
        "10.0.0.0/8",  # private
        "100.64.0.0/10",  # carrier-grade NAT
        "127.0.0.0/8",  # loopback
        "169.254.0.0/16",  # link-local, the clouds' metadata services
        "172.16.0.0/12",  # private
        "192.0.0.0/24",  # protocol assignments
        "192.0.2.0/24",  # documentation
        "192.88.99.0/24",  # 6to4 relays
        "192.168.0.0/16",  # private
        "198.18.0.0/15",  # benchmarking
        "198.51.100.0/24",  # documentation
        "203.0.113.0/24",  # documentation
        "224.0.0.0/4",  # multicast
        "240.0.0.0/4",  # reserved, broadcast
    )
)
# Unicast addresses that are allocated start at 2000::/3. All else is closed, and with it
# IPv4-mapped (::ffff:0:0/96) and NAT64 (64:ff9b::/96) addresses, which hide an IPv4 one.
OPEN_IPV6 = ipaddress.IPv6Network("2000::/3")
CLOSED_IPV6 = tuple(
    ipaddress.IPv6Network(network)
    for network in (
        "2001::/23",  # protocol assignments, Teredo (2001::/32) among them
        "2001:db8::/32",  # documentation
        "2002::/16",  # 6to4, hides an IPv4 address
        "3fff::/20",  # documentation
    )
)
ENDS_IN_NUMBER = re.compile(r"(?:^|\.)(?:[0-9]+|0x[0-9a-f]*)\.?$", re.IGNORECASE)
"""A host that readers of addresses take for an IPv4 one (WHATWG URL, "ends in a number")."""

HEADER_BYTES = 256 * 1024
"""What a response may take on the wire beyond its body: headers, chunk sizes, interim answers."""


def is_public(address: str) -> bool:
    """Whether an IP address, as text, is one of the public internet."""
    try:
        ip = ipaddress.ip_address(address)
    except ValueError:
        return False
    if not ip.is_global:
        return False
    if isinstance(ip, ipaddress.IPv4Address):
        return not any(ip in network for network in CLOSED_IPV4)
    return ip in OPEN_IPV6 and not any(ip in network for network in CLOSED_IPV6)


def resolve(host: str, port: int, *, url: str, allowed: bool) -> list[str]:
    """The addresses of a host, all of them checked unless the host is allowed.

    Raises RefusedAddress where one of them is not public: a name with a public and a private
    address is a trick. IPv4 addresses in decimal, octal or hexadecimal are refused as
    written. The time that this takes is bounded by the system's resolver.
    """
    if not allowed and ENDS_IN_NUMBER.search(host) and not _is_dotted(host):
        raise RefusedAddress(url, f"{host} is an unusual spelling of an IP address")
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise ConnectionFailed(url, f"cannot resolve {host}: {error}") from error
    addresses = list(dict.fromkeys(str(entry[4][0]) for entry in found))
    if not allowed:
        for address in addresses:
            if not is_public(address):
                what = f"{host} leads to {address}, which is not public"
                raise RefusedAddress(url, f"{what} ([web] allow_hosts may allow it)")
    return addresses


def _is_dotted(host: str) -> bool:
    try:
        ipaddress.IPv4Address(host)
    except ValueError:
        return False
    return True


class Backend(httpcore2.NetworkBackend):
    """Makes the connections of one exchange: checked, and ended at the deadline.

    `deadline` is in seconds of `time.monotonic`, `max_bytes` bounds the response's body as
    sent, `allow_hosts` names hosts (`host` or `host:port`) that need not be public.
    """

    def __init__(
        self, *, url: str, deadline: float, max_bytes: int, allow_hosts: frozenset[str]
    ) -> None:
        self._url, self._deadline, self._max_bytes = url, deadline, max_bytes
        self._allow_hosts = allow_hosts
        self._sockets = httpcore2.SyncBackend()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore2.NetworkStream:
        allowed = host in self._allow_hosts or f"{host}:{port}" in self._allow_hosts
        failure: Exception = httpcore2.ConnectError(f"{host} has no address")
        for address in resolve(host, port, url=self._url, allowed=allowed):
            left = _shorter(timeout, self._deadline, self._url)
            try:
                stream = self._sockets.connect_tcp(
                    address, port, left, local_address, socket_options
                )
            except (httpcore2.ConnectError, httpcore2.ConnectTimeout) as error:
                failure = error
            else:
                return Stream(stream, self._url, self._deadline, self._max_bytes + HEADER_BYTES)
        raise failure


class Stream(httpcore2.NetworkStream):
    """A connection that takes at most `max_bytes` off the wire and ends at the deadline."""

    def __init__(
        self, inner: httpcore2.NetworkStream, url: str, deadline: float, max_bytes: int
    ) -> None:
        self._inner, self._url, self._deadline, self._left = inner, url, deadline, max_bytes

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        data = self._inner.read(max_bytes, _shorter(timeout, self._deadline, self._url))
        self._left -= len(data)
        if self._left < 0:
            raise TooLarge(self._url, "more bytes than the limit")
        return data

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._inner.write(buffer, _shorter(timeout, self._deadline, self._url))

    def close(self) -> None:
        self._inner.close()

    def start_tls(
        self,
        ssl_context: ssl.SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,
    ) -> httpcore2.NetworkStream:
        left = _shorter(timeout, self._deadline, self._url)
        inner = self._inner.start_tls(ssl_context, server_hostname, left)
        return Stream(inner, self._url, self._deadline, self._left)

    def get_extra_info(self, info: str) -> Any:
        return self._inner.get_extra_info(info)


def _shorter(timeout: float | None, deadline: float, url: str) -> float:
    left = deadline - time.monotonic()
    if left <= 0:
        raise FetchTimeout(url, "took longer than allowed in all")
    return left if timeout is None else min(timeout, left)


class Transport(httpx2.BaseTransport):
    """Carries one exchange of httpx2 over connections of the guarded backend."""

    def __init__(self, backend: Backend, ssl_context: ssl.SSLContext) -> None:
        self._pool = httpcore2.ConnectionPool(ssl_context=ssl_context, network_backend=backend)

    def handle_request(self, request: httpx2.Request) -> httpx2.Response:
        response = self._pool.handle_request(
            httpcore2.Request(
                method=request.method,
                url=httpcore2.URL(
                    scheme=request.url.raw_scheme,
                    host=request.url.raw_host,
                    port=request.url.port,
                    target=request.url.raw_path,
                ),
                headers=request.headers.raw,
                content=request.stream,
                extensions=request.extensions,
            )
        )
        return httpx2.Response(
            status_code=response.status,
            headers=response.headers,
            stream=_Body(response),
            extensions=response.extensions,
        )

    def close(self) -> None:
        self._pool.close()


class _Body(httpx2.SyncByteStream):
    def __init__(self, response: httpcore2.Response) -> None:
        self._response = response

    def __iter__(self) -> Iterator[bytes]:
        return self._response.iter_stream()

    def close(self) -> None:
        self._response.close()
