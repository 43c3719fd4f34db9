"""The monthly talk: months of whole weeks, the parts of F4 counted again from the YAML, and who has a page."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from functools import cache
from pathlib import Path
from typing import Any

import polars as pl
import pytest
import yaml

from sitegen import records
from sitegen.metrics.adherence import PARTS, RECENT_WEEKS
from sitegen.metrics.hours import complete_weeks
from sitegen.pages import drawing
from sitegen.periods import Calendar, parse, week_month
from sitegen.report import Context
from sitegen.reports.monthly_talk.metric import RESULTS
from sitegen.reports.monthly_talk.months import months, span
from sitegen.reports.person.metric import MOST_SLICES
from sitegen.reports.person.metric import RESULTS as PERSON
from sitegen.results import Result
from sitegen.tables import Tables
from tests.reports.test_time_use import minutes_of

ROOT = Path(__file__).parents[2] / "records"
AS_OF = dt.date(2026, 6, 30)


@cache
def company() -> dict[str, Result]:
    found = records.read(ROOT).records
    context = Context(Tables(found), AS_OF, found.organisation, found, Calendar.of(found.organisation))
    for slug, metrics in (("person", PERSON), ("monthly_talk", RESULTS)):
        for metric in metrics:
            result = metric.run(context, slug)
            assert result.check() == [], metric.name
            context.results[f"{slug}.{metric.name}"] = result
    return context.results


def rows(name: str) -> dict[str, dict[str, Any]]:
    return {row["key"]: row for row in company()[name].rows.iter_rows(named=True)}


def test_a_month_is_complete_when_the_sunday_of_its_last_week_is_over() -> None:
    """July 2026's last Thursday is the 30th; its week ends on Sunday 2 August. On Saturday the newest month is June."""
    assert str(list(months(dt.date(2026, 8, 1)))[-1]) == "2026-06"
    assert str(list(months(dt.date(2026, 8, 2)))[-1]) == "2026-07"


def test_a_month_before_it_is_over_by_its_weeks_is_complete() -> None:
    """June 2026's weeks are those of 4, 11, 18 and 25 June: on Tuesday 30 June the month is complete by its weeks."""
    found = months(AS_OF)
    assert [str(month) for month in found] == ["2026-04", "2026-05", "2026-06"]
    assert found[parse("2026-06")][-1] == dt.date(2026, 6, 22)


def test_week_53_belongs_to_december() -> None:
    """Thursday of 2026-W53 is 31 December: December 2026 has the five weeks W49 to W53."""
    weeks = months(dt.date(2027, 1, 3))[parse("2026-12")]
    assert [week.isocalendar()[1] for week in weeks] == [49, 50, 51, 52, 53]


@pytest.mark.parametrize("day", [dt.date(2026, 1, 1) + dt.timedelta(days=13 * step) for step in range(60)])
def test_the_months_follow_each_other_without_a_gap_on_any_day(day: dt.date) -> None:
    """Every week lies in the month of its Thursday, none is left out, and the last has ended."""
    found = months(day)
    weeks = [week for own in found.values() for week in own]
    assert weeks == [weeks[0] + dt.timedelta(weeks=place) for place in range(len(weeks))]
    assert all(week_month(week) == month for month, own in found.items() for week in own)
    assert weeks[-1] + dt.timedelta(days=6) <= day


@cache
def plain() -> tuple[dict[tuple[str, str, dt.date, Any], int], dict[tuple[str, str, dt.date, Any], list[Any]]]:
    """Minutes booked (the plan) and entries logged by person, project, Monday and task, read from the YAML."""
    booked: dict[Any, int] = defaultdict(int)
    logged: dict[Any, list[Any]] = defaultdict(list)
    for path in (ROOT / "time/weeks").glob("*/*.yml"):
        week = yaml.load(path.read_text("utf-8"), yaml.CSafeLoader) or {}
        monday = parse(path.stem).start
        for entry in week.get("booked") or ():
            if "added" not in entry:
                key = (path.parent.name, entry["project"], monday, entry.get("task"))
                booked[key] += minutes_of(str(entry["hours"]))
        for entry in week.get("logged") or ():
            if entry["date"] <= AS_OF:
                key = (path.parent.name, entry["project"], monday, entry.get("task"))
                logged[key].append((minutes_of(str(entry["hours"])), entry.get("asked_by")))
    return booked, logged


def test_plan_and_actual_of_every_person_and_month_are_those_of_a_plain_loop_t28() -> None:
    """T28, F4: kept and unplanned by task; a booking without task is met by the hours beyond the task bookings."""
    booked, logged = plain()
    wanted: dict[str, dict[str, int]] = defaultdict(lambda: dict.fromkeys(PARTS, 0))
    asked: dict[str, int] = defaultdict(int)
    for person, project, monday in {key[:3] for key in (*booked, *logged)}:
        month = week_month(monday)
        if str(month) not in ("2026-04", "2026-05", "2026-06"):
            continue
        own = (person, project, monday)
        tasks = {key[3] for key in (*booked, *logged) if key[:3] == own} - {None}
        whole, beyond = booked.get((*own, None), 0), sum(m for m, _ in logged.get((*own, None), ()))
        kept = 0
        for task in tasks:
            b, done = booked.get((*own, task), 0), sum(m for m, _ in logged.get((*own, task), ()))
            kept += min(b, done)
            beyond += done - min(b, done)
        kept += min(whole, beyond)
        sums = wanted[f"{person}-{month}"]
        sums["booked"] += whole + sum(booked.get((*own, task), 0) for task in tasks)
        sums["logged"] += sum(m for task in (*tasks, None) for m, _ in logged.get((*own, task), ()))
        sums["kept"] += kept
        for task in (*tasks, None):
            for minutes, asker in logged.get((*own, task), ()):
                if not whole and not booked.get((*own, task), 0):
                    sums["unplanned"] += minutes
                    asked[f"{person}-{month}/{asker or '-'}"] += minutes
    found = rows("monthly_talk.months")
    assert set(found) == {key for key, sums in wanted.items() if sums["booked"] or sums["logged"]}
    for key, row in found.items():
        assert {name: row[name] for name in ("booked", "logged", "kept", "unplanned")} == {
            name: wanted[key][name] for name in ("booked", "logged", "kept", "unplanned")
        }
        assert row["kept"] + row["over"] + row["unplanned"] == row["logged"]
    assert {key: row["minutes"] for key, row in rows("monthly_talk.asked").items()} == asked


def test_disturbances_add_up_to_the_unplanned_hours_of_the_month_t28() -> None:
    """T28: every unplanned hour has one source, a department or “not said” (G8)."""
    sums: dict[str, int] = defaultdict(int)
    for key, row in rows("monthly_talk.asked").items():
        sums[key.partition("/")[0]] += row["minutes"]
    for key, row in rows("monthly_talk.months").items():
        assert sums[key] == row["unplanned"]
    assert rows("monthly_talk.asked")["mette-2026-05/sales"]["minutes"] > 0


def test_what_slipped_is_the_sum_of_the_bookings_that_were_not_all_done() -> None:
    """Slipped of a month = Σ of its weeks with capacity = Σ of its bookings = Σ of its projects."""
    sums: dict[str, list[int]] = defaultdict(lambda: [0, 0])
    for place, name in enumerate(("slips", "projects")):
        for key, row in rows(f"monthly_talk.{name}").items():
            sums[key.partition("/")[0]][place] += row["slipped"]
    for key, row in rows("monthly_talk.months").items():
        assert sums[key] == [row["slipped"], row["slipped"]]


def test_nobody_below_management_has_a_page_about_a_named_persons_month() -> None:
    """The page holds absences with their reason and the plan of one person: management's (safety.md)."""
    from sitegen.reports.monthly_talk import REPORT

    assert REPORT.audience == "management"
    assert all(column.audience == "management" for metric in RESULTS for column in metric.columns)


def test_there_is_a_page_for_each_row_and_no_other() -> None:
    """The report's `each` names its own table; the pages are its rows."""
    from sitegen.pipeline import Run

    run = Run(ROOT, audience="management")
    run.__dict__["results"] = {"monthly_talk.months": company()["monthly_talk.months"]}
    assert run.ids("months") == tuple(company()["monthly_talk.months"].rows["key"])
    assert "mette-2026-06" in run.ids("months")


# --- the person's profile


def test_a_profile_of_more_than_seven_projects_has_six_parts_and_the_others_t35() -> None:
    """T35: with more than seven projects six are parts of the ring and the rest one part; all shares add up to 1."""
    parts: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for key, row in rows("person.projects").items():
        if row["minutes"]:
            parts[key.partition("/")[0]].append(row)
    others = rows("person.others")
    many = {person for person, own in parts.items() if len(own) > MOST_SLICES}
    assert many
    assert many == set(others)
    for person, own in parts.items():
        shown = [row for row in own if row["slice"]]
        assert len(shown) == (MOST_SLICES - 1 if person in many else len(own))
        rest = others[person]["share"] if person in many else 0
        assert sum(row["share"] for row in shown) + rest == pytest.approx(1)


def test_a_persons_weeks_by_project_add_up_to_the_profile_t27() -> None:
    """T27: the thirteen cells of each line of the grid are the project's hours; a week of absence has none."""
    sums: dict[str, int] = defaultdict(int)
    for key, row in rows("person.grid").items():
        sums[key.rpartition("/")[0]] += row["minutes"] or 0
    shown = company()["person.projects"].rows.filter(pl.col("slice") > 0)
    assert sums == dict(shown.select("key", "minutes").iter_rows())
    states = {row["state"] for row in rows("person.grid").values()}
    assert {"worked", "zero", "absent"} <= states


def test_a_rings_parts_follow_each_other_and_a_whole_ring_is_drawn_t35() -> None:
    """A quarter from the top ends at three o'clock; the next begins there. A single part of 100 % is not nothing."""
    first, none, second = drawing.donut([0.25, 0, 0.75], radius=10, hole=5)
    assert first.startswith("M0.00 -10.00A")
    assert "L5.00 0.00A" in first.replace("-0.00", "0.00")
    assert second.replace("-0.00", "0.00").startswith("M10.00 0.00A")
    assert none == ""
    (whole,) = drawing.donut([1], radius=10, hole=5)
    assert "0.00 10.00A" in whole.replace("-0.00", "0.00"), "by way of six o'clock"


def test_the_weeks_that_are_summed_for_all_hold_those_of_the_months() -> None:
    """On every day of six years, with its weeks 53: no week of the three months is before what `recent` sums."""
    for n in range(6 * 366):
        day = dt.date(2020, 1, 1) + dt.timedelta(days=n)
        first, last = span(day)
        summed = complete_weeks(day, RECENT_WEEKS)
        assert summed[0] <= first and last <= summed[-1], day
