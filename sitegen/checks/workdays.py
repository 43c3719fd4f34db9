"""What people worked, beside what they were to: days off, absence, days without hours, rates, plans, coarse tasks."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Iterator
from functools import cache
from itertools import pairwise
from typing import Any

from sitegen.checks.files import Files
from sitegen.periods import WEEKDAYS, Calendar
from sitegen.problems import Problem
from sitegen.records import Read

COARSE_WEEKS = 13
"""So many complete weeks before the day of computing are looked at for tasks that are too coarse."""
COARSE_LEAST = 4
"""In so many of them somebody must have logged: fewer are no habit yet."""
FAR_OFF = dt.timedelta(weeks=26)
"""A day further from the last one before it that anybody logged on is perhaps one of another year."""
_SETTLED = 20
"""With so many days of work after such a gap the company was away for long, and nobody mistook the year."""
_DAYS = tuple(dt.timedelta(days=at) for at in range(7))


def work_on_days_off(read: Read, files: Files) -> Iterator[Problem]:
    """Hours on a weekend that is no working day of the person, or on a public holiday or closed day: once a file."""
    organisation = read.records.organisation
    if organisation is None or files.sources["organisation", ""] in read.wrong_files:
        return
    day_off = _days_off(organisation)
    rows = read.records.logged
    off = {day: day_off(day) for day in set(rows["day"])}
    off = {day: name for day, name in off.items() if name is not None or day.weekday() > 4}
    if not off:
        return
    told: set[tuple[int, str]] = set()
    people = read.index.ids("person")
    for at, (person, day, file) in enumerate(zip(rows["person"], rows["day"], rows["file"], strict=True)):
        if day not in off:
            continue
        name = off[day]
        if name is None and person not in people:
            continue  # when she works is not known
        code = "weekend-work" if name is None else "holiday-work"
        if (file, code) in told or (name is None and day.weekday() in _weekdays(read, person, day)):
            continue
        found = files.problem(
            code, rows.files[file], _entry(read, files, at), id=person, written=day.isoformat(), name=name or ""
        )
        if not files.has_mistake(found.place):  # the date is perhaps what was wrong
            told.add((file, code))
            yield found


def work_while_absent(read: Read, files: Files) -> Iterator[Problem]:
    """Hours on a day on which the person was away all day."""
    absent, rows = read.records.absent, read.records.logged
    away = {
        (person, day): at
        for at, (person, day, minutes) in enumerate(
            zip(absent["person"], absent["day"], absent["minutes"], strict=True)
        )
        if minutes is None
    }
    worked = {(person, day) for person, day in away if day in read.days_logged.get(person, ())}
    if not worked:
        return
    for at, (person, day) in enumerate(zip(rows["person"], rows["day"], strict=True)):
        if (person, day) not in worked:
            continue
        worked.remove((person, day))
        there = away[person, day]
        name = absent.files[absent["file"][there]]
        position = files.item_at(name, "absent", absent["line"][there])
        yield files.problem(
            "work-while-absent", rows.files[rows["file"][at]], _entry(read, files, at),
            id=person, written=day.isoformat(), also=(files.place(name, ("absent", position)),),
        )  # fmt: skip


def far_off_days(read: Read, files: Files) -> Iterator[Problem]:
    """A day with hours more than 26 weeks after the last one before it on which anybody logged.

    Nothing is told once the company has logged on twenty days from then on.
    """
    rows = read.records.logged
    days = sorted(set(rows["day"]))
    for at, (before, day) in enumerate(pairwise(days), 1):
        if day - before > FAR_OFF and len(days) - at < _SETTLED:
            row = rows["day"].index(day)
            meant = day_nearer(day, before)
            found = files.problem(
                "far-off-day", rows.files[rows["file"][row]], _entry(read, files, row), written=day.isoformat(),
                before=before.isoformat(), nearest=meant.isoformat() if meant else "",
                week=f"{meant:%G-W%V}" if meant else "",
            )  # fmt: skip
            if not files.has_mistake(found.place):
                yield found


def day_nearer(day: dt.date, before: dt.date) -> dt.date | None:
    """The same day of a year in which it is no longer far from the day before it; None where there is none."""
    for year in (before.year, before.year + 1):
        try:
            found = day.replace(year=year)
        except ValueError:  # 29 February
            continue
        if abs(found - before) <= FAR_OFF:
            return found
    return None


def days_not_logged(read: Read, files: Files, as_of: dt.date) -> Iterator[Problem]:
    """Working days without hours or absence, in weeks that are over, have hours, and have nothing else wrong.

    A working day is one of the person's, on which she was employed and the company was not closed; none comes before
    the first day on which anybody logged.
    """
    organisation = read.records.organisation
    rows, absent = read.records.logged, read.records.absent
    if organisation is None or not len(rows) or files.sources["organisation", ""] in read.wrong_files:
        return  # a day on which the company is closed is perhaps what was wrong
    day_off = _days_off(organisation)
    first = min(rows["day"])
    away: dict[str, set[dt.date]] = defaultdict(set)
    for person, day, minutes in zip(absent["person"], absent["day"], absent["minutes"], strict=True):
        if minutes is None:
            away[person].add(day)
    known = read.index.ids("person")

    @cache
    def working(monday: dt.date, weekdays: frozenset[int]) -> frozenset[dt.date]:
        days = (monday + _DAYS[weekday] for weekday in weekdays)
        return frozenset(day for day in days if day >= first and day_off(day) is None)

    sure = {person for person in known if files.sources["person", person] not in read.wrong_files}
    always = {person: _always(read, person) for person in sure}
    for person, monday, file in _weeks(read):
        sunday = monday + _DAYS[6]
        if sunday >= as_of or file in read.wrong_files or person not in sure:
            continue
        weekdays = always[person] or _weekdays(read, person, monday) | _weekdays(read, person, sunday)
        missing = working(monday, weekdays) - read.days_logged[person] - away[person]
        if not missing:
            continue
        life = read.index.definition("person", person)
        days = [
            day.isoformat()
            for day in sorted(missing)
            if day.weekday() in _weekdays(read, person, day)
            and (
                life is None
                or ((life.since is None or day >= life.since) and (life.until is None or day <= life.until))
            )
        ]
        if days:
            yield files.problem("day-not-logged", file, ("logged",), key=True, written=", ".join(days))


def missing_rates(read: Read, files: Files) -> Iterator[Problem]:
    """Hours of a person before her first rate, or without any where others have one: once a person."""
    people = read.records.people
    if not any(person.internal_rate for person in people.values()):
        return
    for id, day in sorted((person, min(days)) for person, days in read.days_logged.items()):
        if id not in people or files.sources["person", id] in read.wrong_files:
            continue
        if people[id].internal_rate is None or people[id].internal_rate.at(day) is None:
            path = ("internal_rate",) if people[id].internal_rate else ("name",)
            yield files.problem("rate-missing", ("person", id), path, key=True, id=id, day=day.isoformat())


def unplanned_without_asker(read: Read, files: Files) -> Iterator[Problem]:
    """Hours on a project that nobody booked for a week that was planned, without who asked: once a file."""
    rows, booked = read.records.logged, read.records.booked
    planned: dict[str, set[str]] = {}
    booked_on, added, planned_on = booked["project"], booked["added"], booked["planned"]
    for number, start, end in booked.spans():
        projects = booked_on[start:end]
        if planned_on[start] is None:
            projects = [id for id, when in zip(projects, added[start:end], strict=True) if when is None]
        if projects:
            planned[booked.files[number]] = set(projects)
    known = read.index.ids("project")
    sure = {file for file, projects in planned.items() if projects <= known and file not in read.wrong_files}
    expected = [planned[file] if file in sure else None for file in rows.files]
    project, asked = rows["project"], rows["asked_by"]
    for number, start, end, _, _ in read.logged_files:
        held = expected[number]
        if held is None or held.issuperset(project[start:end]):
            continue
        beside = known - held
        at = next((at for at in range(start, end) if asked[at] is None and project[at] in beside), None)
        if at is not None:
            yield files.problem("nobody-asked", rows.files[number], _entry(read, files, at, "project"), id=project[at])


def coarse_projects(read: Read, files: Files, as_of: dt.date) -> Iterator[Problem]:
    """A project that is logged on as a whole, and takes more than the limit of a person's hours.

    Of the last 13 complete weeks, for who logged in four of them; the limit is `warn_when.coarse_task_share`. The
    report on time shows every task above it; this names those that nobody can act on, for nobody says what was done.
    """
    organisation = read.records.organisation
    if organisation is None:
        return
    end = as_of + dt.timedelta(days=1)
    end -= dt.timedelta(days=end.weekday())
    start = end - COARSE_WEEKS * dt.timedelta(weeks=1)
    rows = read.records.logged
    totals: dict[str, int] = defaultdict(int)
    whole: dict[tuple[str, str], int] = defaultdict(int)
    weeks: dict[str, set[int]] = defaultdict(set)
    days, tasks, hours = rows["day"], rows["task"], rows["minutes"]
    for _, above, below, first, last in read.logged_files:
        if last < start or end <= first:
            continue
        person = rows["person"][above]
        for at in range(above, below):
            if start <= days[at] < end:
                totals[person] += hours[at]
                weeks[person].add((days[at] - start).days // 7)
                if tasks[at] is None:
                    whole[person, rows["project"][at]] += hours[at]
    limit = organisation.warn_when.coarse_task_share
    for (person, project), minutes in sorted(whole.items()):
        if len(weeks[person]) < COARSE_LEAST:
            continue
        if minutes * 10_000 > limit * totals[person] and ("project", project) in read.records.sources:
            yield files.problem(
                "too-coarse", ("project", project), ("name",), id=project, person=person, weeks=COARSE_WEEKS,
                written=f"{(200 * minutes + totals[person]) // (2 * totals[person])} %",  # half-up, as everywhere (G10)
            )  # fmt: skip


def _days_off(organisation: Any) -> Callable[[dt.date], str | None]:
    """Day → the name of the public holiday, or why the company is closed (else its dates); None for other days."""
    calendar = Calendar.of(organisation)

    def name(day: dt.date) -> str | None:
        for closed in organisation.closed:
            if closed.from_ <= day <= closed.to:
                return str(closed.reason or f"{closed.from_}–{closed.to}")
        return calendar.holiday(day)

    return name


def _entry(read: Read, files: Files, at: int, key: str = "date") -> tuple[str | int, ...]:
    """The path of a key of a row's entry."""
    rows = read.records.logged
    return ("logged", files.item_at(rows.files[rows["file"][at]], "logged", rows["line"][at]), key)


def _weeks(read: Read) -> Iterator[tuple[str, dt.date, str]]:
    """(person, Monday, file) of each file with hours."""
    rows = read.records.logged
    for number, start, _, day, _ in read.logged_files:
        yield rows["person"][start], day - _DAYS[day.weekday()], rows.files[number]


def _always(read: Read, person: str) -> frozenset[int] | None:
    """The weekdays on which a person works, where they never changed."""
    card: Any = read.records.people.get(person)
    for dated in (card.working_days if card is not None else None, read.records.organisation.working_days):
        if dated is not None and (len(dated.spans) > 1 or dated.spans[0][0] is not None):
            return None
    return _weekdays(read, person, dt.date.max)


def _weekdays(read: Read, person: str, day: dt.date) -> frozenset[int]:
    """The weekdays (0 = Monday) on which a person works: her own, else the organisation's, else Monday to Friday."""
    card: Any = read.records.people.get(person)
    for dated in (card.working_days if card is not None else None, read.records.organisation.working_days):
        held = dated.at(day) if dated is not None else None
        if held:
            return _numbers(tuple(held))
    return frozenset(range(5))


@cache
def _numbers(names: tuple[str, ...]) -> frozenset[int]:
    return frozenset(map(WEEKDAYS.index, names))
