"""The last thirteen complete weeks by task and person: tasks too coarse to act on, and weekly targets (T15, T16)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

import narwhals as nw
import polars as pl

from sitegen.metrics.attendance import away_all_week
from sitegen.metrics.decisions import DECISIONS, FAR_BELOW, decided
from sitegen.metrics.figures import Undefined, frame, known, minus, ratio, share
from sitegen.metrics.hours import complete_weeks
from sitegen.metrics.people import DEPARTMENT, department_name, key_of
from sitegen.metrics.projects import name_of
from sitegen.metrics.windows import WEEKS_SHOWN
from sitegen.periods import Calendar, week_of
from sitegen.reports.time_use.hours import NONE
from sitegen.results import Column, Result
from sitegen.tables.projects import walk_tasks

RECENT = {
    "project": pl.String,
    "task": pl.String,
    "week": pl.Date,
    "person": pl.String,
    "department": pl.String,
    "minutes": pl.Int64,
}
"""What `recent` leaves."""


def recent(logged: nw.LazyFrame, as_of: dt.date) -> nw.LazyFrame:
    """Minutes of the last complete weeks by project, task, week, person and the department of the day."""
    weeks = complete_weeks(as_of, WEEKS_SHOWN)
    rows = logged.filter(nw.col("week") >= nw.lit(weeks[0]), nw.col("week") <= nw.lit(weeks[-1]))
    return rows.group_by(*(name for name in RECENT if name != "minutes")).agg(nw.col("minutes").sum())


DEFAULT_COARSE = 2500
COARSE_LEAST = 4
"""In so many of the weeks somebody must have logged: fewer are no habit yet (as in `checks.workdays`)."""
WHOSE = {"person": "Person", "department": "Department"}
COARSE_COLUMNS = (
    Column("name", "text", "Task", words={NONE: "The whole project"}),
    Column("project", "text", "Project"),
    Column("whose", "text", "Of whose hours", words=WHOSE),
    Column("who", "text", "Who", "marketing"),
    Column("minutes", "minutes", "Hours", "marketing", "In the last thirteen complete weeks"),
    Column("share", "share", "Share", "marketing", "Of all hours of the person or department in the weeks"),
    Column("limit", "share", "Limit", about="`coarse_task_share` of the organisation"),
)


def coarse_rows(
    worked: pl.DataFrame, projects: pl.DataFrame, tasks: pl.DataFrame, organisation: Any, records: Any
) -> pl.DataFrame:
    """Every task without subtasks that takes more than the limit of somebody's, or a department's, hours (T16).

    Hours on a project without a task count as one task, the whole project. Who logged in fewer than four of the weeks
    is left out.
    """
    limit = getattr(getattr(organisation, "warn_when", None), "coarse_task_share", None) or DEFAULT_COARSE
    names = dict(projects.select("project", "name").iter_rows())
    titles = {(project, task): name for project, task, name in tasks.select("project", "task", "name").iter_rows()}
    phases = tasks.filter(~pl.col("leaf")).select("project", "task")
    leaves = worked.join(phases, on=["project", "task"], how="anti")
    rows = []
    for whose in WHOSE:
        held = worked.filter(pl.col(whose).is_not_null())
        if whose == "person":
            held = held.filter(~pl.col("person").str.starts_with(DEPARTMENT))
        all_of = held.group_by(whose).agg(total=pl.col("minutes").sum(), weeks=pl.col("week").n_unique())
        parts = (
            leaves.filter(pl.col(whose).is_not_null()).group_by(whose, "project", "task").agg(pl.col("minutes").sum())
        )
        over = parts.join(all_of.filter(pl.col("weeks") >= COARSE_LEAST), on=whose).filter(
            pl.col("minutes") * 10_000 > pl.col("total") * int(limit)
        )
        for row in over.iter_rows(named=True):
            name = department_name(organisation, row[whose]) if whose == "department" else name_of(records, row[whose])
            task = row["task"]
            rows.append(
                {
                    "key": f"{row['project']}/{task or NONE}/{whose}/{key_of(row[whose])}",
                    "name": NONE if task is None else titles.get((row["project"], task), task),
                    "project": names.get(row["project"], row["project"]),
                    "whose": whose,
                    "who": name,
                    "minutes": row["minutes"],
                    **share("share", row["minutes"], row["total"], "nothing-logged"),
                    **share("limit", int(limit), 10_000, "no-cases"),
                }
            )
    rows.sort(key=lambda row: (row["whose"] == "person", -row["share"], row["key"]))
    return frame(COARSE_COLUMNS, rows)


TOLERANCE = Fraction(1, 10)
"""Within a tenth of its target a project is on it: whole weeks are rough."""
TARGET_STATES = {"under": "Below target", "met": "On target", "over": "Above target", "unknown": "No weeks yet"}
TARGET_COLUMNS = (
    Column("name", "text", "Project or task"),
    Column("project", "text", "Project"),
    Column("owner", "text", "Owner"),
    Column("target", "minutes", "Target a week", about="The one that holds on the day of the report"),
    Column("weeks", "count", "Weeks counted", "marketing", "Complete weeks with a target in which somebody was there"),
    Column("absent", "count", "Weeks away", "marketing", "Weeks in which everybody on it was away; not counted"),
    Column("wanted", "minutes", "Target in all", "marketing", "Sum of the targets of the weeks counted"),
    Column("actual", "minutes", "Hours in all", "marketing", "In the weeks counted"),
    Column("mean", "minutes", "Hours a week", "marketing", "Mean of the weeks counted"),
    Column("missing", "minutes", "Difference", "marketing", "Hours − target, in all"),
    Column("attained", "share", "Of target", "marketing", "Hours ÷ target of the weeks counted"),
    Column("state", "text", "State", "marketing", words=TARGET_STATES),
    Column("decision", "text", "Decision", "marketing", words=DECISIONS),
    Column("decided", "day", "Decided", "marketing"),
    Column("why", "text", "Reason", "marketing"),
    Column("undecided", "text", "Needs a decision", "marketing", words={"yes": "Yes", "no": "No"}),
    Column("far", "text", "Far below its target", "marketing", words={"yes": "Yes", "no": "No"}),
)
TARGET_WEEK_STATES = {
    "worked": "Worked",
    "zero": "Nothing logged",
    "absent": "Away all week",
    "outside": "No target that week",
}
TARGET_WEEK_COLUMNS = (
    Column("week", "day", "Week"),
    Column("target", "minutes", "Target"),
    Column("actual", "minutes", "Hours", "marketing"),
    Column("difference", "minutes", "Difference", "marketing", "Hours − target"),
    Column("state", "text", "State", "marketing", words=TARGET_WEEK_STATES),
)


@dataclass
class _Target:
    """A project or task with a weekly target, and its hours and people in the weeks that are shown."""

    project: str
    task: str | None
    name: str
    card: Any
    dated: Any
    minutes: dict[dt.date, int] = field(default_factory=dict)
    crew: set[str] = field(default_factory=set)

    @property
    def key(self) -> str:
        return f"{self.project}/{self.task or NONE}"


def _targets(worked: pl.DataFrame, records: Any) -> Iterator[_Target]:
    """Every target of the records, of projects that are still open on the last day there is."""
    cards = records.projects if records is not None else {}
    aimed = [
        project
        for project, card in cards.items()
        if card.weekly_target_minutes is not None
        or any(task.weekly_target_minutes is not None for _, task, _, _ in walk_tasks(card.tasks))
    ]
    hours: dict[str, list[tuple[str | None, dt.date, str, int]]] = {}
    entries = worked.filter(pl.col("project").is_in(aimed)).select("project", "task", "week", "person", "minutes")
    for project, on, week, person, minutes in entries.iter_rows():
        hours.setdefault(project, []).append((on, week, person, minutes))
    for project in aimed:
        card = cards[project]
        found = [_Target(project, None, card.name, card, card.weekly_target_minutes)]
        under: dict[str, set[str | None]] = {}
        for id, own, parent, _ in walk_tasks(card.tasks):
            for ids in under.values():
                if parent in ids:
                    ids.add(id)
            under[id] = {id}
            target = _Target(project, id, own.name, card, own.weekly_target_minutes)
            target.crew |= set(own.people or ())
            found.append(target)
        for target in found:
            if target.dated is None:
                continue
            for task, week, person, minutes in hours.get(project, ()):
                if target.task is None or task in under[target.task]:
                    target.minutes[week] = target.minutes.get(week, 0) + minutes
                    target.crew.add(person)
            yield target


def target_week_rows(
    worked: pl.DataFrame, contracts: pl.DataFrame, absent: pl.DataFrame, as_of: dt.date, calendar: Calendar | None,
    records: Any,
) -> pl.DataFrame:  # fmt: skip
    """Target and hours of each of the last thirteen complete weeks (T15); the target is that of the Monday.

    A week without hours in which everybody on it was away all week is marked and has no difference; one before the
    target, before the project began or after it was over has no target.
    """
    weeks = complete_weeks(as_of, WEEKS_SHOWN)
    away = away_all_week(absent, contracts, calendar or Calendar(), weeks)
    rows = []
    for target in _targets(worked, records):
        for week in weeks:
            wanted = _wanted(target, week)
            actual = target.minutes.get(week, 0)
            gone = bool(target.crew) and all((person, week) in away for person in target.crew)
            state = "outside" if wanted is None else "worked" if actual else "absent" if gone else "zero"
            counts = state in ("worked", "zero")
            wished = known(wanted, "not-relevant")
            rows.append(
                {
                    "key": f"{target.key}/{week_of(week)}",
                    "week": week,
                    "target": wished,
                    "actual": actual if counts or actual else Undefined("not-relevant"),
                    "difference": minus(actual, wished) if counts else Undefined("not-relevant"),
                    "state": state,
                }
            )
    return frame(TARGET_WEEK_COLUMNS, rows)


def _wanted(target: _Target, week: dt.date) -> int | None:
    """The target of the week, None where it had none or the project was not on."""
    card = target.card
    over = card.closed or card.end
    if (card.start and week + dt.timedelta(days=6) < card.start) or (over and week > over):
        return None
    held = target.dated.at(week)
    return None if held is None else int(held)


def target_rows(worked: pl.DataFrame, as_of: dt.date, records: Any, results: Mapping[str, Result]) -> pl.DataFrame:
    """One row a weekly target that holds, or held in one of the weeks: hours against it, and what was decided (T15).

    Formula:
        mean = Σ hours ÷ weeks counted; attained = Σ hours ÷ Σ target of the weeks counted (a ratio of sums, G4).
        Below target: under 90 % of it, above: over 110 %.

    Undefined:
        no week counted → no-cases.
    """
    weeks: dict[str, list[dict[str, Any]]] = {}
    for row in results["time_use.target_weeks"].rows.iter_rows(named=True):
        weeks.setdefault(row["key"].rpartition("/")[0], []).append(row)
    rows = []
    for target in _targets(worked, records):
        own = weeks.get(target.key, [])
        counted = [row for row in own if row["state"] in ("worked", "zero")]
        now = target.dated.at(as_of)
        closed = target.card.closed is not None and target.card.closed <= as_of
        if closed or (now is None and not counted):
            continue
        wanted = sum(row["target"] for row in counted)
        actual = sum(row["actual"] for row in counted)
        attained = ratio(actual, wanted, "no-cases")
        said = decided(target.card, as_of)  # for the whole project, its tasks too
        state = _state(attained)
        owner = target.card.owner.at(as_of) if target.card.owner is not None else None
        rows.append(
            {
                "key": target.key,
                "name": target.name,
                "project": target.card.name,
                "owner": name_of(records, owner),
                "target": known(None if now is None else int(now), "not-relevant"),
                "weeks": len(counted),
                "absent": sum(row["state"] == "absent" for row in own),
                "wanted": wanted,
                "actual": actual,
                "mean": ratio(actual, len(counted), "no-cases"),
                "missing": actual - wanted,
                **share("attained", actual, wanted, "no-cases"),
                "state": state,
                "decision": said.decision if said else None,
                "decided": known(said.on if said else None, "not-reached"),
                "why": said.why if said else None,
                "undecided": "yes" if state == "under" and target.task is None and said is None else "no",
                "far": "yes" if not isinstance(attained, Undefined) and attained < FAR_BELOW else "no",
            }
        )
    rows.sort(key=lambda row: (row["missing"], row["name"], row["key"]))
    return frame(TARGET_COLUMNS, rows)


def _state(attained: Any) -> str:
    if isinstance(attained, Undefined):
        return "unknown"
    return "under" if attained < 1 - TOLERANCE else "over" if attained > 1 + TOLERANCE else "met"
