"""What the tables of this report share: their weeks, the people who are named, and columns that may be undefined."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

import polars as pl

from sitegen.metrics.attendance import without_capacity
from sitegen.metrics.figures import named
from sitegen.metrics.hours import complete_weeks
from sitegen.metrics.people import DEPARTMENT
from sitegen.periods import Calendar
from sitegen.results import Column

WEEKS_SHOWN = 13
NOT_NAMED = "Weeks of other departments, whose people are not named to this audience"
"""F4 holds for one person's week: hours that stand for a whole department cannot be split, and are left out."""
WEEK_KEY = pl.col("week").dt.strftime("%G-W%V")


def column(name: str, unit: str, label: str, about: str = "", **more: Any) -> Column:
    """A column of this report: bookings and hours of named people are marketing's."""
    return Column(name, unit, label, "marketing", about, **more)


def first_week(as_of: dt.date) -> dt.date:
    """The Monday of the first of the last thirteen complete weeks."""
    return complete_weeks(as_of, WEEKS_SHOWN)[0]


def of_people(rows: pl.DataFrame) -> tuple[pl.DataFrame, dict[str, int]]:
    """The rows of people who are named, and how many weeks of whole departments were left out (G7)."""
    stands_for = rows["person"].str.starts_with(DEPARTMENT)
    weeks = rows.filter(stands_for).select("person", "week").n_unique() if stands_for.any() else 0
    return rows.filter(~stands_for), named({NOT_NAMED: weeks})


def with_away(
    rows: pl.DataFrame, contracts: pl.DataFrame, absent: pl.DataFrame, calendar: Calendar | None
) -> pl.DataFrame:
    """The rows with `away`: whether the person could work nothing in the week (F5)."""
    pairs = rows.select("person", "week").unique()
    gone = without_capacity(contracts, absent, calendar or Calendar(), pairs.iter_rows())
    away = pl.DataFrame(
        [(person, week, True) for person, week in gone],
        schema={"person": pl.String, "week": pl.Date, "away": pl.Boolean},
        orient="row",
    )
    joined = rows.join(away, on=["person", "week"], how="left", maintain_order="left")
    return joined.with_columns(pl.col("away").fill_null(False))


def called(column_name: str, names: Mapping[str, str | None]) -> pl.Expr:
    """The names for ids; an id without one stands for itself."""
    known = {id: name for id, name in names.items() if name is not None}
    return pl.col(column_name).replace_strict(
        list(known), list(known.values()), default=pl.col(column_name), return_dtype=pl.String
    )
