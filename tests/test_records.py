"""A folder of records → cards, rows, index and problems."""

from __future__ import annotations

import datetime as dt
import shutil
from pathlib import Path

import pytest

from sitegen import checks, records
from sitegen.records.folder import kind_of_path

ORGANISATION = """name: Prøve ApS
country: DK
currency: DKK
exchange_rates: {EUR: {2026-01-01: 7.46, 2026-04-01: 7.5}}
languages: [da]
departments: {marketing: {name: Marketing}, sales: {name: Salg}}
suppliers: {nordlink: Nordlink ApS}
"""
SEO = """name: SEO
type: operations
start: 2026-01-01
tasks:
  analysis: {name: Analyse, tasks: {keywords: {name: Søgeord}}}
external_costs:
  - {date: 2026-03-14, supplier: nordlink, amount: {amount: 100, currency: EUR}}
  - {date: 2026-04-14, supplier: nordlink, amount: {amount: 100, currency: EUR}}
  - {date: 2026-04-15, supplier: nordlink, amount: 12.3451}
"""
WEEK = """planned: 2026-03-13
booked:
  - {project: seo, task: keywords, hours: 6}
  - {project: seo, hours: 8, instead: {decision: moved, to: 2026-W14, why: Salg lånte mig}}
absent:
  - {date: 2026-03-18, reason: holiday}
logged:
  - {date: 2026-03-16, project: seo, task: keywords, hours: 2.5, note: Nye søgeord}
  - date: 2026-03-17
    project: seo
    hours: 1h20m
    asked_by: sales
    displaced: [seo]
    imported: toggl-1
"""
BASE = {
    "organisation.yml": ORGANISATION,
    "time/people/mette.yml": "name: Mette Holm\ndepartment: marketing\n",
    "time/projects/seo.yml": SEO,
    "time/weeks/mette/2026-W12.yml": WEEK,
}


@pytest.fixture
def write(tmp_path):
    """A function that writes the base records with some files changed (None: left out), and gives the folder."""

    def made(changed: dict[str, str | None] | None = None) -> Path:
        for name, text in {**BASE, **(changed or {})}.items():
            path = tmp_path / name
            if text is None:
                path.unlink(missing_ok=True)
                continue
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
        return tmp_path

    return made


def problems(root: Path) -> list[tuple[str, str]]:
    return [(problem.code, str(problem.place)) for problem in checks.run(records.read(root), root)]


def test_a_week_becomes_rows(write):
    """2.5 h = 150 min, 1h20m = 80 min; lines counted by hand in WEEK."""
    read = records.read(write())
    assert read.problems == ()
    logged = read.records.logged
    assert list(logged) == [
        {
            "person": "mette", "day": dt.date(2026, 3, 16), "project": "seo", "task": "keywords", "minutes": 150,
            "note": "Nye søgeord", "asked_by": None, "displaced": (), "customer": None, "imported": None,
            "file": 0, "line": 8,
        },
        {
            "person": "mette", "day": dt.date(2026, 3, 17), "project": "seo", "task": None, "minutes": 80,
            "note": None, "asked_by": "sales", "displaced": ("seo",), "customer": None, "imported": "toggl-1",
            "file": 0, "line": 9,
        },
    ]  # fmt: skip
    assert logged.files == ["time/weeks/mette/2026-W12.yml"]
    booked = list(read.records.booked)[1]
    assert booked["week"] == dt.date(2026, 3, 16) and booked["planned"] == dt.date(2026, 3, 13)
    assert (booked["decision"], booked["to_week"], booked["minutes"], booked["line"]) == ("moved", "2026-W14", 480, 4)
    assert list(read.records.absent) == [
        {"person": "mette", "day": dt.date(2026, 3, 18), "reason": "holiday", "minutes": None, "file": 0, "line": 6}
    ]


def test_a_foreign_amount_takes_the_rate_of_its_day(write):
    """100 € × 7.46 = 746 kr. in March, × 7.50 = 750 kr. in April; 12.3451 kr. is 1234.51 øre, 1235."""
    costs = records.read(write()).records.projects["seo"].external_costs
    assert [int(cost.amount) for cost in costs] == [74600, 75000, 1235]


def test_cards_stand_by_id_and_know_their_file(write):
    root = write({"time/people/anna.yml": "name: Anna\n"})
    read = records.read(root)
    assert list(read.records.people) == ["anna", "mette"]
    assert read.records.sources["project", "seo"] == "time/projects/seo.yml"
    assert read.records.sources["organisation", ""] == "organisation.yml"


def test_every_file_that_refers_to_a_deleted_project_is_named_with_the_nearest_id(write):
    other = "time/weeks/mette/2026-W13.yml"
    text = "logged:\n  - {date: 2026-03-23, project: seo, hours: 1}\n  - {date: 2026-03-24, project: seo, hours: 1}\n"
    root = write(
        {
            other: text,
            "time/projects/seo.yml": None,
            "time/projects/sem.yml": "name: SEM\ntype: operations\nstart: 2026-01-01\n",
        }
    )
    found = checks.run(records.read(root), root)
    assert [(p.code, str(p.place), p.values.get("nearest"), p.values.get("others")) for p in found] == [
        (
            "unknown-project",
            "time/weeks/mette/2026-W12.yml:3:15",
            "sem",
            4,
        ),  # twice booked, twice logged, once displaced
        ("unknown-project", "time/weeks/mette/2026-W13.yml:2:33", "sem", 1),
    ]


def test_what_is_right_in_a_bad_file_still_counts(write):
    bad = WEEK.replace("hours: 2.5", "hours: 2,5").replace("reason: holiday", "reason: ill")
    read = records.read(write({"time/weeks/mette/2026-W12.yml": bad}))
    assert [problem.code for problem in read.problems] == ["unknown-word", "decimal-comma"]
    assert read.records.logged["minutes"] == [80] and read.records.logged["line"] == [9]
    assert len(read.records.booked) == 2 and len(read.records.absent) == 0


def test_a_bad_record_is_still_known_to_others(write):
    """The project's own mistakes are told; nobody is told that it does not exist."""
    root = write({"time/projects/seo.yml": SEO.replace("type: operations", "type: drift").replace("name: SEO\n", "")})
    assert [code for code, _ in problems(root)] == ["missing-key", "unknown-word"]


def test_mistakes_after_a_bad_entry_are_told_at_their_own_place(write):
    """The first entry is taken out, so that positions shift by one; the 25 hours stand on line 3 all the same."""
    text = "logged:\n  - {date: 2026-03-16, project: seo, hours: x}\n  - {date: 2026-03-17, project: seo, hours: 25}\n"
    root = write({"time/weeks/mette/2026-W12.yml": text})
    assert problems(root) == [
        ("not-hours", "time/weeks/mette/2026-W12.yml:2:45"),
        ("more-than-a-day", "time/weeks/mette/2026-W12.yml:3:45"),
    ]


def test_a_map_where_a_day_belongs_is_told_and_breaks_nothing(write):
    root = write({"time/weeks/mette/2026-W12.yml": "logged:\n  - {date: {amount: 1}, project: seo, hours: 1}\n"})
    assert problems(root) == [("bad-date", "time/weeks/mette/2026-W12.yml:2:12")]


def test_a_union_tells_the_mistake_and_not_the_other_way_to_write_it(write):
    text = "name: Liste\nkind: call-list\nmembers:\n  - {customer: nordisk-data, addd: 2026-02-10}\n"
    root = write({"crm/campaigns/liste.yml": text, "crm/customers/nordisk-data.yml": "name: Nordisk Data\n"})
    assert problems(root) == [("unknown-key", "crm/campaigns/liste.yml:4:30")]


def test_a_member_may_be_written_as_its_customer(write):
    text = "name: Liste\nkind: call-list\nmembers: [nordisk-data, kyst-by]\n"
    root = write({"crm/campaigns/liste.yml": text, "crm/customers/nordisk-data.yml": "name: Nordisk Data\n"})
    assert problems(root) == [("unknown-customer", "crm/campaigns/liste.yml:3:25")]


def test_a_template_is_its_text_with_a_name_in_front(write):
    root = write({"crm/templates/brev.md": "---\nname: Brev\nnumber: 4\n---\n\n# Kære {contact.first_name}\n"})
    template = records.read(root).records.templates["brev"]
    assert (template.name, template.number, template.text) == ("Brev", 4, "# Kære {contact.first_name}")
    assert problems(root) == []


def test_a_mistake_in_front_of_a_template_has_its_line(write):
    root = write({"crm/templates/brev.md": "---\nname: Brev\nnumer: 4\n---\nTekst\n"})
    assert problems(root) == [("unknown-key", "crm/templates/brev.md:3:1")]


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("time/peple/x.yml", [("unknown-file", "time/peple/x.yml:1:1")]),
        ("time/weeks/2026-W12.yml", [("unknown-file", "time/weeks/2026-W12.yml:1:1")]),
        ("time/weeks/mette/2026-W54.yml", [("bad-file-name", "time/weeks/mette/2026-W54.yml:1:1")]),
        ("crm/web/26.yml", [("bad-file-name", "crm/web/26.yml:1:1")]),
        ("crm/customers/A.yml", [("bad-file-name", "crm/customers/A.yml:1:1")]),
        ("README.md", []),
        (".hidden/x.yml", []),
    ],
)
def test_the_folder_and_the_name_decide_what_a_file_is(write, path: str, expected):
    assert problems(write({path: "name: x\n"})) == expected


@pytest.mark.parametrize(
    ("path", "nearest"),
    [
        ("customers/nordisk.yml", "crm/customers/nordisk.yml"),
        ("time/project/seo.yml", "time/projects/seo.yml"),
        ("time/weeks/2026-W12.yml", "time/weeks/mette/2026-W12.yml"),
        ("plans/marketing.yml", "plans/marketing-2026.yml"),
        ("plans/saels-2025.yml", "plans/sales-2025.yml"),
        ("plans/segment.yml", "plans/segments.yml"),
        ("stages.yml", "crm/stages.yml"),
        ("crm/templates/brev.yml", "crm/templates/brev.md"),
        ("crm/customers/nordisk.md", "crm/customers/nordisk.yml"),
        ("time/weeks/notes.yml", ""),
        ("mette.yml", ""),
    ],
)
def test_a_file_that_lies_nowhere_is_told_with_the_place_it_was_meant_for(path: str, nearest: str):
    problem = kind_of_path(path)
    assert (problem.code, problem.values["nearest"]) == ("unknown-file", nearest)


@pytest.mark.parametrize(
    ("path", "values"),
    [
        ("time/weeks/Mette Sø/2026-W12.yml", {"wanted": "time/weeks/mette/2026-W12.yml", "folder": "mette-soe"}),
        ("time/weeks/bo/uge12.yml", {"wanted": "time/weeks/bo/2026-W12.yml"}),
        ("time/people/Bo.yml", {"wanted": "time/people/mette.yml", "repair": "bo.yml"}),
        ("time/people/bo.yaml", {"wanted": "time/people/bo.yml", "repair": "bo.yml"}),
        ("crm/support/juni.yml", {"wanted": "crm/support/2026-03.yml"}),
    ],
)
def test_a_wrong_name_is_told_with_one_that_could_stand_there(path: str, values: dict[str, str]):
    problem = kind_of_path(path)
    assert (problem.code, problem.values) == ("bad-file-name", values)


def test_a_link_out_of_the_folder_is_refused(write, tmp_path_factory):
    outside = tmp_path_factory.mktemp("outside")
    (outside / "x.yml").write_text("name: Hemmelig\n")
    root = write()
    (root / "time/people/x.yml").symlink_to(outside / "x.yml")
    (root / "crm").symlink_to(outside)
    assert problems(root) == [("not-a-file", "crm:1:1"), ("not-a-file", "time/people/x.yml:1:1")]
    assert list(records.read(root).records.people) == ["mette"]


def test_the_order_of_problems_does_not_depend_on_the_folder(write, tmp_path):
    root = write(
        {"time/people/anna.yml": "nam: Anna\n", "crm/customers/x.yml": "nam: X\n", "time/projects/a.yml": "x: [\n"}
    )
    copy = tmp_path.parent / "copy"
    shutil.copytree(root, copy)
    assert records.read(root).problems == records.read(copy).problems
    shutil.rmtree(copy)


def test_an_empty_folder_is_one_problem(tmp_path):
    read = records.read(tmp_path)
    assert [problem.code for problem in read.problems] == ["no-organisation"]
    assert read.records.organisation is None and len(read.records.logged) == 0


def test_the_company_has_no_errors():
    root = Path(__file__).parent.parent / "records"
    found = checks.run(records.read(root), root)
    assert [str(problem.place) for problem in found if problem.severity == "error"] == []
