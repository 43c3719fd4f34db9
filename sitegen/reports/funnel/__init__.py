"""How many become leads, meet us and become customers, and where do they stop?"""

from sitegen.report import Report

REPORT = Report(
    slug="funnel",
    title="Sales funnel",
    question="How many become leads, meet us and become customers?",
    section="funnel",
)
