"""Figures that were read wrong, as annotated passages that the model can learn from.

A lesson is the paragraph that holds the figure with all claims that stand in it, the wrong one
mended as the editor said, or left out. What was not mended is the model's own reading, so a
lesson wants a person's eye before it is learned (docs/model.md tells how).
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator
from typing import Any

import duckdb

from warehouse.rows import FIGURE, dictionaries
from warehouse.store import query

LONGEST = 900
"""Characters of a paragraph; of a longer one the sentence alone is taken."""


def lessons(connection: duckdb.DuckDBPyConnection) -> Iterator[dict[str, Any]]:
    """Passages as `extract.training.passages` reads them, one a paragraph read wrong."""
    passages: dict[tuple[str, int, int], list[dict[str, Any]]] = defaultdict(list)
    for row in dictionaries(connection.execute(query("misread"))):
        start, end = _passage(row["text"], row["sentence"], row["start"], row["end"])
        passages[row["article_id"], start, end].append(row)
    for (article_id, start, end), wrong in passages.items():
        text, ids = wrong[0]["text"], [row["claim_id"] for row in wrong]
        beside = dictionaries(
            connection.execute(query("claims_between"), [article_id, start, end, ids])
        )
        # Where the article was changed since, some stand elsewhere now.
        claims = [
            _claim(one, start) for one in beside if text[one["start"] : one["end"]] == one["quote"]
        ]
        claims += [mended for row in wrong if (mended := _mended(row, start))]
        yield {
            "id": f"lesson-{wrong[0]['contradiction_id']}",
            "title": wrong[0]["title"] or "",
            "published": wrong[0]["published"],
            "text": text[start:end],
            "claims": sorted(claims, key=lambda claim: int(claim["start"])),
        }


def _passage(text: str, sentence: str, start: int, end: int) -> tuple[int, int]:
    """Where the passage of a figure stands: its paragraph, or its sentence in a long one."""
    first = text.rfind("\n", 0, start) + 1
    last = text.find("\n", end)
    last = len(text) if last < 0 else last
    if last - first <= LONGEST:
        return first, last
    at = text.rfind(sentence, 0, end)
    return (at, at + len(sentence)) if at >= 0 else (first, last)


def _mended(row: dict[str, Any], shift: int) -> dict[str, Any] | None:
    """The figure as the editor says; None where it is no claim, or is not said."""
    if row["right_metric"] == "none" or not (row["right_metric"] or row["right_subject"]):
        return None
    fields = {name: row[name] for name in (*FIGURE, "quote", "start", "end")}
    fields["metric"] = row["right_metric"] or row["metric"]
    fields["subject"] = row["right_subject"] or row["subject"]
    return _claim(fields, shift)


def _claim(fields: dict[str, Any], shift: int) -> dict[str, Any]:
    return {
        **fields,
        "scope": json.loads(fields["scope"]),
        "start": fields["start"] - shift,
        "end": fields["end"] - shift,
    }
