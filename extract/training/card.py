"""The model's card, CARD.md, written from what is measured now on the test part.

    python -m extract.training.card DIR [--whole DIR]

Writes CARD.md and reliability.svg into a model's folder anew; how it was trained is kept from
the card that is there. `--whole` names the same model in 32-bit floats. The news is measured
where COUNTERCLAIM_NEWS names its text, Epoch AI's quoted values where COUNTERCLAIM_QUOTED
names their file, Microsoft's cases of quantities where COUNTERCLAIM_CASES names their folder.
"""

from __future__ import annotations

import argparse
import os
import re
import sys
from collections.abc import Sequence
from pathlib import Path

from extract.articles import Article
from extract.errors import DataError
from extract.model import Model
from extract.reading import Reader
from extract.training import card_tables as tables
from extract.training import score_quoted
from extract.training.agreement import agreement, second_readings
from extract.training.baselines import baselines
from extract.training.card_template import CARD, CASES, QUOTED, READERS
from extract.training.corpus import (
    NEWS_VARIABLE,
    Labelled,
    Sample,
    all_samples,
    fingerprint,
    news_file,
    read_rows,
    stories,
)
from extract.training.reliability import plot, reliability
from extract.training.scoring import Answers, article

QUOTED_VARIABLE = "COUNTERCLAIM_QUOTED"
CASES_VARIABLE = "COUNTERCLAIM_CASES"


def write_card(
    folder: Path,
    samples: Sequence[Sample],
    labelled: Sequence[Labelled],
    how: str,
    data: str,
    whole: Path | None = None,
) -> None:
    """Measure the model of a folder on the test part, and write its card and plot there.

    `how` and `data` say how it was trained and on what; `whole` is the folder of the same
    model in 32-bit floats.
    """
    model = Model(folder)
    origins = [name for name in ("own", "news") if any(one.origin == name for one in samples)]
    mine = _answers("this model, 8-bit weights", Reader(model), samples, labelled)
    beside = [mine]
    if whole:
        beside.append(_answers("in 32-bit floats", Reader(Model(whole)), samples, labelled))
    beside += baselines(samples, labelled)
    scores = [(origin, mine.claim_score(origin)) for origin in origins]
    series = [(origin, reliability(score)) for origin, score in scores]
    text = CARD.format(
        name=model.name,
        base=model.config["base"],
        sha256=model.config["sha256"],
        megabytes=(folder / "model.onnx").stat().st_size / 1e6,
        how=how,
        data=data,
        threshold=model.config["claim_threshold"],
        measured=tables.measured(mine, origins),
        by_field=tables.by_field(mine, origins),
        beside=tables.beside(beside, origins),
        readers=_readers(mine),
        by_metric=tables.by_metric(mine.claim_score(*origins)),
        by_confidence=tables.by_confidence(series),
        figures=tables.figures(mine.samples, origins),
        others=_others(Reader(model)),
        mistakes=tables.mistakes(mine, origins),
    )
    (folder / "CARD.md").write_text(text, encoding="utf-8")
    (folder / "reliability.svg").write_text(plot(series), encoding="utf-8")


def described(samples: Sequence[Sample], labelled: Sequence[Labelled]) -> str:
    """What there is to learn from, in words for the card."""
    parts = []
    for origin, what in (("own", "written for the project"), ("news", "of real articles")):
        mine = [one for one in samples if one.origin == origin]
        learned = [one for one in mine if one.part == "train"]
        if mine:
            claims = sum(len(one.passage.claims) for one in learned)
            parts.append(f"{len(learned)} of {len(mine)} passages {what} with {claims} claims")
    leads = sum(story.part == "train" for story in labelled)
    own = fingerprint([one for one in samples if one.origin == "own"])
    return f"{', '.join(parts)}; {leads} of {len(labelled)} stories; own passages' sha256 `{own}`"


def _answers(
    name: str, reader: Reader, samples: Sequence[Sample], labelled: Sequence[Labelled]
) -> Answers:
    test = [one for one in samples if one.part == "test"]
    leads = [one for one in labelled if one.part == "test"]
    claims = reader.read([article(sample) for sample in test])
    classes = reader.classify([Article(one.id, one.title, one.text) for one in leads])
    return Answers(name, test, claims, leads, classes)


def _readers(mine: Answers) -> str:
    read = second_readings({sample.passage.id: sample for sample in mine.samples})
    if not read:
        return ""
    kept = [i for i, sample in enumerate(mine.samples) if sample.passage.id in read]
    same = Answers(
        mine.name, [mine.samples[i] for i in kept], [mine.claims[i] for i in kept], [], []
    )
    second = agreement(same.samples)
    model = {origin: same.claim_score(origin) for origin in second}
    return READERS.format(passages=len(kept), table=tables.two_readers(second, model))


def _others(reader: Reader) -> str:
    parts = []
    if name := os.environ.get(QUOTED_VARIABLE):
        found = score_quoted.score(read_rows(Path(name)), reader)
        parts.append(QUOTED.format(table=tables.quoted(found)))
    if name := os.environ.get(CASES_VARIABLE):
        parts.append(CASES.format(table=tables.cases(Path(name))))
    return "".join(parts)


def _kept(folder: Path) -> tuple[str, str]:
    """How the model was trained, and on what, from the card that is there."""
    path = folder / "CARD.md"
    text = path.read_text(encoding="utf-8") if path.is_file() else ""
    found = [re.search(rf"^- {what}: (.+)$", text, re.MULTILINE) for what in ("Training", "Data")]
    how, data = (match[1] if match else None for match in found)
    if how is None or data is None:
        raise DataError(path, None, "says nothing on training and data, which only training knows")
    return how, data


def main(arguments: list[str] | None = None) -> int:
    """The command; exit status 0."""
    parser = argparse.ArgumentParser(prog="python -m extract.training.card")
    parser.add_argument("folder", type=Path, help="a model's folder")
    parser.add_argument("--whole", type=Path, help="the same model in 32-bit floats")
    options = parser.parse_args(arguments)
    news = news_file()
    if news is None:
        print(f"no news: {NEWS_VARIABLE} names no file", file=sys.stderr)
    samples = all_samples(news)
    how, data = _kept(options.folder)
    write_card(options.folder, samples, stories(news=news), how, data, options.whole)
    return 0


if __name__ == "__main__":
    sys.exit(main())
