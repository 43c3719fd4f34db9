"""The hledger journal and timedot: whole minutes, days up to the day of the report, notes that are only notes.

That hledger reads the journal as it is meant is in `tests/oracles/test_hledger.py`.
"""

from __future__ import annotations

import datetime as dt

import pytest

from sitegen.exporters.journal import journal, one_line, timedot

DAY = dt.date
AS_OF = DAY(2026, 6, 30)


def logged(*rows: tuple[dt.date, str, str, str | None, int, str | None]) -> dict[str, list]:
    names = ("day", "person", "project", "task", "minutes", "note")
    return {name: [row[at] for row in rows] for at, name in enumerate(names)}


HOURS = logged(
    (DAY(2026, 6, 30), "mette", "seo", "keywords", 20, "Søgeord; resten"),
    (DAY(2026, 6, 29), "mette", "seo", None, 90, None),
    (DAY(2026, 7, 1), "mette", "seo", None, 100, None),
    (DAY(2026, 6, 29), "dept:sales", "seo", None, 5, None),
)


def test_an_hour_is_a_posting_in_whole_minutes_to_person_project_and_task():
    """20 minutes are `20 min`, never 0.33 h; 1 July is after the day of the report (G1)."""
    assert journal(HOURS, AS_OF, "marketing").decode().split("\n\n")[1:] == [
        "2026-06-29 * dept.sales\n    (dept.sales:seo)  5 min",
        "2026-06-29 * mette\n    (mette:seo)  90 min",
        "2026-06-30 * mette | Søgeord resten\n    (mette:seo:keywords)  20 min\n",
    ]


def test_timedot_has_a_heading_a_day_and_the_minutes_as_they_are():
    text = timedot(HOURS, AS_OF, "marketing").decode()
    assert text.split("\n\n")[1:] == [
        "2026-06-29\ndept.sales:seo  5m\nmette:seo  90m",
        "2026-06-30\nmette:seo:keywords  20m\n",
    ]


def test_the_head_says_the_day_and_for_whom():
    for made in (journal(HOURS, AS_OF, "marketing"), timedot(HOURS, AS_OF, "marketing")):
        assert b"2026-06-30, for marketing" in made.splitlines()[0]


def test_no_hours_are_a_file_with_its_head_alone():
    assert journal(logged(), AS_OF, "marketing").count(b"\n") == 2


@pytest.mark.parametrize(
    ("note", "line"),
    [
        (None, ""), ("a\nb\tc", "a b c"), ("; date:2020-01-01", "date:2020-01-01"), ("a;b", "a b"),
        ("\u2028x\x1b[31m", "x [31m"), ("  æ – ø  ", "æ – ø"),
    ],
)  # fmt: skip
def test_a_note_is_one_line_and_begins_no_comment(note, line):
    assert one_line(note) == line
