"""What somebody meant who wrote hours, a project and a task on the command line."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from sitegen import yamlfile
from sitegen.checks.references import Nearest
from sitegen.codes.code import DID_YOU_MEAN, WHICH
from sitegen.commands.language import Refused, Voice
from sitegen.models.amounts import meant_hours, to_minutes
from sitegen.models.fields import is_period
from sitegen.records.reader import read_file

_WEEK = re.compile(r"(?:(?P<year>[12]\d{3})\W*)?(?:week|uge|uke|[wu])?\W*(?P<week>\d{1,2})", re.IGNORECASE | re.ASCII)
Names = Callable[[], Iterable[tuple[str, str]]]
MOST_MINUTES = 24 * 60


def hours_of(text: str, voice: Voice, most: int = MOST_MINUTES) -> Any:
    """The hours as a record has them: `2`, `1.5`, `1h20m`; at most so many minutes.

    Raises:
        Refused: the text is no time, none at all, or more than that.
    """
    meant = meant_hours(text)
    written = yamlfile.parse(f"hours: {meant}", "").data["hours"] if meant else None
    if written is None:
        raise Refused(voice.say("'%(text)s' is no time; write it as 1.5 or 1h30m", text=text))
    if not 0 < to_minutes(written) <= most:
        told = voice.say("'%(text)s' is not more than 0 and at most %(hours)s hours", text=text, hours=most // 60)
        raise Refused(told)
    return written


def work_of(root: Path, work: str, voice: Voice) -> dict[str, str]:
    """The project and task of `project/task`.

    Raises:
        Refused: one of them is not known.
    """
    project, _, task = work.partition("/")
    told = voice.say("no project has the id '%(id)s'", id=project)
    known_id(project, ids_in(root, "time/projects"), told, voice, lambda: names_in(root, "time/projects"))
    if not task:
        return {"project": project}
    document, _ = read_file(root, f"time/projects/{project}.yml")
    tasks = document.data.get("tasks") if isinstance(document.data, dict) else None
    told = voice.say("the project '%(owner)s' has no task with the id '%(id)s'", owner=project, id=task)
    known_id(task, frozenset(_tasks(tasks)), told, voice)
    return {"project": project, "task": task}


def _tasks(tasks: Any) -> Iterable[str]:
    """The ids of tasks and of the tasks in them."""
    for id, task in tasks.items() if isinstance(tasks, dict) else ():
        yield id
        yield from _tasks(task.get("tasks") if isinstance(task, dict) else None)


def known_id(id: str, known: frozenset[str], told: str, voice: Voice, names: Names = tuple) -> None:
    """Refuses an id that is not known, in the words `told`, with the nearest that is, or all that are called so.

    `names` gives (id, name) of each, for who writes a name, or a first name, instead; asked only then.

    Raises:
        Refused: the id is not known.
    """
    if id in known:
        return
    named = tuple(names())
    near = Nearest(known, {name.casefold(): id for id, name in named}, lambda: named)("", id)
    hint = next((hint for key, hint in (("nearest", DID_YOU_MEAN), ("called", WHICH)) if near.get(key)), "")
    raise Refused("; ".join(filter(None, (told, voice.say(hint, **near)))))


def department_of(root: Path, id: str, voice: Voice) -> str:
    """The department with an id.

    Raises:
        Refused: organisation.yml has none with it.
    """
    data = read_file(root, "organisation.yml")[0].data
    departments = data.get("departments") if isinstance(data, dict) else None
    known = departments if isinstance(departments, dict) else {}

    def names() -> Iterable[tuple[str, str]]:
        return [(id, str(one.get("name", ""))) for id, one in known.items() if isinstance(one, dict)]

    told = voice.say("no department in organisation.yml has the id '%(id)s'", id=id)
    known_id(id, frozenset(known), told, voice, names)
    return id


def names_in(root: Path, folder: str) -> Iterable[tuple[str, str]]:
    """Id and name of each record in a folder."""
    documents = {id: read_file(root, f"{folder}/{id}.yml")[0].data for id in sorted(ids_in(root, folder))}
    return [(id, str(data.get("name", ""))) for id, data in documents.items() if isinstance(data, dict)]


def ids_in(root: Path, folder: str) -> frozenset[str]:
    """The ids of the records in a folder."""
    return frozenset(path.stem for path in (root / folder).glob("*.yml"))


def week_meant(root: Path, text: str) -> str:
    """The week that somebody wrote otherwise: `48`, `uge 48`, `2026-48`; "" where it is none.

    Without a year it is that of the newest week that has a file.
    """
    found = _WEEK.fullmatch(text.strip())
    if found is None:
        return ""
    newest = max((path.stem for path in (root / "time/weeks").glob("*/*.yml")), default="")
    week = f"{found['year'] or newest[:4]}-W{int(found['week']):02d}"
    return week if is_period(week, ("week",)) else ""
