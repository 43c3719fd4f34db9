"""Canaries: marks put into every free text and every amount that an audience may not see, to look for in what was
built for it.

The records are changed after they were read, so that everything after the reader is put to the test: audience,
tables, metrics, pages, downloads, search.
"""

from __future__ import annotations

import datetime as dt
import io
import re
import zipfile
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Annotated, Any, Union, get_args, get_origin

from pydantic import BaseModel, StringConstraints

from sitegen.audience import allows
from sitegen.models.fields import Dated, Money
from sitegen.models.shape import Leaf, Many, Map, Nested, Shape, fields_of
from sitegen.records import Records

CARDS = (
    "people", "projects", "customers", "campaigns", "templates", "surveys", "wheels", "marketing_plans", "journeys",
    "sales",
)  # fmt: skip
SINGLE = ("organisation", "stages", "products", "segments", "strategy", "industry_codes", "content")
TEXT_ROWS = {"logged": ("note",), "booked": ("why",), "support": ("question", "text")}
"""Columns of rows that hold free text: for everyone such rows are withheld as a whole."""
HOURS = ("logged", "booked")
"""Rows whose hours and days nobody below marketing may see."""


@dataclass
class Planter:
    """Plants marks for one audience: `texts` maps each mark to where it was put, `amounts` each amount in minor
    units.

    With another salt than `a` every other hidden value is another one too: days, hours, shares, counts and grades;
    `moved` holds where such values stand. A day or a grade is no mark to search for: many of them look like another.
    """

    viewer: str
    salt: str = "a"
    texts: dict[str, str] = field(default_factory=dict)
    amounts: dict[int, str] = field(default_factory=dict)
    moved: set[str] = field(default_factory=set)

    def plant(self, records: Records) -> Records:
        """The records with a mark in every free text and amount that the viewer may not see."""
        changed: dict[str, Any] = {name: self._maybe(getattr(records, name), name) for name in SINGLE}
        for name in CARDS:
            changed[name] = {id: self._maybe(card, name) for id, card in getattr(records, name).items()}
        for name, columns in TEXT_ROWS.items() if self.viewer == "everyone" else ():
            rows = getattr(records, name)
            marks = {
                column: [self._text(f"{name}.{column}") if value else value for value in rows[column]]
                for column in columns
            }
            changed[name] = rows.with_columns(marks)
        for name in HOURS if self.viewer == "everyone" and self.salt != "a" else ():
            rows = changed.get(name, getattr(records, name))
            columns = [column for column in ("minutes", "day", "week") if column in rows.names]
            changed[name] = rows.with_columns(
                {column: [self._other(value, f"{name}.{column}") for value in rows[column]] for column in columns}
            )
        return replace(records, **changed)

    def _maybe(self, value: Any, path: str) -> Any:
        if not isinstance(value, BaseModel):
            return value
        level = getattr(value, "visible_to", None)
        return self._model(value, path, level is not None and not allows(self.viewer, level))

    def _model(self, value: BaseModel, path: str, hidden: bool) -> BaseModel:
        changed = {}
        for one in fields_of(type(value)):
            held = getattr(value, one.attribute)
            if held is not None:
                unseen = hidden or not allows(self.viewer, one.audience)
                free = _free(type(value).model_fields[one.attribute])
                changed[one.attribute] = self._value(one.shape, held, f"{path}.{one.attribute}", unseen, free)
        return value.model_copy(update=changed)

    def _value(self, shape: Shape, value: Any, path: str, hidden: bool, free: bool) -> Any:
        if value is None:
            return None
        if isinstance(shape, Nested):
            return self._model(value, path, hidden) if isinstance(value, BaseModel) else value
        if isinstance(shape, Many):
            return tuple(self._value(shape.item, item, path, hidden, free) for item in value)
        if isinstance(shape, Map):
            return {key: self._value(shape.item, item, path, hidden, free) for key, item in value.items()}
        if not isinstance(shape, Leaf):
            return Dated(
                tuple(
                    (
                        self._other(since, f"{path} since") if hidden and self.salt != "a" else since,
                        self._value(shape.item, item, path, hidden, free),
                    )
                    for since, item in value.spans
                )
            )
        if hidden and isinstance(value, Money):
            return self._amount(value, path)
        if hidden and free and shape.ref is None and type(value) is str:
            return self._text(path)
        if hidden and self.salt != "a":
            return self._other(value, path)
        return value

    def _other(self, value: Any, path: str) -> Any:
        """Another value of the same kind: a week earlier, or one more; what is neither day nor number stays."""
        if type(value) is dt.date:
            self.moved.add(path)
            return value - dt.timedelta(days=7)
        if type(value) in (int, float):
            self.moved.add(path)
            return value + 1
        return value

    def _text(self, path: str) -> str:
        mark = f"Kanarie{self.salt}{len(self.texts):05d}"
        self.texts[mark] = path
        return mark

    def _amount(self, value: Money, path: str) -> Money:
        step = 1009 if self.salt == "a" else 2017
        amount = 70_000_000 + step * (len(self.amounts) + 1)
        self.amounts[amount] = path
        return Money(amount, value.written, value.currency, value.rate) if int(value) else value


def _free(info: Any) -> bool:
    """Whether a field is text that its writer chooses freely: no id, no period, no word of a fixed list."""

    def look(annotation: Any, metadata: Iterable[Any]) -> bool:
        if get_origin(annotation) is Annotated:
            inner, *own = get_args(annotation)
            return look(inner, (*own, *metadata))
        if annotation is str:
            limits = [item for item in metadata if isinstance(item, StringConstraints)]
            return bool(limits) and all(item.pattern is None for item in limits)
        if get_origin(annotation) is dict:
            return look(get_args(annotation)[1], ())
        inside = get_args(annotation) if get_origin(annotation) in (Union, tuple, Dated, type(int | str)) else ()
        return any(look(part, metadata) for part in inside if part is not Ellipsis)

    return look(info.annotation, info.metadata)


_MARK = re.compile(r"Kanarie[ab]\d{5}")
_NUMBER = re.compile(r"(?<![\d.])7\d{7}(?![\d])")


def found(files: Mapping[str, bytes], planted: Planter) -> dict[str, set[str]]:
    """Where a mark was put → the files that hold it, by name or content; workbooks are unpacked."""
    where: dict[str, set[str]] = {}
    for name, content in files.items():
        texts = [name, *(_unpacked(content) if name.endswith(".xlsx") else [content.decode("utf-8", "replace")])]
        for text in texts:
            for mark in _MARK.findall(text):
                where.setdefault(planted.texts[mark], set()).add(name)
            for number in _NUMBER.findall(text):
                if int(number) in planted.amounts:
                    where.setdefault(planted.amounts[int(number)], set()).add(name)
    return where


def _unpacked(content: bytes) -> list[str]:
    with zipfile.ZipFile(io.BytesIO(content)) as book:
        return [book.read(name).decode("utf-8", "replace") for name in book.namelist()]
