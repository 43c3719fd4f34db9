"""Wrong use of the command line is told in the reader's language, with exit code 2."""

from __future__ import annotations

from pathlib import Path

import pytest
from typer.testing import CliRunner

from sitegen import cli
from sitegen.commands.usage import reader_language

DANISH = {
    "validate --foo": "der findes ingen indstilling --foo",
    "validate --strit": "der findes ingen indstilling --strit; mente du '--strict'?",
    "validate --strict=3": "--strict har ingen værdi",
    "build --out": "der mangler en værdi efter --out",
    "build --audience all": "--audience kan ikke være 'all'; vælg mellem: everyone, marketing, management",
    "validat": "der findes ingen kommando 'validat'; mente du 'validate'?",
    "x": "der findes ingen kommando 'x'",
    "log 2": "PROJECT[/TASK] mangler",
    "export": "--out mangler",
    "log 2 seo Nye søgeord": "'søgeord' er for meget; en tekst på flere ord skal stå i citationstegn",
    "serve --port x": "det, der er skrevet for --port, kan ikke bruges",
}


@pytest.fixture
def wrong(tmp_path: Path, monkeypatch):
    """Runs a command in a folder with a Danish organisation; what it says on stderr."""
    (tmp_path / "records").mkdir()
    (tmp_path / "records" / "organisation.yml").write_text("languages: [da]\n", "utf-8")
    monkeypatch.chdir(tmp_path)
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)

    def run(command: str) -> str:
        done = CliRunner().invoke(cli.app, command.split())
        assert done.exit_code == 2 and done.stdout == ""
        return done.stderr

    return run


@pytest.mark.parametrize("command", DANISH)
def test_wrong_use_is_told_in_the_organisations_language_with_the_way_to_the_help(command: str, wrong):
    """Of an option the library says something near, where there is one; it may guess more than we ask for."""
    first, second = wrong(command).splitlines()
    assert first.startswith(f"sitegen: {DANISH[command]}")
    name = command.split()[0]
    assert second in (f"sitegen {name} --help siger, hvordan den bruges", "sitegen --help siger, hvordan den bruges")


def test_another_language_may_be_asked_for(wrong):
    assert wrong("validate --strict=3 --lang nb").startswith("sitegen: --strict har ingen verdi\n")
    assert wrong("validate --lang=en --strict=3").startswith("sitegen: --strict takes no value\n")


@pytest.mark.parametrize(
    ("machine", "lang"),
    [("da_DK.UTF-8", "da"), ("nb_NO", "nb"), ("no", "nb"), ("nn_NO.UTF-8", "nb"), ("de_DE", "en"), ("C", "en")],
)
def test_without_an_organisation_the_machine_says_the_language(machine: str, lang: str, tmp_path: Path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("LANG", "sv_SE.UTF-8")
    monkeypatch.setenv("LC_ALL", machine)
    assert reader_language(["build", "--records", "elsewhere"]) == lang


def test_the_organisation_is_that_of_the_folder_that_was_named(wrong, tmp_path: Path):
    for name in ("other", "third"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "organisation.yml").write_text("languages: [nb]\n", "utf-8")
    assert "har ingen verdi" in wrong("validate other --strict=3")
    assert "har ingen verdi" in wrong("build --records third --verbose=3")


def test_what_was_written_does_nothing_to_a_terminal(wrong):
    assert "\\u001b" in wrong("\x1b[31m") and "\x1b" not in wrong("--\x1b[31m")


def test_without_a_command_the_help_is_printed_once():
    done = CliRunner().invoke(cli.app, [])
    assert done.exit_code == 2 and done.output.count("--help") == 1


def test_a_folder_that_is_not_there_is_told_in_the_language_of_the_records_here(wrong):
    assert wrong("build --records elsewhere").startswith("sitegen: der er ingen mappe 'elsewhere'")
