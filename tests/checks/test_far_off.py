"""A day of another year: the newest day with hours is that of the whole site, where nothing else says one."""

from __future__ import annotations

import datetime as dt

PERSON = {"time/people/mette.yml": "name: Mette\ndepartment: marketing\n"}
PROJECT = {
    "time/projects/seo.yml": "name: X\ntype: operations\ndepartment: marketing\nowner: mette\nstart: 2026-01-05\n"
}


def weeks(*days: dt.date) -> dict[str, str]:
    """A week's file for each of several days, none of which lie in one week."""
    return {
        f"time/weeks/mette/{day:%G-W%V}.yml": f"logged:\n  - {{date: {day}, project: seo, hours: 2}}\n" for day in days
    }


def test_a_day_of_another_year_is_told_at_its_entry(found):
    files = {**PERSON, **PROJECT, **weeks(dt.date(2026, 11, 18), dt.date(2062, 11, 14))}
    assert found(files) == [("far-off-day", "time/weeks/mette/2062-W46.yml:2:12")]


def test_half_a_year_without_hours_is_not_told(found):
    assert found({**PERSON, **PROJECT, **weeks(dt.date(2026, 1, 7), dt.date(2026, 7, 8))}) == []


def test_what_is_booked_may_lie_far_ahead(found):
    ahead = {"time/weeks/mette/2062-W46.yml": "booked:\n  - {project: seo, hours: 2}\n"}
    assert found({**PERSON, **PROJECT, **weeks(dt.date(2026, 1, 7)), **ahead}) == []


def test_a_company_that_was_away_for_long_is_left_alone_after_twenty_days(found):
    back = [dt.date(2028, 1, 5) + dt.timedelta(weeks=at) for at in range(20)]
    assert found({**PERSON, **PROJECT, **weeks(dt.date(2026, 1, 7), *back)}) == []


def test_until_then_it_is_told(found):
    back = [dt.date(2028, 1, 5) + dt.timedelta(weeks=at) for at in range(19)]
    codes = [code for code, _ in found({**PERSON, **PROJECT, **weeks(dt.date(2026, 1, 7), *back)})]
    assert codes == ["far-off-day"]
