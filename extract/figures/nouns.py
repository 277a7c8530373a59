"""What a plain count counts: the head noun behind it, in the singular."""

from __future__ import annotations

import re

from extract.figures.context import right_words
from extract.figures.lexicon import Unit, units
from extract.figures.numbers import SPACE

_FARTHEST = 6  # words; "1.2 million anonymized and aggregated Cowork sessions" is five
_STOPS = frozenset(
    "in for to from with by at on that which who whom whose is are was were be been being has have "
    "had will would could can may might should must do does did than as if when while where but or "
    "nor so because since until into onto over under per against among across after before during "
    "about between through via plus minus this these those it they he she we you i not no also "
    "said say says ones others year years month months week weeks day days hour hours ago later of".split()
)
_IRREGULAR = {
    "people": "person", "men": "man", "women": "woman", "children": "child", "criteria": "criterion",
    "analyses": "analysis", "indices": "index", "vertices": "vertex", "lives": "life",
    "leaves": "leaf", "movies": "movie", "cookies": "cookie", "aircraft": "aircraft",
    "caches": "cache", "species": "species", "axes": "axis", "matrices": "matrix",
    "wives": "wife", "knives": "knife",
}  # fmt: skip
_NO_PLURALS = frozenset(
    "its his hers theirs ours plus business gas bus congress access process success less news "
    "always perhaps sales series famous analysis towards across thus vs versus".split()
)
# Singulars that stand for many: "a 100,000 GPU cluster", "2,000 staff".
_PLURAL_ENOUGH = frozenset({"gpu", "tpu", "personnel", "staff", "folks"})
_COMPOUNDS = frozenset(
    "data center,data centre,chat log,attack run,power plant,supply chain,social network,"
    "credit card,phone call,job cut,bug report,pull request".split(",")
)
_FROM_UNITS = frozenset("accelerator person download GPU-hour token parameter".split())
_CHIP = re.compile(r"(?:[A-Z]{1,3}[0-9]{2,4}[A-Za-z]{0,2}|[GT]PUs?|NPUs?|MI[0-9]{3}[A-Za-z]?)s?")
# "Floridians", "South Koreans"
_NATIONALS = re.compile("[A-Z][a-z]+(?:ans|ites)")
_OF = re.compile(rf"{SPACE}of(?={SPACE})")
_OF_ITS = re.compile(rf"{SPACE}of{SPACE}(?:its|their|the|these|those|our|his|her)(?={SPACE})")
# What may stand between a number and its noun: "100+ companies", "5,000 or more users".
_BETWEEN = re.compile(rf"\+|[-‑{SPACE[1:-1]}](?:plus|odd|or{SPACE}more|or{SPACE}so)(?![\w])")


def counted(text: str, end: int, value: float, of: bool) -> tuple[Unit | None, int]:
    """The unit of a plain count that ends at `end`, and where the quote ends with it.

    `of` says that "of" may stand between ("thousands of users"). The quote grows only over
    GPU-hours: "700,000 A100 GPU hours".
    """
    at = end
    if match := _BETWEEN.match(text, at):
        at = match.end()
    hyphen = text[at : at + 1] in ("-", "‑")
    if match := _OF_ITS.match(text, at) or (of and _OF.match(text, at)) or None:
        at = match.end()
    found = right_words(text, at, _FARTHEST)
    chip = False
    for index, (word, behind) in enumerate(found):
        lower = word.lower()
        if (lower in _STOPS and not (hyphen and index == 0)) or (lower == "and" and index == 0):
            break
        if known := _known(found, index, hyphen or value == 1):
            unit, reach = known
            return unit, reach if unit.dimension == "GPU-hour" else end
        if _NATIONALS.fullmatch(word):
            return units().phrases["person"], end
        if _CHIP.fullmatch(word):
            chip = True
        elif noun := _singular(text, word, behind):
            pair = f"{found[index - 1][0].lower()} {noun}" if index else ""
            return Unit(pair if pair in _COMPOUNDS else noun, "count", quoted=False), end
        elif hyphen and index == 0 and lower.isalpha() and lower not in _STOPS:
            return Unit(lower, "count", quoted=False), end
    if chip:
        return units().phrases["accelerator"], end
    return None, end


def _known(found: list[tuple[str, int]], index: int, one: bool) -> tuple[Unit, int] | None:
    """The unit of units.toml that begins with the word at `index`, and where it ends."""
    for count in (3, 2, 1):
        chosen = found[index : index + count]
        unit = units().phrases.get(" ".join(name for name, _ in chosen).lower())
        if unit is None or unit.dimension not in _FROM_UNITS or len(chosen) < count:
            continue
        if unit.quoted or one or _plural(chosen[-1][0].lower()):
            return unit, chosen[-1][1]
    return None


def _plural(word: str) -> bool:
    return word in _IRREGULAR or word in _PLURAL_ENOUGH or word.endswith("s")


def _singular(text: str, word: str, behind: int) -> str | None:
    """The singular of a plural noun; None for a word that is none."""
    lower = word.lower()
    if lower in _IRREGULAR:
        return _IRREGULAR[lower]
    if text[behind : behind + 1] in ("’", "'") and text[behind + 1 : behind + 2] == "s":
        return None  # "Nvidia's"
    if re.fullmatch("[A-Z]{2,}s", word):
        return word[:-1]
    if len(lower) < 4 or not lower.endswith("s") or lower.endswith(("ss", "us", "is", "ous", "gas")):
        return None
    if lower in _NO_PLURALS or not word.isalpha():
        return None
    return singular(lower)


def singular(noun: str) -> str:
    """The singular of a regular plural."""
    if noun.endswith("ies") and len(noun) > 4:
        return noun[:-3] + "y"
    if noun.endswith(("ches", "shes", "xes", "sses", "zzes")):
        return noun[:-2]
    return noun[:-1]
