"""What is made by columns is what is made row by row: frames, shares and costs."""

from __future__ import annotations

import datetime as dt
from fractions import Fraction
from typing import Any

import polars as pl
from hypothesis import example, given
from hypothesis import strategies as st

from sitegen.metrics.attendance import employed_in
from sitegen.metrics.figures import Undefined, defined, frame, frame_of, share, share_unless
from sitegen.metrics.hours import cost, cost_columns
from sitegen.results import Column

MINUTES = st.integers(0, 10**8)
SHARE = (Column("part", "share", "Part"),)
COST = (Column("cost", "money", "Cost"),)


@given(st.lists(st.tuples(MINUTES, MINUTES), min_size=1, max_size=5))
@example([(14_501_370, 14_501_370)])
@example([(0, 0)])
def test_a_share_by_columns_is_that_of_each_row(parts: list[tuple[int, int]]) -> None:
    """Also the whole of a whole is 1, which a division by one number misses by its reciprocal."""
    rows = [{"key": str(place), **share("part", k, n, "no-cases")} for place, (k, n) in enumerate(parts)]
    table = pl.DataFrame({"key": [row["key"] for row in rows], "k": [k for k, _ in parts], "n": [n for _, n in parts]})
    nothing = pl.when(pl.col("n") == 0).then(pl.lit("no-cases"))
    found = table.with_columns(share_unless(nothing, "part", "k", "n")).select("key", *defined(SHARE, said=("part",)))
    assert found.equals(frame(SHARE, rows))


@given(st.lists(st.tuples(MINUTES, MINUTES, st.integers(0, 10**12)), min_size=1, max_size=5))
@example([(90, 90, 0)])
@example([(90, 0, 60 * 7), (90, 30, 61)])
@example([(1, 0, 2**53 + 1)])
def test_a_cost_by_columns_is_that_of_each_row(sums: list[tuple[int, int, int]]) -> None:
    """Whole where every cost is, else the nearest float; without a rate none."""
    rows = [{"key": str(place), "cost": cost(*of)} for place, of in enumerate(sums)]
    names = ("minutes", "unpriced", "cost_60")
    table = pl.DataFrame(sums, schema=names, orient="row").with_columns(key=pl.Series([row["key"] for row in rows]))
    found = table.with_columns(cost_columns(table, "cost", *names)).select("key", *defined(COST, said=("cost",)))
    assert found.to_dicts() == frame(COST, rows).to_dicts()


def test_a_reason_stands_beside_a_none_or_in_the_figure_itself() -> None:
    """A value, an undefined one, a fraction, and a None whose reason is in the row; by rows and by columns."""
    columns = (Column("hours", "minutes", "Hours"), Column("name", "text", "Name"))
    values: list[Any] = [7, Undefined("no-rate"), Fraction(1, 2), None]
    reasons = [None, None, None, "too-few"]
    rows = [
        {"key": str(place), "hours": value, "name": None, **({"hours_why": why} if why else {})}
        for place, (value, why) in enumerate(zip(values, reasons, strict=True))
    ]
    given = {"key": ["0", "1", "2", "3"], "hours": values, "hours_why": reasons, "name": [None] * 4}
    found = frame(columns, rows)
    assert found["hours"].to_list() == [7.0, None, 0.5, None]
    assert found["hours_why"].to_list() == [None, "no-rate", None, "too-few"]
    assert found.equals(frame_of(columns, given))


def test_who_is_employed_on_a_day_of_a_week_is_employed_in_it() -> None:
    """She leaves on a Tuesday (`until` is the first day without her): that week counts, the next does not."""
    monday, week = dt.date(2026, 6, 1), dt.timedelta(weeks=1)
    spans = [
        ("ana", dt.date(2026, 1, 1), monday + dt.timedelta(days=1), True),
        ("ana", monday + dt.timedelta(days=1), dt.date.max, False),
        ("bo", monday + dt.timedelta(days=13), dt.date.max, True),
    ]
    contracts = pl.DataFrame(spans, schema=["person", "since", "until", "employed"], orient="row")
    found = employed_in(contracts, [monday - week, monday, monday + week])
    assert set(found.iter_rows()) == {("ana", monday - week), ("ana", monday), ("bo", monday + week)}
