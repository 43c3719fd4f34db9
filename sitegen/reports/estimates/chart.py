"""The chart of the estimates: hours that finished work took, beside what was estimated, by kind of task."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from sitegen import theme
from sitegen.reports.estimates.metric import NO_KIND, TOTAL
from sitegen.results import Result

MOST = 12
"""So many kinds have room in one picture; the table has them all."""


def kinds(results: Mapping[str, Result], width: int, words: Callable[..., str], lang: str) -> Any:
    """Hours used as bars and hours estimated as a tick on each, by kind of finished task.

    Draws `kind`, `used` and `estimate` of `kinds`.
    """
    import altair as alt
    import polars as pl

    rows = results["kinds"].rows.filter(pl.col("key") != TOTAL).head(MOST)
    if rows.is_empty():
        return None
    names = [words("No kind") if kind == NO_KIND else kind.replace("-", " ") for kind in rows["kind"]]
    drawn = theme.hours(rows.select("used", "estimate"), "used", "estimate").with_columns(kind=pl.Series(names))
    kind = alt.Y("kind:N", sort=None, title=None)
    axis = alt.Axis(tickCount=6 if width == theme.WIDE else 3)
    bars = alt.Chart(drawn).mark_bar(size=14).encode(kind, alt.X("used:Q", title=words("Hours"), axis=axis))
    ticks = (
        alt.Chart(drawn)
        .mark_tick(size=26, thickness=3, color=theme.colour("text"))
        .encode(kind, alt.X("estimate:Q", title=words("Hours")))
    )
    return (bars + ticks).properties(
        height=32 * len(drawn), description=words("Hours used and hours estimated of finished tasks, by kind")
    )


CHARTS: dict[str, Callable[..., Any]] = {"kinds": kinds}
