"""Hours and cost by project, task, person and department in each window of time (T1, T2, T4, T8, T26; F1)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import narwhals as nw
import polars as pl

from sitegen.metrics import projects as standing
from sitegen.metrics.cube import with_facts
from sitegen.metrics.figures import Undefined, frame, frame_of, quotient, share
from sitegen.metrics.hours import PRICED, cost, priced
from sitegen.metrics.people import department_name, key_of, who
from sitegen.metrics.windows import WINDOWS, inside, marked, summed, windows
from sitegen.results import Column, Result

TOTAL = "-"
"""The key of the row of totals: no record has this id."""
NONE = "-"
"""The id that stands for no task, and for no department."""
TOP = {"projects": 12, "tasks": 12, "people": 40, "departments": 12}
"""So many rows of each table are on the page; the others are one row there, and all in the downloads."""

SPENT = {
    "windows": pl.Int64,
    "project": pl.String,
    "task": pl.String,
    "person": pl.String,
    "department": pl.String,
    "type": pl.String,
    "serves": pl.String,
    "work": pl.String,
    **PRICED,
}
"""What `spent` leaves: `windows` says which windows the hours lie in; the project's facts are those of the day."""


def spent(logged: nw.LazyFrame, project_states: nw.LazyFrame, as_of: dt.date) -> nw.LazyFrame:
    """Minutes and cost in the windows by project, task, person, department and the project's dated facts."""
    by = ("windows", "project", "state", "task", "person", "department")
    return with_facts(priced(marked(logged, as_of), as_of, by), project_states, ("type", "serves", "work"))


LABELS: Mapping[str, Mapping[str, str]] = {
    "weeks": {
        "": "Hours, thirteen weeks",
        "share": "Share, thirteen weeks",
        "internal": "Internal cost, thirteen weeks",
        "standard": "At standard rate, thirteen weeks",
        "external": "External cost, thirteen weeks",
    },
    "month": {
        "": "Hours, month",
        "share": "Share, month",
        "internal": "Internal cost, month",
        "standard": "At standard rate, month",
        "external": "External cost, month",
    },
    "quarter": {
        "": "Hours, quarter",
        "share": "Share, quarter",
        "internal": "Internal cost, quarter",
        "standard": "At standard rate, quarter",
        "external": "External cost, quarter",
    },
    "year": {
        "": "Hours, year",
        "share": "Share, year",
        "internal": "Internal cost, year",
        "standard": "At standard rate, year",
        "external": "External cost, year",
    },
}
"""What each measure of each window is called; the page writes the window's own name instead."""


def measures(external: bool = True) -> tuple[Column, ...]:
    """The columns of one row's hours and costs in every window."""
    found = []
    for window in WINDOWS:
        labels = LABELS[window]
        found += [
            Column(window, "minutes", labels[""], "marketing"),
            Column(f"{window}_share", "share", labels["share"], "marketing", "Of all hours of the time"),
            Column(f"{window}_internal", "money", labels["internal"], "management", "Hours × the rate of the day"),
            Column(f"{window}_standard", "money", labels["standard"], "marketing", "Hours × the standard rate"),
        ]
        if external:
            found.append(Column(f"{window}_external", "money", labels["external"], "marketing", "Invoices of the time"))
    return tuple(found)


Sums = Mapping[str, int]


def whole(rows: pl.DataFrame) -> dict[str, int]:
    """The sums of all rows in each window; 0 where there are none."""
    return {name: value or 0 for name, value in summed(rows, ())[0].items()}


@dataclass(frozen=True)
class Line:
    """A row of a table before it is one: its key and texts, its sums, and what was paid outside in each window."""

    texts: Mapping[str, Any]
    sums: Sums
    paid: Mapping[str, int] = field(default_factory=dict)

    @property
    def most(self) -> tuple[Any, ...]:
        """By the hours of the weeks, then of the quarter and the year; ties by name."""
        sums = (-self.sums.get(f"{window}_minutes", 0) for window in ("weeks", "quarter", "year"))
        return (*sums, str(self.texts["name"]), self.texts["key"])


def measured(columns: Sequence[Column], lines: Sequence[Line], total: Sums) -> pl.DataFrame:
    """The lines as the frame of these columns, the measures of each window made column by column.

    Undefined:
        a share of nothing → nothing-logged; a cost where no hour has a rate → no-rate.
    """
    given: dict[str, list[Any]] = {name: [line.texts[name] for line in lines] for name in lines[0].texts}
    no_rate = Undefined("no-rate")
    for window in WINDOWS:

        def of(name: str, window: str = window) -> list[int]:
            return [line.sums.get(f"{window}_{name}", 0) for line in lines]

        minutes, whole = of("minutes"), total[f"{window}_minutes"]
        shares = [k / whole for k in minutes] if whole else [Undefined("nothing-logged")] * len(lines)
        given |= {window: minutes, f"{window}_share": shares}
        given[f"{window}_share_k"] = minutes if whole else [None] * len(lines)
        given[f"{window}_share_n"] = [whole or None] * len(lines)
        for kind, sum_60, without in (("internal", "cost_60", "unpriced"), ("standard", "standard_60", "unstandard")):
            given[f"{window}_{kind}"] = [
                no_rate if spent and spent == free else quotient(cost, 60)
                for spent, free, cost in zip(minutes, of(without), of(sum_60), strict=True)
            ]
        given[f"{window}_external"] = [line.paid.get(window, 0) for line in lines]
    return frame_of(columns, given)


def paid(external_costs: pl.DataFrame, as_of: dt.date, by: Callable[[Mapping[str, Any]], Any]) -> dict[Any, Any]:
    """Invoices up to the day in each window: {what `by` says of the invoice: {window: minor units}}."""
    found: dict[Any, dict[str, int]] = {}
    spans = windows(as_of)
    for row in external_costs.filter(pl.col("day") <= as_of).iter_rows(named=True):
        for window, span in spans.items():
            if span.start <= row["day"] <= span.last:
                sums = found.setdefault(by(row), {})
                sums[window] = sums.get(window, 0) + row["amount_minor"]
    return found


def added(parts: Iterable[Mapping[str, int]]) -> dict[str, int]:
    """Sums of several rows together."""
    total: dict[str, int] = {}
    for part in parts:
        for name, value in part.items():
            if not isinstance(value, str | None):
                total[name] = total.get(name, 0) + value
    return total


PERIOD_NAMES = {
    "weeks": "The last thirteen weeks",
    "month": "The last month",
    "quarter": "The last quarter",
    "year": "The last year",
}
PERIOD_COLUMNS = (
    Column("name", "text", "Time", words=PERIOD_NAMES),
    Column("period", "text", "Period"),
    Column("starts", "day", "From"),
    Column("ends", "day", "To"),
    Column("minutes", "minutes", "Hours", "marketing"),
    Column("people", "count", "People", "marketing", "Who logged; a department without names is one"),
    Column("projects", "count", "Projects", "marketing", "With hours in the time"),
    Column("internal", "money", "Internal cost", "management", "Hours × the rate of the day"),
    Column("unpriced", "minutes", "Hours without a rate", "management", "Counted as hours, not in the cost"),
    Column("standard", "money", "Own hours at standard rate", "marketing", "Hours × the standard rate"),
    Column("external", "money", "External cost", "marketing", "Invoices of the time"),
)


def period_rows(worked: pl.DataFrame, external_costs: pl.DataFrame, as_of: dt.date) -> pl.DataFrame:
    """Each window with its days and its sums; hours without a rate are counted beside the cost (T1)."""
    total, bought = whole(worked), paid(external_costs, as_of, lambda row: None).get(None, {})
    rows = []
    for window, span in windows(as_of).items():
        held = worked.filter(inside(window))
        sums = {name: total[f"{window}_{name}"] for name in PRICED}
        rows.append(
            {
                "key": window,
                "name": window,
                "period": span.period,
                "starts": span.start,
                "ends": span.last,
                "minutes": sums["minutes"],
                "people": held["person"].n_unique(),
                "projects": held["project"].n_unique(),
                "internal": cost(sums["minutes"], sums["unpriced"], sums["cost_60"]),
                "unpriced": sums["unpriced"],
                "standard": cost(sums["minutes"], sums["unstandard"], sums["standard_60"]),
                "external": bought.get(window, 0),
            }
        )
    return frame(PERIOD_COLUMNS, rows)


PROJECT_COLUMNS = (
    Column("name", "text", "Project"),
    Column("type", "text", "Type", words=standing.TYPES),
    *measures(),
)


def project_rows(
    worked: pl.DataFrame, projects: pl.DataFrame, external_costs: pl.DataFrame, as_of: dt.date
) -> pl.DataFrame:
    """Every project with hours or invoices in a window, the most hours of the weeks first, and the total (T4, T8)."""
    facts = {row["project"]: row for row in projects.iter_rows(named=True)}
    total = whole(worked)
    sums = {row["project"]: row for row in summed(worked, ["project"])}
    bought = paid(external_costs, as_of, lambda row: row["project"])
    lines = []
    for project in sorted({*sums, *bought}):
        fact = facts.get(project, {})
        texts = {"key": project, "name": fact.get("name", project), "type": fact.get("type")}
        lines.append(Line(texts, sums.get(project, {}), bought.get(project, {})))
    lines.sort(key=lambda line: line.most)
    return measured(PROJECT_COLUMNS, [*lines, _total({"type": None}, total, bought)], total)


def _total(texts: Mapping[str, Any], total: Sums, bought: Mapping[Any, Mapping[str, int]]) -> Line:
    return Line({"key": TOTAL, "name": None, **texts}, total, added(bought.values()))


TASK_COLUMNS = (
    Column("name", "text", "Task", words={NONE: "Without a task"}),
    Column("project", "text", "Project"),
    Column("place", "text", "What it is", words={"task": "Task", "phase": "Directly on the phase", "none": "No task"}),
    *measures(),
)


def task_rows(
    worked: pl.DataFrame, projects: pl.DataFrame, tasks: pl.DataFrame, external_costs: pl.DataFrame, as_of: dt.date
) -> pl.DataFrame:
    """Every task with hours or invoices in a window; each hour on the one line it was written on (T2, T4).

    Hours on a phase itself are a line of the phase, those of a project without a task one line of the project: so the
    lines add up to the total, and nothing is counted twice (T14).
    """
    names = dict(projects.select("project", "name").iter_rows())
    known = {(row["project"], row["task"]): row for row in tasks.iter_rows(named=True)}

    def line(project: str, task: str | None) -> tuple[str, str]:
        return project, task if task is not None and (project, task) in known else NONE

    total = whole(worked)
    there = tasks.select("project", "task", line="task")
    placed = worked.join(there, on=["project", "task"], how="left").with_columns(pl.col("line").fill_null(NONE))
    sums = {(row["project"], row["line"]): row for row in summed(placed, ["project", "line"])}
    bought = paid(external_costs, as_of, lambda row: line(row["project"], row["task"]))
    lines = []
    for project, task in sorted({*sums, *bought}):
        fact = known.get((project, task))
        texts = {
            "key": f"{project}/{task}",
            "name": fact["name"] if fact else NONE,
            "project": names.get(project, project),
            "place": "none" if fact is None else "task" if fact["leaf"] else "phase",
        }
        lines.append(Line(texts, sums.get((project, task), {}), bought.get((project, task), {})))
    lines.sort(key=lambda line: line.most)
    return measured(TASK_COLUMNS, [*lines, _total({"project": None, "place": None}, total, bought)], total)


PEOPLE_COLUMNS = (
    Column("name", "text", "Who", "marketing"),
    Column("department", "text", "Department", "marketing", "On the day of the report"),
    *measures(external=False),
)


def people_rows(
    worked: pl.DataFrame, contracts: pl.DataFrame, as_of: dt.date, organisation: Any, records: Any
) -> pl.DataFrame:
    """Everybody with hours in a window, by name and not by rank (T26, G12); the same total as the projects'."""
    held = contracts.filter(pl.col("since") <= as_of, pl.col("until") > as_of)
    homes = dict(held.select("person", "department").iter_rows())
    total = whole(worked)
    lines = []
    for row in summed(worked, ["person"]):
        person = row["person"]
        home = department_name(organisation, homes.get(person))
        texts = {"key": key_of(person), "name": who(person, organisation, records), "department": home}
        lines.append(Line(texts, row))
    lines.sort(key=lambda line: (str(line.texts["name"]), line.texts["key"]))
    return measured(PEOPLE_COLUMNS, [*lines, _total({"department": None}, total, {})], total)


OWN_LABELS = {
    "weeks": "Own goals, thirteen weeks",
    "month": "Own goals, month",
    "quarter": "Own goals, quarter",
    "year": "Own goals, year",
}
DEPARTMENT_COLUMNS = (
    Column("name", "text", "Department", words={NONE: "No department"}),
    *measures(),
    *(
        Column(f"{window}_own", "share", label, "marketing", "Own goals ÷ (own goals + other departments)")
        for window, label in OWN_LABELS.items()
    ),
)


def department_rows(
    worked: pl.DataFrame,
    project_spans: pl.DataFrame,
    external_costs: pl.DataFrame,
    as_of: dt.date,
    organisation: Any,
) -> pl.DataFrame:
    """Hours by the department that the person was in on the day, and its invoices by the department that owned the
    project on the invoice's day (T2); the share that served own goals (F7).
    """
    spans = project_spans.filter(pl.col("fact") == "department").to_dicts()

    def owner(row: Mapping[str, Any]) -> str:
        held = (
            span["value"]
            for span in spans
            if span["project"] == row["project"] and span["since"] <= row["day"] < span["until"]
        )
        return next(held, None) or NONE

    total = whole(worked)
    sums = {row["department"] or NONE: row for row in summed(worked, ["department"])}
    goals: dict[str, dict[str | None, Sums]] = {}
    for row in summed(worked, ["department", "serves"], ["minutes"]):
        goals.setdefault(row["department"] or NONE, {})[row["serves"]] = row
    bought = paid(external_costs, as_of, owner)
    lines = []
    for department in sorted({*sums, *bought}):
        texts = {
            "key": f"{NONE}/{NONE}" if department == NONE else department,
            "name": NONE if department == NONE else department_name(organisation, department),
            **_own(goals.get(department, {})),
        }
        lines.append(Line(texts, sums.get(department, {}), bought.get(department, {})))
    lines.sort(key=lambda line: line.most)
    everyone = {row["serves"]: row for row in summed(worked, ["serves"], ["minutes"])}
    return measured(DEPARTMENT_COLUMNS, [*lines, _total(_own(everyone), total, bought)], total)


def _own(goals: Mapping[str | None, Sums]) -> dict[str, Any]:
    """The share of own goals in each window; hours of projects that say neither are left out (F7)."""
    row: dict[str, Any] = {}
    for window in WINDOWS:
        own, service = (goals.get(name, {}).get(f"{window}_minutes", 0) for name in ("own-goals", "other-departments"))
        row |= share(f"{window}_own", own, own + service, "no-cases")
    return row


REST_COLUMNS = (
    Column("name", "text", "What", words={"rest": "All the others"}),
    Column("lines", "count", "Lines", "marketing", "How many stand together"),
    *measures(),
)


def rest_rows(results: Mapping[str, Result]) -> pl.DataFrame:
    """What stands together as the last row of each table on the page; the downloads have every row."""
    rows = []
    for name, top in TOP.items():
        table = results[f"time_use.{name}"].rows
        rest = table.filter(pl.col("key") != TOTAL).slice(top)
        if rest.is_empty():
            continue
        rows.append({"key": f"{NONE}/{name}", "name": "rest", "lines": len(rest), **_together(rest)})
    return frame(REST_COLUMNS, rows)


def _together(rest: pl.DataFrame) -> dict[str, Any]:
    row: dict[str, Any] = {}
    for window in WINDOWS:
        minutes = int(rest[window].sum())
        totals = rest[f"{window}_share_n"].drop_nulls()
        row[window] = minutes
        row |= share(f"{window}_share", minutes, int(totals[0]) if len(totals) else 0, "nothing-logged")
        for measure in ("internal", "standard", "external"):
            name = f"{window}_{measure}"
            known = rest[name].drop_nulls() if name in rest.columns else None
            row[name] = (
                Undefined("not-relevant") if known is None else known.sum() if len(known) else Undefined("no-rate")
            )
    return row
