"""The chart of make or buy: what each piece of work costs here, beside the newest outside offer for it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from sitegen import theme
from sitegen.results import Result

MOST = 10
"""So many pieces of work have room in one picture; the table has them all."""


def compared(results: Mapping[str, Result], width: int, words: Callable[..., str], lang: str) -> Any:
    """Own cost as bars and the offer as a tick on each, for the work where both are known, open work first.

    Draws `own` (where the audience may not see it `standard`) and `offer` of `offers`.
    """
    import altair as alt
    import polars as pl

    table = results["offers"]
    measure = "own" if table.has("own") else "standard"
    rows = table.rows.filter(pl.col(measure).is_not_null() & pl.col("offer").is_not_null()).head(MOST)
    if rows.is_empty():
        return None
    names: list[str] = []
    for row in rows.iter_rows(named=True):
        name = f"{row['name']}: {row['task']}" if row["task"] else row["name"]
        names.append(name if name not in names else f"{name} ({len(names)})")  # the axis has one place for each name
    drawn = theme.units(rows.select(here=measure, outside="offer"), "here", "outside").with_columns(
        work=pl.Series(names)
    )
    labels = alt.Axis(labelLimit=280 if width == theme.WIDE else 120)
    work = alt.Y("work:N", sort=names, title=None, axis=labels)
    axis = theme.money_axis(lang, tickCount=6 if width == theme.WIDE else 3)
    bars = alt.Chart(drawn).mark_bar(size=16).encode(work, alt.X("here:Q", title=None, axis=axis))
    ticks = (
        alt.Chart(drawn)
        .mark_tick(size=30, thickness=3, color=theme.colour("text"))
        .encode(work, alt.X("outside:Q", title=None))
    )
    return (bars + ticks).properties(
        height=38 * len(drawn), description=words("What work costs here, and what it would cost outside")
    )


CHARTS: dict[str, Callable[..., Any]] = {"compared": compared}
