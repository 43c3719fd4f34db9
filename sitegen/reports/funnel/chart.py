"""Pictures of the funnel: stages of the last quarter, three stages month by month, meetings booked and held."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import Any

import altair as alt
import polars as pl

from sitegen import formats, theme
from sitegen.results import Result

MONTHS_WIDE, MONTHS_NARROW = 18, 9
"""So many of the newest months have room for their bar and their name."""


def _months(rows: pl.DataFrame, width: int, lang: str) -> tuple[list[str], alt.Axis]:
    """The newest months that fit (as `2026-03`), and the axis that names them; January carries its year."""
    days = sorted(set(rows["month"]))[-(MONTHS_WIDE if width == theme.WIDE else MONTHS_NARROW) :]
    write = formats.of(lang)
    named = {f"{day:%Y-%m}": str(day.year) if day.month == 1 else write.month_short(day) for day in days}
    return list(named), alt.Axis(
        labelExpr=f"{json.dumps(named, ensure_ascii=False)}[datum.label]", labelAngle=0, title=None
    )


def stages(results: Mapping[str, Result], width: int, words: Callable[..., str], lang: str) -> Any:
    """How many reached each stage counted from the cards in the last complete quarter; thin and light, the quarter
    before.

    The stages counted on the web are a hundred times larger: they stand in the table, not on this axis.
    """
    web = set(results["stock"].rows["key"])
    rows = results["summary"].rows.filter(pl.col("key").is_in(web) & pl.col("quarter").is_not_null())
    if rows.is_empty() or not rows["quarter"].sum():
        return None
    order = rows["stage"].to_list()
    y = alt.Y("stage:N", sort=order, title=None, scale=alt.Scale(paddingInner=0.35))
    top = max(count or 0 for name in ("quarter", "quarter_before") for count in rows[name])
    x = alt.X("quarter:Q", title=None, axis=None, scale=alt.Scale(domain=[0, top * 1.08]))
    base = alt.Chart(rows.select("stage", "quarter", "quarter_before"))
    before = base.mark_bar(size=30, color=theme.colour("forecast")).encode(y, alt.X("quarter_before:Q", axis=None))
    now = base.mark_bar(size=16).encode(y, x)
    figure = theme.halo(base.mark_text(align="left", dx=6, fontWeight=600)).encode(y, x, alt.Text("quarter:Q"))
    told = ", ".join(f"{row['stage']} {row['quarter']}" for row in rows.iter_rows(named=True))
    return (before + now + figure).properties(
        height=46 * len(order),
        description=words("Leads that reached each stage in the last quarter: %(told)s.", told=told),
    )


def months(results: Mapping[str, Result], width: int, words: Callable[..., str], lang: str) -> Any:
    """The first, a middle and the last stage counted from the cards, month by month, each on its own scale."""
    flow = results["flow"].rows
    keys = results["stock"].rows["key"].to_list()
    own = [key for key in results["summary"].rows["key"] if key in keys]
    if flow.is_empty() or not own:
        return None
    chosen = list(dict.fromkeys((own[0], own[len(own) // 2], own[-1])))
    shown, axis = _months(flow, width, lang)
    rows = flow.with_columns(
        id=pl.col("key").str.split("/").list.last(), when=pl.col("month").dt.strftime("%Y-%m")
    ).filter(pl.col("id").is_in(chosen) & pl.col("when").is_in(shown))
    names = dict(results["summary"].rows.select("key", "stage").iter_rows())
    x = alt.X("when:N", sort=shown, axis=axis)
    rooms = []
    for key in chosen:
        own_rows = rows.filter(pl.col("id") == key).select("when", "count")
        base = alt.Chart(own_rows)
        top = max([count or 0 for count in own_rows["count"]] + [1])
        scale = alt.Scale(domain=[0, top * 1.25])
        y = alt.Y("count:Q", title=None, axis=None, scale=scale)
        bars = base.mark_bar(size=12).encode(x, y)
        text = base.mark_text(dy=-7).encode(x, y, alt.Text("count:Q"))
        rooms.append(
            (bars + text).properties(
                width=width - 4,
                height=78,
                title=alt.Title(names[key], anchor="start", fontSize=12.75, color=theme.colour("text")),
            )
        )
    description = words(
        "Leads that reached %(stages)s, month by month.", stages=", ".join(names[key] for key in chosen)
    )
    return alt.vconcat(*rooms, spacing=14).properties(description=description)


def meetings(results: Mapping[str, Result], width: int, words: Callable[..., str], lang: str) -> Any:
    """Meetings held in each month as bars, meetings booked in it as a line across."""
    rows = results["meetings"].rows
    if rows.is_empty():
        return None
    shown, axis = _months(rows, width, lang)
    rows = rows.with_columns(when=pl.col("month").dt.strftime("%Y-%m")).filter(pl.col("when").is_in(shown))
    x = alt.X("when:N", sort=shown, axis=axis)
    y = alt.Y("held:Q", title=words("Meetings"), axis=alt.Axis(tickMinStep=1))
    base = alt.Chart(rows.select("when", "held", "booked"))
    bars = base.mark_bar(size=18 if width == theme.WIDE else 14).encode(x, y)
    booked = base.mark_tick(size=30 if width == theme.WIDE else 24, thickness=2).encode(x, alt.Y("booked:Q"))
    told = words(
        "Meetings in all: %(held)s held, %(booked)s booked.", held=rows["held"].sum(), booked=rows["booked"].sum()
    )
    return (bars + booked).properties(height=220, description=told)


CHARTS: dict[str, Callable[..., Any]] = {"stages": stages, "months": months, "meetings": meetings}
