"""Which weeks were planned by the Friday before them, and which were not (T20)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

import narwhals as nw
import polars as pl

from sitegen.metrics.attendance import without_capacity
from sitegen.metrics.figures import Undefined, frame, known, share
from sitegen.metrics.people import is_person
from sitegen.metrics.projects import name_of
from sitegen.periods import DAY, Calendar, week_of
from sitegen.reports.booked_registered.columns import column, first_week


def planned_weeks(as_of: dt.date) -> tuple[dt.date, ...]:
    """The Mondays of the weeks whose plans are looked at: the last thirteen complete ones to the next one."""
    this = week_of(as_of).start
    return tuple(first_week(as_of) + n * 7 * DAY for n in range((this - first_week(as_of)).days // 7 + 2))


def friday_before(monday: dt.date) -> dt.date:
    """The day by which a week is to be planned."""
    return monday - 3 * DAY


def plans(booked: nw.LazyFrame, as_of: dt.date) -> nw.LazyFrame:
    """What each person planned for a week, what was added later left out, and the day on which she planned it."""
    weeks = planned_weeks(as_of)
    rows = booked.filter(nw.col("week") >= nw.lit(weeks[0]), nw.col("week") <= nw.lit(weeks[-1]))
    rows = rows.filter(nw.col("added").is_null())
    return rows.group_by("person", "week").agg(nw.col("minutes").sum(), nw.col("planned").max())


PLANS = {"person": pl.String, "week": pl.Date, "minutes": pl.Int64, "planned": pl.Date}
STATES = {"none": "No plan", "late": "Planned late", "unsaid": "No day of planning written"}


Asked = Sequence[tuple[dt.date, str, str, int, dt.date | None]]
"""(week, person, state, minutes planned, day of planning)."""


def asked(
    found: pl.DataFrame, contracts: pl.DataFrame, absent: pl.DataFrame, as_of: dt.date, calendar: Calendar | None,
    organisation: Any,
) -> Asked:  # fmt: skip
    """Each person who should have a plan for a week, and the one there is.

    Those are the people of the reporting department, and whoever has planned any of these weeks, where they could work
    in the week. A week before the first plan of all is not asked for: planning had not begun.
    """
    held = {(person, week): (minutes, day) for person, week, minutes, day in found.iter_rows() if is_person(person)}
    if not held:
        return []
    begun = min(week for _, week in held)
    reporting = getattr(organisation, "reporting_department", None)
    own = contracts.filter(pl.col("department") == reporting) if reporting else contracts.clear()
    planners = {person for person, _ in held} | {person for person in own["person"] if is_person(person)}
    pairs = [(person, week) for week in planned_weeks(as_of) if week >= begun for person in sorted(planners)]
    gone = without_capacity(contracts, absent, calendar or Calendar(), pairs)
    fridays = {week: friday_before(week) for week in planned_weeks(as_of)}
    rows = []
    for person, week in pairs:
        if (person, week) in gone:
            continue
        minutes, day = held.get((person, week), (0, None))
        state = "planned"
        if not minutes:
            state = "none"
        elif day is None:
            state = "unsaid"
        elif day > fridays[week]:
            state = "late"
        rows.append((week, person, state, minutes, day))
    return rows


FRIDAY_COLUMNS = (
    column("week", "day", "Week"),
    column("friday", "day", "Friday before"),
    column("people", "count", "People", "Who could work in the week"),
    column("in_time", "share", "Planned in time", "With a booking, and planned by the Friday before"),
    column("late", "count", "Planned late"),
    column("unsaid", "count", "Day not written"),
    column("none", "count", "No plan"),
    column("due", "text", "Friday has passed", words={"yes": "Yes", "no": "No"}),
)


def friday_rows(found: Asked, as_of: dt.date) -> pl.DataFrame:
    """Each week from the last thirteen complete ones to the next one: how many planned it by its Friday (T20)."""
    counts: dict[dt.date, dict[str, int]] = {}
    for week, _, state, _, _ in found:
        of_week = counts.setdefault(week, dict.fromkeys(("planned", *STATES), 0))
        of_week[state] += 1
    return frame(
        FRIDAY_COLUMNS,
        (
            {
                "key": str(week_of(week)),
                "week": week,
                "friday": friday_before(week),
                "people": sum(of_week.values()),
                **share("in_time", of_week["planned"], sum(of_week.values()), "no-cases"),
                **{state: of_week[state] for state in STATES},
                "due": "yes" if friday_before(week) <= as_of else "no",
            }
            for week, of_week in sorted(counts.items(), reverse=True)
        ),
    )


NO_PLAN_COLUMNS = (
    column("name", "text", "Who"),
    column("week", "day", "Week"),
    column("state", "text", "Plan", words=STATES),
    column("planned", "day", "Planned on"),
    column("booked", "minutes", "Booked"),
    column("due", "text", "Friday has passed", words={"yes": "Yes", "no": "No"}),
)


def no_plan_rows(found: Asked, as_of: dt.date, records: Any) -> pl.DataFrame:
    """The persons' weeks that were not planned by their Friday, newest first; the next week while there is still time
    too, where nothing is booked.
    """
    rows = []
    for week, person, state, minutes, day in found:
        if state == "planned":
            continue
        due = friday_before(week) <= as_of
        if not due and state != "none":
            continue
        rows.append(
            {
                "key": f"{person}/{week_of(week)}",
                "name": name_of(records, person),
                "week": week,
                "state": state,
                "planned": Undefined("unknown-part") if state == "unsaid" else known(day, "not-reached"),
                "booked": minutes,
                "due": "yes" if due else "no",
            }
        )
    return frame(NO_PLAN_COLUMNS, sorted(rows, key=lambda row: (-row["week"].toordinal(), row["key"])))
