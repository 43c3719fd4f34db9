"""What a value looks like in the file: exact numbers, names in messages, what somebody probably meant."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from typing import Any

from pydantic_core import PydanticCustomError


def error(code: str, **values: str | int) -> PydanticCustomError:
    """The error with this code; the sentence is the catalogue's, made from the values when it is printed."""
    return PydanticCustomError(code, code, values)


def written_as(value: Any) -> str:
    """How a value is named in a message: text as it stands, at most 60 characters, the rest as YAML writes it."""
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Mapping):
        return "{…}"
    if isinstance(value, (list, tuple)):
        return "[…]"
    text = str(value)
    return text if len(text) <= 60 else text[:59] + "…"


def is_number(value: Any) -> bool:
    """Whether the reader gave a number (yes and no are none)."""
    return isinstance(value, (int, float, Decimal)) and not isinstance(value, bool)


def exact(value: Any) -> Decimal | None:
    """The number as it was written, or None where it is too large or too long for anything here."""
    text = str(value)
    if len(text) > 40:
        return None
    try:
        number = Decimal(text)
    except InvalidOperation:
        return None
    return number if number.is_finite() and -30 <= number.adjusted() <= 15 else None


def half_up(number: Decimal) -> int:
    """The nearest whole number; a half goes away from zero."""
    return int(number.quantize(Decimal(1), rounding=ROUND_HALF_UP))


def plain(number: Decimal) -> str:
    """The number without exponent or trailing zeros: `1.50` → `1.5`."""
    text = f"{number:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


_COMMA = re.compile(r"[+-]?\d{1,3}(?:[. \u00a0]\d{3})+(?:,\d+)?|[+-]?\d+,\d+", re.ASCII)
_POINT = re.compile(r"[+-]?\d+(?:\.\d+)?", re.ASCII)


def number_in(text: str) -> str:
    """The number that somebody meant by a text: `1.234,50` → `1234.5`, `"2.5"` → `2.5`; empty where there is none."""
    text = text.strip()
    if len(text) > 30:
        return ""
    if not _POINT.fullmatch(text):
        if not _COMMA.fullmatch(text):
            return ""
        text = re.sub(r"[. \u00a0]", "", text).replace(",", ".")
    return plain(Decimal(text))
