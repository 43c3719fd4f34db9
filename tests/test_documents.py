"""The documents say what is true: the tests, files and commands that they name exist."""

from __future__ import annotations

import ast
import datetime as dt
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
DOCUMENTS = [ROOT / "README.md", ROOT / "CHANGELOG.md", *sorted((ROOT / "docs").glob("*.md"))]


def functions_of(path: Path) -> set[str]:
    return {node.name for node in ast.walk(ast.parse(path.read_text("utf-8"))) if isinstance(node, ast.FunctionDef)}


def test_every_requirement_in_the_tick_list_names_a_test_that_exists():
    text = (ROOT / "docs" / "requirements.md").read_text("utf-8")
    rows = [line for line in text.splitlines() if re.match(r"\| [A-Z]\d", line)]
    assert len(rows) > 40
    missing = []
    for row in rows:
        named = re.findall(r"`(tests/[\w/]+\.py)(?:::(\w+))?`", row)
        if not named:
            missing.append(f"{row.split('|')[1].strip()} names no test")
        for file, test in named:
            if not (ROOT / file).exists() or (test and test not in functions_of(ROOT / file)):
                missing.append(f"{row.split('|')[1].strip()}: {file}::{test}")
    assert missing == []


TIME = re.compile(r"T([1-9]|[12]\d|3[0-5]|6[0-5])|P4|P10|F([1-7]|3[5-9])")
"""Lines about time and budgets: a test that proves one says so."""


def test_a_test_that_proves_a_line_about_time_names_the_line():
    """In its name or body, or in the example that it runs."""
    text = (ROOT / "docs" / "requirements.md").read_text("utf-8")
    rows = {
        row[1]: row[0] for row in re.finditer(r"^\| ([A-Z]\d+\w?) \|.*$", text, re.MULTILINE) if TIME.fullmatch(row[1])
    }
    assert len(rows) > 50
    unnamed = []
    for line, row in rows.items():
        proofs = [(ROOT / name).read_text("utf-8") for name in re.findall(r"`(sitegen/reports/\w+/example\.yml)`", row)]
        for file, test in re.findall(r"`(tests/[\w/]+\.py)::(\w+)`", row):
            source = (ROOT / file).read_text("utf-8")
            found = next(one for one in ast.walk(ast.parse(source)) if getattr(one, "name", "") == test)
            proofs += [test.upper().replace("_", " "), ast.get_source_segment(source, found) or ""]
        if not any(re.search(rf"\b{line}\b", proof) for proof in proofs):
            unnamed.append(line)
    assert unnamed == []


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.name)
def test_a_document_links_only_to_what_is_there(path: Path):
    links = re.findall(r"\]\((?!https?:|mailto:|#)([^)#\s]+)", path.read_text("utf-8"))
    assert [link for link in links if not (path.parent / link).exists()] == []


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.name)
def test_a_document_names_only_modules_that_are_there(path: Path):
    named = set(
        re.findall(r"`((?:sitegen|tests|benchmarks)/[\w/]+\.(?:py|yml|md|j2|css|js))`", path.read_text("utf-8"))
    )
    named = {name for name in named if "<" not in name}
    assert sorted(name for name in named if not (ROOT / name).exists()) == []


def examples() -> list[tuple[str, str]]:
    """(file, YAML) of each example in the marketer's guide: a heading that names the file, then the first block."""
    text = (ROOT / "docs" / "editing-records.md").read_text("utf-8")
    found = []
    for section in re.split(r"^#+ ", text, flags=re.MULTILINE):
        file = re.match(r"[^\n]*`records/([\w/.-]+\.yml)`\n", section)
        block = re.search(r"^```yaml\n(.*?)^```", section, re.MULTILINE | re.DOTALL)
        if file and block:
            found.append((file[1], block[1]))
    return found


@pytest.mark.parametrize(("file", "text"), examples(), ids=lambda value: value if value.endswith(".yml") else "")
def test_an_example_of_the_marketers_guide_is_a_good_record(file: str, text: str):
    from sitegen.models import KINDS
    from sitegen.models.fields import Context
    from sitegen.yamlfile import parse

    kind = next(kind for kind in KINDS if re.fullmatch(re.sub(r"\{\w+\}", r"[\\w-]+", kind.pattern), file))
    document = parse(text, file)
    assert document.problems == []
    kind.model.model_validate(document.data, context=Context())


def test_the_marketers_guide_has_an_example_of_most_kinds_of_record():
    assert len(examples()) >= 11


def test_the_metric_of_the_guide_to_adding_a_report_runs():
    """90 minutes used of 60 estimated are 1.5; an estimate of 0 has no ratio."""
    import polars as pl

    from sitegen.report import Context

    text = (ROOT / "docs" / "adding-a-report.md").read_text("utf-8")
    (code,) = (block for block in re.findall(r"```python\n(.*?)```", text, re.DOTALL) if "RESULTS = " in block)
    module: dict = {}
    exec(code, module)
    tables = {
        "tasks": pl.DataFrame({"project": ["a", "a"], "task": ["x", "y"], "budget_minutes": [60, 0]}),
        "logged": pl.DataFrame({"project": ["a"], "task": ["x"], "minutes": [90]}),
    }
    result = module["RESULTS"][0].run(Context(tables, dt.date(2026, 6, 30)), "estimates")
    assert result.check() == []
    assert result.rows["ratio"].to_list() == [1.5, None]


def test_the_readme_lists_every_command():
    from typer.main import get_command

    from sitegen.cli import app

    listed = set(re.findall(r"^\| `sitegen (\w+)", (ROOT / "README.md").read_text("utf-8"), re.MULTILINE))
    assert listed == set(get_command(app).commands)  # type: ignore[attr-defined]


def test_every_dependency_has_its_line():
    import tomllib

    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    wanted = [*project["dependencies"], *project["optional-dependencies"]["dev"]]
    text = (ROOT / "docs" / "dependencies.md").read_text("utf-8")
    names = {re.match(r"[\w-]+", line)[0] for line in wanted}  # type: ignore[index]
    assert sorted(name for name in names if f"| {name} " not in text) == []


def test_the_lock_files_hold_hashes_and_name_no_index_and_no_path():
    for name in ("requirements.lock", "requirements-dev.lock"):
        lines = (ROOT / name).read_text("utf-8").splitlines()
        assert [
            line for line in lines if re.search(r"https?:|file:|--(extra-)?index|--find-links|@ |\.\./|^/", line)
        ] == []
        packages = [number for number, line in enumerate(lines) if re.match(r"[a-z0-9]", line)]
        assert len(packages) > 30
        assert [lines[number] for number in packages if "--hash=sha256:" not in lines[number + 1]] == []
