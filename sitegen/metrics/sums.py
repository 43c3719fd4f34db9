"""Sums that several `reduce`s begin with: a `reduce` names one as it names a table, and each is run once."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from sitegen.metrics.adherence import by_week
from sitegen.metrics.hours import by_month

SUMS: Mapping[str, Callable[..., Any]] = {"by_month": by_month, "by_week": by_week}
"""The name of the parameter → what makes it, a function as a `reduce` is; its parameters are tables and `as_of`."""
