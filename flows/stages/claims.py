"""Claims: read every figure of the stories on the AI race."""

from __future__ import annotations

from dataclasses import dataclass

from prefect import flow, task
from prefect.cache_policies import NO_CACHE

from extract.articles import Article
from flows.house import House, now, open_house
from flows.progress import stage
from flows.stages.careful import careful
from warehouse.articles import count_pending, pending_articles, store_claims, store_failures


@dataclass(frozen=True, slots=True)
class Claimed:
    """What reading came to."""

    articles: int
    claims: int


@flow(name="claims", validate_parameters=False)
def claims(home: str) -> Claimed:
    """Reads the claims of what is pending."""
    house = open_house(home)
    articles = found = 0
    with stage("claims", count_pending(house.warehouse, "read", now())) as shown:
        size = house.settings.reading.batch
        while batch := pending_articles(house.warehouse, "read", size):
            found += claims_batch(house, batch)
            articles += len(batch)
            shown.advance(len(batch))
        shown.note(f"{found} claims in {articles} articles")
    return Claimed(articles, found)


@task(task_run_name="claims batch", cache_policy=NO_CACHE)
def claims_batch(house: House, batch: list[Article]) -> int:
    """Reads a batch and keeps its claims; returns how many there are."""
    done, failed = careful(house.reader.read, batch)
    store_failures(house.warehouse, [(article.id, why) for article, why in failed])
    readings = [(article.id, claims) for article, claims in done]
    return store_claims(house.warehouse, readings, house.reader.name)
