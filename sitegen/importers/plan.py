"""What an import of hours would write: the new text of each week's file, found right with all other records before any
of it is. Nothing here changes a record.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from sitegen import yamlfile
from sitegen.importers.checked import MOST_ROUNDS, errors
from sitegen.importers.rows import Entry, Found
from sitegen.messages import Refusal
from sitegen.models.amounts import hours_said
from sitegen.problems import Problem
from sitegen.records import Read
from sitegen.records.entries import with_entries


@dataclass
class Plan:
    """The entries to be written, lines of rows that were imported before, new texts by file, and what hinders.

    `wrong`: errors that no row of the file is the reason of; nothing may be written while there are any. `gone`:
    file and id of entries that were imported from this source for a person and day of the file, and are no row of it
    now: changed or deleted in the tracker, or filtered away.
    """

    entries: list[Entry] = field(default_factory=list)
    there: list[int] = field(default_factory=list)
    texts: dict[str, str] = field(default_factory=dict)
    wrong: list[Problem] = field(default_factory=list)
    gone: list[tuple[str, str]] = field(default_factory=list)


def plan(root: Path, read: Read, found: Found, source: str) -> Plan:
    """Plan to write the entries that are not there yet; rows that cannot be written are refused in `found`.

    Args:
        root: the folder of the records.
        read: what they say now.
        found: the rows of the file.
        source: what the ids of its rows begin with.
    """
    result = Plan(gone=_gone(read, found, source))
    result.entries = _new(read, found, result)
    for _ in range(MOST_ROUNDS):
        result.texts = _texts(root, result, found)
        result.wrong = errors(root, result.texts)
        if not _take_out(result, found):
            return result
    return result


def _new(read: Read, found: Found, result: Plan) -> list[Entry]:
    """The entries whose rows were not imported yet; one that was and has other hours now is refused."""
    rows = read.records.logged
    minutes = {id: worked for id, worked in zip(rows["imported"], rows["minutes"], strict=True) if id is not None}
    new = []
    for entry in found.entries:
        before = minutes.get(entry.imported)
        if before is None:
            new.append(entry)
        elif before == entry.minutes:
            result.there.append(entry.line)
        else:
            found.refuse(
                entry.line,
                Refusal(
                    "the row was imported with %(before)s and has %(now)s now: mend the entry '%(written)s'",
                    before=hours_said(before),
                    now=hours_said(entry.minutes),
                    written=entry.imported,
                ),
            )
    return new


def _gone(read: Read, found: Found, source: str) -> list[tuple[str, str]]:
    rows = read.records.logged
    days = {(entry.person, entry.day) for entry in found.entries}
    ids = {entry.imported for entry in found.entries}
    columns = (rows[name] for name in ("imported", "person", "day", "file"))
    return [
        (rows.files[file], id)
        for id, person, day, file in zip(*columns, strict=True)
        if id is not None and id.startswith(f"{source}-") and (person, day) in days and id not in ids
    ]


def _texts(root: Path, result: Plan, found: Found) -> dict[str, str]:
    """The new text of each file; an entry that cannot be written is refused, and the others of its file are not."""
    by_file: dict[str, list[Entry]] = defaultdict(list)
    for entry in result.entries:
        by_file[entry.file].append(entry)
    texts: dict[str, str] = {}
    for file, entries in sorted(by_file.items()):
        try:
            texts[file] = with_entries(root, file, [entry.data for entry in entries])
        except Refusal:
            left = [entry for entry in entries if _can_be_written(root, entry, found)]
            refused = {entry.imported for entry in entries} - {entry.imported for entry in left}
            result.entries = [entry for entry in result.entries if entry.imported not in refused]
            if left:
                texts[file] = with_entries(root, file, [entry.data for entry in left])
    return texts


def _can_be_written(root: Path, entry: Entry, found: Found) -> bool:
    """Whether an entry alone can; else it is refused."""
    try:
        with_entries(root, entry.file, [entry.data])
    except Refusal as refusal:
        found.refuse(entry.line, refusal)
        return False
    return True


def _take_out(result: Plan, found: Found) -> bool:
    """Refuse the rows that are the reason of an error; whether there were any."""
    lines = {entry.imported: entry for entry in result.entries}
    spoilt: set[str] = set()
    for problem in result.wrong:
        imported = _imported(result.texts, problem)
        if imported in lines:
            spoilt.add(imported)
            found.refuse(lines[imported].line, Refusal(problem.sentence, **problem.values))
    result.entries = [entry for entry in result.entries if entry.imported not in spoilt]
    return bool(spoilt)


def _imported(texts: Mapping[str, str], problem: Problem) -> str:
    """The id of the imported entry that a problem is about; "" where it is about something else."""
    file = problem.place.file
    document = yamlfile.parse(texts.get(file, ""), file)
    logged: Sequence[Mapping[str, str]] = (document.data or {}).get("logged", ()) if not document.problems else ()
    if not logged:
        return ""
    at = bisect_right(document.item_lines("logged"), problem.place.line) - 1
    path = document.place(("logged",), key=True)
    inside = path.line <= problem.place.line and not any(
        path.line < document.place((key,), key=True).line <= problem.place.line for key in document.data
    )
    return str(logged[at].get("imported", "")) if at >= 0 and inside else ""
