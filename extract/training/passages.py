"""Annotated passages: read, validated with line numbers, and completed from drafts.

A passage is one JSON object a line:

    {"id": "own-0001", "title": "…", "published": "2025-09-19", "text": "…", "claims": [
      {"metric": "training_hardware", "subject": "DeepSeek-R1", "value": 512, "low": 512,
       "high": 512, "unit": "accelerator", "qualifier": "exact", "status": "reported",
       "claimant": "DeepSeek", "scope": {"chip": "Nvidia H800"}, "as_of": null,
       "quote": "512", "start": 61, "end": 64}]}

A draft may leave out whatever follows from the rest: `start` and `end` (from `quote`, and
`nth` where the quote stands more than once), `low` and `high` (from `value` and
`qualifier`; a range needs them), `unit` (from the metric, where it is not money or any),
`qualifier` exact, `status` reported, and empty `claimant`, `scope` and `as_of`.

    python -m extract.training.passages check FILE…      says what is wrong, with line numbers
    python -m extract.training.passages complete FILE    prints drafts as whole passages
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import Any

from extract.claims import Claim, claim_from_json
from extract.errors import DataError
from extract.metrics import metrics

FIELDS = (
    "metric subject value low high unit qualifier status claimant scope as_of quote start end"
).split()


@dataclass(frozen=True, slots=True)
class Passage:
    """One annotated passage; the claims' offsets are into `text`."""

    id: str
    title: str
    published: str
    text: str
    claims: tuple[Claim, ...]


def read_passages(path: Path) -> Iterator[Passage]:
    """The passages of a file; raises DataError at the first bad line."""
    seen: set[str] = set()
    with path.open(encoding="utf-8") as lines:
        for number, line in enumerate(lines, 1):
            if not line.strip():
                continue
            try:
                passage = passage_from_json(json.loads(line))
                if passage.id in seen:
                    raise ValueError(f"id {passage.id} stands twice")
            except (ValueError, KeyError, TypeError) as error:
                raise DataError(path, number, _reason(error)) from error
            seen.add(passage.id)
            yield passage


def passage_from_json(data: Mapping[str, Any]) -> Passage:
    """A passage from its JSON; raises ValueError that says what is wrong."""
    for key in ("id", "title", "published", "text", "claims"):
        if key not in data:
            raise ValueError(f"{key} is missing")
    date.fromisoformat(data["published"][:10])
    claims = tuple(_claim(data["text"], entry) for entry in data["claims"])
    spans = sorted((claim.start, claim.end) for claim in claims)
    for (_, end), (start, _) in pairwise(spans):
        if start < end:
            raise ValueError(f"two claims overlap at {start}")
    return Passage(data["id"], data["title"], data["published"], data["text"], claims)


def complete(draft: Mapping[str, Any]) -> dict[str, Any]:
    """A whole passage from a draft; raises ValueError that says what is wrong."""
    text = draft["text"]
    whole = {
        **{key: draft[key] for key in ("id", "title", "published", "text")},
        "claims": [_complete_claim(text, entry) for entry in draft["claims"]],
    }
    passage_from_json(whole)
    return whole


def _complete_claim(text: str, entry: Mapping[str, Any]) -> dict[str, Any]:
    if unknown := set(entry) - set(FIELDS) - {"nth"}:
        raise ValueError(f"unknown keys in a claim: {', '.join(sorted(unknown))}")
    quote = entry["quote"]
    metric = entry["metric"]
    if metric not in metrics():
        raise ValueError(f"no such metric: {metric!r}")
    start = entry.get("start")
    if start is None:
        count = text.count(quote)
        if count > 1 and "nth" not in entry:
            raise ValueError(f"{quote!r} stands {count} times: give nth")
        start = -1
        for _ in range(entry.get("nth", 1)):
            start = text.find(quote, start + 1)
        if start < 0:
            raise ValueError(f"{quote!r} does not stand in the text")
    qualifier = entry.get("qualifier", "exact")
    value = entry["value"]
    if qualifier == "range" and not ("low" in entry and "high" in entry):
        raise ValueError(f"{quote!r} is a range: give low and high")
    unit = entry.get("unit")
    if unit is None and metrics()[metric].unit not in ("money", "any"):
        unit = metrics()[metric].unit
    if unit is None and metrics()[metric].unit == "money":
        raise ValueError(f"{quote!r} is money: give its currency as unit")
    return {
        "metric": metric,
        "subject": entry["subject"],
        "value": value,
        "low": entry.get("low", None if qualifier == "at_most" else value),
        "high": entry.get("high", None if qualifier == "at_least" else value),
        "unit": unit,
        "qualifier": qualifier,
        "status": entry.get("status", "reported"),
        "claimant": entry.get("claimant"),
        "scope": entry.get("scope", {}),
        "as_of": entry.get("as_of"),
        "quote": quote,
        "start": start,
        "end": start + len(quote),
    }


def _claim(text: str, entry: Mapping[str, Any]) -> Claim:
    if missing := [key for key in FIELDS if key not in entry]:
        raise ValueError(f"a claim lacks {', '.join(missing)}")
    claim = claim_from_json(entry)
    if text[claim.start : claim.end] != claim.quote or not claim.quote:
        found = text[claim.start : claim.end]
        raise ValueError(f"text[{claim.start}:{claim.end}] is {found!r}, not {claim.quote!r}")
    open_low, open_high = claim.low is None, claim.high is None
    wanted = {"at_least": (False, True), "at_most": (True, False)}.get(
        claim.qualifier, (False, False)
    )
    if (open_low, open_high) != wanted:
        raise ValueError(f"{claim.quote!r}: low and high do not fit {claim.qualifier}")
    low = claim.value if claim.low is None else claim.low
    high = claim.value if claim.high is None else claim.high
    if not low <= claim.value <= high:
        raise ValueError(f"{claim.quote!r}: value {claim.value:g} is outside {low:g} to {high:g}")
    if claim.qualifier in ("exact", "approximate") and low != high:
        raise ValueError(f"{claim.quote!r} is {claim.qualifier}, so low and high are its value")
    canonical = metrics()[claim.metric].unit
    if canonical == "money" and not (claim.unit and len(claim.unit) == 3 and claim.unit.isupper()):
        raise ValueError(
            f"{claim.quote!r}: the unit of {claim.metric} is a currency, not {claim.unit!r}"
        )
    if canonical not in ("money", "any") and claim.unit != canonical:
        raise ValueError(
            f"{claim.quote!r}: the unit of {claim.metric} is {canonical}, not {claim.unit!r}"
        )
    return claim


def _reason(error: Exception) -> str:
    return f"{error.args[0]} is missing" if isinstance(error, KeyError) else str(error)


def main(arguments: list[str]) -> int:
    """`check FILE…` or `complete FILE`; exit status 1 where a line is wrong."""
    if len(arguments) < 2 or arguments[0] not in ("check", "complete"):
        print(__doc__, file=sys.stderr)
        return 2
    failed = False
    for name in arguments[1:]:
        for number, line in enumerate(Path(name).read_text(encoding="utf-8").splitlines(), 1):
            if not line.strip():
                continue
            try:
                data = json.loads(line)
                if arguments[0] == "check":
                    passage_from_json(data)
                else:
                    print(json.dumps(complete(data), ensure_ascii=False))
            except (ValueError, KeyError, TypeError) as error:
                failed = True
                print(f"{name}:{number}: {_reason(error)}", file=sys.stderr)
    return int(failed)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
