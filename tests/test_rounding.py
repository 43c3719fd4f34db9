"""G10: figures are rounded once, when they are shown; where the shown rows miss the shown total the table says so.

Every figure is rounded by itself, so each row and the total is off by half a unit at most: shown rows and shown total
differ by at most half a unit times rows + 1. The downloads hold the exact values.
"""

from __future__ import annotations

import csv as csv_reader
import io
import re
import tempfile
import zipfile
from decimal import Decimal
from pathlib import Path

import polars as pl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sitegen import formats
from sitegen.exporters import csv, xlsx
from sitegen.pages.tables import Spec, Table
from sitegen.pipeline import Run
from sitegen.results import Column, Result
from tests.oracles import company
from tests.test_pages import render

UNITS = {"minutes": Decimal(60), "money": Decimal(100)}
ROUNDED = "do not add up to the total"
_DATA = re.compile(r'<data[^>]*data-k="([^"]+)"[^>]*>([^<]*)</data>')


def read(shown: str) -> Decimal:
    """The number in a shown figure, as a reader would type it: `1.234,5` → 1234.5; – is nothing."""
    text = shown.replace(".", "").replace(",", ".").replace(formats.MINUS, "-")
    return Decimal(0) if text == formats.DASH else Decimal(re.sub(r"[^\d.-]", "", text))


def made(values: list[tuple[float, float]]) -> Result:
    """A table of hours and money with its exact total."""
    columns = (Column("used", "minutes", "Used"), Column("cost", "money", "Cost"))
    rows = [{"key": f"p{at}", "used": used, "cost": cost} for at, (used, cost) in enumerate(values)]
    total = {"key": "total", "used": sum(used for used, _ in values), "cost": sum(cost for _, cost in values)}
    schema = {"key": pl.String} | {
        name: pl.Float64 if any(isinstance(row[name], float) for row in rows) else pl.Int64 for name in ("used", "cost")
    }
    frame = pl.DataFrame([*rows, total], schema=schema, strict=False)
    reasons = [pl.lit(None, pl.String).alias(f"{name}_why") for name in ("used", "cost")]
    return Result("projects", columns, frame.with_columns(reasons), {}, "total", "budget")


amounts = st.one_of(st.integers(-10_000, 10**6), st.integers(-(10**6), 10**8).map(lambda sixtieths: sixtieths / 60))


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(st.tuples(amounts, amounts), max_size=12), st.sampled_from([None, 0, 2]))
def test_a_shown_total_is_off_by_half_a_unit_a_row_at_most_and_the_page_says_when(values, digits):
    """Three tasks of 5 minutes: 0.1 + 0.1 + 0.1 h are shown above 0.3 h, though a twelfth of an hour is 0.083; two of 2
    minutes: 0.0 + 0.0 above 0.1, which is at most 3 × 0.05 off. The page is read as a reader reads it.
    """
    columns = '["used", "cost"]' if digits is None else f'[{{"name": "used", "digits": {digits}}}, "cost"]'
    page = render(f'{{{{ p.table(r.projects, {columns}, "x", name=none) }}}}', made(values), "da")
    figures = dict(_DATA.findall(page.html))
    says = "Afrundet" in page.html
    differs = False
    for name, places in (("used", 1 if digits is None else digits), ("cost", 0)):
        rows = [read(figures[f"budget.projects.p{at}.{name}"]) for at in range(len(values))]
        total = read(figures[f"budget.projects.total.{name}"])
        assert abs(sum(rows) - total) <= Decimal(1).scaleb(-places) / 2 * (len(rows) + 1)
        differs |= sum(rows) != total
    assert says == differs


def company_results(seed: int) -> dict[str, Result]:
    """Every result with a row of totals, of a made-up company."""
    with tempfile.TemporaryDirectory() as folder:
        root = company.write(Path(folder) / "records", company.files(seed, people=4, projects=5))
        results = Run(root, as_of=company.AS_OF, audience="management").results
    return {name: result for name, result in results.items() if result.total_key is not None}


def measures(result: Result) -> list[Column]:
    return [column for column in result.columns if column.unit in UNITS]


def exact(result: Result, column: Column) -> tuple[list[float], float]:
    """The values of a column without the undefined ones, and its total."""
    total = result.rows.filter(pl.col("key") == result.total_key)[column.name]
    values = result.rows.filter(pl.col("key") != result.total_key)[column.name].drop_nulls()
    return values.to_list(), total.item() if len(total) else None


@settings(max_examples=4, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.integers(0, 2**16))
def test_the_reports_of_random_companies_keep_to_it_and_their_downloads_are_exact(seed):
    """Every table that has a total, of every report: entries of 1, 7 and 61 minutes, rates of 401.11 an hour."""
    looked_at = 0
    for name, result in company_results(seed).items():
        table = Table(result, name, formats.of("da"), str)
        for column in measures(result):
            values, total = exact(result, column)
            if total is None or sum(values) != pytest.approx(total, rel=1e-9, abs=1e-6):
                continue  # a mean or a largest, or a part that is not known
            looked_at += 1
            shown = [read(str(row[column.name])) for row in map(_text(column), values)]
            end = read(_text(column)(total)[column.name])
            step = Decimal(1).scaleb(-formats.DIGITS[column.unit])
            assert abs(sum(shown) - end) <= step / 2 * (len(values) + 1), f"{name}.{column.name}"
            assert table.rounded(table.rows, [Spec(column.name)]) == (sum(shown) != end), f"{name}.{column.name}"
        downloads_are_exact(result)
    assert looked_at


def _text(column: Column):
    """A value as the page shows it, by the column's name."""
    return lambda value: {column.name: formats.of("da").value(column.unit, value)}


def downloads_are_exact(result: Result) -> None:
    """Each value of the CSV is the exact one, digit for digit; the workbook's are hours and kroner that were never
    rounded.
    """
    lines = list(csv_reader.DictReader(io.StringIO(csv.table(result).decode())))
    with zipfile.ZipFile(io.BytesIO(xlsx.workbook(result))) as book:
        sheet = book.read("xl/worksheets/sheet1.xml").decode()
    cells = {
        (cell, int(line)): float(value)
        for cell, line, value in re.findall(r'<c r="([A-Z]+)(\d+)"(?: s="\d+")?><v>([^<]*)</v>', sheet)
    }
    names = [name for name, _, _ in xlsx.fields(result)]
    for column in measures(result):
        ending = {"minutes": "_minutes", "money": "_minor"}[column.unit]
        title = column.name if f"_{column.name}".endswith(ending) else column.name + ending
        letter = _letters(names.index(column.name))
        for at, (line, value) in enumerate(zip(lines, result.rows[column.name].to_list(), strict=True), 2):
            assert line[title] == ("" if value is None else repr(value))
            if value is not None:
                assert cells[letter, at] == pytest.approx(value / float(UNITS[column.unit]), rel=1e-14)


def _letters(at: int) -> str:
    """The name of a spreadsheet's column: 0 is A, 26 is AA."""
    return (chr(64 + at // 26) if at >= 26 else "") + chr(65 + at % 26)
