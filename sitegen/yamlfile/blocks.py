"""Plain files, read without the parser: maps and lists in block style, whose values are words or stand in brackets.

Not another dialect: whatever is not exactly of this shape, and any word that might be more than a word, gives None, and
the parser reads the file. A test holds that both give the same data and the same places. It is here for its speed,
several times that of the parser's events.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any, cast

from sitegen.yamlfile.words import meaning

LONGEST = 1_000
LARGEST = 100_000
"""Words and texts longer than these are left to the parser, with all other limits."""
_DEEPEST = 8

# In block style a comma is a letter like any other; between brackets it ends a word, as `, ` does here.
_LETTERS = "0-9A-Za-zÀ-ÖØ-öø-ÿ"
_FIRST = rf"(?:[{_LETTERS}]|-(?=[0-9]))"
_BLOCK_WORD = re.compile(rf"{_FIRST}(?:(?:[{_LETTERS} .,;()/+%_–'?!&=*@\"-]|:(?! ))*[{_LETTERS}.,;()/+%_–'?!&=*@\"-])?")
_IN_BRACKETS = rf"{_FIRST}(?:[{_LETTERS} .;()/+%_–@'-]*[{_LETTERS}.;()/+%_–@'-])?"
_FLOW_WORD = re.compile(_IN_BRACKETS)
_QUOTED = re.compile(r'"([^"\\]*)"')
_TOKEN = re.compile(rf'{_IN_BRACKETS}|, |: |"[^"\\]*"|[][{{}}]')
_KEY = re.compile(rf"(?!(?:null|Null|NULL)\Z)[{_LETTERS}][{_LETTERS}_/-]{{0,60}}")
_QUOTED_KEY = re.compile(r'"[0-9]{1,20}"')
_SPACES = re.compile(" *")

Placed = tuple[int, int]
"""Line and column, from 0."""
Outline = list[Any]
"""Of a map or list in block style: where it begins, and of each entry its line, from which its places can be found.

Where a map's value stands below its key: (line of the key, outline of the value). Where a list's item is a map in block
style: its outline.
"""

# What was seen before is a word that may stand there: the same dates, projects and hours come again and again.
_block: dict[str, Any] = {}
_flow: dict[str, Any] = {}
_heads: dict[str, tuple[int, bool, str]] = {}
_lines: dict[str, tuple[int, bool, str]] = {}
"""What stands before `: `, or a line without it → where its key or hyphen stands, whether it is a hyphen, the key."""
keys: dict[str, str] = {}
_MOST_KEPT = 200_000
_NOTHING = -1, False, ""


class Unusual(Exception):
    """Something that the parser must read."""


class _Pairs(dict[str, tuple[str, Any]]):
    """`key: word` between brackets → key and value; a pair not seen before is taken apart."""

    def __missing__(self, pair: str) -> tuple[str, Any]:
        key, colon, word = pair.partition(": ")
        if not colon or not is_key(key):
            raise Unusual
        found = self[pair] = keys.setdefault(key, key), flow_word(word)
        return found


_pairs = _Pairs()


def is_key(text: str) -> bool:
    """Whether a text is a plain key; `null` is none, the parser refuses it."""
    return text in keys or _KEY.fullmatch(text) is not None


def forget() -> None:
    """Drop what was seen before, when that is more than a company's words."""
    if len(_block) + len(_flow) + len(_pairs) + len(_heads) + len(_lines) > _MOST_KEPT:
        for known in (_block, _flow, _pairs, _heads, _lines):
            known.clear()


def read_blocks(text: str) -> tuple[Any, Outline] | None:
    """The data of a plain text, and its outline; else None."""
    if len(text) > LARGEST:
        return None
    forget()
    try:
        return _read(text)
    except Unusual:
        return None


def _read(text: str) -> tuple[Any, Outline]:
    root: list[Any] = []
    whole: Outline = [(0, 0)]
    container: Any = root  # what is open: a list, or a map
    outline, indent, is_list = whole, -1, True
    stack: list[tuple[Any, Outline, int, bool]] = []  # what holds it
    key, waits = "", True  # the key whose map or list must follow
    comments = " # " in text
    lines = text.split("\n")
    above = below = 0  # the line of that key; the line below the text of several lines that was read last
    for number, line in enumerate(lines):
        if number < below:
            continue
        if comments:
            line = line.partition(" # ")[0].rstrip(" ")
        head, colon, word = line.partition(": ")
        known = (_heads if colon else _lines).get(head)
        at, hyphen, name = known or _new_line(head, colon)
        if at != indent or waits:
            if at < 0:
                continue
            if waits:
                if at <= indent or len(stack) > _DEEPEST:
                    raise Unusual
                inside: Any = [] if hyphen else {}
                own: Outline = [(number, at)]
                if is_list:
                    container.append(inside)
                    outline.append(own)
                else:
                    container[key] = inside
                    outline.append((above, own))
                stack.append((container, outline, indent, is_list))
                container, outline, indent, is_list, waits = inside, own, at, hyphen, False
            else:
                while at < indent:
                    container, outline, indent, is_list = stack.pop()
                if at != indent:
                    raise Unusual
        if hyphen is not is_list:
            raise Unusual
        if hyphen:
            if not name:
                container.append(_value(line[at + 2 :]))
                outline.append(number)
                continue
            inside, own = {}, [(number, at + 2)]
            container.append(inside)
            outline.append(own)
            stack.append((container, outline, indent, True))
            container, outline, indent, is_list = inside, own, at + 2, False
        elif name in container:
            raise Unusual
        if not colon:
            key, above, waits = name, number, True
        elif word == "|":
            container[name], below = _lines_of_text(lines, number + 1, indent)
            outline.append(number)
        else:
            container[name] = _block[word] if word in _block else _value(word)
            outline.append(number)
    if waits:
        raise Unusual
    return root[0], whole[1]


def _new_line(head: str, colon: str) -> tuple[int, bool, str]:
    """Where the key or hyphen of a line stands that begins so, whether it is a hyphen, and the key ("" for none)."""
    at = _SPACES.match(head).end()  # type: ignore[union-attr]
    rest = head[at:]
    found = _NOTHING
    if rest and not rest.startswith("# ") and rest != "#":
        hyphen = rest.startswith("- ")
        name = rest[2:] if hyphen else rest
        if not colon:
            name, colon = (name[:-1], ":") if name[-1:] == ":" else (name, "")
        if colon and (_KEY.fullmatch(name) or _QUOTED_KEY.fullmatch(name)):
            name = name.strip('"')
            name = keys.setdefault(name, name)
        elif hyphen and (not colon or name[:1] in ("{", "[", '"')):
            name = ""
        else:
            raise Unusual
        found = at, hyphen, name
    elif colon and not rest:
        raise Unusual
    (_heads if colon else _lines)[head] = found
    return found


def _lines_of_text(lines: list[str], first: int, indent: int) -> tuple[str, int]:
    """The text below a `|`, as it stands, and the line below it."""
    spaces = lines[first : first + 1] and _SPACES.match(lines[first])[0]  # type: ignore[index]
    if not spaces or len(spaces) <= indent or lines[first] == spaces:
        raise Unusual
    end = first + 1
    while end < len(lines) and (not lines[end] or lines[end].startswith(spaces)):
        end += 1
    found = [line.removeprefix(spaces) for line in lines[first:end]]
    text = "\n".join(found).rstrip("\n") + "\n"
    after = _SPACES.match(lines[end]).end() if end < len(lines) else 0  # type: ignore[union-attr]
    if after > indent or any(line and line.isspace() for line in found) or len(text) > LONGEST:
        raise Unusual
    return text, end


def _value(word: str) -> Any:
    """What stands after a colon or hyphen."""
    if word[:1] == "{":
        if word[-1] == "}" and "[" not in word and word.count("{") == 1:
            pairs = word[1:-1].split(", ")
            try:
                found = dict(map(_pairs.__getitem__, pairs))
            except Unusual:  # perhaps a comma in quotes
                return _in_brackets(word)
            if len(found) == len(pairs):
                return found
        return _in_brackets(word)
    if word[:1] == "[":
        return _in_brackets(word)
    if word in _block:
        return _block[word]
    value = _block[word] = _new_word(word, _BLOCK_WORD)
    return value


def _in_brackets(text: str) -> Any:
    """The map or list of a text `{key: word, key: [word, word]}`."""
    tokens = _TOKEN.findall(text)
    if sum(map(len, tokens)) != len(text):
        raise Unusual
    more = iter(tokens)
    try:
        found = _inside(next(more), more, 0)
    except StopIteration:
        raise Unusual from None
    if next(more, None) is not None:
        raise Unusual
    return found


def _inside(token: str, more: Iterator[str], depth: int) -> Any:
    """The value that begins with a token."""
    if depth > _DEEPEST:
        raise Unusual
    if token == "{":
        pairs: dict[str, Any] = {}
        token = next(more)
        while token != "}":
            if not is_key(token) or token in pairs or next(more) != ": ":
                raise Unusual
            pairs[keys.setdefault(token, token)] = _inside(next(more), more, depth + 1)
            token = _after(next(more), "}", more)
        return pairs
    if token == "[":
        items: list[Any] = []
        token = next(more)
        while token != "]":
            items.append(_inside(token, more, depth + 1))
            token = _after(next(more), "]", more)
        return items
    return flow_word(token)


def _after(token: str, closing: str, more: Iterator[str]) -> str:
    """The bracket that closes, or what comes after a comma."""
    if token == closing:
        return token
    if token != ", " or (token := next(more)) == closing:
        raise Unusual
    return token


def marks_of(data: Any, outline: Outline, lines: Sequence[str]) -> list[Any]:
    """The marks of what was read, as `Marks` of `document`."""
    line, column = outline[0]
    marks: list[Any] = [(line, column)]
    if isinstance(data, dict):
        for value, entry in zip(data.values(), outline[1:], strict=True):
            if isinstance(entry, tuple):
                marks += (entry[0], column), marks_of(value, entry[1], lines)
            else:
                marks += (entry, column), _mark(value, lines[entry], entry, behind_key(lines[entry], column))
    else:
        for value, entry in zip(data, outline[1:], strict=True):
            is_map = isinstance(entry, list)
            marks.append(marks_of(value, entry, lines) if is_map else _mark(value, lines[entry], entry, column + 2))
    return marks


def behind_key(line: str, column: int) -> int:
    """Where a value begins whose key stands in a column of its line."""
    return line.index(": ", column) + 2


def _mark(value: Any, line: str, number: int, column: int) -> Any:
    return marks_in_brackets(line, number, column) if isinstance(value, (dict, list)) else (number, column)


def marks_in_brackets(line: str, number: int, column: int) -> list[Any]:
    """The marks of a value in brackets that was read: in this line, from this column on."""
    marks: list[Any] = []
    around: list[list[Any]] = []
    for token in _TOKEN.finditer(line, column):
        text, mark = token[0], (number, token.start())
        if text in ("{", "["):
            inside: list[Any] = [mark]
            marks.append(inside)
            around.append(marks)
            marks = inside
        elif text in ("}", "]"):
            marks = around.pop()
            if not around:
                break
        elif text not in (", ", ": "):
            marks.append(mark)
    return cast("list[Any]", marks[0])


def flow_word(word: str) -> Any:
    """The value of a word between brackets."""
    try:
        return _flow[word]
    except KeyError:
        value = _flow[word] = _new_word(word, _FLOW_WORD)
        return value


def block_word(word: str) -> Any:
    """The value of a word after a colon, or of what stands in brackets there."""
    return _block[word] if word in _block else _value(word)


def _new_word(word: str, pattern: re.Pattern[str]) -> Any:
    if len(word) > LONGEST:
        raise Unusual
    if quoted := _QUOTED.fullmatch(word):
        return quoted[1]
    if not pattern.fullmatch(word):
        raise Unusual
    value, problem = meaning(word)
    if problem:
        raise Unusual
    return value
