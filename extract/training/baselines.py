"""What claims and classes are worth that no model was trained for, on the test part.

    python -m extract.training.baselines

- grammar alone: every figure is a claim, of the metric that its dimension has most often in
  the train part; its subject is the entity named last before it. Every story is of the race.
- nearest by embedding: the same, but metric, or that there is no claim, is taken from the
  figure of the train part of the same dimension whose sentence is most like this one; class
  and topic from the story most like this one. Alike is the cosine of embeddings by
  all-MiniLM-L6-v2 as it is, untrained by us (needs torch).
"""

from __future__ import annotations

import sys
from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from extract.articles import Story
from extract.canonical import canonical
from extract.claims import Claim
from extract.entities import registry
from extract.figures import Figure, dimension, find_figures
from extract.reading import nearest_named
from extract.sentences import split_sentences
from extract.training.corpus import Labelled, Sample, all_samples, news_file, stories
from extract.training.evaluate import report
from extract.training.scoring import Answers

BATCH = 32
# Of a sentence, or a title with its lead: what all-MiniLM-L6-v2 was tuned with.
TOKENS = 128


@dataclass(frozen=True, slots=True)
class Stated:
    """A figure in its sentence; `metric` is None where nobody annotated it as a claim."""

    figure: Figure
    dimension: str
    sentence: str
    after: str
    metric: str | None


Chooser = Callable[[Stated], str | None]
"""A metric for a figure, or None for no claim."""


def baselines(samples: Sequence[Sample], labelled: Sequence[Labelled]) -> list[Answers]:
    """Both, learned from the train part of what is given and asked on its test part."""
    train, test = ([one for one in samples if one.part == part] for part in ("train", "test"))
    before, now = ([one for one in labelled if one.part == part] for part in ("train", "test"))
    known = [one for sample in train for one in stated(sample)]
    asked = [one for sample in test for one in stated(sample)]
    usual, alike = usual_metric(known), nearest_metric(known, asked)
    every = [Story(True, 1.0, "none") for _ in now]
    return [
        Answers(
            "nearest by embedding", test, [claims(one, alike) for one in test],
            now, nearest_stories(before, now),
        ),
        Answers("grammar alone", test, [claims(one, usual) for one in test], now, every),
    ]  # fmt: skip


def usual_metric(known: Iterable[Stated]) -> Chooser:
    """The metric that claims of a figure's dimension are of most often."""
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for one in known:
        if one.metric:
            counts[one.dimension][one.metric] += 1
    usual = {size: count.most_common(1)[0][0] for size, count in counts.items()}
    return lambda one: usual.get(one.dimension, "other")


def nearest_metric(known: Sequence[Stated], asked: Sequence[Stated]) -> Chooser:
    """The metric of the known figure of like dimension in the sentence nearest by embedding."""
    sentences = sorted({one.sentence for one in (*known, *asked)})
    rows = dict(zip(sentences, embed(sentences), strict=True))
    alike: dict[str, list[Stated]] = defaultdict(list)
    for one in known:
        alike[one.dimension].append(one)
    tables = {size: np.stack([rows[one.sentence] for one in many]) for size, many in alike.items()}

    def choose(one: Stated) -> str | None:
        if one.dimension not in tables:
            return None
        best = int((tables[one.dimension] @ rows[one.sentence]).argmax())
        return alike[one.dimension][best].metric

    return choose


def nearest_stories(known: Sequence[Labelled], asked: Sequence[Labelled]) -> list[Story]:
    """Class and topic of the known story whose title and lead are nearest by embedding."""
    # Seldom eight characters a token: what is cut off here, the tokenizer would cut.
    rows = embed([f"{one.title}. {one.text[: 8 * TOKENS]}" for one in (*known, *asked)])
    best = (rows[len(known) :] @ rows[: len(known)].T).argmax(axis=1).tolist()
    found = [known[number] for number in best]
    return [Story(one.ai_race, float(one.ai_race), one.topic or "none") for one in found]


def embed(texts: Sequence[str]) -> np.ndarray:
    """Embeddings of length one, float32 [texts, 384]: the mean of the encoder's tokens."""
    import torch

    from extract.training.network import load_encoder

    encoder, tokenizer = load_encoder(None)
    encoder.eval()
    rows = np.zeros((len(texts), encoder.config.hidden_size), dtype=np.float32)
    order = sorted(range(len(texts)), key=lambda number: len(texts[number]))
    for first in range(0, len(order), BATCH):
        numbers = order[first : first + BATCH]
        inputs = tokenizer(
            [texts[number] for number in numbers],
            padding=True, truncation=True, max_length=TOKENS, return_tensors="pt",
        )  # fmt: skip
        with torch.inference_mode():
            hidden = encoder(**inputs).last_hidden_state
        weights = inputs["attention_mask"].unsqueeze(2)
        mean = (hidden * weights).sum(dim=1) / weights.sum(dim=1)
        rows[numbers] = torch.nn.functional.normalize(mean, dim=1).numpy()
    return rows


def stated(sample: Sample) -> list[Stated]:
    """Every figure of a passage, in the order of the text."""
    text = sample.passage.text
    spans = split_sentences(text)
    starts = [start for start, _ in spans]
    annotated = {(claim.start, claim.end): claim.metric for claim in sample.passage.claims}
    found = []
    for figure in find_figures(text):
        start, end = spans[max(bisect_right(starts, figure.start) - 1, 0)]
        metric = annotated.get((figure.start, figure.end))
        size, after = dimension(figure.unit), text[figure.end : end]
        found.append(Stated(figure, size, text[start:end], after, metric))
    return found


def claims(sample: Sample, choose: Chooser) -> list[Claim]:
    """The claims of a passage, of the metrics chosen; all else from grammar and catalogue."""
    known = registry()
    title, text = known.find(sample.passage.title), known.find(sample.passage.text)
    found = []
    for one in stated(sample):
        metric = choose(one)
        if metric is None:
            continue
        measured = canonical(one.figure, metric, one.after)
        found.append(
            Claim(
                subject=nearest_named(metric, one.figure.start, text, title),
                metric=metric,
                value=measured.value,
                low=measured.low,
                high=measured.high,
                unit=measured.unit,
                qualifier=measured.qualifier,
                quote=one.figure.quote,
                start=one.figure.start,
                end=one.figure.end,
            )
        )
    return found


def main() -> int:
    """The command; exit status 0."""
    news = news_file()
    samples = all_samples(news)
    for answers in baselines(samples, stories(news=news)):
        for origin in ("own", "news") if news else ("own",):
            name = f"{answers.name}, {origin}"
            print(report(name, answers.claim_score(origin), answers.story_score(origin)))
    return 0


if __name__ == "__main__":
    sys.exit(main())
