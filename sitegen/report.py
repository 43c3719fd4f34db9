"""What a report offers, and how its metrics are run; a report's modules are loaded only when asked for."""

from __future__ import annotations

import datetime as dt
import inspect
from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import Executor, Future
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from sitegen.results import Column, Result

if TYPE_CHECKING:
    import polars as pl

MOST_ROWS = 200_000
"""A `reduce` that leaves more rows than this is an error that names the metric: it does not reduce."""

LARGE = ("logged", "booked")
"""Tables of a row an entry: `finish` has their texts coded, as they are kept; those of the others are plain."""


@dataclass(frozen=True)
class Report:
    """One report: its place in the site, and the question it answers.

    `title` and `question` are msgids. `audience` is the lowest that sees any of it. With `each`, the report has one
    page for every record of that kind (`project`, `customer`, `campaign`, `activity`, `person`) besides its list; where
    it names a table of the report instead, one for every row of it. `first` puts it first in its section's navigation,
    also where it is computed after reports whose results it takes.
    """

    slug: str
    title: str
    question: str
    section: str
    audience: str = "everyone"
    each: str | None = None
    first: bool = False

    def _module(self, name: str) -> Any:
        import importlib

        return importlib.import_module(f"sitegen.reports.{self.slug}.{name}")

    @property
    def metrics(self) -> tuple[Metric, ...]:
        """RESULTS of the report's `metric.py`."""
        return self._module("metric").RESULTS

    @property
    def charts(self) -> Mapping[str, Callable[..., Any]]:
        """CHARTS of the report's `chart.py`: name → function of (results, width, words, lang) that gives an Altair
        chart or None.
        """
        return self._module("chart").CHARTS

    @property
    def data(self) -> tuple[Data, ...]:
        """DATA of the report's `metric.py`: what its page loads when the reader works with it; most have none."""
        return getattr(self._module("metric"), "DATA", ())

    def attention(self, results: Mapping[str, Result]) -> tuple[Attention, ...]:
        """What this report's figures say needs a decision; empty when its metric module offers none."""
        offered = getattr(self._module("metric"), "attention", None)
        return tuple(offered(results)) if offered else ()


@dataclass(frozen=True)
class Value:
    """A figure inside a sentence: `<table>.<row key>.<column>` of the report's results."""

    table: str
    row: str
    column: str


@dataclass(frozen=True)
class Word:
    """A value inside a sentence that is itself a message, such as the name of an area or a status."""

    msgid: str


@dataclass(frozen=True)
class Counted:
    """A number with its noun inside a sentence: “1 week”, “3 weeks”; the msgids of both have `%(n)s`."""

    one: str
    many: str
    n: Value


@dataclass(frozen=True)
class Week:
    """A week inside a sentence that says the word “week”: any day of it."""

    day: dt.date


@dataclass(frozen=True)
class Attention:
    """Something that needs a decision: one sentence, its consequence, and where to go.

    `what` and `so` are (msgid, values); a value is text (escaped), a Value (printed as the figure with its unit),
    a Word (translated), a Counted (a figure and its noun), a Week or a date.
    `weight` orders the list within a severity: the consequence in hours (or kroner ÷ 500, customers × 20).
    `page` is (kind, id) or (report slug, None); `sources` are (kind, id) of the records to edit.
    """

    report: str
    severity: str  # urgent, warning, note
    weight: float
    what: tuple[str, Mapping[str, Any]]
    so: tuple[str, Mapping[str, Any]]
    page: tuple[str, str | None]
    sources: tuple[tuple[str, str], ...] = ()
    audience: str = "everyone"


@dataclass(frozen=True)
class Metric:
    """One result of a report: rows ← tables (`reduce`, any engine, integers only) or ← records; then `finish`.

    `reduce`'s parameters name tables, or sums that several begin with (`metrics.sums`), as Narwhals lazy frames, and
    may include `as_of`, `organisation`, `calendar`; it gives a lazy frame with `schema`'s columns. Leave `reduce` out
    and `finish` computes from records or other results alone.
    `finish`'s first parameter is the reduced Polars frame (if there is a `reduce`), or what `prepare` makes of it; the
    others are named from: any table (as a Polars frame), `as_of`, `organisation`, `records`, `calendar`, `audience`,
    and `results` (those of the reports before this one and of this report so far, `"<report>.<table>"` → Result). It
    gives rows with a text column `key`, or (rows, left_out).
    `prepare` takes the same parameters but `results`, and is run once for all metrics that name it: what several tables
    or reports show, such as where each project stands. What it gives is read, never changed.
    """

    name: str
    columns: tuple[Column, ...]
    finish: Callable[..., Any]
    reduce: Callable[..., Any] | None = None
    schema: Mapping[str, Any] = field(default_factory=dict)
    total_key: str | None = None
    prepare: Callable[..., Any] | None = None

    @property
    def shared(self) -> tuple[Any, ...]:
        """The same for metrics that share what their `reduce` leaves."""
        return self.reduce, tuple(self.schema)

    @property
    def stands_alone(self) -> bool:
        """Whether it needs neither what an engine sums nor earlier results, so that it may be the first to be run."""
        return self.reduce is None and "results" not in inspect.signature(self.finish).parameters

    def query(self, context: Context, report: str) -> Callable[[], pl.DataFrame]:
        """What has the `reduce` run, on any thread: its tables are made here, and what it leaves comes sorted."""
        import polars as pl

        assert self.reduce is not None
        reduce = self.reduce
        context.make_tables(reduce)

        def collected() -> pl.DataFrame:
            lazy = reduce(**context.arguments(reduce, lazy=True))
            native = lazy.collect(backend="polars").to_native()
            frame: pl.DataFrame = native.select(pl.col(name).cast(kind) for name, kind in self.schema.items())
            if len(frame) > MOST_ROWS:
                raise ValueError(f"{report}.{self.name}: reduce left {len(frame)} rows; at most {MOST_ROWS}")
            return frame.sort(list(self.schema))

        return collected

    def run(self, context: Context, report: str = "") -> Result:
        """The result for the context's tables and day.

        Raises:
            ValueError: when `reduce` leaves more than MOST_ROWS rows, or a parameter names nothing.
        """
        arguments: list[Any] = []
        if self.reduce is not None:
            if self.shared not in context.reduced:
                context.reduced[self.shared] = self.query(context, report)()
            held = context.reduced[self.shared]
            arguments.append(held.result() if isinstance(held, Future) else held)
        if self.prepare is not None:
            key = (self.shared, self.prepare)
            if key not in context.prepared:
                given = context.arguments(self.prepare, skip=len(arguments))
                context.prepared[key] = self.prepare(*arguments, **given)
            arguments = [context.prepared[key]]
        finished = self.finish(*arguments, **context.arguments(self.finish, skip=len(arguments)))
        rows, left_out = finished if isinstance(finished, tuple) else (finished, {})
        return Result(self.name, self.columns, rows, dict(left_out), self.total_key, report)


@dataclass(frozen=True)
class Data:
    """Figures a script of the page loads when the reader asks for them: too many for its tables.

    `metric` gives them, and is run when the site's files are written, not with the results. `plain` makes of the
    result, the records that the audience may see and the language what becomes JSON in
    `data/<report>.<metric's name>.js`; the same figures lie beside it as CSV.
    """

    metric: Metric
    plain: Callable[[Result, Any, str], Any]


@dataclass
class Context:
    """What metrics may ask for by name: the tables, the day, the organisation, the calendar, earlier results."""

    tables: Mapping[str, pl.DataFrame]
    as_of: Any
    organisation: Any = None
    records: Any = None
    calendar: Any = None
    audience: str = "management"
    results: dict[str, Result] = field(default_factory=dict)
    reduced: dict[Any, pl.DataFrame | Future[pl.DataFrame]] = field(default_factory=dict)
    """What each `reduce` left, or will: metrics that share one, of one report or several, have it run once."""
    prepared: dict[Any, Any] = field(default_factory=dict)
    """What each `prepare` made."""
    sums: dict[str, pl.DataFrame] = field(default_factory=dict)
    """The sums that a `reduce` asked for: those that name one have it run once."""
    plain: dict[str, pl.DataFrame] = field(default_factory=dict)
    """The tables that a `finish` asked for, with plain texts."""

    def reduce_ahead(self, metrics: Iterable[tuple[str, Metric]], thread: Executor) -> None:
        """Has the `reduce` of each metric run on another thread, in this order, while results are finished on this one.

        An engine works outside of Python's lock, so that both cores are busy. What goes wrong there is raised where
        the metric is run.
        """
        for report, metric in metrics:
            if metric.reduce is not None and metric.shared not in self.reduced:
                self.reduced[metric.shared] = thread.submit(metric.query(self, report))

    def make_tables(self, function: Callable[..., Any]) -> None:
        """Has the tables made that `function`, or a sum that it names, begins with."""
        from sitegen.metrics.sums import SUMS

        for name in inspect.signature(function).parameters:
            if name in SUMS:
                self.make_tables(SUMS[name])
            elif name in self.tables:
                assert self.tables[name] is not None

    def arguments(self, function: Callable[..., Any], *, lazy: bool = False, skip: int = 0) -> dict[str, Any]:
        """The keyword arguments that `function` names; tables as Narwhals lazy frames when `lazy`."""
        from sitegen.metrics.sums import SUMS

        own = {"as_of", "organisation", "records", "calendar", "audience", "results"}
        arguments: dict[str, Any] = {}
        for name in list(inspect.signature(function).parameters)[skip:]:
            if name in own:
                arguments[name] = getattr(self, name)
            elif name in SUMS:
                arguments[name] = self._sum(name, SUMS[name], lazy)
            elif name not in self.tables:
                raise ValueError(f"{function.__module__}.{function.__qualname__} asks for {name!r}, which is no table")
            elif lazy:
                import narwhals as nw

                from sitegen.tables import coded

                arguments[name] = nw.from_native(coded(self.tables[name]).lazy())
            else:
                arguments[name] = self.tables[name] if name in LARGE else self._plain(name)
        return arguments

    def _sum(self, name: str, function: Callable[..., Any], lazy: bool) -> Any:
        """A sum that several begin with: made once of our own tables, and part of the query on another engine."""
        import narwhals as nw

        if not lazy:
            return function(**self.arguments(function))
        if name not in self.sums:
            made = function(**self.arguments(function, lazy=True))
            self.sums[name] = made.collect(backend="polars").to_native()
        return nw.from_native(self.sums[name].lazy())

    def _plain(self, name: str) -> Any:
        """A table with plain texts, which are joined with what rows were made of; another engine's is as it is."""
        import polars as pl

        table: Any = self.tables[name]
        if not isinstance(table, pl.DataFrame):
            return table
        if name not in self.plain:
            self.plain[name] = table.with_columns(pl.col(pl.Categorical).cast(pl.String))
        return self.plain[name]
