"""What tables share: dated values as closed spans, and the columns with their type and meaning in one place."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import polars as pl

from sitegen.periods import FAR
from sitegen.tables.table import Table

BEGINNING = dt.date(1900, 1, 1)
"""The `since` of a span that has always held."""

TEXT, WHOLE, DAY, YES_NO = pl.String, pl.Int64, pl.Date, pl.Boolean

Columns = Mapping[str, tuple[Any, str]]
"""Column → (type, meaning with unit)."""

SPAN: Columns = {
    "since": (DAY, "first day the row holds"),
    "until": (DAY, "first day it no longer holds; 9999-12-31 where it still does"),
}
SOURCE: Columns = {
    "source": (TEXT, "file of the entry, relative to the records"),
    "line": (WHOLE, "its line, from 1"),
}


def spans(value: Any) -> Iterator[tuple[dt.date, dt.date, Any]]:
    """A dated value as closed spans (since, until, value) that cover all time; None where nothing is known.

    Without the span before the first date, an hour worked then would vanish in the join (engine.md, rule 4).
    """
    dated = value.spans if hasattr(value, "spans") else (() if value is None else ((None, value),))
    since, known = BEGINNING, None
    for day, held in dated:
        start = day or BEGINNING
        if start > since:
            yield since, start, known
        since, known = start, held
    yield since, FAR, known


def held_on(value: Any, day: dt.date) -> Any:
    """What a dated value was on a day, None before its first date; a plain value has always held."""
    return next(held for since, until, held in spans(value) if since <= day < until)


def newest(value: Any) -> Any:
    """The last value of a dated value, whatever the day; a plain value is itself."""
    return value.spans[-1][1] if hasattr(value, "spans") else value


def schema(columns: Columns) -> dict[str, Any]:
    """Column → type."""
    return {name: kind for name, (kind, _) in columns.items()}


def frame(rows: Iterable[tuple[Any, ...]], columns: Columns) -> pl.DataFrame:
    """Rows in the order of `columns` as a frame with exactly their types."""
    return pl.DataFrame(list(rows), schema=schema(columns), orient="row")


def table(name: str, columns: Columns, build: Any) -> Table:
    """The Table of these columns."""
    return Table(name, {column: meaning for column, (_, meaning) in columns.items()}, build)
