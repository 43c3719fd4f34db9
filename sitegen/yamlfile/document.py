"""A document: its data, the place of every key and value in it, and what is wrong with it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from sitegen.problems import Place, Problem
from sitegen.yamlfile.lines import Table

MOST_MISTAKES = 100
"""So many mistakes of a file are told, and then that there are more."""

Mark = Any
"""A place as the parser gives it, or (line, column), both from 0."""
Marks = list[Any]
"""The marks of a mapping or list: its own, then for a mapping key and value in turn, for a list each item. A value that
is a mapping or list has its own Marks there."""


class Document:
    """What a file says: `data` (None where it could not be read), the places in it, and what is wrong with it.

    `line` is how many lines of the file stand before the YAML (the `---` of a template's front matter).
    """

    def __init__(self, file: str, line: int = 0) -> None:
        self.file = file
        self.line = line
        self.tables: Mapping[str, Any | Table] | None = None
        """The data of a file whose lists are all tables, as it was read."""
        self._data: Any = None
        self.problems: list[Problem] = []
        self._marks: Marks | Mark = None
        self._find_marks: Callable[[], Marks | Mark] | None = None
        self._item_lines: Mapping[str, list[int]] | None = None
        self._positions: dict[int, dict[str, int]] = {}

    def without_places(self, data: Any, item_lines: Mapping[str, list[int]], find: Callable[[], Marks | Mark]) -> None:
        """Take data whose places were not kept: `find` reads the text again; `item_lines` are those of its lists."""
        self.data, self._item_lines, self._find_marks = data, item_lines, find

    @classmethod
    def of_tables(cls, file: str, line: int, tables: Mapping[str, Any | Table], find: Callable[[], Any]) -> Document:
        """The document of a file whose lists are all tables; they become maps, and `find` gives the marks, when asked.

        Both are rarely asked for: a week file's rows are made of its tables.
        """
        document = cls(file, line)
        document.tables, document._find_marks = tables, find
        return document

    @property
    def data(self) -> Any:
        """What the file says."""
        if self._data is None and self.tables is not None:
            self._data = {key: one.maps() if isinstance(one, Table) else one for key, one in self.tables.items()}
        return self._data

    @data.setter
    def data(self, data: Any) -> None:
        self._data, self.tables = data, None

    @property
    def marks(self) -> Marks | Mark:
        """The places of the data."""
        if self._find_marks is not None:
            self._marks, self._find_marks = self._find_marks(), None
        return self._marks

    @marks.setter
    def marks(self, marks: Marks | Mark) -> None:
        self._marks, self._find_marks, self._item_lines = marks, None, None

    def place(self, path: Sequence[str | int], *, key: bool = False) -> Place:
        """The place of the value at `path`, or of its key; of what is nearest above it where the path leads nowhere."""
        data, marks = self.data, self.marks
        found = _own(marks)
        for step in path:
            if isinstance(data, dict) and step in data:
                at = 1 + 2 * self._position(data, str(step))
                found = marks[at] if key else _own(marks[at + 1])
                data, marks = data[step], marks[at + 1]
            elif isinstance(data, list) and isinstance(step, int) and step < len(data):
                data, marks = data[step], marks[step + 1]
                found = _own(marks)
            else:
                break
        return self.at(found)

    def _position(self, data: dict[str, Any], key: str) -> int:
        """The position of a key; looked up once for all keys, for a map may have thousands of mistakes."""
        found = self._positions.get(id(data))
        if found is None or len(found) != len(data):
            found = self._positions[id(data)] = {key: at for at, key in enumerate(data)}
        return found[key]

    def item_lines(self, key: str) -> Sequence[int]:
        """The line of each item of a list that stands under a key."""
        first = self.line + 1
        if self.tables is not None and self._find_marks is not None:
            table: Table = self.tables[key]
            return range(table.line + first, table.line + first + len(table))
        if self._item_lines is not None:
            return [line + first for line in self._item_lines[key]]
        marks = self.marks[2 + 2 * list(self.data).index(key)]
        return [_own(item).line + first for item in marks[1:]]

    def at(self, mark: Mark) -> Place:
        """A mark as a Place."""
        if mark is None:
            return Place(self.file, self.line + 1)
        line, column = mark if isinstance(mark, tuple) else (mark.line, mark.column)
        return Place(self.file, self.line + line + 1, column + 1)


def _own(marks: Marks | Mark) -> Mark:
    return marks[0] if isinstance(marks, list) else marks
