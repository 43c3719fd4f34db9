"""G1–G8 over every Result: random parts of the company, on random days."""

from __future__ import annotations

import datetime as dt
import functools
from pathlib import Path

import polars as pl
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from sitegen import records
from sitegen.pages.tables import Row
from sitegen.periods import Calendar
from sitegen.report import Context
from sitegen.reports import REPORTS
from sitegen.tables import Tables

ROOT = Path(__file__).parent.parent / "records"
days = st.dates(dt.date(2024, 12, 1), dt.date(2026, 12, 31))


@functools.cache
def company():
    read = records.read(ROOT).records
    tables = Tables(read)
    return read, {name: tables[name] for name in tables}


def results(tables, as_of):
    read = company()[0]
    context = Context(tables, as_of, read.organisation, read, Calendar.of(read.organisation), "management")
    for report in REPORTS:
        for metric in report.metrics:
            context.results[f"{report.slug}.{metric.name}"] = metric.run(context, report.slug)
    return context.results


MANY = ("logged", "booked", "absent", "stage_events", "meetings", "figures", "answers", "web", "external_costs")
"""Tables a part of whose rows may be missing without breaking a reference between tables."""


@settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))
@given(days, st.integers(0, 2**20), st.sampled_from([0.0, 0.05, 0.5, 1.0]))
def test_every_result_keeps_the_ground_rules(as_of, seed, kept):
    """G2 undefined has a reason and nothing is infinite; G3 shares of cases carry k and n; keys are unique."""
    tables = dict(company()[1])
    for name in MANY:
        tables[name] = tables[name].sample(fraction=kept, seed=seed, shuffle=False)
    for name, result in results(tables, as_of).items():
        assert result.check() == [], name
        for column in result.columns:
            if column.unit != "share" or f"{column.name}_n" not in result.rows.columns:
                continue
            for row in result.rows.iter_rows(named=True):
                k, n, value = row[f"{column.name}_k"], row[f"{column.name}_n"], row[column.name]
                if value is not None and n is not None:
                    assert n > 0 and value == pytest.approx(k / n), f"{name}.{row['key']}.{column.name}"
                if value is not None and n is not None and f"{column.name}_low" in row and n < 30 and 0 <= k <= n:
                    assert row[f"{column.name}_low"] <= value + 1e-12 and value <= row[f"{column.name}_high"] + 1e-12
        assert all(count > 0 for count in result.left_out.values()), f"{name} names a reason for nothing"


def test_no_column_has_a_name_that_a_row_of_a_page_has_itself():
    """`row.last` is the key's last part whatever the columns: one of that name could never be shown."""
    taken = {name for name in vars(Row) if not name.startswith("_")}
    assert {"key", "id", "last"} <= taken
    named = {
        (report.slug, metric.name, one.name)
        for report in REPORTS
        for metric in report.metrics
        for one in metric.columns
    }
    assert [one for one in sorted(named) if one[2] in taken] == []


@settings(max_examples=8, deadline=None, suppress_health_check=list(HealthCheck))
@given(days, st.integers(0, 2**20))
def test_neither_facts_after_the_day_nor_the_order_of_the_records_change_anything(as_of, seed):
    """G1: with every fact dated after the day taken out, every figure is the same. With the rows of the many tables
    shuffled they are the same too, in the same order.
    """
    tables = company()[1]
    earlier = {name: tables[name].filter(pl.col("day") <= as_of) for name in ("logged", "external_costs")}
    shuffled = {name: tables[name].sample(fraction=1, shuffle=True, seed=seed) for name in ("logged", "booked", "web")}
    expected = results(dict(tables), as_of)
    for changed in (earlier, shuffled):
        found = results({**tables, **changed}, as_of)
        for name in expected:
            assert found[name].rows.equals(expected[name].rows), (name, sorted(changed))


def test_the_parts_of_the_time_reports_add_up():
    """G8 and hours in = hours out: whatever report shows hours by project, their sum is the log's."""
    tables = company()[1]
    day = dt.date(2026, 6, 30)
    found = results(tables, day)
    logged = tables["logged"].filter(pl.col("day") <= day)["minutes"].sum()
    assert found["budget.projects"].rows["used_total"].sum() == logged
    assert found["portfolio.projects"].rows["used_total"].sum() == logged
    assert found["project.people"].rows["minutes"].sum() == logged


@settings(
    max_examples=3, deadline=None, suppress_health_check=list(HealthCheck), phases=[Phase.explicit, Phase.generate]
)
@given(days, st.integers(0, 2**20), st.sampled_from([0.05, 0.5, 1.0]))
def test_a_total_is_the_ratio_of_sums_and_no_mean_of_ratios(as_of, seed, kept):
    """G4: 1 of 1 and 1 of 9 are 2 of 10 (20 %), never the mean of 100 % and 11 %."""
    tables = dict(company()[1])
    for name in MANY:
        tables[name] = tables[name].sample(fraction=kept, seed=seed, shuffle=False)
    looked_at = set()
    for name, result in results(tables, as_of).items():
        parts = result.rows.filter(pl.col("key") != (result.total_key or ""))
        total = result.rows.filter(pl.col("key") == (result.total_key or ""))
        if total.is_empty():
            continue
        for column in result.columns:
            if column.unit != "share" or f"{column.name}_n" not in parts.columns:
                continue
            looked_at.add(name)
            row, k, n = total.row(0, named=True), parts[f"{column.name}_k"].sum(), parts[f"{column.name}_n"].sum()
            if parts[f"{column.name}_n"].drop_nulls().unique().to_list() == [row[f"{column.name}_n"]]:
                n = row[f"{column.name}_n"]  # parts of one whole: all have it below the line
            assert (row[f"{column.name}_k"] or 0, row[f"{column.name}_n"] or 0) == (k, n), f"{name}.{column.name}"
            assert row[column.name] == (pytest.approx(k / n) if n else None), f"{name}.{column.name}"
    assert "funnel.meeting_to_customer" in looked_at


def scores(found):
    return {
        (name, row["key"], column.name): row[column.name]
        for name, result in found.items()
        for column in result.columns
        if column.unit == "score"
        for row in result.rows.iter_rows(named=True)
    }


@settings(max_examples=2, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.dates(dt.date(2026, 2, 1), dt.date(2026, 12, 31)), st.integers(0, 2**20))
def test_an_answer_that_is_none_counts_neither_as_zero_nor_as_a_score(as_of, seed):
    """G5: some answers become "don't know", others are taken out as if never asked: every score is the same. Written
    as 0 they would change some.
    """
    tables = dict(company()[1])
    gone = pl.int_range(pl.len()).hash(seed) % 4 == 0
    answers = tables["answers"]
    unknown = answers.with_columns(
        value=pl.when(gone).then(None).otherwise(pl.col("value")),
        word=pl.when(gone).then(pl.lit("dont-know")).otherwise(pl.col("word")),
    )
    zero = answers.with_columns(value=pl.when(gone).then(0).otherwise(pl.col("value")))
    never = answers.filter(~gone)
    said, asked, as_zero = (scores(results(tables | {"answers": table}, as_of)) for table in (unknown, never, zero))
    both = said.keys() & asked.keys()
    assert both and {key: said[key] for key in both} == {key: asked[key] for key in both}
    assert all(value is None for key, value in said.items() if key not in asked)
    assert any(as_zero.get(key) != said[key] for key in said)


@settings(max_examples=6, deadline=None, suppress_health_check=list(HealthCheck))
@given(days, st.integers(0, 2**20), st.sampled_from([0.5, 1.0]))
def test_a_cohort_never_converts_more_than_it_has_and_is_no_flow(as_of, seed, kept):
    """G6: of those who came in one period at most all convert, and no fewer in 60 days than in 30; a flow compares the
    events of a period, may exceed 100 %, and is another table with other columns.
    """
    tables = dict(company()[1])
    tables["stage_events"] = tables["stage_events"].sample(fraction=kept, seed=seed, shuffle=False)
    found = results(tables, as_of)
    cohorts, flow = found["funnel.cohorts"], found["funnel.flow"]
    windows = [column.name for column in cohorts.columns if column.name.startswith("within_")]
    shares = {column.name for column in cohorts.columns if column.unit == "share"}
    assert windows and not shares & {column.name for column in flow.columns}
    for row in cohorts.rows.iter_rows(named=True):
        assert all(row[name] is None or 0 <= row[name] <= 1 for name in shares), row["key"]
        converted = [row[name] for name in windows if row[name] is not None]
        assert converted == sorted(converted), row["key"]
