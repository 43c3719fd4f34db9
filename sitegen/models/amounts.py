"""Hours, shares and plain numbers as they are written, and what they become."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Annotated, Any

from pydantic import PlainValidator, WithJsonSchema

from sitegen.models.written import error, exact, half_up, is_number, number_in, plain, written_as

MOST_KEPT = 20_000
"""So many different written values are remembered; a company uses a few thousand."""
MOST_HOURS = 1_000_000


_HOURS_MINUTES = re.compile(r"(?:(\d{1,6})h)?(?:(\d{1,8})m)?", re.ASCII)
_CLOCK = re.compile(r"(\d{1,4}):([0-5]\d)", re.ASCII)
_SLACK_HOURS = re.compile(
    r"(?:(\d+(?:[.,]\d+)?)\s*(?:h|t|hours?|timer?|hrs?)\.?)?\s*(?:(\d+)\s*(?:m|min|minutter|minutes)\.?)?",
    re.IGNORECASE | re.ASCII,
)
_minutes: dict[float | str, int] = {}


def hours_text(minutes: int) -> str:
    """How minutes are written: `1.5` where hundredths of an hour say it exactly, else `1h20m` or `20m`."""
    if minutes * 100 % 60 == 0:
        return plain(Decimal(minutes) / 60)
    return f"{minutes // 60}h{minutes % 60:02d}m" if minutes >= 60 else f"{minutes}m"


def hours_said(minutes: int) -> str:
    """How minutes are told: as they are written, with the unit: `1.5h`, `1h20m`."""
    text = hours_text(minutes)
    return text if text[-1] in "hm" else f"{text}h"


def meant_hours(text: str) -> str:
    """The hours somebody meant: `1,5` → `1.5`, `1:30` → `1.5`, `2 timer` → `2`, `1 t 20 min` → `1h20m`; else empty."""
    text = text.strip().replace("½", ".5")
    if match := _CLOCK.fullmatch(text):
        return hours_text(int(match[1]) * 60 + int(match[2]))
    if number := number_in(text):
        return number.removeprefix("-")
    match = _SLACK_HOURS.fullmatch(text) if 0 < len(text) <= 30 else None
    if match:
        minutes = half_up(Decimal((match[1] or "0").replace(",", ".")) * 60) + int(match[2] or 0)
        return hours_text(minutes)
    return ""


def to_minutes(value: Any) -> int:
    """Whole minutes from hours: 2, 1.5 (half-up from the decimal text) or `1h30m`.

    Raises:
        PydanticCustomError: `not-hours`, `negative-hours`, `too-many-hours`.
    """
    kind = type(value)
    if kind is float or kind is str:
        found = _minutes.get(value)
        if found is not None:
            return found
    if kind is str:
        match = _HOURS_MINUTES.fullmatch(value)
        if value and match and not (match[1] and match[2] and int(match[2]) > 59):
            minutes = int(match[1] or 0) * 60 + int(match[2] or 0)
            return _remember(value, _within(minutes, value))
        raise error("not-hours", written=written_as(value), repair=meant_hours(value))
    if kind is int:
        return _within(value * 60, value)
    number = exact(value) if is_number(value) else None
    if number is None:
        raise error("not-hours", written=written_as(value), repair="")
    minutes = _within(half_up(number * 60) if number >= 0 else -1, value)
    return _remember(value, minutes) if kind is float else minutes


def _within(minutes: int, value: Any) -> int:
    if minutes < 0:
        raise error("negative-hours", written=written_as(value))
    if minutes > MOST_HOURS * 60:
        raise error("too-many-hours", written=written_as(value), most=MOST_HOURS)
    return minutes


def _remember(value: float | str, minutes: int) -> int:
    if len(_minutes) < MOST_KEPT:
        _minutes[value] = minutes
    return minutes


Hours = Annotated[
    int,
    PlainValidator(to_minutes),
    WithJsonSchema(
        {
            "anyOf": [
                {"type": "number", "minimum": 0, "maximum": MOST_HOURS},
                {"type": "string", "pattern": r"^(?:\d{1,6}h(?:[0-5]?\dm)?|\d{1,8}m)$"},
            ],
            "examples": [1.5, "1h30m"],
        }
    ),
]
"""A stretch of time, written in hours (`1.5`, `1h30m`) and kept in whole minutes."""


_PERCENT = re.compile(r"(\d{1,4}(?:\.\d{1,6})?)\s?%", re.ASCII)


def to_share(value: Any) -> int:
    """Basis points from `35%` or 0.35 (both 3500), half-up.

    Raises:
        PydanticCustomError: `not-a-share`; a bare number above 1 is refused, for 35 may mean 35 % or 3500 %.
    """
    if isinstance(value, str):
        if match := _PERCENT.fullmatch(value):
            return half_up(Decimal(match[1]) * 100)
        share = number_in(value.rstrip("% "))
        meant = f"{share}%" if share and not share.startswith("-") else ""
        raise error("not-a-share", written=written_as(value), repair=meant)
    number = exact(value) if is_number(value) else None
    if number is None or number < 0 or number > 1:
        meant = f"{plain(number)}%" if number is not None and 1 < number <= 100 else ""
        raise error("not-a-share", written=written_as(value), repair=meant)
    return half_up(number * 10_000)


Share = Annotated[
    int,
    PlainValidator(to_share),
    WithJsonSchema(
        {
            "anyOf": [
                {"type": "number", "minimum": 0, "maximum": 1},
                {"type": "string", "pattern": r"^\d{1,4}(?:\.\d{1,6})?\s?%$"},
            ],
            "examples": ["35%", 0.35],
        }
    ),
]
"""A part of a whole, `35%` or `0.35`, kept in basis points (3500)."""


def _at_most_all(basis_points: int) -> int:
    if basis_points > 10_000:
        raise error("share-over-100", written=f"{plain(Decimal(basis_points) / 100)}%")
    return basis_points


def to_part(value: Any) -> int:
    """Basis points of a share that cannot be more than the whole."""
    return _at_most_all(to_share(value))


Part = Annotated[
    int,
    PlainValidator(to_part),
    WithJsonSchema(
        {
            "anyOf": [
                {"type": "number", "minimum": 0, "maximum": 1},
                {"type": "string", "pattern": r"^(?:100(?:\.0+)?|\d{1,2}(?:\.\d{1,6})?)\s?%$"},
            ],
            "examples": ["35%", 0.35],
        }
    ),
]
"""A share of at most 100 %."""


def to_number(value: Any) -> int | float:
    """A plain number without a unit of its own: a target, a weight.

    Raises:
        PydanticCustomError: `not-a-number`.
    """
    number = exact(value) if is_number(value) else None
    if number is None:
        raise error(
            "not-a-number", written=written_as(value), repair=number_in(value) if isinstance(value, str) else ""
        )
    return value if type(value) is int else float(number)


Number = Annotated[int | float, PlainValidator(to_number), WithJsonSchema({"type": "number"})]
"""A plain number: a target, a weight."""


def to_rate(value: Any) -> Decimal:
    """What one unit of a foreign currency costs in the own currency, exactly as written."""
    number = exact(value) if is_number(value) else None
    if number is None or number <= 0:
        raise error("bad-rate", written=written_as(value), repair=number_in(value) if isinstance(value, str) else "")
    return number


ExchangeRate = Annotated[Decimal, PlainValidator(to_rate), WithJsonSchema({"type": "number", "exclusiveMinimum": 0})]
"""The price of one unit of a foreign currency in the own currency, kept exactly."""
