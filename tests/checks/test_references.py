"""Ids that no record defines, and what is not said of them while a file cannot be read."""

from __future__ import annotations

import pytest

WEEK = "time/weeks/mette/2026-W12.yml"
HOURS = "logged: [{date: 2026-03-16, project: seo, task: analyse, hours: 1}]\n"
PERSON = {"time/people/mette.yml": "name: Mette\ndepartment: marketing\n"}
PROJECT = "name: Søgning\ntype: operations\ndepartment: marketing\nowner: mette\nstart: 2026-01-05\n"
CARD = "crm/customers/nordisk-data.yml"
STAGES = "stages: [{id: lead, name: Lead}]\ninactive: [{id: timing, name: Tid}]\n"


@pytest.mark.parametrize(
    ("tasks", "codes"),
    [
        ("tasks: {analyse: {name: Analyse}}\n", []),
        ("tasks: {analysis: {name: Analyse}}\n", ["unknown-task"]),
        ("tasks: {analyse: {name: Analyse}\n", ["open-bracket"]),
        ("tasks: [{analyse: {name: Analyse}}]\n", ["map-wanted"]),
        ("taks: {analyse: {name: Analyse}}\n", ["unknown-key"]),
    ],
)
def test_a_task_of_a_project_that_cannot_be_read_is_not_called_unknown(found, tasks, codes):
    files = {**PERSON, "time/projects/seo.yml": PROJECT + tasks, WEEK: HOURS}
    assert [code for code, _ in found(files)] == codes


def test_the_tasks_of_other_projects_are_told_as_before(found):
    other = {"time/projects/web.yml": PROJECT, "time/projects/seo.yml": PROJECT + "tasks: {\n"}
    hours = "logged: [{date: 2026-03-16, project: web, task: design, hours: 1}]\n"
    codes = [code for code, _ in found({**PERSON, **other, WEEK: hours})]
    assert codes == ["open-bracket", "unknown-task"]


@pytest.mark.parametrize(("stages", "codes"), [(STAGES, ["unknown-stage"]), (STAGES + "x: {", ["open-bracket"])])
def test_no_stage_is_unknown_while_the_list_of_stages_cannot_be_read(found, stages, codes):
    """The card is at `kunde`, which the list lacks; the broken list may hold it."""
    card = "name: Nordisk Data\nstages: [{stage: kunde, on: 2026-03-16}]\n"
    assert [code for code, _ in found({CARD: card, "crm/stages.yml": stages})] == codes
