"""Booked against logged (F4): every booked minute is kept or slipped, every logged one kept, over or unplanned."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

import narwhals as nw
import polars as pl

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


def booked_and_logged(booked: nw.LazyFrame, logged: nw.LazyFrame, as_of: dt.date) -> nw.LazyFrame:
    """Minutes by person, project, week and task, booked (whole, plans are read whole) and logged (up to the day)."""
    keys = ("person", "project", "week", "task")
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


def split(booked: Mapping[str | None, int], logged: Mapping[str | None, int]) -> Split:
    """One person's week on one project, minutes by task (None: the project as a whole).

    Formula (F4):
        A task booking keeps min(b, l). A booking without task is met by the hours of the project beyond its task
        bookings. What is
        logged and not kept is over where something was booked for it (its task, or the project as a whole), else
        unplanned.
    """
    found = Split(sum(booked.values()), sum(logged.values()))
    beyond = unplanned = 0
    for task in {*booked, *logged} - {None}:
        b, done = booked.get(task, 0), logged.get(task, 0)
        found.kept += min(b, done)
        beyond += max(0, done - b)
        unplanned += done if b == 0 else 0
    loose, whole = logged.get(None, 0), booked.get(None, 0)
    found.kept += min(whole, beyond + loose)
    found.unplanned = 0 if whole else unplanned + loose
    found.over = found.logged - found.kept - found.unplanned
    return found


def splits(minutes: pl.DataFrame) -> dict[tuple[str, str, dt.date], Split]:
    """The split of every (person, project, week) of a frame of MINUTES."""
    booked: dict[tuple[str, str, dt.date], dict[str | None, int]] = {}
    logged: dict[tuple[str, str, dt.date], dict[str | None, int]] = {}
    for person, project, week, task, plan, _, done in minutes.select(*MINUTES).iter_rows():
        key = (person, project, week)
        for sums, amount in ((booked, plan), (logged, done)):
            tasks = sums.setdefault(key, {})
            if amount:
                tasks[task] = tasks.get(task, 0) + amount
    return {key: split(booked[key], logged[key]) for key in booked}
