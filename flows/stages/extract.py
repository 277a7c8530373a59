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
from extract.errors import ExtractError, SandboxError
from extract.pages import Page
from extract.sandbox import Sandbox
from flows.house import House, now, open_house
from flows.progress import count, stage
from flows.web.politeness import backoff
from warehouse.articles import (
    Outcome,
    PendingPage,
    count_pending,
    pending_pages,
    signatures,
    store_outcomes,
)
from warehouse.errors import Damaged
from warehouse.store import Warehouse

ATTEMPTS = 2
"""Tries for a page on which a worker ran out of time or memory, or died."""

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
    items, damaged = [], []
    for page in batch:
        try:
            body = house.pages.read(page.page_digest or "")
        except Damaged as error:  # fetched anew, since what was fetched is gone
            damaged.append(Outcome(page.article_id, "fetch", {"error": str(error)}))
        else:
            items.append((page, body))
    results = workers.map(
        read_article_apart, [(body, page.url, page.content_type) for page, body in items]
    )
    read = [outcome_of(page, result) for (page, _), result in zip(items, results, strict=True)]
    outcomes = [*damaged, *link_copies(house.warehouse, read)]
    store_outcomes(house.warehouse, outcomes)
    return [outcome.stage for outcome in outcomes]


def outcome_of(pending: PendingPage, result: tuple[Page, bytes] | ExtractError) -> Outcome:
    """What becomes of a page: an English article goes on, all else is kept with the reason."""
    if isinstance(result, SandboxError) and pending.attempts + 1 < ATTEMPTS:
        # The machine may have been short of time or memory, and not the page at fault.
        attempts = pending.attempts + 1
        fields = {"error": str(result), "attempts": attempts, "due_at": now() + backoff(attempts)}
        return Outcome(pending.article_id, "extract", fields)
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
    """Marks each article whose text nearly is that of one read before as its copy.

    Articles are read in order of publication, so the first is the original; one that comes
    in late is taken for a copy of what is there, and the story counts once all the same.
    """
    earlier: list[tuple[str, datetime, bytes]] = []
    for outcome in outcomes:
        if outcome.stage != "classify" or outcome.signature is None:
            yield outcome
            continue
        moment = outcome.fields.get("published") or now()
        known = signatures(warehouse, moment, COPY_DAYS) + earlier
        original = next(
            (
                article_id
                for article_id, at, mark in known
                if article_id != outcome.article_id
                and abs(moment - at) <= timedelta(days=COPY_DAYS)
                and similarity(mark, outcome.signature) >= COPY
            ),
            None,
        )
        if original:
            outcome.fields["copy_of"] = original
        else:
            earlier.append((outcome.article_id, moment.astimezone(UTC), outcome.signature))
        yield outcome
