"""The plainest files at once: a map of words and of lists whose maps stand each on one line with the same keys.

Such lists, as those of most week files, become columns; whatever else there is gives None, and is read line by line. A
test holds that all give the same data. Places are not kept: they are found when something is to be shown.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from sitegen.yamlfile.blocks import LARGEST, Unusual, block_word, flow_word, forget, is_key

_MOST_KEPT = 200_000


class _Column(dict[str, Any]):
    """`key: word` between brackets, with what stands behind it → what it means, of one key of a list.

    A pair not seen before is taken apart. No word is true or false, so that who looks values up sees 1 as a number.
    """

    def __init__(self, key: str, behind: str, meaning: Callable[[Any], Any]) -> None:
        super().__init__()
        self._key, self._behind, self._meaning = key, behind, meaning

    def __missing__(self, pair: str) -> Any:
        key, colon, word = pair.removesuffix(self._behind).partition(": ")
        if key != self._key or not colon or not pair.endswith(self._behind) or "\n" in word:
            raise Unusual
        value = flow_word(word)
        if value is True or value is False:
            raise Unusual
        if len(self) > _MOST_KEPT:
            self.clear()
        try:
            found = self[pair] = self._meaning(value)
        except ValueError:
            raise Unusual from None
        return found


class Columns(dict[tuple[str, str, str], _Column]):
    """(list, key, what stands behind) → its column.

    `meaning(list, key)` gives what turns a written value of it into what is kept, with a ValueError where the value is
    wrong; None where there is no such key.
    """

    def __init__(self, meaning: Callable[[str, str], Callable[[Any], Any] | None]) -> None:
        super().__init__()
        self._meaning = meaning

    def __missing__(self, column: tuple[str, str, str]) -> _Column:
        name, key, behind = column
        meaning = self._meaning(name, key) if is_key(key) else None
        if meaning is None:
            raise Unusual
        found = self[column] = _Column(key, behind, meaning)
        return found


@dataclass(frozen=True)
class Table:
    """A list of maps that have the same keys in the same order, as columns, and the line of its first (from 0)."""

    columns: Mapping[str, list[Any]]
    line: int

    def __len__(self) -> int:
        return len(next(iter(self.columns.values())))


def read_tables(text: str, columns: Columns) -> dict[str, Any | Table] | None:
    """What a text of the plainest shape says: lists as tables of what `columns` makes of them, words; else None."""
    if len(text) > LARGEST:
        return None
    forget()
    data: dict[str, Any] = {}
    before, *lists = text.split(":\n  - {")
    line = 0
    try:
        for part in lists:
            above, _, key = before.rpartition("\n")
            _words(above, data)
            line += before.count("\n") + 1
            if not is_key(key) or key in data:
                raise Unusual
            inside, _, before = part.rpartition("}\n")
            table = data[key] = _table(inside, line, key, columns)
            line += len(table)
        _words(before, data)
    except Unusual:
        return None
    return data or None


def _words(text: str, data: dict[str, Any]) -> None:
    """Put lines `key: word` into the data."""
    for line in text.split("\n"):
        if line:
            key, colon, word = line.partition(": ")
            if not colon or not is_key(key) or key in data:
                raise Unusual
            data[key] = block_word(word)


def _table(inside: str, line: int, name: str, known: Columns) -> Table:
    """The table of what stands between the first `{` of a list and its last `}`."""
    # The last pair of each map keeps its bracket: no other has one, so that maps of other widths are not mistaken.
    words = f"{inside}}}".replace("}\n  - {", "}, ").split(", ")
    width = inside.partition("}")[0].count(", ") + 1
    if len(words) % width:
        raise Unusual
    columns: dict[str, list[Any]] = {}
    for at in range(width):
        pairs = words[at::width]
        key = pairs[0].partition(": ")[0]
        if key in columns:
            raise Unusual
        columns[key] = list(map(known[name, key, "}" if at == width - 1 else ""].__getitem__, pairs))
    return Table(columns, line)
