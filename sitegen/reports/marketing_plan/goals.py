"""How far the plan's goals are (P5): target, what is reached, and where the straight line to the target is today."""

from __future__ import annotations

import datetime as dt
from typing import Any

import polars as pl

from sitegen.metrics import activities

COUNTED = {"cards": "counted from the cards", "meetings": "every meeting counts", "web": "counted in the web figures"}


def goals(
    records: Any, stage_events: pl.DataFrame, meetings: pl.DataFrame, web: pl.DataFrame, as_of: dt.date
) -> pl.DataFrame:
    """Each goal with its target, what is reached by `as_of`, and the straight line to the target today (P5).

    `measure: funnel.<stage>` counts the cards that entered the stage since 1 January of the goal's year (a stage that
    meetings bring about: the meetings themselves, booked by the day of booking and held by their date, T41; one counted
    in web figures: the sum of its visitors); `acquisition.leads` is the sum of the web figures' leads. Plan today =
    target × days passed ÷ days from 1 January to `by`.

    Undefined:
        no target → no-budget; no measure that we count → unknown-part; no `by` → no-end.
    """
    schema: dict[str, Any] = {
        "key": pl.String,
        "name": pl.String,
        "supports": pl.String,
        "business": pl.String,
        "counted": pl.String,
    }
    for name, kind in (
        ("target", pl.Float64),
        ("actual", pl.Float64),
        ("reached", pl.Float64),
        ("today", pl.Float64),
        ("by", pl.Date),
    ):
        schema |= {name: kind, f"{name}_why": pl.String}
    schema |= {"reached_k": pl.Int64, "reached_n": pl.Int64}
    found = activities.newest_plan(records, as_of)
    rows = []
    for id, goal in ((found[1].goals or {}) if found else {}).items():
        target = float(goal.target) if goal.target is not None else None
        start = dt.date((goal.by or as_of).year, 1, 1)
        actual = _measured(goal.measure, records, stage_events, meetings, web, start, as_of)
        today = None
        if target is not None and goal.by is not None and goal.by >= start:
            passed = min(max((as_of - start).days + 1, 0), (goal.by - start).days + 1)
            today = target * passed / ((goal.by - start).days + 1)
        parent = (found[1].goals or {}).get(goal.supports) if found and goal.supports else None
        reached = actual / target if actual is not None and target else None
        rows.append(
            {
                "key": id,
                "name": goal.name or id,
                "supports": (parent.name or goal.supports) if parent is not None else "",
                "business": "yes" if goal.business_goal else "no",
                "counted": _counted(goal.measure, records) if actual is not None else "",
                "target": target,
                "target_why": None if target is not None else "no-budget",
                "actual": actual,
                "actual_why": None if actual is not None else "unknown-part",
                "reached": reached,
                "reached_why": None if reached is not None else ("no-budget" if not target else "unknown-part"),
                "reached_k": int(actual) if reached is not None and actual is not None else None,
                "reached_n": int(target) if reached is not None and target is not None else None,
                "today": today,
                "today_why": None if today is not None else ("no-budget" if target is None else "no-end"),
                "by": goal.by,
                "by_why": None if goal.by is not None else "no-end",
            }
        )
    return pl.DataFrame(rows, schema=schema)


def _counted(measure: str | None, records: Any) -> str:
    """Where a measure is counted: two goals may say leads and mean the web's or the cards'."""
    report, _, stage = (measure or "").partition(".")
    known = {item.id: item for item in records.stages.stages} if records.stages is not None else {}
    if report == "acquisition" or (stage in known and known[stage].counted_in == "web"):
        return "web"
    return "meetings" if stage in known and known[stage].entered_by else "cards"


def _measured(
    measure: str | None,
    records: Any,
    stage_events: pl.DataFrame,
    meetings: pl.DataFrame,
    web: pl.DataFrame,
    start: dt.date,
    as_of: dt.date,
) -> float | None:
    report, _, stage = (measure or "").partition(".")
    if (report, stage) == ("acquisition", "leads"):
        months = web.filter(pl.col("month").is_between(start, as_of))
        return float(months["leads"].sum()) if len(months) else None
    if report != "funnel" or records.stages is None:
        return None
    known = {item.id: item for item in records.stages.stages}
    if stage not in known:
        return None
    if known[stage].counted_in == "web":
        months = web.filter(pl.col("month").is_between(start, as_of))
        return float(months["visitors"].sum()) if len(months) else None
    if known[stage].entered_by == "meeting.booked":
        return float(len(meetings.filter(pl.col("booked").is_between(start, as_of))))
    if known[stage].entered_by == "meeting.held":
        return float(len(meetings.filter((pl.col("state") == "held") & pl.col("date").is_between(start, as_of))))
    entered = stage_events.filter((pl.col("stage") == stage) & pl.col("day").is_between(start, as_of))
    return float(entered["customer"].n_unique())
