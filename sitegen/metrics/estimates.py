"""Where a project is heading: earned value, estimates at completion, the planned line, the burn-out day (F35, F36)."""

from __future__ import annotations

import datetime as dt
import math
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from fractions import Fraction

from sitegen.metrics.figures import Figure, Undefined, combine, quotients, ratio
from sitegen.periods import Calendar

WEEKS_OF_PACE = 4
"""The pace is the mean of so many complete weeks (F35, T30)."""
BEHIND_UNDER = Fraction(9, 10)
"""A project is behind where SPI is under this (F38)."""
DAY = dt.timedelta(days=1)


def earned_value(leaves: Iterable[tuple[int | None, int | None]]) -> Figure:
    """EV = Σ budget × done over the leaf tasks, as (budget in minutes, done in basis points or None).

    Undefined (unknown-part) where no leaf task has a budget, or one that has says nothing dated of how far it has come.
    """
    budgeted = [(budget, done) for budget, done in leaves if budget is not None]
    if not budgeted or any(done is None for _, done in budgeted):
        return Undefined("unknown-part")
    return sum((Fraction(budget * done, 10_000) for budget, done in budgeted if done is not None), Fraction(0))


def earned_estimate(used: Figure, budget: Figure, earned: Figure) -> Figure:
    """Estimate at completion from what has been earned (F35): EAC = used × B ÷ EV.

    Undefined: not-started where EV is 0, nothing-logged where no hour is used, else as its parts.
    """

    def estimate(hours: int, given: Fraction, value: Fraction) -> Figure:
        if hours == 0:
            return Undefined("nothing-logged")
        return Undefined("not-started") if value == 0 else Fraction(hours) * given / value

    return combine(estimate, used, budget, earned)


def pace(weeks: Sequence[int], since: dt.date | None, first_week: dt.date) -> Figure:
    """Mean minutes of the last four complete weeks.

    Undefined (too-few) where the project began after the first of them.
    """
    if len(weeks) < WEEKS_OF_PACE or since is None or since >= first_week + 7 * DAY:
        return Undefined("too-few")
    return Fraction(sum(weeks), len(weeks))


def pace_estimate(used: int, weekly: Figure, as_of: dt.date, last: dt.date | None) -> Figure:
    """Estimate at completion if the pace holds (F35): used + p × w, w = whole weeks from `as_of` to the last day."""
    if last is None:
        return Undefined("no-end")
    weeks = max(0, (last - as_of).days // 7)
    return combine(lambda mean: used + mean * weeks, weekly)


def runs_out(left: Figure, weekly: Figure, as_of: dt.date) -> dt.date | Undefined:
    """The day the hours run out if the pace holds (T30): `as_of` + left ÷ pace weeks, to the whole day that is begun.

    Undefined: nothing-logged where the four weeks have no hours; not-relevant where nothing is left.
    """

    def day(rest: Fraction, mean: Fraction) -> dt.date | Undefined:
        if rest <= 0:
            return Undefined("not-relevant")
        if mean == 0:
            return Undefined("nothing-logged")
        days = math.ceil(Fraction(rest) / mean * 7)
        # A pace of a minute a week would pass the last date there is.
        return as_of + dt.timedelta(days=days) if days < 36_500 else Undefined("not-reached")

    return combine(day, left, weekly)


class WorkingDays:
    """Counts of working days between any two days, from one look at the calendar."""

    def __init__(self, calendar: Calendar) -> None:
        self._calendar = calendar
        self._worked: list[dt.date] = []
        self._from: dt.date | None = None
        self._to: dt.date | None = None

    def between(self, start: dt.date, end: dt.date) -> int:
        """Working days of the half-open range [start, end)."""
        worked = self._looked_up(start, end)
        return max(0, bisect_left(worked, end) - bisect_left(worked, start))

    def until_each(self, start: dt.date, end: dt.date, days: Iterable[dt.date]) -> list[int]:
        """Working days of [start, day) for each of some days, and of [start, end) for those after the end."""
        worked = self._looked_up(start, end)
        first, whole = bisect_left(worked, start), bisect_left(worked, end)
        return [max(0, bisect_left(worked, day, 0, whole) - first) for day in days]

    def _looked_up(self, start: dt.date, end: dt.date) -> list[dt.date]:
        """The working days that were looked up, in order, which are all of the range; each is looked up once."""
        if self._from is None or self._to is None:
            self._from = self._to = start
        if start < self._from:
            self._worked = self._between(start, self._from) + self._worked
            self._from = start
        if end > self._to:
            self._worked += self._between(self._to, end)
            self._to = end
        return self._worked

    def _between(self, start: dt.date, end: dt.date) -> list[dt.date]:
        days = (start + n * DAY for n in range((end - start).days))
        return [day for day in days if self._calendar.is_working(day)]


def planned(budget: Figure, start: dt.date | None, last: dt.date | None, day: dt.date, working: WorkingDays) -> Figure:
    """The planned line PV(d) = B × working days [start, d] ÷ working days [start, last] (F36); B after the last day.

    Undefined: no-end without a first and a last day, or where no day between them is worked.
    """
    if start is None or last is None or last < start:
        return Undefined("no-end")
    after = min(day, last) + DAY
    return combine(
        lambda part, hours: part * hours,
        ratio(working.between(start, after), working.between(start, last + DAY), "no-end"),
        budget,
    )


def to_go(
    budget: Figure, start: dt.date, last: dt.date | None, days: Sequence[dt.date], working: WorkingDays
) -> tuple[list[int | float | None], str | None]:
    """What a plan leaves for the morning of each day, as it is written: B − PV of the day before (F36).

    Undefined: None on every day, for the reason that is given beside them: as the budget, else as `planned`.
    """
    if isinstance(budget, Undefined):
        return [None] * len(days), budget.why
    whole = 0 if last is None or last < start else working.between(start, last + DAY)
    if last is None or whole == 0:
        return [None] * len(days), "no-end"
    over, below = budget.numerator, budget.denominator * whole
    passed = working.until_each(start, last + DAY, days)
    return quotients((over * (whole - gone) for gone in passed), below), None


def schedule_status(
    as_of: dt.date, closed: dt.date | None, last: dt.date | None, unmet: Sequence[dt.date], spi: Figure
) -> str:
    """Closed, late, behind, on-time or unknown (F38); `unmet` are the deadlines not met by `as_of`."""
    if closed is not None and closed <= as_of:
        return "closed"
    if any(day < as_of for day in (*unmet, *([last] if last else []))):
        return "late"
    if not isinstance(spi, Undefined) and spi < BEHIND_UNDER:
        return "behind"
    return "on-time" if last else "unknown"
