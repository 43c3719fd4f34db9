"""Did we do what we had booked, and what came in between?"""

from sitegen.report import Report

REPORT = Report(
    slug="booked_registered",
    title="Booked and registered",
    question="Did we do what we had booked, and what came in between?",
    section="time",
    audience="marketing",
)
