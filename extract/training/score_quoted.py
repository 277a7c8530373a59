"""Recall of figures that Epoch AI's people read out of sentences of reports and papers.

    python -m extract.training.score_quoted QUOTED.jsonl [--model DIR]

Each line has `quote`, a sentence or more, with the `value` taken from it, what it is of
(`subject`), and the column of Epoch's tables that it fills (`metric`). A sentence may hold more
figures than that, so this measures recall: whether the value is among the figures found, and
whether it is read as a claim of the right metric. Never learned from.
"""

from __future__ import annotations

import argparse
import math
import sys
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from extract.articles import Article
from extract.figures import find_figures
from extract.model import Model
from extract.reading import Reader
from extract.training.corpus import read_rows

# Epoch's columns, what each may be read as, and how much of our unit its own is.
COLUMNS: dict[str, tuple[frozenset[str], float]] = {
    "Total number of AI chips": (frozenset({"accelerator_fleet", "training_hardware"}), 1),
    "Chip quantity (primary)": (frozenset({"accelerator_fleet", "training_hardware"}), 1),
    "Hardware quantity": (frozenset({"training_hardware"}), 1),
    "Training dataset size (datapoints)": (frozenset({"training_tokens"}), 1),
    "Training dataset size (total)": (frozenset({"training_tokens"}), 1),
    "Parameters": (frozenset({"parameters"}), 1),
    "Training time (hours)": (frozenset({"training_time"}), 1),
    "Funding (equity)": (frozenset({"funding_round", "investment"}), 1),
    "Valuation (post-money)": (frozenset({"valuation"}), 1),
    "Staff count": (frozenset({"headcount"}), 1),
    "Revenue amount (normalize to annual)": (frozenset({"revenue"}), 1),
    "Reported Cost": (frozenset({"investment", "deal_value"}), 1),
    "Reported Power Capacity (MW)": (frozenset({"datacenter_power"}), 1e6),
    "Active users": (frozenset({"users"}), 1),
    "Amount": (frozenset({"investment", "training_cost"}), 1),
}
# Epoch's people round, and convert: 1.5 per cent lets "nearly 31 million" be 30.84 million.
TOLERANCE = 0.015


def score(rows: Iterable[dict[str, Any]], reader: Reader) -> dict[str, list[tuple[bool, bool]]]:
    """By column, for each row: whether the grammar finds the value, and the reader the claim."""
    rows = [row for row in rows if row["metric"] in COLUMNS]
    articles = [
        Article(str(number), row["subject"].replace(" | ", ", "), row["quote"], row.get("date"))
        for number, row in enumerate(rows)
    ]
    found: dict[str, list[tuple[bool, bool]]] = defaultdict(list)
    for row, article, claims in zip(rows, articles, reader.read(articles), strict=True):
        metrics, factor = COLUMNS[row["metric"]]
        value = row["value"] * factor
        figures = any(
            math.isclose(abs(number), value, rel_tol=TOLERANCE)
            for figure in find_figures(article.text)
            for number in (figure.value, figure.value * 24)  # Epoch keeps days as hours
        )
        claimed = any(
            claim.metric in metrics and math.isclose(abs(claim.value), value, rel_tol=TOLERANCE)
            for claim in claims
        )
        found[row["metric"]].append((figures, claimed))
    return found


def main(arguments: list[str] | None = None) -> int:
    """The command; exit status 0."""
    parser = argparse.ArgumentParser(prog="python -m extract.training.score_quoted")
    parser.add_argument("quoted", type=Path)
    parser.add_argument("--model", type=Path, help="a model's folder; the bundled one by default")
    options = parser.parse_args(arguments)
    found = score(read_rows(options.quoted), Reader(Model(options.model)))
    found["all"] = [pair for pairs in list(found.values()) for pair in pairs]
    for column, pairs in found.items():
        figures, claims = (sum(pair[side] for pair in pairs) for side in (0, 1))
        print(f"{column:<38} {len(pairs):4d} values, {figures:4d} found, {claims:4d} claimed")
    return 0


if __name__ == "__main__":
    sys.exit(main())
