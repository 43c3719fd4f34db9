"""Checks: what must hold inside one record and between records. CHECKS lists them in order."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

from sitegen.checks import campaigns, crm, plans, references, spans, time
from sitegen.checks.files import Files
from sitegen.problems import Problem, in_order
from sitegen.records import Read

Check = Callable[[Read, Files], Iterator[Problem]]

CHECKS: tuple[Check, ...] = (
    references.unknown_ids,
    spans.ends_before_it_begins,
    time.logged_hours,
    time.hours_outside_project,
    time.hours_outside_employment,
    time.imported_twice,
    time.projects,
    time.followed_in_a_circle,
    crm.stage_history,
    crm.meetings,
    crm.same_company,
    crm.merged_in_a_circle,
    crm.figures,
    crm.criteria,
    crm.support_cases,
    crm.surveys,
    campaigns.flows,
    campaigns.outcomes_of_activities,
    campaigns.variants,
    campaigns.merge_fields,
    plans.goals,
    plans.activities,
    plans.scores,
    plans.market_map,
    plans.headlines,
)


def run(read: Read, root: Path) -> tuple[Problem, ...]:
    """Every problem of the records: what the reader found, and what the checks say. `root`: the folder read."""
    files = Files(read, root)
    found = list(read.problems)
    for check in CHECKS:
        found += check(read, files)
    return in_order(found)
