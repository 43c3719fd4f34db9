"""What the cells of a time tracker's file mean."""

from __future__ import annotations

import datetime as dt
import json
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitegen.importers.values import Order, clock, day, decimal, duration, nearest_clock, order_of, whole_minutes
from sitegen.messages import Refusal

WEEKS = json.loads((Path(__file__).parents[1] / "cases/known/time/weeks.json").read_text(encoding="utf-8"))["cases"]
ROUNDED = next(case for case in WEEKS if case["id"] == "k-rounding-nearest")["cases"]
DAY_FIRST, MONTH_FIRST = Order.day_first, Order.month_first


# --- clock times and durations


@pytest.mark.parametrize(("written", "step", "rounded"), ROUNDED)
def test_clock_times_are_rounded_to_the_nearest_step_as_others_published(written: str, step: int, rounded: str):
    """The 23 cases `k-rounding-nearest`: half a step goes up, 23:59 becomes 24:00."""
    minutes = nearest_clock(clock(written), step)
    assert f"{minutes // 60:02d}:{minutes % 60:02d}" == rounded


def test_all_published_roundings_are_tried():
    assert len(ROUNDED) == 23


@pytest.mark.parametrize(
    ("written", "seconds"),
    [
        ("9:05", 32700), ("09:05:30", 32730), ("9.05", 32700), ("00:00", 0), ("24:00", 86400),
        ("12:05 AM", 300), ("12:05 PM", 43500), ("2:44:33 PM", 53073), ("02:44 pm", 53040), ("2:44\u202fPM", 53040),
        ("2:44 p.m.", 53040), ("2026-03-04T09:05:00+01:00", 32700), ("2026-03-04 09:05", 32700), ("09:05Z", 32700),
    ],
)  # fmt: skip
def test_a_time_of_the_day_is_read_in_12_and_24_hours(written: str, seconds: int):
    assert clock(written) == seconds


@pytest.mark.parametrize("written", ["", "24:01", "9:60", "9:5", "13:05 PM", "0:05 AM", "9", "=9:05", "-1:00", "noon"])
def test_what_is_no_time_of_the_day_is_none(written: str):
    assert clock(written) is None


@pytest.mark.parametrize(
    ("written", "seconds"),
    [
        ("1:30", 5400), ("01:30:00", 5400), ("0:00:12", 12), ("100:00", 360000), ("-0:30", -1800),
        ("1.5", 5400), ("1,5", 5400), ("0.58", 2088), (".5", 1800), ("2", 7200), ("-1,5", -5400), ("1.50 h", 5400),
        ("2 timer", 7200), ("1h 30m", 5400), ("1h30m15s", 5415), ("90 min", 5400), ("47:06 min", 2826), ("12 sec", 12),
    ],
)  # fmt: skip
def test_a_duration_is_read_as_clock_or_decimal(written: str, seconds: int):
    """0.58 h × 3600 = 2088 s; 47:06 min is 47 × 60 + 6 = 2826 s."""
    assert duration(written) == seconds


@pytest.mark.parametrize("written", ["", "1:60", "1:5", "=SUBTOTAL(9,A2:A9)", "1.234,5", "abc", "1:30:75", "h", "1 2"])
def test_what_is_no_duration_is_none(written: str):
    assert duration(written) is None


def test_a_third_of_an_hour_in_decimals_stays_exact():
    """0.333 h = 1198.8 s, which is 19.98 min: 20."""
    assert duration("0.333") == Fraction(11988, 10)
    assert whole_minutes(Fraction(11988, 10)) == 20


def test_minutes_may_have_decimals():
    assert decimal("90,5", 60) == 5430
    assert decimal("1:30", 60) is None


@pytest.mark.parametrize(("seconds", "minutes"), [(29, 0), (30, 1), (89, 1), (90, 2), (2105, 35), (3600, 60)])
def test_half_a_minute_goes_up(seconds: int, minutes: int):
    """35:05 is 2105 s: 35 min."""
    assert whole_minutes(Fraction(seconds)) == minutes


@given(st.integers(0, 86400))
def test_a_time_of_the_day_written_with_am_and_pm_is_the_same(seconds: int):
    """What is read of `09:05:07 PM` is what was written; 24:00 has no such form."""
    if seconds == 86400:
        return
    time = (dt.datetime(2026, 3, 4) + dt.timedelta(seconds=seconds)).time()
    assert clock(time.strftime("%I:%M:%S %p")) == seconds == clock(time.isoformat())


@given(st.integers(0, 10**6))
def test_a_duration_written_as_a_clock_is_the_same(seconds: int):
    assert duration(f"{seconds // 3600}:{seconds // 60 % 60:02d}:{seconds % 60:02d}") == seconds


@given(st.text(max_size=30))
def test_no_text_breaks_the_reading_of_a_cell(text: str):
    for order in Order:
        assert day(text, order) is None or isinstance(day(text, order), dt.date)
    assert clock(text) is None or 0 <= clock(text) <= 86400
    assert duration(text) is None or isinstance(duration(text), Fraction)


# --- days


@pytest.mark.parametrize(
    ("written", "order", "found"),
    [
        ("2026-03-04", DAY_FIRST, (2026, 3, 4)), ("2026/3/4", MONTH_FIRST, (2026, 3, 4)),
        ("2026-03-04T23:59:00Z", DAY_FIRST, (2026, 3, 4)), ("04/03/2026", DAY_FIRST, (2026, 3, 4)),
        ("04/03/2026", MONTH_FIRST, (2026, 4, 3)), ("4.3.2026", DAY_FIRST, (2026, 3, 4)),
        ("04-03-2026 09:30", DAY_FIRST, (2026, 3, 4)), ("29/02/2024", DAY_FIRST, (2024, 2, 29)),
    ],
)  # fmt: skip
def test_a_day_is_read(written: str, order: Order, found: tuple[int, int, int]):
    assert day(written, order) == dt.date(*found)


@pytest.mark.parametrize(
    "written", ["", "31/02/2026", "29/02/2026", "2026-13-01", "04-03-26", "04/03-2026", "0202-01-01", "46000", "today"]
)
def test_what_is_no_day_is_none_and_a_year_has_four_digits(written: str):
    """2026 is no leap year; 04-03-26 can be read in three ways; 46000 is how a spreadsheet counts days."""
    assert day(written, DAY_FIRST) is None


def order(*written: str, asked: Order | None = None) -> Order:
    return order_of(enumerate(written, 2), asked)


@pytest.mark.parametrize(
    ("written", "found"),
    [
        (["04/03/2026", "13/03/2026"], DAY_FIRST),
        (["04/03/2026", "03/13/2026"], MONTH_FIRST),
        (["04.03.2026"], DAY_FIRST),
        (["03/03/2026", "2026-03-04"], DAY_FIRST),
        (["2026-03-04"], DAY_FIRST),
        ([], DAY_FIRST),
        (["04/03/2026", "31/02/2026", "03/13/2026"], MONTH_FIRST),
    ],
)
def test_one_date_of_the_file_decides_for_all(written: list[str], found: Order):
    """13 can be no month; 3 March is the same both ways; nobody writes the month first with full stops."""
    assert order(*written) is found


def test_dates_that_can_be_read_both_ways_are_refused_and_an_option_decides():
    with pytest.raises(Refusal) as refused:
        order("03/03/2026", "04/03/2026", "05/03/2026")
    assert refused.value.values == {"line": 3, "written": "04/03/2026"}
    assert "--date-format" in refused.value.msgid
    assert order("04/03/2026", asked=MONTH_FIRST) is MONTH_FIRST


def test_a_file_that_writes_its_dates_in_two_ways_is_refused():
    with pytest.raises(Refusal) as refused:
        order("04/03/2026", "13/03/2026", "03/14/2026")
    assert refused.value.values == {"line": 3, "other": 4}


@given(st.lists(st.dates(dt.date(1900, 1, 1), dt.date(2199, 12, 31)), min_size=1), st.sampled_from(list(Order)))
def test_dates_that_are_not_refused_are_those_that_were_written(days: list[dt.date], written_as: Order):
    form = "%d/%m/%Y" if written_as is DAY_FIRST else "%m/%d/%Y"
    texts = [one.strftime(form) for one in days]
    try:
        found = order(*texts)
    except Refusal:
        assert all(one.day <= 12 for one in days)
        return
    assert [day(text, found) for text in texts] == days
