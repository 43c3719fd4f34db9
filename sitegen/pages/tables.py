"""Tables of results as a template holds them: rows whose columns are figures or words, and which of them are shown."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from sitegen.formats import Format, rounded
from sitegen.pages.escaping import escape
from sitegen.pages.figures import WHY, Figure, Term
from sitegen.pages.memory import Look, digest_of
from sitegen.results import Column, Result

_ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)+")


class Row:
    """One row of a result: `row.key`, `row.id` (the key's first part) and each column: a Figure, or text where it is
    text.
    """

    __slots__ = ("_made", "_table", "_values")

    def __init__(self, table: Table, values: dict[str, Any]) -> None:
        self._table = table
        self._values = values
        self._made: dict[str, Any] = {}

    @property
    def key(self) -> str:
        return self._values["key"]

    @property
    def id(self) -> str:
        return self._values["key"].partition("/")[0]

    @property
    def last(self) -> str:
        """The key's last part."""
        return self._values["key"].rpartition("/")[2]

    def __getattr__(self, name: str) -> Any:
        # asked for again on every page that shows the row: made once
        try:
            return self._made[name]
        except KeyError:
            made = self._made[name] = self._make(name)
            return made

    def _make(self, name: str) -> Any:
        column = self._table.by_name.get(name)
        if column is None:
            raise AttributeError(f"{self._table.name} has no column {name!r} for this audience")
        values = self._values
        if column.unit == "text":
            value = values[name]
            if value in column.words:
                return Term(value, self._table.say(column.words[value]))
            if column.words and _ID.fullmatch(value or ""):  # an id of the organisation's own, read as words
                return Term(value, escape(value.replace("-", " ")))
            return value
        return Figure(
            f"{self._table.name}.{values['key']}.{name}",
            column.unit,
            values[name],
            values.get(f"{name}_why"),
            self._table.format,
            self._table.say,
            k=values.get(f"{name}_k"),
            n=values.get(f"{name}_n"),
            low=values.get(f"{name}_low"),
            high=values.get(f"{name}_high"),
        )

    def __getitem__(self, name: str) -> Any:
        try:
            return getattr(self, name)
        except AttributeError as error:
            raise KeyError(name) from error

    def reasons(self, shown: Iterable[Spec]) -> list[str]:
        """The different reasons in this row, as msgids, of the columns that a table shows; one that it does not show,
        or hides until it is chosen, has no dash that a reason would explain.
        """
        found = (self._values.get(f"{spec.name}_why") for spec in shown if not spec.off)
        return list(dict.fromkeys(WHY[why] for why in found if why))


@dataclass(frozen=True)
class Spec:
    """How one column of a table is shown; in a template a column's name, or a dict of these."""

    name: str
    label: Any = None
    unit: Any = None
    """Written in the header instead of the unit's own; "" for none."""
    digits: int | None = None
    signed: bool = False
    short: bool = False
    """Short money: 1,4 mio."""
    week: bool = False
    """A day that stands for its week."""
    neg: bool = False
    """Below zero is bad: coloured."""
    strong: bool = False
    cases: bool = False
    """k/n, and the interval where there are few, below a share."""
    custom: bool = False
    """The caller draws it."""
    num: bool = False
    wide: bool = False
    """A custom column that holds a bar."""
    off: bool = False
    """Hidden until the reader chooses it (a table with `choose`)."""

    @classmethod
    def of(cls, column: str | Mapping[str, Any]) -> Spec:
        return cls(column) if isinstance(column, str) else cls(**column)

    def figure(self, figure: Figure) -> Figure:
        """The figure as this column writes it."""
        if self.digits is not None:
            figure = figure.digits(self.digits)
        if self.week:
            return figure.week
        return figure._written(with_sign=self.signed, shortened=self.short) if self.signed or self.short else figure


class Table:
    """A result as a template sees it: iterating gives its rows, the row of totals left out."""

    def __init__(self, result: Result, name: str, format: Format, say: Callable[..., Any]) -> None:
        self.result = result
        self.name = name
        self.format = format
        self.say = say
        self.by_name = {column.name: column for column in result.columns}
        self.looks: set[Look] | None = None
        """Where what is looked at is noted while a page is made."""
        self._rows: list[Row] | None = None
        self._digests: dict[tuple[str, str], str] = {}
        self._shape = repr((result.columns, list(result.left_out.items()), result.total_key)).encode()
        self._places: dict[str, Row] = {}
        self._groups: dict[str, list[Row]] = {}

    def _all(self) -> list[Row]:
        if self._rows is None:
            self._rows = [Row(self, values) for values in self.result.rows.iter_rows(named=True)]
            for row in self._rows:
                self._places[row.key] = row
                self._groups.setdefault(row.id, []).append(row)
        return self._rows

    def _look(self, how: str, key: str = "") -> None:
        if self.looks is not None:
            self.looks.add((self.name, how, key))

    def digest(self, how: str, key: str) -> str:
        """The hash of what a look at the table saw: `all`, the rows `of` an id, or one `row`."""
        if (how, key) not in self._digests:
            self._all()
            found = (
                self._rows if how == "all" else self._groups.get(key, []) if how == "of" else [self._places.get(key)]
            )
            values = [list(row._values.values()) if row is not None else None for row in found or []]
            self._digests[how, key] = digest_of(self._shape, values)
        return self._digests[how, key]

    @property
    def rows(self) -> list[Row]:
        """The rows without the total."""
        self._look("all")
        return [row for row in self._all() if row.key != self.result.total_key]

    def __iter__(self) -> Iterator[Row]:
        return iter(self.rows)

    def __len__(self) -> int:
        return len(self.rows)

    @property
    def total(self) -> Row | None:
        """The row that is the sum of the others, if there is one: a look at that row alone."""
        return self.find(self.result.total_key or "")

    def row(self, key: str) -> Row:
        """The row with this key; KeyError when there is none."""
        self._look("row", key)
        self._all()
        return self._places[key]

    def find(self, key: str) -> Row | None:
        """The row with this key, or nothing."""
        self._look("row", key)
        self._all()
        return self._places.get(key)

    def of(self, id: str) -> list[Row]:
        """The rows whose key begins with this id: `seo`, `seo/2026-W12`."""
        self._look("of", id)
        self._all()
        return self._groups.get(id, [])

    def has(self, column: str) -> bool:
        """Whether the audience may see this column."""
        return column in self.by_name

    def column(self, name: str) -> Column:
        return self.by_name[name]

    def shown(self, columns: Iterable[str | Mapping[str, Any]]) -> list[Spec]:
        """The columns that the audience may see, and those the caller draws."""
        return [spec for spec in map(Spec.of, columns) if spec.custom or self.has(spec.name)]

    @property
    def left_out(self) -> list[tuple[str, int]]:
        """What was not used: (reason as msgid, how many), only what is above 0."""
        self._look("all")
        return [(reason, count) for reason, count in self.result.left_out.items() if count]

    def rounded(self, rows: list[Row], columns: list[Spec]) -> bool:
        """Whether figures shown in these rows do not add up to the total shown, though the exact ones do (G10)."""
        total = self.total
        if total is None:
            return False
        for spec in columns:
            name = spec.name
            column = self.by_name.get(name)
            if column is None or spec.short or column.unit not in ("minutes", "money"):
                continue
            values = [row._values[name] or 0 for row in rows]
            exact = total._values[name]
            # what is no whole minute or minor unit is a float, and the sum of floats may be off by a hair
            if exact is None or not math.isclose(math.fsum(values), exact, rel_tol=1e-12, abs_tol=1e-6):
                continue
            digits = self.format.digits(column.unit, exact) if spec.digits is None else spec.digits
            units = 60 if column.unit == "minutes" else 100
            shown = [rounded(Decimal(repr(value)) / units, digits) for value in (*values, exact)]
            if sum(shown[:-1]) != shown[-1]:
                return True
        return False


class Tables:
    """`r` in a template: `r.projects` is a table of the page's own report, `r["budget.projects"]` one of another
    report.
    """

    def __init__(self, own: dict[str, Table], others: Callable[[str], Table]) -> None:
        self._own = own
        self._others = others

    def __getattr__(self, name: str) -> Table:
        try:
            return self._own[name]
        except KeyError:
            raise AttributeError(f"the report has no table {name!r}") from None

    def __getitem__(self, name: str) -> Table:
        return self._own[name] if name in self._own else self._others(name)

    def __contains__(self, name: str) -> bool:
        if name in self._own:
            return True
        try:
            self._others(name)
        except KeyError:
            return False
        return True
