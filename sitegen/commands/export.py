"""`sitegen export`: every table of figures as CSV, and all figures as `results.json`."""

from __future__ import annotations

import datetime as dt
import sys
from pathlib import Path

RESULTS = "results.json"


def run(
    root: Path, out: Path, *, as_of: dt.date | None = None, audience: str = "everyone", verbose: bool = False
) -> int:
    """Writes `<report>.<table>.csv` and `results.json` to `out`; of files that an earlier export wrote, those that
    are no more go.

    0: written; 1: the records have errors, nothing is written; 2: `out` is no folder.
    """
    from sitegen.commands import build
    from sitegen.pipeline import Run

    if out.exists() and not out.is_dir():
        sys.stderr.write(f"sitegen: {out} is not a folder\n")
        return 2
    work = Run(root, as_of=as_of, audience=audience, cache=build.cache_of(root.resolve().parent))
    if work.broken:
        return build.tell(build.Stopped.of(work.problems, audience), work)
    files = files_of(work)
    out.mkdir(parents=True, exist_ok=True)
    listed = out / RESULTS
    if listed.is_file():
        for path in out.glob("*.*.csv"):
            if path.name not in files:
                path.unlink()
    for name, content in files.items():
        (out / name).write_bytes(content)
    sys.stdout.write(f"{out}: {len(files) - 1} tables and {RESULTS} for {audience} as of {work.as_of.isoformat()}\n")
    return 0


def files_of(work) -> dict[str, bytes]:  # noqa: ANN001 - a pipeline.Run, or what looks like one
    """The files of an export by name."""
    from sitegen import snapshot
    from sitegen.exporters import csv

    files = {f"{name}.csv": csv.table(result) for name, result in work.results.items()}
    files[RESULTS] = snapshot.to_json(snapshot.snapshot(work.results))
    return files
