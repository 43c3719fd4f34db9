"""The resource plan: its edges, and the company's coming weeks counted again from the YAML."""

from __future__ import annotations

import datetime as dt
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
from sitegen.periods import FAR, Calendar, parse
from sitegen.report import Context
from sitegen.reports.resource_plan.metric import NOT_PLANNED, RESULTS, attention
from sitegen.results import Result
from sitegen.tables import Tables
from sitegen.tables.projects import DEADLINES, PROJECT_SPANS, PROJECTS, TASK_DONE, TASKS
from sitegen.tables.spans import BEGINNING, schema
from sitegen.tables.time import ABSENT, BOOKED, CONTRACTS, LOGGED

ROOT = Path(__file__).parents[2] / "records"
AS_OF = dt.date(2026, 6, 30)
MONDAY = dt.date(2026, 6, 29)
KINDS = {
    "booked": BOOKED,
    "logged": LOGGED,
    "absent": ABSENT,
    "contracts": CONTRACTS,
    "projects": PROJECTS,
    "project_spans": PROJECT_SPANS,
    "deadlines": DEADLINES,
    "tasks": TASKS,
    "task_done": TASK_DONE,
}


def run(context: Context) -> dict[str, Result]:
    for metric in RESULTS:
        result = metric.run(context, "resource_plan").for_audience(context.audience)
        assert result.check() == [], metric.name
        context.results[f"resource_plan.{metric.name}"] = result
    return {name.partition(".")[2]: result for name, result in context.results.items()}


def results_of(as_of: dt.date = AS_OF, calendar: Calendar | None = None, **given: Any) -> dict[str, Result]:
    """The report of a small company: Ana, 37 h on five days, owner of nothing."""
    given.setdefault("contracts", [contract("ana")])
    people = given.pop("people", {})
    tables = dict(Tables(records.read(Path("/nowhere")).records))
    for name, rows in given.items():
        columns = KINDS[name]
        whole = [{column: row.get(column) for column in columns} for row in rows]
        tables[name] = pl.DataFrame(whole, schema=schema(columns))
    cards = SimpleNamespace(people=people, projects={})
    return run(Context(tables, as_of, None, cards, calendar or Calendar()))


def contract(person: str, **more: Any) -> dict[str, Any]:
    return {
        "person": person, "since": BEGINNING, "until": FAR, "weekly_minutes": 2220, "employed": True, **more,
    }  # fmt: skip


def booked(minutes: int, person: str = "ana", week: dt.date = MONDAY, **more: Any) -> dict[str, Any]:
    return {"person": person, "project": "seo", "week": week, "minutes": minutes, **more}


def row(result: Result, key: str) -> dict[str, Any]:
    return next(one for one in result.rows.iter_rows(named=True) if one["key"] == key)


# --- edges


def test_nobody_employed_is_no_row_and_no_load():
    """F5: 0 ÷ 0 is undefined, and the sums say why."""
    found = results_of(contracts=[])
    assert len(found["weeks"].rows) == len(found["trend"].rows) == 0
    assert row(found["total"], "all")["load_why"] == "not-relevant"
    assert attention(found) == []


def test_without_capacity_the_load_is_undefined_and_what_is_booked_is_flagged():
    """F5: away all week with 4 h booked: 0 h can be worked, 4 h too much, no load; away with nothing booked is no
    matter. Home is told of the first.
    """
    days = [MONDAY + dt.timedelta(days=n) for n in range(5)]
    gone = [{"person": "ana", "day": day} for day in days]
    found = results_of(absent=gone, booked=[booked(240)])
    week = row(found["weeks"], "ana/2026-W27")
    assert (week["capacity"], week["over"], week["load"], week["state"]) == (0, 240, None, "booked-away")
    assert week["load_why"] == "not-relevant"
    assert [item.what[1]["name"] for item in attention(found)] == ["ana"]
    assert row(results_of(absent=gone)["weeks"], "ana/2026-W27")["state"] == "away"


def test_a_week_that_is_exactly_full_is_neither_overbooked_nor_free():
    """F5: 37 of 37 h; a minute more is too much."""
    full = row(results_of(booked=[booked(2220)])["weeks"], "ana/2026-W27")
    assert (full["state"], full["free"], full["over"], full["load"]) == ("full", 0, 0, 1.0)
    more = results_of(booked=[booked(2220), booked(1, added=MONDAY)])
    assert row(more["weeks"], "ana/2026-W27")["state"] == "over"
    assert len(attention(more)) == 1


def test_one_persons_free_hours_do_not_make_up_for_anothers_too_much():
    """T9: Ana has 40 of 37 h, Bo 30: 3 h too much and 7 h free, though 70 of 74 h would fit."""
    people = [contract("ana"), contract("bo")]
    found = results_of(contracts=people, booked=[booked(2400), booked(1800, person="bo")])
    week = row(found["trend"], "2026-W27")
    assert (week["free"], week["over"], week["overbooked"]) == (420, 180, 1)
    assert week["load"] == pytest.approx(70 / 74)


def test_who_leaves_in_a_week_can_work_until_then_and_is_no_row_of_empty_weeks_after():
    """F5: Ana leaves on Wednesday 1 July: 3 × 7.4 h in week 27, and is not employed from week 28 on."""
    spans = [contract("ana", until=dt.date(2026, 7, 2)), contract("ana", since=dt.date(2026, 7, 2), employed=False)]
    found = results_of(contracts=spans)
    assert row(found["weeks"], "ana/2026-W27")["capacity"] == 3 * 444
    assert row(found["weeks"], "ana/2026-W28")["state"] == "outside"
    assert row(found["people"], "ana")["empty"] == 1
    left = [contract("ana", until=MONDAY), contract("ana", since=MONDAY, employed=False)]
    assert len(results_of(contracts=left)["weeks"].rows) == 0
    assert row(results_of(contracts=left, booked=[booked(60)])["weeks"], "ana/2026-W27")["state"] == "booked-away"


def test_christmas_and_the_new_year_take_their_days_over_the_end_of_the_year_and_week_53():
    """T19, F5: Denmark, closed 24–31 December. Week 52 of 2026: Thursday is closed, Friday 25 is Christmas Day: 22.2 h.
    Week 53: Monday to Thursday closed, Friday 1 January is New Year's Day: nothing. Week 1 of 2027 is whole.
    """
    calendar = Calendar("DK", closed=[(dt.date(2026, 12, 24), dt.date(2026, 12, 31))])
    found = results_of(dt.date(2026, 12, 21), calendar)
    weeks = {key: (holidays, closed, capacity) for key, holidays, closed, capacity in
             found["weeks"].rows.select("key", "holidays", "closed", "capacity").iter_rows()}  # fmt: skip
    assert weeks["ana/2026-W52"] == (444, 444, 3 * 444)
    assert weeks["ana/2026-W53"] == (444, 4 * 444, 0)
    assert weeks["ana/2027-W01"] == (0, 0, 2220)
    assert [str(day) for day in found["days_off"].rows["day"]][:3] == ["2026-12-24", "2026-12-25", "2026-12-28"]


def test_a_deadline_is_overdue_the_day_after_and_not_on_it():
    """T19: due on 30 June, the day of the report: 0 days left. One met after the day is not met yet."""
    project = {"project": "seo", "name": "SEO"}
    due = [
        {"project": "seo", "seq": 0, "day": AS_OF, "what": "a"},
        {"project": "seo", "seq": 1, "day": AS_OF - dt.timedelta(days=1), "what": "b", "met": dt.date(2026, 7, 1)},
        {"project": "seo", "seq": 2, "day": AS_OF - dt.timedelta(days=9), "what": "c", "met": AS_OF},
    ]
    found = results_of(projects=[project], deadlines=due)["deadlines"].rows
    assert found.select("what", "left", "state").rows() == [("b", -1, "overdue"), ("a", 0, "ahead")]


def test_a_deadline_in_somebodys_leave_names_who_is_away_and_half_a_day_is_not_away():
    """T19: the owner is away on 9 July; Bo, who is booked on the project that week, for 3 h only; Cy, booked too, all
    day. A deadline on Saturday lies on a day off.
    """
    day = dt.date(2026, 7, 9)
    found = results_of(
        contracts=[contract(person) for person in ("ana", "bo", "cy")],
        projects=[{"project": "seo", "name": "SEO"}],
        project_spans=[{"project": "seo", "fact": "owner", "since": BEGINNING, "until": FAR, "value": "ana"}],
        deadlines=[
            {"project": "seo", "seq": 0, "day": day, "what": "a"},
            {"project": "seo", "seq": 1, "day": dt.date(2026, 7, 11), "what": "b"},
        ],
        booked=[booked(60, person, dt.date(2026, 7, 6)) for person in ("bo", "cy")],
        absent=[
            {"person": "ana", "day": day},
            {"person": "bo", "day": day, "minutes": 180},
            {"person": "cy", "day": day},
        ],
    )["deadlines"].rows
    assert found.select("what", "state", "away").rows() == [("a", "ahead", "ana, cy"), ("b", "day-off", None)]


def test_a_task_that_is_done_and_a_project_that_is_closed_have_no_deadline_left():
    """T19: 100 % by the day is done; 100 % written for tomorrow is not yet."""
    tasks = [{"project": "seo", "task": task, "name": task, "leaf": True, "deadline": AS_OF} for task in ("a", "b")]
    tasks.append({"project": "old", "task": "c", "name": "c", "leaf": True, "deadline": AS_OF})
    done = [
        {"project": "seo", "task": "a", "day": AS_OF, "done_bp": 10_000},
        {"project": "seo", "task": "b", "day": dt.date(2026, 7, 1), "done_bp": 10_000},
    ]
    projects = [{"project": "seo", "name": "SEO"}, {"project": "old", "name": "Old", "closed": AS_OF}]
    found = results_of(projects=projects, tasks=tasks, task_done=done)["deadlines"].rows
    assert found["key"].to_list() == ["seo/task-b"]


def test_the_next_deadline_is_the_first_whose_day_has_not_passed_of_project_tasks_and_end():
    """T19: a task is due today, 0 days left; yesterday's is overdue; the end stands last. Admin has its end alone."""
    projects = [{"project": "seo", "name": "SEO", "end": dt.date(2026, 9, 30)}, {"project": "old", "name": "Old"}]
    projects.append({"project": "admin", "name": "Admin", "end": dt.date(2026, 12, 31)})
    task = {"project": "seo", "task": "a", "name": "a", "leaf": True, "deadline": AS_OF}
    days = (AS_OF - dt.timedelta(1), AS_OF + dt.timedelta(9))
    due = [{"project": "seo", "seq": seq, "day": day, "what": "b"} for seq, day in enumerate(days)]
    found = results_of(projects=projects, tasks=[task], deadlines=due)["projects"].rows
    assert dict(found.select("key", "deadline").iter_rows()) == {
        "seo": AS_OF,
        "admin": dt.date(2026, 12, 31),
        "old": None,
    }


def test_projects_stand_by_priority_with_those_that_nothing_is_booked_for():
    """T61: priority 1 without a booking stands before priority 2 with 5 h, and the hours are counted by priority."""
    spans = [
        {"project": project, "fact": "priority", "since": BEGINNING, "until": FAR, "value": value}
        for project, value in (("fair", "1"), ("seo", "2"))
    ]
    projects = [{"project": project, "name": project} for project in ("admin", "fair", "seo")]
    worked = {"person": "ana", "project": "admin", "week": dt.date(2026, 6, 22), "day": dt.date(2026, 6, 22)}
    plan = [booked(300), booked(60, project="admin")]
    found = results_of(projects=projects, project_spans=spans, booked=plan, logged=[worked | {"minutes": 30}])
    assert found["projects"].rows.select("key", "booked").rows() == [("fair", 0), ("seo", 300), ("admin", 60)]
    by_priority = found["priorities"].rows.select("key", "booked", "logged").rows()
    assert by_priority == [("1", 0, 0), ("2", 300, 0), ("none", 60, 30)]


# --- for any company

ABSENCES = st.lists(st.tuples(st.integers(0, 27), st.sampled_from([None, 60, 444, 600])), max_size=15)
BOOKINGS = st.lists(st.tuples(st.integers(0, 3), st.integers(1, 3000)), max_size=8)


@settings(deadline=None, max_examples=30)
@given(ABSENCES, BOOKINGS, st.integers(0, 27), st.sampled_from([0, 600, 1800]))
def test_for_any_weeks_the_parts_of_the_contract_and_of_the_plan_add_up(
    away: list[Any], plans: list[Any], change: int, later: int
) -> None:
    """F5: contract − holidays − closed − absent = capacity ≥ 0; capacity − booked = free − over, one of them 0."""
    day = MONDAY + dt.timedelta(days=change)
    found = results_of(
        calendar=Calendar("DK", closed=[(dt.date(2026, 7, 3), dt.date(2026, 7, 6))]),
        contracts=[
            contract("ana", until=day),
            contract("ana", since=day, weekly_minutes=later, working_days="mon,tue,wed"),
        ],
        absent=[{"person": "ana", "day": MONDAY + dt.timedelta(days=at), "minutes": minutes} for at, minutes in away],
        booked=[booked(minutes, week=MONDAY + dt.timedelta(weeks=at)) for at, minutes in plans],
    )
    for one in found["weeks"].rows.iter_rows(named=True):
        parts = one["contract"] - one["holidays"] - one["closed"] - one["absent"]
        assert parts == pytest.approx(one["capacity"]) and one["capacity"] >= 0
        assert one["capacity"] - one["booked"] == pytest.approx(one["free"] - one["over"])
        assert min(one["free"], one["over"]) == 0
        assert (one["load"] is None) == (one["capacity"] == 0)
    total = row(found["total"], "all")
    assert total["booked"] == sum(minutes for _, minutes in plans) == found["bookings"].rows["minutes"].sum()


# --- the company


@pytest.fixture(scope="module")
def company() -> dict[str, Result]:
    found = records.read(ROOT).records
    return run(Context(Tables(found), AS_OF, found.organisation, found, Calendar.of(found.organisation)))


def _minutes(hours: Any) -> Fraction:
    if isinstance(hours, str):
        whole, _, rest = hours.partition("h")
        return Fraction(int(whole) * 60 + int(rest.rstrip("m") or 0))
    return Fraction(str(hours)) * 60


def _held(dated: Any, day: dt.date) -> Any:
    if not isinstance(dated, dict):
        return dated
    past = [since for since in dated if since <= day]
    return dated[max(past)] if past else None


def test_the_company_is_what_a_plain_count_over_its_files_gives(company: dict[str, Result]) -> None:
    """T9, F5: capacity and bookings of every person in each of the thirteen coming weeks. There is no holiday and no
    closed day among them (July to September in Denmark), so a day counts weekly hours ÷ days a week, less absence.
    """
    assert len(company["days_off"].rows) == 0
    expected = {}
    for path in (ROOT / "time/people").glob("*.yml"):
        card = yaml.load(path.read_text("utf-8"), yaml.CSafeLoader)
        if (card.get("employed") or {}).get("to"):
            continue
        for at in range(13):
            monday = MONDAY + dt.timedelta(weeks=at)
            file = (
                ROOT / f"time/weeks/{path.stem}" / f"{monday.isocalendar().year}-W{monday.isocalendar().week:02d}.yml"
            )
            week = yaml.load(file.read_text("utf-8"), yaml.CSafeLoader) if file.exists() else {}
            can = Fraction(0)
            for step, name in enumerate(("mon", "tue", "wed", "thu", "fri")):
                day = monday + dt.timedelta(days=step)
                days = _held(card.get("working_days"), day) or ["mon", "tue", "wed", "thu", "fri"]
                if name not in days:
                    continue
                full = Fraction(_minutes(_held(card["weekly_hours"], day)), len(days))
                gone = [one for one in week.get("absent") or () if one["date"] == day]
                whole = any("hours" not in one for one in gone)
                can += 0 if whole else max(Fraction(0), full - sum(_minutes(one["hours"]) for one in gone))
            plan = sum(_minutes(one["hours"]) for one in week.get("booked") or ())
            expected[f"{path.stem}/{file.stem}"] = (can, plan)
    found = {
        key: (can, plan) for key, can, plan in company["weeks"].rows.select("key", "capacity", "booked").iter_rows()
    }
    assert {key: (float(can), int(plan)) for key, (can, plan) in expected.items()} == found


def test_nanna_is_promised_twice_in_week_33(company: dict[str, Result]) -> None:
    """F5, T19: 43 h are booked; she can work 35, since she is away two hours of a day that week."""
    nanna = row(company["weeks"], f"nanna/{parse('2026-W33')}")
    assert (nanna["booked"], nanna["capacity"], nanna["over"], nanna["state"]) == (43 * 60, 35 * 60, 8 * 60, "over")
    assert [item.what[1]["name"] for item in attention(company)] == ["Nanna Vester"]


@pytest.mark.parametrize("audience", ["everyone", "marketing"])
def test_nobody_sees_hours_that_are_not_theirs_to_see(audience: str) -> None:
    """T19: everyone gets deadlines, priorities and days off; marketing its own people's weeks, nobody else's."""
    found = restrict(records.read(ROOT).records, audience)
    calendar = Calendar.of(found.organisation)
    seen = run(Context(Tables(found), AS_OF, found.organisation, found, calendar, audience))
    people = {key.partition("/")[0] for key in seen["weeks"].rows["key"]}
    assert people == (set() if audience == "everyone" else {"anna", "emil", "ida", "mette", "sofie"})
    assert seen["weeks"].has("capacity") == (audience != "everyone")
    assert seen["deadlines"].has("away") == (audience != "everyone")
    assert seen["projects"].has("booked") == (audience != "everyone")
    assert {"overdue", "ahead"} <= set(seen["deadlines"].rows["state"])
    assert (NOT_PLANNED in seen["weeks"].left_out) == (audience == "marketing")
    assert attention(seen) == []
