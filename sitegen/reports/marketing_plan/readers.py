"""Who was asked about the plan, who agreed to it, who knows it, and who speaks for it (B4, B24, B25)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

import polars as pl

from sitegen.metrics import activities
from sitegen.metrics.intervals import wilson

KNOWING = {"knows": "Know the plan", "understands": "Understand it", "follows": "Follow it"}
AGREEMENT = {
    "agreed": "Agreed",
    "stale": "Agreed to an earlier version",
    "asked": "Asked, not agreed",
    "open": "Not asked yet",
}


def newest_version(plan: Any, as_of: dt.date) -> Any:
    """The version of the plan that held on the day; None when it names none."""
    versions = [version for version in plan.versions or () if version.on <= as_of]
    return max(versions, key=lambda version: (version.on, version.number), default=None)


def employed(records: Any, as_of: dt.date) -> list[tuple[str, str]]:
    """(person, department) of everyone employed on the day; a person without a department is in ''."""
    found = []
    for id, person in records.people.items():
        span = person.employed
        started = span is None or span.from_ is None or span.from_ <= as_of
        left = span is not None and span.to is not None and span.to < as_of
        if started and not left:
            found.append((id, (person.department.at(as_of) if person.department is not None else None) or ""))
    return found


def known_by(records: Any, as_of: dt.date) -> tuple[pl.DataFrame, dict[str, int]]:
    """How many of all employees know, understand and follow the plan, by department, and read its newest version.

    Formula (B24):
        share = employees with yes ÷ all employees of the department, not ÷ those who answered

    Undefined:
        a department without employees → no-cases. An answer dated after `as_of` does not count.
    """
    measures = (*KNOWING, "answered", "up_to_date")
    schema: dict[str, Any] = {"key": pl.String, "name": pl.String, "employees": pl.Int64, "front_line": pl.String}
    for name in measures:
        schema |= {name: pl.Float64, f"{name}_why": pl.String, f"{name}_k": pl.Int64, f"{name}_n": pl.Int64}
        schema |= {f"{name}_low": pl.Float64, f"{name}_high": pl.Float64}
    found = activities.newest_plan(records, as_of)
    if found is None or not found[1].known_by:
        return pl.DataFrame(schema=schema), {}
    plan = found[1]
    version = newest_version(plan, as_of)
    answers = {id: answer for id, answer in plan.known_by.items() if answer.on is None or answer.on <= as_of}
    departments: dict[str, list[str]] = {}
    for id, department in employed(records, as_of):
        departments.setdefault(department, []).append(id)
    names = records.organisation.departments if records.organisation is not None else {}
    front = set(plan.front_line or ())
    rows = []
    for department, people in sorted(departments.items()):
        name = names[department].name if department in names else department
        rows.append(_known(department or "-", name, people, answers, version, "yes" if department in front else "no"))
    everybody = [id for people in departments.values() for id in people]
    rows.append(_known("total", "", everybody, answers, version, "no"))
    unknown = sum(id not in everybody for id in answers)
    return pl.DataFrame(rows, schema=schema), {"answers from people who are not employed": unknown} if unknown else {}


def _known(
    key: str, name: str, people: list[str], answers: Mapping[str, Any], version: Any, front_line: str
) -> dict[str, Any]:
    own = [answers[id] for id in people if id in answers]
    counts = {what: sum(getattr(answer, what) is True for answer in own) for what in KNOWING}
    counts["answered"] = len(own)
    counts["up_to_date"] = sum(version is not None and answer.version == version.number for answer in own)
    row: dict[str, Any] = {"key": key, "name": name, "employees": len(people), "front_line": front_line}
    n = len(people)
    for what, k in counts.items():
        row |= {what: k / n if n else None, f"{what}_why": None if n else "no-cases", f"{what}_k": k, f"{what}_n": n}
        low, high = (wilson(k, n) if n < 30 else None) or (None, None)
        row |= {f"{what}_low": low, f"{what}_high": high}
    return row


def unread(records: Any, as_of: dt.date) -> pl.DataFrame:
    """People with direct contact to customers who have not seen the newest version of the plan (B25: 100 % check)."""
    schema = {
        "key": pl.String,
        "name": pl.String,
        "department": pl.String,
        "version": pl.Int64,
        "version_why": pl.String,
    }
    found = activities.newest_plan(records, as_of)
    version = newest_version(found[1], as_of) if found else None
    rows = []
    if found is not None and version is not None:
        answers = found[1].known_by or {}
        names = records.organisation.departments if records.organisation is not None else {}
        for id, department in employed(records, as_of):
            seen = (
                answers[id].version if id in answers and (answers[id].on is None or answers[id].on <= as_of) else None
            )
            if department in set(found[1].front_line or ()) and seen != version.number:
                name = names[department].name if department in names else department
                why = None if seen is not None else "no-cases"
                person = records.people[id].name or id
                rows.append({"key": id, "name": person, "department": name, "version": seen, "version_why": why})
    return pl.DataFrame(rows, schema=schema)


def ambassadors(records: Any, as_of: dt.date) -> pl.DataFrame:
    """Who speaks for the plan at each place of work (B25); without those whose name is withheld."""
    found = activities.newest_plan(records, as_of)
    places = (found[1].ambassadors or {}) if found else {}
    rows = [(id, records.people[id].name or id, place or "") for id, place in places.items() if id in records.people]
    return pl.DataFrame(rows, schema=dict.fromkeys(("key", "name", "place"), pl.String), orient="row").sort(
        "place", "name"
    )


def stakeholders(records: Any, as_of: dt.date) -> pl.DataFrame:
    """Who was asked, and who agreed to which version; an agreement to an earlier version than the newest is stale
    (B4).
    """
    schema: dict[str, Any] = {"key": pl.String, "name": pl.String, "state": pl.String}
    for name in ("asked_on", "agreed_on"):
        schema |= {name: pl.Date, f"{name}_why": pl.String}
    schema |= {"input": pl.Int64, "taken_in": pl.Int64, "version": pl.Int64, "version_why": pl.String}
    found = activities.newest_plan(records, as_of)
    rows = []
    for id, holder in ((found[1].stakeholders or {}) if found else {}).items():
        version = newest_version(found[1], as_of) if found else None
        agreed = holder.agreed if holder.agreed is not None and holder.agreed.on <= as_of else None
        asked = holder.asked_on if holder.asked_on is not None and holder.asked_on <= as_of else None
        stale = (
            agreed is not None
            and version is not None
            and agreed.version is not None
            and agreed.version < version.number
        )
        words = [item for item in holder.input or () if item.on is None or item.on <= as_of]
        rows.append(
            {
                "key": id,
                "name": holder.name or id,
                "state": ("stale" if stale else "agreed") if agreed else ("asked" if asked else "open"),
                "asked_on": asked,
                "asked_on_why": None if asked else "unknown-part",
                "agreed_on": agreed.on if agreed else None,
                "agreed_on_why": None if agreed else "unknown-part",
                "input": len(words),
                "taken_in": sum(item.taken_in is True for item in words),
                "version": agreed.version if agreed else None,
                "version_why": None if agreed and agreed.version is not None else "unknown-part",
            }
        )
    return pl.DataFrame(rows, schema=schema)
