"""Hours by all that a reader may turn them by at once: the cube of the pivot, as few rows as there are combinations."""

from __future__ import annotations

from collections.abc import Sequence

import narwhals as nw
import polars as pl

from sitegen.metrics.hours import BY_MONTH, PRICED, resummed

FACTS = ("type", "serves", "work", "owned_by")
"""What a project was on the day of its hours: columns of `project_states`."""

DIMENSIONS = ("month", "project", "task", "person", "department", *FACTS)
MOST_CELLS = 50_000
"""With more combinations than this the tasks go, and if that is not enough the people: their department stays."""

CELLS = {name: pl.Date if name == "month" else pl.String for name in DIMENSIONS} | {"grain": pl.Int64} | PRICED
"""What `cells` leaves: the dimensions, the sums of `hours.PRICED`, and in every row the same grain.

The grain is 0 where nothing was left out, 1 where tasks were, 2 where tasks and people were.
"""


def with_facts(rows: nw.LazyFrame, project_states: nw.LazyFrame, facts: Sequence[str]) -> nw.LazyFrame:
    """The sums by `state` with these facts of the project; null: unknown."""
    return rows.join(project_states.select("state", *facts), on="state", how="left")


def cells(by_month: nw.LazyFrame, project_states: nw.LazyFrame) -> nw.LazyFrame:
    """Minutes and cost up to and with the day of every combination of the dimensions: the columns of CELLS.

    How many there are depends on months, tasks and people, not on the number of entries, and never exceeds MOST_CELLS
    while months × projects × departments do not.

    Source:
        F1; T26, T34.
    """
    rows = _small_enough(by_month).drop("person").rename({"who": "person"})
    rows = resummed(rows, (*BY_MONTH, "grain"))  # first what was left out: fewer rows to find the facts of
    return resummed(with_facts(rows, project_states, FACTS), (*DIMENSIONS, "grain"))


def _small_enough(rows: nw.LazyFrame) -> nw.LazyFrame:
    """The rows with their grain, and `who`: tasks, then who, are null where there are more than MOST_CELLS otherwise.

    The combinations are counted without the facts of the projects, which split a cell only in the month in which a
    fact changes.
    """
    one, most = nw.lit(1, nw.Int64), nw.lit(MOST_CELLS)
    fine = rows.group_by("month", "project", "task", "person", "department").agg(nw.col("minutes").sum())
    coarse = fine.group_by("month", "project", "person", "department").agg(nw.col("minutes").sum())
    marked = rows.with_columns(every=one)
    for name, combinations in (("tasks", fine), ("people", coarse)):
        counted = combinations.with_columns(every=one, one=one).group_by("every").agg(nw.col("one").sum().alias(name))
        marked = marked.join(counted, on="every", how="left")
    many, too_many, nothing = nw.col("tasks") > most, nw.col("people") > most, nw.lit(0, nw.Int64)
    return marked.with_columns(
        task=nw.when(~many).then(nw.col("task")),
        who=nw.when(~too_many).then(nw.col("person")),
        grain=nw.when(many).then(one).otherwise(nothing) + nw.when(too_many).then(one).otherwise(nothing),
    ).drop("every", "tasks", "people")
