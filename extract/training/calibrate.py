"""Thresholds and probabilities of a trained model, fitted on the dev part.

A network's own probabilities are too sure. Confidence and the story's score are logistic
functions of them, fitted to how often the model is right (Platt, 1999), and a figure is
a claim from the probability on that gives the best strict F1. Our own passages and the news weigh
the same, however many there are of each: ours are harder, and a confidence fitted on them alone
is too low for the news.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from extract.articles import Article
from extract.reading import Reader
from extract.training.corpus import Labelled, Sample
from extract.training.scoring import article, check, pair, strictly

# Before a model is calibrated: every figure likelier a claim than not, raw probabilities.
UNCALIBRATED: dict[str, Any] = {
    "claim_threshold": 0.5,
    "confidence": [1.0, 0.0, 0.0, 0.0],
    "story": [1.0, 0.0],
}
# Even on the scale of logits: a network that has learned long is sure of most that it says.
THRESHOLDS = 1 / (1 + np.exp(-np.linspace(-2, 7, 46)))
# A ridge on the weights, of the strength of one observation: dev parts are small.
RIDGE = 1.0


def calibrate(
    reader: Reader, samples: Sequence[Sample], stories: Sequence[Labelled]
) -> dict[str, Any]:
    """The calibrated entries of a model's config."""
    wanted = Counter[str]()
    for sample in samples:
        wanted[sample.origin] += len(sample.passage.claims)
    share = _shares(wanted)
    probability, signals, right, weights = _read(reader, samples, share)
    f1 = [
        2 * (right * weights)[probability >= threshold].sum()
        / (weights[probability >= threshold].sum() + wanted.total())
        for threshold in THRESHOLDS
    ]  # fmt: skip
    # The middle of all thresholds that do about as well: the peak itself is chance.
    good = THRESHOLDS[np.array(f1) >= max(f1) - 0.005]
    threshold = float(np.median(good))
    given = probability >= threshold
    return {
        "claim_threshold": round(threshold, 4),
        "confidence": fit(signals[given], right[given], weights[given]),
        "story": _story(reader, stories),
    }


def fit(signals: np.ndarray, right: np.ndarray, weights: np.ndarray | None = None) -> list[float]:
    """Weights of a logistic regression, [n, k] on [n], by Newton's method.

    `weights`, [n], say how much each observation counts. The last column of the signals is the
    constant one, whose weight the ridge leaves alone.
    """
    counts = np.ones(len(signals)) if weights is None else weights
    found = np.zeros(signals.shape[1])
    ridge = np.diag([RIDGE] * (signals.shape[1] - 1) + [1e-6])
    for _ in range(50):
        shares = 1 / (1 + np.exp(-np.clip(signals @ found, -30, 30)))
        slope = signals.T @ (counts * (shares - right)) + ridge @ found
        curve = (signals * (counts * shares * (1 - shares))[:, None]).T @ signals + ridge
        step = np.linalg.solve(curve, slope)
        found -= step
        if np.abs(step).max() < 1e-6:
            break
    return [round(float(weight), 4) for weight in found]


def _shares(counts: Mapping[str, int]) -> dict[str, float]:
    """What one of each origin counts, so that all origins count the same together."""
    return {
        origin: sum(counts.values()) / (len(counts) * max(count, 1))
        for origin, count in counts.items()
    }


def _read(
    reader: Reader, samples: Sequence[Sample], share: Mapping[str, float]
) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    probability, signals, right, weights = [], [], [], []
    for sample, readings in zip(
        samples, reader.readings([article(sample) for sample in samples]), strict=True
    ):
        gold, found = sample.passage.claims, [reading.claim for reading in readings]
        good = {j for i, j in pair(gold, found) if strictly(check(gold[i], found[j]))}
        for number, reading in enumerate(readings):
            probability.append(reading.claim_probability)
            signals.append(reading.signals)
            right.append(number in good)
            weights.append(share[sample.origin])
    return (
        np.array(probability), np.array(signals), np.array(right, dtype=np.float64),
        np.array(weights),
    )  # fmt: skip


def _story(reader: Reader, stories: Sequence[Labelled]) -> list[float]:
    found = reader.classify([Article(one.id, one.title, one.text) for one in stories])
    slope, offset = reader.model.config["story"]
    shares = np.clip([story.score for story in found], 1e-6, 1 - 1e-6)
    logits = (np.log(shares / (1 - shares)) - offset) / slope
    signals = np.stack([logits, np.ones_like(logits)], axis=1)
    share = _shares(Counter(one.origin for one in stories))
    return fit(
        signals,
        np.array([one.ai_race for one in stories], dtype=np.float64),
        np.array([share[one.origin] for one in stories]),
    )
