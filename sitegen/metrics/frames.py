"""The frame of a result: which columns go with a measure, so that no report forgets a reason or an interval."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import polars as pl


def schema_of(
    *,
    text: Sequence[str] = (),
    day: Sequence[str] = (),
    whole: Sequence[str] = (),
    number: Sequence[str] = (),
    shares: Sequence[str] = (),
) -> dict[str, Any]:
    """The columns of a result and their types: `key`, text, days, and measures with their reason (`Result`).

    Args:
        whole: counts, minutes and money (minor units). number: scores and ratios. shares: with k, n and the interval.
    """
    schema: dict[str, Any] = {"key": pl.String} | dict.fromkeys(text, pl.String)
    for names, kind in ((day, pl.Date), (whole, pl.Int64), (number, pl.Float64), (shares, pl.Float64)):
        for name in names:
            schema |= {name: kind, f"{name}_why": pl.String}
    for name in shares:
        schema |= {f"{name}_k": pl.Int64, f"{name}_n": pl.Int64, f"{name}_low": pl.Float64, f"{name}_high": pl.Float64}
    return schema


def frame(rows: Sequence[Mapping[str, Any]], schema: Mapping[str, Any]) -> pl.DataFrame:
    """The rows as a frame with exactly these columns; what a row does not name is null.

    Raises:
        ValueError: when a row has a column that the schema lacks: it would be lost in silence.
    """
    for row in rows:
        if unknown := row.keys() - schema.keys():
            raise ValueError(f"no such column: {', '.join(sorted(unknown))}")
    return pl.DataFrame(
        {name: pl.Series(name, [row.get(name) for row in rows], dtype=kind) for name, kind in schema.items()}
    )


def named(left_out: Mapping[str, int]) -> dict[str, int]:
    """What was left out, by reason (msgid), without the reasons that left nothing out (G7)."""
    return {msgid: number for msgid, number in left_out.items() if number}


def with_limits(made: pl.DataFrame, rows: Sequence[Mapping[str, Any]], name: str) -> pl.DataFrame:
    """The frame with the interval of its share `name`, which the rows hold as `<name>_low` and `<name>_high` (G3)."""
    limits = {f"{name}_{end}": [row[f"{name}_{end}"] for row in rows] for end in ("low", "high")}
    return made.with_columns(pl.Series(column, values, dtype=pl.Float64) for column, values in limits.items())
