"""Shares and multiples in words: when "half", "double" and "twice" state a figure."""

from __future__ import annotations

import re

from extract.figures.lexicon import listed, one_of
from extract.figures.number import PARTS
from extract.figures.quantities import Quantity, part_of_unit

# These are adjectives and verbs of many meanings; "tripled" and "fivefold" have one.
_NEEDS_MORE = frozenset({"double", "triple", "treble", "quadruple", "quintuple", "twice"})
_MULTIPLE_OF = re.compile(
    rf"[\s*”\"]+(?:{one_of(listed('multiples', 'goes_on'))})\b|\s*[.,;)—–]|\s*$"
)
_NEVER_BEFORE = re.compile(rf"[-‑][A-Za-z]|\s+(?:{one_of(listed('multiples', 'never_before'))})\b")
_WHEN_LOOSE = tuple(part + many for part in PARTS for many in ("", "s"))
_SHARE_GOES_ON = re.compile(
    rf"[\s*_”\"']*(?:(?:{one_of(listed('shares', 'goes_on'))})\b|[,.);—–]|$)", re.IGNORECASE
)
_PARTED = re.compile(r"\s(?:of|dearer|cheaper|more|less|fewer|goes|the size)\b")
_HALF_BEFORE = re.compile(
    rf"[\s*”\"]+(?:{one_of(listed('shares', 'half_before'))})\b|\s*[.,;:)?!—–]|\s*$"
)


def portion(text: str, quantity: Quantity, left: list[str]) -> Quantity | None:
    """The share or multiple as a figure; None where its word states none.

    `left` are the tokens before it.
    """
    number = quantity.number
    if number.kind == "multiple":
        return quantity if _is_multiple(text, quantity, left) else None
    if measured := part_of_unit(text, number):
        return measured
    return quantity if _is_share(text, quantity, left) else None


def _is_share(text: str, quantity: Quantity, left: list[str]) -> bool:
    """Whether "half", "a third", "three quarters" are parts of something."""
    word = text[quantity.start : quantity.end].lower()
    if word == "half":
        return _is_half(text, quantity, left)
    if not word.endswith(_WHEN_LOOSE) or "-" in word or "‑" in word:
        return True
    if not _SHARE_GOES_ON.match(text, quantity.end):
        return False  # "a third company"
    if not word.endswith(("quarter", "quarters")) or _PARTED.match(text, quantity.end):
        return True
    return bool(left) and left[-1].lower() in listed("shares", "quarter_after")


def _is_multiple(text: str, quantity: Quantity, left: list[str]) -> bool:
    if _NEVER_BEFORE.match(text, quantity.end):
        return False
    word = text[quantity.start : quantity.end].lower()
    if word not in _NEEDS_MORE or _MULTIPLE_OF.match(text, quantity.end):
        return True
    return word != "twice" and bool(left) and left[-1].lower() in listed("multiples", "verbs")


def _is_half(text: str, quantity: Quantity, left: list[str]) -> bool:
    before = left[-1].lower() if left else ""
    if text[quantity.end : quantity.end + 1] in ("-", "‑"):
        return False
    if before in listed("shares", "half_of"):
        return True
    behind = [word for word in left[-2:] if word.lower() not in ("a", "an")]
    if behind and behind[-1].lower() in listed("shares", "half_after"):
        return False
    return bool(_HALF_BEFORE.match(text, quantity.end))
