"""Small made-up companies whose time is full of edges: the same seed gives the same records.

Week 53 and the days around three turns of the year, 29 February, Sundays, entries that are written twice, hours of one
minute, people who move department or get another rate in the middle of a week, people without department, rate or
contract, bookings that are added, moved and never met, part of a day away.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping
from pathlib import Path
from random import Random
from typing import Any

from sitegen import records

AS_OF = dt.date(2027, 1, 3)
"""A Sunday, the last day of week 53 of 2026."""

WEEKS = ("2020-W53", "2024-W09", "2025-W01", "2026-W01", "2026-W22", "2026-W23", "2026-W51", "2026-W52", "2026-W53")
"""2024-W09 holds 29 February; the first and the last lie in two years each."""

ORGANISATION = {
    "name": "Kant & Krog ApS", "country": "DK", "currency": "DKK", "languages": ["da", "en"],
    "reporting_department": "marketing", "standard_rate": {"2024-01-01": 417.33, "2026-12-30": 433.07},
    "departments": {name: {"name": name.title()} for name in ("marketing", "sales", "product")},
    "suppliers": {"north": "Nord", "south": "Syd"}, "working_days": ["mon", "tue", "wed", "thu", "fri"],
    "closed": [{"from": "2026-12-24", "to": "2026-12-31", "reason": "Juleferie"}],
}  # fmt: skip
TASKS = ("plan", "draft", "check")


def files(seed: int, people: int = 5, projects: int = 6) -> dict[str, str]:
    """The files of a company by path, each a JSON text, which is YAML."""
    random = Random(seed)
    found: dict[str, Any] = {"organisation.yml": ORGANISATION}
    names = [f"p{number}" for number in range(people)]
    works = [f"w{number}" for number in range(projects)]
    for number, name in enumerate(names):
        found[f"time/people/{name}.yml"] = _person(random, name, number)
    for number, name in enumerate(works):
        found[f"time/projects/{name}.yml"] = _project(random, name, number, names)
    for name in names:
        for week in WEEKS:
            if random.random() < 0.85:
                found[f"time/weeks/{name}/{week}.yml"] = _week(random, works, week)
    return {path: json.dumps(record, ensure_ascii=False, indent=1) for path, record in found.items()}


def _days(week: str) -> list[dt.date]:
    year, number = week.split("-W")
    return [dt.date.fromisocalendar(int(year), int(number), day) for day in range(1, 8)]


def _hours(random: Random, most: int) -> str:
    minutes = random.choice((1, 7, 20, 59, 60, 61, random.randint(1, most)))
    return f"{minutes // 60}h{minutes % 60}m"


def _person(random: Random, name: str, number: int) -> dict[str, Any]:
    person: dict[str, Any] = {"name": name.upper(), "employed": {"from": "2020-01-01"}}
    departments = list(ORGANISATION["departments"])  # type: ignore[call-overload]
    if number == 0:  # moves on a Wednesday, with a raise on the same day
        person["department"] = {"2020-01-01": departments[0], "2026-06-03": departments[1]}
        person["internal_rate"] = {"2020-01-01": 401.11, "2026-06-03": 455.55}
    elif number != 1:  # the second is in no department and has no rate
        person["department"] = random.choice(departments)
        if random.random() < 0.7:
            person["internal_rate"] = {"2025-01-01": random.randint(30000, 90000) / 100}
    if number != 2:  # the third has no contract
        person["weekly_hours"] = {"2020-01-01": 37, "2026-12-30": random.choice((20, 30.5))}
    if number == 3:
        person["working_days"] = {"2020-01-01": ["mon", "tue", "thu"], "2026-12-30": ["wed", "fri", "sun"]}
    return person


def _project(random: Random, name: str, number: int, people: list[str]) -> dict[str, Any]:
    changed = {"2020-01-01": "investment", "2026-12-30": "operations"}
    kinds: tuple[Any, ...] = ("investment", changed, "investment", "operations")
    project: dict[str, Any] = {
        "name": f"Work {number}",
        "type": kinds[number % 4],
        "start": "2020-01-01",
        "end": "2027-06-30",
        "tasks": {
            task: {"name": task.title(), "budget_hours": _hours(random, 9000), "done": {"2026-06-01": "40%"}}
            for task in random.sample(TASKS, random.randint(0, 3))
        },
    }
    if number != 1:
        project["department"] = random.choice(list(ORGANISATION["departments"]))  # type: ignore[call-overload]
        project["owner"] = random.choice(people)
    if number != 3:
        project["budget"] = [
            {
                "on": "2020-01-01",
                "hours": random.randint(1, 90),
                "external_cost": 12345.67,
                "end": "2027-06-30",
                "why": "x",
            },
            {"on": "2026-06-03", "per": random.choice(("month", "week", "year")), "hours": 7.1, "why": "y"},
        ]
    if random.random() < 0.7:
        project["external_costs"] = [
            {
                "date": "2026-06-03",
                "supplier": "north",
                "amount": random.randint(1, 10**7) / 100,
                "invoice": f"{name}-1",
            }
        ]
        project["quotes"] = [{"on": "2026-06-03", "supplier": "south", "hourly_rate": 777.77}]
    return project


def _week(random: Random, works: list[str], week: str) -> dict[str, Any]:
    days = [day.isoformat() for day in _days(week)]
    logged = []
    for _ in range(random.randint(0, 9)):
        entry = {"date": random.choice(days), "project": random.choice(works), "hours": _hours(random, 300)}
        if random.random() < 0.2:
            entry |= {"asked_by": random.choice(("sales", "product")), "displaced": [random.choice(works)]}
        logged += [entry] * random.choice((1, 1, 1, 2))
    booked: list[dict[str, Any]] = []
    for _ in range(random.randint(0, 5)):
        booking: dict[str, Any] = {"project": random.choice(works), "hours": _hours(random, 600)}
        if random.random() < 0.3:
            booking["added"] = random.choice(days)
        elif random.random() < 0.3:
            booking["instead"] = {"decision": random.choice(("rebooked", "dropped")), "why": "z"}
        booked.append(booking)
    record: dict[str, Any] = {"planned": days[0], "booked": booked, "logged": logged}
    if random.random() < 0.4:
        away = random.sample(days, 2)
        record["absent"] = [{"date": away[0], "reason": "leave"}, {"date": away[1], "reason": "other", "hours": 2.5}]
    return record


def write(root: Path, made: Mapping[str, str]) -> Path:
    """The folder with these files in it."""
    for path, text in made.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(text, encoding="utf-8")
    return root


def read(root: Path, seed: int, **size: int) -> records.Records:
    """The records of the company of a seed, written to `root`; what the reader finds wrong is a fault of this file."""
    found = records.read(write(root, files(seed, **size)))
    assert [str(problem) for problem in found.problems] == []
    return found.records
