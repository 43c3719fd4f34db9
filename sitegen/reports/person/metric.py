"""A person's time for the monthly talk: contract, weeks booked and logged, what the hours went to (T26–T28, T35)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

import polars as pl

from sitegen.metrics.adherence import PARTS, SPLIT, part_columns, part_values, recent
from sitegen.metrics.attendance import away_all_week, by_person, capacity
from sitegen.metrics.figures import Undefined, frame, frame_of, known, share
from sitegen.metrics.hours import complete_weeks
from sitegen.metrics.projects import name_of
from sitegen.periods import FAR, Calendar
from sitegen.report import Metric
from sitegen.results import Column, Result

WEEKS_SHOWN = 13
MOST_SLICES = 7
"""A person's time is one ring of at most so many parts; the rest are one part (T35)."""


def _column(name: str, unit: str, label: str, about: str = "", **more: Any) -> Column:
    """A column of this report: named hours and contracts are management's."""
    return Column(name, unit, label, "management", about, **more)


NOTHING: dict[str, Any] = dict.fromkeys(PARTS, 0)


def _shown(worked: pl.DataFrame, as_of: dt.date) -> pl.DataFrame:
    """The hours of the weeks that are shown."""
    return worked.filter(pl.col("week") >= complete_weeks(as_of, WEEKS_SHOWN)[0])


def _summed(worked: pl.DataFrame, *by: str) -> list[dict[str, Any]]:
    """The parts of F4 summed by these columns."""
    return worked.group_by(by).agg(pl.col(*PARTS).sum()).sort(by).to_dicts()


WEEK_STATES = {"worked": "Worked", "zero": "Nothing logged", "absent": "Away all week", "outside": "Not employed"}
WEEK_COLUMNS = (
    _column("week", "day", "Week"),
    _column("capacity", "minutes", "Can work", "Contract − holidays, closed days and absence"),
    *part_columns("management"),
    _column("state", "text", "State", words=WEEK_STATES),
)


def week_rows(
    worked: pl.DataFrame, contracts: pl.DataFrame, absent: pl.DataFrame, as_of: dt.date, calendar: Calendar | None
) -> pl.DataFrame:
    """Each person's last thirteen complete weeks: what she could work, what was booked, what was done (F4, F5).

    kept + slipped = booked; kept + over + unplanned = logged. A week in which she could work nothing is listed, and its
    bookings are no slip: `slipped` and `adherence` are not-relevant.
    """
    weeks = complete_weeks(as_of, WEEKS_SHOWN)
    calendar = calendar or Calendar()
    sums = {(row["person"], row["week"]): row for row in _summed(_shown(worked, as_of), "person", "week")}
    can = capacity(contracts, absent, calendar, weeks)
    away = away_all_week(absent, contracts, calendar, weeks)
    employed = {person: [row for row in rows if row["employed"]] for person, rows in by_person(contracts).items()}
    pairs = [(person, week) for person in sorted(employed) for week in weeks]
    names = {week: _name(week) for week in weeks}
    gone = [pair in away for pair in pairs]
    parts = [sums.get(pair, NOTHING) for pair in pairs]
    there = [
        any(row["since"] <= week + dt.timedelta(days=6) and week < row["until"] for row in employed[person])
        for person, week in pairs
    ]
    given: dict[str, list[Any]] = {
        "key": [f"{person}/{names[week]}" for person, week in pairs],
        "week": [week for _, week in pairs],
        "capacity": [can[pair] for pair in pairs],
        **part_values(parts, gone),
        "state": [
            "outside" if not here else "worked" if part["logged"] else "absent" if out else "zero"
            for here, part, out in zip(there, parts, gone, strict=True)
        ],
    }
    return frame_of(WEEK_COLUMNS, given)


def _name(monday: dt.date) -> str:
    year, week, _ = monday.isocalendar()
    return f"{year}-W{week:02d}"


PEOPLE_COLUMNS = (
    _column("name", "text", "Who"),
    _column("department", "text", "Department"),
    _column("weekly", "minutes", "Hours a week"),
    _column("working_days", "text", "Working days"),
    _column("since", "day", "Employed since"),
    _column("until", "day", "Left the company"),
    _column("capacity", "minutes", "Could work", "The last thirteen complete weeks"),
    _column("logged", "minutes", "Logged", "The same weeks"),
    _column("booked", "minutes", "Booked"),
    _column("kept", "minutes", "As booked"),
    _column("unplanned", "minutes", "Unplanned"),
    _column("adherence", "share", "Plan kept", "As booked ÷ booked"),
    _column("logged_share", "share", "Logged of what could be worked"),
)


def people_rows(
    contracts: pl.DataFrame, as_of: dt.date, organisation: Any, records: Any, results: Mapping[str, Result]
) -> pl.DataFrame:
    """One row a person: the contract on the day, and the sums of the last thirteen complete weeks."""
    weeks: dict[str, list[dict[str, Any]]] = {}
    for row in results["person.weeks"].rows.iter_rows(named=True):
        weeks.setdefault(row["key"].partition("/")[0], []).append(row)
    departments = getattr(organisation, "departments", None) or {}
    rows = []
    for person, spans in by_person(contracts).items():
        held = next(row for row in spans if row["since"] <= as_of < row["until"])
        employed = [row for row in spans if row["employed"]]
        own = weeks.get(person, [])
        sums = {name: sum(row[name] or 0 for row in own) for name in ("logged", "booked", "kept", "unplanned")}
        unknown = any(row["capacity"] is None for row in own)
        sums["capacity"] = Undefined("unknown-part") if unknown else sum(row["capacity"] for row in own)
        left = employed[-1]["until"] if employed else None
        counted = [row for row in own if row["adherence_why"] != "not-relevant"]
        rows.append(
            {
                "key": person,
                "name": name_of(records, person),
                "department": getattr(departments.get(held["department"]), "name", held["department"]),
                "weekly": known(held["weekly_minutes"], "unknown-part"),
                "working_days": held["working_days"],
                "since": known(employed[0]["since"] if employed else None, "not-started"),
                "until": known(left if left and left < FAR else None, "not-reached"),
                **sums,
                **share(
                    "adherence", sum(row["kept"] for row in counted), sum(row["booked"] for row in counted), "no-cases"
                ),
                **share("logged_share", sums["logged"], sums["capacity"], "no-cases"),
            }
        )
    return frame(PEOPLE_COLUMNS, rows)


PROJECT_COLUMNS = (
    _column("name", "text", "Project"),
    _column("minutes", "minutes", "Hours"),
    _column("share", "share", "Share"),
    _column("booked", "minutes", "Booked"),
    _column("kept", "minutes", "As booked"),
    _column("slice", "count", "Part of the ring", "1 to 7; 0 is in the last part, together with the others"),
)


def project_rows(worked: pl.DataFrame, projects: pl.DataFrame, as_of: dt.date) -> pl.DataFrame:
    """What each person's hours of the last thirteen complete weeks went to, most first; the profile of T35."""
    names = dict(projects.select("project", "name").iter_rows())
    found: dict[str, dict[str, dict[str, Any]]] = {}
    for row in _summed(_shown(worked, as_of), "person", "project"):
        found.setdefault(row["person"], {})[row["project"]] = row
    rows = []
    for person, own in sorted(found.items()):
        total = sum(part["logged"] for part in own.values())
        many = sum(part["logged"] > 0 for part in own.values()) > MOST_SLICES
        shown = MOST_SLICES - 1 if many else MOST_SLICES
        ordered = sorted(own.items(), key=lambda item: (-item[1]["logged"], item[0]))
        for place, (project, part) in enumerate(ordered, 1):
            rows.append(
                {
                    "key": f"{person}/{project}",
                    "name": names.get(project, project),
                    "minutes": part["logged"],
                    **share("share", part["logged"], total, "nothing-logged"),
                    "booked": part["booked"],
                    "kept": part["kept"],
                    "slice": place if place <= shown and part["logged"] else 0,
                }
            )
    return frame(PROJECT_COLUMNS, rows)


GRID_COLUMNS = (
    _column("week", "day", "Week"),
    _column("minutes", "minutes", "Hours"),
    _column("state", "text", "State", words=WEEK_STATES),
)


def grid_rows(worked: pl.DataFrame, results: Mapping[str, Result]) -> pl.DataFrame:
    """Hours of each person by project and week, of the projects that are parts of her profile (T27).

    A week in which she was away on every day is absent and one in which she was not employed outside; both have no
    hours, which is not the same as the 0 of a week in which she worked on something else.
    """
    hours = worked.select("person", "project", "week", done="logged")
    person = pl.col("key").str.split_exact("/", 1)
    weeks = results["person.weeks"].rows.select(
        person.struct[0].alias("person"), person.struct[1].alias("of_week"), "week", "state"
    )
    lines = results["person.projects"].rows.filter(pl.col("slice") > 0)
    done = pl.col("done").fill_null(0)
    gone = pl.col("state").is_in(["absent", "outside"]) & (done == 0)
    return (
        lines.select("key", person.struct[0].alias("person"), person.struct[1].alias("project"))
        .with_row_index("place")
        .join(weeks, on="person")
        .join(hours, on=["person", "project", "week"], how="left")
        .sort("place", "week")
        .select(
            pl.concat_str("key", "of_week", separator="/").alias("key"),
            "week",
            pl.when(~gone).then(done).alias("minutes"),
            pl.when(gone).then(pl.lit("not-relevant")).alias("minutes_why"),
            pl.when(gone).then("state").when(done > 0).then(pl.lit("worked")).otherwise(pl.lit("zero")).alias("state"),
        )
    )


OTHER_COLUMNS = (
    _column("minutes", "minutes", "Hours"),
    _column("share", "share", "Share"),
    _column("projects", "count", "Projects"),
)


def other_rows(results: Mapping[str, Result]) -> pl.DataFrame:
    """What stands together as the last part of each person's bar."""
    found: dict[str, list[dict[str, Any]]] = {}
    for row in results["person.projects"].rows.iter_rows(named=True):
        if row["slice"] == 0 and row["minutes"]:
            found.setdefault(row["key"].partition("/")[0], []).append(row)
    rows = []
    for person, small in found.items():
        minutes = sum(part["minutes"] for part in small)
        whole = share("share", minutes, small[0]["share_n"], "nothing-logged")
        rows.append({"key": person, "minutes": minutes, **whole, "projects": len(small)})
    return frame(OTHER_COLUMNS, rows)


RESULTS = (
    Metric("weeks", WEEK_COLUMNS, week_rows, recent, SPLIT),
    Metric("people", PEOPLE_COLUMNS, people_rows),
    Metric("projects", PROJECT_COLUMNS, project_rows, recent, SPLIT),
    Metric("grid", GRID_COLUMNS, grid_rows, recent, SPLIT),
    Metric("others", OTHER_COLUMNS, other_rows),
)
