"""Where the time went, in the last thirteen weeks, month, quarter and year, and what was neglected."""

from __future__ import annotations

from sitegen.metrics.windows import split
from sitegen.report import Metric
from sitegen.reports.time_use import aside, hours, kinds, recent
from sitegen.reports.time_use.aside import attention

__all__ = ["RESULTS", "attention"]

RESULTS = (
    Metric("periods", hours.PERIOD_COLUMNS, hours.period_rows, hours.spent, hours.SPENT, prepare=split),
    Metric("projects", hours.PROJECT_COLUMNS, hours.project_rows, hours.spent, hours.SPENT, hours.TOTAL, split),
    Metric("tasks", hours.TASK_COLUMNS, hours.task_rows, hours.spent, hours.SPENT, hours.TOTAL, split),
    Metric("people", hours.PEOPLE_COLUMNS, hours.people_rows, hours.spent, hours.SPENT, hours.TOTAL, split),
    Metric(
        "departments", hours.DEPARTMENT_COLUMNS, hours.department_rows, hours.spent, hours.SPENT, hours.TOTAL, split
    ),
    Metric("rests", hours.REST_COLUMNS, hours.rest_rows),
    Metric("kinds", kinds.KIND_COLUMNS, kinds.kind_rows, hours.spent, hours.SPENT, prepare=split),
    Metric("quarters", kinds.QUARTER_COLUMNS, kinds.quarter_rows, kinds.by_quarter, kinds.BY_QUARTER),
    Metric("coarse", recent.COARSE_COLUMNS, recent.coarse_rows, recent.recent, recent.RECENT),
    Metric("target_weeks", recent.TARGET_WEEK_COLUMNS, recent.target_week_rows, recent.recent, recent.RECENT),
    Metric("targets", recent.TARGET_COLUMNS, recent.target_rows, recent.recent, recent.RECENT),
    Metric("aside", aside.COLUMNS, aside.rows_aside, aside.touched, aside.TOUCHED),
    Metric("follow_up", aside.FOLLOW_COLUMNS, aside.follow_rows),
)
