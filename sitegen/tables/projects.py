"""Tables of projects: facts, tasks and how far they have come, budgets, outside costs, orders, offers and deadlines."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import polars as pl

from sitegen.tables.spans import BEGINNING, DAY, SPAN, TEXT, WHOLE, YES_NO, Columns, frame, newest, spans, table
from sitegen.tables.table import Table

PROJECTS: Columns = {
    "project": (TEXT, "id"),
    "name": (TEXT, "name"),
    "type": (TEXT, "operations or investment; the last written (`project_spans` has it day by day)"),
    "department": (TEXT, "owning department, the last written"),
    "owner": (TEXT, "the person who owns it, the last written"),
    "start": (DAY, "first day"),
    "end": (DAY, "last day (inclusive), null for ongoing"),
    "closed": (DAY, "the day it was closed, or null"),
    "priority": (WHOLE, "1 is first; the last written"),
    "serves": (TEXT, "own-goals or other-departments, the last written"),
    "work": (TEXT, "development or maintenance, the last written"),
    "plan_activity": (TEXT, "activity of the marketing plan that it carries out"),
    "succeeds": (TEXT, "the project it follows"),
    "source": (TEXT, "its file, relative to the records"),
}
PROJECT_SPANS: Columns = {
    "project": (TEXT, "id"),
    "fact": (TEXT, "type, department, owner, priority, serves, work or weekly_target_minutes"),
    **SPAN,
    "value": (TEXT, "what held, as text; null: unknown"),
}
PROJECT_STATES: Columns = {
    "state": (WHOLE, "number of the row; an hour in `logged` has that of its project on its day"),
    "project": (TEXT, "id"),
    "since": (DAY, "first day on which the project was so"),
    "type": (TEXT, "investment or operations; null: unknown"),
    "serves": (TEXT, "own-goals or other-departments; null: unknown"),
    "work": (TEXT, "development or maintenance; null: unknown"),
    "owned_by": (TEXT, "the department that owns the project, or null"),
}
TASKS: Columns = {
    "project": (TEXT, "the project"),
    "task": (TEXT, "id, unique in the project"),
    "parent": (TEXT, "its phase, or null"),
    "name": (TEXT, "name"),
    "level": (WHOLE, "1 to 3"),
    "seq": (WHOLE, "place in the file from 0, a phase before its tasks"),
    "leaf": (YES_NO, "has no tasks under it"),
    "budget_minutes": (WHOLE, "its own budget, minutes, or null"),
    "from": (DAY, "first day"),
    "deadline": (DAY, "last day"),
    "kind": (TEXT, "kind of task, for comparing estimates"),
}
TASK_PEOPLE: Columns = {
    "project": (TEXT, "the project"),
    "task": (TEXT, "the task or phase"),
    "person": (TEXT, "who is to work on it by the record"),
}
TASK_DONE: Columns = {
    "project": (TEXT, "the project"),
    "task": (TEXT, "the task"),
    "day": (DAY, "the day it was said; 1900-01-01 where it has always held"),
    "done_bp": (WHOLE, "how far it had come, basis points"),
}
BUDGETS: Columns = {
    "project": (TEXT, "the project"),
    "on": (DAY, "the day of the baseline"),
    "seq": (WHOLE, "its place in the file from 0"),
    "per": (TEXT, "what the amounts are for: project, year, quarter, month or week"),
    "minutes": (WHOLE, "time budget, minutes; null: this entry says nothing of it"),
    "external_minor": (WHOLE, "budget for outside costs, minor units; null: nothing said"),
    "end": (DAY, "planned last day (inclusive); null: nothing said"),
    "why": (TEXT, "the reason"),
}
EXTERNAL_COSTS: Columns = {
    "project": (TEXT, "the project"),
    "task": (TEXT, "the task, or null"),
    "day": (DAY, "date of the invoice"),
    "supplier": (TEXT, "supplier"),
    "amount_minor": (WHOLE, "amount without VAT, minor units"),
    "invoice": (TEXT, "invoice number"),
    "note": (TEXT, "note"),
}
ORDERED: Columns = {
    "project": (TEXT, "the project"),
    "seq": (WHOLE, "the order's place in the file from 0; an order has one row for each invoice"),
    "on": (DAY, "the day of the order"),
    "supplier": (TEXT, "supplier"),
    "amount_minor": (WHOLE, "amount of the whole order, minor units"),
    "invoice": (TEXT, "an invoice that has come of it; null where none has"),
}
QUOTES: Columns = {
    "project": (TEXT, "the project"),
    "task": (TEXT, "the task; null for the whole project"),
    "seq": (WHOLE, "place in the file from 0"),
    "on": (DAY, "the day of the offer"),
    "supplier": (TEXT, "supplier"),
    "fixed_minor": (WHOLE, "fixed price, minor units, or null"),
    "hourly_minor": (WHOLE, "price of an hour, minor units, or null"),
}
DEADLINES: Columns = {
    "project": (TEXT, "the project"),
    "seq": (WHOLE, "place in the file from 0"),
    "day": (DAY, "the deadline"),
    "what": (TEXT, "what is due"),
    "met": (DAY, "the day it was met, or null"),
}

DATED_FACTS = ("type", "department", "owner", "priority", "serves", "work", "weekly_target_minutes")


def _level(priority: Any) -> Any:
    """The level of a priority, which may come with its reason."""
    return getattr(priority, "level", priority)


def build_projects(records: Any) -> pl.DataFrame:
    """One row a project."""
    rows = []
    for project, card in records.projects.items():
        dated = {fact: _level(newest(getattr(card, fact))) for fact in DATED_FACTS}
        made = {**dated, "project": project, "source": records.sources.get(("project", project))}
        rows.append(tuple(made[name] if name in made else getattr(card, name) for name in PROJECTS))
    return frame(rows, PROJECTS)


def build_project_spans(records: Any) -> pl.DataFrame:
    """The dated facts of projects as closed spans, every value as text."""
    return frame(
        (
            (project, fact, since, until, None if held is None else str(_level(held)))
            for project, card in records.projects.items()
            for fact in DATED_FACTS
            for since, until, held in spans(getattr(card, fact))
        ),
        PROJECT_SPANS,
    )


STATE_FACTS = {"type": "type", "serves": "serves", "work": "work", "owned_by": "department"}
"""Column of `project_states` → the fact of `project_spans` that it holds."""


def states(project_spans: pl.DataFrame) -> pl.DataFrame:
    """One row for each stretch in which none of a project's STATE_FACTS changes."""
    told: dict[str, dict[dt.date, dict[str, str | None]]] = {}
    named = {fact: column for column, fact in STATE_FACTS.items()}
    for project, fact, since, value in project_spans.select("project", "fact", "since", "value").iter_rows():
        if fact in named:
            told.setdefault(project, {}).setdefault(since, {})[named[fact]] = value
    rows: list[tuple[Any, ...]] = []
    for project in sorted(told):
        held: dict[str, str | None] = dict.fromkeys(STATE_FACTS)
        for since in sorted(told[project]):
            held |= told[project][since]
            rows.append((len(rows) + 1, project, since, *held.values()))
    return frame(rows, PROJECT_STATES)


def build_project_states(records: Any) -> pl.DataFrame:
    """What each project was at which time, by a number that hours are grouped by in place of four texts."""
    return states(build_project_spans(records))


def walk_tasks(
    tasks: Mapping[str, Any] | None, parent: str | None = None, level: int = 1
) -> Iterator[tuple[str, Any, str | None, int]]:
    """Every task of a tree as (id, task, id of its phase or None, level from 1), a phase before its tasks."""
    for task, card in (tasks or {}).items():
        yield task, card, parent, level
        yield from walk_tasks(card.tasks, task, level + 1)


def build_tasks(records: Any) -> pl.DataFrame:
    """One row a task or phase, in the order of the file."""

    def rows() -> Iterable[tuple[Any, ...]]:
        for project, owner in records.projects.items():
            for seq, (task, card, parent, level) in enumerate(walk_tasks(owner.tasks)):
                facts = (card.budget_minutes, card.from_, card.deadline, card.kind)
                yield project, task, parent, card.name, level, seq, not card.tasks, *facts

    return frame(rows(), TASKS)


def build_task_people(records: Any) -> pl.DataFrame:
    """Who is to work on each task, one row for each person that its record names."""
    return frame(
        (
            (project, task, person)
            for project, owner in records.projects.items()
            for task, card, _, _ in walk_tasks(owner.tasks)
            for person in card.people
        ),
        TASK_PEOPLE,
    )


def build_task_done(records: Any) -> pl.DataFrame:
    """How far each task had come, by the day it was written; a plain value has always held."""
    return frame(
        (
            (project, task, day or BEGINNING, done)
            for project, owner in records.projects.items()
            for task, card, _, _ in walk_tasks(owner.tasks)
            if card.done is not None
            for day, done in card.done.spans
        ),
        TASK_DONE,
    )


def build_budgets(records: Any) -> pl.DataFrame:
    """Every baseline: the first is the original, the newest on or before a day is in force that day."""
    return frame(
        (
            (project, entry.on, seq, entry.per or "project", entry.minutes, entry.external_cost, entry.end, entry.why)
            for project, card in records.projects.items()
            for seq, entry in enumerate(card.budget or ())
        ),
        BUDGETS,
    )


def build_external_costs(records: Any) -> pl.DataFrame:
    """Every invoice from outside."""
    return frame(
        (
            (project, cost.task, cost.date, cost.supplier, cost.amount, cost.invoice, cost.note)
            for project, card in records.projects.items()
            for cost in card.external_costs or ()
        ),
        EXTERNAL_COSTS,
    )


def build_ordered(records: Any) -> pl.DataFrame:
    """Every order, one row for each invoice it names."""
    return frame(
        (
            (project, seq, order.on, order.supplier, order.amount, invoice)
            for project, card in records.projects.items()
            for seq, order in enumerate(card.ordered or ())
            for invoice in order.invoiced or (None,)
        ),
        ORDERED,
    )


def build_quotes(records: Any) -> pl.DataFrame:
    """Every outside offer."""
    return frame(
        (
            (project, quote.task, seq, quote.on, quote.supplier, quote.fixed_price, quote.hourly_rate)
            for project, card in records.projects.items()
            for seq, quote in enumerate(card.quotes or ())
        ),
        QUOTES,
    )


def build_deadlines(records: Any) -> pl.DataFrame:
    """Every deadline of a project, and the day it was met."""
    return frame(
        (
            (project, seq, deadline.date, deadline.what, deadline.met)
            for project, card in records.projects.items()
            for seq, deadline in enumerate(card.deadlines or ())
        ),
        DEADLINES,
    )


TABLES: tuple[Table, ...] = (
    table("projects", PROJECTS, build_projects),
    table("project_spans", PROJECT_SPANS, build_project_spans),
    table("project_states", PROJECT_STATES, build_project_states),
    table("tasks", TASKS, build_tasks),
    table("task_people", TASK_PEOPLE, build_task_people),
    table("task_done", TASK_DONE, build_task_done),
    table("budgets", BUDGETS, build_budgets),
    table("external_costs", EXTERNAL_COSTS, build_external_costs),
    table("ordered", ORDERED, build_ordered),
    table("quotes", QUOTES, build_quotes),
    table("deadlines", DEADLINES, build_deadlines),
)
