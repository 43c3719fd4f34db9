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
from sitegen.results import Column, Result

KNOWING = {"knows": "Know the plan", "understands": "Understand it", "follows": "Follow it"}
COUNTED = {"cards": "counted from the cards", "meetings": "every meeting counts", "web": "counted in the web figures"}
DEADLINES = {"met": "Met", "met-late": "Met late", "late": "Late", "ahead": "Ahead"}
AGREEMENT = {
    "agreed": "Agreed",
    "stale": "Agreed to an earlier version",
    "asked": "Asked, not agreed",
    "open": "Not asked yet",
}


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


def newest_version(plan: Any, as_of: dt.date) -> Any:
    """The version of the plan that held on the day; None when it names none."""
    versions = [version for version in plan.versions or () if version.on <= as_of]
    return max(versions, key=lambda version: (version.on, version.number), default=None)


def employed(records: Any, as_of: dt.date) -> list[tuple[str, str]]:
    """(person, department) of everyone employed on the day; a person without a department is in ''."""
    found = []
    for id, person in records.people.items():
        span = person.employed
        started = span is None or span.from_ is None or span.from_ <= as_of
        left = span is not None and span.to is not None and span.to < as_of
        if started and not left:
            found.append((id, (person.department.at(as_of) if person.department is not None else None) or ""))
    return found


def known_by(records: Any, as_of: dt.date) -> tuple[pl.DataFrame, dict[str, int]]:
    """How many of all employees know, understand and follow the plan, by department, and read its newest version.

    Formula (B24):
        share = employees with yes ÷ all employees of the department, not ÷ those who answered

    Undefined:
        a department without employees → no-cases. An answer dated after `as_of` does not count.
    """
    measures = (*KNOWING, "answered", "up_to_date")
    schema: dict[str, Any] = {"key": pl.String, "name": pl.String, "employees": pl.Int64, "front_line": pl.String}
    for name in measures:
        schema |= {name: pl.Float64, f"{name}_why": pl.String, f"{name}_k": pl.Int64, f"{name}_n": pl.Int64}
        schema |= {f"{name}_low": pl.Float64, f"{name}_high": pl.Float64}
    found = activities.newest_plan(records, as_of)
    if found is None or not found[1].known_by:
        return pl.DataFrame(schema=schema), {}
    plan = found[1]
    version = newest_version(plan, as_of)
    answers = {id: answer for id, answer in plan.known_by.items() if answer.on is None or answer.on <= as_of}
    departments: dict[str, list[str]] = {}
    for id, department in employed(records, as_of):
        departments.setdefault(department, []).append(id)
    names = records.organisation.departments if records.organisation is not None else {}
    front = set(plan.front_line or ())
    rows = []
    for department, people in sorted(departments.items()):
        name = names[department].name if department in names else department
        rows.append(_known(department or "-", name, people, answers, version, "yes" if department in front else "no"))
    everybody = [id for people in departments.values() for id in people]
    rows.append(_known("total", "", everybody, answers, version, "no"))
    unknown = sum(id not in everybody for id in answers)
    return pl.DataFrame(rows, schema=schema), {"answers from people who are not employed": unknown} if unknown else {}


def _known(
    key: str, name: str, people: list[str], answers: Mapping[str, Any], version: Any, front_line: str
) -> dict[str, Any]:
    from sitegen.metrics.intervals import wilson

    own = [answers[id] for id in people if id in answers]
    counts = {what: sum(getattr(answer, what) is True for answer in own) for what in KNOWING}
    counts["answered"] = len(own)
    counts["up_to_date"] = sum(version is not None and answer.version == version.number for answer in own)
    row: dict[str, Any] = {"key": key, "name": name, "employees": len(people), "front_line": front_line}
    n = len(people)
    for what, k in counts.items():
        row |= {what: k / n if n else None, f"{what}_why": None if n else "no-cases", f"{what}_k": k, f"{what}_n": n}
        low, high = (wilson(k, n) if n < 30 else None) or (None, None)
        row |= {f"{what}_low": low, f"{what}_high": high}
    return row


def unread(records: Any, as_of: dt.date) -> pl.DataFrame:
    """People with direct contact to customers who have not seen the newest version of the plan (B25: 100 % check)."""
    schema = {
        "key": pl.String,
        "name": pl.String,
        "department": pl.String,
        "version": pl.Int64,
        "version_why": pl.String,
    }
    found = activities.newest_plan(records, as_of)
    version = newest_version(found[1], as_of) if found else None
    rows = []
    if found is not None and version is not None:
        answers = found[1].known_by or {}
        names = records.organisation.departments if records.organisation is not None else {}
        for id, department in employed(records, as_of):
            seen = (
                answers[id].version if id in answers and (answers[id].on is None or answers[id].on <= as_of) else None
            )
            if department in set(found[1].front_line or ()) and seen != version.number:
                name = names[department].name if department in names else department
                why = None if seen is not None else "no-cases"
                person = records.people[id].name or id
                rows.append({"key": id, "name": person, "department": name, "version": seen, "version_why": why})
    return pl.DataFrame(rows, schema=schema)


def ambassadors(records: Any, as_of: dt.date) -> pl.DataFrame:
    """Who speaks for the plan at each place of work (B25); without those whose name is withheld."""
    found = activities.newest_plan(records, as_of)
    places = (found[1].ambassadors or {}) if found else {}
    rows = [(id, records.people[id].name or id, place or "") for id, place in places.items() if id in records.people]
    return pl.DataFrame(rows, schema=dict.fromkeys(("key", "name", "place"), pl.String), orient="row").sort(
        "place", "name"
    )


def stakeholders(records: Any, as_of: dt.date) -> pl.DataFrame:
    """Who was asked, and who agreed to which version; an agreement to an earlier version than the newest is stale
    (B4).
    """
    schema: dict[str, Any] = {"key": pl.String, "name": pl.String, "state": pl.String}
    for name in ("asked_on", "agreed_on"):
        schema |= {name: pl.Date, f"{name}_why": pl.String}
    schema |= {"input": pl.Int64, "taken_in": pl.Int64, "version": pl.Int64, "version_why": pl.String}
    found = activities.newest_plan(records, as_of)
    rows = []
    for id, holder in ((found[1].stakeholders or {}) if found else {}).items():
        version = newest_version(found[1], as_of) if found else None
        agreed = holder.agreed if holder.agreed is not None and holder.agreed.on <= as_of else None
        asked = holder.asked_on if holder.asked_on is not None and holder.asked_on <= as_of else None
        stale = (
            agreed is not None
            and version is not None
            and agreed.version is not None
            and agreed.version < version.number
        )
        words = [item for item in holder.input or () if item.on is None or item.on <= as_of]
        rows.append(
            {
                "key": id,
                "name": holder.name or id,
                "state": ("stale" if stale else "agreed") if agreed else ("asked" if asked else "open"),
                "asked_on": asked,
                "asked_on_why": None if asked else "unknown-part",
                "agreed_on": agreed.on if agreed else None,
                "agreed_on_why": None if agreed else "unknown-part",
                "input": len(words),
                "taken_in": sum(item.taken_in is True for item in words),
                "version": agreed.version if agreed else None,
                "version_why": None if agreed and agreed.version is not None else "unknown-part",
            }
        )
    return pl.DataFrame(rows, schema=schema)


def goals(
    records: Any, stage_events: pl.DataFrame, meetings: pl.DataFrame, web: pl.DataFrame, as_of: dt.date
) -> pl.DataFrame:
    """Each goal with its target, what is reached by `as_of`, and the straight line to the target today (P5).

    `measure: funnel.<stage>` counts the cards that entered the stage since 1 January of the goal's year (a stage that
    meetings
    bring about: the meetings themselves, booked by the day of booking and held by their date, T41; one counted in web
    figures: the sum of its visitors); `acquisition.leads` is the sum of the web figures' leads. Plan today = target ×
    days passed ÷ days from 1 January to `by`.

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
