"""Checks: what must hold inside one record and between records.

CHECKS lists those that the records alone decide. DATED_CHECKS compare with the day of computing, so they tell warnings
only: a record that was right yesterday must not stop a build today.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from pathlib import Path

from sitegen.checks import campaigns, consent, crm, lives, plans, projects, references, spans, time, workdays
from sitegen.checks.files import Files
from sitegen.problems import Problem, in_order
from sitegen.records import Read

Check = Callable[[Read, Files], Iterator[Problem]]
DatedCheck = Callable[[Read, Files, dt.date], Iterator[Problem]]
"""The third is the day that everything is computed for."""

CHECKS: tuple[Check, ...] = (
    references.unknown_ids,
    lives.named_after_their_end,
    lives.steps_after_their_campaign,
    spans.ends_before_it_begins,
    time.logged_hours,
    time.clock_hours,
    time.hours_outside_project,
    time.hours_outside_employment,
    time.imported_twice,
    time.projects,
    time.followed_in_a_circle,
    workdays.work_on_days_off,
    workdays.work_while_absent,
    workdays.far_off_days,
    workdays.missing_rates,
    workdays.unplanned_without_asker,
    projects.task_budgets,
    projects.changed_without_reason,
    projects.committed_budgets,
    projects.successors,
    crm.stage_history,
    crm.meetings,
    crm.same_company,
    crm.company_numbers,
    crm.merged_in_a_circle,
    crm.figures,
    crm.wallets,
    crm.one_measure,
    crm.criteria,
    crm.support_cases,
    crm.web_months,
    crm.surveys,
    consent.campaigns_ask_for_consent,
    consent.purposes_asked_for,
    consent.members_consented,
    consent.written_to_with_consent,
    consent.call_lists,
    campaigns.flows,
    campaigns.flows_in_a_circle,
    campaigns.days,
    campaigns.days_of_the_plan,
    campaigns.outcomes_of_activities,
    campaigns.variants,
    campaigns.merge_fields,
    plans.goals,
    plans.activities,
    plans.scores,
    plans.agreements,
    plans.sales_months,
    plans.market_map,
    plans.headlines,
)

DATED_CHECKS: tuple[DatedCheck, ...] = (
    workdays.days_not_logged,
    workdays.coarse_projects,
    projects.past_their_end,
    projects.nearly_used,
    consent.looked_up,
    consent.proofs,
    consent.proofs_missing,
)


def run(read: Read, root: Path, as_of: dt.date | None = None) -> tuple[Problem, ...]:
    """Every problem of the records: what the reader found, and what the checks say.

    Args:
        read: what came of reading the folder.
        root: the folder.
        as_of: the day that the records are seen from; None leaves DATED_CHECKS out.
    """
    files = Files(read, root)
    found = list(read.problems)
    for check in CHECKS:
        found += check(read, files)
    if as_of is not None:
        for dated in DATED_CHECKS:
            found += dated(read, files, as_of)
    return in_order(references.without_bad_ids(found))
