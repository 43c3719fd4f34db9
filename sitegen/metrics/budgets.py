"""Budgets as dated entries: which one holds, what it gives for a stretch of days, what is committed (F2, F39, T31)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import polars as pl

from sitegen import periods
from sitegen.metrics.figures import Figure, Undefined, known

DAY = dt.timedelta(days=1)
WHOLE_PROJECT = "project"
"""`per: project`: the amount is for all of it, not for a stretch of time."""


@dataclass(frozen=True)
class Entry:
    """One baseline. A measure that is None is not touched by it: the entry before goes on holding."""

    on: dt.date
    per: str
    minutes: Any = None
    external_minor: Any = None
    end: dt.date | None = None
    why: str | None = None


@dataclass(frozen=True)
class Window:
    """The days a budget and its hours are compared for; half-open. `spread` is False where it is the whole project."""

    start: dt.date | None
    end: dt.date | None
    spread: bool

    def holds(self, day: dt.date) -> bool:
        """Whether the day lies in it."""
        return (self.start is None or self.start <= day) and (self.end is None or day < self.end)


def entries(budgets: pl.DataFrame, as_of: dt.date) -> dict[str, tuple[Entry, ...]]:
    """Each project's entries written on or before `as_of`, oldest first (G1); of one day, in the order of the file."""
    found: dict[str, list[Entry]] = {}
    written = budgets.filter(pl.col("on") <= as_of).sort("project", "on", "seq")
    for row in written.iter_rows(named=True):
        facts = {name: row[name] for name in ("on", "per", "minutes", "external_minor", "end", "why")}
        found.setdefault(row["project"], []).append(Entry(**facts))
    return {project: tuple(dated) for project, dated in found.items()}


def saying(dated: Sequence[Entry], measure: str) -> list[Entry]:
    """The entries that say something of the measure (`minutes`, `external_minor` or `end`)."""
    return [entry for entry in dated if getattr(entry, measure) is not None]


def in_force(dated: Sequence[Entry], measure: str, day: dt.date) -> Entry | None:
    """The newest entry on or before the day that says something of the measure."""
    held = [entry for entry in saying(dated, measure) if entry.on <= day]
    return held[-1] if held else None


def prorated(dated: Sequence[Entry], measure: str, start: dt.date, end: dt.date) -> Figure:
    """The budget of [start, end), spread by day (F39).

    Formula:
        Σ over the days of amount ÷ days of that day's own year, quarter, month or week, by the entry in force that day.

    Undefined:
        no-budget where no entry holds on one of the days; not-relevant where the entry that holds is for the whole
        project.
    """
    told = saying(dated, measure)
    if not told or start < told[0].on:
        return Undefined("no-budget") if start < end else 0
    total: Fraction = Fraction(0)
    for entry, until in zip(told, [entry.on for entry in told[1:]] + [periods.FAR], strict=True):
        first, last = max(start, entry.on), min(end, until) - DAY
        if first > last:
            continue
        if entry.per == WHOLE_PROJECT:
            return Undefined("not-relevant")
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


def amount(dated: Sequence[Entry], measure: str, as_of: dt.date, span: Window) -> Figure:
    """The budget in force at `as_of`: the amount for the project, or what the window is given (F39)."""
    entry = in_force(dated, measure, as_of)
    if entry is None:
        return Undefined("no-budget")
    if not span.spread:
        return getattr(entry, measure)
    assert span.start is not None and span.end is not None
    return prorated(dated, measure, span.start, max(span.start, span.end))


def original(dated: Sequence[Entry], measure: str, span: Window) -> Figure:
    """What the first entry gave for the same days, as if nothing had been changed since (T32)."""
    told = saying(dated, measure)
    if not told:
        return Undefined("no-budget")
    if not span.spread:
        return getattr(told[0], measure)
    assert span.start is not None and span.end is not None
    alone = Entry(dt.date.min, told[0].per, **{measure: getattr(told[0], measure)})
    return prorated([alone], measure, span.start, max(span.start, span.end))


def planned_end(dated: Sequence[Entry], end: dt.date | None, day: dt.date) -> dt.date | None:
    """The last day as planned on `day`: that of the newest entry that names one, else the project's own."""
    entry = in_force(dated, "end", day)
    return entry.end if entry else end


def committed(orders: pl.DataFrame, costs: pl.DataFrame, as_of: dt.date) -> dict[str, int]:
    """Minor units ordered from outside and not yet invoiced, by project (T18).

    Formula:
        Σ over the orders up to `as_of` of max(0, ordered − the invoices it names, dated up to `as_of`). An invoice
        above its order commits nothing more, and takes nothing from another order.
    """
    paid: dict[tuple[str, str], int] = {}
    for row in costs.filter(pl.col("day") <= as_of, pl.col("invoice").is_not_null()).iter_rows(named=True):
        invoice = (row["project"], row["invoice"])
        paid[invoice] = paid.get(invoice, 0) + row["amount_minor"]
    left: dict[tuple[str, int], int] = {}
    for row in orders.filter(pl.col("on") <= as_of).iter_rows(named=True):
        order = (row["project"], row["seq"])
        left.setdefault(order, row["amount_minor"])
        left[order] -= paid.get((row["project"], row["invoice"]), 0)
    found: dict[str, int] = {}
    for (project, _), rest in left.items():
        found[project] = found.get(project, 0) + max(0, rest)
    return found


def cost_status(used: int, budget: Figure, warn_at: Fraction = Fraction(8, 10)) -> str:
    """Over, near, within or without budget (F38); A = B is not over (F2), and a budget of 0 counts as none (T7)."""
    if isinstance(budget, Undefined) or budget == 0:
        return "no-budget"
    return "over" if used > budget else "near" if Fraction(used) / budget >= warn_at else "within"


def end_figure(day: dt.date | None) -> Any:
    """A planned last day as a figure."""
    return known(day, "no-end")
