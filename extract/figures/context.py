"""The text around a number, cut into the words that the rules look at."""

from __future__ import annotations

import re

# Enough for the longest hedge and the clause before it; a rule never looks further.
REACH = 110
_TOKEN = re.compile(
    r"[A-Za-z\u00c0-\u024f](?:[\w&]|[-'’](?=\w)|\.(?=[A-Za-z]))*(?:(?<=\b[A-Za-z])\.|(?<=\bapprox)\.|(?<=\b[Nn]o)\.|(?<=\b[Nn]os)\.|(?<=\b[Ff]ig)\.|(?<=\b[Aa]rt)\.|(?<=\b[Ss]ec)\.)?"
    r"|[0-9][\w.,]*|[<>]=?|\n|[^\s\w]"
)
# Quotation marks, brackets of Markdown and emphasis do not part a hedge from its number.
_TRANSPARENT = frozenset("\"“”'‘’*_`[")
_ENDS = frozenset(".!?;:\n|•")


def left_tokens(text: str, start: int) -> list[str]:
    """The tokens before `start`, nearest last, back to the end of the sentence before."""
    begin = max(0, start - REACH)
    tokens: list[str] = []
    for token in _TOKEN.findall(text, begin, start):
        if token in _ENDS:
            tokens.clear()
        elif token not in _TRANSPARENT:
            tokens.append(token)
    return tokens


_RIGHT = re.compile(
    r"(?:[ \u00a0\u2009\u202f]{1,2}|[-‑]|(?<=[^\w\s])|(?<=[\d%]))(?P<word>[A-Za-zµμ°º¢$€£₹₽₫¥元円원][A-Za-z0-9µμ°²³/¢$]*(?:\.[A-Za-z]\b\.?)*)"
)


def right_words(text: str, end: int, most: int) -> list[tuple[str, int]]:
    """Up to `most` words that follow `end` with nothing but a space or hyphen between.

    Each comes with the offset behind it.
    """
    found: list[tuple[str, int]] = []
    while len(found) < most and (match := _RIGHT.match(text, end)):
        found.append((match["word"], match.end()))
        end = match.end()
    return found
