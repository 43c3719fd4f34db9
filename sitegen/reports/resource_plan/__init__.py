"""Who can take on work in the coming weeks, who is booked beyond their hours, and which deadlines are near?"""

from sitegen.report import Report

REPORT = Report(
    slug="resource_plan",
    title="Resource plan",
    question="Who can take on work in the coming weeks, and who is booked too much?",
    section="time",
)
