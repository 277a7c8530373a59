"""Text into sentences, with exact offsets.

The cutting is the `sentencex` package's; what it does not know of news is mended here.
"""

from __future__ import annotations

import re

from sentencex import get_sentence_boundaries

# sentencex cuts after these; in news they lead up to the figure that follows.
_LEADING = re.compile(
    r"(?:^|[\s(\[“\"'])(?:approx|est|ca|circa|min|max|avg|incl|excl|fig|figs|nos|eq|ver|vers)\.\s*$",
    re.IGNORECASE,
)
_LINE_BREAKS = re.compile(r"[\n\r\u2028\u2029]+")


def split_sentences(text: str) -> list[tuple[int, int]]:
    """`(start, end)` of each sentence, in order and without the space around it.

    A line break always parts sentences. Every character that is no space lies in exactly
    one of them.
    """
    spans: list[tuple[int, int]] = []
    position = 0
    for match in _LINE_BREAKS.finditer(text):
        spans += _split_line(text, position, match.start())
        position = match.end()
    return spans + _split_line(text, position, len(text))


def _split_line(text: str, start: int, end: int) -> list[tuple[int, int]]:
    line = text[start:end]
    if not line.strip():
        return []
    spans: list[tuple[int, int]] = []
    for boundary in get_sentence_boundaries("en", line):
        first, last = boundary["start_index"], boundary["end_index"]
        piece = line[first:last]
        stripped = piece.strip()
        if not stripped:
            continue
        first += len(piece) - len(piece.lstrip())
        last = first + len(stripped)
        if spans and _LEADING.search(line[slice(*spans[-1])]):
            spans[-1] = (spans[-1][0], last)
        else:
            spans.append((first, last))
    return [(start + first, start + last) for first, last in spans]
