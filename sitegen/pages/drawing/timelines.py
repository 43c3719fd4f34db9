"""Timelines of projects."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Mapping, Sequence
from typing import Any

from sitegen.pages.drawing.numbers import number


def _next_month(day: dt.date) -> dt.date:
    return dt.date(day.year + day.month // 12, day.month % 12 + 1, 1)


def timeline(
    rows: Sequence[Mapping[str, Any]], start: dt.date, end: dt.date, as_of: dt.date, narrow: bool = False
) -> dict[str, Any]:
    """A Gantt chart: frame = planned, fill = done, tick = first end, ◆ = deadline, one line = today, steps as small
    ticks.

    Each row is {name (text), start, end, done (share of the frame, 0–1), first_end, deadlines, steps}; days are dates
    or None, `end` is inclusive. A row without dates has no frame.
    """
    left, right, width = (0.0, 354.0, 358.0) if narrow else (190.0, 858.0, 866.0)
    row_height = 40.0 if narrow else 28.0
    first = dt.date(start.year, start.month, 1)
    last = _next_month(end)
    span = max((last - first).days, 1)

    def x(day: dt.date) -> float:
        return left + min(max((day - first).days / span, 0.0), 1.0) * (right - left)

    months, month = [], first
    while month < last:
        months.append(month)
        month = _next_month(month)
    # as many month names as there is room for
    every = max(1, math.ceil(len(months) / (5 if narrow else 14)))
    now = x(as_of) if first <= as_of < last else None
    ticks: list[dict[str, Any]] = []
    free = left
    for place, month in enumerate(months):
        at = x(month)
        room = 58 if place == 0 or month.month == 1 else 30
        named = place % every == 0 and at >= free and (now is None or at + room < now - 16 or at > now + 20)
        free = at + room if named else free
        ticks.append({"x": at, "day": month, "named": named})
    drawn = []
    for place, row in enumerate(rows):
        y = 30 + place * row_height
        bar: dict[str, Any] = {
            "y": y + (17 if narrow else 0),
            "text_y": y + 11,
            "name": row["name"],
            "frame": None,
            "fill": None,
            "unknown": False,
            "first_end": None,
        }
        if row.get("start") and row.get("end"):
            begin, finish = x(row["start"]), x(row["end"] + dt.timedelta(days=1))
            bar["frame"] = (begin, max(finish - begin, 2.0))
            done = number(row.get("done"))
            bar["fill"] = max(finish - begin, 2.0) * min(max(done, 0.0), 1.0) if done is not None else None
            bar["unknown"] = done is None
        if row.get("first_end") and row.get("first_end") != row.get("end"):
            bar["first_end"] = x(row["first_end"] + dt.timedelta(days=1))
        bar["deadlines"] = [x(day) for day in row.get("deadlines") or () if day]
        bar["steps"] = [x(day) for day in row.get("steps") or () if day]
        drawn.append(bar)
    height = 30 + len(rows) * row_height + 6
    return {
        "width": width,
        "height": height,
        "left": left,
        "right": right,
        "ticks": ticks,
        "rows": drawn,
        "bottom": height - 4,
        "today": now,
    }
