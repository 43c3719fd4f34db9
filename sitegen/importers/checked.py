"""What the records would be wrong in if new texts were written: they are checked in a copy of the folder."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Mapping
from pathlib import Path

from sitegen import checks, records
from sitegen.problems import Problem


def errors(root: Path, texts: Mapping[str, str]) -> list[Problem]:
    """The errors that the new texts would have, or be part of, among all other records."""
    if not texts:
        return []
    with tempfile.TemporaryDirectory(prefix="sitegen-import-") as folder:
        copy = Path(folder) / "records"
        # links, not bytes: a file that changes is made anew below, and the others are only read
        shutil.copytree(root, copy, symlinks=True, ignore=shutil.ignore_patterns(".*"), copy_function=_linked)
        for file, text in texts.items():
            (copy / file).unlink(missing_ok=True)
            (copy / file).parent.mkdir(parents=True, exist_ok=True)
            (copy / file).write_text(text, "utf-8", newline="\n")
        return [
            problem
            for problem in errors_now(copy)
            if {problem.place.file, *(also.file for also in problem.also)} & texts.keys()
        ]


def errors_now(root: Path) -> list[Problem]:
    """The errors that records have."""
    return [problem for problem in checks.run(records.read(root), root) if problem.severity == "error"]


def _linked(source: str, target: str) -> None:
    try:
        os.link(source, target, follow_symlinks=False)
    except OSError:
        shutil.copy2(source, target, follow_symlinks=False)
