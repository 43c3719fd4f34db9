"""What does marketing do this year, for whom, with what, and does it work?"""

from sitegen.report import Report

REPORT = Report(
    slug="marketing_plan",
    title="The marketing plan",
    question="What does marketing do this year, for whom, with what, and does it work?",
    section="plan",
)
