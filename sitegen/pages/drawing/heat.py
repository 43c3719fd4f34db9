"""Steps of colour."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from sitegen.pages.drawing.numbers import number


def heat_step(value: Any, limits: Sequence[float]) -> int:
    """The step 1–6 of a value: 1 up to the first limit, 2 up to the second, …; 0 for exactly nothing."""
    raw = number(value) or 0.0
    if raw == 0:
        return 0
    return 1 + sum(raw > limit for limit in limits)


def heat_limits(values: Iterable[Any], least: float) -> list[float]:
    """Five limits of heat steps, each twice the one before, so that the last is over half of the largest value.

    The first is `least` (a unit such as one hour) or a doubling of it; `pivot.js` chooses its limits the same way.
    """
    top, largest = 16 * least, max((number(value) or 0.0 for value in values), default=0.0)
    while top * 2 < largest:
        top *= 2
    return [top / 16, top / 8, top / 4, top / 2, top]
