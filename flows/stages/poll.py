"""Poll: ask every feed that is due, and queue the entries that are new."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from prefect import flow, task, unmapped
from prefect.cache_policies import NO_CACHE
from prefect.task_runners import ThreadPoolTaskRunner

from extract.addresses import canonical
from extract.apart import parse_feed_apart
from extract.errors import ExtractError
from extract.feeds import Feed
from extract.sandbox import Sandbox
from flows.house import House, now, open_house
from flows.progress import count, stage
from flows.web.client import Response
from flows.web.errors import FetchError
from flows.web.politeness import next_due
from warehouse.feeds import DueFeed, NewEntry, Poll, due_feeds, next_poll, store_poll

FEED_SECONDS = 10.0
"""Longest time to parse a feed: 7 MB take 5.7 s, and a crafted author field can take for ever."""

WORKERS = 8
"""Feeds that are asked at the same time; hosts are spared by the client's own turns."""

FUTURE = timedelta(days=1)
"""A date further ahead than any time zone can explain is a mistake of the feed."""


@dataclass(frozen=True, slots=True)
class Polled:
    """What polling came to."""

    feeds: int
    failed: int
    entries: int


# Prefect types a task runner invariant in its future, so no concrete one fits `flow`.
RUNNER: ThreadPoolTaskRunner[Any] = ThreadPoolTaskRunner(max_workers=WORKERS)


@flow(name="poll", validate_parameters=False, task_runner=RUNNER)  # type: ignore[arg-type]
def poll(home: str) -> Polled:
    """Polls every feed that is due; a broken one is kept with its error and stops nobody."""
    house = open_house(home)
    # A run polls some seconds after it starts, so what is due next time would just not be yet.
    slack = timedelta(minutes=house.settings.web.interval_minutes / 5)
    feeds = due_feeds(house.warehouse, now() + slack)
    house.client  # noqa: B018 -- made once, before the threads ask for it
    with stage("poll", len(feeds)) as shown, sandbox() as parsers:
        polls = poll_one.map(unmapped(house), feeds, unmapped(parsers))
        failed = entries = 0
        for future in polls:
            error, new = future.result()
            failed, entries = failed + bool(error), entries + new
            shown.advance()
        shown.note(f"{count(len(feeds), 'feed')}, {failed} failed, {entries} new entries")
        if not feeds and (then := next_poll(house.warehouse)):
            shown.note(f"no feed is due before {then:%H:%M} UTC")
    return Polled(len(feeds), failed, entries)


def sandbox() -> Sandbox:
    """Feeds are parsed apart: what a stranger serves may hang a parser or eat its memory."""
    return Sandbox(workers=1, seconds=FEED_SECONDS)


@task(task_run_name="poll {feed.url}", cache_policy=NO_CACHE)
def poll_one(house: House, feed: DueFeed, parsers: Sandbox) -> tuple[str | None, int]:
    """Polls one feed and keeps what it brought; returns its error, if any, and the new entries."""
    result = ask(house, feed, parsers)
    return result.error, store_poll(house.warehouse, result, now())


def ask(house: House, feed: DueFeed, parsers: Sandbox) -> Poll:
    """One conditional request and what it means; never raises for what a site does."""
    due = partial(next_due, now(), interval_minutes=house.settings.web.interval_minutes)
    try:
        response = house.client.get(
            feed.url, etag=feed.etag, last_modified=feed.last_modified, robots=False
        )
        return read(feed, response, due, parsers)
    except FetchError as error:
        return Poll(
            feed.feed_id,
            due_at=due(failures=feed.failures + 1, retry_after=getattr(error, "retry_after", None)),
            http_status=getattr(error, "status", None),
            error=str(error),
            ended=getattr(error, "status", None) == 410 and error.url == feed.url,
        )
    except ExtractError as error:
        return Poll(feed.feed_id, due_at=due(failures=feed.failures + 1), error=str(error))
    except Exception as error:
        # What nobody foresaw in one feed must not keep the others from being polled.
        what = f"{type(error).__name__}: {error}"
        return Poll(feed.feed_id, due_at=due(failures=feed.failures + 1), error=what)


def read(feed: DueFeed, response: Response, due: Callable[..., datetime], parsers: Sandbox) -> Poll:
    """What an answer brought. Raises ExtractError where it is no feed."""
    moved = response.permanent
    digest = hashlib.sha256(response.body).hexdigest()
    # Some validators lie both ways, so an unchanged body counts as unchanged too.
    if response.status == 304 or digest == feed.digest:
        return Poll(
            feed.feed_id, due(retry_after=response.retry_after, ttl_minutes=feed.ttl_minutes),
            response.status,
            etag=response.etag or feed.etag,
            last_modified=response.last_modified or feed.last_modified,
            digest=feed.digest, moved_to=moved, unchanged=True,
        )  # fmt: skip
    parsed = parse_apart(parsers, response)
    return Poll(
        feed.feed_id,
        due(retry_after=response.retry_after, ttl_minutes=parsed.ttl_minutes),
        http_status=response.status,
        warning=parsed.warning,
        title=parsed.title or None,
        etag=response.etag,
        last_modified=response.last_modified,
        digest=digest,
        moved_to=moved,
        ttl_minutes=parsed.ttl_minutes,
        entries=tuple(new_entries(parsed)),
    )


def parse_apart(parsers: Sandbox, response: Response) -> Feed:
    """Parses a feed in a worker process; raises what went wrong there."""
    item = (response.body, response.url, response.content_type)
    (result,) = parsers.map(parse_feed_apart, [item])
    if isinstance(result, Exception):
        raise result
    assert isinstance(result, Feed)
    return result


def new_entries(feed: Feed) -> Iterator[NewEntry]:
    """The entries that lead to a page, each address once, without dates that cannot be."""
    seen = set()
    for entry in feed.entries:
        if entry.url is None:
            continue
        try:
            url = canonical(entry.url)
        except ValueError:
            continue
        if url in seen:
            continue
        seen.add(url)
        known = entry.published is not None and entry.published <= now() + FUTURE
        yield NewEntry(
            url, entry.url, entry.id, entry.title, entry.author, entry.published if known else None
        )
