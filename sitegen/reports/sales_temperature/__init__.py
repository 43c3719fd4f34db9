"""Are sales on their budget, and what does the rest of the year ask for?"""

from sitegen.report import Report

REPORT = Report(
    slug="sales_temperature",
    title="Sales temperature",
    question="Are sales on their budget, and what does the rest of the year ask for?",
    section="plan",
    audience="marketing",
)
