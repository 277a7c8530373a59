"""What date expressions mean: from the parts of one to its first day, last day and label.

Each reader takes the named groups of a pattern in dates.py, the day of publication (None where
it is unknown) and whether the words before speak of the future. It returns None where the
expression cannot be dated, and may raise ValueError where it names no day ("31 June").
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Callable, Mapping
from datetime import date, timedelta

Parts = Mapping[str, str | None]
Span = tuple[date, date, str]  # first day, last day, label
Reader = Callable[[Parts, date | None, bool], Span | None]

MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
ORDINALS = {"first": 1, "second": 2, "third": 3, "fourth": 4, "final": 4}
NUMBERS = {
    "eleven": 11,
    "twelve": 12,
    "eighteen": 18,
    "one": 1,
    "two": 2,
    "three": 3,
    "four": 4,
    "five": 5,
    "six": 6,
    "seven": 7,
    "eight": 8,
    "nine": 9,
    "ten": 10,
    "an": 1,
    "a": 1,
}
STEPS = {"last": -1, "previous": -1, "the": 0, "this": 0, "current": 0, "next": 1, "coming": 1}

# A day that is about to come is named without its year; one a year ago hardly ever.
SOON = timedelta(45)

DAYS = {"yesterday": -1, "today": 0, "tonight": 0, "tomorrow": 1}
THIRDS = {"early": (1, 4), "mid": (5, 8), "late": (9, 12)}  # months: a third of a year each


def year(parts: Parts, published: date | None, future: bool) -> Span | None:
    """ "2025"."""
    return _year_span(int(parts["year"] or 0))


def years(parts: Parts, published: date | None, future: bool) -> Span | None:
    """ "between 2025 and 2028", "2025-26"."""
    first, last = int(parts["from"] or 0), int(parts["to"] or 0)
    if last < 100:
        last += first // 100 * 100
    if last <= first:
        return None
    return date(first, 1, 1), date(last, 12, 31), f"{first} to {last}"


def since(parts: Parts, published: date | None, future: bool) -> Span | None:
    """ "since 2023": up to publication."""
    first, last, label = _year_span(int(parts["year"] or 0))
    return first, max(last, published) if published else last, f"since {label}"


def decade(parts: Parts, published: date | None, future: bool) -> Span | None:
    """ "the 2030s"."""
    first = int(parts["year"] or 0)
    return date(first, 1, 1), date(first + 9, 12, 31), f"{first}s"


def month(parts: Parts, published: date | None, future: bool) -> Span | None:
    """ "September 2025", "in September"."""
    number = _month_number(parts["month"])
    own = _year_of(number, parts, published, future)
    return None if own is None else _month_span(own, number)


def months(parts: Parts, published: date | None, future: bool) -> Span | None:
    """ "January to March 2025"."""
    first, last = _month_number(parts["from"]), _month_number(parts["to"])
    own = _year_of(last, parts, published, future)
    if own is None:
        return None
    start = date(own if first <= last else own - 1, first, 1)
    return start, _month_end(own, last), f"{start:%Y-%m} to {own}-{last:02}"


def day(parts: Parts, published: date | None, future: bool) -> Span | None:
    """ "Jan. 27", "18 September 2025", "2025-09-18"."""
    number, of_month = _month_number(parts["month"]), int(parts["day"] or 0)
    if parts["year"]:
        return _day_span(date(int(parts["year"]), number, of_month))
    if published is None:
        return None
    near = [
        date(own, number, of_month)
        for own in (published.year - 1, published.year, published.year + 1)
        if of_month <= monthrange(own, number)[1]  # 29 February is missing in most years
    ]
    past = [then for then in near if then <= published]
    coming = [then for then in near if then >= published]
    soon = bool(coming) and coming[0] - published <= SOON
    chosen = (
        coming[:1]
        if future or (soon and not (past and published - past[-1] <= SOON))
        else past[-1:]
    )
    return _day_span(chosen[0]) if chosen else None


def weekday(parts: Parts, published: date | None, future: bool) -> Span | None:
    """ "on Monday", "next Friday"."""
    if published is None:
        return None
    back = (published.weekday() - WEEKDAYS.index((parts["weekday"] or "").lower())) % 7
    which = (parts["which"] or "").lower()
    if which == "next" or (future and back and which != "last"):
        return _day_span(published + timedelta(7 - back))
    return _day_span(published - timedelta(7 if which == "last" and back == 0 else back))


def near_day(parts: Parts, published: date | None, future: bool) -> Span | None:
    """ "yesterday", "today"."""
    if published is None:
        return None
    return _day_span(published + timedelta(DAYS[(parts["near"] or "").lower()]))


def relative(parts: Parts, published: date | None, future: bool) -> Span | None:
    """ "last year", "this quarter", "next month", "last week"."""
    if published is None:
        return None
    step = STEPS[(parts["which"] or "").lower()]
    unit = (parts["unit"] or "").lower()
    if unit == "week":
        monday = published + timedelta(7 * step - published.weekday())
        sunday = monday + timedelta(6)
        return monday, sunday, f"{monday.isoformat()} to {sunday.isoformat()}"
    if unit == "year":
        return _year_span(published.year + step)
    if unit == "quarter":
        own, number = divmod(published.year * 4 + (published.month - 1) // 3 + step, 4)
        return _quarter_span(own, number + 1)
    return _month_span(*_months_away(published, step))


def ago(parts: Parts, published: date | None, future: bool) -> Span | None:
    """ "two years ago", "a month ago", "three days ago"; as coarse as its unit."""
    if published is None:
        return None
    count, unit = _count(parts["count"]), (parts["unit"] or "").lower()
    if unit == "year":
        return _year_span(published.year - count)
    if unit == "month":
        return _month_span(*_months_away(published, -count))
    return _day_span(published - timedelta(count * (7 if unit == "week" else 1)))


def stretch(parts: Parts, published: date | None, future: bool) -> Span | None:
    """ "the three months to June", "the quarter ended June 30, 2025", "the year to March"."""
    ended = month(parts, published, future)
    if ended is None:
        return None
    last = ended[1]
    unit = (parts["unit"] or "").lower()
    count = {"quarter": 3, "year": 12}.get(unit) or _count(parts["count"])
    if count == 3 and last.month % 3 == 0:
        return _quarter_span(last.year, last.month // 3)
    if count == 12 and last.month == 12:
        return _year_span(last.year)
    first = date(*_months_away(last, 1 - count), 1)
    return first, last, f"{first:%Y-%m} to {last:%Y-%m}"


def past(parts: Parts, published: date | None, future: bool) -> Span | None:
    """ "the past year", "the last 12 months": up to publication."""
    if published is None:
        return None
    count = _count(parts.get("count") or "one")
    count *= 12 if (parts["unit"] or "").lower() == "year" else 1
    first = date(*_months_away(published, -count), 1)
    return first, published, f"{first:%Y-%m} to {published:%Y-%m}"


def first_months(parts: Parts, published: date | None, future: bool) -> Span | None:
    """ "the first five months of 2026"."""
    count, own = _count(parts["count"]), _own_year(parts, published)
    if own is None or not 1 <= count <= 12:
        return None
    label = {3: f"Q1 {own}", 6: f"H1 {own}", 12: f"{own}"}.get(
        count, f"{own}-01 to {own}-{count:02}"
    )
    return date(own, 1, 1), _month_end(own, count), label


def quarter(parts: Parts, published: date | None, future: bool) -> Span | None:
    """ "Q2 2025", "the second quarter", "Q3 of fiscal 2026".

    Companies begin their fiscal years when they like, so the days of a fiscal quarter are all
    those that its fiscal year can hold.
    """
    number = _ordinal(parts)
    own = _own_year(parts, published)
    if parts.get("fiscal") or parts.get("fiscal2"):
        return None if own is None else (*_fiscal_days(own), f"Q{number} FY{own}")
    if own is None:
        if published is None or parts.get("which"):
            return None
        now = (published.month - 1) // 3 + 1
        own = published.year + (number < now if future else -(number > now))
    return _quarter_span(own, number)


def half(parts: Parts, published: date | None, future: bool) -> Span | None:
    """ "the first half of 2025", "H1 2025", "2H25", "the second half"."""
    number = _ordinal(parts)
    own = _own_year(parts, published)
    if own is None:
        if published is None:
            return None
        own = published.year - (number == 2 and published.month <= 6 and not future)
    return date(own, 6 * number - 5, 1), _month_end(own, 6 * number), f"H{number} {own}"


def fiscal(parts: Parts, published: date | None, future: bool) -> Span | None:
    """ "fiscal 2025", "FY25", "last fiscal year"."""
    own = _own_year(parts, published)
    return None if own is None else (*_fiscal_days(own), f"FY{own}")


def part(parts: Parts, published: date | None, future: bool) -> Span | None:
    """ "early 2023", "mid-2024", "late last year"."""
    own = _own_year(parts, published)
    if own is None:
        return None
    name = (parts["part"] or "").lower().removesuffix("dle of")
    first, last = THIRDS[name]
    label = f"mid-{own}" if name == "mid" else f"{name} {own}"
    return date(own, first, 1), _month_end(own, last), label


def edge(parts: Parts, published: date | None, future: bool) -> Span | None:
    """ "the end of 2026" is a level or a deadline of that year, "the start of 2025" early in it."""
    own = _own_year(parts, published)
    name = (parts["edge"] or "").lower()
    if own is None and name == "year-end" and published:
        own = published.year
    if own is None:
        return None
    if name in ("start", "beginning"):
        return date(own, 1, 1), _month_end(own, THIRDS["early"][1]), f"early {own}"
    return _year_span(own)


def _own_year(parts: Parts, published: date | None) -> int | None:
    """The year that an expression names, in figures or as "last year"."""
    if written := parts.get("year") or parts.get("short"):
        number = int(written)
        return number + 2000 if number < 100 else number
    if (which := parts.get("which")) and published:
        return published.year + STEPS[which.lower()]
    return None


def _year_of(number: int, parts: Parts, published: date | None, future: bool) -> int | None:
    """The year of a month: its own, or that of the last or next such month."""
    if written := parts.get("year"):
        return int(written)
    if published is None:
        return None
    if future:
        return published.year + (number < published.month)
    return published.year - (number > published.month)


def _ordinal(parts: Parts) -> int:
    return int(parts.get("number") or ORDINALS[(parts.get("ordinal") or "").lower()])


def _month_number(name: str | None) -> int:
    name = (name or "").lower()
    return int(name) if name.isdigit() else MONTHS.index(name[:3]) + 1


def _count(word: str | None) -> int:
    word = (word or "").lower()
    return NUMBERS[word] if word in NUMBERS else int(word)


def _months_away(day: date, count: int) -> tuple[int, int]:
    """The year and month that lie `count` months from a day."""
    own, number = divmod(day.year * 12 + day.month - 1 + count, 12)
    return own, number + 1


def _day_span(day: date) -> Span:
    return day, day, day.isoformat()


def _month_span(own: int, number: int) -> Span:
    return date(own, number, 1), _month_end(own, number), f"{own}-{number:02}"


def _quarter_span(own: int, number: int) -> Span:
    return date(own, number * 3 - 2, 1), _month_end(own, number * 3), f"Q{number} {own}"


def _year_span(own: int) -> Span:
    return date(own, 1, 1), date(own, 12, 31), str(own)


def _month_end(own: int, number: int) -> date:
    return date(own, number, monthrange(own, number)[1])


def _fiscal_days(own: int) -> tuple[date, date]:
    """A fiscal year ends in the year of its number, or begins in it."""
    return date(own - 1, 1, 1), date(own, 12, 31)
