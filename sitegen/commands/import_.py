"""`sitegen import FILE --from toggl`: hours from a time tracker's CSV export into the files of the weeks."""

from __future__ import annotations

import sys
from collections import defaultdict
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path

from sitegen import formats, importers, messages, records
from sitegen.commands import importing
from sitegen.commands.language import Voice
from sitegen.commands.telling.verdict import shown
from sitegen.importers import cells, plan, rows, sheet
from sitegen.importers.names import Map, Names
from sitegen.importers.rows import Found
from sitegen.importers.values import Order
from sitegen.messages import Refusal
from sitegen.models.amounts import hours_said
from sitegen.models.time import Logged
from sitegen.problems import nearest
from sitegen.records.writing import item_lines


def run(
    root: Path,
    file: Path,
    tracker: str,
    *,
    map_file: Path | None = None,
    person: str = "",
    order: str | None = None,
    step: int = 0,
    dry_run: bool = False,
) -> int:
    """Import hours.

    Args:
        root: the folder of the records.
        file: the export.
        tracker: whose export it is; a key of `importers.TRACKERS`.
        map_file: what the tracker's names mean here.
        person: whose hours they are, where the file does not say.
        order: `day-first` or `month-first`, where the file alone does not say.
        step: minutes that clock times are rounded to; 0: durations are rounded to whole minutes only.
        dry_run: show the records, and write nothing.

    Returns:
        0; 1 where a row was not imported, or the records would have a mistake (then nothing is written); 2 for a file,
        map or option that cannot be used.
    """
    voice = Voice.of(root)
    try:
        raw = importing.content(file)
        given = importing.given_map(map_file, Map, root, voice)
        read = records.read(root)
        names = Names(read.records, given)
        if unknown := names.unknown_ids():
            raise unknown[0]
        known = frozenset(read.records.people)
        if person and person not in known:
            raise Refusal("no person has the id '%(id)s'", id=person, nearest=nearest(person, known))
        reading = rows.Reading(importers.TRACKERS[tracker], names, given, person, Order(order) if order else None, step)
        table = sheet.read(raw, cells.names(reading.tracker.columns, given.columns))
        found = rows.entries(table, reading)
        planned = plan.plan(root, read, found, reading.source)
    except Refusal as refusal:
        print(f"sitegen: {importing.why(refusal, voice)}", file=sys.stderr)
        return 2
    if planned.wrong:
        importing.tell(root, voice, planned.wrong)
        return 1
    if dry_run:
        _show(root, planned)
    else:
        importing.write(root, planned.texts)
    for line in _summary(file, table, found, planned, voice, dry_run=dry_run):
        print(line)
    return 1 if found.refused else 0


def _show(root: Path, planned: plan.Plan) -> None:
    """The entries as they would be written, file by file."""
    by_file: dict[str, list[rows.Entry]] = defaultdict(list)
    for entry in sorted(planned.entries, key=lambda entry: (entry.file, entry.day, entry.line)):
        by_file[entry.file].append(entry)
    for name, entries in by_file.items():
        print(f"{(root / name).as_posix()}:")
        for entry in entries:
            print("\n".join(shown(line) for line in item_lines(entry.data, Logged, 2)))


def _summary(
    file: Path, table: sheet.Sheet, found: Found, planned: plan.Plan, voice: Voice, *, dry_run: bool
) -> Iterator[str]:
    count = messages.ntranslate(voice.lang, "%(n)s row", "%(n)s rows", len(table.rows))
    yield f"{shown(file.name)}: {count}"
    minutes = sum(entry.minutes for entry in planned.entries)
    files = messages.ntranslate(voice.lang, "%(n)s file", "%(n)s files", len(planned.texts))
    told = voice.say("would be imported") if dry_run else voice.say("imported")
    yield f"  {told}: {len(planned.entries)}" + (f" ({hours_said(minutes)}, {files})" if planned.entries else "")
    if planned.there:
        yield f"  {voice.say('there already')}: {len(planned.there)}"
    yield from importing.counted_reasons(voice.say("left out"), found.stay_out, voice)
    yield from importing.counted_reasons(voice.say("not imported"), found.refused, voice)
    exact = sum((entry.seconds for entry in planned.entries), Fraction())
    if exact != minutes * 60:
        difference = formats.of(voice.lang).number(float(minutes - exact / 60), 2, signed=True)
        yield "  " + voice.say(
            "rounded to minutes: %(read)s in the file, %(written)s written, %(difference)s min in all",
            read=_clock(exact),
            written=_clock(Fraction(minutes * 60)),
            difference=difference,
        )
    yield from importing.cleaned(found.cleaned, voice)
    if planned.gone:
        yield "  " + voice.say(
            "imported earlier for these days and no row of the file now (changed, deleted or filtered away?): %(ids)s",
            ids=", ".join(f"{name} {shown(id)}" for name, id in planned.gone[: importing.MOST_NAMED])
            + (", …" if len(planned.gone) > importing.MOST_NAMED else ""),
        )


def _clock(seconds: Fraction) -> str:
    """Hours, minutes and seconds; a part of a second is rounded for the eye."""
    whole = int(seconds + Fraction(1, 2))
    return f"{whole // 3600}:{whole // 60 % 60:02d}:{whole % 60:02d}"
