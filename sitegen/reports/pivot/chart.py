"""The page's pictures are the heat table of the template and what the reader's own questions draw: no chart of ours."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

CHARTS: dict[str, Callable[..., Any]] = {}
