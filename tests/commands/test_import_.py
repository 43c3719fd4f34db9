"""`sitegen import`: a time tracker's export into the files of the weeks, once, and nothing else touched."""

from __future__ import annotations

import csv
import io
from collections import Counter
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from typer.testing import CliRunner

from sitegen import cli, records, yamlfile
from sitegen.commands import import_
from sitegen.commands.fmt import formatted
from sitegen.importers import IMPORTERS
from sitegen.importers.names import read_map
from sitegen.importers.tracker import Map
from sitegen.models import KINDS
from tests.importers import company

WEEK = "time/weeks/mette/2026-W12.yml"
HEADER = "Date,Start,End,Person,Project,Task,Hours,Note\n"
ROW = "2026-03-17,09:00,10:30,Mette Holm,SEO,Søgeord,1:30,Nye ord\n"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return company.company(tmp_path)


def imported(root: Path, text: str | bytes, source: str = "csv", **options: object) -> int:
    """The exit code of an import."""
    return company.imported(root, text, source, **options)


def minutes(root: Path) -> int:
    return sum(records.read(root).records.logged["minutes"])


def test_rows_become_entries_in_the_files_of_their_weeks(root: Path, capsys):
    """17 March 2026 lies in week 12, 29 December 2025 in week 1 of 2026. 1.5 h + 20 min 12 s, of which 12 s go."""
    assert imported(root, HEADER + ROW + "2025-12-29,,,bo,SEO,,0:20:12,\n") == 0
    assert (
        (root / WEEK)
        .read_text("utf-8")
        .startswith(
            'logged:\n  - {date: 2026-03-17, project: seo, task: keywords, hours: 1.5, note: "Nye ord", imported: '
        )
    )
    assert "hours: 20m" in (root / "time/weeks/bo/2026-W01.yml").read_text("utf-8")
    assert capsys.readouterr().out == (
        "export.csv: 2 rows\n  imported: 2 (1h50m, 2 files)\n"
        "  rounded to minutes: 1:50:12 in the file, 1:50:00 written, −0.20 min in all\n"
    )


def test_a_second_import_of_the_same_file_adds_nothing(root: Path, capsys):
    imported(root, HEADER + ROW + ROW)
    before = company.snapshot(root)
    assert imported(root, HEADER + ROW + ROW) == 0
    assert company.snapshot(root) == before
    assert "imported: 0\n  there already: 2\n" in capsys.readouterr().out


def test_a_longer_export_adds_only_what_is_new(root: Path):
    imported(root, HEADER + ROW)
    assert imported(root, HEADER + "2026-03-16,08:00,09:00,Mette Holm,SEO,,1,\n" + ROW) == 0
    lines = (root / WEEK).read_text("utf-8").splitlines()
    assert [line.split(",")[0] for line in lines[1:]] == ["  - {date: 2026-03-16", "  - {date: 2026-03-17"]


def test_what_was_in_a_week_stays_as_it_was(root: Path):
    before = (
        "# my week\nplanned: 2026-03-13\n\nlogged:\n  # Monday\n  - date: 2026-03-16   # early\n    project: seo\n"
        "    hours: 2\n\n  # Wednesday\n  - {date: 2026-03-18, project: seo, hours: 1}\n\n# on Friday\nabsent:\n"
        "  - {date: 2026-03-20, reason: holiday}\n"
    )
    (root / WEEK).parent.mkdir(parents=True)
    (root / WEEK).write_text(before, "utf-8")
    assert imported(root, HEADER + ROW + "2026-03-19,,,mette,SEO,,1,\n" + "2026-03-19,,,mette,SEO,,2,\n") == 0
    after = (root / WEEK).read_text("utf-8").splitlines()
    added = [line for line in after if "imported:" in line]
    assert [line for line in after if line not in added] == before.splitlines()
    assert len(added) == 3
    assert after.index(added[0]) == before.splitlines().index("    hours: 2") + 1
    assert [line.split("hours: ")[1][0] for line in added[1:]] == ["1", "2"]


def test_an_import_into_tidy_files_leaves_them_tidy(root: Path):
    imported(
        root, HEADER + ROW + '2026-03-19,,,mette,SEO,,1,"to\nlinjer"\n' + f"2026-03-20,,,mette,SEO,,1,{'ord ' * 40}\n"
    )
    text = (root / WEEK).read_text("utf-8")
    assert formatted(text, next(kind for kind in KINDS if kind.name == "week")) == text


def test_a_dry_run_shows_the_records_and_writes_none(root: Path, capsys):
    before = company.snapshot(root)
    assert imported(root, HEADER + ROW, dry_run=True) == 0
    shown = capsys.readouterr().out
    assert company.snapshot(root) == before
    assert "would be imported: 1 (1.5h," in shown
    imported(root, HEADER + ROW)
    assert (root / WEEK).read_text("utf-8") == "logged:\n" + shown.splitlines()[1] + "\n"
    assert shown.startswith(f"{(root / WEEK).as_posix()}:\n")


def test_every_row_that_is_not_imported_is_named_with_its_line(root: Path, capsys):
    rows = "2026-03-17,,,mette,SEA,,1,\n2026-03-17,,,mette,SEA,,2,\n,,,mette,SEO,,1,\n2026-03-17,,,mette,SEA,,3,\n"
    assert imported(root, HEADER + ROW + rows + "2026-03-17,,,mette,SEO,,0:00:20,\n") == 1
    out = capsys.readouterr().out
    assert "imported: 1 (1.5h," in out
    assert (
        "not imported: 4\n    line 3–4, 6: no project is called 'SEA'; did you mean 'seo'?\n    line 5: '' is no day"
        in out
    )
    assert "left out: 1\n    line 7: less than half a minute\n" in out
    assert minutes(root) == 90


def test_a_row_that_the_checks_find_wrong_is_named_and_the_others_are_imported(root: Path, capsys):
    """20 + 5 hours are more than a day: the second row is the reason; 10,001 letters are too long for a note."""
    rows = "2026-03-17,,,mette,SEO,,20,a\n2026-03-17,,,mette,SEO,,5,b\n2026-03-18,,,mette,SEO,,2," + "x" * 10_001 + "\n"
    assert imported(root, HEADER + rows + "2026-03-19,,,mette,SEO,,1,\n") == 1
    out = capsys.readouterr().out
    assert minutes(root) == 21 * 60
    assert "line 3: " in out and "line 4: " in out and "not imported: 2" in out


def test_nothing_is_written_where_the_records_would_be_wrong(root: Path, capsys):
    """An entry of last week names a project that is not there: that is no row's doing."""
    (root / WEEK).parent.mkdir(parents=True)
    (root / WEEK).write_text("logged:\n  - {date: 2026-03-16, project: sea, hours: 1}\n", "utf-8")
    before = company.snapshot(root)
    assert imported(root, HEADER + ROW + "2026-03-17,,,bo,SEO,,1,\n") == 1
    assert company.snapshot(root) == before
    told = capsys.readouterr().err
    assert f"{WEEK}:2:33: unknown-project" in told
    assert "nothing was written" in told


def test_rows_of_a_week_whose_file_is_broken_are_named(root: Path, capsys):
    (root / WEEK).parent.mkdir(parents=True)
    (root / WEEK).write_text("logged: [\n", "utf-8")
    assert imported(root, HEADER + ROW + "2026-03-17,,,bo,SEO,,1,\n") == 1
    assert f"line 2: {WEEK} has mistakes" in capsys.readouterr().out
    assert (root / WEEK).read_text("utf-8") == "logged: [\n"
    assert (root / "time/weeks/bo/2026-W12.yml").exists()


def test_a_row_with_other_hours_than_it_was_imported_with_is_named(root: Path, capsys):
    imported(root, HEADER + ROW)
    before = company.snapshot(root)
    assert imported(root, HEADER + ROW.replace("1:30", "2:00")) == 1
    assert company.snapshot(root) == before
    assert "line 2: the row was imported with 1.5h and has 2h now: mend the entry 'csv-" in capsys.readouterr().out


def test_an_entry_that_is_no_row_any_more_is_told(root: Path, capsys):
    """Without clock times a row with another note may be another row: it is imported where somebody says so."""
    imported(root, HEADER + "2026-03-17,,,mette,SEO,,1,før\n2026-03-18,,,mette,SEO,,1,x\n")
    capsys.readouterr()
    assert imported(root, HEADER + "2026-03-17,,,mette,SEO,,1,efter\n", similar=True) == 0
    out = capsys.readouterr().out
    gone = [
        entry for entry in yamlfile.parse((root / WEEK).read_text("utf-8"), "").data["logged"] if entry["note"] == "før"
    ]
    assert f"(changed, deleted or filtered away?): {WEEK} {gone[0]['imported']}\n" in out


def test_a_map_says_what_the_names_mean(root: Path, tmp_path: Path):
    (tmp_path / "map.yml").write_text("people: {MH: mette}\nprojects: {Søgning: seo/keywords, Privat: null}\n", "utf-8")
    text = HEADER + "2026-03-17,,,MH,Søgning,,1,\n2026-03-17,,,MH,Privat,,1,\n"
    assert imported(root, text, map_file=tmp_path / "map.yml") == 0
    assert "project: seo, task: keywords, hours: 1, imported" in (root / WEEK).read_text("utf-8")
    assert minutes(root) == 60


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("people: {MH: mete}\n", "the map names 'mete', and no record has that id; did you mean 'mette'?"),
        ("people: {MH: mette\n", "map.yml:1:"),
    ],
)
def test_a_map_with_a_mistake_is_refused(root: Path, tmp_path: Path, text: str, said: str, capsys):
    (tmp_path / "map.yml").write_text(text, "utf-8")
    assert imported(root, HEADER + ROW, map_file=tmp_path / "map.yml") == 2
    assert said in capsys.readouterr().err


@pytest.mark.parametrize(
    ("text", "options", "said"),
    [
        (HEADER + ROW, {"person": "mete"}, "no person has the id 'mete'; did you mean 'mette'?"),
        ("Date,Person,Project\n", {}, "no column is known as the hours"),
        (HEADER + ROW.replace("2026-03-17", "04/03/2026"), {}, "can be read in two ways"),
        (HEADER + '2026-03-17,,,mette,SEO,,1,"open\n', {}, "from line 2 the cells cannot be told apart"),
    ],
)
def test_a_file_that_cannot_be_used_is_refused_and_nothing_is_written(root: Path, text, options, said: str, capsys):
    before = company.snapshot(root)
    assert imported(root, text, **options) == 2
    assert said in capsys.readouterr().err
    assert company.snapshot(root) == before


def test_what_a_cell_says_can_do_nothing_to_a_terminal(root: Path, capsys):
    assert imported(root, HEADER + f"2026-03-17,,,mette,\x1b]0;x\x07{'p' * 5000},,1,\n") == 1
    out = capsys.readouterr().out
    assert "\x1b" not in out and "\x07" not in out
    assert len(max(out.splitlines(), key=len)) < 500


def test_formulas_stay_text(root: Path):
    imported(root, HEADER + '2026-03-17,,,mette,SEO,,1,"=HYPERLINK(""http://x"")"\n')
    assert records.read(root).records.logged["note"] == ['=HYPERLINK("http://x")']


def test_the_command_line_hands_everything_on(root: Path, tmp_path: Path):
    """04/03 with the month first is 3 April, in week 14; 1:07 in quarters is 1 hour."""
    (tmp_path / "export.csv").write_text("Date,Project,Hours\n04/03/2026,SEO,1:07\n", "utf-8")
    given = ["import", str(tmp_path / "export.csv"), "--from", "csv", "--records", str(root), "--person", "bo"]
    done = CliRunner().invoke(
        cli.app, [*given, "--date-format", "month-first", "--round", "15", "--similar", "--dry-run"]
    )
    assert (done.exit_code, (root / "time/weeks").exists()) == (0, False)
    assert "2026-04-03, project: seo, hours: 1," in done.output


# --- properties

NOTES = st.text(st.characters(codec="utf-8"), max_size=40)
ROWS = st.lists(
    st.tuples(
        st.sampled_from(["Mette Holm", "bo"]),
        st.sampled_from(["2026-03-16", "2026-03-17", "2026-12-31", "2027-01-01"]),
        st.integers(0, 2 * 3600),
        st.sampled_from(["", "Søgeord"]),
        st.one_of(st.none(), st.integers(0, 23 * 60)),
        NOTES,
    ),
    max_size=11,
)  # at most 11 × 2 hours: no day has more than 24


def written(rows: list, delimiter: str) -> str:
    out = io.StringIO()
    writer = csv.writer(out, delimiter=delimiter)
    writer.writerow(["Date", "Start", "Person", "Project", "Task", "Hours", "Note"])
    for person, day, seconds, task, start, note in rows:
        clock = "" if start is None else f"{start // 60:02d}:{start % 60:02d}"
        length = f"{seconds // 3600}:{seconds // 60 % 60:02d}:{seconds % 60:02d}"
        writer.writerow([day, clock, person, "SEO", task, length, note])
    return out.getvalue()


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(ROWS, st.sampled_from([",", ";", "\t"]))
def test_hours_in_are_hours_out_and_a_second_import_adds_nothing(tmp_path_factory, rows: list, delimiter: str):
    """Each row's whole minutes arrive with its person, day and task, rows under half a minute aside; then nothing."""
    folder = tmp_path_factory.mktemp("company")
    root = company.company(folder)
    assert imported(root, written(rows, delimiter)) == 0
    wanted = Counter(
        ({"Mette Holm": "mette"}.get(person, person), day, {"Søgeord": "keywords"}.get(task), whole)
        for person, day, seconds, task, _, _ in rows
        if (whole := int(Fraction(seconds, 60) + Fraction(1, 2)))
    )
    read = records.read(root)
    logged = read.records.logged
    days = (day.isoformat() for day in logged["day"])
    assert Counter(zip(logged["person"], days, logged["task"], logged["minutes"], strict=True)) == wanted
    assert [problem for problem in read.problems if problem.severity == "error"] == []
    before = company.snapshot(root)
    assert imported(root, written(rows[::-1], delimiter)) == 0
    assert company.snapshot(root) == before


# --- the document


def test_the_example_of_the_document_comes_out_as_it_says(tmp_path: Path, monkeypatch, capsys):
    text = (Path(__file__).resolve().parents[2] / "docs/importing.md").read_text("utf-8")
    table, given, shown = (text.split(f"```{kind}\n")[1].split("```")[0] for kind in ("csv", "yaml", "text"))
    root = company.company(tmp_path)
    seo = root / "time/projects/seo.yml"
    named = seo.read_text("utf-8").replace("SEO", "SEO-optimering").replace("Søgeord", "Søgeordsanalyse")
    seo.write_text(named, "utf-8")
    (root / "time/projects/website.yml").write_text("name: Website\ntype: operations\nstart: 2026-01-01\n", "utf-8")
    (tmp_path / "toggl.csv").write_text(table, "utf-8")
    (tmp_path / "toggl.yml").write_text(given, "utf-8")
    monkeypatch.chdir(tmp_path)
    assert import_.run(Path("records"), Path("toggl.csv"), "toggl", map_file=Path("toggl.yml"), dry_run=True) == 1
    assert capsys.readouterr().out == shown


def test_the_long_map_of_the_document_is_a_map(tmp_path: Path):
    text = (Path(__file__).resolve().parents[2] / "docs/importing.md").read_text("utf-8")
    (tmp_path / "map.yml").write_text(text.split("```yaml\n")[2].split("```")[0], "utf-8")
    given, problems = read_map(tmp_path / "map.yml", Map)
    assert problems == []
    assert all(getattr(given, name) for name in type(given).model_fields)


@pytest.mark.parametrize(
    ("lang", "said", "so"),
    [
        (
            "en",
            "columns that were not read: Projektopgave, Farve",
            'to read them, write in the map: columns: {task: "Projektopgave"}',
        ),
        ("da", "kolonner, der ikke blev læst: Projektopgave, Farve", 'columns: {task: "Projektopgave"}'),
        ("nb", "kolonner som ikke ble lest: Projektopgave, Farve", 'columns: {task: "Projektopgave"}'),
    ],
)
def test_columns_that_are_not_read_are_named_with_what_would_read_them(
    root: Path, capsys, lang: str, said: str, so: str
):
    """`Projektopgave` is called after a project too, but there is a column of those."""
    organisation = root / "organisation.yml"
    organisation.write_text(organisation.read_text("utf-8").replace("[en]", f"[{lang}]"), "utf-8")
    rows = "Dato,Projekt,Projektopgave,Timer,Farve\n2026-03-17,SEO,Søgeord,1,rød\n"
    assert imported(root, rows, person="mette") == 0
    told = capsys.readouterr().out
    assert said in told and so in told
    assert imported(root, HEADER + ROW.replace("03-17", "03-18")) == 0
    assert "columns" not in capsys.readouterr().out


@pytest.mark.parametrize("source", ["toggl", "clockify", "harvest", "kimai"])
def test_columns_of_a_tracker_that_are_not_read_are_named_too(root: Path, capsys, source: str):
    names = IMPORTERS[source].columns
    header = [names[what][0] for what in ("date", "hours", "project")]
    rows = f"{','.join(header)},Farve\n2026-03-17,1,SEO,rød\n"
    assert imported(root, rows, source=source, person="mette") == 0
    assert "columns that were not read: Farve\n" in capsys.readouterr().out
