"""`sitegen export --format`: which files, for whom, and what an earlier export leaves behind."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest
from typer.testing import CliRunner

from sitegen.cli import app
from tests.oracles import company


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("home")
    company.write(folder / "records", company.files(5, people=3, projects=4))
    return folder


def export(home: Path, *arguments: str) -> tuple[int, str]:
    """Exit code, and what was said, of an export for the company's last day."""
    day = company.AS_OF.isoformat()
    done = CliRunner().invoke(
        app, ["export", "--records", str(home / "records"), "--as-of", day, "--out", str(home / "out"), *arguments]
    )
    assert not isinstance(done.exception, Exception), done.exception
    return done.exit_code, done.output


def names(home: Path, pattern: str = "*") -> set[str]:
    return {path.name for path in (home / "out").glob(pattern)}


def test_left_out_it_is_csv_and_results(home: Path) -> None:
    assert export(home)[0] == 0
    assert {"results.json", "budget.projects.csv"} <= names(home)


def test_a_report_is_a_workbook_with_a_sheet_a_table(home: Path) -> None:
    """In Danish: the last sheet is called „Om tallene“; every table of the report has one."""
    code, said = export(home, "--format", "xlsx", "--audience", "management", "--lang", "da")
    assert code == 0 and "til management pr. 2027-01-03" in said
    with zipfile.ZipFile(io.BytesIO((home / "out" / "budget.xlsx").read_bytes())) as book:
        sheets = book.read("xl/workbook.xml").decode()
    for sheet in ("projects", "total", "burndown", "Om tallene"):
        assert f'name="{sheet}"' in sheets


def test_a_workbook_of_a_report_that_the_audience_may_not_see_goes(home: Path) -> None:
    assert export(home, "--format", "xlsx", "--audience", "management")[0] == 0
    (home / "out" / "own.xlsx").write_bytes(b"mine")
    before = names(home, "*.xlsx")
    assert export(home, "--format", "xlsx")[0] == 0
    assert before - names(home, "*.xlsx") and "own.xlsx" in names(home, "*.xlsx")


@pytest.mark.parametrize("format", ["hledger", "timedot"])
def test_hours_are_refused_to_everyone_and_say_for_whom_they_are(home: Path, format: str) -> None:
    """safety.md: hours of named people are marketing's."""
    code, said = export(home, "--format", format)
    assert code == 2 and "logged hours are for marketing and management; add --audience marketing" in said
    assert "registrerede timer er for marketing og ledelsen" in export(home, "--format", format, "--lang", "da")[1]
    assert export(home, "--format", format, "--audience", "marketing")[0] == 0


def test_marketing_gets_no_name_of_another_department(home: Path) -> None:
    export(home, "--format", "hledger", "--audience", "management")
    everybody = (home / "out" / "time.journal").read_text("utf-8")
    export(home, "--format", "hledger", "--audience", "marketing")
    text = (home / "out" / "time.journal").read_text("utf-8")
    assert "(p1:" in everybody and "(p1:" not in text and "(dept." in text
    assert everybody.count(" min\n") == text.count(" min\n")


def test_calendars_of_people_are_for_those_who_see_their_hours_and_go_with_them(home: Path) -> None:
    code, said = export(home, "--format", "ics", "--audience", "management")
    assert code == 0 and "deadlines.ics and 4 more" in said
    assert names(home, "*.ics") == {"deadlines.ics", "bookings.ics", *(f"bookings.p{n}.ics" for n in range(3))}
    export(home, "--format", "ics")
    assert names(home, "*.ics") == {"deadlines.ics"}


def test_a_language_that_is_not_there_is_told_with_those_that_are(home: Path) -> None:
    code, said = export(home, "--format", "ics", "--lang", "fr")
    assert code == 2 and "'fr'" in said and "da" in said


def test_records_with_errors_are_not_exported(tmp_path: Path) -> None:
    company.write(
        tmp_path / "records", {**company.files(5, people=1, projects=1), "time/people/x.yml": "nonsense: 1\n"}
    )
    code, said = export(tmp_path, "--format", "ics")
    assert code == 1 and "errors; nothing was written; `sitegen validate" in said
    assert not (tmp_path / "out").exists()
