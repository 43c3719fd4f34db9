"""Hours and what they cost, on any engine (F1): sums of whole minutes and of minutes × rate, never divided here."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from fractions import Fraction

import narwhals as nw
import polars as pl

from sitegen import periods
from sitegen.metrics.figures import Figure, Undefined, divided, unless

PRICED = {
    "minutes": pl.Int64,
    "unpriced": pl.Int64,
    "cost_60": pl.Int64,
    "unstandard": pl.Int64,
    "standard_60": pl.Int64,
}
"""The sums that `priced` gives.

`minutes` worked; `unpriced` of them without an internal rate; `cost_60` = Σ minutes × rate of the hour in minor
units, so the cost is `cost_60` ÷ 60; `unstandard` and `standard_60` the same at the organisation's standard rate.
"""


def priced(logged: nw.LazyFrame, as_of: dt.date, by: Sequence[str]) -> nw.LazyFrame:
    """Minutes and cost of the hours logged up to and with `as_of`, summed by the columns `by`.

    Args:
        logged: `day`, `minutes`, `rate_minor` and `standard_minor` of the day (null where unknown), and the columns
            `by`.

    Returns:
        One row for each combination of `by`, with the sums of PRICED and the newest day, `latest`.
    """
    nothing = nw.lit(0, nw.Int64)
    hours = logged.filter(nw.col("day") <= nw.lit(as_of)).with_columns(
        unpriced=nw.when(nw.col("rate_minor").is_null()).then(nw.col("minutes")).otherwise(nothing),
        cost_60=nw.coalesce(nw.col("minutes") * nw.col("rate_minor"), nothing),
        unstandard=nw.when(nw.col("standard_minor").is_null()).then(nw.col("minutes")).otherwise(nothing),
        standard_60=nw.coalesce(nw.col("minutes") * nw.col("standard_minor"), nothing),
    )
    return hours.group_by(*by).agg(*(nw.col(name).sum() for name in PRICED), latest=nw.col("day").max())


BY_MONTH = ("month", "project", "state", "task", "person", "department")


def by_month(logged: nw.LazyFrame, as_of: dt.date) -> nw.LazyFrame:
    """The sums of `priced` by the columns BY_MONTH: what every table of whole months can be summed from.

    A sum (`metrics.sums`): a fourth as many rows as a large company has entries.
    """
    return priced(logged, as_of, BY_MONTH)


def resummed(rows: nw.LazyFrame, by: Sequence[str]) -> nw.LazyFrame:
    """Rows with the sums of `priced`, summed by fewer columns."""
    return rows.group_by(*by).agg(*(nw.col(name).sum() for name in PRICED), nw.col("latest").max())


def cost(minutes: int, unpriced: int, cost_60: int) -> Figure:
    """What the hours cost, minor units (F1): the sum over the hours with a rate.

    Undefined (no-rate) where there are hours and none of them has a rate; the page counts the hours without one
    beside it.
    """
    return Undefined("no-rate") if minutes and unpriced == minutes else Fraction(cost_60, 60)


def cost_columns(rows: pl.DataFrame, name: str, minutes: str, unpriced: str, cost_60: str) -> list[pl.Expr]:
    """The same of many rows: the measure `name` and its reason, from the columns that hold the three sums."""
    sums = rows.select(k=cost_60, n=60)
    none = (pl.col(minutes) != 0) & (pl.col(minutes) == pl.col(unpriced))
    return unless(pl.when(none).then(pl.lit("no-rate")), name, pl.lit(divided(sums["k"], sums["n"])))


def by_period(rows: Iterable[tuple[dt.date, int]], kind: str) -> dict[periods.Period, int | None]:
    """Sums by day, week, month, quarter or year, from the first period with a row to the last.

    A period without any row is None: nothing was written, which is not the same as 0 (G5).
    """
    found: dict[periods.Period, int] = {}
    for day, amount in rows:
        period = periods.containing(day, kind)
        found[period] = found.get(period, 0) + amount
    if not found:
        return {}
    return {period: found.get(period) for period in periods.between(min(found).start, max(found).start, kind)}


def complete_weeks(as_of: dt.date, count: int) -> tuple[dt.date, ...]:
    """The Mondays of the last `count` weeks that had ended by `as_of` (its Sunday included), oldest first."""
    last = periods.last_complete(as_of, "week").start
    return tuple(last - dt.timedelta(weeks=back) for back in range(count - 1, -1, -1))
