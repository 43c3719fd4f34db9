"""What is known of organisation.yml while it has mistakes, and what is therefore not said."""

from __future__ import annotations

import datetime as dt

import pytest

from sitegen import checks, findings, records
from sitegen.pipeline import Run

GOOD = "name: Prøve ApS\ncountry: DK\nlanguages: [da]\nas_of: 2026-03-20\nbudgets_settled: 2026-03-01\n"


@pytest.fixture
def folder(tmp_path):
    root = tmp_path / "records"

    def write(organisation: str, **files: str):
        for name, text in {"organisation": organisation, **files}.items():
            path = root / f"{name.replace('__', '/')}.yml"
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
        return root

    return write


DEPARTMENTS = "departments: {marketing: {name: Marketing}}\n"


@pytest.mark.parametrize("mistake", [f"currency: kr\n{DEPARTMENTS}", "currency: DKK\ndepartments: {marketing: {\n"])
def test_a_mistake_in_the_organisation_changes_neither_language_nor_day(folder, mistake):
    """`currency: kr` takes the required key away, the open bracket all of the file."""
    root = folder(GOOD + mistake)
    read = records.read(root)
    assert read.records.organisation is None
    assert read.settings.languages == ("da",)
    assert read.settings.budgets_settled == dt.date(2026, 3, 1)
    assert Run(root).as_of == dt.date(2026, 3, 20)
    found = findings.find(root, as_of=None, keep=False, run=lambda: Run(root))
    assert found.languages == ("da",)
    assert len(found.problems) == 1


def test_a_setting_that_is_wrong_itself_counts_as_none(folder):
    read = records.read(folder("name: A\ncountry: DK\ncurrency: DKK\nas_of: soon\nlanguages: [fransk]\n"))
    assert (read.settings.as_of, read.settings.languages) == (None, ("en",))


@pytest.mark.parametrize(("more", "codes"), [("", ["unknown-currency"]), ("x: {\n", ["open-bracket"])])
def test_no_exchange_rate_is_missing_while_the_organisation_cannot_be_read(folder, more, codes):
    sales = '"2026-01": {actual: {amount: 10, currency: EUR}}\n'
    organisation = "name: A\ncountry: DK\ncurrency: DKK\n" + DEPARTMENTS + more
    root = folder(organisation, **{"plans__sales-2026": sales})
    assert [problem.code for problem in checks.run(records.read(root), root)] == codes
