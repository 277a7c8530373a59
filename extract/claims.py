"""A numeric claim: the value that the whole house hands round."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

from extract.metrics import metrics

QUALIFIERS = ("exact", "approximate", "at_least", "at_most", "range")
STATUSES = ("reported", "estimated", "planned", "denied")


@dataclass(frozen=True, slots=True)
class Claim:
    """A figure stated about somebody or something in the AI race.

    `value`, `low` and `high` are in the metric's canonical unit; `low` is None where the
    words leave the interval open downwards, `high` where upwards. `start` and `end` are
    character offsets into the article's text: `text[start:end] == quote`.
    `confidence` is the calibrated probability that metric, value and subject are right.
    """

    subject: str | None
    metric: str
    value: float
    low: float | None
    high: float | None
    unit: str | None
    qualifier: str = "exact"
    status: str = "reported"
    claimant: str | None = None
    scope: Mapping[str, str] = field(default_factory=dict)
    as_of: str | None = None
    quote: str = ""
    start: int = 0
    end: int = 0
    sentence: str = ""
    confidence: float = 1.0

    def to_json(self) -> dict[str, Any]:
        """The claim as the contract writes it."""
        return asdict(self)


def claim_from_json(data: object) -> Claim:
    """A claim from the contract's JSON; raises ValueError that says what is wrong with it.

    Fields that comparison can do without (claimant, quote, offsets, …) may be missing;
    `low` and `high` then follow from `value` and `qualifier`.
    """
    if not isinstance(data, Mapping):
        raise ValueError("a claim is a JSON object")
    metric = data.get("metric")
    if not isinstance(metric, str) or metric not in metrics():
        raise ValueError(f"no such metric: {metric!r}")
    value = _number(data, "value")
    if value is None:
        raise ValueError("value is missing")
    qualifier = data.get("qualifier") or "exact"
    if qualifier not in QUALIFIERS:
        raise ValueError(f"no such qualifier: {qualifier!r}; one of {', '.join(QUALIFIERS)}")
    status = data.get("status") or "reported"
    if status not in STATUSES:
        raise ValueError(f"no such status: {status!r}; one of {', '.join(STATUSES)}")
    low, high = _number(data, "low"), _number(data, "high")
    if low is None and high is None:
        low = None if qualifier == "at_most" else value
        high = None if qualifier == "at_least" else value
    if low is not None and high is not None and low > high:
        raise ValueError(f"low {low:g} is above high {high:g}")
    scope = data.get("scope") or {}
    if not isinstance(scope, Mapping):
        raise ValueError("scope is a JSON object")
    confidence = _number(data, "confidence")
    return Claim(
        subject=_text(data, "subject"),
        metric=metric,
        value=value,
        low=low,
        high=high,
        unit=_text(data, "unit"),
        qualifier=qualifier,
        status=status,
        claimant=_text(data, "claimant"),
        scope={str(key): str(word) for key, word in scope.items() if word is not None},
        as_of=_text(data, "as_of"),
        quote=_text(data, "quote") or "",
        start=int(_number(data, "start") or 0),
        end=int(_number(data, "end") or 0),
        sentence=_text(data, "sentence") or "",
        confidence=1.0 if confidence is None else confidence,
    )


def _number(data: Mapping[str, Any], key: str) -> float | None:
    value = data.get(key)
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        raise ValueError(f"{key} must be a number, not {value!r}")
    try:
        number = float(value)
    except OverflowError:
        number = math.inf
    if not math.isfinite(number):
        raise ValueError(f"{key} is not finite")
    return number


def _text(data: Mapping[str, Any], key: str) -> str | None:
    value = data.get(key)
    if value is None or isinstance(value, str):
        return value
    raise ValueError(f"{key} must be text, not {value!r}")
