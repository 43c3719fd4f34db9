"""A record as text, laid out the same way every time: keys in the order of the models, one entry a line.

What fits on a line stands in braces; what is a collection of things of its own has a line for each. Free text stands in
quotes inside braces, where a comma would end it, and is folded where it is long.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import dropwhile, islice
from typing import Any

from pydantic import BaseModel, RootModel

from sitegen.models.base import Record
from sitegen.models.shape import Field, Leaf, Map, Nested, Shape, Spans, extra_of, fields_of
from sitegen.yamlfile.nodes import Node, node_of
from sitegen.yamlfile.words import NULL, meaning

WIDTH = 120
"""A line longer than this is broken, where it can be."""
_LAST = ("visible_to", "tags", "note")
"""What any record may say comes after what it says itself."""
_ANY = Leaf(free=True)

_BLOCK_WORD = re.compile(r"[^\W_](?:[^:#\n\t]|:(?=[^ ])|(?<=[^ ])#)*")
_FLOW_WORD = re.compile(r"[^\W_][\w /.;()%+–-]*(?::[\w/.;()%+–-]+)*")
_LIKE_A_NUMBER = re.compile(r"[\d.,:_+-]+")
_DAY_OR_MONTH = re.compile(r"\d{4}-\d\d(?:-\d\d)?")
_KEY = re.compile(r"[^\W_][\w/. -]*")


def record_text(node: Node, model: type[BaseModel]) -> str:
    """The text of a record: its tree laid out as its model says."""
    shape = root_shape(model)
    _hoist(node, shape)
    start = _tidy(node.head)
    if not node.inside():
        return "\n".join([*start, *_tidy(node.below), _flow(node, shape)]) + "\n"
    return "\n".join([*start, *_block(node, shape, 0)]) + "\n"


def item_lines(data: Any, model: type[BaseModel], indent: int) -> list[str]:
    """The lines of plain data as an item of a list, as `record_text` writes it; `indent` is where its dash stands."""
    _, lines = _value(node_of(data), Nested(model), " " * indent + "-", indent)
    return lines


def root_shape(model: type[BaseModel]) -> Shape:
    """The shape of a whole file: a model's keys, or the one map or list that it is."""
    return fields_of(model)[0].shape if issubclass(model, RootModel) else Nested(model)


def ordered_keys(keys: Iterable[str], shape: Shape) -> list[str]:
    """The keys of a map in the order they are written in: a model's in its order, days by day, others as they are."""
    if isinstance(shape, Nested):
        places = {field.key: place for place, field in enumerate(ordered_fields(shape.model))}
        return sorted(keys, key=lambda key: places.get(key, len(places)))
    return sorted(keys) if isinstance(shape, Spans) else list(keys)


def ordered_fields(model: type[BaseModel]) -> list[Field]:
    """The fields of a model in the order they are written in."""
    fields = list(fields_of(model))
    if issubclass(model, Record):
        fields.sort(key=lambda field: _LAST.index(field.key) + 1 if field.key in _LAST else 0)
    return fields


def ordered(data: Any, shape: Shape) -> Any:
    """Plain data with its keys in the order they are written in."""
    if isinstance(data, dict):
        here = _here(shape, data)
        return {key: ordered(data[key], _inside(here, key)) for key in ordered_keys(data, here)}
    if isinstance(data, list):
        return [ordered(item, _inside(_here(shape, None))) for item in data]
    return data


def same(one: Any, other: Any) -> bool:
    """Whether two values are the same to the last type and order: 1 is not 1.0, and not true."""
    if type(one) is not type(other):
        return False
    if isinstance(one, dict):
        return list(one) == list(other) and all(same(value, other[key]) for key, value in one.items())
    if isinstance(one, list):
        return len(one) == len(other) and all(map(same, one, other))
    return bool(one == other)


def _here(shape: Shape, keys: Iterable[str] | None) -> Shape:
    """The shape of a map or list: a value that can change is a map of days only where it is written as one."""
    if isinstance(shape, Spans) and not any(key[:1].isdigit() for key in keys or ()):
        return shape.item
    return shape


def _inside(shape: Shape, key: str = "") -> Shape:
    """The shape of what stands under a key, or of an item."""
    if isinstance(shape, Nested):
        found = next((field for field in fields_of(shape.model) if field.key == key), None) or extra_of(shape.model)
        return found.shape if found else _ANY
    return shape if isinstance(shape, Leaf) else shape.item


# --- lines


def _hoist(node: Node, shape: Shape) -> None:
    """Put the comments before what begins on the line of a dash above that line: there is no place after the dash."""
    for place, (head, inside, its_shape) in enumerate(_parts(node, shape)):
        _hoist(inside, its_shape)
        if head == "-":
            for _, first, _ in islice(_parts(inside, its_shape), 1):
                inside.above += first.above
                first.above = []
        if place == 0:
            inside.above = _tidy(inside.above)  # no empty line after the key or dash that it all belongs to


def _block(node: Node, shape: Shape, indent: int) -> list[str]:
    """The lines of a map or list that has something in it."""
    lines: list[str] = []
    space = " " * indent
    for head, inside, its_shape in _parts(node, shape):
        above, own = _value(inside, its_shape, f"{space}{head}", indent)
        lines += [space + line if line else "" for line in [*inside.above, *above]] + own
    return lines + [space + line if line else "" for line in node.below]


def _parts(node: Node, shape: Shape) -> Iterator[tuple[str, Node, Shape]]:
    """What begins the line of each entry or item, its node and its shape."""
    here = _here(shape, node.entries)
    if node.entries is None:
        for item in node.items or ():
            yield "-", item, _inside(here)
        return
    for key in ordered_keys(node.entries, here):
        yield f"{_key(key)}:", node.entries[key], _inside(here, key)


def _value(node: Node, shape: Shape, head: str, indent: int) -> tuple[list[str], list[str]]:
    """The comments that must stand above an entry or item besides its own, and its lines."""
    beside = f" {node.beside[0]}" if len(node.beside) == 1 else ""
    above = [] if beside else node.beside
    if node.entries is None and node.items is None:
        block = _text_block(node.value, shape, head, indent + 2) if isinstance(node.value, str) else []
        if block:
            return node.beside, [f"{head} {block[0]}", *block[1:]]
        return above, [f"{head} {_word(node, shape, flow=False)}{beside}"]
    if not node.inside():
        return [*above, *node.below], [f"{head} {_flow(node, shape)}{beside}"]
    if _may_be_flow(node, shape):
        line = f"{head} {_flow(node, shape)}"
        if len(line) <= WIDTH:
            return above, [line + beside]
    if head.endswith(":"):
        return above, [head + beside, *_block(node, shape, indent + 2)]
    first, *rest = _block(node, shape, indent + 2)
    return node.beside, [f"{head} {first.lstrip()}", *rest]


def _tidy(lines: Iterable[str]) -> list[str]:
    """Comments without blank lines before the first."""
    return list(dropwhile(lambda line: not line, lines))


# --- values on a line


def _may_be_flow(node: Node, shape: Shape) -> bool:
    """Whether a map or list may stand in braces: nothing in it needs a line of its own."""
    if node.entries is None and node.items is None:
        return not isinstance(node.value, str) or "\n" not in node.value
    if not node.inside():
        return not node.below
    return not (
        _is_collection(_here(shape, node.entries))
        or any(node.below)
        or any(any(part.above) or any(part.beside) for part in node.inside())
        or not all(_may_be_flow(part, its_shape) for _, part, its_shape in _parts(node, shape))
    )


def _is_collection(shape: Shape) -> bool:
    """Whether a map or list holds things that each deserve a line: not words, numbers and days."""
    if isinstance(shape, (Leaf, Nested)):
        return False
    return not isinstance(shape.item, Leaf) or (isinstance(shape, Map) and shape.item.free)


def _flow(node: Node, shape: Shape) -> str:
    if node.entries is not None:
        parts = (f"{head} {_flow(inside, its_shape)}" for head, inside, its_shape in _parts(node, shape))
        return f"{{{', '.join(parts)}}}"
    if node.items is not None:
        return f"[{', '.join(_flow(item, its_shape) for _, item, its_shape in _parts(node, shape))}]"
    return _word(node, shape, flow=True)


def _word(node: Node, shape: Shape, *, flow: bool) -> str:
    value = node.value
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return _text(value, quote=flow and isinstance(shape, Leaf) and shape.free, flow=flow)
    word = node.word or repr(value)
    return word if meaning(word)[1] != "thousands-point" else word + "0"


def _text(text: str, *, quote: bool, flow: bool) -> str:
    """A text on one line: bare where that is safe, else in quotes."""
    pattern = _FLOW_WORD if flow else _BLOCK_WORD
    like_a_number = _LIKE_A_NUMBER.fullmatch(text) and not _DAY_OR_MONTH.fullmatch(text)
    if not quote and not like_a_number and text == text.strip() and pattern.fullmatch(text):
        if meaning(text) == (text, ""):
            return text
    return _in_quotes(text)


def _in_quotes(text: str) -> str:
    if '"' not in text and "\\" not in text and "\n" not in text and "\t" not in text:
        return f'"{text}"'
    if "\n" not in text and "\t" not in text:
        return "'" + text.replace("'", "''") + "'"
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n").replace("\t", "\\t")
    return f'"{escaped}"'


def _key(key: str) -> str:
    return key if _KEY.fullmatch(key) and key == key.strip() and key not in NULL else _in_quotes(key)


# --- text of many lines


def _text_block(text: str, shape: Shape, head: str, indent: int) -> list[str]:
    """Text of many lines, or free text too long for one, as lines of its own; nothing where it is neither."""
    long = isinstance(shape, Leaf) and shape.free and len(head) + 1 + len(text) > WIDTH
    lines = text.removesuffix("\n").split("\n")
    if not (long or "\n" in text) or "\t" in text or any(line != line.rstrip() for line in lines):
        return []
    if not lines[0].strip() or lines[0][0] == " " or not lines[-1]:
        return []
    end = "" if text.endswith("\n") else "-"
    may_be_folded = "  " not in text and "\n " not in text
    if max(map(len, lines)) <= WIDTH - indent or not may_be_folded:
        return [f"|{end}", *(" " * indent + line if line else "" for line in lines)]
    folded: list[str] = []
    for part in re.split(r"(\n+)", "\n".join(lines)):
        # Folding takes one line break of several: so many newlines are so many empty lines.
        folded += [""] * len(part) if part.startswith("\n") else _wrapped(part, WIDTH - indent)
    return [f">{end}", *(" " * indent + line if line else "" for line in folded)]


def _wrapped(text: str, width: int) -> list[str]:
    """A text cut at its spaces into lines of at most a width, as far as its words are shorter."""
    lines: list[str] = []
    for word in text.split(" "):
        if lines and len(lines[-1]) + 1 + len(word) <= width:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    return lines
