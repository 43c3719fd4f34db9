"""The plan's activities with what they were given, what they used and what came of them (B3, B7, B24, T22)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

import narwhals as nw
import polars as pl

from sitegen.results import Column

REQUIRED = {
    "owner": "who",
    "timing": "when",
    "resources": "with what",
    "expects": "to which effect",
    "goal": "for which goal",
}
"""What a documented activity says (B3), and the reader's word for it: who, when, with what, to which effect, for
which goal.
"""
EFFECTS = ("leads", "meetings", "customers", "revenue")
STATES = {"planned": "Planned", "running": "Running", "done": "Done", "dropped": "Dropped", "undated": "No dates"}
ORIGINS = {"planned": "Planned", "idea": "Idea from the side"}


def newest_plan(records: Any, as_of: dt.date) -> tuple[str, Any] | None:
    """The plan in force: the newest whose first version was written on or before `as_of` (G1)."""
    found = None
    for name, plan in records.marketing_plans.items():
        first = min((version.on for version in plan.versions or ()), default=None)
        if (first is None or first <= as_of) and (found is None or (first or dt.date.min) >= found[0]):
            found = (first or dt.date.min, name, plan)
    return found[1:] if found else None


def within(logged: nw.LazyFrame, projects: nw.LazyFrame, plan_activities: nw.LazyFrame, as_of: dt.date) -> nw.LazyFrame:
    """The entries up to and with `as_of` that belong to an activity: `activity`, `month`, `minutes`.

    They lie on a project that carries the activity out, and between the activity's first and last day: an operations
    project goes on for years, the activity has the hours of its own.
    """
    carried = projects.filter(~nw.col("plan_activity").is_null()).select("project", activity=nw.col("plan_activity"))
    owned = logged.filter(nw.col("day") <= nw.lit(as_of)).join(carried, on="project", how="inner")
    spans = owned.join(plan_activities, on="activity", how="inner")
    return spans.filter((nw.col("day") >= nw.col("since")) & (nw.col("day") <= nw.col("until"))).select(
        "activity", "month", "minutes"
    )


def used_minutes(
    logged: nw.LazyFrame, projects: nw.LazyFrame, plan_activities: nw.LazyFrame, as_of: dt.date
) -> nw.LazyFrame:
    """Minutes of each activity (`within`): `activity`, `minutes`."""
    return within(logged, projects, plan_activities, as_of).group_by("activity").agg(nw.col("minutes").sum())


USED_SCHEMA = {"activity": pl.String, "minutes": pl.Int64}


def state(activity: Any, as_of: dt.date) -> str:
    """Where an activity is on the day: dropped, undated, planned, running or done."""
    if activity.dropped is not None and (activity.dropped.on is None or activity.dropped.on <= as_of):
        return "dropped"
    if activity.from_ is None or activity.to is None:
        return "undated"
    return "planned" if as_of < activity.from_ else "running" if as_of <= activity.to else "done"


def filled(activity: Any) -> dict[str, bool]:
    """Which of the required things an activity says (B3)."""
    budget = activity.budget
    expects = activity.expects
    return {
        "owner": activity.owner is not None,
        "timing": activity.from_ is not None and activity.to is not None,
        "resources": budget is not None and (budget.minutes is not None or budget.external_cost is not None),
        "expects": expects is not None and bool(expects.counts or expects.revenue is not None),
        "goal": activity.goal is not None,
    }


def projects_of(records: Any) -> dict[str, list[str]]:
    """The projects that carry out each activity, by activity."""
    found: dict[str, list[str]] = {}
    for name, project in records.projects.items():
        if project.plan_activity is not None:
            found.setdefault(project.plan_activity, []).append(name)
    return found


def campaigns_of(records: Any) -> dict[str, list[str]]:
    """The campaigns of each activity, by activity."""
    found: dict[str, list[str]] = {}
    for name, campaign in records.campaigns.items():
        if campaign.activity is not None:
            found.setdefault(campaign.activity, []).append(name)
    return found


COLUMNS = (
    Column("name", "text", "Activity"),
    Column("state", "text", "State", words=STATES),
    Column("origin", "text", "Origin", words=ORIGINS),
    Column("owner", "text", "Owner"),
    Column("segment", "text", "Segment"),
    Column("goal", "text", "Goal"),
    Column("from", "day", "From"),
    Column("to", "day", "To"),
    Column("elapsed", "share", "Time passed", about="Days of the activity up to the day ÷ all its days"),
    Column("complete", "share", "Documented", about="Filled required fields ÷ required fields"),
    Column("missing", "text", "Missing"),
    Column("budget", "minutes", "Hours budgeted"),
    Column("used", "minutes", "Hours used", "marketing", "Logged in its own days on the projects that carry it out"),
    Column("budget_external", "money", "External budget", "marketing"),
    Column(
        "used_external",
        "money",
        "External cost",
        "marketing",
        "Costs of its projects in its own days, and of its campaigns",
    ),
    *(
        Column(
            f"{side}_{name}",
            "money" if name == "revenue" else "count",
            label,
            "marketing" if name == "revenue" else "everyone",
        )
        for name, labels in {
            "leads": ("Leads expected", "Leads so far"),
            "meetings": ("Meetings expected", "Meetings so far"),
            "customers": ("Customers expected", "Customers so far"),
            "revenue": ("Revenue expected", "Revenue so far"),
        }.items()
        for side, label in zip(("expected", "effect"), labels, strict=True)
    ),
    Column("measured_by", "day", "To be measured by"),
    Column("effect_on", "day", "Measured on"),
    Column("priority", "score", "Score", about="Σ criterion × weight, as the plan declares them"),
)
_KINDS = {
    "text": pl.String,
    "day": pl.Date,
    "share": pl.Float64,
    "minutes": pl.Int64,
    "money": pl.Int64,
    "count": pl.Int64,
}


def schema() -> dict[str, Any]:
    """The columns of `facts` with their types."""
    kinds: dict[str, Any] = {"key": pl.String}
    for column in COLUMNS:
        kinds[column.name] = _KINDS.get(column.unit, pl.Float64)
        if column.unit != "text":
            kinds[f"{column.name}_why"] = pl.String
        if column.unit == "share":
            kinds |= {f"{column.name}_k": pl.Int64, f"{column.name}_n": pl.Int64}
    return kinds


def facts(used: pl.DataFrame, external_costs: pl.DataFrame, records: Any, as_of: dt.date) -> pl.DataFrame:
    """One row an activity of the plan in force, in order of beginning: COLUMNS.

    Hours and costs lie between the activity's first and last day, on the projects with it as `plan_activity`; an
    activity without a project has no hours to show (nothing-logged), not 0. An effect that is not measured is
    unknown-part.
    """
    found = newest_plan(records, as_of)
    if found is None:
        return pl.DataFrame(schema=schema())
    plan = found[1]
    minutes = dict(used.iter_rows()) if len(used) else {}
    bills: dict[str, list[tuple[dt.date, int]]] = {}
    for project, day, amount in external_costs.select("project", "day", "amount_minor").iter_rows():
        bills.setdefault(project, []).append((day, amount))
    projects, campaigns = projects_of(records), campaigns_of(records)
    rows = [
        _facts(name, activity, plan, minutes, bills, projects.get(name, []), campaigns.get(name, []), records, as_of)
        for name, activity in (plan.activities or {}).items()
    ]
    rows.sort(key=lambda row: (row["from"] or dt.date.max, row["to"] or dt.date.max, row["key"]))
    return pl.DataFrame(rows, schema=schema())


def _facts(
    name: str,
    activity: Any,
    plan: Any,
    minutes: Mapping[str, int],
    bills: Mapping[str, list[tuple[dt.date, int]]],
    projects: list[str],
    campaigns: list[str],
    records: Any,
    as_of: dt.date,
) -> dict[str, Any]:
    budget, expects, effect = activity.budget, activity.expects, activity.effect
    if effect is not None and effect.on is not None and effect.on > as_of:
        effect = None
    has = filled(activity)
    first, last = activity.from_ or dt.date.min, min(activity.to or as_of, as_of)
    own = [amount for project in projects for day, amount in bills.get(project, []) if first <= day <= last]
    own += [
        item.amount
        for id in campaigns
        for item in records.campaigns[id].costs or ()
        if item.date <= as_of and item.amount
    ]
    segments = records.segments.segments if records.segments is not None and records.segments.segments else {}
    goal = (plan.goals or {}).get(activity.goal) if activity.goal else None
    owner = records.people.get(activity.owner) if activity.owner else None
    segment = segments.get(activity.segment) if activity.segment else None
    values: dict[str, Any] = {
        "from": (activity.from_, "no-end"),
        "to": (activity.to, "no-end"),
        "budget": (budget.minutes if budget else None, "no-budget"),
        "used": (minutes.get(name, 0) if projects else None, "nothing-logged"),
        "budget_external": (budget.external_cost if budget else None, "no-budget"),
        "used_external": (sum(own) if projects or campaigns else None, "unknown-part"),
        "measured_by": (expects.measured_by if expects else None, "unknown-part"),
        "effect_on": (effect.on if effect else None, "unknown-part"),
        "priority": (priority(activity, plan), "unknown-part"),
    }
    for what in EFFECTS:
        values[f"expected_{what}"] = (getattr(expects, what, None), "no-budget" if expects is None else "unknown-part")
        values[f"effect_{what}"] = (getattr(effect, what, None), "unknown-part")
    row: dict[str, Any] = {
        "key": name,
        "name": activity.name,
        "state": state(activity, as_of),
        "origin": activity.origin or "planned",
        "owner": owner.name if owner is not None and owner.name else activity.owner or "",
        "segment": segment.name if segment is not None else activity.segment or "",
        "goal": goal.name if goal is not None else activity.goal or "",
        "missing": " ".join(part for part in REQUIRED if not has[part]),
        "complete": sum(has.values()) / len(REQUIRED),
        "complete_why": None,
        "complete_k": sum(has.values()),
        "complete_n": len(REQUIRED),
    }
    for measure, (value, why) in values.items():
        row[measure], row[f"{measure}_why"] = value, None if value is not None else why
    return row | _elapsed(activity, as_of)


def _elapsed(activity: Any, as_of: dt.date) -> dict[str, Any]:
    if activity.from_ is None or activity.to is None:
        return {"elapsed": None, "elapsed_why": "no-end", "elapsed_k": None, "elapsed_n": None}
    days = (activity.to - activity.from_).days + 1
    passed = min(max((as_of - activity.from_).days + 1, 0), days)
    if days <= 0:
        return {"elapsed": None, "elapsed_why": "no-end", "elapsed_k": None, "elapsed_n": None}
    return {"elapsed": passed / days, "elapsed_why": None, "elapsed_k": passed, "elapsed_n": days}


def priority(activity: Any, plan: Any) -> float | None:
    """Σ score × weight over the plan's declared criteria; None when one is missing (B9: incomplete, not 0)."""
    criteria = plan.prioritising.criteria if plan.prioritising is not None else None
    scores = activity.scores or {}
    if not criteria or any(scores.get(name) is None for name in criteria):
        return None
    return float(sum(scores[name] * weight for name, weight in criteria.items()))
