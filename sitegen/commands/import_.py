"""`sitegen import FILE --from toggl`: hours from a time tracker's CSV export into the files of the weeks."""

from __future__ import annotations

import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from fractions import Fraction
from pathlib import Path

from sitegen import formats, importers, messages, records
from sitegen.commands.fmt import replace_file
from sitegen.commands.language import Voice
from sitegen.commands.telling.verdict import Teller, shown
from sitegen.importers import plan, rows, sheet
from sitegen.importers.names import Map, Names, read_map
from sitegen.importers.rows import Found
from sitegen.importers.values import Order
from sitegen.messages import Refusal
from sitegen.models.amounts import hours_said
from sitegen.models.time import Logged
from sitegen.problems import Problem, nearest
from sitegen.records.writing import item_lines

MOST_SHOWN = 300
"""So many letters of a cell are shown in a reason."""
MOST_NAMED = 10
"""So many entries are named one by one."""


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
        raw = _bytes(file)
        given = _map(map_file, root, voice)
        read = records.read(root)
        names = Names(read.records, given)
        if unknown := names.unknown_ids():
            raise unknown[0]
        known = frozenset(read.records.people)
        if person and person not in known:
            raise Refusal("no person has the id '%(id)s'", id=person, nearest=nearest(person, known))
        reading = rows.Reading(importers.TRACKERS[tracker], names, given, person, Order(order) if order else None, step)
        table = sheet.read(raw, _known(reading))
        found = rows.entries(table, reading)
        planned = plan.plan(root, read, found, reading.source)
    except Refusal as refusal:
        print(f"sitegen: {_why(refusal, voice)}", file=sys.stderr)
        return 2
    if planned.wrong:
        _tell(root, voice, planned.wrong)
        return 1
    if dry_run:
        _show(root, planned)
    else:
        for name, text in planned.texts.items():
            (root / name).parent.mkdir(parents=True, exist_ok=True)
            replace_file(root / name, text)
    for line in _summary(file, table, found, planned, voice, dry_run=dry_run):
        print(line)
    return 1 if found.refused else 0


def _bytes(file: Path) -> bytes:
    try:
        with file.open("rb") as opened:
            return opened.read(sheet.MOST_BYTES + 1)
    except OSError as error:
        raise Refusal("%(path)s cannot be read: %(why)s", path=str(file), why=error.strerror or "") from None


def _map(file: Path | None, root: Path, voice: Voice) -> Map:
    if file is None:
        return Map()
    given, problems = read_map(file)
    if problems:
        teller = Teller(root, voice.lang, "management")
        first = problems[0]
        raise Refusal(
            "%(place)s: %(sentence)s",
            place=f"{file.as_posix()}:{first.place.line}:{first.place.column}",
            sentence=teller.sentence(first) + (f" ({teller.hint(first)})" if teller.hint(first) else ""),
        )
    return given


def _known(reading: rows.Reading) -> frozenset[str]:
    """Names that a column may have."""
    names = {name for possible in reading.tracker.columns.values() for name in possible}
    return frozenset(names | {sheet.folded(name) for name in reading.given.columns.values()})


def _why(refusal: Refusal, voice: Voice) -> str:
    """The reason as a line: what a cell says is cut where it is long, and can do nothing to a terminal."""
    values = {name: value[:MOST_SHOWN] if isinstance(value, str) else value for name, value in refusal.values.items()}
    told = shown(voice.say(refusal.msgid, **values))
    near = refusal.values.get("nearest")
    return told + ("; " + voice.say("did you mean '%(nearest)s'?", nearest=near) if near else "")


def _tell(root: Path, voice: Voice, wrong: Iterable[Problem]) -> None:
    teller = Teller(root, voice.lang, "management")
    for problem in wrong:
        print(f"{teller.where(problem.place)}: {problem.code} {teller.sentence(problem)}", file=sys.stderr)
    print(f"sitegen: {voice.say('nothing was written')}", file=sys.stderr)


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
    for heading, reasons in (
        (voice.say("left out"), found.stay_out),
        (voice.say("not imported"), found.refused),
    ):
        if reasons:
            yield f"  {heading}: {len(reasons)}"
            yield from (f"    {line}" for line in _reasons(reasons, voice))
    exact = sum((entry.seconds for entry in planned.entries), Fraction())
    if exact != minutes * 60:
        difference = formats.of(voice.lang).number(float(minutes - exact / 60), 2, signed=True)
        yield "  " + voice.say(
            "rounded to minutes: %(read)s in the file, %(written)s written, %(difference)s min in all",
            read=_clock(exact),
            written=_clock(Fraction(minutes * 60)),
            difference=difference,
        )
    if found.cleaned:
        yield "  " + voice.say("characters that nobody sees were left out: line %(lines)s", lines=_lines(found.cleaned))
    if planned.gone:
        yield "  " + voice.say(
            "imported earlier for these days and no row of the file now (changed, deleted or filtered away?): %(ids)s",
            ids=", ".join(f"{name} {shown(id)}" for name, id in planned.gone[:MOST_NAMED])
            + (", …" if len(planned.gone) > MOST_NAMED else ""),
        )


def _reasons(reasons: Mapping[int, Refusal], voice: Voice) -> Iterator[str]:
    """Each reason once, with the lines it holds for."""
    by_reason: dict[str, list[int]] = defaultdict(list)
    for line, refusal in sorted(reasons.items()):
        by_reason[_why(refusal, voice)].append(line)
    for reason, lines in by_reason.items():
        yield voice.say("line %(lines)s: %(reason)s", lines=_lines(lines), reason=reason)


def _lines(lines: Iterable[int]) -> str:
    """Line numbers, those in a row together: `4, 7–9`."""
    parts: list[list[int]] = []
    for line in sorted(lines):
        if parts and parts[-1][-1] == line - 1:
            parts[-1][1:] = [line]
        else:
            parts.append([line])
    return ", ".join("–".join(map(str, part)) for part in parts)


def _clock(seconds: Fraction) -> str:
    """Hours, minutes and seconds; a part of a second is rounded for the eye."""
    whole = int(seconds + Fraction(1, 2))
    return f"{whole // 3600}:{whole // 60 % 60:02d}:{whole % 60:02d}"
