"""The chart of the sales temperature: budget and sales as running totals, and what is needed to the end of the year."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import Any

from sitegen import formats, theme
from sitegen.results import Result


def cumulative(results: Mapping[str, Result], width: int, words: Callable[..., str], lang: str) -> Any:
    """Sales as an area under a line, the budget as a line, and from the last known month what is needed, dotted.

    Draws `sold_sum`, `budget_sum` and `needed_sum` of `months`.
    """
    import altair as alt
    import polars as pl

    lines = ("sold_sum", "budget_sum", "needed_sum")
    rows = theme.units(results["months"].rows.select("key", "month", *lines), *lines)
    if rows.is_empty() or all(rows[line].is_null().all() for line in lines):
        return None
    write = formats.of(lang)
    months = dict(zip(rows["key"], map(write.month_short, rows["month"]), strict=True))
    every = [key for place, key in enumerate(months) if width == theme.WIDE or place % 2 == 1]
    shown = alt.Axis(
        labelExpr=f"{json.dumps(months, ensure_ascii=False)}[datum.label]", labelAngle=0, values=every, title=None
    )
    x = alt.X("key:O", sort=list(months), axis=shown, scale=alt.Scale(type="point", padding=0.3))
    axis = theme.money_axis(lang, tickCount=6 if width == theme.WIDE else 4)

    def points(line: str) -> Any:
        return alt.Chart(rows.select("key", amount=line).drop_nulls())

    y = alt.Y("amount:Q", title=None, axis=axis)
    sold, budget, needed = (points(line) for line in lines)
    layers = [
        sold.mark_area(color=theme.colour("accent-soft")).encode(x, y),
        sold.mark_line(color=theme.colour("actual")).encode(x, y),
        budget.mark_line(color=theme.colour("text"), strokeWidth=2).encode(x, y),
        needed.mark_line(color=theme.colour("actual"), strokeDash=[2, 4]).encode(x, y),
        alt.Chart(rows.filter(pl.col("sold_sum").is_not_null()).select("key", amount="sold_sum").tail(1))
        .mark_point(color=theme.colour("actual"), size=70)
        .encode(x, y),
    ]
    told = words("Sales and their budget month by month as running totals, and what is needed to the end of the year")
    return alt.layer(*layers).properties(height=280 if width == theme.WIDE else 220, description=told)


CHARTS: dict[str, Callable[..., Any]] = {"cumulative": cumulative}
