"""Of each project of the example company, every page says the same: its hours have one outlook (decision 16)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

import pytest

from sitegen.metrics.outlook import OUTLOOKS, RESTS_ON
from sitegen.pipeline import Run

ROOT = Path(__file__).parents[2] / "records"
BY_WORD = {word: state for state, word in OUTLOOKS.items()}
FIGURES = (("overrun", "over"), ("estimate_over", "will-exceed"), ("left", "near"), ("used", "no-budget"))
"""The figure that home's sentence of a project shows, and so what it says of it; the first that it has counts."""


@pytest.fixture(scope="module")
def run() -> Run:
    return Run(ROOT, audience="management")


@pytest.fixture(scope="module")
def html(run: Run) -> Mapping[str, str]:
    return {page.path: page.html for page in run.pages("en")}


def states(piece: str) -> list[str]:
    """The outlooks that a piece of a page shows as chips."""
    words = [re.sub(r"<[^>]+>", "", chip).strip() for chip in re.findall(r'class="sg-chip[^>]*>(.*?)</span>', piece)]
    return [BY_WORD[word] for word in words if word in BY_WORD]


def in_tables(page: str) -> dict[str, list[str]]:
    """The outlooks in each table row that is named after a project."""
    found: dict[str, list[str]] = {}
    for row in page.split("<tr")[1:]:
        named = re.match(r'[^>]*><th scope="row"><a href="project/([^".]+)\.html"', row)
        if named and (shown := states(row.partition("</tr>")[0])):
            found.setdefault(named[1], []).extend(shown)
    return found


def on_home(page: str) -> dict[str, str]:
    """What home's matters for decision say of the hours of a project."""
    found: dict[str, str] = {}
    for item in re.findall(r"<li><div>.*?</li>", page, re.S):
        keys = re.findall(r'data-k="budget\.projects\.([^".]+)\.(\w+)"', item)
        if keys:
            columns = {column for _, column in keys}
            found[keys[0][0]] = next(state for figure, state in FIGURES if figure in columns)
    return found


def test_budget_portfolio_project_page_and_home_say_the_same_of_every_project(
    run: Run, html: Mapping[str, str]
) -> None:
    """Chips of two tables and of the project's own page, and home's sentences, against one another and the result."""
    rows = {row["key"]: row for row in run.results["budget.projects"].rows.iter_rows(named=True)}
    live = {key for key, row in rows.items() if row["state"] != "closed"}
    budget, portfolio = in_tables(html["budget.html"]), in_tables(html["portfolio.html"])
    assert budget.keys() == live and portfolio.keys() == rows.keys()
    for key, row in rows.items():
        own = html[f"project/{key}.html"]
        said = {*budget.get(key, ()), *portfolio[key], *states(own.partition("</dl>")[0])}
        assert said == {row["outlook"]}, key
        basis = re.search(r"<dt>Outlook rests on</dt><dd>([^<]+)</dd>", own)
        assert (basis[1] if basis else None) == (
            None if row["outlook"] == "no-budget" else RESTS_ON[row["rests_on"]]
        ), key
        foretold = "It will take" in own or "At the present pace the hours last" in own
        assert foretold == (row["outlook"] == "will-exceed"), key
    wanted = {
        key: row["outlook"]
        for key, row in rows.items()
        if row["state"] == "open" and row["outlook"] != "within" and (row["outlook"] != "no-budget" or row["used"])
    }
    assert on_home(html["index.html"]) == wanted


def test_the_example_company_has_enough_outlooks_for_the_comparison_to_say_something(run: Run) -> None:
    """Projects that are over, will exceed by progress, will exceed by pace, are within, and have no budget."""
    rows = run.results["budget.projects"].rows.select("outlook", "rests_on").rows()
    assert {outlook for outlook, _ in rows} >= {"over", "will-exceed", "within", "no-budget"}
    assert {basis for outlook, basis in rows if outlook == "will-exceed"} == {"progress", "pace"}
    assert {basis for _, basis in rows} == {"progress", "pace", "used"}


def test_a_page_that_says_what_to_do_now_links_to_it_under_its_summary(html: Mapping[str, str]) -> None:
    """In the head of the page, and only there where the section is."""
    for path, page in html.items():
        if "/" not in path:
            assert ('<a href="#next">' in page.partition("</header>")[0]) == ('<h2 id="next">' in page), path
