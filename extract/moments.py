"""Moments that feeds and pages state, in UTC."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from html import unescape

from extract.plain import line

EARLIEST = datetime(1990, 1, 1, tzinfo=UTC)
"""Before the web nothing was published on it: 0001-01-01 and 1970-01-01 are what some
program puts where it has no date."""

AHEAD = timedelta(days=1)
"""How far ahead of our clock a date may lie: a day, for clocks and zones that are set wrong."""

FORMATS = """
%B %d, %Y|%b %d, %Y|%d %B %Y|%d %b %Y|%Y/%m/%d|%Y/%m/%d %H:%M:%S|%d.%m.%Y|%d.%m.%Y %H:%M
%Y-%m-%d %H:%M:%S %Z|%B %d, %Y %I:%M %p|%b %d, %Y %I:%M %p|%B %d, %Y, %I:%M %p
%a %b %d %H:%M:%S %Y
"""
"""How meta tags write dates beside ISO 8601 and RFC 822. 01/02/2025 is none of them: it is
February in one country and January in another."""

ISO = re.compile(r"\d{4}-?\d\d-?\d\d(?!\d)|\d{8}T")
RFC_822 = re.compile(r"(?:[A-Za-z]{3,9},? )?\d{1,2} [A-Za-z]{3,9} \d{4} \d\d?:\d\d")
BLANK_BEFORE_ZONE = re.compile(r" (?=(?:[+-]\d\d:?\d\d|Z)$)")


def moment(text: object) -> datetime | None:
    """A stated date, or date and time; None where the text is none, or not a sensible one.

    A time without a zone is taken as UTC, a day as its midnight.
    """
    if not isinstance(text, str):
        return None
    words = line(unescape(text))
    parsed = _iso(words) or _rfc822(words) or _written(words)
    if parsed is None:
        return None
    try:
        return sensible((parsed if parsed.tzinfo else parsed.replace(tzinfo=UTC)).astimezone(UTC))
    except OverflowError:
        return None


def sensible(when: datetime) -> datetime | None:
    """The moment, or None where nothing can have been published then."""
    return when if EARLIEST <= when <= datetime.now(UTC) + AHEAD else None


def _iso(words: str) -> datetime | None:
    if not ISO.match(words):
        return None
    try:
        return datetime.fromisoformat(BLANK_BEFORE_ZONE.sub("", words))
    except ValueError:
        return None


def _rfc822(words: str) -> datetime | None:
    if not RFC_822.match(words):
        return None
    try:
        return parsedate_to_datetime(words)
    except (TypeError, ValueError):
        return None


def _written(words: str) -> datetime | None:
    for form in re.split(r"[|\n]", FORMATS.strip()):
        try:
            return datetime.strptime(words, form)
        except ValueError:
            continue
    return None
