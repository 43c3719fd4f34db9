"""`sitegen new booking mette/2026-W28`: put planned hours into the file of a week, and leave all else in it as it was.

The project, its task and the hours are taken from `--set` or asked for. The file is checked with all others when it is
written, and put back as it was where the checks find an error in it.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from sitegen import periods
from sitegen.codes.code import DID_YOU_MEAN
from sitegen.commands import new
from sitegen.commands.asking import Ask, until
from sitegen.commands.fmt import replace_file
from sitegen.commands.language import Refused, Voice
from sitegen.commands.meant import hours_of, ids_in, known_id, names_in, week_meant, work_of
from sitegen.commands.telling.verdict import shown
from sitegen.messages import Refusal
from sitegen.models.fields import Context
from sitegen.models.shape import fields_of
from sitegen.models.time import Booked
from sitegen.problems import nearest
from sitegen.records.entries import with_entries
from sitegen.records.reader import read_file

WEEK_MINUTES = 7 * 24 * 60
PLANNED = "planned"
"""The key of the week's file that says when it was planned; `--set planned=…` writes it where the file has none."""


def run(root: Path, id: str, written: Sequence[str] = (), *, ask: Ask | None = None) -> int:
    """Book hours for a person and week.

    Args:
        root: the folder of the records.
        id: whose week: `mette/2026-W28`.
        written: what the booking says, each `key=value`: project, task, hours, added, instead; and `planned`.
        ask: asks a person for what is missing; None where nobody is there to answer.

    Returns:
        0; 1 where the records would have a mistake, 2 for wrong use. The file is then as it was.
    """
    voice = Voice.of(root)
    try:
        given = _given(written, voice)
        id = id or (until(ask, "person/week", lambda text: _id(root, text, voice)) if ask else "")
        file = f"time/weeks/{_id(root, id, voice)}.yml"
        planned = given.pop(PLANNED, "")
        entry = _entry(root, given, ask, voice)
        before = (root / file).read_bytes() if (root / file).exists() else None
        text = _with_day(root, file, planned, with_entries(root, file, [entry], "booked"), voice)
    except (Refused, Refusal) as refusal:
        print(f"sitegen: {shown(voice.why(refusal))}", file=sys.stderr)
        return 2
    made = [folder for folder in (root / file).parents if not folder.exists()]
    (root / file).parent.mkdir(parents=True, exist_ok=True)
    replace_file(root / file, text)
    wrong = new.errors_in(root, file)
    if wrong:
        _put_back(root / file, before, made)
        if before is not None and new.errors_in(root, file):
            told = voice.say("%(file)s has mistakes: mend them first, see sitegen validate", file=file)
            print(f"sitegen: {shown(told)}", file=sys.stderr)
        else:
            new.tell_errors(root, voice, wrong)
        return 1
    hours = entry["hours"] if isinstance(entry["hours"], str) else f"{entry['hours']}h"
    work = "/".join(filter(None, (entry["project"], entry.get("task"))))
    print(f"{(root / file).as_posix()}: {id}, {work}, {hours}")
    return 0


def _id(root: Path, id: str, voice: Voice) -> str:
    """The id of a week, `mette/2026-W28`, as it is.

    Raises:
        Refused: it is none, or of nobody.
    """
    shape = voice.say("write its id too: %(kind)s %(shape)s", kind=new.BOOKING, shape="<person>/<2026-W28>")
    if not id:
        raise Refused(shape)
    person, _, week = id.partition("/")
    told = voice.say("no person has the id '%(id)s'", id=person)
    known_id(person, ids_in(root, "time/people"), told, voice, lambda: names_in(root, "time/people"))
    try:
        kind = periods.parse(week).kind
    except ValueError:
        kind = ""
    if meant := "" if kind == "week" else week_meant(root, week):
        told = voice.say("'%(written)s' is no week", written=week)
        raise Refused(f"{told}; {voice.say(DID_YOU_MEAN, nearest=f'{person}/{meant}')}")
    if kind != "week" or not re.fullmatch(r"\d{4}-W\d\d", week):
        raise Refused(shape)
    return id


def _given(written: Sequence[str], voice: Voice) -> dict[str, str]:
    """Key → text of what was given."""
    keys = (*(field.key for field in fields_of(Booked)), PLANNED)
    given: dict[str, str] = {}
    for one in written:
        key, equals, text = one.partition("=")
        if not equals or not key:
            raise Refused(voice.say("write --set key=value, not '%(text)s'", text=one))
        if key not in keys:
            near = nearest(key, frozenset(keys)) or ", ".join(keys)
            raise Refused(voice.say("a booking has no '%(key)s': %(near)s", key=key, near=near))
        given[key] = text
    return given


def _entry(root: Path, given: Mapping[str, str], ask: Ask | None, voice: Voice) -> dict[str, Any]:
    """The booking as plain data; its project and task are known, and its hours are hours."""
    said = dict(given)
    project, task, hours = (said.pop(key, "") for key in ("project", "task", "hours"))

    def work(text: str) -> dict[str, str]:
        return work_of(root, _there("project", f"{text}/{task}" if text and task else text, voice), voice)

    def time(text: str) -> Any:
        return hours_of(_there("hours", text, voice), voice, WEEK_MINUTES)

    entry: dict[str, Any] = dict(until(ask, "project", work) if ask and not project else work(project))
    entry["hours"] = until(ask, "hours", time) if ask and not hours else time(hours)
    context = Context.from_written(read_file(root, "organisation.yml")[0].data)
    return entry | {key: new.value_of(Booked, key, text, context) for key, text in said.items()}


def _there(key: str, text: str, voice: Voice) -> str:
    if not text:
        raise Refused(voice.say("'%(key)s' is missing: --set %(key)s=…", key=key))
    return text


def _with_day(root: Path, file: str, planned: str, text: str, voice: Voice) -> str:
    """The text with the day of planning in its first line, where one is given and none is there."""
    if not planned:
        return text
    there = read_file(root, file)[0].data if (root / file).exists() else None
    if isinstance(there, dict) and PLANNED in there:
        if str(there[PLANNED]) != planned:
            raise Refused(voice.say("the week was planned on %(day)s already", day=str(there[PLANNED])))
        return text
    return f"{PLANNED}: {planned}\n{text}"


def _put_back(path: Path, before: bytes | None, made: Sequence[Path]) -> None:
    """The file as it was before, and no folder that was made for it."""
    if before is not None:
        path.write_bytes(before)
        return
    path.unlink(missing_ok=True)
    for folder in made:
        folder.rmdir()
