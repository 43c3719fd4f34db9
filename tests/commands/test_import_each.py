"""What holds for every import, whatever it reads: each row is imported or named, once, and nothing becomes wrong."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sitegen import checks, records
from sitegen.cli.options import Source
from sitegen.commands import import_
from sitegen.commands.telling.verdict import shown
from sitegen.importers import IMPORTERS
from tests.importers.company import company, imported, snapshot

HOURS = "Date,Person,Project,Hours,Note\n2026-03-17,mette,SEO,1:30,Nye ord\n"
CASES = "Id,Created,Subject\n7,2026-03-17,Hvordan?\n"
EACH = pytest.mark.parametrize(("source", "text"), [("csv", HOURS), ("support", CASES)])


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return company(tmp_path)


def test_the_command_line_has_the_importers_that_there_are():
    assert {source.value for source in Source} == set(IMPORTERS)


@pytest.mark.parametrize("source", IMPORTERS)
def test_a_file_that_is_not_there_is_told(root: Path, source: str, capsys):
    assert import_.run(root, root / "none.csv", source) == 2
    assert "none.csv cannot be read: No such file" in capsys.readouterr().err
    assert import_.run(root, root, source) == 2


@pytest.mark.parametrize("source", IMPORTERS)
@pytest.mark.parametrize(
    ("text", "given", "said"),
    [
        ("a,b\n1,2\n", "", "names no column that is known here: a,b"),
        (b"PK\x03\x04", "", "this is a workbook"),
        ("Id,Date\n", "clumns: {}\n", "map.yml:1:1: "),
        ("Id,Date\n", "columns: {id: [\n", "map.yml:2:1: "),
    ],
)
def test_a_file_or_map_that_cannot_be_used_is_refused_and_nothing_is_written(
    root: Path, source: str, text: str | bytes, given: str, said: str, capsys
):
    before = snapshot(root)
    assert imported(root, text, source, given) == 2
    assert said in capsys.readouterr().err
    assert snapshot(root) == before


@EACH
def test_mistakes_elsewhere_do_not_stand_in_the_way(root: Path, source: str, text: str):
    (root / "crm/products.yml").write_text("nonsense: 1\n", "utf-8")
    assert imported(root, text, source) == 0


@EACH
@pytest.mark.parametrize("dry_run", [True, False])
def test_nothing_is_written_behind_a_link(root: Path, tmp_path: Path, source: str, text: str, dry_run: bool, capsys):
    """Nor in the copy in which the records are checked, where the link leads to the same place."""
    (tmp_path / "elsewhere").mkdir()
    folder = {"csv": "time/weeks/mette", "support": "crm/support"}[source]
    (root / folder).parent.mkdir(parents=True, exist_ok=True)
    (root / folder).symlink_to(tmp_path / "elsewhere")
    assert imported(root, text, source, dry_run=dry_run) == 1
    assert f"    line 2: {folder}/2026-" in (out := capsys.readouterr().out) and "lies behind a link" in out
    assert list((tmp_path / "elsewhere").iterdir()) == []


@pytest.mark.parametrize("rows", [14, 40])
def test_rows_of_one_day_that_are_too_many_hours_are_named_one_by_one_or_with_their_file(root: Path, rows: int, capsys):
    """Hours of 24 fit, 4 × 5 and no fifth: ten rows are looked for one by one, more are named with all of their week.
    The other week is imported.
    """
    text = HOURS + "2026-03-24,mette,SEO,1,\n" + "".join(f"2026-03-18,mette,SEO,5,n{n}\n" for n in range(rows))
    assert imported(root, text, "csv") == 1
    out = capsys.readouterr().out
    assert f"export.csv: {rows + 2} rows\n  imported: {6 if rows == 14 else 1} (" in out
    assert f"  not imported: {10 if rows == 14 else rows + 1}\n" in out
    assert ("line 8–17: " if rows == 14 else "line 2, 4–43: ") + "25 hours on 2026-03-18" in out


def test_a_row_is_named_that_makes_an_entry_wrong_which_was_there(root: Path, capsys):
    """Its day comes after a later one in the file, so the new row comes before it and the sum is told at the old."""
    week = root / "time/weeks/mette/2026-W12.yml"
    week.parent.mkdir(parents=True)
    week.write_text(
        "logged:\n  - {date: 2026-03-18, project: seo, hours: 1}\n  - {date: 2026-03-17, project: seo, hours: 23}\n",
        "utf-8",
    )
    before = snapshot(root)
    assert imported(root, HOURS + "2026-03-17,bo,SEO,2,\n", "csv") == 1
    assert "not imported: 1\n    line 2: 24.5 hours on 2026-03-17" in capsys.readouterr().out
    assert (root / "time/weeks/bo/2026-W12.yml").exists() and before.items() <= snapshot(root).items()


# --- properties

STARTS: list[dict[str, str]] = [
    {},
    {"time/weeks/mette/2026-W12.yml": "logged: [\n"},
    {"time/weeks/mette/2026-W12.yml": "logged:\n  - {date: 2026-03-17, project: seo, hours: 9}\nplanned: 2026-03-13\n"},
    {
        "time/weeks/mette/2026-W12.yml": "logged:\n  - {date: 2026-03-19, project: seo, hours: 9}\n"
        "  - {date: 2026-03-17, project: seo, hours: 20}\n"
    },
    {"time/weeks/bo/2026-W12.yml": "logged:\n  - {date: 2026-03-16, project: sea, hours: 1}\n"},
    {"crm/support/2026-03.yml": "- {id: a,\n   opened: 2026-03-17\n  }\n- {id: '1',\n   opened: 2026-03-17}\n"},
    {"crm/support/2026-02.yml": "- {id: [\n"},
    {"crm/support/2026-02.yml": "- id: '2'\n  opened: 2026-02-17\n- {id: '3', opened: 2026-02-17}\n"},
]
DAYS = ["2026-03-17", "2026-03-16 10:00", "2026-02-17", "2026-03-24", "17/03/2026", "04/03/2026", ""]
LIKELY = {
    "date": DAYS,
    "opened": DAYS,
    "closed": ["2026-03-28", "", "-", "2026-03-18", "2026-02-16"],
    "start": ["", "09:00", "23:50", "25"],
    "end": ["", "10:30", "00:20"],
    "end_date": [""],
    "hours": ["1:30", "9", "12", "0:20:12", "0:00:10", "-1", "25", ""],
    "minutes": ["5", "", "0", "-1", "7.5", "700"],
    "person": ["mette", "Mette Holm", "bo", "mete", ""],
    "first_name": ["mette", "bo"],
    "last_name": [""],
    "email": [""],
    "client": ["", "Fjordlys"],
    "project": ["SEO", "seo", "SEA", ""],
    "project_code": ["", "seo"],
    "task": ["", "Søgeord", "Sogeord"],
    "customer": ["", "Fjordlys", "Fjordlis", "nordisk-data", "-"],
    "company_number": ["", "12345678", "999"],
    "type": ["", "Fejl", "question", "Fejlen"],
    "area": ["", "Fakturering", "x"],
    "id": ["1", "2", "3", "a", "#4", "5", "6", "hd_1", ""],
}
"""For each meaning cells that are often right, the first always."""
HOSTILE = [
    "=1+1", "\x00", '"', "\n", "-", "{}", "9" * 400, "x" * 10_001, "<<<<<<< ", "@x", "٣", "\ud7ff", "\u202eq", "../..",
    "1e9", "&a", "- x: y", "null", "\x1b]0;x\x07",
]  # fmt: skip


@st.composite
def tables(draw: st.DrawFn) -> tuple[str, bytes]:
    """Whose file, and its bytes: rows that can be imported but for a few cells, and at times such as hardly fit."""
    source = draw(st.sampled_from(["support", "csv", *sorted(IMPORTERS)]))
    meanings = [what for what, names in IMPORTERS[source].columns.items() if names]
    if {"hours", "minutes"} <= {*meanings}:
        meanings.remove(draw(st.sampled_from(["hours", "minutes"])))
    if source == "csv" and draw(st.booleans()):
        meanings.remove("id")
    odd = st.one_of(st.text(max_size=20), st.sampled_from(HOSTILE))
    rows = []
    for number in range(draw(st.integers(0, 7))):
        row = {what: str(number) if what == "id" else LIKELY.get(what, ["tekst"])[0] for what in meanings}
        for what in draw(st.lists(st.sampled_from(meanings), max_size=3)):
            row[what] = draw(st.one_of(st.sampled_from(LIKELY.get(what, [""])), odd))
        rows.append(list(row.values()))
    rows += draw(st.lists(st.lists(odd, max_size=len(meanings) + 1), max_size=1))
    out = io.StringIO()
    csv.writer(out).writerow(IMPORTERS[source].columns[what][0] for what in meanings)
    quoting = draw(st.sampled_from([csv.QUOTE_ALL, csv.QUOTE_MINIMAL]))
    csv.writer(out, quoting=quoting).writerows(rows)
    return source, out.getvalue().encode("utf-8", "replace")


@dataclass
class Said:
    """The exit code of an import and its words."""

    code: int
    out: str
    err: str

    @property
    def shown(self) -> list[str]:
        """The records that would be written."""
        return self.out[: self.out.rindex("export.csv: ")].split("\n")[:-1]

    @property
    def told(self) -> str:
        """What came of the rows."""
        return self.out[self.out.rindex("export.csv: ") :]

    @property
    def rows(self) -> int:
        """How many rows the file has."""
        return int(re.match(r"export\.csv: (\d+) rows?\n", self.told)[1])

    @property
    def counts(self) -> dict[str, int]:
        """What came of how many rows, by what is said of them when they are written."""
        found = dict(re.findall(r"^  ([a-z ]+): (\d+)(?: \(.*\))?$", self.told, re.MULTILINE))
        words = {"would be imported": "imported", "would be closed": "closed since"}
        return {words.get(name, name): int(count) for name, count in found.items()}

    @property
    def lines(self) -> list[int]:
        """The lines that are named with a reason."""
        named = re.findall(r"^    line ([\d–, ]+): .", self.told, re.MULTILINE)
        parts = (part.split("–") for one in named for part in one.split(", "))
        return [line for part in parts for line in range(int(part[0]), int(part[-1]) + 1)]


def said(root: Path, text: bytes, source: str, *, dry_run: bool = False) -> Said:
    with redirect_stdout(io.StringIO()) as out, redirect_stderr(io.StringIO()) as err:
        code = imported(root, text, source, dry_run=dry_run)
    return Said(code, out.getvalue(), err.getvalue())


def wrong(root: Path) -> Counter[tuple[str, str]]:
    """Code and file of the errors that there are."""
    found = checks.run(records.read(root), root)
    return Counter((problem.code, problem.place.file) for problem in found if problem.severity == "error")


def lines(root: Path) -> Counter[str]:
    """The lines of all files, as a terminal shows them."""
    return Counter(shown(line) for text in snapshot(root).values() for line in text.decode().split("\n"))


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(tables(), st.sampled_from(STARTS))
def test_every_row_is_imported_or_named_once_and_nothing_becomes_wrong(tmp_path_factory, table, start):
    """And `--dry-run` shows what is written afterwards, and writes nothing itself."""
    source, text = table
    root = company(tmp_path_factory.mktemp("company"))
    company(root.parent, start)
    before, lines_before, wrong_before = snapshot(root), lines(root), wrong(root)

    looked = said(root, text, source, dry_run=True)
    assert snapshot(root) == before
    done = said(root, text, source)
    assert (looked.code, looked.err) == (done.code, done.err)
    assert "\x1b" not in done.out + done.err
    if done.err:
        assert done.code == 2 or (done.code == 1 and "nothing was written" in done.err)
        assert snapshot(root) == before
        return

    assert sum(done.counts.values()) == done.rows
    assert looked.counts == done.counts
    assert done.code == (1 if done.counts.get("not imported") else 0)
    assert len(done.lines) == len(set(done.lines))
    assert len(done.lines) == done.counts.get("left out", 0) + done.counts.get("not imported", 0)
    assert wrong(root) - wrong_before == Counter()
    seen = [line for line in looked.shown if not line.endswith(".yml:")]
    assert bool(seen) == bool(done.counts["imported"])
    assert Counter(seen) <= lines(root) - lines_before

    after = snapshot(root)
    again = said(root, text, source)
    assert snapshot(root) == after
    assert (again.counts["imported"], again.counts.get("closed since", 0)) == (0, 0)
    assert again.rows == done.rows == sum(again.counts.values())
