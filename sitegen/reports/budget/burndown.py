"""The burn-down of each open project: what is left of its hours, week by week, beside its plans (F36)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import polars as pl

from sitegen.metrics import budgets as budgeting
from sitegen.metrics import estimates
from sitegen.metrics.figures import Figure, Undefined, defined, divided, parts
from sitegen.metrics.projects import Standings
from sitegen.periods import Calendar
from sitegen.reports.budget.plans import WEEK, mondays, written
from sitegen.results import Column

BURNDOWN_COLUMNS = (
    Column("project", "text", "Project"),
    Column("day", "day", "Day"),
    Column("left", "minutes", "Left", "marketing", "Budget that held on the day − hours used before it"),
    Column("pace", "minutes", "If the pace holds", "marketing"),
    Column("planned", "minutes", "Plan now", about="What should be left by the plan that holds now"),
    Column("original", "minutes", "First plan", about="What should be left by the first baseline"),
)


def burndown_rows(
    standings: Standings, budgets: pl.DataFrame, as_of: dt.date, calendar: Calendar | None
) -> pl.DataFrame:
    """What is left of each open project's hours on every Monday and on the day of the report, beside its plans (F36).

    Lines: what is left; the plan in force, B − PV; the first baseline's plan; and from today on, left − pace × weeks.
    """
    working = estimates.WorkingDays(calendar or Calendar())
    baselines = budgeting.entries(budgets, as_of)
    lines = []
    for facts in sorted(standings.rows, key=lambda facts: facts["project"]):
        dated = baselines.get(facts["project"], ())
        if facts["state"] == "open" and facts["start"] and budgeting.saying(dated, "minutes"):
            lines.append(_line(facts, standings.spans[facts["project"]], dated, as_of))
    ends = _frame(
        ("project", "first", "last"),
        ((line.project, line.now.start, max(as_of, line.now.last or as_of)) for line in lines),
    ).with_row_index("line")
    every_week = pl.concat_list(mondays("first", "last"), pl.lit(as_of))
    days = ends.select("line", day=every_week.list.unique().list.sort()).explode("day")
    days = estimates.to_go(days, [line.now for line in lines], "planned", working)
    days = estimates.to_go(days, [line.original for line in lines], "original", working)
    weeks = standings.worked.filter("inside").join(ends, on="project").group_by("line", day=pl.col("week") + WEEK)
    days = _going(_left(days, lines, weeks.agg(pl.col("minutes").sum()), as_of), lines, as_of)
    return days.with_columns(project=ends["project"].gather(days["line"])).select(
        pl.concat_str("project", written(days["day"]), separator="/").alias("key"),
        *defined(BURNDOWN_COLUMNS, said=("left", "pace", "planned", "original")),
    )


_KINDS = {
    "project": pl.String,
    "line": pl.UInt32,
    "first": pl.Date,
    "last": pl.Date,
    "day": pl.Date,
    "over": pl.Int128,
    "below": pl.Int128,
    "step": pl.Int128,
    "why": pl.String,
}


def _frame(names: Sequence[str], rows: Iterable[tuple[Any, ...]]) -> pl.DataFrame:
    return pl.DataFrame(list(rows), schema={name: _KINDS[name] for name in names}, orient="row")


@dataclass(frozen=True)
class _Line:
    """What the burn-down of a project is drawn from: its plans, what is left now, its pace, and what each entry made
    the budget, from the day it was written.
    """

    project: str
    now: estimates.Plan
    original: estimates.Plan
    left: Figure
    pace: Figure
    held: Mapping[dt.date, Figure]


def _line(
    facts: Mapping[str, Any], span: budgeting.Window, dated: tuple[budgeting.Entry, ...], as_of: dt.date
) -> _Line:
    start = span.start if span.spread and span.start else facts["start"]
    ends = budgeting.saying(dated, "end")
    last = budgeting.planned_end(dated, facts["end"], as_of)
    first_last = ends[0].end if ends else facts["end"]
    if span.spread and span.end:
        last = first_last = span.end - budgeting.DAY
    # Before the first baseline was written, the project is drawn with it: nothing else was ever planned.
    moved = (dated[0]._replace(on=min(dated[0].on, start)), *dated[1:])
    return _Line(
        facts["project"],
        estimates.Plan(facts["budget"], start, last),
        estimates.Plan(facts["original"], start, first_last),
        facts["left"],
        facts["pace"],
        {
            entry.on if place else dt.date.min: budgeting.amount(moved[: place + 1], "minutes", as_of, span)
            for place, entry in enumerate(dated)
        },
    )


def _left(days: pl.DataFrame, lines: Sequence[_Line], weeks: pl.DataFrame, as_of: dt.date) -> pl.DataFrame:
    """The days with `left`, and why there is none.

    On the morning of a day before the report's it is the budget that held then less the hours of the `weeks` that had
    ended (`day`: the Monday after, and `minutes`); on the day of the report the budget less every hour that is held
    against it.
    """
    steps = _frame(
        ("line", "day", "over", "below", "why"),
        ((place, since, *parts(budget)) for place, line in enumerate(lines) for since, budget in line.held.items()),
    )
    spent = weeks.sort("day").with_columns(pl.col("minutes").cum_sum().over("line"))
    before = days.select("line", "day")
    for told in (steps, spent):  # what the entries and weeks say by a day is carried on to the next
        before = before.join_asof(told, on="day", by="line", check_sortedness=False)
    today = _frame(("over", "below", "why"), (parts(line.left) for line in lines))[days["line"]]
    past, here = days["day"] < as_of, days["day"] == as_of
    rest = before.select(pl.col("over") - pl.col("minutes").fill_null(0) * pl.col("below"))["over"]
    found = pl.select(
        over=pl.when(past).then(rest).when(here).then(today["over"]),
        below=pl.when(past).then(before["below"]).when(here).then(today["below"]),
        why=pl.when(past).then(before["why"]).when(here).then(today["why"]).otherwise(pl.lit("not-reached")),
    )
    return days.with_columns(divided(found["over"], found["below"]).alias("left"), found["why"].alias("left_why"))


def _going(days: pl.DataFrame, lines: Sequence[_Line], as_of: dt.date) -> pl.DataFrame:
    """The days with `pace`, what is left from the day of the report on if the pace holds, never under 0, and why there
    is none.
    """
    rows: list[tuple[Any, ...]] = []
    for line in lines:
        if isinstance(line.left, Undefined) or isinstance(line.pace, Undefined):
            why = next(figure.why for figure in (line.left, line.pace) if isinstance(figure, Undefined))
            rows.append((None, None, None, why))
            continue
        # left − pace × days ÷ 7 over one denominator
        below = line.left.denominator * line.pace.denominator * 7
        over, a_day = line.left.numerator * line.pace.denominator * 7, line.pace.numerator * line.left.denominator
        rows.append((over, a_day, below, None))
    ahead = pl.lit((days["day"] - as_of).dt.total_days())
    found = _frame(("over", "step", "below", "why"), rows)[days["line"]].select(
        "below",
        over=pl.when(ahead >= 0).then((pl.col("over") - pl.col("step") * ahead).clip(0)),
        why=pl.when(ahead >= 0).then("why").otherwise(pl.lit("not-relevant")),
    )
    return days.with_columns(divided(found["over"], found["below"]).alias("pace"), found["why"].alias("pace_why"))
