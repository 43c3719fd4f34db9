"""What has a beginning and an end: the end does not come first."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

from pydantic import BaseModel

from sitegen.checks.files import Files
from sitegen.problems import Problem
from sitegen.records import CARDS, Read

PAIRS = (
    ("from_", "to"), ("from_", "until"), ("from_", "deadline"), ("start", "end"), ("start", "closed"),
    ("given", "withdrawn"), ("booked", "date"), ("date", "resolved"), ("opened", "closed"),
)  # fmt: skip
"""Attributes of one mapping: first, last."""
SINGLE = ("organisation", "industry_codes", "stages", "strategy", "segments", "products")


def ends_before_it_begins(read: Read, files: Files) -> Iterator[Problem]:
    """A last day that comes before the first."""
    for kind, name in CARDS.items():
        for id, card in getattr(read.records, name).items():
            yield from _inside(files, (kind, id), card, ())
    for kind in SINGLE:
        card = getattr(read.records, kind)
        if card is not None:
            yield from _inside(files, (kind, ""), card, ())


def _is_time(value: Any) -> bool:
    """A day, or a year as text: a cell of the matrix also goes from one to another."""
    return isinstance(value, dt.date) or (isinstance(value, str) and value.isdigit())


def _inside(files: Files, source: tuple[str, str], value: Any, path: tuple[str | int, ...]) -> Iterator[Problem]:
    if isinstance(value, BaseModel):
        fields = type(value).model_fields
        for first, last in PAIRS:
            if first in fields and last in fields:
                begins, ends = getattr(value, first), getattr(value, last)
                if _is_time(begins) and _is_time(ends) and ends < begins:
                    where = (*path, fields[last].alias or last)
                    yield files.problem("ends-before", source, where, written=str(ends), first=str(begins))
        for name, info in fields.items():
            inner = getattr(value, name)
            if inner and isinstance(inner, (BaseModel, tuple, dict)):
                yield from _inside(files, source, inner, path if name == "root" else (*path, info.alias or name))
    elif isinstance(value, dict):
        for key, item in value.items():
            yield from _inside(files, source, item, (*path, key))
    elif isinstance(value, tuple):
        for at, item in enumerate(value):
            yield from _inside(files, source, item, (*path, at))
