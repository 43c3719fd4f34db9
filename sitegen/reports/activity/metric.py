"""Each activity of the plan in force: its facts, expected effect against the effect so far, hours by month, and what
it led to.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

import narwhals as nw
import polars as pl

from sitegen.metrics import activities, vocabulary
from sitegen.report import Metric
from sitegen.results import Column

KINDS = {"project": "Project", "campaign": "Campaign", "activity": "Earlier activity"}


def reduce_used(
    logged: nw.LazyFrame, projects: nw.LazyFrame, plan_activities: nw.LazyFrame, as_of: dt.date
) -> nw.LazyFrame:
    """Minutes of each activity up to and with `as_of`."""
    return activities.used_minutes(logged, projects, plan_activities, as_of)


def reduce_months(
    logged: nw.LazyFrame, projects: nw.LazyFrame, plan_activities: nw.LazyFrame, as_of: dt.date
) -> nw.LazyFrame:
    """Minutes of each activity in each calendar month up to and with `as_of`."""
    own = activities.within(logged, projects, plan_activities, as_of)
    return own.group_by("activity", "month").agg(nw.col("minutes").sum())


def effects(records: Any, as_of: dt.date) -> pl.DataFrame:
    """Expected effect against the effect so far, one row an activity and measure, without money (T66).

    Formula:
        reached = effect ÷ expected

    Undefined:
        not measured → unknown-part; nothing was expected, or 0 → no-budget.
    """
    schema: dict[str, Any] = {"key": pl.String, "activity": pl.String, "measure": pl.String}
    for name, kind in (("expected", pl.Int64), ("effect", pl.Int64), ("reached", pl.Float64)):
        schema |= {name: kind, f"{name}_why": pl.String}
    schema |= {"reached_k": pl.Int64, "reached_n": pl.Int64}
    found = activities.newest_plan(records, as_of)
    rows = []
    for id, activity in ((found[1].activities or {}) if found else {}).items():
        effect = activity.effect if activity.effect is not None and (activity.effect.on or as_of) <= as_of else None
        wanted = activity.expects.counts if activity.expects is not None else {}
        given = effect.counts if effect is not None else {}
        for measure in dict.fromkeys((*wanted, *given)):
            rows.append(_effect(f"{id}/{measure}", id, measure, wanted.get(measure), given.get(measure)))
    return pl.DataFrame(rows, schema=schema)


def _effect(key: str, activity: str, measure: str, expected: int | None, effect: int | None) -> dict[str, Any]:
    share = effect / expected if effect is not None and expected else None
    why = None if share is not None else ("no-budget" if not expected else "unknown-part")
    return {
        "key": key,
        "activity": activity,
        "measure": measure,
        "expected": expected,
        "expected_why": None if expected is not None else "no-budget",
        "effect": effect,
        "effect_why": None if effect is not None else "unknown-part",
        "reached": share,
        "reached_why": why,
        "reached_k": effect if share is not None else None,
        "reached_n": expected if share is not None else None,
    }


def months(sums: pl.DataFrame) -> pl.DataFrame:
    """Hours of each activity by calendar month; a month without hours has no row."""
    return sums.sort("activity", "month").select(
        pl.concat_str("activity", pl.col("month").dt.strftime("%Y-%m"), separator="/").alias("key"),
        "activity",
        "month",
        "minutes",
    )


def linked(records: Any, as_of: dt.date) -> pl.DataFrame:
    """The projects and campaigns that carry an activity out, and the earlier activities it learns from (B8)."""
    found = activities.newest_plan(records, as_of)
    plan = found[1] if found else None
    projects, campaigns = activities.projects_of(records), activities.campaigns_of(records)
    every = {id: item for other in records.marketing_plans.values() for id, item in (other.activities or {}).items()}
    rows = []
    for id, activity in ((plan.activities or {}) if plan else {}).items():
        targets = [("project", name, records.projects[name].name) for name in projects.get(id, [])]
        targets += [("campaign", name, records.campaigns[name].name) for name in campaigns.get(id, [])]
        targets += [("activity", name, every[name].name) for name in activity.like or () if name in every]
        rows += [(f"{id}/{kind}/{name}", id, kind, name, title or name) for kind, name, title in targets]
    names = ("key", "activity", "kind", "record", "name")
    return pl.DataFrame(rows, schema=dict.fromkeys(names, pl.String), orient="row")


def won(records: Any, stage_events: pl.DataFrame, stage_list: pl.DataFrame, as_of: dt.date) -> pl.DataFrame:
    """Customers won whose card names one of the activity's campaigns as its source, and the day they were won."""
    stages = stage_list.filter(pl.col("won"))["stage"].to_list()
    wins = stage_events.filter(pl.col("stage").is_in(stages) & (pl.col("day") <= as_of))
    first = dict(wins.group_by("customer").agg(pl.col("day").min()).iter_rows())
    rows = []
    for activity, campaigns in activities.campaigns_of(records).items():
        for id, card in records.customers.items():
            if id in first and card.source is not None and card.source.campaign in campaigns:
                rows.append((f"{activity}/{id}", activity, id, card.name or id, first[id], None))
    kinds: dict[str, Any] = dict.fromkeys(("key", "activity", "customer", "name"), pl.String)
    frame = pl.DataFrame(rows, schema=kinds | {"day": pl.Date, "day_why": pl.String}, orient="row")
    return frame.sort("activity", "day", "customer")


RESULTS = (
    Metric("facts", activities.COLUMNS, activities.facts, reduce_used, activities.USED_SCHEMA),
    Metric(
        "effects",
        (
            Column("activity", "text", "Activity"),
            Column("measure", "text", "Measure", words=vocabulary.MEASURES),
            Column("expected", "count", "Expected"),
            Column("effect", "count", "So far"),
            Column("reached", "share", "Of expected"),
        ),
        effects,
    ),
    Metric(
        "months",
        (
            Column("activity", "text", "Activity", "marketing"),
            Column("month", "day", "Month", "marketing"),
            Column("minutes", "minutes", "Hours", "marketing"),
        ),
        months,
        reduce_months,
        {"activity": pl.String, "month": pl.Date, "minutes": pl.Int64},
    ),
    Metric(
        "linked",
        (
            Column("activity", "text", "Activity"),
            Column("kind", "text", "Kind", words=KINDS),
            Column("record", "text", "Id"),
            Column("name", "text", "Name"),
        ),
        linked,
    ),
    Metric(
        "won",
        (
            Column("activity", "text", "Activity", "marketing"),
            Column("customer", "text", "Id", "marketing"),
            Column("name", "text", "Customer", "marketing"),
            Column("day", "day", "Won on", "marketing"),
        ),
        won,
    ),
)
