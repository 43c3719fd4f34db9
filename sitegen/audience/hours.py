"""People and their hours: named in the reporting department, elsewhere those of the department."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

from sitegen.audience.cut import Cut
from sitegen.models.fields import Dated
from sitegen.models.time import Person
from sitegen.records import Records, Rows

DEPARTMENT = "dept:"
"""Begins the id of what stands for the people of a department: `dept:sales`; alone for people of none."""


def department_of(person: Person | None, day: dt.date | None) -> str | None:
    """The department somebody was in on a day; without a day the newest."""
    if person is None or person.department is None:
        return None
    return person.department.at(day) if day else person.department.spans[-1][1]


def named_people(records: Records, cut: Cut) -> dict[str, Any]:
    """For everyone: the people whom something everyone may see names, with name and department; nobody's hours."""
    people = {id: person for id, person in cut.cards(records.people).items() if id in cut.named}
    empty = {name: Rows(getattr(records, name).names) for name in ("logged", "booked", "absent")}
    return {"people": people, **empty}


def people_and_hours(records: Records, cut: Cut) -> dict[str, Any]:
    """For marketing: the reporting department by name, everybody else's hours as those of their department."""
    reporting = records.organisation.reporting_department if records.organisation else None
    people = cut.cards(records.people)
    for id, person in people.items():
        if person.department is None or reporting not in person.department.values:
            people[id] = person.model_copy(update={"weekly_minutes": None, "working_days": None})
    seen = _Hours(records.people, frozenset(people), reporting, cut.hidden)
    kept: dict[str, Any] = {
        "logged": seen.rows(records.logged, "day", ("note", "imported")),
        "booked": seen.rows(records.booked, "week", ("why", "planned")),
        "absent": seen.rows(records.absent.with_columns({"reason": [None] * len(records.absent)}), "day", ()),
    }
    departments = records.organisation.departments if records.organisation else {}
    for stand_in in sorted(seen.stand_ins):
        department = stand_in.removeprefix(DEPARTMENT)
        name = departments[department].name if department in departments else department or "–"
        belongs = Dated(((None, department),)) if department else None
        people[stand_in] = Person.model_construct(name=name, department=belongs)
    return kept | {"people": dict(sorted(people.items()))}


class _Hours:
    """Rows of people, where those outside the reporting department become their department, without file and line."""

    def __init__(
        self,
        people: Mapping[str, Person],
        shown: frozenset[str],
        reporting: str | None,
        hidden: Mapping[str, frozenset[str]],
    ) -> None:
        self.people = people
        self.shown = shown
        self.reporting = reporting
        self.hidden = hidden
        self.stand_ins: set[str] = set()
        self._known: dict[tuple[str, dt.date, int], str] = {}

    def rows(self, rows: Rows, day: str, personal: Sequence[str]) -> Rows:
        """The rows that are left; `personal` are the columns that go with the name."""
        if "project" in rows.names and self.hidden.get("project"):
            rows = rows.where([project not in self.hidden["project"] for project in rows["project"]])
        days = 7 if day == "week" else 1
        who = [self._seen_as(person, on, days) for person, on in zip(rows["person"], rows[day], strict=True)]
        outside = [name.startswith(DEPARTMENT) for name in who]
        self.stand_ins |= {name for name, out in zip(who, outside, strict=True) if out}
        columns: dict[str, list[Any]] = {name: list(rows[name]) for name in rows.names} | {"person": who}
        files: dict[str, int] = {}
        for at, out in enumerate(outside):
            columns["file"][at] = files.setdefault("" if out else rows.files[columns["file"][at]], len(files))
            if out:
                columns["line"][at] = 0
                for name in personal:
                    columns[name][at] = None
        self._forget_hidden(columns)
        says = list(zip(*(_ranks(columns[name]) for name in dict.fromkeys(("person", day, *rows.names))), strict=True))
        order = [at for at, out in enumerate(outside) if not out]
        order += sorted((at for at, out in enumerate(outside) if out), key=says.__getitem__)
        return Rows(rows.names, {name: [column[at] for at in order] for name, column in columns.items()}, list(files))

    def _seen_as(self, person: str, first: dt.date, days: int) -> str:
        """The name for the days; the department is that of the first, or of the last for those who begin between."""
        known = self._known.get((person, first, days))
        if known is None:
            card = self.people.get(person)
            department = department_of(card, first) or department_of(card, first + dt.timedelta(days=days - 1))
            named = person in self.shown and department is not None and department == self.reporting
            known = self._known[person, first, days] = person if named else f"{DEPARTMENT}{department or ''}"
        return known

    def _forget_hidden(self, columns: dict[str, list[Any]]) -> None:
        customers, projects = self.hidden.get("customer", frozenset()), self.hidden.get("project", frozenset())
        if customers and "customer" in columns:
            columns["customer"] = [None if customer in customers else customer for customer in columns["customer"]]
        if projects and "displaced" in columns:
            columns["displaced"] = [
                tuple(project for project in pushed if project not in projects) if pushed else pushed
                for pushed in columns["displaced"]
            ]


def _ranks(column: list[Any]) -> list[int]:
    """The place of each value among the different ones, so that any column can be sorted by."""
    rank = {value: n for n, value in enumerate(sorted(set(column), key=str))}
    return [rank[value] for value in column]
