"""Proper names that no catalogue knows, by their capitals.

A run of capitalised words is a name, save what capitals alone do not show: a single word
at the start of a sentence needs a second sight of it in the middle of one, and a line in
which nearly every word has a capital (a headline) tells nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

WORD = re.compile(
    r"[A-Z\u00c0-\u00de]\w*(?:[-.&](?=\w)\w+)*|[a-z]{1,2}[A-Z]\w+(?:\.\w+)*|\d+(?:\.\d+)?[A-Za-z]?(?!\w)"
)
ANY_WORD = re.compile(r"[^\W\d_][\w’'-]*")
GAP = re.compile(r" (?:(?:of|de|la|van|von|der|&|for) )?")
SENTENCE_END = re.compile(r"(?:^|[.!?:;\n•–—|]\s*|[“\"‘(\[]\s*)$")

# In a headline nearly every word is capitalised; prose stays under a third.
HEADLINE = 0.6

# Capitalised, but no name: function words, roles, dates, peoples, and common abbreviations.
NO_NAMES = frozenset(
    """a an and are as at be but by can could did do does even for from had has have he her here his
    how i if in into is it its just last like many may maybe more most much my new no not now of on
    once one only or our out over per she should since so some still such than that the their them
    then there these they this those though through thus to too two under until up us was we well
    were what when where which while who why will with would yes yet you your after again all also
    although among another any because before being between both during each either ever every few
    first second third however indeed instead later meanwhile neither nor other perhaps rather same
    several three four five six seven eight nine ten today tomorrow yesterday within without
    i'm i've i'll i'd it's that's there's
    mr mrs ms dr prof professor ceo cfo cto coo president chairman chief executive officer founder
    co-founder cofounder director senator sen rep representative governor gov judge minister prime
    secretary general analyst vp svp king queen pope sir
    monday tuesday wednesday thursday friday saturday sunday january february march april may june
    july august september october november december jan feb mar apr jun jul aug sep sept oct nov dec
    american americans chinese british french german japanese korean korean taiwanese indian dutch
    european russian israeli canadian western asian african democrat democrats republican republicans
    democratic english spanish
    ai agi asi llm llms gpu gpus cpu cpus tpu tpus npu api apis ipo ipos saas arr hbm dram nand euv
    url pdf faq it pr hr ip vc vcs pc pcs tv vr ar q1 q2 q3 q4 fy gw mw kw usd pm am et pt gmt
    covid-19 series""".split()
)


def proper_names(text: str, taken: Sequence[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Spans of unknown proper names, in order, that do not touch those taken (in order)."""
    runs = list(_runs(text, taken))
    inside = {text[start:end] for start, end in runs if not starts_sentence(text, start)}
    for start, end in runs:
        words = text[start:end]
        if words in inside or " " in words or any(letter.isupper() for letter in words[1:]):
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
    """The run without function words and roles at its ends, if a name is left."""
    while run and _is_common(text[slice(*run[0])]):
        run = run[1:]
    while run and text[slice(*run[-1])].lower() in NO_NAMES:
        run = run[:-1]
    if run:
        yield run[0][0], run[-1][1]


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
