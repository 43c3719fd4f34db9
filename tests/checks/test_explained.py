"""The page of the codes says every code, and the list of the example company's warnings is what it is warned of."""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from pathlib import Path

import pytest

from sitegen import checks, messages, records
from sitegen.checks.explained import ABOUT, codes_page, dated_codes, example, rules
from sitegen.codes import CODES, GROUPS
from tests.checks.test_cases import ELSEWHERE

ROOT = Path(__file__).resolve().parents[2]
DOCS = ROOT / "docs"
WARNINGS = (DOCS / "warnings.md").read_text("utf-8")
READ_NOT_CHECKED = {"Files", "YAML", "Values", "Settings"}
"""Groups whose codes the reader and the models tell."""


def test_the_page_has_a_heading_for_every_code_with_its_example():
    sections = dict(re.findall(r"^### `([\w-]+)`\n(.*?)(?=^##|\Z)", codes_page("en"), re.MULTILINE | re.DOTALL))
    assert set(sections) == set(CODES)
    assert [name for name, text in sections.items() if "```text" not in text and name not in ELSEWHERE] == []
    assert [name for name, text in sections.items() if not re.search(r"^- .", text, re.MULTILINE)] == []


def test_the_page_in_the_documents_is_the_one_that_is_made():
    """After a changed code, docstring or case: `make codes`."""
    assert (DOCS / "codes.md").read_text("utf-8") == codes_page("en")


def test_every_group_is_introduced_and_every_code_is_in_one_group():
    assert set(ABOUT) == set(GROUPS)
    assert sum(map(len, GROUPS.values())) == len(CODES)


def test_every_code_of_a_check_has_the_rule_of_its_docstring():
    of_checks = {name for group, codes in GROUPS.items() if group not in READ_NOT_CHECKED for name in codes}
    told_by_the_reader = {"defined-twice", "date-outside-week"}
    assert {name for name in of_checks if not rules(name)} == told_by_the_reader
    assert rules("proof-old")[0].startswith("The proof of a consent is kept for two years")
    assert any("a change is a new entry" in rule for rule in rules("budget-edited"))


@pytest.mark.parametrize("lang", ["da", "nb"])
def test_every_rule_and_introduction_is_danish_and_norwegian(lang: str):
    texts = [*ABOUT.values(), *(rule for name in CODES for rule in rules(name))]
    assert [text for text in texts if not messages.known(lang, text)] == []


def test_what_needs_a_day_is_a_warning():
    """A record that was right yesterday does not stop a build today."""
    assert {"past-end", "look-up-old", "no-look-up", "proof-old"} <= dated_codes()
    assert {CODES[name].severity for name in dated_codes()} == {"warning"}


def test_an_example_shows_only_the_code_it_is_for():
    """The case of `budget-edited` has two of them, each with its place, its line and its caret."""
    shown = example("budget-edited")
    assert [line for line in shown if line.startswith("  time/")] == [f"  time/projects/seo.yml:{n}:10" for n in (5, 6)]
    assert len(shown) == 6


@pytest.fixture(scope="module")
def told() -> list[tuple[str, str, str]]:
    """(severity, code, file) of what is told of the example company as of its own day."""
    root = ROOT / "records"
    found = checks.run(records.read(root), root, dt.date(2026, 6, 30))
    return [(problem.severity, problem.code, problem.place.file) for problem in found]


def test_the_warnings_of_the_example_company_are_those_that_are_listed(told):
    rows = re.findall(r"^\| \[`([\w-]+)`\]\(codes\.md#\1\) \| `([^`]+)` \| (\d+) \| .+ \|$", WARNINGS, re.MULTILINE)
    assert Counter(one[1:] for one in told) == Counter({(code, file): int(times) for code, file, times in rows})
    assert [one for one in told if one[0] == "error"] == []


def test_a_warning_that_names_a_story_names_one_that_is_told():
    named = re.findall(r"\(\*([^*]+)\*\)", WARNINGS)
    stories = re.findall(r"^## (.+)$", (DOCS / "stories.md").read_text("utf-8"), re.MULTILINE)
    assert len(named) >= 7
    assert [name for name in named if name not in stories] == []
