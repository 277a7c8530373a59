"""Words that mean an entity without naming it alone: "the Chinese startup", "the ChatGPT maker",
"Meta's Llama 3.1 405B model", "OpenAI CEO Sam Altman".
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from extract.entities.keys import QUOTES, trim, without_legal
from extract.entities.words import words

COMPANIES = frozenset(("company", "lab"))

# The last word of a description, and the kinds of what it can describe.
HEADS: dict[str, frozenset[str]] = {
    word: kinds
    for heads, kinds in (
        (
            "company startup start-up firm lab group giant business corporation developer maker "
            "chipmaker chip-maker automaker retailer conglomerate unicorn neocloud hyperscaler "
            "provider vendor",
            COMPANIES,
        ),
        ("model models system systems llm series family", frozenset(("model", "family", "chip"))),
        (
            "chatbot assistant app tool product service platform",
            frozenset(("product", "family", "model")),
        ),
        (
            "chip chips gpu gpus processor processors accelerator accelerators server servers",
            frozenset(("chip", "family", "product")),
        ),
        (
            "site campus datacenter center centre cluster supercomputer facility project venture",
            frozenset(("site", "project")),
        ),
        ("country nation government", frozenset(("country",))),
        ("agency department ministry", frozenset(("agency",))),
        ("benchmark test exam", frozenset(("benchmark",))),
        ("index", frozenset(("index",))),
        (
            "ceo founder co-founder cofounder billionaire executive chief president analyst he she",
            frozenset(("person",)),
        ),
    )
    for word in heads.split()
}
ANYTHING = frozenset(("company", "lab", "model", "family", "chip", "site", "project", "product"))
PRONOUNS = {
    "it": ANYTHING,
    "its": ANYTHING,
    "he": HEADS["he"],
    "she": HEADS["she"],
    "they": COMPANIES,
}

PEOPLES = {
    "american": None,
    "u.s.": None,
    "us": None,
    "chinese": "China",
    "french": "France",
    "german": "Germany",
    "british": "United Kingdom",
    "japanese": "Japan",
    "korean": "South Korea",
    "taiwanese": "Taiwan",
    "indian": "India",
    "dutch": "Netherlands",
    "israeli": "Israel",
    "canadian": "Canada",
    "emirati": "United Arab Emirates",
    "saudi": "Saudi Arabia",
    "swedish": "Sweden",
}

# "the AI chip startup", "the Chinese lab", "the company": no more than four words before the head.
DEFINITE = re.compile(r"(?:the|this|that|its|their)\s+((?:[\w.-]+\s+){0,4})([\w-]+)", re.IGNORECASE)
MAKER = re.compile(
    r"(?:the\s+)?(.+?)[ -](?:maker|creator|developer|parent|owner|operator)(?:\s+company)?",
    re.IGNORECASE,
)

# A name with what leads to it; more words are a clause.
MOST_WORDS = 12

BEFORE, BEHIND, ROLES = words("before"), words("behind"), words("roles")
INNER_POSSESSIVE = re.compile(r"['’]s?(?=\s)")


@dataclass(frozen=True, slots=True)
class Description:
    """What a described entity must be; `made_by` names a product whose maker is meant."""

    kinds: frozenset[str] = frozenset()
    people: str | None = None
    made_by: str | None = None

    def fits(self, kind: str, country: str | None) -> bool:
        """Whether an entity of this kind and home can be meant."""
        if kind not in self.kinds:
            return False
        return self.people is None or PEOPLES[self.people] == country


def readings(mention: str) -> Iterator[tuple[str, frozenset[str] | None]]:
    """Ways to read a mention as a name, the fullest first, each with the kinds it may be of.

    None for any kind. "H800 chips" are an H800, but "Nvidia chips" are not Nvidia.
    """
    bare = trim(mention)
    for name in dict.fromkeys((mention.strip(), mention.strip(QUOTES), bare, without_legal(bare))):
        yield name, None
    plain = INNER_POSSESSIVE.sub("", bare)
    kinds: frozenset[str] | None = None
    parts = plain.split()
    if len(parts) > MOST_WORDS:
        return
    for end in range(len(parts), 0, -1):
        if end < len(parts) and parts[end].lower() not in BEHIND:
            break
        if end < len(parts):
            kinds = HEADS.get(parts[end].lower())
        for start in range(end):
            if start and not _leads(parts[:start]):
                break
            yield " ".join(parts[start:end]), kinds
    for position in range(len(parts) - 2, 0, -1):
        if parts[position].lower() in ROLES:
            yield " ".join(parts[position + 1 :]), HEADS["ceo"]
            break


def _leads(parts: Sequence[str]) -> bool:
    """Whether words only describe what follows: "Chinese AI startup", "San Francisco-based"."""
    based = [at for at, word in enumerate(parts) if word.endswith(("-based", "-backed"))]
    return all(word.lower() in BEFORE for word in parts[based[-1] + 1 if based else 0 :])


def description(mention: str) -> Description | None:
    """What a mention describes; None where it does not describe."""
    said = mention.strip()
    if kinds := PRONOUNS.get(said.lower()):
        return Description(kinds)
    if match := DEFINITE.fullmatch(said):
        before = [word.lower() for word in match[1].split()]
        kinds = HEADS.get(match[2].lower(), frozenset())
        if kinds and _leads(before):
            people = next((word for word in reversed(before) if word in PEOPLES), None)
            return Description(kinds, people)
    if match := MAKER.fullmatch(said):
        return Description(made_by=match[1])
    return None
