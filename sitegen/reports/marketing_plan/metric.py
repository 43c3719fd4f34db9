"""The marketing plan: its activities, how well it is documented, who knows it, and how far its goals are (B3, B7,
B24, B25, T22).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

import narwhals as nw
import polars as pl

from sitegen.metrics import activities
from sitegen.report import Attention, Metric, Value
from sitegen.reports.marketing_plan.goals import COUNTED, goals
from sitegen.reports.marketing_plan.readers import (
    AGREEMENT,
    KNOWING,
    ambassadors,
    known_by,
    newest_version,
    stakeholders,
    unread,
)
from sitegen.results import Column, Result

DEADLINES = {"met": "Met", "met-late": "Met late", "late": "Late", "ahead": "Ahead"}


def reduce_used(
    logged: nw.LazyFrame, projects: nw.LazyFrame, plan_activities: nw.LazyFrame, as_of: dt.date
) -> nw.LazyFrame:
    """Minutes of each activity up to and with `as_of`."""
    return activities.used_minutes(logged, projects, plan_activities, as_of)


def plan_facts(records: Any, as_of: dt.date) -> pl.DataFrame:
    """The plan in force, one row: its version, its activities by state, and how much of what it requires is filled in.

    Formula:
        documented = filled required fields ÷ required fields, over the activities that are not dropped (B7)

    Undefined:
        no activities → no-cases.
    """
    schema = {
        "key": pl.String,
        "name": pl.String,
        "vision": pl.String,
        "version": pl.Int64,
        "version_why": pl.String,
        "version_on": pl.Date,
        "version_on_why": pl.String,
        **dict.fromkeys(("activities", "running", "done", "dropped", "ideas", "incomplete"), pl.Int64),
        "complete": pl.Float64,
        "complete_why": pl.String,
        "complete_k": pl.Int64,
        "complete_n": pl.Int64,
    }
    found = activities.newest_plan(records, as_of)
    if found is None:
        return pl.DataFrame(schema=schema)
    name, plan = found
    kept = [item for item in (plan.activities or {}).values() if activities.state(item, as_of) != "dropped"]
    states = [activities.state(item, as_of) for item in (plan.activities or {}).values()]
    filled = [activities.filled(item) for item in kept]
    k, n = sum(sum(has.values()) for has in filled), len(kept) * len(activities.REQUIRED)
    version = newest_version(plan, as_of)
    row = {
        "key": name,
        "name": plan.name or name,
        "vision": plan.vision or "",
        "version": version.number if version else None,
        "version_why": None if version else "unknown-part",
        "version_on": version.on if version else None,
        "version_on_why": None if version else "unknown-part",
        "activities": len(states),
        "running": states.count("running"),
        "done": states.count("done"),
        "dropped": states.count("dropped"),
        "ideas": sum(item.origin == "idea" for item in kept),
        "incomplete": sum(not all(has.values()) for has in filled),
        "complete": k / n if n else None,
        "complete_why": None if n else "no-cases",
        "complete_k": k,
        "complete_n": n,
    }
    return pl.DataFrame([row], schema=schema)


def _deadline(day: dt.date, met: dt.date | None, as_of: dt.date) -> str:
    if met is not None:
        return "met" if met <= day else "met-late"
    return "late" if day < as_of else "ahead"


def deadlines(deadlines: pl.DataFrame, projects: pl.DataFrame, as_of: dt.date) -> pl.DataFrame:
    """The deadlines of the projects in the plan's calendar, in order; state met, late (not met, passed) or ahead
    (T19, T22).
    """
    names = dict(projects.select("project", "name").iter_rows())
    carries_out = dict(projects.select("project", "plan_activity").iter_rows())
    rows = []
    for row in deadlines.sort("day", "project").iter_rows(named=True):
        met = row["met"] if row["met"] is not None and row["met"] <= as_of else None
        rows.append(
            {
                "key": f"{row['project']}/{row['day']}",
                "project": row["project"],
                "name": names.get(row["project"]) or row["project"],
                "activity": carries_out.get(row["project"]) or "",
                "what": row["what"] or "",
                "day": row["day"],
                "state": _deadline(row["day"], met, as_of),
            }
        )
    kinds = dict.fromkeys(("key", "project", "name", "activity", "what"), pl.String) | {
        "day": pl.Date,
        "state": pl.String,
    }
    frame = pl.DataFrame(rows, schema=kinds)
    return frame.unique("key", keep="first", maintain_order=True)


def attention(results: Mapping[str, Result]) -> tuple[Attention, ...]:
    """Activities that say too little, effects past their day without a measurement, and readers of an old plan."""
    found = []
    facts = results["activities"]
    plan = ("marketing_plan", None)
    incomplete = [row for row in facts.rows.iter_rows(named=True) if row["missing"] and row["state"] != "dropped"]
    if incomplete:
        what = ("Activities in the plan that do not say what an activity must: %(n)s.", {"n": len(incomplete)})
        so = (
            "%(share)s of what the plan must say is filled in; %(name)s comes first.",
            {"share": Value("plan", results["plan"].rows["key"][0], "complete"), "name": incomplete[0]["name"]},
        )
        sources = tuple(("activity", row["key"]) for row in incomplete)
        found.append(Attention("marketing_plan", "note", 1.0, what, so, plan, sources))
    for row in results["overdue"].rows.iter_rows(named=True):
        what = ("The effect of %(name)s has not been measured.", {"name": row["name"]})
        so = ("It should have been by %(day)s.", {"day": Value("overdue", row["key"], "measured_by")})
        source = (("activity", row["key"]),)
        found.append(Attention("marketing_plan", "warning", 5.0, what, so, ("activity", row["key"]), source))
    for row in results["deadlines"].rows.iter_rows(named=True):
        if row["state"] == "late":
            what = ("The deadline »%(what)s« of %(name)s has passed.", {"what": row["what"], "name": row["name"]})
            so = ("It was %(day)s.", {"day": Value("deadlines", row["key"], "day")})
            page, source = ("project", row["project"]), (("project", row["project"]),)
            found.append(Attention("marketing_plan", "warning", 8.0, what, so, page, source))
    for row in results["known_by"].rows.iter_rows(named=True):
        if row["front_line"] == "yes" and row["up_to_date_k"] < row["up_to_date_n"]:
            what = ("Not everyone in %(name)s has read the newest plan.", {"name": row["name"]})
            so = (
                "%(share)s of the people who talk with customers there are up to date.",
                {"share": Value("known_by", row["key"], "up_to_date")},
            )
            found.append(Attention("marketing_plan", "note", 3.0, what, so, plan))
    return tuple(found)


def overdue(used: pl.DataFrame, external_costs: pl.DataFrame, records: Any, as_of: dt.date) -> pl.DataFrame:
    """Activities whose effect should have been measured before `as_of` and was not (T66)."""
    facts = activities.facts(used, external_costs, records, as_of)
    late = facts.filter(
        (pl.col("measured_by") < as_of) & pl.col("effect_on").is_null() & (pl.col("state") != "dropped")
    )
    return late.select("key", "name", "measured_by", "measured_by_why")


_SHARE = "Share of all employees, also those who have not answered"

RESULTS = (
    Metric(
        "plan",
        (
            Column("name", "text", "Plan"),
            Column("vision", "text", "Vision"),
            Column("version", "count", "Version"),
            Column("version_on", "day", "Version of"),
            Column("activities", "count", "Activities"),
            Column("running", "count", "Running"),
            Column("done", "count", "Done"),
            Column("dropped", "count", "Dropped"),
            Column("ideas", "count", "Ideas from the side"),
            Column("incomplete", "count", "Incomplete"),
            Column("complete", "share", "Documented", about="Filled required fields ÷ required fields"),
        ),
        plan_facts,
    ),
    Metric("activities", activities.COLUMNS, activities.facts, reduce_used, activities.USED_SCHEMA),
    Metric(
        "overdue",
        (Column("name", "text", "Activity"), Column("measured_by", "day", "To be measured by")),
        overdue,
        reduce_used,
        activities.USED_SCHEMA,
    ),
    Metric(
        "goals",
        (
            Column("name", "text", "Goal"),
            Column("supports", "text", "Supports"),
            Column("business", "text", "Business goal", words={"yes": "Business goal", "no": "Marketing goal"}),
            Column("counted", "text", "Counted in", words=COUNTED),
            Column("target", "ratio", "Target"),
            Column("actual", "ratio", "Reached"),
            Column("reached", "share", "Of target"),
            Column("today", "ratio", "Plan today", about="Target × days passed ÷ days of the goal"),
            Column("by", "day", "By"),
        ),
        goals,
    ),
    Metric(
        "deadlines",
        (
            Column("project", "text", "Project"),
            Column("name", "text", "Project"),
            Column("activity", "text", "Activity"),
            Column("what", "text", "Deadline"),
            Column("day", "day", "Day"),
            Column("state", "text", "State", words=DEADLINES),
        ),
        deadlines,
    ),
    Metric(
        "known_by",
        (
            Column("name", "text", "Department"),
            Column("employees", "count", "Employees"),
            Column("front_line", "text", "Talks with customers", words={"yes": "Yes", "no": "No"}),
            Column("answered", "share", "Answered", about=_SHARE),
            *(Column(name, "share", label, about=_SHARE) for name, label in KNOWING.items()),
            Column("up_to_date", "share", "Read the newest version", about=_SHARE),
        ),
        known_by,
        total_key="total",
    ),
    Metric(
        "unread",
        (
            Column("name", "text", "Name", "marketing"),
            Column("department", "text", "Department", "marketing"),
            Column("version", "count", "Version read", "marketing"),
        ),
        unread,
    ),
    Metric(
        "ambassadors",
        (Column("name", "text", "Ambassador", "marketing"), Column("place", "text", "Place", "marketing")),
        ambassadors,
    ),
    Metric(
        "stakeholders",
        (
            Column("name", "text", "Stakeholder"),
            Column("state", "text", "State", words=AGREEMENT),
            Column("asked_on", "day", "Asked"),
            Column("input", "count", "Inputs"),
            Column("taken_in", "count", "Taken in"),
            Column("agreed_on", "day", "Agreed"),
            Column("version", "count", "Version"),
        ),
        stakeholders,
    ),
)
