"""Two weeks in the file of one: it is said where the second belongs, for nothing that was worked is to be deleted."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import replace

from sitegen.problems import Problem
from sitegen.records.references import written_day

_LISTS = frozenset({"absent", "booked", "logged"})
_KEY = re.compile(r"([a-z_]+):", re.ASCII)
_DATE = re.compile(r"\bdate: *[\"']?(\d{4}-\d\d-\d\d)", re.ASCII)


def moved(problems: Sequence[Problem], text: str, monday: dt.date) -> list[Problem]:
    """The problems of a week's file, of which those of a second list or document say which lines belong where.

    Where all days of what stands there twice lie in one other week, it belongs in the file of that.
    """
    lines = text.split("\n")
    again = {one.place: _last(one, lines) for one in problems if _second(one)}
    written = {day for place, last in again.items() for line in lines[place.line - 1 : last] for day in _days(line)}
    weeks = {f"{day:%G-W%V}" for day in written}
    other = next(iter(weeks)) if len(weeks) == 1 else ""
    week_file = f"{other}.yml" if other not in ("", f"{monday:%G-W%V}") else ""
    return [_told(one, lines, again[one.place], week_file) if _second(one) else one for one in problems]


def _second(problem: Problem) -> bool:
    """Whether a problem is that of a second document, or of a key of the file's own that stands twice."""
    return problem.code == "several-documents" or (problem.code == "duplicate-key" and problem.place.column == 1)


def _last(problem: Problem, lines: Sequence[str], *, alone: bool = False) -> int:
    """The number of the last line of a document, or of what stands below a key.

    Keys that follow one another and all stand above already are told as one mistake; `alone`: only the first of them.
    """
    first, last = problem.place.line, len(lines)
    if problem.code == "duplicate-key":
        above = set() if alone else {found[1] for line in lines[: first - 1] if (found := _KEY.match(line))}
        for at in range(first, len(lines)):
            key = _KEY.match(lines[at])
            if lines[at] == "---" or (key and key[1] not in above):
                last = at
                break
    while last > first and not lines[last - 1].strip():
        last -= 1
    return last


def _days(line: str) -> list[dt.date]:
    return [day for written in _DATE.findall(line) if (day := written_day(written)) is not None]


def _told(problem: Problem, lines: Sequence[str], last: int, week_file: str) -> Problem:
    first = problem.place.line
    if problem.code == "several-documents":
        first += 1
    elif not week_file:
        if problem.values["key"] not in _LISTS:
            return problem
        last = _last(problem, lines, alone=True)
        first += last > first
    named = f"{first}–{last}" if last > first else str(last)
    return replace(problem, values={**problem.values, "lines": named, "week_file": week_file})
