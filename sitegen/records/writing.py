"""A record as text, laid out the same way every time: keys in the order of the models, one entry a line.

What fits on a line stands in braces; what is a collection of things of its own has a line for each. Free text stands in
quotes inside braces, where a comma would end it, and is folded where it is long.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from pydantic import BaseModel, RootModel

from sitegen.models.base import Record
from sitegen.models.shape import Field, Leaf, Many, Map, Nested, Shape, Spans, extra_of, fields_of, shape_of
from sitegen.yamlfile.nodes import Node
from sitegen.yamlfile.words import NULL, meaning

WIDTH = 100
"""A line longer than this is broken, where it can be."""
_LAST = ("visible_to", "tags", "note")
"""What any record may say comes after what it says itself."""
_ANY = Leaf(free=True)

_BLOCK_WORD = re.compile(r"[^\W_]([^:#]|:(?=[^ ])|(?<=[^ ])#)*")
_FLOW_WORD = re.compile(r"[^\W_][\w /.;()%+–-]*(:[\w/.;()%+–-]+)*")
_KEY = re.compile(r"[^\W_][\w/. -]*(?<! )")


def record_text(node: Node, model: type[BaseModel]) -> str:
    """The text of a record: its tree laid out as its model says."""
    lines = [*node.head]
    shape: Shape = Nested(model)
    if issubclass(model, RootModel):
        (root,) = fields_of(model)
        shape = root.shape
    if not node.inside():
        return "\n".join([*lines, *_comments(node.below), _flow(node, shape)]) + "\n"
    return "\n".join([*lines, *_block(node, shape, 0)]) + "\n"


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
        here = _of_map(shape, data)
        return {key: ordered(data[key], _inside(here, key)) for key in ordered_keys(data, here)}
    if isinstance(data, list):
        return [ordered(item, _inside(shape, "")) for item in data]
    return data


def _of_map(shape: Shape, keys: Iterable[str]) -> Shape:
    """The shape of a map: a value that can change is a map of days only where it is written as one."""
    if isinstance(shape, Spans) and not any(key[:1].isdigit() for key in keys):
        return shape.item
    return shape


def _inside(shape: Shape, key: str) -> Shape:
    """The shape of what stands under a key, or of an item."""
    if isinstance(shape, Nested):
        found = next((field for field in fields_of(shape.model) if field.key == key), None) or extra_of(shape.model)
        return found.shape if found else _ANY
    return _ANY if isinstance(shape, Leaf) else shape.item


# --- lines


def _block(node: Node, shape: Shape, indent: int) -> list[str]:
    """The lines of a map or list that has something in it."""
    lines: list[str] = []
    space = " " * indent
    if node.entries is not None:
        here = _of_map(shape, node.entries)
        for key in ordered_keys(node.entries, here):
            inside = node.entries[key]
            lines += [space + line if line else "" for line in _above(inside, first=not lines)]
            lines += _entry(inside, _inside(here, key), f"{space}{_key(key)}:", indent)
    else:
        for item in node.items or ():
            lines += [space + line if line else "" for line in _above(item, first=not lines)]
            lines += _item(item, _inside(shape, ""), indent)
    return lines + [space + line if line else "" for line in node.below]


def _entry(node: Node, shape: Shape, head: str, indent: int) -> list[str]:
    """The lines of a key and its value."""
    if node.entries is None and node.items is None:
        return _with_text(node, shape, head, indent + 2)
    if _may_be_flow(node, shape):
        line = f"{head} {_flow(node, shape)}"
        if len(line) <= WIDTH or not node.inside():
            return [line + _beside(node)]
    return [head + _beside(node), *_block(node, shape, indent + 2)]


def _item(node: Node, shape: Shape, indent: int) -> list[str]:
    """The lines of an item of a list."""
    head = " " * indent + "-"
    if node.entries is None and node.items is None:
        return _with_text(node, shape, head, indent + 2)
    if _may_be_flow(node, shape):
        line = f"{head} {_flow(node, shape)}"
        if len(line) <= WIDTH or not node.inside():
            return [line + _beside(node)]
    first, *rest = _without_above(_block(node, shape, indent + 2))
    return [f"{head} {first.lstrip()}", *rest]


def _without_above(lines: list[str]) -> list[str]:
    return lines


def _with_text(node: Node, shape: Shape, head: str, indent: int) -> list[str]:
    """The lines of a key or dash and a single value: long or many-lined text is a block of its own."""
    text = node.value
    if isinstance(text, str) and (text.count("\n") or (_is_free(shape) and len(head) + len(text) > WIDTH)):
        block = _text_block(text, indent)
        if block:
            return [f"{head} {block[0]}", *block[1:]]
    return [f"{head} {_word(node, shape, flow=False)}{_beside(node)}"]


def _above(node: Node, *, first: bool) -> list[str]:
    """The comments before an entry or item, with those that have no place inside it; one blank line between."""
    lines = [*node.above, *(node.beside if not _has_place_beside(node) else ())]
    return _comments(lines, first=first)


def _comments(lines: Iterable[str], *, first: bool = True) -> list[str]:
    found: list[str] = []
    for line in lines:
        if line or (found[-1] if found else not first):
            found.append(line)
    return found
