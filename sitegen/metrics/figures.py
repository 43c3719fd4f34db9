"""Figures that may be undefined, and the frame of a result made from them: exact until they are written."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Container, Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import polars as pl

from sitegen.results import Column

WHOLE_UNITS = ("minutes", "money", "count", "days")
_AS_WRITTEN = frozenset({int, float, str, dt.date, type(None)})
"""What a result's frame holds as it is given."""


@dataclass(frozen=True)
class Undefined:
    """A figure that cannot be given, and why (one of `results.REASONS`); never 0 (G2)."""

    why: str


Number = int | Fraction
Figure = Number | Undefined


def combine(function: Callable[..., Any], *figures: Figure) -> Any:
    """The function of the figures; the first undefined one where there is one."""
    for figure in figures:
        if isinstance(figure, Undefined):
            return figure
    return function(*figures)


def minus(left: Figure, right: Figure) -> Figure:
    """left − right."""
    return combine(lambda a, b: a - b, left, right)


def ratio(k: Figure, n: Figure, why: str) -> Figure:
    """k ÷ n, undefined for the reason `why` where n is 0; exact, also of figures that were written as floats."""
    return combine(lambda a, b: Undefined(why) if b == 0 else _quotient(a, b), k, n)


def _quotient(k: Any, n: Any) -> Fraction:
    # Whole numbers, nearly all there are, take one step instead of two.
    return Fraction(k, n) if isinstance(k, int) and isinstance(n, int) else Fraction(k) / Fraction(n)


def known(value: Any, why: str) -> Any:
    """The value, or undefined for this reason where there is none."""
    return Undefined(why) if value is None else value


def simple(number: Number) -> Number:
    """The same number, as an integer where it is whole: nearly all are, and integers are ten times as quick."""
    return number.numerator if number.denominator == 1 else number


def share(name: str, k: Figure, n: Figure, why: str) -> dict[str, Any]:
    """The columns of a share: the figure with its k and n (G3), which are null where it is undefined."""
    if type(k) is int and type(n) is int:  # as nearly all are
        return {name: Fraction(k, n), f"{name}_k": k, f"{name}_n": n} if n else _no_share(name, why)
    figure = ratio(k, n, why)
    if isinstance(figure, Undefined):
        return _no_share(name, figure.why)
    return {name: figure, f"{name}_k": k, f"{name}_n": n}


def _no_share(name: str, why: str) -> dict[str, Any]:
    return {name: Undefined(why), f"{name}_k": None, f"{name}_n": None}


def _plain(value: Any) -> Any:
    """What is written: a whole fraction as an integer, another as the nearest float, undefined as None."""
    # The type itself is asked for: `isinstance` of a Fraction goes through its abstract classes, a million times.
    kind = type(value)
    if kind is Fraction:
        return value.numerator if value.denominator == 1 else value.numerator / value.denominator
    return None if kind is Undefined else value


def quotient(k: int, n: int) -> int | float:
    """k ÷ n as it is written: whole, or the float nearest to the exact figure; n is not 0."""
    whole, rest = divmod(k, n)
    return k / n if rest else whole


def parts(figure: Figure) -> tuple[int | None, int | None, str | None]:
    """Numerator, denominator and the reason why there are none."""
    if isinstance(figure, Undefined):
        return None, None, figure.why
    return figure.numerator, figure.denominator, None


_EXACT = 2**53
"""Whole numbers under this are floats without loss, so that the quotient of two such is the float nearest to it."""


def divided(k: pl.Series, n: pl.Series) -> pl.Series:
    """k ÷ n of each row as it is written: whole where every row is, else the float nearest to the exact figure.

    Args:
        k: whole numbers (Int128), null where there is no figure.
        n: the same; not 0.
    """
    largest: Any = pl.concat([k, n]).abs().max()
    if largest is None or largest < _EXACT:
        found = k.cast(pl.Float64) / n.cast(pl.Float64)
    else:
        pairs = zip(k.to_list(), n.to_list(), strict=True)
        found = pl.Series([None if over is None else over / below for over, below in pairs], dtype=pl.Float64)
    return found.cast(pl.Int64) if (found.drop_nulls().floor() == found.drop_nulls()).all() else found


def frame(columns: Sequence[Column], rows: Iterable[Mapping[str, Any]]) -> pl.DataFrame:
    """Rows by column name (with `key`) as the frame of a Result, in the order given.

    A measure is a number, a date or Undefined; its `_why` is set from that, or is in the row beside a None (as
    `intervals.share` gives it). A share's `_k` and `_n` (G3), and the `_low` and `_high` of its interval, are taken
    from the rows where they have them. Counted units stay integers where every value is whole; a budget spread over
    days may be a fraction of a minute and is then a float, never rounded.

    Raises:
        KeyError: when a row lacks a column.
    """
    rows = list(rows)
    given = {"key": [row["key"] for row in rows]}
    for column in columns:
        name = column.name
        given[name] = [row[name] for row in rows]
        if column.unit != "text" and type(None) in map(type, given[name]):
            given[f"{name}_why"] = [row.get(f"{name}_why") for row in rows]
        if column.unit == "share" and rows:
            parts = (f"{name}_{part}" for part in ("k", "n", "low", "high"))
            given |= {part: [row[part] for row in rows] for part in parts if part in rows[0]}
    return frame_of(columns, given)


def frame_of(columns: Sequence[Column], given: Mapping[str, Sequence[Any]]) -> pl.DataFrame:
    """The same of columns: `key`, each column of the result and its parts; what very many rows are made with."""
    made = [pl.Series("key", given["key"], dtype=pl.String)]
    for column in columns:
        name = column.name
        values = _written(given[name])
        made.append(pl.Series(name, values, dtype=_kind(column, values)))
        if column.unit != "text":
            reasons = given.get(f"{name}_why") or [None] * len(values)
            if values is not given[name]:
                pairs = zip(given[name], reasons, strict=True)
                reasons = [value.why if type(value) is Undefined else why for value, why in pairs]
            made.append(pl.Series(f"{name}_why", reasons, dtype=pl.String))
        for part in (f"{name}_k", f"{name}_n") if column.unit == "share" else ():
            if part in given:
                parts = _written(given[part])
                made.append(pl.Series(part, parts, dtype=_number(parts)))
        for end in (f"{name}_low", f"{name}_high") if column.unit == "share" else ():
            if end in given:
                made.append(pl.Series(end, _written(given[end]), dtype=pl.Float64))
    return pl.DataFrame(made)


def _written(values: Sequence[Any]) -> Sequence[Any]:
    """The values as they are written; the same object where none of them is written otherwise."""
    return [_plain(value) for value in values] if not _AS_WRITTEN.issuperset(map(type, values)) else values


def defined(columns: Sequence[Column], said: Container[str] = ()) -> list[pl.Expr]:
    """The columns of a result: each measure with its reason, which is empty but where the rows hold one (`said`)."""
    made = []
    for column in columns:
        made.append(pl.col(column.name))
        if column.unit != "text":
            why = f"{column.name}_why"
            made.append(pl.col(why) if column.name in said else pl.lit(None, pl.String).alias(why))
    return made


def named(left_out: Mapping[str, int]) -> dict[str, int]:
    """What was left out, by reason (msgid), without the reasons that left nothing out (G7)."""
    return {msgid: number for msgid, number in left_out.items() if number}


def _number(values: Sequence[Any]) -> Any:
    return pl.Float64 if float in map(type, values) else pl.Int64


def _kind(column: Column, values: Sequence[Any]) -> Any:
    if column.unit == "text":
        return pl.String
    if column.unit == "day":
        return pl.Date
    return _number(values) if column.unit in WHOLE_UNITS else pl.Float64
