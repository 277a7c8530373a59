"""Whether two scopes name the same thing, and how far apart they are.

A scope is a short dictionary of words from news, so values are compared by what they mean:
"Q2 2025" is "second quarter of 2025", "final training run" is "final run", "RL" is
"reinforcement learning", and a name is whatever the entity registry says it is.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from extract.entities import registry
from extract.metrics import metrics
from warehouse.compare.periods import period_key

FILLERS = frozenset({
    "the", "a", "an", "of", "in", "for", "on", "at", "its", "by", "and", "run", "stage",
    "phase", "only", "process",
})  # fmt: skip
# Dropped from a stage where another word is left: every stage is one of training.
STAGE_FILLERS = frozenset(("training",))
WORDS = {
    "rl": "reinforcement learning",
    "sft": "supervised finetuning",
    "us": "united states",
    "usa": "united states",
    "america": "united states",
    "uk": "united kingdom",
    "britain": "united kingdom",
    "eu": "european union",
    "worldwide": "world",
    "global": "world",
    "globally": "world",
    "capitalization": "capitalisation",
    "cap": "capitalisation",
    "annualized": "annualised",
}
PREFIX = re.compile(r"\b(pre|post|fine|mid)[- ](?=\w)")
DOTTED = re.compile(r"\b(?:[a-z]\.){2,}")
TOKEN = re.compile(r"\d+(?:\.\d+)*|[^\W\d_]+(?:\d+(?:\.\d+)*)?|\+")


@dataclass(frozen=True, slots=True)
class Apart:
    """How two scopes differ: keys with other values, and keys on one side only.

    `parts` says whether they name different things; only then are the figures not compared.
    """

    conflicts: tuple[str, ...]
    one_sided: tuple[str, ...]
    identifying: tuple[str, ...]

    @property
    def parts(self) -> bool:
        return bool(self.conflicts or self.identifying)

    @property
    def distance(self) -> tuple[int, int]:
        """Sorts the nearest scope first: what parts, then what merely narrows one side."""
        return len(self.conflicts) + len(self.identifying), len(self.one_sided)


def apart(metric: str, ours: Mapping[str, str], theirs: Mapping[str, str]) -> Apart:
    """Holds two scopes of one metric against each other; `identifying` keys are in
    `one_sided` too."""
    mine, other = _stated(ours), _stated(theirs)
    shared = [key for key in mine if key in other]
    conflicts = tuple(key for key in shared if not same_value(key, mine[key], other[key]))
    one_sided = tuple(sorted(mine.keys() ^ other.keys()))
    identify = metrics()[metric].identify
    return Apart(conflicts, one_sided, tuple(key for key in one_sided if key in identify))


def _stated(scope: Mapping[str, str]) -> dict[str, str]:
    return {key: value for key, value in scope.items() if value.strip()}


@lru_cache(maxsize=8192)
def same_value(key: str, one: str, other: str) -> bool:
    """Whether two values of one scope key mean the same."""
    if value_key(key, one) == value_key(key, other):
        return True
    return key not in ("period", "term") and registry().same(one, other)


@lru_cache(maxsize=8192)
def value_key(key: str, value: str) -> str:
    """A key that two ways to write one value of a scope share."""
    if key in ("period", "term"):
        return period_key(value)
    text = unicodedata.normalize("NFKC", value).casefold()
    text = DOTTED.sub(lambda dotted: dotted.group().replace(".", ""), text)
    words = TOKEN.findall(PREFIX.sub(r"\1", text))
    kept = [WORDS.get(word, word) for word in words if word not in FILLERS]
    if key == "stage":
        kept = [word for word in kept if word not in STAGE_FILLERS] or kept
    return " ".join(kept or words) or text.strip()
