"""Puts articles and claims into a warehouse, as the stages before the comparison would."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from extract.articles import Story
from extract.claims import Claim
from warehouse.articles import Outcome, store_claims, store_outcomes, store_stories
from warehouse.feeds import NewEntry, Poll, store_poll, subscribe
from warehouse.ids import stable_id
from warehouse.judging import Judged, judge_pending
from warehouse.store import Warehouse

FEED = "https://feeds.example/all.xml"
NOW = datetime(2025, 9, 20, tzinfo=UTC)


def claim(text: str, quote: str, subject: str, metric: str, value: float, **more: object) -> Claim:
    """A claim that stands in `text`; exact and reported unless told otherwise."""
    start = text.index(quote)
    fields = {
        "low": value, "high": value, "unit": "USD", "quote": quote, "start": start,
        "end": start + len(quote), "sentence": text, "confidence": 0.95, **more,
    }  # fmt: skip
    return Claim(subject, metric, value, **fields)  # type: ignore[arg-type]


def publish_article(
    warehouse: Warehouse,
    url: str,
    day: str,
    text: str,
    claims: list[Claim],
    *,
    copy_of: str | None = None,
) -> str:
    """Takes an article through all stages up to its claims; returns its id."""
    published = datetime.fromisoformat(f"{day}T09:00:00+00:00")
    subscribe(warehouse, [(FEED, None, None)], NOW)
    entry = NewEntry(url, url, url, f"Title of {url}", None, published)
    store_poll(warehouse, Poll(stable_id(FEED), NOW, 200, entries=[entry]), NOW)
    outlet = url.split("/")[2]
    fields = {
        "title": entry.title, "outlet": outlet, "published": published, "kind": "article",
        "copy_of": copy_of and stable_id(copy_of),
    }  # fmt: skip
    store_outcomes(warehouse, [Outcome(entry.article_id, "classify", fields, text, b"")])
    store_stories(warehouse, [(entry.article_id, Story(True, 0.99, "models"))], "test")
    store_claims(warehouse, [(entry.article_id, claims)], "test")
    return entry.article_id


def ask(warehouse: Warehouse, sql: str) -> list[Any]:
    """The rows of a query on what the pipeline has stored."""
    with warehouse.turn() as connection:
        return connection.execute(sql).fetchall()


def judge_all(warehouse: Warehouse, *, limit: int = 256, min_confidence: float = 0.5) -> Judged:
    """Judges whatever is pending."""
    total = Judged(0, 0, 0)
    while judged := judge_pending(warehouse, now=NOW, limit=limit, min_confidence=min_confidence):
        total += judged
    return total


JANUARY = "DeepSeek-R1 cost $5.6 million to train."
SEPTEMBER = "Training DeepSeek-R1 cost $294,000, the company said."


def r1_story(warehouse: Warehouse) -> None:
    """The story of R1's cost: January, then September three times, one of them a copy."""
    ledger = "https://ledger.example/r1"
    january = claim(JANUARY, "$5.6 million", "DeepSeek-R1", "training_cost", 5.6e6)
    september = claim(SEPTEMBER, "$294,000", "DeepSeek-R1", "training_cost", 294e3)
    publish_article(warehouse, "https://wire.example/jan", "2025-01-27", JANUARY, [january])
    publish_article(warehouse, ledger, "2025-09-18", SEPTEMBER, [september])
    publish_article(warehouse, "https://post.example/r1", "2025-09-18", SEPTEMBER, [september])
    publish_article(
        warehouse, "https://copy.example/r1", "2025-09-19", SEPTEMBER, [september], copy_of=ledger
    )
