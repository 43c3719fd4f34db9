"""The report's chart: what became of the hours, week by week, above and below the line."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import Any

from sitegen import formats, theme
from sitegen.results import Result

PARTS = {
    "kept": ("As booked", theme.colour("actual")),
    "over": ("More than booked", theme.colour("forecast")),
    "unplanned": ("Unplanned", theme.CATEGORIES[5]),
    "slipped": ("Not done", "url(#hatch-over)"),
}
"""Column → its word, and its fill; the page holds the pattern of what was not done."""


def weeks(results: Mapping[str, Result], width: int, words: Callable[..., str], lang: str) -> Any:
    """Hours as booked, more than booked and unplanned as a bar up from the line; what was not done as a bar down.

    Draws `kept`, `over`, `unplanned` and `slipped` of `trend`.
    """
    import altair as alt
    import polars as pl

    rows = results["trend"].rows
    if rows.is_empty():
        return None
    write = formats.of(lang)
    names = {week.isoformat(): write.week_short(week) for week in rows["week"]}
    made = theme.hours(rows.select("week", *PARTS), *PARTS).with_columns(
        when=pl.col("week").dt.strftime("%Y-%m-%d"), slipped=-pl.col("slipped")
    )
    long = made.unpivot(on=list(PARTS), index="when", variable_name="part", value_name="hours")
    said = {part: words(word) for part, (word, _) in PARTS.items()}
    long = long.with_columns(
        place=pl.col("part").replace_strict({part: at for at, part in enumerate(PARTS)}),
        part=pl.col("part").replace_strict(said),
    )
    axis = alt.Axis(
        labelExpr=f"{json.dumps(names, ensure_ascii=False)}[datum.label]",
        labelAngle=0,
        title=None,
        values=list(names)[:: 1 if width == theme.WIDE else 2],
    )
    x = alt.X("when:N", sort=list(names), axis=axis, scale=alt.Scale(paddingInner=0.35))
    # the sign says which way a bar goes; the axis counts hours either way
    y = alt.Y("hours:Q", title=words("Hours"), axis=alt.Axis(labelExpr="format(abs(datum.value), ',.0f')"))
    fills = alt.Scale(domain=list(said.values()), range=[fill for _, fill in PARTS.values()])
    bars = alt.Chart(long).mark_bar().encode(x, y, alt.Fill("part:N", scale=fills, legend=None), alt.Order("place:Q"))
    line = alt.Chart(pl.DataFrame({"hours": [0.0]})).mark_rule(color=theme.colour("text")).encode(alt.Y("hours:Q"))
    last = rows.row(-1, named=True)
    description = words(
        "Hours as booked, more than booked and unplanned, week by week, and below the line what was not done; "
        "in the last week %(kept)s were done as booked and %(slipped)s were not.",
        kept=write.value("minutes", last["kept"], full=True),
        slipped=write.value("minutes", last["slipped"], full=True),
    )
    return (bars + line).properties(height=280 if width == theme.WIDE else 240, description=description)


CHARTS: dict[str, Callable[..., Any]] = {"weeks": weeks}
