"""How far two readers of the same passages agree: what a model can at most be measured at.

    python -m extract.training.agreement

data/second.jsonl holds a second reading of passages of the test part, made without a look at
the first: `{"id", "ai_race", "claims"}` a line, offsets into the passage. It is scored as if it
were a model's, against the first. The news is left out where COUNTERCLAIM_NEWS names no file.
"""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

from extract.claims import Claim
from extract.errors import DataError
from extract.training.corpus import DATA, Sample, all_samples, news_file, read_rows
from extract.training.passages import passage_from_json
from extract.training.scoring import FIELDS, ClaimScore, score_claims


def second_readings(samples: Mapping[str, Sample], folder: Path = DATA) -> dict[str, list[Claim]]:
    """The claims of the second reader by passage; raises DataError with the line of a bad row."""
    path = folder / "second.jsonl"
    found: dict[str, list[Claim]] = {}
    for number, row in enumerate(read_rows(path), 1):
        if row["id"] not in samples:
            continue  # of the news, whose text is not here
        first = samples[row["id"]].passage
        try:
            read = passage_from_json(
                {"id": first.id, "title": first.title, "published": first.published,
                 "text": first.text, "claims": row["claims"]}
            )  # fmt: skip
        except ValueError as error:
            raise DataError(path, number, str(error)) from error
        found[first.id] = list(read.claims)
    return found


def agreement(samples: Sequence[Sample]) -> dict[str, ClaimScore]:
    """The second reading's score by origin ("own", "news")."""
    by_id = {sample.passage.id: sample for sample in samples}
    second = second_readings(by_id)
    scores = {}
    for origin in ("own", "news"):
        mine = [by_id[name] for name in second if by_id[name].origin == origin]
        if mine:
            scores[origin] = score_claims(mine, [second[one.passage.id] for one in mine])
    return scores


def main() -> int:
    """The command; exit status 0."""
    news = news_file()
    samples = all_samples(news)
    for origin, score in agreement(samples).items():
        fields = ", ".join(f"{field} {score.share(field):.3f}" for field in FIELDS)
        print(
            f"{origin}: {score.wanted} claims of the first reader, {score.found} of the second, "
            f"{score.right} the same: F1 {score.f1:.3f}\n  of {score.matched} matched: {fields}"
        )
    return 0


if __name__ == "__main__":
    sys.exit(main())
