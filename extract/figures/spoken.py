"""Numbers in words: from a word in the text to a value.

three hundred and forty   half a billion   two and a half million   a dozen
tens of millions   thousands   a few hundred        (ranges of a factor ten)
one-third   two out of three   one in five          (shares, in percent)
doubled   fivefold   twice                          (multiples, in times)
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from extract.figures.lexicon import one_of
from extract.figures.number import (
    DIGITS,
    FUZZY,
    MULTIPLES,
    PARTS,
    SCALES,
    SMALL,
    SPACE,
    SPACES,
    TEENS,
    TENS,
    Number,
    fuzzy,
    one,
    product,
)
from extract.figures.numerals import and_part, with_scale

OPENERS = frozenset({"a", "an", "half", "quarter", "few", "several", "couple", "many"})
"""Words that may begin a number without being one."""
FIRST_WORDS = SMALL.keys() | SCALES.keys() | FUZZY.keys() | MULTIPLES.keys() | OPENERS
"""Every word that a number may begin with."""

_WORD = re.compile("[A-Za-z]+")
_GAP = re.compile(rf"(?:{SPACE}{{1,2}}|[-‑]|\n)(?=[A-Za-z])")
_SCALE = f"(?P<scale>{one_of(SCALES)})"
_FEW = re.compile(
    rf"(?:a{SPACE})?(?P<few>few|several|many|couple(?:{SPACE}of)?){SPACE}{_SCALE}s?"
    rf"(?:{SPACE}(?P<more>thousand|million|billion|trillion))?(?![\w])",
    re.IGNORECASE,
)
_PART_OF_SCALE = re.compile(
    rf"(?:an?{SPACE})?(?P<part>half|quarter|three{SPACE}quarters)(?:{SPACE}of)?"
    rf"(?:[{SPACES}-]an?)?[{SPACES}-]{_SCALE}(?![\w])",
    re.IGNORECASE,
)
_TENS_OF = re.compile(
    rf"(?P<first>{one_of(FUZZY)}){SPACE}of{SPACE}(?P<second>{one_of(FUZZY)})(?![\w])",
    re.IGNORECASE,
)
_OF = re.compile(f"{SPACE}of ")
_SHARE = re.compile(
    rf"(?:(?P<article>an?){SPACE}|(?P<top>{one_of(DIGITS)})(?P<gap>{SPACE}|[-‑]))"
    rf"(?P<part>{one_of(PARTS)})(?P<many>s?)(?![\w])",
    re.IGNORECASE,
)
_OF_EVERY = re.compile(
    rf"{SPACE}(?P<joint>in|out{SPACE}of|of){SPACE}(?P<every>every{SPACE})?"
    r"(?P<below>[A-Za-z]+|[0-9]{1,5}(?![\w.,%]))",
    re.IGNORECASE,
)
_ORDINAL_NEXT = re.compile(  # "twenty-first" counts nothing
    rf"[-‑{SPACES}](?:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth)(?![\w])",
    re.IGNORECASE,
)


def read_words(text: str, pos: int, shares: bool = True) -> Number | None:
    """The number in words that begins with the word at `pos`.

    Without `shares`, "two quarters" are two of a unit.
    """
    if match := _TENS_OF.match(text, pos):
        return fuzzy(pos, match.end(), product(*(FUZZY[word.lower()] for word in match.groups())))
    if match := _FEW.match(text, pos):
        low = SCALES[match["scale"].lower()] * SCALES.get((match["more"] or "").lower(), 1.0)
        if match["few"].lower().startswith("couple"):
            return one(pos, match.end(), 2 * low, "words", low)
        return fuzzy(pos, match.end(), 10.0 if low == SCALES["dozen"] else low)
    if match := _PART_OF_SCALE.match(text, pos):
        part = {"half": 0.5, "quarter": 0.25}.get(match["part"].lower(), 0.75)
        scale = SCALES[match["scale"].lower()]
        return one(pos, match.end(), part * scale, "words", scale)
    if shares and (match := _SHARE.match(text, pos)) and (share := _share(match)):
        return share
    word = _word(text, pos)
    end = pos + len(word)
    if word in FUZZY:
        return None if word == "tens" and not _OF.match(text, end) else fuzzy(pos, end, FUZZY[word])
    if word in MULTIPLES:
        return one(pos, end, float(MULTIPLES[word]), "multiple")
    if word == "half":
        return one(pos, end, 50.0, "share")
    return _cardinal(text, pos)


def _word(text: str, pos: int) -> str:
    match = _WORD.match(text, pos)
    return match[0].lower() if match else ""


def _share(match: re.Match[str]) -> Number | None:
    part = match["part"].lower()
    top = DIGITS[match["top"].lower()] if match["top"] else 1
    if (top > 1) != bool(match["many"]) or not 0 < top < PARTS[part]:
        return None
    return one(match.start(), match.end(), _percent(top, PARTS[part]), "share")


def _percent(top: float, below: float) -> float:
    """A share in percent to three digits, as annotations write it: a third is 33.3."""
    return float(f"{100.0 * top / below:.3g}")


def read_proportion(text: str, number: Number) -> Number | None:
    """ "one in five", "nine out of 10", "2 of every 3": the share that a number begins."""
    match = _OF_EVERY.match(text, number.end)
    if match is None or number.low != int(number.low):
        return None
    joint = match["joint"].lower()
    if not match["every"] and (joint == "of" or (joint == "in" and number.low > 3)):
        return None  # "three of five firms" are two counts, "5 in 10 minutes" is no share
    if match["below"].isdigit():
        below, end = float(match["below"]), match.end()
    else:
        other = _cardinal(text, match.start("below"))
        if other is None or other.kind != "words":
            return None
        below, end = other.low, other.end
    if not 0 < number.low < below or below > 1e6:
        return None
    return one(number.start, end, _percent(number.low, below), "share")


@dataclass(slots=True)
class _Cardinal:
    """A cardinal as far as it is read: the thousands are summed up, a group is open.

    `last` says what the last word was, so that "twenty" takes "one" but not "thirty".
    """

    total: float = 0.0
    group: float | None = None
    last: str = ""
    scale: float = 1.0

    @property
    def value(self) -> float:
        return self.total + (self.group or 0.0)

    def take(self, word: str) -> bool:
        """Reads one more word; false where it does not continue the number."""
        if word in DIGITS and self.last in ("", "tens", "hundred", "scale"):
            self.group, self.last = (self.group or 0.0) + DIGITS[word], "digit"
        elif word in SMALL and word not in DIGITS and self.last in ("", "hundred", "scale"):
            kind = "teen" if word in TEENS else "tens"
            self.group, self.last = (self.group or 0.0) + (TEENS | TENS)[word], kind
        elif word in ("hundred", "dozen") and self.last in ("digit", "teen", "tens"):
            self.group, self.last = (self.group or 1.0) * SCALES[word], "hundred"
        elif word in SCALES and word not in ("hundred", "dozen") and self.last:
            if self.last == "scale":  # "two thousand billion"
                self.total *= SCALES[word]
            else:
                self.total += (self.group or 1.0) * SCALES[word]
            self.group, self.last, self.scale = None, "scale", max(self.scale, SCALES[word])
        else:
            return False
        return True


def _cardinal(text: str, pos: int) -> Number | None:
    """ "three hundred and forty", "twenty-one trillion", "a million", "two and a half"."""
    read, end, at = _Cardinal(), pos, pos
    word = _word(text, at)
    if word in ("a", "an"):
        gap = _GAP.match(text, at + len(word))
        if not gap or _word(text, gap.end()) not in SCALES:
            return None
        at, word = gap.end(), _word(text, gap.end())
        read.group, read.last = 1.0, "digit"
    elif word in SCALES:
        return one(pos, pos + len(word), SCALES[word], "scale", SCALES[word])
    for _ in range(40):  # no number of a news text has more words
        if not read.take(word):
            break
        end = at + len(word)
        if part := and_part(text, end):
            return _with_part(text, pos, read, part)
        gap = _GAP.match(text, end)
        if not gap:
            break
        at, word = gap.end(), _word(text, gap.end())
        if word == "and":
            gap = _GAP.match(text, at + 3)
            if not gap or not _joins(read, _word(text, gap.end())):
                break
            at, word = gap.end(), _word(text, gap.end())
        elif word in FUZZY and word != "tens" and read.last != "scale":  # "three dozens"
            many = one(pos, at + len(word), read.value, "words")
            return many.times(SCALES[word[:-1]])
        elif word == "point" and (decimals := _decimals(text, at + 5)):
            number = one(pos, decimals[1], read.value + decimals[0], "words")
            return with_scale(text, number)
    if not read.last or end == pos:
        return None
    if read.last in ("tens", "hundred") and _ORDINAL_NEXT.match(text, end):
        return None
    return one(pos, end, read.value, "words", read.scale)


def _joins(read: _Cardinal, following: str) -> bool:
    """Whether "and" goes on with the number: "two hundred and six", but "a million and two"."""
    if following not in SMALL:
        return False
    return read.last == "hundred" or (read.last == "scale" and read.total < 1e6)


def _with_part(text: str, pos: int, read: _Cardinal, part: tuple[float, int]) -> Number:
    """ "two and a half million" scales the sum, "a million and a half" the half."""
    if read.scale > 1.0:
        return one(pos, part[1], read.value + part[0] * read.scale, "words", read.scale)
    return with_scale(text, one(pos, part[1], read.value + part[0], "words"))


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
