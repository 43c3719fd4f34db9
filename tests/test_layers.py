"""The house's import rules (docs/architecture.md), read from the sources; two are watched while a command runs."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "sitegen"

# A room imports itself and the rooms before it.
ROOMS = (
    "codes", "problems", "periods", "baselines", "formats", "messages", "yamlfile", "models", "reference", "records",
    "schema", "git",
    "checks", "audience", "tables", "results", "metrics", "report", "theme", "reports", "pages", "site", "snapshot",
    "pipeline", "findings", "importers", "exporters", "commands", "cli", "__main__",
)  # fmt: skip

# An outside package lives only in these rooms.
LIVES_IN = {
    "polars": {
        "tables",
        "metrics",
        "results",
        "report",
        "theme",
        "reports",
        "snapshot",
        "exporters",
        "pipeline",
        "pages",
    },
    "narwhals": {"tables", "metrics", "results", "report", "reports", "snapshot", "exporters", "pipeline", "pages"},
    "altair": {"theme", "reports"},  # in reports: chart.py alone, see below
    "jinja2": {"pages"},
    "yaml": {"yamlfile"},
    "typer": {"commands", "cli"},
    "rich": {"commands", "cli"},
    "mkdocs": {"site"},
}

CLOCKS = {"today", "now", "utcnow"}
CLOCKS_OF_TIME = {"time", "time_ns", "localtime", "gmtime", "ctime", "strftime"}


@dataclass(frozen=True)
class Module:
    """One source file: its dotted name below `sitegen`, and its text."""

    name: str
    text: str
    is_package: bool = False

    @property
    def room(self) -> str:
        return self.name.split(".")[0]

    @property
    def full(self) -> str:
        return f"sitegen.{self.name}" if self.name else "sitegen"


def modules() -> list[Module]:
    found = []
    for path in sorted(PACKAGE.rglob("*.py")):
        parts = list(path.relative_to(PACKAGE).with_suffix("").parts)
        is_package = parts[-1] == "__init__"
        found.append(Module(".".join(parts[:-1] if is_package else parts), path.read_text("utf-8"), is_package))
    return found


def imports(module: Module) -> Iterator[tuple[int, str]]:
    """(line, full dotted name) of everything the module imports, inside functions too; relative ones resolved."""
    for node in ast.walk(ast.parse(module.text)):
        if isinstance(node, ast.Import):
            for alias in node.names:
                yield node.lineno, alias.name
        elif isinstance(node, ast.ImportFrom):
            base = node.module or ""
            if node.level:
                package = module.full.split(".")
                package = package if module.is_package else package[:-1]
                base = ".".join([*package[: len(package) - node.level + 1], *filter(None, [node.module])])
            for alias in node.names:
                yield node.lineno, f"{base}.{alias.name}"


def layer_faults(module: Module) -> list[str]:
    """Imports from a room that comes later, between two reports, or of an outside package that lives elsewhere."""
    faults = []
    for line, name in imports(module):
        where = f"sitegen/{module.name.replace('.', '/') or '__init__'}:{line}"
        top, *rest = name.split(".")
        if top != "sitegen":
            if top in LIVES_IN and module.room not in LIVES_IN[top]:
                faults.append(f"{where}: {top} lives only in {', '.join(sorted(LIVES_IN[top]))}")
            if top == "altair" and module.room == "reports" and module.name.split(".")[-1] != "chart":
                faults.append(f"{where}: in a report only chart.py imports altair")
            continue
        if not rest or rest[0] not in ROOMS:
            continue  # a name of sitegen/__init__.py
        if module.room in ROOMS and ROOMS.index(rest[0]) > ROOMS.index(module.room):
            faults.append(f"{where}: {module.room} comes before {rest[0]}")
        mine = module.name.split(".")
        if module.room == rest[0] == "reports" and len(mine) > 1 and rest[1:2] != mine[1:2]:
            faults.append(f"{where}: the report {mine[1]} imports {name}; what two need moves down to metrics/")
    return faults


def clock_faults(module: Module) -> list[str]:
    """Places that ask what time it is. Measuring how long something took (`perf_counter`) is no clock."""
    faults = []
    for node in ast.walk(ast.parse(module.text)):
        read = None
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            owner = node.func.value
            if node.func.attr in CLOCKS:
                read = node.func.attr
            elif isinstance(owner, ast.Name) and owner.id == "time" and node.func.attr in CLOCKS_OF_TIME:
                read = f"time.{node.func.attr}"
        elif isinstance(node, ast.ImportFrom) and node.module == "time":
            read = next((alias.name for alias in node.names if alias.name in CLOCKS_OF_TIME), None)
        if read:
            faults.append(f"sitegen/{module.name.replace('.', '/')}:{node.lineno}: {read} reads the clock")
    return faults


def test_a_room_imports_only_rooms_before_it():
    assert [fault for module in modules() for fault in layer_faults(module)] == []


def test_every_room_has_its_place_in_the_order():
    assert sorted({module.room for module in modules()} - set(ROOMS) - {""}) == []


def test_nobody_but_cli_reads_the_clock():
    assert [fault for module in modules() if module.room != "cli" for fault in clock_faults(module)] == []


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("models.time", "from sitegen.records import read"),
        ("models.time", "def f():\n    from sitegen import pipeline"),
        ("models.time", "from ..checks import CHECKS"),
        ("records", "import polars as pl"),
        ("checks.time", "import yaml"),
        ("reports.budget.metric", "import altair as alt"),
        ("reports.budget.metric", "from sitegen.reports import REPORTS"),
        ("reports.budget.metric", "from ..funnel.metric import RESULTS"),
        ("tables.time", "from rich.console import Console"),
    ],
)
def test_the_layer_rule_catches_an_offence(name: str, text: str):
    assert len(layer_faults(Module(name, text))) == 1


def test_a_report_may_import_its_own_modules():
    assert layer_faults(Module("reports.budget.chart", "from sitegen.reports.budget.metric import RESULTS")) == []


@pytest.mark.parametrize(
    "text",
    [
        "import datetime as dt\ndt.date.today()",
        "from datetime import datetime\ndatetime.now()",
        "import time\ntime.time()",
        "from time import time\ntime()",
    ],
)
def test_the_clock_rule_catches_an_offence(text: str):
    assert len(clock_faults(Module("pipeline", text))) == 1


def loaded(*arguments: str) -> tuple[int, set[str]]:
    """Exit code of `python -m sitegen …` here, and the top-level packages it loaded."""
    done = subprocess.run(
        [sys.executable, "-X", "importtime", "-m", "sitegen", *arguments],
        cwd=ROOT, capture_output=True, text=True, timeout=300, stdin=subprocess.DEVNULL,
    )  # fmt: skip
    lines = [line for line in done.stderr.splitlines() if line.startswith("import time:")]
    return done.returncode, {line.rsplit("|", 1)[-1].strip().split(".")[0] for line in lines}


def test_validate_loads_no_engine_no_charts_no_templates_and_no_builder():
    code, packages = loaded("validate")
    assert code == 0
    assert {"sitegen", "pydantic"} <= packages
    assert packages & {"polars", "narwhals", "altair", "vl_convert", "jinja2", "mkdocs"} == set()


def test_help_loads_only_the_command_line():
    code, packages = loaded("--help")
    assert code == 0
    assert "sitegen" in packages
    assert packages & {"polars", "narwhals", "altair", "vl_convert", "jinja2", "mkdocs", "pydantic", "yaml"} == set()
