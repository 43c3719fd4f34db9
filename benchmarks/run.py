"""How long reading, checking, computing and building take, and how that grows with the number of time entries.

    python -m benchmarks.run --sizes 10k,100k,1M

Each size is a company made by `benchmarks.company` (kept under `.sitegen/benchmarks/`). Every measurement is a
process of its own; CPU seconds and peak memory are those the kernel counted for it (`wait4`). The growth
exponent compares with the size before: 1.00 means ten times the entries take ten times as long.
"""

from __future__ import annotations

import argparse
import json
import math
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
DATA = ROOT / ".sitegen" / "benchmarks"
AS_OF = "2026-06-30"
UNITS = {"k": 1_000, "m": 1_000_000}

# What one child does: the stages of a Run, one after the other, each with its CPU seconds.
STAGES = """
import json, sys, time
from pathlib import Path
from sitegen.pipeline import Run
run = Run(Path(sys.argv[1]), audience="management")
seconds, wall = {}, {}
for name, attribute in (("read", "read"), ("check", "problems"), ("compute", "results")):
    if name == "compute" and len(sys.argv) > 2:
        break
    cpu, start = time.process_time(), time.perf_counter()
    getattr(run, attribute)
    seconds[name], wall[name] = time.process_time() - cpu, time.perf_counter() - start
print(json.dumps({"entries": len(run.read.records.logged["day"]), "seconds": seconds, "wall": wall}))
"""

# The reports of time and the cube, with nothing else: what is timed begins when the records are read and the tables
# built, as in a build the metrics' modules are there and rubbish is looked for as seldom. A loop of plain Python beside
# it says how fast a core was just then.
TIME_REPORTS = """
import gc, json, sys, time
from pathlib import Path
from sitegen.pipeline import Run
run = Run(Path(sys.argv[1]), audience="management")
slugs = sys.argv[2].split(",")
run.reports = tuple(report for report in run.reports if report.slug in slugs)
gc.set_threshold(100_000, 20, 50)
run.read, run.records
def clock(what):
    cpu, start = time.process_time(), time.perf_counter()
    what()
    return time.process_time() - cpu, time.perf_counter() - start
import narwhals, polars
tables = clock(lambda: [run.tables[name] for name in run.tables])
[(report.metrics, report.data) for report in run.reports]
reports = clock(run.compute)
loop = clock(lambda: sum(range(30_000_000)))
print(json.dumps({"tables": tables, "reports": reports, "loop": loop}))
"""
TIME_SLUGS = (
    "time_now", "time_use", "budget", "portfolio", "booked_registered", "resource_plan", "lending", "make_or_buy",
    "estimates", "monthly_talk", "person", "project", "pivot",
)  # fmt: skip

# The yardstick: the same files through PyYAML's C loader into plain objects, nothing checked.
YARDSTICK = """
import sys, yaml
from pathlib import Path
for path in sorted(Path(sys.argv[1]).rglob("*.yml")):
    yaml.load(path.read_text("utf-8"), Loader=yaml.CSafeLoader)
"""


@dataclass(frozen=True)
class Measured:
    """One process: CPU and wall seconds, peak memory, exit code, what it printed and what it complained of."""

    cpu: float
    wall: float
    peak_mb: float
    code: int
    said: str
    complaint: str


def measure(*command: str) -> Measured:
    """Run a command to its end. The CPU seconds include those of the processes it started and waited for."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    with tempfile.TemporaryFile() as said, tempfile.TemporaryFile() as complaint:
        start = time.perf_counter()
        process = subprocess.Popen(
            command, cwd=ROOT, env=environment, stdin=subprocess.DEVNULL, stdout=said, stderr=complaint
        )
        _, status, usage = os.wait4(process.pid, 0)
        wall = time.perf_counter() - start
        process.returncode = os.waitstatus_to_exitcode(status)
        texts = []
        for file in (said, complaint):
            file.seek(0)
            texts.append(file.read().decode("utf-8", "replace"))
    per_mb = 1024 * 1024 if sys.platform == "darwin" else 1024
    cpu = usage.ru_utime + usage.ru_stime
    return Measured(cpu, wall, usage.ru_maxrss / per_mb, process.returncode, *texts)


def size_of(text: str) -> int:
    """`10k` → 10000, `1M` → 1000000."""
    number, unit = (text[:-1], text[-1].lower()) if text[-1:].isalpha() else (text, "")
    return int(float(number) * UNITS.get(unit, 1))


def company(entries: int, fresh: bool) -> Path:
    """The folder of the records of a company with about so many time entries, made when it is not there."""
    folder = DATA / str(entries)
    if fresh and folder.exists():
        shutil.rmtree(folder)
    if not folder.exists():
        making = folder.with_name(f"{entries}.making")
        shutil.rmtree(making, ignore_errors=True)
        made = measure(sys.executable, "-m", "benchmarks.company", "--out", str(making), "--entries", str(entries))
        if made.code:
            raise SystemExit(f"benchmarks.company could not make {entries} entries:\n{made.complaint[-2000:]}")
        making.rename(folder)
    inside = folder / "records"
    return inside if inside.is_dir() else folder


def edit_a_week(records: Path) -> None:
    """Change the last hours of one week file: the smallest edit that changes a figure."""
    week = sorted((records / "time" / "weeks").rglob("*.yml"))[0]
    text = week.read_text("utf-8")
    last = list(re.finditer(r"hours: *([0-9.hm]+)", text))[-1]
    hours = "1.25" if last[1] != "1.25" else "1.75"
    week.write_text(text[: last.start(1)] + hours + text[last.end(1) :], "utf-8")


def one_size(records: Path, out: Path, build: bool) -> Iterator[tuple[str, float, float, float | None, str]]:
    """(stage, CPU seconds, wall seconds, peak MB, remark) of each measurement; the first is the number of entries."""
    stages = measure(sys.executable, "-c", STAGES, str(records))
    if stages.code:
        raise SystemExit(f"the pipeline failed on {records} (exit code {stages.code}):\n{stages.complaint[-2000:]}")
    told: dict[str, Any] = json.loads(stages.said.strip().splitlines()[-1])
    yield "entries", told["entries"], 0.0, None, ""
    yardstick = measure(sys.executable, "-c", YARDSTICK, str(records))
    yield "yardstick: CSafeLoader alone", yardstick.cpu, yardstick.wall, yardstick.peak_mb, ""
    only = measure(sys.executable, "-c", STAGES, str(records), "no-compute")
    for name, peak in (("read", None), ("check", only.peak_mb), ("compute", stages.peak_mb)):
        yield name, told["seconds"][name], told["wall"][name], peak, ""
    timed = measure(sys.executable, "-c", TIME_REPORTS, str(records), ",".join(TIME_SLUGS))
    if timed.code:
        raise SystemExit(f"the time reports failed on {records}:\n{timed.complaint[-2000:]}")
    times: dict[str, list[float]] = json.loads(timed.said.strip().splitlines()[-1])
    yield "tables, built", *times["tables"], None, ""
    yield "time reports, computed", *times["reports"], timed.peak_mb, f"sum(range(30M)) took {times['loop'][0]:.2f} s"
    (records.resolve().parent / ".sitegen").mkdir(exist_ok=True)  # so that what validate finds is kept
    for said, options in (("cold", ("--no-cache",)), ("keeps", ()), ("nothing changed", ())):
        validate = measure(sys.executable, "-m", "sitegen", "validate", *options, str(records))
        if said != "keeps":
            yield f"sitegen validate ({said})", validate.cpu, validate.wall, validate.peak_mb, remark(validate)
    if not build:
        return
    shutil.rmtree(out, ignore_errors=True)
    shutil.rmtree(records.resolve().parent / ".sitegen" / "cache", ignore_errors=True)  # what builds keep between them
    command = (sys.executable, "-m", "sitegen", "build", "--records", str(records), "--out", str(out),
               "--audience", "management", "--as-of", AS_OF)  # fmt: skip
    cold = measure(*command)
    yield "sitegen build (nothing there)", cold.cpu, cold.wall, cold.peak_mb, remark(cold)
    if cold.code == 0:
        again = measure(*command)
        yield "sitegen build (nothing changed)", again.cpu, again.wall, again.peak_mb, remark(again)
        edit_a_week(records)
        edited = measure(*command)
        yield "sitegen build (one week edited)", edited.cpu, edited.wall, edited.peak_mb, remark(edited)


def remark(measured: Measured) -> str:
    return "" if measured.code == 0 else f"exit code {measured.code}"


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.run", description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--sizes", default="10k,100k,1M", help="numbers of time entries, separated by commas")
    parser.add_argument("--build-up-to", default="100k", help="build the site up to this size (it is many pages)")
    parser.add_argument("--fresh", action="store_true", help="make the companies anew")
    parser.add_argument("--json", type=Path, help="write the figures to this file, too")
    asked = parser.parse_args()

    before: dict[str, tuple[int, float]] = {}
    figures = []
    failed = False
    for entries in sorted(size_of(size) for size in asked.sizes.split(",")):
        records = company(entries, asked.fresh)
        files = sum(1 for _ in records.rglob("*.yml"))
        rows = one_size(records, DATA / f"{entries}.site", entries <= size_of(asked.build_up_to))
        count = int(next(rows)[1])
        print(f"\n{count:,} time entries in {files:,} files")
        print(f"  {'stage':34} {'CPU s':>8} {'wall s':>8} {'entries/s':>11} {'growth':>7} {'peak MB':>8}")
        for stage, cpu, wall, peak, said in rows:
            growth = ""
            if stage in before and cpu > 0:
                count_before, cpu_before = before[stage]
                growth = f"{math.log(cpu / cpu_before) / math.log(count / count_before):.2f}"
            before[stage] = (count, cpu)
            rate = f"{count / cpu:,.0f}" if cpu else ""
            shown = f"{peak:,.0f}" if peak else ""
            print(f"  {stage:34} {cpu:8.2f} {wall:8.2f} {rate:>11} {growth:>7} {shown:>8}  {said}".rstrip(), flush=True)
            figures.append(
                {"entries": count, "stage": stage, "cpu": cpu, "wall": wall, "peak_mb": peak, "remark": said}
            )
            failed = failed or said.startswith("exit code")
    if asked.json:
        asked.json.write_text(json.dumps(figures, indent=1) + "\n", "utf-8")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
