"""Contracts and absences: what a person can work in a week (F5), and the weeks somebody was away all of."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from typing import Any

import polars as pl

from sitegen.metrics.figures import Figure, Undefined
from sitegen.periods import WEEKDAYS, Calendar

DAYS = tuple(dt.timedelta(days=n) for n in range(7))
ALL_WEEK = frozenset(range(5))
Contracts = Mapping[str, Sequence[Mapping[str, Any]]]


def by_person(contracts: pl.DataFrame) -> dict[str, list[dict[str, Any]]]:
    """The rows of each person's contract, oldest first."""
    found: dict[str, list[dict[str, Any]]] = {}
    for row in contracts.sort("person", "since").iter_rows(named=True):
        found.setdefault(row["person"], []).append(row)
    return found


def _weekdays(row: Mapping[str, Any]) -> frozenset[int]:
    """The weekdays (0 = Monday) of a contract; Monday to Friday where it says none."""
    days = row["working_days"]
    return frozenset(WEEKDAYS.index(day) for day in days.split(",")) if days else ALL_WEEK


def _absences(absent: pl.DataFrame) -> dict[tuple[str, dt.date], int | None]:
    """(person, day) → minutes away, None for the whole day."""
    found: dict[tuple[str, dt.date], int | None] = {}
    for person, day, minutes in absent.select("person", "day", "minutes").iter_rows():
        before = found.get((person, day), 0)
        found[person, day] = None if minutes is None or before is None else before + minutes
    return found


class _Days:
    """The working days of weeks by the calendar and a contract; each pair is looked up once, for all people."""

    def __init__(self, calendar: Calendar) -> None:
        self._calendar = calendar
        self._found: dict[tuple[dt.date, str | None], frozenset[dt.date]] = {}

    def of(self, week: dt.date, row: Mapping[str, Any]) -> frozenset[dt.date]:
        """The days of the week that are worked by somebody with this contract."""
        key = (week, row["working_days"])
        if key not in self._found:
            weekdays = _weekdays(row)
            self._found[key] = frozenset(
                week + step for step in DAYS if self._calendar.is_working(week + step, weekdays)
            )
        return self._found[key]

    def employed(self, rows: Sequence[Mapping[str, Any]], week: dt.date) -> Iterator[tuple[dt.date, Mapping[str, Any]]]:
        """The days of the week on which a person is employed and is to work, each with the contract that holds."""
        sunday = week + DAYS[-1]
        for row in rows:
            if row["employed"] and row["since"] <= sunday and week < row["until"]:
                for day in self.of(week, row):
                    if row["since"] <= day < row["until"]:
                        yield day, row


def capacity(
    contracts: pl.DataFrame, absent: pl.DataFrame, calendar: Calendar, weeks: Sequence[dt.date]
) -> dict[tuple[str, dt.date], Figure]:
    """Minutes each person can work in each week (F5).

    Formula:
        Σ over her working days that are no holiday and no closed day of (weekly minutes ÷ working days a week) −
        absence, where a whole day's absence takes the day and hours take at most the day.

    Undefined (unknown-part) where the contract of one of the days names no weekly hours.
    """
    away = _absences(absent)
    days = _Days(calendar)
    found: dict[tuple[str, dt.date], Figure] = {}
    for person, rows in by_person(contracts).items():
        for week in weeks:
            total, unsaid = Fraction(0), False
            for day, row in days.employed(rows, week):
                if row["weekly_minutes"] is None:
                    unsaid = True
                    break
                full = Fraction(row["weekly_minutes"], len(_weekdays(row)))
                gone = away.get((person, day), 0)
                total += Fraction(0) if gone is None else max(Fraction(0), full - gone)
            found[person, week] = Undefined("unknown-part") if unsaid else total
    return found


def away_all_week(
    absent: pl.DataFrame, contracts: pl.DataFrame, calendar: Calendar, weeks: Sequence[dt.date]
) -> set[tuple[str, dt.date]]:
    """(person, Monday) of the weeks in which she was away on every day she was to work, or had none to work."""
    away = _absences(absent)
    days = _Days(calendar)
    found = set()
    for person, rows in by_person(contracts).items():
        for week in weeks:
            if all(away.get((person, day), 0) is None for day, _ in days.employed(rows, week)):
                found.add((person, week))
    return found
