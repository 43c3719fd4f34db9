"""A time tracker's export → entries in the files of the weeks."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from pathlib import Path

from sitegen import formats, messages
from sitegen.importers import again, rows
from sitegen.importers.importer import Found, Importer, Options
from sitegen.importers.rows import Entry
from sitegen.importers.sheet import Sheet
from sitegen.importers.tracker import Map, Names, Tracker
from sitegen.messages import Refusal
from sitegen.models.amounts import hours_said
from sitegen.problems import nearest
from sitegen.records import Records
from sitegen.records.entries import SECTIONS, with_entries


class Hours(Importer[Map, Entry]):
    """The hours of one tracker."""

    map = Map
    section = SECTIONS["logged"]
    key = "imported"
    takes = frozenset({"--person", "--round", "--similar"})

    def __init__(self, tracker: Tracker) -> None:
        self.tracker = tracker
        self.name = tracker.name
        self.columns = tracker.columns

    def rows(self, sheet: Sheet, records: Records, given: Map, options: Options) -> Found[Entry]:
        """The entries of a file that are not there yet; see `again` for those that are, or may be."""
        names = Names(records, given)
        if unknown := names.unknown_ids():
            raise unknown[0]
        known = frozenset(records.people)
        if options.person and options.person not in known:
            raise Refusal("no person has the id '%(id)s'", id=options.person, nearest=nearest(options.person, known))
        reading = rows.Reading(self.tracker, names, given, options)
        found = rows.entries(sheet, reading)
        again.leave_out(found, records.logged, reading.source, similar=options.similar)
        return found

    def text(self, root: Path, file: str, changes: Sequence[Entry]) -> str:
        """The text of a week's file with entries in it."""
        return with_entries(root, file, [entry.data for entry in changes])

    def amount(self, new: Sequence[Entry]) -> str:
        """Hours and minutes in all."""
        return hours_said(sum(entry.minutes for entry in new))

    def notes(self, new: Sequence[Entry], lang: str) -> Sequence[str]:
        """What rounding to minutes comes to, where it changes anything."""
        exact = sum((entry.seconds for entry in new), Fraction())
        written = sum(entry.minutes for entry in new) * 60
        if exact == written:
            return ()
        values = {
            "read": _clock(exact),
            "written": _clock(Fraction(written)),
            "difference": formats.of(lang).number(float((written - exact) / 60), 2, signed=True),
        }
        return (
            messages.translate(
                lang,
                "rounded to minutes: %(read)s in the file, %(written)s written, %(difference)s min in all",
                values,
            ),
        )


def _clock(seconds: Fraction) -> str:
    """Hours, minutes and seconds; a part of a second is rounded for the eye."""
    whole = int(seconds + Fraction(1, 2))
    return f"{whole // 3600}:{whole // 60 % 60:02d}:{whole % 60:02d}"
