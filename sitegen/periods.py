"""Days, weeks, months, quarters, halves and years as half-open ranges, and the organisation's calendar."""

from __future__ import annotations

import datetime as dt
import importlib.util
import re
import sys
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache

DAY = dt.timedelta(days=1)
WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
FAR = dt.date(9999, 12, 31)
"""The `until` of a span that still holds."""

_PATTERNS = (
    ("week", re.compile(r"(\d{4})-W(\d{2})")),
    ("month", re.compile(r"(\d{4})-(\d{2})")),
    ("quarter", re.compile(r"(\d{4})-Q([1-4])")),
    ("half", re.compile(r"(\d{4})-H([12])")),
    ("year", re.compile(r"(\d{4})")),
)
_MONTHS = {"month": 1, "quarter": 3, "half": 6, "year": 12}


@dataclass(frozen=True, order=True)
class Period:
    """A stretch of days: `start` is in it, `end` is the first day after it. `str()` gives the text that records use."""

    start: dt.date
    end: dt.date
    kind: str

    def __str__(self) -> str:
        year = self.start.year
        if self.kind == "week":
            iso = self.start.isocalendar()
            return f"{iso.year}-W{iso.week:02d}"
        if self.kind == "month":
            return f"{year}-{self.start.month:02d}"
        if self.kind == "quarter":
            return f"{year}-Q{(self.start.month + 2) // 3}"
        if self.kind == "half":
            return f"{year}-H{1 if self.start.month < 7 else 2}"
        return str(year) if self.kind == "year" else self.start.isoformat()

    def __contains__(self, day: dt.date) -> bool:
        return self.start <= day < self.end

    @property
    def last(self) -> dt.date:
        """The last day that is in it."""
        return self.end - DAY

    @property
    def days(self) -> int:
        """How many days it has."""
        return (self.end - self.start).days

    def next(self) -> Period:
        """The period of the same kind that follows."""
        return containing(self.end, self.kind)

    def previous(self) -> Period:
        """The period of the same kind before it."""
        return containing(self.start - DAY, self.kind)


def containing(day: dt.date, kind: str) -> Period:
    """The period of this kind (`day`, `week`, `month`, `quarter`, `half`, `year`) that `day` lies in."""
    if kind == "day":
        return Period(day, day + DAY, kind)
    if kind == "week":
        monday = day - dt.timedelta(days=day.weekday())
        return Period(monday, monday + 7 * DAY, kind)
    months = _MONTHS[kind]
    first = (day.month - 1) // months * months
    start = dt.date(day.year, first + 1, 1)
    return Period(start, dt.date(day.year + (first + months) // 12, (first + months) % 12 + 1, 1), kind)


@lru_cache(maxsize=4096)
def parse(text: str) -> Period:
    """The period that a record's text names: `2026-W12`, `2026-03`, `2026-Q1`, `2026-H1` or `2026`.

    Raises:
        ValueError: when the text is none of these, or names a week or month that does not exist.
    """
    for kind, pattern in _PATTERNS:
        match = pattern.fullmatch(text)
        if match is None:
            continue
        year = int(match[1])
        number = int(match[2]) if kind != "year" else 1
        if kind == "week":
            return containing(dt.date.fromisocalendar(year, number, 1), "week")
        return containing(dt.date(year, (number - 1) * _MONTHS[kind] + 1, 1), kind)
    raise ValueError(f"{text!r} is not a period")


def week_of(day: dt.date) -> Period:
    """The ISO week of a day; the last days of December may belong to week 1 of the next year."""
    return containing(day, "week")


def month_of(day: dt.date) -> Period:
    """The calendar month of a day."""
    return containing(day, "month")


def week_month(monday: dt.date) -> Period:
    """The month a whole week belongs to: that of its Thursday (F4)."""
    return month_of(monday + 3 * DAY)


def weeks_of_month(day: dt.date, as_of: dt.date) -> list[dt.date]:
    """The Mondays of the weeks that belong to the day's month (F4) and had ended by `as_of`, oldest first."""
    month = month_of(day)
    weeks = between(month.start, month.last, "week")
    return [week.start for week in weeks if week_month(week.start) == month and week.last <= as_of]


def between(first: dt.date, last: dt.date, kind: str) -> Iterator[Period]:
    """Every period of this kind from the one that holds `first` to the one that holds `last`."""
    period = containing(first, kind)
    while period.start <= last:
        yield period
        period = period.next()


def last_complete(as_of: dt.date, kind: str) -> Period:
    """The newest period of this kind whose last day is on or before `as_of`."""
    period = containing(as_of, kind)
    return period if period.last <= as_of else period.previous()


class Calendar:
    """Which days are worked: the organisation's working days, its country's public holidays and its closed days."""

    def __init__(
        self,
        country: str | None = None,
        working_days: Sequence[str] = WEEKDAYS[:5],
        closed: Sequence[tuple[dt.date, dt.date]] = (),
        changes: Sequence[tuple[dt.date, Sequence[str]]] = (),
    ) -> None:
        """`closed` are (first day, last day), both inclusive. An unknown country has no holidays. `changes` are other
        working days from a date, oldest first.
        """
        self._country = country
        weeks = (working_days, *(days for _, days in changes))
        self._weekdays = [frozenset(WEEKDAYS.index(name) for name in week) for week in weeks]
        self._changes = [since for since, _ in changes]
        self._closed = tuple(closed)
        self._holidays: Mapping[dt.date, str] | None = None

    @classmethod
    def of(cls, organisation: object) -> Calendar:
        """The calendar of an `Organisation` record."""
        closed = [(item.from_, item.to) for item in getattr(organisation, "closed", None) or ()]
        written = getattr(organisation, "working_days", None) or WEEKDAYS[:5]
        spans = getattr(written, "spans", ((None, written),))
        always = [days for since, days in spans if since is None] or [WEEKDAYS[:5]]
        changes = [(since, days) for since, days in spans if since is not None]
        return cls(getattr(organisation, "country", None), always[0], closed, changes)

    def holiday(self, day: dt.date) -> str | None:
        """The name of the public holiday on this day, if it is one."""
        if self._holidays is None:
            self._holidays = _holidays(self._country) if self._country else {}
        return self._holidays.get(day)

    def is_working(self, day: dt.date, weekdays: frozenset[int] | None = None) -> bool:
        """Whether the day is worked; `weekdays` (0 = Monday) replaces the organisation's working days."""
        if weekdays is None:
            weekdays = self._weekdays[bisect_right(self._changes, day)]
        if day.weekday() not in weekdays:
            return False
        if any(first <= day <= last for first, last in self._closed):
            return False
        return self.holiday(day) is None

    def working_days(self, start: dt.date, end: dt.date) -> int:
        """How many days of the half-open range [start, end) are worked."""
        return sum(self.is_working(start + dt.timedelta(days=n)) for n in range((end - start).days))

    def working_weeks(self, start: dt.date, end: dt.date) -> Fraction:
        """The worked days of the half-open range [start, end) in weeks: each is its part of the days that its week has
        without holidays, so that four days of five are 0.8.
        """
        days = (start + dt.timedelta(days=n) for n in range((end - start).days))
        worked = (self._weekdays[bisect_right(self._changes, day)] for day in days if self.is_working(day))
        return sum((Fraction(1, len(week)) for week in worked), Fraction(0))


def _holidays(country: str) -> Mapping[dt.date, str]:
    """Day → name of the public holidays of a country; none of one that the library does not know.

    The names are those of the country's own language: left to itself the library takes the machine's.
    The library's package of countries imports all two hundred of them, which takes longer than reading the records of
    a small company. It is put in place without being run, so that only the country asked for is loaded.
    """
    import holidays

    name = "holidays.countries"
    spec = importlib.util.find_spec(name)
    if name not in sys.modules and spec is not None:
        sys.modules[name] = importlib.util.module_from_spec(spec)
    try:
        found = holidays.country_holidays(country)
        return holidays.country_holidays(country, language=found.default_language)
    except NotImplementedError:
        return {}
