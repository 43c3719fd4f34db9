"""The figures of the front page, month by month, and where the others stand today; each is also on its own report's
page.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any

import narwhals as nw
import polars as pl

from sitegen.periods import Period, between, month_of, week_month, week_of
from sitegen.report import Metric
from sitegen.results import Column, Result

MONTHS = 13
"""The month of the day, and the twelve before it: enough to see the same month last year."""
MEASURES = ("leads", "meetings_held", "new_customers", "spend", "web_leads", "cost_per_lead")


def window(as_of: dt.date) -> list[Period]:
    """The months of the front page, oldest first."""
    start = dt.date(as_of.year - 1, as_of.month, 1)
    return list(between(start, as_of, "month"))


def reduce_hours(booked: nw.LazyFrame, logged: nw.LazyFrame, as_of: dt.date) -> nw.LazyFrame:
    """Minutes planned and logged in each week (its Monday); what was logged after `as_of` is not there yet.

    What was added to a plan later is no part of it, as in booked and registered (F4).
    """
    nothing = nw.lit(0, nw.Int64)
    past = logged.filter(nw.col("day") <= nw.lit(as_of))
    return (
        nw.concat(
            [
                booked.filter(nw.col("added").is_null()).select("week", booked=nw.col("minutes"), hours=nothing),
                past.select("week", booked=nothing, hours=nw.col("minutes")),
            ]
        )
        .group_by("week")
        .agg(nw.col("booked").sum(), nw.col("hours").sum())
    )


def hours(weeks: pl.DataFrame, as_of: dt.date) -> pl.DataFrame:
    """Hours logged and booked a month: whole weeks that ended by `as_of`, each in the month of its Thursday (F4).

    Undefined:
        a month without such a week, or where no week has any entry → nothing-logged; immature for the month of
        `as_of` where hours are logged in the week that is not over.
    """
    sums: dict[str, list[int]] = {}
    running = False
    for week, booked, minutes in weeks.iter_rows():
        if week_of(week).last > as_of:
            running = running or minutes > 0
        else:
            both = sums.setdefault(str(week_month(week)), [0, 0])
            both[0] += booked
            both[1] += minutes
    rows, before = [], None
    for month in window(as_of):
        found = sums.get(str(month))
        logged = found[1] if found else None
        row: dict[str, Any] = {"key": str(month), "month": month.start}
        why = "immature" if running and month == month_of(as_of) else "nothing-logged"
        row |= _measure("hours", logged, why)
        row |= _measure("booked", found[0] if found else None, why)
        row |= _measure("hours_change", _minus(logged, before), "nothing-logged" if logged is not None else why)
        rows.append(row)
        before = logged
    return pl.DataFrame(rows, schema=_schema({"hours": pl.Int64, "booked": pl.Int64, "hours_change": pl.Int64}))


def _measure(name: str, value: Any, why: str | None) -> dict[str, Any]:
    return {name: value, f"{name}_why": None if value is not None else why}


def _minus(now: Any, before: Any) -> Any:
    return now - before if now is not None and before is not None else None


def _schema(measures: Mapping[str, Any]) -> dict[str, Any]:
    schema: dict[str, Any] = {"key": pl.String, "month": pl.Date}
    for name, kind in measures.items():
        schema |= {name: kind, f"{name}_why": pl.String}
    return schema


def months(
    stage_events: pl.DataFrame, stage_list: pl.DataFrame, meetings: pl.DataFrame, web: pl.DataFrame, as_of: dt.date
) -> pl.DataFrame:
    """Leads, meetings held, new customers, spend and cost per lead of each month, and the change from the last.

    Leads are cards that enter the first stage counted from cards; new customers are cards won for the first time. Cost
    per lead
    is the web figures' spend ÷ their leads (F14 without own hours).

    Undefined:
        a month without web figures → missing-month; a channel that had spend in one of the three months before and has
        none
        written → unknown-part; no leads → no-cases. Nothing is counted before the first record → missing-month.
    """
    past = stage_events.filter(pl.col("day") <= as_of)
    order = stage_list.filter(pl.col("counted_in").fill_null("events") != "web").sort("order")
    first = order["stage"][0] if len(order) else ""
    won = order.filter(pl.col("won"))["stage"].to_list()
    entries = past.group_by("customer", "stage").agg(pl.col("day").min())
    leads = _per_month(entries.filter(pl.col("stage") == first)["day"])
    wins = past.filter(pl.col("stage").is_in(won)).group_by("customer").agg(pl.col("day").min())
    customers = _per_month(wins["day"])
    held = _per_month(meetings.filter((pl.col("state") == "held") & (pl.col("date") <= as_of))["date"])
    began = min((day for day in past["day"] if day is not None), default=None)
    spend = {month.start: _spend(web, month) for month in window(as_of)}
    rows: list[dict[str, Any]] = []
    for month in window(as_of):
        row: dict[str, Any] = {"key": str(month), "month": month.start}
        known = began is not None and month.last >= began
        for name, counts in (("leads", leads), ("meetings_held", held), ("new_customers", customers)):
            row |= _measure(name, counts.get(month.start, 0) if known else None, "missing-month")
        amount, why = spend[month.start]
        own = web.filter(pl.col("month") == month.start)["leads"].drop_nulls()
        web_leads = int(own.sum()) if len(own) else None
        row |= _measure("spend", amount, why)
        row |= _measure("web_leads", web_leads, "missing-month")
        cost = amount / web_leads if amount is not None and web_leads else None
        row |= _measure("cost_per_lead", cost, why or ("no-cases" if web_leads == 0 else "missing-month"))
        for name in MEASURES:
            before = rows[-1][name] if rows else None
            row |= _measure(f"{name}_change", _minus(row[name], before), row[f"{name}_why"] or "unknown-part")
        rows.append(row)
    kinds = {name: pl.Float64 if name == "cost_per_lead" else pl.Int64 for name in MEASURES}
    return pl.DataFrame(rows, schema=_schema(kinds | {f"{name}_change": kind for name, kind in kinds.items()}))


def _per_month(days: Iterable[dt.date | None]) -> dict[dt.date, int]:
    counts: dict[dt.date, int] = {}
    for day in days:
        if day is not None:
            start = month_of(day).start
            counts[start] = counts.get(start, 0) + 1
    return counts


def _spend(web: pl.DataFrame, month: Period) -> tuple[int | None, str | None]:
    """The month's spend over all channels, or why it is unknown."""
    own = web.filter(pl.col("month") == month.start)
    if not len(own) or month.last is None:
        return None, "missing-month"
    start = month
    for _ in range(3):
        start = start.previous()
    earlier = web.filter(
        (pl.col("month") >= start.start) & (pl.col("month") < month.start) & (pl.col("spend_minor") > 0)
    )
    written = set(own.filter(pl.col("spend_minor").is_not_null())["channel"])
    if set(earlier["channel"]) - written:
        return None, "unknown-part"
    return int(own["spend_minor"].sum()), None


def now(results: Mapping[str, Result]) -> pl.DataFrame:
    """Where the other reports stand today, one row: hours left of budgets, moves in the matrix, the wheel's mean gap.

    A figure whose report the audience may not see, or that the report leaves undefined, is undefined here for the same
    reason.
    """
    left, used, budget = (_one(results, "budget.total", name) for name in ("left", "used", "budget"))
    gap = _one(results, "growth_wheel.overall", "gap", last=True)
    earlier = _one(results, "growth_wheel.overall", "gap", last=True, back=1)
    row: dict[str, Any] = {"key": "now"}
    row |= _measure("left", *left) | _measure("used", *used) | _measure("budget", *budget)
    row |= _measure("gap", *gap)
    row |= _measure("gap_change", _minus(gap[0], earlier[0]), "first-round" if gap[0] is not None else gap[1])
    for name in ("up", "down", "placed"):
        row |= _measure(name, *_one(results, "customer_matrix.overall", name))
    kinds = {"left": pl.Int64, "used": pl.Int64, "budget": pl.Int64, "gap": pl.Float64, "gap_change": pl.Float64}
    kinds |= {"up": pl.Int64, "down": pl.Int64, "placed": pl.Int64}
    schema = _schema(kinds)
    del schema["month"]
    return pl.DataFrame([row], schema=schema)


def _one(
    results: Mapping[str, Result], name: str, column: str, *, last: bool = False, back: int = 0
) -> tuple[Any, str]:
    """A figure of another report's row (the first, or counted from the last) and the reason where it is undefined."""
    result = results.get(name)
    if result is None or not result.has(column):
        return None, "withheld"
    place = len(result.rows) - 1 - back if last else 0
    if place < 0 or place >= len(result.rows):
        return None, "no-cases"
    row = result.rows.row(place, named=True)
    return row[column], row.get(f"{column}_why") or "no-cases"


_MONTH = Column("month", "day", "Month")
_COUNTS = {
    "leads": "Leads",
    "meetings_held": "Meetings held",
    "new_customers": "New customers",
    "web_leads": "Leads in the web figures",
}

RESULTS = (
    Metric(
        "hours",
        (
            Column("month", "day", "Month", "marketing"),
            Column("hours", "minutes", "Hours logged", "marketing", "Whole weeks, in the month of their Thursday"),
            Column("booked", "minutes", "Hours booked", "marketing"),
            Column("hours_change", "minutes", "Change", "marketing"),
        ),
        hours,
        reduce_hours,
        {"week": pl.Date, "booked": pl.Int64, "hours": pl.Int64},
    ),
    Metric(
        "months",
        (
            _MONTH,
            *(Column(name, "count", label) for name, label in _COUNTS.items()),
            *(Column(f"{name}_change", "count", "Change from the month before") for name in _COUNTS),
            Column("spend", "money", "Spend", "marketing"),
            Column("spend_change", "money", "Change from the month before", "marketing"),
            Column("cost_per_lead", "money", "Cost per lead", "marketing", "Spend ÷ leads, both of the web figures"),
            Column("cost_per_lead_change", "money", "Change from the month before", "marketing"),
        ),
        months,
    ),
    Metric(
        "now",
        (
            Column("left", "minutes", "Hours left of the budgets", "marketing"),
            Column("used", "minutes", "Hours used of the budgets", "marketing"),
            Column("budget", "minutes", "Hours budgeted"),
            Column("gap", "score", "Gap in the growth wheel"),
            Column("gap_change", "score", "Change from the assessment before"),
            Column("up", "count", "Customers moved up", "marketing"),
            Column("down", "count", "Customers moved down", "marketing"),
            Column("placed", "count", "Customers placed", "marketing"),
        ),
        now,
    ),
)
