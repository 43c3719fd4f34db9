"""The commands speak the organisation's first language, and all of it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from sitegen import messages
from sitegen.commands import build, doctor, new, validate
from sitegen.commands.language import language

CATALOGUES = Path(messages.__file__).parent


MACHINE = ("LC_ALL", "LC_MESSAGES", "LANG")


@pytest.fixture(params=[("sv_SE.UTF-8", "en"), ("da_DK.UTF-8", "da"), ("nn_NO", "nb")], ids=str)
def of_machine(request, monkeypatch) -> str:
    """What we speak on a machine that has a language."""
    for name in MACHINE:
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("LANG", request.param[0])
    return str(request.param[1])


@pytest.mark.parametrize(
    ("organisation", "lang"),
    [
        ("languages: [nb, en]\n", "nb"),
        ("languages: [en]\n", "en"),
        ("languages: [dansk]\n", "da"),
        ("languages:\n  - norsk\n", "nb"),
        ("languages: [fr]\n", ""),
        ("languages: da\n", ""),
        ("name: [\n", ""),
        ("", ""),
    ],
)
def test_the_language_is_the_organisations_first_or_the_machines(tmp_path, of_machine, organisation: str, lang: str):
    (tmp_path / "organisation.yml").write_text(organisation, "utf-8")
    assert language(tmp_path) == (lang or of_machine)


EMPTY = {
    "en": ("organisation.yml is missing", "what is to be written?", "nothing was built"),
    "da": ("organisation.yml mangler", "hvad skal skrives?", "intet er bygget"),
    "nb": ("organisation.yml mangler", "hva skal skrives?", "ingenting ble bygget"),
}


def test_in_an_empty_folder_every_command_speaks_the_machines_language(tmp_path: Path, of_machine, capsys):
    missing, wanted, nothing = EMPTY[of_machine]
    assert validate.run(tmp_path) == 1 and missing in capsys.readouterr().out
    assert new.run(tmp_path, "") == 2 and wanted in capsys.readouterr().err
    assert build.run(tmp_path, tmp_path / "site") == 1
    told = capsys.readouterr().err
    assert missing in told and nothing in told
    assert doctor.run(tmp_path, tmp_path / "site") == 1 and missing in capsys.readouterr().out


def test_the_mistakes_of_an_english_organisation_are_told_in_english_on_any_machine(tmp_path, of_machine, capsys):
    (tmp_path / "organisation.yml").write_text("languages: [en]\n", "utf-8")
    assert validate.run(tmp_path) == 1 and "the key 'name' is missing" in capsys.readouterr().out


def test_everything_the_commands_say_is_there_in_danish_and_norwegian():
    files = {lang: CATALOGUES / lang / "commands.po" for lang in ("da", "nb")}
    message = re.compile(r'^msgid "(.+)"\nmsgstr "(.+)"$', re.MULTILINE)
    said = {lang: dict(message.findall(file.read_text("utf-8"))) for lang, file in files.items()}
    assert said["da"].keys() == said["nb"].keys() and len(said["da"]) > 40
    for texts in said.values():
        for english, text in texts.items():
            assert sorted(re.findall(r"%\(\w+\)s", text)) == sorted(re.findall(r"%\(\w+\)s", english)), english
