"""Results as files for spreadsheets and other programs: one module a format.

`csv.table(result)` and `xlsx.workbook(result, ...)` give the bytes of a file; both write the fields that this
module lists.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sitegen.results import Column, Result

PARTS = ("why", "k", "n", "low", "high")
"""What may stand beside a measure: the reason it is undefined; a share's count, base and interval."""

_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "|", "%")
_HARMLESS = re.compile(r"[^\W_][^\x00-\x1f\x7f]*|")


def safe(text: str) -> str:
    """A text as a spreadsheet may have it: one that a spreadsheet would read as a formula gets an apostrophe in front.

    Control characters become spaces. Only texts pass here; a negative number is a number and stays one.
    """
    if _HARMLESS.fullmatch(text):
        return text
    cleaned = "".join(" " if ord(letter) < 32 or ord(letter) == 127 else letter for letter in text)
    return f"'{cleaned}" if text.startswith(_STARTS) or cleaned.lstrip().startswith(_STARTS[:4]) else cleaned


def fields(result: Result) -> Iterator[tuple[str, Column | None, str]]:
    """The columns of a file in order: (name in `rows`, the Column it belongs to, which of PARTS or "")."""
    there = set(result.rows.columns)
    yield "key", None, ""
    for column in result.columns:
        yield column.name, column, ""
        for part in PARTS:
            if f"{column.name}_{part}" in there:
                yield f"{column.name}_{part}", column, part


def header(name: str, column: Column | None, part: str) -> str:
    """The name of a column in a file for programs: minutes and minor units are named, since they are what is
    counted in.
    """
    ending = {"minutes": "_minutes", "money": "_minor"}.get(column.unit, "") if column is not None and not part else ""
    return name if f"_{name}".endswith(ending) else name + ending
