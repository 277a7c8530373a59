"""Measure a claims model on stories that it has not seen.

    python -m extract.training.evaluate [--model DIR] [--part test] [--slips 15]

Prints, for the project's own passages and for the news (where COUNTERCLAIM_NEWS names its
text): strict F1 of claims, the fields that are right, the class of stories, calibration,
speed. The dev part is what thresholds were fitted on; the test part is only reported.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Iterable
from pathlib import Path

from extract.articles import Article
from extract.model import Model
from extract.reading import Reader
from extract.training.corpus import (
    NEWS_VARIABLE,
    Labelled,
    Sample,
    all_samples,
    news_file,
    stories,
)
from extract.training.scoring import (
    FIELDS,
    ClaimScore,
    StoryScore,
    article,
    score_claims,
    score_stories,
)


def evaluate_claims(reader: Reader, samples: Iterable[Sample]) -> ClaimScore:
    """The reader's claims on passages, each read alone."""
    samples = list(samples)
    return score_claims(samples, reader.read([article(sample) for sample in samples]))


def evaluate_stories(reader: Reader, labelled: Iterable[Labelled]) -> StoryScore:
    """The reader's classes of stories."""
    labelled = list(labelled)
    found = reader.classify([Article(one.id, one.title, one.text) for one in labelled])
    return score_stories(labelled, found)


def report(name: str, claims: ClaimScore, classes: StoryScore) -> str:
    """Both scores as lines of text."""
    fields = ", ".join(f"{field} {claims.share(field):.3f}" for field in FIELDS)
    return (
        f"{name}: {claims.wanted} claims, {claims.found} found, {claims.right} right\n"
        f"  strict F1 {claims.f1:.3f} (precision {claims.precision:.3f}, "
        f"recall {claims.recall:.3f}); calibration error {claims.calibration_error():.3f}\n"
        f"  of {claims.matched} matched: {fields}\n"
        f"  {classes.stories} stories: AI race F1 {classes.f1:.3f}, "
        f"topic {classes.topics_right}/{classes.topics}"
    )


def main(arguments: list[str] | None = None) -> int:
    """The command; exit status 0."""
    parser = argparse.ArgumentParser(prog="python -m extract.training.evaluate")
    parser.add_argument("--model", type=Path, help="a model's folder; the bundled one by default")
    parser.add_argument("--part", choices=("dev", "test"), default="test")
    parser.add_argument("--slips", type=int, default=15, help="kinds of mistakes to print")
    options = parser.parse_args(arguments)
    reader = Reader(Model(options.model))
    print(f"{reader.model.name}, part {options.part}")
    news = news_file()
    if news is None:
        print(f"no news: {NEWS_VARIABLE} names no file, so only our own passages are read")
    samples = all_samples(news)
    labelled = stories(news=news)
    for origin in ("own", "news") if news else ("own",):
        mine = [one for one in samples if one.origin == origin and one.part == options.part]
        classes = [one for one in labelled if one.origin == origin and one.part == options.part]
        began = time.perf_counter()
        claims = evaluate_claims(reader, mine)
        took = time.perf_counter() - began
        print(report(origin, claims, evaluate_stories(reader, classes)))
        print(f"  {len(mine)} passages in {took:.1f} s")
        for slip, count in claims.slips.most_common(options.slips):
            print(f"    {count:4d}  {slip}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
