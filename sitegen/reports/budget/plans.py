"""One planned line a budget entry: what each baseline said should be left, week by week (F36, T31)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

import polars as pl

from sitegen.metrics import budgets as budgeting
from sitegen.metrics import estimates
from sitegen.metrics.figures import frame_of
from sitegen.periods import Calendar, week_of
from sitegen.results import Column

WEEK = dt.timedelta(weeks=1)
PLAN_COLUMNS = (
    Column("project", "text", "Project"),
    Column("baseline", "count", "Baseline", about="1 is the first"),
    Column("decided", "day", "Decided"),
    Column("day", "day", "Day"),
    Column("planned", "minutes", "Planned left", about="The baseline's hours − what it planned to be used by then"),
    Column("role", "text", "Which", words={"first": "First plan", "between": "A plan between", "now": "Plan now"}),
)


def plan_rows(
    projects: pl.DataFrame, budgets: pl.DataFrame, as_of: dt.date, calendar: Calendar | None, organisation: Any
) -> pl.DataFrame:
    """What every baseline of an open project's hours planned to be left on the Mondays from its start to its end.

    Formula (F36):
        planned(d) = B − B × working days [start, d) ÷ working days [start, end], each entry with its own hours and
        the end that was planned on its day. Of a budget by month or year, what the entry alone gives for the days
        compared.

    The plan that holds now is the line `planned` of `burndown`, and the first one `original`; here are all of them.
    """
    working = estimates.WorkingDays(calendar or Calendar())
    first_month = getattr(organisation, "fiscal_year_starts", None) or 1
    baselines = budgeting.entries(budgets, as_of)
    given: dict[str, list[Any]] = {name: [] for name in ("key", *(column.name for column in PLAN_COLUMNS))}
    for facts in projects.sort("project").iter_rows(named=True):
        dated = baselines.get(facts["project"], ())
        over = facts["closed"] is not None and facts["closed"] <= as_of
        if facts["start"] and facts["start"] <= as_of and not over:
            for own in _plans(facts, dated, as_of, working, first_month):
                for name, values in own.items():
                    given[name] += values
    return frame_of(PLAN_COLUMNS, given)


def _plans(
    facts: dict[str, Any],
    dated: tuple[budgeting.Entry, ...],
    as_of: dt.date,
    working: estimates.WorkingDays,
    first_month: int,
) -> Iterator[dict[str, list[Any]]]:
    """The rows of each baseline of one project, column by column."""
    told = budgeting.saying(dated, "minutes")
    now = budgeting.planned_end(dated, facts["end"], as_of)
    span = budgeting.window(dated, as_of, facts["start"], now, first_month)
    start = span.start if span.spread and span.start else facts["start"]
    for place, entry in enumerate(dated, 1):
        if entry not in told:
            continue
        last = budgeting.planned_end(dated[:place], facts["end"], entry.on)
        if span.spread and span.end:
            last = span.end - budgeting.DAY
        if last is None or last < start:
            continue
        hours = budgeting.original([entry], "minutes", span)
        role = "now" if entry is told[-1] else "first" if entry is told[0] else "between"
        monday = week_of(start).start
        days = [monday + week * WEEK for week in range((last - monday).days // 7 + 2)]
        left, why = estimates.to_go(hours, start, last, days, working)
        if why is not None:
            continue
        yield {
            "key": [f"{facts['project']}/{place}/{day.isoformat()}" for day in days],
            "project": [facts["project"]] * len(days),
            "baseline": [place] * len(days),
            "decided": [entry.on] * len(days),
            "day": days,
            "planned": left,
            "role": [role] * len(days),
        }
