"""`sitegen log 2h seo/keywords "…"`: put hours into the file of a person's week, and leave all else in it as it was."""

from __future__ import annotations

import datetime as dt
import sys
from pathlib import Path
from typing import Any

from sitegen import git
from sitegen.checks.workdays import FAR_OFF, day_nearer
from sitegen.codes import CODES
from sitegen.commands.fmt import replace_file
from sitegen.commands.language import Refused, Voice
from sitegen.commands.meant import department_of, hours_of, ids_in, known_id, names_in, work_of
from sitegen.messages import Refusal
from sitegen.records.entries import with_entries
from sitegen.records.reader import read_file
from sitegen.records.references import written_day


def run(
    root: Path,
    hours: str,
    work: str,
    note: str = "",
    *,
    person: str = "",
    day: dt.date,
    today: dt.date | None = None,
    asked_by: str = "",
) -> int:
    """Log hours.

    Args:
        root: the folder of the records.
        hours: `2`, `1.5`, `1h30m`; also as people write them (`1,5`, `1:30`, `2 timer`).
        work: a project, or `project/task`.
        note: what was done.
        person: whose hours; left out: whom git knows, or the only person there is.
        day: the day the work was done.
        today: the day it is; hours on a later one are written, as `validate` takes them, and told.
        asked_by: the department that asked for work nobody had planned.

    Returns:
        0; 2 where the hours, the project, the person, the department or the week's file do not allow it.
    """
    voice = Voice.of(root)
    try:
        entry: dict[str, Any] = {"date": day.isoformat()} | work_of(root, work, voice)
        entry["hours"] = hours_of(hours, voice)
        asked_by = department_of(root, asked_by, voice) if asked_by else ""
        entry |= {key: text for key, text in (("note", note), ("asked_by", asked_by)) if text}
        person = person or _person(root, voice)
        year, week, _ = day.isocalendar()
        file = f"time/weeks/{person}/{year}-W{week:02d}.yml"
        told = voice.say("no person has the id '%(id)s'", id=person)
        known_id(person, ids_in(root, "time/people"), told, voice, lambda: names_in(root, "time/people"))
        text = with_entries(root, file, [entry])
    except (Refused, Refusal) as refusal:
        print(f"sitegen: {voice.why(refusal)}", file=sys.stderr)
        return 2
    (root / file).parent.mkdir(parents=True, exist_ok=True)
    replace_file(root / file, text)
    hours_said = entry["hours"] if isinstance(entry["hours"], str) else f"{entry['hours']}h"
    print(f"{(root / file).as_posix()}: {entry['date']}, {work}, {hours_said}")
    told = _far_off(root, day, voice)
    if not told and today is not None and day > today:
        msgid = (
            "%(day)s is yet to come: today is %(today)s. Hours that are planned are booked: "
            "sitegen new booking %(person)s/%(week)s"
        )
        told = voice.say(msgid, day=day.isoformat(), today=today.isoformat(), person=person, week=f"{day:%G-W%V}")
    if told:
        print(f"sitegen: {told}", file=sys.stderr)
    return 0


def _far_off(root: Path, day: dt.date, voice: Voice) -> str:
    """That the day is far after all others with hours, and which was perhaps meant; "" where it is not.

    The files of the weeks before are read from the newest until one has hours: one or two, as a rule.
    """
    week = f"{day:%G-W%V}"
    files = sorted((root / "time/weeks").glob("*/*.yml"), key=lambda path: path.stem, reverse=True)
    if not files or files[0].stem > week:
        return ""
    for path in files:
        data = read_file(root, path.relative_to(root).as_posix())[0].data if path.stem != week else None
        entries = data.get("logged") if isinstance(data, dict) else None
        days = [str(entry.get("date")) for entry in entries or () if isinstance(entry, dict)]
        before = max(filter(None, map(written_day, days)), default=None)
        if before is None:
            continue
        if day - before <= FAR_OFF:
            return ""
        meant = day_nearer(day, before)
        values = {"written": day.isoformat(), "before": before.isoformat(), "nearest": str(meant), "week": ""}
        values["week"] = f"{meant:%G-W%V}" if meant else ""
        code = CODES["far-off-day"]
        hint = code.hints[0 if meant else 1][0]
        return f"{voice.say(code.sentence, **values)}; {voice.say(hint, **values)}"
    return ""


def _person(root: Path, voice: Voice) -> str:
    """Whom git knows here: by e-mail address (`mette@…`), by name, by first name; else the only person there is."""
    people = ids_in(root, "time/people")
    if len(people) == 1:
        return next(iter(people))
    name, email = git.user(root)
    before = email.partition("@")[0].lower()
    if before in people:
        return before
    names = {id: _name(root, id) for id in people}
    for wanted in (name, name.partition(" ")[0]):
        found = [id for id, full in names.items() if wanted and wanted.casefold() in (full.casefold(), id)]
        if len(found) == 1:
            return found[0]
    raise Refused(voice.say("whose hours? Add --person: %(people)s", people=", ".join(sorted(people))))


def _name(root: Path, id: str) -> str:
    document, _ = read_file(root, f"time/people/{id}.yml")
    return str(document.data.get("name", "")) if isinstance(document.data, dict) else ""
