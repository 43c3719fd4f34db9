"""`sitegen import FILE --from toggl`: what other programs know, from their CSV exports into the records, once."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from pathlib import Path

from sitegen import importers, records
from sitegen.commands import importing
from sitegen.commands.fmt import replace_file
from sitegen.commands.language import Voice
from sitegen.importers import cells, sheet
from sitegen.importers.importer import Options
from sitegen.importers.plan import plan
from sitegen.importers.values import Order
from sitegen.messages import Refusal


def run(
    root: Path,
    file: Path,
    source: str,
    *,
    map_file: Path | None = None,
    person: str = "",
    order: str | None = None,
    step: int = 0,
    similar: bool = False,
    dry_run: bool = False,
) -> int:
    """Import a file.

    Args:
        root: the folder of the records.
        file: the export.
        source: whose export it is; a key of `importers.IMPORTERS`.
        map_file: what the names in it mean here.
        person: whose hours they are, where the file does not say.
        order: `day-first` or `month-first`, where the file alone does not say.
        step: minutes that clock times are rounded to; 0: durations are rounded to whole minutes only.
        similar: rows that may have been imported as others are other ones.
        dry_run: show the records, and write nothing.

    Returns:
        0; 1 where a row was not imported, or the records would have a mistake (then nothing is written); 2 for a file,
        map or option that cannot be used.
    """
    voice = Voice.of(root)
    importer = importers.IMPORTERS[source]
    try:
        for option, value in (("--person", person), ("--round", step), ("--similar", similar)):
            if value and option not in importer.takes:
                raise Refusal(
                    "%(option)s is for hours: leave it out with --from %(source)s", option=option, source=source
                )
        raw = _content(file)
        given = importing.given_map(map_file, importer.map, root, voice)
        read = records.read(root)
        table = sheet.read(raw, cells.names(importer.columns, given.columns))
        options = Options(Order(order) if order else None, person, step, similar)
        found = importer.rows(table, read.records, given, options)
        planned = plan(root, read, importer, found)
    except Refusal as refusal:
        print(f"sitegen: {importing.why(refusal, voice)}", file=sys.stderr)
        return 2
    if planned.wrong:
        importing.tell(root, voice, planned.wrong)
        return 1
    if dry_run:
        importing.show(root, importer.section, found)
    else:
        _write(root, planned.texts)
    for line in importing.summary(file, len(table.rows), importer, found, voice, dry_run=dry_run):
        print(line)
    for line in importing.unread(cells.unread(table.header, importer.columns, given.columns), voice):
        print(line)
    return 1 if found.refused else 0


def _content(file: Path) -> bytes:
    """The bytes of an export; more than a file may have are not read."""
    try:
        with file.open("rb") as opened:
            return opened.read(sheet.MOST_BYTES + 1)
    except OSError as error:
        raise Refusal("%(path)s cannot be read: %(why)s", path=str(file), why=error.strerror or "") from None


def _write(root: Path, texts: Mapping[str, str]) -> None:
    """Put new texts into the files of the records, each whole or not at all."""
    for name, text in texts.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        replace_file(root / name, text)
