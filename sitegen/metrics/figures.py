"""Figures that may be undefined, and the frame of a result made from them: exact until they are written."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Container, Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from fractions import Fraction
from functools import cache
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


@cache
def undefined(why: str) -> Undefined:
    """The one there is for this reason: a large company's tables hold a hundred thousand."""
    return Undefined(why)


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
    return combine(lambda a, b: undefined(why) if b == 0 else _quotient(a, b), k, n)


def _quotient(k: Any, n: Any) -> Fraction:
    # Whole numbers, nearly all there are, take one step instead of two.
    return Fraction(k, n) if isinstance(k, int) and isinstance(n, int) else Fraction(k) / Fraction(n)


def known(value: Any, why: str) -> Any:
    """The value, or undefined for this reason where there is none."""
    return undefined(why) if value is None else value


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
    return {name: undefined(why), f"{name}_k": None, f"{name}_n": None}


def _plain(value: Any) -> Any:
    """What is written: a whole fraction as an integer, another as the nearest float, undefined as None."""
    # The type itself is asked for: `isinstance` of a Fraction goes through its abstract classes, a million times.
    kind = type(value)
    if kind is Fraction:
        return value.numerator if value.denominator == 1 else value.numerator / value.denominator
    return None if kind is Undefined else value


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
    largest: list[Any] = [part.abs().max() or 0 for part in (k, n)]
    if max(largest) < _EXACT:
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

    def values(name: str) -> list[Any]:
        return [row[name] for row in rows]

    def reasons(name: str) -> list[Any]:
        return [row.get(name) for row in rows]

    return _frame(columns, values, reasons, rows[0] if rows else ())


def frame_of(columns: Sequence[Column], given: Mapping[str, Sequence[Any]]) -> pl.DataFrame:
    """The same of columns: `key`, each column of the result and its parts; what very many rows are made with."""
    return _frame(columns, given.__getitem__, given.get, given)


def _frame(
    columns: Sequence[Column],
    given: Callable[[str], Sequence[Any]],
    reasons: Callable[[str], Sequence[str | None] | None],
    there: Container[str],
) -> pl.DataFrame:
    """The frame of columns that are `given` by name, each asked for once.

    Args:
        reasons: what is said beside a measure, by the name of its `_why`; asked for only where a value is None.
        there: the names of those parts of shares that are given.
    """
    made = [pl.Series("key", given("key"), dtype=pl.String)]
    for column in columns:
        name = column.name
        values = given(name)
        kinds = frozenset(map(type, values))
        written, left = _written(values, kinds)
        made.append(pl.Series(name, written, dtype=_kind(column, left)))
        if column.unit == "text":
            continue
        why = f"{name}_why"
        said = reasons(why) if type(None) in kinds else None
        if Undefined in kinds:
            pairs = zip(values, said or [None] * len(values), strict=True)
            said = [value.why if type(value) is Undefined else beside for value, beside in pairs]
        made.append(pl.Series(why, said, dtype=pl.String) if said else _empty(why, len(values)))
        if column.unit != "share":
            continue
        for part in (f"{name}_k", f"{name}_n"):
            if part in there:
                parts, left = _written(given(part))
                made.append(pl.Series(part, parts, dtype=_number(left)))
        for end in (f"{name}_low", f"{name}_high"):
            if end in there:
                made.append(pl.Series(end, _written(given(end))[0], dtype=pl.Float64))
    return pl.DataFrame(made)


def _written(values: Sequence[Any], kinds: AbstractSet[type] | None = None) -> tuple[Sequence[Any], AbstractSet[type]]:
    """The values as they are written, and of which types they are then; `kinds`: of which they are."""
    kinds = frozenset(map(type, values)) if kinds is None else kinds
    if kinds <= _AS_WRITTEN:
        return values, kinds
    if Fraction not in kinds and Undefined in kinds:  # as most columns with reasons are
        return [None if type(value) is Undefined else value for value in values], kinds - {Undefined} | {type(None)}
    written = [_plain(value) for value in values]
    return written, frozenset(map(type, written))


def _empty(name: str, length: int) -> pl.Series:
    """A column of texts that says nothing, as nearly every one of reasons is."""
    return pl.Series(name, [None], dtype=pl.String).new_from_index(0, length)


def defined(columns: Sequence[Column], said: Container[str] = ()) -> list[pl.Expr]:
    """The columns of a result: each measure with its reason, which is empty but where the rows hold one (`said`), and
    a share with its k and n.
    """
    made = []
    for column in columns:
        made.append(pl.col(column.name))
        if column.unit != "text":
            why = f"{column.name}_why"
            made.append(pl.col(why) if column.name in said else pl.lit(None, pl.String).alias(why))
        if column.unit == "share":
            made += [pl.col(f"{column.name}_k"), pl.col(f"{column.name}_n")]
    return made


def unless(why: pl.Expr, name: str, value: pl.Expr) -> list[pl.Expr]:
    """A measure and its reason: undefined where `why` says one."""
    return [pl.when(why.is_null()).then(value).alias(name), why.alias(f"{name}_why")]


def share_unless(why: pl.Expr, name: str, k: str, n: str) -> list[pl.Expr]:
    """The columns of a share of whole numbers, k ÷ n: undefined where `why` says so, as it must where n is 0.

    `n` names a column with a value of each row, not a literal: by a single number the engine multiplies with its
    reciprocal, and 1 becomes 0.9999999999999999.
    """
    parts = (pl.when(why.is_null()).then(part).alias(f"{name}_{end}") for end, part in (("k", k), ("n", n)))
    return [*unless(why, name, pl.col(k) / pl.col(n)), *parts]


def named(left_out: Mapping[str, int]) -> dict[str, int]:
    """What was left out, by reason (msgid), without the reasons that left nothing out (G7)."""
    return {msgid: number for msgid, number in left_out.items() if number}


def _number(kinds: AbstractSet[type]) -> Any:
    return pl.Float64 if float in kinds else pl.Int64


def _kind(column: Column, kinds: AbstractSet[type]) -> Any:
    if column.unit == "text":
        return pl.String
    if column.unit == "day":
        return pl.Date
    return _number(kinds) if column.unit in WHOLE_UNITS else pl.Float64
