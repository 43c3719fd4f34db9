"""Booked and registered: its edges, a plain count over the YAML, and every minute in one place for any company."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from fractions import Fraction
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import polars as pl
import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from sitegen import records
from sitegen.audience import restrict
from sitegen.metrics.adherence import first_month_week
from sitegen.periods import FAR, Calendar, parse
from sitegen.report import Context
from sitegen.reports.booked_registered.columns import NOT_NAMED
from sitegen.reports.booked_registered.metric import RESULTS, attention
from sitegen.results import Result
from sitegen.tables import Tables
from sitegen.tables.spans import BEGINNING, schema
from sitegen.tables.time import ABSENT, BOOKED, CONTRACTS, DISPLACED, LOGGED

ROOT = Path(__file__).parents[2] / "records"
AS_OF = dt.date(2026, 6, 28)
"""A Sunday: its own week is complete."""
MONDAY = dt.date(2026, 6, 22)
WEEK = dt.timedelta(weeks=1)


def run(context: Context) -> dict[str, Result]:
    for metric in RESULTS:
        result = metric.run(context, "booked_registered")
        assert result.check() == [], metric.name
        context.results[f"booked_registered.{metric.name}"] = result
    return {name.partition(".")[2]: result for name, result in context.results.items()}


def table(columns: Any, rows: list[dict[str, Any]]) -> pl.DataFrame:
    return pl.DataFrame([{name: row.get(name) for name in columns} for row in rows], schema=schema(columns))


def results_of(as_of: dt.date = AS_OF, organisation: Any = None, **given: list[dict[str, Any]]) -> dict[str, Result]:
    """The report of a small company: people ana and bo, 37 h on five days."""
    contract = {"since": BEGINNING, "until": FAR, "weekly_minutes": 2220, "employed": True}
    given.setdefault("contracts", [{"person": person, **contract} for person in ("ana", "bo")])
    tables = dict(Tables(records.read(Path("/nowhere")).records))
    kinds = {"booked": BOOKED, "logged": LOGGED, "absent": ABSENT, "contracts": CONTRACTS, "displaced": DISPLACED}
    tables |= {name: table(kinds[name], rows) for name, rows in given.items()}
    people = SimpleNamespace(people={}, projects={})
    return run(Context(tables, as_of, organisation, people, Calendar()))


def booked(minutes: int, person: str = "ana", week: dt.date = MONDAY, **more: Any) -> dict[str, Any]:
    return {"person": person, "project": "seo", "week": week, "minutes": minutes, **more}


def logged(minutes: int, person: str = "ana", day: dt.date = MONDAY, **more: Any) -> dict[str, Any]:
    week = day - dt.timedelta(days=day.weekday())
    return {"person": person, "project": "seo", "week": week, "day": day, "minutes": minutes, **more}


def row(result: Result, key: str) -> dict[str, Any]:
    return next(one for one in result.rows.iter_rows(named=True) if one["key"] == key)


# --- edges


def test_nothing_booked_and_nothing_logged_is_no_row_and_no_percentage():
    """T21: 0 ÷ 0 is undefined, never 0 % and never 100 %."""
    found = results_of()
    assert len(found["weeks"].rows) == len(found["trend"].rows) == len(found["no_plan"].rows) == 0
    assert row(found["total"], "all")["adherence"] is None
    assert row(found["total"], "all")["adherence_why"] == "no-cases"
    assert attention({name: found[name] for name in found}) == []


def test_a_week_counts_from_its_sunday_on():
    """F4: on Saturday 27 June week 26 is not over, on Sunday it is."""
    assert len(results_of(dt.date(2026, 6, 27), booked=[booked(60)])["weeks"].rows) == 0
    assert len(results_of(dt.date(2026, 6, 28), booked=[booked(60)])["weeks"].rows) == 1


def test_a_week_belongs_to_the_month_of_its_thursday_also_over_the_new_year():
    """F4: week 53 of 2026 (28 December–3 January) has its Thursday on 31 December; week 1 of 2026 began on 29 December
    2025 and has it on 1 January.
    """
    last = dt.date(2026, 12, 28)
    found = results_of(dt.date(2027, 1, 3), booked=[booked(60, week=last), booked(30, week=dt.date(2026, 1, 26))])
    assert found["weeks"].rows["key"].to_list() == ["ana/2026-W53"]
    assert found["months"].rows["key"].to_list() == ["2026-12", "2026-01"]
    assert first_month_week(dt.date(2027, 1, 3)) == dt.date(2025, 12, 29)


def test_two_bookings_of_one_task_with_one_decision_leave_the_rest_undecided():
    """T21: 2 h decided and 4 h not, 1 h done: 5 h not done, of which 2 h are decided: 3 h undecided."""
    bookings = [booked(120, decision="dropped", why="x"), booked(240)]
    found = row(results_of(booked=bookings, logged=[logged(60)])["slipped"], "ana/2026-W26/seo")
    assert (found["slipped"], found["undecided"], found["decision"], found["next"]) == (300, 180, "dropped", "decide")
    assert (found["to_week"], found["to_week_why"]) == (None, "not-relevant")


def test_work_that_was_moved_and_not_booked_in_its_new_week_is_still_to_do():
    """F4, T21: the later week counts it when it books it; with an hour booked there it is done with."""
    moved = booked(60, decision="moved", to_week=MONDAY + WEEK)
    found = results_of(booked=[moved])["slipped"].rows
    assert found.select("next", "again", "undecided").rows() == [("book", 0, 0)]
    again = results_of(booked=[moved, booked(60, week=MONDAY + WEEK)])["slipped"].rows
    assert again.select("next", "again").rows() == [("done", 60)]
    other = results_of(booked=[moved, booked(60, person="bo", week=MONDAY + WEEK)])["slipped"].rows
    assert other["next"].to_list() == ["book"]


def test_a_week_without_capacity_is_listed_and_nothing_of_it_slipped():
    """F4, F5: Ana was away all week with 5 h booked and logged 1 h; Bo did 3 of 4 h. Plan kept 3 ÷ 4, not 4 ÷ 9."""
    days = [MONDAY + dt.timedelta(days=n) for n in range(5)]
    found = results_of(
        booked=[booked(300), booked(240, person="bo")],
        logged=[logged(60), logged(180, person="bo")],
        absent=[{"person": "ana", "day": day} for day in days],
    )
    week = row(found["weeks"], "ana/2026-W26")
    assert (week["state"], week["slipped"], week["slipped_why"], week["kept"]) == ("away", None, "not-relevant", 60)
    total = row(found["total"], "all")
    assert (total["booked"], total["kept"], total["adherence"]) == (240, 180, 0.75)
    assert (total["away_weeks"], total["away_booked"], total["away_logged"]) == (1, 300, 60)
    assert found["slipped"].rows["key"].to_list() == ["bo/2026-W26/seo"]


def test_unplanned_hours_are_told_by_who_asked_and_apart_where_the_week_had_no_plan():
    """T6: Ana's week had a plan: 2 h for sales and 1 h for nobody named; Bo had none, so his 4 h are of no plan."""
    entries = [
        logged(120, project="help", asked_by="sales"),
        logged(60, project="admin"),
        logged(240, person="bo", project="admin"),
    ]
    found = results_of(booked=[booked(60)], logged=entries)
    askers = found["askers"].rows.select("key", "minutes").rows()
    assert askers == [("sales", 120), ("-no-plan", 240), ("-", 60)]
    assert row(found["askers"], "sales")["share"] == 120 / 420


def test_what_was_displaced_shows_its_new_week_and_undecided_where_none_is_written():
    """T6: seo had to wait for sales; 2 of its 2 h slipped. Moved to week 27, or nothing decided."""
    wait = {"person": "ana", "week": MONDAY, "day": MONDAY, "project": "help", "asked_by": "sales", "minutes": 120}
    entries = [logged(120, project="help", asked_by="sales")]
    moved = results_of(
        booked=[booked(120, decision="moved", to_week=MONDAY + WEEK)],
        logged=entries,
        displaced=[wait | {"waiting": "seo"}],
    )["displaced"].rows.row(0, named=True)
    assert (moved["slipped"], moved["to_week"], moved["decision"]) == (120, MONDAY + WEEK, "moved")
    said = results_of(booked=[booked(120)], logged=entries, displaced=[wait | {"waiting": "seo"}])
    said = said["displaced"].rows.row(0, named=True)
    assert (said["to_week"], said["to_week_why"], said["decision"]) == (None, "undecided", "undecided")
    none = results_of(booked=[], logged=entries, displaced=[wait | {"waiting": "fair"}])["displaced"].rows
    assert none.select("booked", "slipped", "decision").rows() == [(0, 0, "unbooked")]


@pytest.mark.parametrize(
    ("planned", "state"),
    [(dt.date(2026, 6, 19), None), (dt.date(2026, 6, 12), None), (dt.date(2026, 6, 20), "late"), (None, "unsaid")],
)
def test_a_week_is_planned_in_time_when_it_was_planned_by_the_friday_before(planned: dt.date | None, state: str | None):
    """T20: week 26 begins on Monday 22 June, its Friday is 19 June."""
    found = results_of(booked=[booked(60, planned=planned)])["no_plan"].rows
    assert found.filter(pl.col("key") == "ana/2026-W26")["state"].to_list() == ([state] if state else [])


def test_a_week_with_nothing_but_later_additions_was_not_planned():
    """T20: `added` is no part of the plan. The week before had one, so planning had begun."""
    bookings = [
        booked(60, week=MONDAY - WEEK, planned=dt.date(2026, 6, 12)),
        booked(60, planned=dt.date(2026, 6, 19), added=MONDAY),
    ]
    found = results_of(booked=bookings)
    assert row(found["no_plan"], "ana/2026-W26")["state"] == "none"
    assert row(found["fridays"], "2026-W26")["in_time"] == 0.0
    assert "ana/2026-W24" not in found["no_plan"].rows["key"].to_list()


def test_people_of_the_reporting_department_are_asked_for_a_plan_and_others_only_once_they_plan():
    """T20: Bo of marketing never planned, Cy of sales neither: Bo is listed; the next week is not due before Friday."""
    contract = {"since": BEGINNING, "until": FAR, "weekly_minutes": 2220, "employed": True}
    people = [("ana", "marketing"), ("bo", "marketing"), ("cy", "sales")]
    found = results_of(
        dt.date(2026, 7, 2),
        SimpleNamespace(reporting_department="marketing", departments={}),
        contracts=[{"person": person, "department": department, **contract} for person, department in people],
        booked=[booked(60, week=MONDAY + WEEK, planned=dt.date(2026, 6, 26))],
    )["no_plan"].rows
    assert found.select("key", "due").rows() == [
        ("ana/2026-W28", "no"),
        ("bo/2026-W28", "no"),
        ("bo/2026-W27", "yes"),
    ]


def test_hours_that_stand_for_a_department_are_left_out_and_counted():
    """T21: what the people of Sales booked and logged cannot be told apart, so it is no person's week (G7)."""
    found = results_of(booked=[booked(60), booked(60, person="dept:sales")], logged=[logged(60, person="dept:sales")])
    assert found["weeks"].rows["key"].to_list() == ["ana/2026-W26"]
    assert found["weeks"].left_out == {NOT_NAMED: 1}


# --- every minute in one place, for any company

DAYS = st.integers(0, 20).map(lambda n: AS_OF - dt.timedelta(days=n))
PLACES = st.tuples(st.sampled_from(["ana", "bo"]), st.sampled_from(["seo", "fair"]), st.sampled_from(["a", "b", None]))
PLANNED = st.tuples(PLACES, DAYS, st.integers(1, 900), st.booleans(), st.sampled_from([None, None, "moved", "dropped"]))
DONE = st.tuples(PLACES, DAYS, st.integers(1, 900), st.sampled_from([None, "sales"]))
AWAY = st.tuples(st.sampled_from(["ana", "bo"]), DAYS, st.sampled_from([None, 60, 444]))


@settings(deadline=None, max_examples=40)
@given(st.lists(PLANNED, max_size=12), st.lists(DONE, max_size=12), st.lists(AWAY, max_size=12))
def test_for_any_company_kept_and_slipped_are_booked_and_kept_over_and_unplanned_are_logged(
    plans: list[Any], done: list[Any], away: list[Any]
) -> None:
    """F4: in every week, month, person and total; with weeks without capacity all bookings and hours are there; the
    list of what slipped sums to slipped, the list of who asked to unplanned.
    """
    bookings = [
        booked(minutes, person, day - dt.timedelta(days=day.weekday()), project=project, task=task, decision=decision,
               added=day if later else None)
        for (person, project, task), day, minutes, later, decision in plans
    ]  # fmt: skip
    entries = [
        logged(minutes, person, day, project=project, task=task, asked_by=asked)
        for (person, project, task), day, minutes, asked in done
    ]
    gone = [{"person": person, "day": day, "minutes": minutes} for person, day, minutes in away]
    found = results_of(booked=bookings, logged=entries, absent=gone)
    for name in ("weeks", "trend", "months", "people", "total"):
        for one in found[name].rows.iter_rows(named=True):
            assert one["kept"] + one["over"] + one["unplanned"] == one["logged"], name
            if one["slipped"] is not None:
                assert one["kept"] + one["slipped"] == one["booked"], name
                assert min(one["kept"], one["slipped"], one["over"], one["unplanned"]) >= 0
    total = row(found["total"], "all")
    assert total["booked"] + total["away_booked"] == sum(one["minutes"] for one in bookings if not one["added"])
    assert total["logged"] + total["away_logged"] == sum(one["minutes"] for one in entries)
    assert found["slipped"].rows["slipped"].sum() == total["slipped"]
    assert found["unplanned"].rows["minutes"].sum() == found["askers"].rows["minutes"].sum() == total["unplanned"]
    for name in ("unplanned", "askers"):
        parts = found[name].rows.select("share", "share_k", "share_n").iter_rows()
        assert all(share == k / n for share, k, n in parts)  # never the product with a rounded inverse
    assert found["people"].rows["undecided"].sum() == total["undecided"] <= total["slipped"]


# --- the company, counted again from the YAML


def _minutes(hours: Any) -> int:
    if isinstance(hours, str):
        whole, _, rest = hours.partition("h")
        return int(whole) * 60 + int(rest.rstrip("m") or 0)
    return int(Fraction(str(hours)) * 60 + Fraction(1, 2))


def _split(plan: dict[Any, int], done: dict[Any, int]) -> tuple[int, int]:
    """(kept, unplanned) of a person's week on a project, minutes by task."""
    kept = sum(min(minutes, done.get(task, 0)) for task, minutes in plan.items() if task is not None)
    beyond = sum(max(0, minutes - plan.get(task, 0)) for task, minutes in done.items() if task is not None)
    kept += min(plan.get(None, 0), beyond + done.get(None, 0))
    free = sum(minutes for task, minutes in done.items() if not plan.get(task, 0))
    return kept, 0 if plan.get(None) else free


@pytest.fixture(scope="module")
def company() -> dict[str, Result]:
    found = records.read(ROOT).records
    calendar = Calendar.of(found.organisation)
    return run(Context(Tables(found), found.organisation.as_of, found.organisation, found, calendar))


def test_the_company_is_what_a_plain_count_over_its_week_files_gives(company: dict[str, Result]) -> None:
    """F4, T6, T21: week by week of every person over thirteen weeks, and unplanned hours by who asked."""
    expected: dict[str, tuple[int, int, int, int]] = {}
    askers: dict[str, int] = defaultdict(int)
    for path in sorted((ROOT / "time/weeks").glob("*/*.yml")):
        monday = parse(path.stem).start
        if not dt.date(2026, 3, 30) <= monday <= MONDAY:
            continue
        week = yaml.load(path.read_text("utf-8"), yaml.CSafeLoader)
        plan: dict[str, dict[Any, int]] = defaultdict(lambda: defaultdict(int))
        done: dict[str, dict[Any, int]] = defaultdict(lambda: defaultdict(int))
        for one in week.get("booked") or ():
            if "added" not in one:
                plan[one["project"]][one.get("task")] += _minutes(one["hours"])
        for one in week.get("logged") or ():
            done[one["project"]][one.get("task")] += _minutes(one["hours"])
            of_project = plan[one["project"]]
            if not of_project.get(None) and not of_project.get(one.get("task")):
                askers[one.get("asked_by", "-" if any(map(len, plan.values())) else "-no-plan")] += _minutes(
                    one["hours"]
                )
        parts = [_split(plan[project], done[project]) for project in {*plan, *done}]
        sums = [sum(minutes for tasks in side.values() for minutes in tasks.values()) for side in (plan, done)]
        if any(sums):
            key = f"{path.parent.name}/{path.stem}"
            expected[key] = (*sums, sum(kept for kept, _ in parts), sum(free for _, free in parts))
    weeks = company["weeks"].rows
    assert len(expected) > 150
    found = {key: values for key, *values in weeks.select("key", "booked", "logged", "kept", "unplanned").iter_rows()}
    assert {key: tuple(values) for key, values in found.items()} == expected
    assert set(weeks["state"]) == {"worked"}, "no week without capacity: every one of them counts"
    assert dict(company["askers"].rows.select("key", "minutes").iter_rows()) == askers


def test_marketing_sees_its_own_people_and_counts_the_weeks_of_the_others(company: dict[str, Result]) -> None:
    """T21: the same figures for the five people of marketing, week by week; nobody else by name."""
    found = restrict(records.read(ROOT).records, "marketing")
    calendar = Calendar.of(found.organisation)
    seen = run(Context(Tables(found), found.organisation.as_of, found.organisation, found, calendar, "marketing"))
    mine = {key: values for key, *values in seen["weeks"].rows.iter_rows()}
    everyone = {key: values for key, *values in company["weeks"].rows.iter_rows()}
    assert mine and all(everyone[key] == values for key, values in mine.items())
    assert {key.partition("/")[0] for key in mine} == {"anna", "emil", "ida", "mette", "sofie"}
    assert seen["weeks"].left_out[NOT_NAMED] > 0
    assert all(column.audience == "marketing" for result in seen.values() for column in result.columns)


def test_sales_asked_for_the_most_and_peter_worked_four_weeks_without_a_plan(company: dict[str, Result]) -> None:
    """T6, T20: the story of the developer whose weeks 19–21 and 23 had no booking; home is told what waits."""
    assert company["askers"].rows["key"][0] == "sales"
    late = company["no_plan"].rows.filter(pl.col("key").str.starts_with("peter/"))["key"].to_list()
    assert late == [f"peter/2026-W{week}" for week in (23, 21, 20, 19)]
    told = attention(company)
    assert [item.what[1]["hours"].row for item in told] == ["last"]
