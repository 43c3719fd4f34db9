"""Contracts and absences: what a person can work in a week (F5), and the weeks somebody was away all of."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from typing import Any

import polars as pl

from sitegen.metrics.figures import Figure, Number, Undefined, simple
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


def employed_in(contracts: pl.DataFrame, weeks: Sequence[dt.date]) -> pl.DataFrame:
    """`person` and `week` (Monday) of the weeks on one of whose days the person was employed."""
    rows = contracts.filter("employed").join(pl.DataFrame({"week": weeks}, {"week": pl.Date}), how="cross")
    there = (pl.col("since") <= pl.col("week") + DAYS[-1]) & (pl.col("week") < pl.col("until"))
    return rows.filter(there).select("person", "week").unique()


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
        self._found: dict[tuple[dt.date, str | None], tuple[frozenset[dt.date], ...]] = {}

    def of(self, week: dt.date, row: Mapping[str, Any]) -> tuple[frozenset[dt.date], ...]:
        """The days of a contract in the week: those that are worked, public holidays, and days that are closed."""
        key = (week, row["working_days"])
        if key not in self._found:
            weekdays = _weekdays(row)
            days = [week + step for step in DAYS if step.days in weekdays]
            worked = frozenset(day for day in days if self._calendar.is_working(day, weekdays))
            holidays = frozenset(day for day in days if self._calendar.holiday(day) is not None)
            self._found[key] = (worked, holidays, frozenset(days) - worked - holidays)
        return self._found[key]

    def employed(self, rows: Sequence[Mapping[str, Any]], week: dt.date) -> Iterator[tuple[dt.date, Mapping[str, Any]]]:
        """The days of the week on which a person is employed and is to work, each with the contract that holds."""
        for row in _holding(rows, week):
            for day in self.of(week, row)[0]:
                if row["since"] <= day < row["until"]:
                    yield day, row


def _holding(rows: Sequence[Mapping[str, Any]], week: dt.date) -> Iterator[Mapping[str, Any]]:
    """The rows of a contract under which a person is employed on a day of the week."""
    sunday = week + DAYS[-1]
    return (row for row in rows if row["employed"] and row["since"] <= sunday and week < row["until"])


@dataclass(frozen=True)
class Available:
    """What a person can work in a week, minutes: capacity = contract − holidays − closed − absent (F5)."""

    contract: Number = 0
    """Weekly hours, each day by the contract that holds on it; less in a week that begins or ends the employment."""
    holidays: Number = 0
    closed: Number = 0
    absent: Number = 0

    @cached_property
    def capacity(self) -> Number:
        """What is left of the contract; kept, since people with the same contract share one of these."""
        return simple(self.contract - self.holidays - self.closed - self.absent)


def available(
    contracts: pl.DataFrame, absent: pl.DataFrame, calendar: Calendar, weeks: Sequence[dt.date]
) -> dict[tuple[str, dt.date], Available | Undefined]:
    """What each person can work in each week, and what takes from it (F5).

    Formula:
        Each day of hers counts weekly minutes ÷ working days a week, by the contract that holds on the day. Public
        holidays take their days, closed days those that are no holiday, and absence the day or at most the day.

    Undefined (unknown-part) where the contract of one of the days to work names no weekly hours.
    """
    away: dict[str, dict[dt.date, dict[dt.date, int | None]]] = {}
    for (person, day), minutes in _absences(absent).items():
        away.setdefault(person, {}).setdefault(day - dt.timedelta(days=day.weekday()), {})[day] = minutes
    days = _Days(calendar)
    found: dict[tuple[str, dt.date], Available | Undefined] = {}
    whole: dict[int, list[Available | Undefined]] = {}
    alike = _alike(weeks)
    for person, rows in by_person(contracts).items():
        same = alike(rows)
        if same not in whole:
            whole[same] = [_available(list(_holding(rows, week)), week, days, {}) for week in weeks]
        gone = away.get(person, {})
        for week, one in zip(weeks, whole[same], strict=True):
            found[person, week] = (
                _available(list(_holding(rows, week)), week, days, gone[week]) if week in gone else one
            )
    return found


def _alike(weeks: Collection[dt.date]) -> Callable[[Sequence[Mapping[str, Any]]], int]:
    """Numbers contracts: the same for all people whose contracts say the same of these weeks; nearly all have one of a
    few.
    """
    first, end = min(weeks, default=dt.date.max), max(weeks, default=dt.date.min) + dt.timedelta(weeks=1)
    numbers: dict[tuple[Any, ...], int] = {}

    def number(rows: Sequence[Mapping[str, Any]]) -> int:
        said = tuple(
            (max(row["since"], first), min(row["until"], end), row["weekly_minutes"], row["working_days"])
            for row in rows
            if row["employed"] and row["since"] < end and first < row["until"]
        )
        return numbers.setdefault(said, len(numbers))

    return number


def _available(
    holding: Sequence[Mapping[str, Any]], week: dt.date, days: _Days, gone: Mapping[dt.date, int | None]
) -> Available | Undefined:
    """One person's week; `gone` has her absences, None for a whole day."""
    contract, holidays, closed, absent = (Fraction(0) for _ in range(4))
    for row in holding:
        within = [[day for day in some if row["since"] <= day < row["until"]] for some in days.of(week, row)]
        worked, off, shut = within
        if row["weekly_minutes"] is None:
            if worked:
                return Undefined("unknown-part")
            continue
        full = Fraction(row["weekly_minutes"], len(_weekdays(row)))
        contract += full * sum(map(len, within))
        holidays += full * len(off)
        closed += full * len(shut)
        for day in worked:
            if day in gone:
                minutes = gone[day]
                absent += full if minutes is None else min(full, Fraction(minutes))
    return Available(*map(simple, (contract, holidays, closed, absent)))


def capacity(
    contracts: pl.DataFrame, absent: pl.DataFrame, calendar: Calendar, weeks: Sequence[dt.date]
) -> dict[tuple[str, dt.date], Figure]:
    """Minutes each person can work in each week (F5); undefined as `available` is."""
    return {
        key: week if isinstance(week, Undefined) else week.capacity
        for key, week in available(contracts, absent, calendar, weeks).items()
    }


def without_capacity(
    contracts: pl.DataFrame, absent: pl.DataFrame, calendar: Calendar, weeks: Iterable[tuple[str, dt.date]]
) -> set[tuple[str, dt.date]]:
    """Those of the (person, Monday) in which she could work nothing: away, all days off, or not employed (F4, F5).

    People without a contract, such as a department that stands for its people, are not among them.
    """
    away = _absences(absent)
    days = _Days(calendar)
    people = by_person(contracts)

    def works(person: str, week: dt.date) -> bool:
        for day, row in days.employed(people[person], week):
            gone = away.get((person, day), 0)
            if gone is None:
                continue
            weekly = row["weekly_minutes"]
            if weekly is None or gone * len(_weekdays(row)) < weekly:
                return True
        return False

    touched = {(person, day - dt.timedelta(days=day.weekday())) for person, day in away}
    pairs = [(person, week) for person, week in weeks if person in people]
    alike = _alike({week for _, week in pairs})
    numbers = {person: alike(rows) for person, rows in people.items()}
    can: dict[tuple[dt.date, int], bool] = {}
    found = set()
    for person, week in pairs:
        if (person, week) in touched:
            able = works(person, week)
        else:
            same = (week, numbers[person])
            if same not in can:
                can[same] = works(person, week)
            able = can[same]
        if not able:
            found.add((person, week))
    return found


def away_all_week(
    absent: pl.DataFrame, contracts: pl.DataFrame, calendar: Calendar, weeks: Sequence[dt.date]
) -> set[tuple[str, dt.date]]:
    """(person, Monday) of the weeks in which she was away on every day she was to work, or had none to work."""
    away: dict[str, set[dt.date]] = {}
    for (person, day), minutes in _absences(absent).items():
        if minutes is None:
            away.setdefault(person, set()).add(day)
    days = _Days(calendar)
    worked: dict[int, list[set[dt.date]]] = {}
    alike = _alike(weeks)
    found = set()
    for person, rows in by_person(contracts).items():
        same = alike(rows)
        if same not in worked:
            worked[same] = [{day for day, _ in days.employed(rows, week)} for week in weeks]
        gone = away.get(person, set())
        found |= {(person, week) for week, own in zip(weeks, worked[same], strict=True) if own <= gone}
    return found
