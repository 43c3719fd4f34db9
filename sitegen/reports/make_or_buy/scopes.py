"""What an offer can be for, a task with all under it or a whole project, and how many hours that work still takes."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import polars as pl

from sitegen.metrics.figures import Figure, Undefined, combine, known, minus
from sitegen.metrics.hours import PRICED
from sitegen.metrics.tasks import Task, Trees


@dataclass(frozen=True)
class Scope:
    """What an offer is for: `task` None is the whole project. `hours` are the sums of PRICED of it and all under it.

    `left` are the minutes that it still takes, resting on one of LEFT_ON; undefined: not-relevant where it is closed,
    no-budget, overspent. `above` are the tasks that it is under, the nearest first, and at last None, the project.
    """

    project: str
    task: str | None
    name: str | None
    closed: bool
    budget: Figure
    left: Figure
    left_rests_on: str | None
    hours: Mapping[str, int]
    ids: frozenset[str | None] | None
    above: tuple[str | None, ...]

    @property
    def key(self) -> str:
        """`seo`, or `seo/link-building`."""
        return f"{self.project}/{self.task}" if self.task else self.project

    @property
    def compared(self) -> Figure:
        """The minutes an offer is held against (F3): used where it is closed, budgeted where it is open."""
        return self.hours["minutes"] if self.closed else self.budget


def scopes(
    budgets: Mapping[str, Mapping[str, Any]], found: Trees, projects: pl.DataFrame, as_of: dt.date
) -> Iterator[Scope]:
    """Each project and every task of it; a task is closed where it is done or its project is closed.

    The budget of a project is the one in force, and what it has used and will take, as the budget report has them: of
    a budget for a year or a month, the hours of its own days are taken.

    Args:
        budgets: the rows of `budget.projects` by project.
    """
    for row in projects.sort("project").iter_rows(named=True):
        project = row["project"]
        closed = row["closed"] is not None and row["closed"] <= as_of
        tasks = found.get(project, [])
        whole = {name: sum(task.hours[name] for task in tasks if task.level == 1) for name in PRICED}
        of_project = budgets.get(project, {})
        budget = _exact(of_project.get("budget"))
        left, on = CLOSED if closed else _of_project(of_project)
        yield Scope(project, None, None, closed, budget, left, on, whole, None, ())
        by_id = {task.id: task for task in tasks}
        for task in tasks:
            if task.id is not None:
                over = closed or task.done == 1
                given = known(task.budget, "no-budget")
                left, on = CLOSED if over else _of_task(task, by_id)
                above = (*_above(task, by_id), None)
                ids = frozenset(task.ids)
                yield Scope(project, task.id, task.name, over, given, left, on, task.hours, ids, above)


def _exact(value: Any) -> Figure:
    return Undefined("no-budget") if value is None else Fraction(value)


def _above(task: Task, by_id: Mapping[str | None, Task]) -> Iterator[str]:
    """The tasks that it is under, the nearest first."""
    while task.parent is not None:
        yield task.parent
        task = by_id[task.parent]


Left = tuple[Figure, str | None]
"""Minutes that work still takes, and what that rests on."""
CLOSED: Left = (Undefined("not-relevant"), None)


def _of_budget(budget: Figure, used: Figure) -> Left:
    """What is left of the budget; a budget of 0 counts as none (T7), and hours beyond it leave it open how many the
    work still takes.
    """
    left = minus(budget, used)
    if isinstance(left, Undefined) or budget == 0:
        return Undefined("no-budget"), None
    return (Undefined("overspent"), None) if left < 0 else (left, "budget")


def _of_project(row: Mapping[str, Any]) -> Left:
    """What the project still takes: estimate at completion − used (F35), where there is an estimate, never below 0;
    else what is left of its budget.

    An estimate that rests on the hours used alone says nothing of what is to come. Of one by progress the exact figure
    is made again, used × budget ÷ earned value, since the row holds the float nearest to it. The earned value is of
    whole minutes and hundredths of a percent.

    Args:
        row: of `budget.projects`.
    """
    used, budget = _exact(row.get("used")), _exact(row.get("budget"))
    on, estimate = row.get("rests_on"), row.get("estimate")
    if on not in ("progress", "pace") or estimate is None or isinstance(used, Undefined):
        return _of_budget(budget, used)
    total: Figure = Fraction(estimate)
    if on == "progress":
        earned = Fraction(round(Fraction(row["done_k"]) * 10_000), 10_000)
        total = combine(lambda given: used * given / earned, budget)
    return combine(lambda whole: max(Fraction(0), whole - used), total), "estimate"


def _of_task(task: Task, by_id: Mapping[str | None, Task]) -> Left:
    """What a task still takes: of a leaf its budget × (1 − done) where it is said how far it is, 0 where it is done,
    else what is left of its budget; of a parent the sum of its leaves where all are known.

    A parent of which the leaves do not say how far they are goes by its own progress, and one with a leaf that is not
    known by its own budget.
    """
    if task.done == 1:
        return Fraction(0), "progress"
    leaves = [by_id[id] for id in task.ids if id in by_id and not by_id[id].is_phase] if task.is_phase else []
    parts = [_of_task(leaf, by_id) for leaf in leaves]
    whole = [left for left, _ in parts if not isinstance(left, Undefined)]
    known_parts = bool(parts) and len(whole) == len(parts)
    if known_parts and any(on == "progress" for _, on in parts):
        return sum(whole, Fraction(0)), "progress"
    if task.done is not None and task.budget:
        return task.budget * (1 - task.done), "progress"
    if known_parts:
        return sum(whole, Fraction(0)), "budget"
    return _of_budget(known(task.budget, "no-budget"), task.hours["minutes"])
