"""An article as the readers of text take it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Article:
    """`text` is plain, NFC, paragraphs parted by line breaks; `published` is ISO 8601 or None."""

    id: str
    title: str
    text: str
    published: str | None = None


@dataclass(frozen=True, slots=True)
class Story:
    """The class of an article: `score` is the calibrated probability of `ai_race`."""

    ai_race: bool
    score: float
    topic: str


TOPICS = ("models", "chips", "infrastructure", "money", "policy", "talent", "security", "none")
