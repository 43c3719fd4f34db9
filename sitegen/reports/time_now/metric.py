"""The section of time on one page: its headline figures, and what to decide, plan again and buy (T60).

The matters are in `points.py`; every figure is one that another report of the section has.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

import polars as pl

from sitegen.metrics.figures import Undefined, frame, known, share
from sitegen.periods import week_of
from sitegen.report import Metric
from sitegen.reports.time_now import points
from sitegen.results import Column, Result

COLUMNS = (
    Column("month", "day", "Month", "marketing", "The newest with a week that is over"),
    Column("logged", "minutes", "Hours logged", "marketing", "Whole weeks, in the month of their Thursday"),
    Column("booked", "minutes", "Hours booked", "marketing", "The plan of the same weeks; later additions left out"),
    Column("adherence", "share", "Plan kept", "marketing", "Done as booked ÷ booked, in thirteen weeks"),
    Column(
        "beyond", "count", "Budgets that will not hold", "marketing", "Open projects over budget or that will exceed"
    ),
    Column("missing", "minutes", "Hours beyond these budgets", "marketing", "Over budget, or estimate less budget"),
    Column("budgets", "count", "Open projects with a budget"),
    Column("lent", "minutes", "Hours lent out", "marketing", "To other departments, in the organisation's year"),
    Column("borrowed", "minutes", "Hours borrowed", "marketing"),
    Column("free", "minutes", "Hours free ahead", "marketing", "In the four weeks after this one"),
    Column("capacity", "minutes", "Can work", "marketing", "In the same four weeks"),
    Column("open", "count", "Open projects"),
    Column("late", "count", "Delayed projects"),
    Column("overdue", "count", "Overdue deadlines", about="Of projects and tasks, and ends that have passed"),
)


def now_rows(as_of: dt.date, results: Mapping[str, Result]) -> pl.DataFrame:
    """One row, `now`: each figure as its own report has it, the sums and counts over rows of theirs.

    Undefined:
        What the audience may not see → withheld; a report without such a row → nothing-logged. The
        hours of whole weeks, where there are hours in the week that is not over alone → immature.
    """
    months = _one(results, "booked_registered.months")
    if months == {"-": "nothing-logged"} and _running(results, as_of):
        months = {"-": "immature"}
    kept = _one(results, "booked_registered.total", "all")
    lending = _one(results, "lending.departments", _first_key(results, "lending.focus"))
    soon = _one(results, "resource_plan.total", "soon")
    row: dict[str, Any] = {"key": "now"}
    for name, (source, column) in {
        "month": (months, "month"),
        "logged": (months, "logged"),
        "booked": (months, "booked"),
        "budgets": (_one(results, "budget.total", "budgeted"), "projects"),
        "lent": (lending, "lent"),
        "borrowed": (lending, "borrowed"),
        "free": (soon, "free"),
        "capacity": (soon, "capacity"),
        "open": (_one(results, "portfolio.total", "open"), "projects"),
        "late": (_one(results, "portfolio.total", "open"), "late"),
    }.items():
        row[name] = _figure(source, column)
    adherence = _figure(kept, "adherence")
    why = adherence.why if isinstance(adherence, Undefined) else "no-cases"
    row |= share("adherence", kept.get("adherence_k") or 0, kept.get("adherence_n") or 0, why)
    row |= _beyond(results) | {"overdue": _overdue(results)}
    return frame(COLUMNS, [row])


def _running(results: Mapping[str, Result], as_of: dt.date) -> bool:
    """Whether hours are logged in the week of the day."""
    table = results.get("portfolio.projects")
    return table is not None and table.has("latest") and any(table.rows["latest"] >= week_of(as_of).start)


def _one(results: Mapping[str, Result], name: str, key: str | None = None) -> dict[str, Any]:
    """The row of another report's table with this key, without one its first row.

    A table that the audience may not see at all has no row; `_figure` says that it is withheld.
    """
    result = results.get(name)
    if result is None:
        return {"-": "withheld"}
    rows = result.rows if key is None else result.rows.filter(pl.col("key") == key)
    return {"-": "withheld"} | rows.row(0, named=True) if len(rows) else {"-": "nothing-logged"}


def _first_key(results: Mapping[str, Result], name: str) -> str:
    row = _one(results, name)
    return str(row.get("key", ""))


def _figure(row: Mapping[str, Any], column: str) -> Any:
    """A measure of the row of `_one`: for the row's own reason, else that of its table, where it is not there."""
    return known(row.get(column), row.get(f"{column}_why") or row["-"])


def _beyond(results: Mapping[str, Result]) -> dict[str, Any]:
    """How many open projects the outlook says are over their budget or will exceed it, and by how much together."""
    table = results.get("budget.projects")
    if table is None or not table.has("outlook"):
        return dict.fromkeys(("beyond", "missing"), Undefined("withheld"))
    rows = table.rows.filter(pl.col("state") == "open")
    over = rows.filter(pl.col("outlook") == "over")["overrun"].to_list()
    over += rows.filter(pl.col("outlook") == "will-exceed")["estimate_over"].to_list()
    return {"beyond": len(over), "missing": sum(over)}


def _overdue(results: Mapping[str, Result]) -> Any:
    table = results.get("resource_plan.deadlines")
    return Undefined("withheld") if table is None else table.rows.filter(pl.col("state") == "overdue").height


RESULTS = (
    Metric("now", COLUMNS, now_rows),
    Metric("points", points.COLUMNS, points.point_rows),
    Metric("groups", points.GROUP_COLUMNS, points.group_rows),
)
