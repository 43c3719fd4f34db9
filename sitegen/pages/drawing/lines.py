"""Bars, rings, strips, sparklines and small columns."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

from sitegen.pages.drawing.numbers import number

BAR_WIDTH = 200.0
BAR_BUDGET = 160.0
"""Bars of one table share the place of their budget's line: at 160 of 200."""


def bar(used: Any, wanted: Any, forecast: Any = None, baseline: Any = None, today: Any = None) -> dict[str, Any] | None:
    """Where a progress bar ends: `used`, `over` (from, to), `forecast` (from, to), ticks. None when nothing was wanted.

    What is more than 1.25 times the wanted ends at the frame's edge and is `cut`: its figure stands beside it.
    """
    is_, line = number(used), number(wanted)
    if is_ is None or not line or line < 0:
        return None

    def at(value: float | None) -> float | None:
        return None if value is None else min(max(value, 0.0) / line * BAR_BUDGET, BAR_WIDTH)

    end, expected = at(is_), at(number(forecast))
    assert end is not None
    return {
        "wanted": BAR_BUDGET,
        "used": min(end, BAR_BUDGET),
        "over": (BAR_BUDGET, end) if end > BAR_BUDGET else None,
        "forecast": (end, expected) if expected is not None and expected > end + 0.5 else None,
        "baseline": at(number(baseline)) if number(baseline) != line else None,
        "today": at(number(today)),
        "cut": is_ > line * BAR_WIDTH / BAR_BUDGET,
    }


def donut(shares: Sequence[Any], radius: float = 88.0, hole: float = 52.0) -> list[str]:
    """The paths of a ring's parts, clockwise from the top; round (0, 0), so its frame is twice the radius.

    A part without a share has an empty path. Shares that do not add up to 1 leave the ring open.
    """
    paths, start = [], 0.0
    for share in shares:
        wide = min(number(share) or 0.0, 1.0)
        if wide <= 0:
            paths.append("")
            continue
        # an arc from a point to itself is nothing: a whole ring is drawn as two halves
        turns = [start, start + wide / 2, start + wide]
        way = [(math.sin(2 * math.pi * turn), -math.cos(2 * math.pi * turn)) for turn in turns]
        out = [f"{x * radius:.2f} {y * radius:.2f}" for x, y in way]
        back = [f"{x * hole:.2f} {y * hole:.2f}" for x, y in way]
        paths.append(
            f"M{out[0]}A{radius:g} {radius:g} 0 0 1 {out[1]}A{radius:g} {radius:g} 0 0 1 {out[2]}"
            f"L{back[2]}A{hole:g} {hole:g} 0 0 0 {back[1]}A{hole:g} {hole:g} 0 0 0 {back[0]}Z"
        )
        start += wide
    return paths


def goal(value: Any, wanted: Any, plan: Any = None, width: float = 240.0) -> dict[str, Any] | None:
    """A goal's bar: the frame ends at what is wanted, the fill at what is reached; beyond it the frame grows."""
    is_, line, planned = number(value), number(wanted), number(plan)
    if is_ is None or not line or line < 0:
        return None
    scale = width / max(line, is_, planned or 0)
    return {
        "width": width,
        "wanted": line * scale,
        "is": max(is_, 0) * scale,
        "plan": None if planned is None else planned * scale,
    }


def strip(now: Any, wanted: Any, top: float = 10.0, width: float = 200.0) -> dict[str, float] | None:
    """A strip of a scale from 0 to `top`: filled up to now, tinted up to wanted, a line at wanted."""
    is_, line = number(now), number(wanted)
    if is_ is None or line is None:
        return None
    return {"now": is_ / top * width, "wanted": line / top * width, "width": width}


def spark(
    values: Sequence[Any], wanted: Any = None, width: float = 220.0, height: float = 34.0
) -> dict[str, Any] | None:
    """A sparkline from zero: runs of known points, hatched gaps where a value is missing, the goal's line, the last
    point.
    """
    known = [number(value) for value in values]
    line = number(wanted)
    top = max([value for value in known if value is not None] + [line or 0.0, 0.0], default=0.0)
    if len(known) < 2 or top <= 0:
        return None
    step = (width - 8) / (len(known) - 1)
    floor = height - 1

    def y(value: float) -> float:
        return floor - max(value, 0.0) / top * (height - 7)

    runs: list[list[tuple[float, float]]] = [[]]
    gaps: list[tuple[float, float]] = []
    for place, value in enumerate(known):
        x = 2 + place * step
        if value is None:
            gaps.append((max(x - step / 2, 0.0), min(x + step / 2, width) - max(x - step / 2, 0.0)))
            if runs[-1]:
                runs.append([])
        else:
            runs[-1].append((x, y(value)))
    drawn = [run for run in runs if run]
    return {
        "width": width,
        "height": height,
        "floor": floor,
        "runs": [
            {
                "line": points(run),
                "area": points([(run[0][0], floor), *run, (run[-1][0], floor)]),
                "single": len(run) == 1,
            }
            for run in drawn
        ],
        "gaps": gaps,
        "goal": None if line is None else y(line),
        "last": drawn[-1][-1] if drawn and known[-1] is not None else None,
    }


def columns(values: Sequence[Any], width: float = 220.0, height: float = 34.0) -> dict[str, Any] | None:
    """Small columns round a zero line, for values that may be negative; a missing value is a hatched place."""
    known = [number(value) for value in values]
    top = max((value for value in known if value is not None), default=0.0)
    low = min((value for value in known if value is not None), default=0.0)
    reach = max(top, 0.0) - min(low, 0.0)
    if not known or reach <= 0:
        return None
    step = width / len(known)
    zero = 1 + max(top, 0.0) / reach * (height - 2)
    bars = []
    for place, value in enumerate(known):
        size = 0.0 if value is None else abs(value) / reach * (height - 2)
        bars.append(
            {
                "x": place * step + step * 0.13,
                "width": step * 0.74,
                "height": size,
                "missing": value is None,
                "y": zero - size if value is not None and value > 0 else zero,
                "down": value is not None and value < 0,
            }
        )
    return {"width": width, "height": height, "zero": zero, "bars": bars}


def points(run: Sequence[tuple[float, float]]) -> str:
    """`x,y x,y` for a polyline."""
    return " ".join(f"{x:.1f},{y:.1f}" for x, y in run)
