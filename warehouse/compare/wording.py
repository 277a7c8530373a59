"""Figures in words for readers: explanations and mails use the same ones."""

from __future__ import annotations

import math
import re

from extract.claims import Claim
from warehouse.compare.units import currency

SIGNS = {"USD": "$", "EUR": "€", "GBP": "£", "INR": "₹"}
# Currencies that readers know by a word; ¥ stands for two of them.
CURRENCY_WORDS = {"CNY": "yuan", "JPY": "yen", "KRW": "won"}
MAGNITUDES = ((1e12, "trillion"), (1e9, "billion"), (1e6, "million"))
WATTS = ((1e12, "TW"), (1e9, "GW"), (1e6, "MW"), (1e3, "kW"))
PLURALS = {"person": "people", "times": "times", "percent": "percent", "FLOP": "FLOP"}
PRICE_OF = {"Mtoken": "million tokens"}
# "Tens of thousands" of people.
FUZZY = re.compile(r"(?:ten|dozen|hundred|thousand|million|billion|trillion)s$", re.IGNORECASE)
# Above this a number is read more easily as a power of ten; won and yen reach "2,100 trillion".
POWER_FROM = 1e18


def figure(value: float, unit: str | None, quote: str | None = None) -> str:
    """A figure as written where there is a quote, else in the words of news.

    5576000 USD is "$5.576 million", 900000000 person "900 million people", 1.2e9 W "1.2 GW".
    A quote that names no unit gets it ("512 accelerators"), and a loss its minus sign.
    """
    if quote and quote.strip():
        said = quote.strip()
        if value < 0 and not re.match(r"\W?[-−–]", said):
            said = f"−{said}"
        if (
            unit
            and currency(unit) is None
            and re.search(r"(?:hundred|thousand|million|billion|trillion|ten|dozen)s$", said)
        ):
            return (
                f"{said} of {PLURALS.get(unit) or _plural(unit)}"  # "tens of thousands of people"
            )
        return said if _names_unit(said, unit) else _with_unit(said, value, unit)
    if not math.isfinite(value):
        return _with_unit(str(value), value, unit)
    minus, size = ("−" if value < 0 else ""), abs(value)
    if unit == "W":
        scale, name = next((pair for pair in WATTS if size >= pair[0]), (1.0, "W"))
        return f"{minus}{_plain(size / scale)} {name}"
    if unit == "FLOP" and size >= 1e15:
        return f"{minus}{_power(size)} FLOP"
    if unit == "percent":
        return f"{minus}{_plain(size)}%"
    code = currency(unit)
    number = _cents(size) if code and size < 1000 else _number(size)
    return f"{minus}{_with_unit(number, value, unit)}"


def interval(claim: Claim) -> str:
    """A claim's figure with its qualifier: "at least $100 million", "5 GW to 7 GW"."""
    if claim.qualifier == "range" and claim.low is not None and claim.high is not None:
        if claim.quote.strip():
            return figure(claim.low, claim.unit, claim.quote)
        return f"{figure(claim.low, claim.unit)} to {figure(claim.high, claim.unit)}"
    before = {"at_least": "at least ", "at_most": "at most ", "approximate": "about "}
    said = figure(claim.value, claim.unit, claim.quote)
    return before.get(claim.qualifier, "") + said


def _with_unit(number: str, value: float, unit: str | None) -> str:
    if not unit:
        return number
    code = currency(unit)
    if code is None:
        return f"{number} {PLURALS.get(unit) or (unit if abs(value) == 1 else _plural(unit))}"
    if number[:1] in ("−", "-"):
        return "−" + _with_unit(number[1:], value, unit)
    per = unit.partition("/")[2]
    price = f" per {PRICE_OF.get(per, per)}" if per else ""
    if code in SIGNS:
        return f"{SIGNS[code]}{number}{price}"
    return f"{number} {CURRENCY_WORDS.get(code, code)}{price}"


def _names_unit(quote: str, unit: str | None) -> bool:
    """Whether a quote says its unit: a currency, a percent sign, or any word beside the number."""
    words = re.sub(
        r"\b(hundred|thousand|million|billion|trillion|dozen|score|half|an?|one|two|three|four|five"
        r"|six|seven|eight|nine|ten|and|to|or|between|of|s)\b",
        " ",
        re.sub(r"[\d.,]+\s?(?:[kmbt]n?|tr)?\b", " ", quote.lower()),
    )
    return unit is None or bool(re.search(r"[^\W\d_]|[$€£¥₩₹%]", words.replace("s ", " ")))


def _plural(unit: str) -> str:
    """Words take an s, symbols ("GW", "token/s") do not."""
    return f"{unit}s" if unit[-1].islower() and not unit.endswith("s") and "/" not in unit else unit


def _number(size: float) -> str:
    if size >= POWER_FROM:
        return _power(size)
    for scale, name in MAGNITUDES:
        if size >= scale:
            return f"{_plain(size / scale)} {name}"
    return _plain(size)


def _plain(size: float) -> str:
    """Up to six digits that count, thousands parted, no zeros at the end."""
    if size >= 1e5 or size == int(size):
        return f"{size:,.0f}"
    text = f"{size:.6g}"
    if "e" in text:
        return _power(size)
    whole, _, decimals = text.partition(".")
    return f"{int(whole):,}.{decimals}" if decimals else f"{int(whole):,}"


def _cents(size: float) -> str:
    """Small money: "0.55", "2.50", "30"."""
    if size == int(size):
        return f"{size:.0f}"
    return f"{size:.2f}" if math.isclose(size, round(size, 2), rel_tol=1e-9) else _plain(size)


def _power(size: float) -> str:
    mantissa, exponent = f"{size:.4e}".split("e")
    digits = mantissa.rstrip("0").rstrip(".")
    return f"{digits} × 10^{int(exponent)}"
