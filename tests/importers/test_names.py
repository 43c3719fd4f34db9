"""Names in a tracker → ids: the map first, then the same id or name; a nearest one is suggested, never taken."""

from __future__ import annotations

from pathlib import Path

import pytest

from sitegen import records
from sitegen.importers.importer import StaysOut
from sitegen.importers.names import read_map
from sitegen.importers.tracker import Map, Names
from sitegen.messages import Refusal


def names(root: Path, **given: object) -> Names:
    return Names(records.read(root).records, Map.model_validate(given))


def refused(call, *arguments: str) -> Refusal:
    with pytest.raises(Refusal) as found:
        call(*arguments)
    return found.value


def test_a_person_is_found_by_name_id_or_the_start_of_the_address(root: Path):
    known = names(root)
    for written in (("", "Mette  HOLM"), ("mette@firma.example", ""), ("x@firma.example", "mette"), ("", "MeTTe")):
        assert known.person(*written) == "mette"


def test_the_map_goes_before_the_names(root: Path):
    known = names(root, people={"M@X.example": "bo", "Mette Holm": "mette"})
    assert known.person("m@x.example", "Mette Holm") == "bo"


def test_a_name_that_two_people_have_is_not_guessed(root: Path):
    (root / "time/people/mette-2.yml").write_text("name: Mette Holm\n", "utf-8")
    found = refused(names(root).person, "", "Mette Holm")
    assert found.values["ids"] == "mette, mette-2"
    assert names(root, people={"mette holm": "mette-2"}).person("", "Mette Holm") == "mette-2"


def test_the_nearest_is_suggested_and_not_taken(root: Path):
    assert refused(names(root).person, "", "Mete Holm").values["nearest"] == "mette"
    assert refused(names(root).project, "", "Websites", "").values["nearest"] == "website"
    assert refused(names(root).task, "seo", "SEO", "Søgord").values["nearest"] == "keywords"
    assert refused(names(root).project, "", "Regnskab", "").values["nearest"] == ""


def test_a_project_may_be_named_with_its_client_and_lead_to_a_task(root: Path):
    known = names(root, projects={"Acme / Website": "seo/keywords", "Website": "website", "Frokost": None})
    assert known.project("ACME", "website", "") == ("seo", "keywords")
    assert known.project("", "Website", "") == ("website", "")
    assert isinstance(refused(known.project, "", "frokost", ""), StaysOut)


def test_a_project_code_is_an_id_too(root: Path):
    assert names(root).project("", "Kundens navn", "website") == ("website", "")


def test_a_task_is_found_in_its_project_only(root: Path):
    known = names(root)
    assert known.task("seo", "SEO", "søgeord") == "keywords"
    assert known.task("seo", "SEO", "") == ""
    assert "no task called" in refused(known.task, "website", "Website", "Søgeord").msgid


def test_the_map_can_put_a_task_on_the_project_as_a_whole(root: Path):
    known = names(root, tasks={"Website / Møder": None, "Møder": "keywords"})
    assert known.task("website", "Website", "møder") == ""
    assert known.task("seo", "SEO", "møder") == "keywords"
    assert "has no task 'keywords'" in (
        refused(known.task, "website", "Nyt website", "møder").msgid % {"project": "website", "written": "keywords"}
    )


def test_only_clients_of_the_map_are_customers(root: Path):
    assert names(root).customer("Nordisk Data") == ""
    assert names(root, clients={"Nordisk Data": "nordisk-data"}).customer("nordisk data") == "nordisk-data"


@pytest.mark.parametrize(
    ("given", "written"),
    [
        ({"people": {"M": "mete"}}, "mete"),
        ({"projects": {"P": "websit/x"}}, "websit"),
        ({"projects": {"P": "seo/keyword"}}, "keyword"),
        ({"clients": {"C": "nordisk"}}, "nordisk"),
    ],
)
def test_an_id_in_the_map_that_nobody_has_is_told(root: Path, given: dict, written: str):
    (found,) = names(root, **given).unknown_ids()
    assert found.values["written"] == written


def test_a_map_of_known_ids_has_nothing_wrong(root: Path):
    given = {"people": {"M": "mette"}, "projects": {"P": "seo/keywords", "Q": None}, "clients": {"N": "nordisk-data"}}
    assert names(root, **given).unknown_ids() == []


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("peoples: {}\n", "unknown-key"),
        ("people: [mette]\n", "map-wanted"),
        ("people: {Mette: Mette Holm}\n", "bad-id"),
        ("columns: {day: Dato}\n", "unknown-word"),
        ("people: {a: b", "open-bracket"),
        ("people: {a: mette, a: bo}\n", "duplicate-key"),
    ],
)
def test_a_mistake_in_the_map_is_told_at_its_place(tmp_path: Path, text: str, code: str):
    (tmp_path / "map.yml").write_text(text, "utf-8")
    _, problems = read_map(tmp_path / "map.yml", Map)
    assert [problem.code for problem in problems] == [code]


def test_a_map_that_is_not_there_is_told(tmp_path: Path):
    assert [problem.code for problem in read_map(tmp_path / "none.yml", Map)[1]] == ["not-a-file"]
