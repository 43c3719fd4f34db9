"""`sitegen export`: the figures and the hours as files for other programs; `--format` says which."""

from __future__ import annotations

import datetime as dt
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from sitegen.commands.language import Voice
from sitegen.commands.telling.verdict import shown

if TYPE_CHECKING:
    from sitegen.pipeline import Run

RESULTS = "results.json"
HOURS = ("hledger", "timedot")
"""Formats of logged hours, which not everyone may see."""


def run(
    root: Path,
    out: Path,
    *,
    format: str = "csv",
    as_of: dt.date | None = None,
    audience: str = "everyone",
    lang: str | None = None,
    verbose: bool = False,
) -> int:
    """Writes the files of a format to `out`; of files that an earlier export wrote, those that are no more go.

    `csv`: `<report>.<table>.csv` and `results.json`. `xlsx`: `<report>.xlsx`. `hledger`, `timedot`: the logged hours.
    `ics`: `deadlines.ics`, and for who may see them `bookings.ics` and `bookings.<person>.ics`. `lang` is that of
    the texts in a workbook or calendar, left out the organisation's first.

    0: written; 1: the records have errors, nothing is written; 2: `out` is no folder, or the audience may not see
    hours.
    """
    from sitegen import messages
    from sitegen.commands import build
    from sitegen.pipeline import Run

    known = messages.languages()
    voice = Voice(lang) if lang in known else Voice.of(root)
    refusal = ""
    if out.exists() and not out.is_dir():
        refusal = voice.say("%(out)s is not a folder", out=str(out))
    elif lang is not None and lang not in known:
        msgid = "there are no messages in '%(lang)s'; choose from: %(known)s"
        refusal = voice.say(msgid, lang=shown(lang), known=", ".join(known))
    elif format in HOURS and audience == "everyone":
        refusal = voice.say("logged hours are for marketing and management; add --audience marketing")
    if refusal:
        sys.stderr.write(f"sitegen: {refusal}\n")
        return 2
    work = Run(root, as_of=as_of, audience=audience, cache=build.cache_of(root.resolve().parent))
    if work.broken:
        return build.tell(build.Stopped.of(work.problems, audience), work, langs=(voice.lang,), builds=False)
    files = FORMATS[format](work, lang or build.languages_of(work)[0])
    out.mkdir(parents=True, exist_ok=True)
    for path in _earlier(out, format):
        if path.name not in files:
            path.unlink()
    for name, content in files.items():
        (out / name).write_bytes(content)
    counted = (
        messages.ntranslate(
            voice.lang, "%(n)s table and %(file)s", "%(n)s tables and %(file)s", len(files) - 1, {"file": RESULTS}
        )
        if format == "csv"
        else _counted(files, voice)
    )
    msgid = "%(out)s: %(files)s for %(audience)s as of %(day)s"
    said = voice.say(msgid, out=str(out), files=counted, audience=audience, day=work.as_of.isoformat())
    sys.stdout.write(f"{said}\n")
    return 0


def _counted(files: Mapping[str, bytes], voice: Voice) -> str:
    first = next(iter(files))
    return first if len(files) == 1 else voice.say("%(file)s and %(more)s more", file=first, more=len(files) - 1)


def _earlier(out: Path, format: str) -> list[Path]:
    """What an earlier export in this format may have written: files of names that no other program makes here."""
    from sitegen.reports import REPORTS

    if format == "csv":
        return list(out.glob("*.*.csv")) if (out / RESULTS).is_file() else []
    if format == "xlsx":
        return [path for report in REPORTS if (path := out / f"{report.slug}.xlsx").is_file()]
    if format == "ics" and (out / "deadlines.ics").is_file():
        return [*out.glob("bookings.ics"), *out.glob("bookings.*.ics")]
    return []


def files_of(work: Run, lang: str = "en") -> dict[str, bytes]:
    """Every table as CSV and all figures as `results.json`; their names and words are the same in every language."""
    from sitegen import snapshot
    from sitegen.exporters import csv

    files = {f"{name}.csv": csv.table(result) for name, result in work.results.items()}
    files[RESULTS] = snapshot.to_json(snapshot.snapshot(work.results))
    return files


def _workbooks(work: Run, lang: str) -> dict[str, bytes]:
    """A workbook a report, with all its tables."""
    from sitegen.commands import build

    made = build.Workbooks(work, lang)
    found = {report.slug: tuple(work.of(report).values()) for report in work.reports}
    return {f"{slug}.xlsx": made.book(slug, results) for slug, results in found.items() if results}


def _journal(work: Run, lang: str) -> dict[str, bytes]:
    from sitegen.exporters import journal

    return {"time.journal": journal.journal(work.records.logged, work.as_of, work.audience)}


def _timedot(work: Run, lang: str) -> dict[str, bytes]:
    from sitegen.exporters import journal

    return {"time.timedot": journal.timedot(work.records.logged, work.as_of, work.audience)}


def _calendars(work: Run, lang: str) -> dict[str, bytes]:
    """Deadlines for all; bookings and absences of all together, and each person's own with her deadlines."""
    from sitegen import messages
    from sitegen.exporters import icalendar
    from sitegen.metrics.projects import name_of
    from sitegen.tables.time import DEPARTMENT_AS_PERSON

    records = work.records
    organisation = records.organisation.name if records.organisation else ""

    def calendar(events: list[icalendar.Event], name: str) -> bytes:
        return icalendar.calendar(events, work.as_of, name, organisation)

    due = icalendar.deadlines(records, work.as_of, lang)
    planned = sorted((*icalendar.bookings(records, lang), *icalendar.absences(records, lang)))
    files = {"deadlines.ics": calendar(due, messages.translate(lang, "Deadlines"))}
    if planned:
        files["bookings.ics"] = calendar(planned, messages.translate(lang, "Bookings and absence"))
    for person in sorted({person for event in planned for person in event.people}):
        if not person.startswith(DEPARTMENT_AS_PERSON):
            own = icalendar.of_person(sorted((*planned, *due)), person)
            files[f"bookings.{person}.ics"] = calendar(own, name_of(records, person) or person)
    return files


FORMATS: Mapping[str, Callable[[Run, str], dict[str, bytes]]] = {
    "csv": files_of,
    "xlsx": _workbooks,
    "hledger": _journal,
    "timedot": _timedot,
    "ics": _calendars,
}
"""Format → the files of a run by name."""
