"""How sure a figure is: the words right before and right behind it."""

from __future__ import annotations

import re
from itertools import pairwise

from extract.figures.lexicon import listed, one_of, words
from extract.figures.number import SCALES, SPACE

_BEFORE = words().hedges("before")
_AFTER = words().hedges("after")
_LONGEST_HEDGE = max(len(phrase.split()) for phrase in _BEFORE)
_LONGEST_FILLER = max(len(phrase.split()) for phrase in listed("before", "fillers"))
# Nested hedges ("up to about another …") are read three deep; nobody writes more.
_DEEPEST = 3
_BEHIND = re.compile(
    r"(?P<plus>\+)|[-‑](?P<joined>plus|odd|ish)\b"
    rf"|(?P<gap>(?:[\s*_”\"]|,\s){{1,3}})(?P<words>[a-z]+(?:{SPACE}[a-z]+){{0,3}})"
)
# "300 cards at the very most", "$20 a month or more": the noun stands between.
_BEHIND_NOUN = re.compile(
    rf"(?:{SPACE}[a-z]+){{1,2}}{SPACE}(?P<hedge>{one_of(p for p in _AFTER if ' ' in p)})"
    r"(?=[\s*_]*[^\w\s*_])"
)
_MARK = re.compile(r"[\s-](?:[a-z]+\s){0,2}(?P<mark>[a-z]+)\b")


def qualifier(text: str, left: list[str], end: int, period: bool) -> str:
    """ "exact", "approximate", "at_least" or "at_most".

    `left` are the tokens before the quote, `end` is behind it; `period` is true where the
    figure is a time, before which "over" says during.
    """
    return _before(left, period) or _behind(text, end) or _mark(text, left, end) or "exact"


def _before(left: list[str], period: bool) -> str | None:
    tokens = [token.lower() for token in left[-14:]]
    article = False
    for _ in range(_DEEPEST):
        for count in range(min(_LONGEST_HEDGE, len(tokens)), 0, -1):
            phrase = " ".join(tokens[-count:])
            if phrase in _BEFORE:
                return _meant(phrase, tokens, period, article)
        if tokens[-1:] == ["of"] and _passes(tokens):
            return "at_least"
        article = tokens[-1:] in (["a"], ["an"])
        shorter = tokens[:-1] if article else _without_filler(tokens)
        if shorter is None:
            return None
        tokens = shorter
    return None


def _meant(phrase: str, tokens: list[str], period: bool, article: bool) -> str | None:
    """What the hedge that ends `tokens` says; None where it is a preposition here."""
    if article and phrase in listed("before", "prepositions"):
        return None  # "over a 14-hour period"
    if phrase in listed("before", "spread") and _is_amount(tokens[:-1]):
        return None  # "109 billion over 16 experts"
    if period and phrase in listed("before", "periods"):
        leads = tokens[-2:-1]  # "over three years", but "in over three years"
        if leads and leads[0] not in listed("before", "spans"):
            return None
    return None if _BEFORE[phrase] == "exact" else _BEFORE[phrase]


def _is_amount(tokens: list[str]) -> bool:
    """Whether the tokens end in an amount, with or without its noun."""
    *_, first, last = ("", "", *tokens)
    if last in SCALES or last in ("percent", "%") or last[:1].isdigit():
        return True
    return last.endswith("s") and (first in SCALES or first[:1].isdigit())


def _without_filler(tokens: list[str]) -> list[str] | None:
    for count in range(min(_LONGEST_FILLER, len(tokens)), 0, -1):
        if " ".join(tokens[-count:]) in listed("before", "fillers"):
            return tokens[:-count]
    return None


def _passes(tokens: list[str]) -> bool:
    """ "surpassed an annual revenue run rate of": the verb speaks of the number."""
    for verb, follows in reversed(list(pairwise(tokens[-10:]))):
        if verb in listed("before", "passing"):
            return follows in ("a", "an")
        if verb in (",", "(", ")"):
            return False
    return False


def _behind(text: str, end: int) -> str | None:
    match = _BEHIND.match(text, end)
    if match is None:
        return None
    if later := _BEHIND_NOUN.match(text, end):
        return _AFTER[later["hedge"]]
    if match["plus"]:
        return "at_least"
    if match["joined"]:
        return _AFTER[match["joined"]]
    behind = match["words"].split()
    for count in range(len(behind), 0, -1):
        if found := _AFTER.get(" ".join(behind[:count])):
            if behind[count : count + 1] == ["than"]:  # "$5, and more than that"
                return None
            # ", plus $52 billion for memory" goes on with another figure
            return None if count == 1 and "," in match["gap"] else found
    return None


def _mark(text: str, left: list[str], end: int) -> str | None:
    """ "crossed the $1 billion mark"."""
    match = _MARK.match(text, end)
    if match is None or match["mark"] not in listed("after", "marks"):
        return None
    passed = listed("before", "passing") & {token.lower() for token in left[-3:]}
    return "at_least" if passed else None
