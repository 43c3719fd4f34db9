"""Capacity (F5), and the weeks somebody was away all of."""

from __future__ import annotations

import datetime as dt

from sitegen.metrics.attendance import away_all_week, capacity
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
