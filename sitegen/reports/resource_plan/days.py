"""The days of the coming weeks: deadlines with who is away on them, public holidays and closed days (T19)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import polars as pl

from sitegen.metrics import budgets as budgeting
from sitegen.metrics.figures import frame, known
from sitegen.metrics.people import is_person, who
from sitegen.metrics.projects import done_on
from sitegen.periods import DAY, Calendar, week_of
from sitegen.reports.resource_plan.work import coming_weeks, fact_on, priorities_on
from sitegen.results import Column
from sitegen.tables.projects import walk_tasks

WHOLE = 10_000
"""A task that is done, basis points."""

KINDS = {"deadline": "Deadline", "task": "Task", "end": "Project's end"}
STATES = {"overdue": "Overdue", "day-off": "On a day off", "ahead": "Ahead"}
DEADLINE_COLUMNS = (
    Column("name", "text", "Project"),
    Column("what", "text", "What"),
    Column("kind", "text", "Kind", words=KINDS),
    Column("day", "day", "Deadline"),
    Column("left", "days", "Days left", about="Below zero: days overdue"),
    Column("owner", "text", "Owner"),
    Column("priority", "count", "Priority", about="1 is first"),
    Column("state", "text", "State", about="On a day off: a public holiday, closed, or no working day", words=STATES),
    Column(
        "away", "text", "Away on the day", "marketing", "Of the owner, the task's people and those booked that week"
    ),
)


@dataclass
class _Deadline:
    """One deadline that is not met: `people` are the ids of those who are to meet it."""

    key: str
    project: str
    what: str | None
    kind: str
    day: dt.date
    people: set[str] = field(default_factory=set)


def _deadlines(
    projects: pl.DataFrame, deadlines: pl.DataFrame, tasks: pl.DataFrame, task_done: pl.DataFrame,
    budgets: pl.DataFrame, as_of: dt.date, records: Any,
) -> Iterator[_Deadline]:  # fmt: skip
    """The deadlines of projects that are not closed: those written, those of unfinished tasks, and planned ends."""
    baselines = budgeting.entries(budgets, as_of)
    open_ = {}
    for project, end, closed in projects.select("project", "end", "closed").iter_rows():
        if closed and closed <= as_of:
            continue
        open_[project] = budgeting.planned_end(baselines.get(project, ()), end, as_of)
    for row in deadlines.iter_rows(named=True):
        if row["project"] in open_ and not (row["met"] and row["met"] <= as_of):
            yield _Deadline(
                f"{row['project']}/deadline-{row['seq']}", row["project"], row["what"], "deadline", row["day"]
            )
    people = {
        (project, task): set(card.people)
        for project, owner in getattr(records, "projects", {}).items()
        for task, card, _, _ in walk_tasks(owner.tasks)
    }
    done = done_on(task_done, as_of)
    for row in tasks.filter(pl.col("deadline").is_not_null()).iter_rows(named=True):
        place = (row["project"], row["task"])
        if row["project"] in open_ and done.get(place, 0) < WHOLE:
            own = people.get(place, set())
            yield _Deadline(
                f"{row['project']}/task-{row['task']}", row["project"], row["name"], "task", row["deadline"], own
            )
    for project, last in open_.items():
        if last is not None:
            yield _Deadline(f"{project}/end", project, None, "end", last)


def deadline_rows(
    plan: pl.DataFrame,
    projects: pl.DataFrame,
    project_spans: pl.DataFrame,
    deadlines: pl.DataFrame,
    tasks: pl.DataFrame,
    task_done: pl.DataFrame,
    budgets: pl.DataFrame,
    absent: pl.DataFrame,
    as_of: dt.date,
    calendar: Calendar | None,
    organisation: Any,
    records: Any,
) -> pl.DataFrame:
    """Every deadline that is not met, the first first: overdue where its day has passed (T19).

    `away` names who of the people is away all of that day: the task's people, else the project's owner, and whoever is
    booked on the project in the deadline's week.
    """
    calendar = calendar or Calendar()
    owners = fact_on("owner", project_spans, as_of)
    level = priorities_on(project_spans, as_of)
    names = dict(projects.select("project", "name").iter_rows())
    gone = set(absent.filter(pl.col("minutes").is_null()).select("person", "day").iter_rows())
    booked: dict[tuple[str, dt.date], set[str]] = {}
    for person, week, project, *_ in plan.iter_rows():
        if is_person(person):
            booked.setdefault((project, week), set()).add(person)
    rows = []
    for one in _deadlines(projects, deadlines, tasks, task_done, budgets, as_of, records):
        owner = owners.get(one.project)
        people = one.people or ({owner} if owner else set())
        people = people | booked.get((one.project, week_of(one.day).start), set())
        away = sorted(str(who(person, organisation, records)) for person in people if (person, one.day) in gone)
        state = "overdue" if one.day < as_of else "ahead" if calendar.is_working(one.day) else "day-off"
        rows.append(
            {
                "key": one.key,
                "name": names.get(one.project, one.project),
                "what": one.what,
                "kind": one.kind,
                "day": one.day,
                "left": (one.day - as_of).days,
                "owner": who(owner, organisation, records) if owner else None,
                "priority": known(level.get(one.project), "unknown-part"),
                "state": state,
                "away": ", ".join(away) if away and one.day >= as_of else None,
            }
        )
    return frame(DEADLINE_COLUMNS, sorted(rows, key=lambda row: (row["day"], row["key"])))


DAY_COLUMNS = (
    Column("day", "day", "Day"),
    Column("what", "text", "What"),
    Column("kind", "text", "Kind", words={"holiday": "Public holiday", "closed": "Closed day"}),
)


def day_rows(as_of: dt.date, calendar: Calendar | None, organisation: Any) -> pl.DataFrame:
    """The public holidays and closed days among the weekdays of the coming weeks."""
    calendar = calendar or Calendar()
    weeks = coming_weeks(as_of)
    rows = []
    for day in (weeks[0] + n * DAY for n in range(7 * len(weeks))):
        if day.weekday() > 4 or calendar.is_working(day, frozenset(range(7))):
            continue
        holiday = calendar.holiday(day)
        reasons = (one.reason for one in getattr(organisation, "closed", None) or () if one.from_ <= day <= one.to)
        rows.append(
            {
                "key": day.isoformat(),
                "day": day,
                "what": holiday or next(reasons, None),
                "kind": "holiday" if holiday else "closed",
            }
        )
    return frame(DAY_COLUMNS, rows)
