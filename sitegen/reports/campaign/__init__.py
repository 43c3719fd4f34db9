"""Every campaign and call list, and one page for each: to whom, how, when, and what came of it."""

from sitegen.report import Report

REPORT = Report(
    slug="campaign",
    title="Campaigns",
    question="What do we say, to whom, and what came of it?",
    section="campaigns",
    audience="marketing",
    each="campaign",
)
