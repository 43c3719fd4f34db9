"""Findings kept between runs: the same cold and warm, and never those of other records."""

from __future__ import annotations

import datetime as dt
import json
import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from sitegen import findings
from sitegen.pipeline import Run

ORGANISATION = (
    "name: Prøve\ncountry: DK\ncurrency: DKK\nlanguages: [da, en]\ndepartments: {marketing: {name: Marketing}}\n"
)
PERSON = "name: Mette Holm\ndepartment: sales\n"
OLD = 1_700_000_000


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project with one unknown department, saved long ago, on a machine that is no CI's: there the content counts."""
    monkeypatch.delenv("CI", raising=False)
    folder = tmp_path / "records"
    write(folder / "organisation.yml", ORGANISATION)
    write(folder / "time" / "people" / "mette.yml", PERSON)
    (tmp_path / "mkdocs.yml").write_text("", "utf-8")
    return folder


def write(path: Path, text: str, time: int = OLD) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")
    os.utime(path, (time, time))


class Looked:
    """Finds, and counts how often the records were read."""

    def __init__(self, root: Path) -> None:
        self.root, self.times = root, 0

    def __call__(self, as_of: dt.date | None = None, keep: bool = True) -> findings.Findings:
        def run() -> Run:
            self.times += 1
            return Run(self.root, as_of=as_of)

        return findings.find(self.root, as_of=as_of, keep=keep, run=run)


def test_nothing_is_read_while_nothing_has_changed(root):
    look = Looked(root)
    cold, warm = look(), look()
    assert look.times == 1
    assert cold == warm
    assert [problem.code for problem in warm.problems] == ["unknown-department"]
    assert (warm.files, warm.languages) == (2, ("da", "en"))


def test_a_changed_new_renamed_or_deleted_file_is_seen(root):
    look = Looked(root)
    look()
    write(root / "time" / "people" / "mette.yml", PERSON.replace("sales", "marketing"), OLD + 1)
    assert look().problems == ()
    write(root / "time" / "people" / "bo.yml", PERSON)
    assert len(look().problems) == 1
    (root / "time" / "people" / "bo.yml").rename(root / "time" / "people" / "Bo.yml")
    assert [problem.code for problem in look().problems] == ["bad-file-name"]
    (root / "time" / "people" / "Bo.yml").unlink()
    assert look().problems == ()
    assert look.times == 5


def test_another_day_is_another_question(root):
    look = Looked(root)
    look(dt.date(2026, 1, 1))
    look(dt.date(2026, 1, 2))
    assert look.times == 2


def test_a_file_saved_a_moment_ago_is_not_trusted(root, monkeypatch):
    """Saved again within the clock's step, and of the same size, it would look the same."""
    path = root / "time" / "people" / "mette.yml"
    path.write_text(PERSON, "utf-8")
    monkeypatch.setattr(findings, "_SETTLED", 3600 * 10**9)  # however slow this machine is
    look = Looked(root)
    look()
    look()
    assert look.times == 2


def test_in_ci_the_content_counts_and_the_time_does_not(root, monkeypatch):
    monkeypatch.setenv("CI", "true")
    look = Looked(root)
    look()
    os.utime(root / "organisation.yml", (OLD + 5, OLD + 5))
    look()
    assert look.times == 1
    write(root / "time" / "people" / "mette.yml", PERSON.replace("sales", "salon"))
    look()
    assert look.times == 2


def test_asked_not_to_keep_nothing_is_kept_or_believed(root):
    look = Looked(root)
    look(keep=False)
    assert not (root.parent / ".sitegen").exists()
    look()
    look(keep=False)
    assert look.times == 3


def test_in_a_folder_that_is_no_project_nothing_is_written(root):
    (root.parent / "mkdocs.yml").unlink()
    Looked(root)()
    assert [path.name for path in root.parent.iterdir()] == ["records"]


def test_what_is_kept_is_for_its_owner_alone(root):
    Looked(root)()
    file = root.parent / ".sitegen" / "index.json"
    assert stat.S_IMODE(file.stat().st_mode) == 0o600


@pytest.mark.parametrize("text", ["", "[]", "{", '{"key": 1}', '{"key": "K", "problems": [["no-such-code"]]}'])
def test_a_broken_file_of_findings_counts_as_none(root, text):
    look = Looked(root)
    look()
    file = root.parent / ".sitegen" / "index.json"
    file.write_text(text.replace("K", json.loads(file.read_text("utf-8"))["key"]), "utf-8")
    assert len(look().problems) == 1
    assert look.times == 2


def test_what_cannot_be_looked_at_is_left_to_the_reader(root, monkeypatch):
    def refuse(*_):
        raise PermissionError(13, "no")

    monkeypatch.setattr(findings, "_key", refuse)
    look = Looked(root)
    look()
    look()
    assert look.times == 2
    assert not (root.parent / ".sitegen").exists()


def said(root: Path, *options: str) -> subprocess.CompletedProcess[str]:
    """What the command prints, with what it loaded on stderr."""
    environment = {**os.environ, "PYTHONPATH": str(Path(findings.__file__).parent.parent)}
    environment.pop("CI", None)
    command = [sys.executable, "-X", "importtime", "-m", "sitegen", "validate", *options]
    return subprocess.run(command, cwd=root.parent, env=environment, capture_output=True, text=True, check=False)


def test_the_second_answer_is_the_first_to_the_byte_and_loads_hardly_anything(root):
    cold, warm, asked = said(root), said(root), said(root, "--no-cache")
    assert cold.stdout == warm.stdout == asked.stdout
    assert "unknown-department" in cold.stdout
    assert cold.returncode == warm.returncode == asked.returncode == 1
    loaded = {line.rpartition("|")[2].strip() for line in warm.stderr.splitlines() if line.startswith("import time:")}
    assert "sitegen.findings" in loaded
    assert not loaded & {"typer", "pydantic", "yaml", "sitegen.models", "sitegen.pipeline"}
