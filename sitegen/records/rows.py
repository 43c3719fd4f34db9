"""Rows: columns of equal length for what there is much of, filled file by file so that no model has to be kept."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from itertools import chain, repeat
from operator import attrgetter
from typing import Any

from sitegen.yamlfile import Document

LOGGED = ("person", "day", "project", "task", "minutes", "note", "asked_by", "displaced", "customer", "imported")
BOOKED = ("person", "week", "project", "task", "minutes", "added", "decision", "to_week", "why", "planned")
ABSENT = ("person", "day", "reason", "minutes")
WEB = ("month", "channel", "visitors", "leads", "spend")
SUPPORT = ("id", "opened", "closed", "customer", "type", "area", "question", "text", "minutes")
_LEFT_OUT: Mapping[str, Any] = {"displaced": ()}
"""What a column has where nothing was written, if that is not None."""


class Rows:
    """`rows["minutes"]` is a column, a list. Each row also has `file` (an index into `files`) and `line`.

    What is not written row by row, or by no file for a while, is put into its column when that is asked for.
    """

    def __init__(
        self, names: Sequence[str], columns: Mapping[str, list[Any]] | None = None, files: Sequence[str] = ()
    ) -> None:
        self.names = (*names, "file", "line") if "file" not in names else tuple(names)
        self.files: list[str] = list(files)
        self._columns: dict[str, list[Any]] = {name: columns[name] if columns else [] for name in self.names}
        self._count = len(self._columns["line"])
        self._waiting: list[tuple[Sequence[int], Mapping[str, Any]]] = []
        """Of the last files: the line of each row, and the columns that have one value for all."""

    @property
    def columns(self) -> Mapping[str, list[Any]]:
        """Every column, by name."""
        return {name: self[name] for name in self.names}

    def __getitem__(self, name: str) -> list[Any]:
        if self._waiting:
            self._put_waiting()
        return self._filled(name, len(self))

    def _put_waiting(self) -> None:
        waiting, self._waiting = self._waiting, []
        before, first = len(self._columns["line"]), len(self.files) - len(waiting)
        counts = [len(lines) for lines, _ in waiting]
        self._columns["line"] += chain.from_iterable(lines for lines, _ in waiting)
        self._columns["file"] += chain.from_iterable(map(repeat, range(first, len(self.files)), counts))
        for name in set().union(*(same for _, same in waiting)):
            values = [same.get(name) for _, same in waiting]
            self._filled(name, before).extend(chain.from_iterable(map(repeat, values, counts)))

    def _filled(self, name: str, count: int) -> list[Any]:
        """A column, filled up to a number of rows."""
        column = self._columns[name]
        if missing := count - len(column):
            column += [_LEFT_OUT.get(name)] * missing
        return column

    def __len__(self) -> int:
        return self._count

    def __iter__(self) -> Iterator[dict[str, Any]]:
        """The rows one by one, as mappings: for small tables and tests."""
        for values in zip(*self.columns.values(), strict=True):
            yield dict(zip(self.names, values, strict=True))

    def spans(self) -> Iterator[tuple[int, int, int]]:
        """Each file that has rows: its number, its first row, and the row after its last."""
        numbers = self["file"]
        ends = dict(zip(numbers, range(1, len(numbers) + 1), strict=True))
        return zip(ends, (0, *ends.values()), ends.values(), strict=False)

    def add(self, other: Rows) -> None:
        """Put rows of other files, with the same columns, below these."""
        if not len(other):
            return
        before = len(self.files)
        kept = self.columns
        self.files += other.files
        for name, column in other.columns.items():
            kept[name].extend([file + before for file in column] if name == "file" else column)
        self._count += len(other)

    def add_file(
        self, file: str, columns: Mapping[str, list[Any]], lines: Sequence[int], same: Mapping[str, Any]
    ) -> None:
        """Put the rows of one file below these.

        Args:
            file: its path.
            columns: the columns that it has written.
            lines: the line of each row.
            same: columns with one value for all its rows.
        """
        before, kept = self._count, self._columns
        for name, column in columns.items():
            there = kept[name]
            if len(there) != before:
                there = self._filled(name, before)
            there += column
        self._waiting.append((lines, same))
        self._count = before + len(lines)
        self.files.append(file)

    def with_columns(self, columns: Mapping[str, list[Any]]) -> Rows:
        """The same files with other columns, all of one length."""
        return Rows(self.names, {**self.columns, **columns}, self.files)

    def where(self, kept: Sequence[bool]) -> Rows:
        """The rows for which `kept` is true."""
        columns = {
            name: [value for value, keep in zip(column, kept, strict=True) if keep]
            for name, column in self.columns.items()
        }
        return Rows(self.names, columns, self.files)


def week_rows(week: Any, document: Document, person: str, monday: dt.date) -> tuple[Rows, Rows, Rows]:
    """The rows of one week file: logged, booked, absent. Column by column: a loop over entries costs twice as much."""
    logged = _rows(LOGGED, week.logged, document, "logged", person, {"day": "date"})
    booked = _rows(BOOKED[:6], week.booked, document, "booked", person, {"week": monday})
    decisions = [entry.instead for entry in week.booked]
    booked = Rows(BOOKED, {
        **booked.columns,
        "decision": [instead.decision if instead else None for instead in decisions],
        "to_week": [instead.to if instead else None for instead in decisions],
        "why": [instead.why if instead else None for instead in decisions],
        "planned": [week.planned] * len(booked),
    }, booked.files)  # fmt: skip
    return logged, booked, _rows(ABSENT, week.absent, document, "absent", person, {"day": "date"})


def _rows(
    names: Sequence[str],
    entries: Sequence[Any],
    document: Document,
    section: str,
    person: str,
    other: Mapping[str, Any],
) -> Rows:
    """One section of a week file. `other`: columns that have another attribute's name, or one value for all."""
    if not entries:
        return Rows(names)
    columns: dict[str, list[Any]] = {}
    for name in names:
        value = other.get(name, name)
        columns[name] = [person] * len(entries) if name == "person" else (
            list(map(attrgetter(value), entries)) if isinstance(value, str) else [value] * len(entries)
        )  # fmt: skip
    columns["file"] = [0] * len(entries)
    columns["line"] = list(document.item_lines(section))
    return Rows(names, columns, (document.file,))


def add_web(year: Any, document: Document, web: Rows) -> None:
    """The rows of one file of web figures: one a month and channel."""
    lines: list[int] = []
    rows: list[tuple[Any, ...]] = []
    for month, channels in year.root.items():
        first = dt.date(int(month[:4]), int(month[5:]), 1)
        for channel, figures in channels.items():
            rows.append((first, channel, figures.visitors, figures.leads, figures.spend))
            lines.append(document.place((month, channel), key=True).line)
    _add(web, WEB, document, rows, lines)


def add_support(month: Any, document: Document, support: Rows) -> None:
    """The rows of one file of support cases."""
    rows = list(map(attrgetter(*SUPPORT), month.root))
    _add(support, SUPPORT, document, rows, [document.place((at,)).line for at in range(len(rows))])


def _add(
    into: Rows, names: Sequence[str], document: Document, rows: Sequence[Sequence[Any]], lines: Sequence[int]
) -> None:
    if rows:
        into.add_file(document.file, dict(zip(names, map(list, zip(*rows, strict=True)), strict=True)), lines, {})
