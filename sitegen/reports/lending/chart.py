"""The lending report's chart: what the department lent and borrowed, month by month."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import Any

from sitegen import formats, theme
from sitegen.metrics.departments import NONE
from sitegen.results import Result

WAYS = {"lent": ("Lent", "actual"), "borrowed": ("Borrowed", "forecast")}
"""Column → its word and the role of its colour."""


def months(results: Mapping[str, Result], width: int, words: Callable[..., str], lang: str) -> Any:
    """Hours the focus department lent and borrowed in each month, as two bars side by side.

    Draws `month`, `lent` and `borrowed` of `months`; nothing where it neither lent nor borrowed.
    """
    import altair as alt
    import polars as pl

    focus = results["focus"].rows
    if focus.is_empty():
        return None
    department = focus["key"][0]
    rows = results["months"].rows.filter(pl.col("key").str.starts_with(f"{department}/"))
    if not rows["lent"].sum() and not rows["borrowed"].sum():
        return None
    rows = rows.tail(13 if width == theme.WIDE else 7)
    write = formats.of(lang)
    named = {f"{day:%Y-%m}": str(day.year) if day.month == 1 else write.month_short(day) for day in rows["month"]}
    axis = alt.Axis(labelExpr=f"{json.dumps(named, ensure_ascii=False)}[datum.label]", labelAngle=0, title=None)
    long = theme.hours(rows.select("month", *WAYS), *WAYS).unpivot(
        list(WAYS), index="month", variable_name="way", value_name="hours"
    )
    said = {way: words(word) for way, (word, _) in WAYS.items()}
    long = long.with_columns(when=pl.col("month").dt.strftime("%Y-%m"), way=pl.col("way").replace_strict(said))
    long = long.select("when", "way", "hours")
    colours = [theme.colour(colour) for _, colour in WAYS.values()]
    bars = (
        alt.Chart(long)
        .mark_bar()
        .encode(
            alt.X("when:N", sort=list(named), axis=axis),
            alt.Y("hours:Q").title(words("Hours")),
            alt.XOffset("way:N", sort=list(said.values())),
            alt.Color("way:N", legend=None, scale=alt.Scale(domain=list(said.values()), range=colours)),
        )
    )
    name = focus["name"][0]
    description = words(
        "Hours that %(department)s lent to and borrowed from other departments, month by month",
        department=words("No department") if name == NONE else name,
    )
    return bars.properties(height=220, description=description)


CHARTS: dict[str, Callable[..., Any]] = {"months": months}
