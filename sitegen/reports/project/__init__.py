"""One page a project: facts, budget, tasks, baselines, deadlines, outside costs and what came of it."""

from sitegen.report import Report

REPORT = Report(
    slug="project",
    title="Projects",
    question="What is this project, how far is it, and what has it cost?",
    section="time",
    each="project",
)
