"""Decision maps: who of us talks with whom of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any


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
