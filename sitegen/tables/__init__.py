"""Records → tidy tables: one table a kind, every column documented, integers, dates and text only."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from sitegen.tables.table import Table, coded

__all__ = ["Table", "Tables", "coded"]

if TYPE_CHECKING:
    import polars as pl


def _all() -> tuple[Table, ...]:
    from sitegen.tables import crm, plans, time

    return (*time.TABLES, *crm.TABLES, *plans.TABLES)


class Tables(Mapping[str, "pl.DataFrame"]):
    """The tables of some records, each made when it is first asked for."""

    def __init__(self, records: Any) -> None:
        self._records = records
        self._tables = {table.name: table for table in _all()}
        self._made: dict[str, pl.DataFrame] = {}

    def __getitem__(self, name: str) -> pl.DataFrame:
        if name not in self._made:
            self._made[name] = coded(self._tables[name].build(self._records))
        return self._made[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._tables)

    def __len__(self) -> int:
        return len(self._tables)
