"""The pivot's edges; its arithmetic is worked by hand in its `example.yml`. And: the cube counted from the YAML."""

from __future__ import annotations

import datetime as dt
import itertools
import json
import random
from collections import defaultdict
from fractions import Fraction
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import polars as pl
import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sitegen import records
from sitegen.exporters import script
from sitegen.metrics import cube
from sitegen.pages.drawing import heat_limits
from sitegen.periods import Calendar
from sitegen.pipeline import Run
from sitegen.report import Context
from sitegen.reports.pivot.data import as_data
from sitegen.reports.pivot.metric import DATA, MOST_PROJECTS, RESULTS
from sitegen.results import Result
from sitegen.tables import Tables
from sitegen.tables.projects import states
from sitegen.tables.time import on_the_day

ROOT = Path(__file__).parents[2] / "records"
DAY = dt.date
AS_OF = DAY(2026, 6, 30)
ALWAYS = {"since": DAY(1900, 1, 1), "until": DAY(9999, 12, 31)}
PAIRS = list(itertools.permutations(("month", "quarter", "year", "project", "task", "type", "person", "department"), 2))


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Tables:
    """The tables of a folder without records: every schema, no rows."""
    return Tables(records.read(tmp_path_factory.mktemp("none")).records)


def context(empty: Tables, as_of: dt.date = AS_OF, **rows: list[dict[str, Any]]) -> Context:
    tables = {
        name: pl.DataFrame(
            [{column: row.get(column) for column in empty[name].columns} for row in given], empty[name].schema
        )
        for name, given in rows.items()
    }
    all_tables = {**empty, **tables}
    all_tables["project_states"] = states(all_tables["project_spans"])
    dated = on_the_day(*(all_tables[name] for name in ("logged", "rates", "standard_rates", "project_states")))
    return Context(all_tables | {"logged": dated}, as_of, SimpleNamespace(), None, Calendar())


def run(empty: Tables, as_of: dt.date = AS_OF, **rows: list[dict[str, Any]]) -> dict[str, Result]:
    """The page's results for these rows of tables."""
    asked = context(empty, as_of, **rows)
    for metric in RESULTS:
        result = metric.run(asked, "pivot")
        assert result.check() == []
        asked.results[f"pivot.{metric.name}"] = result
    return {name.partition(".")[2]: result for name, result in asked.results.items()}


def cells(empty: Tables, as_of: dt.date = AS_OF, audience: str = "management", **rows: list[dict[str, Any]]) -> Result:
    """The cube of these rows, as the audience sees it."""
    result = DATA[0].metric.run(context(empty, as_of, **rows), "pivot")
    assert result.check() == []
    return result.at_least("marketing").for_audience(audience)


def worked(project: str, day: dt.date, minutes: int, person: str = "ana", task: str | None = None) -> dict[str, Any]:
    """An hour as the table `logged` has it."""
    found = {"person": person, "project": project, "task": task, "day": day, "minutes": minutes, "department": "m"}
    return found | {"month": day.replace(day=1)}


def rows_of(result: Result) -> dict[str, dict[str, Any]]:
    return {row["key"]: row for row in result.rows.iter_rows(named=True)}


def turned(data: dict[str, Any], *by: str, measure: str = "minutes") -> dict[tuple[str, ...], int]:
    """The sums of the loaded cube by the dimensions, by id: what the script in the page does."""
    known = {one["id"]: one for one in data["dimensions"]}
    found: dict[tuple[str, ...], int] = defaultdict(int)
    for at, amount in enumerate(data["cells"][measure]):
        axes = [data[known[name]["axis"]][data["cells"][known[name]["axis"]][at]][known[name]["at"]] for name in by]
        found[tuple(known[name]["members"][number][0] for name, number in zip(by, axes, strict=True))] += amount
    return dict(found)


# --- the tables of the page


def test_no_hours_give_a_total_of_nothing_and_no_share(empty: Tables) -> None:
    """T26: 0 h in all; a share of nothing is undefined, not 0 %."""
    found = run(empty)
    row = rows_of(found["projects"])["~all"]
    assert (row["minutes"], row["share"], row["share_why"]) == (0, None, "nothing-logged")
    assert set(found["project_months"].rows["minutes_why"]) == {"nothing-logged"}
    assert len(found["months"].rows) == 12


def test_one_project_more_than_fits_is_shown_and_two_more_stand_together(empty: Tables) -> None:
    """15 fit. With 16 every one has its row. With 17, of 1, …, 17 h, the two smallest stand together: 1 + 2 = 3 h."""
    hours = [worked(f"p{number:02d}", DAY(2026, 6, 1), 60 * number) for number in range(1, 18)]
    assert "~rest" not in rows_of(run(empty, logged=hours[:16])["projects"])
    found = run(empty, logged=hours)
    row = rows_of(found["projects"])["~rest"]
    assert (row["minutes"], row["merged"], len(found["projects"].rows)) == (180, 2, MOST_PROJECTS + 2)
    assert rows_of(found["project_months"])["~rest/2026-06"]["minutes"] == 180


def test_people_stand_by_name_and_not_by_hours(empty: Tables) -> None:
    """G12: Ana has 1 h and Bo 9 h; Ana stands first."""
    hours = [worked("seo", DAY(2026, 6, 1), 540, "bo"), worked("seo", DAY(2026, 6, 1), 60, "ana")]
    assert run(empty, logged=hours)["people"].rows["key"].to_list() == ["ana", "bo", "~all"]


@settings(max_examples=30, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    st.lists(
        st.tuples(
            st.sampled_from([f"p{number}" for number in range(20)]),
            st.sampled_from([f"q{number}" for number in range(30)]),
            st.dates(DAY(2025, 6, 1), DAY(2026, 7, 31)),
            st.integers(1, 900),
        ),
        max_size=60,
    )
)
def test_the_two_pivots_have_one_grand_total(empty: Tables, entries: list[tuple[str, str, dt.date, int]]) -> None:
    """T26: by project and by person, rows, months and rests: all add up to the hours of the twelve months."""
    hours = [worked(project, day, minutes, person) for project, person, day, minutes in entries]
    found = run(empty, logged=hours)
    total = sum(minutes for _, _, day, minutes in entries if DAY(2025, 7, 1) <= day <= AS_OF)
    for sums, months in (("projects", "project_months"), ("people", "person_months")):
        rows = found[sums].rows
        assert rows.filter(pl.col("key") == "~all")["minutes"].to_list() == [total]
        assert rows.filter(pl.col("key") != "~all")["minutes"].sum() == total
        shown = found[months].rows.filter(~pl.col("key").str.starts_with("~all"))
        assert (shown["minutes"].sum() or 0) == total
    kinds = found["kinds"].rows
    for fact in ("type", "serves", "work"):
        assert kinds.filter(pl.col("key").str.starts_with(fact))["minutes"].sum() == total


def test_heat_limits_double_until_the_last_is_over_half_of_the_largest() -> None:
    """371 h: 16, 32, …, 256 h, for 2 × 128 < 371 ≤ 2 × 256. Nothing: 1, 2, 4, 8 and 16 h, as small as they get."""
    assert heat_limits([0, 371 * 60, None], 60) == [hours * 60 for hours in (16, 32, 64, 128, 256)]
    assert heat_limits([], 60) == [hours * 60 for hours in (1, 2, 4, 8, 16)]


# --- the cube


def test_a_fact_of_the_project_is_that_of_the_day(empty: Tables) -> None:
    """T34: operations until 10 June, an investment from then on: 2 h before it and 3 h on the day itself."""
    spans = [
        {"project": "seo", "fact": "type", "since": DAY(1900, 1, 1), "until": DAY(2026, 6, 10), "value": "operations"},
        {
            "project": "seo",
            "fact": "type",
            "since": DAY(2026, 6, 10),
            "until": DAY(9999, 12, 31),
            "value": "investment",
        },
    ]
    hours = [worked("seo", DAY(2026, 6, 9), 120), worked("seo", DAY(2026, 6, 10), 180)]
    found = cells(empty, logged=hours, project_spans=spans).rows
    assert dict(found.select("type", "minutes").rows()) == {"operations": 120, "investment": 180}


def test_an_hour_on_a_day_no_fact_is_known_for_is_not_lost(empty: Tables) -> None:
    """Known only from 10 June: the 2 h before it are of no type, and the sum is still 5 h."""
    spans = [{"project": "seo", "fact": "type", "since": DAY(2026, 6, 10), "until": DAY(9999, 12, 31), "value": "x"}]
    hours = [
        worked("seo", DAY(2026, 6, 9), 120),
        worked("seo", DAY(2026, 6, 10), 180),
        worked("fair", DAY(2026, 6, 1), 1),
    ]
    found = cells(empty, logged=hours, project_spans=spans).rows
    assert sorted(found.select("project", "type", "minutes").rows(), key=str) == [
        ("fair", None, 1), ("seo", "x", 180), ("seo", None, 120),
    ]  # fmt: skip


def test_hours_without_a_rate_are_in_no_cost_and_are_counted(empty: Tables) -> None:
    """F1: Ana's 2 h at 300.00 cost 600.00; Bo has no rate: 1 h, whose cost is undefined, not 0."""
    rates = [{"person": "ana", **ALWAYS, "rate_minor": 30_000}, {"person": "bo", **ALWAYS, "rate_minor": None}]
    hours = [worked("seo", DAY(2026, 6, 1), 120), worked("seo", DAY(2026, 6, 1), 60, "bo")]
    result = cells(empty, logged=hours, rates=rates)
    found = {row["person"]: row for row in result.rows.iter_rows(named=True)}
    assert (found["ana"]["cost"], found["ana"]["unpriced"]) == (60_000, 0)
    assert (found["bo"]["cost"], found["bo"]["cost_why"], found["bo"]["unpriced"]) == (None, "no-rate", 60)
    data = as_data(result, None, "en")
    assert turned(data, "person", measure="cost") == {("ana",): 120 * 30_000, ("bo",): 0}
    assert turned(data, "person", measure="unpriced") == {("ana",): 0, ("bo",): 60}


def test_a_cost_is_for_management_alone(empty: Tables) -> None:
    """A cost beside hours reveals a rate: marketing's cube has neither the column nor the hours that lack one."""
    rates = [{"person": "ana", **ALWAYS, "rate_minor": 30_000}]
    result = cells(empty, audience="marketing", logged=[worked("seo", DAY(2026, 6, 1), 60)], rates=rates)
    assert {"cost", "unpriced", "cost_why"} & set(result.rows.columns) == set()
    assert set(as_data(result, None, "en")["cells"]) == {"when", "what", "who", "minutes"}


def test_too_many_combinations_lose_their_tasks_and_then_their_people(
    empty: Tables, monkeypatch: pytest.MonkeyPatch
) -> None:
    """3 tasks × 2 people = 6 cells of 1 h. If 6 fit, all stay; if 5 fit, 2 people of 3 h; if 1 fits, the department's
    6 h.
    """
    hours = [worked("seo", DAY(2026, 6, 1), 60, person, task) for person in ("ana", "bo") for task in "abc"]
    kept = {}
    for most in (6, 5, 1):
        monkeypatch.setattr(cube, "MOST_CELLS", most)
        result = cells(empty, logged=hours)
        data = as_data(result, None, "en")
        kept[most] = ([one["id"] for one in data["dimensions"]], result.rows["minutes"].to_list(), len(data["notes"]))
    assert kept[6] == (["month", "quarter", "year", "project", "task", "person", "department"], [60] * 6, 0)
    assert kept[5] == (["month", "quarter", "year", "project", "person", "department"], [180, 180], 1)
    assert kept[1] == (["month", "quarter", "year", "project", "department"], [360], 2)


def log(entries: int) -> list[dict[str, Any]]:
    """A log of 12 people, 12 months, 10 projects of 3 tasks: any combination may come up."""
    chosen = random.Random(entries)
    return [
        worked(
            f"p{chosen.randrange(10)}",
            DAY(2025, 7, 1) + dt.timedelta(days=chosen.randrange(365)),
            chosen.choice((15, 30, 60, 90)),
            f"person-{chosen.randrange(12)}",
            f"t{chosen.randrange(3)}",
        )
        for _ in range(entries)
    ]


def test_the_cube_does_not_grow_with_the_entries(empty: Tables) -> None:
    """At most 12 months × 12 people × 10 projects × 3 tasks = 4,320 cells, of 10,000 entries as of 100,000; the file
    that the page loads has at most 40 bytes a cell.
    """
    sizes = []
    for entries in (10_000, 100_000):
        result = cells(empty, logged=log(entries))
        assert len(result.rows) <= 4_320
        sizes.append(len(script.data("pivot.cells", as_data(result, None, "en"))))
        assert sizes[-1] <= 40 * 4_320
    assert sizes[1] <= 1.25 * sizes[0]


def test_every_pair_of_dimensions_adds_up_to_the_same_hours(empty: Tables) -> None:
    """T26, T34: any dimension × any dimension; each of them gives the sum of the entries."""
    hours = log(3_000)
    data = as_data(cells(empty, logged=hours), None, "en")
    total = sum(entry["minutes"] for entry in hours)
    there = {one["id"] for one in data["dimensions"]}
    assert there == {"month", "quarter", "year", "project", "task", "person", "department"}
    for pair in PAIRS:
        if set(pair) <= there:
            assert sum(turned(data, *pair).values()) == total, pair
    assert turned(data, "year") == {
        (year,): sum(entry["minutes"] for entry in hours if str(entry["day"].year) == year) for year in ("2025", "2026")
    }


# --- the company, counted again from its YAML


@pytest.fixture(scope="module")
def company() -> dict[str, dict[str, Any]]:
    """What the page of each audience loads."""
    found = {}
    for audience in ("marketing", "management"):
        work = Run(ROOT, audience=audience)
        result, data = work.data["pivot.cells"]
        assert result.check() == []
        found[audience] = {"data": data.plain(result, work.records, "da"), "results": work.results}
    return found


def _yaml(path: Path) -> Any:
    return yaml.load(path.read_text("utf-8"), yaml.CSafeLoader) or {}


def _minutes(hours: Any) -> int:
    """`1.5`, `2` or `3h15m` as minutes."""
    if isinstance(hours, str):
        whole, _, rest = hours.partition("h")
        return int(whole) * 60 + int(rest.rstrip("m") or 0)
    return int(Fraction(str(hours)) * 60 + Fraction(1, 2))


def _held(dated: Any, day: dt.date) -> Any:
    """The value of a dated map on a day; a plain value has always held."""
    if not isinstance(dated, dict):
        return dated
    past = [since for since in dated if since <= day]
    return dated[max(past)] if past else None


@pytest.fixture(scope="module")
def plain() -> dict[tuple[str, ...], int]:
    """Minutes of the log by (month, project, task, person, department on the day, type on the day, in cost), counted
    entry by entry.
    """
    people = {path.stem: _yaml(path) for path in (ROOT / "time/people").glob("*.yml")}
    projects = {path.stem: _yaml(path) for path in (ROOT / "time/projects").glob("*.yml")}
    found: dict[tuple[str, ...], int] = defaultdict(int)
    for path in (ROOT / "time/weeks").glob("*/*.yml"):
        for entry in _yaml(path).get("logged") or ():
            day, person, project = entry["date"], path.parent.name, entry["project"]
            if day <= AS_OF:
                task = f"{project}/{entry.get('task') or '-'}"
                department = _held(people[person].get("department"), day) or "-"
                kind = _held(projects[project].get("type"), day) or "-"
                found[f"{day:%Y-%m}", project, task, person, department, kind] += _minutes(entry["hours"])
    return dict(found)


def test_the_cube_of_the_company_is_its_log_counted_entry_by_entry(company: Any, plain: Any) -> None:
    """T26, T34: every combination of month, project, task, person, department and type, to the minute."""
    found = turned(company["management"]["data"], "month", "project", "task", "person", "department", "type")
    assert found == plain


def of_management_alone() -> set[str]:
    """The projects that say they are for management: marketing sees none of their hours."""
    return {
        path.stem for path in (ROOT / "time/projects").glob("*.yml") if _yaml(path).get("visible_to") == "management"
    }


def test_the_tables_of_the_page_are_those_of_the_cube(company: Any, plain: Any) -> None:
    """T26: both grand totals are the hours of July 2025 to June 2026, in the tables as in what the script adds up."""
    recent = {key: minutes for key, minutes in plain.items() if "2025-07" <= key[0] <= "2026-06"}
    for audience in ("marketing", "management"):
        hidden = of_management_alone() if audience == "marketing" else set()
        total = sum(minutes for (_, project, *_), minutes in recent.items() if project not in hidden)
        results, data = company[audience]["results"], company[audience]["data"]
        for sums, dimension in (("projects", "project"), ("people", "person")):
            rows = rows_of(results[f"pivot.{sums}"])
            assert rows["~all"]["minutes"] == total, (audience, sums)
            by = turned(data, dimension, "month")
            assert sum(minutes for (_, month), minutes in by.items() if "2025-07" <= month <= "2026-06") == total


def test_marketing_sees_its_own_people_by_name_and_others_as_their_department(company: Any, plain: Any) -> None:
    """Names stand for days in the reporting department alone; the sums by department are management's."""
    seen = {id for (id,) in turned(company["marketing"]["data"], "person")}
    reporting = {person for _, _, _, person, department, _ in plain if department == "marketing"}
    assert {id for id in seen if not id.startswith("dept:")} == reporting
    hidden = of_management_alone()
    own, all_ = (turned(company[one]["data"], "department", "project") for one in ("marketing", "management"))
    assert hidden and own == {key: minutes for key, minutes in all_.items() if key[1] not in hidden}
    assert "cost" not in company["marketing"]["data"]["cells"] and "cost" in company["management"]["data"]["cells"]


def test_everyone_has_no_such_page() -> None:
    """Logged hours are withheld from everyone, so there is no report, no table and nothing to load."""
    work = Run(ROOT, audience="everyone")
    assert "pivot" not in {report.slug for report in work.reports}
    assert [name for name in (*work.results, *work.data) if name.startswith("pivot")] == []


def test_what_the_page_loads_is_in_the_readers_language(company: Any) -> None:
    """The months of the Danish page are Danish, and so is what a project does not say."""
    data = company["management"]["data"]
    months = next(one for one in data["dimensions"] if one["id"] == "month")["members"]
    assert months[0] == ["2025-01", "januar 2025", "jan"]
    assert "uden opgave" in json.dumps(data, ensure_ascii=False)
