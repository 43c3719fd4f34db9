"""What somebody meant who wrote hours, a project and a task on the command line."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from sitegen import yamlfile
from sitegen.commands.language import Refused, Voice
from sitegen.models.amounts import meant_hours, to_minutes
from sitegen.problems import nearest
from sitegen.records.reader import read_file

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
    known_id(project, ids_in(root, "time/projects"), voice.say("no project has the id '%(id)s'", id=project), voice)
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


def known_id(id: str, known: frozenset[str], told: str, voice: Voice) -> None:
    """Refuses an id that is not known, in the words `told`, with the nearest that is.

    Raises:
        Refused: the id is not known.
    """
    if id not in known:
        near = nearest(id, known)
        raise Refused(told + ("; " + voice.say("did you mean '%(nearest)s'?", nearest=near) if near else ""))


def ids_in(root: Path, folder: str) -> frozenset[str]:
    """The ids of the records in a folder."""
    return frozenset(path.stem for path in (root / folder).glob("*.yml"))
