"""How far a figure reaches: its interval, widened by what its writing leaves open.

A number says no more than its last written digit: "$5.6 million" is anything that rounds to
it, 5.55 to 5.65. Zeros that end a whole number are digits written like others ("50,000" is
not "about 50,000"); who rounds says so by "about", and an approximate figure reaches a tenth
either way. So the reach is half a unit of the last digit, or a tenth of the value where it is
approximate and that is more.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass

from extract.claims import Claim

APPROXIMATE = 0.10  # the contract's: 10 % either way
HALF = 0.5
# Floating point: 5.55 and 5.6 - 0.05 must meet.
TOLERANCE = 1e-9

NUMBER = re.compile(r"\d+(?:,\d+|[\u00a0\u202f' ]\d{3}(?!\d))*(?:\.\d+)?|\.\d+")
EXPONENT = re.compile(r"\s*[x×*·]\s*10\s*(?:\^|\*\*)?\s*[-+−]?[\d⁰¹²³⁴⁵⁶⁷⁸⁹]+|(?<=\d)[eE][-+]?\d+")
# A model's context of "128K" may be 128,000 or 131,072 (128 × 1024) tokens.
BINARY_K = re.compile(r"\d\s?[kK]\b")
BINARY = 1.024


@dataclass(frozen=True, slots=True)
class Interval:
    """What a figure allows; None is an open side."""

    low: float | None
    high: float | None

    def meets(self, other: Interval) -> bool:
        """Whether some number lies in both, to within floating point."""
        return _below(self.low, other.high) and _below(other.low, self.high)

    def holds(self, value: float) -> bool:
        """Whether the value lies in it."""
        return self.meets(Interval(value, value))

    def times(self, factor: float) -> Interval:
        """The interval in a unit `factor` times smaller; the factor is above zero."""
        return Interval(
            None if self.low is None else self.low * factor,
            None if self.high is None else self.high * factor,
        )


def _below(low: float | None, high: float | None) -> bool:
    if low is None or high is None:
        return True
    return low <= high + TOLERANCE * max(abs(low), abs(high))


def reach(claim: Claim) -> Interval:
    """The interval of a claim with what its writing leaves open, in its own unit."""
    low_half, high_half = _halves(claim)
    if claim.qualifier == "approximate":
        low_half = max(low_half, APPROXIMATE * abs(claim.value))
        high_half = max(high_half, APPROXIMATE * abs(claim.value))
    low = None if claim.low is None else claim.low - low_half
    high = None if claim.high is None else claim.high + high_half
    if high is not None and claim.metric == "context_window" and BINARY_K.search(claim.quote):
        high = max(high, (claim.high or 0.0) * BINARY)
    return Interval(low, high)


def written(claim: Claim) -> Interval:
    """The reach of the figure as it is written, with no side left open.

    "More than $100 million" meets every larger figure; this asks whether it is the same one.
    """
    whole = reach(claim)
    low_half, high_half = _halves(claim)
    return Interval(
        claim.value - low_half if whole.low is None else whole.low,
        claim.value + high_half if whole.high is None else whole.high,
    )


def _halves(claim: Claim) -> tuple[float, float]:
    """Half a unit of the last digit written, at the lower and at the upper end."""
    low = claim.value if claim.low is None else claim.low
    high = claim.value if claim.high is None else claim.high
    numbers = [_number(token) for token in NUMBER.findall(EXPONENT.sub("", claim.quote))]
    numbers = [(number, half) for number, half in numbers if number > 0]
    if len(numbers) == 1 and claim.value:
        # Whatever turns the number into the value (million, GW, days in hours) turns its
        # last digit too.
        share = numbers[0][1] / numbers[0][0]
        return share * abs(low), share * abs(high)
    if len(numbers) == 2 and low != high:
        # "Fell between 3 and 5 percent" names the end that is nearer to zero first.
        at_low, at_high = numbers if high > 0 else reversed(numbers)
        return at_low[1] / at_low[0] * abs(low), at_high[1] / at_high[0] * abs(high)
    return half_unit(low), half_unit(high)


def _number(token: str) -> tuple[float, float]:
    """The number of a token, and half a unit of its last digit."""
    digits = re.sub(r"[^\d.]", "", token)
    decimals = len(digits.partition(".")[2])
    return float(digits), HALF * 10.0**-decimals


def half_unit(value: float) -> float:
    """Half a unit of the last digit of a value that stands in no text.

    It is taken as news would write it: with all its digits below a million ("294,000"), in
    millions, billions or trillions above ("5.576 million"), and as a power of ten from 10^15.
    """
    if value == 0 or not math.isfinite(value):
        return HALF
    exponent = math.floor(math.log10(abs(value)))
    power = exponent if exponent >= 15 else exponent // 3 * 3 if exponent >= 6 else 0
    mantissa = f"{abs(value) / 10.0**power:.12g}"
    if "e" in mantissa:
        return 0.0
    decimals = len(mantissa.partition(".")[2])
    return float(HALF * 10.0 ** (power - decimals))
