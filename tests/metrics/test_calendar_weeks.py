"""Capacity (F5) day by day: part time, changes of weekly hours, half days, hours away, holidays, closed days, week 53.

The oracle asks for every day by itself what holds on it; the weeks lie around 29 February and the turn of the year.
"""

from __future__ import annotations

import datetime as dt
from fractions import Fraction
from typing import Any

import polars as pl
from hypothesis import given, settings
from hypothesis import strategies as st

from sitegen.metrics.attendance import away_all_week, capacity
from sitegen.metrics.figures import Undefined
from sitegen.periods import FAR, WEEKDAYS, Calendar
from sitegen.tables.spans import BEGINNING, frame
from sitegen.tables.time import ABSENT, CONTRACTS

DAY = dt.date
ONE = dt.timedelta(days=1)
WEEK_53 = DAY(2026, 12, 28)  # New Year's Day is its Friday
EASTER = DAY(2028, 4, 10)  # Maundy Thursday 13 and Good Friday 14 April
FULL = "mon,tue,wed,thu,fri"
ALWAYS = (BEGINNING, FAR, 2220, FULL, True)


def contract(*rows: tuple[dt.date, dt.date, int | None, str | None, bool]) -> pl.DataFrame:
    full = [("ana", since, until, "m", minutes, days, employed) for since, until, minutes, days, employed in rows]
    return frame(full, CONTRACTS)


def away(*days: tuple[dt.date, int | None]) -> pl.DataFrame:
    return frame([("ana", day, minutes, None) for day, minutes in days], ABSENT)


def week(contracts: pl.DataFrame, absent: pl.DataFrame, monday: dt.date, calendar: Calendar | None = None) -> Any:
    return capacity(contracts, absent, calendar or Calendar("DK"), [monday])["ana", monday]


def test_week_53_has_the_four_days_before_new_years_day() -> None:
    """37 h in five days: 4 × 7.4 h = 29.6 h; the week after, week 1 of 2027, has all 37."""
    assert week(contract(ALWAYS), away(), WEEK_53) == 4 * 444
    assert week(contract(ALWAYS), away(), WEEK_53 + 7 * ONE) == 2220


def test_weekly_hours_that_change_on_a_wednesday_count_from_that_day() -> None:
    """37 h in five days (7.4 each) to Tuesday, 30 h in four (Monday to Thursday, 7.5 each) then: 14.8 + 15 = 29.8."""
    wednesday = DAY(2026, 6, 17)
    changed = contract((BEGINNING, wednesday, 2220, FULL, True), (wednesday, FAR, 1800, "mon,tue,wed,thu", True))
    assert week(changed, away(), DAY(2026, 6, 15)) == 2 * 444 + 2 * 450


def test_a_part_timer_loses_only_holidays_on_days_of_hers() -> None:
    """20 h on Monday and Tuesday: Easter's Thursday and Friday are no days of hers; Easter Monday is: 10 h."""
    two = contract((BEGINNING, FAR, 1200, "mon,tue", True))
    assert week(two, away(), EASTER) == 1200
    assert week(two, away(), EASTER + 7 * ONE) == 600


def test_half_a_day_and_hours_away_take_what_they_are_once() -> None:
    """Half of 7.4 h is 3.7 h; two absences of 1 and 2 h on one day are 3 h; hours on a holiday take nothing."""
    half = away((DAY(2026, 6, 15), 222))
    assert week(contract(ALWAYS), half, DAY(2026, 6, 15)) == 2220 - 222
    twice = away((DAY(2026, 6, 15), 60), (DAY(2026, 6, 15), 120))
    assert week(contract(ALWAYS), twice, DAY(2026, 6, 15)) == 2220 - 180
    assert week(contract(ALWAYS), away((DAY(2027, 1, 1), 120)), WEEK_53) == 4 * 444


def test_closed_days_take_their_hours_and_a_holiday_among_them_once() -> None:
    """Closed from 28 December to 1 January: nothing is left of week 53, and nothing goes below nothing."""
    shut = Calendar("DK", closed=[(WEEK_53, DAY(2027, 1, 1))])
    assert week(contract(ALWAYS), away((WEEK_53, None)), WEEK_53, shut) == 0


def test_a_contract_that_begins_in_week_53_counts_from_its_first_day() -> None:
    """From Wednesday 30 December: Wednesday and Thursday, 14.8 h."""
    begins = contract((BEGINNING, DAY(2026, 12, 30), 2220, FULL, False), (DAY(2026, 12, 30), FAR, 2220, FULL, True))
    assert week(begins, away(), WEEK_53) == 2 * 444


# --- against a loop over days

DAYS = st.dates(DAY(2026, 12, 21), DAY(2027, 1, 17)) | st.dates(DAY(2028, 2, 21), DAY(2028, 3, 5))
WORKS = st.lists(st.sampled_from(WEEKDAYS), min_size=1, max_size=7, unique=True).map(
    lambda days: ",".join(sorted(days, key=WEEKDAYS.index))
)
FACTS = st.tuples(st.integers(0, 3000), st.none() | WORKS, st.booleans())


@settings(max_examples=150, deadline=None)
@given(
    st.dictionaries(DAYS, FACTS, max_size=3),
    FACTS,
    st.lists(st.tuples(DAYS, st.none() | st.integers(1, 600)), max_size=12),
    st.lists(st.tuples(DAYS, st.integers(0, 5)), max_size=2),
    st.sampled_from(["DK", "NO", None]),
)
def test_a_week_is_the_sum_of_its_days(changes, first, absences, closed, country) -> None:
    """F5 without a week in it: each day asks the contract of the day, the holidays and every absence of the day."""
    since = [BEGINNING, *sorted(changes)]
    facts = [first, *(changes[day] for day in since[1:])]
    rows = [(a, b, *fact) for a, b, fact in zip(since, [*since[1:], FAR], facts, strict=True)]
    shut = [(day, day + more * ONE) for day, more in closed]
    calendar = Calendar(country, closed=shut)
    mondays = [DAY(2026, 12, 21) + n * 7 * ONE for n in range(4)] + [DAY(2028, 2, 21), DAY(2028, 2, 28)]
    absent = away(*absences)
    found = capacity(contract(*rows), absent, calendar, mondays)
    gone = away_all_week(absent, contract(*rows), calendar, mondays)
    for monday in mondays:
        total, there = Fraction(0), False
        for day in (monday + n * ONE for n in range(7)):
            minutes, works, employed = next(
                fact for a, fact in reversed(list(zip(since, facts, strict=True))) if a <= day
            )
            names = works.split(",") if works else list(WEEKDAYS[:5])
            free = calendar.holiday(day) or any(start <= day <= end for start, end in shut)
            if not employed or WEEKDAYS[day.weekday()] not in names or free:
                continue
            hours = Fraction(minutes, len(names))
            of_day = [amount for when, amount in absences if when == day]
            all_day = any(amount is None for amount in of_day)
            there |= not all_day
            total += 0 if all_day else max(Fraction(0), hours - sum(amount for amount in of_day if amount))
        assert found["ana", monday] == total
        assert (("ana", monday) in gone) == (not there)


def test_hours_that_a_contract_does_not_say_are_unknown_and_not_none() -> None:
    """G5: employed for hours nobody wrote is undefined; a week of holidays alone would be none to say."""
    unsaid = contract((BEGINNING, FAR, None, FULL, True))
    assert week(unsaid, away(), WEEK_53) == Undefined("unknown-part")
