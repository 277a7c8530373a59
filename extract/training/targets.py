"""Annotated passages into what the heads are to answer, with exact places in the text.

An annotation names a claim's subject by its canonical name; the pointers learn from every
mention in title and text that resolves to it, or is written the same. Where no mention is
found, the pointer learns nothing from the claim. Figures of the grammar that nobody has
annotated are of the class NONE.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

import numpy as np

from extract.claims import QUALIFIERS, STATUSES, Claim
from extract.entities import Mention, registry
from extract.figures import Figure, dimension, find_figures
from extract.metrics import DIMENSIONS, metrics
from extract.model.decoding import SPAN_TOKENS
from extract.model.encoding import Pass, Place, Source, Spot
from extract.model.labels import METRICS, NONE, ROLES, SCOPE, SENTENCE, SPECIAL, TITLE
from extract.sentences import split_sentences
from extract.training.passages import Passage

UNKNOWN = -100
"""A class that the loss leaves out."""


@dataclass(slots=True)
class Target:
    """What is to be read from one figure.

    `places` holds, by role, where its mentions stand (segment TITLE or SENTENCE, start, end):
    none where nobody is named, and no entry where the annotation does not tell.
    """

    spot: Spot
    metric: int = NONE
    qualifier: int = UNKNOWN
    status: int = UNKNOWN
    negative: int = UNKNOWN
    places: dict[str, list[Place]] = field(default_factory=dict)


@dataclass(slots=True)
class Example:
    """A text with its targets; sentences are cut when it is encoded.

    `story` is its class where that is told: AI race or not, and the topic's index or UNKNOWN.
    """

    title: str
    text: str
    targets: list[Target]
    title_mentions: list[Mention]
    mentions: list[Mention]
    story: tuple[float, int] | None = None

    def source(self) -> Source:
        """The example as the encoder takes it."""
        sentences = split_sentences(self.text)
        return Source(self.title, self.text, sentences, self.title_mentions, self.mentions)


def example(passage: Passage, since: int = 0) -> Example:
    """The example of a passage; figures that start before `since` are context, not read."""
    known = registry()
    made = Example(
        passage.title, passage.text, [], known.find(passage.title), known.find(passage.text)
    )
    figures = [figure for figure in find_figures(passage.text) if figure.start >= since]
    taken: set[int] = set()
    for claim in passage.claims:
        number = match(claim, figures)
        if number is not None:
            taken.add(number)
        made.targets.append(_target(claim, figures[number] if number is not None else None, made))
    made.targets += [
        Target(Spot(figure.start, figure.end, dimension(figure.unit)))
        for number, figure in enumerate(figures)
        if number not in taken
    ]
    made.targets.sort(key=lambda target: target.spot.start)
    return made


def match(claim: Claim, figures: Sequence[Figure]) -> int | None:
    """The figure that shares most characters with a claim's quote; None where none does."""
    shared = [min(claim.end, figure.end) - max(claim.start, figure.start) for figure in figures]
    best = max(range(len(figures)), key=shared.__getitem__, default=None)
    return best if best is not None and shared[best] > 0 else None


def _target(claim: Claim, figure: Figure | None, made: Example) -> Target:
    metric = metrics()[claim.metric]
    size = dimension(figure.unit if figure else claim.unit)
    if size not in metric.accepts:  # the grammar misread the unit; the claim tells it
        size = dimension(claim.unit)
    if size not in metric.accepts or size not in DIMENSIONS:
        size = min(metric.accepts)
    start, end = (figure.start, figure.end) if figure else (claim.start, claim.end)
    target = Target(
        Spot(start, end, size),
        METRICS.index(claim.metric),
        QUALIFIERS.index(claim.qualifier),
        STATUSES.index(claim.status),
        int(claim.value < 0) if metric.signed else UNKNOWN,
    )
    named = {"subject": claim.subject, "claimant": claim.claimant}
    named |= {key: claim.scope.get(key) for key in SCOPE}
    for role, name in named.items():
        places = _mentions(name, made) if name else []
        if places or not name:
            target.places[role] = places
    return target


def _mentions(name: str, made: Example) -> list[Place]:
    """Every place in title and text that names an entity, or says the same words."""
    known = registry()
    found = [
        (segment, mention.start, mention.end)
        for segment, mentions in ((TITLE, made.title_mentions), (SENTENCE, made.mentions))
        for mention in mentions
        if mention.name == name or known.same(mention.name or mention.text, name)
    ]
    return found or _written(name, made) or _both(name, made) or _ended(name, made)


def _written(words: str, made: Example) -> list[Place]:
    whole = re.compile(rf"(?<!\w){re.escape(words)}(?!\w)", re.IGNORECASE)
    return [
        (segment, hit.start(), hit.end())
        for segment, text in ((TITLE, made.title), (SENTENCE, made.text))
        for hit in whole.finditer(text)
    ]


def _both(name: str, made: Example) -> list[Place]:
    """Where two are named in one go ("Fable 5 and Mythos 5" for both Claudes)."""
    known = registry()
    one, _, other = name.partition(" and ")
    return [
        (segment, first.start, second.end)
        for segment, text, mentions in (
            (TITLE, made.title, made.title_mentions),
            (SENTENCE, made.text, made.mentions),
        )
        for first, second in pairwise(mentions)
        if text[first.end : second.start].strip(", ") == "and"
        and known.same(first.name, one)
        and known.same(second.name, other)
    ]


def _ended(name: str, made: Example) -> list[Place]:
    """Where only the end of a name stands ("the 70B"), if reading it gives the whole name."""
    known = registry()
    for joint in re.finditer(r"[ -]", name):
        tail = name[joint.end() :]
        places = _written(tail, made)
        if places and known.same(known.resolve(tail, (made.text, made.title)), name):
            return places
    return []


def gold(made: Pass, targets: Sequence[Target]) -> dict[str, np.ndarray]:
    """The answers for a pass with F figures and T tokens, figures as `made.figures` says.

    metric, qualifier, status, negative: int64 [F], UNKNOWN where not told; told: bool
    [F, roles], whether the pass holds the answer of a pointer; spans: int64 [S, 4], the right
    spans as (figure, role, tokens after the first, first token), token 0 where nobody is named.
    """
    mine = [targets[number] for number in made.figures]
    answers: dict[str, np.ndarray] = {
        name: np.array([getattr(target, name) for target in mine], dtype=np.int64)
        for name in ("metric", "qualifier", "status", "negative")
    }
    held = [(index, place) for index, place in enumerate(made.places) if place[0] != SPECIAL]
    starts = {(segment == TITLE, start): index for index, (segment, start, _) in held}
    ends = {(segment == TITLE, end): index for index, (segment, _, end) in held}
    spans = [
        (row, ROLES.index(role), more, first)
        for row, target in enumerate(mine)
        for role, places in target.places.items()
        for more, first in _spans(places, starts, ends)
        if made.places[first][0] == made.places[first + more][0]  # a slip may cut a name in two
    ]
    answers["spans"] = np.array(spans, dtype=np.int64).reshape(-1, 4)
    answers["told"] = np.zeros((len(mine), len(ROLES)), dtype=bool)
    answers["told"][answers["spans"][:, 0], answers["spans"][:, 1]] = True
    return answers


def _spans(
    places: Sequence[Place],
    starts: Mapping[tuple[bool, int], int],
    ends: Mapping[tuple[bool, int], int],
) -> Iterator[tuple[int, int]]:
    """Those of the places that the pass holds whole, as (tokens after the first, first)."""
    if not places:
        yield 0, 0
    for segment, start, end in places:
        first = starts.get((segment == TITLE, start))
        last = ends.get((segment == TITLE, end))
        if first is not None and last is not None and 0 <= last - first < SPAN_TOKENS:
            yield last - first, first
