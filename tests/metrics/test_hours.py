"""Hours and their cost (F1): hand-worked, against plain Python on hostile tables, and nothing lost on the way."""

from __future__ import annotations

import datetime as dt
import json
from fractions import Fraction
from pathlib import Path
from typing import Any

import narwhals as nw
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sitegen import periods
from sitegen.metrics.figures import Undefined
from sitegen.metrics.hours import PRICED, by_period, complete_weeks, cost, priced
from sitegen.tables.projects import PROJECT_STATES
from sitegen.tables.spans import BEGINNING, frame
from sitegen.tables.time import LOGGED, RATES, STANDARD_RATES, on_the_day

WEEKS = json.loads((Path(__file__).parents[1] / "cases/known/time/weeks.json").read_text(encoding="utf-8"))["cases"]
CASES = {case["id"]: case for case in WEEKS}
DAY = dt.date
FAR = periods.FAR


def logged(*rows: tuple[str, str, dt.date, int]) -> pl.DataFrame:
    """Hours as (person, project, day, minutes)."""
    full = (
        {"person": person, "project": project, "day": day, "minutes": minutes} for person, project, day, minutes in rows
    )
    return frame((tuple(row.get(name) for name in LOGGED) for row in full), LOGGED)


def price(hours: pl.DataFrame, rates: list[Any], standard: list[Any], as_of: dt.date, *by: str) -> dict[Any, Any]:
    """The sums of `priced`, by the values of `by`."""
    dated = on_the_day(hours, frame(rates, RATES), frame(standard, STANDARD_RATES), frame([], PROJECT_STATES))
    lazy = priced(nw.from_native(dated.lazy()), as_of, by)
    rows = lazy.collect(backend="polars").to_native().iter_rows(named=True)
    return {tuple(row[name] for name in by): {name: row[name] for name in PRICED} for row in rows}


def test_a_raise_prices_each_hour_at_the_rate_of_its_own_day() -> None:
    """Ana costs 400 kr. until 30 April and 500 from 1 May: 60 min × 400 + 90 min × 500 = 24,000 + 45,000 = 69,000 (×
    60).
    """
    rates = [("ana", BEGINNING, DAY(2026, 5, 1), 40_000), ("ana", DAY(2026, 5, 1), FAR, 50_000)]
    hours = logged(("ana", "seo", DAY(2026, 4, 30), 60), ("ana", "seo", DAY(2026, 5, 1), 90))
    sums = price(hours, rates, [], DAY(2026, 6, 30), "project")["seo",]
    assert sums["cost_60"] == 60 * 40_000 + 90 * 50_000
    assert cost(sums["minutes"], sums["unpriced"], sums["cost_60"]) == Fraction(60 * 40_000 + 90 * 50_000, 60)


def test_hours_without_a_rate_are_counted_and_not_priced() -> None:
    """Before her first rate, and of a person with none: 30 + 45 = 75 min without; 60 min at 400 kr. are the cost."""
    rates = [("ana", BEGINNING, DAY(2026, 1, 1), None), ("ana", DAY(2026, 1, 1), FAR, 40_000)]
    hours = logged(
        ("ana", "seo", DAY(2025, 12, 31), 30), ("cy", "seo", DAY(2026, 2, 1), 45), ("ana", "seo", DAY(2026, 2, 1), 60)
    )
    sums = price(hours, rates, [], DAY(2026, 6, 30), "project")["seo",]
    assert (sums["minutes"], sums["unpriced"], sums["cost_60"]) == (135, 75, 60 * 40_000)
    assert sums["unstandard"] == 135, "there is no standard rate at all"


def test_cost_is_undefined_where_no_hour_has_a_rate_and_zero_where_there_are_no_hours() -> None:
    """G2: 75 min without a rate cost nobody knows what; no minutes cost nothing."""
    assert cost(75, 75, 0) == Undefined("no-rate")
    assert cost(0, 0, 0) == 0


def test_hours_after_the_day_are_not_read_and_those_of_the_day_are() -> None:
    """G1: up to and with `as_of`."""
    hours = logged(("ana", "seo", DAY(2026, 6, 30), 7), ("ana", "seo", DAY(2026, 7, 1), 100))
    assert price(hours, [], [], DAY(2026, 6, 30), "project")["seo",]["minutes"] == 7


DAYS = st.dates(DAY(2025, 12, 20), DAY(2026, 1, 20))
ENTRIES = st.lists(
    st.tuples(st.sampled_from(["ana", "bo", "dept:x"]), st.sampled_from(["a", "b"]), DAYS, st.integers(1, 1440)),
    max_size=30,
)
CHANGES = st.dictionaries(
    st.sampled_from(["ana", "bo"]), st.dictionaries(DAYS, st.integers(0, 10**7), max_size=3), max_size=2
)


@settings(max_examples=60, deadline=None)
@given(ENTRIES, CHANGES, DAYS)
def test_every_minute_that_goes_in_comes_out_once(entries: Any, changes: Any, as_of: dt.date) -> None:
    """The oracle looks up each entry's own rate in plain Python; duplicates, Sundays, raises on the day and no rate
    at all.
    """
    rates = []
    for person, dated in changes.items():
        since, held = BEGINNING, None
        for day in sorted(dated):
            rates.append((person, since, day, held))
            since, held = day, dated[day]
        rates.append((person, since, FAR, held))
    found = price(logged(*entries), rates, [(BEGINNING, FAR, 42_000)], as_of, "project")

    wanted: dict[Any, dict[str, int]] = {}
    for person, project, day, minutes in entries:
        if day > as_of:
            continue
        past = [since for since in changes.get(person, {}) if since <= day]
        rate = changes[person][max(past)] if past else None
        sums = wanted.setdefault((project,), dict.fromkeys(PRICED, 0))
        sums["minutes"] += minutes
        sums["unpriced"] += minutes if rate is None else 0
        sums["cost_60"] += minutes * (rate or 0)
        sums["standard_60"] += minutes * 42_000
    assert found == wanted


def _minutes(text: str) -> int:
    """`-8h2m` as minutes: the known cases write durations so."""
    sign = -1 if text.startswith("-") else 1
    hours, _, rest = text.lstrip("-").partition("h") if "h" in text else ("0", "", text.lstrip("-"))
    return sign * (int(hours) * 60 + int(rest.rstrip("m") or 0))


def test_known_day_sums() -> None:
    """Records of one day merge; negative corrections are summed as they are."""
    case = CASES["k-day-report"]
    sums = by_period(((DAY.fromisoformat(day), minutes) for day, minutes in case["minutes"]), "day")
    shown = {str(period): minutes for period, minutes in sums.items() if minutes is not None}
    assert shown == {day: _minutes(text) for day, text in case["expected_by_day"].items()}
    assert sum(shown.values()) == _minutes(case["expected_total"])


def test_known_iso_weeks_at_the_turn_of_the_year() -> None:
    """3 January 2016 lies in week 53 of 2015, 1 January 2017 in week 52 of 2016."""
    case = CASES["k-iso-week-year-edges"]
    sums = by_period(((DAY.fromisoformat(day), minutes) for day, minutes in case["minutes"]), "week")
    assert {str(week): minutes for week, minutes in sums.items() if minutes is not None} == case["expected_by_isoweek"]
    assert sum(filter(None, sums.values())) == case["expected_total_minutes"]


def test_known_ranges_of_weeks() -> None:
    """First and last day of each week; week 54, week 0 and text are none."""
    case = CASES["k-iso-week-ranges"]
    for text, (first, last) in case["expected"].items():
        week = periods.parse(text)
        assert (week.start.isoformat(), week.last.isoformat()) == (first, last)
    for text in case["invalid"]:
        with pytest.raises(ValueError):
            periods.parse(text)


@pytest.mark.parametrize("kind", ["week", "month", "quarter"])
def test_known_differences_between_target_and_actual(kind: str) -> None:
    """Each period is [done, wanted, difference]; a period with no entry is None, not 0 (G5)."""
    case = CASES[f"k-target-diff-{kind}"]
    done = by_period(((DAY.fromisoformat(day), minutes) for day, minutes, _ in case["records"]), kind)
    wanted = by_period(((DAY.fromisoformat(day), minutes) for day, _, minutes in case["records"]), kind)
    found = {
        str(period): None if done[period] is None else [done[period], wanted[period], done[period] - wanted[period]]
        for period in done
    }
    expected = {period: row for period, row in case["expected"].items() if period != "total"}
    assert {period: row for period, row in found.items() if period in expected or row is not None} == expected
    sums = [sum(filter(None, side.values())) for side in (done, wanted)]
    assert [*sums, sums[0] - sums[1]] == case["expected"]["total"]


def test_no_known_case_is_left_out() -> None:
    """`k-rounding-nearest` is about clock times, and asked in `tests/importers/test_values.py`."""
    differences = {f"k-target-diff-{kind}" for kind in ("week", "month", "quarter")}
    here = {"k-day-report", "k-iso-week-year-edges", "k-iso-week-ranges", *differences}
    assert CASES.keys() == here | {"k-rounding-nearest"}


def test_a_week_is_complete_on_its_sunday() -> None:
    """On Sunday 28 June 2026 week 26 is over, on Saturday it is not; week 53 of 2026 is one like any other."""
    assert complete_weeks(DAY(2026, 6, 28), 2) == (DAY(2026, 6, 15), DAY(2026, 6, 22))
    assert complete_weeks(DAY(2026, 6, 27), 1) == (DAY(2026, 6, 15),)
    assert complete_weeks(DAY(2027, 1, 3), 1) == (DAY(2026, 12, 28),)
