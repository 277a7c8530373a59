"""The text around a number, cut into the words that the rules look at."""

from __future__ import annotations

import re

from extract.figures.number import SPACES

# Enough for the longest hedge and the clause before it; a rule never looks further.
_REACH = 110
_LETTER = "A-Za-z\u00c0-\u024f"
# Abbreviations keep their point: it ends no sentence.
_WITH_POINT = "".join(
    rf"|(?<=\b{word})\." for word in ("approx", "[Nn]o", "[Nn]os", "[Ff]ig", "[Ss]ec", "[Aa]rt")
)
_TOKEN = re.compile(
    rf"[{_LETTER}](?:[\w&]|[-'’](?=\w)|\.(?=[A-Za-z]))*(?:(?<=\b[A-Za-z])\.{_WITH_POINT})?"
    r"|[0-9][\w.,]*|[<>]=?|\n|[^\s\w]"
)
# Quotation marks, brackets of Markdown and emphasis do not part a hedge from its number.
_TRANSPARENT = frozenset("\"“”'‘’*_`[")
_ENDS = frozenset(".!?;:\n|•")
_UNIT_LETTERS = "A-Za-zµμ°º¢$€£₹₽₫¥元円원"
_RIGHT = re.compile(
    rf"(?:[{SPACES}]{{1,2}}|[-‑]|(?<=[^\w\s])|(?<=[\d%]))"
    rf"(?P<word>(?:[0-9]{{3,4}}(?=[A-Z]))?[{_UNIT_LETTERS}][{_UNIT_LETTERS}0-9²³/]*(?:\.[A-Za-z]\b\.?)*)(?:[’']s\b)?"
)


def left_tokens(text: str, start: int) -> list[str]:
    """The tokens before `start`, nearest last, back to the end of the sentence before."""
    tokens: list[str] = []
    for token in _TOKEN.findall(text, max(0, start - _REACH), start):
        if token in _ENDS:
            tokens.clear()
        elif token not in _TRANSPARENT:
            tokens.append(token)
    return tokens


def right_words(text: str, end: int, most: int) -> list[tuple[str, int]]:
    """Up to `most` words that follow `end` with nothing but a space or hyphen between.

    Each comes with the offset behind it.
    """
    found: list[tuple[str, int]] = []
    while len(found) < most and (match := _RIGHT.match(text, end)):
        end = match.end()
        found.append((match["word"], end))
    return found
