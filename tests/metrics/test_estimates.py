"""Earned value, estimates at completion, the planned line and the burn-out day (F35, F36, F38)."""

from __future__ import annotations

import datetime as dt
import json
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import polars as pl
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from sitegen.metrics import estimates
from sitegen.metrics.figures import Undefined
from sitegen.periods import Calendar

KNOWN = json.loads((Path(__file__).parents[1] / "cases/known/time/earned_value.json").read_text(encoding="utf-8"))[
    "cases"
]
CASES = {case["id"]: case for case in KNOWN}
DAY = dt.date
WORKING = estimates.WorkingDays(Calendar())


def near(value: Fraction, text: str) -> bool:
    """Whether the value, rounded to the decimals of the text, is the text."""
    return round(Decimal(value.numerator) / Decimal(value.denominator), -Decimal(text).as_tuple().exponent) == Decimal(
        text
    )


def test_known_project_with_six_tasks() -> None:
    """F35, Larson & Gray: EV 148, AC 210, PV 158, BAC 248: CPI 0.7048, SPI 0.9367, EAC 210 × 248 ÷ 148 = 351.89."""
    case = CASES["larson-gray-status12"]
    rows = [dict(zip(case["columns"], task, strict=True)) for task in case["tasks"]]
    # a task's whole budget is EV ÷ done, in minutes
    parts = [(60 * row["EV"] * 100 // int(row["done"].rstrip("%")), int(row["done"].rstrip("%")) * 100) for row in rows]
    earned = estimates.earned_value(parts)
    used = 60 * sum(row["AC"] for row in rows)
    assert earned == 60 * case["published"]["EV"]
    eac = estimates.earned_estimate(used, Fraction(60 * case["BAC"]), earned)
    assert near(eac / 60, case["recomputed"]["EAC=BAC/CPI"])
    assert near(Fraction(earned, used), case["recomputed"]["CPI"])
    assert near(earned / (60 * sum(row["PV"] for row in rows)), case["recomputed"]["SPI"])


def test_known_project_at_half() -> None:
    """EV 100,000, AC 90,000, BAC 200,000: EAC = 90,000 × 200,000 ÷ 100,000 = 180,000."""
    case = CASES["three-month-half"]
    assert estimates.earned_estimate(case["AC"], Fraction(case["BAC"]), Fraction(case["EV"])) == 180_000


@pytest.mark.parametrize(
    ("leaves", "earned"),
    [
        ([(600, 5000), (400, 10000)], 700),
        ([(600, 5000), (None, None)], 300),  # a task without a budget earns nothing and stops nothing
        ([(600, 5000), (400, None)], Undefined("unknown-part")),  # one that does not say how far it is
        ([(None, 5000)], Undefined("unknown-part")),
        ([], Undefined("unknown-part")),
        ([(600, 0)], 0),
        ([(3, 3333)], Fraction(9999, 10000)),
    ],
)
def test_earned_value(leaves: list[tuple[int | None, int | None]], earned: object) -> None:
    """EV = Σ budget × done, where every budgeted leaf has a dated `done`."""
    assert estimates.earned_value(leaves) == earned


def test_the_earned_estimate_is_undefined_without_hours_without_progress_and_without_a_budget() -> None:
    """G2, each with its own reason."""
    assert estimates.earned_estimate(0, 600, Fraction(300)) == Undefined("nothing-logged")
    assert estimates.earned_estimate(60, 600, Fraction(0)) == Undefined("not-started")
    assert estimates.earned_estimate(60, Undefined("no-budget"), Fraction(300)) == Undefined("no-budget")


def test_the_estimate_by_pace_counts_whole_weeks_only() -> None:
    """100 used, (10 + 20 + 0 + 10) ÷ 4 = 10 a week; 30 June to 20 July are 20 days = 2 whole weeks: 100 + 20 = 120."""
    weekly = estimates.pace([10, 20, 0, 10], DAY(2026, 1, 1), DAY(2026, 6, 1))
    assert weekly == 10
    assert estimates.pace_estimate(100, weekly, DAY(2026, 6, 30), DAY(2026, 7, 20)) == 120
    assert estimates.pace_estimate(100, weekly, DAY(2026, 6, 30), DAY(2026, 7, 21)) == 130
    assert estimates.pace_estimate(100, weekly, DAY(2026, 6, 30), DAY(2026, 6, 1)) == 100, "the end has passed"
    assert estimates.pace_estimate(100, weekly, DAY(2026, 6, 30), None) == Undefined("no-end")


def test_a_project_younger_than_four_weeks_has_no_pace() -> None:
    """Begun on Monday of the second week of the four: three weeks are no four."""
    assert estimates.pace([0, 10, 10, 10], DAY(2026, 6, 8), DAY(2026, 6, 1)) == Undefined("too-few")
    assert estimates.pace([5, 10, 10, 10], DAY(2026, 6, 7), DAY(2026, 6, 1)) == Fraction(35, 4)


def test_hours_of_the_week_that_is_not_over_alone_are_no_pace() -> None:
    """The four weeks are those of 1 to 22 June: first hours on 28 June are of the last of them, on 29 June of none."""
    none = [0, 0, 0, 0]
    assert estimates.pace(none, DAY(2026, 1, 1), DAY(2026, 6, 1), DAY(2026, 6, 29)) == Undefined("too-few")
    assert estimates.pace([0, 0, 0, 8], DAY(2026, 1, 1), DAY(2026, 6, 1), DAY(2026, 6, 28)) == 2
    assert estimates.pace(none, DAY(2026, 1, 1), DAY(2026, 6, 1), DAY(2026, 2, 2)) == 0, (
        "it had hours, and has none now"
    )


def test_nothing_logged_is_no_estimate_of_nothing() -> None:
    """F35: used = 0 is undefined, and not a project that will take 0 hours."""
    assert estimates.pace_estimate(0, Fraction(0), DAY(2026, 6, 30), DAY(2026, 7, 20)) == Undefined("nothing-logged")
    assert estimates.pace_estimate(0, Fraction(0), DAY(2026, 6, 30), None) == Undefined("no-end")


def test_the_hours_run_out_in_the_week_of_the_mock() -> None:
    """48.5 h left, 17 + 15.5 + 18 + 13.5 = 64 h in four weeks, 16 a week: 3.03 weeks after 30 June is 22 July, week
    30.
    """
    weekly = estimates.pace([1020, 930, 1080, 810], DAY(2026, 1, 1), DAY(2026, 6, 1))
    day = estimates.runs_out(2910, weekly, DAY(2026, 6, 30))
    assert day == DAY(2026, 7, 22)
    assert day.isocalendar().week == 30


def test_hours_that_are_gone_or_not_used_do_not_run_out() -> None:
    """Nothing left: not relevant. Nobody worked in the four weeks: nothing logged. A minute a week: not in our time."""
    assert estimates.runs_out(0, Fraction(10), DAY(2026, 6, 30)) == Undefined("not-relevant")
    assert estimates.runs_out(-5, Fraction(10), DAY(2026, 6, 30)) == Undefined("not-relevant")
    assert estimates.runs_out(10, Fraction(0), DAY(2026, 6, 30)) == Undefined("nothing-logged")
    assert estimates.runs_out(10**7, Fraction(1), DAY(2026, 6, 30)) == Undefined("not-reached")


DAYS = st.dates(DAY(2025, 12, 1), DAY(2026, 3, 1))
BUDGETS = st.one_of(st.integers(0, 10**6), st.fractions(0, 10**6, max_denominator=500), st.just(Undefined("no-budget")))


@settings(max_examples=40)
@given(st.lists(st.tuples(BUDGETS, DAYS, st.one_of(st.none(), DAYS)), max_size=4), st.lists(DAYS, max_size=8))
@example([(Fraction(10**25 + 1, 3 * 10**20), DAY(2026, 1, 1), DAY(2026, 2, 1))], [DAY(2026, 1, 15)])
def test_what_is_to_go_is_what_is_not_planned_to_be_used_by_the_evening_before(plans, days) -> None:
    """Many lines at once give what one day of one line gives, also where numbers are too large to be floats."""
    asked = [(place, day) for place in range(len(plans)) for day in days]
    frame = pl.DataFrame(asked, schema={"line": pl.UInt32, "day": pl.Date}, orient="row")
    found = estimates.to_go(frame, [estimates.Plan(*plan) for plan in plans], "left", WORKING)
    assert found["left"].dtype in (pl.Int64, pl.Float64)
    for line, day, left, why in found.iter_rows():
        budget, start, last = plans[line]
        used = estimates.planned(budget, start, last, day - dt.timedelta(days=1), WORKING)
        if isinstance(used, Undefined):
            assert (left, why) == (None, budget.why if isinstance(budget, Undefined) else used.why)
        else:
            exact = Fraction(budget) - used
            assert (left, why) == (exact.numerator / exact.denominator, None)


def test_the_planned_line_follows_working_days() -> None:
    """Monday 1 to Friday 12 June are 10 working days. 100 h: Friday 5 is day 5: 50 h, and so is Sunday 7; after the
    end 100 h.
    """
    monday, friday = DAY(2026, 6, 1), DAY(2026, 6, 12)
    wanted = {DAY(2026, 5, 31): 0, DAY(2026, 6, 5): 3000, DAY(2026, 6, 7): 3000, friday: 6000, DAY(2026, 7, 1): 6000}
    for day, planned in wanted.items():
        assert estimates.planned(6000, monday, friday, day, WORKING) == planned
    assert estimates.planned(6000, monday, None, friday, WORKING) == Undefined("no-end")
    assert estimates.planned(6000, DAY(2026, 6, 6), DAY(2026, 6, 7), friday, WORKING) == Undefined("no-end"), (
        "a weekend"
    )


def test_working_days_counted_in_any_order_are_those_of_the_calendar() -> None:
    """Danish May 2026: Whit Monday on the 25th is no working day; asking earlier days after later ones changes
    nothing.
    """
    calendar = Calendar("DK")
    counted = estimates.WorkingDays(calendar)
    for start, end in (
        (DAY(2026, 5, 18), DAY(2026, 6, 1)),
        (DAY(2026, 1, 1), DAY(2026, 12, 31)),
        (DAY(2026, 5, 25), DAY(2026, 5, 26)),
    ):
        assert counted.between(start, end) == calendar.working_days(start, end)


@pytest.mark.parametrize(
    ("closed", "last", "unmet", "spi", "status"),
    [
        (DAY(2026, 6, 30), DAY(2026, 1, 1), [], Undefined("no-end"), "closed"),
        (DAY(2026, 7, 1), DAY(2026, 12, 31), [], Fraction(1), "on-time"),  # will be closed tomorrow
        (None, DAY(2026, 6, 29), [], Fraction(1), "late"),
        (None, DAY(2026, 6, 30), [], Fraction(1), "on-time"),  # its last day is today
        (None, DAY(2026, 12, 31), [DAY(2026, 6, 29)], Fraction(1), "late"),
        (None, None, [DAY(2026, 6, 29)], Undefined("no-end"), "late"),
        (None, DAY(2026, 12, 31), [], Fraction(89, 100), "behind"),
        (None, DAY(2026, 12, 31), [], Fraction(9, 10), "on-time"),
        (None, None, [], Undefined("no-end"), "unknown"),
    ],
)
def test_schedule_status(closed: object, last: object, unmet: list[dt.date], spi: object, status: str) -> None:
    """Closed before late before behind; 0.9 itself is not behind (F38)."""
    assert estimates.schedule_status(DAY(2026, 6, 30), closed, last, unmet, spi) == status
