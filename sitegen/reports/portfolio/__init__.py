"""Which projects do we have, what do they cost, and which of them is neglected?"""

from sitegen.report import Report

REPORT = Report(
    slug="portfolio",
    title="Project portfolio",
    question="Which projects do we have, what do they cost, and which are neglected?",
    section="time",
)
