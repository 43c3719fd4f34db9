"""What a reader calls whoever worked: a person by name, or a department where the names are withheld."""

from __future__ import annotations

from typing import Any

from sitegen.metrics.projects import name_of
from sitegen.tables.time import DEPARTMENT_AS_PERSON as DEPARTMENT


def is_person(person: str) -> bool:
    """Whether the hours are one person's, and not those of a department without names."""
    return not person.startswith(DEPARTMENT)


def key_of(person: str) -> str:
    """The person as part of a key: `dept:sales` holds a colon, which no key may."""
    return person.replace(":", "-")


def department_name(organisation: Any, department: str | None) -> str | None:
    """A department's name from the organisation's list; its id where it has none."""
    departments = getattr(organisation, "departments", None) or {}
    held = departments.get(department) if isinstance(departments, dict) else None
    return getattr(held, "name", department) or None


def who(person: str, organisation: Any, records: Any) -> str | None:
    """The name of a person, or of the department that stands for its people."""
    if is_person(person):
        return name_of(records, person)
    return department_name(organisation, person.removeprefix(DEPARTMENT))
