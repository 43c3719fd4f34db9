"""Rows: columns of equal length for what there is much of, filled file by file so that no model has to be kept."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from operator import attrgetter
from typing import Any

from sitegen.yamlfile import Document

LOGGED = ("person", "day", "project", "task", "minutes", "note", "asked_by", "displaced", "customer", "imported")
BOOKED = ("person", "week", "project", "task", "minutes", "added", "decision", "to_week", "why", "planned")
ABSENT = ("person", "day", "reason", "minutes")
WEB = ("month", "channel", "visitors", "leads", "spend")
SUPPORT = ("id", "opened", "closed", "customer", "type", "area", "question", "text", "minutes")


class Rows:
    """`rows["minutes"]` is a column, a list. Each row also has `file` (an index into `files`) and `line`."""

    def __init__(
        self, names: Sequence[str], columns: Mapping[str, list[Any]] | None = None, files: Sequence[str] = ()
    ) -> None:
        self.names = (*names, "file", "line") if "file" not in names else tuple(names)
        self.files: list[str] = list(files)
        self._columns: dict[str, list[Any]] = {name: columns[name] if columns else [] for name in self.names}

    def __getitem__(self, name: str) -> list[Any]:
        return self._columns[name]

    def __len__(self) -> int:
        return len(self._columns["line"])

    def __iter__(self) -> Iterator[dict[str, Any]]:
        """The rows one by one, as mappings: for small tables and tests."""
        for values in zip(*self._columns.values(), strict=True):
            yield dict(zip(self.names, values, strict=True))

    def with_columns(self, columns: Mapping[str, list[Any]]) -> Rows:
        """The same files with other columns, all of one length."""
        return Rows(self.names, {**self._columns, **columns}, self.files)

    def where(self, kept: Sequence[bool]) -> Rows:
        """The rows for which `kept` is true."""
        columns = {
            name: [value for value, keep in zip(column, kept, strict=True) if keep]
            for name, column in self._columns.items()
        }
        return Rows(self.names, columns, self.files)


def add_week(
    week: Any, document: Document, person: str, monday: dt.date, logged: Rows, booked: Rows, absent: Rows
) -> None:
    """The rows of one week file. Column by column: a loop over entries costs twice as much."""
    entries = week.logged
    if entries:
        logged["person"].extend([person] * len(entries))
        logged["day"].extend([entry.date for entry in entries])
        for name in LOGGED[2:]:
            logged[name].extend(map(attrgetter(name), entries))
        logged["file"].extend([_file(logged, document.file)] * len(entries))
        logged["line"].extend(document.item_lines("logged"))
    if week.booked:
        file = _file(booked, document.file)
        for item, line in zip(week.booked, document.item_lines("booked"), strict=True):
            instead = item.instead
            decided = (instead.decision, instead.to, instead.why) if instead else (None, None, None)
            row = (
                person,
                monday,
                item.project,
                item.task,
                item.minutes,
                item.added,
                *decided,
                week.planned,
                file,
                line,
            )
            _append(booked, row)
    if week.absent:
        file = _file(absent, document.file)
        for away, line in zip(week.absent, document.item_lines("absent"), strict=True):
            _append(absent, (person, away.date, away.reason, away.minutes, file, line))


def add_web(year: Any, document: Document, web: Rows) -> None:
    """The rows of one file of web figures: one a month and channel."""
    file = _file(web, document.file)
    for month, channels in year.root.items():
        first = dt.date(int(month[:4]), int(month[5:]), 1)
        for channel, figures in channels.items():
            line = document.place((month, channel), key=True).line
            _append(web, (first, channel, figures.visitors, figures.leads, figures.spend, file, line))


def add_support(month: Any, document: Document, support: Rows) -> None:
    """The rows of one file of support cases."""
    file = _file(support, document.file)
    for at, case in enumerate(month.root):
        row = (
            case.id,
            case.opened,
            case.closed,
            case.customer,
            case.type,
            case.area,
            case.question,
            case.text,
            case.minutes,
        )
        _append(support, (*row, file, document.place((at,)).line))


def _file(rows: Rows, file: str) -> int:
    if not rows.files or rows.files[-1] != file:
        rows.files.append(file)
    return len(rows.files) - 1


def _append(rows: Rows, row: tuple[Any, ...]) -> None:
    for name, value in zip(rows.names, row, strict=True):
        rows[name].append(value)
