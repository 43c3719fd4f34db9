"""Places in files that were read and dropped: a file is read again when a problem in it is to be shown."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any

from sitegen.problems import Place, Problem
from sitegen.records import Read, kept_document, read_file
from sitegen.yamlfile import Document

Path_ = Sequence[str | int]


class Files:
    """The files of a folder, for checks that know a path and need a place.

    A path is of written keys and list positions. What was wrong in a file was taken out before its model was made, so a
    path in the model leads through what was kept; `written` leads through the file as it stands.
    """

    def __init__(self, read: Read, root: Path) -> None:
        self.sources = read.records.sources
        self._read = read
        self.root = root
        self._kinds = {file.path: file.kind for file in read.files}
        self._with_problems = {problem.place.file for problem in read.problems}
        self._document = lru_cache(maxsize=64)(self._find)

    def problem(
        self,
        code: str,
        source: tuple[str, str] | str,
        path: Path_ = (),
        *,
        key: bool = False,
        also: tuple[Place, ...] = (),
        **values: str | int,
    ) -> Problem:
        """A problem at a path of a record: (kind, id), or the file's name."""
        return Problem(code, self.place(source, path, key=key), values, also=also)

    def place(self, source: tuple[str, str] | str, path: Path_ = (), *, key: bool = False) -> Place:
        """The place of the value at a path of what was kept of a record, or of its key."""
        file = source if isinstance(source, str) else self.sources[source]
        return self._document(file)[1].place(path, key=key)

    def written_place(self, file: str, path: Path_, *, key: bool = False) -> Place:
        """The place of the value at a path of a file as it stands, or of its key."""
        return self._document(file)[0].place(path, key=key)

    def has_mistake(self, place: Place) -> bool:
        """Whether the reader found an error on the line of a place."""
        return (place.file, place.line) in self._wrong_lines

    @cached_property
    def _wrong_lines(self) -> frozenset[tuple[str, int]]:
        return frozenset((one.place.file, one.place.line) for one in self._read.problems if one.severity == "error")

    def written(self, file: str, path: Path_) -> Any:
        """What stands at a path of a file; None where nothing does."""
        data = self._document(file)[0].data
        for step in path:
            try:
                data = data[step]
            except (KeyError, IndexError, TypeError):
                return None
        return data

    def item_at(self, file: str, section: str, line: int) -> int:
        """The position in a list of what was kept whose item begins on a line: rows know no more than their line."""
        document = self._document(file)[1]
        for at in range(len(document.data[section])):
            if document.place((section, at)).line >= line:
                return at
        return 0

    def text(self, file: str) -> str:
        """The text of a file."""
        return read_file(self.root, file)[1]

    def _find(self, file: str) -> tuple[Document, Document]:
        """A file as it stands, and what was kept of it."""
        document, _ = read_file(self.root, file)
        if file not in self._with_problems:  # all of it was kept
            return document, document
        return document, kept_document(self._kinds[file], document, self._read.context)
