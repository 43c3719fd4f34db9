"""The last twelve months by project and by person, with one grand total, and the cube the reader turns (T26, T34)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import narwhals as nw
import polars as pl

from sitegen import periods
from sitegen.metrics import cube
from sitegen.metrics.figures import Undefined, frame, share
from sitegen.metrics.hours import cost_columns
from sitegen.metrics.projects import SERVES, TYPES, WORK, name_of
from sitegen.report import Data, Metric
from sitegen.reports.pivot.data import LEFT_OUT, as_data
from sitegen.results import Column, Result

MONTHS_SHOWN = 12
MOST_PROJECTS = 15
MOST_PEOPLE = 25

REST, ALL, NONE = "~rest", "~all", "~none"
"""Keys of the rows that are no record: no id begins so."""

MONTH_OF_PROJECT = {"project": pl.String, "month": pl.Date, "minutes": pl.Int64}
MONTH_OF_PERSON = {"person": pl.String, "month": pl.Date, "minutes": pl.Int64}


def months_shown(as_of: dt.date) -> list[dt.date]:
    """The first days of the twelve months that end with the day's own, oldest first."""
    month = periods.month_of(as_of)
    found = [month.start]
    while len(found) < MONTHS_SHOWN:
        month = month.previous()
        found.append(month.start)
    return found[::-1]


def _recent(by_month: nw.LazyFrame, as_of: dt.date) -> nw.LazyFrame:
    """The hours of those months, up to and with the day."""
    return by_month.filter(nw.col("month") >= nw.lit(months_shown(as_of)[0]))


def by_project(by_month: nw.LazyFrame, as_of: dt.date) -> nw.LazyFrame:
    """Minutes by project and month: the columns of MONTH_OF_PROJECT."""
    return _recent(by_month, as_of).group_by("project", "month").agg(nw.col("minutes").sum())


def by_person(by_month: nw.LazyFrame, as_of: dt.date) -> nw.LazyFrame:
    """Minutes by person and month: the columns of MONTH_OF_PERSON."""
    return _recent(by_month, as_of).group_by("person", "month").agg(nw.col("minutes").sum())


# --- one table for each of the two pivots, and their months

SUM_COLUMNS = (
    Column("name", "text", "Name"),
    Column("minutes", "minutes", "Hours"),
    Column("share", "share", "Share"),
    Column("merged", "count", "Together in this row", about="How many stand together; 1 for a row of its own"),
)
MONTH_COLUMNS = (
    Column("month", "day", "Month"),
    Column("minutes", "minutes", "Hours"),
)

Hours = Mapping[str, Mapping[dt.date, int]]
"""Minutes by id and month."""


def by_id(worked: pl.DataFrame) -> Hours:
    """What both tables of projects, and both of people, are made of."""
    found: dict[str, dict[dt.date, int]] = {}
    for id, month, minutes in worked.iter_rows():
        found.setdefault(id, {})[month] = minutes
    return found


def _largest(hours: Hours, most: int) -> list[str]:
    """The ids with a row of their own, the most hours first; one more than `most` is no reason to put two together."""
    ordered = sorted(hours, key=lambda id: (-sum(hours[id].values()), id))
    return ordered if len(ordered) <= most + 1 else ordered[:most]


def _sums(hours: Hours, shown: Sequence[str], name: Callable[[str], str]) -> pl.DataFrame:
    """A row for each id that is shown, one for all others together, and the grand total."""
    total = sum(sum(months.values()) for months in hours.values())
    rest = [id for id in hours if id not in set(shown)]
    groups = [(id, name(id), [id]) for id in shown]
    groups += [(REST, "", rest)] if rest else []
    groups += [(ALL, "", list(hours))]
    rows = []
    for key, called, ids in groups:
        minutes = sum(sum(hours[id].values()) for id in ids)
        parts = share("share", minutes, total, "nothing-logged")
        rows.append({"key": key, "name": called, "minutes": minutes, **parts, "merged": len(ids)})
    return frame(SUM_COLUMNS, rows)


def _months(hours: Hours, sums: Result, as_of: dt.date) -> pl.DataFrame:
    """The same rows month by month; a month in which nothing was written is undefined, not 0 (G5)."""
    own = {row["key"] for row in sums.rows.iter_rows(named=True)}
    rows = []
    for key in sums.rows["key"]:
        ids = [key] if key in hours else list(hours) if key == ALL else [id for id in hours if id not in own]
        for month in months_shown(as_of):
            found = [hours[id][month] for id in ids if month in hours[id]]
            minutes = sum(found) if found else Undefined("nothing-logged")
            rows.append({"key": f"{key}/{month:%Y-%m}", "month": month, "minutes": minutes})
    return frame(MONTH_COLUMNS, rows)


def project_rows(hours: Hours, projects: pl.DataFrame) -> pl.DataFrame:
    """The projects by hours of the twelve months, the largest first (T26, T34)."""
    names = dict(projects.select("project", "name").iter_rows())
    return _sums(hours, _largest(hours, MOST_PROJECTS), lambda id: names.get(id, id))


def project_months(hours: Hours, as_of: dt.date, results: Mapping[str, Result]) -> pl.DataFrame:
    """The projects' hours month by month."""
    return _months(hours, results["pivot.projects"], as_of)


def people_rows(hours: Hours, records: Any) -> pl.DataFrame:
    """Who worked, by name and not by rank (T26, G12); a department stands for those whose names are withheld."""
    called = {id: name_of(records, id) or id for id in hours}
    shown = sorted(_largest(hours, MOST_PEOPLE), key=lambda id: (called[id].casefold(), id))
    return _sums(hours, shown, called.__getitem__)


def person_months(hours: Hours, as_of: dt.date, results: Mapping[str, Result]) -> pl.DataFrame:
    """Each one's hours month by month."""
    return _months(hours, results["pivot.people"], as_of)


# --- operations or investment, own goals or others', development or maintenance

UNKNOWN = {NONE: "Not said"}
KINDS = {"type": TYPES, "serves": SERVES, "work": WORK}
KIND_HOURS = dict.fromkeys(("project", *KINDS), pl.String) | {"minutes": pl.Int64}
KIND_COLUMNS = (
    Column("kind", "text", "Kind", words={**TYPES, **SERVES, **WORK, **UNKNOWN}),
    Column("minutes", "minutes", "Hours"),
    Column("share", "share", "Share"),
    Column("projects", "count", "Projects"),
)


def by_kind(by_month: nw.LazyFrame, project_states: nw.LazyFrame, as_of: dt.date) -> nw.LazyFrame:
    """Minutes by project and what the project was on the day: the columns of KIND_HOURS."""
    sums = _recent(by_month, as_of).group_by("project", "state").agg(nw.col("minutes").sum())
    return cube.with_facts(sums, project_states, tuple(KINDS))


def kind_rows(worked: pl.DataFrame) -> pl.DataFrame:
    """The hours of each kind (T34, P10); hours of projects that do not say are a row of their own (G8)."""
    rows = []
    total = int(worked["minutes"].sum())
    for fact, words in KINDS.items():
        sums = worked.group_by(pl.col(fact).fill_null(NONE)).agg(pl.col("minutes").sum(), pl.col("project").n_unique())
        found = {kind: (minutes, projects) for kind, minutes, projects in sums.iter_rows()}
        for kind in (*words, NONE):
            minutes, projects = found.get(kind, (0, 0))
            if kind == NONE and not minutes:
                continue
            parts = share("share", minutes, total, "nothing-logged")
            rows.append({"key": f"{fact}/{kind}", "kind": kind, "minutes": minutes, **parts, "projects": projects})
    return frame(KIND_COLUMNS, rows)


# --- the months there are

PERIOD_COLUMNS = (Column("month", "day", "Month"), Column("minutes", "minutes", "Hours"))


def month_hours(by_month: nw.LazyFrame) -> nw.LazyFrame:
    """Minutes by month, of all hours up to and with the day."""
    return by_month.group_by("month").agg(nw.col("minutes").sum())


def period_rows(worked: pl.DataFrame, as_of: dt.date) -> pl.DataFrame:
    """Every month from the first with hours to that of the day, and always the twelve: what can be chosen."""
    hours: dict[dt.date, int] = dict(worked.iter_rows())
    first = min([*hours, months_shown(as_of)[0]])
    rows = []
    for month in periods.between(first, as_of, "month"):
        minutes = hours.get(month.start, Undefined("nothing-logged"))
        rows.append({"key": str(month), "month": month.start, "minutes": minutes})
    return frame(PERIOD_COLUMNS, rows)


RESULTS = (
    Metric("projects", SUM_COLUMNS, project_rows, by_project, MONTH_OF_PROJECT, ALL, by_id),
    Metric("project_months", MONTH_COLUMNS, project_months, by_project, MONTH_OF_PROJECT, prepare=by_id),
    Metric("people", SUM_COLUMNS, people_rows, by_person, MONTH_OF_PERSON, ALL, by_id),
    Metric("person_months", MONTH_COLUMNS, person_months, by_person, MONTH_OF_PERSON, prepare=by_id),
    Metric("kinds", KIND_COLUMNS, kind_rows, by_kind, KIND_HOURS),
    Metric("months", PERIOD_COLUMNS, period_rows, month_hours, {"month": pl.Date, "minutes": pl.Int64}),
)


# --- the cube

CELL_COLUMNS = (
    Column("month", "day", "Month"),
    Column("project", "text", "Project"),
    Column("task", "text", "Task"),
    Column("person", "text", "Who"),
    Column("department", "text", "Department"),
    Column("type", "text", "Type", words=TYPES),
    Column("serves", "text", "Serves", words=SERVES),
    Column("work", "text", "Kind of work", words=WORK),
    Column("owned_by", "text", "Owning department"),
    Column("minutes", "minutes", "Hours"),
    Column("cost", "money", "Internal cost", "management", "Hours × the rate that held on the day"),
    Column("unpriced", "minutes", "Without a rate", "management"),
    Column("standard", "money", "At the standard rate"),
    Column("unstandard", "minutes", "Without a standard rate"),
)


def cell_rows(found: pl.DataFrame) -> tuple[pl.DataFrame, dict[str, int]]:
    """Every cell with its cost (F1); what the cube had to leave out to stay small is said.

    Undefined:
        no hour of the cell has a rate → no-rate.
    """
    grain = int(found.select(pl.max("grain")).item() or 0)
    parts = (pl.col(name).cast(pl.String).fill_null("-") for name in cube.DIMENSIONS)
    rows = found.select(
        pl.concat_str(*parts, separator="/").alias("key"),
        *cube.DIMENSIONS,
        "minutes",
        *cost_columns(found, "cost", "minutes", "unpriced", "cost_60"),
        "unpriced",
        *cost_columns(found, "standard", "minutes", "unstandard", "standard_60"),
        "unstandard",
    )
    left_out = {LEFT_OUT["task"]: grain >= 1, LEFT_OUT["person"]: grain >= 2}
    return rows, {reason: len(rows) for reason, left in left_out.items() if left}


DATA = (Data(Metric("cells", CELL_COLUMNS, cell_rows, cube.cells, cube.CELLS), as_data),)
