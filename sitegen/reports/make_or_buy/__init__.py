"""What would the work cost outside, what does it cost us, and what have we paid to whom?"""

from sitegen.report import Report

REPORT = Report(
    slug="make_or_buy",
    title="Make or buy",
    question="Which work is cheaper to buy, and what have we paid outside?",
    section="time",
    audience="marketing",
)
