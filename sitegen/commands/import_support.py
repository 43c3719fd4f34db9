"""`sitegen import FILE --from support`: cases from a help desk's CSV export into the files of the months."""

from __future__ import annotations

import sys
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

from sitegen import messages, records
from sitegen.commands import importing
from sitegen.commands.language import Voice
from sitegen.commands.telling.verdict import shown
from sitegen.importers import cases, cases_plan, cells, sheet
from sitegen.importers.cases import Case, FoundCases
from sitegen.importers.cases_plan import CasesPlan
from sitegen.importers.desk import COLUMNS, DeskMap, DeskNames
from sitegen.importers.values import Order
from sitegen.messages import Refusal
from sitegen.models.crm import SupportCase
from sitegen.records.writing import item_lines


def run(
    root: Path,
    file: Path,
    *,
    map_file: Path | None = None,
    order: str | None = None,
    dry_run: bool = False,
    for_hours: tuple[str, ...] = (),
) -> int:
    """Import support cases.

    Args:
        root: the folder of the records.
        file: the export.
        map_file: what the desk's names mean here.
        order: `day-first` or `month-first`, where the file alone does not say.
        dry_run: show the records, and write nothing.
        for_hours: options that were given and mean nothing here.

    Returns:
        0; 1 where a row was not imported, or the records would have a mistake (then nothing is written); 2 for a file,
        map or option that cannot be used.
    """
    voice = Voice.of(root)
    try:
        if for_hours:
            raise Refusal("%(option)s is for hours: leave it out with --from support", option=for_hours[0])
        raw = importing.content(file)
        given = importing.given_map(map_file, DeskMap, root, voice)
        read = records.read(root)
        names = DeskNames(read.records, given)
        if unknown := names.unknown_ids():
            raise unknown[0]
        table = sheet.read(raw, cells.names(COLUMNS, given.columns))
        found = cases.cases(table, read.records, names, given, Order(order) if order else None)
        planned = cases_plan.plan(root, read, found)
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


def _show(root: Path, planned: CasesPlan) -> None:
    """The new cases as they would be written, file by file."""
    by_file: dict[str, list[Case]] = defaultdict(list)
    for case in sorted(planned.cases, key=lambda case: (case.file, case.opened, case.line)):
        by_file[case.file].append(case)
    for name, new in by_file.items():
        print(f"{(root / name).as_posix()}:")
        for case in new:
            print("\n".join(shown(line) for line in item_lines(case.data, SupportCase, 0)))


def _summary(
    file: Path, table: sheet.Sheet, found: FoundCases, planned: CasesPlan, voice: Voice, *, dry_run: bool
) -> Iterator[str]:
    yield f"{shown(file.name)}: {messages.ntranslate(voice.lang, '%(n)s row', '%(n)s rows', len(table.rows))}"
    told = voice.say("would be imported") if dry_run else voice.say("imported")
    months = len({case.file for case in planned.cases})
    files = messages.ntranslate(voice.lang, "%(n)s file", "%(n)s files", months)
    yield f"  {told}: {len(planned.cases)}" + (f" ({files})" if planned.cases else "")
    if planned.closings:
        told = voice.say("would be closed") if dry_run else voice.say("closed since")
        yield f"  {told}: {len(planned.closings)}"
        for closing in planned.closings[: importing.MOST_NAMED]:
            yield f"    {closing.file} {closing.id} {closing.day}"
        if len(planned.closings) > importing.MOST_NAMED:
            yield "    …"
    if found.there:
        yield f"  {voice.say('there already')}: {len(found.there)}"
    yield from importing.counted_reasons(voice.say("left out"), found.stay_out, voice)
    yield from importing.counted_reasons(voice.say("not imported"), found.refused, voice)
    yield from importing.cleaned(found.cleaned, voice)
