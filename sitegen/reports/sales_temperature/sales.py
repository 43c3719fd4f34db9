"""The sales of the organisation's year: its months, what of them is known on the day, and budget against sales (F8)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from sitegen.baselines import fiscal_year
from sitegen.metrics.figures import Figure, Undefined, minus, share
from sitegen.periods import Calendar, Period, between

IMMATURE, MISSING, NO_BUDGET = Undefined("immature"), Undefined("missing-month"), Undefined("no-budget")


@dataclass(frozen=True)
class Month:
    """A month of the year in minor units; `sold` is None where it is not written, and where the month has not ended."""

    period: Period
    ended: bool
    budget: int | None
    sold: int | None
    by: Any


@dataclass(frozen=True)
class Year:
    """The twelve months of the organisation's year that holds the day.

    Sales are known for whole months only, so that everything stands at the end of the last month that has ended and
    whose sales are written: what is left is sold after it, and the weeks that are left begin there.
    """

    start: dt.date
    end: dt.date
    months: tuple[Month, ...]
    early: int
    """Months with sales that had not ended on the day; they are not counted (G1)."""

    @property
    def name(self) -> str:
        """`2026`; `2025-26` where the year does not begin in January."""
        return str(self.start.year) if self.start.month == 1 else f"{self.start.year}-{self.end.year % 100:02d}"

    @property
    def counted(self) -> tuple[Month, ...]:
        """The months whose sales are known."""
        return tuple(month for month in self.months if month.sold is not None)

    @property
    def through(self) -> dt.date | None:
        """The first day after the last counted month; None where none is counted."""
        return self.counted[-1].period.end if self.counted else None

    @property
    def sold(self) -> Figure:
        """What was sold from the year's first day; undefined where a month before the last counted one is missing."""
        if not self.counted:
            return self.none_known
        return MISSING if any(month.sold is None for month in self.months[: len(self.counted)]) else self.sold_known

    @property
    def sold_known(self) -> int:
        """What was sold in the counted months."""
        return sum(month.sold or 0 for month in self.counted)

    @property
    def halves(self) -> tuple[tuple[Month, ...], tuple[Month, ...]]:
        return self.months[:6], self.months[6:]

    @property
    def half(self) -> tuple[Month, ...]:
        """The half that holds the last counted month; the first where none is counted."""
        first, second = self.halves
        return second if any(month.sold is not None for month in second) else first

    @property
    def budget(self) -> Figure:
        """The year's budget; undefined where a month has none."""
        return summed([month.budget for month in self.months])

    @property
    def none_known(self) -> Undefined:
        """Why nothing is known of what was sold."""
        return MISSING if any(month.ended for month in self.months) else IMMATURE


def year_of(records: Any, organisation: Any, as_of: dt.date) -> Year | None:
    """The organisation's year that holds the day; None where no month of it is written."""
    start, end = fiscal_year(as_of, getattr(organisation, "fiscal_year_starts", None) or 1)
    months, early = [], 0
    written = False
    for period in between(start, end - dt.timedelta(days=1), "month"):
        found = records.sales.get(str(period))
        written = written or found is not None
        budget, actual = (found.budget, found.actual) if found is not None else (None, None)
        ended = period.last <= as_of
        early += actual is not None and not ended
        months.append(Month(period, ended, budget, actual if ended else None, found.by if found is not None else None))
    return Year(start, end, tuple(months), early) if written else None


def summed(amounts: Sequence[int | None]) -> Figure:
    """The sum of what is written for months; undefined where a month is missing, or where there is no budget at all."""
    known = [amount for amount in amounts if amount is not None]
    return NO_BUDGET if not known else sum(known) if len(known) == len(amounts) else MISSING


def against(pairs: Iterable[tuple[int | None, int | None]], none_known: Undefined, prefix: str = "") -> dict[str, Any]:
    """Budget and sales of the months whose sales are known, out of (budget, sold) of each month (F8, B1).

    Formula:
        attainment = Σ sold ÷ Σ budget of the same months; gap = Σ sold − Σ budget

    Undefined:
        no month with sales → `none_known`; no budget, or one of 0 → no-budget; a month without one → missing-month.
    """
    both = [(budget, sold) for budget, sold in pairs if sold is not None]
    sold: Figure = sum(sold for _, sold in both) if both else none_known
    budget: Figure = summed([budget for budget, _ in both]) if both else none_known
    return compared(budget, sold, prefix)


def compared(budget: Figure, sold: Figure, prefix: str = "") -> dict[str, Any]:
    """The columns of sales against a budget."""
    return {
        f"{prefix}budget": budget,
        f"{prefix}sold": sold,
        **share(f"{prefix}attainment", sold, budget, "no-budget"),
        f"{prefix}gap": minus(sold, budget),
    }


def pairs(months: Iterable[Month]) -> list[tuple[int | None, int | None]]:
    """(budget, sold) of each month."""
    return [(month.budget, month.sold) for month in months]


def weeks(months: Iterable[Month], calendar: Calendar) -> Fraction:
    """Working weeks of the months."""
    return sum((calendar.working_weeks(month.period.start, month.period.end) for month in months), Fraction(0))
