"""The budget report's chart: what is left of the critical project's hours, week by week, against its plans."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from sitegen import theme
from sitegen.results import Result

LINES = {
    # column: (colour, dashes, width)
    "original": ("baseline", [7, 4], 2.0),
    "planned": ("text", [1, 0], 2.0),
    "pace": ("actual", [2, 4], 2.5),
    "left": ("actual", [1, 0], 2.5),
}


def burndown(results: Mapping[str, Result], width: int, words: Callable[..., str], lang: str) -> Any:
    """Hours left of the focus project as an area under a line, the plan in force, the plans before it and the pace.

    Draws `day`, `left`, `pace`, `planned` and `original` of `burndown`, and of `plans` those between the first and the
    one in force; a line the audience may not see is not drawn.
    """
    import altair as alt
    import polars as pl

    focus = results["focus"].rows
    if focus.is_empty():
        return None
    project, name = focus["key"][0], focus["name"][0]
    table = results["burndown"]
    shown = [line for line in LINES if table.has(line)]
    rows = theme.hours(table.rows.filter(pl.col("project") == project).select("day", *shown), *shown)
    if rows.is_empty():
        return None
    written = "%-d %b" if lang == "en" else "%-d. %b"
    day = alt.X("day:T").title(None).axis(tickCount=8 if width == theme.WIDE else 4, labelAngle=0, format=written)
    height = 260 if width == theme.WIDE else 220
    layers: list[Any] = []
    for line in shown:
        colour, dashes, thick = LINES[line]
        points = alt.Chart(rows.select("day", hours=line).drop_nulls())
        hours = alt.Y("hours:Q").title(words("Hours left"))
        if line == "left":
            layers.insert(
                0, points.mark_area(color=theme.colour("accent-soft"), interpolate="linear").encode(day, hours)
            )
        layers.append(
            points.mark_line(color=theme.colour(colour), strokeDash=dashes, strokeWidth=thick).encode(day, hours)
        )
    between = results["plans"].rows.filter(pl.col("project") == project, pl.col("role") == "between")
    if not between.is_empty():
        points = alt.Chart(theme.hours(between.select("day", "baseline", hours="planned"), "hours"))
        dashed = points.mark_line(color=theme.colour("baseline"), strokeDash=[2, 3], strokeWidth=1.5)
        layers.append(dashed.encode(day, alt.Y("hours:Q").title(words("Hours left")), alt.Detail("baseline:O")))
    if "left" in shown:
        now = rows.filter(pl.col("left").is_not_null()).select("day", hours="left").tail(1)
        layers.append(alt.Chart(now).mark_point(color=theme.colour("actual"), size=70).encode(day, alt.Y("hours:Q")))
    description = words("Hours left of %(project)s week by week, against its plan and its first plan", project=name)
    return alt.layer(*layers).properties(height=height, description=description)


CHARTS: dict[str, Callable[..., Any]] = {"burndown": burndown}
