"""What refers to what, read from plain data: so it is found in every file, also in one whose values are wrong."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from functools import cache, lru_cache
from typing import Any, NamedTuple

from pydantic import BaseModel

from sitegen.models.fields import Ref
from sitegen.models.shape import Leaf, Many, Map, Nested, Shape, Spans, extra_of, fields_of

_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
_DAY_KEYS = ("date", "on", "booked", "given", "opened", "from")
"""The day of a mapping is the first of these keys that holds one."""

AUDIENCES = ("everyone", "marketing", "management")

Path = tuple[str | int, ...]


class Reference(NamedTuple):
    """One id in a file, or `<record>/<id>` of one inside a record; `day` is the nearest day written around it."""

    kind: str
    id: str
    path: Path
    day: dt.date | None


@cache
def _keys(model: type[BaseModel]) -> Mapping[str, Shape]:
    """The keys of a model's mapping, each with its shape."""
    return {field.key: field.shape for field in fields_of(model)}


@cache
def _referring_keys(model: type[BaseModel]) -> Mapping[str, Shape]:
    """Those keys in or below which a reference can be found."""
    return {key: shape for key, shape in _keys(model).items() if _search(shape, set())}


@cache
def _whole(model: type[BaseModel]) -> Shape:
    """The shape of a file: a mapping, or of a file that is one map or list, that one."""
    fields = fields_of(model)
    return fields[0].shape if tuple(field.attribute for field in fields) == ("root",) else Nested(model)


def _search(shape: Shape, seen: set[type[BaseModel]]) -> bool:
    if isinstance(shape, Leaf):
        return shape.ref is not None
    if isinstance(shape, Nested):
        if shape.model in seen:
            return False
        seen.add(shape.model)
        return any(_search(field.shape, seen) for field in fields_of(shape.model))
    return (isinstance(shape, Map) and shape.ref is not None) or _search(shape.item, seen)


def references(model: type[BaseModel], data: Any, owner: str = "") -> list[Reference]:
    """Every id in a file's data that its model says is one; `owner` is the id of the record itself."""
    found: list[Reference] = []
    _walk(_whole(model), data, (), None, {}, owner, found)
    return found


def _walk(
    shape: Shape,
    data: Any,
    path: Path,
    day: dt.date | None,
    around: dict[str, Any],
    owner: str,
    found: list[Reference],
) -> None:
    if data is None:
        return
    if isinstance(data, str):
        ref = _ref_of_text(shape)
        if ref is not None:
            found.append(_reference(ref, data, path, day, around, owner))
        return
    if isinstance(shape, Spans):
        if isinstance(data, dict) and data and all(key[:1].isdigit() for key in data):
            for key, value in data.items():
                _walk(shape.item, value, (*path, key), written_day(key) or day, around, owner, found)
        else:
            _walk(shape.item, data, path, day, around, owner, found)
    elif isinstance(shape, Many):
        for at, item in enumerate(data if isinstance(data, list) else ()):
            _walk(shape.item, item, (*path, at), day, around, owner, found)
    elif isinstance(data, dict) and isinstance(shape, Map):
        for key, value in data.items():
            if shape.ref is not None:
                found.append(_reference(shape.ref, key, (*path, key), day, around, owner))
            _walk(shape.item, value, (*path, key), day, around, owner, found)
    elif isinstance(data, dict) and isinstance(shape, Nested):
        keys = _referring_keys(shape.model)
        if not keys.keys() & data.keys():
            return
        own = _day_of(data) or day
        for key, value in data.items():
            if key in keys:
                _walk(keys[key], value, (*path, key), own, data, owner, found)


def _day_of(data: dict[str, Any]) -> dt.date | None:
    """The day of a mapping, if one stands in it."""
    for key in _DAY_KEYS:
        text = data.get(key)
        if isinstance(text, str) and (found := written_day(text)):
            return found
    return None


def _ref_of_text(shape: Shape) -> Ref | None:
    """What a text refers to: directly, as the plain form of a dated value, the only item of a list, or of a mapping."""
    if isinstance(shape, Leaf):
        return shape.ref
    if isinstance(shape, Nested):
        return next((part.ref for part in _keys(shape.model).values() if isinstance(part, Leaf) and part.ref), None)
    return None if isinstance(shape, Map) else _ref_of_text(shape.item)


def _reference(ref: Ref, id: str, path: Path, day: dt.date | None, around: dict[str, Any], owner: str) -> Reference:
    if not ref.within:
        return Reference(ref.kind, id, path, day)
    within = owner if ref.within == "." else around.get(ref.within)
    return Reference(ref.kind, f"{within}/{id}" if isinstance(within, str) else "", path, day)


@lru_cache(maxsize=20_000)
def written_day(text: str) -> dt.date | None:
    """The day that a text is, or None."""
    try:
        return dt.date.fromisoformat(text) if _DATE.fullmatch(text) else None
    except ValueError:
        return None


def known_keys(model: type[BaseModel], path: Path) -> frozenset[str]:
    """The keys that the mapping at a path of written data may have; none where it may have any, or is none."""
    at, _ = _along(model, path)
    at = at.item if isinstance(at, Spans) else at
    return frozenset(_keys(at.model)) if isinstance(at, Nested) else frozenset()


def may_be_left_out(model: type[BaseModel], path: Path) -> bool:
    """Whether the last key of a path of written data need not be written."""
    at = shape_at(model, path[:-1])
    fields = fields_of(at.model) if isinstance(at, Nested) else ()
    return any(field.key == path[-1] and not field.required for field in fields)


def shape_at(model: type[BaseModel], path: Path) -> Shape | None:
    """The shape of the value at a path of written data, of a value that can change that of one of its values."""
    at, _ = _along(model, path)
    return at.item if isinstance(at, Spans) else at


def changes_at(model: type[BaseModel], path: Path) -> bool:
    """Whether the value at a path of written data can change: it may be written plain or as a map from-date: value."""
    return isinstance(_along(model, path)[0], Spans)


def audience_at(model: type[BaseModel], path: Path) -> str:
    """The highest audience of the fields that a path of written data leads through."""
    return _along(model, path)[1]


def _along(model: type[BaseModel], path: Path) -> tuple[Shape | None, str]:
    """The shape at a path of written data, and the highest audience of the fields on the way."""
    at: Shape | None = _whole(model)
    level = AUDIENCES[0] if isinstance(at, Nested) else fields_of(model)[0].audience
    for step in path:
        if isinstance(at, Spans):
            at = at.item
            if isinstance(step, str) and step[:1].isdigit():
                continue
        if isinstance(at, Nested):
            field = next((field for field in fields_of(at.model) if field.key == step), extra_of(at.model))
            if field is None:
                return None, level
            level, at = max(level, field.audience, key=AUDIENCES.index), field.shape
        elif isinstance(at, (Many, Map)):
            at = at.item
        else:
            return None, level
    return at, level
