"""Rows of each tracker's export → entries; what cannot be one has its reason."""

from __future__ import annotations

import datetime as dt
from fractions import Fraction
from typing import get_args

import pytest

from sitegen.importers import IMPORTERS
from sitegen.importers.hours import Hours
from sitegen.importers.importer import Found
from sitegen.importers.rows import Entry
from sitegen.importers.tracker import Meaning
from sitegen.importers.values import Order
from sitegen.messages import Refusal

TOGGL = (
    "User,Email,Client,Project,Task,Description,Billable,Start date,Start time,End date,End time,Duration,Tags,"
    "Amount ()\n"
)
CLOCKIFY = (
    '"Project","Client","Description","Task","User","Group","Email","Tags","Billable","Start Date","Start Time",'
    '"End Date","End Time","Duration (h)","Duration (decimal)","Billable Rate (EUR)","Billable Amount (EUR)"\n'
)
HARVEST = (
    "Date,Client,Project,Project Code,Task,Notes,Hours,Hours Rounded,Billable?,Invoiced?,First Name,Last Name,Roles\n"
)
KIMAI = "Date,Begin,End,Duration,Currency,Price,Name,User,Customer,Project,Activity,Description,Billable,Tags\n"
PLAIN = "Date,Person,Project,Task,Hours,Note\n"


def only(found: Found[Entry]) -> Entry:
    """The only entry; no row may be left."""
    assert (found.refused, found.stay_out, len(found.changes)) == ({}, {}, 1)
    return found.changes[0]


def reason(found: Found[Entry], line: int = 2) -> str:
    """Why the row is not imported, with its values."""
    refusal = (found.refused | found.stay_out)[line]
    assert not found.changes
    return refusal.msgid % refusal.values


# --- one export of each tracker


def test_a_row_of_toggl_becomes_an_entry(importing):
    """0:35:05 is 35 minutes; the clock says it exactly, 5 seconds are rounded away."""
    entry = only(
        importing(
            "toggl",
            "\ufeff" + TOGGL + "Mette Holm,m@x.example,Acme,SEO-optimering,Søgeord,"
            '"Nye ord, ""flere""",No,2026-03-16,09:25:02,2026-03-16,10:00:07,00:35:05,tag,\n',
        )
    )
    assert entry.seconds == 2105
    assert entry.file == "time/weeks/mette/2026-W12.yml"
    data = entry.data
    assert data.pop("imported").startswith("toggl-")
    assert data == {
        "date": "2026-03-16", "project": "seo", "task": "keywords", "hours": "35m", "note": 'Nye ord, "flere"'
    }  # fmt: skip


def test_newer_exports_of_toggl_have_other_names(importing):
    entry = only(
        importing(
            "toggl",
            '"Description",Duration,Member,Project,Start date,Start time,Stop date,Stop time\n'
            '"X",1:30:00,Bo Lind,Website,2026-05-22,10:30:00,2026-05-22,12:00:00\n',
        )
    )
    assert (entry.person, entry.minutes) == ("bo", 90)


def test_a_row_of_clockify_with_am_and_pm_becomes_an_entry(importing):
    """30 can be no month, so the month comes first; 0:34:57 is 34.95 min: 35. The decimal 0.58 would be 34.8."""
    entry = only(
        importing(
            "clockify",
            CLOCKIFY + '"Website","","Fix","","Bo Lind","","bo@x.example","","Yes","04/30/2026","02:44:33 PM",'
            '"04/30/2026","03:19:30 PM","00:34:57","0.58","0.00","0.00"\n',
        )
    )
    assert (entry.day, entry.minutes, entry.seconds) == (dt.date(2026, 4, 30), 35, 2097)
    assert entry.start == (14 * 60 + 44) * 60 + 33


def test_a_row_of_clockify_with_the_day_first_becomes_an_entry(importing):
    entry = only(
        importing(
            "clockify",
            CLOCKIFY + '"Website","","","","Bo Lind","","","","Yes","19/02/2026","15:00","19/02/2026","18:00",'
            '"3:00","3.00","",""\n',
        )
    )
    assert (entry.day, entry.minutes) == (dt.date(2026, 2, 19), 180)


def test_a_row_of_harvest_becomes_an_entry(importing):
    """ "7,5" hours are 450 minutes; Hours Rounded is for invoices."""
    entry = only(
        importing(
            "harvest",
            HARVEST + '26.01.2026,Acme,Noget andet,website,Design,note,"7,5","8,0",No,No,Mette,Holm,\n',
            tasks={"Design": None},
        )
    )
    assert (entry.person, entry.project, entry.task, entry.minutes) == ("mette", "website", "", 450)
    assert entry.day == dt.date(2026, 1, 26)


def test_rows_of_kimai_become_entries_and_its_row_of_totals_does_not(importing):
    """0.11 h is 6.6 min: 7."""
    found = importing(
        "kimai",
        KIMAI + "2026-06-16,12:00,12:06,0.11,EUR,84,Bo Lind,bo,Kunde,Website,Drift,'=1+1,1,\n"
        ',,,"=SUBTOTAL(9,D2:D2)",,84,,,,,,,,\n',
        tasks={"drift": None},
    )
    assert [(entry.minutes, entry.note) for entry in found.changes] == [(7, "'=1+1")]
    assert list(found.stay_out) == [3]
    assert found.refused == {}


def test_kimai_writes_its_headers_in_danish_too(importing):
    header = "Dato;Fra;Til;Varighed;Navn;Kunde;Projekt;Aktivitet;Beskrivelse\n"
    entry = only(importing("kimai", header + "2026-06-16;22:30;01:00;2:30;Bo Lind;K;Website;;\n"))
    assert (entry.day, entry.minutes, entry.start) == (dt.date(2026, 6, 16), 150, 81000)


def test_any_other_table_is_read_by_its_own_names(importing):
    entry = only(
        importing(
            "csv",
            "Nr;Dag;Hvem;Sag;Minutter;Tekst\n88123;16.3.2026;mette;website;90,5;Nyt\n",
            source="tempo",
            columns={"id": "Nr", "date": "dag", "person": "Hvem", "project": "Sag", "note": "TEKST"},
        )
    )
    assert entry.data == {
        "date": "2026-03-16", "project": "website", "hours": "1h31m", "note": "Nyt", "imported": "tempo-88123"
    }  # fmt: skip


def test_every_column_of_a_tracker_means_something_that_is_known():
    for tracker in (importer for importer in IMPORTERS.values() if isinstance(importer, Hours)):
        assert set(tracker.columns) <= set(get_args(Meaning))
        names = [name for possible in tracker.columns.values() for name in possible]
        assert len(set(names)) == len(names)


# --- times


def test_a_row_without_a_duration_counts_from_beginning_to_end(importing):
    """22:50 to 00:20 is 90 minutes over midnight, and belongs to the day it began."""
    header = "Date,Start,End,Person,Project\n"
    found = importing("csv", header + "2026-03-16,22:50,00:20,bo,website\n2026-03-17,08:00,08:00:29,bo,website\n")
    assert [(entry.minutes, entry.day.day) for entry in found.changes] == [(90, 16)]
    assert found.stay_out[3].msgid == "less than half a minute"


def test_an_end_date_says_how_many_nights_lie_between(importing):
    """From 22:00 on the 16th to 01:30 on the 17th: 210 minutes."""
    header = "Date,Start,End date,End,Person,Project\n"
    assert only(importing("csv", header + "16/03/2026,22:00,17/03/2026,01:30,bo,website\n")).minutes == 210


def test_clock_times_are_rounded_to_a_step_when_asked(importing):
    """08:07 → 08:00 and 09:23 → 09:30 with quarters: 90 minutes, where the row has 76. The exact time is kept."""
    header = "Date,Start,End,Person,Project,Hours\n"
    found = importing("csv", header + "2026-03-16,08:07,09:23,bo,website,1:16\n", step=15)
    assert (only(found).minutes, only(found).seconds) == (90, 4560)


def test_over_midnight_both_times_are_rounded(importing):
    """22:53 → 23:00, 00:10 → 00:15 the next day: 75 minutes; 23:59 → 24:00 is the end of the day."""
    header = "Date,Start,End,Person,Project\n"
    found = importing("csv", header + "2026-03-16,22:53,00:10,bo,website\n2026-03-17,22:00,23:59,bo,website\n", step=15)
    assert [entry.minutes for entry in found.changes] == [75, 120]


def test_without_clock_times_the_duration_is_rounded_to_the_step(importing):
    """1.1 h is 66 minutes: 60 in quarters, for 67.5 is the middle."""
    assert only(importing("csv", PLAIN + "2026-03-16,bo,website,,1.1,\n", step=15)).minutes == 60


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("31/02/2026,bo,website,,1,", "is no day"),
        (",bo,website,,1,", "is no day"),
        ("2026-03-16,bo,website,,,", "neither a duration nor"),
        ("2026-03-16,bo,website,,=1+1,", "'=1+1' is no time"),
        ("2026-03-16,bo,website,,-1,", "less than nothing"),
        ("2026-03-16,bo,website,,24.1,", "24.1h are more than a day has"),
        ("2026-03-16,bo,website,,0,", "less than half a minute"),
        ("2026-03-16,bo,,,1,", "names no project"),
        ("2026-03-16,,website,,1,", "add --person"),
        ("2026-03-16,bø,website,,1,", "nobody is called 'bø'"),
        ("2026-03-16,bo,websiet,,1,", "no project is called 'websiet'"),
        ("2026-03-16,bo,seo,keyword,1,", "has no task called 'keyword'"),
        ("2026-03-16,bo,website,,1", "another number of cells (5) than the header (6)"),
        ("2026-03-16,bo,website,,1,5,x", "another number of cells (7) than the header (6)"),
    ],
)
def test_a_row_that_cannot_be_an_entry_is_named_with_its_reason(importing, row: str, said: str):
    """1,5 in a file with commas makes seven cells of six: all after it have moved."""
    assert said in reason(importing("csv", PLAIN + row + "\n"))


def test_24_hours_are_a_day(importing):
    assert only(importing("csv", PLAIN + "2026-03-16,bo,website,,24,\n")).minutes == 1440


# --- columns


@pytest.mark.parametrize(
    ("header", "given", "said"),
    [
        ("Person,Project,Hours", {}, "no column is known as the date"),
        ("Date,Person,Hours", {}, "no column is known as the project"),
        ("Date,Person,Project", {}, "no column is known as the hours"),
        ("Date,Project,Hours", {}, "no column is known as the person"),
        ("Date,Date,Person,Project,Hours", {}, "stands twice"),
        ("Date,Person,Project,Hours,Minutes", {}, "one for minutes"),
        ("Date,Person,Project,Hours", {"columns": {"task": "Opgave"}}, "column 'Opgave' for task is not in the file"),
    ],
)
def test_a_file_without_the_columns_it_needs_is_refused_whole(importing, header: str, given: dict, said: str):
    with pytest.raises(Refusal) as refused:
        importing("csv", header + "\n", **given)
    assert said in refused.value.msgid % refused.value.values


def test_the_map_says_whether_hours_or_minutes_count(importing):
    text = "Date,Person,Project,Hours,Minutes\n2026-03-16,bo,website,9,30\n"
    assert only(importing("csv", text, columns={"minutes": "Minutes"})).minutes == 30


def test_hours_of_several_people_are_not_one_persons(importing):
    text = PLAIN + "2026-03-16,Anna,website,,1,\n2026-03-16,Otto,website,,1,\n"
    with pytest.raises(Refusal, match="leave --person out"):
        importing("csv", text, person="bo")
    assert only(importing("csv", PLAIN + "2026-03-16,Anna,website,,1,\n", person="bo")).person == "bo"


def test_ambiguous_dates_need_the_option(importing):
    text = PLAIN + "04/03/2026,bo,website,,1,\n"
    with pytest.raises(Refusal, match="--date-format"):
        importing("csv", text)
    assert only(importing("csv", text, order=Order.month_first)).day == dt.date(2026, 4, 3)


def test_letters_that_nobody_sees_are_left_out_and_the_line_is_told(importing):
    found = importing("csv", PLAIN + "2026-03-16,bo,web\u200bsite,,1,a\x00b\u202ec\n2026-03-16,bo,website,,2,ok\n")
    assert [entry.note for entry in found.changes] == ["abc", "ok"]
    assert found.cleaned == [2]


# --- the same row again


def ids(found: Found[Entry]) -> list[str]:
    return [entry.id for entry in found.changes]


def test_the_same_rows_in_other_words_have_the_same_ids(importing):
    """Other order of columns and rows, other dates, 12 hours, no seconds, another length and note: the same work."""
    one = importing(
        "csv",
        "Date,Start,Person,Project,Hours,Note\n"
        "2026-03-14,09:25:31,bo,website,1:30:20,a\n2026-03-14,11:00:00,bo,website,1,b\n",
    )
    other = importing(
        "csv",
        "Note;Hours;Project;Person;Start;Date\nnyt;1;website;Bo Lind;11:00 AM;14.03.2026\n"
        "a;1,5;website;Bo Lind;9:25 AM;14.03.2026\n",
    )
    assert ids(one) == ids(other)[::-1]
    assert len(set(ids(one))) == 2


def test_rows_that_are_the_same_are_numbered_whatever_their_order(importing):
    rows = ["2026-03-16,bo,website,,1,a\n", "2026-03-16,bo,website,,1,a\n", "2026-03-16,bo,website,,1,b\n"]
    one = importing("csv", PLAIN + "".join(rows))
    other = importing("csv", PLAIN + "".join(reversed(rows)))
    assert sorted(ids(one)) == sorted(ids(other))
    assert len(set(ids(one))) == 3
    assert sum(id.endswith("-2") for id in ids(one)) == 1


def test_rows_that_began_in_one_minute_keep_their_ids_in_any_order(importing):
    """The one of an hour is the first in both files, and the one of two hours the second."""
    header, one, two = "Date,Start,Person,Project,Hours\n", "2026-03-16,09:00,bo,seo,1\n", "2026-03-16,09:00,bo,seo,2\n"
    ordered = {entry.minutes: entry.id for entry in importing("csv", header + one + two).changes}
    turned = {entry.minutes: entry.id for entry in importing("csv", header + two + one).changes}
    assert ordered == turned
    assert ordered[120] == f"{ordered[60]}-2"


@pytest.mark.parametrize("changed", ["2026-03-17,bo,website,,1,a", "2026-03-16,mette,website,,1,a",
                                     "2026-03-16,bo,seo,,1,a", "2026-03-16,bo,website,,2,a"])  # fmt: skip
def test_other_work_has_another_id(importing, changed: str):
    assert ids(importing("csv", PLAIN + changed + "\n")) != ids(
        importing("csv", PLAIN + "2026-03-16,bo,website,,1,a\n")
    )


def test_an_id_of_the_row_itself_may_stand_once(importing):
    found = importing("csv", "id,Date,Person,Project,Hours\n7,2026-03-16,bo,website,1\n7,2026-03-17,bo,website,2\n")
    assert ids(found) == ["csv-7"]
    assert found.refused[3].values == {"written": "7", "line": 2}


def test_hours_are_written_as_people_write_them(importing):
    """90 min is 1.5 h, 120 is 2, 81 is 1.35, 80 is 1h20m, 20 is 20m: each is the same minutes when it is read."""
    rows = [f"2026-03-{16 + at},bo,website,,{text}," for at, text in enumerate(["1:30", "2", "1:21", "1:20", "0:20"])]
    found = importing("csv", PLAIN + "\n".join(rows) + "\n")
    assert [entry.data["hours"] for entry in found.changes] == [1.5, 2, 1.35, "1h20m", "20m"]
    assert sum((entry.seconds for entry in found.changes), Fraction()) == (90 + 120 + 81 + 80 + 20) * 60
