"""What `sitegen build` says of the errors that stopped it, and when it leaves the site of another audience alone."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from typer.testing import CliRunner

from sitegen import cli
from sitegen.commands import build
from sitegen.problems import Place, Problem


def stopped(audience: str, file: str = "time/people/ana.yml", **values: str) -> list[str]:
    """The lines of a build for `audience` that one error of a management field stopped."""
    problem = Problem("ends-before", Place(file, 3, 7), values, "error", (), "management")
    work: Any = SimpleNamespace(root=Path("records"), audience=audience)
    return build.lines(build.Stopped([problem], 0), work, "en")


def test_an_error_is_told_in_one_line_with_its_place_code_and_sentence() -> None:
    (line,) = stopped("management", written="blu", first="2026")
    assert line.startswith("records/time/people/ana.yml:3:7: ends-before ") and "blu" in line


def test_a_value_cannot_steer_the_terminal() -> None:
    (line,) = stopped("management", written="\x1b[2J", first="2026")
    assert line.isprintable() and "\\u001b" in line


@pytest.mark.parametrize(("audience", "seen"), [("management", True), ("marketing", False), ("everyone", False)])
def test_a_value_above_the_audience_is_not_told(audience: str, seen: bool) -> None:
    (line,) = stopped(audience, written="412", first="2026")
    assert ("412" in line) is seen


def test_the_sites_own_settings_lie_beside_the_records() -> None:
    (line,) = stopped("management", file="mkdocs.yml", written="x", first="2026")
    assert line.startswith("mkdocs.yml:3:7: ")


REFUSED = {
    "da": "site rummer et websted til management, og intet blev skrevet",
    "en": "site holds a site for management, and nothing was written",
    "nb": "site inneholder et nettsted for management, og ingenting ble skrevet",
}


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with a site, beside records so wrong that whatever looks at them ends with exit code 1."""
    (tmp_path / "records").mkdir()
    (tmp_path / "records/organisation.yml").write_text("languages: [en]\n", "utf-8")
    (tmp_path / "site/assets").mkdir(parents=True)
    (tmp_path / "site/assets/shell.css").write_text("", "utf-8")
    lying(tmp_path, "management")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def lying(home: Path, audience: str) -> None:
    (home / "site/index.html").write_text(f'<span data-audience="{audience}">', "utf-8")


def state(folder: Path) -> dict[str, tuple[int, bytes]]:
    """Every path below a folder: when it was changed, and what it holds."""
    return {
        str(path.relative_to(folder)): (path.stat().st_mtime_ns, path.read_bytes() if path.is_file() else b"")
        for path in (folder, *folder.rglob("*"))
    }


@pytest.mark.parametrize("lang", REFUSED)
def test_a_site_for_another_audience_is_not_replaced_by_a_build_that_names_none(lang: str, home: Path):
    (home / "records/organisation.yml").write_text(f"languages: [{lang}]\n", "utf-8")
    before = state(home)
    done = CliRunner().invoke(cli.app, ["build"])
    assert (done.exit_code, done.stdout) == (2, "")
    assert done.stderr.startswith(f"sitegen: {REFUSED[lang]}: `--audience management` ")
    assert "`--audience everyone` " in done.stderr and done.stderr.count("\n") == 1
    assert state(home) == before


def test_the_refusal_is_in_the_language_that_was_asked_for(home: Path):
    done = CliRunner().invoke(cli.app, ["build", "--lang", "da"])
    assert done.exit_code == 2 and REFUSED["da"] in done.stderr


@pytest.mark.parametrize("audience", ["everyone", "marketing", "management"])
def test_whoever_names_the_audience_is_not_refused(audience: str, home: Path):
    done = CliRunner().invoke(cli.app, ["build", "--audience", audience])
    assert done.exit_code == 1 and "holds a site" not in done.stderr


def test_a_site_for_everyone_is_built_again_without_a_word(home: Path):
    lying(home, "everyone")
    done = CliRunner().invoke(cli.app, ["build"])
    assert done.exit_code == 1 and "holds a site" not in done.stderr


def test_a_page_that_is_no_site_of_ours_is_none_for_another_audience(home: Path):
    (home / "site/assets/shell.css").unlink()
    done = CliRunner().invoke(cli.app, ["build"])
    assert done.exit_code == 1 and "holds a site" not in done.stderr
