"""What a field or `visible_to` withholds, taken out of any record; the models say all there is to know."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any

from pydantic import BaseModel

from sitegen.models.fields import Dated
from sitegen.models.shape import Field, Leaf, Many, Map, Nested, Shape, extra_of, fields_of

AUDIENCES = ("everyone", "marketing", "management")
"""From the widest to the narrowest; each sees what those before it see."""

ANY_RECORD = frozenset({"visible_to", "tags", "note"})


def allows(viewer: str, needed: str) -> bool:
    """Whether `viewer` may see what is for `needed` and those after it."""
    return AUDIENCES.index(viewer) >= AUDIENCES.index(needed)


@cache
def _fields(model: type[BaseModel], viewer: str) -> tuple[tuple[Field, bool], ...]:
    """The fields of a model, and whether the viewer may see each."""
    return tuple((field, allows(viewer, field.audience)) for field in fields_of(model))


def _nothing(shape: Shape) -> Any:
    return () if isinstance(shape, Many) else {} if isinstance(shape, Map) else None


_GONE = object()
"""Stands for a value that is withheld as a whole."""


class Cut:
    """Takes out what the viewer may not see, and what is hidden as a whole; `named` collects the people still named."""

    def __init__(self, viewer: str, hidden: Mapping[str, frozenset[str]]) -> None:
        self.viewer = viewer
        self.hidden = hidden
        self.named: set[str] = set()

    def cards(self, cards: Mapping[str, Any]) -> dict[str, Any]:
        """The cards that are left, each cut."""
        cut = {id: self.record(card) for id, card in cards.items()}
        return {id: card for id, card in cut.items() if card is not None}

    def record(self, record: Any) -> Any:
        """A record with what is left of it; None when that is nothing."""
        if record is None:
            return None
        model: type[BaseModel] = type(record)
        if not any(seen for field, seen in _fields(model, self.viewer) if field.key not in ANY_RECORD):
            return None
        kept = self._model(record)
        return None if kept is _GONE else kept

    def _model(self, value: BaseModel) -> Any:
        level = getattr(value, "visible_to", None)
        if level is not None and not allows(self.viewer, level):
            return _GONE
        changed: dict[str, Any] = {}
        for field, seen in _fields(type(value), self.viewer):
            held = getattr(value, field.attribute)
            if held is None:
                continue
            kept = self._value(field.shape, held) if seen else _nothing(field.shape)
            if isinstance(field.shape, Leaf) and field.shape.ref and changed.get(field.shape.ref.within, held) is None:
                kept = None  # an entry of something that was taken out
            if kept is _GONE:
                if field.required:
                    return _GONE
                kept = _nothing(field.shape)
            if kept is not held:
                changed[field.attribute] = kept
        cut = value.model_copy(update=changed) if changed else value
        extra = extra_of(type(value))
        if extra is not None and value.model_extra and not allows(self.viewer, extra.audience):
            cut = cut.model_copy()
            object.__setattr__(cut, "__pydantic_extra__", {})
        return cut

    def _value(self, shape: Shape, value: Any) -> Any:
        if isinstance(shape, Leaf):
            return value if shape.ref is None or self._named(shape.ref.kind, value) else _GONE
        if isinstance(shape, Nested):
            return self._model(value)
        if isinstance(shape, Many):
            items = tuple(self._value(shape.item, item) for item in value)
            return tuple(item for item in items if item is not _GONE)
        if isinstance(shape, Map):
            entries = {
                key: None if item is None else self._value(shape.item, item)
                for key, item in value.items()
                if shape.ref is None or self._named(shape.ref.kind, key)
            }
            return {key: item for key, item in entries.items() if item is not _GONE}
        spans = ((since, self._value(shape.item, item)) for since, item in value.spans)
        return Dated(tuple((since, None if item is _GONE else item) for since, item in spans))

    def _named(self, kind: str, id: str) -> bool:
        if id in self.hidden.get(kind, ()):
            return False
        if kind == "person":
            self.named.add(id)
        return True
