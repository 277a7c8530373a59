"""Words that mean an entity without naming it alone: "the Chinese startup", "the ChatGPT maker",
"Meta's Llama 3.1 405B model", "OpenAI CEO Sam Altman".
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from extract.entities.keys import QUOTES, trim, without_legal

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

# What may stand before or behind a name without changing what is named.
BEFORE = frozenset(
    """ai american chinese french german british japanese south korean taiwanese indian dutch israeli
    canadian european us u.s. uk startup start-up company firm lab maker chipmaker giant rival group
    developer chatbot model chip analyst ceo cfo cto coo founder co-founder cofounder chief executive
    president chairman professor senator secretary minister mr mr. ms ms. mrs mrs. dr dr. tech cloud
    research software hardware memory social media search defense e-commerce its their new own latest
    flagship reasoning open open-weight open-source large language frontier outlet newspaper agency
    benchmark market intelligence""".split()
)
BEHIND = frozenset(
    """model models chip chips gpu gpus accelerator accelerators processor processors system systems
    chatbot app assistant llm supercomputer cluster project platform startup company family series
    server servers benchmark test exam ai""".split()
)
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
    for words in _readings(mention):
        if words and words not in seen:
            seen.add(words)
            yield words


def _readings(mention: str) -> Iterator[str]:
    yield mention.strip()
    yield mention.strip(QUOTES)
    bare = trim(mention)
    yield bare
    yield without_legal(bare)
    plain = INNER_POSSESSIVE.sub("", bare)
    yield plain
    words = plain.split()
    while len(words) > 1 and words[-1].lower() in BEHIND:
        words = words[:-1]
        yield " ".join(words)
    while len(words) > 1 and (words[0].lower() in BEFORE or words[0].lower().endswith("-based")):
        words = words[1:]
        yield " ".join(words)
    # "OpenAI CEO Sam Altman": a role parts an affiliation from a name.
    for position in range(len(words) - 2, 0, -1):
        if words[position].lower() in (
            "ceo",
            "cfo",
            "cto",
            "coo",
            "founder",
            "analyst",
            "president",
        ):
            yield " ".join(words[position + 1 :])
            break


def description(mention: str) -> Description | None:
    """What a mention describes; None where it does not describe."""
    words = mention.strip()
    if kinds := PRONOUNS.get(words.lower()):
        return Description(kinds)
    if match := DEFINITE.fullmatch(words):
        before = [word.lower() for word in match[1].split()]
        kinds = HEADS.get(match[2].lower(), frozenset())
        if kinds and all(word in BEFORE or word.endswith(("-based", "-backed")) for word in before):
            people = next((word for word in reversed(before) if word in PEOPLES), None)
            return Description(kinds, people)
    if match := MAKER.fullmatch(words):
        return Description(made_by=match[1])
    return None
