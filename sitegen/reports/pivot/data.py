"""The cube as the page's script loads it: members by name in the reader's language, cells as whole numbers."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

import polars as pl

from sitegen import formats, messages, periods
from sitegen.metrics.projects import name_of
from sitegen.results import Result
from sitegen.tables.projects import walk_tasks

UNKNOWN = "-"
"""The id of "not said"; no record has it."""

AXES = {
    "when": ("month", "quarter", "year"),
    "what": ("project", "task", "type", "serves", "work", "owned_by"),
    "who": ("person", "department"),
}
"""The dimensions that go together: a cell names a row of each axis, and a row names a member of each dimension."""

LEFT_OUT = {
    "task": "More combinations than the page can hold: the tasks are left out",
    "person": "More combinations than the page can hold: the people are left out, their departments stay",
}
"""Dimension → the reason (msgid) for which it is not there."""

Names = Mapping[str, Callable[[str], str]]


def as_data(result: Result, records: Any, lang: str) -> dict[str, Any]:
    """What `pivot.js` reads; sums of it are exact, for a cost is kept as minutes × rate and divided once, at the end.

    `dimensions`: id, axis, place in the axis, and members as [id, name] (months also a short name), in the order of
    time or name. `when`, `what`, `who`: the rows of each axis, a member's number for each dimension. `cells`: columns
    of equal length; `cost` and `standard` are sixtieths of minor units, `unpriced` and `unstandard` minutes.
    `notes`: what was left out.
    """
    rows = _with_periods(result.rows).with_columns(pl.col(pl.String).fill_null(UNKNOWN))
    rows = rows.with_columns(task=pl.concat_str("project", "task", separator="/"))
    names = _names(records, lang, {column.name: column.words for column in result.columns})
    format = formats.of(lang)
    gone = {name for name, reason in LEFT_OUT.items() if reason in result.left_out}
    dimensions: list[dict[str, Any]] = []
    axes: dict[str, list[list[int]]] = {}
    cells: dict[str, list[int]] = {}
    for axis, wanted in AXES.items():
        there = [name for name in wanted if name not in gone and _says_something(rows[name])]
        for at, name in enumerate(there):
            members = _members(rows[name].unique().to_list(), name, names[name], format)
            dimensions.append({"id": name, "axis": axis, "at": at, "members": members})
            numbers = {member[0]: number for number, member in enumerate(members)}
            rows = rows.with_columns(pl.col(name).replace_strict(numbers, return_dtype=pl.Int64))
        if not there:
            axes[axis], rows = [[]], rows.with_columns(pl.lit(0).alias(axis))
            continue
        combined = rows.select(there).unique().sort(there).with_row_index(axis)
        axes[axis] = [list(row) for row in combined.select(there).iter_rows()]
        rows = rows.join(combined, on=there, how="left")
    rows = rows.sort(*AXES)
    for name in (*AXES, "minutes"):
        cells[name] = rows[name].to_list()
    for name, without in (("cost", "unpriced"), ("standard", "unstandard")):
        if result.has(name) and bool(rows[name].is_not_null().any()):
            cells[name] = (rows[name].fill_null(0) * 60).round().cast(pl.Int64).to_list()
            cells[without] = rows[without].to_list()
    notes = [messages.translate(lang, reason) for reason in result.left_out]
    return {"dimensions": dimensions, **axes, "cells": cells, "notes": notes}


def _with_periods(rows: pl.DataFrame) -> pl.DataFrame:
    """Month, quarter and year as they are written in records."""
    year = pl.col("month").dt.year().cast(pl.String)
    return rows.with_columns(
        pl.col("month").dt.strftime("%Y-%m"),
        pl.concat_str(year, pl.lit("-Q"), pl.col("month").dt.quarter().cast(pl.String)).alias("quarter"),
        year.alias("year"),
    )


def _says_something(column: pl.Series) -> bool:
    """Whether a dimension tells anything apart: one that no record fills in has nothing to choose."""
    return bool((column != UNKNOWN).any())


def _members(ids: Iterable[str], dimension: str, name: Callable[[str], str], format: formats.Format) -> list[list[str]]:
    """The members as the reader knows them; what is not said comes last."""
    if dimension in AXES["when"]:
        return [[id, *_period(id, format)] for id in sorted(ids)]
    called = {id: name(id) for id in ids}
    return [[id, called[id]] for id in sorted(called, key=lambda id: (id == UNKNOWN, format.sort_key(called[id]), id))]


def _period(text: str, format: formats.Format) -> list[str]:
    """A period's name, and for a month its short name too."""
    long = format.period(text)
    if "Q" in text or "-" not in text:
        return [long]
    return [long, format.month_short(periods.parse(text).start)]


def _names(records: Any, lang: str, words: Mapping[str, Mapping[str, str]]) -> dict[str, Callable[[str], str]]:
    """Dimension → what a member's id is called."""
    projects = {id: card.name for id, card in getattr(records, "projects", {}).items()}
    tasks = {
        f"{project}/{task}": card.name
        for project, owner in getattr(records, "projects", {}).items()
        for task, card, _, _ in walk_tasks(owner.tasks)
    }
    departments = getattr(getattr(records, "organisation", None), "departments", None) or {}
    not_said = messages.translate(lang, "Not said")

    def task(id: str) -> str:
        project, _, own = id.partition("/")
        name = messages.translate(lang, "no task") if own == UNKNOWN else tasks.get(id) or own
        return f"{projects.get(project, project)}: {name}"

    def department(id: str) -> str:
        return not_said if id == UNKNOWN else getattr(departments.get(id), "name", None) or id

    def said(dimension: str) -> Callable[[str], str]:
        return lambda id: messages.translate(lang, words[dimension][id]) if id in words[dimension] else not_said

    return {
        **dict.fromkeys(AXES["when"], str),
        "project": lambda id: projects.get(id, id),
        "task": task,
        **{dimension: said(dimension) for dimension in ("type", "serves", "work")},
        "person": lambda id: name_of(records, id) or id,
        "department": department,
        "owned_by": department,
    }
