"""Weeks, people and projects."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from itertools import accumulate
from operator import sub
from typing import Any

from sitegen.checks.files import Files
from sitegen.problems import Problem
from sitegen.records import Definition, Read

DAY = 24 * 60
_ON_CLOCKS = {9: 15, 18: 30, 27: 45}
"""The minutes that .15, .30 and .45 of an hour are → the minutes that they look like."""
_ONLY_ON_CLOCKS = frozenset({9, 27})
_HALF = 30
"""7.5 hours are a working day, also to who writes 1.45 for what is left of one."""
_A_HABIT = 3


def logged_hours(read: Read, files: Files) -> Iterator[Problem]:
    """Entries of no hours, and days on which somebody worked more than 24 hours."""
    rows = read.records.logged
    minutes, line, day = rows["minutes"], rows["line"], rows["day"]
    for number, start, end, _, _ in read.logged_files:
        worked, days = minutes[start:end], day[start:end]
        if 0 in worked or _most_a_day(days, worked) > DAY:
            name = rows.files[number]
            sums: dict[dt.date, int] = defaultdict(int)
            for at in range(start, end):
                before, total = sums[day[at]], sums[day[at]] + minutes[at]
                sums[day[at]] = total
                path = ("logged", files.item_at(name, "logged", line[at]), "hours")
                if minutes[at] == 0:
                    yield files.problem("no-hours", name, path)
                elif total > DAY >= before:
                    values = {"hours": f"{total / 60:g}", "day": day[at].isoformat()}
                    yield files.problem("more-than-a-day", name, path, **values)


def _most_a_day(days: Sequence[dt.date], minutes: Sequence[int]) -> int:
    """The most minutes of a day; more than that, perhaps, where a day's entries do not stand together."""
    sums = list(dict(zip(days, accumulate(minutes), strict=True)).values())  # up to and with each day, where they do
    if sums != sorted(sums):
        return sum(minutes)
    return max(map(sub, sums, (0, *sums)))


def clock_hours(read: Read, files: Files) -> Iterator[Problem]:
    """Hours written as on a clock, 1.45 for 1 hour and 45 minutes: once a person.

    Told of who has no other parts of an hour than .15, .30, .45 and .5, the first or third of them three times. What
    was imported was not written by anybody.
    """
    rows = read.records.logged
    if not any(minutes % 60 in _ONLY_ON_CLOCKS for minutes in set(rows["minutes"])):
        return
    parts: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for at, (person, minutes, imported) in enumerate(
        zip(rows["person"], rows["minutes"], rows["imported"], strict=True)
    ):
        if imported is None and minutes % 60:
            parts[person].append((minutes % 60, at))
    for person, found in parts.items():
        told = [at for part, at in found if part in _ONLY_ON_CLOCKS]
        if len(told) < _A_HABIT or any(part not in _ON_CLOCKS and part != _HALF for part, _ in found):
            continue
        name, minutes = rows.files[rows["file"][told[0]]], rows["minutes"][told[0]]
        hours, clock = minutes // 60, _ON_CLOCKS[minutes % 60]
        yield files.problem(
            "clock-hours", name, ("logged", files.item_at(name, "logged", rows["line"][told[0]]), "hours"), id=person,
            written=f"{minutes / 60:.2f}", read=f"{hours}h{minutes % 60:02}m", meant=f"{hours}h{clock}m",
            repair=f"{(hours * 60 + clock) / 60:g}",
        )  # fmt: skip


def hours_outside_project(read: Read, files: Files) -> Iterator[Problem]:
    """Hours on a day before the project's start or after it was closed, once a file and project."""
    rows = read.records.logged
    ids, days = rows["project"], rows["day"]
    lives = _shorter_than(read, "project", days)
    alive = {id: (life.since or dt.date.min, life.until or dt.date.max) for id, life in lives.items()}
    always = dt.date.min, dt.date.max

    @cache
    def partly(first: dt.date, last: dt.date) -> frozenset[str]:
        """The projects that there were not on all of the days."""
        return frozenset(id for id, (since, until) in alive.items() if first < since or until < last)

    for number, start, end, first, last in read.logged_files:
        if partly(first, last).isdisjoint(ids[start:end]):
            continue
        told: set[str] = set()
        for at in range(start, end):
            project, day = ids[at], days[at]
            since, until = alive.get(project, always)
            if since <= day <= until or project in told:
                continue
            told.add(project)
            early, life = day < since, lives[project]
            name = rows.files[number]
            path = ("logged", files.item_at(name, "logged", rows["line"][at]), "date")
            limit = life.since if early else life.until
            code = "before-project" if early else "after-project"
            limit_place = files.written_place(life.place.file, ("start" if early else "closed",))
            yield files.problem(
                code, name, path, id=project, written=day.isoformat(), limit=str(limit), also=(limit_place,)
            )


def hours_outside_employment(read: Read, files: Files) -> Iterator[Problem]:
    """Hours on a day on which the person was not employed, once a file."""
    rows = read.records.logged
    days = rows["day"]
    lives = _shorter_than(read, "person", days)
    for number, start, end, first, last in read.logged_files:
        person = rows["person"][start]
        life = lives.get(person)
        if life is None:
            continue
        since, until = life.since or dt.date.min, life.until or dt.date.max
        if since <= first and last <= until:
            continue
        at = next(at for at in range(start, end) if not since <= days[at] <= until)
        name = rows.files[number]
        path = ("logged", files.item_at(name, "logged", rows["line"][at]), "date")
        employed = files.written_place(life.place.file, ("employed", "from" if days[at] < since else "to"))
        yield files.problem("not-employed", name, path, id=person, written=days[at].isoformat(), also=(employed,))


def _shorter_than(read: Read, kind: str, days: Sequence[dt.date]) -> dict[str, Definition]:
    """Of each id of a kind where it is defined, if its life begins after the first or ends before the last of days."""
    if not days:
        return {}
    first, last = min(days), max(days)
    lives = {id: read.index.definition(kind, id) for id in read.index.ids(kind)}
    return {
        id: life
        for id, life in lives.items()
        if life is not None
        and ((life.since is not None and life.since > first) or (life.until is not None and life.until < last))
    }


def imported_twice(read: Read, files: Files) -> Iterator[Problem]:
    """The same imported row in two entries."""
    rows = read.records.logged
    first: dict[str, int] = {}
    if not any(rows["imported"]):
        return
    for at, source in enumerate(rows["imported"]):
        if source is None:
            continue
        if source not in first:
            first[source] = at
            continue
        places = []
        for row in (first[source], at):
            name = rows.files[rows["file"][row]]
            places.append(files.place(name, ("logged", files.item_at(name, "logged", rows["line"][row]), "imported")))
        yield Problem("imported-twice", places[1], {"written": source}, also=(places[0],))


def projects(read: Read, files: Files) -> Iterator[Problem]:
    """Investments have an end, a budget and in the end an evaluation; budget entries are in order."""
    for id, project in read.records.projects.items():
        source = ("project", id)
        if "investment" in project.type.values and files.sources[source] not in read.wrong_files:
            if project.end is None and not any(entry.end for entry in project.budget):
                yield files.problem("investment-without-end", source, ("type",), id=id)
            if not any(entry.minutes for entry in project.budget):
                yield files.problem("investment-without-budget", source, ("type",), id=id)
            if project.closed is not None and project.evaluation is None:
                yield files.problem("no-evaluation", source, ("closed",), id=id)
        for at in range(1, len(project.budget)):
            if project.budget[at].on < project.budget[at - 1].on:
                path = ("budget", at, "on")
                before = files.place(source, ("budget", at - 1, "on"))
                yield files.problem(
                    "budget-order", source, path, written=project.budget[at].on.isoformat(), also=(before,)
                )
        if project.evaluation is not None and project.plan_activity is not None:
            for name in ("expected", "achieved"):
                if getattr(project.evaluation, name):
                    where = ("evaluation", name)
                    yield files.problem(
                        "effect-twice", source, where, key=True, key_name=name, id=project.plan_activity
                    )


def followed_in_a_circle(read: Read, files: Files) -> Iterator[Problem]:
    """Projects that succeed each other in a circle."""
    after = {id: project.succeeds for id, project in read.records.projects.items() if project.succeeds}
    for id in circles(after):
        yield files.problem("succeeds-circle", ("project", id), ("succeeds",), id=id)


def circles(above: Mapping[str, Any]) -> list[str]:
    """Of each circle of a child → parent map, the first id in the alphabet."""
    found: set[str] = set()
    done: set[str] = set()
    for start in above:
        seen: list[str] = []
        at: Any = start
        while at in above and at not in done and at not in seen:
            seen.append(at)
            at = above[at]
        if at in seen:
            found.add(min(seen[seen.index(at) :]))
        done.update(seen)
    return sorted(found)
