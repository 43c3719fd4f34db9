"""Where do we stand on the nine areas of growth, and what should we do first?"""

from sitegen.report import Report

REPORT = Report(
    slug="growth_wheel",
    title="Growth wheel",
    question="Where do we stand on the nine areas of growth, and what should we do first?",
    section="growth",
)
