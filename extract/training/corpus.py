"""What the claims model learns from, and is measured on.

    data/passages/*.jsonl   passages written for the project, with their claims
    data/stories/*.jsonl    titles with leads, and the class of the story
    data/news.jsonl         claims in real articles, as addresses and offsets only; the text is
                            looked up by address in the file that COUNTERCLAIM_NEWS names (JSONL
                            with url, title and text), and without it the news is left out
    data/news_stories.jsonl addresses of real articles with the class of the story; the topic is
                            null where nobody has told it

Everything of one story is in one part: `train`, `dev` (thresholds, calibration) or `test`
(looked at to report). The part follows from a hash of the story's title, or of the article's
address, so that a new passage never moves an old one.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from extract.articles import TOPICS
from extract.claims import claim_from_json
from extract.errors import DataError
from extract.training.passages import Passage, read_passages

DATA = Path(__file__).with_name("data")
NEWS_VARIABLE = "COUNTERCLAIM_NEWS"
PARTS = ("train", "dev", "test")
# Characters of the article before a passage that its reading with context gets: as much as
# the encoder takes (extract.model.encoding.BEFORE_TOKENS), about five characters a token.
CONTEXT = 600


@dataclass(frozen=True, slots=True)
class Sample:
    """A passage, where it comes from ("own" or "news") and its part.

    `wide` is the same passage with the article's words before it, where there are any.
    """

    passage: Passage
    origin: str
    part: str
    wide: Passage | None = None


@dataclass(frozen=True, slots=True)
class Labelled:
    """A story with its class; `topic` is None where nobody has told it."""

    id: str
    title: str
    text: str
    ai_race: bool
    topic: str | None
    origin: str
    part: str


def part_of(story: str) -> str:
    """One of PARTS for a story's key: 70, 10 and 20 in a hundred."""
    number = int.from_bytes(hashlib.sha256(story.encode()).digest()[:4], "big") % 100
    return "train" if number < 70 else "dev" if number < 80 else "test"


def own_samples(folder: Path = DATA) -> list[Sample]:
    """The project's own passages."""
    return [
        Sample(passage, "own", part_of(passage.title.casefold()))
        for path in sorted((folder / "passages").glob("*.jsonl"))
        for passage in read_passages(path)
    ]


def news_file() -> Path | None:
    """The file with the news' text, where there is one."""
    name = os.environ.get(NEWS_VARIABLE)
    return Path(name) if name and Path(name).is_file() else None


def news_samples(news: Path, folder: Path = DATA) -> list[Sample]:
    """The annotated passages of real articles whose text is in the news file."""
    articles = {article["url"]: article for article in read_rows(news)}
    return [
        _sample(row, articles[row["url"]])
        for row in read_rows(folder / "news.jsonl")
        if row["url"] in articles
    ]


def all_samples(news: Path | None) -> list[Sample]:
    """The project's own passages, and those of the news where its file is given."""
    return own_samples() + (news_samples(news) if news else [])


def stories(folder: Path = DATA, news: Path | None = None) -> list[Labelled]:
    """Stories with their class: the project's own, and the news where its file is given."""
    found = [_story(path, row) for path, row in _own_stories(folder)]
    if news is None:
        return found
    articles = {article["url"]: article for article in read_rows(news)}
    for row in read_rows(folder / "news_stories.jsonl"):
        if article := articles.get(row["url"]):
            found.append(_labelled(row["url"], {**row, **article}, "news", part_of(row["url"])))
    return found


def fingerprint(samples: Sequence[Sample]) -> str:
    """The sha256 of passages as they are read, whatever file holds them."""
    digest = hashlib.sha256()
    for sample in sorted(samples, key=lambda sample: sample.passage.id):
        passage = sample.passage
        claims = [claim.to_json() for claim in passage.claims]
        row = [passage.id, passage.title, passage.published, passage.text, claims]
        digest.update(json.dumps(row, sort_keys=True, default=str).encode())
    return digest.hexdigest()


def read_rows(path: Path) -> Iterator[dict[str, Any]]:
    """The rows of a file of JSON lines; raises DataError, with its line, at a bad one."""
    with path.open(encoding="utf-8") as lines:
        for number, line in enumerate(lines, 1):
            if line.strip():
                try:
                    yield json.loads(line)
                except ValueError as error:
                    raise DataError(path, number, str(error)) from error


def _own_stories(folder: Path) -> Iterator[tuple[Path, dict[str, Any]]]:
    for path in sorted((folder / "stories").glob("*.jsonl")):
        for row in read_rows(path):
            yield path, row


def _story(path: Path, row: dict[str, Any]) -> Labelled:
    topic = row["topic"]
    if topic not in TOPICS or (topic != "none") != row["ai_race"]:
        raise DataError(path, None, f"{row['id']}: topic {topic!r} does not go with its class")
    return _labelled(row["id"], row, "own", part_of(row["title"].casefold()))


def _labelled(key: str, row: dict[str, Any], origin: str, part: str) -> Labelled:
    return Labelled(key, row["title"], row["text"], row["ai_race"], row["topic"], origin, part)


def _sample(row: dict[str, Any], article: dict[str, Any]) -> Sample:
    def cut(start: int) -> Passage:
        claims = tuple(
            replace(claim, start=claim.start - start, end=claim.end - start)
            for claim in map(claim_from_json, row["claims"])
        )
        text = article["text"][start : row["end"]]
        for claim in claims:
            if text[claim.start : claim.end] != claim.quote:
                raise DataError("news.jsonl", None, f"{row['id']}: {claim.quote!r} is not there")
        return Passage(row["id"], article["title"], row["published"], text, claims)

    wide = max(0, row["start"] - CONTEXT)
    wide = article["text"].find(" ", wide) + 1 if wide else 0
    passage = cut(row["start"])
    return Sample(passage, "news", part_of(row["url"]), cut(wide) if wide < row["start"] else None)
