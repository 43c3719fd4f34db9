"""CSV: UTF-8, comma, exact values, ISO days; or what a Danish Excel opens by a double click."""

from __future__ import annotations

import csv
import datetime as dt
import io
from typing import TYPE_CHECKING, Any

from sitegen.exporters import fields, header, safe

if TYPE_CHECKING:
    from sitegen.results import Result


def table(result: Result, *, danish: bool = False) -> bytes:
    """A result as CSV: `key`, then each column and what stands beside it (`_why`, `_k`, `_n`, `_low`, `_high`).

    Values are exact: whole minutes (`used_minutes`), minor units of money (`cost_minor`), shares as fractions, days
    as `2026-06-30`. Undefined is empty, its reason in `_why`. A minus is a hyphen. `danish` gives semicolons,
    decimal commas and a byte order mark.
    """
    names = list(fields(result))
    text = io.StringIO()
    writer = csv.writer(text, delimiter=";" if danish else ",", lineterminator="\r\n" if danish else "\n")
    writer.writerow([header(*field) for field in names])
    for row in result.rows.iter_rows(named=True):
        writer.writerow([_cell(row[name], danish) for name, _, _ in names])
    return text.getvalue().encode("utf-8-sig" if danish else "utf-8")


def _cell(value: Any, danish: bool) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, dt.date):
        return value.isoformat()
    if isinstance(value, (int, float)):
        return repr(value).replace(".", ",") if danish else repr(value)
    if isinstance(value, (list, tuple)):
        return safe("; ".join(str(item) for item in value))
    return safe(str(value))
