"""Fetch: get the page of every entry that is pending, and keep its bytes."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

from prefect import flow, task
from prefect.cache_policies import NO_CACHE

from extract.addresses import canonical
from flows.house import House, now, open_house
from flows.progress import count, stage
from flows.web.errors import FetchError
from flows.web.politeness import backoff
from warehouse.articles import Outcome, PendingPage, count_pending, pending_pages, store_outcomes


@dataclass(frozen=True, slots=True)
class Fetched:
    """What fetching came to."""

    pages: int
    failed: int


@flow(name="fetch", validate_parameters=False)
def fetch(home: str) -> Fetched:
    """Fetches what is pending; what fails for a while is tried again by a later run."""
    house = open_house(home)
    # Entries that fail are due later than this moment, so the loop comes to its end.
    moment = now()
    pages = failed = 0
    with stage("fetch", count_pending(house.warehouse, "fetch", moment)) as shown:
        size = house.settings.reading.batch
        while batch := pending_pages(house.warehouse, "fetch", moment, size):
            bad = fetch_batch(house, batch)
            pages, failed = pages + len(batch) - bad, failed + bad
            shown.advance(len(batch))
        shown.note(f"{count(pages, 'page')}, {failed} failed")
    return Fetched(pages, failed)


@task(task_run_name="fetch batch", cache_policy=NO_CACHE)
def fetch_batch(house: House, batch: list[PendingPage]) -> int:
    """Fetches a batch, several hosts at a time, and keeps it; returns how many failed."""
    with ThreadPoolExecutor(house.settings.web.workers) as pool:
        outcomes = list(pool.map(lambda page: fetch_one(house, page), batch))
    store_outcomes(house.warehouse, outcomes)
    return sum(1 for outcome in outcomes if outcome.fields.get("error"))


def fetch_one(house: House, page: PendingPage) -> Outcome:
    """Gets one page; never raises for what a site does."""
    web = house.settings.web
    try:
        response = house.client.get(page.url, robots=web.robots)
        url = canonical(response.url)
    except FetchError as error:
        attempts = page.attempts + 1
        if not error.transient or attempts >= web.max_attempts:
            return Outcome(page.article_id, "failed", {"error": str(error), "attempts": attempts})
        wait = backoff(attempts, getattr(error, "retry_after", None))
        return Outcome(
            page.article_id,
            "fetch",
            {"error": str(error), "attempts": attempts, "due_at": now() + wait},
        )
    except ValueError as error:
        return Outcome(page.article_id, "failed", {"error": str(error)})
    return Outcome(
        page.article_id,
        "extract",
        {
            "url": url,
            "page_digest": house.pages.keep(response.body),
            "content_type": response.content_type,
            "fetched_at": now(),
        },
    )
