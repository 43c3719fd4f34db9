"""The engines that a `reduce` is run on, each from the same Parquet files, and what it leaves as a Polars frame.

Not `collect`: that asks an engine for a frame of another library and needs pyarrow. The rows are fetched as they are.
"""

from __future__ import annotations

import datetime as dt
import shutil
from collections.abc import Iterable, Mapping
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Protocol

import narwhals as nw
import polars as pl


class Engine(Protocol):
    """An engine: reads tables, and gives the rows of what was made of them."""

    def table(self, path: Path) -> Any:
        """A Parquet file as the engine's own lazy frame."""

    def rows(self, made: Any) -> tuple[list[str], list[tuple[Any, ...]]]:
        """The columns and rows of one of its frames."""


class DuckDB:
    """DuckDB, in memory."""

    def __init__(self) -> None:
        import duckdb

        self.connection = duckdb.connect()

    def table(self, path: Path) -> Any:
        return self.connection.read_parquet(str(path))

    def rows(self, made: Any) -> tuple[list[str], list[tuple[Any, ...]]]:
        return list(made.columns), made.fetchall()


class SQLFrame:
    """SQLFrame: the interface of Spark, written out as SQL; the SQL is run by DuckDB."""

    def __init__(self) -> None:
        from sqlframe.duckdb import DuckDBSession

        self.session = DuckDBSession()

    def table(self, path: Path) -> Any:
        return self.session.read.parquet(str(path))

    def rows(self, made: Any) -> tuple[list[str], list[tuple[Any, ...]]]:
        return list(made.columns), [tuple(row) for row in made.collect()]


class Spark:
    """Spark on this machine alone, in one thread."""

    def __init__(self) -> None:
        from pyspark.sql import SparkSession

        self.session = (
            SparkSession.builder.master("local[1]")
            .config("spark.ui.enabled", "false")
            .config("spark.sql.shuffle.partitions", "1")
            .config("spark.sql.session.timeZone", "UTC")
            .getOrCreate()
        )

    def table(self, path: Path) -> Any:
        return self.session.read.parquet(str(path))

    def rows(self, made: Any) -> tuple[list[str], list[tuple[Any, ...]]]:
        return list(made.columns), [tuple(row) for row in made.collect()]


ENGINES: dict[str, type[Engine]] = {"duckdb": DuckDB, "sqlframe": SQLFrame, "spark": Spark}


def missing(name: str) -> str:
    """Why an engine cannot be run here; empty where it can. DuckDB and SQLFrame are in `dev`: they never miss."""
    if name != "spark":
        return ""
    if shutil.which("java") is None:
        return "Spark needs Java, which is not installed"
    return "" if find_spec("pyspark") else "pyspark is not installed: make test-spark"


def written(tables: Mapping[str, pl.DataFrame], folder: Path) -> dict[str, Path]:
    """The tables as Parquet files."""
    paths = {name: folder / f"{name}.parquet" for name in tables}
    for name, path in paths.items():
        tables[name].write_parquet(path)
    return paths


def reduced(lazy: nw.LazyFrame, engine: Engine, schema: Mapping[str, Any]) -> pl.DataFrame:
    """What the query leaves, in the metric's own columns and types, sorted: what `Metric.run` hands to `finish`."""
    columns, rows = engine.rows(lazy.to_native())
    return framed((dict(zip(columns, row, strict=True)) for row in rows), schema)


PYTHON = {pl.String: str, pl.Date: dt.date, pl.Boolean: bool}
"""What a value of a column is when it is fetched; of every other type it is an int."""


def framed(rows: Iterable[Mapping[str, Any]], schema: Mapping[str, Any]) -> pl.DataFrame:
    """Rows as a frame of exactly these columns.

    Raises:
        TypeError: a value is of another type, such as a sum that came as text or as a decimal number.
    """
    found = [[row[name] for name in schema] for row in rows]
    for at, (name, kind) in enumerate(schema.items()):
        wrong = {type(row[at]) for row in found} - {PYTHON.get(kind, int), type(None)}
        if wrong:
            raise TypeError(f"{name} came as {wrong}")
    return pl.DataFrame(found, schema=dict(schema), orient="row").sort(list(schema))
