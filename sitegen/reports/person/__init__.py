"""One page a person, for the monthly talk: contract, weeks, where the time went, booked against logged."""

from sitegen.report import Report

REPORT = Report(
    slug="person",
    title="People",
    question="Where did this person's time go, and did the plan hold?",
    section="time",
    audience="management",
    each="person",
)
