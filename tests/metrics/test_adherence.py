"""Booked against logged (F4): each minute in exactly one place."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

import narwhals as nw
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitegen.metrics.adherence import (
    MINUTES,
    Split,
    booked_and_logged,
    bookings,
    parts,
    splits,
    unplanned_entries,
)

MONDAY = dt.date(2026, 6, 22)
AS_OF = dt.date(2026, 6, 28)
PLANNED = {"person": pl.String, "project": pl.String, "week": pl.Date, "task": pl.String, "minutes": pl.Int64}
PLANNED |= {"added": pl.Date}
DONE = {"person": pl.String, "project": pl.String, "week": pl.Date, "task": pl.String, "minutes": pl.Int64}
DONE |= {"day": pl.Date, "asked_by": pl.String}


def lazy(rows: list[tuple[Any, ...]], schema: Mapping[str, Any]) -> nw.LazyFrame:
    return nw.from_native(pl.LazyFrame(rows, schema=schema, orient="row"))


def minutes_of(booked: Mapping[str | None, int], logged: Mapping[str | None, int]) -> nw.LazyFrame:
    """Ana's week on one project, minutes by task."""
    plan = [("ana", "seo", MONDAY, task, minutes, None) for task, minutes in booked.items()]
    done = [("ana", "seo", MONDAY, task, minutes, MONDAY, None) for task, minutes in logged.items()]
    return booked_and_logged(lazy(plan, PLANNED), lazy(done, DONE), AS_OF)


def native(frame: nw.LazyFrame) -> pl.DataFrame:
    found: pl.DataFrame = frame.collect(backend="polars").to_native()
    return found


def split(booked: Mapping[str | None, int], logged: Mapping[str | None, int]) -> Split:
    """The split of Ana's week."""
    found = native(minutes_of(booked, logged)).select(pl.col(name).cast(kind) for name, kind in MINUTES.items())
    return splits(found).get(("ana", "seo", MONDAY), Split())


@pytest.mark.parametrize(
    ("booked", "logged", "kept", "over", "unplanned"),
    [
        ({"a": 360}, {"a": 300}, 300, 0, 0),  # an hour slipped
        ({"a": 360}, {"a": 400}, 360, 40, 0),
        ({"a": 360}, {"b": 400}, 0, 0, 400),  # another task than the booked one
        ({}, {"a": 60, None: 30}, 0, 0, 90),
        ({None: 240}, {"a": 100, None: 50}, 150, 0, 0),  # a booking of the project is met by any of its hours
        ({None: 240, "a": 360}, {"a": 300, "b": 420}, 300 + 240, 180, 0),
        ({None: 240, "a": 360}, {"a": 500}, 360 + 140, 0, 0),  # what is beyond the task's booking
        ({"a": 60}, {None: 60}, 0, 0, 60),  # hours on no task do not keep a task's booking
        ({"a": 60}, {}, 0, 0, 0),
    ],
)
def test_split(
    booked: dict[str | None, int], logged: dict[str | None, int], kept: int, over: int, unplanned: int
) -> None:
    """F4: kept = min(b, l) by task; the loose booking takes what is beyond; over where something was booked, else
    unplanned.
    """
    assert split(booked, logged) == Split(sum(booked.values()), sum(logged.values()), kept, over, unplanned)


SOME = st.dictionaries(st.sampled_from(["a", "b", "c", None]), st.integers(1, 600))


def by_the_minute(booked: Mapping[str | None, int], logged: Mapping[str | None, int]) -> Split:
    """F4 in plain Python, one minute at a time: each finds its task's booking, else the project's, else none."""
    left = dict(booked)
    found = Split(sum(booked.values()), sum(logged.values()))
    for task, minutes in logged.items():
        for _ in range(minutes):
            place = task if left.get(task) else None
            if left.get(place):
                left[place] -= 1
                found.kept += 1
            elif task in booked or None in booked:
                found.over += 1
            else:
                found.unplanned += 1
    return found


@given(SOME, SOME)
def test_every_minute_is_where_a_count_minute_by_minute_puts_it(
    booked: dict[str | None, int], logged: dict[str | None, int]
) -> None:
    """F4: kept + slipped = booked; kept + over + unplanned = logged; none is negative."""
    found = split(booked, logged)
    assert found == by_the_minute(booked, logged)
    assert found.kept + found.slipped == sum(booked.values())
    assert found.kept + found.over + found.unplanned == sum(logged.values())
    assert min(found.kept, found.slipped, found.over, found.unplanned) >= 0


@given(SOME, SOME)
def test_what_is_kept_of_each_booking_and_unplanned_of_each_entry_sums_to_the_split(
    booked: dict[str | None, int], logged: dict[str | None, int]
) -> None:
    """The bookings one by one keep what the week keeps; the unplanned entries have its unplanned minutes."""
    minutes = minutes_of(booked, logged)
    kept = native(bookings(minutes))
    assert dict(kept.select("task", "booked").iter_rows()) == booked
    whole = native(parts(minutes))
    assert kept["kept"].sum() == whole["kept"].sum()
    done = lazy([("ana", "seo", MONDAY, task, on, MONDAY, None) for task, on in logged.items()], DONE)
    assert native(unplanned_entries(minutes, done, AS_OF))["minutes"].sum() == whole["unplanned"].sum()


def test_what_was_added_later_is_no_plan_and_hours_after_the_day_are_no_hours() -> None:
    """2 h added on Tuesday: booked 0, so the hour of Wednesday is unplanned; the hour of 29 June is after 28 June."""
    plan = lazy([("ana", "seo", MONDAY, None, 120, MONDAY)], PLANNED)
    days = (dt.date(2026, 6, 24), dt.date(2026, 6, 29))
    done = lazy([("ana", "seo", MONDAY, None, 60, day, None) for day in days], DONE)
    found = native(parts(booked_and_logged(plan, done, AS_OF)))
    assert found.select("booked", "logged", "unplanned").rows() == [(0, 60, 60)]
