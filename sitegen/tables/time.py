"""Tables of time: what was logged, booked and absent, contracts, and what an hour costs.

The tables of many rows (`logged`, `booked`, `absent`) are made by column operations. The projects' own tables are in
`projects.py`; TABLES here holds both.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from typing import Any

import polars as pl

from sitegen.periods import FAR, parse
from sitegen.tables.projects import TABLES as PROJECT_TABLES
from sitegen.tables.projects import build_project_states
from sitegen.tables.spans import (
    BEGINNING,
    DAY,
    SOURCE,
    SPAN,
    TEXT,
    WHOLE,
    YES_NO,
    Columns,
    frame,
    held_on,
    schema,
    spans,
    table,
)
from sitegen.tables.table import Table, coded

DEPARTMENT_AS_PERSON = "dept:"
"""Hours of people outside the reporting department come under their department: person `dept:sales`."""

LOGGED: Columns = {
    "person": (TEXT, "who worked; `dept:<department>` where names are withheld"),
    "department": (TEXT, "the person's department on that day, or null"),
    "project": (TEXT, "the project"),
    "task": (TEXT, "task or phase of the project, or null"),
    "day": (DAY, "the day the work was done"),
    "week": (DAY, "Monday of its ISO week"),
    "month": (DAY, "first day of its month"),
    "minutes": (WHOLE, "time worked, minutes"),
    "asked_by": (TEXT, "department that asked for it, or null"),
    "customer": (TEXT, "customer it was for, or null"),
    "rate_minor": (WHOLE, "internal cost of an hour of the person on that day, minor units; null: unknown"),
    "standard_minor": (WHOLE, "the organisation's standard rate on that day, minor units; null: unknown"),
    "state": (WHOLE, "what the project was on that day: a row of `project_states`"),
    **SOURCE,
}
BOOKED: Columns = {
    "person": (TEXT, "who is to work"),
    "department": (TEXT, "the person's department on the Monday, or null"),
    "project": (TEXT, "the project"),
    "task": (TEXT, "task or phase of the project, or null"),
    "week": (DAY, "Monday of the ISO week"),
    "month": (DAY, "first day of the month of the week's Thursday (F4)"),
    "minutes": (WHOLE, "time booked, minutes"),
    "added": (DAY, "the day it was added to the plan; null for the plan itself"),
    "decision": (TEXT, "moved, rebooked or dropped, or null"),
    "to_week": (DAY, "Monday of the week it was moved to, or null"),
    "why": (TEXT, "the reason of the decision, or null"),
    "planned": (DAY, "the day the person's week was planned, or null where it is not said or withheld"),
    **SOURCE,
}
DISPLACED: Columns = {
    "person": (TEXT, "who did the work that came in between"),
    "week": (DAY, "Monday of its ISO week"),
    "day": (DAY, "the day the work was done"),
    "project": (TEXT, "the project of that work"),
    "asked_by": (TEXT, "department that asked for it, or null"),
    "minutes": (WHOLE, "time worked, minutes; the same in each row where several projects had to wait"),
    "waiting": (TEXT, "the project that had to wait for it"),
}
ABSENT: Columns = {
    "person": (TEXT, "who was away"),
    "day": (DAY, "the day"),
    "minutes": (WHOLE, "how long, minutes; null for the whole day"),
    "reason": (TEXT, "holiday, leave or other; null where it is withheld"),
}
RATES: Columns = {
    "person": (TEXT, "whose hour"),
    **SPAN,
    "rate_minor": (WHOLE, "internal cost of an hour, minor units; null: unknown"),
}
STANDARD_RATES: Columns = {
    **SPAN,
    "standard_minor": (WHOLE, "the organisation's standard rate of an hour, minor units; null: unknown"),
}
CONTRACTS: Columns = {
    "person": (TEXT, "the person"),
    **SPAN,
    "department": (TEXT, "home department, or null"),
    "weekly_minutes": (WHOLE, "contract time a week, minutes, or null"),
    "working_days": (TEXT, "working days as `mon,tue,…`, or null"),
    "employed": (YES_NO, "whether employed in this stretch"),
}


_BEFORE_1970 = dt.date(1970, 1, 1).toordinal()


def _column(rows: Any, name: str, kind: Any) -> pl.Series:
    if kind == DAY:  # a number a day is read in a third of the time
        days = (None if day is None else day.toordinal() - _BEFORE_1970 for day in rows[name])
        return pl.Series(name, list(days), dtype=pl.Int32).cast(DAY)
    return pl.Series(name, rows[name], dtype=kind)


def _source(rows: Any) -> list[pl.Series]:
    """The file of each row by name, and its line."""
    names = pl.Series("source", list(rows.files), dtype=TEXT)
    return [names.gather(_column(rows, "file", WHOLE)), _column(rows, "line", WHOLE)]


def _from_rows(rows: Any, columns: Columns, made: set[str]) -> list[pl.Series]:
    """The columns that stand in the rows as they are: all but `made`."""
    return [_column(rows, name, kind) for name, kind in schema(columns).items() if name not in made]


def _looked_up(rows: pl.DataFrame, by: str | None, day: str, facts: Mapping[str, pl.DataFrame]) -> list[pl.Series]:
    """What each fact was for the rows' `by` on their `day`, a column a fact; null where nothing was held.

    Args:
        by: None where a fact is the same for all.
        facts: column → `by`, `since` and `value`, each value holding from its `since` to the next.
    """
    # Each day of each person or project is looked up once, under one whole number, and the answers are laid out by
    # row: an equal join with a filter would multiply a million rows, and one on texts compare them all.
    number = pl.col(day).to_physical().cast(pl.Int64)
    if by is not None:
        number += pl.col(by).cast(pl.Categorical).to_physical().cast(pl.Int64) * 2**32
    keys = [by] if by is not None else []
    numbered = rows.select(*keys, day, number=number)
    plain = pl.col(keys).cast(TEXT)
    asked = numbered.unique("number").sort(day).with_columns(plain)
    known = asked.select("number")
    for name, held in facts.items():
        found = asked.join_asof(
            held.sort("since").with_columns(plain),
            left_on=day,
            right_on="since",
            by=by,
            strategy="backward",
            check_sortedness=False,
        )
        known = known.with_columns(found["value"].alias(name))
    return numbered.select("number").join(known, on="number", how="left", maintain_order="left").get_columns()[1:]


def _departments(records: Any) -> pl.DataFrame:
    """The department of each person, from a day on."""
    people = records.people.items()
    rows = ((person, since, held) for person, card in people for since, _, held in spans(card.department))
    return frame(rows, {"person": (TEXT, ""), "since": (DAY, ""), "value": (TEXT, "")})


def _or_its_own(department: pl.Series, person: pl.Series) -> pl.Series:
    """The departments; people who stand for a department are in it."""
    if not person.unique().cast(TEXT).str.starts_with(DEPARTMENT_AS_PERSON).any():  # where names are seen, none does
        return department.alias("department")
    plain = person.cast(TEXT)
    is_department = plain.str.starts_with(DEPARTMENT_AS_PERSON)
    return plain.str.strip_prefix(DEPARTMENT_AS_PERSON).zip_with(is_department, department).alias("department")


def on_the_day(
    logged: pl.DataFrame,
    rates: pl.DataFrame,
    standard_rates: pl.DataFrame,
    project_states: pl.DataFrame,
    departments: pl.DataFrame | None = None,
) -> pl.DataFrame:
    """The hours with what held on their day: the rates, the state of their project, and the person's department where
    those are given (F1, T11).

    Every report of hours asks for these; looked up here they cost it no join.
    """
    of_people = {"rate_minor": rates.select("person", "since", value="rate_minor")}
    if departments is not None:
        of_people["department"] = departments
    standard = {"standard_minor": standard_rates.select("since", value="standard_minor")}
    return logged.with_columns(
        *_looked_up(logged, "person", "day", of_people),
        *_looked_up(logged, None, "day", standard),
        *_looked_up(logged, "project", "day", {"state": project_states.select("project", "since", value="state")}),
    )


def build_logged(records: Any) -> pl.DataFrame:
    """Every hour that was logged, with the person's department, the rates and the project's state on that day."""
    rows = records.logged
    from_days = {"week", "month", "department", "rate_minor", "standard_minor", "state"}
    logged = pl.DataFrame(_from_rows(rows, LOGGED, {*from_days, *SOURCE}) + _source(rows))
    found = on_the_day(
        coded(logged),
        build_rates(records),
        build_standard_rates(records),
        build_project_states(records),
        _departments(records),
    )
    return found.with_columns(
        _or_its_own(found["department"], found["person"]),
        week=pl.col("day").dt.truncate("1w"),
        month=pl.col("day").dt.truncate("1mo"),
    ).select(*LOGGED)


def build_booked(records: Any) -> pl.DataFrame:
    """Every booking; a week belongs to the month of its Thursday (F4)."""
    rows = records.booked
    series = _from_rows(rows, BOOKED, {"department", "month", "to_week", *SOURCE}) + _source(rows)
    series.append(pl.Series("to_week", [_monday(week) for week in rows["to_week"]], dtype=DAY))
    booked = pl.DataFrame(series).with_columns(month=pl.col("week").dt.offset_by("3d").dt.truncate("1mo"))
    department = _looked_up(booked, "person", "week", {"department": _departments(records)})[0]
    return booked.with_columns(_or_its_own(department, booked["person"])).select(*BOOKED)


def _monday(week: Any) -> dt.date | None:
    return parse(week).start if isinstance(week, str) else week


def build_displaced(records: Any) -> pl.DataFrame:
    """Logged work that made planned work wait (T6), one row for each project that waited; few entries name one."""
    rows = records.logged
    given = (rows[name] for name in ("person", "day", "project", "asked_by", "minutes", "displaced"))
    return frame(
        (
            (person, day - dt.timedelta(days=day.weekday()), day, project, asked_by, minutes, waiting)
            for person, day, project, asked_by, minutes, displaced in zip(*given, strict=True)
            if displaced
            for waiting in displaced
        ),
        DISPLACED,
    )


def build_absent(records: Any) -> pl.DataFrame:
    """Every day somebody was away."""
    return pl.DataFrame(_from_rows(records.absent, ABSENT, set()))


def build_rates(records: Any) -> pl.DataFrame:
    """What an hour of each person costs, as closed spans that cover all time (F1)."""
    people = records.people.items()
    return frame(((person, *span) for person, card in people for span in spans(card.internal_rate)), RATES)


def build_standard_rates(records: Any) -> pl.DataFrame:
    """The organisation's standard rate, as closed spans that cover all time; no rows where it has none."""
    rate = getattr(records.organisation, "standard_rate", None)
    return frame(spans(rate) if rate is not None else (), STANDARD_RATES)


def build_contracts(records: Any) -> pl.DataFrame:
    """What each person's contract says, one row for each stretch in which nothing of it changes."""
    people = records.people.items()
    return frame(
        ((person, *row) for person, card in people for row in _contract(card, records.organisation)), CONTRACTS
    )


def _contract(card: Any, organisation: Any) -> Iterator[tuple[Any, ...]]:
    """The stretches of one contract: (since, until, department, weekly minutes, working days, employed)."""
    usual = getattr(organisation, "working_days", None)
    facts = (card.department, card.weekly_minutes, card.working_days, usual)
    employed = card.employed
    first = employed.from_ if employed and employed.from_ else BEGINNING
    after = employed.to + dt.timedelta(days=1) if employed and employed.to else FAR
    days = sorted(({since for fact in facts for since, _, _ in spans(fact)} | {BEGINNING, first, after}) - {FAR})
    for since, until in zip(days, [*days[1:], FAR], strict=True):
        department, minutes, own, everyone = (held_on(fact, since) for fact in facts)
        week = own or everyone
        yield since, until, department, minutes, ",".join(week) if week else None, first <= since < after


TABLES: tuple[Table, ...] = (
    table("logged", LOGGED, build_logged),
    table("booked", BOOKED, build_booked),
    table("displaced", DISPLACED, build_displaced),
    table("absent", ABSENT, build_absent),
    table("rates", RATES, build_rates),
    table("standard_rates", STANDARD_RATES, build_standard_rates),
    table("contracts", CONTRACTS, build_contracts),
    *PROJECT_TABLES,
)
