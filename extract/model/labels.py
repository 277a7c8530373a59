"""What the heads of the claims model tell apart, in the order of their outputs.

A model's config.json carries these lists as they were when it was trained; one whose lists
are not today's is refused (`extract.model.Model`), because its outputs would be misread.
"""

from __future__ import annotations

from extract.articles import TOPICS
from extract.claims import QUALIFIERS, STATUSES
from extract.metrics import DIMENSIONS, metrics

METRICS = tuple(metrics())
NONE = len(METRICS)
"""The class after the metrics: the figure is no claim."""

SIZES = tuple(sorted(DIMENSIONS))
"""What a figure measures; an input of the model beside the text."""

SCOPE = (
    "period", "stage", "benchmark", "place", "chip", "product", "round", "type", "term", "in",
    "with", "against", "what",
)  # fmt: skip
ROLES = ("subject", "claimant", *SCOPE)
"""What the pointers look for in the text, a start and an end each."""

# Where a token stands, and what the catalogue of entities says of it: two more inputs.
SPECIAL, TITLE, BEFORE, SENTENCE = range(4)
# "name" is a proper name that the catalogue does not know.
KINDS = (
    "", "name", "model", "family", "company", "lab", "chip", "site", "project", "product", "person",
    "country", "agency", "outlet", "benchmark", "index",
)  # fmt: skip


def labels() -> dict[str, list[str]]:
    """All lists, as config.json keeps them."""
    return {
        "metrics": list(METRICS),
        "dimensions": list(SIZES),
        "roles": list(ROLES),
        "kinds": list(KINDS),
        "qualifiers": list(QUALIFIERS),
        "statuses": list(STATUSES),
        "topics": list(TOPICS),
    }
