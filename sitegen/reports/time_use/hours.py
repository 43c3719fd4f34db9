"""Hours and cost by project, task, person and department in each window of time (T1, T2, T4, T8, T26; F1)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

import narwhals as nw
import polars as pl

from sitegen.metrics import projects as standing
from sitegen.metrics.cube import with_facts
from sitegen.metrics.figures import Undefined, frame, share
from sitegen.metrics.hours import PRICED, cost, priced
from sitegen.metrics.people import department_name, key_of, who
from sitegen.metrics.windows import SUMS, WINDOWS, inside, marked, summed, windows
from sitegen.reports.time_use.windowed import EXTERNAL, TOTAL, measured, measures, most_first, paid, with_paid
from sitegen.results import Column, Result

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
    total, bought = summed(worked).row(0, named=True), paid(external_costs, as_of, lambda row: None).get(None, {})
    rows = []
    for window, span in windows(as_of).items():
        held = worked.filter(inside(window))
        sums = {name: total[f"{window}_{name}"] or 0 for name in PRICED}
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
    lines = with_paid(
        summed(worked, "project"), paid(external_costs, as_of, lambda row: (row["project"],)), "project"
    ).join(projects.select("project", "name", "type"), on="project", how="left")
    lines = lines.with_columns(key="project", name=pl.coalesce("name", "project"))
    return measured(PROJECT_COLUMNS, most_first(lines))


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
    known = tasks.select("project", "task", "leaf", line="task", title="name")
    there = set(known.select("project", "task").iter_rows())
    placed = worked.join(known, on=["project", "task"], how="left").with_columns(pl.col("line").fill_null(NONE))

    def line(cost: Mapping[str, Any]) -> tuple[str, str]:
        scope = (cost["project"], cost["task"])
        return scope if scope in there else (cost["project"], NONE)

    bought = paid(external_costs, as_of, line)
    lines = (
        with_paid(summed(placed, "project", "line"), bought, "project", "line")
        .join(known.drop("task"), on=["project", "line"], how="left")
        .join(projects.select("project", called="name"), on="project", how="left")
    )
    place = pl.when(pl.col("leaf").is_null()).then(pl.lit("none")).when("leaf").then(pl.lit("task"))
    lines = lines.select(
        *SUMS,
        *EXTERNAL,
        key=pl.concat_str("project", "line", separator="/"),
        name=pl.col("title").fill_null(NONE),
        project=pl.coalesce("called", "project"),
        place=place.otherwise(pl.lit("phase")),
    )
    return measured(TASK_COLUMNS, most_first(lines))


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
    sums = summed(worked, "person")
    people = sums["person"].to_list()
    names: dict[str, list[str | None]] = {
        "key": [key_of(person) for person in people],
        "name": [who(person, organisation, records) for person in people],
        "department": [department_name(organisation, homes.get(person)) for person in people],
    }
    lines = sums.with_columns(pl.Series(name, texts, dtype=pl.String) for name, texts in names.items())
    return measured(PEOPLE_COLUMNS, lines.sort("name", "key"))


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

    worked = worked.with_columns(pl.col("department").fill_null(NONE))
    lines = with_paid(
        summed(worked, "department"), paid(external_costs, as_of, lambda row: (owner(row),)), "department"
    ).join(_own(worked), on="department", how="left")
    departments = lines["department"].to_list()
    names: dict[str, list[str | None]] = {
        "key": [f"{NONE}/{NONE}" if one == NONE else one for one in departments],
        "name": [NONE if one == NONE else department_name(organisation, one) for one in departments],
    }
    lines = lines.with_columns(pl.Series(name, texts, dtype=pl.String) for name, texts in names.items())
    own = [f"{window}_own" for window in WINDOWS]
    lines = lines.with_columns(pl.col(f"{name}_{part}").fill_null(0) for name in own for part in ("k", "n"))
    return measured(DEPARTMENT_COLUMNS, most_first(lines), own)


def _own(worked: pl.DataFrame) -> pl.DataFrame:
    """k and n of the share of own goals of each department in each window; hours of projects that say neither are left
    out (F7).
    """
    own, service = (pl.col("serves") == name for name in ("own-goals", "other-departments"))
    return worked.group_by("department").agg(
        pl.col(f"{window}_minutes").filter(counted).sum().alias(f"{window}_own_{part}")
        for window in WINDOWS
        for part, counted in (("k", own), ("n", own | service))
    )


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
