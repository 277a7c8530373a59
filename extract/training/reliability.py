"""How far confidence can be believed: the share right of claims given with about the same.

The plot is the reliability diagram of DeGroot and Fienberg (1983): a model whose confidence
means what it says lies on the diagonal.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from extract.training.scoring import ClaimScore

# A tenth each: fine enough to see where it bends, and most hold some dozens of claims.
BINS = 10

SIZE, MARGIN = 320, 48
# Radius of the point with the most claims; the area of the others is in proportion.
LARGEST = 16.0
COLOURS = ("#1f6feb", "#d1571e", "#2f855a")


@dataclass(frozen=True, slots=True)
class Bin:
    """Claims whose confidence is from `low` to `high`: how many, its mean, the share right."""

    low: float
    high: float
    claims: int
    confidence: float
    right: float


def reliability(score: ClaimScore) -> list[Bin]:
    """The bins that hold claims, from the least sure to the surest."""
    held: dict[int, list[tuple[float, bool]]] = {}
    for confidence, right in score.confidences:
        held.setdefault(min(int(confidence * BINS), BINS - 1), []).append((confidence, right))
    return [
        Bin(
            number / BINS,
            (number + 1) / BINS,
            len(claims),
            sum(confidence for confidence, _ in claims) / len(claims),
            sum(right for _, right in claims) / len(claims),
        )
        for number, claims in sorted(held.items())
    ]


def plot(series: Sequence[tuple[str, Sequence[Bin]]]) -> str:
    """An SVG of the share right over confidence, a colour a series, points sized by claims."""
    whole = SIZE + 2 * MARGIN
    most = max((one.claims for _, bins in series for one in bins), default=1)
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {whole} {whole}" width="{whole}" '
        f'height="{whole}" font-family="sans-serif" font-size="12" fill="#333">',
        f'<rect width="{whole}" height="{whole}" fill="#fff"/>',
        *_axes(),
    ]
    for number, (name, bins) in enumerate(series):
        colour = COLOURS[number % len(COLOURS)]
        line = " ".join(f"{_x(one.confidence):.1f},{_y(one.right):.1f}" for one in bins)
        parts.append(f'<polyline points="{line}" fill="none" stroke="{colour}"/>')
        for one in bins:
            radius = max(2.0, LARGEST * (one.claims / most) ** 0.5)
            parts.append(
                f'<circle cx="{_x(one.confidence):.1f}" cy="{_y(one.right):.1f}" r="{radius:.1f}" '
                f'fill="{colour}" fill-opacity="0.55"><title>{name}: {one.claims} claims, '
                f"{one.right:.0%} right</title></circle>"
            )
        at = MARGIN + 18 + 18 * number
        parts.append(f'<circle cx="{MARGIN + 16}" cy="{at - 4}" r="5" fill="{colour}"/>')
        parts.append(f'<text x="{MARGIN + 28}" y="{at}">{name}</text>')
    return "\n".join([*parts, "</svg>", ""])


def _axes() -> list[str]:
    parts = [
        f'<rect x="{MARGIN}" y="{MARGIN}" width="{SIZE}" height="{SIZE}" fill="none" '
        'stroke="#999"/>',
        f'<line x1="{_x(0)}" y1="{_y(0)}" x2="{_x(1)}" y2="{_y(1)}" stroke="#999" '
        'stroke-dasharray="4 4"/>',
    ]
    for tick in (0, 0.25, 0.5, 0.75, 1):
        parts += [
            f'<text x="{_x(tick)}" y="{_y(0) + 16}" text-anchor="middle">{tick:.0%}</text>',
            f'<text x="{_x(0) - 6}" y="{_y(tick) + 4}" text-anchor="end">{tick:.0%}</text>',
        ]
    middle, low = MARGIN + SIZE / 2, MARGIN + SIZE + 36
    return [
        *parts,
        f'<text x="{middle}" y="{low}" text-anchor="middle">confidence that the model gives</text>',
        f'<text x="12" y="{middle}" text-anchor="middle" transform="rotate(-90 12 {middle})">'
        "share of claims that are right</text>",
    ]


def _x(share: float) -> float:
    return MARGIN + share * SIZE


def _y(share: float) -> float:
    return MARGIN + (1 - share) * SIZE
