"""The index: what is defined where and how long it lives, and per file what it refers to."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

from sitegen.problems import Place
from sitegen.records.folder import File
from sitegen.records.references import Path, Reference, written_day
from sitegen.yamlfile import Document


class Definition(NamedTuple):
    """Where an id is defined, and the first and last day it lives (None: open)."""

    place: Place
    since: dt.date | None = None
    until: dt.date | None = None


@dataclass(slots=True)
class Referred:
    """One id that a file refers to: how often, at which path first, on which days (None: no day stands near)."""

    kind: str
    id: str
    file: str
    path: Path
    first_day: dt.date | None
    last_day: dt.date | None
    times: int = 1

    def add(self, day: dt.date | None) -> None:
        """Count another time, on a day."""
        self.times += 1
        if day is not None and (self.first_day is None or day < self.first_day):
            self.first_day = day
        if day is not None and (self.last_day is None or day > self.last_day):
            self.last_day = day


class Index:
    """Ids by kind, and references by kind. Ids inside a record are `<record>/<id>`: a task is `seo/keywords`."""

    def __init__(self) -> None:
        self._defined: dict[str, dict[str, Definition]] = {}
        self._referred: dict[str, list[Referred]] = {}
        self._ids: dict[str, frozenset[str]] = {}
        self.modelled: set[str] = set()
        """Week files whose references are here; those of all others are in their rows (`weeks.references_of_weeks`)."""
        self._unreadable: dict[str, set[str]] = {}
        self._names: dict[str, dict[str, str]] = {}

    def name(self, kind: str, id: str, name: str) -> None:
        """Note the name of what an id stands for; of several with one name the first counts, of plans the newest."""
        owner, slash, _ = id.rpartition("/")
        names, named = self._names.setdefault(kind, {}), f"{owner}{slash}{name.casefold()}"
        if kind in _AGAIN or named not in names:
            names[named] = id

    def names(self, kind: str) -> dict[str, str]:
        """Name in small letters (`<record>/<name>` inside a record) → id, of a kind (`a|b`: of either)."""
        return {name: id for one in kind.split("|") for name, id in self._names.get(one, {}).items()}

    def lose(self, kind: str, id: str) -> None:
        """Note that a file has a mistake which hides what stands in it: ids that it defines are perhaps not known."""
        self._unreadable.setdefault(kind, set()).add(id)

    def lost(self, kind: str, id: str = "") -> bool:
        """Whether a file of a kind hides something: the file of an id, or where none is given, any."""
        unreadable = self._unreadable.get(kind, set())
        return id in unreadable if id else bool(unreadable)

    def perhaps_lost(self, kind: str, id: str) -> bool:
        """Whether an unknown id (`<record>/<id>` inside a record) may stand in a file that hides something."""
        file_kind = DEFINED_IN.get(kind, "")
        return self.lost(file_kind, id.rpartition("/")[0] if kind in _INSIDE else "")

    def define(self, kind: str, id: str, definition: Definition) -> Definition | None:
        """Add an id. The one that had it already is given back and kept."""
        known = self._defined.setdefault(kind, {})
        if id in known:
            return known[id]
        known[id] = definition
        self._ids.pop(kind, None)
        return None

    def refer(self, referred: Referred) -> None:
        """Add what a file refers to: once a file and id."""
        self._referred.setdefault(referred.kind, []).append(referred)

    def ids(self, kind: str) -> frozenset[str]:
        """Every id of a kind (`a|b`: of either)."""
        if kind not in self._ids:
            self._ids[kind] = frozenset(id for one in kind.split("|") for id in self._defined.get(one, ()))
        return self._ids[kind]

    def definition(self, kind: str, id: str) -> Definition | None:
        """Where an id is defined."""
        return self._defined.get(kind, {}).get(id)

    def references(self, kind: str) -> list[Referred]:
        """What files refer to, in the order they were read."""
        return self._referred.get(kind, [])

    def forget_references(self) -> None:
        """Drops what files refer to: nobody asks once all is checked, and it is a third of what reading keeps."""
        self._referred.clear()


def add_references(index: Index, file: str, found: Iterable[Reference]) -> None:
    """Put a file's references into the index, one for each kind and id."""
    known: dict[tuple[str, str], Referred] = {}
    for kind, id, path, day in found:
        one = known.get((kind, id))
        if one is not None:
            one.add(day)
        elif id:
            known[kind, id] = Referred(kind, id, file, path, day, day)
    for one in known.values():
        index.refer(one)


def add_definitions(index: Index, file: File, document: Document) -> Iterator[tuple[str, str, Place, Place]]:
    """Put what a file defines into the index; gives (kind, id, place, first place) of ids defined twice.

    Read from the plain data, so that a mistake elsewhere in the record does not make it unknown to others.
    """
    data = document.data
    for kind, id, path, key in _defined(file, data):
        since, until = _life(kind, data if not path else None)
        place = document.place(path, key=key) if path else Place(file.path)
        before = index.define(kind, id, Definition(place, since, until))
        if name := _name(data, path):
            index.name(kind, id, name)
        if before is not None and not (kind in _AGAIN and before.place.file != place.file):
            yield kind, id, place, before.place


def _defined(file: File, data: Any) -> Iterator[tuple[str, str, Path, bool]]:
    """(kind, id, path, whether the id is a key) of all ids a file defines."""
    kind, own = file.kind.name, file.id
    if file.kind.many:
        yield kind, own, (), False
    if not isinstance(data, dict):
        return
    for inner, path in _MAPS.get(kind, ()):
        for id in _map(data, path):
            yield inner, id, (*path, id), True
    if kind == "project":
        yield from _tasks(own, data.get("tasks"), ("tasks",))
    elif kind == "customer":
        for id in _map(data, ("contacts",)):
            yield "contact", f"{own}/{id}", ("contacts", id), True
    elif kind == "campaign":
        for section, inner in (("flow", "step"), ("tests", "test")):
            for id in _map(data, (section,)):
                yield inner, f"{own}/{id}", (section, id), True
    elif kind == "stages":
        yield "stage", "inactive", (), False
        for section, inner in (("stages", "stage"), ("inactive", "inactive")):
            items = data.get(section)
            for at, item in enumerate(items if isinstance(items, list) else ()):
                if isinstance(item, dict) and isinstance(item.get("id"), str):
                    yield inner, item["id"], (section, at, "id"), False
    elif kind == "segments":
        for id, segment in _map(data, ("segments",)).items():
            for group in _map(segment, ("target_groups",)):
                yield "target-group", f"{id}/{group}", ("segments", id, "target_groups", group), True


_MAPS: dict[str, tuple[tuple[str, Path], ...]] = {
    "organisation": (
        ("department", ("departments",)),
        ("supplier", ("suppliers",)),
        ("criterion", ("criteria",)),
        ("support-type", ("support", "types")),
        ("support-area", ("support", "areas")),
    ),
    "stages": (("competitor", ("competitors",)),),
    "products": (("category", ("categories",)), ("product", ("products",))),
    "content": (("content", ()),),
    "marketing_plan": (
        ("activity", ("activities",)),
        ("goal", ("goals",)),
        ("focus-area", ("focus_areas",)),
        ("stakeholder", ("stakeholders",)),
    ),
    "segments": (("segment", ("segments",)),),
    "strategy": (("channel", ("channels",)), ("kpi", ("kpis",)), ("interface", ("interfaces",))),
}
"""Kind of file → what the keys of its maps define."""
_INSIDE = {"task": "project", "contact": "customer", "contact|person": "customer", "step": "campaign"}
"""Ids that are known inside one record only → the kind of file it is."""
DEFINED_IN = {
    **{inner: kind for kind, maps in _MAPS.items() for inner, _ in maps},
    **_INSIDE,
    "stage": "stages",
    "inactive": "stages",
    "target-group": "segments",
}
"""Kind of id → the kind of file that defines it, where its name is not the id."""
_AGAIN = frozenset({"goal", "focus-area", "stakeholder"})
"""What next year's plan may define again under the same id."""


def _map(data: Any, path: Path) -> Mapping[str, Any]:
    for step in path:
        data = data.get(step) if isinstance(data, dict) else None
    return data if isinstance(data, dict) else {}


def _name(data: Any, path: Path) -> str:
    """The name that stands beside an id; "" where there is none."""
    at: Any = data
    for step in path[:-1] if path and path[-1] == "id" else path:
        at = at[step]
    name = at.get("name") if isinstance(at, dict) else at
    return name if isinstance(name, str) else ""


def _tasks(project: str, tasks: Any, path: Path) -> Iterator[tuple[str, str, Path, bool]]:
    for id, task in (tasks if isinstance(tasks, dict) else {}).items():
        yield "task", f"{project}/{id}", (*path, id), True
        if isinstance(task, dict):
            yield from _tasks(project, task.get("tasks"), (*path, id, "tasks"))


def _life(kind: str, data: Any) -> tuple[dt.date | None, dt.date | None]:
    """The first and last day of a person or project."""
    if kind == "person":
        employed = _map(data, ("employed",))
        return _day(employed.get("from")), _day(employed.get("to"))
    if kind == "project" and isinstance(data, dict):
        return _day(data.get("start")), _day(data.get("closed"))
    return None, None


def _day(value: Any) -> dt.date | None:
    return written_day(value) if isinstance(value, str) else None
