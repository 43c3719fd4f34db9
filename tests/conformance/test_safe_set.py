"""Every `reduce` uses only what all engines agree on, and the reading of sources that says so catches what is not."""

from __future__ import annotations

import datetime as dt

import narwhals as nw
import polars as pl
import pytest

from sitegen.report import Metric
from sitegen.reports import REPORTS
from tests.conformance.safe import offences

METRICS = [
    pytest.param(metric, id=f"{report.slug}.{metric.name}")
    for report in REPORTS
    for metric in (*report.metrics, *(data.metric for data in report.data))
    if metric.reduce is not None
]
TYPES = (pl.Int8, pl.Int16, pl.Int32, pl.Int64, pl.Date, pl.String, pl.Boolean)


@pytest.mark.parametrize("metric", METRICS)
def test_a_reduce_uses_the_safe_set_alone(metric: Metric) -> None:
    assert metric.reduce is not None
    assert offences(metric.reduce) == []


@pytest.mark.parametrize("metric", METRICS)
def test_what_a_reduce_leaves_is_whole_numbers_texts_and_days(metric: Metric) -> None:
    assert metric.schema and all(kind in TYPES for kind in metric.schema.values())


# --- the reading catches what is not safe


def divides(logged: nw.LazyFrame) -> nw.LazyFrame:
    return logged.select(hours=nw.col("minutes") / nw.lit(60, nw.Int64))


def averages(logged: nw.LazyFrame) -> nw.LazyFrame:
    return logged.group_by("person").agg(nw.col("minutes").mean())


def has_a_float(logged: nw.LazyFrame) -> nw.LazyFrame:
    return logged.with_columns(half=nw.col("minutes") * 0.5)


def a_number_without_type(logged: nw.LazyFrame) -> nw.LazyFrame:
    return logged.with_columns(one=nw.lit(1))


def counts_as_it_pleases(logged: nw.LazyFrame) -> nw.LazyFrame:
    return logged.group_by("person").agg(n=nw.len())


def ranks_by_place(logged: nw.LazyFrame) -> nw.LazyFrame:
    return logged.with_columns(place=nw.col("minutes").rank("ordinal"))


def a_window_without_order(logged: nw.LazyFrame) -> nw.LazyFrame:
    return logged.with_columns(so_far=nw.col("minutes").cum_sum().over("person"))


def crosses(logged: nw.LazyFrame, rates: nw.LazyFrame) -> nw.LazyFrame:
    return logged.join(rates, how="cross")


def any_of_them(logged: nw.LazyFrame) -> nw.LazyFrame:
    return logged.unique(["person"])


def reads_the_text(logged: nw.LazyFrame) -> nw.LazyFrame:
    return logged.filter(nw.col("person").str.starts_with("dept:"))


def rounds_elsewhere(logged: nw.LazyFrame) -> nw.LazyFrame:
    """The offence is in the function it calls."""
    return _rounded(logged)


def _rounded(rows: nw.LazyFrame) -> nw.LazyFrame:
    return rows.with_columns(nw.col("minutes").round(0))


def casts_to_float(logged: nw.LazyFrame) -> nw.LazyFrame:
    return logged.with_columns(nw.col("minutes").cast(nw.Float64))


@pytest.mark.parametrize(
    ("function", "what"),
    [
        (divides, "the sign /"), (averages, ".mean()"), (has_a_float, "the float 0.5"), (casts_to_float, "Float64"),
        (a_number_without_type, "nw.lit()"), (counts_as_it_pleases, "nw.len() without cast"),
        (ranks_by_place, ".rank()"), (a_window_without_order, ".over()"), (crosses, "a cross join"),
        (any_of_them, ".unique()"), (reads_the_text, ".starts_with()"), (rounds_elsewhere, "_rounded:2 .round()"),
    ],
)  # fmt: skip
def test_what_engines_part_on_is_caught(function, what: str) -> None:
    found = offences(function)
    assert len(found) == 1 and what in found[0]


def in_the_safe_set(logged: nw.LazyFrame, rates: nw.LazyFrame, as_of: dt.date) -> nw.LazyFrame:
    last = as_of - dt.timedelta(days=7)
    rows = logged.filter(nw.col("day") <= nw.lit(last)).join(rates, on="person", how="left")
    running = nw.col("minutes").cum_sum().over("person", order_by="day")
    rows = rows.with_columns(nw.col("rate_minor").fill_null(nw.lit(0, nw.Int64)), running=running)
    return rows.group_by("person").agg(nw.col("running").max(), n=nw.len().cast(nw.Int64))


def test_what_is_safe_is_let_through() -> None:
    assert offences(in_the_safe_set) == []
