"""Estimates (T62, T65): edges of the comparison, against a plain count over the tables."""

from __future__ import annotations

import datetime as dt
import statistics
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
import yaml

from sitegen import records
from sitegen.metrics.figures import Undefined
from sitegen.periods import Calendar
from sitegen.report import Context
from sitegen.reports.budget.metric import RESULTS as BUDGET
from sitegen.reports.estimates.metric import RESULTS, accuracy, median
from sitegen.results import Result
from sitegen.tables import Tables

ROOT = Path(__file__).parents[2] / "records"
DAY = dt.date(2026, 6, 30)


@pytest.fixture(scope="module")
def company() -> dict[str, Result]:
    """The report of the example company, as management sees it."""
    read = records.read(ROOT).records
    context = Context(Tables(read), DAY, read.organisation, read, Calendar.of(read.organisation))
    for slug, metrics in (("budget", BUDGET), ("estimates", RESULTS)):
        for metric in metrics:
            result = metric.run(context, slug)
            assert result.check() == [], metric.name
            context.results[f"{slug}.{metric.name}"] = result
    return {name.partition(".")[2]: one for name, one in context.results.items() if name.startswith("estimates.")}


def rows(result: Result) -> dict[str, dict[str, Any]]:
    return {row["key"]: row for row in result.rows.iter_rows(named=True)}


def pairs(*hours: tuple[int, int]) -> list[tuple[Fraction, int]]:
    return [(Fraction(estimate), used) for estimate, used in hours]


def test_the_ratio_is_one_of_sums_and_not_a_mean_of_ratios() -> None:
    """G4, T62: four tasks of 1 h that took 2 h and one of 100 h that took 100: 108 ÷ 104 = 1.038; the mean is 1.8."""
    found = accuracy(pairs((1, 2), (1, 2), (1, 2), (1, 2), (100, 100)))
    assert found["ratio"] == Fraction(108, 104)
    assert (found["median"], found["close"], found["close_k"], found["close_n"]) == (2, 0.2, 1, 5)


def test_four_finished_ones_are_too_few_and_five_are_enough() -> None:
    """T62: “for få” under five; the sums are facts and stand all the same."""
    four = accuracy(pairs(*[(10, 12)] * 4))
    assert (four["ratio"], four["median"], four["estimate"], four["used"]) == (
        Undefined("too-few"),
        Undefined("too-few"),
        40,
        48,
    )
    assert (four["close"], four["close_why"], four["close_k"], four["close_n"]) == (None, "too-few", 4, 4)
    assert accuracy(pairs(*[(10, 12)] * 5))["ratio"] == Fraction(60, 50)
    assert accuracy([])["ratio"] == Undefined("no-cases")


def test_a_quarter_off_on_either_side_is_still_close() -> None:
    """T62: 75 and 125 of 100 are close, 74 and 126 are not: 3 of 5 with 100 itself; the interval is Wilson's (F30)."""
    found = accuracy(pairs((100, 75), (100, 125), (100, 74), (100, 126), (100, 100)))
    assert (found["close_k"], found["close_n"]) == (3, 5)
    assert found["close_low"] == pytest.approx(0.2307, abs=1e-4)
    assert found["close_high"] == pytest.approx(0.8824, abs=1e-4)


def test_the_median_of_an_even_number_is_the_mean_of_the_middle_two() -> None:
    """1, 2, 3, 10: (2 + 3) ÷ 2 = 2.5; of three the second."""
    assert median([Fraction(10), Fraction(1), Fraction(3), Fraction(2)]) == Fraction(5, 2)
    assert median([Fraction(3), Fraction(1), Fraction(2)]) == 2


def test_finished_tasks_are_those_of_the_yaml(company: dict[str, Result]) -> None:
    """T62: a plain walk over projects and weeks: leaves with a budget and hours, done or of a closed project."""
    hours: dict[tuple[str, str], int] = {}
    for path in (ROOT / "time/weeks").glob("*/*.yml"):
        for entry in (yaml.load(path.read_text("utf-8"), yaml.CSafeLoader) or {}).get("logged") or ():
            if entry["date"] <= DAY and entry.get("task"):
                key = (entry["project"], entry["task"])
                whole = entry["hours"]
                assert not isinstance(whole, str) or whole.endswith("m"), whole
                parts = whole.rstrip("m").split("h") if isinstance(whole, str) else None
                spent = int(parts[0]) * 60 + int(parts[1]) if parts else int(Fraction(str(whole)) * 60 + Fraction(1, 2))
                hours[key] = hours.get(key, 0) + spent
    wanted = {}
    kinds: dict[str, list[tuple[float, int]]] = {}

    def walk(project: str, tasks: dict[str, Any], closed: bool) -> None:
        for id, task in tasks.items():
            if task.get("tasks"):
                walk(project, task["tasks"], closed)
                continue
            said = {day: part for day, part in (task.get("done") or {}).items() if day <= DAY}
            finished = closed or (said and said[max(said)] == "100%")
            if finished and task.get("budget_hours") and (project, id) in hours:
                wanted[f"{project}/{id}"] = (task["budget_hours"] * 60, hours[project, id])
                kinds.setdefault(task["kind"], []).append(wanted[f"{project}/{id}"])

    for path in (ROOT / "time/projects").glob("*.yml"):
        card = yaml.load(path.read_text("utf-8"), yaml.CSafeLoader)
        walk(path.stem, card.get("tasks") or {}, bool(card.get("closed") and card["closed"] <= DAY))
    assert {key: (row["estimate"], row["used"]) for key, row in rows(company["tasks"]).items()} == wanted
    found = rows(company["kinds"])
    assert set(found) == {*kinds, "-total"}
    for kind, each in kinds.items():
        assert (found[kind]["finished"], found[kind]["used"]) == (len(each), sum(used for _, used in each))
        if len(each) >= 5:
            assert found[kind]["ratio"] == pytest.approx(sum(u for _, u in each) / sum(e for e, _ in each))
            assert found[kind]["median"] == pytest.approx(statistics.median(used / estimate for estimate, used in each))


def test_what_open_tasks_take_by_experience_adds_up(company: dict[str, Result]) -> None:
    """T62, G8: the sum row is the sum of the lines, and no line says less than what is used already."""
    ahead, total = company["ahead"].rows, company["sum"].rows.row(0, named=True)
    assert total["tasks"] == len(ahead) > 0
    assert total["expected"] == pytest.approx(ahead["expected"].sum())
    assert total["difference"] == pytest.approx(total["expected"] - total["estimate"])
    assert all(row["expected"] >= row["used"] for row in ahead.iter_rows(named=True))


def test_past_projects_have_the_costs_of_the_budget_report(company: dict[str, Result]) -> None:
    """T63, T65: closed projects with a budget for the whole; in all = internal + external; Timelog 5.0."""
    found = rows(company["projects"])
    assert "newsletter" not in found and "timelog-5" in found
    for row in found.values():
        if row["total"] is not None:
            assert row["total"] == pytest.approx(row["cost"] + row["external"])
    assert found["timelog-5"]["original"] == 2300 * 60
    assert found["timelog-5"]["ratio"] == pytest.approx(found["timelog-5"]["used"] / (2300 * 60))


def test_a_kind_has_the_name_that_the_organisation_gives_it(company: dict[str, Result]) -> None:
    """The key stays as it is written; every table has the name."""
    kinds = rows(company["kinds"])
    assert kinds["event"]["kind"] == "Arrangement" and kinds["seo"]["kind"] == "Søgemaskiner"
    for row in rows(company["tasks"]).values():
        assert row["kind"] == kinds[row["of_kind"]]["kind"]
    assert {row["kind"] for row in rows(company["ahead"]).values()} == {"Arrangement"}
