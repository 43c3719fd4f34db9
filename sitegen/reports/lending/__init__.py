"""How much do the departments lend and borrow of one another, and what had to wait for it?"""

from sitegen.report import Report

REPORT = Report(
    slug="lending",
    title="Lending between departments",
    question="Which departments do our hours go to, and what do we get back?",
    section="time",
    audience="marketing",
)
