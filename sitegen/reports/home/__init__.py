"""What needs attention?"""

from sitegen.report import Report

REPORT = Report(slug="home", title="Home", question="What needs attention?", section="home")
