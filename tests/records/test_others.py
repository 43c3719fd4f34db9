"""Files in the wrong folder: where they belong is told, and nothing else."""

from __future__ import annotations

from pathlib import Path

import pytest

from sitegen import messages, records
from sitegen.records.folder import kind_of_path

PROJECT = "name: X\ntype: operations\ndepartment: a\nstart: 2026-01-05\ntasks: {t: {name: T}}\n"
CAMPAIGN = "name: X\nkind: newsletter\nfrom: 2026-01-05\naudience: {purpose: x}\nflow: {t: {do: send}}\n"
CUSTOMER = "name: X\ncvr: '12345674'\ncontacts: {a: {name: A}}\nstages: []\n"


@pytest.mark.parametrize(
    ("path", "right"),
    [
        ("crm/kunder/x.yml", "crm/customers/x.yml"),
        ("records/kunder/x.yml", "crm/customers/x.yml"),
        ("records/crm/customers/x.yml", "crm/customers/x.yml"),
        ("projekter/x.yml", "time/projects/x.yml"),
        ("prosjekter/x.yml", "time/projects/x.yml"),
        ("kampagner/x.yml", "crm/campaigns/x.yml"),
        ("skabeloner/x.md", "crm/templates/x.md"),
        ("uger/mette/2026-W12.yml", "time/weeks/mette/2026-W12.yml"),
        ("medarbejdere/mette.yml", "time/people/mette.yml"),
        ("medarbeidere/mette.yml", "time/people/mette.yml"),
        ("andet/x.yml", ""),
    ],
)
def test_a_folder_in_another_language_is_told_as_the_right_one(path: str, right: str):
    assert kind_of_path(path).values["nearest"] == right


def problems(folder: Path, path: str, text: str) -> list[tuple[str, str]]:
    """Code and hint, in Danish, of the mistakes of one file."""
    (folder / path).parent.mkdir(parents=True)
    (folder / path).write_text(text, "utf-8")
    (folder / "organisation.yml").write_text("name: P\ncountry: DK\ncurrency: DKK\ndepartments: {a: {name: A}}\n")
    return [(one.code, messages.translate("da", one.hint, one.values)) for one in records.read(folder).problems]


@pytest.mark.parametrize(
    ("path", "text", "right"),
    [
        ("time/people/x.yml", PROJECT, "time/projects/x.yml"),
        ("time/projects/x.yml", CAMPAIGN, "crm/campaigns/x.yml"),
        ("crm/campaigns/x.yml", CUSTOMER, "crm/customers/x.yml"),
    ],
)
def test_a_record_with_the_keys_of_another_kind_is_one_mistake(tmp_path: Path, path: str, text: str, right: str):
    assert problems(tmp_path, path, text) == [("other-kind", f"flyt filen til {right}")]


def test_a_record_with_a_few_keys_of_another_kind_keeps_its_kind(tmp_path: Path):
    found = problems(tmp_path, "time/people/x.yml", "name: X\ndepartment: a\nowner: x\nweekly_hours: 30\ntitle: Y\n")
    assert {code for code, _ in found} == {"unknown-key"}
