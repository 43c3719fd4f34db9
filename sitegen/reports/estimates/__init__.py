"""How well do we estimate, and what should the next estimate be?"""

from sitegen.report import Report

REPORT = Report(
    slug="estimates",
    title="Estimates",
    question="Which work takes longer than we thought, and what will the next cost?",
    section="time",
    audience="marketing",
)
