"""What a project's page shows beside its budget: outside costs, offers, deadlines, people, evaluation, successors."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import narwhals as nw
import polars as pl

from sitegen.metrics import vocabulary
from sitegen.metrics.figures import Undefined, defined, frame, known, share_unless
from sitegen.metrics.people import key_of, who
from sitegen.metrics.suppliers import supplier_name
from sitegen.report import Metric
from sitegen.results import Column


def _numbered(frame_: pl.DataFrame, *order: str) -> Iterator[tuple[str, dict[str, Any]]]:
    """The rows with their key `<project>/<n>`, n from 1 in each project."""
    count: dict[str, int] = {}
    for row in frame_.sort("project", *order, nulls_last=True).iter_rows(named=True):
        count[row["project"]] = count.get(row["project"], 0) + 1
        yield f"{row['project']}/{count[row['project']]}", row


COST_COLUMNS = (
    Column("day", "day", "Date", "marketing"),
    Column("supplier", "text", "Supplier", "marketing"),
    Column("amount", "money", "Amount", "marketing"),
    Column("task", "text", "Task", "marketing"),
    Column("invoice", "text", "Invoice", "marketing"),
    Column("note", "text", "Remark", "marketing"),
)


def _task_names(tasks: pl.DataFrame) -> dict[tuple[str, str], str]:
    return {(project, task): name for project, task, name in tasks.select("project", "task", "name").iter_rows()}


def cost_rows(external_costs: pl.DataFrame, tasks: pl.DataFrame, as_of: dt.date, organisation: Any) -> pl.DataFrame:
    """Every invoice up to the day, newest last (T17)."""
    names = _task_names(tasks)
    past = external_costs.filter(pl.col("day") <= as_of)
    return frame(
        COST_COLUMNS,
        (
            {
                "key": key,
                "day": row["day"],
                "supplier": supplier_name(organisation, row["supplier"]),
                "amount": row["amount_minor"],
                "task": names.get((row["project"], row["task"]), row["task"]),
                "invoice": row["invoice"],
                "note": row["note"],
            }
            for key, row in _numbered(past, "day", "invoice", "supplier", "amount_minor")
        ),
    )


QUOTE_COLUMNS = (
    Column("on", "day", "Date", "marketing"),
    Column("supplier", "text", "Supplier", "marketing"),
    Column("task", "text", "Task", "marketing"),
    Column("fixed", "money", "Fixed price", "marketing"),
    Column("hourly", "money", "Price an hour", "marketing"),
)


def quote_rows(quotes: pl.DataFrame, tasks: pl.DataFrame, as_of: dt.date, organisation: Any) -> pl.DataFrame:
    """Every outside offer up to the day (T25); one is a fixed price or a price an hour, never both."""
    names = _task_names(tasks)
    return frame(
        QUOTE_COLUMNS,
        (
            {
                "key": key,
                "on": row["on"],
                "supplier": supplier_name(organisation, row["supplier"]),
                "task": names.get((row["project"], row["task"]), row["task"]),
                "fixed": known(row["fixed_minor"], "not-relevant"),
                "hourly": known(row["hourly_minor"], "not-relevant"),
            }
            for key, row in _numbered(quotes.filter(pl.col("on") <= as_of), "on", "seq")
        ),
    )


DEADLINE_COLUMNS = (
    Column("day", "day", "Deadline"),
    Column("what", "text", "What"),
    Column("met", "day", "Met"),
    Column(
        "state", "text", "State", words={"met": "Met", "met-late": "Met late", "missed": "Missed", "ahead": "Ahead"}
    ),
)


def deadline_rows(deadlines: pl.DataFrame, as_of: dt.date) -> pl.DataFrame:
    """Every deadline by day: met, met late, missed (past and not met), or ahead (T19)."""

    def state(row: dict[str, Any], met: dt.date | None) -> str:
        if met is not None:
            return "met" if met <= row["day"] else "met-late"
        return "missed" if row["day"] < as_of else "ahead"

    rows = []
    for key, row in _numbered(deadlines, "day", "seq"):
        met = row["met"] if row["met"] and row["met"] <= as_of else None
        reached = known(met, "not-reached")
        rows.append({"key": key, "day": row["day"], "what": row["what"], "met": reached, "state": state(row, met)})
    return frame(DEADLINE_COLUMNS, rows)


PEOPLE_COLUMNS = (
    Column("name", "text", "Who", "marketing"),
    Column("minutes", "minutes", "Hours", "marketing"),
    Column("share", "share", "Share of the project", "marketing"),
    Column("latest", "day", "Latest hours", "marketing"),
)
PEOPLE_HOURS = {"project": pl.String, "person": pl.String, "minutes": pl.Int64, "latest": pl.Date}


def people_hours(by_month: nw.LazyFrame) -> nw.LazyFrame:
    """Minutes and newest day by project and person up to and with the day."""
    return by_month.group_by("project", "person").agg(nw.col("minutes").sum(), nw.col("latest").max())


def people_rows(worked: pl.DataFrame, organisation: Any, records: Any) -> pl.DataFrame:
    """Who worked on the project, most hours first; people of other departments are their department below
    management.
    """
    people = worked["person"].unique().to_list()
    names = {
        "person": people,
        "id": [key_of(person) for person in people],
        "name": [who(person, organisation, records) for person in people],
    }
    nothing = pl.when(pl.col("total") == 0).then(pl.lit("nothing-logged"))
    return (
        worked.join(pl.DataFrame(names, dict.fromkeys(names, pl.String)), on="person")
        .sort("project", "minutes", "person", descending=[False, True, False])
        .with_columns(total=pl.col("minutes").sum().over("project"))
        .with_columns(
            *share_unless(nothing, "share", "minutes", "total"), key=pl.concat_str("project", "id", separator="/")
        )
        .select("key", *defined(PEOPLE_COLUMNS, said=("share",)))
    )


EFFECT_COLUMNS = (
    Column("measure", "text", "Measure", words=vocabulary.MEASURES),
    Column("expected", "ratio", "Expected"),
    Column("achieved", "ratio", "Achieved"),
)


def effect_rows(records: Any, as_of: dt.date) -> pl.DataFrame:
    """What an evaluation expected and found, a row a measure (T13); only evaluations up to the day."""
    return frame(EFFECT_COLUMNS, _effects(records.projects.items() if records is not None else (), as_of))


def _effects(projects: Iterable[tuple[str, Any]], as_of: dt.date) -> Iterator[dict[str, Any]]:
    for project, card in projects:
        found = card.evaluation
        if found is None or found.on is None or found.on > as_of:
            continue
        for measure in dict.fromkeys([*(found.expected or {}), *(found.achieved or {})]):
            yield {
                "key": f"{project}/{measure}",
                "measure": measure,
                "expected": _number((found.expected or {}).get(measure)),
                "achieved": _number((found.achieved or {}).get(measure)),
            }


def _number(value: Any) -> Any:
    return Undefined("unknown-part") if value is None else float(value)


FACT_COLUMNS = (
    Column("verdict", "text", "Verdict", words={"stop": "Stop", "continue": "Go on", "repeat": "Do it again"}),
    Column("evaluated", "day", "Evaluated"),
    Column("why", "text", "Reason"),
    Column("succeeds", "text", "Follows"),
    Column("succeeded_by", "text", "Followed by"),
    Column("activity", "text", "Activity of the plan"),
    Column("priority_why", "text", "Why this priority"),
    Column("target", "minutes", "Target a week"),
)


def fact_rows(records: Any, as_of: dt.date) -> pl.DataFrame:
    """What else the record of each project says: its evaluation, what it follows and what followed it (T12, T13,
    T15).
    """
    projects = records.projects if records is not None else {}
    after: dict[str, str] = {}
    for project, card in projects.items():
        if card.succeeds:
            after.setdefault(card.succeeds, project)
    rows = []
    for project, card in projects.items():
        found = card.evaluation if card.evaluation and card.evaluation.on and card.evaluation.on <= as_of else None
        priority = card.priority.at(as_of) if card.priority is not None else None
        target = card.weekly_target_minutes.at(as_of) if card.weekly_target_minutes is not None else None
        rows.append(
            {
                "key": project,
                "verdict": found.verdict if found else None,
                "evaluated": known(found.on if found else None, "not-reached"),
                "why": found.why if found else None,
                "succeeds": card.succeeds if card.succeeds in projects else None,
                "succeeded_by": after.get(project),
                "activity": card.plan_activity,
                "priority_why": getattr(priority, "why", None),
                "target": known(target, "not-relevant"),
            }
        )
    return frame(FACT_COLUMNS, rows)


TOGETHER = "-"
"""Stands for all projects of a chain."""
CHAIN_COLUMNS = (
    Column("name", "text", "Project", words={TOGETHER: "Together"}),
    Column("start", "day", "Start"),
    Column("closed", "day", "Closed"),
    Column("minutes", "minutes", "Hours", "marketing", "Its own since the start: hours never move to what follows it"),
)


def chain_rows(worked: pl.DataFrame, records: Any) -> pl.DataFrame:
    """Of each project that follows another or is followed: all projects of its chain by start, and their sum (T12)."""
    projects = records.projects if records is not None else {}
    sums = dict(worked.group_by("project").agg(pl.col("minutes").sum()).iter_rows())
    return frame(CHAIN_COLUMNS, _chains(projects, sums))


def _chains(projects: Mapping[str, Any], sums: Mapping[str, int]) -> Iterator[dict[str, Any]]:
    members: dict[str, list[str]] = {}
    for project in sorted(projects, key=lambda one: (projects[one].start, one)):
        members.setdefault(_first(projects, project), []).append(project)
    for chain in members.values():
        for page in chain if len(chain) > 1 else ():
            for project in chain:
                card = projects[project]
                yield {
                    "key": f"{page}/{project}",
                    "name": card.name,
                    "start": card.start,
                    "closed": known(card.closed, "not-reached"),
                    "minutes": sums.get(project, 0),
                }
            yield {
                "key": f"{page}/{TOGETHER}",
                "name": TOGETHER,
                "start": projects[chain[0]].start,
                "closed": Undefined("not-relevant"),
                "minutes": sum(sums.get(project, 0) for project in chain),
            }


def _first(projects: Mapping[str, Any], project: str) -> str:
    """The oldest project of the chain; `succeeds` has no circle, a check sees to that."""
    while (before := projects[project].succeeds) in projects:
        project = before
    return project


RESULTS = (
    Metric("facts", FACT_COLUMNS, fact_rows),
    Metric("costs", COST_COLUMNS, cost_rows),
    Metric("quotes", QUOTE_COLUMNS, quote_rows),
    Metric("deadlines", DEADLINE_COLUMNS, deadline_rows),
    Metric("people", PEOPLE_COLUMNS, people_rows, people_hours, PEOPLE_HOURS),
    Metric("effects", EFFECT_COLUMNS, effect_rows),
    Metric("chain", CHAIN_COLUMNS, chain_rows, people_hours, PEOPLE_HOURS),
)
