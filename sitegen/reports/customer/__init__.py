"""Every customer and lead, and one page for each: who decides, where it stands, what to do next."""

from sitegen.report import Report

REPORT = Report(
    slug="customer",
    title="Customer list",
    question="Who are our customers and leads, and what do we do next?",
    section="customers",
    audience="marketing",
    each="customer",
)
