"""Every `reduce` leaves exactly the same on every engine: Polars, DuckDB, SQLFrame, and Spark where it is installed.

The tables are those that engines part on: none at all, made-up companies full of duplicates, ties, Sundays, week 53,
29 February, hours without rate and moves on the day itself, with rows that have gone missing, and our own company.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import narwhals as nw
import polars as pl
import pytest
from polars.testing import assert_frame_equal

from sitegen import records
from sitegen.periods import Calendar
from sitegen.report import Context, Metric
from sitegen.reports import REPORTS
from sitegen.tables import Tables
from tests.conformance import engines
from tests.oracles import company

ROOT = Path(__file__).parents[2]
SAMPLE_DAY = dt.date(2026, 6, 30)
LEAP_DAY = dt.date(2024, 2, 29)

REDUCES: dict[str, Metric] = {}
"""Metrics with a `reduce`, by report and name; those that share one are here once."""
_seen: set[Any] = set()
for _report in REPORTS:
    for _metric in (*_report.metrics, *(data.metric for data in _report.data)):
        if _metric.reduce is not None and (_metric.reduce, tuple(_metric.schema)) not in _seen:
            _seen.add((_metric.reduce, tuple(_metric.schema)))
            REDUCES[f"{_report.slug}.{_metric.name}"] = _metric


class _Read(dict[str, Any]):
    """The tables of one case on one engine."""

    def __init__(self, engine: engines.Engine, paths: Mapping[str, Path]) -> None:
        self._engine, self._paths = engine, paths

    def __contains__(self, name: object) -> bool:
        return name in self._paths

    def __missing__(self, name: str) -> Any:
        self[name] = nw.from_native(self._engine.table(self._paths[name]))
        return self[name]


class Case:
    """One company: its tables, the days to compute for, and each engine's own view of the same Parquet files."""

    def __init__(self, read: records.Records, tables: Mapping[str, pl.DataFrame], days: tuple[dt.date, ...], at: Path):
        self.read, self.tables, self.days = read, tables, days
        at.mkdir()
        self.paths = engines.written(tables, at)
        self._on: dict[int, _Read] = {}
        self._left: dict[tuple[int, dt.date], pl.DataFrame] = {}

    def context(self, tables: Mapping[str, Any], as_of: dt.date) -> Context:
        organisation = self.read.organisation
        return Context(tables, as_of, organisation, self.read, Calendar.of(organisation))

    def on(self, engine: engines.Engine) -> Mapping[str, Any]:
        """The tables as Narwhals frames of an engine, each read when it is first asked for."""
        return self._on.setdefault(id(engine), _Read(engine, self.paths))

    def on_polars(self, metric: Metric, as_of: dt.date) -> pl.DataFrame:
        """What `Metric.run` hands to `finish`; made once."""
        assert metric.reduce is not None
        if (id(metric), as_of) not in self._left:
            lazy = metric.reduce(**self.context(self.tables, as_of).arguments(metric.reduce, lazy=True))
            native = lazy.collect(backend="polars").to_native()
            left = native.select(pl.col(name).cast(kind) for name, kind in metric.schema.items())
            self._left[id(metric), as_of] = left.sort(list(metric.schema))
        return self._left[id(metric), as_of]

    def on_engine(self, metric: Metric, as_of: dt.date, engine: engines.Engine) -> pl.DataFrame:
        assert metric.reduce is not None
        lazy = metric.reduce(**self.context(self.on(engine), as_of).arguments(metric.reduce))
        return engines.reduced(lazy, engine, metric.schema)


def _with_gaps(tables: Tables) -> dict[str, pl.DataFrame]:
    """Half of the rows of each table of the sample that is joined to another: keys without a partner, in no order."""
    halved = ("projects", "rates", "contracts", "budgets", "tasks", "project_spans", "plan_activities", "quotes")
    return {name: tables[name].sample(fraction=0.5 if name in halved else 1, seed=7, shuffle=True) for name in tables}


@pytest.fixture(scope="module")
def cases(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Case]:
    at = tmp_path_factory.mktemp("conformance")
    nothing = records.read(tmp_path_factory.mktemp("none")).records
    edges = [company.read(at / f"records-{seed}", seed, people=6, projects=7) for seed in (11, 12)]
    sample = records.read(ROOT / "records").records
    days = (company.AS_OF, company.AS_OF - dt.timedelta(days=4), LEAP_DAY)
    made = {
        "nothing": Case(nothing, _all(Tables(nothing)), (SAMPLE_DAY,), at / "nothing"),
        "edges": Case(edges[0], _all(Tables(edges[0])), days, at / "edges"),
        "gaps": Case(edges[1], _with_gaps(Tables(edges[1])), days[:1], at / "gaps"),
        "sample": Case(sample, _all(Tables(sample)), (SAMPLE_DAY,), at / "sample"),
    }
    return made


def _all(tables: Tables) -> dict[str, pl.DataFrame]:
    return {name: tables[name] for name in tables}


@cache
def engine_of(name: str) -> engines.Engine:
    return engines.ENGINES[name]()


RUNS = [("duckdb", case) for case in ("nothing", "edges", "gaps", "sample")]
RUNS += [("sqlframe", "edges"), ("spark", "nothing"), ("spark", "edges")]
"""SQLFrame takes seconds to write the SQL of a long query, and Spark to plan it: they run the edges of one day."""


@pytest.mark.parametrize(("engine", "case"), RUNS)
@pytest.mark.parametrize("name", REDUCES)
def test_a_reduce_leaves_on_every_engine_exactly_what_polars_gives(
    name: str, engine: str, case: str, cases: dict[str, Case]
) -> None:
    why = engines.missing(engine)
    if why:
        pytest.skip(why)
    metric, chosen = REDUCES[name], cases[case]
    for as_of in chosen.days if engine == "duckdb" else chosen.days[:1]:
        ours, theirs = chosen.on_polars(metric, as_of), chosen.on_engine(metric, as_of, engine_of(engine))
        assert_frame_equal(ours, theirs, check_exact=True)


@pytest.mark.parametrize("name", REDUCES)
def test_the_cases_give_every_reduce_something_to_do(name: str, cases: dict[str, Case]) -> None:
    """Equal frames without rows would prove nothing."""
    metric = REDUCES[name]
    assert any(len(case.on_polars(metric, as_of)) for case in cases.values() for as_of in case.days)


def test_the_cases_hold_what_engines_part_on(cases: dict[str, Case]) -> None:
    """Week 53, 29 February, a Sunday, entries written twice, hours without task, department or rate, a move midweek."""
    logged = cases["edges"].tables["logged"]
    days = set(logged["day"])
    assert LEAP_DAY in days and any(day.isoweekday() == 7 for day in days)
    assert any(day.isocalendar().week == 53 for day in days)
    assert logged.select("person", "project", "day", "minutes").is_duplicated().any()
    assert logged["department"].null_count() and logged["task"].null_count()
    assert len(set(logged.filter(person="p0")["department"])) == 2
    rates = cases["edges"].tables["rates"]
    assert rates["rate_minor"].null_count()


def test_another_result_is_seen(cases: dict[str, Case]) -> None:
    """One minute more on one side, a row that is there twice, a number that comes as text: each is a difference."""
    schema = {"person": pl.String, "minutes": pl.Int64}
    ours = engines.framed([{"person": "a", "minutes": 60}], schema)
    for other in (
        [{"person": "a", "minutes": 61}],
        [{"person": "a", "minutes": 60}] * 2,
        [{"person": None, "minutes": 60}],
    ):
        with pytest.raises(AssertionError):
            assert_frame_equal(ours, engines.framed(other, schema), check_exact=True)
    with pytest.raises(TypeError):
        engines.framed([{"person": "a", "minutes": "60"}], schema)
