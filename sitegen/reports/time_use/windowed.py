"""The measures of every window of time, column by column: what each table of hours has beside its texts (T1, T4)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import polars as pl
import polars.selectors as cs

from sitegen.metrics.figures import defined, share_unless
from sitegen.metrics.hours import cost_columns
from sitegen.metrics.windows import SUMS, WINDOWS, windows
from sitegen.results import Column

TOTAL = "-"
"""The key of the row of totals: no record has this id."""

LABELS: Mapping[str, Mapping[str, str]] = {
    "weeks": {
        "": "Hours, thirteen weeks",
        "share": "Share, thirteen weeks",
        "internal": "Internal cost, thirteen weeks",
        "standard": "At standard rate, thirteen weeks",
        "external": "External cost, thirteen weeks",
    },
    "month": {
        "": "Hours, month",
        "share": "Share, month",
        "internal": "Internal cost, month",
        "standard": "At standard rate, month",
        "external": "External cost, month",
    },
    "quarter": {
        "": "Hours, quarter",
        "share": "Share, quarter",
        "internal": "Internal cost, quarter",
        "standard": "At standard rate, quarter",
        "external": "External cost, quarter",
    },
    "year": {
        "": "Hours, year",
        "share": "Share, year",
        "internal": "Internal cost, year",
        "standard": "At standard rate, year",
        "external": "External cost, year",
    },
}
"""What each measure of each window is called; the page writes the window's own name instead."""


def measures(external: bool = True) -> tuple[Column, ...]:
    """The columns of one row's hours and costs in every window."""
    found = []
    for window in WINDOWS:
        labels = LABELS[window]
        found += [
            Column(window, "minutes", labels[""], "marketing"),
            Column(f"{window}_share", "share", labels["share"], "marketing", "Of all hours of the time"),
            Column(f"{window}_internal", "money", labels["internal"], "management", "Hours × the rate of the day"),
            Column(f"{window}_standard", "money", labels["standard"], "marketing", "Hours × the standard rate"),
        ]
        if external:
            found.append(Column(f"{window}_external", "money", labels["external"], "marketing", "Invoices of the time"))
    return tuple(found)


EXTERNAL = tuple(f"{window}_external" for window in WINDOWS)
"""What was paid outside in each window."""


def with_paid(sums: pl.DataFrame, bought: Mapping[tuple[str, ...], Mapping[str, int]], *by: str) -> pl.DataFrame:
    """The SUMS of each combination of `by` with EXTERNAL, also of what only has invoices; 0 where there is nothing."""
    costs = [(*of, *(own.get(window, 0) for window in WINDOWS)) for of, own in bought.items()]
    kinds = {**dict.fromkeys(by, pl.String), **dict.fromkeys(EXTERNAL, pl.Int64)}
    rows = sums.join(pl.DataFrame(costs, kinds, orient="row"), on=by, how="full", coalesce=True)
    return rows.with_columns(pl.col(*SUMS, *EXTERNAL).fill_null(0))


def most_first(lines: pl.DataFrame) -> pl.DataFrame:
    """By the hours of the weeks, then of the quarter and the year; ties by name."""
    by = [f"{window}_minutes" for window in ("weeks", "quarter", "year")]
    return lines.sort(*by, "name", "key", descending=[True, True, True, False, False])


def measured(columns: Sequence[Column], lines: pl.DataFrame, shares: Sequence[str] = ()) -> pl.DataFrame:
    """The lines (their `key`, texts, SUMS and EXTERNAL) as the frame of these columns, at last the row TOTAL.

    Args:
        shares: further ones among the columns, whose k and n the lines hold; they are summed as everything is.

    Undefined:
        a share of no hours → nothing-logged; one of `shares` → no-cases; a cost where no hour has a rate → no-rate.
    """
    total = lines.select(cs.integer().sum())
    rows = pl.concat([lines, total.with_columns(key=pl.lit(TOTAL))], how="diagonal")
    made: list[pl.Expr] = []
    for window in WINDOWS:
        minutes, whole = pl.col(f"{window}_minutes"), f"{window}_whole"
        rows = rows.with_columns(total[f"{window}_minutes"].new_from_index(0, len(rows)).alias(whole))
        nothing = pl.when(pl.col(whole) == 0).then(pl.lit("nothing-logged"))
        made += [minutes.alias(window), *share_unless(nothing, f"{window}_share", f"{window}_minutes", whole)]
        for kind, sum_60, without in (("internal", "cost_60", "unpriced"), ("standard", "standard_60", "unstandard")):
            sums = (f"{window}_{name}" for name in ("minutes", without, sum_60))
            made += cost_columns(rows, f"{window}_{kind}", *sums)
    for name in shares:
        made += share_unless(pl.when(pl.col(f"{name}_n") == 0).then(pl.lit("no-cases")), name, f"{name}_k", f"{name}_n")
    reasons = [column.name for column in columns if column.unit in ("share", "money") and column.name not in EXTERNAL]
    return rows.with_columns(made).select("key", *defined(columns, reasons))


def paid(external_costs: pl.DataFrame, as_of: dt.date, by: Callable[[Mapping[str, Any]], Any]) -> dict[Any, Any]:
    """Invoices up to the day in each window: {what `by` says of the invoice: {window: minor units}}."""
    found: dict[Any, dict[str, int]] = {}
    spans = windows(as_of)
    for row in external_costs.filter(pl.col("day") <= as_of).iter_rows(named=True):
        for window, span in spans.items():
            if span.start <= row["day"] <= span.last:
                sums = found.setdefault(by(row), {})
                sums[window] = sums.get(window, 0) + row["amount_minor"]
    return found
