"""Digits that are part of a name, a code, an address, a list or a score: they count nothing."""

from __future__ import annotations

import re

from extract.figures.dates import clock_time, date, date_with_unit, is_age
from extract.figures.lexicon import listed, one_of
from extract.figures.number import SPACE
from extract.figures.quantities import Quantity

# Dates, versions, phone numbers, addresses of machines: digits joined by one sign.
_CHAIN = re.compile(r"[0-9]+(?:([-–/.:])[0-9]+)(?:\1[0-9]+)+")
_COMPOUND = re.compile(
    rf"[-‑](?:{one_of(listed('names', 'compounds'))})\b|[-‑]to[-‑](?:one|1)\b|{SPACE}?[-‑]?bits?\b"
)
# The rest of a name whose middle the number is: "8B-Instruct", "235B-A22B".
_MODEL = re.compile(
    r"[-‑][A-Za-z]{1,3}[0-9]+[A-Za-z]*"
    r"|[-‑](?:Instruct|Chat|Base|Coder|Thinking|Preview|Turbo|Lite|Mini)\b"
)
_RUN = re.compile(r"(?<![\w.‑-])[A-Za-z][\w.‑-]*[-‑]\Z")
_LONGEST_RUN = 40
_REST = re.compile(r"[\w./:×-]*\w")
_JOINED = re.compile(r"[:/.×][0-9]|[_@\\]|[A-Za-z]")
_FORM = re.compile(r"[0-9]+(?:[-‑][A-Z](?![a-z])|\([a-z]\))")  # "10-K", "501(c)"
_PHONE = re.compile(r"[0-9]{3}[-–][0-9]{4}(?![\w])")
_CITATION = re.compile(rf"{SPACE}?(?:U\.?S\.?C\b|C\.?F\.?R\b|F\.[0-9]d|F\.{SPACE}?Supp|Stat\.)")
_NUMBERED = re.compile(r"[0-9]{1,3}(?:[.)]|\\\.)(?:\s|\*|$)")
_CAPITAL_BEHIND = re.compile(rf"{SPACE}[A-Z][a-z]")  # "404 Media"
_VERSION_BEHIND = re.compile(rf"{SPACE}(?:[A-Z][a-z]|(?:models?|release|version|update)\b)")
_STREET = re.compile(rf"(?:{SPACE}[A-Z][\w.’'-]*){{1,4}}")
_SCREEN = re.compile("[248]K")
_SIZE = re.compile("[0-9.]+[Bb]")
_DECIMAL = re.compile(r"[0-9]*\.[0-9]+")
_AND = frozenset({"and", "or", "to", "through", "&"})
_HIGHEST_HOUSE = 99_999


def is_name(text: str, quantity: Quantity, left: list[str]) -> int:
    """Where the name, date or the like ends that holds the number; 0 where none does.

    `left` are the tokens before the quote (context.left_tokens).
    """
    number = quantity.number
    if quantity.start and _glued(text, quantity):
        return quantity.end
    if quantity.money:
        return 0
    if is_age(text, quantity) or _COMPOUND.match(text, number.end):
        return number.end
    if end := clock_time(text, quantity):
        return end
    if number.kind != "digits":
        return quantity.end if _in_words(text, quantity, left) else 0
    for match in (_CHAIN.match(text, quantity.start), _MODEL.match(text, quantity.end)):
        if match:
            return match.end()
    if quantity.unit is not None and quantity.unit.quoted:
        return date_with_unit(text, quantity, left)
    if number.plain:
        return _plain(text, quantity, left)
    return number.end if _version_or_size(text, quantity, left) else 0


def _glued(text: str, quantity: Quantity) -> bool:
    """Whether letters, digits or joiners right before the quote make it part of a name."""
    start = quantity.start
    before, further = text[start - 1], text[start - 2] if start > 1 else " "
    if quantity.money:
        return before.isdigit()
    if before.isalnum() or before in "_#§@№\\=&^":
        return True
    if before in "-‑" and _RUN.search(text, max(0, start - _LONGEST_RUN), start):
        return True
    if before in "-‑–−/:.,×" and (further.isalnum() or further in ")]%"):
        if before in "–−-" and (not quantity.bare or quantity.number.scale > 1):
            return further.isalpha()
        if before in ",×":
            return further.isdigit()
        return not (before == "/" and not quantity.bare)
    length = quantity.number.end - quantity.number.start
    if before == "+":  # "+1 415 555 2671"
        return length > 6 and quantity.bare
    return before in "’'" and quantity.number.plain and length == 2  # "the ’90s"


def _in_words(text: str, quantity: Quantity, left: list[str]) -> bool:
    """ "Magnificent Seven", "Chapter Eleven", "day six"."""
    if quantity.number.kind != "words" or not left or quantity.number.scale > 1:
        return False
    last = left[-1]
    if quantity.bare and last.lower() in listed("names", "stages"):
        return True
    measured = quantity.unit is not None and quantity.unit.quoted
    if measured or not text[quantity.start].isupper() or last in listed("names", "plain"):
        return False
    return last[0].isupper() or last == "of" or last.lower() in listed("names", "before")


def _plain(text: str, quantity: Quantity, left: list[str]) -> int:
    """Bare digits: a date, a version, a list number, a code, an address."""
    start, end = quantity.number.start, quantity.number.end
    if _opens_line(text, start) and (match := _NUMBERED.match(text, start)):
        return match.end()
    if behind := date(text, quantity, left):
        return behind
    if match := _FORM.match(text, start) or _PHONE.match(text, start) or None:
        return match.end()
    if _JOINED.match(text, end) and (match := _REST.match(text, end)):
        return match.end()
    in_brackets = text[max(0, start - 1) : start] in ("(", "[") and text[end : end + 1] in (
        ")",
        "]",
    )
    if in_brackets or _CITATION.match(text, end) or _behind_name(text, quantity, left):
        return end
    if quantity.bare and _CAPITAL_BEHIND.match(text, end):
        return end
    return end if _is_address(text, quantity) else 0


def _opens_line(text: str, start: int) -> bool:
    """Whether nothing but marks of Markdown stands before it on its line."""
    newline = text.rfind("\n", max(0, start - 8), start)
    if newline < 0 and start > 8:
        return False
    return not text[newline + 1 : start].strip(" \t*_#>-•")


def _behind_name(text: str, quantity: Quantity, left: list[str]) -> bool:
    """ "Windows 11", "Section 230", "versions 1 and 2"."""
    if not left or text[quantity.start - 1] == "\n":
        return False
    last, lower = left[-1], left[-1].lower()
    if lower in listed("names", "before"):
        return quantity.bare or last[0].isupper()
    if lower in _AND and len(left) > 2 and left[-2].isdigit():
        first = left[-3].lower()
        named = first in listed("names", "before") or first in listed("names", "months")
        return quantity.bare and named
    return _is_proper(last)


def _is_proper(word: str) -> bool:
    plain = word in listed("names", "plain") or word.endswith(("’s", "'s"))
    return word[0].isupper() and not plain


def _version_or_size(text: str, quantity: Quantity, left: list[str]) -> bool:
    """ "iOS 18.4", "the latest 3.5 model", "Llama 3.1 405B", "4K"."""
    number = quantity.number
    body = text[number.start : number.end]
    if _DECIMAL.fullmatch(body):
        joined = text[number.end : number.end + 1] in (".", ":", "/", "×")
        if joined and text[number.end + 1 : number.end + 2].isdigit():
            return True
        return bool(_VERSION_BEHIND.match(text, number.end)) or _behind_name(text, quantity, left)
    if _SCREEN.fullmatch(body) and quantity.dimension() == "count":
        return True
    if not quantity.bare:
        return False
    if not _SIZE.fullmatch(body) or not left or text[quantity.start - 1] in "\n(":
        return False
    if left[-1][0].isdigit():
        return len(left) > 1 and left[-2][0].isupper()
    return _is_proper(left[-1])


def _is_address(text: str, quantity: Quantity) -> bool:
    """ "1600 Pennsylvania Avenue"."""
    match = _STREET.match(text, quantity.number.end)
    if match is None or quantity.number.low > _HIGHEST_HOUSE:
        return False
    return any(word.strip(".,") in listed("names", "streets") for word in match[0].split()[1:])
