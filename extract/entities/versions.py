"""Names of versions that the catalogue has not seen, from the way their maker writes names.

A style is an example in the catalogue: "Qwen3-Max" says that nothing stands between Qwen and
a version, and a hyphen before what follows; so "Qwen 4 Max" in a text is `Qwen4-Max`.
A version hangs on a family ("Llama" + "5 70B"), a variant on a model too ("GPT-4" + "32K").
On a company only a version with a letter does ("Nvidia R300", "DeepSeek V5").
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from extract.entities.words import words

# Words that makers put behind a version, as they write them.
VARIANTS = {word.lower(): word for word in (*words("variants"), "Deep Think")}

PIECE = re.compile(
    r"(?P<sep>[ \u00a0-]?)(?:"
    r"(?P<size>\d+(?:\.\d+)?(?:x\d+)?[BTbt](?:-?[Aa]\d+(?:\.\d+)?[Bb])?)"
    r"|(?P<version>[A-Za-z]{0,2}\d{1,4}(?:\.\d{1,2}){0,2}[A-Za-z]?)"
    r"|(?P<word>" + "|".join(sorted(map(re.escape, VARIANTS), key=len, reverse=True)) + r")"
    r"|(?P<tail>(?<=-)[A-Z][A-Za-z]+)"
    r")(?![^\W_])(?!\.\d)(?!['’][a-rt-z])",
    re.IGNORECASE,
)

# "Gemini 3 million users", "Claude 2 times": the number counts what follows.
COUNTS = re.compile(
    r"[ \u00a0-]?(?:%|percent|per cent|hundred|thousand|million|billion|trillion|times|points?"
    r"|years?|months?|weeks?|days?|hours?|minutes?|seconds?|people|dollars|cents|of\b"
    r"|to \d|and \d)",
    re.IGNORECASE,
)
# "GPT-4-Powered", "Claude-Maker": a headline's hyphen, no variant.
TAILS_OF_HEADLINES = re.compile(
    r"(?:\w+ed|\w+ing|based|like|level|class|style|driven|maker|owner|built|run|led)$",
    re.IGNORECASE,
)
PERIOD = re.compile(r"(?:q[1-4]|h[12]|fy\d+|v\d{3,}|[a-z]{0,2}(?:19|20)\d\d)$", re.IGNORECASE)
LETTERED = re.compile(r"[A-Z]{1,2}\d")
EXAMPLE = re.compile(r"(?P<first>[ -]?)[^ -]+(?:(?P<rest>[ -]).+)?")
MOST_PIECES = 5  # "Qwen3-235B-A22B-Thinking-2507" has four


@dataclass(frozen=True, slots=True)
class Style:
    """What a maker puts between a name and its version, and before each variant."""

    first: str
    rest: str
    digits: int  # the most digits of a version that is a number alone: 2, or as in the example

    @classmethod
    def of(cls, name: str, example: str) -> Style:
        """The style that an example of a name shows."""
        match = EXAMPLE.fullmatch(example[len(name) :])
        if match is None:
            return cls(" ", " ", 2)
        digits = re.match(r"[ -]?(\d*)", match[0])
        longest = len(digits[1]) if digits else 0
        return cls(match["first"], match["rest"] or match["first"] or "-", max(2, longest))


@dataclass(frozen=True, slots=True)
class Extension:
    """What follows a known name in a text and belongs to it."""

    end: int
    pieces: tuple[str, ...]
    version: str | None
    tails: frozenset[str]  # pieces that only a hyphen made part of the name

    def name(self, base: str, style: Style, versioned: bool) -> str:
        """The whole name as its maker would write it."""
        name = base
        for position, piece in enumerate(self.pieces):
            first = position == 0 and not versioned and piece == self.version
            # What no list knows stays hyphenated as it was: a space would part it from the name.
            joint = "-" if piece in self.tails else style.first if first else style.rest
            name += joint + piece
        return name


def extension(text: str, at: int, style: Style, versioned: bool, company: bool) -> Extension | None:
    """The version and variants that stand at `at` in the text; None where none do.

    `versioned`: the name before has its version already; `company`: it is a maker's name.
    """
    pieces: list[str] = []
    tails: set[str] = set()
    version: str | None = None
    end = at
    while len(pieces) < MOST_PIECES and (match := PIECE.match(text, end)):
        read = _piece(match, text, style, versioned or version is not None, company and not pieces)
        if read is None:
            break
        if match["version"] and not (versioned or version):
            version = read
        elif match["tail"] or match["version"]:
            tails.add(read)
        pieces.append(read)
        end = match.end()
    if not pieces or (company and version is None):
        return None
    return Extension(end, tuple(pieces), version, frozenset(tails))


def _piece(
    match: re.Match[str], text: str, style: Style, versioned: bool, company: bool
) -> str | None:
    """One piece as its maker writes it; None where it does not belong to the name."""
    loose = match["sep"] not in ("-", "")
    if match["size"]:
        if company or match["sep"] == "" or COUNTS.match(text, match.end()):
            return None
        return match["size"].upper().replace("X", "x")
    if written := match["version"]:
        if versioned:
            dated = match["sep"] == "-" and re.fullmatch(r"\d{4}", written)
            return written if dated else None
        plain = written.isdigit()
        if PERIOD.match(written) or (plain and len(written) > style.digits):
            return None
        if company:
            return written if LETTERED.match(written) else None
        if loose and COUNTS.match(text, match.end()):
            return None
        return written
    if match["sep"] == "":
        return None
    if word := match["word"]:
        if loose and word.islower() and word not in ("mini", "nano"):
            return None
        return VARIANTS[word.lower()] if word[0].isupper() or word in VARIANTS else None
    tail = match["tail"]
    if company or not tail[0].isupper() or TAILS_OF_HEADLINES.match(tail):
        return None
    return tail
