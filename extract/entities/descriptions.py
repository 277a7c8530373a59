"""Words that mean an entity without naming it alone: "the Chinese startup", "the ChatGPT maker",
"Meta's Llama 3.1 405B model", "OpenAI CEO Sam Altman".
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from extract.entities.keys import QUOTES, trim, without_legal
from extract.entities.words import words

COMPANIES = frozenset(("company", "lab"))

# The last word of a description, and the kinds of what it can describe.
HEADS: dict[str, frozenset[str]] = {
    word: kinds
    for words, kinds in (
        (
            "company startup start-up firm lab group giant business corporation developer maker "
            "chipmaker chip-maker automaker retailer conglomerate unicorn neocloud hyperscaler "
            "provider vendor",
            COMPANIES,
        ),
        ("model models system llm", frozenset(("model", "family"))),
        ("chatbot assistant app tool product service", frozenset(("product", "family", "model"))),
        ("chip chips gpu gpus processor accelerator accelerators", frozenset(("chip", "family"))),
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
    for word in words.split()
}
ANYTHING = frozenset(("company", "lab", "model", "family", "chip", "site", "project", "product"))
PRONOUNS = {
    "it": ANYTHING,
    "its": ANYTHING,
    "he": HEADS["he"],
    "she": HEADS["she"],
    "they": COMPANIES,
    "we": COMPANIES,
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


def readings(mention: str) -> Iterator[str]:
    """Ways to read a mention as a name, the fullest first, without repeats."""
    seen: set[str] = set()
    for name in _readings(mention):
        if name and name not in seen:
            seen.add(name)
            yield name


def _readings(mention: str) -> Iterator[str]:
    yield mention.strip()
    yield mention.strip(QUOTES)
    bare = trim(mention)
    yield bare
    yield without_legal(bare)
    plain = INNER_POSSESSIVE.sub("", bare)
    yield plain
    parts = plain.split()
    while len(parts) > 1 and parts[-1].lower() in BEHIND:
        parts = parts[:-1]
        yield " ".join(parts)
    while len(parts) > 1 and (parts[0].lower() in BEFORE or parts[0].lower().endswith("-based")):
        parts = parts[1:]
        yield " ".join(parts)
    # "OpenAI CEO Sam Altman": a role parts an affiliation from a name.
    for position in range(len(parts) - 2, 0, -1):
        if parts[position].lower() in ROLES:
            yield " ".join(parts[position + 1 :])
            break


def description(mention: str) -> Description | None:
    """What a mention describes; None where it does not describe."""
    said = mention.strip()
    if kinds := PRONOUNS.get(said.lower()):
        return Description(kinds)
    if match := DEFINITE.fullmatch(said):
        before = [word.lower() for word in match[1].split()]
        kinds = HEADS.get(match[2].lower(), frozenset())
        if kinds and all(word in BEFORE or word.endswith(("-based", "-backed")) for word in before):
            people = next((word for word in reversed(before) if word in PEOPLES), None)
            return Description(kinds, people)
    if match := MAKER.fullmatch(said):
        return Description(made_by=match[1])
    return None
