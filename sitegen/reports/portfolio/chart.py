"""The portfolio is a table: it has no chart."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

CHARTS: dict[str, Callable[..., Any]] = {}
