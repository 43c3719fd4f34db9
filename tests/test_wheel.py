"""The wheel holds all that a site needs, and works in a folder with only records, far from this one and without git."""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
RECORDS = {
    "organisation.yml": """\
name: Nordlys Rejser A/S
country: DK
currency: DKK
languages: [da, en]
reporting_department: marketing
departments: {marketing: {name: Marketing}}
""",
    "time/people/mette.yml": """\
name: Mette Holm
employed: {from: 2025-08-01}
department: marketing
weekly_hours: 37
""",
    "time/projects/seo.yml": """\
name: Søgemaskiner
type: operations
department: marketing
owner: mette
start: 2026-01-01
budget: [{on: 2026-01-01, hours: 100, why: Oprettet}]
""",
    "time/weeks/mette/2026-W12.yml": "logged: [{date: 2026-03-16, project: seo, hours: 2.5}]\n",
}


@pytest.fixture(scope="module")
def wheel(tmp_path_factory) -> Path:
    out = tmp_path_factory.mktemp("wheel")
    subprocess.run([sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(out)], cwd=ROOT, check=True)
    return next(out.glob("*.whl"))


@pytest.fixture(scope="module")
def installed(wheel, tmp_path_factory) -> Path:
    """A folder with the wheel unpacked, as pip would: nothing of this tree is needed to run it."""
    folder = tmp_path_factory.mktemp("installed")
    zipfile.ZipFile(wheel).extractall(folder)
    return folder


def run(installed: Path, home: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "PYTHONPATH": str(installed), "GIT_CEILING_DIRECTORIES": str(home.parent)}
    return subprocess.run(
        [sys.executable, "-m", "sitegen", *arguments],
        cwd=home,
        env=environment,
        capture_output=True,
        text=True,
        timeout=120,
    )


def company(home: Path) -> Path:
    for name, text in RECORDS.items():
        path = home / "records" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    (home / "mkdocs.yml").write_text('site_name: "Nordlys i tal"\n', "utf-8")
    return home


def test_everything_that_is_no_code_is_in_the_wheel_too(wheel):
    packed = set(zipfile.ZipFile(wheel).namelist())
    kept = subprocess.run(["git", "ls-files", "sitegen"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    assert sorted(set(kept.split()) - packed) == []
    catalogues = {name for name in packed if name.endswith(".po")}
    assert catalogues
    assert {name.removesuffix("po") + "mo" for name in catalogues} <= packed
    assert [name for name in packed if name.startswith(("tests/", "records/", "benchmarks/", "docs/"))] == []


def test_the_same_tree_gives_the_same_wheel(wheel, tmp_path):
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(tmp_path)]
    subprocess.run(command, cwd=ROOT, check=True)
    assert next(tmp_path.glob("*.whl")).read_bytes() == wheel.read_bytes()


def test_the_wheel_builds_a_site_where_there_are_only_records(installed, tmp_path):
    home = company(tmp_path)
    where = subprocess.run(
        [sys.executable, "-c", "import sitegen; print(sitegen.__file__)"],
        cwd=home, env={**os.environ, "PYTHONPATH": str(installed)}, capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert where.stdout.startswith(str(installed))
    done = run(installed, home, "build", "--audience", "management", "--out", "site")
    assert done.returncode == 0, done.stdout + done.stderr
    index = (home / "site" / "index.html").read_text("utf-8")
    assert "Nordlys i tal" in index
    assert "Søgemaskiner" in (home / "site" / "budget" / "index.html").read_text("utf-8")


def test_a_template_in_the_folder_replaces_ours(installed, tmp_path):
    home = company(tmp_path)
    (home / "templates").mkdir()
    (home / "templates" / "budget.md.j2").write_text('<div class="sg"><h1>Vores egen side</h1></div>', "utf-8")
    done = run(installed, home, "build", "--audience", "management", "--out", "site")
    assert done.returncode == 0, done.stdout + done.stderr
    assert "Vores egen side" in (home / "site" / "budget" / "index.html").read_text("utf-8")
