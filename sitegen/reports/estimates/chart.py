"""The chart of the estimates: what each finished task used of its estimate, by kind of task."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from sitegen import theme
from sitegen.reports.estimates.metric import NO_KIND, TOTAL
from sitegen.results import Result

MOST_KINDS, MOST_TASKS = 12, 300
"""So many kinds, and of them so many of the largest tasks, have room in one picture; the tables have them all."""


def kinds(results: Mapping[str, Result], width: int, words: Callable[..., str], lang: str) -> Any:
    """A dot for each finished task: hours used ÷ its estimate, in the row of its kind; a line where the two are equal.

    Draws `of_kind` and `ratio` of `tasks`, in the order and by the names of `kinds`.
    """
    import altair as alt
    import polars as pl

    called = {key: kind for key, kind in results["kinds"].rows.select("key", "kind").iter_rows() if key != TOTAL}
    order = list(called)[:MOST_KINDS]
    tasks = results["tasks"].rows.filter(pl.col("of_kind").is_in(order)).top_k(MOST_TASKS, by=["estimate", "key"])
    if tasks.is_empty():
        return None
    names = {kind: words("No kind") if kind == NO_KIND else called[kind] for kind in order}
    drawn = tasks.sort("key").select(kind=pl.col("of_kind").replace_strict(names), ratio="ratio")
    axis = alt.Axis(tickCount=6 if width == theme.WIDE else 4)
    top = max(2.0, *drawn["ratio"].to_list())
    ratio = alt.X("ratio:Q", title=words("Used ÷ estimated"), axis=axis, scale=alt.Scale(domain=[0, top * 1.04]))
    dots = alt.Chart(drawn).mark_circle(size=90, opacity=0.75, color=theme.colour("actual"))
    line = alt.Chart(pl.DataFrame({"ratio": [1.0]})).mark_rule(color=theme.colour("text"), strokeWidth=2)
    return (line.encode(ratio) + dots.encode(ratio, alt.Y("kind:N", sort=list(names.values()), title=None))).properties(
        height=28 * len(names), description=words("What each finished task used of its estimate, by kind of task")
    )


CHARTS: dict[str, Callable[..., Any]] = {"kinds": kinds}
