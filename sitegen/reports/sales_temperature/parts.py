"""Budget and sales by product, segment and seller: of the half so far, of the year so far, and what is left (B1)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

import polars as pl

from sitegen.audience import allows
from sitegen.metrics.figures import Figure, Undefined, combine, frame, minus, named
from sitegen.reports.sales_temperature.sales import MISSING, NO_BUDGET, Year, against, compared, pairs, summed, year_of
from sitegen.results import Column

REST, TOTAL = "-", "-total"
"""Keys of what is not split up, and of the sum; no id begins with a dash."""
SELLERS_FOR = "management"
"""Who sees what one person sold."""
UNSAID = "months of single ones with a budget and no sales: they are in neither of the two"
AMOUNTS = ("half_budget", "half_sold", "budget", "sold", "year_budget")


def _columns(label: str, audience: str) -> tuple[Column, ...]:
    so_far = "Months that have ended and whose sales are written"
    return (
        Column("name", "text", label, audience, words={REST: "Not split up"}),
        Column("half_budget", "money", "Budget of the half so far", audience, so_far),
        Column("half_sold", "money", "Sold in the half", audience, so_far),
        Column("half_attainment", "share", "Attainment in the half", audience, "Sold ÷ budget of the same months"),
        Column("half_gap", "money", "Gap in the half", audience, "Sold − budget of the same months"),
        Column("budget", "money", "Budget so far", audience, so_far),
        Column("sold", "money", "Sold so far", audience, so_far),
        Column("attainment", "share", "Attainment", audience, "Sold ÷ budget of the same months"),
        Column("gap", "money", "Gap", audience, "Sold − budget of the same months"),
        Column("year_budget", "money", "Budget of the year", audience),
        Column("rest", "money", "Left to sell", audience, "Budget of the year − sold so far, at least 0"),
    )


PRODUCT_COLUMNS = _columns("Product", "marketing")
SEGMENT_COLUMNS = _columns("Segment", "marketing")
SELLER_COLUMNS = _columns("Seller", SELLERS_FOR)


def left(budget: Figure, sold: Figure) -> Figure:
    """What is left to sell of the budget of the year: 0 where it is reached; undefined where there is none (F8)."""
    return combine(lambda whole, gone: max(whole - gone, 0) if whole else NO_BUDGET, budget, sold)


def rows_of(year: Year, kind: str, names: Mapping[str, str]) -> tuple[list[dict[str, Any]], int]:
    """The rows of a way to split sales up, in the order of their ids, with what is not split up and the total last;
    and how many months of single ones have a budget and no sales.

    Only months whose sales are known in all are counted; of these, each has the months of its own sales. The budget of
    the year is what is written for it. A month that does not name one has its money in what is not split up.
    """
    split = [(month, getattr(month.by, kind) if month.by is not None else {}) for month in year.months]
    if not any(by for _, by in split):
        return [], 0
    lines, unsaid = [], 0
    for id in sorted({id for _, by in split for id in by}):
        own = [(month, by.get(id)) for month, by in split]
        written = [
            (one.budget if one else None, one.actual if one and month.sold is not None else None) for month, one in own
        ]
        halfway = [pair for (month, _), pair in zip(own, written, strict=True) if month in year.half]
        gone = [pair for (month, _), pair in zip(own, written, strict=True) if month.sold is not None]
        lacking = sum(budget is not None and sold is None for budget, sold in gone)
        unsaid += lacking
        whole = summed([budget for budget, _ in written if budget is not None])
        line = {
            "key": id,
            "name": names.get(id, id),
            **against(halfway, year.none_known, "half_"),
            **against(written, year.none_known),
            "year_budget": whole,
        }
        line["rest"] = left(whole, MISSING if lacking else combine(lambda own, _: own, line["sold"], year.sold))
        lines.append(line)
    total = _total(year)
    rest = _remainder(total, lines)
    return [*lines, *([rest] if rest else []), total], unsaid


def _total(year: Year) -> dict[str, Any]:
    return {
        "key": TOTAL,
        "name": None,
        **against(pairs(year.half), year.none_known, "half_"),
        **against(pairs(year.months), year.none_known),
        "year_budget": year.budget,
        "rest": left(year.budget, year.sold),
    }


def _remainder(total: Mapping[str, Any], lines: list[dict[str, Any]]) -> dict[str, Any] | None:
    """What the total has and no line says (G8); None where the lines say all of it."""

    def beyond(name: str) -> Figure:
        known = sum(line[name] for line in lines if not isinstance(line[name], Undefined))
        return minus(total[name], known)

    amounts = {name: beyond(name) for name in AMOUNTS}
    if all(isinstance(amount, Undefined) or amount == 0 for amount in amounts.values()):
        return None
    return {
        "key": REST,
        "name": REST,
        **compared(amounts["half_budget"], amounts["half_sold"], "half_"),
        **compared(amounts["budget"], amounts["sold"]),
        "year_budget": amounts["year_budget"],
        "rest": combine(lambda _, own: own, total["rest"], left(amounts["year_budget"], amounts["sold"])),
    }


def _by_gap(row: Mapping[str, Any]) -> tuple[int, int, Any]:
    """The largest gap of the half first, then those whose gap is not known, what is not split up and the total."""
    if row["key"] in (REST, TOTAL):
        return 2 + (row["key"] == TOTAL), 0, ""
    unknown = isinstance(row["half_gap"], Undefined)
    return int(unknown), 0 if unknown else row["half_gap"], row["key"]


def product_rows(records: Any, organisation: Any, as_of: dt.date) -> tuple[pl.DataFrame, dict[str, int]]:
    """By product, where most is missing in the half first: there it is needed to put most in (B1)."""
    known = records.products.products if records.products is not None else {}
    return _table(records, organisation, as_of, "product", known, PRODUCT_COLUMNS)


def segment_names(records: Any) -> dict[str, str]:
    """Segment → its name."""
    known = records.segments.segments if records.segments is not None else {}
    return {id: segment.name for id, segment in known.items()}


def segment_rows(records: Any, organisation: Any, as_of: dt.date) -> tuple[pl.DataFrame, dict[str, int]]:
    """By segment, where most is missing in the half first (B1)."""
    known = records.segments.segments if records.segments is not None else {}
    return _table(records, organisation, as_of, "segment", known, SEGMENT_COLUMNS)


def _table(
    records: Any, organisation: Any, as_of: dt.date, kind: str, known: Mapping[str, Any], columns: tuple[Column, ...]
) -> tuple[pl.DataFrame, dict[str, int]]:
    year = year_of(records, organisation, as_of)
    names = {id: one.name or id for id, one in known.items()}
    lines, unsaid = rows_of(year, kind, names) if year is not None else ([], 0)
    return frame(columns, sorted(lines, key=_by_gap)), named({UNSAID: unsaid})


def seller_rows(records: Any, organisation: Any, as_of: dt.date, audience: str) -> tuple[pl.DataFrame, dict[str, int]]:
    """By seller, by name and not by figures: people are not ranked (G12). For management alone."""
    year = year_of(records, organisation, as_of)
    if year is None or not allows(audience, SELLERS_FOR):
        return frame(SELLER_COLUMNS, []), {}
    lines, unsaid = rows_of(year, "seller", {id: person.name or id for id, person in records.people.items()})
    lines.sort(key=lambda row: (row["key"] in (REST, TOTAL), row["key"] == TOTAL, (row["name"] or "").casefold()))
    return frame(SELLER_COLUMNS, lines), named({UNSAID: unsaid})
