"""An independent oracle: hledger reads the journal that we export, and its sums are those of our tables.

Its answers for the company of this repository are kept in `tests/cases/known/hledger/`, and compared with our tables
also where it is not installed. After a change of `records/time`, `python -m tests.oracles.hledger` asks it anew.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

from sitegen.exporters.journal import journal
from sitegen.pipeline import Run
from sitegen.tables import Tables
from tests.oracles import company, hledger

RECORDS = Path(__file__).parents[2] / "records"
needs_hledger = pytest.mark.skipif(
    not hledger.installed(),
    reason="hledger is not installed; `make test` installs it as root, else: sudo apt-get install hledger",
)


@cache
def sample(audience: str = "management") -> Run:
    return Run(RECORDS, as_of=hledger.AS_OF, audience=audience)


@pytest.mark.parametrize("question", hledger.QUESTIONS)
def test_the_tables_of_the_sample_company_are_what_hledger_once_said(question: str) -> None:
    """T26, T27: every person, project and ISO week, to the minute."""
    stored = (hledger.STORED / f"{question}.csv").read_text(encoding="utf-8")
    said = hledger.sums(stored)
    assert len(said) > 20 and said == hledger.ours(sample().tables["logged"], question, hledger.AS_OF)


def test_the_reports_show_for_each_project_and_person_what_hledger_once_said() -> None:
    """The tables people read: hours of each person on each project, and of each project, are the same sums."""
    said = hledger.sums((hledger.STORED / "people-projects.csv").read_text(encoding="utf-8"))
    results = sample().results
    people = {tuple(reversed(row["key"].split("/"))): row["minutes"] for row in _rows(results, "project.people")}
    assert people == said
    of_projects: dict[str, int] = {}
    for (_, project), minutes in said.items():
        of_projects[str(project)] = of_projects.get(str(project), 0) + minutes
    for table in ("budget.projects", "portfolio.projects"):
        shown = {row["key"]: row["used_total"] for row in _rows(results, table) if row["used_total"]}
        assert shown == of_projects, table


def _rows(results, name):
    return results[name].rows.iter_rows(named=True)


@needs_hledger
@pytest.mark.parametrize("question", hledger.QUESTIONS)
@pytest.mark.parametrize("audience", ["management", "marketing"])
def test_hledger_and_the_tables_agree_on_the_sample_company(audience: str, question: str) -> None:
    """For marketing, hours outside its department are those of `dept.sales` in both."""
    run = sample(audience)
    said = hledger.sums(hledger.answer(journal(run.records.logged, run.as_of, audience), question))
    assert said == hledger.ours(run.tables["logged"], question, run.as_of)
    if audience == "management":
        stored = (hledger.STORED / f"{question}.csv").read_text(encoding="utf-8")
        assert said == hledger.sums(stored), "the stored answers are old: python -m tests.oracles.hledger"


@needs_hledger
@pytest.mark.parametrize("seed", [1, 2, 3])
def test_hledger_and_the_tables_agree_on_generated_companies(tmp_path: Path, seed: int) -> None:
    """Turns of the year, week 53, 29 February, entries written twice and entries of a minute."""
    read = company.read(tmp_path, seed)
    logged = Tables(read)["logged"]
    for as_of in (company.AS_OF, company.AS_OF.replace(year=2026, month=12, day=31)):
        made = journal(read.logged, as_of, "management")
        for question in hledger.QUESTIONS:
            said = hledger.sums(hledger.answer(made, question))
            assert said and said == hledger.ours(logged, question, as_of), question


@needs_hledger
def test_a_minute_that_is_missing_in_the_journal_is_seen(tmp_path: Path) -> None:
    """The oracle catches a journal that is one minute off, and one that rounds 20 minutes to a third of an hour."""
    read = company.read(tmp_path, 1)
    logged = Tables(read)["logged"]
    made = journal(read.logged, company.AS_OF, "management").decode()
    wanted = hledger.ours(logged, "people-projects", company.AS_OF)
    first = next(line for line in made.splitlines() if line.endswith(" min"))
    minutes = int(first.split()[-2])
    off = made.replace(first, first.replace(f"  {minutes} min", f"  {minutes + 1} min"), 1)
    assert hledger.sums(hledger.answer(off.encode(), "people-projects")) != wanted
    with pytest.raises(AssertionError, match="whole minutes"):
        hledger.sums('"account","balance"\n"mette:seo","0.33"\n')


@needs_hledger
@pytest.mark.parametrize(
    "note",
    [
        "date:2020-01-01", "; date:2020-01-01", "[2020-01-01]", "! x", "(code) x", "2026-01-01", "a\n    (x:y)  9 min",
        "=2020-01-01", "x | y", "æøå – 日本", "\u2028\n2020-01-01 * x\n    (a)  1 min", "~ monthly", "* x", "{ }",
        "@ 3 min", "comment\nend comment", "include /etc/passwd", "\x1b[31m\x00",
    ],
)  # fmt: skip
def test_a_note_never_changes_a_sum_or_a_day(note: str) -> None:
    """60 minutes on 3 March 2026 stay so whatever was written about them."""
    import datetime as dt

    logged = {
        "day": [dt.date(2026, 3, 3)], "person": ["mette"], "project": ["seo"], "task": [None], "minutes": [60],
        "note": [note],
    }  # fmt: skip
    made = journal(logged, hledger.AS_OF, "management")
    said = hledger.sums(hledger.answer(made, "people-projects-weeks"))
    assert said == {("mette", "seo", dt.date(2026, 3, 2)): 60}
