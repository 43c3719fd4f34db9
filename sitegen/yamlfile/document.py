"""A document: its data, the place of every key and value in it, and what is wrong with it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import cached_property
from typing import Any

from sitegen.problems import Place, Problem
from sitegen.yamlfile.blocks import Outline, behind_key, marks_in_brackets, marks_of
from sitegen.yamlfile.tables import Table

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

    tables: Mapping[str, Any | Table] | None = None
    """What a file says whose lists are all tables, as its reader wanted it."""
    _data: Any = None
    _marks: Marks | Mark = None
    _outline: Outline | None = None
    """What the marks are made of when they are asked for."""
    _text = ""
    _read_again: Callable[[], Document] | None = None

    def __init__(self, file: str, line: int = 0) -> None:
        self.file = file
        self.line = line
        self.problems: list[Problem] = []

    @classmethod
    def of_blocks(cls, file: str, line: int, data: Any, outline: Outline, text: str) -> Document:
        """The document of a text that `read_blocks` took."""
        document = cls(file, line)
        document._data, document._outline, document._text = data, outline, text
        return document

    @classmethod
    def of_tables(
        cls, file: str, line: int, tables: Mapping[str, Any | Table], again: Callable[[], Document]
    ) -> Document:
        """The document of a file whose lists are all tables; `again` reads what is written, and its places.

        Both are rarely asked for: a week file's rows are made of its tables.
        """
        document = cls(file, line)
        document.tables, document._read_again = tables, again
        return document

    @property
    def data(self) -> Any:
        """What the file says."""
        self._take_again()
        return self._data

    @data.setter
    def data(self, data: Any) -> None:
        self._take_again()
        self._data, self.tables = data, None

    @property
    def marks(self) -> Marks | Mark:
        """The places of the data, all of them."""
        self._take_again()
        if self._outline is not None:
            self._marks, self._outline = marks_of(self.data, self._outline, self._lines), None
        return self._marks

    @marks.setter
    def marks(self, marks: Marks | Mark) -> None:
        self._take_again()
        self._marks, self._outline = marks, None

    def add(self, key: str, value: str, mark: tuple[int, int]) -> None:
        """Put another key into a map, with a value of which the file says elsewhere than in its YAML."""
        self.marks.extend((mark, mark))
        self.data = {**self.data, key: value}

    def _take_again(self) -> None:
        if self._read_again is not None:
            again, self._read_again = self._read_again(), None
            self._data, self._marks, self._outline, self._text = again._data, again._marks, again._outline, again._text

    @cached_property
    def _lines(self) -> Sequence[str]:
        return self._text.split("\n")

    @cached_property
    def _brackets(self) -> dict[tuple[int, int], Marks]:
        return {}

    @cached_property
    def _positions(self) -> dict[int, dict[str, int]]:
        return {}

    def place(self, path: Sequence[str | int], *, key: bool = False) -> Place:
        """The place of the value at `path`, or of its key; of what is nearest above it where the path leads nowhere."""
        self._take_again()
        if self._outline is None:
            return self.at(self._through(self._data, self._marks, path, _own(self._marks), key=key))
        data, outline = self._data, self._outline
        found: Mark = outline[0]
        for at, step in enumerate(path):
            if isinstance(data, dict) and step in data:
                entry, column = outline[1 + self._position(data, str(step))], outline[0][1]
                line, inside = entry if isinstance(entry, tuple) else (entry, None)
                value = inside[0] if inside else (line, behind_key(self._lines[line], column))
                found = (line, column) if key else value
            elif isinstance(data, list) and isinstance(step, int) and step < len(data):
                entry = outline[1 + step]
                inside = entry if isinstance(entry, list) else None
                found = value = inside[0] if inside else (entry, outline[0][1] + 2)
            else:
                break
            data = data[step]
            if inside is None:
                if isinstance(data, (dict, list)):
                    found = self._through(data, self._in_brackets(value), path[at + 1 :], found, key=key)
                break
            outline = inside
        return self.at(found)

    def _through(self, data: Any, marks: Marks | Mark, path: Sequence[str | int], found: Mark, *, key: bool) -> Mark:
        """The mark of the value at a path, or of its key; that of what is nearest above it, of all of it `found`."""
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
        return found

    def _in_brackets(self, mark: tuple[int, int]) -> Marks:
        """The marks of the value in brackets that begins at a mark; made once, for it may have many mistakes."""
        if mark not in self._brackets:
            self._brackets[mark] = marks_in_brackets(self._lines[mark[0]], *mark)
        return self._brackets[mark]

    def _position(self, data: dict[str, Any], key: str) -> int:
        """The position of a key; looked up once for all keys, for a map may have thousands of mistakes."""
        found = self._positions.get(id(data))
        if found is None or len(found) != len(data):
            found = self._positions[id(data)] = {key: at for at, key in enumerate(data)}
        return found[key]

    def item_lines(self, key: str) -> Sequence[int]:
        """The line of each item of a list that stands under a key."""
        first = self.line + 1
        self._take_again()
        if self._outline is not None:
            below = self._outline[1 + list(self.data).index(key)]
            if isinstance(below, tuple):
                items = below[1]
                return [first + (item if isinstance(item, int) else item[0][0]) for item in items[1:]]
        marks = self.marks[2 + 2 * list(self.data).index(key)]
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
