"""How a figure lies in a row: the columns that claims and records share."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from extract.claims import Claim

FIGURE = (
    "subject", "metric", "value", "low", "high", "unit", "qualifier", "status", "claimant",
    "scope", "as_of",
)  # fmt: skip


def figure_row(claim: Claim) -> list[Any]:
    """The columns of FIGURE, in order; scope as JSON with sorted keys."""
    return [
        claim.subject, claim.metric, claim.value, claim.low, claim.high, claim.unit,
        claim.qualifier, claim.status, claim.claimant, scope_text(claim.scope), claim.as_of,
    ]  # fmt: skip


def said(claim: Claim) -> tuple[Any, ...]:
    """What a reading says of a figure, whoever said it and when: two that say the same are one."""
    return (
        claim.subject, claim.metric, claim.value, claim.low, claim.high, claim.unit,
        claim.qualifier, claim.status, scope_text(claim.scope),
    )  # fmt: skip


def scope_text(scope: Mapping[str, str]) -> str:
    """A scope as JSON; the same scope always gives the same text."""
    return json.dumps(dict(sorted(scope.items())), ensure_ascii=False)


def claim_of(row: Sequence[Any], **more: Any) -> Claim:
    """A claim from the columns of FIGURE."""
    fields = dict(zip(FIGURE, row, strict=True))
    fields["scope"] = json.loads(fields["scope"])
    return Claim(**fields, **more)
