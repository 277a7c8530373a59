"""Numbers in digits: from a digit in the text to a value.

1,250   12,34,567   50 000   5'000   .5   10½   10 1/2   3.8 × 10^25   2.1e25   5.6m   400k
10 lakh   850+ billion
"""

from __future__ import annotations

import math
import re
from dataclasses import replace

from extract.figures.number import (
    ABBREVIATIONS,
    FUZZY,
    GLYPHS,
    MONEY_ABBREVIATIONS,
    SCALES,
    SPACE,
    Number,
    fuzzy,
    one,
)

# A row of digits longer than this is past any float: no number of a news text.
_LONGEST = 400

_NUMERAL = re.compile(
    r"(?:(?P<grouped>[0-9]{1,3}(?:,[0-9]{2,3}){0,40},[0-9]{3}(?![0-9])"
    r"|[0-9]{1,3}(?:[\u00a0\u2009\u202f'’][0-9]{3}){1,40}(?![0-9])"
    r"|[1-9][0-9]{0,2}(?: [0-9]{3}){1,40}(?![\w,]|[.%:/-][0-9]|%))"
    r"|(?P<plain>[0-9]+))(?P<decimals>\.[0-9]+)?|\.[0-9]+"
)
_DECIMAL_COMMA = re.compile(rf"[0-9]+,[0-9]{{1,2}}(?={SPACE}?(?:%|[mb]illion\b|trillion\b|[€£]))")
_EXPONENT = r"(?:\^|\*\*)?\s?[({]?(?P<power>[-−+]?[0-9]{1,3})[)}]?"
_RAISED = r"(?P<raised>[⁰¹²³⁴⁵⁶⁷⁸⁹⁻]{1,4})"
_POWER = re.compile(
    rf"(?:\s?[×x*⋅·]\s?10(?:\s?{_EXPONENT}|{_RAISED})|[eE]\+?(?P<e>-?[0-9]{{1,3}}))(?![\w])"
)
_TEN_TO = re.compile(
    rf"10(?:\s?(?:\^|\*\*)\s?[({{]?(?P<power>[-−+]?[0-9]{{1,3}})[)}}]?|{_RAISED})(?![\w])"
)
_SUPERSCRIPTS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁻−", "0123456789--")
_SLASH = re.compile(
    rf"(?:(?P<whole>[0-9]{{1,9}}){SPACE})?(?P<top>[0-9]{{1,2}})[/⁄](?P<below>2|3|4|5|8|16)(?![\w/])"
)
_GLYPH = re.compile(f"[{''.join(GLYPHS)}]")
_SCALE_WORD = re.compile(rf"\+?(?:{SPACE}{{1,2}}|{SPACE}?[-‑]|)(?P<word>[A-Za-z]+)(?![\w])")
_ABBREVIATION = re.compile(rf"(?P<gap>{SPACE}?)(?P<word>[A-Za-z]{{1,3}}?)(?P<many>s?)(?![\w])")
_METRES = re.compile(rf"{SPACE}(?:tall|long|wide|high|deep|away|above|below|across)\b")
_AND_PART = re.compile(
    r"[\s-]and[\s-](?:an?[\s-]|one[\s-])?"
    r"(?P<part>half|quarter|third|three[\s-]quarters|two[\s-]thirds)(?![\w])",
    re.IGNORECASE,
)
_PART_VALUES = {
    "half": 0.5,
    "quarter": 0.25,
    "third": 1 / 3,
    "three quarters": 0.75,
    "two thirds": 2 / 3,
}


def read_numeral(text: str, pos: int, money: bool = False) -> Number | None:
    """The number that begins with the digit (or glyph, or point) at `pos`.

    `money` is true behind a currency sign, where "t", "mm" and "$5 b" are magnitudes.
    """
    if match := _SLASH.match(text, pos):
        top, below = int(match["top"]), int(match["below"])
        if not 0 < top < below:
            return None
        value = float(match["whole"] or 0) + top / below
        return with_scale(text, one(pos, match.end(), value, "digits"), money)
    if match := _TEN_TO.match(text, pos):
        return _power("1", match, pos)
    if text[pos] in GLYPHS:
        return with_scale(text, one(pos, pos + 1, GLYPHS[text[pos]], "digits"), money)
    if match := _DECIMAL_COMMA.match(text, pos):
        value = float(match[0].replace(",", "."))
        return with_scale(text, one(pos, match.end(), value, "digits"), money)
    match = _NUMERAL.match(text, pos)
    if not match or match.end() - pos > _LONGEST:
        return None
    digits, end = re.sub(r"[^0-9.]", "", match[0]), match.end()
    if power := _POWER.match(text, end):
        return _power(digits, power, pos)
    value = float(digits)
    if glyph := _GLYPH.match(text, end):
        value, end = value + GLYPHS[glyph[0]], glyph.end()
    elif part := and_part(text, end):
        value, end = value + part[0], part[1]
    plain = match["plain"] is not None and match["decimals"] is None and end == match.end()
    return with_scale(text, Number(pos, end, value, value, "digits", plain=plain), money)


def _power(digits: str, match: re.Match[str], start: int) -> Number | None:
    groups = match.groupdict()
    exponent = groups["power"] or groups["raised"] or groups["e"]
    try:
        value = float(f"{digits}e{int(exponent.translate(_SUPERSCRIPTS))}")
    except ValueError:  # "10⁻" and the like
        return None
    return one(start, match.end(), value, "digits") if math.isfinite(value) else None


def and_part(text: str, pos: int) -> tuple[float, int] | None:
    """The part behind a number in "two and a half", and where it ends."""
    match = _AND_PART.match(text, pos)
    if match is None:
        return None
    return _PART_VALUES[re.sub(r"[\s-]", " ", match["part"].lower())], match.end()


def with_scale(text: str, number: Number, money: bool = False) -> Number:
    """The number with the magnitudes behind it: "5.6 million", "10,372 crore", "400k"."""
    scaled = number
    for _ in range(3):  # "lakh crore" and "hundred thousand million" are as deep as it gets
        match = _SCALE_WORD.match(text, scaled.end)
        word = match["word"].lower() if match else ""
        if match is None or (word not in SCALES and (word not in FUZZY or word == "tens")):
            break
        scaled = replace(scaled.times(SCALES.get(word) or SCALES[word[:-1]]), end=match.end())
    if scaled is number:
        return _with_abbreviation(text, number, money)
    if (part := and_part(text, scaled.end)) and part[0] == 0.5:  # "3 million and a half"
        value = number.low + part[0]
        return one(number.start, part[1], value, number.kind).times(scaled.scale)
    return scaled


def _with_abbreviation(text: str, number: Number, money: bool) -> Number:
    match = _ABBREVIATION.match(text, number.end)
    if match is None:
        return number
    known = MONEY_ABBREVIATIONS if money else ABBREVIATIONS
    word = match["word"]
    if word not in known or (word == "m" and not money and _METRES.match(text, match.end())):
        return number
    if not money and (match["many"] or (match["gap"] and len(word) == 1)):
        return number  # "100 Bs", "5 m"
    scaled = replace(number.times(known[word]), end=match.end())
    # "$10Bs" are tens of billions
    return fuzzy(number.start, match.end(), scaled.low) if match["many"] else scaled
