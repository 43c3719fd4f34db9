"""A time tracker's CSV export: which column means what, and its names → ids of records; nothing is guessed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Annotated, Any, Literal

from sitegen.importers.importer import StaysOut
from sitegen.importers.names import by_name, fold, near, only, unknown_ids
from sitegen.messages import Refusal
from sitegen.models.base import CustomerRef, Model, PersonRef
from sitegen.models.fields import Everyone, Id, Label, Maybe, PathId
from sitegen.records import Records

Meaning = Literal[
    "date", "start", "end", "end_date", "hours", "minutes", "person", "email", "first_name", "last_name", "client",
    "project", "project_code", "task", "note", "id",
]  # fmt: skip
"""What a column can mean. `hours` is a duration, decimal or as a clock; `minutes` one in decimal minutes."""
BETWEEN = " / "
"""Stands between client, project and task where one key of the map names several: `Acme / Website / Design`."""


@dataclass(frozen=True)
class Tracker:
    """One program's export.

    `columns` has for each meaning the names that the column may have, the best first: where several are there, the
    first counts.
    """

    name: str
    columns: Mapping[str, tuple[str, ...]]


class Map(Model):
    """What the names of a time tracker mean here."""

    source: Annotated[Maybe[Id], Everyone] = None
    """What the ids of imported rows begin with; left out: the tracker's name. Two accounts need two."""
    people: Annotated[dict[Label, PersonRef], Everyone] = {}
    """E-mail address or name → person."""
    projects: Annotated[dict[Label, PathId | None], Everyone] = {}
    """Project, or `client / project` → project or project/task; null: rows that stay out."""
    tasks: Annotated[dict[Label, Id | None], Everyone] = {}
    """Task, or `project / task` → task of the project; null: hours of the project as a whole."""
    clients: Annotated[dict[Label, CustomerRef], Everyone] = {}
    """Client → customer the hours were for; clients that are not named here are not kept."""
    columns: Annotated[dict[Meaning, Label], Everyone] = {}
    """What a column means → its name, where the file has another than the usual one."""


class Names:
    """The ids of people, projects, tasks and customers, by what they are called.

    Raises, in each method but the first:
        Refusal: nobody or nothing is called so, or several are; `nearest` is what was perhaps meant.
        StaysOut: the map says so.
    """

    def __init__(self, records: Records, given: Map) -> None:
        self._people = by_name(records.people)
        self._projects = by_name(records.projects)
        self._tasks = {id: by_name(dict(_tasks(project.tasks))) for id, project in records.projects.items()}
        self._ids = {
            "person": frozenset(records.people),
            "project": frozenset(records.projects),
            "customer": frozenset(records.customers),
        }
        self._given = given
        self._map = {
            name: {fold(key): value for key, value in getattr(given, name).items()}
            for name in ("people", "projects", "tasks", "clients")
        }

    def unknown_ids(self) -> list[Refusal]:
        """What is wrong with the ids on the right-hand side of the map."""
        wanted = {
            "person": self._given.people.values(),
            "project": [str(id).partition("/")[0] for id in self._given.projects.values() if id],
            "customer": self._given.clients.values(),
        }
        found = unknown_ids((wanted[kind], known) for kind, known in self._ids.items())
        for id in sorted(str(id) for id in self._given.projects.values() if id and "/" in id):
            project, _, task = id.partition("/")
            if project in self._tasks and task not in {one for ids in self._tasks[project].values() for one in ids}:
                found.append(
                    Refusal("the project '%(project)s' has no task '%(written)s'", project=project, written=task)
                )
        return found

    def person(self, *written: str) -> str:
        """The person that one of these is the name, id or e-mail address of."""
        texts = [text for text in written if text.strip()]
        if not texts:
            raise Refusal("the row does not say whose hours they are: add --person")
        for text in texts:
            if found := self._map["people"].get(fold(text)):
                return str(found)
        for text in texts:
            found = only(self._people, text) or only(self._people, text.partition("@")[0] if "@" in text else "")
            if found:
                return found
        raise Refusal("nobody is called '%(written)s'", written=texts[0], nearest=near(texts[0], self._people))

    def project(self, client: str, name: str, code: str) -> tuple[str, str]:
        """The project, and the task where the map names one too."""
        if not name.strip() and not code.strip():
            raise Refusal("the row names no project")
        for text in (f"{client}{BETWEEN}{name}", name, code):
            if fold(text) in self._map["projects"]:
                found = self._map["projects"][fold(text)]
                if found is None:
                    raise StaysOut("the map leaves '%(written)s' out", written=text)
                project, _, task = found.partition("/")
                return project, task
        for text in (name, code):
            if id := only(self._projects, text):
                return id, ""
        text = name if name.strip() else code
        raise Refusal("no project is called '%(written)s'", written=text, nearest=near(text, self._projects))

    def task(self, project: str, called: str, name: str) -> str:
        """The task of a project, `called` so in the tracker; "" for the project as a whole."""
        if not name.strip():
            return ""
        tasks = self._tasks.get(project, {})
        for text in (f"{called}{BETWEEN}{name}", name):
            if fold(text) in self._map["tasks"]:
                found = self._map["tasks"][fold(text)]
                if found is not None and found not in {one for ids in tasks.values() for one in ids}:
                    raise Refusal("the project '%(project)s' has no task '%(written)s'", project=project, written=found)
                return found or ""
        if id := only(tasks, name):
            return id
        raise Refusal(
            "the project '%(project)s' has no task called '%(written)s'",
            project=project,
            written=name,
            nearest=near(name, tasks),
        )

    def customer(self, client: str) -> str:
        """The customer that the map says a client is; "" where it says nothing."""
        return str(self._map["clients"].get(fold(client), ""))


def _tasks(tasks: Mapping[str, Any]) -> Iterable[tuple[str, Any]]:
    """All tasks of a project, those in phases too."""
    for id, task in tasks.items():
        yield id, task
        yield from _tasks(task.tasks)
