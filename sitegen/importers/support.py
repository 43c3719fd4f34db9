"""A help desk's export → support cases in the files of the months."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from sitegen import messages
from sitegen.importers import cases, desk
from sitegen.importers.cases import Change, Closing, Found
from sitegen.importers.importer import Importer, Options
from sitegen.importers.sheet import Sheet
from sitegen.records import Records
from sitegen.records.entries import CASES, with_cases


class Support(Importer[desk.DeskMap, Change]):
    """The cases of a help desk, known by the desk's own ids."""

    name = "support"
    map = desk.DeskMap
    columns = desk.COLUMNS
    section = CASES
    key = "id"
    unread = "crm/support/"  # a case may be in any month's file: which are in one that cannot be read, nobody knows

    def rows(self, sheet: Sheet, records: Records, given: desk.DeskMap, options: Options) -> Found:
        """The cases of a file."""
        names = desk.DeskNames(records, given)
        if unknown := names.unknown_ids():
            raise unknown[0]
        return cases.cases(sheet, records, names, given, options.order)

    def text(self, root: Path, file: str, changes: Sequence[Change]) -> str:
        """The text of a month's file with new cases, and with the days that others were closed on."""
        closed = {change.id: change.day.isoformat() for change in changes if isinstance(change, Closing)}
        return with_cases(root, file, [change.data for change in changes if change.data], closed)

    def amended(self, lang: str, *, dry_run: bool) -> str:
        """Cases that are there were closed."""
        return messages.translate(lang, "would be closed") if dry_run else messages.translate(lang, "closed since")
