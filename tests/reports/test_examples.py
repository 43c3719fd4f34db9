"""Every report's `example.yml`, worked by hand: the tables in it go in, and each Metric must give the rows it says.

A file holds `as_of`, `working` (the arithmetic as a message), `expect` (metric → rows), and tables by name; a table
left out is
empty. `organisation` is a mapping of what the formulas ask it for; `records` (path → text) stand in for a folder of
records;
`before` names reports whose metrics are run first. A row of `expect` names its `key` and the columns that are checked;
rows
come in the order given, others may stand between them, and `[]` says that there is none.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import polars as pl
import pytest
import yaml

import sitegen.reports
from sitegen import records
from sitegen.periods import Calendar
from sitegen.report import Context
from sitegen.reports import REPORTS
from sitegen.tables import Tables
from sitegen.tables.projects import states
from sitegen.tables.time import on_the_day

FOLDER = Path(sitegen.reports.__file__).parent
EXAMPLES = sorted(path.parent.name for path in FOLDER.glob("*/example.yml"))
SETTINGS = {"as_of", "working", "expect", "organisation", "records", "before", "audience"}
BY_ID = {"departments", "suppliers", "criteria", "market_groups"}
BY_SLUG = {report.slug: report for report in REPORTS}


class Loader(yaml.SafeLoader):
    """YAML as the records are read: `on`, `yes` and `no` are words, true and false alone are not."""


Loader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in found if tag != "tag:yaml.org,2002:bool" or first in "tTfF"]
    for first, found in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


def as_object(value: Any, *, by_id: bool = False) -> Any:
    """A mapping as an object with attributes, which is what formulas get of the organisation; one by id stays a
    mapping.
    """
    if isinstance(value, Mapping):
        made = {key: as_object(held, by_id=not by_id and key in BY_ID) for key, held in value.items()}
        return made if by_id else SimpleNamespace(**made)
    return tuple(map(as_object, value)) if isinstance(value, list) else value


def table(rows: list[Mapping[str, Any]], empty: pl.DataFrame) -> pl.DataFrame:
    """The rows with the columns and types of the table; a column left out is null."""
    unknown = {name for row in rows for name in row} - set(empty.columns)
    assert not unknown, f"no such column: {sorted(unknown)}"
    whole = [{name: row.get(name) for name in empty.columns} for row in rows]
    return pl.DataFrame(whole, schema=empty.schema, strict=False)


def context_of(example: Mapping[str, Any], folder: Path) -> Context:
    """The example's tables (and records) as what metrics ask for."""
    for path, text in (example.get("records") or {}).items():
        file = folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    read = records.read(folder)
    assert not read.problems or not example.get("records"), [str(problem) for problem in read.problems]
    tables = Tables(read.records)
    given = {name: table(rows, tables[name]) for name, rows in example.items() if name not in SETTINGS}
    whole = {**tables, **given}
    if "logged" in given:
        whole["project_states"] = states(whole["project_spans"])
        whole["logged"] = on_the_day(whole["logged"], whole["rates"], whole["standard_rates"], whole["project_states"])
    organisation = as_object(example["organisation"]) if "organisation" in example else read.records.organisation
    return Context(
        whole, example["as_of"], organisation, read.records, Calendar.of(organisation),
        example.get("audience", "management"),
    )  # fmt: skip


def run(slug: str, example: Mapping[str, Any], folder: Path) -> dict[str, Any]:
    """The results of the report (and of those before it) for the example, by `<report>.<metric>`."""
    context = context_of(example, folder)
    for name in (*example.get("before", ()), slug):
        for metric in BY_SLUG[name].metrics:
            context.results[f"{name}.{metric.name}"] = metric.run(context, name)
    return context.results


@pytest.mark.parametrize("slug", EXAMPLES)
def test_each_metric_gives_what_was_worked_out_by_hand(slug: str, tmp_path: Path) -> None:
    """The arithmetic stands in the example itself."""
    example = yaml.load((FOLDER / slug / "example.yml").read_text(encoding="utf-8"), Loader)
    assert isinstance(example["as_of"], dt.date)
    assert example["working"].strip()
    results = run(slug, example, tmp_path)
    assert set(example["expect"]) == {metric.name for metric in BY_SLUG[slug].metrics}, "a metric has no example"
    for name, expected in example["expect"].items():
        result = results[f"{slug}.{name}"]
        assert result.check() == []
        rows = {row["key"]: row for row in result.rows.iter_rows(named=True)}
        keys = [row["key"] for row in expected]
        assert [key for key in rows if key in keys] == keys, f"{name} has {list(rows)}"
        assert expected or not rows, f"{name} should be empty"
        for row in expected:
            for column, value in row.items():
                found = rows[row["key"]][column]
                wanted = pytest.approx(value, abs=1e-9) if isinstance(value, float) else value
                assert found == wanted, f"{name}.{row['key']}.{column}: {found!r}, worked out: {value!r}"


def test_every_report_has_an_example() -> None:
    """A report without an example is one whose formulas nobody has worked by hand."""
    without = [report.slug for report in REPORTS if report.slug not in EXAMPLES and report.metrics]
    assert without == []
