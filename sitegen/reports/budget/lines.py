"""The budget report's lines: tasks, baselines and weeks of each project (T14, T27, T31)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

import narwhals as nw
import polars as pl

from sitegen.metrics import budgets as budgeting
from sitegen.metrics.attendance import away_all_week
from sitegen.metrics.figures import Undefined, frame, known, minus, share
from sitegen.metrics.hours import complete_weeks, cost
from sitegen.metrics.tasks import Trees
from sitegen.periods import Calendar
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
    weeks = complete_weeks(as_of, WEEKS_SHOWN)
    sums = worked.group_by("project", "week").agg(pl.col("minutes").sum())
    minutes = {(project, week): amount for project, week, amount in sums.iter_rows()}
    people = dict(worked.group_by("project").agg(pl.col("person").unique()).iter_rows())
    away = away_all_week(absent, contracts, calendar or Calendar(), weeks)
    baselines = budgeting.entries(budgets, as_of)
    names = [_name(week) for week in weeks]
    rows = []
    for facts in projects.sort("project").iter_rows(named=True):
        project = facts["project"]
        last = facts["closed"] or budgeting.planned_end(baselines.get(project, ()), facts["end"], as_of)
        states = []
        for week in weeks:
            over = (facts["start"] and week + WEEK <= facts["start"]) or (facts["closed"] and week > facts["closed"])
            late = last is not None and week > last
            if minutes.get((project, week)):
                state = "worked"
            elif over or late:
                state = "outside"
            else:
                crew = people.get(project, ())
                state = "absent" if crew and all((person, week) in away for person in crew) else "zero"
            states.append(state)
        if all(state == "outside" for state in states):
            continue
        for week, name, state in zip(weeks, names, states, strict=True):
            amount = minutes.get((project, week), 0)
            shown = Undefined("not-relevant") if state in ("absent", "outside") else amount
            rows.append(
                {"key": f"{project}/{name}", "project": project, "week": week, "minutes": shown, "state": state}
            )
    return frame(WEEK_COLUMNS, rows)


def _name(monday: dt.date) -> str:
    year, week, _ = monday.isocalendar()
    return f"{year}-W{week:02d}"


SUM_COLUMNS = (
    Column("what", "text", "Sum of", words={"project": "Project", "week": "Week", "all": "Total"}),
    Column("minutes", "minutes", "Hours", "marketing"),
)


def sum_rows(results: Mapping[str, Result]) -> pl.DataFrame:
    """The sums of `weeks`: of each project (`project/<id>`), of each week (`week/2026-W14`), and of all (`all`)."""
    table = results["budget.weeks"]
    sums: dict[str, int] = {}
    for row in table.rows.iter_rows(named=True) if table.has("minutes") else ():
        project, _, week = row["key"].partition("/")
        for key in (f"project/{project}", f"week/{week}", "all"):
            sums[key] = sums.get(key, 0) + (row["minutes"] or 0)
    rows = ({"key": key, "what": key.partition("/")[0], "minutes": minutes} for key, minutes in sums.items())
    return frame(SUM_COLUMNS, sorted(rows, key=lambda row: row["key"]))
