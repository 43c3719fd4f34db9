"""Budgets whose hours are nearly used: the warning before 100 %, and what it has in common with the report (T30)."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from sitegen import records
from sitegen.checks import projects
from sitegen.checks.files import Files
from sitegen.commands import validate
from sitegen.periods import Calendar
from sitegen.report import Context
from sitegen.reports.budget.metric import RESULTS as BUDGET
from sitegen.tables import Tables
from tests.checks.conftest import write

ROOT = Path(__file__).parents[2] / "records"
PROJECT = "name: SEO\ntype: operations\nstart: 2026-01-01\n"
WEEK = "time/weeks/mette/2026-W12.yml"
PERSON = {"time/people/mette.yml": "name: Mette Holm\ndepartment: marketing\n"}


def nearly(root: Path, as_of: dt.date) -> list[tuple[str, str, str]]:
    """(project, used, budget) of each warning, hours as told."""
    read = records.read(root)
    found = projects.nearly_used(read, Files(read, root), as_of)
    return [(str(one.values["id"]), str(one.values["written"]), str(one.values["limit"])) for one in found]


@pytest.mark.parametrize("day", [dt.date(2025, 9, 30), dt.date(2026, 6, 30)])
def test_the_warning_names_the_open_projects_that_the_budget_report_has_at_80_percent_or_more(day: dt.date) -> None:
    """T30, on two days of the example company: used ÷ budget ≥ 0.8, with the report's own hours and budgets."""
    company = records.read(ROOT).records
    context = Context(Tables(company), day, company.organisation, company, Calendar.of(company.organisation))
    rows = BUDGET[0].run(context, "budget").rows.to_dicts()
    wanted = [
        (row["key"], f"{row['used'] / 60:g}", f"{row['budget'] / 60:g}")
        for row in rows
        if row["state"] != "closed" and row["budget"] and row["used_share"] >= 0.8
    ]
    assert sorted(nearly(ROOT, day)) == sorted(wanted)


def test_strict_fails_where_a_budget_is_nearly_used(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """T30: 4 of 5 h are 80 %: a warning, so exit 0, and 1 with --strict; 3.9 h are 78 %: none."""
    root = tmp_path / "records"
    budget = "budget: [{on: 2026-01-05, hours: 5, why: Oprettet}]\n"
    days = "".join(f"  - {{date: 2026-03-{day}, project: seo, hours: 0.5}}\n" for day in range(16, 20))

    def code(last: str, strict: bool) -> int:
        logged = f"logged:\n{days}  - {{date: 2026-03-20, project: seo, hours: {last}}}\n"
        write(root, {**PERSON, "time/projects/seo.yml": f"{PROJECT}{budget}", WEEK: logged})
        return validate.run(root, as_of=dt.date(2026, 3, 31), strict=strict)

    assert (code("2", False), code("2", True), code("1.9", True)) == (0, 1, 0)
    assert "'seo'" in capsys.readouterr().out


def test_hours_after_the_day_and_a_budget_by_month_of_another_year_do_not_count(tmp_path: Path) -> None:
    """1 h a month is 12 h in 2026: 9 h in March are 75 %, 1 h more 83 %; 11 h in December 2025 are another year's."""
    root = tmp_path / "records"
    budget = "budget: [{on: 2025-01-01, per: month, hours: 1, why: Oprettet}]\n"
    december = "logged:\n  - {date: 2025-12-15, project: seo, hours: 11}\n"
    march = "logged:\n  - {date: 2026-03-16, project: seo, hours: 9}\n  - {date: 2026-03-17, project: seo, hours: 1}\n"
    files = {"time/projects/seo.yml": f"{PROJECT.replace('2026', '2025')}{budget}", WEEK: march}
    write(root, {**PERSON, **files, "time/weeks/mette/2025-W51.yml": december})
    assert nearly(root, dt.date(2026, 3, 16)) == []
    assert nearly(root, dt.date(2026, 3, 17)) == [("seo", "10", "12")]
