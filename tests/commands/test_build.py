"""What `sitegen build` says of the errors that stopped it."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from sitegen.commands import build
from sitegen.problems import Place, Problem


def stopped(audience: str, file: str = "time/people/ana.yml", **values: str) -> list[str]:
    """The lines of a build for `audience` that one error of a management field stopped."""
    problem = Problem("ends-before", Place(file, 3, 7), values, "error", (), "management")
    work: Any = SimpleNamespace(root=Path("records"), audience=audience)
    return build.lines(build.Stopped([problem], 0), work, "en")


def test_an_error_is_told_in_one_line_with_its_place_code_and_sentence() -> None:
    (line,) = stopped("management", written="blu", first="2026")
    assert line.startswith("records/time/people/ana.yml:3:7: ends-before ") and "blu" in line


def test_a_value_cannot_steer_the_terminal() -> None:
    (line,) = stopped("management", written="\x1b[2J", first="2026")
    assert line.isprintable() and "\\u001b" in line


@pytest.mark.parametrize(("audience", "seen"), [("management", True), ("marketing", False), ("everyone", False)])
def test_a_value_above_the_audience_is_not_told(audience: str, seen: bool) -> None:
    (line,) = stopped(audience, written="412", first="2026")
    assert ("412" in line) is seen


def test_the_sites_own_settings_lie_beside_the_records() -> None:
    (line,) = stopped("management", file="mkdocs.yml", written="x", first="2026")
    assert line.startswith("mkdocs.yml:3:7: ")
