"""XLSX for people who go on working in a spreadsheet: numbers as numbers, texts as texts, no formula and no link
anywhere.
"""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from sitegen.exporters import fields, safe

if TYPE_CHECKING:
    from sitegen.results import Column, Result

CREATED = dt.datetime(2000, 1, 1)
"""Every workbook says it was made on this day, so that the same figures are the same bytes."""

FORMATS = {
    "minutes": "#,##0.00",
    "money": "#,##0.00",
    "share": "0.0%",
    "count": "#,##0",
    "days": "#,##0.0",
    "score": "0.00",
    "ratio": "0.00",
    "day": "yyyy-mm-dd",
}
PARTS = {"why": "why not", "k": "of them", "n": "out of", "low": "lowest", "high": "highest"}
"""What stands beside a measure, as the reader's msgids."""


def workbook(
    result: Result, *, translate: Callable[[str], str] = str, about: Mapping[str, str] | None = None, currency: str = ""
) -> bytes:
    """A result as a workbook: the table on the first sheet, what each column means on the second.

    Minutes are written as hours and minor units as whole ones, since that is what people add up. `translate` gives
    a msgid in the reader's language; `about` are lines for the second sheet (computed for, audience).
    """
    return book(f"{result.report}.{result.name}", (result,), translate=translate, about=about, currency=currency)


def book(
    title: str,
    results: Sequence[Result],
    *,
    translate: Callable[[str], str] = str,
    about: Mapping[str, str] | None = None,
    currency: str = "",
) -> bytes:
    """Several results as one workbook: a sheet each, and the last says what their columns mean."""
    import xlsxwriter

    buffer = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    made = xlsxwriter.Workbook(buffer, options)
    made.set_properties({"created": CREATED, "title": safe(title)})
    bold = made.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"})
    formats = {unit: made.add_format({"num_format": text}) for unit, text in FORMATS.items()}
    for result in results:
        _sheet(made.add_worksheet(_sheet_name(result.name)), result, bold, formats, translate, currency)
    notes = made.add_worksheet(_sheet_name(translate("About")))
    notes.set_column(0, 0, 32)
    notes.set_column(1, 1, 100)
    lines = [(translate(name), text) for name, text in (about or {}).items()]
    for result in results:
        lines += [(result.name, "")] if len(results) > 1 else []
        lines += [(translate(column.label), translate(column.about)) for column in result.columns if column.about]
        lines += [
            (translate("Left out: %(reason)s").replace("%(reason)s", translate(why)), str(n))
            for why, n in result.left_out.items()
        ]
    for line, (name, text) in enumerate(lines):
        notes.write_string(line, 0, safe(name))
        notes.write_string(line, 1, safe(text))
    made.close()
    return buffer.getvalue()


def _sheet(
    sheet: Any, result: Result, bold: Any, formats: Mapping[str, Any], translate: Callable[[str], str], currency: str
) -> None:
    """One table: a header that stays in sight, a row a row."""
    names = list(fields(result))
    for at, (name, column, part) in enumerate(names):
        sheet.write_string(0, at, _header(name, column, part, translate, currency), bold)
        sheet.set_column(at, at, 28 if column is None or (column.unit == "text" and not part) else 13)
    for line, row in enumerate(result.rows.iter_rows(named=True), 1):
        for at, (name, column, part) in enumerate(names):
            _write(sheet, line, at, row[name], column, part, formats, translate)
    sheet.freeze_panes(1, 1)
    if len(result.rows):
        sheet.autofilter(0, 0, len(result.rows), len(names) - 1)


def _header(name: str, column: Column | None, part: str, translate: Callable[[str], str], currency: str) -> str:
    if column is None:
        return "id"
    label = translate(column.label)
    if part:
        return safe(f"{label}: {translate(PARTS[part])}")
    unit = {"minutes": translate("hours"), "money": currency}.get(column.unit, "")
    return safe(f"{label} ({unit})" if unit else label)


def _write(
    sheet: Any, line: int, at: int, value: Any, column: Column | None, part: str, formats: Mapping[str, Any],
    translate: Callable[[str], str],
) -> None:  # fmt: skip
    if value is None:
        return
    unit = "text" if column is None else column.unit
    if part in ("k", "n"):
        unit = "count"
    if isinstance(value, bool):
        sheet.write_boolean(line, at, value)
    elif isinstance(value, dt.date):
        sheet.write_datetime(line, at, dt.datetime(value.year, value.month, value.day), formats["day"])
    elif isinstance(value, (int, float)) and unit != "text":
        scale = {"minutes": 60, "money": 100}.get(unit, 1)
        sheet.write_number(line, at, value / scale if scale > 1 else value, formats[unit])
    elif isinstance(value, (int, float)):
        sheet.write_number(line, at, value)
    elif part == "why":
        from sitegen.pages import WHY

        sheet.write_string(line, at, safe(translate(WHY[value])))
    elif column is not None and value in column.words:
        sheet.write_string(line, at, safe(translate(column.words[value])))
    elif isinstance(value, (list, tuple)):
        sheet.write_string(line, at, safe("; ".join(str(item) for item in value)))
    else:
        sheet.write_string(line, at, safe(str(value)))


def _sheet_name(text: str) -> str:
    return "".join(letter for letter in text if letter not in "[]:*?/\\'")[:31] or "-"
