"""Which customers are worth most, and which could buy more from us?"""

from sitegen.report import Report

REPORT = Report(
    slug="customer_matrix",
    title="Customer matrix",
    question="Which customers are worth most, and which could buy more from us?",
    section="customers",
    audience="management",  # marketing's where the value is measured by revenue (Run.report_audience)
)
