"""One article at two times: whether its text is another, and whether it is still that article."""

from __future__ import annotations

import re
from collections import Counter, defaultdict, deque
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from itertools import pairwise

KEPT = 0.5
"""Share of an article's pairs of words that must still stand for a text to be the same article.
A correction, an update or a new headline leaves nine in ten; a text cut behind its first
paragraphs, a notice that the page is gone or the story that an address leads to now leave few."""

LONGEST = 200
"""Words of a sentence that are looked at: matching takes time by the square of them, and what
is longer is a table or a list that no full stop ends."""

WORD = re.compile(r"\w+(?:[.,]\d+)*")


def squeezed(text: str) -> str:
    """A text with all its blanks and line breaks as one blank each."""
    return " ".join(text.split())


def words(text: str) -> list[str]:
    """The words of a text, whatever their case; a number is one."""
    return WORD.findall(text.casefold())


def kept(before: str, after: str) -> float:
    """The share, 0 to 1, of a text's pairs of neighbouring words that the later one has too.

    1 where there is no pair.
    """
    earlier = Counter(pairwise(words(before)))
    later = Counter(pairwise(words(after)))
    return (earlier & later).total() / earlier.total() if earlier else 1.0


def standing(before: str, after: str) -> Iterator[tuple[int, int, int]]:
    """Paragraphs that the later text has letter for letter, wherever.

    Each as its offset in the earlier text, its offset in the later one, and its length.
    """
    places: defaultdict[str, deque[int]] = defaultdict(deque)
    for start, paragraph in _paragraphs(after):
        places[paragraph].append(start)
    for start, paragraph in _paragraphs(before):
        if places[paragraph]:
            yield start, places[paragraph].popleft(), len(paragraph)


def _paragraphs(text: str) -> Iterator[tuple[int, str]]:
    start = 0
    for paragraph in text.split("\n"):
        yield start, paragraph
        start += len(paragraph) + 1


def shared(ours: Sequence[str], theirs: Sequence[str]) -> int:
    """How many words two sentences have in common, in the same order."""
    matcher = SequenceMatcher(None, ours[:LONGEST], theirs[:LONGEST], autojunk=False)
    return sum(block.size for block in matcher.get_matching_blocks())
