"""The bytes of a CSV file → its header and rows, each with the line it begins on; what is unclear is refused whole."""

from __future__ import annotations

import csv
import io
from collections.abc import Container, Iterator
from dataclasses import dataclass

from sitegen.messages import Refusal

MOST_BYTES = 50_000_000
DELIMITERS = ",;\t|"
_WORKBOOKS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")
"""What .xlsx, .ods and .xls begin with."""


@dataclass(frozen=True)
class Sheet:
    """A table of text: the names of its columns, and (line, cells) of each row that is not empty."""

    header: tuple[str, ...]
    rows: tuple[tuple[int, tuple[str, ...]], ...]


def read(raw: bytes, known: Container[str]) -> Sheet:
    """The table in a file.

    Args:
        raw: the bytes of the file.
        known: names of columns as `folded` gives them; the delimiter is the one that finds most of them.

    Raises:
        Refusal: it is no text, has no header that is known, or a quotation mark that is not closed.
    """
    text = decoded(raw)
    skipped = 0
    if text[:4].lower() == "sep=":  # a line that spreadsheets write for each other
        _, _, text = text.partition("\n")
        skipped = 1
    counted = {mark: _known_columns(text, mark, known) for mark in DELIMITERS}
    delimiter = max(counted, key=lambda mark: counted[mark])
    if counted[delimiter] == 0:
        first = " ".join(text.lstrip().split("\n")[0].split())[:80]
        raise Refusal("the first line names no column that is known here: %(written)s", written=first)
    rows = list(_rows(text, delimiter, skipped))
    return Sheet(rows[0][1], tuple(rows[1:]))


def decoded(raw: bytes) -> str:
    """The text of bytes in UTF-8 or UTF-16, with or without a byte order mark, or in Windows' cp1252.

    Raises:
        Refusal: it is a workbook, too large, or no text in any of these.
    """
    if len(raw) > MOST_BYTES:
        raise Refusal("the file is larger than %(most)s MB", most=MOST_BYTES // 1_000_000)
    if raw.startswith(_WORKBOOKS):
        raise Refusal("this is a workbook: save it as CSV UTF-8, and import that")
    for encoding in _encodings(raw):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise Refusal("the file is no text in UTF-8, UTF-16 or Windows-1252: save it as CSV UTF-8")


def _encodings(raw: bytes) -> tuple[str, ...]:
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        return ("utf-16",)
    start = raw[:2000]
    if len(start) > 3 and start.count(0) * 3 >= len(start):  # every second byte of plain letters in UTF-16
        return ("utf-16-le",) if start[1] == 0 else ("utf-16-be",)
    return ("utf-8-sig", "cp1252")


def folded(name: str) -> str:
    """The name of a column as it is compared: small letters, single spaces."""
    return " ".join(name.replace("\ufeff", "").casefold().split())


def _known_columns(text: str, delimiter: str, known: Container[str]) -> int:
    try:
        first = next(_rows(text, delimiter, 0), None)
    except Refusal:
        return 0
    return sum(folded(name) in known for name in first[1]) if first else 0


def _rows(text: str, delimiter: str, skipped: int) -> Iterator[tuple[int, tuple[str, ...]]]:
    """Line and cells of each row. A quotation mark that is not closed would take the rest of the file into one cell:
    so quoting is strict.
    """
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    line = skipped + 1
    try:
        for cells in reader:
            if any(cell.strip() for cell in cells):
                yield line, tuple(cells)
            line = skipped + reader.line_num + 1
    except csv.Error:
        raise Refusal(
            "from line %(line)s the cells cannot be told apart: a quotation mark is not closed or stands inside a text,"
            " or a cell is longer than %(most)s letters",
            line=line,
            most=csv.field_size_limit(),
        ) from None
