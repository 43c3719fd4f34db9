"""The commands speak the organisation's first language, and all of it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from sitegen import messages
from sitegen.commands.language import Voice, language

CATALOGUES = Path(messages.__file__).parent


@pytest.mark.parametrize(
    ("organisation", "lang"),
    [
        ("languages: [nb, en]\n", "nb"),
        ("languages: [dansk]\n", "da"),
        ("languages:\n  - norsk\n", "nb"),
        ("languages: [fr]\n", "en"),
        ("languages: da\n", "en"),
        ("name: [\n", "en"),
    ],
)
def test_the_language_is_the_organisations_first_or_english(tmp_path: Path, organisation: str, lang: str):
    (tmp_path / "organisation.yml").write_text(organisation, "utf-8")
    assert language(tmp_path) == lang


def test_without_an_organisation_the_language_is_english(tmp_path: Path):
    assert Voice.of(tmp_path).say("nothing was written") == "nothing was written"


def test_everything_the_commands_say_is_there_in_danish_and_norwegian():
    files = {lang: CATALOGUES / lang / "commands.po" for lang in ("da", "nb")}
    message = re.compile(r'^msgid "(.+)"\nmsgstr "(.+)"$', re.MULTILINE)
    said = {lang: dict(message.findall(file.read_text("utf-8"))) for lang, file in files.items()}
    assert said["da"].keys() == said["nb"].keys() and len(said["da"]) > 40
    for texts in said.values():
        for english, text in texts.items():
            assert sorted(re.findall(r"%\(\w+\)s", text)) == sorted(re.findall(r"%\(\w+\)s", english)), english
