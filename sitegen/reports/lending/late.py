"""Tasks that are late, beside the hours that their people worked for other departments meanwhile (T24)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import narwhals as nw
import polars as pl

from sitegen.metrics import departments
from sitegen.metrics.departments import NONE
from sitegen.metrics.figures import Undefined, frame, share
from sitegen.metrics.projects import done_on, name_of
from sitegen.results import Column

STANDS_FOR_A_DEPARTMENT = "dept:"
"""Begins the id of people who are not named for this audience: whose hours they were cannot be said."""
WHOLE = 10_000
STATES = {"late": "Late", "done-late": "Done late"}

PEOPLE_OF_LATE = {
    "what": pl.String,
    "project": pl.String,
    "task": pl.String,
    "person": pl.String,
    "borrower": pl.String,
    "minutes": pl.Int64,
}
"""What `people_of_late` leaves: of each late task and each of its people the minutes on it (`what` is `on-task`, no
borrower), and the minutes in the weeks that began while it was open by the department they were for (`open-weeks`).
"""


def _late_tasks(projects: nw.LazyFrame, tasks: nw.LazyFrame, task_done: nw.LazyFrame, as_of: dt.date) -> nw.LazyFrame:
    """`project`, `task`, `start` and `until` of the leaf tasks that were not done by their deadline.

    Done is the first day on which it was said to be 100 %, where that still holds; `until` is that day, else the day
    of the report.
    """
    key = ("project", "task")
    said = task_done.filter(nw.col("day") <= nw.lit(as_of))
    newest = said.group_by(*key).agg(nw.col("day").max())
    whole = said.filter(nw.col("done_bp") == nw.lit(WHOLE, nw.Int64))
    still = whole.join(newest, on=[*key, "day"], how="semi")
    done = whole.join(still, on=list(key), how="semi").group_by(*key).agg(done=nw.col("day").min())
    past = tasks.filter(nw.col("leaf"), nw.col("deadline") < nw.lit(as_of)).select(*key, "from", "deadline")
    dated = past.join(projects.select("project", "start"), on="project", how="left").join(
        done, on=list(key), how="left"
    )
    late = dated.filter(nw.col("done").is_null() | (nw.col("done") > nw.col("deadline")))
    return late.select(
        *key, start=nw.coalesce(nw.col("from"), nw.col("start")), until=nw.coalesce(nw.col("done"), nw.lit(as_of))
    )


def people_of_late(
    logged: nw.LazyFrame,
    by_month: nw.LazyFrame,
    project_states: nw.LazyFrame,
    projects: nw.LazyFrame,
    tasks: nw.LazyFrame,
    task_done: nw.LazyFrame,
    task_people: nw.LazyFrame,
    as_of: dt.date,
) -> nw.LazyFrame:
    """What the people of each late task worked on it, and for whom in the weeks that began while it was open.

    Its people are those its record names, and those who logged on it. The frame grows with tasks and people, not with
    entries or years.
    """
    member = ("project", "task", "person")
    named = task_people.select(*member, minutes=nw.lit(0, nw.Int64))
    worked = by_month.filter(~nw.col("task").is_null()).select(*member, minutes=nw.col("minutes").cast(nw.Int64))
    crew = nw.concat([named, worked])
    crew = (
        crew.join(_late_tasks(projects, tasks, task_done, as_of), on=["project", "task"], how="inner")
        .group_by(*member, "start", "until")
        .agg(nw.col("minutes").sum())
    )
    theirs = logged.filter(nw.col("day") <= nw.lit(as_of)).join(crew.select("person").unique(), on="person", how="semi")
    weeks = departments.lent(
        theirs.group_by("person", "week", "department", "state").agg(worked=nw.col("minutes").sum()), project_states
    )
    open_weeks = crew.join(weeks, on="person", how="inner").filter(
        nw.col("week") >= nw.col("start"), nw.col("week") <= nw.col("until")
    )
    told = open_weeks.group_by(*member, "borrower").agg(minutes=nw.col("worked").sum())
    return nw.concat(
        [
            crew.with_columns(what=nw.lit("on-task", nw.String), borrower=nw.lit(None, nw.String)).select(
                *PEOPLE_OF_LATE
            ),
            told.with_columns(what=nw.lit("open-weeks", nw.String), borrower=nw.col("borrower").cast(nw.String)).select(
                *PEOPLE_OF_LATE
            ),
        ]
    )


COLUMNS = (
    Column("task", "text", "Task"),
    Column("name", "text", "Project"),
    Column("people", "text", "People", "marketing"),
    Column("state", "text", "State", words=STATES),
    Column("from", "day", "From"),
    Column("deadline", "day", "Deadline"),
    Column("days", "days", "Days late", about="Days from the deadline to the day it was done, or to this day"),
    Column(
        "for_others",
        "minutes",
        "For other departments",
        "marketing",
        "Hours of its people in the same weeks on projects of departments other than the task's",
    ),
    Column("worked", "minutes", "All their hours", "marketing", "Of its people in the same weeks"),
    Column("share", "share", "Share for others", "marketing"),
    Column("on_it", "minutes", "On the task", "marketing"),
    Column("most", "text", "Most for", "marketing", words={NONE: "No department"}),
)


@dataclass(frozen=True)
class _Late:
    """A task that was not done by its deadline."""

    project: str
    task: str
    name: str | None
    start: dt.date
    deadline: dt.date
    done: dt.date | None


def _late(projects: pl.DataFrame, tasks: pl.DataFrame, task_done: pl.DataFrame, as_of: dt.date) -> Iterator[_Late]:
    """The leaf tasks whose deadline has passed: not done on the day, or done after it; closed projects' left out."""
    finished: dict[tuple[str, str], dt.date] = {}
    for row in task_done.filter(pl.col("day") <= as_of, pl.col("done_bp") == WHOLE).sort("day").iter_rows(named=True):
        finished.setdefault((row["project"], row["task"]), row["day"])
    done = done_on(task_done, as_of)
    facts = {row["project"]: row for row in projects.iter_rows(named=True)}
    for row in tasks.filter(pl.col("leaf"), pl.col("deadline") < as_of).sort("project", "seq").iter_rows(named=True):
        project = facts.get(row["project"])
        if project is None or (project["closed"] is not None and project["closed"] <= as_of):
            continue
        key = (row["project"], row["task"])
        day = finished.get(key) if done.get(key) == WHOLE else None
        start = row["from"] or project["start"]
        if start is not None and (day is None or day > row["deadline"]):
            yield _Late(*key, row["name"], start, row["deadline"], day)


def late_rows(
    worked: pl.DataFrame,
    projects: pl.DataFrame,
    project_spans: pl.DataFrame,
    tasks: pl.DataFrame,
    task_done: pl.DataFrame,
    as_of: dt.date,
    organisation: Any,
    records: Any,
    audience: str,
) -> pl.DataFrame:
    """One row a late task of an open project: those not done first, then the most hours for others first (T24).

    Formula:
        for_others = Σ hours of its people on projects of other departments than the one that owns the task's project,
        in the ISO weeks that began while it was open: from its first day to the day it was done, else the day of the
        report. share = for_others ÷ all hours of these people in these weeks.

    Of people whose hours this audience sees as those of their department nothing can be said, and they are left out.

    Undefined:
        withheld where that leaves nobody; nothing-logged where none of its people has logged an hour.
    """
    on_it, hours = _by_task(worked)
    owners = _owners(project_spans, as_of)
    titles = departments.names(organisation) | {NONE: NONE}
    called = dict(projects.select("project", "name").iter_rows())
    nobody = Undefined("nothing-logged" if audience == "management" else "withheld")
    rows = []
    for one in _late(projects, tasks, task_done, as_of):
        spent = hours.get((one.project, one.task), {})
        named = sorted(person for person in spent if not person.startswith(STANDS_FOR_A_DEPARTMENT))
        to: dict[str, int] = {}
        for person in named:
            for borrower, minutes in spent[person]:
                to[borrower] = to.get(borrower, 0) + minutes
        all_hours = sum(to.values())
        to.pop(owners.get(one.project, NONE), None)
        lost = sum(to.values()) if named else nobody
        most = max(sorted(to), key=lambda borrower: to[borrower], default=None)
        rows.append(
            {
                "key": f"{one.project}/{one.task}",
                "task": one.name,
                "name": called.get(one.project),
                "people": ", ".join(filter(None, (name_of(records, person) for person in named))) or None,
                "state": "done-late" if one.done else "late",
                "from": one.start,
                "deadline": one.deadline,
                "days": ((one.done or as_of) - one.deadline).days,
                "for_others": lost,
                "worked": all_hours if named else nobody,
                **share("share", lost, all_hours if named else nobody, "nothing-logged"),
                "on_it": on_it.get((one.project, one.task), 0),
                "most": titles.get(most, most) if most else None,
            }
        )
    order = {"late": 0, "done-late": 1}
    return frame(COLUMNS, sorted(rows, key=lambda row: (order[row["state"]], -_minutes(row["for_others"]), row["key"])))


def _minutes(figure: Any) -> int:
    return -1 if isinstance(figure, Undefined) else figure


def _owners(project_spans: pl.DataFrame, as_of: dt.date) -> dict[str, str]:
    """The department that owns each project on the day."""
    held = project_spans.filter(
        pl.col("fact") == "department", pl.col("since") <= as_of, pl.col("until") > as_of, pl.col("value").is_not_null()
    )
    return dict(held.select("project", "value").iter_rows())


def _by_task(
    worked: pl.DataFrame,
) -> tuple[dict[tuple[str, str], int], dict[tuple[str, str], dict[str, list[tuple[str, int]]]]]:
    """(project, task) → minutes on it, and → person → (department they were for, minutes in its weeks)."""
    on_it: dict[tuple[str, str], int] = {}
    hours: dict[tuple[str, str], dict[str, list[tuple[str, int]]]] = {}
    for what, project, task, person, borrower, minutes in worked.select(*PEOPLE_OF_LATE).iter_rows():
        if what == "on-task":
            on_it[project, task] = on_it.get((project, task), 0) + minutes
        else:
            hours.setdefault((project, task), {}).setdefault(person, []).append((borrower, minutes))
    return on_it, hours
