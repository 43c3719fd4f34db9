"""Lending between departments (T23, T24, F6): against a plain loop over the YAML, and its edges."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
import yaml

from sitegen import audience, records
from sitegen.periods import Calendar
from sitegen.report import Context
from sitegen.reports.lending.metric import RESULTS
from sitegen.results import Result
from sitegen.tables import Tables

ROOT = Path(__file__).parents[2] / "records"
AS_OF = dt.date(2026, 6, 30)


def results(root: Path, as_of: dt.date, viewer: str = "management") -> dict[str, Result]:
    """The report of a folder of records, as an audience sees it."""
    read = records.read(root)
    assert not read.problems, [str(problem) for problem in read.problems]
    seen = audience.restrict(read.records, viewer)
    calendar = Calendar.of(seen.organisation)
    context = Context(Tables(seen), as_of, seen.organisation, seen, calendar, viewer)
    for metric in RESULTS:
        result = metric.run(context, "lending")
        assert result.check() == [], metric.name
        context.results[f"lending.{metric.name}"] = result.for_audience(viewer)
    return {name.partition(".")[2]: result for name, result in context.results.items()}


def rows(result: Result) -> dict[str, dict[str, Any]]:
    return {row["key"]: row for row in result.rows.iter_rows(named=True)}


def held(dated: Any, day: dt.date) -> Any:
    """The value of a dated map on a day, None before its first; a plain value has always held."""
    if not isinstance(dated, dict):
        return dated
    past = [since for since in dated if since <= day]
    return dated[max(past)] if past else None


def plain(path: Path) -> dict[str, Any]:
    return yaml.load(path.read_text("utf-8"), yaml.CSafeLoader) or {}


def minutes(hours: Any) -> int:
    if isinstance(hours, str):
        whole, _, rest = hours.partition("h")
        return int(whole) * 60 + int(rest.rstrip("m") or 0)
    return int(Fraction(str(hours)) * 60 + Fraction(1, 2))


def looped(root: Path, first: dt.date, last: dt.date) -> tuple[dict[tuple[str, str], int], dict[Any, Fraction]]:
    """F6 without the product: minutes and kroner by (lender, borrower), from one loop over the week files."""
    people = {path.stem: plain(path) for path in (root / "time/people").glob("*.yml")}
    projects = {path.stem: plain(path) for path in (root / "time/projects").glob("*.yml")}
    hours: dict[tuple[str, str], int] = defaultdict(int)
    cost: dict[Any, Fraction] = defaultdict(Fraction)
    for path in (root / "time/weeks").glob("*/*.yml"):
        person = people[path.parent.name]
        for entry in plain(path).get("logged") or ():
            day = entry["date"]
            if first <= day <= last:
                pair = (
                    held(person.get("department"), day) or "-",
                    held(projects[entry["project"]].get("department"), day) or "-",
                )
                hours[pair] += minutes(entry["hours"])
                rate = held(person.get("internal_rate"), day)
                cost[pair] += Fraction(minutes(entry["hours"]), 60) * Fraction(str(rate or 0))
    return dict(hours), dict(cost)


@pytest.fixture(scope="module")
def company() -> dict[str, Result]:
    return results(ROOT, AS_OF)


def test_lending_equals_a_loop_over_the_yaml_with_each_persons_department_by_date(company: dict[str, Result]) -> None:
    """T23, F6: every pair of departments of this year and of last year, hours to the minute and cost; Ida moved on a
    Wednesday.
    """
    years = {"now": (dt.date(2026, 1, 1), AS_OF), "before": (dt.date(2025, 1, 1), dt.date(2025, 12, 31))}
    found = rows(company["matrix"])
    for period, (first, last) in years.items():
        hours, cost = looped(ROOT, first, last)
        mine = {key.split("/", 1)[1]: row for key, row in found.items() if key.startswith(period)}
        assert sum(row["minutes"] for row in mine.values()) == sum(hours.values())
        assert {"/".join(pair) for pair in hours} <= set(mine)
        for key, row in mine.items():
            lender, borrower = key.split("/")
            assert row["minutes"] == hours.get((lender, borrower), 0), key
            if row["cost"] is not None:
                assert row["cost"] == pytest.approx(float(100 * cost.get((lender, borrower), 0))), key
    assert found["now/sales/marketing"]["minutes"] > 0 and found["now/marketing/sales"]["minutes"] > 0


def test_what_is_lent_is_borrowed_and_own_and_lent_are_all_hours(company: dict[str, Result]) -> None:
    """T23, G8: Σ lent = Σ borrowed, so the nets are 0 together; own + lent = worked; projects and months add up."""
    departments = rows(company["departments"])
    total = departments.pop("-total")
    assert sum(row["lent"] for row in departments.values()) == total["lent"] == total["borrowed"]
    assert sum(row["borrowed"] for row in departments.values()) == total["borrowed"]
    assert sum(row["net"] for row in departments.values()) == 0
    assert all(row["own"] + row["lent"] == row["worked"] for row in departments.values())
    assert company["projects"].rows["minutes"].sum() == total["lent"]
    rest = company["rest"].rows.row(0, named=True)
    assert rest["minutes"] + rest["shown"] == total["lent"]
    year = [row for row in rows(company["months"]).values() if row["month"] >= dt.date(2026, 1, 1)]
    assert sum(row["lent"] for row in year) == total["lent"] == sum(row["borrowed"] for row in year)


ORGANISATION = (
    "name: Prøve ApS\ncountry: DK\ncurrency: DKK\nlanguages: [da]\n"
    "reporting_department: marketing\nstandard_rate: 400\n"
    "departments: {marketing: {name: Marketing}, sales: {name: Salg}}\n"
)
FILES = {
    "organisation.yml": ORGANISATION,
    "time/people/ida.yml": "name: Ida\ndepartment: {2025-01-01: sales, 2026-03-11: marketing}\ninternal_rate: 500\n",
    "time/people/bo.yml": "name: Bo\n",
    "time/people/cy.yml": "name: Cy\ndepartment: sales\n",
    "time/projects/seo.yml": (
        "name: SEO\ntype: operations\nstart: 2026-01-01\ndepartment: {2026-01-01: marketing, 2026-03-12: sales}\n"
        "tasks: {links: {name: Links, from: 2026-03-02, deadline: 2026-03-13, people: [ida, cy]}}\n"
    ),
    "time/projects/loose.yml": "name: Loose\ntype: operations\nstart: 2026-01-01\n",
    "time/weeks/ida/2026-W11.yml": (
        "logged:\n"
        "  - {date: 2026-03-10, project: seo, hours: 2}\n"  # Tuesday, of sales: lent to marketing
        "  - {date: 2026-03-11, project: seo, hours: 3}\n"  # Wednesday, of marketing: its own
        "  - {date: 2026-03-12, project: seo, task: links, hours: 4}\n"  # Thursday: seo is sales' now
        "  - {date: 2026-03-13, project: loose, hours: 1}\n"
    ),
    "time/weeks/bo/2026-W11.yml": "logged:\n  - {date: 2026-03-10, project: seo, hours: 5}\n",
    "time/weeks/cy/2026-W11.yml": "logged:\n  - {date: 2026-03-10, project: loose, hours: 6}\n",
}


def folder(tmp_path: Path, **changed: str) -> Path:
    for name, text in {**FILES, **changed}.items():
        path = tmp_path / "records" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return tmp_path / "records"


def test_a_move_in_the_middle_of_a_week_a_new_owner_and_nobodys_department_are_counted_by_the_day(
    tmp_path: Path,
) -> None:
    """T23, F6: 2 h sales → marketing, 3 h marketing's own, 4 h marketing → sales, 1 h marketing → nobody, 5 h nobody →
    marketing, 6 h sales → nobody: lent 2 + 4 + 1 + 5 + 6 = 18 of 21 h.
    """
    found = results(folder(tmp_path), dt.date(2026, 3, 31))
    given = {
        key.removeprefix("now/"): row["minutes"] / 60 for key, row in rows(found["matrix"]).items() if row["minutes"]
    }
    assert given == {
        "sales/marketing": 2, "marketing/marketing": 3, "marketing/sales": 4, "marketing/-": 1, "-/marketing": 5,
        "sales/-": 6,
    }  # fmt: skip
    assert rows(found["departments"])["-total"]["lent"] == 18 * 60
    nobody = rows(found["departments"])["-"]
    assert (nobody["worked"], nobody["borrowed"], nobody["lent_cost_why"]) == (300, 7 * 60, "no-rate")


def test_hours_for_others_are_those_of_the_tasks_people_on_other_departments_projects(tmp_path: Path) -> None:
    """T24: links is sales' on 31 March. Ida worked 2 + 3 + 4 h on seo, sales' now but marketing's on the
    days of the first two, so 5 h for marketing, 1 h for nobody; Cy 6 h for nobody: 12 of 16 h, and 4 h on the task.
    """
    late = rows(results(folder(tmp_path), dt.date(2026, 3, 31))["late"])["seo/links"]
    assert (late["for_others"], late["worked"], late["on_it"], late["days"]) == (12 * 60, 16 * 60, 240, 18)
    assert (late["state"], late["people"], late["most"]) == ("late", "Cy, Ida", "-")


def test_people_of_other_departments_are_not_named_to_marketing(tmp_path: Path) -> None:
    """T24: to marketing Cy's hours are sales': only Ida's from 11 March on are hers, 3 h for marketing + 1 h for nobody
    of 8 h.
    """
    found = results(folder(tmp_path), dt.date(2026, 3, 31), "marketing")
    late = rows(found["late"])["seo/links"]
    assert (late["people"], late["for_others"], late["worked"]) == ("Ida", 240, 480)
    assert not found["matrix"].has("cost") and found["matrix"].has("standard")
    assert rows(found["matrix"])["now/sales/marketing"]["minutes"] == 120


def test_a_task_whose_people_are_all_withheld_says_so(tmp_path: Path) -> None:
    """T24: a late task of Cy's alone: 6 h for nobody to management, withheld from marketing."""
    project = FILES["time/projects/seo.yml"].replace("[ida, cy]", "[cy]")
    week = FILES["time/weeks/ida/2026-W11.yml"].replace(", task: links", "")
    root = folder(tmp_path, **{"time/projects/seo.yml": project, "time/weeks/ida/2026-W11.yml": week})
    day = dt.date(2026, 3, 31)
    assert rows(results(root, day)["late"])["seo/links"]["for_others"] == 360
    late = rows(results(root, day, "marketing")["late"])["seo/links"]
    assert (late["for_others"], late["for_others_why"], late["share_why"]) == (None, "withheld", "withheld")


def test_a_task_done_in_time_or_of_a_closed_project_is_not_late(tmp_path: Path) -> None:
    """T24: done on 13 March, its deadline, is in time; on 16 March three days late; closed projects are history."""
    day = dt.date(2026, 3, 31)
    text = FILES["time/projects/seo.yml"]
    for done, wanted in (("2026-03-13", None), ("2026-03-16", ("done-late", 3))):
        marked = text.replace("people: [ida, cy]", f"people: [ida, cy], done: {{{done}: 100%}}")
        late = rows(results(folder(tmp_path, **{"time/projects/seo.yml": marked}), day)["late"])
        assert (late["seo/links"]["state"], late["seo/links"]["days"]) == wanted if wanted else late == {}
    closed = results(folder(tmp_path, **{"time/projects/seo.yml": f"{text}closed: 2026-03-20\n"}), day)
    assert closed["late"].rows.is_empty()


def test_nothing_logged_is_no_department_and_no_month(tmp_path: Path) -> None:
    """G2: before the first hour every table is empty, and no department is spoken of."""
    found = results(folder(tmp_path), dt.date(2026, 3, 1))
    assert all(found[name].rows.is_empty() for name in ("matrix", "departments", "months", "projects", "rest", "focus"))
