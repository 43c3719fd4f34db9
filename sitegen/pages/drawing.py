"""Coordinates of the small drawings that record pages repeat: bars, sparklines, the growth wheel, timelines, decision
maps.

No sums and no judgement here: finished numbers in, points of an SVG out. The markup is in
`templates/drawings.html.j2`, the colours are the stylesheet's. Templates reach these functions as `draw.<name>`. A
value may be a Figure or a plain number.
"""

from __future__ import annotations

import datetime as dt
import math
import textwrap
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

BAR_WIDTH = 200.0
BAR_BUDGET = 160.0
"""Bars of one table share the place of their budget's line: at 160 of 200."""


def number(value: Any) -> float | None:
    """The plain number of a Figure, or of a number."""
    raw = getattr(value, "value", value)
    return None if raw is None else float(raw)


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


# --- the growth wheel


def _polar(centre: tuple[float, float], radius: float, angle: float) -> tuple[float, float]:
    """The point at an angle from the top, clockwise, in degrees."""
    turned = math.radians(angle - 90)
    return centre[0] + radius * math.cos(turned), centre[1] + radius * math.sin(turned)


def _arc(centre: tuple[float, float], radius: float, start: float, end: float) -> str:
    (x, y), (x2, y2) = _polar(centre, radius, start), _polar(centre, radius, end)
    return f"M{x:.1f} {y:.1f}A{radius:.1f} {radius:.1f} 0 0 1 {x2:.1f} {y2:.1f}"


def _sector(centre: tuple[float, float], inner: float, outer: float, start: float, end: float) -> str:
    if inner <= 0:
        return f"M{centre[0]:.1f} {centre[1]:.1f}L{_arc(centre, outer, start, end)[1:]}Z"
    (x, y), (x2, y2) = _polar(centre, inner, end), _polar(centre, inner, start)
    return f"{_arc(centre, outer, start, end)}L{x:.1f} {y:.1f}A{inner:.1f} {inner:.1f} 0 0 0 {x2:.1f} {y2:.1f}Z"


def wheel(areas: Sequence[Mapping[str, Any]], narrow: bool = False, top: float = 10.0) -> dict[str, Any]:
    """The growth wheel: one wedge an area, radius linear on the scale, rings at 2 4 6 8.

    Each area is {name (text), now, wanted, note (text), relevant, disagree, focus}; `focus` marks the largest gaps.
    """
    width, height, radius = (358.0, 358.0, 146.0) if narrow else (866.0, 556.0, 212.0)
    centre = (width / 2, height / 2)
    turn = 360 / max(len(areas), 1)
    half = turn / 2 - 1.3
    wedges = []
    for place, area in enumerate(areas):
        middle = place * turn
        start, end = middle - half, middle + half
        now, wanted = number(area.get("now")), number(area.get("wanted"))
        relevant = area.get("relevant", True) and now is not None
        wedge: dict[str, Any] = {
            "number": place + 1,
            "focus": area.get("focus", False),
            "now": None,
            "gap": None,
            "wanted": None,
            "none": None,
            "inside": False,
            "figure": None,
            "disagree": None,
        }
        if now is not None and relevant:
            reach = now / top * radius
            wedge["now"] = _sector(centre, 0, reach, start, end)
            if wanted is not None:
                goal_at = wanted / top * radius
                wedge["wanted"] = _arc(centre, goal_at, start, end)
                wedge["inside"] = wanted < now
                if wanted > now:
                    wedge["gap"] = _sector(centre, reach, goal_at, start, end)
            # the figure lies in its wedge; in a wedge too short for it, just outside
            fits = reach >= (30 if narrow else 34)
            inside = wanted is not None and wanted < now
            at = (min(reach, wanted / top * radius if inside and wanted else reach) - 20) if fits else reach + 14
            x, y = _polar(centre, max(at, 18), middle)
            wedge["figure"] = {"x": x, "y": y + 4, "on": fits}
        else:
            wedge["none"] = _sector(centre, 0, radius, start, end)
        side = math.sin(math.radians(middle))
        anchor = "middle" if abs(side) < 0.2 else "start" if side > 0 else "end"
        x, y = _polar(centre, radius + (14 if narrow else 22), middle)
        lines = [] if narrow else textwrap.wrap(str(area["name"]), 24)
        down = -(len(lines) + 1) * 17 if math.cos(math.radians(middle)) > 0.9 else -len(lines) * 8.5
        if math.cos(math.radians(middle)) < -0.8:
            down = 0.0
        wedge["label"] = {
            "x": x,
            "y": y + down + 12,
            "anchor": anchor,
            "lines": [(line, y + down + 12 + 17 * row) for row, line in enumerate(lines)],
            "note": y + down + 12 + 17 * len(lines),
            "rim": (x, y + 4),
        }
        if area.get("disagree"):
            mark = _polar(centre, radius - 4, middle + half - 4)
            wedge["disagree"] = f"M{mark[0]:.1f} {mark[1] - 7:.1f}l7 7-7 7-7-7z"
        wedges.append(wedge)
    rings = [{"r": value / top * radius, "value": value} for value in (2, 4, 6, 8)]
    # the rings are numbered in a wedge without figures if there is one, else between two
    free = [place for place, wedge in enumerate(wedges) if wedge["none"]]
    along = free[0] * turn if free else turn * (len(areas) // 2) + turn / 2
    for ring in rings:
        ring["x"], y = _polar(centre, ring["r"], along)
        ring["y"] = y + 4
    return {
        "width": width,
        "height": height,
        "cx": centre[0],
        "cy": centre[1],
        "r": radius,
        "wedges": wedges,
        "rings": rings,
    }


# --- timelines


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


# --- decision maps

ATTITUDES = ("positive", "neutral", "negative", "unknown")


def decision_map(
    ours: Sequence[Mapping[str, Any]],
    theirs: Sequence[Mapping[str, Any]],
    talks: Sequence[tuple[str, str]],
    influences: Sequence[tuple[str, str]] = (),
    narrow: bool = False,
) -> dict[str, Any]:
    """Who of us talks with whom of them, and who influences whom, as boxes in two columns.

    `ours`: {id, name, role}; `theirs`: {id, name, title, level (leader, employee, influencer), attitude}; `talks`:
    (ours, theirs).
    """
    width, left, start, size = (358.0, 112.0, 160.0, 197.0) if narrow else (540.0, 140.0, 240.0, 255.0)
    step, box = 78.0, 64.0
    height = 30 + max(len(theirs), len(ours), 1) * step
    pitch = (height - 30) / max(len(ours), 1)
    room = 16 if narrow else 19
    left_boxes: dict[str, dict[str, Any]] = {
        person["id"]: {
            "y": 30 + place * pitch + (pitch - step) / 2,
            "name": short(person["name"], 13 if narrow else 17),
            "role": short(person.get("role") or "", room),
        }
        for place, person in enumerate(ours)
    }
    right_boxes: dict[str, dict[str, Any]] = {
        person["id"]: {
            "y": 30 + place * step,
            "name": short(person["name"], 17 if narrow else 22),
            "title": short(person.get("title") or "", 26 if narrow else 36),
            "level": person.get("level") or "leader",
            "attitude": person.get("attitude") or "unknown",
        }
        for place, person in enumerate(theirs)
    }
    lines = []
    for one, other in talks:
        if one in left_boxes and other in right_boxes:
            y, y2, bend = left_boxes[one]["y"] + box / 2, right_boxes[other]["y"] + box / 2, (left + start) / 2
            lines.append(f"M{left:.1f} {y:.1f}C{bend:.1f} {y:.1f} {bend:.1f} {y2:.1f} {start:.1f} {y2:.1f}")
    arrows = []
    if not narrow:
        edge = start + size
        for one, other in influences:
            if one in right_boxes and other in right_boxes and one != other:
                y, y2 = right_boxes[one]["y"] + box / 2 - 8, right_boxes[other]["y"] + box / 2 + 8
                out = edge + 26 + 10 * min(abs(y2 - y) / step, 2)
                arrows.append(
                    {
                        "line": f"M{edge:.1f} {y:.1f}C{out:.1f} {y:.1f} {out:.1f} {y2:.1f} {edge + 7:.1f} {y2:.1f}",
                        "head": f"M{edge + 9:.1f} {y2 - 5:.1f}l-8 5 8 5z",
                    }
                )
    return {
        "width": width,
        "height": height,
        "left": left,
        "start": start,
        "size": size,
        "ours": list(left_boxes.values()),
        "theirs": list(right_boxes.values()),
        "talks": lines,
        "influences": arrows,
    }


def short(text: str, most: int) -> str:
    """The text, or its beginning with … where a box has no room for more; the table beside has it whole."""
    return text if len(text) <= most else text[: most - 1].rstrip() + "…"


# --- steps of colour


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
