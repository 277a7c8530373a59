"""Extract: the text, title and date of every page that is pending."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from prefect import flow, task
from prefect.cache_policies import NO_CACHE

from extract.addresses import outlet
from extract.apart import read_article_apart
from extract.copies import COPY, similarity
from extract.errors import ExtractError
from extract.pages import Page
from extract.sandbox import Sandbox
from flows.house import House, now, open_house
from flows.progress import count, stage
from warehouse.articles import (
    Outcome,
    PendingPage,
    count_pending,
    pending_pages,
    signatures,
    store_outcomes,
)
from warehouse.store import Warehouse

COPY_DAYS = 7
"""A wire story is copied within days; an older likeness is a template, not a copy."""


@dataclass(frozen=True, slots=True)
class Extracted:
    """What extraction came to; `set_aside` are pages that are no English article."""

    articles: int
    set_aside: int
    failed: int


@flow(name="extract", validate_parameters=False)
def extract(home: str) -> Extracted:
    """Reads the pages that are pending, in worker processes with limits."""
    house = open_house(home)
    reading = house.settings.reading
    articles = aside = failed = 0
    pending = count_pending(house.warehouse, "extract", now())
    with (
        stage("extract", pending) as shown,
        Sandbox(reading.workers, reading.page_seconds, reading.page_megabytes) as workers,
    ):
        while batch := pending_pages(house.warehouse, "extract", now(), reading.batch):
            stages = extract_batch(house, batch, workers)
            articles += stages.count("classify")
            aside += stages.count("set_aside")
            failed += stages.count("failed")
            shown.advance(len(batch))
        shown.note(f"{count(articles, 'article')}, {aside} set aside, {failed} failed")
    return Extracted(articles, aside, failed)


@task(task_run_name="extract batch", cache_policy=NO_CACHE)
def extract_batch(house: House, batch: list[PendingPage], workers: Sandbox) -> list[str]:
    """Reads a batch of pages and keeps it; returns the stage that each goes on to."""
    items = [
        (house.pages.read(page.page_digest or ""), page.url, page.content_type) for page in batch
    ]
    results = list(workers.map(read_article_apart, items))
    outcomes = [outcome_of(page, result) for page, result in zip(batch, results, strict=True)]
    outcomes = list(link_copies(house.warehouse, outcomes))
    store_outcomes(house.warehouse, outcomes)
    return [outcome.stage for outcome in outcomes]


def outcome_of(pending: PendingPage, result: tuple[Page, bytes] | ExtractError) -> Outcome:
    """What becomes of a page: an English article goes on, all else is kept with the reason."""
    if isinstance(result, ExtractError):
        return Outcome(pending.article_id, "failed", {"error": str(result)})
    page, mark = result
    fields = {
        "title": page.title or pending.title,
        "author": page.author or pending.author,
        "outlet": page.outlet or outlet(pending.url),
        "language": page.language,
        "published": pending.published or page.published,
        "kind": page.kind,
    }
    stage, why = "classify", None
    if page.kind != "article":
        stage, why = "set_aside", f"no article but {page.kind}"
    elif page.language not in (None, "en"):
        stage, why = "set_aside", f"written in {page.language}; the model reads English"
    return Outcome(pending.article_id, stage, {**fields, "error": why}, page.text, mark)


def link_copies(warehouse: Warehouse, outcomes: Iterable[Outcome]) -> Iterable[Outcome]:
    """Marks each article whose text nearly is that of an earlier one as its copy."""
    earlier: list[tuple[str, datetime, bytes]] = []
    for outcome in outcomes:
        published = outcome.fields.get("published")
        if outcome.stage != "classify" or published is None or outcome.signature is None:
            yield outcome
            continue
        known = signatures(warehouse, published, COPY_DAYS) + earlier
        original = next(
            (
                article_id
                for article_id, at, mark in known
                if article_id != outcome.article_id
                and at <= published
                and published - at <= timedelta(days=COPY_DAYS)
                and similarity(mark, outcome.signature) >= COPY
            ),
            None,
        )
        if original:
            outcome.fields["copy_of"] = original
        else:
            earlier.append((outcome.article_id, published.astimezone(UTC), outcome.signature))
        yield outcome
