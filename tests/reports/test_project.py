"""What a project's page shows beside its budget: the chain it belongs to and its evaluation; against plain YAML."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml

from sitegen.pipeline import Run

ROOT = Path(__file__).parents[2] / "records"
PROJECTS = {
    path.stem: yaml.load(path.read_text("utf-8"), yaml.CSafeLoader) for path in ROOT.glob("time/projects/*.yml")
}


@pytest.fixture(scope="module")
def run() -> Run:
    return Run(ROOT, audience="management")


@pytest.fixture(scope="module")
def html(run: Run) -> Mapping[str, str]:
    return {page.path: page.html for page in run.pages("en")}


def logged(project: str) -> int:
    """Minutes of the project in all week files up to the company's day; `2`, `1.5` or `1h30m` in the file."""
    as_of = yaml.load((ROOT / "organisation.yml").read_text("utf-8"), yaml.CSafeLoader)["as_of"]
    weeks = (yaml.load(path.read_text("utf-8"), yaml.CSafeLoader) for path in ROOT.glob("time/weeks/*/*.yml"))
    entries = [entry for week in weeks for entry in week.get("logged") or ()]
    sums = 0
    for entry in entries:
        if entry["project"] == project and entry["date"] <= as_of:
            whole, clock, rest = str(entry["hours"]).partition("h")
            sums += int(whole) * 60 + int(rest.rstrip("m") or 0) if clock else round(float(whole) * 60)
    return sums


def section(page: str, id: str) -> str:
    found = re.search(rf'<section class="sg-section"><h2 id="{id}">.*?</section>', page, re.DOTALL)
    return found[0] if found else ""


def test_the_meetings_after_the_first_one_stand_with_it_in_a_chain_and_no_hour_moves_t12(
    run: Run, html: Mapping[str, str]
) -> None:
    """T12: the investment of 2025 became an operation: each keeps its hours, and both pages show both and the sum."""
    assert PROJECTS["meetups"]["succeeds"] == "meetup-2025"
    hours = {name: logged(name) for name in ("meetup-2025", "meetups")}
    for page in hours:
        rows = {row["key"]: row for row in run.results["project.chain"].rows.iter_rows(named=True)}
        assert [key for key in rows if key.startswith(f"{page}/")] == [f"{page}/{one}" for one in (*hours, "-")]
        assert {one: rows[f"{page}/{one}"]["minutes"] for one in hours} == hours
        assert rows[f"{page}/-"]["minutes"] == sum(hours.values())
        shown = section(html[f"project/{page}.html"], "chain")
        (other,) = hours.keys() - {page}
        assert f'href="{other}.html"' in shown or f'/{other}.html"' in shown or f"project/{other}" in shown
        assert f'data-k="project.chain.{page}/-.minutes"' in shown


def test_a_project_that_follows_nothing_and_is_not_followed_has_no_chain_t12(html: Mapping[str, str]) -> None:
    """T12: only what follows or is followed has one."""
    followed = {card["succeeds"] for card in PROJECTS.values() if "succeeds" in card}
    for name, card in PROJECTS.items():
        assert bool(section(html[f"project/{name}.html"], "chain")) == ("succeeds" in card or name in followed)


def test_an_evaluation_is_shown_with_what_was_expected_and_achieved_t13(run: Run, html: Mapping[str, str]) -> None:
    """T13: verdict, day, reason and each measure of every evaluated project; no section where there is none."""
    facts = {row["key"]: row for row in run.results["project.facts"].rows.iter_rows(named=True)}
    effects = {row["key"]: row for row in run.results["project.effects"].rows.iter_rows(named=True)}
    for name, card in PROJECTS.items():
        said: dict[Any, Any] | None = card.get("evaluation")
        shown = section(html[f"project/{name}.html"], "evaluation")
        assert bool(shown) == (said is not None), name
        if said is not None:
            assert (facts[name]["verdict"], facts[name]["evaluated"]) == (said["verdict"], said[True])  # `on` is yes
            for measure, expected in (said.get("expected") or {}).items():
                assert effects[f"{name}/{measure}"]["expected"] == expected
                assert effects[f"{name}/{measure}"]["achieved"] == said["achieved"][measure]
                assert f'data-k="project.effects.{name}/{measure}.achieved"' in shown
