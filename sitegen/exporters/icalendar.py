"""iCalendar (RFC 5545): bookings, absences and deadlines as whole days, for the calendar people already look at.

The same records give the same bytes: an event's UID is a hash of what it is about, and its stamp is the day of the
report, not the clock.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from sitegen import formats, messages
from sitegen.metrics.budgets import entries, planned_end
from sitegen.metrics.projects import name_of
from sitegen.tables.projects import build_budgets, walk_tasks
from sitegen.tables.time import DEPARTMENT_AS_PERSON

DAY = dt.timedelta(days=1)
WEEK = 7 * DAY
MOST_OCTETS = 75
"""A line is folded where it would be longer."""

REASONS = {"holiday": "Holiday", "leave": "Leave", "other": "Away"}
"""Why somebody is away, for those who may know; the msgids."""

_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029]")


@dataclass(frozen=True, order=True)
class Event:
    """Something on the days from `start` to the day before `end`. `about` is what it is about, and its identity.

    `busy` is false for what leaves the day free, such as hours booked somewhere in a week. `people` are those in whose
    own calendar it belongs.
    """

    start: dt.date
    end: dt.date
    about: tuple[str, ...]
    summary: str
    category: str
    busy: bool = False
    people: tuple[str, ...] = ()


def bookings(records: Any, lang: str) -> list[Event]:
    """The weeks that work is booked in, one event for each person, week, project and task.

    Bookings that were moved, booked again or dropped are left out: the week they went to has its own. The hours of
    several bookings of the same work are added, later additions among them.
    """
    rows = records.booked
    minutes: dict[tuple[str, dt.date, str, str | None], int] = {}
    columns = (rows[name] for name in ("person", "week", "project", "task", "minutes", "decision"))
    for person, week, project, task, amount, decision in zip(*columns, strict=True):
        if decision is None:
            key = (person, week, project, task)
            minutes[key] = minutes.get(key, 0) + amount
    written = formats.of(lang)
    found = []
    for (person, week, project, task), amount in minutes.items():
        hours = written.value("minutes", amount, full=True)
        text = f"{name_of(records, person)}: {_work(records, project, task)}, {hours}"
        about = ("booked", person, week.isoformat(), project, task or "")
        found.append(Event(week, week + WEEK, about, text, messages.translate(lang, "Booked"), people=(person,)))
    return sorted(found)


def absences(records: Any, lang: str) -> list[Event]:
    """Days and hours away. The reason is said only where the records still hold it; without it one is away.

    Days that follow each other are one event. People who stand for a department are left out: a department is never
    away.
    """
    rows = records.absent
    days: dict[tuple[str, dt.date], tuple[str, int | None]] = {}
    columns = (rows[name] for name in ("person", "day", "reason", "minutes"))
    for person, day, reason, minutes in zip(*columns, strict=True):
        if person.startswith(DEPARTMENT_AS_PERSON):
            continue
        before = days.get((person, day))
        if before is not None:
            reason = before[0]
            minutes = None if minutes is None or before[1] is None else minutes + before[1]
        days[person, day] = (reason or "other", minutes)
    written = formats.of(lang)
    found: list[Event] = []
    for (person, day), (reason, minutes) in sorted(days.items(), key=lambda item: item[0]):
        last = found[-1] if found else None
        text = f"{name_of(records, person)}: {messages.translate(lang, REASONS[reason])}"
        if minutes is None:
            if last is not None and last.busy and last.people == (person,) and last.end == day and last.summary == text:
                found[-1] = Event(last.start, day + DAY, last.about, text, last.category, True, last.people)
                continue
        else:
            text = f"{text}, {written.value('minutes', minutes, full=True)}"
        about = ("absent", person, day.isoformat())
        away = messages.translate(lang, "Away")
        found.append(Event(day, day + DAY, about, text, away, minutes is None, (person,)))
    return sorted(found)


def deadlines(records: Any, as_of: dt.date, lang: str) -> list[Event]:
    """What is due: the unmet deadlines and the last day of each open project, and those of tasks that are not done.

    In a person's own calendar they are those of the projects she owns and the tasks she works on.
    """
    kind = messages.translate(lang, "Deadline")
    baselines = entries(build_budgets(records), as_of)
    found = []
    for project, card in records.projects.items():
        if card.closed is not None and card.closed <= as_of:
            continue
        owner = card.owner.at(as_of) if card.owner is not None else None
        owners = (owner,) if owner else ()
        for number, deadline in enumerate(card.deadlines):
            if deadline.met is None or deadline.met > as_of:
                text = f"{card.name}: {deadline.what}"
                about = ("deadline", project, str(number))
                found.append(Event(deadline.date, deadline.date + DAY, about, text, kind, people=owners))
        end = planned_end(baselines.get(project, ()), card.end, as_of)
        if end is not None:
            text = messages.translate(lang, "%(project)s: last day", {"project": card.name})
            found.append(Event(end, end + DAY, ("end", project), text, kind, people=owners))
        for task, owned, _, _ in walk_tasks(card.tasks):
            done = owned.done.at(as_of) if owned.done is not None else None
            if owned.deadline is not None and done != 10_000:
                text = f"{card.name}: {owned.name}"
                people = tuple(dict.fromkeys((*owners, *owned.people)))
                about = ("task", project, task)
                found.append(Event(owned.deadline, owned.deadline + DAY, about, text, kind, people=people))
    return sorted(found)


def _work(records: Any, project: str, task: str | None) -> str:
    """The project's name, and the task's where there is one."""
    card = records.projects.get(project)
    if card is None:
        return project
    names = {id: owned.name for id, owned, _, _ in walk_tasks(card.tasks)} if task else {}
    return f"{card.name} – {names.get(task, task)}" if task else card.name


def calendar(events: Iterable[Event], as_of: dt.date, name: str, organisation: str) -> bytes:
    """The events as one iCalendar file; `name` is what the reader's program calls it.

    The UID is a hash of the organisation's name and what the event is about, so that an event that changes is changed
    in the reader's calendar, not added again.
    """
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//sitegen//sitegen//EN", "CALSCALE:GREGORIAN"]
    lines += [f"NAME:{escaped(name)}", f"X-WR-CALNAME:{escaped(name)}"]
    for event in events:
        identity = hashlib.sha256("\0".join((organisation, *event.about)).encode()).hexdigest()[:32]
        lines += [
            "BEGIN:VEVENT",
            f"UID:{identity}@sitegen",
            f"DTSTAMP:{as_of:%Y%m%d}T000000Z",
            f"DTSTART;VALUE=DATE:{event.start:%Y%m%d}",
            f"DTEND;VALUE=DATE:{event.end:%Y%m%d}",
            f"SUMMARY:{escaped(event.summary)}",
            f"CATEGORIES:{escaped(event.category)}",
            f"TRANSP:{'OPAQUE' if event.busy else 'TRANSPARENT'}",
            "END:VEVENT",
        ]
    return "".join(f"{part}\r\n" for line in (*lines, "END:VCALENDAR") for part in folded(line)).encode()


def escaped(text: str) -> str:
    """A text as a value has it: backslash, semicolon, comma and line break are written with a backslash."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    for sign, written in (("\\", "\\\\"), (";", "\\;"), (",", "\\,"), ("\n", "\\n")):
        text = text.replace(sign, written)
    return _CONTROL.sub(" ", text)


def folded(line: str) -> Iterator[str]:
    """A line in parts of at most 75 octets, each after the first with a space before it; no letter is cut in two."""
    part, room = "", MOST_OCTETS
    for letter in line:
        width = len(letter.encode())
        if width > room:
            yield part
            part, room = " ", MOST_OCTETS - 1
        part += letter
        room -= width
    yield part


def of_person(events: Sequence[Event], person: str) -> list[Event]:
    """Those that belong in one person's own calendar."""
    return [event for event in events if person in event.people]
