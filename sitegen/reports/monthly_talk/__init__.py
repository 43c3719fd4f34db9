"""One page a person and month for the monthly talk: did the plan hold, and who disturbed it?"""

from sitegen.report import Report

REPORT = Report(
    slug="monthly_talk",
    title="Monthly talks",
    question="Did this month's plan hold, and what disturbed it?",
    section="time",
    audience="management",
    each="months",
)
