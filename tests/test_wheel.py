"""Installed from its wheel: the site of a folder that holds only records and `mkdocs.yml`, without git, with a
template of its own.
"""

from __future__ import annotations

import os
import shutil
import site
import subprocess
import sys
import venv
from pathlib import Path

import pytest

from sitegen.commands import build
from tests.conftest import share

ROOT = Path(__file__).resolve().parent.parent

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The Python of an environment that has the wheel; the libraries are this environment's, so that nothing is
    fetched.
    """
    base = tmp_path_factory.mktemp("wheel")
    subprocess.run(
        [
            sys.executable,
            "-m",
            "pip",
            "wheel",
            "--quiet",
            "--no-deps",
            "--no-build-isolation",
            "--wheel-dir",
            base,
            ROOT,
        ],
        check=True,
    )
    venv.create(base / "env", with_pip=False, symlinks=True)
    python = base / "env" / "bin" / "python"
    packages = next((base / "env" / "lib").glob("python*")) / "site-packages"
    wheel = next(base.glob("sitegen-*.whl"))
    shutil.unpack_archive(wheel, packages, "zip")
    # Behind the wheel's own files: whatever else is installed here, `sitegen` is the wheel's.
    (packages / "libraries.pth").write_text("\n".join(site.getsitepackages()) + "\n", encoding="utf-8")
    return python


@pytest.fixture
def home(tmp_path: Path) -> Path:
    shutil.copytree(ROOT / "records", tmp_path / "records")
    (tmp_path / "mkdocs.yml").write_text('site_name: "Kun poster"\n', encoding="utf-8")
    return tmp_path


def run(python: Path, home: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """A command in a folder without git: not even the program is to be found."""
    return subprocess.run(
        [str(python), "-m", "sitegen", *arguments],
        cwd=home,
        env={"PATH": str(python.parent), "HOME": str(home), "LANG": os.environ.get("LANG", "C.UTF-8")},
        capture_output=True,
        text=True,
        timeout=300,
    )


def test_the_wheel_is_what_runs(installed, home):
    where = subprocess.run(
        [str(installed), "-c", "import sitegen; print(sitegen.__file__)"],
        cwd=home, env={"PATH": str(installed.parent)}, capture_output=True, text=True,
    )  # fmt: skip
    assert where.stdout.strip().startswith(str(installed.parent.parent))


def test_a_folder_with_only_records_and_settings_becomes_a_site_with_its_own_template(installed, home):
    templates = home / "templates" / "reports"
    templates.mkdir(parents=True)
    (templates / "growth_wheel.md.j2").write_text(
        '{% extends "report.html.j2" %}{% block finding %}Vores egen side{% endblock %}'
        "{% block main %}<p>Helt vores</p>{% endblock %}",
        encoding="utf-8",
    )
    share(build.cache_of(home), "vega")  # a library's alone: nothing of it is the wheel's
    done = run(installed, home, "build", "--audience", "marketing", "--lang", "da")
    assert done.returncode == 0, done.stderr
    assert "Kun poster" in (home / "site" / "index.html").read_text(encoding="utf-8")
    assert "Helt vores" in (home / "site" / "growth_wheel.html").read_text(encoding="utf-8")
    again = run(installed, home, "build", "--audience", "marketing", "--lang", "da")
    assert "intet er ændret" in again.stdout


def test_validate_needs_nothing_but_the_records(installed, home):
    done = run(installed, home, "validate")
    assert done.returncode == 0, done.stdout + done.stderr
