"""The plainest files at once: a map of words and of lists whose maps stand each on one line with the same keys.

Such lists, as those of most week files, become columns; whatever else there is gives None, and is read line by line. A
test holds that all give the same data. Places are not kept: they are found when something is to be shown.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sitegen.yamlfile.blocks import LARGEST, Unusual, block_word, flow_word, forget, is_key, keys

_MOST_KEPT = 200_000


class _Column(dict[str, Any]):
    """`key: word` between brackets, with what stands behind it → value, of one key.

    A pair not seen before is taken apart. No value is true or false, so that who looks values up sees 1 as a number.
    """

    def __init__(self, key: str, behind: str) -> None:
        super().__init__()
        self._key, self._behind = key, behind

    def __missing__(self, pair: str) -> Any:
        key, colon, word = pair.removesuffix(self._behind).partition(": ")
        if key != self._key or not colon or not pair.endswith(self._behind) or "\n" in word:
            raise Unusual
        value = flow_word(word)
        if value is True or value is False:
            raise Unusual
        if len(self) > _MOST_KEPT:
            self.clear()
        self[pair] = value
        return value


@dataclass(frozen=True)
class Table:
    """A list of maps that have the same keys in the same order, as columns, and the line of its first (from 0)."""

    columns: dict[str, list[Any]]
    line: int

    def __len__(self) -> int:
        return len(next(iter(self.columns.values())))

    def maps(self) -> list[dict[str, Any]]:
        """The list."""
        return [dict(zip(self.columns, values, strict=True)) for values in zip(*self.columns.values(), strict=True)]


_columns: dict[tuple[str, str], _Column] = {}


def read_tables(text: str) -> dict[str, Any] | None:
    """The data of a text of the plainest shape in which every list is a Table; else None."""
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
            table = data[key] = _table(inside, line)
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


def _table(inside: str, line: int) -> Table:
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
        behind = "}" if at == width - 1 else ""
        column = _columns.get((key, behind))
        if column is None:
            if not is_key(key):
                raise Unusual
            column = _columns[keys.setdefault(key, key), behind] = _Column(key, behind)
        columns[key] = list(map(column.__getitem__, pairs))
    return Table(columns, line)
