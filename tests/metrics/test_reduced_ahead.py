"""What a `reduce` leaves is the same whether it ran ahead on another thread or where its metric is run."""

from __future__ import annotations

import datetime as dt
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import narwhals as nw
import polars as pl
import pytest

from sitegen.metrics import sums
from sitegen.metrics.adherence import RECENT_WEEKS, by_week, first_month_week
from sitegen.metrics.hours import complete_weeks
from sitegen.pipeline import Run
from sitegen.report import MOST_ROWS, Context, Metric
from sitegen.results import Column

ROOT = Path(__file__).parents[2] / "records"
LOGGED = pl.DataFrame({"project": ["seo", "ads", "seo"], "minutes": [60, 30, 15]})


def by_project(logged: nw.LazyFrame) -> nw.LazyFrame:
    return logged.group_by("project").agg(nw.col("minutes").sum())


def too_many(logged: nw.LazyFrame) -> nw.LazyFrame:
    return logged.select("project", "minutes")


def keyed(sums: pl.DataFrame) -> pl.DataFrame:
    return sums.rename({"project": "key"})


def metric(reduce: Any) -> Metric:
    return Metric(
        "sums", (Column("minutes", "minutes", "Hours"),), keyed, reduce, {"project": pl.String, "minutes": pl.Int64}
    )


def test_a_reduce_ahead_leaves_what_it_leaves_when_it_is_asked_for() -> None:
    ahead, asked = (Context({"logged": LOGGED}, dt.date(2026, 6, 30)) for _ in range(2))
    one = metric(by_project)
    with ThreadPoolExecutor(1) as thread:
        ahead.reduce_ahead([("r", one)], thread)
        assert one.run(ahead, "r").rows.rows() == one.run(asked, "r").rows.rows() == [("ads", 30), ("seo", 75)]


def by_task(by_week: nw.LazyFrame) -> nw.LazyFrame:
    return by_week.group_by("project").agg(nw.col("logged").sum().alias("minutes"))


def by_person(by_week: nw.LazyFrame) -> nw.LazyFrame:
    return by_week.group_by("person").agg(nw.col("logged").sum().alias("minutes")).rename({"person": "project"})


def test_a_sum_that_two_reduces_name_is_run_once(monkeypatch: pytest.MonkeyPatch) -> None:
    runs = []

    def counted(booked: nw.LazyFrame, logged: nw.LazyFrame, as_of: dt.date) -> nw.LazyFrame:
        runs.append(as_of)
        return by_week(booked, logged, as_of)

    monkeypatch.setattr(sums, "SUMS", {"by_week": counted})
    run = Run(ROOT, as_of=dt.date(2026, 6, 30), audience="management")
    with ThreadPoolExecutor(1) as thread:
        run._context.reduce_ahead([("r", metric(by_task)), ("r", metric(by_person))], thread)
        found = [metric(reduce).run(run._context, "r").rows["minutes"].sum() for reduce in (by_task, by_person)]
    logged = run.tables["logged"].filter(pl.col("week").is_between(first_month_week(run.as_of), dt.date(2026, 6, 22)))
    assert found == [logged["minutes"].sum()] * 2
    assert len(runs) == 1


@pytest.mark.parametrize("year", range(2023, 2029))
def test_the_weeks_of_twelve_months_hold_the_recent_ones(year: int) -> None:
    for day in (dt.date(year, 1, 1) + dt.timedelta(days=at) for at in range(366)):
        assert first_month_week(day) <= complete_weeks(day, RECENT_WEEKS)[0]


def test_what_goes_wrong_ahead_is_told_where_the_metric_is_run() -> None:
    long = pl.DataFrame({"project": "seo", "minutes": range(MOST_ROWS + 1)})
    context = Context({"logged": long}, dt.date(2026, 6, 30))
    with ThreadPoolExecutor(1) as thread:
        context.reduce_ahead([("r", metric(too_many))], thread)
    with pytest.raises(ValueError, match=rf"r\.sums: reduce left {MOST_ROWS + 1} rows"):
        metric(too_many).run(context, "r")


def test_the_results_of_a_run_are_those_of_its_metrics_one_by_one() -> None:
    run = Run(ROOT, as_of=dt.date(2026, 6, 30), audience="marketing")
    alone = Run(ROOT, as_of=dt.date(2026, 6, 30), audience="marketing")
    for report in alone.reports:
        for one in report.metrics:
            name = f"{report.slug}.{one.name}"
            found = alone._context.results[name] = alone._run(one, report)
            assert found.rows.equals(run.results[name].rows), name
