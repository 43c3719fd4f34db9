"""`sitegen log 2h seo/keywords "…"`: put hours into the file of a person's week, and leave all else in it as it was."""

from __future__ import annotations

import datetime as dt
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from sitegen import git, yamlfile
from sitegen.commands.fmt import replace_file
from sitegen.commands.language import Refused, Voice
from sitegen.messages import Refusal
from sitegen.models.amounts import meant_hours, to_minutes
from sitegen.problems import nearest
from sitegen.records.entries import with_entries
from sitegen.records.reader import read_file

MOST_MINUTES = 24 * 60


def run(
    root: Path, hours: str, work: str, note: str = "", *, person: str = "", day: dt.date, asked_by: str = ""
) -> int:
    """Log hours.

    Args:
        root: the folder of the records.
        hours: `2`, `1.5`, `1h30m`; also as people write them (`1,5`, `1:30`, `2 timer`).
        work: a project, or `project/task`.
        note: what was done.
        person: whose hours; left out: whom git knows, or the only person there is.
        day: the day the work was done.
        asked_by: the department that asked for work nobody had planned.

    Returns:
        0; 2 where the hours, the project, the person or the week's file do not allow it.
    """
    voice = Voice.of(root)
    try:
        entry: dict[str, Any] = {"date": day.isoformat()} | _work(root, work, voice)
        entry["hours"] = _hours(hours, voice)
        entry |= {key: text for key, text in (("note", note), ("asked_by", asked_by)) if text}
        person = person or _person(root, voice)
        year, week, _ = day.isocalendar()
        file = f"time/weeks/{person}/{year}-W{week:02d}.yml"
        _known(person, _ids(root, "time/people"), voice.say("no person has the id '%(id)s'", id=person), voice)
        text = with_entries(root, file, [entry])
    except (Refused, Refusal) as refusal:
        print(f"sitegen: {voice.why(refusal)}", file=sys.stderr)
        return 2
    (root / file).parent.mkdir(parents=True, exist_ok=True)
    replace_file(root / file, text)
    hours_said = entry["hours"] if isinstance(entry["hours"], str) else f"{entry['hours']}h"
    print(f"{(root / file).as_posix()}: {entry['date']}, {work}, {hours_said}")
    return 0


def _hours(text: str, voice: Voice) -> Any:
    """The hours as a record has them: `2`, `1.5`, `1h20m`."""
    meant = meant_hours(text)
    written = yamlfile.parse(f"hours: {meant}", "").data["hours"] if meant else None
    if written is None:
        raise Refused(voice.say("'%(text)s' is no time; write it as 1.5 or 1h30m", text=text))
    if not 0 < to_minutes(written) <= MOST_MINUTES:
        raise Refused(voice.say("'%(text)s' is not more than 0 and at most 24 hours", text=text))
    return written


def _work(root: Path, work: str, voice: Voice) -> dict[str, str]:
    """The project and task of `project/task`, both known."""
    project, _, task = work.partition("/")
    _known(project, _ids(root, "time/projects"), voice.say("no project has the id '%(id)s'", id=project), voice)
    if not task:
        return {"project": project}
    document, _ = read_file(root, f"time/projects/{project}.yml")
    tasks = document.data.get("tasks") if isinstance(document.data, dict) else None
    told = voice.say("the project '%(owner)s' has no task with the id '%(id)s'", owner=project, id=task)
    _known(task, frozenset(_tasks(tasks)), told, voice)
    return {"project": project, "task": task}


def _tasks(tasks: Any) -> Iterable[str]:
    """The ids of tasks and of the tasks in them."""
    for id, task in tasks.items() if isinstance(tasks, dict) else ():
        yield id
        yield from _tasks(task.get("tasks") if isinstance(task, dict) else None)


def _known(id: str, known: frozenset[str], told: str, voice: Voice) -> None:
    if id not in known:
        near = nearest(id, known)
        raise Refused(told + ("; " + voice.say("did you mean '%(nearest)s'?", nearest=near) if near else ""))


def _ids(root: Path, folder: str) -> frozenset[str]:
    return frozenset(path.stem for path in (root / folder).glob("*.yml"))


def _person(root: Path, voice: Voice) -> str:
    """Whom git knows here: by e-mail address (`mette@…`), by name, by first name; else the only person there is."""
    people = _ids(root, "time/people")
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
