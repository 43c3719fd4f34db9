"""Suppliers: their names, and what they were paid."""

from __future__ import annotations

from typing import Any


def supplier_name(organisation: Any, supplier: str | None) -> str | None:
    """A supplier's name from the organisation's list; the id where it has none."""
    suppliers = getattr(organisation, "suppliers", None) or {}
    return suppliers.get(supplier, supplier) if isinstance(suppliers, dict) else supplier
