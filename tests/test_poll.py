"""One poll after the other of the wire's feeds, over real HTTP, without any server of Prefect."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from extract.sandbox import Sandbox
from flows.demo.server import WireServer
from flows.house import House, now, open_house
from flows.stages.poll import ask, sandbox
from warehouse.feeds import DueFeed, Poll, due_feeds, store_poll, subscribe, subscriptions

LATER = timedelta(days=2)


@pytest.fixture(scope="module")
def wire() -> Iterator[WireServer]:
    with WireServer() as server:
        yield server


@pytest.fixture(scope="module")
def parsers() -> Iterator[Sandbox]:
    with sandbox() as box:
        yield box


@pytest.fixture
def house(home: Path, wire: WireServer, monkeypatch: pytest.MonkeyPatch) -> House:
    home.mkdir()
    (home / "config.toml").write_text(
        f'[web]\npause_seconds = 0\nallow_hosts = ["{urlsplit(wire.url).netloc}"]\n'
        "interval_minutes = 15\n"
    )
    return open_house(str(home))


def poll(house: House, url: str, parsers: Sandbox, when: datetime) -> tuple[Poll, int]:
    """Polls one feed as the stage does; gives what came of it and the new entries."""
    (feed,) = [feed for feed in due_feeds(house.warehouse, when) if feed.url == url]
    came = ask(house, feed, parsers)
    return came, store_poll(house.warehouse, came, now())


def test_the_second_poll_is_conditional_and_brings_nothing_twice(
    house: House, wire: WireServer, parsers: Sandbox
) -> None:
    url = wire.feed_urls[0]
    subscribe(house.warehouse, [(url, None, None)], now())
    first, new = poll(house, url, parsers, now())
    assert (first.http_status, new) == (200, len(first.entries))
    assert new > 5
    second, again = poll(house, url, parsers, now() + LATER)
    assert (second.http_status, again, second.unchanged) == (304, 0, True)
    (row,) = subscriptions(house.warehouse)
    assert (row["health"], row["entries"]) == ("ok", new)
    assert row["title"]


def test_a_lying_validator_is_seen_through(
    house: House, wire: WireServer, parsers: Sandbox
) -> None:
    url = wire.feed_urls[0]
    subscribe(house.warehouse, [(url, None, None)], now())
    first, _ = poll(house, url, parsers, now())
    (known,) = due_feeds(house.warehouse, now() + LATER)
    forgetful = DueFeed(known.feed_id, known.url, None, None, None, known.digest, 0)
    same = ask(house, forgetful, parsers)
    assert (same.http_status, same.unchanged) == (200, True)
    assert same.digest == first.digest


def test_failures_are_kept_and_wait_longer_each_time(
    house: House, wire: WireServer, parsers: Sandbox
) -> None:
    dead = next(url for url in wire.feed_urls if "dead" in url)
    subscribe(house.warehouse, [(dead, None, None)], now())
    waits = []
    for _ in range(3):
        came, _ = poll(house, dead, parsers, now() + LATER)
        assert came.http_status == 500
        waits.append(came.due_at - now())
    assert waits == sorted(waits)
    assert waits[0] > timedelta(minutes=15)
    (row,) = subscriptions(house.warehouse)
    assert (row["health"], row["failures"]) == ("failing", 3)
    assert "500" in row["error"]


def test_a_page_is_no_feed(house: House, wire: WireServer, parsers: Sandbox) -> None:
    page = wire.url + wire.articles[0].path
    subscribe(house.warehouse, [(page, None, None)], now())
    came, new = poll(house, page, parsers, now())
    assert new == 0
    assert came.error
    assert "feed" in came.error


def test_an_address_inside_is_refused_unless_allowed(house: House, parsers: Sandbox) -> None:
    subscribe(house.warehouse, [("http://127.0.0.1:1/feed", None, None)], now())
    came, _ = poll(house, "http://127.0.0.1:1/feed", parsers, now())
    assert came.error
    assert "allow_hosts" in came.error or "public" in came.error
