"""XLSX: numbers as numbers, texts as texts, the same bytes every time."""

from __future__ import annotations

import io
import re
import zipfile

import pytest

from sitegen.exporters import xlsx


def parts(content: bytes) -> dict[str, str]:
    with zipfile.ZipFile(io.BytesIO(content)) as book:
        return {name: book.read(name).decode() for name in book.namelist()}


def test_minutes_are_hours_and_minor_units_are_whole_ones(result):
    """6125 / 60 = 102.08333 h; 1,234,567 / 100 = 12,345.67 kr.; 2026-06-30 is day 46203 of a spreadsheet's calendar.

    A workbook keeps 16 digits of a number.
    """
    sheet = parts(xlsx.workbook(result, currency="DKK"))["xl/worksheets/sheet1.xml"]
    values = re.findall(r'<c r="([A-Z]+2)"[^>]*><v>([^<]*)</v>', sheet)
    by_column = {cell[0]: value for cell, value in values}
    assert float(by_column["C"]) == pytest.approx(6125 / 60, rel=1e-14)
    assert float(by_column["D"]) == 12345.67
    assert float(by_column["F"]) == pytest.approx(1 / 3, rel=1e-14)
    assert by_column["J"] == "46203"


def test_there_is_no_formula_and_no_link(result):
    found = parts(xlsx.workbook(result))
    assert not any("<f>" in text or "hyperlink" in text for name, text in found.items() if "sheet" in name)
    assert "'=HYPERLINK(1)" in found["xl/sharedStrings.xml"]


def shouted(msgid: str) -> str:
    return msgid if "%" in msgid else msgid.upper()


def test_the_second_sheet_says_what_the_columns_are_in_the_readers_words(result):
    words = parts(xlsx.workbook(result, translate=shouted, about={"Audience": "management"}))["xl/sharedStrings.xml"]
    shown = ("AUDIENCE", "management", "MINUTES LOGGED", "USED (HOURS)", "NO RATE FOR THESE HOURS", "Left out: TOO-FEW")
    for text in shown:
        assert f">{text}<" in words, text


def test_the_same_result_is_the_same_bytes(result):
    assert xlsx.workbook(result) == xlsx.workbook(result)
    assert "2000-01-01T00:00:00Z" in parts(xlsx.workbook(result))["docProps/core.xml"]
