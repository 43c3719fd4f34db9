"""The coming weeks of each person: what she can work, what is booked, what is free or too much (F5, T9, T19).

What the hours are booked for, by priority, is in `work.py`; deadlines, holidays and closed days are in `days.py`.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

import polars as pl

from sitegen.metrics.attendance import Available, available, by_person
from sitegen.metrics.figures import Number, Undefined, defined, frame, named, share
from sitegen.metrics.people import department_name, is_person
from sitegen.metrics.projects import name_of
from sitegen.metrics.severity import OF_KIND, overbooked
from sitegen.periods import Calendar, week_of
from sitegen.report import Attention, Metric, Value, Week
from sitegen.reports.resource_plan import days, work
from sitegen.reports.resource_plan.work import AHEAD, LOGGED, ahead, coming_weeks, logged_lately
from sitegen.results import Column, Result

SOON = 4
"""So many weeks after the day's own are near enough to move work into."""


def _column(name: str, unit: str, label: str, about: str = "", **more: Any) -> Column:
    """A column of named people's hours, which are marketing's."""
    return Column(name, unit, label, "marketing", about, **more)


STATES = {
    "over": "Overbooked",
    "booked-away": "Booked while away",
    "away": "No capacity",
    "empty": "Nothing booked",
    "free": "Within the hours",
    "full": "Full",
    "unknown": "Hours not known",
    "outside": "Not employed",
}
CAPACITY_COLUMNS = (
    _column("contract", "minutes", "Weekly hours", "By the contract of each day"),
    _column("holidays", "minutes", "Public holidays"),
    _column("closed", "minutes", "Closed days"),
    _column("absent", "minutes", "Absence"),
    _column("capacity", "minutes", "Can work", "Weekly hours − public holidays − closed days − absence"),
)
PLAN_COLUMNS = (
    _column("booked", "minutes", "Booked", "The plan and what was added to it"),
    _column("free", "minutes", "Free", "What is left of the capacity"),
    _column("over", "minutes", "Too much", "Booked beyond the capacity"),
    _column("load", "share", "Load", "Booked ÷ can work"),
)
FIGURE_COLUMNS = (*CAPACITY_COLUMNS, *PLAN_COLUMNS, _column("state", "text", "State", words=STATES))
WEEK_COLUMNS = (
    _column("name", "text", "Who"),
    _column("department", "text", "Department"),
    _column("week", "day", "Week"),
    *FIGURE_COLUMNS,
)
NOT_PLANNED = "People without bookings whose weekly hours this audience does not know"


def week_rows(
    plan: pl.DataFrame,
    contracts: pl.DataFrame,
    absent: pl.DataFrame,
    as_of: dt.date,
    calendar: Calendar | None,
    organisation: Any,
    records: Any,
) -> tuple[pl.DataFrame, dict[str, int]]:
    """Each person's week from the one of the day to the twelfth after it, by name (G12).

    Formula:
        capacity = contract − holidays − closed − absent; free − over = capacity − booked; load = booked ÷ capacity.

    Undefined:
        A load without capacity (not-relevant); what is booked then is told by the state. Everything but the bookings
        where a contract names no weekly hours (unknown-part).
    """
    weeks = coming_weeks(as_of)
    can = available(contracts, absent, calendar or Calendar(), weeks)
    sums = plan.group_by("person", "week").agg(pl.col("minutes").sum())
    booked = {(person, week): minutes for person, week, minutes in sums.iter_rows()}
    planned = {person for person, _ in booked}
    names = [str(week_of(week)) for week in weeks]
    lines, skipped = [], 0
    same: dict[tuple[int, int], int] = {}  # people with one contract share what they can work
    figures: list[dict[str, Any]] = []
    for person, spans in by_person(contracts).items():
        own = [can[person, week] for week in weeks]
        there = person in planned or any(isinstance(one, Undefined) or one.contract for one in own)
        if not (is_person(person) and there):
            continue
        if person not in planned and any(isinstance(one, Undefined) for one in own):
            skipped += 1
            continue
        department = next((row["department"] for row in spans if row["since"] <= as_of < row["until"]), None)
        who = (name_of(records, person), department_name(organisation, department))
        for week, name, one in zip(weeks, names, own, strict=True):
            minutes = booked.get((person, week), 0)
            place = same.setdefault((id(one), minutes), len(figures))
            if place == len(figures):
                figures.append({"key": str(place), **_week(one, minutes)})
            lines.append((f"{person}/{name}", *who, week, place))
    if not lines:
        return frame(WEEK_COLUMNS, ()), {}
    lines.sort(key=lambda line: (str(line[1]), line[0]))
    texts = dict.fromkeys(("key", "name", "department"), pl.String)
    rows = pl.DataFrame(lines, {**texts, "week": pl.Date, "place": pl.UInt32}, orient="row")
    held = frame(FIGURE_COLUMNS, figures).drop("key")[rows["place"]]
    rows = pl.concat([rows, held], how="horizontal")
    said = [column.name for column in FIGURE_COLUMNS]
    return rows.select("key", *defined(WEEK_COLUMNS, said)), named({NOT_PLANNED: skipped})


def _week(can: Available | Undefined, booked: int) -> dict[str, Any]:
    """The figures of one person's week."""
    if isinstance(can, Undefined):
        parts = dict.fromkeys(("contract", "holidays", "closed", "absent", "capacity", "free", "over"), can)
        return {**parts, "booked": booked, **share("load", booked, can, "not-relevant"), "state": "unknown"}
    left = can.capacity - booked
    return {
        "contract": can.contract,
        "holidays": can.holidays,
        "closed": can.closed,
        "absent": can.absent,
        "capacity": can.capacity,
        "booked": booked,
        "free": left if left > 0 else 0,
        "over": 0 if left > 0 else -left,
        **share("load", booked, can.capacity, "not-relevant"),
        "state": _state(can, booked, left),
    }


def _state(can: Available, booked: int, left: Number) -> str:
    if can.capacity == 0:
        return "booked-away" if booked else "away" if can.contract else "outside"
    if booked == 0:
        return "empty"
    return "over" if left < 0 else "free" if left else "full"


SUM_COLUMNS = (
    _column("capacity", "minutes", "Can work"),
    *PLAN_COLUMNS,
    _column("overbooked", "count", "Overbooked weeks", "Weeks with more booked than can be worked, none included"),
    _column("empty", "count", "Weeks with nothing booked"),
)
PEOPLE_COLUMNS = (_column("name", "text", "Who"), _column("department", "text", "Department"), *SUM_COLUMNS)
TREND_COLUMNS = (_column("week", "day", "Week"), _column("people", "count", "People"), *SUM_COLUMNS)


def _sums(rows: pl.DataFrame, by: str) -> list[dict[str, Any]]:
    """The sums of persons' weeks whose capacity is known, one mapping for each value of a column, in its order."""
    known = pl.col("capacity").is_not_null()
    sums = rows.group_by(by, maintain_order=True).agg(
        pl.col("capacity", "booked", "free", "over").filter(known).sum(),
        (pl.col("over") > 0).sum().cast(pl.Int64).alias("overbooked"),
        (pl.col("state") == "empty").sum().cast(pl.Int64).alias("empty"),
        pl.col("person").filter(pl.col("capacity") > 0).n_unique().cast(pl.Int64).alias("people"),
        pl.col("name", "department").first().name.prefix("of_"),
    )
    return [row | share("load", row["booked"], row["capacity"], "not-relevant") for row in sums.to_dicts()]


def _weeks(results: Mapping[str, Result]) -> pl.DataFrame:
    """The persons' weeks with `person`; none where the audience may not see them."""
    table = results["resource_plan.weeks"]
    rows = table.rows if table.has("capacity") else frame(WEEK_COLUMNS, ())
    return rows.with_columns(person=pl.col("key").str.split("/").list.first())


def people_rows(results: Mapping[str, Result]) -> pl.DataFrame:
    """Each person's coming weeks together: ratio of sums over the weeks whose capacity is known (G4)."""
    return frame(
        PEOPLE_COLUMNS,
        (
            row | {"key": row["person"], "name": row["of_name"], "department": row["of_department"]}
            for row in _sums(_weeks(results), "person")
        ),
    )


def trend_rows(results: Mapping[str, Result]) -> pl.DataFrame:
    """All people together, week by week; one's free hours do not make up for another's too much: both are shown."""
    rows = _sums(_weeks(results).sort("week", maintain_order=True), "week")
    return frame(TREND_COLUMNS, (row | {"key": str(week_of(row["week"]))} for row in rows))


TOTAL_COLUMNS = (_column("people", "count", "People"), *SUM_COLUMNS)


def total_rows(results: Mapping[str, Result]) -> pl.DataFrame:
    """`next`: the week after the day's own; `soon`: the next four weeks after it; `all`: all that are shown."""
    rows = _weeks(results)
    weeks = sorted(set(rows["week"]))
    sets = {"next": weeks[1:2], "soon": weeks[1 : SOON + 1], "all": weeks}
    made = []
    for key, some in sets.items():
        chosen = rows.filter(pl.col("week").is_in(some)).with_columns(key=pl.lit(key))
        nothing = dict.fromkeys(("people", "capacity", "booked", "free", "over", "overbooked", "empty"), 0)
        nothing |= {"key": key} | share("load", 0, 0, "not-relevant")
        made += _sums(chosen, "key") or [nothing]
    return frame(TOTAL_COLUMNS, made)


def attention(results: Mapping[str, Result]) -> list[Attention]:
    """Coming weeks in which somebody is booked beyond her hours, or while away."""
    found = []
    if not results["weeks"].has("capacity"):
        return []
    for row in results["weeks"].rows.iter_rows(named=True):
        if row["state"] not in ("over", "booked-away"):
            continue
        hours = {"over": Value("weeks", row["key"], "over"), "booked": Value("weeks", row["key"], "booked")}
        who = {"name": row["name"], "week": Week(row["week"])}
        found.append(
            Attention(
                report="resource_plan",
                severity=overbooked(row["load"]) if row["state"] == "over" else OF_KIND["booked-away"],
                weight=row["over"] / 60,
                what=(
                    ("%(name)s has %(over)s too much booked in week %(week)s.", who | {"over": hours["over"]})
                    if row["state"] == "over"
                    else (
                        "%(name)s has %(booked)s booked in week %(week)s, but cannot work then.",
                        who | {"booked": hours["booked"]},
                    )
                ),
                so=("Move hours to another week or to somebody with hours free.", {}),
                page=("resource_plan", None),
                audience="marketing",
            )
        )
    return found


RESULTS = (
    Metric("weeks", WEEK_COLUMNS, week_rows, ahead, AHEAD),
    Metric("people", PEOPLE_COLUMNS, people_rows),
    Metric("trend", TREND_COLUMNS, trend_rows),
    Metric("total", TOTAL_COLUMNS, total_rows),
    Metric("bookings", work.BOOKING_COLUMNS, work.booking_rows, ahead, AHEAD),
    Metric("deadlines", days.DEADLINE_COLUMNS, days.deadline_rows, ahead, AHEAD),
    Metric("projects", work.PROJECT_COLUMNS, work.project_rows, ahead, AHEAD),
    Metric("priorities", work.PRIORITY_COLUMNS, work.priority_rows, logged_lately, LOGGED),
    Metric("days_off", days.DAY_COLUMNS, days.day_rows),
)
