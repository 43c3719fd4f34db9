"""What the coming weeks are booked for: each booking, each project by priority, and the priorities (T9, T19, T61)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

import narwhals as nw
import polars as pl

from sitegen.metrics.figures import Undefined, frame, known, share
from sitegen.metrics.hours import complete_weeks
from sitegen.metrics.people import key_of, who
from sitegen.periods import DAY, week_of
from sitegen.results import Column, Result

WEEKS_SHOWN = 13
NO_PRIORITY = "none"


def coming_weeks(as_of: dt.date) -> tuple[dt.date, ...]:
    """The Mondays of the day's own week and the twelve after it."""
    this = week_of(as_of).start
    return tuple(this + n * 7 * DAY for n in range(WEEKS_SHOWN))


def ahead(booked: nw.LazyFrame, as_of: dt.date) -> nw.LazyFrame:
    """Minutes booked in the coming weeks by person, week, project and task, later additions too."""
    weeks = coming_weeks(as_of)
    rows = booked.filter(nw.col("week") >= nw.lit(weeks[0]), nw.col("week") <= nw.lit(weeks[-1]))
    return rows.group_by("person", "week", "project", "task").agg(nw.col("minutes").sum())


AHEAD = {"person": pl.String, "week": pl.Date, "project": pl.String, "task": pl.String, "minutes": pl.Int64}


def logged_lately(logged: nw.LazyFrame, as_of: dt.date) -> nw.LazyFrame:
    """Minutes logged on each project in the last thirteen complete weeks."""
    weeks = complete_weeks(as_of, WEEKS_SHOWN)
    rows = logged.filter(nw.col("week") >= nw.lit(weeks[0]), nw.col("week") <= nw.lit(weeks[-1]))
    return rows.filter(nw.col("day") <= nw.lit(as_of)).group_by("project").agg(nw.col("minutes").sum())


LOGGED = {"project": pl.String, "minutes": pl.Int64}


def fact_on(fact: str, project_spans: pl.DataFrame, as_of: dt.date) -> dict[str, str]:
    """What a dated fact is on the day, of each project that has it then."""
    held = project_spans.filter(
        pl.col("fact") == fact, pl.col("since") <= as_of, pl.col("until") > as_of, pl.col("value").is_not_null()
    )
    return dict(held.select("project", "value").iter_rows())


def priorities_on(project_spans: pl.DataFrame, as_of: dt.date) -> dict[str, int]:
    """The priority of each project that has one on the day, 1 first."""
    return {project: int(value) for project, value in fact_on("priority", project_spans, as_of).items()}


BOOKING_COLUMNS = (
    Column("name", "text", "Who", "marketing"),
    Column("week", "day", "Week", "marketing"),
    Column("project", "text", "Project", "marketing"),
    Column("task", "text", "Task", "marketing"),
    Column("minutes", "minutes", "Booked", "marketing"),
    Column("priority", "count", "Priority", "marketing", "1 is first"),
)


def booking_rows(
    plan: pl.DataFrame,
    projects: pl.DataFrame,
    tasks: pl.DataFrame,
    project_spans: pl.DataFrame,
    as_of: dt.date,
    organisation: Any,
    records: Any,
) -> pl.DataFrame:
    """What each person is booked for in each of the coming weeks, with the priority that the project has on the day."""
    names = dict(projects.select("project", "name").iter_rows())
    called = {(project, task): name for project, task, name in tasks.select("project", "task", "name").iter_rows()}
    level = priorities_on(project_spans, as_of)
    rows = [
        {
            "key": "/".join(filter(None, (key_of(person), str(week_of(week)), project, task))),
            "name": who(person, organisation, records),
            "week": week,
            "project": names.get(project, project),
            "task": called.get((project, task), task),
            "minutes": minutes,
            "priority": known(level.get(project), "unknown-part"),
        }
        for person, week, project, task, minutes in plan.iter_rows()
    ]
    return frame(BOOKING_COLUMNS, sorted(rows, key=lambda row: (row["week"], str(row["name"]), row["key"])))


PROJECT_COLUMNS = (
    Column("name", "text", "Project"),
    Column("priority", "count", "Priority", about="1 is first"),
    Column("reason", "text", "Why this priority"),
    Column("owner", "text", "Owner"),
    Column("booked", "minutes", "Booked in thirteen weeks", "marketing", "This week and the twelve after it"),
    Column("share", "share", "Share", "marketing", "Of all that is booked in these weeks"),
    Column("weeks", "count", "Weeks with bookings", "marketing"),
    Column("until", "day", "Last booked week", "marketing"),
    Column("deadline", "day", "Next deadline", about="Of project, tasks and end; today's too"),
)


def project_rows(
    plan: pl.DataFrame,
    projects: pl.DataFrame,
    project_spans: pl.DataFrame,
    as_of: dt.date,
    organisation: Any,
    records: Any,
    results: Mapping[str, Result],
) -> pl.DataFrame:
    """The projects that are not closed, by priority: what is booked for them, or that nothing is (T9, T19, T61).

    The next deadline is the first of the project's in `deadlines` whose day has not passed.
    """
    sums = {
        project: (minutes, weeks, last)
        for project, minutes, weeks, last in plan.group_by("project")
        .agg(pl.col("minutes").sum(), pl.col("week").n_unique(), pl.col("week").max().alias("last"))
        .iter_rows()
    }
    total = sum(minutes for minutes, _, _ in sums.values())
    nearest: dict[str, dt.date] = {}
    for key, day in results["resource_plan.deadlines"].rows.select("key", "day").iter_rows():
        if day >= as_of:
            nearest.setdefault(key.partition("/")[0], day)
    cards = getattr(records, "projects", {})
    owners, level = fact_on("owner", project_spans, as_of), priorities_on(project_spans, as_of)
    rows = []
    for row in projects.iter_rows(named=True):
        project = row["project"]
        minutes, weeks, last = sums.get(project, (0, 0, None))
        if row["closed"] and row["closed"] <= as_of and not minutes:
            continue
        card = cards.get(project)
        priority = card.priority.at(as_of) if card is not None and card.priority is not None else None
        owner = owners.get(project)
        rows.append(
            {
                "key": project,
                "name": row["name"],
                "priority": known(level.get(project), "unknown-part"),
                "reason": getattr(priority, "why", None),
                "owner": who(owner, organisation, records) if owner else None,
                "booked": minutes,
                **share("share", minutes, total, "no-cases"),
                "weeks": weeks,
                "until": known(last, "not-relevant"),
                "deadline": known(nearest.get(project), "no-end"),
            }
        )

    def order(row: Mapping[str, Any]) -> tuple[Any, ...]:
        unset = isinstance(row["priority"], Undefined)
        return unset, 0 if unset else row["priority"], -row["booked"], str(row["name"])

    return frame(PROJECT_COLUMNS, sorted(rows, key=order))


PRIORITY_COLUMNS = (
    Column("priority", "text", "Priority", "marketing", words={NO_PRIORITY: "No priority"}),
    Column("projects", "count", "Projects", "marketing", "Not closed"),
    Column("booked", "minutes", "Booked in thirteen weeks", "marketing", "This week and the twelve after it"),
    Column("booked_share", "share", "Share of booked", "marketing"),
    Column("logged", "minutes", "Logged", "marketing", "The last thirteen complete weeks"),
    Column("logged_share", "share", "Share of logged", "marketing"),
)


def priority_rows(
    worked: pl.DataFrame, project_spans: pl.DataFrame, as_of: dt.date, results: Mapping[str, Result]
) -> pl.DataFrame:
    """What is booked ahead and what was done lately on the projects of each priority, as they stand on the day (T61).

    Hours on projects that are closed by now count where their priority is; the last row are those without one.
    """
    level = priorities_on(project_spans, as_of)
    sums: dict[str, dict[str, int]] = {}

    def add(project: str, name: str, amount: int) -> None:
        key = str(level[project]) if project in level else NO_PRIORITY
        of_level = sums.setdefault(key, {"projects": 0, "booked": 0, "logged": 0})
        of_level[name] += amount

    for row in results["resource_plan.projects"].rows.iter_rows(named=True):
        add(row["key"], "projects", 1)
        add(row["key"], "booked", row.get("booked") or 0)
    for project, minutes in worked.iter_rows():
        add(project, "logged", minutes)
    whole = {name: sum(one[name] for one in sums.values()) for name in ("booked", "logged")}
    return frame(
        PRIORITY_COLUMNS,
        (
            {
                "key": key,
                "priority": key,
                **sums[key],
                **share("booked_share", sums[key]["booked"], whole["booked"], "no-cases"),
                **share("logged_share", sums[key]["logged"], whole["logged"], "nothing-logged"),
            }
            for key in sorted(sums)
        ),
    )
