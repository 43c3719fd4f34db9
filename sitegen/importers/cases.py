"""Rows of a help desk's file → support cases; a row that cannot be one is named with its reason.

A case is known by the desk's own id: one that is there already stays as it is, but for the day it was closed.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from sitegen.importers import cells, importer, values
from sitegen.importers.desk import COLUMNS, EMPTY, DeskMap, DeskNames, case_id
from sitegen.importers.importer import StaysOut
from sitegen.importers.sheet import Sheet
from sitegen.importers.values import Order
from sitegen.messages import Refusal
from sitegen.records import Records


@dataclass(frozen=True)
class Case:
    """One row as it is to be kept; `minutes` is None where nobody wrote how long it took."""

    line: int
    id: str
    opened: dt.date
    closed: dt.date | None
    customer: str
    type: str
    area: str
    question: str
    text: str
    minutes: int | None

    @property
    def day(self) -> dt.date:
        """The day that cases stand in the order of."""
        return self.opened

    @property
    def file(self) -> str:
        """The month's file below the folder of the records."""
        return f"crm/support/{self.opened:%Y-%m}.yml"

    @property
    def data(self) -> dict[str, Any]:
        """The case as it is written."""
        written: dict[str, Any] = {"id": self.id, "opened": self.opened.isoformat()}
        written |= {"closed": self.closed.isoformat()} if self.closed else {}
        for key in ("customer", "type", "area", "question", "text"):
            written |= {key: getattr(self, key)} if getattr(self, key) else {}
        return written | ({"minutes": self.minutes} if self.minutes is not None else {})


@dataclass(frozen=True)
class Closing:
    """A case that is there already, and was closed since, on `day`."""

    line: int
    id: str
    day: dt.date
    file: str

    @property
    def data(self) -> dict[str, Any]:
        """Nothing: the case has the day alone."""
        return {}


Change = Case | Closing
Found = importer.Found[Change]


@dataclass(frozen=True)
class _Known:
    """A case of the records."""

    opened: dt.date
    closed: dt.date | None
    file: str


def cases(sheet: Sheet, records: Records, names: DeskNames, given: DeskMap, order: Order | None) -> Found:
    """The cases of a file.

    Args:
        sheet: the file.
        records: the cases that are there already, among all others.
        names: the ids of what the file calls by name.
        given: what the map says.
        order: what comes first in its dates; None: the file says.

    Raises:
        Refusal: a column that is needed is missing or stands twice, or the dates can be read in two ways.
    """
    places = cells.columns(sheet.header, COLUMNS, given.columns)
    cells.need(places, [("id",), ("opened",)], sheet.header)
    if {"minutes", "hours"} <= places.keys():
        raise Refusal("the file has a column for hours and one for minutes: write null for one of them in the map")
    found = Found()
    rows = list(_rows(sheet, places, found))
    days = [(line, row[what]) for line, row in rows for what in ("opened", "closed")]
    order = values.order_of(days, order)
    known = _known(records)
    lines: dict[str, int] = {}
    for line, row in rows:
        try:
            id = case_id(row["id"], given.source or "")
            if id in lines:
                raise Refusal("the id '%(written)s' stands in line %(line)s too", written=id[:60], line=lines[id])
            lines[id] = line
            opened, closed = _days(row, order)
            if id in known:
                _again(line, id, opened, closed, known[id], found)
            else:
                found.changes.append(_case(line, id, opened, closed, row, names))
        except Refusal as refusal:
            found.refused[line] = refusal
    return found


def _rows(sheet: Sheet, places: Mapping[str, int], found: Found) -> Iterator[tuple[int, Mapping[str, str]]]:
    """Line and cells of each row, a dash for nothing taken as nothing; sums stay out."""
    for line, row in cells.by_meaning(sheet, places, found):
        row = {what: "" if row[what] in EMPTY and what != "text" else row[what] for what in COLUMNS}
        if not row["id"] and not row["opened"]:
            found.stay_out[line] = StaysOut("the row names neither a case nor a day: a sum, not a case")
            continue
        yield line, row


def _known(records: Records) -> dict[str, _Known]:
    rows = records.support
    columns = (rows[name] for name in ("id", "opened", "closed", "file"))
    return {id: _Known(opened, closed, rows.files[file]) for id, opened, closed, file in zip(*columns, strict=True)}


def _days(row: Mapping[str, str], order: Order) -> tuple[dt.date, dt.date | None]:
    """The days a case was opened and closed on, as the file's clock has them."""
    opened = values.sure_day(row["opened"], order)
    closed = values.sure_day(row["closed"], order) if row["closed"] else None
    if closed is not None and closed < opened:
        raise Refusal(
            "closed on %(closed)s, before it was opened on %(opened)s", closed=str(closed), opened=str(opened)
        )
    return opened, closed


def _again(line: int, id: str, opened: dt.date, closed: dt.date | None, known: _Known, found: Found) -> None:
    """A case that is there already: as it was, closed since, or with other days, which is the reader's to mend."""
    if opened != known.opened:
        raise Refusal(
            "the case '%(written)s' was opened on %(before)s in the records and on %(now)s in the file: mend it",
            written=id[:60],
            before=str(known.opened),
            now=str(opened),
        )
    if closed == known.closed:
        found.there.append(line)
    elif known.closed is None and closed is not None:
        found.changes.append(Closing(line, id, closed, known.file))
    elif closed is None:
        raise Refusal(
            "the case '%(written)s' was closed on %(before)s in the records and is open in the file: mend it",
            written=id[:60],
            before=str(known.closed),
        )
    else:
        raise Refusal(
            "the case '%(written)s' was closed on %(before)s in the records and on %(now)s in the file: mend it",
            written=id[:60],
            before=str(known.closed),
            now=str(closed),
        )


def _case(
    line: int, id: str, opened: dt.date, closed: dt.date | None, row: Mapping[str, str], names: DeskNames
) -> Case:
    return Case(
        line,
        id,
        opened,
        closed,
        names.customer(row["customer"], row["company_number"]),
        names.type(row["type"]),
        names.area(row["area"]),
        names.question(row["question"]),
        row["text"],
        _minutes(row),
    )


def _minutes(row: Mapping[str, str]) -> int | None:
    """Whole minutes, half a minute up; None where there are none: a desk's 0 is time that nobody kept."""
    exact = values.written_time(row["hours"], row["minutes"])
    if exact is not None and exact < 0:
        raise Refusal("the time is less than nothing: %(written)s", written=(row["hours"] or row["minutes"])[:60])
    return values.whole_minutes(exact) if exact else None
