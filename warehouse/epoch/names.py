"""Epoch's names in the house's own words; what the catalogue of entities lacks stays as written."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

from extract.entities import registry

ORGANISATIONS = frozenset(("company", "lab", "agency"))
# "Seed 1.6 Thinking" and "Sora" are no models to the catalogue, but certainly no companies.
MODELS = frozenset(("model", "family", "product", "chip"))
CHIPS = frozenset(("chip", "product"))

BRACKET = re.compile(r"\s*\(([^()]*)\)$")
VERSION = re.compile(r"(?:[A-Z][a-z]{2,8}\.? )?\d{4}|preview")
# Brands, which the catalogue leaves out, and what a chip is called beside its number.
BRAND = re.compile(
    r"\b(?:GeForce|Radeon|Instinct|Tesla|Habana|HGX|GPUs?|Trillium|Ironwood)\b|\([^()]*\)"
)
# How a chip is built in, and how much memory it has: one chip at several prices.
BUILD = re.compile(r"\b(?:SXM\d?|PC[Il]e|DGXS|OAM|NVL|\d+ ?GB?)\b")
# "ABCI 3.0" and "ABCI-Q" are not ABCI.
OTHER_SITE = re.compile(r"-\w| ?\d")


def model(name: str, makers: Sequence[str]) -> tuple[str, str | None, str | None]:
    """A model's canonical name, the variant of it that is meant, and its version.

    "GPT-4 (Mar 2023)" is GPT-4 in a version, "CLIP (ResNet-50)" is a variant of CLIP.
    """
    if whole := _known(name, MODELS, makers):
        return whole, None, None
    bracket = BRACKET.search(name)
    family = _known(name[: bracket.start()], MODELS, makers) if bracket else None
    if bracket is None or family is None:
        return name, None, None
    if VERSION.fullmatch(bracket[1]):
        return family, None, bracket[1]
    return family, name, None


def chip(name: str, maker: str = "") -> tuple[str, str | None]:
    """A chip's canonical name, and the build of it that is meant where the name says."""
    bare = _without(BRAND, name)
    built = BUILD.search(bare) is not None
    for written in (name, bare, _without(BUILD, bare)):
        if known := _known(written, CHIPS, [maker]):
            return known, name if built else None
    return name, None


def site(name: str) -> str:
    """The site that a cluster stands on, where its name holds one; otherwise the name."""
    name = name.strip('" ')
    sites = [mention for mention in registry().find(name) if mention.kind == "site"]
    if len(sites) == 1 and not OTHER_SITE.match(name, sites[0].end):
        return sites[0].name or name
    return name


def organisation(name: str, company: str) -> str | None:
    """The company or lab that a name means, in a story of the company; None where none does."""
    return _known(name, ORGANISATIONS, [company])


def subject(name: str, company: str) -> str:
    """Whatever a name means in a story of a company; otherwise the name."""
    found = registry().resolve(name, [company])
    return found if registry().get(found) else name


def _without(words: re.Pattern[str], name: str) -> str:
    return " ".join(words.sub(" ", name).split())


def _known(name: str, kinds: Collection[str], context: Sequence[str]) -> str | None:
    found = registry().resolve(name, context)
    entity = registry().get(found)
    return found if entity and entity.kind in kinds else None
