"""Make or buy: what work costs here against outside offers, what to buy, and what was paid to whom (T10, T17, T25, F3).

Offers are in `offers.py`, what they can be for in `scopes.py`, candidates in `candidates.py`, invoices in `history.py`.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sitegen.metrics.tasks import TASK_HOURS, task_hours, trees
from sitegen.report import Attention, Metric, Value
from sitegen.reports.make_or_buy import candidates, history, offers
from sitegen.results import Result


def attention(results: Mapping[str, Result]) -> list[Attention]:
    """Open work of which the rest is dearer here than an offer that is not old (T25)."""
    table = results["offers"]
    found = []
    for row in table.rows.iter_rows(named=True):
        if row["state"] != "open":
            continue
        project = row["key"].partition("/")[0]
        place: dict[str, Any] = {
            "report": "make_or_buy",
            "page": ("make_or_buy", None),
            "sources": (("project", project),),
            "audience": "marketing",
        }
        called = {"work": f"{row['name']}: {row['task']}" if row["task"] else row["name"], "supplier": row["supplier"]}
        measure = "rest_delta" if row.get("rest_delta") is not None else "rest_standard_delta"
        saving = row.get(measure)
        if row["old"] == "no" and saving is not None and saving > 0:
            found.append(
                Attention(
                    severity="note",
                    weight=saving / 50_000,
                    what=("%(work)s is cheaper at %(supplier)s than here.", called),
                    so=(
                        "%(saving)s cheaper. Order it, or write down why not.",
                        {"saving": Value("offers", row["key"], measure)},
                    ),
                    **place,
                )
            )
    return found


RESULTS = (
    Metric("offers", offers.COLUMNS, offers.offer_rows, task_hours, TASK_HOURS, prepare=trees),
    Metric("total", offers.TOTAL_COLUMNS, offers.total_rows),
    Metric("candidates", candidates.COLUMNS, candidates.candidate_rows, candidates.recent, candidates.RECENT),
    Metric("suppliers", history.SUPPLIER_COLUMNS, history.supplier_rows, total_key=history.TOTAL),
    Metric("years", history.YEAR_COLUMNS, history.year_rows),
    Metric("invoices", history.INVOICE_COLUMNS, history.invoice_rows),
)
