"""The stretches of time that a report of hours is read by: the last complete weeks, month, quarter and year."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

import narwhals as nw
import polars as pl

from sitegen import periods
from sitegen.metrics.hours import PRICED, complete_weeks

WEEKS_SHOWN = 13
WINDOWS = ("weeks", "month", "quarter", "year")
"""The names of the windows; `weeks` are the last thirteen complete ISO weeks."""
BITS: Mapping[str, int] = MappingProxyType({name: 1 << place for place, name in enumerate(WINDOWS)})


@dataclass(frozen=True)
class Window:
    """The days from `start` to `last`, both in it; `period` as records write it (`2026-Q2`), None for the weeks."""

    start: dt.date
    last: dt.date
    period: str | None = None


def windows(as_of: dt.date) -> dict[str, Window]:
    """Each window at the day; only complete ones, so that nothing is compared with a part of itself.

    Weeks are ISO weeks and may begin in the old year, week 53 included; months, quarters and years go by the date.
    """
    weeks = complete_weeks(as_of, WEEKS_SHOWN)
    found = {"weeks": Window(weeks[0], weeks[-1] + dt.timedelta(days=6))}
    for kind in WINDOWS[1:]:
        period = periods.last_complete(as_of, kind)
        found[kind] = Window(period.start, period.last, str(period))
    return found


def marked(rows: nw.LazyFrame, as_of: dt.date) -> nw.LazyFrame:
    """The rows that lie in a window, with `windows`: the sum of BITS of those their `day` is in."""
    total = nw.lit(0, nw.Int64)
    for name, window in windows(as_of).items():
        inside = (nw.col("day") >= nw.lit(window.start)) & (nw.col("day") <= nw.lit(window.last))
        total = total + nw.when(inside).then(nw.lit(BITS[name], nw.Int64)).otherwise(nw.lit(0, nw.Int64))
    first = min(window.start for window in windows(as_of).values())
    rows = rows.filter(nw.col("day") >= nw.lit(first), nw.col("day") <= nw.lit(as_of))
    return rows.with_columns(windows=total).filter(nw.col("windows") > nw.lit(0, nw.Int64))


def inside(name: str) -> pl.Expr:
    """Whether a row that was `marked` lies in the window."""
    return (pl.col("windows") & BITS[name]) != 0


def split(rows: pl.DataFrame) -> pl.DataFrame:
    """The rows with each sum of PRICED in each window, `<window>_<name>`: 0 in those that they do not lie in."""
    return rows.with_columns(
        pl.when(inside(window)).then(name).otherwise(0).alias(f"{window}_{name}")
        for window in WINDOWS
        for name in PRICED
    )


SUMS = tuple(f"{window}_{name}" for window in WINDOWS for name in PRICED)
"""The columns that `split` makes."""


def summed(rows: pl.DataFrame, *by: str) -> pl.DataFrame:
    """The SUMS of each combination of `by`, sorted by it; of all rows without."""
    return rows.group_by(by).agg(pl.sum(*SUMS)).sort(by, nulls_last=True) if by else rows.select(pl.sum(*SUMS))
