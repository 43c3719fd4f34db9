"""What a metric gives: tables of figures with their unit, audience, key and the reason where one is undefined."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import polars as pl

UNITS = ("minutes", "money", "share", "count", "days", "score", "ratio", "day", "text")
"""`share` is a fraction (0.5 = 50 %), `ratio` a plain number such as an index, `score` a number on a scale."""

REASONS = (
    "no-budget",
    "nothing-logged",
    "no-cases",
    "unknown-part",
    "not-reached",
    "too-few",
    "immature",
    "no-rate",
    "withheld",
    "no-end",
    "not-started",
    "not-relevant",
    "missing-month",
    "first-round",
    "undecided",
    "no-weeks",
    "overspent",
)
"""Why a figure is undefined; each has a sentence (`pages.WHY`)."""


@dataclass(frozen=True)
class Column:
    """One column of a result: what it holds, who may see it, and what the reader calls it.

    `label` and `about` are msgids. A column whose audience is above the reader's is taken out, with its `_why`, `_k`,
    `_n`.
    A text column of a fixed vocabulary has `words`: its value → the msgid that the reader sees.
    """

    name: str
    unit: str
    label: str
    audience: str = "everyone"
    about: str = ""
    words: Mapping[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if self.unit not in UNITS:
            raise ValueError(f"unit {self.unit!r} of column {self.name!r} is not one of {UNITS}")


@dataclass(frozen=True)
class Result:
    """A finished table of figures, in the order it is shown.

    `rows` has a text column `key` (ids joined with `/`, unique), every column of `columns`, and for a measure `x` that
    can be
    undefined `x_why` (set exactly where `x` is null), for a share `x_k`, `x_n` and, where n < 30, `x_low`, `x_high`.
    `left_out` counts what was not used, by reason (msgid). `total_key` names the row that is the sum of the others, if
    any.
    """

    name: str
    columns: tuple[Column, ...]
    rows: pl.DataFrame
    left_out: Mapping[str, int] = field(default_factory=dict)
    total_key: str | None = None
    report: str = ""

    def column(self, name: str) -> Column:
        """The column with this name; KeyError when the result has none (or the audience may not see it)."""
        for column in self.columns:
            if column.name == name:
                return column
        raise KeyError(name)

    def has(self, name: str) -> bool:
        """Whether the column is here for this audience."""
        return any(column.name == name for column in self.columns)

    def for_audience(self, viewer: str) -> Result:
        """The same result without the columns that `viewer` may not see."""
        from sitegen.audience import allows

        kept = tuple(column for column in self.columns if allows(viewer, column.audience))
        if len(kept) == len(self.columns):
            return self
        names = {"key"}
        for column in kept:
            names |= {column.name} | {f"{column.name}_{part}" for part in ("why", "k", "n", "low", "high")}
        rows = self.rows.select([name for name in self.rows.columns if name in names])
        return Result(self.name, kept, rows, self.left_out, self.total_key, self.report)

    def at_least(self, audience: str) -> Result:
        """The same result with no column below `audience`: what a report shows is as withheld as the report itself."""
        from sitegen.audience import allows

        columns = tuple(
            replace(column, audience=audience) if allows(audience, column.audience) else column
            for column in self.columns
        )
        return replace(self, columns=columns)

    def figures(self) -> Iterator[tuple[str, Column, dict[str, Any]]]:
        """Every (row key, column, row) of the result, text columns included."""
        for row in self.rows.iter_rows(named=True):
            for column in self.columns:
                yield row["key"], column, row

    def check(self) -> list[str]:
        """What breaks the contract above (rules G2 and G3); an empty list when it holds."""
        faults = []
        names = set(self.rows.columns)
        if "key" not in names:
            return [f"{self.name}: no column key"]
        if self.rows["key"].n_unique() != len(self.rows):
            faults.append(f"{self.name}: keys are not unique")
        for column in self.columns:
            if column.name not in names:
                faults.append(f"{self.name}.{column.name}: missing")
                continue
            if column.unit == "text":
                continue
            for row in self.rows.iter_rows(named=True):
                value, why = row[column.name], row.get(f"{column.name}_why")
                if (value is None) != (why is not None):
                    faults.append(f"{self.name}.{row['key']}.{column.name}: value {value!r} with reason {why!r}")
                if why is not None and why not in REASONS:
                    faults.append(f"{self.name}.{row['key']}.{column.name}: unknown reason {why!r}")
                if isinstance(value, float) and (value != value or value in (float("inf"), float("-inf"))):
                    faults.append(f"{self.name}.{row['key']}.{column.name}: {value}")
                if column.unit == "day" and value is not None and not isinstance(value, dt.date):
                    faults.append(f"{self.name}.{row['key']}.{column.name}: not a date")
        return faults
