"""`sitegen doctor`: what it finds, and what it marks to be looked at."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest
import yaml
from typer.testing import CliRunner

from sitegen.cli import app
from sitegen.commands import doctor
from sitegen.git import remote

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A repository with a company of one record."""
    (tmp_path / "records").mkdir()
    (tmp_path / "records/organisation.yml").write_text("name: Firma\nlanguages: [en]\n", "utf-8")
    git(tmp_path, "init", "-q", "-b", "main")
    return tmp_path


def git(folder: Path, *arguments: str) -> None:
    who = ("-c", "user.name=a", "-c", "user.email=a@example.com")
    subprocess.run(["git", *who, "-C", str(folder), *arguments], check=True, capture_output=True)


def said(home: Path, capsys, environment: dict[str, str] | None = None) -> tuple[int, list[str]]:
    remote.cache_clear()  # a remote changes in a test only
    code = doctor.run(home / "records", home / "site", environment=environment or {})
    return code, capsys.readouterr().out.splitlines()


def site(home: Path, audience: str) -> None:
    (home / "site").mkdir()
    (home / "site/index.html").write_text(f'<span data-audience="{audience}">', "utf-8")


def pipeline(home: Path, text: str, name: str = ".github/workflows/pages.yml") -> None:
    (home / name).parent.mkdir(parents=True, exist_ok=True)
    (home / name).write_text(text, "utf-8")


def test_a_repository_in_order_has_nothing_to_look_at(home: Path, capsys):
    git(home, "add", "records")
    git(home, "commit", "-q", "-m", "first")
    site(home, "management")
    code, lines = said(home, capsys)
    assert code == 0
    assert [line for line in lines if line.startswith("!")] == []
    assert "  organisation 1" in lines
    assert "  records that are not committed: 0" in lines
    assert f"  {home / 'site'}: built for management" in lines
    assert "  no pipeline here publishes a site" in lines


def test_files_that_are_no_records_and_those_not_committed_are_counted(home: Path, capsys):
    (home / "records/notes.txt").write_text("x", "utf-8")
    code, lines = said(home, capsys)
    assert code == 1
    assert "! files that are no records: 1, the first is notes.txt" in lines
    assert "  records that are not committed: 2" in lines


def test_a_folder_without_git_and_organisation_is_looked_at(tmp_path: Path, capsys):
    (tmp_path / "records").mkdir()
    code, lines = said(tmp_path, capsys)
    assert code == 1
    assert any(line.startswith("! no repository here") for line in lines)
    assert any(line.startswith("! organisation.yml is missing") for line in lines)


def test_a_cache_in_the_repository_or_open_to_all_is_looked_at(home: Path, capsys):
    (home / ".sitegen").mkdir()
    (home / ".sitegen/facts.json").write_text("{}", "utf-8")
    (home / ".sitegen").chmod(0o755)
    git(home, "add", ".sitegen")
    code, lines = said(home, capsys)
    assert code == 1
    assert any(line.startswith("! .sitegen is in the repository") for line in lines)
    assert any(line.startswith("! .sitegen can be read by everybody") for line in lines)


@pytest.mark.parametrize(("audience", "look"), [("management", "!"), ("everyone", " ")])
def test_a_site_in_the_repository_is_as_open_as_the_repository(home: Path, capsys, audience: str, look: str):
    site(home, audience)
    git(home, "add", "site")
    _, lines = said(home, capsys)
    assert f"{look} {home / 'site'}: built for {audience}; it is in the repository" in lines


@pytest.mark.parametrize(
    ("text", "look", "audience"),
    [
        ("run: sitegen build\nuses: actions/deploy-pages@v4\n", " ", "everyone"),
        ("run: sitegen build --audience management\nuses: actions/deploy-pages@v4\n", "!", "management"),
        ("run: make site\nuses: actions/deploy-pages@v4\n", "!", "management"),
        ("run: AUDIENCE=everyone make site\nuses: actions/deploy-pages@v4\n", " ", "everyone"),
        ("run: mkdocs gh-deploy\nuses: peaceiris/actions-gh-pages@v4\n", "!", "?"),
    ],
)
def test_what_a_pipeline_publishes_is_said_and_for_whom(home: Path, capsys, text: str, look: str, audience: str):
    pipeline(home, text)
    _, lines = said(home, capsys)
    assert f"{look} .github/workflows/pages.yml publishes a site built for {audience}" in lines


def test_a_pipeline_that_only_checks_publishes_nothing(home: Path, capsys):
    pipeline(home, "run: sitegen validate --format github\n")
    pipeline(home, "check:\n  script: sitegen validate\n", ".gitlab-ci.yml")
    assert "  no pipeline here publishes a site" in said(home, capsys)[1]


def test_the_job_pages_of_gitlab_publishes(home: Path, capsys):
    pipeline(home, "pages:\n  script: sitegen build --audience marketing --out public\n", ".gitlab-ci.yml")
    assert "! .gitlab-ci.yml publishes a site built for marketing" in said(home, capsys)[1]


def test_whether_the_repository_is_public_is_said_as_far_as_it_can_be_seen(home: Path, tmp_path: Path, capsys):
    assert "  the repository has no remote on a forge" in said(home, capsys)[1]
    git(home, "remote", "add", "origin", "git@github.com:fjordlys/records.git")
    here = "https://github.com/fjordlys/records"
    assert f"! {here}: whether it is public cannot be seen from here; look at its settings" in said(home, capsys)[1]
    assert f"  {here} is not public" in said(home, capsys, {"CI_PROJECT_VISIBILITY": "private"})[1]
    event = tmp_path / "event.json"
    event.write_text(json.dumps({"repository": {"private": False}}), "utf-8")
    assert f"! {here} is public" in said(home, capsys, {"GITHUB_EVENT_PATH": str(event)})[1]
    event.write_text("[]", "utf-8")
    assert any("cannot be seen" in line for line in said(home, capsys, {"GITHUB_EVENT_PATH": str(event)})[1])
    git(home, "remote", "set-url", "origin", "https://git.firma.example/records")
    assert any("who can reach that host" in line for line in said(home, capsys)[1])


def test_the_hooks_of_pre_commit_are_commands_there_are():
    hooks = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text("utf-8"))
    assert {hook["id"] for hook in hooks} == {"sitegen-validate", "sitegen-fmt"}
    for hook in hooks:
        program, command, *options = hook["entry"].split()
        assert program == "sitegen"
        help = CliRunner().invoke(app, [command, "--help"], env={"COLUMNS": "200", "NO_COLOR": "1"})
        assert help.exit_code == 0
        assert all(option in help.output for option in options)
    documented = (ROOT / "docs/editing-records.md").read_text("utf-8")
    assert all(f"id: {hook['id']}" in documented for hook in hooks)
