"""Our validator beside others, on the same time entries, in one run.

    python -m benchmarks.beside --size 100k --check-jsonschema path/to/check-jsonschema

Each is a process of its own over the same company's week files; CPU seconds and peak memory are the kernel's. They do
not do the same work, so each line says what it finds out: read the ratios with that. A program that is not installed
is named and left out. hledger reads the same entries as a journal, one transaction each, which is written first and
not counted.
"""

from __future__ import annotations

import argparse
import json
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from benchmarks.run import YARDSTICK, Measured, company, measure, size_of

# PyYAML's C loader, then pydantic's own types: what one would write in an afternoon. No places, no references.
AFTERNOON = """
import datetime as dt, sys, yaml
from pathlib import Path
from pydantic import BaseModel, ConfigDict
class Entry(BaseModel):
    model_config = ConfigDict(extra="forbid")
    project: str
    task: str | None = None
    hours: float
    date: dt.date | None = None
    added: dt.date | None = None
    note: str | None = None
    asked_by: str | None = None
    displaced: list[str] = []
    customer: str | None = None
    imported: str | None = None
    instead: dict[str, object] | None = None
class Week(BaseModel):
    model_config = ConfigDict(extra="forbid")
    planned: dt.date | None = None
    booked: list[Entry] = []
    absent: list[dict[str, object]] = []
    logged: list[Entry] = []
for path in sorted(Path(sys.argv[1]).rglob("*.yml")):
    data = yaml.load(path.read_text("utf-8"), Loader=yaml.CSafeLoader)
    for section in ("booked", "logged"):
        for entry in data.get(section, ()):
            entry["hours"] = 1.0 if isinstance(entry["hours"], str) else entry["hours"]
    Week.model_validate(data)
"""


def journal(records: Path) -> Iterator[str]:
    """The logged hours as hledger's transactions, in whole minutes."""
    from sitegen import records as reader

    rows = reader.read(records).records.logged
    for person, day, project, task, minutes in zip(
        rows["person"], rows["day"], rows["project"], rows["task"], rows["minutes"], strict=True
    ):
        yield f"{day} *\n    ({person}:{project}{':' + task if task else ''})  {minutes} min\n\n"


def version(*command: str) -> str:
    """The first line that a program says of itself."""
    return subprocess.run(command, capture_output=True, text=True, check=False).stdout.strip().splitlines()[0]


def measured(records: Path, folder: Path, check_jsonschema: str | None) -> Iterator[tuple[str, str, Measured]]:
    """(program, what it finds out, its measurement)."""
    import pydantic
    import yaml

    weeks = records / "time" / "weeks"
    ours = measure(sys.executable, "-m", "sitegen", "validate", "--no-cache", str(records))
    yield "sitegen validate", "all of the records: values, references, rules, places, repairs", ours
    yield (
        f"CSafeLoader, PyYAML {yaml.__version__}", "that all files are YAML",
        measure(sys.executable, "-c", YARDSTICK, str(records)),
    )  # fmt: skip
    yield (
        f"CSafeLoader + pydantic {pydantic.VERSION}", "types of the week files; no places, no references",
        measure(sys.executable, "-c", AFTERNOON, str(weeks)),
    )  # fmt: skip
    if check_jsonschema:
        measure(sys.executable, "-m", "sitegen", "schema", "--records", str(records), "--out", str(records.parent))
        schema = records.parent / ".vscode" / "schemas" / "week.json"
        files = [str(path) for path in sorted(weeks.rglob("*.yml"))]
        yield (
            version(check_jsonschema, "--version"), "shape and known ids of the week files, by our own schema",
            measure(check_jsonschema, "--schemafile", str(schema), *files),
        )  # fmt: skip
    if hledger := shutil.which("hledger"):
        text = folder / "hours.journal"
        text.write_text("".join(journal(records)), "utf-8")
        yield (
            version(hledger, "--version"), "that the journal can be read, and every account's sum",
            measure(hledger, "-f", str(text), "balance", "--depth", "1"),
        )  # fmt: skip


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.beside", description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--size", default="100k", help="number of time entries")
    parser.add_argument("--check-jsonschema", default=shutil.which("check-jsonschema"), help="where that program lies")
    parser.add_argument("--json", type=Path, help="write the figures to this file, too")
    asked = parser.parse_args()
    records = company(size_of(asked.size), fresh=False)
    for name, found in (("check-jsonschema", asked.check_jsonschema), ("hledger", shutil.which("hledger"))):
        if not found:
            print(f"{name} is not installed here, and left out")
    figures = []
    own = 0.0
    print(f"{'program':36} {'CPU s':>8} {'ratio':>7} {'peak MB':>8}  finds out")
    with tempfile.TemporaryDirectory() as folder:
        for name, what, found in measured(records, Path(folder), asked.check_jsonschema):
            own = own or found.cpu
            print(f"{name:36} {found.cpu:8.2f} {found.cpu / own:7.1f} {found.peak_mb:8,.0f}  {what}", flush=True)
            if found.code:
                print(f"  exit code {found.code}: {found.complaint.strip()[-300:]}")
            figures.append({"program": name, "cpu": found.cpu, "peak_mb": found.peak_mb, "code": found.code})
    if asked.json:
        asked.json.write_text(json.dumps(figures, indent=1) + "\n", "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
