"""The plan's chart: what is booked in the coming weeks, against what can be worked."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import Any

from sitegen import formats, theme
from sitegen.results import Result


def weeks(results: Mapping[str, Result], width: int, words: Callable[..., str], lang: str) -> Any:
    """Hours booked in each coming week as a bar, what all people together can work as a line across it.

    Draws `booked` and `capacity` of `trend`; nothing where the audience may not see them.
    """
    import altair as alt
    import polars as pl

    table = results["trend"]
    if not table.has("capacity") or table.rows.is_empty():
        return None
    write = formats.of(lang)
    names = {week.isoformat(): write.week_short(week) for week in table.rows["week"]}
    rows = theme.hours(table.rows.select("week", "booked", "capacity"), "booked", "capacity")
    base = alt.Chart(rows.select("booked", "capacity", when=pl.col("week").dt.strftime("%Y-%m-%d")))
    wide = width == theme.WIDE
    axis = alt.Axis(
        labelExpr=f"{json.dumps(names, ensure_ascii=False)}[datum.label]",
        labelAngle=0,
        title=None,
        values=list(names)[:: 1 if wide else 2],
    )
    x = alt.X("when:N", sort=list(names), axis=axis, scale=alt.Scale(paddingInner=0.35))
    bars = base.mark_bar(size=36 if wide else 15).encode(x, alt.Y("booked:Q", title=words("Hours")))
    lines = base.mark_tick(size=48 if wide else 20, thickness=2, color=theme.colour("text"))
    first, last = table.rows.row(0, named=True), table.rows.row(-1, named=True)
    description = words(
        "Hours booked and hours that can be worked, week by week: %(booked)s of %(capacity)s in the first, "
        "%(later)s of %(then)s in the last.",
        booked=write.value("minutes", first["booked"], full=True),
        capacity=write.value("minutes", first["capacity"], full=True),
        later=write.value("minutes", last["booked"], full=True),
        then=write.value("minutes", last["capacity"], full=True),
    )
    return (bars + lines.encode(x, alt.Y("capacity:Q"))).properties(
        height=260 if wide else 220, description=description
    )


CHARTS: dict[str, Callable[..., Any]] = {"weeks": weeks}
