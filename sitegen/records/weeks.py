"""A week file → rows, without a model of each entry: nearly all of what there is to read are week files.

Column by column, and each different value once: a company logs on the same projects, days and hours again and again.
What is not plain (anything wrong) gives None, and the model reads the file. A test holds that both give the
same rows.
"""

from __future__ import annotations

import datetime as dt
from bisect import bisect_left
from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from functools import cache
from itertools import chain
from operator import itemgetter
from typing import Annotated, Any

from pydantic import BaseModel, TypeAdapter, ValidationError

from sitegen.models.time import Absent, Booked, Logged, WeekFile
from sitegen.records.folder import File
from sitegen.records.index import Referred
from sitegen.records.rows import ABSENT, BOOKED, LOGGED, Rows
from sitegen.yamlfile import Document
from sitegen.yamlfile.tables import Columns, Table

_LEFT_OUT = object()
_MOST_KEPT = 50_000
_SECTIONS: Mapping[str, tuple[type[BaseModel], Sequence[str]]] = {
    "logged": (Logged, LOGGED),
    "booked": (Booked, BOOKED),
    "absent": (Absent, ABSENT),
}
_KEYS = frozenset({"planned", *_SECTIONS})
_ATTRIBUTES = {"day": "date"}
"""Columns that have another name than the attribute they hold."""
_DECISIONS = {"decision": "decision", "to_week": "to", "why": "why"}
"""Columns that a map `instead` holds, and the attribute of each."""


class _Values(dict[Any, Any]):
    """Written value → value of one field, each different one validated once; a map or list stands there as a tuple."""

    def __init__(
        self, model: type[BaseModel], attribute: str, made_of: type[dict[str, Any] | list[Any]] = list
    ) -> None:
        super().__init__()
        self._model, self._attribute, self._made_of = model, attribute, made_of
        self._adapter: TypeAdapter[Any] | None = None
        self.numbers = False
        """Whether a number was written; there is none where only text is right."""

    def __missing__(self, written: Any) -> Any:
        info = self._model.model_fields[self._attribute]
        if written is _LEFT_OUT and not info.is_required():
            value = info.default
        else:
            if self._adapter is None:
                annotated: Any = Annotated[info.annotation, *info.metadata]
                self._adapter = TypeAdapter(annotated)
            value = self._adapter.validate_python(self._made_of(written) if type(written) is tuple else written)
        self.numbers = self.numbers or isinstance(written, (int, float))
        if len(self) > _MOST_KEPT:
            self.clear()
        self[written] = value
        return value


@cache
def _fields(section: str) -> tuple[dict[str, tuple[str, _Values]], frozenset[str]]:
    """Written key → column and its values, and the keys that must be there."""
    model, names = _SECTIONS[section]
    columns = {_ATTRIBUTES.get(name, name): name for name in names}
    found = {
        info.alias or attribute: (columns[attribute], _Values(model, attribute))
        for attribute, info in model.model_fields.items()
        if attribute in columns
    }
    needed = {info.alias or name for name, info in model.model_fields.items() if info.is_required()}
    return found, frozenset(needed)


def _meaning(section: str, key: str) -> Callable[[Any], Any] | None:
    """What turns a written value of a section's list into that of its column."""
    found = _fields(section)[0].get(key) if section in _SECTIONS else None
    return found[1].__getitem__ if found else None


WEEK_COLUMNS = Columns(_meaning)
"""What tables of week files are read into: the values of their columns."""
_planned = _Values(WeekFile, "planned")
_instead = _Values(Booked, "instead", dict)


def plain_week(document: Document, person: str, monday: dt.date, into: Mapping[str, Rows]) -> set[dt.date] | None:
    """Put the rows of a plain week file below those there are, as `rows.week_rows` makes them of its model.

    Args:
        document: the file.
        person: whose week it is.
        monday: its first day.
        into: the rows `logged`, `booked` and `absent` of all files.

    Returns:
        The days that something was logged on or that she was away; None, and nothing is put anywhere, for a file that
        is not plain.
    """
    data = document.tables or document.data
    if type(data) is not dict or not data.keys() <= _KEYS:
        return None
    try:
        planned = _planned[data["planned"]] if "planned" in data else None
        found = [(section, _section(data[section], section)) for section in _SECTIONS if section in data]
    except (ValidationError, TypeError, AttributeError):
        return None
    days: set[dt.date] = set()
    hers, booked = {"person": person}, {"person": person, "week": monday, "planned": planned}
    for section, columns in found:
        table = data[section]
        if isinstance(table, Table):
            first = document.line + table.line + 1
            lines: Sequence[int] = range(first, first + len(table))
        else:
            lines = document.item_lines(section)
        if section != "booked":
            days.update(columns["day"])
        into[section].add_file(document.file, columns, lines, booked if section == "booked" else hers)
    return days


def _section(entries: Any, section: str) -> dict[str, list[Any]]:
    """The columns that are written in one section.

    Raises:
        ValidationError, TypeError, AttributeError: it is not plain.
    """
    fields, needed = _fields(section)
    if isinstance(entries, Table):
        if not needed <= entries.columns.keys():
            raise TypeError
        return {fields[key][0]: column for key, column in entries.columns.items()}
    columns: dict[str, list[Any]] = {}
    written_columns = _written(entries)
    if not needed <= written_columns.keys():
        raise TypeError
    for key, written in written_columns.items():
        if key == "instead" and section == "booked":
            columns.update(_decisions(written))
            continue
        name, values = fields.get(key, ("", None))
        if values is None or (values.numbers and bool in set(map(type, written))):
            raise TypeError  # True would be found where 1 was seen
        if key == "displaced":
            written = [tuple(one) if type(one) is list else one for one in written]
        columns[name] = list(map(values.__getitem__, written))
    return columns


def _decisions(written: Sequence[Any]) -> dict[str, list[Any]]:
    """The columns of what was decided about bookings that were not kept, and None where nothing was.

    Raises:
        ValidationError, TypeError, AttributeError: it is not plain.
    """
    found = [None if one is _LEFT_OUT else _instead[tuple(one.items())] for one in written]
    return {name: [one and getattr(one, attribute) for one in found] for name, attribute in _DECISIONS.items()}


def _written(entries: Sequence[dict[str, Any]]) -> Mapping[str, Sequence[Any]]:
    """Each key, and what stands under it entry by entry. Often all entries have the same keys, which is quicker."""
    keys = list(set().union(*entries))
    if len(keys) > 1 and len(keys) * len(entries) == sum(map(len, entries)):
        return dict(zip(keys, zip(*map(itemgetter(*keys), entries), strict=True), strict=True))
    return {key: [entry.get(key, _LEFT_OUT) for entry in entries] for key in keys}


REFERRING: Mapping[str, tuple[tuple[str, str], ...]] = {
    "project": (("booked", "project"), ("logged", "project"), ("logged", "displaced")),
    "task": (("booked", "task"), ("logged", "task")),
    "department": (("logged", "asked_by"),),
    "customer": (("logged", "customer"),),
}
"""Kind of id → sections and columns of plain week files that name one."""


def references_of_weeks(
    sections: Mapping[str, Rows], modelled: Container[str], kind: str, wanted: Callable[[str], bool]
) -> Iterator[Referred]:
    """What plain week files refer to, once a file and id, of the ids of a kind for which `wanted` is true.

    Each different id is asked about once, so that all is soon said where none is wanted.

    Args:
        sections: the rows `booked` and `logged`.
        modelled: the files that are not plain; their references are in the index.
        kind: the kind of id.
        wanted: whether an id is; a task's is `<project>/<task>`.
    """
    found: dict[tuple[str, str], Referred] = {}
    for section, column in REFERRING.get(kind, ()):
        rows = sections[section]
        names = _names(rows, column)
        names = {name: id for name, id in names.items() if wanted(id)}
        if not names:
            continue
        values = zip(rows["project"], rows["task"], strict=True) if column == "task" else rows[column]
        days = rows["day"] if section == "logged" else [None] * len(rows)
        for at, (value, day, number) in enumerate(zip(values, days, rows["file"], strict=True)):
            file = rows.files[number]
            for place, name in enumerate(value if column == "displaced" else (value,)):
                if name not in names or file in modelled:
                    continue
                id, row = names[name], at - bisect_left(rows["file"], number)
                path = (section, row, column, place) if column == "displaced" else (section, row, column)
                before = found.get((file, id))
                if before is None:
                    found[file, id] = Referred(kind, id, file, path, day, day)
                    continue
                before.add(day)
                if before.path[0] == section and row < int(before.path[1]):
                    before.path = path
    yield from found.values()


def people_of_weeks(files: Iterable[File], wanted: Callable[[str], bool]) -> Iterator[Referred]:
    """The week files of the people for whom `wanted` is true: a file's folder says whose it is."""
    weeks = [file for file in files if file.kind.name == "week"]
    people = {person for person in {file.names["person"] for file in weeks} if wanted(person)}
    for file in weeks if people else ():
        if file.names["person"] in people:
            yield Referred("person", file.names["person"], file.path, (), None, None)


def _names(rows: Rows, column: str) -> dict[Any, str]:
    """What stands in a column → the id that it is of all rows; a task's is `<project>/<task>`."""
    if column == "task":
        pairs = set(zip(rows["project"], rows["task"], strict=True))
        return {(project, task): f"{project}/{task}" for project, task in pairs if task is not None}
    different = set(rows[column])
    found = chain.from_iterable(different) if column == "displaced" else different - {None}
    return {name: name for name in found}
