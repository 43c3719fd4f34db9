"""One result with every kind of column."""

from __future__ import annotations

import datetime as dt

import polars as pl
import pytest

from sitegen.results import Column, Result


@pytest.fixture
def result() -> Result:
    columns = (
        Column("name", "text", "Project"),
        Column("used", "minutes", "Used", about="Minutes logged"),
        Column("cost", "money", "Cost", audience="management"),
        Column("part", "share", "Part"),
        Column("end", "day", "End"),
    )
    rows = pl.DataFrame(
        {
            "key": ["seo", "web/2"],
            "name": ["=HYPERLINK(1)", "Nyt website, 2"],
            "used": [6125, -30],
            "cost": [1234567, None],
            "cost_why": [None, "no-rate"],
            "part": [1 / 3, None],
            "part_why": [None, "no-budget"],
            "part_k": [1, None],
            "part_n": [3, None],
            "end": [dt.date(2026, 6, 30), None],
            "end_why": [None, "no-end"],
        }
    )
    return Result("projects", columns, rows, {"too-few": 2}, report="budget")
