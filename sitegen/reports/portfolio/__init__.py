"""Which projects do we have, what do they cost, and which of them has been left alone?"""

from sitegen.report import Report

REPORT = Report(
    slug="portfolio",
    title="Project portfolio",
    question="Which projects do we have, what do they cost, and which are left alone?",
    section="time",
)
