"""Work that might be bought outside, each line with the rule that fired (T10)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from fractions import Fraction
from typing import Any

import narwhals as nw
import polars as pl

from sitegen.metrics.decisions import decided
from sitegen.metrics.estimates import WEEKS_OF_PACE
from sitegen.metrics.figures import Undefined, frame, known
from sitegen.metrics.hours import complete_weeks
from sitegen.metrics.suppliers import LEFT, LEFT_ON, OF_REST
from sitegen.reports.make_or_buy.offers import difference
from sitegen.results import Column, Result
from sitegen.tables.projects import walk_tasks

RULES = {
    "decided": "The record says: buy it outside",
    "dearer": "Doing the rest here is dearer than the newest offer",
    "over-target": "More hours a week than its target",
    "over-budget": "More hours than its budget",
}
COLUMNS = (
    Column("name", "text", "Project"),
    Column("task", "text", "Task", "marketing"),
    Column("rule", "text", "Rule that fired", "marketing", words=RULES),
    Column("hours", "minutes", "Hours", "marketing", "Used, or a week where the rule is about its weekly target"),
    Column("limit", "minutes", "Target or budget", "marketing"),
    Column("over", "minutes", "Above it", "marketing", "Hours less target or budget"),
    Column("left", "minutes", "Hours left", "marketing", LEFT),
    Column("left_rests_on", "text", "Hours left rest on", "marketing", words=LEFT_ON),
    Column("own", "money", "What is left, here", "management", "Hours left × what an hour of it costs"),
    Column("offer", "money", "What is left, outside", "marketing", OF_REST),
    Column("saving", "money", "What is left, here less outside", "management"),
    Column("standard", "money", "What is left, at standard rate", "marketing"),
    Column("standard_saving", "money", "What is left, standard rate less outside", "marketing"),
    Column("why", "text", "Reason", "marketing"),
)
_OF_OFFER = {
    "left": "left",
    "own": "rest_own",
    "offer": "rest_offer",
    "saving": "rest_delta",
    "standard": "rest_standard",
    "standard_saving": "rest_standard_delta",
}
"""The columns that come from a row of `offers` → their name there."""
RECENT = {"project": pl.String, "task": pl.String, "minutes": pl.Int64}


def recent(logged: nw.LazyFrame, as_of: dt.date) -> nw.LazyFrame:
    """Minutes by project and task in the last four complete weeks."""
    weeks = complete_weeks(as_of, WEEKS_OF_PACE)
    rows = logged.filter(nw.col("week") >= nw.lit(weeks[0]), nw.col("week") <= nw.lit(weeks[-1]))
    return rows.group_by("project", "task").agg(nw.col("minutes").sum())


def candidate_rows(
    worked: pl.DataFrame,
    projects: pl.DataFrame,
    tasks: pl.DataFrame,
    as_of: dt.date,
    records: Any,
    results: Mapping[str, Result],
) -> pl.DataFrame:
    """One row for each open project or task and rule that fired; a scope may stand here under several rules.

    Rules, in the order of the list:
        decided: the project's `target_decision` says outsource. dearer: what is left of it costs more here than the
        newest offer for it, at the true rates or, for those who may not see them, at the standard rate. over-target:
        the mean of the last four complete weeks is above its weekly target. over-budget: more is used than its budget,
        and it is not done.
    """
    going = projects.filter(
        pl.col("closed").is_null() | (pl.col("closed") > as_of), pl.col("start").is_null() | (pl.col("start") <= as_of)
    )
    live = set(going["project"])
    called = dict(projects.select("project", "name").iter_rows())
    offered = {row["key"]: row for row in results["make_or_buy.offers"].rows.iter_rows(named=True)}
    found = [
        *_decided(records, live, as_of),
        *_dearer(offered, live),
        *_over_target(worked, records, live, as_of),
        *_over_budget(results, tasks, live),
    ]
    blank: dict[str, Any] = {
        "hours": Undefined("not-relevant"),
        "limit": Undefined("not-relevant"),
        "over": Undefined("not-relevant"),
        **dict.fromkeys(_OF_OFFER, Undefined("not-relevant")),
        "task": None,
        "left_rests_on": None,
        "why": None,
    }
    rows = []
    for row in found:
        offer = offered.get(f"{row['project']}/{row['id']}" if row["id"] else row["project"])
        key = f"{row['project']}/{row['id'] or '-'}/{row['rule']}"
        against = _against(offer) if offer else {}
        rows.append(blank | against | row | {"key": key, "name": called.get(row["project"])})
    order = {rule: place for place, rule in enumerate(RULES)}
    return frame(COLUMNS, sorted(rows, key=lambda row: (order[row["rule"]], -row["size"], row["key"])))


def _decided(records: Any, live: set[str], as_of: dt.date) -> Iterator[dict[str, Any]]:
    for project, card in (records.projects if records is not None else {}).items():
        said = decided(card, as_of)
        if project in live and said is not None and said.decision == "outsource":
            yield {"project": project, "id": None, "rule": "decided", "why": said.why, "size": 0}


def _against(row: Mapping[str, Any]) -> dict[str, Any]:
    """What a row of `offers` says of the work and of what is left of it, in the columns here: whatever rule put it
    here, what is bought may cost more than here.
    """
    found = {name: known(row.get(there), row.get(f"{there}_why") or "withheld") for name, there in _OF_OFFER.items()}
    return {"hours": row["used"], "left_rests_on": row["left_rests_on"], **found}


def _dearer(offered: Mapping[str, Mapping[str, Any]], live: set[str]) -> Iterator[dict[str, Any]]:
    for key, row in offered.items():
        project, _, task = key.partition("/")
        saving = difference(row)
        if row["state"] == "open" and project in live and saving is not None and saving > 0:
            yield {"project": project, "id": task or None, "task": row["task"], "rule": "dearer", "size": saving}


def _over_target(worked: pl.DataFrame, records: Any, live: set[str], as_of: dt.date) -> Iterator[dict[str, Any]]:
    hours: dict[str, dict[str | None, int]] = {}
    for project, task, minutes in worked.iter_rows():
        hours.setdefault(project, {})[task] = minutes
    first_week = complete_weeks(as_of, WEEKS_OF_PACE)[0]
    for project in sorted(live & set(records.projects if records is not None else ())):
        card = records.projects[project]
        if card.start > first_week:
            continue
        spent = hours.get(project, {})
        scopes: list[tuple[str | None, Any, Any]] = [(None, None, card)]
        scopes += [(id, task.name, task) for id, task, _, _ in walk_tasks(card.tasks)]
        for id, name, scope in scopes:
            target = scope.weekly_target_minutes.at(as_of) if scope.weekly_target_minutes is not None else None
            if target is None:
                continue
            under = None if id is None else {id, *(below for below, _, _, _ in walk_tasks(scope.tasks))}
            total = sum(minutes for task, minutes in spent.items() if under is None or task in under)
            mean = Fraction(total, WEEKS_OF_PACE)
            if mean > target:
                yield {
                    "project": project, "id": id, "task": name, "rule": "over-target", "hours": mean, "limit": target,
                    "over": mean - target, "size": mean - target,
                }  # fmt: skip


def _over_budget(results: Mapping[str, Result], tasks: pl.DataFrame, live: set[str]) -> Iterator[dict[str, Any]]:
    if not all(results[f"budget.{name}"].has("used") for name in ("projects", "tasks")):
        return
    leaves = tasks.filter("leaf").select(key=pl.concat_str("project", "task", separator="/"))
    wholes = results["budget.projects"].rows
    parts = results["budget.tasks"].rows.join(leaves, on="key", how="semi", maintain_order="left")
    above = (pl.col("budget") != 0) & (pl.col("used") > pl.col("budget")) & (pl.col("state") != "done")
    for rows in (wholes, parts):
        for key, name, used, budget in rows.filter(above).select("key", "name", "used", "budget").iter_rows():
            project, _, task = key.partition("/")
            if project in live:
                yield {
                    "project": project, "id": task or None, "task": name if task else None, "rule": "over-budget",
                    "hours": used, "limit": budget, "over": used - budget, "size": used - budget,
                }  # fmt: skip
