"""Records written for one test, and what the checks say of them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from sitegen import checks, records

ORGANISATION = "name: Prøve ApS\ncountry: DK\ncurrency: DKK\ndepartments: {marketing: {name: Marketing}}\n"
Found = list[tuple[str, str]]
"""(code, file:line:column) of each problem."""


def write(root: Path, files: Mapping[str, str]) -> Path:
    """A folder of records; organisation.yml is a plain one unless given."""
    for name, text in {"organisation.yml": ORGANISATION, **files}.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return root


def problems(root: Path, as_of: dt.date | None = None) -> Found:
    """What the reader and the checks say of a folder, in order."""
    return [(problem.code, str(problem.place)) for problem in checks.run(records.read(root), root, as_of)]


@pytest.fixture
def found(tmp_path: Path) -> Callable[..., Found]:
    """Files → problems; with `as_of` those that need a day too."""
    return lambda files, as_of=None: problems(write(tmp_path / "records", files), as_of)
