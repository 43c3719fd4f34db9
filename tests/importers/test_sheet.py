"""Bytes of a CSV file → header and rows; hostile ones are refused with a sentence."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitegen.importers import sheet
from sitegen.importers.sheet import Sheet, folded
from sitegen.messages import Refusal

KNOWN = frozenset({"date", "project", "hours", "note"})
PLAIN = "Date,Project,Hours,Note\n2026-03-04,Søgeord,1.5,ærø\n"
ROWS = ((2, ("2026-03-04", "Søgeord", "1.5", "ærø")),)


def read(text: str) -> Sheet:
    return sheet.read(text.encode(), KNOWN)


def refused(raw: bytes) -> str:
    with pytest.raises(Refusal) as found:
        sheet.read(raw, KNOWN)
    return found.value.msgid


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16", "utf-16-le", "utf-16-be"]
)  # utf-16 has a byte order mark
def test_a_file_is_read_in_any_encoding_that_spreadsheets_write(encoding: str):
    found = sheet.read(PLAIN.encode(encoding), KNOWN)
    assert found.rows == ROWS
    assert [folded(name) for name in found.header] == ["date", "project", "hours", "note"]


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("ends", ["\n", "\r\n", "\r"])
def test_the_delimiter_and_the_line_ends_are_found(delimiter: str, ends: str):
    assert read(PLAIN.replace(",", delimiter).replace("\n", ends)).rows == ROWS


def test_a_decimal_comma_is_not_the_delimiter():
    assert read('Date;Project;Hours;Note\n2026-03-04;A,B,C;"1,5";\n').rows == ((2, ("2026-03-04", "A,B,C", "1,5", "")),)


def test_a_line_that_names_the_delimiter_is_skipped_and_counted():
    assert read("sep=;\n" + PLAIN.replace(",", ";")).rows[0][0] == 3


def test_a_row_has_the_line_it_begins_on():
    """The first row takes lines 2 to 4, an empty one and one of empty cells follow: the second begins on line 7."""
    found = read('Date,Project,Hours,Note\n1,a,2,"x\ny\nz"\n\n,,,\n2,b,3,q\n')
    assert [line for line, _ in found.rows] == [2, 7]
    assert found.rows[0][1][3] == "x\ny\nz"


@pytest.mark.parametrize(
    "raw",
    [
        b'Date,Project,Hours,Note\n1,a,2,"never closed\n2,b,3,q\n',
        b'Date,Project,Hours,Note\n1,a,2,"closed" early\n',
        b"Date,Project,Hours,Note\n1,a,2," + b"x" * 200_000 + b"\n",
    ],
)
def test_wrong_quoting_and_endless_cells_are_refused_from_their_line(raw: bytes):
    with pytest.raises(Refusal) as found:
        sheet.read(raw, KNOWN)
    assert "the cells cannot be told apart" in found.value.msgid
    assert found.value.values["line"] == 2


@pytest.mark.parametrize(
    ("raw", "said"),
    [
        (b"PK\x03\x04rest", "workbook"),
        (b"\xd0\xcf\x11\xe0rest", "workbook"),
        (b"", "names no column"),
        (b"\x00\x00\x00\x00", "names no column"),
        (b"Dato,Projekt\n", "names no column"),
        (b"\xff\xfeD", "no text"),
        (b"Date\x81,Project\n", "no text"),
        (b"{}", "names no column"),
    ],
)
def test_what_is_no_table_is_refused(raw: bytes, said: str):
    """0x81 is neither UTF-8 nor a letter in cp1252; half a UTF-16 letter is none."""
    assert said in refused(raw)


def test_a_file_that_is_too_large_is_refused(monkeypatch):
    monkeypatch.setattr(sheet, "MOST_BYTES", 10)
    assert "larger than" in refused(PLAIN.encode())


@given(st.binary(max_size=400))
def test_no_bytes_break_the_reader(raw: bytes):
    for start in (b"", PLAIN.encode(), PLAIN.encode("utf-16")):
        try:
            assert isinstance(sheet.read(start + raw, KNOWN), Sheet)
        except Refusal as refusal:
            assert refusal.msgid
