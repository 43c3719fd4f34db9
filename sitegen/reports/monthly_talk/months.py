"""The months that are talked about: whole weeks, and the minutes booked and logged in them (F4)."""

from __future__ import annotations

import datetime as dt
from typing import Any

import narwhals as nw

from sitegen.periods import Period, week_month, week_of
from sitegen.results import Column

MONTHS_SHOWN = 3
"""So many months have a page a person; older ones are made again with `--as-of`."""
WEEK = dt.timedelta(weeks=1)
NOT_SAID = "-"
"""Stands for who asked where the entry does not say."""


def column(name: str, unit: str, label: str, about: str = "", **more: Any) -> Column:
    """A column of this report: a named person's month is management's."""
    return Column(name, unit, label, "management", about, **more)


def months(as_of: dt.date) -> dict[Period, tuple[dt.date, ...]]:
    """The last three months all of whose weeks had ended by the day, oldest first, each with the Mondays of its weeks.

    A week belongs to the month of its Thursday (F4), so that a booked week is never cut in two; a month has four weeks
    or five.
    """
    found: dict[Period, tuple[dt.date, ...]] = {}
    monday = week_of(as_of + dt.timedelta(days=1)).start - WEEK  # of the last week that had ended, its Sunday included
    month = week_month(monday)
    if week_month(monday + WEEK) == month:
        month = month.previous()
    for _ in range(MONTHS_SHOWN):
        thursday = month.start + dt.timedelta(days=(3 - month.start.weekday()) % 7)
        count = (month.last - thursday).days // 7 + 1
        found[month] = tuple(thursday - dt.timedelta(days=3) + WEEK * place for place in range(count))
        month = month.previous()
    return dict(reversed(found.items()))


def span(as_of: dt.date) -> tuple[dt.date, dt.date]:
    """The first and the last Monday of the months."""
    weeks = [week for own in months(as_of).values() for week in own]
    return weeks[0], weeks[-1]


def shown(rows: nw.LazyFrame, as_of: dt.date) -> nw.LazyFrame:
    """The rows of the months' weeks."""
    first, last = span(as_of)
    return rows.filter(nw.col("week") >= nw.lit(first), nw.col("week") <= nw.lit(last))


def in_month(rows: nw.LazyFrame, as_of: dt.date) -> nw.LazyFrame:
    """The rows with the first day of the month that their `week` belongs to, in `month`."""
    month = nw.lit(None, nw.Date)
    for period, weeks in months(as_of).items():
        held = (nw.col("week") >= nw.lit(weeks[0])) & (nw.col("week") <= nw.lit(weeks[-1]))
        month = nw.when(held).then(nw.lit(period.start)).otherwise(month)
    return rows.with_columns(month=month)


def key_of(person: str, month: dt.date) -> str:
    """The id of a person's month and of its page: `mette-2026-06`."""
    return f"{person}-{month:%Y-%m}"
