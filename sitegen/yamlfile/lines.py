"""The plainest files, read line by line: a map of words and of lists of maps of words, as most week files are.

Not another dialect: whatever is not exactly of this shape, and any word that might be more than a word, gives None, and
the parser reads the file. A test holds that both give the same data and places. It is here for its speed, several times
that of the parser's events.
"""

from __future__ import annotations

import re
from typing import Any

from sitegen.yamlfile.document import Marks
from sitegen.yamlfile.words import meaning

LONGEST = 1_000
LARGEST = 100_000
"""Words and texts longer than these are left to the parser, with all other limits."""

# In block style a comma is a letter like any other; between brackets it ends a word, as `, ` does here.
_BLOCK_WORD = re.compile(r"[0-9A-Za-zÀ-ÖØ-öø-ÿ](?:[0-9A-Za-zÀ-ÖØ-öø-ÿ .,;()/+%_–-]*[0-9A-Za-zÀ-ÖØ-öø-ÿ.,;()/+%_–-])?")
_FLOW_WORD = re.compile(r"[0-9A-Za-zÀ-ÖØ-öø-ÿ](?:[0-9A-Za-zÀ-ÖØ-öø-ÿ .;()/+%_–-]*[0-9A-Za-zÀ-ÖØ-öø-ÿ.;()/+%_–-])?")
_QUOTED = re.compile(r'"([^"\\]*)"')
_KEY = re.compile(r"[a-z][a-z_]{0,60}")
_HEAD = re.compile(r"(|  - |    )([a-z][a-z_]{0,60})")

_block: dict[str, Any] = {}
_flow: dict[str, Any] = {}
_heads: dict[str, tuple[int, str]] = {}
"""What stands before `: ` on a line → where the key begins (0: top; 4: in an item; -4: begins an item), and the key."""
_keys: dict[str, str] = {}
_MOST_KEPT = 200_000


class _Unusual(Exception):
    """Something that the parser must read."""


def read_lines(text: str) -> tuple[dict[str, Any], Marks] | None:
    """The data and marks of a text of the plainest shape, else None."""
    if len(text) > LARGEST:
        return None
    if len(_block) + len(_flow) > _MOST_KEPT:
        _block.clear()
        _flow.clear()
    try:
        return _read(text)
    except _Unusual:
        return None


def _read(text: str) -> tuple[dict[str, Any], Marks]:
    data: dict[str, Any] = {}
    marks: Marks = [(0, 0)]
    items: list[Any] | None = None  # the list that is open
    item_marks: Marks = []
    item: dict[str, Any] = {}
    own: Marks = []
    open_map = False  # whether the last item may have further lines
    for number, line in enumerate(text.split("\n")):
        if line.startswith("  - {"):
            if items is None:
                raise _Unusual
            item, own = _flow_map(line[4:], number, 4)
            items.append(item)
            item_marks.append(own)
            open_map = False
            continue
        head, colon, word = line.partition(": ")
        if not colon:
            if not line:
                continue
            if line[-1] != ":" or not _KEY.fullmatch(line[:-1]) or line[:-1] in data or items == []:
                raise _Unusual
            items, item_marks = [], [None]
            data[line[:-1]] = items
            marks.append((number, 0))
            marks.append(item_marks)
            open_map = False
            continue
        try:
            begins, key = _heads[head]
        except KeyError:
            begins, key = _new_head(head)
        mark: Any = (number, len(line) - len(word))
        try:
            value = _block[word]
        except KeyError:
            if word[:1] == "{":
                value, mark = _flow_map(word, number, len(line) - len(word))
            elif word[:1] == "[":
                value, mark = _flow_list(word, number, len(line) - len(word))
            else:
                value = _block[word] = _new_word(word, _BLOCK_WORD)
        if begins == 4:
            if not open_map or key in item:
                raise _Unusual
        elif begins == -4:
            if items is None:
                raise _Unusual
            item, own = {}, [(number, 4)]
            items.append(item)
            item_marks.append(own)
            open_map = True
        else:
            if key in data or items == []:
                raise _Unusual
            items, open_map = None, False
            data[key] = value
            marks.append((number, 0))
            marks.append(mark)
            continue
        item[key] = value
        own.append((number, 4))
        own.append(mark)
    if not data or items == []:
        raise _Unusual
    marks[0] = (marks[1][0], 0)
    for list_marks in marks[2::2]:
        if list_marks.__class__ is list and list_marks[0] is None:
            list_marks[0] = (list_marks[1][0][0], 2)  # a list begins where its first item does
    return data, marks


def _flow_map(text: str, number: int, column: int) -> tuple[dict[str, Any], Marks]:
    """The map of a text `{key: word, key: word}`, which begins at a column of a line."""
    if text[-1] != "}":
        raise _Unusual
    item: dict[str, Any] = {}
    own: Marks = [(number, column)]
    column += 1
    for part in text[1:-1].split(", "):
        key, colon, word = part.partition(": ")
        if key not in _keys:
            if not _KEY.fullmatch(key):
                raise _Unusual
            _keys[key] = key
        if not colon or key in item:
            raise _Unusual
        item[_keys[key]] = _flow_word(word)
        own.append((number, column))
        own.append((number, column + len(key) + 2))
        column += len(part) + 2
    return item, own


def _flow_list(text: str, number: int, column: int) -> tuple[list[Any], Marks]:
    """The list of a text `[word, word]`."""
    if text[-1] != "]":
        raise _Unusual
    own: Marks = [(number, column)]
    column += 1
    words = text[1:-1].split(", ")
    for word in words:
        own.append((number, column))
        column += len(word) + 2
    return [_flow_word(word) for word in words], own


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
