"""ISO weeks over the turn of a year and week 53, periods that tile time, and the organisation's calendar."""

from __future__ import annotations

import datetime as dt
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitegen.models.fields import Dated
from sitegen.periods import (
    WEEKDAYS,
    Calendar,
    between,
    containing,
    last_complete,
    parse,
    week_month,
    week_of,
    weeks_of_month,
)

DAY = dt.date
ONE = dt.timedelta(days=1)
days = st.dates(DAY(1990, 1, 1), DAY(2100, 12, 31))
KINDS = ("week", "month", "quarter", "half", "year")


# --- ISO weeks


@given(days)
def test_a_day_lies_in_the_week_that_its_thursday_names(day: dt.date) -> None:
    """ISO 8601 by its own rule, without a library: a week is of the year of its Thursday, and numbered by it."""
    week = week_of(day)
    thursday = week.start + 3 * ONE
    number = (thursday - DAY(thursday.year, 1, 1)).days // 7 + 1
    assert week.start.isoweekday() == 1 and week.days == 7 and day in week
    assert str(week) == f"{thursday.year}-W{number:02d}"


@pytest.mark.parametrize(
    ("day", "week"),
    [
        (DAY(2020, 12, 31), "2020-W53"), (DAY(2021, 1, 3), "2020-W53"), (DAY(2021, 1, 4), "2021-W01"),
        (DAY(2024, 12, 30), "2025-W01"), (DAY(2026, 1, 1), "2026-W01"), (DAY(2026, 12, 28), "2026-W53"),
        (DAY(2027, 1, 3), "2026-W53"), (DAY(2027, 1, 4), "2027-W01"), (DAY(2023, 1, 1), "2022-W52"),
    ],
)  # fmt: skip
def test_weeks_at_the_turn_of_the_year(day: dt.date, week: str) -> None:
    assert str(week_of(day)) == week


def test_only_years_with_53_thursdays_have_a_week_53() -> None:
    """2015, 2020 and 2026 begin or end on a Thursday; a week 53 of another year is no week."""
    long = []
    for year in range(2010, 2033):
        thursdays = sum((DAY(year, 1, 1) + n * ONE).isoweekday() == 4 for n in range(365 + (year % 4 == 0)))
        try:
            parse(f"{year}-W53")
            long.append(year)
        except ValueError:
            assert thursdays == 52
    assert long == [2015, 2020, 2026, 2032]


def test_a_week_belongs_to_the_month_of_its_thursday() -> None:
    """Week 53 of 2026: Thursday is 31 December, though three of its days are January's (F4)."""
    assert str(week_month(DAY(2026, 12, 28))) == "2026-12"
    assert str(week_month(DAY(2025, 12, 29))) == "2026-01", "Thursday is New Year's Day"


def test_the_weeks_of_a_month_are_those_of_its_thursdays_that_have_ended() -> None:
    """June 2026: Thursdays 4, 11, 18 and 25. On Saturday 27 June week 26 is not over; on 4 June no week of it is."""
    mondays = [dt.date(2026, 6, day) for day in (1, 8, 15, 22)]
    assert weeks_of_month(dt.date(2026, 6, 30), dt.date(2026, 6, 30)) == mondays
    assert weeks_of_month(dt.date(2026, 6, 1), dt.date(2026, 6, 27)) == mondays[:3]
    assert weeks_of_month(dt.date(2026, 6, 1), dt.date(2026, 6, 4)) == []
    assert weeks_of_month(dt.date(2026, 1, 1), dt.date(2026, 6, 30))[0] == dt.date(2025, 12, 29)


# --- periods


@given(days, st.sampled_from(KINDS))
def test_a_period_reads_back_from_its_text_and_meets_the_next(day: dt.date, kind: str) -> None:
    period = containing(day, kind)
    assert parse(str(period)) == period and day in period
    assert period.next().start == period.end and period.next().previous() == period


@given(days, st.integers(0, 900), st.sampled_from(KINDS))
def test_periods_between_two_days_leave_no_day_out_and_none_twice(first: dt.date, more: int, kind: str) -> None:
    """Also over 29 February, week 53 and the turn of a year."""
    found = list(between(first, first + more * ONE, kind))
    assert first in found[0] and first + more * ONE in found[-1]
    assert all(one.end == other.start for one, other in zip(found, found[1:], strict=False))


def test_a_period_is_complete_on_its_last_day() -> None:
    """29 February 2028 is the last of its month, the 28th is not."""
    assert str(last_complete(DAY(2028, 2, 29), "month")) == "2028-02"
    assert str(last_complete(DAY(2028, 2, 28), "month")) == "2028-01"
    assert str(last_complete(DAY(2027, 1, 3), "week")) == "2026-W53"


# --- the calendar: holidays, closed days, working days


def easter(year: int) -> dt.date:
    """Easter Sunday of the Gregorian calendar, by Gauss's rule as corrected."""
    a, b, c = year % 19, year // 100, year % 100
    d, e, f = b // 4, b % 4, (b + 8) // 25
    g = (b - f + 1) // 3
    h = (19 * a + b - d - g + 15) % 30
    i, k = c // 4, c % 4
    l_ = (32 + 2 * e + 2 * i - h - k) % 7
    m = (a + 11 * h + 22 * l_) // 451
    return DAY(year, (h + l_ - 7 * m + 114) // 31, (h + l_ - 7 * m + 114) % 31 + 1)


def holidays(country: str, year: int) -> set[dt.date]:
    """The public holidays by the laws of Denmark and Norway; Denmark gave up the Great Prayer Day after 2023."""
    found = {easter(year) + n * ONE for n in (-3, -2, 0, 1, 39, 49, 50)}
    found |= {DAY(year, 1, 1), DAY(year, 12, 25), DAY(year, 12, 26)}
    if country == "NO":
        return found | {DAY(year, 5, 1), DAY(year, 5, 17)}
    return found | ({easter(year) + 26 * ONE} if year <= 2023 else set())


@pytest.mark.parametrize("country", ["DK", "NO"])
@pytest.mark.parametrize("year", [2020, 2023, 2024, 2025, 2026, 2027, 2028, 2035])
def test_public_holidays_are_those_of_the_organisations_country(country: str, year: int) -> None:
    """Worked out from Easter alone. The Great Prayer Day is one in 2023 and none in 2024; 5 June and 24 December are
    none; Norway has 1 and 17 May.
    """
    calendar = Calendar(country)
    of_year = [DAY(year, 1, 1) + n * ONE for n in range((DAY(year + 1, 1, 1) - DAY(year, 1, 1)).days)]
    assert {day for day in of_year if calendar.holiday(day)} == holidays(country, year)
    worked = sum(day.isoweekday() < 6 and day not in holidays(country, year) for day in of_year)
    assert calendar.working_days(of_year[0], of_year[-1] + ONE) == worked


def test_a_country_that_nobody_knows_has_no_holidays() -> None:
    assert Calendar("XX").working_days(DAY(2026, 12, 21), DAY(2026, 12, 28)) == 5
    assert Calendar().holiday(DAY(2026, 12, 25)) is None


def test_closed_days_are_not_worked_the_last_one_included() -> None:
    """24 December to 1 January, both closed: of the fifteen weekdays from 21 December to 8 January seven are left, the
    others are seven closed weekdays (24, 25, 28–31 December, 1 January), and no day counts twice as a holiday. Then
    eight.
    """
    calendar = Calendar("DK", closed=[(DAY(2026, 12, 24), DAY(2027, 1, 1))])
    assert calendar.working_days(DAY(2026, 12, 21), DAY(2027, 1, 9)) == 15 - 7
    assert not calendar.is_working(DAY(2026, 12, 24)) and not calendar.is_working(DAY(2027, 1, 1))
    assert calendar.is_working(DAY(2026, 12, 23)) and calendar.is_working(DAY(2027, 1, 4))


def organisation(working_days: object) -> SimpleNamespace:
    return SimpleNamespace(country="DK", working_days=working_days, closed=())


def test_other_working_days_hold_from_their_date_and_not_before() -> None:
    """Four days a week from 1 June 2026: that Friday (5 June) is free, the Friday before (29 May) was worked."""
    four = Dated(((DAY(2026, 6, 1), WEEKDAYS[:4]),))
    for written in (four, Dated(((None, WEEKDAYS[:5]), *four.spans))):
        calendar = Calendar.of(organisation(written))
        assert calendar.is_working(DAY(2026, 5, 29)) and not calendar.is_working(DAY(2026, 6, 5))
        assert calendar.working_days(DAY(2026, 5, 25), DAY(2026, 6, 8)) == 4 + 4, "Whit Monday is a holiday"


def test_left_out_they_are_monday_to_friday_and_a_person_may_have_others() -> None:
    calendar = Calendar.of(organisation(None))
    sunday = DAY(2026, 6, 7)
    assert not calendar.is_working(sunday) and calendar.is_working(sunday, frozenset({6}))
    assert not calendar.is_working(DAY(2026, 5, 24), frozenset({6})), "Whit Sunday is a holiday for her too"


def test_holidays_have_the_names_of_the_country_whatever_the_machine_speaks(monkeypatch):
    """Left to itself the library takes the language of the machine, and two machines would write two sites."""
    for spoken in ("C.UTF-8", "nb_NO.UTF-8", "en_US.UTF-8"):
        for name in ("LANGUAGE", "LC_ALL", "LANG"):
            monkeypatch.setenv(name, spoken)
        assert Calendar("DK").holiday(DAY(2026, 5, 14)) == "Kristi himmelfartsdag"
        assert Calendar("NO").holiday(DAY(2026, 5, 17)) == "Grunnlovsdag"
