"""Places in files that were read and dropped: a file is read again when a problem in it is to be shown."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

from sitegen.problems import Place
from sitegen.records import read_file
from sitegen.yamlfile import Document


class Files:
    """The folder of the records, for checks that know a path and need a place."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._document = lru_cache(maxsize=64)(self._read)

    def place(self, file: str, path: Sequence[str | int], *, key: bool = False) -> Place:
        """The place of the value at a path of written keys and positions, or of its key."""
        return self._document(file).place(path, key=key)

    def value(self, file: str, path: Sequence[str | int]) -> Any:
        """What stands at a path; None where nothing does."""
        data = self._document(file).data
        for step in path:
            try:
                data = data[step]
            except (KeyError, IndexError, TypeError):
                return None
        return data

    def _read(self, file: str) -> Document:
        return read_file(self._root, file)[0]
