"""Rows of a time tracker's file → entries of ours; a row that cannot be one is named with its reason."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any

from sitegen.importers import cells, values
from sitegen.importers.importer import Found, Options, StaysOut
from sitegen.importers.sheet import Sheet
from sitegen.importers.tracker import Map, Names, Tracker
from sitegen.importers.values import Order
from sitegen.messages import Refusal
from sitegen.models.amounts import hours_said, hours_text

MOST_MINUTES = 24 * 60
ABOUT = ("client", "project", "project_code", "task")
TELLING = ("id", *ABOUT, "note")
"""The columns that, with the person, the day and the time, tell rows from each other."""


@dataclass(frozen=True)
class Entry:
    """One row as it is to be logged.

    `seconds` is the exact time of the row, `minutes` what is written of it; `cells` what the columns in `TELLING` say.
    """

    line: int
    person: str
    day: dt.date
    project: str
    task: str
    minutes: int
    seconds: Fraction
    note: str
    customer: str
    cells: Mapping[str, str]
    start: int | None = None
    id: str = ""

    def same(self, unread: frozenset[str] = frozenset()) -> tuple[str, ...]:
        """What makes this row the same in another file: its id; or who, when and on what.

        Where the file has the time that work began, its length and note are left out, so that a row that was mended in
        the tracker is still the same; of the time the minute counts, for not every export has seconds.

        Args:
            unread: columns that are taken to be missing.
        """
        cells = {what: "" if what in unread else self.cells[what] for what in TELLING}
        if cells["id"]:
            return (cells["id"],)
        about = (self.person, self.day.isoformat(), *(cells[what] for what in ABOUT))
        if (start := self.began(unread)) is not None:
            return (*about, str(start // 60))
        return (*about, str(self.seconds), cells["note"])

    def began(self, unread: frozenset[str]) -> int | None:
        """The second of the day at which it began; None where nothing says so."""
        return None if "start" in unread else self.start

    @property
    def file(self) -> str:
        """The week's file below the folder of the records."""
        year, week, _ = self.day.isocalendar()
        return f"time/weeks/{self.person}/{year:04d}-W{week:02d}.yml"

    @property
    def data(self) -> dict[str, Any]:
        """The entry as it is written."""
        hours = hours_text(self.minutes)
        written: dict[str, Any] = {"date": self.day.isoformat(), "project": self.project}
        written |= {"task": self.task} if self.task else {}
        written["hours"] = hours if hours[-1] in "hm" else float(hours) if "." in hours else int(hours)
        written |= {key: text for key, text in (("note", self.note), ("customer", self.customer)) if text}
        return written | {"imported": self.id}


@dataclass(frozen=True)
class Reading:
    """How rows are read."""

    tracker: Tracker
    names: Names
    given: Map
    options: Options

    @property
    def source(self) -> str:
        """What the ids of imported rows begin with."""
        return self.given.source or self.tracker.name


def entries(sheet: Sheet, reading: Reading) -> Found[Entry]:
    """The entries of a file.

    Raises:
        Refusal: a column that is needed is missing or stands twice, or the dates can be read in two ways.
    """
    places = columns(sheet.header, reading)
    found = Found[Entry]()
    rows = list(_rows(sheet, places, found))
    order = values.order_of(((line, row["date"]) for line, row in rows), reading.options.order)
    if reading.options.person:
        _one_person(rows)
    for line, row in rows:
        try:
            found.changes.append(_entry(line, row, order, reading))
        except Refusal as refusal:
            found.refuse(line, refusal)
    found.changes = _with_ids(found, reading.source)
    return found


def columns(header: Sequence[str], reading: Reading) -> dict[str, int]:
    """What a column means → its place.

    Raises:
        Refusal: a column that is needed is missing, or stands twice.
    """
    places = cells.columns(header, reading.tracker.columns, reading.given.columns)
    if {"hours", "minutes"} <= places.keys():
        chosen = {"hours", "minutes"} & reading.given.columns.keys()
        if len(chosen) != 1:
            raise Refusal("the file has a column for hours and one for minutes: name in the map the one that counts")
        places = {what: at for what, at in places.items() if what in chosen or what not in ("hours", "minutes")}
    needed = [("date",), ("project", "project_code"), ("hours", "minutes", "start")]
    if not reading.options.person:
        needed.append(("person", "email", "first_name"))
    cells.need(places, needed, header)
    return places


def _rows(sheet: Sheet, places: Mapping[str, int], found: Found[Entry]) -> Iterator[tuple[int, Mapping[str, str]]]:
    """Line, and what means something of each row; sums stay out."""
    for line, row in cells.by_meaning(sheet, places, found):
        if not row["date"] and not row["project"] and not row["project_code"]:
            found.stay_out[line] = StaysOut("the row names neither a day nor a project: a sum, not an entry")
            continue
        yield line, row


def _one_person(rows: Sequence[tuple[int, Mapping[str, str]]]) -> None:
    people = {
        (row["email"] or row["person"] or f"{row['first_name']} {row['last_name']}").casefold() for _, row in rows
    }
    if len(people - {"", " "}) > 1:
        raise Refusal("the file has hours of %(n)s people: leave --person out", n=len(people - {"", " "}))


def _entry(line: int, row: Mapping[str, str], order: Order, reading: Reading) -> Entry:
    names = reading.names
    full_name = f"{row['first_name']} {row['last_name']}".strip()
    person = reading.options.person or names.person(row["email"], row["person"], full_name)
    project, task = names.project(row["client"], row["project"], row["project_code"])
    task = task or names.task(project, row["project"] or row["project_code"], row["task"])
    day = values.sure_day(row["date"], order)
    start = values.clock(row["start"]) if row["start"] else None
    seconds, minutes = _time(row, day, order, reading)
    if seconds < 0:
        raise Refusal("the time is less than nothing: %(written)s", written=(row["hours"] or row["minutes"])[:60])
    if minutes > MOST_MINUTES:
        raise Refusal("%(hours)s are more than a day has", hours=hours_said(minutes))
    if minutes == 0:
        raise StaysOut("less than half a minute")
    told = {what: row[what] for what in TELLING}
    return Entry(
        line, person, day, project, task, minutes, seconds, row["note"], names.customer(row["client"]), told, start
    )


def _time(row: Mapping[str, str], day: dt.date, order: Order, reading: Reading) -> tuple[Fraction, int]:
    """Exact seconds of a row, and the whole minutes that are written: from its duration, else from its two clock times.

    With a step, clock times are rounded to it first, and only a row without them has its duration rounded.
    """
    exact = values.written_time(row["hours"], row["minutes"])
    start, end = values.clock(row["start"]), values.clock(row["end"])
    if exact is None and (not row["start"] or not row["end"]):
        raise Refusal("the row has neither a duration nor a beginning and an end")
    if exact is None and (start is None or end is None):
        raise Refusal("'%(written)s' is no time of the day", written=row["end" if start is not None else "start"][:60])
    later = 0
    if start is not None and end is not None:
        last = values.day(row["end_date"], order) if row["end_date"] else None
        later = (last - day).days if last is not None else int(end < start)
        if exact is None:
            exact = Fraction(end - start + later * values.DAY_SECONDS)
    assert exact is not None
    if not reading.options.step:
        return exact, values.whole_minutes(exact)
    if start is None or end is None:
        return exact, values.nearest_clock(exact, reading.options.step)
    first, last_ = (values.nearest_clock(clock, reading.options.step) for clock in (start, end))
    return exact, last_ - first + later * MOST_MINUTES


def _with_ids(found: Found[Entry], source: str) -> list[Entry]:
    """The entries with the id that they are kept under. The row's own id may stand once only."""
    result: dict[str, Entry] = {}
    for id, entry in sorted(ids(found.changes, source), key=lambda pair: pair[1].line):
        if id in result:
            found.refused[entry.line] = Refusal(
                "the id '%(written)s' stands in line %(line)s too", written=entry.cells["id"][:60], line=result[id].line
            )
        else:
            result[id] = replace(entry, id=id)
    return list(result.values())


def ids(entries: Iterable[Entry], source: str, unread: frozenset[str] = frozenset()) -> Iterator[tuple[str, Entry]]:
    """Id and entry; rows that are the same are numbered, but for those with an id of their own.

    The number goes by the time they began, their length and note, not by their place: another export may sort them
    otherwise.

    Args:
        entries: those of a file.
        source: what the ids begin with.
        unread: columns that are taken to be missing.
    """
    groups: dict[tuple[str, ...], list[Entry]] = defaultdict(list)
    for entry in entries:
        groups[entry.same(unread)].append(entry)
    for same, group in groups.items():
        if len(same) == 1:
            yield from ((f"{source}-{same[0]}", entry) for entry in group)
            continue
        group.sort(
            key=lambda entry: (
                entry.began(unread) or 0,
                entry.seconds,
                "" if "note" in unread else entry.note,
                entry.line,
            )  # fmt: skip
        )
        digest = hashlib.sha256(json.dumps(same, ensure_ascii=False).encode()).hexdigest()[:16]
        for number, entry in enumerate(group, 1):
            yield f"{source}-{digest}" + (f"-{number}" if number > 1 else ""), entry
