"""The same rows read in another way: recognised, or refused with their reason; no hour is counted twice."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sitegen import records
from tests.importers.company import company, imported

ROWS = (
    "Dato,Navn,Projekt,Antal timer,Hvad,Opgaven,Kl,Nr,Kunde\n"
    "2026-03-17,mette,SEO,1.5,Nye ord,Søgeord,09:00,7,Fjordlys\n"
    "2026-03-17,mette,SEO,1.5,Gamle ord,,11:00,8,\n"
    "2026-03-17,bo,SEO,1.5,Nye ord,Søgeord,09:00,9,Fjordlys\n"
    "2026-03-18,mette,SEO,2,Nye ord,Søgeord,09:00,10,Fjordlys\n"
)
COLUMNS = {"note": "Hvad", "task": "Opgaven", "start": "Kl", "id": "Nr"}
MAPS = [{}, *({what: COLUMNS[what]} for what in COLUMNS), {"note": "Hvad", "task": "Opgaven"}, COLUMNS]
ONE = "Dato,Navn,Projekt,Timer,Bemærkning\n2026-03-17,mette,SEO,1.5,{note}\n"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return company(tmp_path)


def minutes(root: Path) -> int:
    return sum(records.read(root).records.logged["minutes"])


def map_of(columns: dict[str, str], more: str = "") -> str:
    return f"columns: {{{', '.join(f'{what}: {name}' for what, name in columns.items())}}}\n{more}"


@pytest.mark.parametrize("first", MAPS)
@pytest.mark.parametrize("second", MAPS)
def test_another_map_counts_no_row_twice(root: Path, first: dict[str, str], second: dict[str, str], capsys):
    """6.5 hours are in the file. Rows are there already where the first map read no column that the second does not,
    else perhaps refused.
    """
    assert imported(root, ROWS, "csv", map_of(first)) == 0
    assert minutes(root) == 390
    capsys.readouterr()
    code = imported(root, ROWS, "csv", map_of(second))
    out = capsys.readouterr().out
    assert minutes(root) == 390
    if first.items() <= second.items():
        assert code == 0 and "there already: 4\n" in out
    assert code == ("not imported: " in out)


def test_what_entries_lack_is_told_where_more_columns_are_read(root: Path, capsys):
    imported(root, ROWS, "csv")
    capsys.readouterr()
    given = map_of({"note": "Hvad", "task": "Opgaven"}, "clients: {Fjordlys: fjordlys}\n")
    assert imported(root, ROWS, "csv", given) == 0
    assert (
        "  there already: 4\n    line 2, 4–5: imported without task, note\n    line 3: imported without note\n"
        "    to have that in the records, delete these entries there and import again\n"
    ) in capsys.readouterr().out


def test_a_client_that_is_read_now_is_told(root: Path, capsys):
    """Where the column was called otherwise, it was not read."""
    imported(root, ROWS.replace("Kunde", "Firma"), "csv")
    capsys.readouterr()
    assert imported(root, ROWS, "csv", "clients: {Fjordlys: fjordlys}\n") == 0
    assert "    line 2, 4–5: imported without client\n" in capsys.readouterr().out


def test_entries_that_are_deleted_are_imported_as_the_row_says_now(root: Path):
    imported(root, ROWS, "csv")
    for week in (root / "time/weeks").rglob("*.yml"):
        week.unlink()
    assert imported(root, ROWS, "csv", map_of({"note": "Hvad"})) == 0
    assert records.read(root).records.logged["note"] == ["Nye ord", "Nye ord", "Gamle ord", "Nye ord"]


def test_a_row_with_fewer_columns_before_and_other_hours_now_is_named(root: Path, capsys):
    imported(root, "Dato,Navn,Projekt,Timer,Start\n2026-03-17,mette,SEO,1.5,09:00\n", "csv")
    text = "Dato,Navn,Projekt,Timer,Start,Opgave\n2026-03-17,mette,SEO,2,09:00,Søgeord\n"
    assert imported(root, text, "csv") == 1
    assert "line 2: the row was imported with 1.5h and has 2h now: mend the entry 'csv-" in capsys.readouterr().out


def test_another_source_counts_no_row_twice(root: Path, capsys):
    imported(root, ROWS, "csv")
    assert imported(root, ROWS, "csv", "source: salg\n") == 1
    assert "line 2–5" not in (out := capsys.readouterr().out) and "not imported: 4" in out
    assert "the row was imported from another source, as 'csv-" in out
    assert minutes(root) == 390


def test_two_sources_may_have_the_same_ids(root: Path):
    text = "Id,Dato,Navn,Projekt,Timer\n7,2026-03-17,mette,SEO,{}\n"
    imported(root, text.format(1), "csv")
    assert imported(root, text.format(2), "csv", "source: salg\n") == 0
    assert minutes(root) == 180


@pytest.mark.parametrize(
    ("before", "now"),
    [
        (ONE.format(note="før"), ONE.format(note="efter")),
        (ONE.format(note="før"), ONE.format(note="før").replace("1.5", "2")),
        (ONE.format(note="før"), "Dato,Navn,Projekt,Minutter,Tekst\n2026-03-17,mette,SEO,91,x\n"),
    ],
)
def test_a_row_that_may_be_there_already_is_refused_until_somebody_says_that_both_were_worked(
    root: Path, before: str, now: str, capsys
):
    imported(root, before, "csv")
    assert imported(root, now, "csv") == 1
    out = capsys.readouterr().out
    assert "line 2: an entry of the same person, day and project was imported earlier" in out
    assert "no row of the file now (changed, deleted or filtered away?): time/weeks/mette/2026-W12.yml csv-" in out
    assert minutes(root) == 90
    assert imported(root, now, "csv", similar=True) == 0
    assert minutes(root) > 90
    assert imported(root, now, "csv") == 0


def test_one_entry_that_is_gone_hinders_one_row(root: Path, capsys):
    """Of the rows of that project the one with its hours, not the first."""
    imported(root, ONE.format(note="før"), "csv")
    more = "2026-03-17,mette,SEO,3,a\n2026-03-17,mette,SEO,1.5,b\n2026-03-17,mette,SEO,1.5,c\n"
    assert imported(root, ONE.split("\n")[0] + "\n" + more, "csv") == 1
    assert "not imported: 1\n    line 3: " in capsys.readouterr().out


@pytest.fixture
def two(root: Path) -> Path:
    (root / "time/projects/website.yml").write_text("name: Website\ntype: operations\nstart: 2020-01-01\n", "utf-8")
    return root


def test_another_project_hinders_a_row_where_every_entry_finds_one(two: Path, capsys):
    rows = "Dato,Navn,Projekt,Sag,Timer\n2026-03-17,mette,SEO,Website,1.5\n2026-03-18,mette,SEO,Website,2\n"
    imported(two, rows, "csv")
    assert imported(two, rows, "csv", "columns: {project: Sag}\n") == 1
    assert "line 2–3: an entry of the same person, day and hours, on another project," in capsys.readouterr().out
    assert minutes(two) == 210


def test_another_part_of_the_days_is_imported(two: Path):
    """First what was for SEO, then what was for the website: one day has the same hours for both, the other not."""
    head = "Dato,Navn,Projekt,Timer\n"
    imported(two, head + "2026-03-17,mette,SEO,1.5\n2026-03-18,mette,SEO,2\n", "csv")
    assert imported(two, head + "2026-03-17,mette,Website,1.5\n2026-03-18,mette,Website,3\n", "csv") == 0
    assert minutes(two) == 480


@pytest.mark.parametrize(
    ("hours", "code"), [(("1.5", "2"), 1), (("1.5", "3"), 0)], ids=["the same file", "another account"]
)
def test_another_source_with_other_columns_hinders_rows_where_every_entry_finds_one(
    root: Path, hours: tuple[str, str], code: int, capsys
):
    text = "Dato,Navn,Projekt,Kunde,Firma,Timer\n2026-03-17,mette,SEO,A,B,{}\n2026-03-18,mette,SEO,A,B,{}\n"
    imported(root, text.format("1.5", "2"), "csv")
    assert imported(root, text.format(*hours), "csv", "source: salg\ncolumns: {client: Firma}\n") == code
    assert ("line 2–3: an entry of the same person, day, project and hours" in capsys.readouterr().out) is bool(code)
    assert minutes(root) == (210 if code else 480)


@pytest.mark.parametrize(
    "header",
    [
        "Dato;Medarbejder;Projekt;Opgave;Antal timer;Bemærkning",
        "Dato;Navn;Projekt;Aktivitet;Timetal;Bemærkninger",
        "Dato;Bruger;Projekt;Opgave;Timer;Kommentar",
        "Dato;Medarbeider;Prosjekt;Oppgave;Antall timer;Merknad",
        "Dato;Ansatt;Prosjekt;Oppgave;Varighet;Kommentarer",
        "Date;Name;Project;Task;Number of hours;Comment",
    ],
)
def test_columns_are_known_in_three_languages(root: Path, header: str, capsys):
    assert imported(root, f"{header}\n2026-03-17;mette;SEO;Søgeord;1,5;Nye ord\n", "csv") == 0
    logged = records.read(root).records.logged
    assert [logged[name] for name in ("minutes", "task", "note")] == [[90], ["keywords"], ["Nye ord"]]
    assert "columns" not in capsys.readouterr().out


MAPPED = st.dictionaries(st.sampled_from(sorted(COLUMNS)), st.none()).map(lambda d: {w: COLUMNS[w] for w in d})
CELLS = st.tuples(
    st.sampled_from(["2026-03-17", "2026-03-18"]),
    st.sampled_from(["mette", "bo"]),
    st.sampled_from(["SEO", "Website"]),
    st.sampled_from(["1", "1.5", "2"]),
    st.sampled_from(["", "Nye ord", "Gamle ord"]),
    st.sampled_from([""]),
    st.sampled_from(["", "09:00", "11:00"]),
)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(CELLS, max_size=8), MAPPED, MAPPED, st.sampled_from(["", "source: salg\n"]))
def test_whatever_two_maps_read_no_row_is_counted_twice(tmp_path_factory, rows, first, second, source):
    root = company(tmp_path_factory.mktemp("company"))
    (root / "time/projects/website.yml").write_text("name: Website\ntype: operations\nstart: 2020-01-01\n", "utf-8")
    lines = (",".join((*row, str(number), "")) for number, row in enumerate(rows))
    text = "\n".join([ROWS.split("\n")[0], *lines]) + "\n"
    assert imported(root, text, "csv", map_of(first)) == 0
    once = minutes(root)
    imported(root, text, "csv", map_of(second, source))
    assert minutes(root) == once
