"""The plain number of what a template hands over: a value may be a Figure or a plain number."""

from __future__ import annotations

from typing import Any


def number(value: Any) -> float | None:
    """The plain number of a Figure, or of a number."""
    raw = getattr(value, "value", value)
    return None if raw is None else float(raw)
