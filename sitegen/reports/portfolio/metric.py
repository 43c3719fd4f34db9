"""The project portfolio: what each project was given, what was booked and used, what it cost, when it last moved
(T33).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

import narwhals as nw
import polars as pl

from sitegen.metrics import projects as standing
from sitegen.metrics.decisions import DECISIONS, decided
from sitegen.metrics.figures import Undefined, combine, defined, frame, known
from sitegen.metrics.outlook import OUTLOOKS, RESTS_ON
from sitegen.metrics.severity import OF_KIND, neglected
from sitegen.periods import week_of
from sitegen.report import Attention, Counted, Metric, Value, Word
from sitegen.results import Column, Result

DEFAULT_NEGLECTED_WEEKS = 4

BOOKING_COLUMNS = (
    Column("project", "text", "Project"),
    Column("allocated", "minutes", "Allocated", "marketing", "All bookings, past and future"),
    Column("ahead", "minutes", "Booked ahead", "marketing", "Bookings in weeks after the week of the report's day"),
)


def bookings(booked: nw.LazyFrame, as_of: dt.date) -> nw.LazyFrame:
    """Minutes booked by project: allocated = all bookings; ahead = those in weeks after the day's own week (F37)."""
    later = nw.col("week") > nw.lit(week_of(as_of).start)
    ahead = nw.when(later).then(nw.col("minutes")).otherwise(nw.lit(0, nw.Int64))
    rows = booked.with_columns(ahead=ahead).group_by("project")
    return rows.agg(allocated=nw.col("minutes").sum(), ahead=nw.col("ahead").sum())


def booking_rows(worked: pl.DataFrame) -> pl.DataFrame:
    """The bookings of each project (F37)."""
    return worked.select(pl.col("project").alias("key"), *defined(BOOKING_COLUMNS))


COLUMNS = (
    Column("name", "text", "Project"),
    Column("type", "text", "Type", words=standing.TYPES),
    Column("owner", "text", "Owner"),
    Column("department", "text", "Department"),
    Column("priority", "count", "Priority", about="1 is first"),
    Column("serves", "text", "Serves", words=standing.SERVES),
    Column("work", "text", "Kind of work", words=standing.WORK),
    Column("start", "day", "Start"),
    Column("end", "day", "End", about="As planned now: of the newest baseline, else of the project"),
    Column("closed", "day", "Closed"),
    Column("state", "text", "State", words=standing.STATES),
    Column("schedule", "text", "Schedule", words=standing.SCHEDULE_STATES),
    Column("end_passed", "text", "End passed", words={"yes": "Yes", "no": "No"}),
    Column("budget", "minutes", "Budget", about="In force now; a budget by month or year is that of the year"),
    Column("allocated", "minutes", "Allocated since the start", "marketing", "All bookings, past and future"),
    Column("ahead", "minutes", "Booked ahead", "marketing", "Bookings in weeks after this one"),
    Column("used", "minutes", "Used of it", "marketing", "Hours logged in the days the budget is for"),
    Column("used_total", "minutes", "Used since the start", "marketing"),
    Column("cost", "text", "Cost status", "marketing", words=standing.COST_STATES),
    Column("outlook", "text", "Outlook", "marketing", "As in the budget report", words=OUTLOOKS),
    Column("rests_on", "text", "Outlook rests on", "marketing", words=RESTS_ON),
    Column("external_cost", "money", "External cost", "marketing", "All invoices since the start"),
    Column(
        "standard_cost", "money", "Own hours at standard rate", "marketing", "Hours since the start × standard rate"
    ),
    Column(
        "standard_total", "money", "Total at standard rate", "marketing", "External cost + own hours at standard rate"
    ),
    Column("internal_cost", "money", "Internal cost", "management", "Hours since the start × the rate of the day"),
    Column("total_cost", "money", "Total cost", "management", "External cost + internal cost"),
    Column("latest", "day", "Latest hours", "marketing", "Day of the newest logged hour"),
    Column(
        "weeks_since", "count", "Weeks since", "marketing", "Whole weeks from the newest hour to the day of the report"
    ),
    Column("neglected", "text", "Neglected", "marketing", words={"yes": "Neglected", "no": "In work"}),
    Column("decision", "text", "Decision", "marketing", "On its weekly target", words=DECISIONS),
    Column("decided", "day", "Decided", "marketing"),
    Column("why", "text", "Reason", "marketing"),
)


def project_rows(
    standings: standing.Standings, as_of: dt.date, organisation: Any, records: Any, results: Mapping[str, Result]
) -> pl.DataFrame:
    """One row a project: open ones by priority and name, then those not begun, then closed ones.

    Neglected: an open project without a logged hour in the organisation's `neglected_weeks` (4) whole weeks; one
    that has begun less than so many weeks ago is not (T5).

    Source:
        T33, F37, F38.
    """
    weeks = getattr(getattr(organisation, "warn_when", None), "neglected_weeks", None) or DEFAULT_NEGLECTED_WEEKS
    booked = {row["key"]: row for row in results["portfolio.bookings"].rows.iter_rows(named=True)}
    departments = getattr(organisation, "departments", None) or {}
    cards = getattr(records, "projects", {})
    rows = []
    for row in standings.rows:
        given = booked.get(row["key"], {})
        newest = row["latest"]
        alone = row["state"] == "open" and _weeks(newest or row["start"], as_of) >= weeks
        department = departments.get(row["department"]) if isinstance(departments, Mapping) else None
        said = decided(cards.get(row["key"]), as_of)
        rows.append(
            {
                **row,
                "department": getattr(department, "name", row["department"]),
                "priority": known(row["priority"], "unknown-part"),
                "start": known(row["start"], "not-started"),
                "end": row["planned_end"],
                "end_passed": "yes" if isinstance(row["planned_end"], dt.date) and row["planned_end"] < as_of else "no",
                "closed": known(row["closed"], "not-reached"),
                # A column that this audience may not see is not in the earlier result; it is taken out here as well.
                "allocated": given.get("allocated", 0),
                "ahead": given.get("ahead", 0),
                "cost": row["status"],
                "external_cost": row["external_total"],
                "standard_cost": row["standard_total"],
                "standard_total": combine(lambda a, b: a + b, row["external_total"], row["standard_total"]),
                "internal_cost": row["internal_total"],
                "total_cost": combine(lambda a, b: a + b, row["external_total"], row["internal_total"]),
                "latest": known(newest, "nothing-logged"),
                "weeks_since": _weeks(newest, as_of) if newest else Undefined("nothing-logged"),
                "neglected": "yes" if alone else "no",
                "decision": said.decision if said else None,
                "decided": known(said.on if said else None, "not-reached"),
                "why": said.why if said else None,
            }
        )
    order = {"open": 0, "not-started": 1, "closed": 2}
    return frame(COLUMNS, sorted(rows, key=lambda row: (order[row["state"]], _level(row), row["name"], row["key"])))


def _level(row: Mapping[str, Any]) -> int:
    return 99 if isinstance(row["priority"], Undefined) else row["priority"]


def _weeks(day: dt.date | None, as_of: dt.date) -> int:
    return (as_of - day).days // 7 if day else 0


TOTAL_COLUMNS = (
    Column("projects", "count", "Projects"),
    Column("used_total", "minutes", "Used since the start", "marketing"),
    Column("allocated", "minutes", "Allocated", "marketing"),
    Column("ahead", "minutes", "Booked ahead", "marketing"),
    Column("external_cost", "money", "External cost", "marketing"),
    Column("standard_cost", "money", "Own hours at standard rate", "marketing"),
    Column("internal_cost", "money", "Internal cost", "management"),
    Column("late", "count", "Delayed"),
    Column("behind", "count", "Behind plan"),
    Column("neglected", "count", "Neglected", "marketing"),
)


def total_rows(results: Mapping[str, Result]) -> pl.DataFrame:
    """Sums over the open projects, the investments and operations among them, and all projects."""
    rows = results["portfolio.projects"].rows
    live = rows.filter(pl.col("state") == "open")
    sets = {
        "open": live,
        "investment": live.filter(pl.col("type") == "investment"),
        "operations": live.filter(pl.col("type") == "operations"),
        "all": rows,
    }
    return frame(TOTAL_COLUMNS, [_total(key, chosen) for key, chosen in sets.items()])


def _total(key: str, rows: pl.DataFrame) -> dict[str, Any]:
    def values(name: str) -> list[Any]:
        """None of them where the audience may not see the column."""
        return rows[name].drop_nulls().to_list() if name in rows.columns else []

    def total(name: str) -> Any:
        """The sum over the rows that have a cost; a project whose hours have no rate is told of in its own row."""
        return sum(values(name)) if values(name) or rows.is_empty() else Undefined("no-rate")

    return {
        "key": key,
        "projects": len(rows),
        **{name: total(name) for name in ("used_total", "allocated", "ahead")},
        **{name: total(name) for name in ("external_cost", "standard_cost", "internal_cost")},
        "late": values("schedule").count("late"),
        "behind": values("schedule").count("behind"),
        "neglected": values("neglected").count("yes"),
    }


def attention(results: Mapping[str, Result]) -> list[Attention]:
    """Projects past their end, and those that nobody has worked on for weeks: what to decide, or was decided."""
    table = results["projects"]
    found = []
    for row in table.rows.iter_rows(named=True):
        place: dict[str, Any] = {
            "page": ("project", row["key"]),
            "sources": (("project", row["key"]),),
            "report": "portfolio",
        }
        if row["end_passed"] == "yes" and row["state"] == "open":
            found.append(
                Attention(
                    severity=OF_KIND["late"],
                    weight=10.0,
                    what=(
                        "%(project)s should have been finished by %(end)s.",
                        {"project": row["name"], "end": row["end"]},
                    ),
                    so=("Close it with an evaluation, or write a new end date as a baseline with its reason.", {}),
                    **place,
                )
            )
        decision = row.get("decision")
        if row.get("neglected") == "yes" and decision != "accept":
            ever = row["weeks_since"] is not None
            weeks = Counted("%(n)s week", "%(n)s weeks", Value("projects", row["key"], "weeks_since"))
            found.append(
                Attention(
                    severity=neglected(row["priority"]),
                    weight=float(row["weeks_since"] or 0),
                    what=("Nobody has worked on %(project)s for %(weeks)s.", {"project": row["name"], "weeks": weeks})
                    if ever
                    else ("Nobody has worked on %(project)s yet, and it has begun.", {"project": row["name"]}),
                    so=(
                        ("Carry out what was decided: %(decision)s.", {"decision": Word(DECISIONS[decision])})
                        if decision
                        else ("Book hours for it, hand it to somebody else, or close it.", {})
                    ),
                    audience="marketing",
                    **place,
                )
            )
    return found


RESULTS = (
    Metric(
        "bookings",
        BOOKING_COLUMNS,
        booking_rows,
        bookings,
        {"project": pl.String, "allocated": pl.Int64, "ahead": pl.Int64},
    ),
    Metric("projects", COLUMNS, project_rows, standing.hours, standing.HOURS, prepare=standing.standings),
    Metric("total", TOTAL_COLUMNS, total_rows),
)
