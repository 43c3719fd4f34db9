"""The linter and the type checker find nothing: settings in pyproject.toml."""

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent


@pytest.mark.parametrize("tool", [("ruff", "check", "."), ("mypy", "sitegen")], ids=lambda tool: tool[0])
def test_the_code_is_in_order(tool):
    done = subprocess.run([sys.executable, "-m", *tool], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout[-4000:]


def test_no_two_test_modules_have_one_name():
    """pytest would run one of them and refuse the other, but only when both are asked for in one run."""
    names = [path.name for path in (ROOT / "tests").rglob("test_*.py")]
    assert sorted(names) == sorted(set(names))
