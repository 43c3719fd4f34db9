"""Project pages draw their pictures in the template: one small chart a record is cheaper there."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

CHARTS: dict[str, Callable[..., Any]] = {}
