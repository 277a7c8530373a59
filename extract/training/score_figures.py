"""Scores the grammar of figures against annotated passages and cases of quantities.

    python -m extract.training.score_figures PASSAGES ARTICLES [--part develop|report|all]
                                             [--cases FOLDER] [--misses]

PASSAGES are annotations with offsets into ARTICLES (both JSON lines, joined by `url`);
"develop" is the first two thirds, "report" the rest, which nobody looks into. FOLDER holds
English cases of Microsoft Recognizers-Text, compared by quote and value.

Recall counts annotated quotes found with the same offsets; agreement is over those.
Precision is not defined: an annotated passage leaves out every figure that is no claim.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from pathlib import Path
from typing import Any

from extract.figures import Figure, find_figures
from extract.training.corpus import read_rows

CASES = ("Number_English_NumberModel", "NumberWithUnit_English_CurrencyModel",
         "NumberWithUnit_English_DimensionModel", "Number_English_PercentModel")  # fmt: skip


def main(arguments: list[str]) -> int:
    """Prints the scores; the exit status is 0."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("passages", type=Path)
    parser.add_argument("articles", type=Path)
    parser.add_argument("--part", choices=("develop", "report", "all"), default="develop")
    parser.add_argument("--cases", type=Path)
    parser.add_argument("--misses", action="store_true", help="print what disagrees")
    options = parser.parse_args(arguments)
    texts = {row["url"]: row["text"] for row in read_rows(options.articles)}
    passages = list(read_rows(options.passages))
    cut = len(passages) * 2 // 3
    chosen = {"develop": passages[:cut], "report": passages[cut:], "all": passages}[options.part]
    tally: Counter[str] = Counter()
    for passage in chosen:
        score_passage(passage, texts[passage["url"]], tally, options.misses)
    _print(options.part, tally)
    if options.cases:
        for name in CASES:
            wanted, hit = score_cases(options.cases / f"{name}.json", options.misses)
            print(f"{name}: {hit} of {wanted} found with their value")
    return 0


def score_passage(
    passage: dict[str, Any], text: str, tally: Counter[str], misses: bool = False
) -> None:
    """Adds to the tally: claims, touched, found, and of those found the fields that agree."""
    found = {(f.start, f.end): f for f in find_figures(text)}
    for claim in passage["claims"]:
        tally["claims"] += 1
        figure = found.get((claim["start"], claim["end"]))
        touching = any(start < claim["end"] and claim["start"] < end for start, end in found)
        tally["touched"] += touching
        if figure is None:
            if misses:
                near = [
                    f.quote
                    for f in found.values()
                    if f.start < claim["end"] + 9 and claim["start"] < f.end + 9
                ]
                print(f"missed {claim['quote']!r} near {near}: {_around(text, claim)}")
            continue
        tally["found"] += 1
        wrong = [key for key, same in _agreement(claim, figure).items() if not same]
        tally.update(dict.fromkeys(("value", "bounds", "qualifier", "unit"), 1))
        tally.subtract(dict.fromkeys(wrong, 1))
        if misses and wrong:
            got = (figure.value, figure.low, figure.high, figure.unit, figure.qualifier)
            wanted = tuple(claim[k] for k in ("value", "low", "high", "unit", "qualifier"))
            print(f"{','.join(wrong)}: got {got}, wanted {wanted}: {_around(text, claim)}")


def _agreement(claim: dict[str, Any], figure: Figure) -> dict[str, bool]:
    """Field by field; a loss annotated as negative is compared by what is written."""
    sign = -1 if claim["value"] < 0 and figure.value > 0 else 1
    low, high = (claim["low"], claim["high"])
    if sign < 0:
        low, high = (None if b is None else -b for b in (high, low))
    bounds = _near(low, figure.low) and _near(high, figure.high)
    # "more than $37 billion in losses" is at_most of the signed number, at_least as written
    turned = {"at_least": "at_most", "at_most": "at_least"}
    qualifier = (
        claim["qualifier"] if sign > 0 else turned.get(claim["qualifier"], claim["qualifier"])
    )
    return {
        "value": _near(sign * claim["value"], figure.value),
        "bounds": bounds,
        "qualifier": qualifier == figure.qualifier,
        "unit": claim["unit"] == figure.unit,
    }


def _near(a: float | None, b: float | None) -> bool:
    if a is None or b is None:
        return a is b
    return abs(a - b) <= 1e-9 * max(abs(a), abs(b))


def _around(text: str, claim: dict[str, Any]) -> str:
    return repr(text[max(0, claim["start"] - 45) : claim["end"] + 35])


def _print(part: str, tally: Counter[str]) -> None:
    claims, found = tally["claims"], tally["found"]
    print(
        f"{part}: {claims} claims, {found / claims:.1%} found with exact offsets, "
        f"{tally['touched'] / claims:.1%} touched"
    )
    for key in ("value", "bounds", "qualifier", "unit"):
        print(f"  {key}: {tally[key] / found:.1%} of those found agree")


def score_cases(path: Path, misses: bool = False) -> tuple[int, int]:
    """How many quotes one file of cases expects, and how many are found with their value.

    The cases write shares as fractions (0.5) and cents as 50; a number counts as agreeing
    where it differs from ours by such a factor of a hundred. Units are named otherwise there.
    """
    wanted = hit = 0
    for case in json.loads(path.read_text(encoding="utf-8-sig")):
        figures = find_figures(case["Input"])
        for result in case["Results"]:
            value = (result.get("Resolution") or {}).get("value")
            if value in (None, "null"):
                continue
            wanted += 1
            number = float(str(value).rstrip("%"))
            good = any(
                result["Text"].lower() in f.quote.lower()
                or f.quote.lower() in result["Text"].lower()
                for f in figures
                if any(
                    abs(number * k - f.value) <= 2e-3 * abs(f.value) + 1e-12
                    for k in (1.0, 100.0, 0.01)
                )
            )
            hit += good
            if misses and not good:
                got = [(f.quote, f.value) for f in figures]
                print(f"case {case['Input']!r}: {result['Text']!r} = {value}, got {got}")
    return wanted, hit


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
