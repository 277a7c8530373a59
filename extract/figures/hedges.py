"""How sure a figure is: the words right before and right behind it."""

from __future__ import annotations

import re

from extract.figures.lexicon import words
from extract.figures.numbers import SPACE

_LONGEST_HEDGE = 6
_LONGEST_FILLER = 3
# Nested hedges ("up to about another …") are read three deep; nobody writes more.
_DEEPEST = 3
_AFTER = re.compile(
    rf"(?P<plus>\+)|[-‑](?P<joined>plus|odd|ish)\b|(?:[\s*_”\"]|,\s){{1,3}}(?P<words>[a-z]+(?:{SPACE}[a-z]+){{0,3}})"
)
_MARK = re.compile(r"[\s-](?:[a-z]+\s){0,2}(?P<mark>[a-z]+)\b")


def qualifier(text: str, left: list[str], end: int, period: bool) -> str:
    """ "exact", "approximate", "at_least" or "at_most".

    `left` are the tokens before the quote, `end` is behind it and its unit; `period` is
    true where the figure is a time, before which "over" says during.
    """
    return _before(left, period) or _behind(text, end) or _mark(text, left, end) or "exact"


def _before(left: list[str], period: bool) -> str | None:
    tokens = [token.lower() for token in left[-14:]]
    article = False
    for _ in range(_DEEPEST):
        for count in range(min(_LONGEST_HEDGE, len(tokens)), 0, -1):
            phrase = " ".join(tokens[-count:])
            if found := words().before.get(phrase):
                if article and phrase in words().prepositions:
                    return None
                during = period and phrase in words().periods
                if found == "exact" or (during and tokens[-2:-1] and tokens[-2] not in words().spans):
                    return None
                return found
        if tokens[-1:] == ["of"] and (passed := _passed(tokens)):
            return passed
        article = tokens[-1:] in (["a"], ["an"])
        shorter = tokens[:-1] if article else _without_filler(tokens)
        if shorter is None:
            return None
        tokens = shorter
    return None


def _without_filler(tokens: list[str]) -> list[str] | None:
    for count in range(min(_LONGEST_FILLER, len(tokens)), 0, -1):
        if " ".join(tokens[-count:]) in words().fillers:
            return tokens[:-count]
    return None


def _passed(tokens: list[str]) -> str | None:
    """ "surpassed an annual revenue run rate of": the verb speaks of the number."""
    for back, token in enumerate(reversed(tokens[-9:-1])):
        if token in words().passing:
            follows = tokens[len(tokens) - 1 - back] if back else ""
            return "at_least" if follows in ("a", "an") else None
        if token in ",()":
            return None
    return None


def _behind(text: str, end: int) -> str | None:
    match = _AFTER.match(text, end)
    if not match:
        return None
    if match["plus"]:
        return "at_least"
    if match["joined"]:
        return words().after[match["joined"]]
    behind = match["words"].split()
    for count in range(len(behind), 0, -1):
        phrase = " ".join(behind[:count])
        if phrase in ("plus", "odd", "max", "minimum", "maximum", "tops") and "," in match[0]:
            return None
        if found := words().after.get(phrase):
            return found
    return None


def _mark(text: str, left: list[str], end: int) -> str | None:
    """ "crossed the $1 billion mark"."""
    tokens = [token.lower() for token in left[-3:]]
    match = _MARK.match(text, end)
    if match and match["mark"] in words().marks and words().passing.intersection(tokens):
        return "at_least"
    return None
