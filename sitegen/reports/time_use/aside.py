"""What is neglected: open projects and begun tasks without hours, and booked work that nobody did (T5); what is late,
over budget or undecided (T60).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

import narwhals as nw
import polars as pl

from sitegen.metrics.figures import Undefined, frame, known
from sitegen.metrics.hours import complete_weeks
from sitegen.metrics.projects import done_on
from sitegen.metrics.severity import below_target
from sitegen.report import Attention, Counted, Value
from sitegen.reports.time_use.hours import NONE
from sitegen.results import Column, Result

DEFAULT_WEEKS = 4
TOUCHED = {"project": pl.String, "task": pl.String, "latest": pl.Date, "booked": pl.Int64, "logged": pl.Int64}
"""What `touched` leaves: the newest day with hours, and minutes booked and logged in the weeks that are looked at."""

REASONS = {"untouched": "No hours for weeks", "not-done": "Booked, and nothing done"}
COLUMNS = (
    Column("name", "text", "Project or task"),
    Column("project", "text", "Project"),
    Column("owner", "text", "Owner"),
    Column("priority", "count", "Priority", about="1 is first"),
    Column("reason", "text", "Why it is here", "marketing", words=REASONS),
    Column("latest", "day", "Latest hours", "marketing"),
    Column("weeks_since", "count", "Weeks since", "marketing", "Whole weeks from the newest hour, else from the start"),
    Column("booked", "minutes", "Booked", "marketing", "The plan of the last weeks; later additions left out"),
    Column("deadline", "day", "Deadline", about="Of the task, or the project's end"),
)


def neglected_weeks(organisation: Any) -> int:
    """So many weeks without an hour set a project aside."""
    return getattr(getattr(organisation, "warn_when", None), "neglected_weeks", None) or DEFAULT_WEEKS


def touched(logged: nw.LazyFrame, booked: nw.LazyFrame, as_of: dt.date, organisation: Any) -> nw.LazyFrame:
    """The newest hour of every task, and minutes booked and logged in the last complete weeks (`neglected_weeks`)."""
    weeks = complete_weeks(as_of, neglected_weeks(organisation))
    nothing = nw.lit(0, nw.Int64)
    recent = (nw.col("week") >= nw.lit(weeks[0])) & (nw.col("week") <= nw.lit(weeks[-1]))
    past = logged.filter(nw.col("day") <= nw.lit(as_of))
    done = past.select(
        "project",
        "task",
        latest=nw.col("day"),
        booked=nothing,
        logged=nw.when(recent).then(nw.col("minutes")).otherwise(nothing),
    )
    plan = booked.filter(recent, nw.col("added").is_null()).select(
        "project", "task", latest=nw.lit(None, nw.Date), booked=nw.col("minutes"), logged=nothing
    )
    sums = (nw.col("latest").max(), nw.col("booked").sum(), nw.col("logged").sum())
    return nw.concat([done, plan]).group_by("project", "task").agg(*sums)


def rows_aside(
    worked: pl.DataFrame, tasks: pl.DataFrame, task_done: pl.DataFrame, as_of: dt.date, organisation: Any,
    results: Mapping[str, Result],
) -> pl.DataFrame:  # fmt: skip
    """Open projects neglected, by priority; then tasks of other open projects that have begun and are not done (T5).

    Untouched: no hour for the organisation's weeks (as the portfolio says it). Booked, and nothing done: planned hours
    in the last so many complete weeks, and none logged in them. What has not begun is neither.
    """
    weeks = neglected_weeks(organisation)
    of: dict[str, list[dict[str, Any]]] = {}
    for row in worked.iter_rows(named=True):
        of.setdefault(row["project"], []).append(row)
    live = results["portfolio.projects"].rows.filter(pl.col("state") == "open")
    projects = live.select("key", "name", "owner", "priority", "neglected", "start", "end").to_dicts()
    rows, aside = [], set()
    for card in projects:
        parts = of.get(card["key"], [])
        booked, logged = sum(row["booked"] for row in parts), sum(row["logged"] for row in parts)
        reason = "untouched" if card["neglected"] == "yes" else "not-done" if booked and not logged else None
        if reason is None:
            continue
        aside.add(card["key"])
        latest = max((row["latest"] for row in parts if row["latest"]), default=None)
        rows.append(
            {
                "key": f"{card['key']}/{NONE}",
                "name": card["name"],
                "project": card["name"],
                "owner": card["owner"],
                "priority": known(card["priority"], "not-relevant"),
                "reason": reason,
                "latest": known(latest, "nothing-logged"),
                "weeks_since": _weeks(latest or card["start"], as_of),
                "booked": booked,
                "deadline": known(card["end"], "no-end"),
            }
        )
    rows.sort(key=lambda row: (isinstance(row["priority"], Undefined), _plain(row), row["name"], row["key"]))
    cards = {card["key"]: card for card in projects if card["key"] not in aside}
    return frame(COLUMNS, [*rows, *_tasks_aside(cards, of, tasks, task_done, as_of, weeks)])


def _plain(row: Mapping[str, Any]) -> tuple[int, int]:
    priority = row["priority"]
    return 0 if isinstance(priority, Undefined) else priority, -row["weeks_since"] if row["weeks_since"] else 0


def _weeks(day: dt.date | None, as_of: dt.date) -> Any:
    return known((as_of - day).days // 7 if day else None, "not-started")


def _tasks_aside(
    cards: Mapping[str, Mapping[str, Any]], of: Mapping[str, list[dict[str, Any]]], tasks: pl.DataFrame,
    task_done: pl.DataFrame, as_of: dt.date, weeks: int,
) -> list[dict[str, Any]]:  # fmt: skip
    """Leaf tasks that should be going: begun `weeks` ago or booked, not done, and without an hour in the weeks."""
    done = done_on(task_done, as_of)
    hours = {(project, row["task"]): row for project, rows in of.items() for row in rows}
    since = as_of - dt.timedelta(weeks=weeks)
    rows = []
    for task in tasks.filter("leaf").select("project", "task", "name", "from", "deadline").iter_rows(named=True):
        card = cards.get(task["project"])
        if card is None or done.get((task["project"], task["task"]), 0) >= 10_000:
            continue
        if task["from"] is not None and task["from"] > as_of:
            continue
        own = hours.get((task["project"], task["task"]))
        booked = own["booked"] if own else 0
        latest = own["latest"] if own else None
        planned = task["from"] is not None or booked
        if not planned or (own and own["logged"]):
            continue
        untouched = (latest or task["from"]) is not None and (latest or task["from"]) <= since
        if not untouched and not booked:
            continue
        rows.append(
            {
                "key": f"{task['project']}/{task['task']}",
                "name": task["name"],
                "project": card["name"],
                "owner": card["owner"],
                "priority": known(card["priority"], "not-relevant"),
                "reason": "untouched" if untouched else "not-done",
                "latest": known(latest, "nothing-logged"),
                "weeks_since": _weeks(latest or task["from"], as_of),
                "booked": booked,
                "deadline": known(task["deadline"], "no-end"),
            }
        )
    rows.sort(key=lambda row: (isinstance(row["deadline"], Undefined), str(row["deadline"]), row["key"]))
    return rows


FOLLOW_COLUMNS = (
    Column("name", "text", "Project"),
    Column("owner", "text", "Owner"),
    Column("late", "text", "Schedule", words={"yes": "Delayed", "no": ""}),
    Column("over", "text", "Over budget", "marketing", words={"over": "Over budget", "will-exceed": "Will exceed"}),
    Column("undecided", "text", "Undecided", "marketing", words={"yes": "No decision on its target", "no": ""}),
    Column("aside", "text", "Neglected", "marketing", words=REASONS),
)


def follow_rows(results: Mapping[str, Result]) -> pl.DataFrame:
    """Open projects with something to follow up: late, over their budget (or soon), undecided, neglected (T60)."""
    undecided = {
        row["key"].partition("/")[0]
        for row in results["time_use.targets"].rows.iter_rows(named=True)
        if row["undecided"] == "yes"
    }
    aside = {
        row["key"].partition("/")[0]: row["reason"]
        for row in results["time_use.aside"].rows.iter_rows(named=True)
        if row["key"].endswith(f"/{NONE}")
    }
    rows = []
    live = results["portfolio.projects"].rows.filter(pl.col("state") == "open")
    for card in live.select("key", "name", "owner", "schedule", "outlook").iter_rows(named=True):
        row = {
            "key": card["key"],
            "name": card["name"],
            "owner": card["owner"],
            "late": "yes" if card["schedule"] == "late" else "no",
            "over": card["outlook"] if card["outlook"] in ("over", "will-exceed") else None,
            "undecided": "yes" if card["key"] in undecided else "no",
            "aside": aside.get(card["key"]),
        }
        if row["over"] or row["aside"] or "yes" in (row["late"], row["undecided"]):
            rows.append(row)
    return frame(FOLLOW_COLUMNS, rows)


def attention(results: Mapping[str, Result]) -> list[Attention]:
    """Projects below their weekly target without a decision (T15); only one that is far below it is a warning."""
    return [
        Attention(
            "time_use",
            below_target(far=row["far"] == "yes"),
            -row["missing"] / 60,
            (
                "%(project)s got %(actual)s of %(wanted)s it should have had in %(weeks)s.",
                {
                    "project": row["name"],
                    "actual": Value("targets", row["key"], "actual"),
                    "wanted": Value("targets", row["key"], "wanted"),
                    "weeks": Counted("%(n)s week", "%(n)s weeks", Value("targets", row["key"], "weeks")),
                },
            ),
            ("Decide: give it other priority, buy the work outside, or accept it.", {}),
            ("project", row["key"].partition("/")[0]),
            (("project", row["key"].partition("/")[0]),),
            "marketing",
        )
        for row in results["targets"].rows.iter_rows(named=True)
        if row["undecided"] == "yes"
    ]
