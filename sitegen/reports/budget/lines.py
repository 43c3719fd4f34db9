"""The budget report's lines: tasks, baselines and weeks of each project (T14, T27, T31)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

import narwhals as nw
import polars as pl

from sitegen.metrics import budgets as budgeting
from sitegen.metrics.attendance import away_all_week
from sitegen.metrics.figures import Undefined, defined, frame, known, minus, share
from sitegen.metrics.hours import complete_weeks, cost
from sitegen.metrics.tasks import Trees
from sitegen.periods import Calendar, week_of
from sitegen.results import Column, Result

WEEKS_SHOWN = 13
WEEK = dt.timedelta(weeks=1)

NO_TASK = "-"
"""The name of the row with the hours of a project that are on no task."""
TASK_STATES = {"done": "Done", "late": "Late", "open": "Open", "no-task": "Without a task"}
TASK_COLUMNS = (
    Column("project", "text", "Project"),
    Column("name", "text", "Task", words={NO_TASK: "Without a task"}),
    Column("phase", "text", "Phase"),
    Column("level", "count", "Level"),
    Column("budget", "minutes", "Budget", about="Its own, or the sum of its tasks"),
    Column("used", "minutes", "Used", "marketing", "Hours on it and on the tasks under it"),
    Column("direct", "minutes", "Directly on the phase", "marketing", "Hours on a phase itself, not on a task of it"),
    Column("left", "minutes", "Left", "marketing"),
    Column("used_share", "share", "Used of budget", "marketing"),
    Column("done", "share", "Done", about="The newest that was said; of a phase, weighed by its tasks' budgets"),
    Column("external_cost", "money", "External cost", "marketing"),
    Column("internal_cost", "money", "Internal cost", "management"),
    Column("deadline", "day", "Deadline"),
    Column("state", "text", "State", words=TASK_STATES),
)


def task_rows(found: Trees, external_costs: pl.DataFrame, as_of: dt.date) -> pl.DataFrame:
    """One row a task and phase, in the order of the file; hours roll up without being counted twice (T14).

    A project's hours without a task are a row of their own (key `<project>/-`): the top rows and that one add up to
    the project.
    """
    past = external_costs.filter(pl.col("day") <= as_of)
    paid = {(row["project"], row["task"]): 0 for row in past.iter_rows(named=True)}
    for row in past.iter_rows(named=True):
        paid[row["project"], row["task"]] += row["amount_minor"]
    rows = []
    for project, tree in found.items():
        names = {task.id: task.name for task in tree}
        for task in tree:
            costs = [paid.get((project, id), 0) for id in task.ids]
            sums = task.hours
            rows.append(
                {
                    "key": f"{project}/{task.id or NO_TASK}",
                    "project": project,
                    "name": NO_TASK if task.id is None else task.name,
                    "phase": names[task.parent] if task.parent else None,
                    "level": task.level,
                    "budget": known(task.budget, "no-budget"),
                    "used": sums["minutes"],
                    "direct": task.direct if task.is_phase else Undefined("not-relevant"),
                    "left": minus(known(task.budget, "no-budget"), sums["minutes"]),
                    **share("used_share", sums["minutes"], known(task.budget, "no-budget"), "no-budget"),
                    "done": known(task.done, "unknown-part"),
                    "done_k": None if task.done is None else task.done * (task.budget or 10_000),
                    "done_n": None if task.done is None else task.budget or 10_000,
                    "external_cost": sum(costs),
                    "internal_cost": cost(sums["minutes"], sums["unpriced"], sums["cost_60"]),
                    "deadline": known(task.deadline, "no-end"),
                    "state": task.state(as_of),
                }
            )
    return frame(TASK_COLUMNS, rows)


BASELINE_COLUMNS = (
    Column("project", "text", "Project"),
    Column("on", "day", "Decided"),
    Column(
        "per",
        "text",
        "Per",
        words={"project": "project", "year": "year", "quarter": "quarter", "month": "month", "week": "week"},
    ),
    Column("minutes", "minutes", "Hours"),
    Column("change", "minutes", "Change", about="Against the baseline before"),
    Column("end", "day", "End"),
    Column("external", "money", "External budget", "marketing"),
    Column("why", "text", "Reason"),
    Column(
        "holds",
        "text",
        "Holds",
        words={"first": "First", "now": "In force", "only": "First, in force", "before": "Replaced"},
    ),
)


def baseline_rows(budgets: pl.DataFrame, as_of: dt.date) -> pl.DataFrame:
    """Every baseline written on or before the day, with its date and reason (T31)."""
    rows = []
    for project, dated in budgeting.entries(budgets, as_of).items():
        before: int | None = None
        per: str | None = None
        for place, entry in enumerate(dated, 1):
            change = Undefined("not-relevant") if per != entry.per else None
            if before is None:
                change = Undefined("first-round")
            hours = known(entry.minutes, "not-relevant")
            last, first = place == len(dated), place == 1
            rows.append(
                {
                    "key": f"{project}/{place}",
                    "project": project,
                    "on": entry.on,
                    "per": entry.per,
                    "minutes": hours,
                    "change": change or minus(hours, before or 0),
                    "end": known(entry.end, "not-relevant"),
                    "external": known(entry.external_minor, "not-relevant"),
                    "why": entry.why,
                    "holds": "only" if first and last else "first" if first else "now" if last else "before",
                }
            )
            before, per = (entry.minutes, entry.per) if entry.minutes is not None else (before, per)
    return frame(BASELINE_COLUMNS, rows)


WEEK_STATES = {
    "worked": "Worked",
    "zero": "Nothing logged",
    "absent": "Away all week",
    "outside": "Outside the project's time",
}
WEEK_COLUMNS = (
    Column("project", "text", "Project"),
    Column("week", "day", "Week"),
    Column("minutes", "minutes", "Hours", "marketing"),
    Column("state", "text", "State", "marketing", words=WEEK_STATES),
)


PEOPLE_WEEKS = {"project": pl.String, "week": pl.Date, "person": pl.String, "minutes": pl.Int64}


def people_weeks(logged: nw.LazyFrame, as_of: dt.date) -> nw.LazyFrame:
    """Minutes by project, week and person of the last complete weeks."""
    weeks = complete_weeks(as_of, WEEKS_SHOWN)
    rows = logged.filter(nw.col("week") >= nw.lit(weeks[0]), nw.col("week") <= nw.lit(weeks[-1]))
    return rows.group_by("project", "week", "person").agg(nw.col("minutes").sum())


def week_rows(
    worked: pl.DataFrame, projects: pl.DataFrame, budgets: pl.DataFrame, absent: pl.DataFrame, contracts: pl.DataFrame,
    as_of: dt.date, calendar: Calendar | None,
) -> pl.DataFrame:  # fmt: skip
    """Hours by project and week in the last thirteen complete weeks (T27, T30), of projects that were open in one of
    them.

    A week without hours is absent where everybody who worked on the project in those weeks was away on all their
    working days of it, outside where the project had not begun or was over, and else a plain 0: nobody wrote an hour
    on an open project.
    """
    mondays = complete_weeks(as_of, WEEKS_SHOWN)
    baselines = budgeting.entries(budgets, as_of)
    spans = [
        (
            facts["project"],
            facts["start"],
            facts["closed"],
            facts["closed"] or budgeting.planned_end(baselines.get(facts["project"], ()), facts["end"], as_of),
        )
        for facts in projects.sort("project").iter_rows(named=True)
    ]
    dates = dict.fromkeys(("start", "closed", "last"), pl.Date)
    lines = pl.DataFrame(spans, schema={"project": pl.String, **dates}, orient="row")
    away = away_all_week(absent, contracts, calendar or Calendar(), mondays)
    gone = pl.DataFrame(sorted(away), schema={"person": pl.String, "week": pl.Date}, orient="row")
    people = worked.select("project", "person").unique()
    missing = people.join(gone, on="person").group_by("project", "week").agg(away=pl.len())
    rows = (
        lines.join(pl.DataFrame({"week": mondays, "of_week": [str(week_of(week)) for week in mondays]}), how="cross")
        .join(worked.group_by("project", "week").agg(pl.sum("minutes")), on=["project", "week"], how="left")
        .join(people.group_by("project").agg(crew=pl.len()), on="project", how="left")
        .join(missing, on=["project", "week"], how="left")
        .with_columns(pl.col("minutes").fill_null(0))
    )
    over = (pl.col("week") + WEEK <= pl.col("start")) | (pl.col("week") > pl.min_horizontal("closed", "last"))
    state = (
        pl.when(pl.col("minutes") != 0)
        .then(pl.lit("worked"))
        .when(over.fill_null(False))
        .then(pl.lit("outside"))
        .when(pl.col("away") == pl.col("crew"))
        .then(pl.lit("absent"))
        .otherwise(pl.lit("zero"))
    )
    rows = rows.with_columns(state=state).filter((pl.col("state") != "outside").any().over("project"))
    unknown = pl.col("state").is_in(["absent", "outside"])
    rows = rows.sort("project", "week").with_columns(
        key=pl.concat_str("project", "of_week", separator="/"),
        minutes=pl.when(~unknown).then("minutes"),
        minutes_why=pl.when(unknown).then(pl.lit("not-relevant")),
    )
    return rows.select("key", *defined(WEEK_COLUMNS, said=("minutes",)))


SUM_COLUMNS = (
    Column("what", "text", "Sum of", words={"project": "Project", "week": "Week", "all": "Total"}),
    Column("minutes", "minutes", "Hours", "marketing"),
)


def sum_rows(results: Mapping[str, Result]) -> pl.DataFrame:
    """The sums of `weeks`: of each project (`project/<id>`), of each week (`week/2026-W14`), and of all (`all`)."""
    table = results["budget.weeks"]
    if not table.has("minutes"):
        return frame(SUM_COLUMNS, [])
    split = pl.col("key").str.split_exact("/", 1).struct
    rows = table.rows.select(
        pl.col("minutes").fill_null(0),
        project=pl.concat_str(pl.lit("project/"), split[0]),
        week=pl.concat_str(pl.lit("week/"), split[1]),
        all=pl.lit("all"),
    )
    sums = [rows.group_by(key=what).agg(pl.sum("minutes"), what=pl.lit(what)) for what in ("project", "week", "all")]
    return pl.concat(sums).sort("key").select("key", *defined(SUM_COLUMNS))
