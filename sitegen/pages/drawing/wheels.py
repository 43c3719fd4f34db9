"""The growth wheel."""

from __future__ import annotations

import math
import textwrap
from collections.abc import Mapping, Sequence
from typing import Any

from sitegen.pages.drawing.numbers import number


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
