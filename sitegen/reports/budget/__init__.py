"""Are the projects within their hours and money, and what has changed since they were first planned?"""

from sitegen.report import Report

REPORT = Report(
    slug="budget",
    title="Budget follow-up",
    question="Are the projects within their hours, and what has changed since they were first planned?",
    section="time",
)
