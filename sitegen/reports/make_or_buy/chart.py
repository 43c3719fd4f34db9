"""The chart of make or buy: what the rest of each open piece of work costs here, beside the newest offer for it."""

from __future__ import annotations

import textwrap
from collections.abc import Callable, Mapping
from typing import Any

from sitegen import theme
from sitegen.results import Result

MOST = 10
"""So many pieces of work have room in one picture; the table has them all."""
LINE = 20
"""So many letters of a name have room in a line on a narrow screen."""


def compared(results: Mapping[str, Result], width: int, words: Callable[..., str], lang: str) -> Any:
    """Cost of the rest as bars and the offer as a tick on each, for the open work where both are known.

    Draws `rest_own` (where the audience may not see it `rest_standard`) and `rest_offer` of `offers`. Work with nothing
    left is not drawn, nor a fixed price for work that has begun: it is not for what is left.
    """
    import altair as alt
    import polars as pl

    table = results["offers"]
    measure, less = ("rest_own", "rest_delta") if table.has("rest_own") else ("rest_standard", "rest_standard_delta")
    known = (pl.col("left") > 0) & pl.col(less).is_not_null()
    rows = table.rows.filter(known).head(MOST)
    if rows.is_empty():
        return None
    names: list[str] = []
    for row in rows.iter_rows(named=True):
        name = f"{row['name']}: {row['task']}" if row["task"] else row["name"]
        name = "\n".join(textwrap.wrap(name, 44 if width == theme.WIDE else LINE))
        names.append(name if name not in names else f"{name} ({len(names)})")  # the axis has one place for each name
    drawn = theme.units(rows.select(here=measure, outside="rest_offer"), "here", "outside").with_columns(
        work=pl.Series(names)
    )
    labels = alt.Axis(labelLimit=0, labelExpr="split(datum.label, '\\n')")
    work = alt.Y("work:N", sort=names, title=None, axis=labels)
    axis = theme.money_axis(lang, tickCount=6 if width == theme.WIDE else 3)
    bars = alt.Chart(drawn).mark_bar(size=16).encode(work, alt.X("here:Q", title=None, axis=axis))
    ticks = (
        alt.Chart(drawn)
        .mark_tick(size=30, thickness=3, color=theme.colour("text"))
        .encode(work, alt.X("outside:Q", title=None))
    )
    said = words("What the rest of open work costs here, and what it would cost outside")
    return (bars + ticks).properties(height=38 * len(drawn), description=said)


CHARTS: dict[str, Callable[..., Any]] = {"compared": compared}
