"""Booked against registered by week, person and month: every hour in exactly one place (F4, T21).

What must be re-planned and who asked for the rest is in `replan.py`, the weeks that nobody planned are in `fridays.py`.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

import narwhals as nw
import polars as pl

from sitegen.metrics.adherence import PARTS, kept_share, part_columns, part_measures, parts
from sitegen.metrics.hours import complete_weeks
from sitegen.metrics.projects import name_of
from sitegen.metrics.severity import OF_KIND
from sitegen.report import Attention, Metric, Value, Week
from sitegen.reports.booked_registered import fridays, replan
from sitegen.reports.booked_registered.columns import (
    WEEK_KEY,
    called,
    column,
    first_week,
    of_people,
    with_away,
)
from sitegen.results import Result


def by_person(by_week: nw.LazyFrame) -> nw.LazyFrame:
    """The PARTS of each person's week, in the complete weeks of the last twelve months."""
    return parts(by_week).group_by("person", "week").agg(*(nw.col(name).sum() for name in PARTS))


BY_PERSON = {"person": pl.String, "week": pl.Date, **dict.fromkeys(PARTS, pl.Int64)}

PARTS_COLUMNS = part_columns("marketing")

WEEK_STATES = {"worked": "Worked", "away": "No capacity", "zero": "Nothing logged"}
WEEK_COLUMNS = (
    column("name", "text", "Who"),
    column("week", "day", "Week"),
    *PARTS_COLUMNS,
    column("state", "text", "State", words=WEEK_STATES),
)


def week_rows(worked: pl.DataFrame, as_of: dt.date, records: Any) -> tuple[pl.DataFrame, dict[str, int]]:
    """Each person's last thirteen complete weeks in which anything was booked or registered, newest first.

    kept + slipped = booked; kept + over + unplanned = logged. A week in which she could work nothing is listed, and its
    bookings have not slipped: `slipped` and `adherence` are not-relevant.
    """
    rows, left_out = of_people(worked.filter(pl.col("week") >= first_week(as_of)))
    rows = rows.sort("week", "person", descending=[True, False])
    slipped, slipped_why, *adherence = part_measures("away")
    state = (
        pl.when("away").then(pl.lit("away")).when(pl.col("logged") > 0).then(pl.lit("worked")).otherwise(pl.lit("zero"))
    )
    made = rows.select(
        pl.concat_str("person", WEEK_KEY, separator="/").alias("key"),
        called("person", {person: name_of(records, person) for person in rows["person"].unique()}).alias("name"),
        "week",
        "booked",
        "logged",
        "kept",
        slipped,
        slipped_why,
        "over",
        "unplanned",
        *adherence,
        state.alias("state"),
    )
    return made, left_out


MONTH_COLUMNS = (
    column("month", "day", "Month", "A week belongs to the month of its Thursday"),
    column("weeks", "count", "Weeks"),
    *PARTS_COLUMNS,
)


def month_rows(worked: pl.DataFrame) -> tuple[pl.DataFrame, dict[str, int]]:
    """The twelve months to the last complete week, newest first; weeks in which a person could work nothing left out.

    A week belongs to the month of its Thursday (F4). A month that has begun holds the weeks of it that are over.
    """
    rows, left_out = of_people(worked)
    rows = rows.filter(~pl.col("away"))
    month = pl.col("week").dt.offset_by("3d").dt.truncate("1mo").alias("month")
    sums = rows.group_by(month).agg(pl.col("week").n_unique().cast(pl.Int64).alias("weeks"), pl.col(*PARTS).sum())
    made = sums.sort("month", descending=True).select(
        pl.col("month").dt.strftime("%Y-%m").alias("key"), "month", "weeks", *PARTS, *kept_share()
    )
    return made, left_out


def _measured(results: Mapping[str, Result]) -> pl.DataFrame:
    """The persons' weeks in which they could work, with `person`."""
    rows = results["booked_registered.weeks"].rows.filter(pl.col("state") != "away")
    return rows.with_columns(person=pl.col("key").str.split("/").list.first())


TREND_COLUMNS = (
    column("week", "day", "Week"),
    column("people", "count", "People"),
    *PARTS_COLUMNS,
)


def trend_rows(results: Mapping[str, Result]) -> pl.DataFrame:
    """All people together, week by week, oldest first; a person's week without capacity is not in it."""
    sums = _measured(results).group_by("week").agg(pl.len().cast(pl.Int64).alias("people"), pl.col(*PARTS).sum())
    return sums.sort("week").select(WEEK_KEY.alias("key"), "week", "people", *PARTS, *kept_share())


PEOPLE_COLUMNS = (
    column("name", "text", "Who"),
    column("weeks", "count", "Weeks", "Weeks with bookings or hours in which she could work"),
    *PARTS_COLUMNS,
    column("undecided", "minutes", "Undecided", "Not done, and nobody has said what happens with it"),
)


def people_rows(results: Mapping[str, Result]) -> pl.DataFrame:
    """Each person's thirteen weeks together, by name (G12)."""
    sums = _measured(results).group_by("person", "name").agg(
        pl.len().cast(pl.Int64).alias("weeks"), pl.col(*PARTS).sum()
    )  # fmt: skip
    slips = results["booked_registered.slipped"].rows.with_columns(person=pl.col("key").str.split("/").list.first())
    open_ = slips.group_by("person").agg(pl.col("undecided").sum())
    rows = sums.join(open_, on="person", how="left").with_columns(pl.col("undecided").fill_null(0))
    return rows.sort("name", "person").select(
        pl.col("person").alias("key"), "name", "weeks", *PARTS, *kept_share(), "undecided"
    )


TOTAL_COLUMNS = (
    column("people", "count", "People"),
    *PARTS_COLUMNS,
    column("undecided", "minutes", "Undecided"),
    column("bookings", "count", "Bookings not done"),
    column("open_bookings", "count", "Bookings without a decision"),
    column("away_weeks", "count", "Weeks without capacity"),
    column("away_booked", "minutes", "Booked in weeks without capacity"),
    column("away_logged", "minutes", "Logged in weeks without capacity"),
)


def total_rows(as_of: dt.date, results: Mapping[str, Result]) -> pl.DataFrame:
    """The thirteen weeks (`all`), the last one of them (`last`), and those before it (`older`).

    booked + away_booked is every planned booking, logged + away_logged every registered hour of the weeks (G8).
    """
    newest = complete_weeks(as_of, 1)[0]
    weeks, slips = results["booked_registered.weeks"].rows, results["booked_registered.slipped"].rows
    made = []
    week = pl.col("week")
    for key, chosen in (("all", pl.lit(True)), ("last", week == newest), ("older", week < newest)):
        rows = weeks.filter(chosen)
        there, away = rows.filter(pl.col("state") != "away"), rows.filter(pl.col("state") == "away")
        slipped = slips.filter(chosen)
        made.append(
            {
                "key": key,
                "people": there["name"].n_unique(),
                **{name: there[name].sum() for name in PARTS},
                "undecided": slipped["undecided"].sum(),
                "bookings": len(slipped),
                "open_bookings": (slipped["undecided"] > 0).sum(),
                "away_weeks": len(away),
                "away_booked": away["booked"].sum(),
                "away_logged": away["logged"].sum(),
            }
        )
    kinds = {"key": pl.String} | {one.name: pl.Int64 for one in TOTAL_COLUMNS if one.name != "adherence"}
    return pl.DataFrame(made, schema=kinds).with_columns(*kept_share())


def attention(results: Mapping[str, Result]) -> list[Attention]:
    """Booked work of the last complete week that nobody did or decided on, and next weeks without a plan."""
    found = []
    last = next(row for row in results["total"].rows.iter_rows(named=True) if row["key"] == "last")
    if last["open_bookings"]:
        found.append(
            Attention(
                report="booked_registered",
                severity=OF_KIND["slipped"],
                weight=last["undecided"] / 60,
                what=(
                    "%(hours)s that were booked in week %(week)s were not done, and nobody has decided what now.",
                    {"hours": Value("total", "last", "undecided"), "week": Week(results["trend"].rows["week"][-1])},
                ),
                so=("Move them to a week, book them again or drop them: write it at the booking.", {}),
                page=("booked_registered", None),
                audience="marketing",
            )
        )
    return found


RESULTS = (
    Metric("weeks", WEEK_COLUMNS, week_rows, by_person, BY_PERSON, prepare=with_away),
    Metric("months", MONTH_COLUMNS, month_rows, by_person, BY_PERSON, prepare=with_away),
    Metric("trend", TREND_COLUMNS, trend_rows),
    Metric("slipped", replan.SLIPPED_COLUMNS, replan.slipped_rows, replan.slips, replan.SLIPS),
    Metric("people", PEOPLE_COLUMNS, people_rows),
    Metric("total", TOTAL_COLUMNS, total_rows),
    Metric("unplanned", replan.UNPLANNED_COLUMNS, replan.unplanned_rows, replan.unplanned, replan.UNPLANNED),
    Metric("askers", replan.ASKER_COLUMNS, replan.asker_rows),
    Metric("displaced", replan.DISPLACED_COLUMNS, replan.displaced_rows, replan.displaced, replan.DISPLACED),
    Metric("fridays", fridays.FRIDAY_COLUMNS, fridays.friday_rows, fridays.plans, fridays.PLANS, None, fridays.asked),
    Metric("no_plan", fridays.NO_PLAN_COLUMNS, fridays.no_plan_rows, fridays.plans, fridays.PLANS, None, fridays.asked),
)
