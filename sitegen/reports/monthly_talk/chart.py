"""The pages of the monthly talk draw their bars in the template."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

CHARTS: dict[str, Callable[..., Any]] = {}
