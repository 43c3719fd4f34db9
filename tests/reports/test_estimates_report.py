"""Estimates (T62, T65): edges of the comparison, against a plain count over the tables."""

from __future__ import annotations

import datetime as dt
import re
import statistics
from fractions import Fraction
from html import unescape
from pathlib import Path
from typing import Any

import pytest
import yaml

from sitegen import records
from sitegen.metrics.figures import Undefined
from sitegen.pages import Book
from sitegen.periods import Calendar
from sitegen.pipeline import Run
from sitegen.report import Context
from sitegen.reports.budget.metric import RESULTS as BUDGET
from sitegen.reports.estimates import REPORT
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


# --- on how little a ratio rests


@pytest.mark.parametrize(
    ("estimates", "heavy", "hours"),
    [
        ((10, 10, 10, 10, 10), 3, 30),
        ((100, 10, 10, 10, 10), 1, 100),
        ((40, 60, 10, 10, 80), 2, 140),
        ((50, 25, 25), 2, 75),  # just half is not more than half
    ],
)
def test_the_fewest_tasks_that_have_more_than_half_of_the_hours_are_counted(
    estimates: tuple[int, ...], heavy: int, hours: int
) -> None:
    found = accuracy(pairs(*((one, one) for one in estimates)))
    assert (found["heavy"], found["heavy_estimate"]) == (heavy, hours)
    assert accuracy([])["heavy"] == accuracy([])["heavy_estimate"] == Undefined("no-cases")


def page(root: Path, lang: str = "en") -> str:
    run = Run(root, as_of=DAY, audience="management")
    book, own = Book(run, lang), run.of(REPORT)
    return unescape(book.page(REPORT, own, book.charts(REPORT, own)).html).replace("\xa0", " ")


def plain(html: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", html))


def test_a_ratio_that_is_mostly_about_two_tasks_is_no_headline() -> None:
    """Of 3,350 h estimated 2,300 were of two tasks of Timelog 5.0; 12 of 24 tasks were within a quarter."""
    html = page(ROOT)
    (headline,) = re.findall(r"<h1[^>]*>(.*?)</h1>", html, re.DOTALL)
    assert plain(headline).strip() == "50% of the finished tasks took within 25% of their estimate"
    said = plain(html)
    assert re.search(
        r"Used ÷ estimated is 1\.09 in all, and 0\.\d\d for the middle one\. "
        r"2 of them have 2,300 h of the 3,350 h estimated: the sum is mostly about these\.",
        said,
    )
    assert "took 1.10 times their first estimate. 1 of them has 2,300 h of the" in said


def test_kinds_with_few_tasks_are_one_sentence_and_not_a_line_each() -> None:
    html = page(ROOT)
    (table,) = re.findall(r'aria-label="Estimates by kind of task".*?</table>', html, re.DOTALL)
    assert table.count('<th scope="row">') == 2 and "Arrangement" in table and "All finished tasks" in table
    said = "9 kinds have fewer than five finished tasks, too few to say how well they are estimated: Udvikling, Data,"
    (folded,) = re.findall(r"<summary>([^<]*fewer than five.*?)</summary>(.*?)</details>", html, re.DOTALL)
    assert plain(folded[0]).startswith(said)
    assert folded[1].count('<th scope="row">') == 9 and "too few" not in plain(folded[1])


def test_a_table_that_is_cut_says_how_many_rows_the_download_has_besides() -> None:
    """24 tasks are finished: 15 stand in the table, and no closed project is left out of its own."""
    html = page(ROOT)
    section = html[html.index('id="tasks"') :]
    shown = section[: section.index("</table>")].count('<th scope="row">')
    assert (shown, re.findall(r"(\d+) more rows? (?:is|are) in the download", plain(section))) == (15, ["9"])
    assert "in the download" not in plain(html[: html.index('id="tasks"')])


def test_where_no_task_outweighs_the_others_the_ratio_is_the_headline(tmp_path: Path) -> None:
    """Five tasks of 10 h that took 12: 1.20."""
    folder = tmp_path / "records"
    tasks = ", ".join(
        f"t{n}: {{name: T{n}, budget_hours: 10, done: {{2026-06-20: 100%}}, kind: seo}}" for n in range(5)
    )
    card = f"name: SEO\ntype: operations\nstart: 2026-01-01\ntasks: {{{tasks}}}\n"
    days = "".join(f"  - {{date: 2026-06-{8 + n:02}, project: seo, task: t{n}, hours: 12}}\n" for n in range(5))
    files = {
        "organisation.yml": "name: T\ncountry: DK\ncurrency: DKK\nlanguages: [en]\ndepartments: {m: {name: M}}\n",
        "time/people/ana.yml": "name: Ana Holm\ndepartment: m\n",
        "time/projects/seo.yml": card,
        "time/weeks/ana/2026-W24.yml": f"logged:\n{days}",
    }
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, "utf-8")
    (headline,) = re.findall(r"<h1[^>]*>(.*?)</h1>", page(folder), re.DOTALL)
    assert plain(headline).strip() == "Tasks of the kind “seo” take 1.20 times their estimate"
