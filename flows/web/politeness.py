"""When a feed is next due."""

from __future__ import annotations

from datetime import datetime, timedelta

SHORTEST_MINUTES = 5
"""No feed is asked more often, whatever its reader sets: its server is a guest's host."""

LONGEST_MINUTES = 24 * 60
"""No feed is asked more seldom, whatever its server says or however often it failed: a feed
that comes back is noticed within a day."""


def next_due(
    now: datetime,
    *,
    interval_minutes: float,
    failures: int = 0,
    retry_after: float | None = None,
    ttl_minutes: float | None = None,
) -> datetime:
    """The moment from which a feed may be asked again.

    `interval_minutes` is what its reader wants, `ttl_minutes` what the feed says of itself
    (RSS `ttl`), `retry_after` the seconds that its server asked for, `failures` how many
    times in a row it failed: each doubles the interval. The longest of them counts, between
    SHORTEST_MINUTES and LONGEST_MINUTES.
    """
    doublings = min(max(failures, 0), 16)  # 2^16 minutes are beyond the longest already
    wishes = (
        interval_minutes * 2**doublings,
        (retry_after or 0.0) / 60,
        ttl_minutes or 0.0,
        SHORTEST_MINUTES,
    )
    return now + timedelta(minutes=min(max(wishes), LONGEST_MINUTES))


FIRST_MINUTES = 5.0
"""The first wait after a failure: most outages of a page or a mail server are over by then."""


def backoff(attempts: int, retry_after: float | None = None) -> timedelta:
    """How long to wait after so many failures: 5, 10, 20 … minutes, at most a day.

    `retry_after` is what the server asked for, in seconds; the longer of the two counts.
    """
    minutes = FIRST_MINUTES * 2 ** min(max(attempts - 1, 0), 16)
    wish = max(minutes, (retry_after or 0.0) / 60)
    return timedelta(minutes=min(wish, LONGEST_MINUTES))
