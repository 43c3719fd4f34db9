"""Estimated against actual hours: by kind of task and of project, and what that says of work not yet done (T62, T65).

A ratio is Σ used ÷ Σ estimate of finished work only: what is not finished has not shown what it takes.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction
from itertools import accumulate
from typing import Any

import polars as pl

from sitegen.metrics import departments, intervals
from sitegen.metrics.figures import Figure, Undefined, combine, frame, known, minus, named, ratio
from sitegen.metrics.hours import cost
from sitegen.metrics.projects import STATES, TYPES
from sitegen.metrics.tasks import TASK_HOURS, Task, Trees, task_hours, trees
from sitegen.report import Metric
from sitegen.results import Column, Result

FEWEST = 5
"""From so many finished ones on something is said of a group (T62)."""
CLOSE = Fraction(1, 4)
"""An estimate is close where the hours used are within this share of it, on either side (T62)."""
NO_KIND = "-"
TOTAL = "-total"
"""Key of the row of sums; no id begins with a dash."""
UNFINISHED = "tasks with an estimate that are not finished yet"
WITHOUT_HOURS = "finished tasks without hours of their own: what they took is not known"


def median(values: Sequence[Fraction]) -> Fraction:
    """The middle value; of an even number the mean of the two in the middle."""
    ordered = sorted(values)
    half = len(ordered) // 2
    return ordered[half] if len(ordered) % 2 else (ordered[half - 1] + ordered[half]) / 2


def accuracy(pairs: Sequence[tuple[Fraction, int]]) -> dict[str, Any]:
    """How (estimate, used) pairs of finished work compare, estimates above 0 (F2, T62).

    Formula:
        ratio = Σ used ÷ Σ estimate (never a mean of ratios, G4); close = how many have |used − estimate| ≤ 25 % of the
        estimate, of all, with its interval; median of used ÷ estimate; heavy = the fewest that have more than half of
        all estimated hours, the largest first: where they are one or two, the ratio is theirs.

    Undefined:
        too-few under five; no-cases where there is none.
    """
    count = len(pairs)
    why = "no-cases" if not count else "too-few" if count < FEWEST else None
    few: Any = Undefined(why) if why else None
    near = sum(abs(used - estimate) <= CLOSE * estimate for estimate, used in pairs)
    estimated, used = sum((one for one, _ in pairs), Fraction(0)), sum(one for _, one in pairs)
    upto = list(accumulate(sorted((estimate for estimate, _ in pairs), reverse=True)))
    heavy = next((place for place, so_far in enumerate(upto) if 2 * so_far > estimated), None)
    return {
        "finished": count,
        "estimate": estimated,
        "used": used,
        "difference": used - estimated,
        "heavy": Undefined("no-cases") if heavy is None else heavy + 1,
        "heavy_estimate": Undefined("no-cases") if heavy is None else upto[heavy],
        "ratio": few or Fraction(used) / estimated,
        **intervals.share("close", near, count, why),
        "median": few or median([Fraction(used) / estimate for estimate, used in pairs]),
        "smallest": few or min(Fraction(used) / estimate for estimate, used in pairs),
        "largest": few or max(Fraction(used) / estimate for estimate, used in pairs),
    }


def _accuracy_columns(finished: str) -> tuple[Column, ...]:
    return (
        Column("finished", "count", finished),
        Column("estimate", "minutes", "Estimated"),
        Column("used", "minutes", "Used", "marketing"),
        Column("difference", "minutes", "Used less estimated", "marketing"),
        Column("heavy", "count", "Half the hours are in", about="The fewest with more than half the estimated hours"),
        Column("heavy_estimate", "minutes", "Estimated for these"),
        Column("ratio", "ratio", "Used ÷ estimated", "marketing", "Σ used ÷ Σ estimated, from five on"),
        Column("close", "share", "Close estimates", "marketing", "Used within 25% of the estimate, on either side"),
        Column("median", "ratio", "The middle one", "marketing", "Median of used ÷ estimated"),
        Column("smallest", "ratio", "Smallest ratio", "marketing"),
        Column("largest", "ratio", "Largest ratio", "marketing"),
    )


TASK_COLUMNS = (
    Column("name", "text", "Task"),
    Column("project", "text", "Project"),
    Column("kind", "text", "Kind", words={NO_KIND: "No kind"}),
    Column("of_kind", "text", "Kind's id"),
    Column("estimate", "minutes", "Estimated"),
    Column("used", "minutes", "Used", "marketing"),
    Column("difference", "minutes", "Used less estimated", "marketing"),
    Column("ratio", "ratio", "Used ÷ estimated", "marketing"),
    Column("close", "text", "Close", "marketing", words={"yes": "Yes", "no": "No"}),
    Column("cost", "money", "Internal cost", "management"),
    Column("standard", "money", "At standard rate", "marketing"),
)


def _kinds(tasks: pl.DataFrame) -> dict[tuple[str, str], str]:
    return {
        (project, task): kind for project, task, kind in tasks.select("project", "task", "kind").iter_rows() if kind
    }


def _called(kind: str, organisation: Any) -> str:
    """What the organisation calls a kind of task; without a name of its own as it is written."""
    names: Mapping[str, str] = getattr(organisation, "task_kinds", None) or {}
    return kind if kind in (NO_KIND, TOTAL) else names.get(kind) or kind.replace("-", " ")


def _closed(projects: pl.DataFrame, as_of: dt.date) -> set[str]:
    past = projects.filter(pl.col("closed") <= as_of)
    return set(past["project"])


def task_rows(
    found: Trees, projects: pl.DataFrame, tasks: pl.DataFrame, as_of: dt.date, organisation: Any
) -> tuple[pl.DataFrame, dict[str, int]]:
    """Every finished task with an estimate, the ones furthest over it first.

    A task counts that has no tasks under it and a time budget of its own above 0, and is done or of a closed project.
    Its hours are those on itself; hours on its phase belong to no task, and are in no ratio. One without an hour is
    left out: nobody wrote what it took, which is not nothing (G5).
    """
    called = dict(projects.select("project", "name").iter_rows())
    kinds, closed = _kinds(tasks), _closed(projects, as_of)
    rows = []
    unfinished = without = 0
    for project, tree in found.items():
        for task in tree:
            if task.id is None or task.is_phase or not task.budget:
                continue
            if not (project in closed or task.done == 1):
                unfinished += 1
            elif not task.hours["minutes"]:
                without += 1
            else:
                used = task.hours["minutes"]
                kind = kinds.get((project, task.id), NO_KIND)
                rows.append(
                    {
                        "key": f"{project}/{task.id}",
                        "name": task.name,
                        "project": called.get(project, project),
                        "kind": _called(kind, organisation),
                        "of_kind": kind,
                        "estimate": task.budget,
                        "used": used,
                        "difference": used - task.budget,
                        "ratio": Fraction(used, task.budget),
                        "close": "yes" if abs(used - task.budget) <= CLOSE * task.budget else "no",
                        **_costs(task),
                    }
                )
    rows.sort(key=lambda row: (-row["difference"], row["key"]))
    return frame(TASK_COLUMNS, rows), named({UNFINISHED: unfinished, WITHOUT_HOURS: without})


def _costs(task: Task) -> dict[str, Any]:
    sums = task.hours
    return {
        "cost": cost(sums["minutes"], sums["unpriced"], sums["cost_60"]),
        "standard": cost(sums["minutes"], sums["unstandard"], sums["standard_60"]),
    }


KIND_COLUMNS = (
    Column("kind", "text", "Kind", words={NO_KIND: "No kind", TOTAL: "All finished tasks"}),
    *_accuracy_columns("Finished tasks"),
    Column("mean", "minutes", "Hours a task", "marketing", "Σ used ÷ finished tasks"),
    Column("mean_cost", "money", "Cost a task", "management", "Σ internal cost ÷ finished tasks with a rate"),
    Column("mean_standard", "money", "A task at standard rate", "marketing"),
)


def kind_rows(results: Mapping[str, Result], organisation: Any) -> pl.DataFrame:
    """Estimated against used by kind of task, the most hours first, those of no kind last; then all together (T62).

    The last is no sum of the others: under five a kind says nothing of itself, and counts in it all the same.
    """
    groups: dict[str, list[dict[str, Any]]] = {}
    for row in results["estimates.tasks"].rows.iter_rows(named=True):
        groups.setdefault(row["of_kind"], []).append(row)

    def line(kind: str, rows: list[dict[str, Any]]) -> dict[str, Any]:
        return {
            "key": kind,
            "kind": _called(kind, organisation),
            **accuracy([(Fraction(row["estimate"]), row["used"]) for row in rows]),
            "mean": ratio(sum(row["used"] for row in rows), len(rows), "no-cases"),
            "mean_cost": _mean([row.get("cost") for row in rows]),
            "mean_standard": _mean([row.get("standard") for row in rows]),
        }

    lines = [line(kind, rows) for kind, rows in groups.items()]
    lines.sort(key=lambda row: (row["kind"] == NO_KIND, -row["used"], row["key"]))
    every = [row for rows in groups.values() for row in rows]
    return frame(KIND_COLUMNS, [*lines, line(TOTAL, every)] if every else [])


def _mean(values: Iterable[Any]) -> Figure:
    """The mean of those that are known; undefined where none is."""
    kept = [Fraction(value) for value in values if value is not None]
    return sum(kept, Fraction(0)) / len(kept) if kept else Undefined("no-rate")


PROJECT_COLUMNS = (
    Column("name", "text", "Project"),
    Column("type", "text", "Type", words=TYPES),
    Column("department", "text", "Department"),
    Column("state", "text", "State", words=STATES),
    Column("closed", "day", "Closed"),
    Column("original", "minutes", "First estimate"),
    Column("budget", "minutes", "Last budget"),
    Column("used", "minutes", "Used", "marketing"),
    Column("difference", "minutes", "Used less first", "marketing"),
    Column("ratio", "ratio", "Used ÷ first", "marketing"),
    Column("last_ratio", "ratio", "Used ÷ last", "marketing"),
    Column("external", "money", "External cost", "marketing"),
    Column("external_budget", "money", "External budget", "marketing"),
    Column("cost", "money", "Internal cost", "management"),
    Column("total", "money", "In all", "management", "Internal and external cost"),
    Column("standard", "money", "Own hours at standard rate", "marketing"),
    Column("standard_total", "money", "In all, at standard rate", "marketing"),
)


def project_rows(projects: pl.DataFrame, organisation: Any, results: Mapping[str, Result]) -> pl.DataFrame:
    """Closed projects with what they were estimated at first and what they came to, the newest first (T65).

    Only budgets for the whole project count as an estimate: one by month says nothing of how much work there was.
    Hours and costs are the budget report's.
    """
    titles = departments.names(organisation)
    owned = dict(projects.select("project", "department").iter_rows())
    rows = []
    closed = results["budget.projects"].rows.filter(pl.col("state") == "closed", pl.col("budget_from").is_null())
    for row in closed.iter_rows(named=True):
        used = row.get("used")
        if not row["original"] or used is None:
            continue
        first, last = _exact(row["original"]), _exact(row["budget"])
        own, standard = _figure(row, "internal_cost"), _figure(row, "standard_cost")
        external = row["external_used"]
        rows.append(
            {
                "key": row["key"],
                "name": row["name"],
                "type": row["type"],
                "department": titles.get(owned[row["key"]] or "", owned[row["key"]]),
                "state": row["state"],
                "closed": _closed_on(projects, row["key"]),
                "original": first,
                "budget": last,
                "used": used,
                "difference": used - first,
                "ratio": ratio(used, first, "no-budget"),
                "last_ratio": ratio(used, last, "no-budget"),
                "external": external,
                "external_budget": _figure(row, "external_budget"),
                "cost": own,
                "total": combine(lambda inside, outside: inside + outside, own, external),
                "standard": standard,
                "standard_total": combine(lambda inside, outside: inside + outside, standard, external),
            }
        )
    rows.sort(key=lambda row: (-row["closed"].toordinal(), row["key"]))
    return frame(PROJECT_COLUMNS, rows)


def _closed_on(projects: pl.DataFrame, project: str) -> dt.date:
    day: dt.date = projects.filter(pl.col("project") == project)["closed"][0]
    return day


def _exact(value: Any) -> Fraction:
    return Fraction(value)


def _figure(row: Mapping[str, Any], name: str) -> Figure:
    """A figure of an earlier result, exact again; withheld where the audience may not see its column."""
    value = row.get(name)
    return Undefined(row.get(f"{name}_why") or "withheld") if value is None else Fraction(value)


GROUP_COLUMNS = (
    Column("group", "text", "Projects", words={**TYPES, TOTAL: "All closed projects"}),
    *_accuracy_columns("Closed projects"),
)


def group_rows(results: Mapping[str, Result]) -> pl.DataFrame:
    """First estimate against used over closed projects: all, by type, and by owning department (T62)."""
    rows = results["estimates.projects"].rows.to_dicts()
    groups: dict[str, tuple[str, list[dict[str, Any]]]] = {TOTAL: (TOTAL, rows)}
    for row in sorted(rows, key=lambda row: row["key"]):
        for kind in ("type", "department"):
            if row[kind] is not None:
                groups.setdefault(f"{kind}/{row[kind]}", (row[kind], []))[1].append(row)
    order = {TOTAL: 0, "type": 1, "department": 2}
    return frame(
        GROUP_COLUMNS,
        (
            {"key": key, "group": title, **accuracy([(_exact(row["original"]), row["used"]) for row in part])}
            for key, (title, part) in sorted(groups.items(), key=lambda one: (order[one[0].partition("/")[0]], one[0]))
            if part
        ),
    )


AHEAD_COLUMNS = (
    Column("name", "text", "Task"),
    Column("project", "text", "Project"),
    Column("kind", "text", "Kind"),
    Column("estimate", "minutes", "Estimated"),
    Column("used", "minutes", "Used so far", "marketing"),
    Column("usual", "ratio", "Usual ratio of the kind", "marketing"),
    Column("expected", "minutes", "By experience", "marketing", "Estimate × the usual ratio of its kind"),
    Column("difference", "minutes", "By experience less estimated", "marketing"),
    Column("deadline", "day", "Deadline"),
)


def ahead_rows(
    found: Trees,
    projects: pl.DataFrame,
    tasks: pl.DataFrame,
    as_of: dt.date,
    organisation: Any,
    results: Mapping[str, Result],
) -> pl.DataFrame:
    """Tasks that are not done, with what tasks of their kind usually take, the largest difference first (T62).

    Formula:
        expected = estimate × Σ used ÷ Σ estimate over the finished tasks of the kind. Only kinds of which five or more
        are finished say anything; a task that has used more than that already is expected to take what it has used.
    """
    usual = {
        row["key"]: Fraction(row["used"]) / Fraction(row["estimate"])
        for row in results["estimates.kinds"].rows.iter_rows(named=True)
        if row["ratio"] is not None and row["key"] not in (TOTAL, NO_KIND)
    }
    called = dict(projects.select("project", "name").iter_rows())
    kinds, closed = _kinds(tasks), _closed(projects, as_of)
    rows = []
    for project, tree in found.items():
        for task in tree:
            kind = kinds.get((project, task.id or ""), NO_KIND)
            if kind not in usual or task.is_phase or not task.budget or task.done == 1 or project in closed:
                continue
            used = task.hours["minutes"]
            expected = max(task.budget * usual[kind], Fraction(used))
            rows.append(
                {
                    "key": f"{project}/{task.id}",
                    "name": task.name,
                    "project": called.get(project, project),
                    "kind": _called(kind, organisation),
                    "estimate": task.budget,
                    "used": used,
                    "usual": usual[kind],
                    "expected": expected,
                    "difference": minus(expected, task.budget),
                    "deadline": known(task.deadline, "no-end"),
                }
            )
    rows.sort(key=lambda row: (-row["difference"], row["key"]))
    return frame(AHEAD_COLUMNS, rows)


SUM_COLUMNS = (
    Column("tasks", "count", "Tasks"),
    Column("estimate", "minutes", "Estimated"),
    Column("expected", "minutes", "By experience", "marketing"),
    Column("difference", "minutes", "By experience less estimated", "marketing"),
)


def sum_rows(results: Mapping[str, Result]) -> pl.DataFrame:
    """What the tasks of `ahead` come to together; no row where there is none."""
    rows = results["estimates.ahead"].rows
    sums = {name: sum(map(Fraction, rows[name].to_list())) for name in ("estimate", "expected", "difference")}
    return frame(SUM_COLUMNS, [{"key": "ahead", "tasks": len(rows), **sums}] if len(rows) else [])


RESULTS = (
    Metric("tasks", TASK_COLUMNS, task_rows, task_hours, TASK_HOURS, prepare=trees),
    Metric("kinds", KIND_COLUMNS, kind_rows),
    Metric("projects", PROJECT_COLUMNS, project_rows),
    Metric("groups", GROUP_COLUMNS, group_rows),
    Metric("ahead", AHEAD_COLUMNS, ahead_rows, task_hours, TASK_HOURS, prepare=trees),
    Metric("sum", SUM_COLUMNS, sum_rows),
)
