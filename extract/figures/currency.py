"""Currencies before a number: which one, and where its sign begins."""

from __future__ import annotations

import re
from bisect import bisect
from functools import lru_cache

from extract.figures.lexicon import listed, one_of, units
from extract.figures.number import SPACE, SPACES

# Codes that are words or names too ("COP 28", "RM9"): behind them bare digits are no money.
IN_DOUBT = frozenset({"TRY", "COP", "PHP", "CAD", "RM", "Dh", "Rp", "Fr."})
_YEN_SIGNS = ("¥", "￥")
_KNOWN = (*units().currency_before, *_YEN_SIGNS)
_LASTS = frozenset(sign[-1] for sign in _KNOWN)
_LONGEST = max(map(len, _KNOWN)) + 3  # Markdown's "**" and a space may follow the sign
_BEFORE = re.compile(rf"(?:{one_of(_KNOWN)})[*_]{{0,2}}{SPACE}?\Z".replace(r"\ ", SPACE))
_SPEAKS_OF = {
    code: re.compile(rf"\b(?:{one_of(listed('yen_or_yuan', code))})\b", re.IGNORECASE)
    for code in ("CNY", "JPY")
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
    code = units().currency_before.get(re.sub(SPACE, " ", sign))
    return match.start(), code or yen_or_yuan(text, pos)


def yen_or_yuan(text: str, pos: int) -> str:
    """The currency of a "¥": that of the country or money named nearest to it.

    Without any such word it is the yen, for which Unicode names the sign.
    """
    places, codes = _east_asia(text)
    at = bisect(places, pos)
    near = [n for n in (at - 1, at) if 0 <= n < len(places)]
    if not near:
        return "JPY"
    # What was named before the figure counts double: a reader has it in mind already.
    return codes[min(near, key=lambda n: max(pos - places[n], 2 * (places[n] - pos)))]


@lru_cache(maxsize=1)  # asked again for every "¥" of one text
def _east_asia(text: str) -> tuple[list[int], list[str]]:
    """Where the text speaks of China or Japan, and the code of the currency there."""
    found = sorted(
        (match.start(), code)
        for code, pattern in _SPEAKS_OF.items()
        for match in pattern.finditer(text)
    )
    return [place for place, _ in found], [code for _, code in found]
