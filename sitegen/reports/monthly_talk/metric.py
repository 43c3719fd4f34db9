"""A person's month: the plan against what was done, disturbances by who asked, what slipped, and absences (T28)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

import narwhals as nw
import polars as pl

from sitegen.metrics.adherence import PARTS, SPLIT, bookings, part_columns, part_measures, recent, unplanned_entries
from sitegen.metrics.attendance import available, employed_in, without_capacity
from sitegen.metrics.figures import Figure, Undefined, defined, frame, frame_of, known, share
from sitegen.metrics.people import DEPARTMENT, department_name, is_person
from sitegen.metrics.projects import name_of
from sitegen.periods import Calendar, week_month, week_of
from sitegen.report import Metric
from sitegen.reports.monthly_talk.months import NOT_SAID, WEEK, column, in_month, key_of, months, shown, span
from sitegen.results import Result

TIME_COLUMNS = (column("month", "text", "Month"), column("starts", "day", "From"), column("ends", "day", "To"))


def time_rows(as_of: dt.date) -> pl.DataFrame:
    """The months there are pages for, each with the days of its weeks."""
    rows = (
        {"key": str(month), "month": str(month), "starts": weeks[0], "ends": weeks[-1] + WEEK - dt.timedelta(days=1)}
        for month, weeks in months(as_of).items()
    )
    return frame(TIME_COLUMNS, rows)


ASKED = {"person": pl.String, "month": pl.Date, "asked_by": pl.String, "project": pl.String, "minutes": pl.Int64}
BOOKED = {
    "person": pl.String,
    "week": pl.Date,
    "project": pl.String,
    "task": pl.String,
    "booked": pl.Int64,
    "kept": pl.Int64,
}


def _by(worked: pl.DataFrame, as_of: dt.date, *by: str) -> pl.DataFrame:
    """The parts of F4 of the months' weeks by person and these columns; `month` is the first day of the week's."""
    held = [(week, month.start) for month, weeks in months(as_of).items() for week in weeks]
    weeks = pl.DataFrame(held, schema={"week": pl.Date, "month": pl.Date}, orient="row")
    rows = worked.join(weeks, on="week").group_by("person", *by).agg(pl.col(*PARTS).sum())
    return rows.sort("person", *by)


def asked(by_week: nw.LazyFrame, logged: nw.LazyFrame, as_of: dt.date) -> nw.LazyFrame:
    """Unplanned minutes by person, month, who asked and project."""
    rows = in_month(unplanned_entries(shown(by_week, as_of), shown(logged, as_of), as_of), as_of)
    return rows.group_by("person", "month", "asked_by", "project").agg(nw.col("minutes").sum())


def slipped(by_week: nw.LazyFrame, as_of: dt.date) -> nw.LazyFrame:
    """The bookings that were not all done."""
    return bookings(shown(by_week, as_of)).filter(nw.col("kept") < nw.col("booked"))


WEEK_STATES = {"worked": "Worked", "zero": "Nothing logged", "absent": "Could work nothing"}
CAN_COLUMNS = (
    column("week", "day", "Week"),
    column("capacity", "minutes", "Can work", "Contract − holidays, closed days and absence"),
    column("away", "minutes", "Away", "Absence, at most the hours of the day"),
)
WEEK_COLUMNS = (
    *CAN_COLUMNS,
    *part_columns("management"),
    column("state", "text", "State", words=WEEK_STATES),
)


def week_rows(
    worked: pl.DataFrame, contracts: pl.DataFrame, absent: pl.DataFrame, as_of: dt.date, calendar: Calendar | None
) -> pl.DataFrame:
    """Each week of the months of everybody who was employed, logged, was booked or was away in it (F4, F5).

    A week in which nothing could be worked is listed, and its bookings are no slip: `slipped` and `adherence` are
    not-relevant.
    """
    calendar = calendar or Calendar()
    spans = months(as_of)
    weeks = [week for own in spans.values() for week in own]
    can = available(contracts, absent, calendar, weeks)
    rows = (
        _by(worked, as_of, "week")
        .join(employed_in(contracts, weeks), on=["person", "week"], how="full", coalesce=True)
        .filter(~pl.col("person").str.starts_with(DEPARTMENT))
        .sort("person", "week")
    )
    pairs = list(rows.select("person", "week").iter_rows())
    names = {week: f"{week_month(week).start:%Y-%m}/{week_of(week)}" for week in weeks}
    held = [can.get(pair, Undefined("unknown-part")) for pair in pairs]
    given = {
        "key": [f"{person}-{names[week]}" for person, week in pairs],
        "week": [week for _, week in pairs],
        "capacity": [one if isinstance(one, Undefined) else one.capacity for one in held],
        "away": [one if isinstance(one, Undefined) else one.absent for one in held],
    }
    nothing = without_capacity(contracts, absent, calendar, pairs)
    rows = rows.select(pl.col(PARTS).fill_null(0), out=pl.Series([pair in nothing for pair in pairs], dtype=pl.Boolean))
    state = (
        pl.when(pl.col("logged") != 0)
        .then(pl.lit("worked"))
        .when("out")
        .then(pl.lit("absent"))
        .otherwise(pl.lit("zero"))
    )
    lines = frame_of(CAN_COLUMNS, given)
    rows = pl.concat([lines, rows.with_columns(*part_measures("out"), state=state)], how="horizontal")
    return rows.select("key", *defined(WEEK_COLUMNS, said=("capacity", "away", "slipped", "adherence")))


PROJECT_COLUMNS = (
    column("name", "text", "Project"),
    column("booked", "minutes", "Booked"),
    column("logged", "minutes", "Logged"),
    column("kept", "minutes", "As booked"),
    column("slipped", "minutes", "Not done", "Booked and not done, in weeks in which something could be worked"),
    column("over", "minutes", "More than booked"),
    column("unplanned", "minutes", "Unplanned"),
)


def project_rows(
    worked: pl.DataFrame, projects: pl.DataFrame, as_of: dt.date, results: Mapping[str, Result]
) -> pl.DataFrame:
    """Plan against actual of each project of each month, the most hours first."""
    in_month = pl.col("key").str.split("/")
    slipped = (
        results["monthly_talk.slips"]
        .rows.group_by(pl.concat_str(in_month.list.get(0), in_month.list.get(2), separator="/").alias("key"))
        .agg(pl.col("slipped").sum())
    )
    of_month = pl.concat_str("person", pl.col("month").dt.strftime("%Y-%m"), separator="-")
    return (
        _by(worked, as_of, "month", "project")
        .filter(~pl.col("person").str.starts_with(DEPARTMENT))
        .drop("slipped")
        .with_columns(page=of_month, key=pl.concat_str(of_month, "project", separator="/"))
        .join(slipped, on="key", how="left")
        .join(projects.select("project", "name"), on="project", how="left")
        .with_columns(pl.coalesce("name", "project").alias("name"), pl.col("slipped").fill_null(0))
        .sort("page", "logged", "booked", "name", descending=[False, True, True, False], maintain_order=True)
        .select("key", *defined(PROJECT_COLUMNS))
    )


ASKED_COLUMNS = (
    column("name", "text", "Who asked", words={NOT_SAID: "Not said"}),
    column("minutes", "minutes", "Unplanned hours"),
    column("share", "share", "Of all hours", "Unplanned hours for them ÷ all hours of the month's weeks"),
    column("projects", "text", "On"),
)


def asked_rows(
    worked: pl.DataFrame, projects: pl.DataFrame, organisation: Any, results: Mapping[str, Result]
) -> pl.DataFrame:
    """Disturbances by source: unplanned hours by the department that asked for them, the most first (T6, T28)."""
    names = dict(projects.select("project", "name").iter_rows())
    page = pl.col("key").str.split("/").list.first()
    weeks = results["monthly_talk.weeks"].rows
    logged = dict(weeks.group_by(page).agg(pl.col("logged").sum()).iter_rows())
    found: dict[tuple[str, str], dict[str, int]] = {}
    for row in worked.iter_rows(named=True):
        if is_person(row["person"]):
            on = found.setdefault((key_of(row["person"], row["month"]), row["asked_by"] or NOT_SAID), {})
            on[row["project"]] = on.get(row["project"], 0) + row["minutes"]
    rows = []
    for (key, asker), on in found.items():
        ordered = sorted((-minutes, project) for project, minutes in on.items())
        rows.append(
            {
                "key": f"{key}/{asker}",
                "name": NOT_SAID if asker == NOT_SAID else department_name(organisation, asker),
                "minutes": sum(on.values()),
                **share("share", sum(on.values()), logged[key], "nothing-logged"),
                "projects": ", ".join(names.get(project, project) for _, project in ordered),
            }
        )
    rows.sort(key=lambda row: (row["key"].partition("/")[0], -row["minutes"], row["key"]))
    return frame(ASKED_COLUMNS, rows)


DECISIONS = {"moved": "Moved", "rebooked": "Booked again", "dropped": "Dropped"}
SLIP_COLUMNS = (
    column("name", "text", "Project"),
    column("task", "text", "Task"),
    column("week", "day", "Week"),
    column("booked", "minutes", "Booked"),
    column("slipped", "minutes", "Not done"),
    column("decision", "text", "Decision", words=DECISIONS),
    column("to_week", "day", "To week"),
)


def slip_rows(
    worked: pl.DataFrame, booked: pl.DataFrame, projects: pl.DataFrame, tasks: pl.DataFrame,
    results: Mapping[str, Result],
) -> pl.DataFrame:  # fmt: skip
    """Bookings that were not all done, with what was decided about them (T21); weeks without capacity left out.

    By columns: a company of a thousand people has tens of thousands of them.
    """
    booking = ["person", "week", "project", "task"]
    decided = (
        booked.filter(pl.col("decision").is_not_null())
        .sort(*booking, "line", nulls_last=True)
        .unique(booking, keep="first", maintain_order=True)
        .select(*booking, "decision", "to_week")
        .with_columns(pl.col(pl.Categorical).cast(pl.String))
    )
    titles = tasks.select("project", "task", title="name")
    thursday = pl.col("week").dt.offset_by("3d")
    month = pl.concat_str("person", thursday.dt.strftime("%Y-%m"), separator="-")
    weeks = results["monthly_talk.weeks"].rows.filter(pl.col("slipped").is_not_null()).select(in_week="key")
    return (
        worked.with_columns(in_week=pl.concat_str(month, pl.col("week").dt.strftime("%G-W%V"), separator="/"))
        .join(weeks, on="in_week", how="semi")
        .join(decided, on=booking, how="left", nulls_equal=True)
        .join(projects.select("project", "name"), on="project", how="left")
        .join(titles, on=["project", "task"], how="left")
        .sort(*booking, nulls_last=True)
        .select(
            pl.concat_str("in_week", "project", pl.col("task").fill_null(NOT_SAID), separator="/").alias("key"),
            pl.coalesce("name", "project").alias("name"),
            pl.coalesce("title", "task").alias("task"),
            "week",
            "booked",
            (pl.col("booked") - pl.col("kept")).alias("slipped"),
            "decision",
            "to_week",
            pl.when(pl.col("to_week").is_null()).then(pl.lit("not-relevant")).alias("to_week_why"),
        )
    )


REASONS = {"holiday": "Holiday", "leave": "Leave", "other": "Other"}
ABSENCE_COLUMNS = (
    column("day", "day", "Day"),
    column("minutes", "minutes", "Hours away", "Not relevant where it was the whole day"),
    column("whole", "text", "How long", words={"yes": "The whole day", "no": "Part of the day"}),
    column("reason", "text", "Reason", words=REASONS),
)


def absence_rows(absent: pl.DataFrame, as_of: dt.date) -> pl.DataFrame:
    """Every day away in the weeks of the months; never an illness, the records hold none."""
    first, last = span(as_of)
    held = absent.filter(pl.col("day") >= first, pl.col("day") < last + WEEK).sort("person", "day", "minutes")
    found: dict[str, dict[str, Any]] = {}
    for row in held.iter_rows(named=True):
        if not is_person(row["person"]):
            continue
        month = week_month(week_of(row["day"]).start)
        key = f"{key_of(row['person'], month.start)}/{row['day']}"
        before = found.get(key)
        minutes = row["minutes"]
        if before is not None:
            minutes = None if minutes is None or before["whole"] == "yes" else minutes + before["minutes"]
        found[key] = {
            "key": key,
            "day": row["day"],
            "minutes": known(minutes, "not-relevant"),
            "whole": "yes" if minutes is None else "no",
            "reason": row["reason"],
        }
    return frame(ABSENCE_COLUMNS, found.values())


MONTH_COLUMNS = (
    column("person", "text", "Person"),
    column("name", "text", "Who"),
    column("month", "text", "Month"),
    column("starts", "day", "From"),
    column("ends", "day", "To"),
    column("capacity", "minutes", "Can work"),
    column("away", "minutes", "Away"),
    column("booked", "minutes", "Booked"),
    column("logged", "minutes", "Logged"),
    column("kept", "minutes", "As booked"),
    column("slipped", "minutes", "Not done"),
    column("over", "minutes", "More than booked"),
    column("unplanned", "minutes", "Unplanned"),
    column("adherence", "share", "Plan kept", "As booked ÷ booked; weeks without capacity left out"),
    column("disturbed", "share", "Unplanned of all", "Unplanned ÷ logged"),
    column("before", "share", "Plan kept, month before"),
    column("undecided", "count", "Slips without a decision"),
)


def month_rows(as_of: dt.date, records: Any, results: Mapping[str, Result]) -> pl.DataFrame:
    """One row, and one page, a person and month with anything booked, logged or away; people by name, then months.

    Formula:
        kept + slipped = booked of the weeks that could be worked; kept + over + unplanned = logged. The month's plan
        kept is the sum of what was kept ÷ the sum of what was booked, never a mean of weeks (G4).
    """
    page = pl.col("key").str.split("/").list.first().alias("page")
    sums = (
        results["monthly_talk.weeks"]
        .rows.with_columns(counted=pl.col("slipped_why").ne_missing("not-relevant"))
        .group_by(page)
        .agg(
            pl.col(*PARTS).sum(),
            pl.col("kept", "booked").filter("counted").sum().name.prefix("counted_"),
            pl.col("capacity", "away"),
        )
    )
    weeks = {row["page"]: row for row in sums.iter_rows(named=True)}
    slips = results["monthly_talk.slips"].rows.filter(pl.col("decision").is_null())
    undecided = dict(slips.group_by(page).len().iter_rows())
    away = set(results["monthly_talk.absences"].rows.select(page)["page"])
    people = sorted({key[: -len("-2026-06")] for key in weeks}, key=lambda person: (name_of(records, person), person))
    shown = tuple(months(as_of).items())
    rows = []
    for person in people:
        before = _before(Undefined("first-round"))
        for month, mondays in shown:
            key = key_of(person, month.start)
            own = weeks.get(key, NOTHING)
            if not (own["booked"] or own["logged"] or key in away):
                before = _before(Undefined("no-cases"))
                continue
            kept = share("adherence", own["counted_kept"], own["counted_booked"], "no-cases")
            rows.append(
                {
                    "key": key,
                    "person": person,
                    "name": name_of(records, person),
                    "month": str(month),
                    "starts": mondays[0],
                    "ends": mondays[-1] + dt.timedelta(days=6),
                    "capacity": _total(own["capacity"]),
                    "away": _total(own["away"]),
                    **{name: own[name] for name in PARTS},
                    **kept,
                    **share("disturbed", own["unplanned"], own["logged"], "nothing-logged"),
                    **before,
                    "undecided": undecided.get(key, 0),
                }
            )
            before = {name.replace("adherence", "before"): value for name, value in kept.items()}
    return frame(MONTH_COLUMNS, rows)


NOTHING: Mapping[str, Any] = {
    **dict.fromkeys((*PARTS, "counted_kept", "counted_booked"), 0),
    **dict.fromkeys(("capacity", "away"), []),
}
"""The sums of a month without a week."""


def _before(why: Undefined) -> dict[str, Any]:
    return {"before": why, "before_k": None, "before_n": None}


def _total(weeks: list[Any]) -> Figure:
    """The sum of the weeks; unknown where one of them is."""
    return Undefined("unknown-part") if None in weeks else sum(weeks)


RESULTS = (
    Metric("times", TIME_COLUMNS, time_rows),
    Metric("weeks", WEEK_COLUMNS, week_rows, recent, SPLIT),
    Metric("slips", SLIP_COLUMNS, slip_rows, slipped, BOOKED),
    Metric("projects", PROJECT_COLUMNS, project_rows, recent, SPLIT),
    Metric("asked", ASKED_COLUMNS, asked_rows, asked, ASKED),
    Metric("absences", ABSENCE_COLUMNS, absence_rows),
    Metric("months", MONTH_COLUMNS, month_rows),
)
