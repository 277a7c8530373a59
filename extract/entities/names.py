"""Proper names that no catalogue knows, by their capitals.

A run of capitalised words is a name, save what capitals alone do not show: a single word
at the start of a sentence needs a second sight of it in the middle of one, and a line in
which nearly every word has a capital (a headline) tells nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from extract.entities.words import words

WORD = re.compile(
    r"[A-Z\u00c0-\u00de]\w*(?:[-.&](?=\w)\w+)*|[a-z]{1,2}[A-Z]\w+(?:\.\w+)*|\d+(?:\.\d+)?[A-Za-z]?(?!\w)"
)
ANY_WORD = re.compile(r"[^\W\d_][\w’'-]*")
GAP = re.compile(r" (?:(?:of|de|la|van|von|der|&|for) )?")
SENTENCE_END = re.compile(r"(?:^|[.!?:;\n•–—|]\s*|[“\"‘(\[]\s*)$")

# In a headline nearly every word is capitalised; prose stays under a third.
HEADLINE = 0.6

# Capitalised, but no name: function words, roles, dates, peoples, and common abbreviations.
NO_NAMES = words("no_names")


def proper_names(text: str, taken: Sequence[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Spans of unknown proper names, in order, that do not touch those taken (in order)."""
    runs = list(_runs(text, taken))
    inside = {text[start:end] for start, end in runs if not starts_sentence(text, start)}
    for start, end in runs:
        name = text[start:end]
        if name in inside or " " in name or any(letter.isupper() for letter in name[1:]):
            yield start, end


def _runs(text: str, taken: Sequence[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    busy = iter((*taken, (len(text) + 1, len(text) + 1)))
    block = next(busy)
    offset = 0
    for line in text.splitlines(keepends=True):
        run: list[tuple[int, int]] = []
        for match in () if _is_headline(line) else WORD.finditer(line):
            start, end = match.start() + offset, match.end() + offset
            while block[1] <= start:
                block = next(busy)
            if run and (block[0] < end or not GAP.fullmatch(text, run[-1][1], start)):
                yield from _trimmed(text, run)
                run = []
            if block[0] >= end:
                run.append((start, end))
        yield from _trimmed(text, run)
        offset += len(line)


def _trimmed(text: str, run: list[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """The run without the function words and roles that it starts with, if a name is left."""
    kept = next((start for start, end in run if not _is_common(text[start:end])), None)
    if kept is not None:
        yield kept, run[-1][1]


def _is_common(word: str) -> bool:
    return word.lower() in NO_NAMES or word[0].isdigit() or (len(word) == 1)


def _is_headline(line: str) -> bool:
    """Whether capitals tell nothing in a line: most of its longer words have one."""
    longer = [word for word in ANY_WORD.findall(line) if len(word) > 3]
    return len(longer) > 3 and sum(word[0].isupper() for word in longer) > HEADLINE * len(longer)


def starts_sentence(text: str, at: int) -> bool:
    """Whether a capital at this place says nothing, because a sentence starts there."""
    return SENTENCE_END.search(text[max(0, at - 8) : at]) is not None if at else True


def headline_spans(text: str) -> list[tuple[int, int]]:
    """The lines in which nearly every word has a capital."""
    ends = [0]
    for line in text.splitlines(keepends=True):
        ends.append(ends[-1] + len(line))
    return [(start, end) for start, end in pairwise(ends) if _is_headline(text[start:end])]
