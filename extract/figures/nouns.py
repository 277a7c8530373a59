"""What a plain count counts: the head noun behind it, or what the words around imply."""

from __future__ import annotations

import re
from dataclasses import replace

from extract.figures.context import right_words
from extract.figures.lexicon import TIMES, Unit, listed, units, words
from extract.figures.number import SPACE, SPACES
from extract.figures.quantities import Quantity, is_plural

_FARTHEST = 6  # words; "1.2 million anonymized and aggregated Cowork sessions" is five
_FROM_UNITS = frozenset({"accelerator", "person", "download", "GPU-hour", "token", "parameter"})
_CHIP = re.compile(r"(?:[A-Z]{1,3}[0-9]{2,4}[A-Za-z]{0,2}|[GT]PUs?|NPUs?|MI[0-9]{3}[A-Za-z]?)s?")
_ACRONYMS = re.compile("[A-Z]{2,}s")
# "Floridians", "Muscovites"
_NATIONALS = re.compile("[A-Z][a-z]+(?:ans|ites)")
_OF = re.compile(rf"{SPACE}of(?={SPACE})")
_OF_ITS = re.compile(rf"{SPACE}of{SPACE}(?:its|their|the|these|those|our|his|her)(?={SPACE})")
# What may stand between a number and its noun: "100+ companies", "5,000 or more users".
_BETWEEN = re.compile(rf"\+|[-‑{SPACES}](?:plus|odd|or{SPACE}more|or{SPACE}so)(?![\w])")
_CONTEXT = re.compile(r"[\s-]context\b")
_MODEL = re.compile(
    rf"[\s-](?:(?:total|active|activated|dense|sparse|MoE|open|language|base|reasoning){SPACE}){{0,2}}"
    r"(?:models?|active|activated|parameters?|variants?|checkpoints?|versions?|total)\b"
)
# From here on bare numbers behind "spent" are money, and before "model" parameters.
_LEAST_MONEY, _LEAST_PARAMETERS, _LEAST_CONTEXT = 1e6, 1e9, 1e3


def count_unit(text: str, quantity: Quantity, left: list[str]) -> tuple[Unit | None, int]:
    """The unit of a quantity that has none, and where the quote ends with it.

    `left` are the tokens before it. The quote grows only over GPU-hours: "700,000 A100
    GPU hours".
    """
    number = quantity.number
    if number.scale >= _LEAST_PARAMETERS and _MODEL.match(text, quantity.end):
        return units().phrases["parameter"], quantity.end
    unit, end = _head_noun(text, quantity)
    if unit is None or unit.name == "time":
        implied = implied_unit(text, quantity, left)
        unit = implied or (replace(TIMES, quoted=False) if unit else None)
    return unit, end


def implied_unit(text: str, quantity: Quantity, left: list[str]) -> Unit | None:
    """The unit that the words around give: "spent billions", "downloaded 5m times"."""
    number = quantity.number
    near = {token.lower() for token in left[-7:]}
    if [token.lower() for token in left[-2:]] == ["factor", "of"]:
        return TIMES
    of_others = _OF.match(text, quantity.end) and not text.startswith(" of times", quantity.end)
    if near & {"downloaded", "installed"} and not of_others:
        return units().phrases["download"]
    if number.scale >= _LEAST_CONTEXT and (
        _CONTEXT.match(text, quantity.end)
        or ("context" in near and near & {"of", "window", "length"})
    ):
        return units().phrases["token"]
    in_words = number.kind in ("fuzzy", "words")
    if in_words and number.scale >= _LEAST_MONEY and listed("money", "near") & near:
        return Unit("USD", "money")
    if number.scale >= _LEAST_PARAMETERS and near & {"parameters", "parameter"}:
        return units().phrases["parameter"]
    return None


def _head_noun(text: str, quantity: Quantity) -> tuple[Unit | None, int]:
    at, end = quantity.end, quantity.end
    if match := _BETWEEN.match(text, at):
        at = match.end()
    hyphen = text[at : at + 1] in ("-", "‑")
    big = quantity.number.kind == "fuzzy" or quantity.number.scale > 1
    if match := _OF_ITS.match(text, at) or (_OF.match(text, at) if big else None):
        at = match.end()
    found = right_words(text, at, _FARTHEST)
    chip = False
    for index, (word, behind) in enumerate(found):
        adjective = hyphen and index == 0
        if not adjective and (
            word.lower() in listed("nouns", "stops") or (index == 0 and word == "and")
        ):
            break
        if known := _known(found, index, hyphen or quantity.number.low == 1):
            return known[0], known[1] if known[0].name == "GPU-hour" else end
        if _NATIONALS.fullmatch(word):
            return units().phrases["person"], end
        noun = _singular(text, word, behind)
        if _CHIP.fullmatch(word):
            chip = True
        elif noun and _adjective(text, found, index):
            continue  # "five sports cars"
        elif noun or (adjective and word.isalpha()):
            return _noun_unit(found, index, noun or word.lower()), end
    return (units().phrases["accelerator"] if chip else None), end


def _adjective(text: str, found: list[tuple[str, int]], index: int) -> bool:
    """Whether the plural at `index` only stands before another one, the head."""
    if index + 1 >= len(found):
        return False
    word, behind = found[index + 1]
    if word.lower() in listed("nouns", "stops"):
        return False
    return bool(_known(found, index + 1, False) or _singular(text, word, behind))


def _noun_unit(found: list[tuple[str, int]], index: int, noun: str) -> Unit:
    pair = f"{found[index - 1][0].lower()} {noun}" if index else ""
    return Unit(pair if pair in listed("nouns", "compounds") else noun, "count", quoted=False)


def _known(found: list[tuple[str, int]], index: int, single: bool) -> tuple[Unit, int] | None:
    """The unit of units.toml that begins with the word at `index`, and where it ends."""
    for count in (3, 2, 1):
        chosen = found[index : index + count]
        unit = units().phrases.get(" ".join(name for name, _ in chosen).lower())
        if unit is None or unit.dimension not in _FROM_UNITS or len(chosen) < count:
            continue
        if unit.quoted or single or is_plural(chosen[-1][0]):
            return unit, chosen[-1][1]
    return None


def _singular(text: str, word: str, behind: int) -> str | None:
    """The singular of a plural noun; None for a word that is none."""
    lower = word.lower()
    if lower in words().irregular:
        return words().irregular[lower]
    if text[behind - 2 : behind] in ("’s", "'s"):
        return None  # "Nvidia's"
    if _ACRONYMS.fullmatch(word):
        return word[:-1]
    if len(lower) < 4 or not lower.endswith("s") or lower.endswith(("ss", "us", "is", "gas")):
        return None
    if lower in listed("nouns", "no_plurals") or not word.isalpha():
        return None
    if lower.endswith("ies") and len(lower) > 4:
        return lower[:-3] + "y"
    return lower[:-2] if lower.endswith(("ches", "shes", "xes", "sses", "zzes")) else lower[:-1]
