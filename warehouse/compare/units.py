"""Bringing a figure from one unit to another; money at the European Central Bank's rates.

Rates are the euro foreign exchange reference rates, which the package `currencyconverter`
carries. Nothing is fetched.
"""

from __future__ import annotations

import re
from datetime import date, timedelta
from functools import cache, lru_cache

from currency_converter import CurrencyConverter, RateNotFoundError

from extract.metrics import metrics

# Longest stretch without a rate: the bank sets none on weekends and holidays, four days in a
# row at Easter. A currency without a rate for longer has been dropped (the rouble in 2022),
# and its last rate says nothing about today.
RATE_REACH_DAYS = 7

# Ways to write a currency, in capitals, that mean one code and no other. The codes themselves
# stand here for those who write them small.
CURRENCIES = {
    **{code: code for code in ("USD", "EUR", "GBP", "CNY", "JPY", "KRW", "INR", "TWD")},
    **dict.fromkeys(("RMB", "CNH", "YUAN", "RENMINBI", "CN¥"), "CNY"),
    **dict.fromkeys(("$", "US$", "DOLLAR", "DOLLARS", "US DOLLAR", "US DOLLARS"), "USD"),
    **dict.fromkeys(("€", "EURO", "EUROS"), "EUR"),
    **dict.fromkeys(("£", "POUND", "POUNDS", "POUND STERLING", "STERLING"), "GBP"),
    **dict.fromkeys(("YEN", "JP¥"), "JPY"),
    **dict.fromkeys(("WON", "₩"), "KRW"),
    **dict.fromkeys(("RUPEE", "RUPEES", "₹"), "INR"),
    **dict.fromkeys(("NT$", "NTD"), "TWD"),
}

# What a price is paid for, as a multiple of the metric's own measure (a million tokens, a
# GPU-hour). A bare currency means that measure.
_PER_TOKENS = {
    "": 1.0,
    **dict.fromkeys(("mtoken", "m token", "1m token", "million token"), 1.0),
    **dict.fromkeys(("ktoken", "k token", "1k token", "thousand token"), 1e3),
    "token": 1e6,
}
PER = {
    "api_price_input": _PER_TOKENS,
    "api_price_output": _PER_TOKENS,
    "gpu_hour_price": {"": 1.0, "gpu-hour": 1.0, "hour": 1.0},
}

# What a unit measures and how much of it; a year has 365.25 days, a month a twelfth of that.
_SCALES: dict[str, dict[str, float]] = {
    "time": {
        "second": 1 / 3600,
        "minute": 1 / 60,
        "hour": 1.0,
        "day": 24.0,
        "week": 168.0,
        "month": 730.5,
        "year": 8766.0,
    },
    "power": {"W": 1.0, "kW": 1e3, "MW": 1e6, "GW": 1e9, "TW": 1e12},
    "GPU-hour": {"GPU-hour": 1.0, "GPU-day": 24.0, "GPU-month": 730.5, "GPU-year": 8766.0},
    "operations": {
        **{"FLOP": 1.0, "TFLOP": 1e12, "PFLOP": 1e15, "EFLOP": 1e18, "ZFLOP": 1e21, "YFLOP": 1e24},
        "petaFLOP/s-day": 8.64e19,
    },
    "token": {"token": 1.0, "Ktoken": 1e3, "Mtoken": 1e6, "Btoken": 1e9, "Ttoken": 1e12},
    "parameter": {"parameter": 1.0},
    "accelerator": dict.fromkeys(("accelerator", "GPU", "chip"), 1.0),
    "person": dict.fromkeys(("person", "people", "user", "employee", "customer"), 1.0),
    "download": dict.fromkeys(("download", "installation", "install"), 1.0),
    "percent": dict.fromkeys(("percent", "per cent", "%"), 1.0),
    "times": dict.fromkeys(("times", "x"), 1.0),
    "point": {"point": 1.0},
}
_EXACT = {name: (kind, size) for kind, names in _SCALES.items() for name, size in names.items()}
_FOLDED = {name.lower(): found for name, found in _EXACT.items()}


def currency(unit: str | None) -> str | None:
    """The ISO 4217 code of a unit of money or of a price, or None where it is no money."""
    words = (unit or "").partition("/")[0].strip()
    if code := CURRENCIES.get(words.upper()):
        return code
    return words if re.fullmatch("[A-Z]{3}", words) and words not in _EXACT else None


def factor(unit: str | None, target: str | None, metric: str, day: date | None) -> float | None:
    """What one `unit` of a metric's figures is in `target` units, or None where it cannot be.

    Money of another currency takes the rate of `day`, or the newest where that is None.
    """
    if metrics()[metric].unit == "money":
        return _money(unit, target, metric, day)
    known = None if metrics()[metric].unit == "any" else metrics()[metric].unit
    ours, theirs = _scale(target or known), _scale(unit or known)
    if ours is None or theirs is None or ours[0] != theirs[0]:
        return 1.0 if unit == target else None
    return theirs[1] / ours[1]


def canonical(value: float, unit: str | None, metric: str) -> tuple[float, str]:
    """A figure in the metric's own measure, with a name of its unit that all spellings share."""
    if metrics()[metric].unit == "money":
        per = PER.get(metric, {"": 1.0}).get(_per(unit), 1.0)
        return value * per, currency(unit) or (unit or "")
    known = None if metrics()[metric].unit == "any" else metrics()[metric].unit
    kind, size = _scale(unit or known) or (unit or "", 1.0)
    return value * size, kind


def _scale(unit: str | None) -> tuple[str, float] | None:
    if unit is None:
        return None
    words = unit.strip()
    for name in (words, words.removesuffix("s")):
        if found := _EXACT.get(name) or _FOLDED.get(name.lower()):
            return found
    return None


def _money(unit: str | None, target: str | None, metric: str, day: date | None) -> float | None:
    ours, theirs = currency(target), currency(unit)
    if ours is None or theirs is None:
        return None
    per = PER.get(metric, {"": 1.0})
    wanted, given = per.get(_per(target)), per.get(_per(unit))
    if wanted is None or given is None:
        return None
    price = given / wanted
    exchange = rate(theirs, ours, day)
    return None if exchange is None else price * exchange


def _per(unit: str | None) -> str:
    measure = (unit or "").partition("/")[2].strip().lower()
    return measure.removeprefix("1 ").removesuffix("s")


@lru_cache(maxsize=4096)
def rate(source: str, target: str, day: date | None) -> float | None:
    """How many `target` one `source` was on the day; None where either has no rate near it.

    A day without rates takes the nearest one with them, the earlier of two; a day after the
    newest rates takes those.
    """
    if source == target:
        return 1.0
    rates = _rates()
    if not {source, target} <= rates.currencies:
        return None
    oldest, newest = rates.bounds["EUR"]
    day = newest if day is None else min(max(day, oldest), newest)
    for away in range(RATE_REACH_DAYS + 1):
        for near in (day - timedelta(away), day + timedelta(away)):
            try:
                return float(rates.convert(1.0, source, target, date=near))
            except RateNotFoundError:
                continue
    return None


@cache
def _rates() -> CurrencyConverter:
    return CurrencyConverter()
