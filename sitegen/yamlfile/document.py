"""A document: its data, the place of every key and value in it, and what is wrong with it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from sitegen.problems import Place, Problem
from sitegen.yamlfile.blocks import marks_in_brackets
from sitegen.yamlfile.tables import Table

MOST_MISTAKES = 100
"""So many mistakes of a file are told, and then that there are more."""

Mark = Any
"""A place as the parser gives it, or (line, column), both from 0."""
Marks = list[Any]
"""The marks of a mapping or list: its own, then for a mapping key and value in turn, for a list each item. A value that
is a mapping or list has its own Marks there; one in brackets may have its mark alone, until the others are asked for.
"""


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
        self._text = ""
        """What was read, where marks may still have to be found in it."""
        self._read_again: Callable[[], Document] | None = None
        self._marks: Marks | Mark = None
        self._positions: dict[int, dict[str, int]] = {}

    @classmethod
    def of_blocks(cls, file: str, line: int, data: Any, marks: Marks, text: str) -> Document:
        """The document of a text that `read_blocks` took."""
        document = cls(file, line)
        document._data, document._marks, document._text = data, marks, text
        return document

    @classmethod
    def of_tables(
        cls, file: str, line: int, tables: Mapping[str, Any | Table], text: str, again: Callable[[], Document]
    ) -> Document:
        """The document of a file whose lists are all tables; they become maps when asked for, and `again` is the
        same document with marks. Both are rarely asked for: a week file's rows are made of its tables.
        """
        document = cls(file, line)
        document.tables, document._text, document._read_again = tables, text, again
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
        """The places of the data, all of them."""
        marks = self._found_marks()
        if self._text:
            self._marks, self._text = _whole(self.data, marks, self._text.split("\n")), ""
        return self._marks

    @marks.setter
    def marks(self, marks: Marks | Mark) -> None:
        self._marks, self._read_again, self._text = marks, None, ""

    def add(self, key: str, value: str, mark: tuple[int, int]) -> None:
        """Put another key into a map, with a value of which the file says elsewhere than in its YAML."""
        self._found_marks().extend((mark, mark))
        self.data = {**self.data, key: value}

    def _found_marks(self) -> Marks | Mark:
        if self._read_again is not None:
            self._marks, self._read_again = self._read_again()._marks, None
        return self._marks

    def _inside(self, data: Any, marks: Marks | Mark) -> Marks | Mark:
        """The marks of a value, also where it stands in brackets."""
        if isinstance(marks, tuple) and isinstance(data, (dict, list)):
            return marks_in_brackets(self._text.split("\n")[marks[0]], *marks)
        return marks

    def place(self, path: Sequence[str | int], *, key: bool = False) -> Place:
        """The place of the value at `path`, or of its key; of what is nearest above it where the path leads nowhere."""
        data, marks = self.data, self._found_marks()
        found = _own(marks)
        for step in path:
            marks = self._inside(data, marks)
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
        if self.tables is not None and self._read_again is not None:
            table: Table = self.tables[key]
            return range(table.line + first, table.line + first + len(table))
        marks = self._inside(self.data[key], self._found_marks()[2 + 2 * self._position(self.data, key)])
        return [_position_of(_own(item))[0] + first for item in marks[1:]]

    def at(self, mark: Mark) -> Place:
        """A mark as a Place."""
        if mark is None:
            return Place(self.file, self.line + 1)
        line, column = _position_of(mark)
        return Place(self.file, self.line + line + 1, column + 1)


def _own(marks: Marks | Mark) -> Mark:
    return marks[0] if isinstance(marks, list) else marks


def _position_of(mark: Mark) -> tuple[int, int]:
    """Line and column of a mark."""
    return mark if isinstance(mark, tuple) else (mark.line, mark.column)


def _whole(data: Any, marks: Marks | Mark, lines: Sequence[str]) -> Marks | Mark:
    """The marks, those in brackets among them."""
    if not isinstance(data, (dict, list)):
        return marks
    if isinstance(marks, tuple):
        return marks_in_brackets(lines[marks[0]], *marks)
    if isinstance(data, dict):
        for at, value in enumerate(data.values()):
            marks[2 + 2 * at] = _whole(value, marks[2 + 2 * at], lines)
    else:
        marks[1:] = [_whole(value, mark, lines) for value, mark in zip(data, marks[1:], strict=True)]
    return marks
