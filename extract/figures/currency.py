"""Currencies before a number: which one, and where its sign begins."""

from __future__ import annotations

import re
from bisect import bisect
from functools import lru_cache

from extract.figures.lexicon import one_of, units, words
from extract.figures.number import SPACE, SPACES

# Codes that are words or names too ("COP 28", "RM9"): behind them bare digits are no money.
IN_DOUBT = frozenset({"TRY", "COP", "PHP", "CAD", "RM", "Dh", "Rp", "Fr."})
_KNOWN = (*units().currency_before, *words().signs)
_LASTS = frozenset(sign[-1] for sign in _KNOWN)
_LONGEST = max(map(len, _KNOWN)) + 3  # Markdown's "**" and a space may follow the sign
SIGN = one_of(_KNOWN).replace(r"\ ", SPACE)
"""A pattern of everything that may stand before a number and names its currency."""
_BEFORE = re.compile(rf"(?:{SIGN})[*_]{{0,2}}{SPACE}?\Z")
_SPEAKS_OF = {
    code: re.compile(rf"\b(?:{one_of(names)})\b", re.IGNORECASE)
    for code, names in words().places.items()
}


def currency_before(text: str, pos: int) -> tuple[int, str | None]:
    """Where the currency before `pos` begins, and its code; (pos, None) without one."""
    at = pos - 1
    if at >= 0 and text[at] in SPACES:
        at -= 1
    if at < 0 or text[at] not in _LASTS:
        return pos, None
    match = _BEFORE.search(text, max(0, pos - _LONGEST), pos)
    if match is None:
        return pos, None
    sign = match[0].rstrip(SPACES + "*_")
    before = text[match.start() - 1] if match.start() else " "
    if sign[0].isalpha() and (before.isalnum() or before in "$_-"):
        return pos, None
    sign = re.sub(SPACE, " ", sign)
    return match.start(), units().currency_before.get(sign) or _by_place(text, pos, sign)


def _by_place(text: str, pos: int, sign: str) -> str:
    """The currency of a "¥" or "kr": that of the country or money named nearest to it."""
    codes = words().signs[sign]
    places = _places(text, codes)
    at = bisect(places, (pos, ""))
    near = places[max(0, at - 1) : at + 1]
    if not near:
        return codes[0]
    # What was named before the figure counts double: a reader has it in mind already.
    return min(near, key=lambda place: max(pos - place[0], 2 * (place[0] - pos)))[1]


@lru_cache(maxsize=4)  # asked again for every such sign of one text
def _places(text: str, codes: tuple[str, ...]) -> list[tuple[int, str]]:
    """Where the text speaks of a currency's country, and the code, in order."""
    return sorted(
        (match.start(), code) for code in codes for match in _SPEAKS_OF[code].finditer(text)
    )
