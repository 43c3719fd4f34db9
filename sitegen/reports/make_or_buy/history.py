"""What was paid to whom: every invoice from outside over all years, a table a supplier (T17)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

import polars as pl

from sitegen.baselines import fiscal_year
from sitegen.metrics.figures import frame, share
from sitegen.metrics.suppliers import supplier_name
from sitegen.results import Column

NOBODY = "-"
"""Stands for invoices that name no supplier."""
NO_SUPPLIER = {NOBODY: "No supplier named"}
TOTAL = "-total"
"""Key of the row of sums; no id begins with a dash."""


def _invoices(external_costs: pl.DataFrame, as_of: dt.date) -> dict[str, list[dict[str, Any]]]:
    """The invoices of each supplier up to the day, oldest first."""
    found: dict[str, list[dict[str, Any]]] = {}
    order = ("day", "project", "invoice", "amount_minor")
    for row in external_costs.filter(pl.col("day") <= as_of).sort(order, nulls_last=True).iter_rows(named=True):
        found.setdefault(row["supplier"] or NOBODY, []).append(row)
    return found


SUPPLIER_COLUMNS = (
    Column("name", "text", "Supplier", words=NO_SUPPLIER),
    Column("total", "money", "Paid in all", "marketing"),
    Column("share", "share", "Share of all", "marketing"),
    Column("year", "money", "This year", "marketing", "Invoices of the organisation's year so far"),
    Column("invoices", "count", "Invoices", "marketing"),
    Column("projects", "count", "Projects", "marketing"),
    Column("oldest", "day", "First invoice", "marketing"),
    Column("newest", "day", "Newest invoice", "marketing"),
)


def supplier_rows(external_costs: pl.DataFrame, as_of: dt.date, organisation: Any) -> pl.DataFrame:
    """One row a supplier with everything it was ever paid, the most paid first; the total last."""
    start, _ = fiscal_year(as_of, getattr(organisation, "fiscal_year_starts", None) or 1)
    found = _invoices(external_costs, as_of)
    every = [row for rows in found.values() for row in rows]
    total = sum(row["amount_minor"] for row in every)

    def line(key: str, name: str | None, rows: list[dict[str, Any]]) -> dict[str, Any]:
        paid = sum(row["amount_minor"] for row in rows)
        return {
            "key": key,
            "name": name,
            "total": paid,
            **share("share", paid, total, "not-relevant"),
            "year": sum(row["amount_minor"] for row in rows if row["day"] >= start),
            "invoices": len(rows),
            "projects": len({row["project"] for row in rows}),
            "oldest": min(row["day"] for row in rows),
            "newest": max(row["day"] for row in rows),
        }

    lines = [line(supplier, _name(organisation, supplier), rows) for supplier, rows in found.items()]
    lines.sort(key=lambda row: (-row["total"], row["key"]))
    return frame(SUPPLIER_COLUMNS, [*lines, line(TOTAL, None, every)] if every else [])


def _name(organisation: Any, supplier: str) -> str | None:
    return NOBODY if supplier == NOBODY else supplier_name(organisation, supplier)


YEAR_COLUMNS = (
    Column("name", "text", "Supplier", words=NO_SUPPLIER),
    Column("year", "text", "Year"),
    Column("amount", "money", "Paid", "marketing"),
)


def year_rows(external_costs: pl.DataFrame, as_of: dt.date, organisation: Any) -> pl.DataFrame:
    """Paid by supplier and year of the organisation, from the year of the first invoice to the day's own; a year in
    which a supplier was paid nothing is 0. A year that does not begin in January is named by both (`2025/26`).
    """
    first_month = getattr(organisation, "fiscal_year_starts", None) or 1
    found = _invoices(external_costs, as_of)
    days = [row["day"] for rows in found.values() for row in rows]
    if not days:
        return frame(YEAR_COLUMNS, [])
    years = range(fiscal_year(min(days), first_month)[0].year, fiscal_year(as_of, first_month)[0].year + 1)
    sums: dict[tuple[str, int], int] = {}
    for supplier, rows in found.items():
        for row in rows:
            key = (supplier, fiscal_year(row["day"], first_month)[0].year)
            sums[key] = sums.get(key, 0) + row["amount_minor"]
    return frame(
        YEAR_COLUMNS,
        (
            {
                "key": f"{supplier}/{year}",
                "name": _name(organisation, supplier),
                "year": str(year) if first_month == 1 else f"{year}/{(year + 1) % 100:02d}",
                "amount": sums.get((supplier, year), 0),
            }
            for supplier in sorted(found)
            for year in years
        ),
    )


INVOICE_COLUMNS = (
    Column("day", "day", "Date", "marketing"),
    Column("supplier", "text", "Supplier", "marketing", words=NO_SUPPLIER),
    Column("project", "text", "Project", "marketing"),
    Column("task", "text", "Task", "marketing"),
    Column("amount", "money", "Amount", "marketing"),
    Column("invoice", "text", "Invoice", "marketing"),
    Column("note", "text", "Remark", "marketing"),
)


def invoice_rows(external_costs: pl.DataFrame, tasks: pl.DataFrame, as_of: dt.date, organisation: Any) -> pl.DataFrame:
    """Every invoice up to the day, by supplier and the newest first: `<supplier>/<n>`, n from 1 for its oldest."""
    names = {(project, task): name for project, task, name in tasks.select("project", "task", "name").iter_rows()}

    def rows() -> Iterator[dict[str, Any]]:
        found = _invoices(external_costs, as_of)
        for supplier in sorted(found):
            for place, row in reversed(list(enumerate(found[supplier], 1))):
                yield {
                    "key": f"{supplier}/{place}",
                    "day": row["day"],
                    "supplier": _name(organisation, supplier),
                    "project": row["project"],
                    "task": names.get((row["project"], row["task"]), row["task"]),
                    "amount": row["amount_minor"],
                    "invoice": row["invoice"],
                    "note": row["note"],
                }

    return frame(INVOICE_COLUMNS, rows())
