"""The counting behind the funnel: per month and stage, whole periods against the ones before, meetings."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import polars as pl

from sitegen.metrics.stages import Journey, Ladder
from sitegen.periods import DAY, Period, between, containing, month_of

Count = int | None


@dataclass
class Funnel:
    """Leads that reached each stage for the first time, by month; None is a month without web figures.

    `undated` counts the leads that reached a stage on a day nobody knows: they are in no month.
    """

    ladder: Ladder
    months: tuple[Period, ...]
    counts: Mapping[tuple[str, dt.date], Count]
    undated: int = 0
    names: Mapping[str, str] = field(default_factory=dict)

    def of(self, stage: str, period: Period) -> Count:
        """The count of a stage over the months of a period; None where one of them is missing or lies before the
        records.
        """
        parts = [self.counts.get((stage, month.start)) for month in between(period.start, period.last, "month")]
        return None if any(part is None for part in parts) else sum(part for part in parts if part is not None)

    def known(self, stage: str, year: Period) -> list[int]:
        """The known months of a stage in a year."""
        found = [self.counts.get((stage, month.start)) for month in self.months if month.start in year]
        return [count for count in found if count is not None]

    def steps(self) -> Iterator[tuple[str | None, str]]:
        """Every stage with the one before it; the first has none."""
        return zip((None, *self.ladder.order), self.ladder.order, strict=False)


def shown_months(first: dt.date | None, as_of: dt.date) -> tuple[Period, ...]:
    """The months of this and the last calendar year up to `as_of`, from the first that has any figure."""
    if first is None:
        return ()
    return tuple(between(max(first, dt.date(as_of.year - 1, 1, 1)), as_of, "month"))


def count(ladder: Ladder, found: Sequence[Journey], web: pl.DataFrame, as_of: dt.date) -> Funnel:
    """The flow of every stage, by month (F9, T40).

    A stage counted on the web is the sum of its channels: `visitors` for the first such stage, `leads` for the
    second. A month without web figures is a gap, not 0. A stage counted from the cards counts leads, each once, in
    the month it first reached
    the stage or a later one: so a lead that skips a stage is not missing from it, and one that returns is not counted
    twice.
    """
    reached = [(stage, day) for journey in found for stage, day in ladder.reached(journey).items()]
    dated = [(stage, day) for stage, day in reached if day is not None]
    web = web.filter(pl.col("month") <= as_of)
    months = shown_months(min([day for _, day in dated] + web["month"].to_list(), default=None), as_of)
    counts: dict[tuple[str, dt.date], Count] = {(stage, month.start): 0 for stage in ladder.counted for month in months}
    for stage, day in dated:
        month = month_of(day).start
        if (stage, month) in counts:
            counts[stage, month] = (counts[stage, month] or 0) + 1
    for stage, column in zip(ladder.web, ("visitors", "leads"), strict=False):
        sums = web.filter(pl.col(column).is_not_null()).group_by("month").agg(pl.col(column).sum())
        known = dict(sums.iter_rows())
        counts |= {(stage, month.start): known.get(month.start) for month in months}
    undated = sum(any(day is None for day in ladder.reached(journey).values()) for journey in found)
    return Funnel(ladder, months, counts, undated, dict(zip(ladder.order, ladder.names, strict=True)))


def missing(value: Count) -> str | None:
    """The reason beside a count of months."""
    return "missing-month" if value is None else None


@dataclass(frozen=True)
class Met:
    """A lead's meetings as of a day: when its first one was held, before it was won."""

    customer: str
    held: dt.date


def state_at(row: Mapping[str, object], as_of: dt.date) -> str:
    """What a meeting is on a day: a date after it is still to come, one that has passed without a report is
    `unreported` (F20).
    """
    date = row["date"]
    if date is None:
        return "undated"
    if isinstance(date, dt.date) and date > as_of:
        return "upcoming"
    return "unreported" if row["state"] == "booked" else str(row["state"])


def known_meetings(meetings: pl.DataFrame, as_of: dt.date) -> list[dict[str, Any]]:
    """Every meeting booked on or before `as_of`, with `now`: its state that day."""
    rows = meetings.filter(pl.col("booked") <= as_of).sort("customer", "seq").iter_rows(named=True)
    return [{**row, "now": state_at(row, as_of)} for row in rows]


def meeting_months(meetings: Sequence[Mapping[str, Any]], as_of: dt.date) -> tuple[Period, ...]:
    """The shown months, and on to the last month that a meeting is booked for."""
    days = [row[name] for row in meetings for name in ("booked", "date") if isinstance(row[name], dt.date)]
    months = shown_months(min(days, default=None), as_of)
    if not months:
        return ()
    after = containing(months[-1].last + DAY, "month")
    last = max(days)
    return months + (tuple(between(after.start, last, "month")) if last >= after.start else ())
