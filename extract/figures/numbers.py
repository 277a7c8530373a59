"""Numbers in digits and in words: from a place in the text to a value.

1,250   12,34,567   50 000   5'000   .5   10½   3.8 × 10^25   2.1e25   5.6m   400k   10 lakh
three hundred and forty   half a billion   two and a half million   a dozen
tens of millions   thousands   a few hundred        (ranges of a factor ten)
one-third   two out of three   one in five          (shares, in percent)
doubled   fivefold   twice                          (multiples, in times)
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from decimal import Decimal

DIGITS = {w: n for n, w in enumerate("zero one two three four five six seven eight nine".split())}
TEENS = {
    w: n
    for n, w in enumerate(
        "ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen".split(),
        10,
    )
}
TENS = {
    w: n * 10
    for n, w in enumerate("twenty thirty forty fifty sixty seventy eighty ninety".split(), 2)
}
SCALES = {
    "hundred": 1e2, "thousand": 1e3, "million": 1e6, "billion": 1e9, "trillion": 1e12,
    "quadrillion": 1e15, "lakh": 1e5, "lac": 1e5, "crore": 1e7, "dozen": 12.0,
}  # fmt: skip
ABBREVIATIONS = {
    "k": 1e3, "K": 1e3, "m": 1e6, "M": 1e6, "mn": 1e6, "mln": 1e6, "mil": 1e6, "mm": 1e6, "MM": 1e6,
    "Mn": 1e6, "MN": 1e6, "b": 1e9, "B": 1e9, "bn": 1e9, "Bn": 1e9, "BN": 1e9, "bln": 1e9,
    "bil": 1e9, "t": 1e12, "T": 1e12, "tn": 1e12, "Tn": 1e12, "TN": 1e12, "tr": 1e12, "trn": 1e12,
    "tln": 1e12, "cr": 1e7, "Cr": 1e7,
}  # fmt: skip
# Abbreviations that mean a magnitude without money too; "t" may be a tonne, "mm" a
# millimetre, "cr" and "tr" anything.
PLAIN_ABBREVIATIONS = frozenset(ABBREVIATIONS) - {"mm", "MM", "t", "tr", "cr", "Cr"}
# A fuzzy word reaches over a factor of ten (claims.md): "dozens" from one dozen to ten.
FUZZY = {
    "dozens": 12.0, "hundreds": 1e2, "thousands": 1e3, "millions": 1e6, "billions": 1e9,
    "trillions": 1e12, "quadrillions": 1e15, "tens": 10.0, "lakhs": 1e5, "crores": 1e7,
}  # fmt: skip
PARTS = {
    "half": 2, "halves": 2, "third": 3, "thirds": 3, "quarter": 4, "quarters": 4, "fourth": 4,
    "fourths": 4, "fifth": 5, "fifths": 5, "sixth": 6, "sixths": 6, "seventh": 7, "sevenths": 7,
    "eighth": 8, "eighths": 8, "ninth": 9, "ninths": 9, "tenth": 10, "tenths": 10,
    "twentieth": 20, "twentieths": 20, "hundredth": 100, "hundredths": 100, "thousandth": 1000,
    "thousandths": 1000, "millionth": 1e6,
}  # fmt: skip
MULTIPLES = {
    "double": 2, "doubled": 2, "doubles": 2, "doubling": 2, "triple": 3, "tripled": 3, "triples": 3,
    "tripling": 3, "treble": 3, "trebled": 3, "trebling": 3, "quadruple": 4, "quadrupled": 4,
    "quadruples": 4, "quadrupling": 4, "quintuple": 5, "quintupled": 5, "quintupling": 5,
    "sextupled": 6, "twice": 2, "twofold": 2, "threefold": 3, "fourfold": 4, "fivefold": 5,
    "sixfold": 6, "sevenfold": 7, "eightfold": 8, "ninefold": 9, "tenfold": 10,
    "twentyfold": 20, "fiftyfold": 50, "hundredfold": 100, "thousandfold": 1000,
}  # fmt: skip
GLYPHS = {
    "½": 1 / 2, "⅓": 1 / 3, "⅔": 2 / 3, "¼": 1 / 4, "¾": 3 / 4, "⅕": 1 / 5, "⅖": 2 / 5, "⅗": 3 / 5,
    "⅘": 4 / 5, "⅙": 1 / 6, "⅚": 5 / 6, "⅛": 1 / 8, "⅜": 3 / 8, "⅝": 5 / 8, "⅞": 7 / 8,
}  # fmt: skip

SMALL = DIGITS | TEENS | TENS
NUMBER_WORDS = SMALL.keys() | SCALES.keys() | FUZZY.keys()
OPENERS = frozenset({"a", "an", "half", "quarter", "few", "several", "couple", "many"})
"""Words that may begin a number without being one."""

SPACE = "[ \u00a0\u2009\u202f]"
LONGEST = 400
"""More characters than this in a row of digits are past any float: no number of a news text."""

_NUMERAL = re.compile(
    r"(?:(?P<grouped>[0-9]{1,3}(?:,[0-9]{2,3}){0,40},[0-9]{3}(?![0-9])"
    r"|[0-9]{1,3}(?:[\u00a0\u2009\u202f'’][0-9]{3}){1,40}(?![0-9])"
    r"|[1-9][0-9]{0,2}(?: [0-9]{3}){1,40}(?![\w,]|[.%:/-][0-9]|%))"
    r"|(?P<plain>[0-9]+))(?P<decimals>\.[0-9]+)?|(?P<below>\.[0-9]+)"
)
_DECIMAL_COMMA = re.compile(
    r"[0-9]+,[0-9]{1,2}(?=" + SPACE + r"?(?:%|[mb]illion\b|trillion\b|[€£]))"
)
_POWER = re.compile(
    r"(?:\s?[×x*⋅·]\s?10\s?(?:\^|\*\*)?\s?[({]?(?P<power>[-−+]?[0-9]{1,3})[)}]?"
    r"|\s?[×x*⋅·]\s?10(?P<raised>[⁰¹²³⁴⁵⁶⁷⁸⁹⁻]{1,4})|[eE]\+?(?P<e>-?[0-9]{1,3}))(?![\w])"
)
_TEN_TO = re.compile(
    r"10(?:\s?(?:\^|\*\*)\s?[({]?(?P<power>[-−+]?[0-9]{1,3})[)}]?|(?P<raised>[⁰¹²³⁴⁵⁶⁷⁸⁹⁻]{1,4}))(?![\w])"
)
_SUPERSCRIPTS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁻−", "0123456789--")
_SLASH = re.compile(
    rf"(?P<whole>[0-9]+{SPACE})?(?P<top>[0-9]{{1,2}})[/⁄](?P<below>2|3|4|5|8|10|16|100)(?![\w/])"
)
_GLYPH = re.compile(f"[{''.join(GLYPHS)}]")
_SCALE_WORD = re.compile(rf"\+?(?:{SPACE}{{1,2}}|{SPACE}?[-‑]|)(?P<word>[A-Za-z]+)(?![\w])")
_ABBREVIATION = re.compile(rf"(?P<gap>{SPACE}?)(?P<word>[A-Za-z]{{1,3}}?)(?P<many>s?)(?![\w])")
WORD = re.compile("[A-Za-z]+")
_GAP = re.compile(rf"(?:{SPACE}{{1,2}}|[-‑]|\n)(?=[A-Za-z])")
_AND_PART = re.compile(
    rf"[\s-]and[\s-](?:a{SPACE}|a-|one{SPACE}|one-)?(?P<part>half|quarter|third|three[ -]quarters|two[ -]thirds)(?![\w])",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Number:
    """A number read from the text.

    `low` and `high` differ for fuzzy words only. `kind` is "digits", "words", "fuzzy",
    "share" (low and high in percent), "multiple" (in times) or "scale" (a bare magnitude:
    the "trillion" of "trillion-dollar"). `scale` is the magnitude that `low` holds already,
    1 where none was written; `plain` is true for bare digits ("2025", "12"), which may be a
    year, a day or part of a name.
    """

    start: int
    end: int
    low: float
    high: float
    kind: str
    scale: float = 1.0
    plain: bool = False


def read_numeral(text: str, pos: int, money: bool = False) -> Number | None:
    """The number that begins with the digit (or glyph, or point) at `pos`.

    `money` is true behind a currency sign, where "t", "mm" and "$5 b" are magnitudes.
    """
    if match := _SLASH.match(text, pos):
        whole = float(match["whole"]) if match["whole"] else 0.0
        top, below = int(match["top"]), int(match["below"])
        if 0 < top < below:
            return _scaled(
                text, Number(pos, match.end(), *[whole + top / below] * 2, "digits"), money
            )
        return None
    if match := _TEN_TO.match(text, pos):
        value = _power("1", match["power"] or match["raised"])
        return None if value is None else Number(pos, match.end(), value, value, "digits")
    if text[pos] in GLYPHS:
        return _scaled(text, Number(pos, pos + 1, *[GLYPHS[text[pos]]] * 2, "digits"), money)
    if match := _DECIMAL_COMMA.match(text, pos):
        value = float(match[0].replace(",", "."))
        return _scaled(text, Number(pos, match.end(), value, value, "digits"), money)
    match = _NUMERAL.match(text, pos)
    if not match or match.end() - pos > LONGEST:
        return None
    digits = re.sub(r"[^0-9.]", "", match[0])
    value, end = float(digits), match.end()
    if power := _POWER.match(text, end):
        raised = _power(digits, power["power"] or power["raised"] or power["e"])
        if raised is None:
            return None
        return Number(pos, power.end(), raised, raised, "digits")
    if glyph := _GLYPH.match(text, end):
        value, end = value + GLYPHS[glyph[0]], glyph.end()
    elif part := _AND_PART.match(text, end):
        value, end = value + _part(part["part"]), part.end()
    plain = match["plain"] is not None and match["decimals"] is None and end == match.end()
    return _scaled(text, Number(pos, end, value, value, "digits", plain=plain), money)


def product(value: float, factor: float) -> float:
    """The decimal product: 2.3 and 1e9 make 2300000000, with no dust of binary fractions."""
    return float(Decimal(repr(value)) * Decimal(repr(factor)))


def _power(digits: str, exponent: str) -> float | None:
    try:
        number = float(f"{digits}e{int(exponent.translate(_SUPERSCRIPTS))}")
    except ValueError:  # "10⁻" and the like
        return None
    return number if math.isfinite(number) else None


def _part(words: str) -> float:
    name = words.lower().replace("-", " ")
    tops = {"three quarters": 0.75, "two thirds": 2 / 3}
    return tops[name] if name in tops else 1 / PARTS[name]


def _scaled(text: str, number: Number, money: bool) -> Number:
    """The number with the magnitudes behind it: "5.6 million", "10,372 crore", "400k"."""
    end, scale = number.end, 1.0
    for _ in range(3):  # "lakh crore" and "hundred thousand million" are as deep as it gets
        match = _SCALE_WORD.match(text, end)
        word = _one_of_many(match["word"].lower()) if match else ""
        if not match or word not in SCALES:
            break
        scale *= SCALES[word]
        end = match.end()
    if scale == 1.0 and (match := _ABBREVIATION.match(text, end)):
        word = match["word"]
        known = ABBREVIATIONS if money else PLAIN_ABBREVIATIONS
        spaced_out = match["gap"] and len(word) == 1 and not money
        if word == "m" and not money and _METRES.match(text, match.end()):
            known = frozenset()
        if word in known and not spaced_out and not (match["many"] and not money):
            scale, end = ABBREVIATIONS[word], match.end()
            if match["many"]:  # "$10Bs": tens of billions
                low = product(number.low, scale)
                return Number(number.start, end, low, low * 10, "fuzzy", scale)
    elif scale != 1.0 and (part := _AND_PART.match(text, end)) and "half" in part[0].lower():
        return Number(
            number.start, part.end(), *[product(number.low + 0.5, scale)] * 2, number.kind, scale
        )
    plain = number.plain and scale == 1.0
    value = product(number.low, scale)
    return Number(number.start, end, value, value, number.kind, scale, plain)


_METRES = re.compile(rf"{SPACE}(?:tall|long|wide|high|deep|away|above|below|below|across)\b")


def _one_of_many(word: str) -> str:
    """ "dozens" in "three dozens" is "dozen"."""
    return word[:-1] if word in FUZZY and word != "tens" else word


_FEW = re.compile(
    rf"(?:a{SPACE})?(?P<few>few|several|many|couple(?:{SPACE}of)?|couple){SPACE}"
    rf"(?P<scale>dozen|hundred|thousand|million|billion|trillion|lakh|crore)s?(?:{SPACE}(?P<more>thousand|million|billion|trillion))?(?![\w])",
    re.IGNORECASE,
)
_HALF_A = re.compile(
    rf"(?:an?{SPACE})?(?P<part>half|quarter|three{SPACE}quarters)(?:{SPACE}of)?(?:[ \u00a0-]an?)?[ \u00a0-]"
    r"(?P<scale>dozen|hundred|thousand|million|billion|trillion|crore|lakh)(?![\w])",
    re.IGNORECASE,
)
_SHARE = re.compile(
    rf"(?:(?P<article>an?){SPACE}|(?P<top>one|two|three|four|five|six|seven|eight|nine)(?P<gap>{SPACE}|[-‑]))"
    rf"(?P<part>{'|'.join(sorted(PARTS, key=len, reverse=True))})(?![\w])",
    re.IGNORECASE,
)
_OF_EVERY = re.compile(
    rf"{SPACE}(?:in|out{SPACE}of|of){SPACE}(?:every{SPACE})?(?P<below>[A-Za-z]+|[0-9]{{1,5}}(?![\w.,%]))",
    re.IGNORECASE,
)
_TENS_OF = re.compile(
    rf"(?P<first>tens|dozens|hundreds|thousands|millions){SPACE}of{SPACE}(?P<second>thousands|lakhs|millions|crores|billions|trillions)(?![\w])",
    re.IGNORECASE,
)
# "A third" is an ordinal ("a third company") unless it is a share of something.
_SHARE_GOES_ON = re.compile(
    r"[\s*_”\"']*(?:of|the|as|less|more|fewer|cheaper|lower|higher|smaller|larger|faster|that|its|their|by|from|in|since|this|year|,|\.|\)|;|—|–|$)",
    re.IGNORECASE,
)


def read_words(text: str, pos: int) -> Number | None:
    """The number in words that begins with the word at `pos`."""
    if match := _TENS_OF.match(text, pos):
        low = FUZZY[match["first"].lower()] * FUZZY[match["second"].lower()]
        return Number(pos, match.end(), low, low * 10, "fuzzy", low)
    if match := _FEW.match(text, pos):
        low = SCALES[match["scale"].lower()] * SCALES.get((match["more"] or "").lower(), 1.0)
        if match["few"].lower().startswith("couple"):
            return Number(pos, match.end(), 2 * low, 2 * low, "words", low)
        return Number(pos, match.end(), low, low * 10, "fuzzy", low)
    if match := _HALF_A.match(text, pos):
        scale = SCALES[match["scale"].lower()]
        value = scale * _part(re.sub(SPACE, " ", match["part"]))
        return Number(pos, match.end(), value, value, "words", scale)
    if match := _SHARE.match(text, pos):
        return _share(text, match)
    word = _word(text, pos)
    if word in FUZZY:
        end = pos + len(word)
        if word == "tens" and not re.compile(SPACE + "of ").match(text, end):
            return None
        return Number(pos, end, FUZZY[word], FUZZY[word] * 10, "fuzzy", FUZZY[word])
    if word in MULTIPLES:
        return Number(pos, pos + len(word), *[float(MULTIPLES[word])] * 2, "multiple")
    if word == "half":
        return Number(pos, pos + 4, 50.0, 50.0, "share")
    return _cardinal(text, pos)


def _word(text: str, pos: int) -> str:
    match = WORD.match(text, pos)
    return match[0].lower() if match else ""


def _share(text: str, match: re.Match[str]) -> Number | None:
    part = match["part"].lower()
    top = DIGITS[match["top"].lower()] if match["top"] else 1
    if (top > 1) != (part.endswith(("s", "ves"))):
        return None
    loose = match["article"] or match["gap"] not in "-‑" or part == "half"
    if loose and not _SHARE_GOES_ON.match(text, match.end()):
        return None
    if loose and part in ("quarter", "quarters") and not text.startswith(" of", match.end()):
        return None  # a quarter of the year
    if top >= PARTS[part]:
        return None
    value = round(100.0 * top / PARTS[part], 1 if PARTS[part] < 100 else 6)
    return Number(match.start(), match.end(), value, value, "share")


def read_proportion(text: str, number: Number) -> Number | None:
    """ "one in five", "nine out of 10", "2 of every 3": the share that a number begins."""
    if not (match := _OF_EVERY.match(text, number.end)):
        return None
    between = match[0].lower().split()
    if number.low != int(number.low) or (between[0] == "of" and "every" not in between):
        return None
    if between[0] == "in" and number.low > 3 and "every" not in between:
        return None  # "5 in 10 minutes" is no share
    below = float(match["below"]) if match["below"].isdigit() else None
    end = match.end()
    if below is None:
        other = _cardinal(text, match.start("below"))
        if other is None or other.kind != "words":
            return None
        below, end = other.low, other.end
    if not 0 < number.low < below or (between[0] == "in" and below > 1e6):
        return None
    value = round(100.0 * number.low / below, 1 if below < 100 else 6)
    return Number(number.start, end, value, value, "share")


# "twenty-first" counts nothing.
_ORDINAL_NEXT = re.compile(
    rf"[-‑{SPACE[1:-1]}](?:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth)(?![\w])",
    re.IGNORECASE,
)


def _cardinal(text: str, pos: int) -> Number | None:
    """ "three hundred and forty", "twenty-one trillion", "a million", "two and a half"."""
    total, group, last, biggest = 0.0, None, "", 1.0
    end, at, begin = pos, pos, pos
    word = _word(text, at)
    if word in ("a", "an"):
        at += len(word)
        gap = _GAP.match(text, at)
        if not gap or (following := _word(text, gap.end())) not in SCALES:
            return None
        at, word, group, last = gap.end(), following, 1.0, "digit"
    elif word in SCALES:
        return Number(pos, pos + len(word), *[SCALES[word]] * 2, "scale", SCALES[word])
    for _ in range(40):  # no number of a news text has more words
        step = _add(word, total, group, last)
        if step is None:
            break
        total, group, last = step
        if last == "scale":
            biggest = max(biggest, SCALES[word])
        end = at + len(word)
        if part := _AND_PART.match(text, end):
            return _and_part(
                text,
                Number(begin, part.end(), *[total + (group or 0.0)] * 2, "words", biggest),
                part,
            )
        gap = _GAP.match(text, end)
        if not gap:
            break
        at, word = gap.end(), _word(text, gap.end())
        if last in ("digit", "teen", "tens", "hundred") and word in FUZZY and word != "tens":
            total, biggest = (total + (group or 1.0)) * FUZZY[word], FUZZY[word]
            return Number(begin, at + len(word), total, total, "words", biggest)
        if word == "and" and last in ("hundred", "scale"):
            gap = _GAP.match(text, at + 3)
            if not gap or _word(text, gap.end()) not in SMALL or (last == "scale" and total >= 1e6):
                break
            at, word = gap.end(), _word(text, gap.end())
        elif word == "point" and (decimals := _decimals(text, at + 5)):
            value, end = total + (group or 0.0) + decimals[0], decimals[1]
            return _scaled(text, Number(begin, end, value, value, "words"), False)
    if not last or _ORDINAL_NEXT.match(text, end):
        return None
    value = total + (group or 0.0)
    return Number(begin, end, value, value, "words", biggest)


def _add(
    word: str, total: float, group: float | None, last: str
) -> tuple[float, float | None, str] | None:
    """One more word of a cardinal; None where it does not continue the number."""
    if word in DIGITS and last in ("", "tens", "hundred", "scale"):
        return total, (group or 0.0) + DIGITS[word], "digit"
    if word in TEENS and last in ("", "hundred", "scale"):
        return total, (group or 0.0) + TEENS[word], "teen"
    if word in TENS and last in ("", "hundred", "scale"):
        return total, (group or 0.0) + TENS[word], "tens"
    if word in ("hundred", "dozen") and last in ("digit", "teen", "tens"):
        return total, (group or 1.0) * SCALES[word], "hundred"
    if word in SCALES and word not in ("hundred", "dozen") and last:
        if last == "scale":
            return total * SCALES[word], None, "scale"
        return total + (group or 1.0) * SCALES[word], None, "scale"
    return None


def _and_part(text: str, number: Number, part: re.Match[str]) -> Number:
    """ "two and a half million" scales the sum; "a million and a half" the half."""
    value = _part(re.sub(SPACE, " ", part["part"]))
    if number.scale > 1.0:
        value = number.low + value * number.scale
        return Number(number.start, number.end, value, value, "words", number.scale)
    value += number.low
    return _scaled(text, Number(number.start, number.end, value, value, "words"), False)


def _decimals(text: str, pos: int) -> tuple[float, int] | None:
    """The digits behind "point", and where they end: "five", "zero three", "seventy-one"."""
    digits, end = "", pos
    for _ in range(6):  # more spoken decimals than anybody writes
        gap = _GAP.match(text, end)
        word = _word(text, gap.end()) if gap else ""
        if not gap or word not in SMALL:
            break
        digits += str(SMALL[word])
        end = gap.end() + len(word)
    return (float("0." + digits), end) if digits else None
