"""The plainest files, read without the parser: a map of words and of lists of maps of words, as most week files are.

Lists whose maps stand each on one line with the same keys become columns at once; other lists are read line by line.

Not another dialect: whatever is not exactly of this shape, and any word that might be more than a word, gives None, and
the parser reads the file. A test holds that both give the same data. It is here for its speed, several times that of
the parser's events; places are not kept, the parser finds them when something is to be shown.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from sitegen.yamlfile.words import meaning

LONGEST = 1_000
LARGEST = 100_000
"""Words and texts longer than these are left to the parser, with all other limits."""

# In block style a comma is a letter like any other; between brackets it ends a word, as `, ` does here.
_LETTERS = "0-9A-Za-zÀ-ÖØ-öø-ÿ"
_BLOCK_WORD = re.compile(rf"[{_LETTERS}](?:[{_LETTERS} .,;()/+%_–-]*[{_LETTERS}.,;()/+%_–-])?")
_FLOW_WORD = re.compile(rf"[{_LETTERS}](?:[{_LETTERS} .;()/+%_–-]*[{_LETTERS}.;()/+%_–-])?")
_QUOTED = re.compile(r'"([^"\\]*)"')
# `null` is no key: the parser refuses it.
_KEY = re.compile(r"(?!null\Z)[a-z][a-z_]{0,60}")
_HEAD = re.compile(r"(|  - |    )((?!null\Z)[a-z][a-z_]{0,60})")

# What was seen before is a word that may stand there: the same dates, projects and hours come again and again.
_block: dict[str, Any] = {}
_flow: dict[str, Any] = {}


class _Pairs(dict[str, tuple[str, Any]]):
    """`key: word` between brackets → key and value; a pair not seen before is taken apart."""

    def __missing__(self, pair: str) -> tuple[str, Any]:
        key, colon, word = pair.partition(": ")
        if not colon or not _KEY.fullmatch(key):
            raise _Unusual
        found = self[pair] = _keys.setdefault(key, key), _flow_word(word)
        return found


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
            raise _Unusual
        value = _flow_word(word)
        if value is True or value is False:
            raise _Unusual
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


_pairs = _Pairs()
_columns: dict[tuple[str, str], _Column] = {}
_heads: dict[str, tuple[int, str]] = {}
"""What stands before `: ` on a line → where the key begins (0: top; 4: in an item; -4: begins an item), and the key."""
_keys: dict[str, str] = {}
_MOST_KEPT = 200_000


class _Unusual(Exception):
    """Something that the parser must read."""


def read_tables(text: str) -> dict[str, Any] | None:
    """The data of a text of the plainest shape in which every list is a Table; else None."""
    if len(text) > LARGEST:
        return None
    if len(_block) + len(_flow) > _MOST_KEPT:
        _block.clear()
        _flow.clear()
    data: dict[str, Any] = {}
    before, *lists = text.split(":\n  - {")
    line = 0
    try:
        for part in lists:
            above, _, key = before.rpartition("\n")
            _words(above, data)
            line += before.count("\n") + 1
            if not _KEY.fullmatch(key) or key in data:
                raise _Unusual
            inside, _, before = part.rpartition("}\n")
            table = data[key] = _table(inside, line)
            line += len(table)
        _words(before, data)
    except _Unusual:
        return None
    return data or None


def _words(text: str, data: dict[str, Any]) -> None:
    """Put lines `key: word` into the data."""
    for line in text.split("\n"):
        if line:
            key, colon, word = line.partition(": ")
            if not colon or not _KEY.fullmatch(key) or key in data:
                raise _Unusual
            try:
                data[key] = _block[word]
            except KeyError:
                data[key] = _block_value(word)


def _table(inside: str, line: int) -> Table:
    """The table of what stands between the first `{` of a list and its last `}`."""
    # The last pair of each map keeps its bracket: no other has one, so that maps of other widths are not mistaken.
    words = f"{inside}}}".replace("}\n  - {", "}, ").split(", ")
    width = inside.partition("}")[0].count(", ") + 1
    if len(words) % width:
        raise _Unusual
    columns: dict[str, list[Any]] = {}
    for at in range(width):
        pairs = words[at::width]
        key = pairs[0].partition(": ")[0]
        if key in columns:
            raise _Unusual
        behind = "}" if at == width - 1 else ""
        column = _columns.get((key, behind))
        if column is None:
            if not _KEY.fullmatch(key):
                raise _Unusual
            column = _columns[_keys.setdefault(key, key), behind] = _Column(key, behind)
        columns[key] = list(map(column.__getitem__, pairs))
    return Table(columns, line)


def read_lines(text: str) -> tuple[dict[str, Any], dict[str, list[int]]] | None:
    """The data of a text of the plainest shape, and of each list the lines of its items (from 0); else None."""
    if len(text) > LARGEST:
        return None
    if len(_block) + len(_flow) + len(_pairs) > _MOST_KEPT:
        for known in (_block, _flow, _pairs):
            known.clear()
    try:
        return _read(text)
    except _Unusual:
        return None


def _read(text: str) -> tuple[dict[str, Any], dict[str, list[int]]]:
    data: dict[str, Any] = {}
    lines: dict[str, list[int]] = {}
    items: list[Any] | None = None  # the list that is open
    item_lines: list[int] = []
    item: dict[str, Any] = {}
    open_map = False  # whether the last item may have further lines
    pair_of = _pairs.__getitem__
    for number, line in enumerate(text.split("\n")):
        if line.startswith("  - {"):  # nearly every line: what `_flow_map` does, without calling it
            pairs = line[5:-1].split(", ")
            found = dict(map(pair_of, pairs))
            if items is None or line[-1] != "}" or len(found) != len(pairs):
                raise _Unusual
            items.append(found)
            item_lines.append(number)
            open_map = False
            continue
        head, colon, word = line.partition(": ")
        if not colon:
            if not line:
                continue
            key = line[:-1]
            if line[-1] != ":" or not _KEY.fullmatch(key) or key in data or items == []:
                raise _Unusual
            data[key] = items = []
            lines[key] = item_lines = []
            open_map = False
            continue
        begins, key = _heads.get(head) or _new_head(head)
        try:
            value = _block[word]
        except KeyError:
            value = _block_value(word)
        if begins == 4:
            if not open_map or key in item:
                raise _Unusual
            item[key] = value
        elif begins == -4:
            if items is None:
                raise _Unusual
            item = {key: value}
            items.append(item)
            item_lines.append(number)
            open_map = True
        else:
            if key in data or items == []:
                raise _Unusual
            data[key] = value
            items, open_map = None, False
    if not data or items == []:
        raise _Unusual
    return data, lines


def _block_value(word: str) -> Any:
    if word[:1] == "{":
        return _flow_map(word)
    if word[:1] == "[":
        return _flow_list(word)
    value = _block[word] = _new_word(word, _BLOCK_WORD)
    return value


def _flow_map(text: str) -> dict[str, Any]:
    """The map of a text `{key: word, key: word}`."""
    if text[-1] != "}":
        raise _Unusual
    pairs = text[1:-1].split(", ")
    item = dict(map(_pairs.__getitem__, pairs))
    if len(item) != len(pairs):
        raise _Unusual  # a key that stands there twice
    return item


def _flow_list(text: str) -> list[Any]:
    """The list of a text `[word, word]`."""
    if text[-1] != "]":
        raise _Unusual
    return [_flow_word(word) for word in text[1:-1].split(", ")]


def _flow_word(word: str) -> Any:
    try:
        return _flow[word]
    except KeyError:
        value = _flow[word] = _new_word(word, _FLOW_WORD)
        return value


def _new_head(head: str) -> tuple[int, str]:
    found = _HEAD.fullmatch(head)
    if found is None:
        raise _Unusual
    begins = {"": 0, "  - ": -4, "    ": 4}[found[1]]
    _heads[head] = begins, _keys.setdefault(found[2], found[2])
    return _heads[head]


def _new_word(word: str, pattern: re.Pattern[str]) -> Any:
    if len(word) > LONGEST:
        raise _Unusual
    if quoted := _QUOTED.fullmatch(word):
        return quoted[1]
    if not pattern.fullmatch(word):
        raise _Unusual
    value, problem = meaning(word)
    if problem:
        raise _Unusual
    return value
