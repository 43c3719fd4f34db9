"""One planned line a budget entry: what each baseline said should be left, week by week (F36, T31)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

import polars as pl

from sitegen.metrics import budgets as budgeting
from sitegen.metrics import estimates
from sitegen.metrics.figures import defined
from sitegen.periods import Calendar
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
    found: list[tuple[dict[str, Any], estimates.Plan]] = []
    for facts in projects.sort("project").iter_rows(named=True):
        dated = baselines.get(facts["project"], ())
        over = facts["closed"] is not None and facts["closed"] <= as_of
        if facts["start"] and facts["start"] <= as_of and not over:
            found += _plans(facts, dated, as_of, first_month)
    lines = pl.DataFrame([line for line, _ in found], schema=LINE).with_row_index("line")
    days = lines.with_columns(day=mondays("first", "last")).explode("day").drop("first", "last")
    rows = estimates.to_go(days, [plan for _, plan in found], "planned", working)
    rows = rows.filter(pl.col("planned").is_not_null())
    key = pl.concat_str("of_line", written(rows["day"]), separator="/")
    return rows.select(key.alias("key"), *defined(PLAN_COLUMNS))


LINE = {
    "of_line": pl.String,
    "project": pl.String,
    "baseline": pl.Int64,
    "decided": pl.Date,
    "role": pl.String,
    "first": pl.Date,
    "last": pl.Date,
}


def mondays(first: str, last: str) -> pl.Expr:
    """The days a line is drawn for: Mondays from that of the week of `first` to the one after `last`."""
    monday = pl.col(first).dt.truncate("1w")
    return pl.date_ranges(monday, pl.col(last) + WEEK, interval="1w")


def written(days: pl.Series) -> pl.Series:
    """Days as they stand in keys: of very many rows the days are few, and each is written once."""
    each = days.unique().sort()
    return days.replace_strict(each, each.cast(pl.String), return_dtype=pl.String)


def _plans(
    facts: dict[str, Any], dated: tuple[budgeting.Entry, ...], as_of: dt.date, first_month: int
) -> Iterator[tuple[dict[str, Any], estimates.Plan]]:
    """The line of each baseline of one project, and its plan."""
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
        line = {
            "of_line": f"{facts['project']}/{place}",
            "project": facts["project"],
            "baseline": place,
            "decided": entry.on,
            "role": "now" if entry is told[-1] else "first" if entry is told[0] else "between",
            "first": start,
            "last": last,
        }
        yield line, estimates.Plan(budgeting.original([entry], "minutes", span), start, last)
