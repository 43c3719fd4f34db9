"""What was booked and not done, with the decision on it (T21); who asked for what was unplanned, and what had to wait
for it (T6).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

import narwhals as nw
import polars as pl

from sitegen.metrics.adherence import WEEK, bookings, unplanned_entries
from sitegen.metrics.figures import divided, unless
from sitegen.metrics.hours import complete_weeks
from sitegen.metrics.people import department_name
from sitegen.metrics.projects import name_of
from sitegen.reports.booked_registered.columns import WEEK_KEY, called, column, first_week, of_people
from sitegen.results import Result

NOBODY = "-"
"""Stands for the department that asked where nobody wrote one."""
NO_PLAN = "-no-plan"
"""Stands for it where the person's whole week was not planned, so that all of it is unplanned."""
DECISIONS = {
    "moved": "Moved",
    "rebooked": "Booked again",
    "dropped": "Dropped",
    "several": "Several decisions",
    "undecided": "Undecided",
}
NEXT = {
    "decide": "Decide",
    "book": "Book it in the new week",
    "done": "Decided",
}


def _shown(rows: nw.LazyFrame, as_of: dt.date) -> nw.LazyFrame:
    """The rows of the last thirteen complete weeks."""
    last = complete_weeks(as_of, 1)[0]
    return rows.filter(nw.col("week") >= nw.lit(first_week(as_of)), nw.col("week") <= nw.lit(last))


def _measured(rows: pl.DataFrame, results: Mapping[str, Result]) -> pl.DataFrame:
    """The rows without those of the weeks in which the person could work nothing."""
    weeks = results["booked_registered.weeks"].rows
    away = weeks.filter(pl.col("state") == "away")["key"].implode()
    return rows.filter(~pl.concat_str("person", WEEK_KEY, separator="/").is_in(away))


def _decisions(booked: nw.LazyFrame, *keys: str) -> nw.LazyFrame:
    """What was decided on the bookings of the plan that have the same `keys`; `decided` are the minutes of those."""
    planned = booked.filter(nw.col("added").is_null(), ~nw.col("decision").is_null())
    return planned.group_by(*keys).agg(
        decided=nw.col("minutes").sum(),
        one=nw.col("decision").min(),
        other=nw.col("decision").max(),
        to_week=nw.col("to_week").max(),
        why=nw.col("why").max(),
    )


DECIDED = {"decided": pl.Int64, "one": pl.String, "other": pl.String, "to_week": pl.Date}


def _decision() -> pl.Expr:
    """What was decided, from the columns of DECIDED."""
    return (
        pl.when(pl.col("decided") == 0)
        .then(pl.lit("undecided"))
        .when(pl.col("one") != pl.col("other"))
        .then(pl.lit("several"))
        .otherwise("one")
    )


def _with_task(rows: nw.LazyFrame) -> nw.LazyFrame:
    """The rows with `task` as text that a join can compare: empty where the project is meant as a whole."""
    return rows.with_columns(task=nw.coalesce(nw.col("task"), nw.lit("", nw.String)))


def slips(by_week: nw.LazyFrame, booked: nw.LazyFrame, as_of: dt.date) -> nw.LazyFrame:
    """The bookings of the last thirteen complete weeks that were not wholly kept: the columns of SLIPS.

    Several bookings of one person, week and task are one. `again` are the minutes she has booked for the project in
    the week it was moved to, planned or added (F4: the later week counts it when it books it).
    """
    nothing = nw.lit(0, nw.Int64)
    found = bookings(_shown(by_week, as_of))
    found = _with_task(found.filter(nw.col("kept") < nw.col("booked")))
    said = _decisions(_with_task(_shown(booked, as_of)), *WEEK, "task")
    found = found.join(said, on=[*WEEK, "task"], how="left")
    moved = found.select("person", "project", week=nw.col("to_week")).unique()
    again = booked.join(moved, on=list(WEEK), how="semi").group_by(*WEEK).agg(again=nw.col("minutes").sum())
    again = again.select("person", "project", "again", to_week=nw.col("week"))
    found = found.join(again, on=["person", "project", "to_week"], how="left")
    return found.with_columns(
        decided=nw.coalesce(nw.col("decided"), nothing), again=nw.coalesce(nw.col("again"), nothing)
    )


SLIPS = {
    "person": pl.String,
    "project": pl.String,
    "week": pl.Date,
    "task": pl.String,
    "booked": pl.Int64,
    "kept": pl.Int64,
    **DECIDED,
    "why": pl.String,
    "again": pl.Int64,
}
SLIPPED_COLUMNS = (
    column("name", "text", "Who"),
    column("project", "text", "Project"),
    column("task", "text", "Task"),
    column("week", "day", "Week"),
    column("booked", "minutes", "Booked"),
    column("kept", "minutes", "As booked"),
    column("slipped", "minutes", "Not done"),
    column("decision", "text", "Decision", words=DECISIONS),
    column("to_week", "day", "New week", "The Monday of the week it was moved to"),
    column("again", "minutes", "Booked in the new week", "By the same person on the same project"),
    column("why", "text", "Reason"),
    column("undecided", "minutes", "Undecided", "Not done − the hours of the bookings with a decision"),
    column("next", "text", "What is missing", words=NEXT),
)


def slipped_rows(
    found: pl.DataFrame, projects: pl.DataFrame, tasks: pl.DataFrame, records: Any, results: Mapping[str, Result]
) -> tuple[pl.DataFrame, dict[str, int]]:
    """Every booking that was not kept, newest week first, with what was decided and whether that was booked (T21).

    A booking in a week without capacity has not slipped, and is not here.
    """
    rows, left_out = of_people(found)
    rows = _measured(rows, results)
    rows = rows.with_columns(slipped=pl.col("booked") - pl.col("kept"))
    rows = rows.with_columns(
        undecided=pl.max_horizontal(pl.lit(0), pl.col("slipped") - pl.col("decided")),
        decision=_decision(),
    )
    lost = pl.col("to_week").is_not_null() & (pl.col("again") == 0)
    next_ = (
        pl.when(pl.col("undecided") > 0)
        .then(pl.lit("decide"))
        .when(lost)
        .then(pl.lit("book"))
        .otherwise(pl.lit("done"))
    )
    no_week = _no_week()
    names = {f"{project}/{task}": name for project, task, name in tasks.select("project", "task", "name").iter_rows()}
    rows = rows.sort("week", "person", "slipped", "project", "task", descending=[True, False, True, False, False])
    whole = pl.col("task") == ""
    made = rows.select(
        pl.concat_str(
            "person", WEEK_KEY, "project", pl.when(~whole).then("task"), separator="/", ignore_nulls=True
        ).alias("key"),
        called("person", {person: name_of(records, person) for person in rows["person"].unique()}).alias("name"),
        called("project", dict(projects.select("project", "name").iter_rows())),
        pl.when(~whole).then(_task_name(names)).alias("task"),
        "week",
        "booked",
        "kept",
        "slipped",
        "decision",
        *unless(no_week, "to_week", pl.col("to_week")),
        *unless(no_week, "again", pl.col("again")),
        "why",
        "undecided",
        next_.alias("next"),
    )
    return made, left_out


def _no_week() -> pl.Expr:
    """Why there is no new week: nothing is decided, or it was decided without one."""
    undecided = pl.when(pl.col("decision") == "undecided").then(pl.lit("undecided"))
    return undecided.when(pl.col("to_week").is_null()).then(pl.lit("not-relevant"))


def _task_name(names: Mapping[str, str]) -> pl.Expr:
    """The name of a task, from `project/task`; its id where it has none."""
    place = pl.concat_str("project", "task", separator="/")
    return place.replace_strict(list(names), list(names.values()), default=pl.col("task"), return_dtype=pl.String)


def unplanned(by_week: nw.LazyFrame, logged: nw.LazyFrame, as_of: dt.date) -> nw.LazyFrame:
    """Unplanned minutes of the last thirteen complete weeks by person, week, project and who asked."""
    rows = unplanned_entries(_shown(by_week, as_of), _shown(logged, as_of), as_of)
    return rows.group_by("person", "week", "project", "asked_by").agg(nw.col("minutes").sum())


UNPLANNED = {"person": pl.String, "week": pl.Date, "project": pl.String, "asked_by": pl.String, "minutes": pl.Int64}
WHO_ASKED = {NOBODY: "Nobody is named", NO_PLAN: "The week had no plan"}
UNPLANNED_COLUMNS = (
    column("asked_by", "text", "Asked by", words=WHO_ASKED),
    column("project", "text", "Project"),
    column("minutes", "minutes", "Unplanned"),
    column("share", "share", "Share", "Of all unplanned hours"),
    column("people", "count", "People"),
    column("weeks", "count", "Weeks"),
)


def unplanned_rows(
    found: pl.DataFrame, projects: pl.DataFrame, organisation: Any, results: Mapping[str, Result]
) -> tuple[pl.DataFrame, dict[str, int]]:
    """Unplanned hours by who asked and project, most first (T6); a person's weeks without capacity are not in it.

    Where nobody is named, hours of a week that its person had not planned at all stand by themselves.
    """
    rows, left_out = of_people(found)
    rows = _measured(rows, results)
    unplanned_weeks = results["booked_registered.weeks"].rows.filter(pl.col("booked") == 0)["key"].implode()
    no_plan = pl.concat_str("person", WEEK_KEY, separator="/").is_in(unplanned_weeks)
    rows = rows.with_columns(
        asked_by=pl.when(pl.col("asked_by").is_not_null()).then("asked_by").when(no_plan).then(pl.lit(NO_PLAN))
        .otherwise(pl.lit(NOBODY))
    )  # fmt: skip
    sums = _asked(rows, "project", organisation)
    made = sums.with_columns(called("project", dict(projects.select("project", "name").iter_rows())))
    return made.select("key", "asked_by", "project", *_SHARED), left_out


_SHARED = ("minutes", "share", "share_k", "share_n", "people", "weeks")


def _asked(rows: pl.DataFrame, by: str, organisation: Any) -> pl.DataFrame:
    """Sums by who asked and one more column, most first."""
    sums = rows.group_by("asked_by", by).agg(
        pl.col("minutes").sum(),
        pl.col("person").n_unique().cast(pl.Int64).alias("people"),
        pl.col("week").n_unique().cast(pl.Int64).alias("weeks"),
    )
    ids = {id: department_name(organisation, id) for id in sums["asked_by"].unique() if id not in WHO_ASKED}
    sums = sums.sort("minutes", "asked_by", by, descending=[True, False, False]).with_columns(
        pl.concat_str("asked_by", by, separator="/").alias("key"), called("asked_by", ids)
    )
    return _with_share(sums)


def _with_share(sums: pl.DataFrame) -> pl.DataFrame:
    """Each row's share of all minutes. Divided by one number a column would be multiplied by its rounded inverse."""
    sums = sums.with_columns(share_k=pl.col("minutes"), share_n=pl.col("minutes").sum())
    return sums.with_columns(share=divided(sums["share_k"], sums["share_n"]).cast(pl.Float64))


ASKER_COLUMNS = (
    column("asked_by", "text", "Asked by", words=WHO_ASKED),
    column("minutes", "minutes", "Unplanned"),
    column("share", "share", "Share", "Of all unplanned hours"),
    column("projects", "count", "Projects"),
)


def asker_rows(results: Mapping[str, Result]) -> pl.DataFrame:
    """Unplanned hours by who asked; those without a name stand last (T6)."""
    rows = results["booked_registered.unplanned"].rows
    sums = rows.with_columns(key=pl.col("key").str.split("/").list.first()).group_by("key", "asked_by").agg(
        pl.col("minutes").sum(), pl.len().cast(pl.Int64).alias("projects")
    )  # fmt: skip
    nameless = pl.col("key").is_in(list(WHO_ASKED))
    return (
        _with_share(sums)
        .sort(nameless, pl.col("minutes"), "key", descending=[False, True, False])
        .select("key", "asked_by", "minutes", "share", "share_k", "share_n", "projects")
    )


def displaced(displaced: nw.LazyFrame, by_week: nw.LazyFrame, booked: nw.LazyFrame, as_of: dt.date) -> nw.LazyFrame:
    """What had to wait in the last thirteen complete weeks, for what and to when (T6): the columns of DISPLACED."""
    nothing = nw.lit(0, nw.Int64)
    rows = _shown(displaced, as_of).filter(nw.col("day") <= nw.lit(as_of))
    rows = rows.group_by(*WEEK, "asked_by", "waiting").agg(nw.col("minutes").sum())
    weeks = rows.select("person", "week").unique()  # few, so that all else need not be split for them
    here = _shown(booked, as_of).join(weeks, on=["person", "week"], how="semi")
    waited = bookings(_shown(by_week, as_of).join(weeks, on=["person", "week"], how="semi"))
    waited = waited.group_by(*WEEK).agg(nw.col("booked").sum(), nw.col("kept").sum())
    waited = waited.join(_decisions(here, *WEEK), on=list(WEEK), how="left").rename({"project": "waiting"})
    rows = rows.join(waited, on=["person", "waiting", "week"], how="left")
    return rows.with_columns(
        booked=nw.coalesce(nw.col("booked"), nothing),
        kept=nw.coalesce(nw.col("kept"), nothing),
        decided=nw.coalesce(nw.col("decided"), nothing),
    )


DISPLACED = {
    "person": pl.String,
    "week": pl.Date,
    "project": pl.String,
    "asked_by": pl.String,
    "waiting": pl.String,
    "minutes": pl.Int64,
    "booked": pl.Int64,
    "kept": pl.Int64,
    **DECIDED,
}
DISPLACED_COLUMNS = (
    column("waiting", "text", "Had to wait"),
    column("name", "text", "Who"),
    column("week", "day", "Week"),
    column("project", "text", "In favour of"),
    column("asked_by", "text", "Asked by", words=WHO_ASKED),
    column("minutes", "minutes", "Hours in between"),
    column("booked", "minutes", "Was booked"),
    column("slipped", "minutes", "Not done"),
    column("to_week", "day", "New week"),
    column(
        "decision", "text", "Decision", words=DECISIONS | {"kept": "Done all the same", "unbooked": "Was not booked"}
    ),
)


def displaced_rows(
    found: pl.DataFrame, projects: pl.DataFrame, organisation: Any, records: Any
) -> tuple[pl.DataFrame, dict[str, int]]:
    """Planned work that had to wait for unplanned, newest week first, with the week it was moved to."""
    rows, left_out = of_people(found)
    slipped = pl.col("booked") - pl.col("kept")
    rows = rows.with_columns(
        slipped=slipped,
        decision=pl.when(pl.col("booked") == 0).then(pl.lit("unbooked")).when(slipped == 0).then(pl.lit("kept"))
        .otherwise(_decision()),
    )  # fmt: skip
    no_week = _no_week()
    names = dict(projects.select("project", "name").iter_rows())
    asked = pl.col("asked_by").fill_null(NOBODY)
    order = ("week", "person", "waiting", "project", "asked_by")
    rows = rows.with_columns(asked).sort(order, descending=[True, False, False, False, False])
    ids = {id: department_name(organisation, id) for id in rows["asked_by"].unique() if id != NOBODY}
    made = rows.select(
        pl.concat_str("person", WEEK_KEY, "waiting", "project", "asked_by", separator="/").alias("key"),
        called("waiting", names),
        called("person", {person: name_of(records, person) for person in rows["person"].unique()}).alias("name"),
        "week",
        called("project", names),
        called("asked_by", ids),
        "minutes",
        "booked",
        "slipped",
        *unless(no_week, "to_week", pl.col("to_week")),
        "decision",
    )
    return made, left_out
