"""Suppliers: their names, and the words for what they offer."""

from __future__ import annotations

from typing import Any

PRICES = {"fixed": "Fixed price", "hourly": "By the hour"}
LEFT = "What open work still takes: by the estimate or by progress, else budget − hours used"
LEFT_ON = {"estimate": "by the estimate", "progress": "by progress", "budget": "budget less used"}
"""What the hours left rest on, in words that stand in a sentence."""
OF_REST = "Hours left × the price an hour; a fixed price is for the whole of the work"
"""What the columns of an offer for the rest of open work hold, wherever they stand."""


def supplier_name(organisation: Any, supplier: str | None) -> str | None:
    """A supplier's name from the organisation's list; the id where it has none."""
    suppliers = getattr(organisation, "suppliers", None) or {}
    return suppliers.get(supplier, supplier) if isinstance(suppliers, dict) else supplier
