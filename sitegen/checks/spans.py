"""What has a beginning and an end: the end does not come first."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from functools import cache
from typing import Any, get_args

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
        pairs, fields = _looked_at(type(value))
        for first, last, written in pairs:
            begins, ends = getattr(value, first), getattr(value, last)
            if _is_time(begins) and _is_time(ends) and ends < begins:
                yield files.problem("ends-before", source, (*path, written), written=str(ends), first=str(begins))
        for name, steps in fields:
            inner = getattr(value, name)
            if inner:
                yield from _inside(files, source, inner, (*path, *steps))
    elif isinstance(value, dict):
        for key, item in value.items():
            yield from _inside(files, source, item, (*path, key))
    elif isinstance(value, tuple):
        for at, item in enumerate(value):
            yield from _inside(files, source, item, (*path, at))


@cache
def _looked_at(model: type[BaseModel]) -> tuple[list[tuple[str, str, str]], list[tuple[str, tuple[str, ...]]]]:
    """Of a model its pairs (first, last, the key of the last) and the fields that have pairs inside, with their path.

    Most fields have none, and cards are many.
    """
    fields = model.model_fields
    pairs = [(first, last, fields[last].alias or last) for first, last in PAIRS if first in fields and last in fields]
    return pairs, [
        (name, () if name == "root" else (info.alias or name,))
        for name, info in fields.items()
        if any(
            {first, last} <= inner.model_fields.keys() for inner in _inside_of(info.annotation) for first, last in PAIRS
        )
    ]


def _inside_of(annotation: Any) -> set[type[BaseModel]]:
    """Every model inside an annotation."""
    found: set[type[BaseModel]] = set()
    left = [annotation]
    while left:
        one = left.pop()
        if isinstance(one, type) and issubclass(one, BaseModel):
            if one not in found:
                found.add(one)
                left += [info.annotation for info in one.model_fields.values()]
        else:
            left += get_args(one)
    return found
