"""Text into passes of the claims model, and passes into the arrays of a batch.

A pass is `[CLS] title [SEP] sentences before [SEP] sentences [SEP]` with all figures of the
sentences, a paragraph's worth, so that they are read together and the encoder runs once. A
sentence too long for one pass is read through windows round its figures: every figure is in
exactly one pass.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from extract.entities import Mention
from extract.model.labels import BEFORE, KINDS, SENTENCE, SIZES, SPECIAL, TITLE

# Of a pass's tokens. A headline seldom has more than 24; what is left is the sentence's.
TITLE_TOKENS = 40
BEFORE_TOKENS = 96
# Sentences read together: a paragraph. What is said after a figure tells of it too, and the
# words before are encoded once for all of them.
READ_TOKENS = 128
# The first token and one behind each part.
DIVIDERS = 4
# Words on either side of a window's first and last figure, at least: its verb and noun.
MARGIN_TOKENS = 24
# Title and first sentences tell what a story is about; more only costs time.
LEAD_TOKENS = 128

Place = tuple[int, int, int]
"""Where a token stands: segment (labels.TITLE, …), start, end. TITLE counts characters of the
title, BEFORE and SENTENCE those of the text; SPECIAL tokens stand nowhere (0, 0)."""

NOWHERE: Place = (SPECIAL, 0, 0)


@dataclass(frozen=True, slots=True)
class Spot:
    """A figure to be read: its characters in the text, and the dimension of its unit."""

    start: int
    end: int
    dimension: str


@dataclass(slots=True)
class Pass:
    """One run of the encoder: tokens, and the figures read in it.

    `spans` are the figures' tokens (first, after the last); `figures` says which of the
    caller's figures each is.
    """

    ids: list[int] = field(default_factory=list)
    places: list[Place] = field(default_factory=list)
    kinds: list[int] = field(default_factory=list)
    spans: list[tuple[int, int]] = field(default_factory=list)
    dimensions: list[int] = field(default_factory=list)
    figures: list[int] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Source:
    """A text to be read: its sentences, and the known entities of title and text."""

    title: str
    text: str
    sentences: Sequence[tuple[int, int]]
    title_mentions: Sequence[Mention] = ()
    mentions: Sequence[Mention] = ()


@dataclass(slots=True)
class _Tokens:
    ids: list[int]
    places: list[Place]
    kinds: list[int]

    def __getitem__(self, part: slice) -> _Tokens:
        return _Tokens(self.ids[part], self.places[part], self.kinds[part])


class Encoder:
    """Makes passes with a tokenizer of transformers (a fast one: it tells offsets)."""

    def __init__(self, tokenizer: Any, max_length: int) -> None:
        self.tokenizer, self.max_length = tokenizer, max_length
        self.first, self.divider = tokenizer.cls_token_id, tokenizer.sep_token_id
        self.pad = int(tokenizer.pad_token_id or 0)

    def passes(self, source: Source, spots: Sequence[Spot]) -> list[Pass]:
        """The passes that read all figures of a text."""
        if not spots:
            return []
        spans = [(0, len(source.title)), *source.sentences]
        pieces = [source.title] + [source.text[start:end] for start, end in source.sentences]
        tokens = [
            self._place(encoded, TITLE if number == 0 else SENTENCE, span[0] if number else 0)
            for number, (encoded, span) in enumerate(
                zip(self._tokenize(pieces), spans, strict=True)
            )
        ]
        _mark(tokens[:1], source.title_mentions)
        _mark(tokens[1:], source.mentions)
        title, sentences = tokens[0][:TITLE_TOKENS], tokens[1:]
        made: list[Pass] = []
        for first, last, figures in _together(sentences, _by_sentence(source.sentences, spots)):
            read = _joined(sentences[first : last + 1])
            room = self.max_length - len(title.ids) - len(read.ids) - DIVIDERS
            before = self._before(sentences[:first], max(0, min(BEFORE_TOKENS, room)))
            made += self._windows(self._head(title, before), read, spots, figures)
        return made

    def lead(self, title: str, text: str) -> Pass:
        """The pass that tells the story's class: title and the text's first words."""
        length = min(self.max_length, LEAD_TOKENS)
        # Seldom eight characters a token in prose; so a long article is not tokenized whole.
        encoded = self._tokenize([title, text[: length * 8]])
        head = self._head(self._place(encoded[0], TITLE, 0)[:TITLE_TOKENS], _Tokens([], [], []))
        body = self._place(encoded[1], SENTENCE, 0)[: length - len(head.ids) - 1]
        return self._join(head, body)

    def _tokenize(self, pieces: list[str]) -> list[tuple[list[int], list[tuple[int, int]]]]:
        batch = self.tokenizer(
            pieces, add_special_tokens=False, return_offsets_mapping=True, verbose=False
        )
        return list(zip(batch["input_ids"], batch["offset_mapping"], strict=True))

    def _place(
        self, encoded: tuple[list[int], list[tuple[int, int]]], segment: int, shift: int
    ) -> _Tokens:
        ids, offsets = encoded
        places = [(segment, start + shift, end + shift) for start, end in offsets]
        return _Tokens(list(ids), places, [0] * len(ids))

    def _before(self, sentences: Sequence[_Tokens], most: int) -> _Tokens:
        """The nearest sentences before, whole where they fit, else the nearest one's start."""
        chosen = _Tokens([], [], [])
        for tokens in reversed(sentences):
            room = most - len(chosen.ids)
            if room <= 0 or (len(tokens.ids) > room and chosen.ids):
                break
            part = tokens[:room]
            places = [(BEFORE, start, end) for _, start, end in part.places]
            chosen = _Tokens(
                part.ids + chosen.ids, places + chosen.places, part.kinds + chosen.kinds
            )
        return chosen

    def _head(self, title: _Tokens, before: _Tokens) -> Pass:
        head = Pass([self.first], [NOWHERE], [0])
        return (
            self._join(self._join(head, title), before) if before.ids else self._join(head, title)
        )

    def _join(self, head: Pass, tokens: _Tokens) -> Pass:
        return Pass(
            [*head.ids, *tokens.ids, self.divider],
            [*head.places, *tokens.places, NOWHERE],
            [*head.kinds, *tokens.kinds, 0],
        )

    def _windows(
        self, head: Pass, sentence: _Tokens, spots: Sequence[Spot], figures: list[int]
    ) -> Iterator[Pass]:
        room = self.max_length - len(head.ids) - 1
        spans = [_cover(sentence.places, spots[figure]) for figure in figures]
        while figures:
            start = max(0, spans[0][0] - MARGIN_TOKENS) if len(sentence.ids) > room else 0
            end = start + room
            whole = end >= len(sentence.ids)
            inside = sum(1 for _, last in spans if whole or last + MARGIN_TOKENS <= end) or 1
            made = self._join(head, sentence[start:end])
            shift = len(head.ids) - start
            made.spans = [(a + shift, min(b, end) + shift) for a, b in spans[:inside]]
            made.figures = figures[:inside]
            made.dimensions = [SIZES.index(spots[figure].dimension) for figure in made.figures]
            yield made
            figures, spans = figures[inside:], spans[inside:]


def _joined(several: Sequence[_Tokens]) -> _Tokens:
    """Sentences as one stretch of tokens."""
    return _Tokens(
        [token for one in several for token in one.ids],
        [place for one in several for place in one.places],
        [kind for one in several for kind in one.kinds],
    )


def _together(
    sentences: Sequence[_Tokens], held: Iterable[tuple[int, list[int]]]
) -> Iterator[tuple[int, int, list[int]]]:
    """Sentences read in one pass, as (first, last, figures): as many as READ_TOKENS hold.

    The next sentence with figures joins, with those between, while there is room.
    """
    group: tuple[int, int, list[int]] | None = None
    for number, figures in held:
        if group:
            first, last, before = group
            length = sum(len(tokens.ids) for tokens in sentences[first : number + 1])
            if length <= READ_TOKENS:
                group = (first, number, before + figures)
                continue
            yield first, last, before
        group = (number, number, figures)
    if group:
        yield group


def _by_sentence(
    sentences: Sequence[tuple[int, int]], spots: Sequence[Spot]
) -> Iterator[tuple[int, list[int]]]:
    held: dict[int, list[int]] = {}
    number = 0
    for figure in sorted(range(len(spots)), key=lambda index: spots[index].start):
        while number + 1 < len(sentences) and sentences[number + 1][0] <= spots[figure].start:
            number += 1
        held.setdefault(number, []).append(figure)
    yield from held.items()


def _cover(places: Sequence[Place], spot: Spot) -> tuple[int, int]:
    """The tokens that a figure touches; where none does, the one nearest to its start."""
    inside = [
        index
        for index, (_, start, end) in enumerate(places)
        if start < spot.end and end > spot.start
    ]
    if inside:
        return inside[0], inside[-1] + 1
    before = sum(1 for _, start, _ in places if start < spot.start)
    nearest = max(min(before, len(places) - 1), 0)
    return nearest, nearest + 1


def _mark(pieces: Iterable[_Tokens], mentions: Sequence[Mention]) -> None:
    """Write the kinds of known entities on the tokens that name them; both in order."""
    waiting = sorted(mentions, key=lambda mention: mention.start)
    at = 0
    for tokens in pieces:
        for index, (_, start, end) in enumerate(tokens.places):
            while at < len(waiting) and waiting[at].end <= start:
                at += 1
            if at < len(waiting) and waiting[at].start < end:
                tokens.kinds[index] = KINDS.index(waiting[at].kind or "name")


def collate(passes: Sequence[Pass], pad: int) -> dict[str, np.ndarray]:
    """The graph's inputs for a batch of B passes of at most T tokens with F figures in all.

    input_ids, attention_mask, segments, kinds: int64 [B, T]; figure_row, figure_dimension:
    int64 [F]; figure_mask: float32 [F, T], one on the figure's tokens. A pass without
    figures (a story's lead) is given a dummy on its first token, because F may not be zero.
    """
    shape = len(passes), max(len(made.ids) for made in passes)
    batch: dict[str, np.ndarray] = {
        "input_ids": np.full(shape, pad, dtype=np.int64),
        "attention_mask": np.zeros(shape, dtype=np.int64),
        "segments": np.zeros(shape, dtype=np.int64),
        "kinds": np.zeros(shape, dtype=np.int64),
    }
    spans: list[tuple[int, int, int, int]] = []
    for row, made in enumerate(passes):
        length = len(made.ids)
        batch["input_ids"][row, :length] = made.ids
        batch["attention_mask"][row, :length] = 1
        batch["segments"][row, :length] = [segment for segment, _, _ in made.places]
        batch["kinds"][row, :length] = made.kinds
        spans += [
            (row, first, last, dimension)
            for (first, last), dimension in zip(made.spans, made.dimensions, strict=True)
        ] or [(row, 0, 1, 0)]
    mask = np.zeros((len(spans), shape[1]), dtype=np.float32)
    for figure, (_, first, last, _) in enumerate(spans):
        mask[figure, first:last] = 1
    batch["figure_row"] = np.array([row for row, *_ in spans], dtype=np.int64)
    batch["figure_dimension"] = np.array([span[3] for span in spans], dtype=np.int64)
    batch["figure_mask"] = mask
    return batch
