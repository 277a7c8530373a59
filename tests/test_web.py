"""The client against servers that misbehave: each case ends in time, with its own error."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from itertools import pairwise

import pytest

from flows.web import errors
from flows.web.client import Client
from flows.web.guard import is_public
from flows.web.politeness import LONGEST_MINUTES, SHORTEST_MINUTES, next_due
from tests.hostile import FEED, Server, hostile_server


@pytest.fixture(scope="module")
def served() -> Iterator[Server]:
    with hostile_server() as server:
        yield server


@pytest.fixture
def server(served: Server) -> Server:
    served.requests.clear()
    served.spans.clear()
    served.robots = ("404 Not Found",)
    return served


def client(server: Server, **settings: object) -> Client:
    return Client(
        **{  # type: ignore[arg-type]
            "user_agent": "Counterclaim/0.1 (+https://example.org/about)",
            "connect_seconds": 1.0,
            "read_seconds": 0.5,
            "whole_seconds": 1.0,
            "max_bytes": 1_000_000,
            "max_redirects": 3,
            "allow_hosts": frozenset({server.host}),
            "pause_seconds": 0.0,
            **settings,
        }
    )


def test_feed_with_its_validators(server: Server) -> None:
    response = client(server).get(f"{server.url}/feed#top", accept="application/rss+xml")
    assert (response.status, response.body, response.etag) == (200, FEED, '"v1"')
    assert response.content_type == "application/rss+xml"
    assert response.last_modified == "Mon, 27 Jan 2025 09:00:00 GMT"
    assert (response.url, response.permanent) == (f"{server.url}/feed", None)
    _, head = server.requests[-1]
    assert "user-agent: counterclaim/0.1 (+https://example.org/about)" in head
    assert "accept: application/rss+xml" in head

    again = client(server).get(
        f"{server.url}/feed", etag=response.etag, last_modified=response.last_modified
    )
    assert (again.status, again.body, again.etag) == (304, b"", '"v1"')
    assert "if-modified-since: mon, 27 jan 2025 09:00:00 gmt" in server.requests[-1][1]


@pytest.mark.parametrize("path", ["/gzip", "/deflate"])
def test_packed_body_is_unpacked(server: Server, path: str) -> None:
    assert client(server).get(server.url + path).body == FEED


@pytest.mark.parametrize(
    ("path", "error"),
    [
        ("/bomb", errors.TooLarge),
        ("/bomb-in-bomb", errors.TooLarge),
        ("/endless", errors.TooLarge),
        ("/endless-empty-gzip", errors.TooLarge),
        ("/endless-interim", (errors.TooLarge, errors.FetchTimeout)),
        ("/announced", errors.TooLarge),
        ("/endless-headers", errors.BrokenResponse),
        ("/too-short", errors.BrokenResponse),
        ("/bad-chunks", errors.BrokenResponse),
        ("/not-gzip", errors.BrokenResponse),
        ("/not-http", errors.BrokenResponse),
        ("/hang-up", errors.BrokenResponse),
        ("/silent", errors.FetchTimeout),
        ("/drip", errors.FetchTimeout),
        ("/drip-headers", errors.FetchTimeout),
        ("/loop", errors.RedirectError),
        ("/nowhere", errors.RedirectError),
    ],
)
def test_misbehaviour_ends_in_time(
    server: Server, path: str, error: type[errors.FetchError]
) -> None:
    started = time.monotonic()
    with pytest.raises(error) as caught:
        client(server).get(server.url + path)
    assert time.monotonic() - started < 3
    assert caught.value.transient == isinstance(
        caught.value, (errors.BrokenResponse, errors.FetchTimeout)
    )
    assert "\n" not in str(caught.value)


def test_redirects_share_one_time_limit(server: Server) -> None:
    started = time.monotonic()
    with pytest.raises(errors.FetchTimeout):
        client(server, whole_seconds=0.4, read_seconds=5.0).get(f"{server.url}/to/302//drip")
    assert time.monotonic() - started < 1


@pytest.mark.parametrize(
    ("status", "transient"),
    [(400, False), (403, True), (404, False), (410, False), (429, True), (500, True), (503, True)],
)
def test_status_says_whether_to_try_again(server: Server, status: int, transient: bool) -> None:
    with pytest.raises(errors.BadStatus) as caught:
        client(server).get(f"{server.url}/status/{status}")
    assert (caught.value.status, caught.value.retry_after) == (status, 120.0)
    assert caught.value.transient is transient


def test_permanent_redirects_are_told_apart(server: Server) -> None:
    get = client(server).get
    assert get(f"{server.url}/to/301//feed").permanent == f"{server.url}/feed"
    assert get(f"{server.url}/to/302//feed").permanent is None
    moved = get(f"{server.url}/to/308//to/307//feed")
    assert moved.permanent == f"{server.url}/to/307//feed"
    assert moved.url == f"{server.url}/feed"
    assert get(f"{server.url}/to/302//to/301//feed").permanent is None


@pytest.mark.parametrize(
    "target",
    [
        "http://169.254.169.254/latest/meta-data/",
        "http://127.0.0.1:1/",
        "http://localhost:{port}/feed",
        "http://2130706433:{port}/feed",
        "http://0177.0.0.1:{port}/feed",
        "http://0x7f000001:{port}/feed",
        "http://127.1:{port}/feed",
        "http://134744072/",
        "http://0.0.0.0:{port}/feed",
        "http://[::1]:{port}/feed",
        "http://[::ffff:127.0.0.1]:{port}/feed",
        "http://[64:ff9b::7f00:1]/",
        "http://[2002:7f00:1::]/",
        "http://192.0.0.8/",
        "http://100.64.0.1/",
    ],
)
def test_redirect_to_a_private_address_is_refused(server: Server, target: str) -> None:
    target = target.format(port=server.port)
    for url in (target, f"{server.url}/to/302/{target}"):
        server.requests.clear()
        with pytest.raises(errors.FetchError) as caught:
            client(server).get(url, robots=False)
        assert not caught.value.transient
        refused = isinstance(caught.value, errors.RefusedAddress)
        assert refused or "Invalid IPv4 address" in str(caught.value)
        assert "/feed" not in [path for path, _ in server.requests]


@pytest.mark.parametrize(
    "target",
    [
        "file:///etc/passwd",
        "ftp://example.org/",
        "//user:secret@example.org/",
        "javascript:alert(1)",
    ],
)
def test_other_schemes_and_credentials_are_refused(server: Server, target: str) -> None:
    with pytest.raises(errors.BadAddress) as caught:
        client(server).get(f"{server.url}/to/302/{target}")
    assert "secret" not in str(caught.value)


def test_name_that_resolves_anew_cannot_slip_by(
    server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The name is public when it is checked and private when it is asked for again."""
    answers = ["203.0.114.1", "127.0.0.1", "127.0.0.1"]
    reached: list[str] = []
    real = socket.create_connection

    def resolve(host: str, port: int, *_: object, **__: object) -> list[tuple[object, ...]]:
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (answers.pop(0), port))]

    def connect(address: tuple[str, int], *_: object, **__: object) -> socket.socket:
        reached.append(address[0])
        return real(("127.0.0.1", server.port))

    monkeypatch.setattr(socket, "getaddrinfo", resolve)
    monkeypatch.setattr(socket, "create_connection", connect)
    response = client(server).get("http://rebinding.example/feed", robots=False)
    assert (response.body, reached) == (FEED, ["203.0.114.1"])
    assert "host: rebinding.example" in server.requests[-1][1]
    with pytest.raises(errors.RefusedAddress):
        client(server).get("http://rebinding.example/feed", robots=False)
    assert reached == ["203.0.114.1"]


def test_tls_asks_for_the_name(monkeypatch: pytest.MonkeyPatch) -> None:
    """The connection goes to the checked address, the certificate is asked of the name."""
    found = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("8.8.8.8", 443))]
    heard: list[bytes] = []
    with socket.create_server(("127.0.0.1", 0)) as listener:
        listener.settimeout(5)

        def connect(address: tuple[str, int], *_: object, **__: object) -> socket.socket:
            assert address == ("8.8.8.8", 443)
            here = socket.socket()
            here.connect(listener.getsockname())
            return here

        def listen() -> None:
            connection, _ = listener.accept()
            with connection:
                heard.append(connection.recv(65536))

        monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: found)
        monkeypatch.setattr(socket, "create_connection", connect)
        thread = threading.Thread(target=listen)
        thread.start()
        with pytest.raises(errors.ConnectionFailed):
            Client(user_agent="Counterclaim/0.1").get("https://named.example/", robots=False)
        thread.join()
    assert b"named.example" in heard[0]


def test_name_with_a_public_and_a_private_address_is_refused(
    server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = [
        (socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, 80))
        for address in ("8.8.8.8", "10.0.0.1")
    ]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: found)
    with pytest.raises(errors.RefusedAddress, match=r"10\.0\.0\.1"):
        client(server).get("http://two-faced.example/", robots=False)


@pytest.mark.parametrize(
    "address", ["8.8.8.8", "1.1.1.1", "2606:4700:4700::1111", "2a00:1450:4001:80b::200e"]
)
def test_public_addresses(address: str) -> None:
    assert is_public(address)


ADDRESSES_NOT_PUBLIC = """
0.0.0.0 10.1.2.3 100.64.0.1 127.0.0.1 169.254.169.254 172.31.255.255 192.0.0.8 192.0.2.1
192.88.99.1 192.168.1.1 198.18.0.1 198.51.100.1 203.0.113.1 224.0.0.1 240.0.0.1 255.255.255.255
:: ::1 ::7f00:1 ::ffff:8.8.8.8 64:ff9b::7f00:1 64:ff9b::808:808 64:ff9b:1::1 100::1 2001::1
2001:db8::1 2002:7f00:1:: 3fff::1 5f00::1 fc00::1 fd00:ec2::254 fe80::1 fe80::1%eth0 fec0::1
ff02::1 not-an-address
"""


@pytest.mark.parametrize(
    "address",
    ADDRESSES_NOT_PUBLIC.split(),
)
def test_addresses_that_are_not_public(address: str) -> None:
    assert not is_public(address)


def test_no_such_name_is_transient(server: Server) -> None:
    with pytest.raises(errors.ConnectionFailed) as caught:
        client(server).get("http://no-such-name.invalid/")
    assert caught.value.transient


def test_refused_connection_is_transient(server: Server) -> None:
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        host = f"127.0.0.1:{closed.getsockname()[1]}"
        with pytest.raises(errors.ConnectionFailed):
            client(server, allow_hosts=frozenset({host})).get(f"http://{host}/")


def test_one_request_at_a_time_a_host_with_a_pause(server: Server) -> None:
    polite = client(server, pause_seconds=0.1)
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda _: polite.get(f"{server.url}/feed", robots=False), range(4)))
    spans = sorted(server.spans)
    assert len(spans) == 4
    for (_, ended), (started, _) in pairwise(spans):
        assert started - ended > 0.09


def test_hosts_do_not_wait_for_each_other(server: Server) -> None:
    both = frozenset({server.host, f"localhost:{server.port}"})
    patient = client(server, allow_hosts=both, read_seconds=5.0)
    slow = threading.Thread(
        target=pytest.raises, args=(errors.FetchTimeout, patient.get, f"{server.url}/drip")
    )
    slow.start()
    while not server.requests:
        time.sleep(0.01)
    started = time.monotonic()
    patient.get(f"http://localhost:{server.port}/feed")
    assert time.monotonic() - started < 0.5
    assert slow.is_alive()
    slow.join()


def test_robots_txt_is_obeyed_and_kept(server: Server) -> None:
    server.robots = (
        "200 OK",
        b"User-agent: *\nDisallow: /\n\nUser-agent: counterclaim\nDisallow: /to/*/feed$\nCrawl-delay: 0.1\n",
    )
    careful = client(server)
    assert careful.get(f"{server.url}/feed").status == 200
    started = time.monotonic()
    with pytest.raises(errors.RobotsRefused) as caught:
        careful.get(f"{server.url}/to/302//feed")
    assert not caught.value.transient
    assert careful.get(f"{server.url}/feed").status == 200
    assert time.monotonic() - started > 0.09
    assert careful.get(f"{server.url}/to/302//feed", robots=False).status == 200
    assert [path for path, _ in server.requests].count("/robots.txt") == 1


def test_robots_txt_is_read_once_by_all_workers(server: Server) -> None:
    careful = client(server)
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda _: careful.get(f"{server.url}/feed"), range(4)))
    assert [path for path, _ in server.requests].count("/robots.txt") == 1


@pytest.mark.parametrize("status", ["401 No", "403 No", "404 No"])
def test_robots_txt_that_is_not_there_allows_all(server: Server, status: str) -> None:
    server.robots = (status,)
    assert client(server).get(f"{server.url}/feed").status == 200


def test_robots_txt_of_a_site_in_trouble_shuts_it(server: Server) -> None:
    server.robots = ("503 Trouble",)
    with pytest.raises(errors.RobotsRefused) as caught:
        client(server).get(f"{server.url}/feed")
    assert caught.value.transient


def test_retry_after_as_a_date(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    later = format_datetime(datetime.now(UTC) + timedelta(minutes=10), usegmt=True)
    server.robots = ("503 Trouble", b"", f"Retry-After: {later}")
    with pytest.raises(errors.BadStatus) as caught:
        client(server).get(f"{server.url}/robots.txt", robots=False)
    assert caught.value.retry_after == pytest.approx(600, abs=5)


@pytest.mark.parametrize("value", ["soon", "-5", "", "Mon, 99 Jan 2025 09:00:00 GMT"])
def test_retry_after_that_says_nothing(server: Server, value: str) -> None:
    server.robots = ("503 Trouble", b"", f"Retry-After: {value}")
    with pytest.raises(errors.BadStatus) as caught:
        client(server).get(f"{server.url}/robots.txt", robots=False)
    assert caught.value.retry_after is None


NOW = datetime(2025, 1, 27, tzinfo=UTC)


@pytest.mark.parametrize(
    ("wishes", "minutes"),
    [
        ({"interval_minutes": 30}, 30),
        ({"interval_minutes": 1}, SHORTEST_MINUTES),
        ({"interval_minutes": 30, "failures": 2}, 120),
        ({"interval_minutes": 30, "failures": 10_000}, LONGEST_MINUTES),
        ({"interval_minutes": 30, "ttl_minutes": 60}, 60),
        ({"interval_minutes": 30, "ttl_minutes": 10}, 30),
        ({"interval_minutes": 30, "retry_after": 5400.0}, 90),
        ({"interval_minutes": 30, "retry_after": 1e12}, LONGEST_MINUTES),
    ],
)
def test_next_due(wishes: dict[str, float], minutes: float) -> None:
    assert next_due(NOW, **wishes) == NOW + timedelta(minutes=minutes)  # type: ignore[arg-type]
