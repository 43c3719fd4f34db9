"""The portfolio's edges; its arithmetic is worked by hand in its `example.yml`. And: the company's figures counted
again.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from dataclasses import replace
from fractions import Fraction
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import polars as pl
import pytest
import yaml

from sitegen import records
from sitegen.metrics.decisions import decided
from sitegen.periods import Calendar, parse
from sitegen.report import Context, Word
from sitegen.reports.budget.metric import RESULTS as BUDGET
from sitegen.reports.portfolio.metric import RESULTS as PORTFOLIO
from sitegen.reports.portfolio.metric import attention
from sitegen.results import Result
from sitegen.tables import Tables

ROOT = Path(__file__).parents[2] / "records"


@pytest.fixture(scope="module")
def company() -> dict[str, Result]:
    """The two reports of the whole company, as management sees them."""
    found = records.read(ROOT).records
    calendar = Calendar.of(found.organisation)
    context = Context(Tables(found), found.organisation.as_of, found.organisation, found, calendar)
    for slug, metrics in (("budget", BUDGET), ("portfolio", PORTFOLIO)):
        for metric in metrics:
            result = metric.run(context, slug)
            assert result.check() == [], (slug, metric.name)
            context.results[f"{slug}.{metric.name}"] = result
    return context.results


@pytest.fixture(scope="module")
def plain() -> dict[str, Any]:
    """The same records read as plain YAML, counted without the product: sums by project."""
    organisation = yaml.load((ROOT / "organisation.yml").read_text("utf-8"), yaml.CSafeLoader)
    as_of = organisation["as_of"]
    people = {path.stem: _yaml(path) for path in (ROOT / "time/people").glob("*.yml")}
    sums: dict[str, Any] = {
        "as_of": as_of,
        "minutes": defaultdict(int),
        "booked": defaultdict(int),
        "ahead": defaultdict(int),
    }
    sums |= {"cost": defaultdict(Fraction), "latest": {}}
    for path in (ROOT / "time/weeks").glob("*/*.yml"):
        week = _yaml(path)
        person, monday = people[path.parent.name], parse(path.stem).start
        for entry in week.get("logged") or ():
            if entry["date"] > as_of:
                continue
            minutes = _minutes(entry["hours"])
            project = entry["project"]
            sums["minutes"][project] += minutes
            sums["cost"][project] += Fraction(minutes, 60) * Fraction(
                str(_held(person["internal_rate"], entry["date"]))
            )
            sums["latest"][project] = max(entry["date"], sums["latest"].get(project, entry["date"]))
        for entry in week.get("booked") or ():
            minutes = _minutes(entry["hours"])
            sums["booked"][entry["project"]] += minutes
            if monday > as_of - dt.timedelta(days=as_of.weekday()):
                sums["ahead"][entry["project"]] += minutes
    return sums


def _yaml(path: Path) -> dict[str, Any]:
    return yaml.load(path.read_text("utf-8"), yaml.CSafeLoader) or {}


def _minutes(hours: Any) -> int:
    """`1.5`, `2` or `3h15m` as minutes."""
    if isinstance(hours, str):
        whole, _, rest = hours.partition("h")
        return int(whole) * 60 + int(rest.rstrip("m") or 0)
    return int(Fraction(str(hours)) * 60 + Fraction(1, 2))


def _held(dated: Any, day: dt.date) -> Any:
    """The value of a dated map on a day."""
    if not isinstance(dated, dict):
        return dated
    past = [since for since in dated if since <= day]
    return dated[max(past)] if past else 0  # before the first rate: hours without one, which the cost leaves out


def test_hours_cost_and_bookings_of_the_company_are_those_counted_from_the_yaml(
    company: dict[str, Result], plain: dict[str, Any]
) -> None:
    """Every project: hours to the minute, own cost to the øre's fraction, bookings, the day of the newest hour."""
    rows = {row["key"]: row for row in company["portfolio.projects"].rows.iter_rows(named=True)}
    assert set(rows) == {path.stem for path in (ROOT / "time/projects").glob("*.yml")}
    for project, row in rows.items():
        assert row["used_total"] == plain["minutes"][project], project
        assert row["internal_cost"] == pytest.approx(float(plain["cost"][project] * 100)), project
        assert (row["allocated"], row["ahead"]) == (plain["booked"][project], plain["ahead"][project]), project
        assert row["latest"] == plain["latest"].get(project), project


def test_budget_costs_and_end_of_the_website_are_those_of_its_record(
    company: dict[str, Result], plain: dict[str, Any]
) -> None:
    """The newest baseline on or before the day holds; outside costs up to the day; moved = days between first and
    last end.
    """
    card = _yaml(ROOT / "time/projects/website.yml")
    row = next(row for row in company["budget.projects"].rows.iter_rows(named=True) if row["key"] == "website")
    held = [entry for entry in card["budget"] if _date(entry["on" if "on" in entry else True]) <= plain["as_of"]]
    assert row["budget"] == held[-1]["hours"] * 60 and row["original"] == held[0]["hours"] * 60
    assert row["used"] == plain["minutes"]["website"]
    assert row["moved"] == (held[-1]["end"] - held[0]["end"]).days
    assert row["baselines"] == len(held)


def _date(value: Any) -> dt.date:
    return value if isinstance(value, dt.date) else dt.date.fromisoformat(value)


def test_parts_add_up_to_their_totals(company: dict[str, Result]) -> None:
    """G8: weeks of the heat table, tasks of each project, and projects of the totals."""
    weeks, sums = company["budget.weeks"].rows, company["budget.week_sums"].rows
    total = dict(sums.select("key", "minutes").rows())
    assert total["all"] == weeks["minutes"].sum()
    assert sum(minutes for key, minutes in total.items() if key.startswith("week/")) == total["all"]
    assert sum(minutes for key, minutes in total.items() if key.startswith("project/")) == total["all"]
    tasks: dict[str, int] = defaultdict(int)
    for row in company["budget.tasks"].rows.iter_rows(named=True):
        tasks[row["project"]] += row["used"] if row["level"] == 1 else 0
    for row in company["budget.projects"].rows.iter_rows(named=True):
        assert tasks[row["key"]] == row["used_total"], row["key"]


def test_what_needs_a_decision_names_only_projects_that_are_open(company: dict[str, Result]) -> None:
    """A closed project that ran over is history; nobody can decide about it."""
    projects = company["portfolio.projects"]
    states = dict(projects.rows.select("key", "state").rows())
    found = attention({"projects": projects})
    assert found, "the company has a neglected project"
    assert {states[item.page[1]] for item in found} == {"open"}


def test_what_was_decided_of_a_neglected_project_is_to_be_carried_out_not_decided_again(
    company: dict[str, Result],
) -> None:
    """SEO: nobody since 21 May, and its record says that it is bought outside. An accepted one is left in peace."""
    projects = company["portfolio.projects"]
    row = projects.rows.row(by_predicate=pl.col("key") == "seo", named=True)
    assert (row["neglected"], row["decision"]) == ("yes", "outsource")

    def told(table: Result) -> dict[str, Any]:
        alone = [item for item in attention({"projects": table}) if item.what[0].startswith("Nobody")]
        return {item.page[1]: item.so for item in alone}

    assert told(projects)["seo"] == (
        "Carry out what was decided: %(decision)s.",
        {"decision": Word("Buy it outside")},
    )
    assert told(projects)["partner-portal"][0].startswith("Book hours for it")
    accepted = replace(projects, rows=projects.rows.with_columns(decision=pl.lit("accept")))
    assert told(accepted) == {}


def test_a_decision_counts_from_its_day_on_in_every_report() -> None:
    """Decided on the 10th: on the 9th there is none; a project without a record has none either."""
    card = SimpleNamespace(target_decision=SimpleNamespace(on=dt.date(2026, 6, 10), decision="outsource"))
    assert decided(card, dt.date(2026, 6, 9)) is None
    assert decided(card, dt.date(2026, 6, 10)) is card.target_decision
    assert decided(SimpleNamespace(target_decision=None), dt.date(2026, 6, 10)) is decided(None, dt.date.max) is None
