"""Digits that count nothing: dates, years, times, ages, names, versions, scores, addresses."""

from __future__ import annotations

import re

from extract.figures.lexicon import words
from extract.figures.numbers import SPACE
from extract.figures.quantities import Quantity

_MONTHS = (
    "january february march april may june july august september october november december "
    "jan feb mar apr jun jul aug sep sept oct nov dec jan. feb. mar. apr. aug. sep. sept. oct. "
    "nov. dec."
).split()
MONTHS = frozenset(_MONTHS)
_MONTH_AFTER = re.compile(
    rf"(?:{SPACE}|-)(?:of{SPACE})?(?:January|February|March|April|May|June|July|August|September|October|November|December|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\b"
)
_CHAIN = re.compile(r"[0-9]+(?:([-–/.:])[0-9]+)(?:\1[0-9]+)+")
_CLOCK = re.compile(
    rf"[0-9]{{1,2}}(?:[:.][0-9]{{2}}(?::[0-9]{{2}})?)?{SPACE}?(?:[ap]\.m\.|[ap]m\b|AM\b|PM\b|a\.m|o[’']clock)|[0-9]{{1,2}}:[0-9]{{2}}(?::[0-9]{{2}})?"
)
_CLOCK_WORDS = re.compile(rf"[a-z]+{SPACE}(?:o[’']clock|[ap]\.m\.|[ap]m\b)", re.IGNORECASE)
_ORDINAL = re.compile(r"[0-9][0-9,]*(?:st|nd|rd|th)\b", re.IGNORECASE)
_DECADE = re.compile(r"[0-9]{2,4}[’']?s\b")
_YEARS = re.compile(
    r"(?:1[5-9]|20|21)[0-9]{2}(?:\s?[-–/]\s?(?:[0-9]{4}|[0-9]{2}))?(?!\w|[.,][0-9])"
)
_DAYS = re.compile(r"[0-9]{1,2}(?:st|nd|rd|th)?(?:\s?[-–]\s?[0-9]{1,2}(?:st|nd|rd|th)?)?(?![\w.])")
_AGE_AFTER = re.compile(
    rf"(?:{SPACE}|[-‑])(?:year|month|week|day)s?(?:[-‑]|{SPACE})old|(?:{SPACE})years?{SPACE}of{SPACE}age|{SPACE}?[-‑–]?{SPACE}?plus-year-old|{SPACE}?(?:yo|y/o)\b",
    re.IGNORECASE,
)
_AGE_RANGE_AFTER = re.compile(
    rf"(?:{SPACE}?[-–]{SPACE}?|{SPACE}(?:to|and|or){SPACE}|-(?:to|or)-)[0-9a-z]+(?:{SPACE}|[-‑])(?:year|month)s?(?:{SPACE}|[-‑])old"
)
_BITS = re.compile(r"[pi]\b|[GD]\b")
# "three-dimensional", "five-time", "two-way": adjectives, not counts.
_COMPOUND = re.compile(
    r"[-‑](?:dimensional|time|way|star|sided|door|seat|seater|piece|axis|legged|lane|pronged|part|bedroom"
    r"|figure|digit|man|handed|wheel|wheeled|wheeler|tier|all|on|in|by|letter|party)\b|[-‑]to[-‑](?:one|1)\b"
    rf"|{SPACE}?[-‑]?(?:bit|bits)\b"
)
_CODE = re.compile(r"[0-9]+[-‑][A-Z](?![a-z])")
_MODEL = re.compile(
    r"[-‑][A-Za-z]{1,3}[0-9]+[A-Za-z]*|[-‑](?:Instruct|Chat|Base|Coder|Thinking|Preview|Turbo|Lite|Mini)\b"
)
_RUN = re.compile(r"(?<![\w.‑-])[A-Za-z][\w.‑-]*[-‑]\Z")
_DIGIT_BEHIND = re.compile(r"[:/.,×][0-9]|[-‑–][0-9]")
_STREET = re.compile(rf"(?:{SPACE}(?:[NSEW]\.?|[A-Z][\w.’'-]*)){{1,4}}")
_CITATION = re.compile(
    rf"{SPACE}?(?:U\.?S\.?C\b|C\.?F\.?R\b|F\.\dd|F\.{SPACE}?Supp|U\.S\.{SPACE}[0-9]|Stat\.)"
)
# "404 Media": bare digits before a name begin it.
_CAPITAL_BEHIND = re.compile(rf"{SPACE}[A-Z][a-z]")
_SCREEN = re.compile("[248]K")
_NUMBERED = re.compile(r"[0-9]{1,3}(?:[.)]|\\\.)(?:\s|\*|$)")
_PHONE = re.compile(r"[0-9]{3}[-–][0-9]{4}(?![\w])")
_SUFFIX_OF_VERSION = re.compile(r"(?:\.[0-9]+)+|[a-z]?\b")
_VERSION_WORD = re.compile(r"[vV]ersion|[vV]\.?$")


def is_name(text: str, quantity: Quantity, left: list[str]) -> int:
    """Where the name, date or the like ends that holds the number; 0 where none does.

    `left` are the tokens before the quote (context.left_tokens).
    """
    start, number = quantity.start, quantity.number
    if start and _glued(text, start, quantity):
        return quantity.end
    if quantity.money:
        return 0
    if is_age(text, quantity):
        return number.end
    if number.kind == "words" and _CLOCK_WORDS.match(text, start):
        return number.end
    if _COMPOUND.match(text, number.end):
        return number.end
    if number.kind != "digits":
        return _capital_name(text, quantity, left)
    for pattern in (_CHAIN, _CLOCK, _ORDINAL):
        if match := pattern.match(text, start):
            return match.end()
    if match := _MODEL.match(text, quantity.end):
        return match.end()
    if quantity.unit is not None and quantity.unit.quoted:
        return _unit_in_name(text, quantity, left)
    if quantity.unit is None and _SCREEN.fullmatch(text, number.start, number.end):
        return number.end
    if number.plain:
        return _plain_name(text, quantity, left)
    if _is_size_name(text, quantity, left):
        return quantity.end
    return _decimal_name(text, quantity, left)


def is_age(text: str, quantity: Quantity) -> bool:
    """ "34-year-old", "12 years old"."""
    end = quantity.number.end
    return bool(_AGE_AFTER.match(text, end) or _AGE_RANGE_AFTER.match(text, end))


def _glued(text: str, start: int, quantity: Quantity) -> bool:
    """Letters, digits or joiners right before the number make it part of a name."""
    before = text[start - 1]
    if quantity.money:
        return before.isdigit()
    if before.isalnum() or before in "_#§@№\\=&^":
        return True
    further = text[start - 2] if start > 1 else " "
    if before == "+" and quantity.number.end - start > 6 and quantity.unit is None:
        return True
    if before in "-‑" and _RUN.search(text, max(0, start - 40), start):
        return True
    if before in "-‑–−/:." and (further.isalnum() or further in ")]%"):
        if before in "–−-" and (quantity.unit is not None or quantity.number.scale > 1):
            return further.isalpha()
        return not (before == "/" and quantity.unit is not None)
    if before in ",×" and further.isdigit():
        return True
    return (
        before in "’'"
        and quantity.number.plain
        and quantity.number.end - quantity.number.start == 2
    )


def _capital_name(text: str, quantity: Quantity, left: list[str]) -> int:
    """ "Magnificent Seven", "Formula One", "Phase Two": capitalised words are names."""
    if quantity.number.kind != "words" or not left or quantity.number.scale > 1:
        return 0
    if quantity.unit is None and left[-1].lower() in _STAGES:
        return quantity.end
    if not text[quantity.start].isupper() or (quantity.unit is not None and quantity.unit.quoted):
        return 0
    last = left[-1]
    named = last[0].isupper() or last.lower() in words().name_before or last.lower() == "of"
    return quantity.end if named and last not in words().plain else 0


# "day six", "phase two": the lower case counts nothing either.
_STAGES = frozenset(
    "day number phase part level chapter version season episode step stage tier round week page article".split()
)


def _unit_in_name(text: str, quantity: Quantity, left: list[str]) -> int:
    """Units do not save a decade, a day of a month or a sports name from being one."""
    if (
        quantity.unit
        and quantity.unit.name == "second"
        and (match := _DECADE.match(text, quantity.start))
    ):
        digits = match[0].rstrip("s’'")
        if digits.endswith("0") and len(digits) in (2, 4):
            return match.end()
        people = left[-1:] and left[-1].lower() in (
            "under",
            "over",
            "the",
            "her",
            "his",
            "early",
            "mid",
            "late",
        )
        return match.end() if people and len(digits) == 2 else 0
    if (
        quantity.unit
        and quantity.unit.name == "year"
        and quantity.number.plain
        and 1900 <= quantity.number.low < 2100
    ):
        return (
            quantity.end
            if quantity.end - quantity.number.end > 5 and text[quantity.end - 1] == "r"
            else 0
        )
    if (
        quantity.unit
        and quantity.unit.dimension == "time"
        and left[-1:]
        and left[-1].lower() in ("aged", "age", "ages")
    ):
        return quantity.end
    return 0


def _is_size_name(text: str, quantity: Quantity, left: list[str]) -> bool:
    """ "Llama 3.1 405B", "Qwen 72B": a size written inside a name."""
    size = text[quantity.number.start : quantity.number.end]
    if (
        not left
        or quantity.unit is not None
        or size[-1:] not in "Bb"
        or not size[:-1].replace(".", "").isdigit()
    ):
        return False
    if not text[quantity.start - 1].isspace() or text[quantity.start - 1] == "\n":
        return False
    last = left[-1]
    if last[0].isdigit():
        return len(left) > 1 and left[-2][0].isupper()
    return last[0].isupper() and last not in words().plain and not last.endswith(("’s", "'s"))


def _decimal_name(text: str, quantity: Quantity, left: list[str]) -> int:
    """ "Llama 3.1", "iOS 18.4": a bare decimal behind a name."""
    number = quantity.number
    body = text[number.start : number.end]
    if number.scale > 1 or "," in body or not body.replace(".", "").isdigit():
        return 0
    if _DIGIT_BEHIND.match(text, number.end) and text[number.end] in ".:/":
        return number.end
    if _VERSION_BEHIND.match(text, number.end):
        return number.end
    return number.end if _behind_name(text, quantity, left) else 0


# "the latest 3.5 model", "3.5 Flash"
_VERSION_BEHIND = re.compile(rf"{SPACE}(?:[A-Z][a-z]|models?\b|release\b|version\b|update\b)")


def _behind_name(text: str, quantity: Quantity, left: list[str]) -> bool:
    if not left:
        return False
    if quantity.start and text[quantity.start - 1] == "\n":
        return False
    last = left[-1]
    if last.lower() in words().name_before:
        return quantity.unit is None or last[0].isupper()
    if last.lower() in _AND and len(left) > 2 and left[-2].isdigit():  # "versions 1 and 2"
        return quantity.unit is None and (
            left[-3].lower() in words().name_before or left[-3].lower() in MONTHS
        )
    possessive = last.endswith(("’s", "'s"))
    return last[0].isupper() and last not in words().plain and not possessive


_AND = frozenset({"and", "or", "to", "through", "&"})


def _plain_name(text: str, quantity: Quantity, left: list[str]) -> int:
    """Bare digits: a year, a day, a version, an age, a list number, a score, an address."""
    start, end = quantity.number.start, quantity.number.end
    value = quantity.number.low
    last = left[-1].lower() if left else ""
    if _opens_line(text, start) and (match := _NUMBERED.match(text, start)):
        return match.end()
    if last in MONTHS and value <= 31 and (match := _DAYS.match(text, start)):
        return match.end()
    if (
        value <= 31
        and (match := _DAYS.match(text, start))
        and (month := _MONTH_AFTER.match(text, match.end()))
    ):
        return month.end()
    if (match := _YEARS.match(text, start)) and not _counts_despite_year(
        text, quantity, left, match
    ):
        return match.end()
    if match := _DECADE.match(text, start):
        return match.end()
    if _BITS.match(text, end) or _CITATION.match(text, end) or _CODE.match(text, start):
        return end + 1
    if match := _PHONE.match(text, start):
        return match.end()
    if (
        end < len(text)
        and (_DIGIT_BEHIND.match(text, end) and text[end] in ":/.×")
        or (end < len(text) and text[end] in "_@\\")
    ):
        return _run_end(text, end)
    if end < len(text) and (
        text[end].isalpha() or (text[end] == "/" and text[end + 1 : end + 2].isdigit())
    ):
        return _run_end(text, end)
    if quantity.unit is None and _CAPITAL_BEHIND.match(text, end):
        return end
    if _age(text, quantity, left) or _in_brackets(text, start, end):
        return end
    if _behind_name(text, quantity, left):
        return end
    return end if _address(text, end, value, left) else 0


def _opens_line(text: str, start: int) -> bool:
    """Whether nothing but marks of Markdown stands before it on its line."""
    newline = text.rfind("\n", max(0, start - 8), start)
    if newline < 0 and start > 8:
        return False
    return not text[newline + 1 : start].strip(" \t*_#>-•")


def _run_end(text: str, end: int) -> int:
    match = re.compile(r"[\w./:-]*\w").match(text, end)
    return match.end() if match else end


def _counts_despite_year(
    text: str, quantity: Quantity, left: list[str], match: re.Match[str]
) -> bool:
    """ "more than 2000 employees" is no year; "since 2000" is one."""
    if quantity.unit is None or match.end() > quantity.number.end:
        return False
    return quantity.unit.dimension in ("person", "accelerator", "token", "W", "download") and (
        " ".join(left[-2:]).lower() in words().before
        or (left[-1:] or [""])[0].lower() in words().before
        or quantity.number.low in (1500, 1600, 1800, 2000)
    )


def _age(text: str, quantity: Quantity, left: list[str]) -> bool:
    """ "Jane Doe, 34, of Leeds", "aged 34"."""
    if not left or not 1 <= quantity.number.low <= 119:
        return False
    if left[-1].lower() in ("aged", "age", "ages"):
        return True
    closed = text[quantity.number.end : quantity.number.end + 1] in (",", ")")
    named = left[-1] == "," and len(left) > 1 and left[-2][0].isupper()
    return closed and named and quantity.number.low >= 15 and quantity.unit is None


def _in_brackets(text: str, start: int, end: int) -> bool:
    """ "(34)", "[12]": an age, a footnote, a list number."""
    return text[max(0, start - 1) : start] in ("(", "[") and text[end : end + 1] in (")", "]")


def _address(text: str, end: int, value: float, left: list[str]) -> bool:
    """ "1600 Pennsylvania Avenue"."""
    match = _STREET.match(text, end)
    if not match or value > 99999:
        return False
    names = match[0].split()
    return any(name.strip(".,") in words().streets for name in names[1:])
