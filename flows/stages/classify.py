"""Classify: is the story about the AI race, and which side of it?"""

from __future__ import annotations

from dataclasses import dataclass

from prefect import flow, task
from prefect.cache_policies import NO_CACHE

from extract.articles import Article
from flows.house import House, now, open_house
from flows.progress import stage
from flows.stages.careful import careful
from warehouse.articles import (
    count_pending,
    pending_articles,
    store_failures,
    store_stories,
)


@dataclass(frozen=True, slots=True)
class Classified:
    """What classification came to."""

    articles: int
    ai_race: int


@flow(name="classify", validate_parameters=False)
def classify(home: str) -> Classified:
    """Classifies what is pending; stories likely on the AI race go on to be read."""
    house = open_house(home)
    articles = race = 0
    with stage("classify", count_pending(house.warehouse, "classify", now())) as shown:
        size = house.settings.reading.batch
        while batch := pending_articles(house.warehouse, "classify", size):
            race += classify_batch(house, batch)
            articles += len(batch)
            shown.advance(len(batch))
        shown.note(f"{articles} articles, {race} on the AI race")
    return Classified(articles, race)


@task(task_run_name="classify batch", cache_policy=NO_CACHE)
def classify_batch(house: House, batch: list[Article]) -> int:
    """Classifies a batch and keeps it; returns how many are on the AI race."""
    done, failed = careful(house.reader.classify, batch)
    stories = [(article.id, story) for article, story in done]
    # A doubtful story is read too: one that is missed is lost, and each claim has its confidence.
    least = house.settings.reading.min_score
    store_stories(house.warehouse, stories, house.reader.name, least)
    store_failures(house.warehouse, [(article.id, why) for article, why in failed])
    return sum(story.ai_race for _, story in stories)
