"""Capacity (F5), and the weeks somebody was away all of."""

from __future__ import annotations

import datetime as dt
from fractions import Fraction

from sitegen.metrics.attendance import Available, available, away_all_week, capacity, without_capacity
from sitegen.metrics.figures import Undefined
from sitegen.periods import FAR, Calendar
from sitegen.tables.spans import BEGINNING, frame
from sitegen.tables.time import ABSENT, CONTRACTS

DAY = dt.date
WEEK = DAY(2026, 6, 1)  # holds 5 June, Danish Constitution Day, which is no public holiday by the calendar's rules
EASTER = DAY(2026, 3, 30)  # Maundy Thursday 2 April and Good Friday 3 April


def contract(*rows: tuple[dt.date, dt.date, int | None, str | None, bool]) -> object:
    full = [("ana", since, until, "m", minutes, days, employed) for since, until, minutes, days, employed in rows]
    return frame(full, CONTRACTS)


ALWAYS = contract((BEGINNING, FAR, 2220, "mon,tue,wed,thu,fri", True))


def away(*days: tuple[dt.date, int | None]) -> object:
    return frame([("ana", day, minutes, None) for day, minutes in days], ABSENT)


def test_holidays_and_absence_are_taken_from_the_contract() -> None:
    """37 h in five days, 7.4 h each. Easter week has three days: 22.2 h; a day off and 2 h of another: 22.2 − 7.4 − 2
    = 12.8 h.
    """
    calendar = Calendar("DK")
    assert capacity(ALWAYS, away(), calendar, [EASTER])["ana", EASTER] == 3 * 444
    gone = away((EASTER, None), (DAY(2026, 3, 31), 120), (DAY(2026, 4, 2), None))
    assert capacity(ALWAYS, gone, calendar, [EASTER])["ana", EASTER] == 3 * 444 - 444 - 120


def test_more_hours_away_than_the_day_has_take_the_day_and_no_more() -> None:
    """10 h away on a day of 7.4 h: the other four days stand."""
    assert capacity(ALWAYS, away((WEEK, 600)), Calendar(), [WEEK])["ana", WEEK] == 4 * 444


def test_a_week_before_the_contract_has_no_capacity_and_one_without_hours_is_unknown() -> None:
    """Not employed is 0; employed for hours that nobody wrote is undefined (G5)."""
    later = contract((BEGINNING, DAY(2026, 6, 3), 2220, None, False), (DAY(2026, 6, 3), FAR, 2220, None, True))
    assert capacity(later, away(), Calendar(), [WEEK])["ana", WEEK] == 3 * 444
    unsaid = contract((BEGINNING, FAR, None, None, True))
    assert capacity(unsaid, away(), Calendar(), [WEEK])["ana", WEEK] == Undefined("unknown-part")


def test_somebody_who_works_four_days_is_away_all_week_when_away_on_those_four() -> None:
    """Friday is no day of hers; half a day away is not away."""
    four = contract((BEGINNING, FAR, 1800, "mon,tue,wed,thu", True))
    days = [WEEK + dt.timedelta(days=n) for n in range(4)]
    assert away_all_week(away(*((day, None) for day in days)), four, Calendar(), [WEEK]) == {("ana", WEEK)}
    partly = [(day, None) for day in days[:3]] + [(days[3], 200)]
    assert away_all_week(away(*partly), four, Calendar(), [WEEK]) == set()


def test_what_takes_from_the_contract_is_told_part_by_part() -> None:
    """Ascension week 2026: Thursday 14 May is a holiday and the company is closed on Friday. 37 h, 7.4 h a day: 7.4 h
    of each; on Monday 3 h away, Friday's absence takes nothing more: 37 − 7.4 − 7.4 − 3 = 19.2 h (T19).
    """
    week = DAY(2026, 5, 11)
    calendar = Calendar("DK", closed=[(DAY(2026, 5, 15), DAY(2026, 5, 15))])
    gone = away((week, 180), (DAY(2026, 5, 15), None))
    found = available(ALWAYS, gone, calendar, [week])["ana", week]
    assert found == Available(Fraction(2220), Fraction(444), Fraction(444), Fraction(180))
    assert found.capacity == 19 * 60 + 12


def test_hours_that_change_in_the_middle_of_a_week_count_from_their_day() -> None:
    """37 h on five days until Tuesday, from Wednesday 30 h on four days (Monday to Thursday): 2 × 7.4 + 2 × 7.5 h."""
    changed = contract(
        (BEGINNING, DAY(2026, 6, 3), 2220, None, True), (DAY(2026, 6, 3), FAR, 1800, "mon,tue,wed,thu", True)
    )
    assert capacity(changed, away(), Calendar(), [WEEK])["ana", WEEK] == 2 * 444 + 2 * 450


def test_a_week_has_no_capacity_when_hours_of_absence_take_every_day() -> None:
    """Four days off and 7.4 h away on the fifth, which is all of it; with 7 h away 0.4 h is left. Before she was
    employed there is none either, and nothing is known of a person without a contract (F4, F5).
    """
    days = [(WEEK + dt.timedelta(days=n), None) for n in range(4)]
    pairs = [("ana", WEEK), ("dept:sales", WEEK)]
    assert without_capacity(ALWAYS, away(*days, (DAY(2026, 6, 5), 444)), Calendar(), pairs) == {("ana", WEEK)}
    assert without_capacity(ALWAYS, away(*days, (DAY(2026, 6, 5), 420)), Calendar(), pairs) == set()
    later = contract((BEGINNING, DAY(2026, 7, 1), 2220, None, False), (DAY(2026, 7, 1), FAR, 2220, None, True))
    assert without_capacity(later, away(), Calendar(), pairs) == {("ana", WEEK)}
