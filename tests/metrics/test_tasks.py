"""Task trees: hours roll up once, budgets and progress of phases (T14)."""

from __future__ import annotations

import datetime as dt
from fractions import Fraction

import polars as pl

from sitegen.metrics.hours import PRICED
from sitegen.metrics.tasks import TASK_HOURS, Task, trees
from sitegen.tables.projects import PROJECTS, TASK_DONE, TASKS
from sitegen.tables.spans import frame

DAY = dt.date(2026, 6, 30)


def tree(
    tasks: list[tuple[str, str | None, int | None]], hours: dict[str | None, int], done: dict[str, int]
) -> dict[str | None, Task]:
    """A project's tree from (task, phase, budget), minutes by task, and basis points by task."""
    parents = {parent for _, parent, _ in tasks}
    rows = [
        (
            "p",
            task,
            parent,
            task.title(),
            1 if parent is None else 2,
            seq,
            task not in parents,
            budget,
            None,
            None,
            None,
        )
        for seq, (task, parent, budget) in enumerate(tasks)
    ]
    worked = [("p", task, minutes, 0, 0, 0, 0) for task, minutes in hours.items()]
    found = trees(
        pl.DataFrame(worked, schema=TASK_HOURS, orient="row"),
        frame([("p", *[None] * (len(PROJECTS) - 1))], PROJECTS),
        frame(rows, TASKS),
        frame([("p", task, DAY, points) for task, points in done.items()], TASK_DONE),
        DAY,
    )
    return {task.id: task for task in found.get("p", [])}


def test_a_phase_has_the_hours_of_its_tasks_and_its_own_once() -> None:
    """Keywords 120 + texts 60 + 30 written on the phase = 210; the project is 210 + 45 + 5 without a task = 260."""
    found = tree(
        [("analysis", None, None), ("keywords", "analysis", 90), ("texts", "analysis", 60), ("links", None, 300)],
        {"keywords": 120, "texts": 60, "analysis": 30, "links": 45, None: 5},
        {},
    )
    assert (found["analysis"].hours["minutes"], found["analysis"].direct) == (210, 30)
    assert found["analysis"].budget == 150, "no budget of its own: the sum of its tasks"
    tops = sum(task.hours["minutes"] for task in found.values() if task.level == 1)
    assert tops == 210 + 45 + 5
    assert (found[None].hours["minutes"], found[None].state(DAY)) == (5, "no-task")


def test_hours_on_a_task_that_is_gone_are_not_lost() -> None:
    """G8: they stand with the hours without a task."""
    found = tree([("links", None, 300)], {"links": 10, "removed": 20, None: 3}, {})
    assert found[None].hours["minutes"] == 23


def test_a_phase_is_as_far_as_its_tasks_weighed_by_their_budgets() -> None:
    """90 min at 100 % and 60 at 50 %: (90 + 30) ÷ 150 = 0.8. A task with a budget that says nothing leaves the phase
    unsaid.
    """
    tasks = [("analysis", None, None), ("keywords", "analysis", 90), ("texts", "analysis", 60)]
    assert tree(tasks, {}, {"keywords": 10000, "texts": 5000})["analysis"].done == Fraction(8, 10)
    assert tree(tasks, {}, {"keywords": 10000})["analysis"].done is None
    assert tree(tasks, {}, {"analysis": 2500})["analysis"].done == Fraction(1, 4), "what it says itself comes first"


def test_a_project_without_tasks_and_hours_has_no_tree() -> None:
    """Nothing to show is nothing, not a row of zeros."""
    assert tree([], {}, {}) == {}
    assert list(PRICED) == list(TASK_HOURS)[2:]
