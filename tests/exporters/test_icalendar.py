"""iCalendar (RFC 5545) as another program reads it: unfolded, unescaped, one event for each plan."""

from __future__ import annotations

import datetime as dt
import re
from pathlib import Path

import pytest

from sitegen import audience, records
from sitegen.exporters import icalendar
from sitegen.exporters.icalendar import Event, calendar, escaped, folded
from tests.oracles import company

DAY = dt.date
AS_OF = DAY(2026, 6, 30)
FILES = {
    "organisation.yml": "name: Prøve ApS\ncountry: DK\ncurrency: DKK\nlanguages: [da]\n"
    "reporting_department: marketing\ndepartments: {marketing: {name: Marketing}, sales: {name: Salg}}\n",
    "time/people/ana.yml": "name: Ana Bæk\ndepartment: marketing\n",
    "time/people/bo.yml": "name: Bo\ndepartment: sales\n",
    "time/projects/seo.yml": "name: SEO\ntype: investment\nstart: 2026-01-01\nend: 2026-12-31\nowner: ana\n"
    "tasks:\n  links: {name: Links, deadline: 2026-09-01, done: 50%, people: [bo]}\n"
    "  words: {name: Ord, deadline: 2026-03-01, done: {2026-03-01: 100%}}\n"
    "deadlines:\n  - {date: 2026-08-14, what: 'Ny side, færdig; godkendt'}\n"
    "  - {date: 2026-02-01, what: Gammel, met: 2026-01-31}\n"
    "budget: [{on: 2026-01-01, hours: 10, end: 2026-11-30, why: x}]\n",
    "time/projects/old.yml": "name: Gammelt\ntype: operations\nstart: 2025-01-01\nclosed: 2026-05-01\n"
    "deadlines: [{date: 2026-12-01, what: Aldrig}]\n",
    "time/projects/secret.yml": "name: Opkøb\ntype: operations\nstart: 2025-01-01\nvisible_to: management\n"
    "deadlines: [{date: 2026-12-01, what: Underskrift}]\n",
    "time/weeks/ana/2026-W53.yml": "booked:\n  - {project: seo, task: links, hours: 6}\n"
    "  - {project: seo, task: links, hours: 1.5, added: 2026-12-28}\n"
    "  - {project: seo, hours: 2, instead: {decision: dropped, why: x}}\n"
    "absent:\n  - {date: 2026-12-30, reason: holiday}\n  - {date: 2026-12-31, reason: holiday}\n"
    "  - {date: 2027-01-02, reason: leave, hours: 2}\n",
    "time/weeks/bo/2026-W53.yml": "booked:\n  - {project: seo, hours: 3}\nabsent:\n"
    "  - {date: 2026-12-30, reason: leave}\n",
}


@pytest.fixture(scope="module")
def read(tmp_path_factory: pytest.TempPathFactory) -> records.Records:
    found = records.read(company.write(tmp_path_factory.mktemp("records"), FILES))
    assert [str(problem) for problem in found.problems] == []
    return found.records


def seen(content: bytes) -> list[dict[str, str]]:
    """The events as a calendar program reads them: lines unfolded, values unescaped. Written from the RFC alone."""
    text = content.decode("utf-8")
    assert text.endswith("\r\n") and "\n" not in text.replace("\r\n", "")
    lines = text.replace("\r\n ", "").split("\r\n")[:-1]
    assert lines[0] == "BEGIN:VCALENDAR" and lines[-1] == "END:VCALENDAR" and "VERSION:2.0" in lines
    events: list[dict[str, str]] = []
    for line in lines[1:-1]:
        name, _, value = line.partition(":")
        if line == "BEGIN:VEVENT":
            events.append({})
        elif events and name != "END":
            value = re.sub(r"\\(.)", lambda found: "\n" if found[1] in "nN" else found[1], value)
            events[-1][name.partition(";")[0]] = value
    return events


def summaries(events: list[Event]) -> list[tuple[str, str, str]]:
    return [(event.start.isoformat(), event.end.isoformat(), event.summary) for event in events]


def test_a_booking_is_the_whole_week_and_its_hours_are_added_up(read):
    """6 h and 1.5 h added later are 7.5 h in week 53, from Monday 28 December up to 4 January; the dropped 2 h are
    gone.
    """
    assert summaries(icalendar.bookings(read, "da")) == [
        ("2026-12-28", "2027-01-04", "Ana Bæk: SEO – Links, 7,5\xa0t"),
        ("2026-12-28", "2027-01-04", "Bo: SEO, 3,0\xa0t"),
    ]


def test_days_away_in_a_row_are_one_event_and_hours_leave_the_day_free(read):
    events = icalendar.absences(read, "da")
    assert summaries(events) == [
        ("2026-12-30", "2026-12-31", "Bo: Orlov"),
        ("2026-12-30", "2027-01-01", "Ana Bæk: Ferie"),
        ("2027-01-02", "2027-01-03", "Ana Bæk: Orlov, 2,0\xa0t"),
    ]
    assert [event.busy for event in events] == [True, True, False]


def test_what_is_due_is_unmet_and_of_open_projects(read):
    """The end is that of the newest budget; a task that is done, a deadline that is met and a closed project are not
    due.
    """
    assert summaries(icalendar.deadlines(read, AS_OF, "da")) == [
        ("2026-08-14", "2026-08-15", "SEO: Ny side, færdig; godkendt"),
        ("2026-09-01", "2026-09-02", "SEO: Links"),
        ("2026-11-30", "2026-12-01", "SEO: sidste dag"),
        ("2026-12-01", "2026-12-02", "Opkøb: Underskrift"),
    ]


def test_marketing_sees_away_and_no_reason_and_other_departments_without_names(read):
    """Ana is of the reporting department; Bo is sales: his hours are the department's, and a department is never
    away.
    """
    seen_by = audience.restrict(read, "marketing")
    assert [text for *_, text in summaries(icalendar.absences(seen_by, "da"))] == [
        "Ana Bæk: Fraværende", "Ana Bæk: Fraværende, 2,0\xa0t",
    ]  # fmt: skip
    said = " ".join(text for *_, text in summaries(icalendar.bookings(seen_by, "da")))
    assert "Salg: SEO, 3,0" in said and "Bo" not in said


def test_everyone_sees_deadlines_alone_and_none_that_is_withheld(read):
    seen_by = audience.restrict(read, "everyone")
    assert icalendar.bookings(seen_by, "da") == icalendar.absences(seen_by, "da") == []
    due = [text for *_, text in summaries(icalendar.deadlines(seen_by, AS_OF, "da"))]
    assert "SEO: Links" in due and "Opkøb: Underskrift" not in due
    assert icalendar.of_person(icalendar.deadlines(seen_by, AS_OF, "da"), "bo") == []


def test_a_persons_own_calendar_has_her_projects_and_tasks(read):
    """Ana owns the project; Bo works on one task of it."""
    due = icalendar.deadlines(read, AS_OF, "da")
    assert [event.summary for event in icalendar.of_person(due, "bo")] == ["SEO: Links"]
    assert len(icalendar.of_person(due, "ana")) == 3


def test_another_program_reads_the_days_and_the_texts(read):
    """Commas and semicolons come back, days are whole, the stamp is the day of the report in UTC."""
    event = seen(calendar(icalendar.deadlines(read, AS_OF, "da"), AS_OF, "Frister", "Prøve ApS"))[0]
    assert event["SUMMARY"] == "SEO: Ny side, færdig; godkendt"
    assert (event["DTSTART"], event["DTEND"]) == ("20260814", "20260815")
    assert (event["DTSTAMP"], event["TRANSP"]) == ("20260630T000000Z", "TRANSPARENT")


def test_an_event_keeps_its_identity_when_its_text_changes_and_no_two_share_one(read):
    """A subscribed calendar then changes the event instead of showing both."""
    events = (*icalendar.bookings(read, "da"), *icalendar.absences(read, "da"), *icalendar.deadlines(read, AS_OF, "da"))
    ids = [event["UID"] for event in seen(calendar(events, AS_OF, "x", "Prøve ApS"))]
    english = (
        *icalendar.bookings(read, "en"),
        *icalendar.absences(read, "en"),
        *icalendar.deadlines(read, AS_OF, "en"),
    )
    assert len(set(ids)) == len(ids) == 9
    assert ids == [event["UID"] for event in seen(calendar(english, AS_OF + icalendar.DAY, "y", "Prøve ApS"))]
    assert not set(ids) & {event["UID"] for event in seen(calendar(events, AS_OF, "x", "Anden A/S"))}


def test_the_same_records_are_the_same_bytes(read):
    made = [calendar(icalendar.bookings(read, "da"), AS_OF, "x", "y") for _ in range(2)]
    assert made[0] == made[1]


@pytest.mark.parametrize(
    "text",
    ["a,b;c\\d", "to\nlinjer\r\nog en", "\\n", "æ" * 200, "日本" * 60, "x" * 74, "x" * 75, "x" * 76, "ø" + "x" * 66,
     "END:VEVENT\r\nBEGIN:VALARM", "a\x00\x1bb", "\u2028", ":", '"'],
)  # fmt: skip
def test_any_text_comes_back_and_makes_no_line_of_its_own(text):
    """Control characters become spaces; a line is at most 75 octets, and none is cut inside a letter."""
    made = calendar([Event(AS_OF, AS_OF + icalendar.DAY, ("x",), text, "k")], AS_OF, "n", "o")
    assert all(len(line) <= 75 for line in made.split(b"\r\n"))
    for line in made.split(b"\r\n"):
        line.decode("utf-8")
    (event,) = seen(made)
    wanted = re.sub(r"\r\n?", "\n", text)
    assert event["SUMMARY"] == re.sub(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028]", " ", wanted)
    assert set(event) == {"UID", "DTSTAMP", "DTSTART", "DTEND", "SUMMARY", "CATEGORIES", "TRANSP"}


def test_folding_keeps_every_letter():
    line = "SUMMARY:" + "blåbærgrød " * 30
    parts = list(folded(line))
    assert len(parts) > 4 and parts[0] + "".join(part[1:] for part in parts[1:]) == line
    assert escaped("a,b") == "a\\,b"


def test_generated_companies_are_read_back_event_for_event(tmp_path: Path):
    """Every booking that stands is in it once, with its hours."""
    made = company.read(tmp_path, 4)
    rows = made.booked
    minutes: dict[tuple[str, dt.date, str], int] = {}
    for person, week, project, amount, decision in zip(
        *(rows[name] for name in ("person", "week", "project", "minutes", "decision")), strict=True
    ):
        if decision is None:
            minutes[person, week, project] = minutes.get((person, week, project), 0) + amount
    events = seen(calendar(icalendar.bookings(made, "en"), company.AS_OF, "x", "y"))
    shown = {
        (event["SUMMARY"].split(":")[0].lower(), event["DTSTART"], event["SUMMARY"].split(": ")[1].split(",")[0])
        for event in events
    }
    assert shown == {(person, f"{week:%Y%m%d}", made.projects[project].name) for person, week, project in minutes}
    assert len(events) == len(minutes) > 20
