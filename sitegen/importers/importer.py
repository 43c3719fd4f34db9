"""What every importer is: a reader of rows, and the words that it adds to what all of them say.

A new one is a class of this kind and a line in `importers.IMPORTERS`; `plan` finds what it would write right with all
other records, and the command writes it.
"""

from __future__ import annotations

import datetime as dt
from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, ClassVar, Generic, Protocol, TypeVar

from sitegen.importers.sheet import Sheet
from sitegen.importers.values import Order
from sitegen.messages import Refusal
from sitegen.models.base import Model
from sitegen.records import Records
from sitegen.records.entries import Section


class Change(Protocol):
    """What one row would change in a file of the records."""

    @property
    def line(self) -> int:
        """The line of the row."""

    @property
    def id(self) -> str:
        """What the entry is kept under, and found again by; no other row has it."""

    @property
    def day(self) -> dt.date:
        """The day that entries stand in the order of, or that an entry gets."""

    @property
    def file(self) -> str:
        """The file below the folder of the records."""

    @property
    def data(self) -> Mapping[str, Any]:
        """A new entry as it is written; empty where an entry that is there gets the day."""


AnyChange = TypeVar("AnyChange", bound=Change)
AnyMap = TypeVar("AnyMap", bound=Model)


class StaysOut(Refusal):
    """Why a row is rightly not imported: nobody need do anything."""


@dataclass
class Found(Generic[AnyChange]):
    """What came of the rows; each line is in one of the first four.

    `there`: lines of rows that were imported before; `less`: of some of them the columns that are read now and were not
    then. `refused` and `stay_out`: reasons by line. `cleaned`: lines whose hidden letters went. `gone`: file and id of
    entries that were imported from this source for a day of the file, and are no row of it now: changed or deleted
    there, or filtered away.
    """

    changes: list[AnyChange] = field(default_factory=list)
    there: list[int] = field(default_factory=list)
    less: dict[int, tuple[str, ...]] = field(default_factory=dict)
    refused: dict[int, Refusal] = field(default_factory=dict)
    stay_out: dict[int, StaysOut] = field(default_factory=dict)
    cleaned: list[int] = field(default_factory=list)
    gone: list[tuple[str, str]] = field(default_factory=list)

    @property
    def new(self) -> list[AnyChange]:
        """The new entries."""
        return [change for change in self.changes if change.data]

    @property
    def amended(self) -> list[AnyChange]:
        """What entries that are there get."""
        return [change for change in self.changes if not change.data]

    def refuse(self, line: int, refusal: Refusal) -> None:
        """Keep the reason why a row is not imported."""
        if isinstance(refusal, StaysOut):
            self.stay_out[line] = refusal
        else:
            self.refused[line] = refusal


@dataclass(frozen=True)
class Options:
    """What the file alone does not say.

    `order`: what comes first in its dates. `person`: whose hours they are. `step`: minutes that clock times are
    rounded to; 0: durations are rounded to whole minutes only. `similar`: rows that may have been imported as others
    are other ones.
    """

    order: Order | None = None
    person: str = ""
    step: int = 0
    similar: bool = False


class Importer(ABC, Generic[AnyMap, AnyChange]):
    """One kind of file.

    `name`: as `--from` has it. `map`: what its map may say; it has `columns`. `columns`: for each meaning the names
    that a column may have, the best first: where several are there, the first counts. `section`: the list that entries
    are put into, and `key` the one of its keys that holds the id. `unread`: the beginning of the names of files none of
    which may be unreadable, for a row may be in any of them; "": it can only be in the file that it would be put into.
    `takes`: options that mean something here, of those that do not for every file.
    """

    name: str
    map: type[AnyMap]
    columns: Mapping[str, tuple[str, ...]]
    section: ClassVar[Section]
    key: ClassVar[str]
    unread: ClassVar[str] = ""
    takes: ClassVar[frozenset[str]] = frozenset()

    @abstractmethod
    def rows(self, sheet: Sheet, records: Records, given: AnyMap, options: Options) -> Found[AnyChange]:
        """What is to become of each row.

        Raises:
            Refusal: the file, the map or an option cannot be used.
        """

    @abstractmethod
    def text(self, root: Path, file: str, changes: Sequence[AnyChange]) -> str:
        """The new text of a file of the records.

        Raises:
            Refusal: one of the changes cannot be written into it.
        """

    def amount(self, new: Sequence[AnyChange]) -> str:
        """How much the new entries are, beside their number; "" where that says it."""
        return ""

    def amended(self, lang: str, *, dry_run: bool) -> str:
        """What is done to entries that are there; "" where the rows of this kind only ever make new ones."""
        return ""

    def notes(self, new: Sequence[AnyChange], lang: str) -> Sequence[str]:
        """What else a reader should know of the new entries."""
        return ()
