"""Hours by all that a reader may turn them by at once: the cube of the pivot, as few rows as there are combinations."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

import narwhals as nw
import polars as pl

from sitegen.metrics.hours import PRICED, priced

FACTS = {"type": "type", "serves": "serves", "work": "work", "department": "owned_by"}
"""Facts of a project that hold on a day → the dimension of the cube."""

DIMENSIONS = ("month", "project", "task", "person", "department", *FACTS.values())
MOST_CELLS = 50_000
"""With more combinations than this the tasks go, and if that is not enough the people: their department stays."""

CELLS = {name: pl.Date if name == "month" else pl.String for name in DIMENSIONS} | {"grain": pl.Int64} | PRICED
"""What `cells` leaves: the dimensions, the sums of `hours.PRICED`, and in every row the same grain.

The grain is 0 where nothing was left out, 1 where tasks were, 2 where tasks and people were.
"""


def with_facts(logged: nw.LazyFrame, project_spans: nw.LazyFrame, facts: Sequence[str] = tuple(FACTS)) -> nw.LazyFrame:
    """The hours with the facts of their project as they were on the day, each in its column of FACTS; null: unknown.

    The facts are looked up once for each day of a project, not for each entry: there are far fewer of those.
    """
    days = logged.group_by("project", "day").agg(nw.col("minutes").sum()).drop("minutes")
    known = days
    for fact in facts:
        spans = project_spans.filter(nw.col("fact") == nw.lit(fact)).select("project", "since", "until", "value")
        held = (
            days.join(spans, on="project", how="inner")
            .filter(nw.col("since") <= nw.col("day"), nw.col("day") < nw.col("until"))
            .select("project", "day", nw.col("value").alias(FACTS[fact]))
        )
        known = known.join(held, on=["project", "day"], how="left")
    return logged.join(known, on=["project", "day"], how="left")


def cells(
    logged: nw.LazyFrame,
    project_spans: nw.LazyFrame,
    rates: nw.LazyFrame,
    standard_rates: nw.LazyFrame,
    as_of: dt.date,
) -> nw.LazyFrame:
    """Minutes and cost up to and with `as_of` of every combination of the dimensions: the columns of CELLS.

    How many there are depends on months, tasks and people, not on the number of entries, and never exceeds MOST_CELLS
    while months × projects × departments do not.

    Source:
        F1; T26, T34.
    """
    past = logged.filter(nw.col("day") <= nw.lit(as_of))
    found = priced(with_facts(past, project_spans), rates, standard_rates, as_of, DIMENSIONS).drop("latest")
    found = found.with_columns(grain=nw.lit(0, nw.Int64))
    for column in ("task", "person"):
        found = _without_if_many(found, column, MOST_CELLS)
    return found


def _without_if_many(found: nw.LazyFrame, column: str, most: int) -> nw.LazyFrame:
    """The cells summed over `column` where they are more than `most`; its values are null then."""
    one = nw.lit(1, nw.Int64)
    numbered = found.with_columns(everything=one, one=one)
    many = nw.col("count") > nw.lit(most)
    marked = numbered.join(
        numbered.group_by("everything").agg(nw.col("one").sum().alias("count")), on="everything", how="left"
    ).with_columns(
        nw.when(~many).then(nw.col(column)).alias(column),
        grain=nw.col("grain") + nw.when(many).then(one).otherwise(nw.lit(0, nw.Int64)),
    )
    return marked.group_by(*DIMENSIONS, "grain").agg(*(nw.col(name).sum() for name in PRICED))
