"""Booked against logged (F4): every booked minute is kept or slipped, every logged one kept, over or unplanned.

The formula is written once, on any engine; it is whole minutes all the way:

    A task booking keeps min(booked, logged). A booking without task is met by the hours of the person on the project
    that week beyond its task bookings. What is booked and not kept has slipped. What is logged and not kept is over
    where something was booked for it (its task, or the project as a whole), else unplanned.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

import narwhals as nw
import polars as pl

from sitegen.metrics.figures import share_unless, unless
from sitegen.metrics.hours import complete_weeks
from sitegen.periods import DAY, week_month, week_of
from sitegen.results import Column

MINUTES = {
    "person": pl.String,
    "project": pl.String,
    "week": pl.Date,
    "task": pl.String,
    "booked": pl.Int64,
    "added": pl.Int64,
    "logged": pl.Int64,
}
"""What `booked_and_logged` leaves: `booked` is the plan, `added` what was booked after the week was planned."""

PARTS = ("booked", "logged", "kept", "slipped", "over", "unplanned")
"""The minutes of `parts`; kept + slipped = booked, kept + over + unplanned = logged."""


def part_columns(audience: str) -> tuple[Column, ...]:
    """The PARTS of a week, and how much of the plan was kept, for whom the report shows them to."""
    return (
        Column("booked", "minutes", "Booked", audience, "What was planned; later additions left out"),
        Column("logged", "minutes", "Logged", audience),
        Column("kept", "minutes", "As booked", audience, "Booked and done"),
        Column("slipped", "minutes", "Not done", audience, "Booked and not done"),
        Column("over", "minutes", "More than booked", audience, "On work that was booked for fewer hours"),
        Column("unplanned", "minutes", "Unplanned", audience, "On work that nobody had booked"),
        Column("adherence", "share", "Plan kept", audience, "As booked ÷ booked"),
    )


def kept_share(why: pl.Expr | None = None) -> list[pl.Expr]:
    """`adherence` = kept ÷ booked with its k and n (F4); undefined (no-cases) where nothing was booked."""
    nothing = pl.when(pl.col("booked") == 0).then(pl.lit("no-cases"))
    return share_unless(nothing if why is None else pl.coalesce(why, nothing), "adherence", "kept", "booked")


def part_measures(away: str) -> list[pl.Expr]:
    """The PARTS of a week that can be undefined, and how much of the plan was kept; `away`: nobody could work in it.

    Undefined:
        slipped and adherence of a week in which nobody could work → not-relevant; adherence where nothing was booked
        → no-cases.
    """
    out = pl.when(away).then(pl.lit("not-relevant"))
    return [*unless(out, "slipped", pl.col("slipped")), *kept_share(out)]


WEEK = ("person", "project", "week")
MONTHS_KEPT = 12
"""Booked against logged is shown for so many months."""


def booked_and_logged(booked: nw.LazyFrame, logged: nw.LazyFrame, as_of: dt.date) -> nw.LazyFrame:
    """Minutes by person, project, week and task, booked (whole, plans are read whole) and logged (up to the day)."""
    keys = (*WEEK, "task")
    nothing = nw.lit(0, nw.Int64)
    planned = nw.col("added").is_null()
    plan = booked.select(
        *keys,
        booked=nw.when(planned).then(nw.col("minutes")).otherwise(nothing),
        added=nw.when(planned).then(nothing).otherwise(nw.col("minutes")),
        logged=nothing,
    )
    done = logged.filter(nw.col("day") <= nw.lit(as_of)).select(
        *keys, booked=nothing, added=nothing, logged=nw.col("minutes")
    )
    sums = (nw.col(name).sum() for name in ("booked", "added", "logged"))
    return nw.concat([plan, done]).group_by(*keys).agg(*sums)


def first_month_week(as_of: dt.date) -> dt.date:
    """The Monday of the first week of the twelve months that end with that of the last complete week."""
    month = week_month(complete_weeks(as_of, 1)[0])
    for _ in range(MONTHS_KEPT - 1):
        month = month.previous()
    monday = week_of(month.start).start
    return monday if week_month(monday) == month else monday + 7 * DAY


def by_week(booked: nw.LazyFrame, logged: nw.LazyFrame, as_of: dt.date) -> nw.LazyFrame:
    """`booked_and_logged` of the complete weeks of the last twelve months: what every table of F4 begins with.

    A sum (`metrics.sums`).
    """
    shown = (nw.col("week") >= nw.lit(first_month_week(as_of)), nw.col("week") <= nw.lit(complete_weeks(as_of, 1)[0]))
    return booked_and_logged(booked.filter(*shown), logged.filter(*shown), as_of)


def _smaller(one: str, other: str) -> nw.Expr:
    return nw.when(nw.col(one) < nw.col(other)).then(nw.col(one)).otherwise(nw.col(other))


def _by_project(minutes: nw.LazyFrame) -> nw.LazyFrame:
    """The sums of each person's week on a project that the formula needs: of its tasks, and of the project as a whole.

    `task_kept` is kept of task bookings, `beyond` logged on tasks beyond them, `free` logged on tasks without one;
    `whole` and `loose` are booked and logged on no task.
    """
    nothing = nw.lit(0, nw.Int64)
    on_task = ~nw.col("task").is_null()
    task_kept = _smaller("booked", "logged")
    rows = minutes.select(
        *WEEK,
        "booked",
        "logged",
        task_kept=nw.when(on_task).then(task_kept).otherwise(nothing),
        beyond=nw.when(on_task).then(nw.col("logged") - task_kept).otherwise(nothing),
        free=nw.when(on_task & (nw.col("booked") == 0)).then(nw.col("logged")).otherwise(nothing),
        whole=nw.when(on_task).then(nothing).otherwise(nw.col("booked")),
        loose=nw.when(on_task).then(nothing).otherwise(nw.col("logged")),
    )
    sums = ("booked", "logged", "task_kept", "beyond", "free", "whole", "loose")
    rows = rows.group_by(*WEEK).agg(*(nw.col(name).sum() for name in sums))
    rows = rows.with_columns(beyond=nw.col("beyond") + nw.col("loose"))
    return rows.with_columns(whole_kept=_smaller("whole", "beyond"))


def parts(minutes: nw.LazyFrame) -> nw.LazyFrame:
    """Each person's week on a project in its PARTS, from `booked_and_logged`."""
    nothing = nw.lit(0, nw.Int64)
    rows = _by_project(minutes).with_columns(
        kept=nw.col("task_kept") + nw.col("whole_kept"),
        unplanned=nw.when(nw.col("whole") > 0).then(nothing).otherwise(nw.col("free") + nw.col("loose")),
    )
    return rows.select(
        *WEEK,
        "booked",
        "logged",
        "kept",
        slipped=nw.col("booked") - nw.col("kept"),
        over=nw.col("logged") - nw.col("kept") - nw.col("unplanned"),
        unplanned=nw.col("unplanned"),
    )


RECENT_WEEKS = 19
"""So many complete weeks hold the last thirteen, and the last three months all of whose weeks have ended."""
SPLIT = {"person": pl.String, "project": pl.String, "week": pl.Date} | dict.fromkeys(PARTS, pl.Int64)
"""What `recent` leaves."""


def recent(by_week: nw.LazyFrame, as_of: dt.date) -> nw.LazyFrame:
    """The PARTS of each person's week on a project in the last complete weeks: what reports of people begin with."""
    return parts(by_week.filter(nw.col("week") >= nw.lit(complete_weeks(as_of, RECENT_WEEKS)[0])))


def bookings(minutes: nw.LazyFrame) -> nw.LazyFrame:
    """What became of each booking: person, project, week and task (null: the project as a whole), booked and kept."""
    tasks = minutes.filter(~nw.col("task").is_null(), nw.col("booked") > 0)
    tasks = tasks.select(*WEEK, "task", "booked", kept=_smaller("booked", "logged"))
    wholes = minutes.filter(nw.col("task").is_null(), nw.col("booked") > 0).select(*WEEK, "task", "booked")
    met = _by_project(minutes).select(*WEEK, kept=nw.col("whole_kept"))
    return nw.concat([tasks, wholes.join(met, on=list(WEEK), how="inner")])


def unplanned_entries(minutes: nw.LazyFrame, logged: nw.LazyFrame, as_of: dt.date) -> nw.LazyFrame:
    """The logged entries that are unplanned: nothing was booked for their task or for the project as a whole."""
    planned = minutes.filter(nw.col("booked") > 0)
    whole = planned.filter(nw.col("task").is_null()).select(*WEEK)
    tasks = planned.filter(~nw.col("task").is_null()).select(*WEEK, "task")
    rows = logged.filter(nw.col("day") <= nw.lit(as_of))
    return rows.join(whole, on=list(WEEK), how="anti").join(tasks, on=[*WEEK, "task"], how="anti")


@dataclass
class Split:
    """Minutes of one or more person × project × weeks; kept + slipped = booked, kept + over + unplanned = logged."""

    booked: int = 0
    logged: int = 0
    kept: int = 0
    over: int = 0
    unplanned: int = 0

    @property
    def slipped(self) -> int:
        """Booked and not done."""
        return self.booked - self.kept

    def add(self, other: Split) -> None:
        """Adds the minutes of another."""
        for name in ("booked", "logged", "kept", "over", "unplanned"):
            setattr(self, name, getattr(self, name) + getattr(other, name))


def splits(minutes: pl.DataFrame) -> dict[tuple[str, str, dt.date], Split]:
    """The split of every (person, project, week) of a frame of MINUTES."""
    rows: pl.DataFrame = parts(nw.from_native(minutes.lazy())).collect(backend="polars").to_native()
    return {
        (person, project, week): Split(*sums)
        for person, project, week, *sums in rows.sort(*WEEK)
        .select(*WEEK, "booked", "logged", "kept", "over", "unplanned")
        .iter_rows()
    }
