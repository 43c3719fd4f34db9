"""The pictures of where the time went: hours by project, and whose goals they served quarter by quarter."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from sitegen import theme
from sitegen.reports.time_use.windowed import TOTAL
from sitegen.results import Result

BARS = 10
GOALS = {"own": "actual", "service": "gold", "serves_unsaid": "unknown"}


def projects(results: Mapping[str, Result], width: int, words: Callable[..., str], lang: str) -> Any:
    """Hours of the ten projects that took most of the last thirteen weeks.

    Draws `name` and `weeks` of `projects`; the others are in the table.
    """
    import altair as alt
    import polars as pl

    table = results["projects"].rows.filter(pl.col("key") != TOTAL, pl.col("weeks") > 0).head(BARS)
    if table.is_empty():
        return None
    rows = theme.hours(table.select("name", "weeks"), "weeks")
    name = alt.Y("name:N").title(None).sort(None).axis(labelLimit=240 if width == theme.WIDE else 130)
    axis = alt.Axis(tickCount=8 if width == theme.WIDE else 3)
    hours = alt.X("weeks:Q").title(words("Hours in the last thirteen weeks")).axis(axis)
    description = words(
        "The projects that took most of the last thirteen weeks; first %(project)s", project=table["name"][0]
    )
    chart = alt.Chart(rows).mark_bar(color=theme.colour("actual")).encode(name, hours)
    return chart.properties(height=26 * len(rows), description=description)


def quarters(results: Mapping[str, Result], width: int, words: Callable[..., str], lang: str) -> Any:
    """Hours for own goals, for other departments, and on projects that do not say, one bar a quarter.

    Draws `quarter`, `own`, `service` and `serves_unsaid` of `quarters`.
    """
    import altair as alt
    import polars as pl

    from sitegen import formats

    table = results["quarters"].rows
    if not table["minutes"].sum():
        return None
    format = formats.of(lang)
    names = {"own": words("Own goals"), "service": words("Other departments"), "serves_unsaid": words("Goals not said")}
    rows = theme.hours(table.select("quarter", *GOALS), *GOALS).unpivot(
        index="quarter", on=list(GOALS), variable_name="goals", value_name="hours"
    )
    label = format.period if width == theme.WIDE else format.quarter_short
    order = {name: place for place, name in enumerate(GOALS)}
    rows = rows.with_columns(
        quarter=pl.col("quarter").map_elements(label, pl.String),
        place=pl.col("goals").replace_strict(order, return_dtype=pl.Int64),
        goals=pl.col("goals").replace_strict(names, return_dtype=pl.String),
    )
    colours = alt.Scale(domain=list(names.values()), range=[theme.colour(role) for role in GOALS.values()])
    chart = (
        alt.Chart(rows)
        .mark_bar()
        .encode(
            alt.X("quarter:N").title(None).sort(None).axis(labelAngle=0),
            alt.Y("hours:Q").title(words("Hours")),
            alt.Color("goals:N").scale(colours).title(None).legend(columns=3 if width == theme.WIDE else 1),
            alt.Order("place:Q"),
        )
    )
    description = words("Hours for own goals and for other departments, quarter by quarter")
    return chart.properties(height=220, description=description)


CHARTS: dict[str, Callable[..., Any]] = {"projects": projects, "quarters": quarters}
