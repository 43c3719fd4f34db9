"""Ids that no record defines, and what is not said of them while a file cannot be read."""

from __future__ import annotations

import pytest

from sitegen import checks, messages, records
from tests.checks.conftest import write

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


@pytest.mark.parametrize(
    ("written", "code", "repair"),
    [
        ("project: Søgning, task: analyse", "unknown-project", "seo"),
        ("project: søgninger, task: analyse", "unknown-project", "seo"),
        ("project: seo, task: Analyse og plan", "unknown-task", "analyse"),
        ("project: seo, task: Analyse og plna", "unknown-task", "analyse"),
        ("project: seo, asked_by: Marketing", "unknown-department", "marketing"),
        ("project: seo, customer: Nordisk Data A/S", "unknown-customer", "nordisk-data"),
        ("project: seo, customer: Ukendt A/S", "unknown-customer", ""),
    ],
)
def test_a_name_in_the_place_of_an_id_is_one_mistake_and_its_repair_is_the_id(tmp_path, written, code, repair):
    files = {
        **PERSON,
        CARD: "name: Nordisk Data A/S\n",
        "time/projects/seo.yml": PROJECT + "tasks: {analyse: {name: Analyse og plan}}\n",
        WEEK: f"logged: [{{date: 2026-03-16, {written}, hours: 1}}]\n",
    }
    root = write(tmp_path / "records", files)
    found = checks.run(records.read(root), root)
    assert [(problem.code, problem.values["nearest"]) for problem in found] == [(code, repair)]


def test_a_name_that_is_written_twice_is_told_once(found):
    hours = "logged:\n" + 2 * "  - {date: 2026-03-16, project: Søgning, hours: 1}\n"
    files = {**PERSON, "time/projects/seo.yml": PROJECT, WEEK: hours}
    assert found(files) == [("unknown-project", f"{WEEK}:2:33")]


@pytest.mark.parametrize(
    ("file", "code", "repair"),
    [
        ("time/projects/Website.yml", "bad-file-name", "website.yml"),
        ("time/projects/website.yml.txt", "bad-file-name", "website.yml"),
        ("time/projects/website.YML", "bad-file-name", "website.yml"),
        ("time/website.yml", "unknown-file", None),
    ],
)
def test_a_project_whose_file_is_misnamed_or_misplaced_is_not_unknown_too(tmp_path, file, code, repair):
    project = "name: Website\ntype: operations\nstart: 2026-01-01\n"
    week = "logged: [{date: 2026-03-16, project: website, hours: 2}, {date: 2026-03-16, project: other, hours: 1}]\n"
    root = write(
        tmp_path, {file: project, "time/people/mette.yml": "name: Mette\n", "time/weeks/mette/2026-W12.yml": week}
    )
    found = checks.run(records.read(root), root)
    assert [one.code for one in found] == sorted([code, "unknown-project"])
    assert next(one for one in found if one.code == code).values.get("repair") == repair


@pytest.mark.parametrize(
    ("name", "repair"),
    [
        ("2026-12.yml", "2026-W12.yml"),
        ("2026 uge 7.yml", "2026-W07.yml"),
        ("2026W12.yaml", "2026-W12.yml"),
        ("12.yml", ""),
    ],
)
def test_the_file_of_a_week_is_told_its_name_where_it_says_the_week(tmp_path, name, repair):
    root = write(
        tmp_path, {"time/people/mette.yml": "name: Mette\n", f"time/weeks/mette/{name}": "planned: 2026-03-13\n"}
    )
    (problem,) = records.read(root).problems
    wanted = "time/weeks/mette/2026-W12.yml"
    assert problem.code == "bad-file-name"
    assert problem.values == {"wanted": wanted, **({"repair": repair} if repair else {})}


def test_several_ids_in_one_are_told_each_by_itself(tmp_path):
    people = {f"time/people/{id}.yml": "name: X\n" for id in ("anna", "bo")}
    project = "name: X\ntype: operations\nstart: 2026-01-01\ntasks: {a: {name: A, people: [anna og bo]}}\n"
    root = write(tmp_path, {"time/projects/x.yml": project, **people})
    (problem,) = checks.run(records.read(root), root)
    assert (problem.code, problem.values["several"]) == ("unknown-person", "anna, bo")


def test_two_ids_where_one_can_stand_are_told_as_that(tmp_path):
    people = {f"time/people/{id}.yml": f"name: {id.title()}\n" for id in ("henrik", "line")}
    root = write(tmp_path, {**people, "crm/customers/x.yml": "name: X\nowner: henrik, line\n"})
    (problem,) = checks.run(records.read(root), root)
    assert (problem.code, problem.values["either"]) == ("unknown-person", "henrik / line")


def test_two_names_where_one_can_stand_are_told_with_their_ids(tmp_path):
    root = write(tmp_path, PEOPLE | {"crm/customers/x.yml": "name: X\nowner: Mette, Søren Holm\n"})
    (problem,) = checks.run(records.read(root), root)
    assert (problem.code, problem.values["either"]) == ("unknown-person", "ml / sh")


def test_an_id_in_capital_letters_is_told_with_the_id(tmp_path):
    week = "logged: [{date: 2026-03-16, project: SEO, hours: 1}]\n"
    root = write(tmp_path, {**PERSON, "time/projects/seo.yml": PROJECT, WEEK: week})
    assert [(one.code, one.values["nearest"]) for one in checks.run(records.read(root), root)] == [
        ("unknown-project", "seo")
    ]


def test_the_name_of_a_goal_that_several_years_have_is_that_of_the_newest_plan(tmp_path):
    goals = "name: P\ngoals: {%s: {name: Møder, business_goal: true}}\n"
    newest = goals % "meetings" + "activities: {a: {name: A, goal: Møder}}\n"
    root = write(tmp_path, {"plans/marketing-2025.yml": goals % "old", "plans/marketing-2026.yml": newest})
    found = {one.code: one.values for one in checks.run(records.read(root), root)}
    assert found["unknown-goal"]["nearest"] == "meetings"


@pytest.mark.parametrize(
    ("card", "lang", "said"),
    [
        ("stages: [{stage: lead, on: 2026-01-12}]", "da",
         "crm/stages.yml mangler; skriv der: stages: [{id: lead, name: Lead}]"),
        ("segment: Små firmaer", "en",
         "plans/segments.yml is missing; write in it: segments: {smaa-firmaer: {name: Små firmaer}}"),
        ("purchases: [{date: 2026-04-01, product: timelog}]", "nb",
         "crm/products.yml mangler; skriv der: products: {timelog: {name: Timelog, category: …}}"),
    ],
)  # fmt: skip
def test_where_no_list_defines_such_ids_its_file_and_first_entry_are_told(tmp_path, card, lang, said):
    root = write(tmp_path / "records", {CARD: f"name: Nordisk Data\n{card}\n"})
    told = [(one.hint, one.values) for one in checks.run(records.read(root), root) if one.code != "bad-id"]
    assert [messages.translate(lang, hint, values) for hint, values in told] == [said]


def test_a_list_that_is_missing_in_a_file_that_is_there_is_told_as_that(tmp_path):
    costs = "external_costs: [{date: 2026-03-16, supplier: bureau-blik, amount: 100}]\n"
    root = write(tmp_path / "records", {**PERSON, "time/projects/seo.yml": PROJECT + costs})
    (problem,) = checks.run(records.read(root), root)
    said = messages.translate("da", problem.hint, problem.values)
    assert said == "skriv i organisation.yml: suppliers: {bureau-blik: Bureau blik}"


PEOPLE = {
    "time/people/sh.yml": "name: Søren Holm\n",
    "time/people/sl.yml": "name: Søren Lund\n",
    "time/people/ml.yml": "name: Mette Lind\n",
    "time/people/jb-1.yml": "name: Jens Birk\n",
    "time/people/jb-2.yml": "name: Jens Birk\n",
    "time/people/anna.yml": "name: Berit Anna Friis\n",
}


@pytest.mark.parametrize(
    ("owner", "nearest", "called"),
    [
        ("Mette Lind", "ml", ""),
        ("Mette", "ml", ""),
        ("mette", "ml", ""),
        ("Søren Holm", "sh", ""),
        ("Søren", "", "sh, sl"),
        ("Jens", "", "jb-1, jb-2"),
        ("Jens Birk", "", "jb-1, jb-2"),
        ("Anna", "anna", ""),
        ("Berit Anna", "anna", ""),
        ("Lind", "", ""),
        ("ml@firma.example", "ml", ""),
        ("{2026-01-05: Mette}", "ml", ""),
    ],
)
def test_who_writes_a_first_name_is_told_the_id_where_one_alone_has_it(tmp_path, owner, nearest, called):
    project = f"name: X\ntype: operations\nstart: 2026-01-05\nowner: {owner}\n"
    root = write(tmp_path, PEOPLE | {"time/projects/x.yml": project})
    (problem,) = checks.run(records.read(root), root)
    assert (problem.code, problem.values["nearest"], problem.values.get("called", "")) == (
        "unknown-person", nearest, called,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("lang", "said"),
    [("en", "several are called that: sh, sl"), ("da", "flere hedder det: sh, sl"), ("nb", "flere heter det: sh, sl")],
)
def test_of_several_with_one_name_all_are_told(tmp_path, lang, said):
    root = write(
        tmp_path, PEOPLE | {"time/projects/x.yml": PROJECT.replace("mette", "Søren").replace("department", "#")}
    )
    (problem,) = checks.run(records.read(root), root)
    assert messages.translate(lang, problem.hint, problem.values) == said


@pytest.mark.parametrize(
    ("written", "nearest"),
    [
        ("project: Webinar, task: Analyse", "web-q1"),
        ("project: web-q1, task: Søgeord", "keywords"),
        ("project: web-q1, customer: Nordisk", "nordisk-data"),
        ("project: web-q1, asked_by: Salg", "sales"),
    ],
)
def test_how_a_name_begins_is_enough_where_only_one_begins_so(tmp_path, written, nearest):
    """Of any kind that has names: a project, one of its tasks, a customer, a department."""
    files = {
        **PERSON,
        "organisation.yml": "name: X\ncountry: DK\ncurrency: DKK\ndepartments: {sales: {name: Salg og service}}\n",
        CARD: "name: Nordisk Data A/S\n",
        "time/projects/web-q1.yml": "name: Webinar i foråret\ntype: operations\nstart: 2026-01-05\n"
        "tasks: {keywords: {name: Søgeord og tekst}, analysis: {name: Analyse}}\n",
        WEEK: f"logged: [{{date: 2026-03-16, {written}, hours: 1}}]\n",
    }
    root = write(tmp_path / "records", files)
    found = {one.code: one.values for one in checks.run(records.read(root), root) if one.severity == "error"}
    assert nearest in [values.get("nearest") for values in found.values()]
