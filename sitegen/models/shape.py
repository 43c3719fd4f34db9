"""How a model's fields lie inside each other, worked out once per class: its references, and who may see each field."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from types import NoneType, UnionType
from typing import Annotated, Any, Union, get_args, get_origin, get_type_hints

from pydantic import BaseModel

from sitegen.models.fields import Audience, Dated, Ref

DAYS = ("date", "on", "booked", "given", "opened", "from_")
"""The attributes whose date is the day of what a mapping says, the first that is there."""
LEVELS = ("everyone", "marketing", "management")

# ------------------------------------------------------------------------------------------------------------------ shapes


@dataclass(frozen=True)
class Leaf:
    """A single value; `ref` when it is the id of something."""

    ref: Ref | None = None


@dataclass(frozen=True)
class Nested:
    """A mapping with a model of its own."""

    model: type[BaseModel]


@dataclass(frozen=True)
class Many:
    """A list."""

    item: Shape


@dataclass(frozen=True)
class Map:
    """A map; `ref` when its keys are ids of something."""

    ref: Ref | None
    item: Shape


@dataclass(frozen=True)
class Spans:
    """A value that can change."""

    item: Shape


Shape = Leaf | Nested | Many | Map | Spans


@dataclass(frozen=True)
class Field:
    """One field of a model: attribute, written key, lowest audience, shape, whether it must be written."""

    attribute: str
    key: str
    audience: str
    shape: Shape
    required: bool


def shape_of(annotation: Any, metadata: tuple[Any, ...] = ()) -> Shape:
    """The shape of an annotation; None beside another type says nothing."""
    origin = get_origin(annotation)
    if origin is Annotated:
        inner, *own = get_args(annotation)
        return shape_of(inner, (*own, *metadata))
    ref = next((item for item in metadata if isinstance(item, Ref)), None)
    if origin in (Union, UnionType):
        options = [option for option in get_args(annotation) if option is not NoneType]
        return shape_of(options[0], metadata) if len(options) == 1 else Leaf(ref)
    if origin is Dated:
        return Spans(shape_of(get_args(annotation)[0]))
    if origin is tuple:
        return Many(shape_of(get_args(annotation)[0]))
    if origin is dict:
        key, value = get_args(annotation)
        keys = shape_of(key)
        return Map(keys.ref if isinstance(keys, Leaf) else None, shape_of(value))
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return Nested(annotation)
    return Leaf(ref)


@lru_cache(maxsize=None)
def fields_of(model: type[BaseModel]) -> tuple[Field, ...]:
    """The fields of a model, in the order they are declared; one without an audience is management."""
    found = []
    for name, info in model.model_fields.items():
        own = tuple(info.metadata)
        audience = next((item.level for item in own if isinstance(item, Audience)), "management")
        found.append(Field(name, info.alias or name, audience, shape_of(info.annotation, own), info.is_required()))
    return tuple(found)


@lru_cache(maxsize=None)
def extra_of(model: type[BaseModel]) -> Field | None:
    """The keys that the writer of a model may name himself, as one field; None where he may not."""
    if model.model_config.get("extra") != "allow":
        return None
    audience = getattr(model, "extra_audience", None)
    annotation = get_type_hints(model, include_extras=True)["__pydantic_extra__"]
    return Field("*", "*", audience.level if audience else "management", shape_of(annotation), False)


def models_in(model: type[BaseModel]) -> tuple[type[BaseModel], ...]:
    """The model and every model inside it, each once."""
    seen: dict[type[BaseModel], None] = {}

    def visit(shape: Shape) -> None:
        if isinstance(shape, Nested):
            if shape.model not in seen:
                seen[shape.model] = None
                for field in fields_of(shape.model):
                    visit(field.shape)
        elif not isinstance(shape, Leaf):
            visit(shape.item)

    visit(Nested(model))
    return tuple(seen)


# ---------------------------------------------------------------------------------------------------------------- audience


def audience_at(model: type[BaseModel], path: tuple[str | int, ...]) -> str:
    """The highest audience of the fields that a written path leads through; where it leads nowhere known, that of the last.

    `path` has the written keys and list positions: `("contacts", "karen", "email")`.
    """
    highest, shape, steps = "everyone", Nested(model), list(path)
    current: Shape = shape
    while steps:
        if isinstance(current, Nested):
            fields = fields_of(current.model)
            if len(fields) == 1 and fields[0].attribute == "root":
                field = fields[0]
            else:
                step = steps.pop(0)
                found = next((field for field in fields if field.key == step), None) or extra_of(current.model)
                if found is None:
                    return highest
                if found.attribute == "*":
                    return max(highest, found.audience, key=LEVELS.index)
                field = found
            highest, current = max(highest, field.audience, key=LEVELS.index), field.shape
        elif isinstance(current, (Many, Map)):
            steps.pop(0)
            current = current.item
        elif isinstance(current, Spans):
            if str(steps[0])[:1].isdigit() and not isinstance(steps[0], int):
                steps.pop(0)
            current = current.item
        else:
            break
    return highest


# -------------------------------------------------------------------------------------------------------------- references


@dataclass(frozen=True, slots=True)
class Reference:
    """That a record names something: where (written keys and positions), what kind, its id, and on what day if one is near.

    The id is `<owner>/<id>` for entries of another record, and `./<id>` for those of the record itself (see `Ref`).
    """

    path: tuple[str | int, ...]
    kind: str
    id: str
    day: dt.date | None


Plan = Callable[[Any, tuple[str | int, ...], dt.date | None, Any], Iterator[Reference]]


def references(instance: BaseModel) -> Iterator[Reference]:
    """Every reference that a record makes, in the order it is declared.

    The day is that of the nearest mapping around it that has one, or of the span of a value that can change.
    """
    plan = _model_plan(type(instance))
    if plan is not None:
        yield from plan(instance, (), None, None)


def _plan(shape: Shape) -> Plan | None:
    """How to find the references in a value of this shape; None where it holds none."""
    if isinstance(shape, Leaf):
        return _leaf_plan(shape.ref) if shape.ref else None
    if isinstance(shape, Nested):
        return _model_plan(shape.model)
    inner = _lazy(shape.item)
    if isinstance(shape, Map):
        return _map_plan(shape.ref, inner) if shape.ref or inner else None
    if inner is None:
        return None
    return _many_plan(inner) if isinstance(shape, Many) else _spans_plan(inner)


def _lazy(shape: Shape) -> Plan | None:
    """The plan of a shape; that of a model is looked up when it is used, since a task has tasks."""
    if not isinstance(shape, Nested):
        return _plan(shape)
    model = shape.model

    def nested(value: Any, path: tuple[str | int, ...], day: dt.date | None, owner: Any) -> Iterator[Reference]:
        plan = _model_plan(model)
        return plan(value, path, day, owner) if plan else iter(())

    return nested


def _leaf_plan(ref: Ref) -> Plan:
    kind, within = ref.kind, ref.within

    def leaf(value: Any, path: tuple[str | int, ...], day: dt.date | None, owner: Any) -> Iterator[Reference]:
        if within == ".":
            value = f"./{value}"
        elif within:
            named = getattr(owner, within)
            if named is None:
                return
            value = f"{named}/{value}"
        yield Reference(path, kind, value, day)

    return leaf


def _many_plan(inner: Plan) -> Plan:
    def many(value: Any, path: tuple[str | int, ...], day: dt.date | None, owner: Any) -> Iterator[Reference]:
        for place, item in enumerate(value):
            if item is not None:
                yield from inner(item, (*path, place), day, owner)

    return many


def _map_plan(ref: Ref | None, inner: Plan | None) -> Plan:
    keys = _leaf_plan(ref) if ref else None

    def mapped(value: Any, path: tuple[str | int, ...], day: dt.date | None, owner: Any) -> Iterator[Reference]:
        for key, item in value.items():
            at = (*path, key)
            if keys is not None:
                yield from keys(key, at, day, owner)
            if inner is not None and item is not None:
                yield from inner(item, at, day, owner)

    return mapped


def _spans_plan(inner: Plan) -> Plan:
    def spans(value: Any, path: tuple[str | int, ...], day: dt.date | None, owner: Any) -> Iterator[Reference]:
        for since, item in value.spans:
            at = path if since is None else (*path, since.isoformat())
            yield from inner(item, at, since or day, owner)

    return spans


@lru_cache(maxsize=None)
def _model_plan(model: type[BaseModel]) -> Plan | None:
    """How to find the references of a model's fields; None where it has none."""
    steps = []
    for field in fields_of(model):
        plan = _lazy(field.shape)
        if plan is not None and _has_reference(field.shape):
            steps.append((field.attribute, () if field.attribute == "root" else (field.key,), plan))
    if not steps:
        return None
    dated = next((name for name in DAYS if name in model.model_fields), None)

    def nested(value: Any, path: tuple[str | int, ...], day: dt.date | None, owner: Any) -> Iterator[Reference]:
        if dated is not None:
            own = getattr(value, dated)
            day = own if isinstance(own, dt.date) else day
        for attribute, key, plan in steps:
            item = getattr(value, attribute)
            if item is not None:
                yield from plan(item, path + key, day, value)

    return nested


def _has_reference(shape: Shape, seen: frozenset[type[BaseModel]] = frozenset()) -> bool:
    if isinstance(shape, Leaf):
        return shape.ref is not None
    if isinstance(shape, Nested):
        if shape.model in seen:
            return False
        return any(_has_reference(field.shape, seen | {shape.model}) for field in fields_of(shape.model))
    return (isinstance(shape, Map) and shape.ref is not None) or _has_reference(shape.item, seen)
