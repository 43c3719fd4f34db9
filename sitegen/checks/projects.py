"""Projects: what their budgets, tasks and verdicts owe each other, now and since they were committed."""

from __future__ import annotations

import datetime as dt
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from fractions import Fraction
from pathlib import Path
from typing import Any

from sitegen import baselines, git
from sitegen.checks.files import Files
from sitegen.problems import Problem
from sitegen.records import Read

FOLDER = "time/projects"
_NEVER = dt.date.max, dt.date.min
FIGURES = ("per", "minutes", "external_cost", "end")
"""What a committed budget entry keeps; a misspelt reason may be mended."""
_BUDGET = re.compile(r"^budget:[^\n]*\n?(?:(?:[ \t#-][^\n]*)?\n)*", re.MULTILINE)
_BudgetKey = tuple[dt.date, int]


def task_budgets(read: Read, files: Files) -> Iterator[Problem]:
    """A task's time budget is not larger than that of its phase, nor than the newest of its project."""
    for id, project in read.records.projects.items():
        newest = next((entry for entry in reversed(project.budget) if entry.minutes is not None), None)
        limit = newest.minutes if newest is not None and newest.per == "project" else None
        yield from _over(files, ("project", id), ("tasks",), project.tasks, id, limit)


def _over(
    files: Files,
    source: tuple[str, str],
    path: tuple[str, ...],
    tasks: Mapping[str, Any],
    owner: str,
    limit: int | None,
) -> Iterator[Problem]:
    """Tasks whose own budget is larger than `limit` minutes, the budget of `owner`; None: it has none."""
    for name, task in tasks.items():
        own = task.budget_minutes
        if own is not None and limit is not None and own > limit:
            hours: dict[str, Any] = {"written": f"{own / 60:g}", "limit": f"{limit / 60:g}"}
            where = (*path, name, "budget_hours")
            yield files.problem("task-over-project", source, where, id=name, owner=owner, **hours)
        inner, most = (owner, limit) if own is None else (name, own)
        yield from _over(files, source, (*path, name, "tasks"), task.tasks, inner, most)


def changed_without_reason(read: Read, files: Files) -> Iterator[Problem]:
    """A budget entry after the first says why the budget was changed."""
    for id, project in read.records.projects.items():
        for at, entry in enumerate(project.budget):
            if at and entry.why is None:
                source, path = ("project", id), ("budget", at, "on")
                if not files.has_mistake(files.place(source, path)):  # the reason is perhaps what was wrong
                    yield files.problem("budget-without-reason", source, path, written=entry.on.isoformat())


def successors(read: Read, files: Files) -> Iterator[Problem]:
    """An investment that is to continue was followed by a project that says so with `succeeds`."""
    if read.index.lost("project"):  # perhaps the one that followed
        return
    followed = {project.succeeds for project in read.records.projects.values()}
    for id, project in read.records.projects.items():
        evaluation = project.evaluation
        if evaluation is not None and evaluation.verdict == "continue" and id not in followed:
            yield files.problem("no-successor", ("project", id), ("evaluation", "verdict"), id=id)


def past_their_end(read: Read, files: Files, as_of: dt.date) -> Iterator[Problem]:
    """An investment whose end is over is closed or evaluated. The end is that of the newest budget entry."""
    for id, project in read.records.projects.items():
        if project.type.at(as_of) != "investment" or project.closed is not None or project.evaluation is not None:
            continue
        ends = [(entry.end, ("budget", at, "end")) for at, entry in enumerate(project.budget) if entry.end is not None]
        end, path = ends[-1] if ends else (project.end, ("end",))
        if end is not None and end < as_of:
            yield files.problem("past-end", ("project", id), path, id=id, written=end.isoformat())


def nearly_used(read: Read, files: Files, as_of: dt.date) -> Iterator[Problem]:
    """An open project that has used as much of its hours as the first share of `warn_when.budget_used`, or more.

    Hours and budget are those of the budget report: of the whole project, or of the organisation's year where the
    budget is by year, quarter, month or week. `validate --strict` fails on it, so that a repository can be made to ask
    for a new baseline before the hours are used.
    """
    organisation = read.records.organisation
    if organisation is None:
        return
    warn_at = Fraction(min(organisation.warn_when.budget_used, default=10_000), 10_000)
    asked = {}
    days: dict[str, tuple[dt.date, dt.date]] = {}
    for id, project in read.records.projects.items():
        if project.closed is not None and project.closed <= as_of:
            continue
        written = (entry for entry in project.budget if entry.on <= as_of)
        dated = [
            baselines.Entry(entry.on, entry.per, entry.minutes, entry.external_cost, entry.end) for entry in written
        ]
        last = baselines.planned_end(dated, project.end, as_of)
        span = baselines.window(dated, as_of, project.start, last, organisation.fiscal_year_starts)
        budget = baselines.amount(dated, "minutes", as_of, span)
        if not isinstance(budget, str) and budget > 0:
            asked[id] = (budget, dated)
            held = baselines.counted(dated, span)
            days[id] = (held.start or dt.date.min, min(held.end - dt.timedelta(days=1), as_of) if held.end else as_of)
    if not days:
        return
    used = _used(read, days)
    for id, (budget, dated) in asked.items():
        share = Fraction(used[id]) / budget
        if share >= warn_at:
            at = max(place for place, entry in enumerate(dated) if entry.minutes is not None)
            yield files.problem(
                "budget-nearly-used", ("project", id), ("budget", at, "hours"), id=id,
                written=f"{used[id] / 60:g}", limit=f"{float(budget) / 60:g}", share=f"{float(100 * share):.0f} %",
            )  # fmt: skip


def _used(read: Read, windows: Mapping[str, tuple[dt.date, dt.date]]) -> Mapping[str, int]:
    """The minutes that were logged on projects, from the first to the last day of the window of each."""
    rows = read.records.logged
    projects, minutes, days = rows["project"], rows["minutes"], rows["day"]
    from_all = max(first for first, _ in windows.values())
    until_all = min(until for _, until in windows.values())
    used: dict[str, int] = defaultdict(int)
    for _, start, end, first, last in read.logged_files:
        if from_all <= first and last <= until_all:
            for id, worked in zip(projects[start:end], minutes[start:end], strict=True):
                used[id] += worked
            continue
        for id, worked, day in zip(projects[start:end], minutes[start:end], days[start:end], strict=True):
            since, until = windows.get(id, _NEVER)
            if since <= day <= until:
                used[id] += worked
    return used


def committed_budgets(read: Read, files: Files) -> Iterator[Problem]:
    """A budget entry that was committed is neither edited nor removed: a change is a new entry.

    The entry as it was first committed counts, so that an edited one is mended by writing it as it was. What was
    committed before `budgets_settled` of organisation.yml may have been edited. Without git nothing is compared.
    """
    if not read.records.projects:
        return
    settled = read.settings.budgets_settled
    if settled is None and read.index.lost("organisation"):
        return
    for path, versions in git.versions(files.root, FOLDER).items():
        id = Path(path).stem
        project = read.records.projects.get(id)
        if project is None or read.records.sources["project", id] != path:
            continue
        before = [version for version in versions if settled is not None and version.day < settled]
        first = _first_committed(before[-1:] + versions[len(before) :], read)
        if first:
            yield from _changed(files, id, project.budget, first)


def _first_committed(versions: list[git.Version], read: Read) -> dict[_BudgetKey, tuple[Any, git.Version]]:
    """Each budget entry as it was first committed, by its day and its position among those of the day."""
    found: dict[_BudgetKey, tuple[Any, git.Version]] = {}
    seen = ""
    for version in versions:
        block = _BUDGET.search(version.text)
        if block is None or block[0] == seen:
            continue
        seen = block[0]
        for key, entry in _by_key(_entries(seen, read)).items():
            found.setdefault(key, (entry, version))
    return found


def _entries(block: str, read: Read) -> list[Any]:
    """The budget entries of a committed text; those that could not be read as what they are now are left out."""
    from pydantic import ValidationError

    from sitegen import yamlfile
    from sitegen.models.time import BudgetEntry

    data = yamlfile.parse(block, "budget").data
    written = data.get("budget") if isinstance(data, dict) else None
    found = []
    for entry in written if isinstance(written, list) else ():
        try:
            found.append(BudgetEntry.model_validate(entry, context=read.context))
        except ValidationError:
            continue
    return found


def _by_key(entries: Any) -> dict[_BudgetKey, Any]:
    times: dict[dt.date, int] = {}
    found = {}
    for entry in entries:
        times[entry.on] = times.get(entry.on, 0) + 1
        found[entry.on, times[entry.on]] = entry
    return found


def _changed(
    files: Files, id: str, budget: tuple[Any, ...], first: Mapping[_BudgetKey, tuple[Any, git.Version]]
) -> Iterator[Problem]:
    source = ("project", id)
    now = _by_key(budget)
    for key, (entry, version) in sorted(first.items()):
        values: dict[str, Any] = {"written": key[0].isoformat(), "commit": version.commit[:10]}
        if key not in now:
            place: tuple[str, ...] = ("budget",) if budget else ()
            yield files.problem("budget-removed", source, place, key=bool(budget), **values)
            continue
        differs = [name for name in FIGURES if getattr(entry, name) != getattr(now[key], name)]
        if differs:
            at = next(at for at, other in enumerate(budget) if other is now[key])
            keys = ", ".join(_difference(name, entry, now[key]) for name in differs)
            yield files.problem("budget-edited", source, ("budget", at, "on"), keys=keys, **values)


def _difference(name: str, before: Any, now: Any) -> str:
    """A key of a budget entry with what it was and what it is: `hours 90 → 120`; – where it is left out."""
    key = type(before).model_fields[name].alias or name
    return f"{key} {_shown(name, getattr(before, name))} → {_shown(name, getattr(now, name))}"


def _shown(name: str, value: Any) -> str:
    if value is None:
        return "–"
    if name == "minutes":
        return f"{value / 60:g}"
    return str(getattr(value, "written", value))
