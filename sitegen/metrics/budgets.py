"""Budgets as dated entries: which one holds, what it gives for a stretch of days, what is committed (F2, F39, T31)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from fractions import Fraction
from typing import Any

import polars as pl

from sitegen import baselines
from sitegen.baselines import (
    DAY,
    WHOLE_PROJECT,
    Entry,
    Window,
    fiscal_year,
    in_force,
    planned_end,
    saying,
    window,
)
from sitegen.metrics.figures import Figure, Undefined, known

__all__ = [
    "DAY",
    "WHOLE_PROJECT",
    "Entry",
    "Window",
    "amount",
    "committed",
    "cost_status",
    "end_figure",
    "entries",
    "fiscal_year",
    "in_force",
    "original",
    "planned_end",
    "prorated",
    "saying",
    "window",
]


def _figure(given: baselines.Amount) -> Figure:
    """A budget's amount as a figure; the reason why there is none as an undefined one."""
    return Undefined(given) if isinstance(given, str) else given


ENTRY = Entry._fields
"""The columns of `budgets` that an entry is made of, in its order."""


def entries(budgets: pl.DataFrame, as_of: dt.date) -> dict[str, tuple[Entry, ...]]:
    """Each project's entries written on or before `as_of`, oldest first (G1); of one day, in the order of the file."""
    found: dict[str, list[Entry]] = {}
    written = budgets.filter(pl.col("on") <= as_of).sort("project", "on", "seq")
    for project, *facts in written.select("project", *ENTRY).iter_rows():
        found.setdefault(project, []).append(Entry(*facts))
    return {project: tuple(dated) for project, dated in found.items()}


def prorated(dated: Sequence[Entry], measure: str, start: dt.date, end: dt.date) -> Figure:
    """The budget of [start, end), spread by day (F39): see `baselines.prorated`."""
    return _figure(baselines.prorated(dated, measure, start, end))


def amount(dated: Sequence[Entry], measure: str, as_of: dt.date, span: Window) -> Figure:
    """The budget in force at `as_of`: the amount for the project, or what the window is given (F39)."""
    return _figure(baselines.amount(dated, measure, as_of, span))


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
    return "over" if used > budget else "near" if used >= warn_at * budget else "within"


def end_figure(day: dt.date | None) -> Any:
    """A planned last day as a figure."""
    return known(day, "no-end")
