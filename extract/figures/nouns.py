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
    "said says say year years month months week weeks day days hour hours ago later".split()
)
_IRREGULAR = {
    "people": "person", "men": "man", "women": "woman", "children": "child", "feet": "foot",
    "criteria": "criterion", "analyses": "analysis", "indices": "index", "vertices": "vertex",
    "lives": "life", "leaves": "leaf", "series": "series", "movies": "movie", "cookies": "cookie",
    "aircraft": "aircraft", "media": "medium", "data": "data", "caches": "cache", "species": "species",
    "axes": "axis", "matrices": "matrix", "halves": "half", "wives": "wife", "knives": "knife",
}  # fmt: skip
_NO_PLURALS = frozenset(
    "its his hers theirs ours us plus thus various business previous serious continuous gas bus "
    "congress access process success less news always perhaps sales series us's famous analysis "
    "towards tremendous obvious across ours numerous anonymous enormous autonomous dangerous".split()
)
_COMPOUNDS = frozenset(
    "data center,data centre,chat log,attack run,power plant,supply chain,social network,"
    "credit card,phone call,job cut,bug report,pull request".split(",")
)
_CHIP = re.compile(r"(?:[A-Z]{1,3}[0-9]{2,4}[A-Za-z]{0,2}|[GT]PUs?|NPUs?|MI[0-9]{3}[A-Za-z]?)(?:-class)?s?")
_OF = re.compile(rf"{SPACE}of(?:{SPACE}(?:its|their|the|these|those|our|his|her))?(?={SPACE})")


def counted(text: str, end: int, value: float, of: bool) -> tuple[Unit | None, int]:
    """The unit of a plain count that ends at `end`, and where a quoted unit ends.

    `of` says that "of" may stand between ("thousands of users").
    """
    hyphen = text[end : end + 1] in ("-", "‑")
    if of and (match := _OF.match(text, end)):
        end = match.end()
    found = right_words(text, end, _FARTHEST)
    chip = False
    for index, (word, behind) in enumerate(found):
        lower = word.lower()
        if lower in _STOPS and not (hyphen and index == 0):
            break
        if lower in ("of", "and") and index == 0:
            break
        if lower == "of":
            break
        for count in (3, 2, 1):
            phrase = " ".join(name for name, _ in found[index : index + count]).lower()
            unit = units().phrases.get(phrase)
            if unit and unit.dimension in ("accelerator", "person", "download", "GPU-hour", "token", "parameter"):
                if index and not unit.quoted and not _plural(phrase.split()[-1]):
                    continue
                reach = found[min(index + count, len(found)) - 1][1]
                return unit, reach if unit.dimension == "GPU-hour" else end
        chip = chip or bool(_CHIP.fullmatch(word))
        noun = _singular(text, word, behind)
        if noun and not (chip and _CHIP.fullmatch(word)):
            pair = f"{found[index - 1][0].lower()} {noun}" if index else ""
            return Unit(pair if pair in _COMPOUNDS else noun, "count"), end
        if hyphen and index == 0 and lower.isalpha() and lower not in _STOPS:
            return Unit(lower, "count"), end
    if chip:
        return units().phrases["accelerator"], end
    if value == 1 and found and found[0][0].islower() and found[0][0] not in _STOPS:
        return Unit(found[0][0], "count"), end
    return None, end


def _plural(word: str) -> bool:
    return word in _IRREGULAR or word in ("personnel", "staff", "folks") or word.endswith("s")


def _singular(text: str, word: str, behind: int) -> str | None:
    """The singular of a plural noun; None for a word that is none."""
    lower = word.lower()
    if lower in _IRREGULAR:
        return _IRREGULAR[lower]
    if text[behind : behind + 1] in ("’", "'") and text[behind + 1 : behind + 2] == "s":
        return None  # "Nvidia's"
    if len(lower) < 4 or not lower.endswith("s") or lower.endswith(("ss", "us", "is", "ous")):
        return word.rstrip("s") if re.fullmatch("[A-Z]{2,}s", word) else None
    if lower in _NO_PLURALS or not word.isalpha():
        return None
    name = lower if not re.fullmatch("[A-Z]{2,}s", word) else word
    return singular(name)


def singular(noun: str) -> str:
    """The singular of a regular plural."""
    if noun.endswith("ies") and len(noun) > 4:
        return noun[:-3] + "y"
    if noun.endswith(("ches", "shes", "xes", "sses", "zzes")):
        return noun[:-2]
    return noun[:-1]
