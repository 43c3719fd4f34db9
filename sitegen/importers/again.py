"""Rows of hours that were imported earlier: no hour is counted twice because a file is read in another way now.

A row is known by its id (see `rows.Entry.same`), which goes by the columns that are read. So it is looked for under the
ids, too, that it had when fewer columns were: before the map named one, or before its usual name was known here. What
is not found so may still be there, under another column, name or length: where an imported entry of its day is no row
of the file, the row is refused, and a reader says which it is.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Container, Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

from sitegen.importers.importer import Found
from sitegen.importers.rows import TELLING, Entry, ids
from sitegen.messages import Refusal
from sitegen.models.amounts import hours_said
from sitegen.records.rows import Rows

KEPT = ("client", "task", "note")
"""Columns that an entry keeps something of."""


@dataclass(frozen=True)
class Earlier:
    """An entry that was imported."""

    id: str
    project: str
    minutes: int
    person: str
    day: dt.date
    file: str


def leave_out(found: Found[Entry], logged: Rows, source: str, *, similar: bool) -> None:
    """Keep the entries whose rows were not imported yet.

    Args:
        found: what came of the rows.
        logged: the entries that there are.
        source: what the ids of the rows begin with.
        similar: rows that may be there already, as other rows, are new ones.
    """
    days: dict[tuple[str, dt.date], list[Entry]] = defaultdict(list)
    for entry in found.changes:
        days[entry.person, entry.day].append(entry)
    earlier = _earlier(logged, days.keys())
    found.changes = []
    gone: list[Earlier] = []
    elsewhere: list[Earlier] = []
    for day, rows in days.items():
        left = {one.id: one for one in earlier[day]}
        found.changes += _new(found, rows, left, source)
        for one in left.values():
            (gone if one.id.startswith(f"{source}-") else elsewhere).append(one)
    found.gone = [(one.file, one.id) for one in gone]
    refused = {} if similar else _perhaps(found.changes, gone, elsewhere)
    found.refused |= refused
    found.changes = sorted(
        (entry for entry in found.changes if entry.line not in refused), key=lambda entry: entry.line
    )


def _earlier(logged: Rows, days: Container[tuple[str, dt.date]]) -> dict[tuple[str, dt.date], list[Earlier]]:
    """The entries of some days that were imported, by person and day."""
    found: dict[tuple[str, dt.date], list[Earlier]] = defaultdict(list)
    columns = (logged[name] for name in ("imported", "person", "day", "project", "minutes", "file"))
    for id, person, day, project, minutes, file in zip(*columns, strict=True):
        if id is not None and (person, day) in days:
            found[person, day].append(Earlier(id, project, minutes, person, day, logged.files[file]))
    return found


def _new(found: Found[Entry], rows: Sequence[Entry], left: dict[str, Earlier], source: str) -> list[Entry]:
    """The rows of a person's day that were not imported; what the others were imported as is taken out of `left`.

    The ids that most rows are known by are those that the day was imported with.
    """
    as_now = {entry.line: entry.id for entry in rows}
    readings = [(frozenset[str](), as_now)]
    if not left.keys() <= set(as_now.values()) and not left.keys() >= set(as_now.values()):
        readings = [(unread, {entry.line: id for id, entry in ids(rows, source, unread)}) for unread in _fewer(rows)]
        readings.sort(key=lambda reading: (-len(left.keys() & set(reading[1].values())), len(reading[0])))
    waiting = {entry.line: entry for entry in rows}
    for unread, id_of in readings:
        for line, entry in list(waiting.items()):
            if before := left.pop(id_of[line], None):
                _settle(found, entry, before)
                if less := tuple(what for what in KEPT if what in unread and _kept(entry, what)):
                    found.less[line] = less
                del waiting[line]
    for _, id_of in readings if left else ():
        for line, entry in list(waiting.items()):
            if before := _elsewhere(entry, id_of[line].removeprefix(source), left.values()):
                found.refused[line] = Refusal(
                    "the row was imported from another source, as '%(written)s'", written=left.pop(before.id).id
                )
                del waiting[line]
    return list(waiting.values())


def _settle(found: Found[Entry], entry: Entry, before: Earlier) -> None:
    """Keep the line of a row that was imported; one that has other hours now is refused."""
    if before.minutes == entry.minutes:
        found.there.append(entry.line)
    else:
        found.refused[entry.line] = Refusal(
            "the row was imported with %(before)s and has %(now)s now: mend the entry '%(written)s'",
            before=hours_said(before.minutes),
            now=hours_said(entry.minutes),
            written=before.id,
        )


def _fewer(rows: Sequence[Entry]) -> Iterator[frozenset[str]]:
    """The columns that may not have been read: none, then all sets of them that make a row another one."""
    filled = [what for what in TELLING if what != "project" and any(entry.cells[what] for entry in rows)]
    filled += ["start"] if any(entry.start is not None for entry in rows) else []
    ids_alone = all(entry.cells["id"] for entry in rows)
    clocks = all(entry.start is not None for entry in rows)
    for number in range(len(filled) + 1):
        for unread in map(frozenset, combinations(filled, number)):
            of_no_account = (ids_alone and unread and "id" not in unread) or (
                clocks and "note" in unread and "start" not in unread
            )
            if not of_no_account:
                yield unread


def _kept(entry: Entry, what: str) -> bool:
    return bool(entry.customer if what == "client" else entry.task if what == "task" else entry.note)


def _elsewhere(entry: Entry, ending: str, there: Iterable[Earlier]) -> Earlier | None:
    """The entry of the same project and hours whose id ends as a row's does, and begins otherwise."""
    same = (entry.project, entry.minutes)
    return next((one for one in there if one.id.endswith(ending) and (one.project, one.minutes) == same), None)


def _perhaps(new: Sequence[Entry], gone: Sequence[Earlier], elsewhere: Sequence[Earlier]) -> dict[int, Refusal]:
    """The rows that may be entries which are no row of the file now, with the reason why they are refused.

    Of the same project, each such entry hinders one row: it may have another note, task or length now. Of another
    project only where every entry finds a row of the same length: where some have none, the file is about another part
    of the work. So it is with entries from other sources of the same project and length: where some have none, it is
    another account.
    """
    project = Refusal(
        "an entry of the same person, day and project was imported earlier and is no row of this file: is it this row? "
        "Then leave it, or delete the entry and import again; were both worked, add --similar"
    )
    other = Refusal(
        "an entry of the same person, day and hours, on another project, was imported earlier and is no row of this "
        "file: is it this row? Then leave it, or delete the entry and import again; were both worked, add --similar"
    )
    source = Refusal(
        "an entry of the same person, day, project and hours was imported from another source: is it this row? Then "
        "leave it, or delete the entry and import again; were both worked, add --similar"
    )
    found: dict[int, Refusal] = {}
    for same, why in (
        (_length_and_project, project),
        (_project, project),
        (_length, other),
        (_length_and_project, source),
    ):
        pairs = _pairs(new, elsewhere if why is source else gone, same)
        if len(pairs) < {other: len(gone), source: len(elsewhere)}.get(why, 0):
            continue
        found |= {entry.line: why for entry, _ in pairs}
        taken = {one.id for _, one in pairs}
        new = [entry for entry in new if entry.line not in found]
        gone = [one for one in gone if one.id not in taken]
    return found


def _length_and_project(one: Entry | Earlier) -> Hashable:
    return one.person, one.day, one.project, one.minutes


def _project(one: Entry | Earlier) -> Hashable:
    return one.person, one.day, one.project


def _length(one: Entry | Earlier) -> Hashable:
    return one.person, one.day, one.minutes


def _pairs(
    new: Sequence[Entry], gone: Sequence[Earlier], key: Callable[[Entry | Earlier], Hashable]
) -> list[tuple[Entry, Earlier]]:
    """Rows and entries that agree in something, each once."""
    by_key: dict[Hashable, list[Earlier]] = defaultdict(list)
    for one in reversed(gone):
        by_key[key(one)].append(one)
    return [(entry, by_key[key(entry)].pop()) for entry in new if by_key[key(entry)]]
