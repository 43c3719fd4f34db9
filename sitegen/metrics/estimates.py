"""Where a project is heading: earned value, estimates at completion, the planned line, the burn-out day (F35, F36)."""

from __future__ import annotations

import datetime as dt
import math
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import accumulate
from typing import Any

import polars as pl

from sitegen.metrics.figures import Figure, Undefined, combine, divided, parts, ratio
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
    return Fraction(sum(budget * done for budget, done in budgeted if done is not None), 10_000)


def earned_estimate(used: Figure, budget: Figure, earned: Figure) -> Figure:
    """Estimate at completion from what has been earned (F35): EAC = used × B ÷ EV.

    Undefined: not-started where EV is 0, nothing-logged where no hour is used, else as its parts.
    """

    def estimate(hours: int, given: Fraction, value: Fraction) -> Figure:
        if hours == 0:
            return Undefined("nothing-logged")
        return Undefined("not-started") if value == 0 else Fraction(hours) * given / value

    return combine(estimate, used, budget, earned)


def pace(
    weeks: Sequence[int], since: dt.date | None, first_week: dt.date, first_hours: dt.date | None = None
) -> Figure:
    """Mean minutes of the last four complete weeks.

    Undefined (too-few) where the project began after the first of them, or all its hours (from `first_hours` on) are
    later than the last: no complete week has shown yet how fast it goes.
    """
    if len(weeks) < WEEKS_OF_PACE or since is None or since >= first_week + 7 * DAY:
        return Undefined("too-few")
    if first_hours is not None and first_hours >= first_week + 7 * WEEKS_OF_PACE * DAY:
        return Undefined("too-few")
    return Fraction(sum(weeks), len(weeks))


def pace_estimate(used: int, weekly: Figure, as_of: dt.date, last: dt.date | None) -> Figure:
    """Estimate at completion if the pace holds (F35): used + p × w, w = whole weeks from `as_of` to the last day.

    Undefined: no-end without a last day, nothing-logged where no hour is used, else as the pace.
    """
    if last is None:
        return Undefined("no-end")
    if used == 0:
        return Undefined("nothing-logged")
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

    def before_each(self, first: dt.date, last: dt.date) -> list[int]:
        """For each day from `first` to `last`, both with: the working days of [first, day)."""
        worked = frozenset(self._looked_up(first, last))
        days = (first + n * DAY for n in range((last - first).days))
        return list(accumulate((day in worked for day in days), initial=0))

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


@dataclass(frozen=True)
class Plan:
    """A budget that is to be used evenly on the working days from `start` to `last` (F36)."""

    budget: Figure
    start: dt.date
    last: dt.date | None


def to_go(days: pl.DataFrame, plans: Sequence[Plan], name: str, working: WorkingDays) -> pl.DataFrame:
    """What the plan of its line leaves for the morning of each day: B − PV of the day before (F36).

    Args:
        days: rows with `line`, the place of its plan among `plans`, and `day`.
        name: of the column that is added, as it is written.

    Undefined: as the budget, else as `planned`; the reason is in the column `<name>_why`.
    """
    lines: dict[str, list[Any]] = {key: [] for key in ("over", "below", "why", "first", "end")}
    bounds = [day for plan in plans for day in (plan.start, (plan.last or plan.start) + DAY)]
    since = min(bounds, default=dt.date.min)
    before = working.before_each(since, max(bounds, default=since))
    for plan in plans:
        first = before[(plan.start - since).days]
        end = before[((plan.last or plan.start) - since).days + 1]
        row = (*parts(_a_working_day(plan, working)), first, max(first, end))
        for key, value in zip(lines, row, strict=True):
            lines[key].append(value)
    kinds = dict.fromkeys(("over", "below", "first", "end"), pl.Int128) | {"why": pl.String}
    rows = pl.DataFrame(lines, kinds)[days["line"]]
    place = (days["day"] - since).dt.total_days().clip(0, len(before) - 1)
    passed = pl.Series("passed", before, dtype=pl.Int128).gather(place)
    k = rows.select(k=pl.col("over") * (pl.col("end") - pl.lit(passed).clip("first", "end")))["k"]
    return days.with_columns(divided(k, rows["below"]).alias(name), rows["why"].alias(f"{name}_why"))


def _a_working_day(plan: Plan, working: WorkingDays) -> Figure:
    """What a plan uses of its budget on each of its working days."""
    if isinstance(plan.budget, Undefined):
        return plan.budget
    whole = 0 if plan.last is None or plan.last < plan.start else working.between(plan.start, plan.last + DAY)
    return Fraction(plan.budget) / whole if whole else Undefined("no-end")


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
