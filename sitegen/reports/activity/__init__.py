"""One activity of the marketing plan: what it is for, what it was given, and what came of it."""

from sitegen.report import Report

REPORT = Report(
    slug="activity",
    title="Activities",
    question="What is each activity for, what was it given, and what came of it?",
    section="plan",
    each="activity",
)
