"""Budgets of projects and tasks, what was committed of them, and how investments end."""

from __future__ import annotations

import datetime as dt
import os
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.checks.conftest import ORGANISATION, problems, write

PROJECT = "name: SEO\ntype: operations\nstart: 2026-01-01\n"
SEO = "time/projects/seo.yml"
JANUARY = "  - {on: 2026-01-05, hours: 100, external_cost: 30000, why: Oprettet}\n"
MARCH = "  - {on: 2026-03-02, hours: 120, external_cost: 30000, why: Links}\n"


@pytest.fixture
def commit(tmp_path: Path) -> Callable[[str, str], Path]:
    """Writes a project and commits it on a day."""
    root = tmp_path / "records"

    def git(*arguments: str, day: str = "2026-01-05") -> None:
        time = f"{day}T12:00:00+00:00"
        who = {f"GIT_{one}_{what}": "a@example.com" for one in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")}
        settings = {"PATH": os.environ["PATH"], "GIT_CONFIG_GLOBAL": os.devnull, **who}
        settings |= {"GIT_AUTHOR_DATE": time, "GIT_COMMITTER_DATE": time}
        subprocess.run(["git", *arguments], cwd=tmp_path, env=settings, check=True, capture_output=True)

    def commit(budget: str, day: str) -> Path:
        write(root, {SEO: f"{PROJECT}{budget}"})
        git("add", ".")
        git("commit", "-q", "-m", "Budget", day=day)
        return root

    git("init", "-q", "-b", "main")
    return commit


def test_new_entries_a_mended_reason_and_the_same_figure_written_otherwise_are_no_edit(commit):
    """100 h is 100.0 h; the order of keys and the layout of the list are free."""
    commit(f"budget:\n{JANUARY}", "2026-01-05")
    commit(f"budget:\n{JANUARY}{MARCH}", "2026-03-02")
    january = "{why: Begyndt, hours: 100.0, on: 2026-01-05, external_cost: 30000.00}"
    march = "{on: 2026-03-02, hours: 120h, external_cost: 30000, why: Links}"
    root = commit(f"budget: [{january}, {march}]\n", "2026-04-01")
    assert problems(root) == []


def test_an_entry_edited_in_a_later_commit_is_told_and_restoring_it_is_enough(commit):
    """T31. First committed: 100 h. 110 h in April is an edit; 100 h again, with 110 h as a new entry, is none."""
    commit(f"budget:\n{JANUARY}", "2026-01-05")
    root = commit(f"budget:\n{JANUARY.replace('hours: 100', 'hours: 110')}", "2026-04-01")
    assert problems(root) == [("budget-edited", f"{SEO}:5:10")]
    write(root, {SEO: f"{PROJECT}budget:\n{JANUARY}{MARCH}"})
    assert problems(root) == []


def test_a_budget_deleted_whole_is_told_at_the_top_of_the_file(commit):
    commit(f"budget:\n{JANUARY}{MARCH}", "2026-01-05")
    root = commit("", "2026-02-01")
    assert problems(root) == [("budget-removed", f"{SEO}:1:1")] * 2


def test_two_entries_of_one_day_are_told_apart_by_their_order(commit):
    twice = f"budget:\n{JANUARY}{JANUARY.replace('100', '120')}"
    root = commit(twice, "2026-01-05")
    assert problems(root) == []
    write(root, {SEO: f"{PROJECT}{twice.replace('120', '130')}"})
    assert problems(root) == [("budget-edited", f"{SEO}:6:10")]


def test_what_was_committed_before_budgets_settled_may_have_been_edited(commit):
    """100 h on 5 January, 110 h on the 20th. Settled in February: 110 h counts. Settled on the 10th: 100 h does."""
    commit(f"budget:\n{JANUARY}", "2026-01-05")
    edited = f"{PROJECT}budget:\n{JANUARY.replace('hours: 100', 'hours: 110')}"
    root = commit(edited.removeprefix(PROJECT), "2026-01-20")
    february = {"organisation.yml": f"{ORGANISATION}budgets_settled: 2026-02-01\n"}
    january = {"organisation.yml": f"{ORGANISATION}budgets_settled: 2026-01-10\n"}
    told = [("budget-edited", f"{SEO}:5:10")]
    assert problems(write(root, {**february, SEO: edited})) == []
    assert problems(write(root, {**february, SEO: f"{PROJECT}budget:\n{JANUARY}"})) == told
    assert problems(write(root, {**january, SEO: edited})) == told
    assert problems(write(root, {**january, SEO: f"{PROJECT}budget:\n{JANUARY}"})) == []


def test_a_budget_that_could_not_be_read_when_it_was_committed_is_no_fault(commit):
    commit("budget: [{on: 2026-01-05, hours: viele}\n", "2026-01-04")
    root = commit(f"budget:\n{JANUARY}", "2026-01-05")
    assert problems(root) == []


def test_without_git_no_budget_is_compared(found, monkeypatch):
    monkeypatch.setattr("subprocess.run", lambda *arguments, **options: pytest.fail("git was called"))
    assert found({SEO: f"{PROJECT}budget:\n{JANUARY}"}) == []


def test_a_task_is_held_to_the_newest_budget_of_the_whole_project_only(found):
    """150 h of a task: over 120 h for the project, but nothing can be said beside 40 h a month."""
    task = "tasks: {links: {name: Links, budget_hours: 150}}\n"
    assert found({SEO: f"{PROJECT}{task}budget: [{{on: 2026-01-05, hours: 120}}]\n"}) == [
        ("task-over-project", f"{SEO}:4:44")
    ]
    assert found({SEO: f"{PROJECT}{task}budget: [{{on: 2026-01-05, per: month, hours: 40}}]\n"}) == []
    assert found({SEO: f"{PROJECT}{task.replace('150', '120')}budget: [{{on: 2026-01-05, hours: 120}}]\n"}) == []


def test_an_investment_is_past_its_end_on_the_day_after_it(found):
    """T13. The newest entry moves the end from 30 June to 31 August; closed or evaluated it is no longer told."""
    text = (
        "name: Messe\ntype: investment\nstart: 2026-01-01\nend: 2026-06-30\n"
        "budget:\n  - {on: 2026-01-05, hours: 80}\n  - {on: 2026-06-01, hours: 90, end: 2026-08-31, why: Udsat}\n"
    )
    assert found({SEO: text}, dt.date(2026, 8, 31)) == []
    assert found({SEO: text}, dt.date(2026, 9, 1)) == [("past-end", f"{SEO}:7:38")]
    assert found({SEO: text}) == []
    assert found({SEO: f"{text}evaluation: {{on: 2026-09-01, verdict: stop}}\n"}, dt.date(2026, 9, 1)) == []
