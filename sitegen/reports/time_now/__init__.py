"""What to stop, what to plan again, what to buy outside?"""

from sitegen.report import Report

REPORT = Report(
    slug="time_now",
    title="Time at a glance",
    question="What to stop, what to plan again, what to buy outside?",
    section="time",
    first=True,
)
