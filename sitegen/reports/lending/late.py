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
from sitegen.periods import week_of
from sitegen.results import Column

STANDS_FOR_A_DEPARTMENT = "dept:"
"""Begins the id of people who are not named for this audience: whose hours they were cannot be said."""
WHOLE = 10_000
STATES = {"late": "Late", "done-late": "Done late"}

WEEKS_OF_PEOPLE = {
    "what": pl.String,
    "person": pl.String,
    "week": pl.Date,
    "project": pl.String,
    "task": pl.String,
    "borrower": pl.String,
    "minutes": pl.Int64,
}
"""What `weeks_of_people` leaves: rows of two kinds (`what`), the other's columns null.

`week`: by person, week and the department that owned the project; `on-task`: by person, project and task.
"""


def weeks_of_people(logged: nw.LazyFrame, project_spans: nw.LazyFrame, as_of: dt.date) -> nw.LazyFrame:
    """Minutes of each person by week and by whom it was for, and on each task, up to and with the day."""
    rows = departments.lent(logged.filter(nw.col("day") <= nw.lit(as_of)), project_spans)
    no_text, no_day = nw.lit(None, nw.String), nw.lit(None, nw.Date)

    def sums(what: str, part: nw.LazyFrame, *by: str) -> nw.LazyFrame:
        found = part.group_by(*by).agg(nw.col("minutes").sum())
        others = (name for name in WEEKS_OF_PEOPLE if name not in (*by, "what", "minutes"))
        missing = {name: no_day if name == "week" else no_text for name in others}
        return found.with_columns(what=nw.lit(what, nw.String), **missing).select(*WEEKS_OF_PEOPLE)

    on_tasks = rows.filter(~nw.col("task").is_null())
    return nw.concat(
        [sums("week", rows, "person", "week", "borrower"), sums("on-task", on_tasks, "person", "project", "task")]
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
    """A task that was not done by its deadline, with the weeks it was open in."""

    project: str
    task: str
    name: str | None
    start: dt.date
    deadline: dt.date
    done: dt.date | None
    people: tuple[str, ...]


def _late(
    projects: pl.DataFrame, tasks: pl.DataFrame, task_done: pl.DataFrame, as_of: dt.date, records: Any
) -> Iterator[_Late]:
    """The leaf tasks whose deadline has passed: not done on the day, or done after it; closed projects' left out."""
    finished: dict[tuple[str, str], dt.date] = {}
    for row in task_done.filter(pl.col("day") <= as_of).sort("day").iter_rows(named=True):
        key = (row["project"], row["task"])
        if row["done_bp"] < WHOLE:
            finished.pop(key, None)
        else:
            finished.setdefault(key, row["day"])
    done = done_on(task_done, as_of)
    facts = {row["project"]: row for row in projects.iter_rows(named=True)}
    for row in tasks.filter(pl.col("leaf"), pl.col("deadline") < as_of).sort("project", "seq").iter_rows(named=True):
        project = facts.get(row["project"])
        if project is None or (project["closed"] is not None and project["closed"] <= as_of):
            continue
        key = (row["project"], row["task"])
        day = finished.get(key) if done.get(key) == WHOLE else None
        start = row["from"] or project["start"]
        if start is None or (day is not None and day <= row["deadline"]):
            continue
        yield _Late(*key, row["name"], start, row["deadline"], day, _named(records, *key))


def _named(records: Any, project: str, task: str) -> tuple[str, ...]:
    """Who is to work on the task by its record; nobody where it does not say."""
    from sitegen.tables.projects import walk_tasks

    card = records.projects.get(project) if records is not None else None
    for id, found, _, _ in walk_tasks(card.tasks if card is not None else None):
        if id == task:
            return tuple(found.people)
    return ()


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
        in the ISO weeks from the one the task began in to the one of its last day (the day it was done, else the day of
        the report). share = for_others ÷ all hours of these people in these weeks.

    Its people are those its record names, and those who logged on it; of people whose hours this audience sees as
    those of their department nothing can be said, and they are left out.

    Undefined:
        withheld where that leaves nobody; nothing-logged where none of its people has logged an hour.
    """
    crews, weeks = _by_person(worked)
    owners = _owners(project_spans, as_of)
    titles = departments.names(organisation) | {NONE: NONE}
    called = dict(projects.select("project", "name").iter_rows())
    nobody = Undefined("nothing-logged" if audience == "management" else "withheld")
    rows = []
    for one in _late(projects, tasks, task_done, as_of, records):
        logged = crews.get((one.project, one.task), {})
        crew = [person for person in sorted({*one.people, *logged}) if person in weeks]
        named = [person for person in crew if not person.startswith(STANDS_FOR_A_DEPARTMENT)]
        first, last = week_of(one.start).start, week_of(one.done or as_of).start
        to: dict[str, int] = {}
        for person in named:
            for week, borrower, minutes in weeks[person]:
                if first <= week <= last:
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
                "on_it": sum(logged.values()),
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


def _by_person(
    worked: pl.DataFrame,
) -> tuple[dict[tuple[str, str], dict[str, int]], dict[str, list[tuple[dt.date, str, int]]]]:
    """(project, task) → person → minutes; person → (week, department it was for, minutes)."""
    crews: dict[tuple[str, str], dict[str, int]] = {}
    weeks: dict[str, list[tuple[dt.date, str, int]]] = {}
    for what, person, week, project, task, borrower, minutes in worked.select(*WEEKS_OF_PEOPLE).iter_rows():
        if what == "on-task":
            crews.setdefault((project, task), {})[person] = minutes
        else:
            weeks.setdefault(person, []).append((week, borrower, minutes))
    return crews, weeks
