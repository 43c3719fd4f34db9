"""Hours as a clock shows them: 1.45 is 87 minutes, and who writes it so means 105."""

from __future__ import annotations

import pytest

RECORDS = {
    "time/people/mette.yml": "name: Mette\ndepartment: marketing\n",
    "time/projects/seo.yml": "name: X\ntype: operations\ndepartment: marketing\nowner: mette\nstart: 2026-01-05\n",
}


def week(*hours: str) -> dict[str, str]:
    entries = "".join(
        f"  - {{date: 2026-01-{5 + at % 5:02}, project: seo, hours: {one}}}\n" for at, one in enumerate(hours)
    )
    return {**RECORDS, "time/weeks/mette/2026-W02.yml": f"logged:\n{entries}"}


def test_who_writes_hours_as_a_clock_shows_them_is_told_once(found):
    files = week("7.5", "1.45", "0.30", "1.15", "2.45")
    assert found(files) == [("clock-hours", "time/weeks/mette/2026-W02.yml:3:45")]


@pytest.mark.parametrize(
    "hours",
    [
        ("1.45", "1.15", "2", "0.30", "3"),  # two are no habit
        ("1.45", "1.15", "2.45", "1.25", "3"),
        ("1.45", "1.15", "2.45", "1.75", "3"),
        ("1h27m", "1h9m", "27m", "13m", "3"),
        ("1.45, imported: 'toggl:1'", "1.15, imported: 'toggl:2'", "2.45, imported: 'toggl:3'", "1", "1"),
    ],
)
def test_who_writes_parts_of_an_hour_is_not_told(found, hours: tuple[str, ...]):
    assert found(week(*hours)) == []
