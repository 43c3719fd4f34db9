"""The hours turned as the reader likes: rows, columns, measure, period and filter are chosen in the page."""

from sitegen.report import Report

REPORT = Report(
    slug="pivot",
    title="Ask the time log",
    question="What did the hours go to, turned any way you like?",
    section="time",
    audience="marketing",
)
