"""What the dated entries of a budget give on a day and for a stretch of days: exact, without a table (F39, T31).

A budget is asked here by the checks, which load no engine, and by `metrics/budgets.py` for the reports, so that a
warning and a page never differ. Where a figure cannot be given there is the reason instead, one of `results.REASONS`.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from fractions import Fraction
from typing import Any, NamedTuple

from sitegen import periods

DAY = dt.timedelta(days=1)
WHOLE_PROJECT = "project"
"""`per: project`: the amount is for all of it, not for a stretch of time."""
Amount = int | Fraction | str
"""Minutes or minor units; or why there are none."""


class Entry(NamedTuple):
    """One baseline. A measure that is None is not touched by it: the entry before goes on holding."""

    on: dt.date
    per: str
    minutes: Any = None
    external_minor: Any = None
    end: dt.date | None = None
    why: str | None = None


class Window(NamedTuple):
    """The days a budget and its hours are compared for; half-open. `spread` is False where it is the whole project."""

    start: dt.date | None
    end: dt.date | None
    spread: bool

    def holds(self, day: dt.date) -> bool:
        """Whether the day lies in it."""
        return (self.start is None or self.start <= day) and (self.end is None or day < self.end)


def saying(dated: Sequence[Entry], measure: str) -> list[Entry]:
    """The entries that say something of the measure (`minutes`, `external_minor` or `end`)."""
    return [entry for entry in dated if getattr(entry, measure) is not None]


def in_force(dated: Sequence[Entry], measure: str, day: dt.date) -> Entry | None:
    """The newest entry on or before the day that says something of the measure."""
    held = [entry for entry in saying(dated, measure) if entry.on <= day]
    return held[-1] if held else None


def prorated(dated: Sequence[Entry], measure: str, start: dt.date, end: dt.date) -> Amount:
    """The budget of [start, end), spread by day (F39).

    Formula:
        Σ over the days of amount ÷ days of that day's own year, quarter, month or week, by the entry in force that day.

    Undefined:
        no-budget where no entry holds on one of the days; not-relevant where the entry that holds is for the whole
        project.
    """
    told = saying(dated, measure)
    if not told or start < told[0].on:
        return "no-budget" if start < end else 0
    total: Fraction = Fraction(0)
    for entry, until in zip(told, [entry.on for entry in told[1:]] + [periods.FAR], strict=True):
        first, last = max(start, entry.on), min(end, until) - DAY
        if first > last:
            continue
        if entry.per == WHOLE_PROJECT:
            return "not-relevant"
        amount = Fraction(getattr(entry, measure))
        for period in periods.between(first, last, entry.per):
            days = (min(last, period.last) - max(first, period.start)).days + 1
            total += amount * days / period.days
    return total


def fiscal_year(day: dt.date, first_month: int = 1) -> tuple[dt.date, dt.date]:
    """The organisation's year that holds the day, half-open."""
    year = day.year if day.month >= first_month else day.year - 1
    return dt.date(year, first_month, 1), dt.date(year + 1, first_month, 1)


def window(
    dated: Sequence[Entry],
    as_of: dt.date,
    start: dt.date | None = None,
    last: dt.date | None = None,
    first_month: int = 1,
) -> Window:
    """The days that budget and hours are compared for.

    A budget for the whole project has no bounds. One that is per year, quarter, month or week is compared for the
    organisation's year that holds `as_of` (of a project that is over: its last), from the first day that has both
    project and budget to the project's `last` day: so twelve months' budgets meet a year's hours.
    """
    entry = in_force(dated, "minutes", as_of) or in_force(dated, "external_minor", as_of)
    if entry is None or entry.per == WHOLE_PROJECT:
        return Window(None, None, False)
    day = min(as_of, last) if last else as_of
    year_start, year_end = fiscal_year(max(day, start) if start else day, first_month)
    first = max(filter(None, (year_start, start, dated[0].on)))
    return Window(first, min(year_end, last + DAY) if last else year_end, True)


def amount(dated: Sequence[Entry], measure: str, as_of: dt.date, span: Window) -> Amount:
    """The budget in force at `as_of`: the amount for the project, or what the window is given (F39)."""
    entry = in_force(dated, measure, as_of)
    if entry is None:
        return "no-budget"
    if not span.spread:
        given: int = getattr(entry, measure)
        return given
    assert span.start is not None and span.end is not None
    return prorated(dated, measure, span.start, max(span.start, span.end))


def counted(dated: Sequence[Entry], span: Window) -> Window:
    """The days whose hours are held against the budget.

    Of a budget that is spread only those since its first entry, and months decide: an organisation's year begins with
    one.
    """
    if not span.spread:
        return span
    assert span.start is not None and span.end is not None
    after = (span.end - DAY).replace(day=28) + 4 * DAY  # some day of the month after the last one
    return Window(max(dated[0].on, span.start.replace(day=1)), after.replace(day=1), True)


def planned_end(dated: Sequence[Entry], end: dt.date | None, day: dt.date) -> dt.date | None:
    """The last day as planned on `day`: that of the newest entry that names one, else the project's own."""
    entry = in_force(dated, "end", day)
    return entry.end if entry else end
