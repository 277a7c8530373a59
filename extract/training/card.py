"""The model's card, written from what was measured."""

from __future__ import annotations

from collections.abc import Sequence

from extract.reading import Reader
from extract.training.corpus import Labelled, Sample, fingerprint
from extract.training.evaluate import evaluate_claims, evaluate_stories
from extract.training.scoring import FIELDS

# Kinds of mistakes that the card names: the ones that a reader of claims will meet.
SLIPS = 8

CARD = """\
# {name}

Reads numeric claims about the AI race out of English news: for each figure of a sentence its
metric, subject, status, sign, claimant and scope, and for each story whether it is about the
AI race. Made for Counterclaim; the fields and metrics are those of `extract/metrics.toml`.

- Base: `{base}` (Apache-2.0), all layers but the word embeddings trained further
- Licence: Apache-2.0
- File: `model.onnx`, ONNX with 8-bit weights, sha256 `{sha256}`
- Training: {how}
- Data: {data}
- A figure is taken for a claim from a probability of {threshold:g} on; thresholds and
  calibration were fitted on the dev part

## Measured on the test part

Stories that were neither learned from nor fitted on; each passage read alone. A claim is right
when metric, value, unit and subject are all right.

{table}

Of the claims found, by field:

{fields}

The commonest mistakes: {slips}.

## Limits

- English news only. Passages are read by themselves, so a subject named far before its figure
  is missed.
- The project's own passages were written for it, by few hands: their numbers are kinder than
  those of the news. Rare metrics have few examples in either.
- Dates and figures come from rules, names from a catalogue: what those do not know, the
  model cannot mend.
"""


def card(reader: Reader, samples: Sequence[Sample], labelled: Sequence[Labelled], how: str) -> str:
    """CARD.md for a model, its numbers measured now on the test part."""
    config = reader.model.config
    origins = [name for name in ("own", "news") if any(one.origin == name for one in samples)]
    rows, fields, slips = [], [], []
    for origin in origins:
        test = [one for one in samples if one.origin == origin and one.part == "test"]
        classes = [one for one in labelled if one.origin == origin and one.part == "test"]
        score, story = evaluate_claims(reader, test), evaluate_stories(reader, classes)
        rows.append(
            f"| {origin} | {len(test)} | {score.wanted} | {score.f1:.3f} | {score.precision:.3f} "
            f"| {score.recall:.3f} | {score.calibration_error():.3f} | {len(classes)} "
            f"| {story.f1:.3f} |"
        )
        fields.append(f"| {origin} | " + " | ".join(f"{score.share(n):.3f}" for n in FIELDS) + " |")
        common = ", ".join(f"{slip} ({count})" for slip, count in score.slips.most_common(SLIPS))
        slips.append(f"{origin}: {common}")
    return CARD.format(
        name=reader.model.name,
        base=config["base"],
        sha256=config["sha256"],
        how=how,
        data=_data(samples, labelled),
        threshold=config["claim_threshold"],
        table="\n".join(
            [
                "| part | passages | claims | strict F1 | precision | recall | calibration error "
                "| stories | AI race F1 |",
                "| --- " * 9 + "|",
                *rows,
            ]
        ),
        fields="\n".join(
            ["| part | " + " | ".join(FIELDS) + " |", "| --- " * (len(FIELDS) + 1) + "|", *fields]
        ),
        slips="; ".join(slips),
    )


def _data(samples: Sequence[Sample], labelled: Sequence[Labelled]) -> str:
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
