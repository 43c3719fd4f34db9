"""Wrong use of the command line is told in the reader's language, with exit code 2."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner

from sitegen import cli, messages
from sitegen.commands.language import known_language
from sitegen.commands.usage import our_fault, reader_language

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


HELPED = {
    "da": ("Brug: ", "KOMMANDO", "Kommandoer:", "Byg webstedet.", "Sig, hvordan den bruges"),
    "nb": ("Bruk: ", "KOMMANDO", "Kommandoer:", "Bygg nettstedet.", "Vis denne hjelpen"),
    "en": ("Usage: ", "COMMAND", "Commands:", "Build the site.", "Say how it is used"),
}


@pytest.mark.parametrize("lang", HELPED)
def test_help_is_told_in_the_organisations_language(lang: str, tmp_path: Path, monkeypatch):
    (tmp_path / "records").mkdir()
    (tmp_path / "records" / "organisation.yml").write_text(f"languages: [{lang}]\n", "utf-8")
    monkeypatch.chdir(tmp_path)
    said = CliRunner().invoke(cli.app, ["--help"]).stdout
    assert all(word in said for word in HELPED[lang])
    other = {"en": "da", "da": "nb", "nb": "en"}[lang]
    assert HELPED[other][0] in CliRunner().invoke(cli.app, ["export", "--help", "--lang", other]).stdout


def test_help_names_every_option_with_its_words_and_what_holds_without_it(tmp_path: Path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("LC_ALL", "C")
    said = " ".join(CliRunner().invoke(cli.app, ["export", "--help"]).stdout.split())
    assert "Usage: sitegen export [OPTIONS] Write the figures" in said
    assert "--out OUT The folder to write to. [required]" in said
    assert "--format csv|xlsx|hledger|timedot|ics csv: every table" in said and "[left out: csv]" in said
    said = " ".join(CliRunner().invoke(cli.app, ["log", "--help"]).stdout.split())
    assert "Usage: sitegen log HOURS PROJECT[/TASK] [NOTE] [OPTIONS]" in said and "NOTE What was done. Options" in said


@pytest.mark.parametrize("lang", ["da", "nb"])
def test_every_text_of_the_help_is_translated(lang: str):
    program = typer.main.get_command(cli.app)
    texts = set()
    for command in (program, *program.commands.values()):
        texts |= {command.help, *(one.help for one in command.params)}
        texts |= {one.show_default for one in command.params if isinstance(one.show_default, str)}
    assert len(texts) > 40
    assert sorted(text for text in texts if text and not messages.known(lang, text)) == []


@pytest.mark.parametrize(
    ("organisation", "lang"),
    [
        ("languages: [nb, en]\n", "nb"),
        ("name: X\nlanguages: # først dansk\n  - da\n  - en\n", "da"),
        ('"languages": ["da"]\n', "da"),
        ("languages:\n- nb\n", "nb"),
        ("languages: [ # her\n  da]\nname: [\n", "da"),
        ("languages: [fr, da]\n", ""),
        ("docs:\n  languages: [da]\n", ""),
        ("languages: da\n", ""),
    ],
)
def test_the_language_is_found_without_the_parser_and_in_a_file_with_mistakes(tmp_path, organisation: str, lang: str):
    (tmp_path / "organisation.yml").write_text(organisation, "utf-8")
    assert known_language(tmp_path) == lang


def test_a_fault_of_ours_is_told_in_the_organisations_language(wrong):
    first, second = our_fault(ValueError("x\x1b"), ["validate"]).splitlines()
    assert first == "sitegen: det er vores fejl, ikke posternes: ValueError: x\\u001b"
    assert second == "Kør den igen med SITEGEN_DEBUG=1, og send os, hvad den siger."


def test_a_fault_of_ours_ends_with_its_own_exit_code(tmp_path: Path):
    (tmp_path / "organisation.yml").write_text("languages: [nb]\n", "utf-8")
    program = "import sys, sitegen.findings as f, sitegen.__main__ as m"
    broken = f"{program}; f.find = None; sys.argv[1:] = ['validate', '.']; m.main()"
    done = subprocess.run([sys.executable, "-c", broken], cwd=tmp_path, capture_output=True, text=True, timeout=120)
    assert (done.returncode, done.stdout) == (3, "")
    assert done.stderr.startswith("sitegen: det er vår feil, ikke postenes: TypeError: ")
