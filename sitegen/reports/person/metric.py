"""A person's time for the monthly talk: contract, weeks booked and logged, what the hours went to (T26–T28, T35)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

import polars as pl

from sitegen.metrics.adherence import PARTS, SPLIT, part_columns, part_measures, recent
from sitegen.metrics.attendance import away_all_week, by_person, capacity, employed_in
from sitegen.metrics.figures import Figure, Undefined, defined, frame, frame_of, known, share, share_unless
from sitegen.metrics.hours import complete_weeks
from sitegen.metrics.projects import name_of
from sitegen.periods import FAR, Calendar, week_of
from sitegen.report import Metric
from sitegen.results import Column, Result

WEEKS_SHOWN = 13
MOST_SLICES = 7
"""A person's time is one ring of at most so many parts; the rest are one part (T35)."""


def _column(name: str, unit: str, label: str, about: str = "", **more: Any) -> Column:
    """A column of this report: named hours and contracts are management's."""
    return Column(name, unit, label, "management", about, **more)


def _shown(worked: pl.DataFrame, as_of: dt.date) -> pl.DataFrame:
    """The hours of the weeks that are shown."""
    return worked.filter(pl.col("week") >= complete_weeks(as_of, WEEKS_SHOWN)[0])


WEEK_STATES = {"worked": "Worked", "zero": "Nothing logged", "absent": "Away all week", "outside": "Not employed"}
CAN_COLUMNS = (
    _column("week", "day", "Week"),
    _column("capacity", "minutes", "Can work", "Contract − holidays, closed days and absence"),
)
WEEK_COLUMNS = (
    *CAN_COLUMNS,
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
    can = capacity(contracts, absent, calendar, weeks)
    away = away_all_week(absent, contracts, calendar, weeks)
    names = {week: str(week_of(week)) for week in weeks}
    pairs = [(person, week) for person in sorted(contracts["person"].unique()) for week in weeks]
    given: dict[str, list[Any]] = {
        "key": [f"{person}/{names[week]}" for person, week in pairs],
        "week": [week for _, week in pairs],
        "capacity": [can[pair] for pair in pairs],
    }
    lines = frame_of(CAN_COLUMNS, given)
    sums = _shown(worked, as_of).group_by("person", "week").agg(pl.col(*PARTS).sum())
    employed = employed_in(contracts, weeks).with_columns(employed=True)
    rows = (
        lines.with_columns(
            person=pl.Series([person for person, _ in pairs], dtype=pl.String),
            away=pl.Series([pair in away for pair in pairs], dtype=pl.Boolean),
        )
        .join(sums, on=["person", "week"], how="left", maintain_order="left")
        .join(employed, on=["person", "week"], how="left", maintain_order="left")
        .with_columns(pl.col(PARTS).fill_null(0))
    )
    state = (
        pl.when(pl.col("employed").is_null())
        .then(pl.lit("outside"))
        .when(pl.col("logged") != 0)
        .then(pl.lit("worked"))
        .when("away")
        .then(pl.lit("absent"))
        .otherwise(pl.lit("zero"))
    )
    rows = rows.with_columns(*part_measures("away"), state=state)
    return rows.select("key", *defined(WEEK_COLUMNS, said=("capacity", "slipped", "adherence")))


PERSON = pl.col("key").str.split("/").list.first()
"""The person that a row of a table by person is about."""
COUNTED = pl.col("adherence_why").ne_missing("not-relevant")
"""Whether a week counts in how much of the plan was kept."""

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
    weeks = results["person.weeks"].rows.with_columns(person=PERSON, counted=COUNTED)
    own = {
        row["person"]: row
        for row in weeks.group_by("person")
        .agg(
            pl.col("logged", "booked", "kept", "unplanned").sum(),
            pl.col("kept", "booked").filter("counted").sum().name.prefix("counted_"),
            pl.col("capacity"),
        )
        .iter_rows(named=True)
    }
    departments = getattr(organisation, "departments", None) or {}
    rows = []
    for person, spans in by_person(contracts).items():
        held = next(row for row in spans if row["since"] <= as_of < row["until"])
        employed = [row for row in spans if row["employed"]]
        sums = own[person]
        unknown = None in sums["capacity"]
        can: Figure = Undefined("unknown-part") if unknown else sum(sums["capacity"])
        left = employed[-1]["until"] if employed else None
        rows.append(
            {
                "key": person,
                "name": name_of(records, person),
                "department": getattr(departments.get(held["department"]), "name", held["department"]),
                "weekly": known(held["weekly_minutes"], "unknown-part"),
                "working_days": held["working_days"],
                "since": known(employed[0]["since"] if employed else None, "not-started"),
                "until": known(left if left and left < FAR else None, "not-reached"),
                "capacity": can,
                **{name: sums[name] for name in ("logged", "booked", "kept", "unplanned")},
                **share("adherence", sums["counted_kept"], sums["counted_booked"], "no-cases"),
                **share("logged_share", sums["logged"], can, "no-cases"),
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
    total = pl.col("logged").sum().over("person")
    many = (pl.col("logged") > 0).sum().over("person") > MOST_SLICES
    shown = pl.when(many).then(MOST_SLICES - 1).otherwise(MOST_SLICES)
    place = pl.int_range(1, pl.len() + 1).over("person")
    drawn = (place <= shown) & (pl.col("logged") != 0)
    nothing = pl.when(pl.col("total") == 0).then(pl.lit("nothing-logged"))
    return (
        _shown(worked, as_of)
        .group_by("person", "project")
        .agg(pl.col(*PARTS).sum())
        .sort("person", "logged", "project", descending=[False, True, False])
        .join(projects.select("project", "name"), on="project", how="left", maintain_order="left")
        .with_columns(minutes="logged", total=total, slice=pl.when(drawn).then(place).otherwise(0))
        .with_columns(
            *share_unless(nothing, "share", "minutes", "total"),
            key=pl.concat_str("person", "project", separator="/"),
            name=pl.coalesce("name", "project"),
        )
        .select("key", *defined(PROJECT_COLUMNS, said=("share",)))
    )


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
    small = results["person.projects"].rows.filter(pl.col("slice") == 0, pl.col("minutes") != 0)
    sums = small.group_by(PERSON, maintain_order=True).agg(
        pl.col("minutes").sum(), pl.col("share_n").first(), projects=pl.len()
    )
    rows = (
        {"key": person, "minutes": minutes, **share("share", minutes, whole, "nothing-logged"), "projects": projects}
        for person, minutes, whole, projects in sums.iter_rows()
    )
    return frame(OTHER_COLUMNS, rows)


RESULTS = (
    Metric("weeks", WEEK_COLUMNS, week_rows, recent, SPLIT),
    Metric("people", PEOPLE_COLUMNS, people_rows),
    Metric("projects", PROJECT_COLUMNS, project_rows, recent, SPLIT),
    Metric("grid", GRID_COLUMNS, grid_rows, recent, SPLIT),
    Metric("others", OTHER_COLUMNS, other_rows),
)
