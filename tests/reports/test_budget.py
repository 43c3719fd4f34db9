"""The budget report's edges; its arithmetic is worked by hand in its `example.yml`."""

from __future__ import annotations

import datetime as dt
from types import SimpleNamespace
from typing import Any

import polars as pl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sitegen import records
from sitegen.periods import Calendar
from sitegen.report import Context
from sitegen.reports.budget.metric import RESULTS, attention
from sitegen.results import Result
from sitegen.tables import Tables

DAY = dt.date
AS_OF = DAY(2026, 6, 30)
FIRST = DAY(2026, 1, 1)


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Tables:
    """The tables of a folder without records: every schema, no rows."""
    return Tables(records.read(tmp_path_factory.mktemp("none")).records)


def run(
    empty: Tables, as_of: dt.date = AS_OF, audience: str = "management", **rows: list[dict[str, Any]]
) -> dict[str, Result]:
    """The report's results for these rows of tables."""
    tables = {
        name: pl.DataFrame(
            [{column: row.get(column) for column in empty[name].columns} for row in given], empty[name].schema
        )
        for name, given in rows.items()
    }
    context = Context({**empty, **tables}, as_of, SimpleNamespace(), None, Calendar(), audience)
    for metric in RESULTS:
        result = metric.run(context, "budget")
        assert result.check() == []
        context.results[f"budget.{metric.name}"] = result.for_audience(audience)
    return {name.partition(".")[2]: result for name, result in context.results.items()}


def row(result: Result, key: str) -> dict[str, Any]:
    return next(found for found in result.rows.iter_rows(named=True) if found["key"] == key)


def worked(project: str, day: dt.date, minutes: int, person: str = "ana", task: str | None = None) -> dict[str, Any]:
    """An hour as the table `logged` has it."""
    monday = day - dt.timedelta(days=day.weekday())
    found = {"person": person, "project": project, "task": task, "day": day, "week": monday, "minutes": minutes}
    return found | {"month": day.replace(day=1)}


def project(name: str, **facts: Any) -> dict[str, Any]:
    return {"project": name, "name": name.title(), "type": "investment", "start": DAY(2026, 1, 1), **facts}


def budget(name: str, minutes: int | None, on: dt.date = FIRST, seq: int = 0, **more: Any) -> dict[str, Any]:
    return {"project": name, "on": on, "seq": seq, "per": "project", "minutes": minutes, "why": "x", **more}


def test_no_records_give_empty_tables_and_no_division(empty: Tables) -> None:
    """An empty company: totals of no projects, no focus, nothing that needs a decision."""
    results = run(empty)
    assert results["projects"].rows.is_empty() and results["focus"].rows.is_empty()
    assert row(results["total"], "all")["used_share"] is None
    assert attention(results) == []


def test_a_budget_of_zero_and_none_at_all_are_told_apart_and_neither_has_a_share(empty: Tables) -> None:
    """60 min used of 0: 60 over, no ratio (F2). 60 min without a budget: no ratio and nothing to be over (T7)."""
    found = run(
        empty,
        projects=[project("zero"), project("none"), project("idle")],
        budgets=[budget("zero", 0), budget("idle", 0)],
        logged=[worked("zero", DAY(2026, 6, 1), 60), worked("none", DAY(2026, 6, 1), 60)],
    )["projects"]
    zero, none = row(found, "zero"), row(found, "none")
    assert (zero["overrun"], zero["used_share"], zero["used_share_why"]) == (60, None, "no-budget")
    assert (none["overrun"], none["overrun_why"], none["status"]) == (None, "no-budget", "no-budget")
    assert row(found, "idle")["left"] == 0


def test_hours_equal_to_the_budget_are_not_over_it(empty: Tables) -> None:
    """600 of 600 is 100 %, near; one minute more is over."""
    for minutes, status in ((600, "near"), (601, "over")):
        found = run(
            empty, projects=[project("p")], budgets=[budget("p", 600)], logged=[worked("p", DAY(2026, 6, 1), minutes)]
        )["projects"]
        assert row(found, "p")["status"] == status


def test_a_task_with_several_persons_has_its_budget_once(empty: Tables) -> None:
    """Ana 300 and Bo 200 on one task of 600: 500 used, 100 left, not 700 (F2: B once per task)."""
    found = run(
        empty,
        projects=[project("p")],
        tasks=[{"project": "p", "task": "t", "name": "T", "level": 1, "seq": 0, "leaf": True, "budget_minutes": 600}],
        logged=[worked("p", DAY(2026, 6, 1), 300, "ana", "t"), worked("p", DAY(2026, 6, 1), 200, "bo", "t")],
    )["tasks"]
    assert (row(found, "p/t")["used"], row(found, "p/t")["left"]) == (500, 100)


def test_nothing_logged_leaves_the_estimates_open(empty: Tables) -> None:
    """0 of 600 used is 0 %; an estimate by progress is undefined, and nothing runs out."""
    found = row(run(empty, projects=[project("p", end=DAY(2026, 12, 31))], budgets=[budget("p", 600)])["projects"], "p")
    assert (found["used"], found["used_share"], found["internal_cost"]) == (0, 0.0, 0)
    assert found["runs_out_why"] == "nothing-logged"
    assert (found["pace_estimate"], found["estimate"], found["estimate_drift"]) == (None, None, None)
    assert found["pace_estimate_why"] == found["estimate_why"] == "nothing-logged"
    assert (found["outlook"], found["rests_on"]) == ("within", "used")


def test_a_budget_raised_twice_shows_first_now_and_what_was_used_against_both(empty: Tables) -> None:
    """300, 360, 420 h; 370 used: 50 left, 70 over the first, raised by 120; on 1 March only 360 was known (G1)."""
    rows: dict[str, Any] = {
        "projects": [project("web")],
        "budgets": [
            budget("web", 300, DAY(2026, 1, 5), 0),
            budget("web", 360, DAY(2026, 2, 16), 1),
            budget("web", 420, DAY(2026, 4, 20), 2),
        ],
        "logged": [worked("web", DAY(2026, 2, 2), 370)],
    }
    results = run(empty, **rows)
    now = row(results["projects"], "web")
    assert (now["budget"], now["original"], now["left"], now["over_original"], now["drift"]) == (420, 300, 50, 70, 120)
    changes = results["baselines"].rows.select("key", "change", "holds").rows()
    assert changes == [("web/1", None, "first"), ("web/2", 60, "before"), ("web/3", 60, "now")]
    then = row(run(empty, DAY(2026, 3, 1), **rows)["projects"], "web")
    assert (then["budget"], then["overrun"]) == (360, 10)


def test_a_monthly_budget_meets_the_hours_of_its_year_in_week_53_too(empty: Tables) -> None:
    """Week 53 of 2026 ends on 3 January 2027: 60 min on 31 December are of 2026, 30 on 2 January of 2027."""
    rows: dict[str, Any] = {
        "projects": [project("news", type="operations", start=DAY(2025, 1, 1))],
        "budgets": [budget("news", 600, DAY(2025, 1, 1), per="month")],
        "logged": [worked("news", DAY(2026, 12, 31), 60), worked("news", DAY(2027, 1, 2), 30)],
    }
    first = row(run(empty, DAY(2026, 12, 31), **rows)["projects"], "news")
    assert (first["used"], first["budget"], first["budget_to"]) == (60, 12 * 600, DAY(2026, 12, 31))
    after = row(run(empty, DAY(2027, 1, 3), **rows)["projects"], "news")
    assert (after["used"], after["budget"], after["used_total"]) == (30, 12 * 600, 90)


def test_hours_before_the_first_monthly_budget_are_not_held_against_it(empty: Tables) -> None:
    """Budget from 15 March; 100 min on the 14th, 40 on the 15th: 40 used, 140 since the start."""
    found = run(
        empty,
        projects=[project("news", type="operations")],
        budgets=[budget("news", 620, DAY(2026, 3, 15), per="month")],
        logged=[worked("news", DAY(2026, 3, 14), 100), worked("news", DAY(2026, 3, 15), 40)],
    )
    news = row(found["projects"], "news")
    assert (news["used"], news["used_total"]) == (40, 140)
    assert news["budget"] == pytest.approx(620 * 17 / 31 + 9 * 620), "17 days of March, then nine months"


def test_a_week_away_is_no_neglected_week(empty: Tables) -> None:
    """Ana alone works on it; in week 25 she is away on all five days, in week 26 on four: absent, then a plain zero."""
    days = [DAY(2026, 6, 15) + dt.timedelta(days=n) for n in (*range(5), *range(7, 11))]
    states = run(
        empty,
        projects=[project("p")],
        logged=[worked("p", DAY(2026, 6, 10), 60)],
        absent=[{"person": "ana", "day": day} for day in days],
        contracts=[
            {
                "person": "ana",
                "since": DAY(1900, 1, 1),
                "until": DAY(9999, 12, 31),
                "weekly_minutes": 2220,
                "employed": True,
            }
        ],
    )["weeks"].rows
    found = {key.partition("/")[2]: state for key, state in states.select("key", "state").rows()}
    assert (found["2026-W24"], found["2026-W25"], found["2026-W26"]) == ("worked", "absent", "zero")
    assert len(found) == 13


def test_what_needs_a_decision_comes_with_its_consequence_in_hours(empty: Tables) -> None:
    """700 of 600 used: urgent, 100 min over = 1.67 h. A project without a budget: a note. A closed one: nothing."""
    results = run(
        empty,
        projects=[project("a"), project("b"), project("c", closed=DAY(2026, 6, 1))],
        budgets=[budget("a", 600), budget("c", 10)],
        logged=[worked(name, DAY(2026, 5, 1), 700) for name in "abc"],
    )
    found = {item.page[1]: (item.severity, round(item.weight, 2)) for item in attention(results)}
    assert found == {"a": ("urgent", 1.67), "b": ("note", 11.67)}


def test_everyone_sees_budgets_and_dates_and_no_hour_that_was_used(empty: Tables) -> None:
    """Safety: used hours, what follows from them, and money are not there, and neither is a decision that rests on
    them.
    """
    results = run(
        empty,
        audience="everyone",
        projects=[project("p", end=DAY(2026, 9, 30))],
        budgets=[budget("p", 600, external_minor=5)],
    )
    columns = {column.name for result in results.values() for column in result.columns}
    assert not columns & {
        "used",
        "left",
        "used_share",
        "status",
        "outlook",
        "pace",
        "runs_out",
        "external_budget",
        "cpi",
    }
    assert {"budget", "original", "planned_end", "schedule", "planned"} <= columns
    assert attention(results) == []


def test_marketing_sees_no_true_cost_of_own_hours(empty: Tables) -> None:
    """Cost ÷ hours would reveal a rate: only the standard rate's price is there."""
    results = run(empty, audience="marketing", projects=[project("p")])
    assert results["projects"].has("standard_cost") and not results["projects"].has("internal_cost")
    assert not results["tasks"].has("internal_cost") and not results["total"].has("internal_cost")


PEOPLE, PROJECTS, TASKS = ("ana", "bo"), ("p", "q"), ("t", None, "gone")
HOURS = st.tuples(
    st.sampled_from(PROJECTS),
    st.dates(DAY(2025, 12, 20), DAY(2026, 7, 3)),
    st.integers(1, 600),
    st.sampled_from(PEOPLE),
    st.sampled_from(TASKS),
)
BASELINES = st.tuples(
    st.sampled_from(PROJECTS), st.none() | st.integers(0, 5000), st.dates(DAY(2025, 12, 1), DAY(2026, 7, 3)),
    st.sampled_from(["project", "month", "week"]),
)  # fmt: skip


@settings(
    max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
@given(st.lists(HOURS, max_size=25), st.lists(BASELINES, max_size=4))
def test_every_hour_that_goes_in_comes_out_once(empty: Tables, entries: list[Any], baselines: list[Any]) -> None:
    """Hours up to the day = Σ of projects = Σ of top tasks and hours without a task, whatever the budgets; every
    Result holds.
    """
    results = run(
        empty,
        projects=[project("p"), project("q", closed=DAY(2026, 3, 1))],
        tasks=[{"project": "p", "task": "t", "name": "T", "level": 1, "seq": 0, "leaf": True}],
        logged=[worked(*entry) for entry in entries],
        budgets=[budget(name, minutes, on, seq, per=per) for seq, (name, minutes, on, per) in enumerate(baselines)],
    )
    total = sum(minutes for _, day, minutes, _, _ in entries if day <= AS_OF)
    assert results["projects"].rows["used_total"].sum() == total
    assert results["tasks"].rows.filter(pl.col("level") == 1)["used"].sum() == total
    assert row(results["total"], "all")["used_total"] == total
    assert (results["projects"].rows["used"] <= results["projects"].rows["used_total"]).all()


def test_every_baseline_has_a_planned_line_of_its_own_hours_and_end(empty: Tables) -> None:
    """F36, three entries: 600 minutes to 30 January, 900 to 27 February, 1,200 without a new end. January has 21
    working days from Friday the 2nd (no holidays here): on Monday the 12th 6 have passed, so the first plan leaves
    600 × 15 ÷ 21. The last one is the line of the plan in force, and the first the one of the first plan.
    """
    entries = [
        budget("p", 600, end=DAY(2026, 1, 30)),
        budget("p", 900, DAY(2026, 2, 2), 1, end=DAY(2026, 2, 27)),
        budget("p", 1200, DAY(2026, 2, 9), 2),
    ]
    results = run(empty, projects=[project("p", start=DAY(2026, 1, 2), end=DAY(2026, 1, 30))], budgets=entries)
    plans = results["plans"].rows
    assert row(results["plans"], "p/1/2026-01-12")["planned"] == pytest.approx(600 * 15 / 21)
    assert dict(plans.group_by("baseline").agg(pl.col("day").max()).iter_rows()) == {
        1: DAY(2026, 2, 2), 2: DAY(2026, 3, 2), 3: DAY(2026, 3, 2)
    }  # fmt: skip
    assert dict(plans.select("baseline", "role").unique().iter_rows()) == {1: "first", 2: "between", 3: "now"}
    shared = {f"p/{line['day']}": line for line in results["burndown"].rows.iter_rows(named=True)}
    for line in plans.iter_rows(named=True):
        drawn = {1: "original", 3: "planned"}.get(line["baseline"])
        if drawn and f"p/{line['day']}" in shared:
            assert line["planned"] == pytest.approx(shared[f"p/{line['day']}"][drawn]), line["key"]


def test_a_share_that_is_just_the_threshold_is_over_it_t30(empty: Tables) -> None:
    """T30: 42 of 60 hours are 70 %, the threshold; as floats 0.7 would be less than 7 ÷ 10."""
    tables = {
        "logged": pl.DataFrame(
            [{c: worked("p", DAY(2026, 6, 1), 42 * 60).get(c) for c in empty["logged"].columns}], empty["logged"].schema
        ),
        "projects": pl.DataFrame(
            [{c: project("p").get(c) for c in empty["projects"].columns}], empty["projects"].schema
        ),
        "budgets": pl.DataFrame(
            [{c: budget("p", 60 * 60).get(c) for c in empty["budgets"].columns}], empty["budgets"].schema
        ),
    }
    organisation = SimpleNamespace(warn_when=SimpleNamespace(budget_used=(7000, 10000)))
    context = Context({**empty, **tables}, AS_OF, organisation, None, Calendar())
    for metric in RESULTS:
        context.results[f"budget.{metric.name}"] = metric.run(context, "budget")
    assert row(context.results["budget.total"], "all")["over_threshold"] == 1
