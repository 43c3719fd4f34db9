"""Every figure by its key."""

from __future__ import annotations

import datetime as dt
import json

import polars as pl
import pytest

from sitegen.results import Column, Result
from sitegen.snapshot import snapshot, to_json


def result(**columns: list) -> Result:
    kinds = {"used": "minutes", "part": "share", "end": "day"}
    named = tuple(Column(name, kinds[name], name, audience="marketing") for name in columns if name in kinds)
    return Result("projects", named, pl.DataFrame({"key": ["seo"], **columns}), report="budget")


def test_a_figure_has_its_value_unit_audience_and_reason():
    figures = snapshot({"budget.projects": result(used=[90], part=[None], part_why=["no-budget"], part_k=[None])})
    assert figures == {
        "budget.projects.seo.used": {"value": 90, "unit": "minutes", "audience": "marketing", "why": None},
        "budget.projects.seo.part": {"value": None, "unit": "share", "audience": "marketing", "why": "no-budget"},
    }


def test_a_share_has_its_count_and_interval_and_a_day_is_text():
    figures = snapshot(
        {
            "budget.projects": result(
                part=[0.5], part_k=[1], part_n=[2], part_low=[0.1], part_high=[0.9], end=[dt.date(2026, 6, 30)]
            )
        }
    )
    assert figures["budget.projects.seo.part"] == {
        "value": 0.5, "unit": "share", "audience": "marketing", "why": None, "k": 1, "n": 2, "low": 0.1, "high": 0.9,
    }  # fmt: skip
    assert figures["budget.projects.seo.end"]["value"] == "2026-06-30"


def test_the_file_is_sorted_and_one_figure_a_line():
    text = to_json(snapshot({"budget.projects": result(used=[90], part=[0.5])})).decode()
    assert [line.partition(":")[0] for line in text.splitlines()] == [
        "{", '"budget.projects.seo.part"', '"budget.projects.seo.used"', "}",
    ]  # fmt: skip
    assert json.loads(text)["budget.projects.seo.used"]["value"] == 90


def test_a_value_that_is_no_number_never_gets_out():
    with pytest.raises(ValueError, match="not JSON compliant"):
        to_json(snapshot({"budget.projects": result(part=[float("nan")])}))
