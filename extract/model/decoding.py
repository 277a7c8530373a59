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


def point(start: np.ndarray, end: np.ndarray, places: list[Place]) -> list[Pointed]:
    """The best span of each role by the scores of its ends, [roles, T] each.

    Token 0 stands for "nowhere". The probability is over all spans that could be: both
    ends in one segment, in order, less than SPAN_TOKENS apart.
    """
    length = len(places)
    segments = np.array([segment for segment, _, _ in places])
    scores = np.full((start.shape[0], SPAN_TOKENS, length), -np.inf, dtype=np.float32)
    for more in range(min(SPAN_TOKENS, length)):
        firsts = slice(0, length - more)
        lasts = slice(more, length)
        whole = (segments[firsts] == segments[lasts]) & (segments[firsts] != SPECIAL)
        both = start[:, firsts] + end[:, lasts]
        scores[:, more, firsts] = np.where(whole, both, -np.inf)
    scores[:, 0, 0] = start[:, 0] + end[:, 0]
    shares = softmax(scores.reshape(len(scores), -1))
    found = []
    for role, best in enumerate(shares.argmax(axis=1).tolist()):
        more, first = divmod(best, length)
        place = (places[first][0], places[first][1], places[first + more][2])
        found.append(Pointed(place if best else None, float(shares[role, best])))
    return found
