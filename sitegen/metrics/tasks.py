"""The task tree of each project with its hours: rolled up without being counted twice, and directly on each phase
(T14).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import narwhals as nw
import polars as pl

from sitegen.metrics.hours import PRICED, resummed
from sitegen.metrics.projects import done_on

TASK_HOURS = {"project": pl.String, "task": pl.String, **PRICED}
"""What `task_hours` leaves; `task` is null for hours without one."""


def task_hours(by_month: nw.LazyFrame) -> nw.LazyFrame:
    """Minutes and cost by project and task up to and with the day."""
    return resummed(by_month, ("project", "task"))


@dataclass(frozen=True)
class Task:
    """One task, phase, or the hours of a project without a task (`id` None).

    `hours` holds the sums of PRICED for it and everything under it; `direct` the minutes on itself; `ids` itself and
    all under it; `budget` its own, else the sum of its tasks' (None where neither); `done` 0 to 1, None where it is
    not said.
    """

    id: str | None
    name: str | None
    parent: str | None
    level: int
    is_phase: bool
    budget: int | None
    done: Fraction | None
    deadline: dt.date | None
    direct: int
    hours: Mapping[str, int]
    ids: tuple[str | None, ...]

    def state(self, as_of: dt.date) -> str:
        """Done, late (its deadline has passed and it is not done), open, or no-task."""
        if self.id is None:
            return "no-task"
        if self.done == 1:
            return "done"
        return "late" if self.deadline and self.deadline < as_of else "open"


Trees = Mapping[str, Sequence[Task]]
"""Each project's tasks, as `trees` gives them."""


def trees(
    worked: pl.DataFrame, projects: pl.DataFrame, tasks: pl.DataFrame, task_done: pl.DataFrame, as_of: dt.date
) -> Trees:
    """Each project's tasks in the order of the file, then its hours without a task where there are any.

    Hours on a task that the project does not have count as without a task, so that nothing is lost (G8).
    """
    facts: dict[str, list[dict[str, Any]]] = {project: [] for project in sorted(projects["project"])}
    for row in tasks.sort("project", "seq").iter_rows(named=True):
        facts[row["project"]].append(row)
    hours: dict[tuple[str, str | None], dict[str, int]] = {}
    worked_on: dict[str, list[str | None]] = {}
    for project, task, *of_task in worked.select("project", "task", *PRICED).iter_rows():
        hours[project, task] = dict(zip(PRICED, of_task, strict=True))
        worked_on.setdefault(project, []).append(task)
    done = done_on(task_done, as_of)
    found = {}
    for project, rows in facts.items():
        own = {row["task"] for row in rows}
        tree = _tree(project, rows, hours, done)
        strays = sorted((task for task in worked_on.get(project, ()) if task not in own), key=str)
        if strays:
            sums = _sum([hours[project, task] for task in strays])
            tree.append(
                Task(None, None, None, 1, False, None, None, None, sums["minutes"], sums, tuple({None, *strays}))
            )
        if tree:
            found[project] = tree
    return found


def _sum(parts: Sequence[Mapping[str, int]]) -> Mapping[str, int]:
    """The sums of several tasks together; most have none under them."""
    return parts[0] if len(parts) == 1 else {name: sum(part[name] for part in parts) for name in PRICED}


def _tree(
    project: str,
    rows: list[dict[str, Any]],
    hours: Mapping[tuple[str, str | None], dict[str, int]],
    done: Mapping[tuple[str, str], int],
) -> list[Task]:
    children: dict[str | None, list[dict[str, Any]]] = {}
    for row in rows:
        children.setdefault(row["parent"], []).append(row)

    def under(task: str) -> list[str]:
        return [task, *(name for child in children.get(task, []) for name in under(child["task"]))]

    def budget(row: Mapping[str, Any]) -> int | None:
        if row["budget_minutes"] is not None:
            return int(row["budget_minutes"])
        parts = [part for child in children.get(row["task"], []) if (part := budget(child)) is not None]
        return sum(parts) if parts else None

    def progress(row: Mapping[str, Any]) -> Fraction | None:
        parts = children.get(row["task"], [])
        if (project, row["task"]) in done or not parts:
            points = done.get((project, row["task"]))
            return None if points is None else Fraction(points, 10_000)
        weighed = [(budget(child), progress(child)) for child in parts]
        known = [(hours, part) for hours, part in weighed if hours]
        if not known or any(part is None for _, part in known):
            return None
        return sum((hours * part for hours, part in known if part is not None), Fraction(0)) / sum(h for h, _ in known)

    made = []
    for row in rows:
        ids = under(row["task"])
        parts = [hours[project, task] for task in ids if (project, task) in hours]
        direct = hours.get((project, row["task"]))
        made.append(
            Task(
                row["task"],
                row["name"],
                row["parent"],
                row["level"],
                not row["leaf"],
                budget(row),
                progress(row),
                row["deadline"],
                direct["minutes"] if direct else 0,
                _sum(parts),
                tuple(ids),
            )  # fmt: skip
        )
    return made
