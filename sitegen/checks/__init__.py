"""Checks: what must hold inside one record and between records. CHECKS lists them in order; grep finds each by its code."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

from sitegen.checks.files import Files
from sitegen.checks.references import missing_records
from sitegen.problems import Problem, in_order
from sitegen.records import Read

Check = Callable[[Read, Files], Iterator[Problem]]

CHECKS: tuple[Check, ...] = (missing_records,)


def run(read: Read, root: Path) -> tuple[Problem, ...]:
    """Every problem of the records: what the reader found, and what the checks say. `root` is the folder that was read."""
    files = Files(root)
    found = list(read.problems)
    for check in CHECKS:
        found += check(read, files)
    return in_order(found)
