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
from warehouse.articles import (
    Outcome,
    PendingPage,
    pages_to_fetch,
    set_aside_same_pages,
    store_outcomes,
)


@dataclass(frozen=True, slots=True)
class Fetched:
    """What fetching came to."""

    pages: int
    failed: int


@flow(name="fetch", validate_parameters=False)
def fetch(home: str) -> Fetched:
    """Fetches what is pending; what fails for a while is tried again by a later run."""
    house = open_house(home)
    web, size = house.settings.web, house.settings.reading.batch
    pages = failed = 0
    # Fixed at the start: what fails now is due later, and no host is asked without end.
    wanted = pages_to_fetch(house.warehouse, now(), web.pages_per_host)
    with stage("fetch", len(wanted)) as shown:
        for first in range(0, len(wanted), size):
            batch = wanted[first : first + size]
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
    set_aside_same_pages(house.warehouse, [page.article_id for page in batch])
    return sum(1 for outcome in outcomes if outcome.fields.get("error"))


def fetch_one(house: House, page: PendingPage) -> Outcome:
    """Gets one page; never raises for what a site does."""
    web = house.settings.web
    try:
        response = house.client.get(page.entry_url, robots=web.robots)
        final_url = canonical(response.url)
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
    except Exception as error:
        # What nobody foresaw in one page must not keep the others from being fetched.
        what = f"{type(error).__name__}: {error}"
        return Outcome(page.article_id, "failed", {"error": what})
    return Outcome(
        page.article_id,
        "extract",
        {
            "final_url": final_url,
            "page_digest": house.pages.keep(response.body),
            "content_type": response.content_type,
            "etag": response.etag,
            "last_modified": response.last_modified,
            "fetched_at": now(),
        },
    )
