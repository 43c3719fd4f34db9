"""How a model's fields lie inside each other, once per class: what is a reference, and who may see each field."""

from __future__ import annotations

import datetime as dt
from functools import cache
from types import NoneType, UnionType
from typing import Annotated, Any, Literal, NamedTuple, Union, get_args, get_origin, get_type_hints

from pydantic import BaseModel
from pydantic.types import StringConstraints

from sitegen.models.fields import Audience, Dated, Money, Ref


class Leaf(NamedTuple):
    """A single value; `ref` when it is the id of something, `free` when it is text in the writer's own words.

    `money` is an amount, `day` a date, `words` are those of a fixed list that may stand there.
    """

    ref: Ref | None = None
    free: bool = False
    money: bool = False
    day: bool = False
    words: frozenset[str] = frozenset()


class Nested(NamedTuple):
    """A mapping with a model of its own."""

    model: type[BaseModel]


class Many(NamedTuple):
    """A list."""

    item: Shape


class Map(NamedTuple):
    """A map; `ref` when its keys are ids of something."""

    ref: Ref | None
    item: Shape


class Spans(NamedTuple):
    """A value that can change."""

    item: Shape


Shape = Leaf | Nested | Many | Map | Spans


class Field(NamedTuple):
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
        return shape_of(options[0], metadata) if len(options) == 1 else Leaf(ref, str in options)
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
    if origin is Literal:
        return Leaf(ref, words=frozenset(str(word) for word in get_args(annotation)))
    free = any(isinstance(item, StringConstraints) and item.pattern is None for item in metadata)
    return Leaf(ref, free, annotation is Money, annotation is dt.date)


@cache
def fields_of(model: type[BaseModel]) -> tuple[Field, ...]:
    """The fields of a model, in the order they are declared; one without an audience is management."""
    found = []
    for name, info in model.model_fields.items():
        own = tuple(info.metadata)
        audience = next((item.level for item in own if isinstance(item, Audience)), "management")
        found.append(Field(name, info.alias or name, audience, shape_of(info.annotation, own), info.is_required()))
    return tuple(found)


@cache
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
