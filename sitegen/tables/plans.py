"""Tables of the plans: assessments of growth, the plan's activities and who knows the plan."""

from __future__ import annotations

import datetime as dt
from typing import Any

from sitegen.periods import FAR
from sitegen.tables.table import Table, frame


def build_wheel_areas(records: Any) -> Any:
    """One row an area that a round has settings for or answers on; left out, importance is 1 and relevance true."""
    from sitegen.models.wheel import AREAS  # the nine, in order

    rows = []
    for round_id, wheel in records.wheels.items():
        for order, area in enumerate(AREAS, 1):
            own = (wheel.areas or {}).get(area)
            importance = own.importance if own is not None and own.importance is not None else 1
            relevant = own is None or own.relevant is not False
            kind = own.kind if own is not None else None
            rows.append((round_id, area, order, importance, relevant, kind))
    schema = {"round": "text", "area": "text", "order": "int", "importance": "int", "relevant": "bool", "kind": "text"}
    return frame(schema, rows)


def build_wheel_answers(records: Any) -> Any:
    """One row a respondent and area that was asked about; `now` or `wanted` is null where it was not answered."""
    rows = []
    for round_id, wheel in records.wheels.items():
        for respondent, answers in (wheel.respondents or {}).items():
            for area, answer in answers.items():
                now, wanted = (answer.now, answer.wanted) if answer is not None else (None, None)
                rows.append((round_id, respondent, area, now, wanted))
    return frame({"round": "text", "respondent": "text", "area": "text", "now": "int", "wanted": "int"}, rows)


def build_plan_activities(records: Any) -> Any:
    """One row an activity of any plan, with its days; one without days has always been and always will be."""
    rows = [
        (id, activity.from_ or dt.date.min, activity.to or FAR)
        for plan in records.marketing_plans.values()
        for id, activity in (plan.activities or {}).items()
    ]
    return frame({"activity": "text", "since": "day", "until": "day"}, rows)


TABLES = (
    Table(
        "plan_activities",
        {
            "activity": "an activity of a marketing plan",
            "since": "its first day; the first of all days where the plan says none",
            "until": "its last day; the last of all days where the plan says none",
        },
        build_plan_activities,
    ),
    Table(
        "wheel_areas",
        {
            "round": "the assessment: its day as text (2026-06-01)",
            "area": "one of the nine areas",
            "order": "the area's place among the nine, from 1",
            "importance": "weight in the ranking; 1 where the record says nothing",
            "relevant": "false where the organisation has said that the area does not apply",
            "kind": "insight or execution; null where the record says nothing",
        },
        build_wheel_areas,
    ),
    Table(
        "wheel_answers",
        {
            "round": "the assessment: its day as text",
            "respondent": "who answered",
            "area": "one of the nine areas",
            "now": "1–10, how it is today; null: asked, not answered",
            "wanted": "1–10, how it ought to be; null: asked, not answered",
        },
        build_wheel_answers,
    ),
)
