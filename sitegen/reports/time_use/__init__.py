"""Where did the time go, and what was neglected?"""

from sitegen.report import Report

REPORT = Report(
    slug="time_use",
    title="Where the time went",
    question="Where did the time go, and what was neglected?",
    section="time",
    audience="marketing",
)
