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
    wanted = ("day", "month", "project", "task", "person", "department", "minutes")
    past = logged.filter(nw.col("day") <= nw.lit(as_of)).select(*wanted)
    by = [name if name != "person" else "who" for name in DIMENSIONS]
    rows = _small_enough(with_facts(past, project_spans), past)
    found = priced(rows, rates, standard_rates, as_of, (*by, "grain"))
    return found.rename({"who": "person"}).drop("latest")


def _small_enough(rows: nw.LazyFrame, past: nw.LazyFrame) -> nw.LazyFrame:
    """The rows with their grain, and `who`: tasks, then who, are null where there are more than MOST_CELLS otherwise.

    The person stays for the rate. The combinations are counted in `past`, before the facts of the projects, which
    split a cell only in the month in which a fact changes.
    """
    one, most = nw.lit(1, nw.Int64), nw.lit(MOST_CELLS)
    fine = past.group_by("month", "project", "task", "person", "department").agg(nw.col("minutes").sum())
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
