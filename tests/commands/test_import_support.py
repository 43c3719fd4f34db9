"""`sitegen import --from support`: a help desk's cases into the files of the months, once, and nothing else touched."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
from typer.testing import CliRunner

from sitegen import cli, messages, records
from sitegen.commands import import_
from sitegen.commands.fmt import formatted
from sitegen.importers.desk import DeskMap
from sitegen.importers.names import read_map
from sitegen.models import KINDS
from tests.importers import company

MARCH = "crm/support/2026-03.yml"
ZENDESK = "Id,Subject,Requested,Solved at,Organization,Ticket type,Requester\n"
CREDIT = "2041,Kreditnota?,2026-03-03 09:12,2026-03-04 10:00,Nordisk Data A/S,Question,Kim Holm\n"
OPEN = "2042,Forkert sum,2026-03-05 11:30,-,-,Fejl,Kim Holm\n"
NOT_READ = "  columns that were not read: Requester\n"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return company.company(tmp_path)


def imported(root: Path, text: str | bytes, given: str = "", **options: object) -> int:
    """The exit code of an import, with the text of a map where one is given."""
    return company.imported(root, text, "support", given, **options)


def column(root: Path, name: str) -> list[object]:
    return list(records.read(root).records.support[name])


def test_a_help_desks_rows_become_cases_of_their_months_with_the_desks_ids_t59_t64(root: Path, capsys):
    """Opened on 3 and 5 March and on 1 April: two files. Who asked is in none of them; a dash is no value."""
    assert imported(root, ZENDESK + OPEN + CREDIT + "7,Tak,2026-04-01 00:00,,fjordlys,ønske,Kim Holm\n") == 0
    assert (root / MARCH).read_text("utf-8") == (
        '- {id: "2041", opened: 2026-03-03, closed: 2026-03-04, customer: nordisk-data, type: question,'
        ' text: "Kreditnota?"}\n'
        '- {id: "2042", opened: 2026-03-05, type: error, text: "Forkert sum"}\n'
    )
    assert (root / "crm/support/2026-04.yml").read_text("utf-8") == (
        '- {id: "7", opened: 2026-04-01, customer: fjordlys, type: wish, text: "Tak"}\n'
    )
    assert company.errors(root) == []
    assert capsys.readouterr().out == "export.csv: 3 rows\n  imported: 3 (2 files)\n" + NOT_READ


def test_a_second_import_of_the_same_cases_adds_nothing_t59_t64(root: Path, capsys):
    """Nor where the customer's card and the type have gone since, or the text was written otherwise here."""
    imported(root, ZENDESK + CREDIT + OPEN)
    (root / MARCH).write_text((root / MARCH).read_text("utf-8").replace("Kreditnota?", "Om en kreditnota"), "utf-8")
    before = company.snapshot(root)
    capsys.readouterr()
    again = (ZENDESK + CREDIT + OPEN).replace("Nordisk Data A/S", "Et andet navn")
    assert imported(root, again) == 0
    assert company.snapshot(root) == before
    assert capsys.readouterr().out == "export.csv: 2 rows\n  imported: 0\n  there already: 2\n" + NOT_READ


def test_a_longer_export_adds_only_the_new_cases_at_their_days_t59(root: Path):
    imported(root, ZENDESK + CREDIT + OPEN)
    before = (root / MARCH).read_text("utf-8").splitlines()
    assert imported(root, ZENDESK + OPEN + "2040,Ny,2026-03-04 08:00,,,,\n" + CREDIT) == 0
    after = (root / MARCH).read_text("utf-8").splitlines()
    assert after == [before[0], '- {id: "2040", opened: 2026-03-04, text: "Ny"}', before[1]]


HAND_WRITTEN = """\
# cases of March
- {id: "1", opened: 2026-03-02, customer: fjordlys}   # by telephone

# a long one
- id: hd-2
  opened: '2026-03-03'   # in the morning
  text: >-
    It does not
    work
- {opened: "2026-03-04", id: "3"}
# the end
"""


def test_a_case_that_was_closed_since_gets_its_day_and_nothing_else_changes(root: Path, capsys):
    """Three ways of writing a case: in braces, on lines of its own, with the day in quotes."""
    (root / MARCH).parent.mkdir(parents=True)
    (root / MARCH).write_text(HAND_WRITTEN, "utf-8")
    rows = "id,opened,closed\n1,2026-03-02,2026-03-09\nhd-2,2026-03-03,2026-03-10\n3,2026-03-04,2026-03-11\n"
    before = company.snapshot(root)
    assert imported(root, rows, dry_run=True) == 0
    assert "would be closed: 3\n" in capsys.readouterr().out
    assert company.snapshot(root) == before
    assert imported(root, rows + "4,2026-03-03,\n") == 0
    wanted = HAND_WRITTEN.replace("2026-03-02,", "2026-03-02, closed: 2026-03-09,")
    wanted = wanted.replace("# in the morning\n", "# in the morning\n  closed: 2026-03-10\n")
    wanted = wanted.replace('"2026-03-04",', '"2026-03-04", closed: 2026-03-11,')
    wanted = wanted.replace("    work\n", '    work\n- {id: "4", opened: 2026-03-03}\n')
    assert (root / MARCH).read_text("utf-8") == wanted
    assert f"closed since: 3\n    {MARCH} 1 2026-03-09\n    {MARCH} hd-2 2026-03-10\n" in capsys.readouterr().out
    assert company.errors(root) == []
    assert imported(root, rows) == 0
    assert "there already: 3\n" in capsys.readouterr().out


def test_a_day_that_cannot_be_written_alone_is_named(root: Path, capsys):
    """Its braces end on another line; the other case of the file, whose braces begin on another, gets its day."""
    (root / MARCH).parent.mkdir(parents=True)
    text = "- {id: a,\n   opened: 2026-03-02\n  }\n- {id: b,\n   opened: 2026-03-02}\n"
    (root / MARCH).write_text(text, "utf-8")
    assert imported(root, "id,opened,closed\na,2026-03-02,2026-03-09\nb,2026-03-02,2026-03-09\n") == 1
    out = capsys.readouterr().out
    assert f"closed since: 1\n    {MARCH} b 2026-03-09\n" in out
    assert "line 2: closed: 2026-03-09 cannot be written there without another change: write it yourself" in out
    assert (root / MARCH).read_text("utf-8") == text.replace("02}", "02, closed: 2026-03-09}")


def test_of_many_cases_that_were_closed_the_first_are_named(root: Path, capsys):
    """Twelve: ten by name, and all twelve before anything is written; all of them get their day."""
    rows = [f"{n},2026-03-02" for n in range(12)]
    imported(root, "id,opened,closed\n" + "".join(f"{row},\n" for row in rows))
    closed = "id,opened,closed\n" + "".join(f"{row},2026-03-09\n" for row in rows)
    capsys.readouterr()
    assert imported(root, closed, dry_run=True) == 0
    named = "".join(f"    {MARCH} {n} 2026-03-09\n" for n in range(12))
    assert capsys.readouterr().out.endswith(f"  would be closed: 12\n{named}")
    assert imported(root, closed) == 0
    assert f"closed since: 12\n    {MARCH} 0 2026-03-09\n" in (out := capsys.readouterr().out)
    assert out.endswith(f"    {MARCH} 9 2026-03-09\n    …\n")
    assert {str(day) for day in column(root, "closed")} == {"2026-03-09"}


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("2041,x,2026-03-02,2026-03-04,,,", "was opened on 2026-03-03 in the records and on 2026-03-02 in the file"),
        ("2041,x,2026-03-03,2026-03-06,,,", "was closed on 2026-03-04 in the records and on 2026-03-06 in the file"),
        ("2041,x,2026-03-03,-,,,", "was closed on 2026-03-04 in the records and is open in the file"),
    ],
)
def test_a_known_case_with_other_days_is_named_and_left_as_it_is(root: Path, row: str, said: str, capsys):
    imported(root, ZENDESK + CREDIT)
    before = company.snapshot(root)
    assert imported(root, ZENDESK + row + "\n") == 1
    assert company.snapshot(root) == before
    assert f"line 2: the case '2041' {said}: mend it" in capsys.readouterr().out


def test_every_row_that_is_not_imported_is_named_with_its_reason(root: Path, capsys):
    rows = (
        "2,x,2026-03-03,,Fjordlis,,\n3,x,2026-03-03,,,Fejlen,\nHD_4,x,2026-03-03,,,,\n5,x,i går,,,,\n"
        "6,x,2026-03-03,2026-03-02,,,\n2041,x,2026-03-03,,,,\n7,x,2026-03-03,,\n,,,,,,sum\n,x,2026-03-03,,,,\n"
    )
    assert imported(root, ZENDESK + CREDIT + rows) == 1
    assert capsys.readouterr().out == (
        "export.csv: 10 rows\n  imported: 1 (1 file)\n"
        "  left out: 1\n    line 10: the row names neither a case nor a day: a sum, not a case\n"
        "  not imported: 8\n"
        "    line 3: no customer is called 'Fjordlis'; did you mean 'fjordlys'?\n"
        "    line 4: no type of case is called 'Fejlen'; did you mean 'error'?\n"
        "    line 5: 'HD_4' is no id of a case: it may have letters a–z, digits and hyphens\n"
        "    line 6: 'i går' is no day: write it as 2026-06-30\n"
        "    line 7: closed on 2026-03-02, before it was opened on 2026-03-03\n"
        "    line 8: the id '2041' stands in line 2 too\n"
        "    line 9: the row has another number of cells (5) than the header (7)\n"
        "    line 11: '' is no id of a case: it may have letters a–z, digits and hyphens\n" + NOT_READ
    )
    assert column(root, "id") == ["2041"]


FRESHDESK = (
    "Ticket ID;Subject;Created time;Resolved time;Company name;Type\n"
    "#12;Rød grød?;03-03-2026 09:12:00;13-03-2026 08:00:00;fjordlys;Question\n"
)


@pytest.mark.parametrize(
    "raw",
    [
        FRESHDESK.encode(),
        FRESHDESK.encode("utf-8-sig"),
        FRESHDESK.encode("utf-16"),
        FRESHDESK.encode("cp1252"),
        FRESHDESK.replace(";", "\t").replace("\n", "\r\n").encode(),
    ],
)
def test_text_delimiter_and_order_of_dates_are_found(root: Path, raw: bytes):
    """13-03 says that the day comes first: the case is of 3 March, whatever bytes its letters are."""
    assert imported(root, raw) == 0
    assert (root / MARCH).read_text("utf-8") == (
        '- {id: "12", opened: 2026-03-03, closed: 2026-03-13, customer: fjordlys, type: question, text: "Rød grød?"}\n'
    )


@pytest.mark.parametrize("header", ["Sagsnr.;Oprettet;Lukket;Kunde;Emne", "Saksnr.;Opprettet;Avsluttet;Kunde;Tittel"])
def test_headers_may_be_danish_or_norwegian(root: Path, header: str):
    assert imported(root, header + "\nS-1;03.03.2026;04.03.2026;Fjordlys;Hej\n") == 0
    assert column(root, "id") == ["s-1"] and column(root, "customer") == ["fjordlys"]


def test_dates_that_can_be_read_both_ways_are_refused_until_the_order_is_said(root: Path, capsys):
    rows = "id,opened,closed\n1,03/04/2026,05/04/2026\n"
    assert imported(root, rows) == 2
    assert "can be read in two ways" in capsys.readouterr().err
    assert imported(root, rows, order="day-first") == 0
    assert [str(day) for day in column(root, "closed")] == ["2026-04-05"]


def test_a_map_says_what_the_desks_names_mean(root: Path, capsys):
    given = (
        "source: hd\ncustomers: {FJL: fjordlys, Private: null}\ntypes: {Incident: error, Task: null}\n"
        "areas: {Billing: invoices}\nquestions: {Kreditnota?: credit-note}\n"
        "columns: {question: Tag, hours: Time spent, text: null}\n"
    )
    rows = (
        "Id,Created,Customer,Type,Product,Tag,Time spent,Subject\n"
        "1,2026-03-03,FJL,Incident,Billing,Kreditnota?,0:12,s\n"
        "2,2026-03-03,Private,Task,Fakturering,login,0:00:00,s\n3,2026-03-03,Fjordlys,wish,,,1.5,s\n"
    )
    assert imported(root, rows, given) == 0
    assert (root / MARCH).read_text("utf-8") == (
        "- {id: hd-1, opened: 2026-03-03, customer: fjordlys, type: error, area: invoices, question: credit-note,"
        " minutes: 12}\n- {id: hd-2, opened: 2026-03-03, area: invoices, question: login}\n"
        "- {id: hd-3, opened: 2026-03-03, customer: fjordlys, type: wish, minutes: 90}\n"
    )
    assert "columns" not in capsys.readouterr().out, "a column that the map leaves out is not named"
    assert company.errors(root) == []


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ("customers: {A: fjordlis}\n", "the map names 'fjordlis', and no record has that id; did you mean 'fjordlys'?"),
        ("types: {A: eror}\n", "the map names 'eror'"),
        ("columns: {text: Emne}\n", "the map's column 'Emne' for text is not in the file"),
        ("columns: {id: null}\n", "no column is known as the id"),
    ],
)
def test_a_map_with_a_mistake_is_refused(root: Path, given: str, said: str, capsys):
    before = company.snapshot(root)
    assert imported(root, ZENDESK + CREDIT, given) == 2
    assert said in capsys.readouterr().err
    assert company.snapshot(root) == before


@pytest.mark.parametrize(
    ("text", "options", "said"),
    [
        ("Id,Subject\n1,x\n", {}, "no column is known as the opened"),
        ("Id,Opened,Minutes,Hours\n", {}, "write null for one of them in the map"),
        (ZENDESK + '1,"open\n', {}, "from line 2 the cells cannot be told apart"),
        (ZENDESK + CREDIT, {"person": "bo"}, "--person is for hours: leave it out with --from support"),
    ],
)
def test_a_file_that_cannot_be_used_is_refused_and_nothing_is_written(root: Path, text, options, said: str, capsys):
    before = company.snapshot(root)
    assert imported(root, text, **options) == 2
    assert said in capsys.readouterr().err
    assert company.snapshot(root) == before


def test_a_dry_run_shows_the_records_and_writes_none_t59(root: Path, capsys):
    before = company.snapshot(root)
    assert imported(root, ZENDESK + CREDIT, dry_run=True) == 0
    shown = capsys.readouterr().out
    assert company.snapshot(root) == before
    assert shown.startswith(f"{(root / MARCH).as_posix()}:\n") and "would be imported: 1 (1 file)" in shown
    imported(root, ZENDESK + CREDIT)
    assert (root / MARCH).read_text("utf-8") == shown.splitlines()[1] + "\n"


def test_what_a_customer_wrote_stays_text(root: Path):
    """Formulas, YAML, markup and line breaks are kept to the letter, in a tidy file that reads the same."""
    texts = [
        '=HYPERLINK("http://x")',
        "- {id: x}\n# no",
        "<script>alert(1)</script>",
        "a: b, }]",
        "-",
        "'\"\\",
        "{{ x }}",
    ]
    out = io.StringIO()
    csv.writer(out).writerows(
        [["Id", "Created", "Subject"], *([n, "2026-03-03", text] for n, text in enumerate(texts))]
    )
    assert imported(root, out.getvalue()) == 0
    assert column(root, "text") == texts
    text = (root / MARCH).read_text("utf-8")
    assert formatted(text, next(kind for kind in KINDS if kind.name == "support")) == text
    assert company.errors(root) == []


def test_hidden_letters_are_left_out_and_a_text_that_is_too_long_is_named(root: Path, capsys):
    rows = "Id,Created,Subject\n1,2026-03-03,a\u202eb\n2,2026-03-03," + "x" * 10_001 + "\n3,2026-03-03,<<<<<<< a\n"
    assert imported(root, rows + "4,2026-03-03,\x1b]0;x\x07y\n") == 1
    out = capsys.readouterr().out
    assert "not imported: " in out and "    line 3: " in out and "\x1b" not in out
    assert column(root, "text")[0] == "ab"
    assert company.errors(root) == []


def test_nothing_is_written_while_a_file_of_cases_cannot_be_read(root: Path, capsys):
    """The case may be in it already, under another month."""
    (root / MARCH).parent.mkdir(parents=True)
    (root / "crm/support/2026-02.yml").write_text("- {id: [\n", "utf-8")
    before = company.snapshot(root)
    assert imported(root, ZENDESK + CREDIT) == 1
    assert company.snapshot(root) == before
    told = capsys.readouterr().err
    assert "crm/support/2026-02.yml:2:1: open-bracket" in told and "nothing was written" in told


@pytest.mark.parametrize("text", ["[]\n", "# none yet\n[]\n"])
def test_a_month_without_cases_gets_its_first(root: Path, text: str):
    (root / MARCH).parent.mkdir(parents=True)
    (root / MARCH).write_text(text, "utf-8")
    assert imported(root, ZENDESK + CREDIT) == 0
    assert column(root, "id") == ["2041"]


def test_reasons_are_told_in_danish_and_norwegian():
    for lang, said in (("da", "ingen kunde hedder 'x'"), ("nb", "ingen kunde heter 'x'")):
        assert messages.translate(lang, "no customer is called '%(written)s'", {"written": "x"}) == said


def test_the_command_line_hands_everything_on(root: Path, tmp_path: Path):
    (tmp_path / "desk.csv").write_text("Id,Created\n1,03/04/2026\n", "utf-8")
    given = ["import", str(tmp_path / "desk.csv"), "--from", "support", "--records", str(root)]
    done = CliRunner().invoke(cli.app, [*given, "--date-format", "month-first", "--dry-run"])
    assert (done.exit_code, (root / "crm/support").exists()) == (0, False)
    assert "opened: 2026-03-04" in done.output
    assert CliRunner().invoke(cli.app, [*given, "--round", "5"]).exit_code == 2


# --- the document


def example(kind: str, number: int) -> str:
    text = (Path(__file__).resolve().parents[2] / "docs/importing.md").read_text("utf-8").split("# Support cases\n")[1]
    return text.split(f"```{kind}\n")[number].split("```")[0]


def test_the_example_of_the_document_comes_out_as_it_says(tmp_path: Path, monkeypatch, capsys):
    company.company(tmp_path)
    (tmp_path / "zendesk.csv").write_text(example("csv", 1), "utf-8")
    (tmp_path / "desk.yml").write_text(example("yaml", 1), "utf-8")
    monkeypatch.chdir(tmp_path)
    assert import_.run(Path("records"), Path("zendesk.csv"), "support", map_file=Path("desk.yml"), dry_run=True) == 1
    assert capsys.readouterr().out == example("text", 1)


def test_the_long_map_of_the_document_is_a_map(tmp_path: Path):
    (tmp_path / "map.yml").write_text(example("yaml", 2), "utf-8")
    given, problems = read_map(tmp_path / "map.yml", DeskMap)
    assert problems == []
    assert all(getattr(given, name) for name in DeskMap.model_fields)
