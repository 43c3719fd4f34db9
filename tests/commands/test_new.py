"""`sitegen new`: what it writes passes `validate`, explains itself, and is never written over anything."""

from __future__ import annotations

from pathlib import Path

import pytest

from sitegen import yamlfile
from sitegen.commands import new
from sitegen.commands.fmt import formatted
from sitegen.models import KINDS
from sitegen.pipeline import Run
from sitegen.records.reader import read_file

ORGANISATION = (
    "name=Firma ApS", "country=DK", "currency=DKK", "languages=[en]", "departments={marketing: {name: Marketing}}",
)  # fmt: skip
GIVEN: dict[str, tuple[str, tuple[str, ...]]] = {
    "organisation": ("", ORGANISATION),
    "person": ("mette", ("name=Mette Holm", "department=marketing")),
    "project": ("seo", ("name=SEO: mere, synlighed", "type=operations", "start=2026-01-01", "owner=mette")),
    "week": ("mette/2026-W12", ()),
    "stages": ("", ("stages=[{id: lead, name: Lead}, {id: customer, name: Kunde, won: true}]",)),
    "products": ("", ()),
    "industry_codes": ("", ()),
    "content": ("", ()),
    "customer": ("nordisk-data", ("name=Nordisk Data A/S", "cvr=12345678", "note=#1 i branchen")),
    "campaign": ("messe", ("name=Messe", "kind=event", "from=2026-03-01", "to=2026-03-31")),
    "template": ("brev", ("number=3", "text=Kære {contact.first_name}")),
    "survey": ("ktu-1", ("name=Tilfredshed", "on=2026-01-23")),
    "web": ("2026", ()),
    "support": ("2026-11", ()),
    "marketing_plan": ("2026", ("name=Plan 2026",)),
    "sales": ("2026", ("2026-01={budget: 400000}",)),
    "segments": ("", ()),
    "wheel": ("2026-06-01", ()),
    "strategy": ("", ()),
    "journey": ("nordisk-data", ("customer=nordisk-data", "on=2026-05-01")),
}


@pytest.fixture
def root(tmp_path: Path) -> Path:
    folder = tmp_path / "records"
    folder.mkdir()
    assert new.run(folder, "organisation", written=ORGANISATION) == 0
    return folder


def test_every_kind_of_record_can_be_begun_and_all_of_them_pass_validate(tmp_path: Path):
    assert set(GIVEN) == {kind.name for kind in KINDS}
    folder = tmp_path / "records"
    folder.mkdir()
    for kind in KINDS:
        id, written = GIVEN[kind.name]
        assert new.run(folder, kind.name, id, written) == 0, kind.name
    run = Run(folder)
    assert [problem for problem in run.problems if problem.severity == "error"] == []
    assert len(run.read.files) == len(KINDS)
    for file in run.read.files:
        document, text = read_file(folder, file.path)
        assert "# " in text
        assert formatted(text, file.kind) == text, file.path
    assert run.read.records.projects["seo"].name == "SEO: mere, synlighed"
    assert run.read.records.customers["nordisk-data"].note == "#1 i branchen"
    assert run.read.records.templates["brev"].text == "Kære {contact.first_name}"


def test_each_key_is_explained_and_the_others_are_named(root: Path):
    new.run(root, "person", "mette", ["name=Mette Holm"])
    text = (root / "time/people/mette.yml").read_text("utf-8")
    assert text.startswith(
        "# One employee.\n\n# First and last name.\nname: Mette Holm\n\n# What it may say besides:\n"
    )
    assert "# internal_rate: What an hour of hers costs the company.\n" in text
    assert yamlfile.parse(text, "").data == {"name": "Mette Holm"}


def test_the_explanations_are_in_the_language_of_the_organisation(root: Path):
    organisation = root / "organisation.yml"
    organisation.write_text(organisation.read_text("utf-8").replace("[en]", "[da]"), "utf-8")
    new.run(root, "project", "seo", ["name=SEO", "type=operations", "start=2026-01-01"])
    assert "# Den første dag.\nstart: 2026-01-01\n" in (root / "time/projects/seo.yml").read_text("utf-8")


def test_what_is_missing_is_asked_for(root: Path):
    asked: list[str] = []
    answers = iter(("seo", "SEO", "operations", "marketing", "2026-01-01"))

    def ask(question: str) -> str:
        asked.append(question)
        return next(answers)

    assert new.run(root, "project", ask=ask) == 0
    assert [question.split(" ")[0] for question in asked] == ["id", "name", "type", "department", "start"]
    assert asked[1] == "name (Its name.)"


PERSON = {
    "id": "mette", "name": "Mette Holm", "employed.from": "2026-01-01", "department": "marketing", "weekly_hours": "37",
    "internal_rate": "410",
}  # fmt: skip


@pytest.mark.parametrize("known", [set(PERSON), {"id", "name", "department"}, {"id", "name"}])
def test_of_a_person_all_is_asked_that_capacity_and_costs_go_by(root: Path, known: set[str]):
    """What is not known is answered with Enter, and left out; the day alone is that of the first day."""
    asked: list[str] = []

    def ask(question: str) -> str:
        asked.append(question)
        key = question.split(" ")[0]
        return PERSON[key] if key in known else ""

    assert new.run(root, "person", ask=ask) == 0
    assert [question.split(" ")[0] for question in asked] == list(PERSON)
    assert asked[2] == "employed.from (The first day. Enter: not known.)"
    wanted = {"employed": {"from": "2026-01-01"}, "weekly_hours": 37, "internal_rate": 410}
    wanted = {"name": "Mette Holm", "department": "marketing"} | wanted
    said = read_file(root, "time/people/mette.yml")[0].data
    assert {key: str(said[key]) for key in said} == {
        key: str(wanted[key]) for key in wanted if key in {one.partition(".")[0] for one in known}
    }


def test_of_a_person_nothing_is_asked_where_it_was_set(root: Path):
    assert new.run(root, "person", "mette", ["name=Mette Holm"], ask=lambda question: pytest.fail(question)) == 0


def test_with_nobody_to_ask_what_is_missing_is_said(root: Path, capsys):
    assert new.run(root, "project", "seo", ["name=SEO"]) == 2
    assert "'type' is missing: --set type=…" in capsys.readouterr().err
    assert not (root / "time").exists()


def test_nothing_is_overwritten(root: Path, capsys):
    before = (root / "organisation.yml").read_text("utf-8")
    assert new.run(root, "organisation", written=ORGANISATION) == 2
    assert "organisation.yml is there already" in capsys.readouterr().err
    assert (root / "organisation.yml").read_text("utf-8") == before


@pytest.mark.parametrize(
    ("written", "said"),
    [
        (("owner=nobody",), "unknown-person: no person has the id 'nobody'"),
        (("ownr=mette",), "did you mean 'owner'?"),
        (("end=2025-01-01",), ""),
        (("end=31/3-2026",), "bad-date"),
    ],
)
def test_a_record_with_a_mistake_is_not_left_there(root: Path, capsys, written: tuple[str, ...], said: str):
    given = ["name=SEO", "type=operations", "start=2026-01-01", *written]
    assert new.run(root, "project", "seo", given) == 1
    told = capsys.readouterr().err
    assert said in told and told.endswith("sitegen: nothing was written\n")
    assert [path.name for path in root.iterdir()] == ["organisation.yml"]


@pytest.mark.parametrize(
    ("kind", "id", "written", "said"),
    [
        ("proect", "x", (), "there is no kind of record 'proect'; did you mean 'project'?"),
        ("projekt", "x", (), "did you mean 'project'?"),
        ("prosjekt", "x", (), "did you mean 'project'?"),
        ("kunde", "x", (), "did you mean 'customer'?"),
        ("medarbejder", "x", (), "did you mean 'person'?"),
        ("skabelon", "x", (), "did you mean 'template'?"),
        ("xyzzy", "x", (), "there is no kind of record 'xyzzy': organisation, person"),
        ("project", "Julekort", (), "did you mean 'julekort'?"),
        ("project", "Søg og find", (), "did you mean 'soeg-og-find'?"),
        ("week", "mette/2026-48", (), "did you mean 'mette/2026-W48'?"),
        ("project", "", (), "write its id too: project <id>"),
        ("week", "mette", (), "write its id too: week <person>/<week>"),
        ("week", "mette/2026-W54", (), "the file gets a name like time/weeks/mette/2026-W12.yml"),
        ("project", "Søg", (), "is no id for it"),
        ("project", "../organisation", (), "write its id too"),
        ("stages", "x", (), "there is only one stages"),
        ("support", "2026-11", ("id=1",), "support is a list and takes no --set"),
        ("project", "seo", ("name",), "write --set key=value, not 'name'"),
    ],
)
def test_wrong_use_is_said(root: Path, capsys, kind: str, id: str, written: tuple[str, ...], said: str):
    assert new.run(root, kind, id, written) == 2
    assert said in capsys.readouterr().err


def test_without_a_kind_the_kinds_are_listed(tmp_path: Path, capsys):
    assert new.run(tmp_path, "") == 2
    said = capsys.readouterr().err
    assert "what is to be written? One of: organisation, person, project" in said and said.endswith("booking\n")


def test_what_a_key_means_is_told_without_numbers_of_requirements(tmp_path: Path):
    """The models name where their fields come from, as in "Its number in the list of templates (M26)."."""
    (tmp_path / "organisation.yml").write_text("languages: [en]\n", "utf-8")
    assert new.run(tmp_path, "template", "hello") == 0
    text = (tmp_path / "crm/templates/hello.md").read_text("utf-8")
    assert "number: Its number in the list of templates.\n" in text


def test_a_new_wheel_shows_how_an_area_is_written(tmp_path: Path):
    (tmp_path / "organisation.yml").write_text("languages: [en]\n", "utf-8")
    assert new.run(tmp_path, "wheel", "2026-06-01") == 0
    document, _ = read_file(tmp_path, "plans/wheel/2026-06-01.yml")
    assert document.data == {"areas": {"1-market": {"importance": 1}}}
