"""The fuzz finds what it looks for, and finds it again (`make fuzz` runs it for a minute)."""

from __future__ import annotations

from random import Random

import pytest

from sitegen import checks
from sitegen.problems import Place, Problem
from tests.fuzz.__main__ import main
from tests.fuzz.rounds import Company, Round


@pytest.fixture(scope="module")
def company(tmp_path_factory) -> Company:
    return Company.cut(tmp_path_factory.mktemp("company"))


def test_a_few_rounds_break_nothing(capsys):
    assert main(["--seconds", "3"]) == 0
    assert " rounds with seed 1, 0 kinds of failure" in capsys.readouterr().out


def test_the_same_seed_spoils_the_same_files_in_the_same_way(company):
    def spoilt() -> dict[str, bytes]:
        one = Round(company, Random("1/7"))
        one.run()
        one.undo()
        return one.spoilt

    first = spoilt()
    assert first == spoilt()
    assert any(raw != company.files[path] for path, raw in first.items())
    assert {path: (company.root / path).read_bytes() for path in company.files} == company.files


def raises(read, root, as_of):
    raise ZeroDivisionError("planted")


@pytest.mark.parametrize(
    ("check", "told"),
    [
        (raises, "ZeroDivisionError: planted"),
        (lambda read, root, as_of: [Problem("tab", Place("none.yml", 1, 1))], "there is no such file"),
        (lambda read, root, as_of: [Problem("tab", Place("organisation.yml", 9999, 1))], "tab has the place"),
        (lambda read, root, as_of: [Problem("unknown-key", Place("organisation.yml", 1, 1))], "KeyError"),
    ],
)
def test_a_fault_is_found_and_named_with_its_files(monkeypatch, capsys, check, told):
    """An exception, a place in no file or after its end, and a sentence whose value is not given."""
    monkeypatch.setattr(checks, "run", check)
    assert main(["--seconds", "60", "--round", "3"]) == 1
    out = capsys.readouterr().out
    assert "--- failed: --seed 1 --round 3" in out and told in out and "1 kinds of failure" in out
