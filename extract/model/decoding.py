"""Scores of the claims model into probabilities and spans."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from extract.model.encoding import Place
from extract.model.labels import SPECIAL

# "the first three months of its 2026 financial year" has 9 words; longer spans are slips.
SPAN_TOKENS = 16


@dataclass(frozen=True, slots=True)
class Pointed:
    """What a pointer found: a span of one segment, or None; and how likely that is."""

    place: Place | None
    probability: float


def softmax(scores: np.ndarray) -> np.ndarray:
    """Probabilities over the last axis."""
    raised = np.exp(scores - scores.max(axis=-1, keepdims=True))
    shares: np.ndarray = raised / raised.sum(axis=-1, keepdims=True)
    return shares


def sigmoid(score: float) -> float:
    """The logistic function, safe for any score."""
    return float(0.5 * (1 + np.tanh(score / 2)))


def point(start: np.ndarray, end: np.ndarray, places: list[Place]) -> Pointed:
    """The best span by the scores of its ends, [T] each; token 0 stands for "nowhere".

    The probability is over all spans that could be: both ends in one segment, in order,
    at most SPAN_TOKENS apart.
    """
    length = len(places)
    scores = start[:length, None] + end[None, :length]
    segments = np.array([segment for segment, _, _ in places])
    steps = np.arange(length)[None, :] - np.arange(length)[:, None]
    allowed = (segments[:, None] == segments[None, :]) & (steps >= 0) & (steps < SPAN_TOKENS)
    allowed &= (segments != SPECIAL)[:, None]
    allowed[0, 0] = True
    shares = softmax(np.where(allowed, scores, -np.inf).ravel())
    best = int(shares.argmax())
    first, last = divmod(best, length)
    if best == 0:
        return Pointed(None, float(shares[0]))
    place = (places[first][0], places[first][1], places[last][2])
    return Pointed(place, float(shares[best]))
