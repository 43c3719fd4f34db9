"""GitHub: workflow commands that become annotations, and the whole list for the page of the run."""

from __future__ import annotations

import html
import os
import sys
from collections.abc import Iterator
from pathlib import Path

from sitegen.commands.telling.text import one_line
from sitegen.commands.telling.verdict import Verdict, shown
from sitegen.problems import Problem

MOST_ANNOTATIONS = 10
"""GitHub shows so many of one severity a step, and drops the others silently."""
MOST_SUMMARY = 900_000
"""Bytes: above 1 MiB GitHub shows no summary at all."""


def lines(verdict: Verdict) -> Iterator[str]:
    """The ten worst as annotations, the others as lines of the log, and the counts.

    The whole list is appended to the file that `GITHUB_STEP_SUMMARY` names, where it is set.
    """
    worst = verdict.worst_first
    for problem in worst[:MOST_ANNOTATIONS]:
        yield _annotation(verdict, problem)
    for problem in worst[MOST_ANNOTATIONS:]:
        yield _harmless(one_line(verdict.teller, problem))
    yield verdict.counts()
    yield from verdict.notes()
    page = os.environ.get("GITHUB_STEP_SUMMARY")
    if page:
        try:
            with Path(page).open("a", encoding="utf-8") as file:
                file.write(summary(verdict))
        except OSError as fault:
            sys.stderr.write(f"sitegen: the summary was not written: {fault.strerror}: {shown(page)}\n")


def summary(verdict: Verdict) -> str:
    """The whole list, errors first, as preformatted text: nothing in it is read as Markdown or HTML."""
    found = [f"### sitegen validate\n\n{html.escape(verdict.counts())}\n"]
    if verdict.problems:
        found.append("\n<pre>\n")
        size = 0
        for told, problem in enumerate(verdict.worst_first):
            hint = verdict.teller.hint(problem)
            text = one_line(verdict.teller, problem) + (f"\n    {verdict.teller.say('hint')}: {hint}" if hint else "")
            text = html.escape(text) + "\n"
            size += len(text.encode())
            if size > MOST_SUMMARY:
                found.append(f"… + {len(verdict.problems) - told}\n")
                break
            found.append(text)
        found.append("</pre>\n")
    return "".join(found) + "\n"


def _annotation(verdict: Verdict, problem: Problem) -> str:
    teller = verdict.teller
    hint = teller.hint(problem)
    text = teller.sentence(problem) + (f"\n{teller.say('hint')}: {hint}" if hint else "")
    values = {
        "file": shown(teller.project_path(problem.place.file)),
        "line": str(problem.place.line),
        "col": str(problem.place.column),
        "title": problem.code,
    }
    said = ",".join(f"{name}={_property(value)}" for name, value in values.items())
    return f"::{'error' if problem.severity == 'error' else 'warning'} {said}::{_data(text)}"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")


def _harmless(line: str) -> str:
    """A line of the log that is no command, whatever the folder is called: commands begin with :: or ##[."""
    return f"- {line}" if line.lstrip().startswith((":", "#")) else line
