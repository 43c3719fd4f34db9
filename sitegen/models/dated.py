"""Values that change: written plain, or as a map from-date: value."""

from __future__ import annotations

import datetime as dt
import re
from bisect import bisect_right
from collections.abc import Callable, Iterator, Mapping
from typing import Any, Generic, TypeVar

from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler, ValidationError
from pydantic_core import InitErrorDetails, PydanticCustomError, core_schema

from sitegen.models.days import DAY, to_day

T = TypeVar("T")


class Dated(Generic[T]):
    """A value that can change: written plain (it has always held) or as a map from-date: value.

    `spans` holds (from date or None, value), oldest first; a value holds from its date until the next one's.
    """

    __slots__ = ("_days", "spans")
    spans: tuple[tuple[dt.date | None, T], ...]

    def __init__(self, spans: tuple[tuple[dt.date | None, T], ...]) -> None:
        self.spans = spans
        self._days = [start or dt.date.min for start, _ in spans]

    def at(self, day: dt.date) -> T | None:
        """What held on the day; None before the first date."""
        found = bisect_right(self._days, day)
        return self.spans[found - 1][1] if found else None

    @property
    def values(self) -> tuple[T, ...]:
        """Every value that held, oldest first."""
        return tuple(value for _, value in self.spans)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Dated) and self.spans == other.spans

    def __hash__(self) -> int:
        return hash(self.spans)

    def __repr__(self) -> str:
        return f"Dated({self.spans!r})"

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: GetCoreSchemaHandler) -> core_schema.CoreSchema:
        (inner,) = source.__args__
        return core_schema.no_info_wrap_validator_function(_to_dated, handler.generate_schema(inner))

    @classmethod
    def __get_pydantic_json_schema__(cls, schema: Any, handler: GetJsonSchemaHandler) -> dict[str, Any]:
        written = handler(schema)
        dates = {
            "type": "object",
            "minProperties": 1,
            "propertyNames": {"pattern": DAY},
            "additionalProperties": written,
        }
        return {"anyOf": [dates, written]}


_LIKE_A_DATE = re.compile(r"\d", re.ASCII)


def _to_dated(value: Any, handler: Callable[..., Any]) -> Dated[Any]:
    """Read one span, or one for each date; every bad date and value is reported, each at its own key.

    A map is one of dates when any of its keys begins with a digit: the keys of a value never do.
    """
    if isinstance(value, Dated):
        return value
    keys = list(value) if isinstance(value, Mapping) else []
    if not any(isinstance(key, str) and _LIKE_A_DATE.match(key) for key in keys):
        return Dated(((None, handler(value)),))
    spans: list[tuple[dt.date, Any]] = []
    faults: list[InitErrorDetails] = []
    for key, item in value.items():
        try:
            start = to_day(key)
        except PydanticCustomError as fault:
            faults.append(InitErrorDetails(type=fault, loc=(key, "[key]"), input=key))
            continue
        try:
            spans.append((start, handler(item, key)))
        except ValidationError as fault:
            faults += list(again(fault))
    if faults:
        raise ValidationError.from_exception_data("Dated", faults)
    spans.sort(key=lambda span: span[0])
    return Dated(tuple(spans))


def again(fault: ValidationError) -> Iterator[InitErrorDetails]:
    """The single errors of a failed validation, to be raised together with others."""
    for line in fault.errors(include_url=False):
        known = line.get("ctx", {})
        kind: Any = line["type"]
        if line["msg"] == kind:  # one of ours: see `error`
            kind = PydanticCustomError(kind, kind, known)
        yield InitErrorDetails(type=kind, loc=line["loc"], input=line["input"], ctx=known)
