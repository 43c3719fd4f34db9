"""Every picture of the page is one of the small drawings of `templates/drawings.html.j2`; no chart of the renderer."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

CHARTS: Mapping[str, Callable[..., Any]] = {}
