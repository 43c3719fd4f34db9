"""Write the fictitious company Fjordlys Software A/S: the same seed gives the same bytes.

    python -m benchmarks.company --out records                  the company of this repository
    python -m benchmarks.company --out /tmp/big --entries 100000   the same company, grown for timings

What a person would read is written by hand and lies in `records/`: the organisation, the people, the projects, the
plans, the campaigns and templates, the prominent customer cards and the questions of the surveys. They are read here,
never written; another `--out` gets a copy of them. What there is much of is made here: weeks (`time/weeks`), the other
customer cards, web figures, support cases, sales figures, and who was invited to a survey and answered.

Every person, card and month draws from its own stream of random numbers, so a change to one leaves the others alone.
"""

from __future__ import annotations

import argparse
import re
import shutil
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from random import Random
from typing import Any

import yaml

SEED = 1
HERE = Path(__file__).resolve().parent.parent / "records"
FIRST, AS_OF, LAST = date(2024, 12, 30), date(2026, 6, 30), date(2026, 8, 16)
"""Monday of the first week, the day the company stands at, and the last day with bookings (2026-W33)."""
GENERATED = ("time/weeks", "crm/customers", "crm/surveys", "crm/web", "crm/support", "plans/sales-*.yml")
"""Where this module writes; in the first two and the surveys only beside or below what is written by hand."""

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
HOLIDAYS = {
    date.fromisoformat(day)
    for day in (
        "2025-01-01 2025-04-17 2025-04-18 2025-04-20 2025-04-21 2025-05-29 2025-06-08 2025-06-09 2025-12-25 2025-12-26 "
        "2026-01-01 2026-04-02 2026-04-03 2026-04-05 2026-04-06 2026-05-14 2026-05-24 2026-05-25 2026-12-25 2026-12-26"
    ).split()
}

# ---------------------------------------------------------------------------------------------- YAML as a person writes

PLAIN = re.compile(r"[A-Za-zÆØÅæøå0-9][A-Za-zÆØÅæøå0-9 ./@_+-]*\Z")
NOT_TEXT = re.compile(r"(?i)(true|false|null|~|[-+]?[0-9.][0-9_.,:e+-]*)\Z")


def text(value: str, always: bool = False) -> str:
    """A text as YAML: bare where that is safe everywhere, else in double quotes."""
    if not always and PLAIN.match(value) and not NOT_TEXT.match(value) and not value.endswith(" "):
        return value
    return '"' + value.replace("\\", "\\\\").replace('"', '\\"') + '"'


def scalar(value: Any) -> str:
    """One value in flow style."""
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Free):
        return text(value, always=True)
    if isinstance(value, str):
        return text(value)
    if isinstance(value, dict):
        return "{" + ", ".join(f"{k}: {scalar(v)}" for k, v in value.items()) + "}"
    if isinstance(value, list | tuple):
        return "[" + ", ".join(scalar(v) for v in value) + "]"
    return str(value)


class Free(str):
    """Free text: always quoted."""


def block(record: dict[str, Any], indent: str = "") -> str:
    """A record: its keys below each other, lists of mappings one a line, small mappings in one line."""
    lines = []
    for key, value in record.items():
        if isinstance(value, list) and value and isinstance(value[0], dict):
            lines.append(f"{indent}{key}:\n")
            for item in value:
                if len(item) > 9:
                    lines.append(f"{indent}  - " + block(item, indent + "    ").removeprefix(indent + "    "))
                else:
                    lines.append(f"{indent}  - {scalar(item)}\n")
        elif isinstance(value, dict) and value and all(isinstance(v, dict) for v in value.values()):
            lines.append(f"{indent}{key}:\n")
            for name, inner in value.items():
                if len(inner) > 5:
                    lines.append(f"{indent}  {name}:\n" + block(inner, indent + "    "))
                else:
                    lines.append(f"{indent}  {name}: {scalar(inner)}\n")
        else:
            lines.append(f"{indent}{key}: {scalar(value)}\n")
    return "".join(lines)


def hours(minutes: int) -> str:
    """Whole minutes as a person writes them: `2`, `2.5`, `1.25`."""
    whole, rest = divmod(minutes, 60)
    return str(whole) if not rest else f"{minutes / 60:.2f}".rstrip("0")


# ------------------------------------------------------------------------------------------------------ what is read


def plain(value: Any, day: date) -> Any:
    """What held on a day of a value that may be dated; before its first date nothing."""
    if not (isinstance(value, dict) and value and all(isinstance(key, date) for key in value)):
        return value
    known = [key for key in value if key <= day]
    return value[max(known)] if known else None


@dataclass
class Person:
    """What weeks need to know of one employee."""

    id: str
    start: date
    end: date
    weekly: Any
    working: Any

    def days(self, day: date, usual: list[str]) -> list[str]:
        return plain(self.working, day) or usual

    def minutes(self, day: date, usual: list[str]) -> int:
        """Contract minutes of one of the person's working days."""
        return round((plain(self.weekly, day) or 0) * 60 / len(self.days(day, usual)))


@dataclass
class Hand:
    """The hand-written company, as far as the generated one must agree with it."""

    people: dict[str, Person] = field(default_factory=dict)
    lives: dict[str, tuple[date, date]] = field(default_factory=dict)
    usual: list[str] = field(default_factory=list)
    shut: set[date] = field(default_factory=set)
    cards: dict[str, dict[str, Any]] = field(default_factory=dict)
    lists: dict[str, list[str]] = field(default_factory=dict)


class Core(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):  # type: ignore[misc]
    """PyYAML without `on`, `off`, `yes` and `no` as truth values: they are text in YAML 1.2."""

    yaml_implicit_resolvers = {
        first: [(tag, pattern) for tag, pattern in resolvers if tag != "tag:yaml.org,2002:bool" or first in "tTfF"]
        for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
    }


def load(path: Path) -> Any:
    return yaml.load(path.read_text(encoding="utf-8"), Core)


def read(folder: Path) -> Hand:
    """The hand-written records of a folder."""
    hand = Hand()
    organisation = load(folder / "organisation.yml")
    hand.usual = organisation["working_days"]
    for span in organisation["closed"]:
        hand.shut |= {span["from"] + timedelta(n) for n in range((span["to"] - span["from"]).days + 1)}
    hand.shut |= HOLIDAYS
    for path in sorted((folder / "time/people").glob("*.yml")):
        record = load(path)
        employed = record["employed"]
        hand.people[path.stem] = Person(
            path.stem,
            employed["from"],
            employed.get("to", date.max),
            record["weekly_hours"],
            record.get("working_days"),
        )
    for path in sorted((folder / "time/projects").glob("*.yml")):
        record = load(path)
        ends = [record[key] for key in ("closed", "end") if key in record]
        hand.lives[path.stem] = record["start"], min(ends, default=date.max)
    for path in sorted((folder / "crm/customers").glob("*.yml")):
        if path.stem in BY_HAND:
            hand.cards[path.stem] = load(path)
    for path in sorted((folder / "crm/campaigns").glob("*.yml")):
        members = load(path).get("members")
        if members:
            hand.lists[path.stem] = [m if isinstance(m, str) else m["customer"] for m in members]
    return hand


BY_HAND = (
    "aabenraa-staal fanoe-fisk haervejen-rejser havnens-logistik klokkeholm-moebler kyst-byg "
    "limfjord-revision lyngby-labs "
    "moellebro-maskiner nordisk-data nordisk-data-aps nordkyst-it oestersoe-foods ribe-trykkeri samsoe-frugt "
    "skagerrak-shipping thy-energi vestjysk-elforsyning"
).split()
"""The customer cards that are written by hand and never overwritten."""

# -------------------------------------------------------------------------------------------------------------- weeks

D = date.fromisoformat
Y25, Y26 = ("2025-01-01", "2025-12-31"), ("2026-01-01", "2026-12-31")
ALL = ("2025-01-01", "2026-12-31")

WORK: dict[str, list[tuple[str, str | None, float, tuple[str, str]]]] = {
    "anna": [
        ("messe-2025", "stand", 2.5, ("2025-01-13", "2025-03-21")),
        ("messe-2025", "days", 22, ("2025-03-24", "2025-03-28")),
        ("webinar-2025", "content", 2, ("2025-02-03", "2025-05-30")),
        ("meetup-2025", "program", 2.5, ("2025-04-01", "2025-08-29")),
        ("meetup-2025", "evening", 14, ("2025-09-22", "2025-09-26")),
        ("online-marketing", None, 4, Y25),
        ("ktu", "analysis", 2, ("2025-10-01", "2026-12-31")),
        ("meetups", "program", 1, ("2025-11-03", "2026-12-31")),
        ("website", "structure", 4, ("2026-01-12", "2026-03-06")),
        ("website", "danish-cases", 2, ("2026-04-01", "2026-06-26")),
        ("website", "launch", 3, ("2026-08-03", "2026-09-30")),
        ("cases", "interviews", 1, ("2026-03-02", "2026-08-31")),
        ("it-dage", "stand", 2, ("2026-04-20", "2026-09-25")),
        ("marketing-plan", "planning", 6, ALL),
    ],
    "mette": [
        ("online-marketing", None, 8, Y25),
        ("seo", "keywords", 2.2, ("2025-09-01", "2026-04-28")),
        ("seo", "link-building", 1.5, ("2026-02-02", "2026-12-31")),
        ("webinar-q1", "content", 2.6, ("2026-01-05", "2026-04-23")),
        ("webinar-q1", "hosting", 2.6, ("2026-01-26", "2026-05-15")),
        ("ads", "google", 4, ("2026-02-16", "2026-12-31")),
        ("social", "articles", 6, ALL),
        ("sales-material", None, 2, ALL),
    ],
    "sofie": [
        ("newsletter", "writing", 2.2, ALL),
        ("sales-material", None, 3, ALL),
        ("online-marketing", None, 5, Y25),
        ("messe-2025", "stand", 2, ("2025-01-13", "2025-03-21")),
        ("webinar-2025", "content", 1.5, ("2025-02-03", "2025-05-30")),
        ("meetup-2025", "invitations", 1.8, ("2025-05-01", "2025-09-12")),
        ("meetup-2025", "evening", 10, ("2025-09-22", "2025-09-26")),
        ("aarsaftaler", "letters", 5, ("2026-01-19", "2026-02-06")),
        ("webinar-q1", "content", 1.8, ("2026-01-05", "2026-04-23")),
        ("webinar-q1", "invitations", 1.2, ("2026-01-12", "2026-04-17")),
        ("cross-sell", "letters", 4, ("2026-02-02", "2026-02-20")),
        ("screening", "letters", 5, ("2026-02-16", "2026-03-06")),
        ("cases", "interviews", 1, ("2026-03-02", "2026-08-31")),
        ("cases", "writing", 2, ("2026-04-01", "2026-10-16")),
        ("website", "danish-products", 6.5, ("2026-04-01", "2026-05-29")),
        ("website", "danish-products", 3.5, ("2026-06-01", "2026-06-26")),
        ("website", "english", 2, ("2026-06-01", "2026-09-15")),
        ("guides", "writing", 1, ("2025-08-01", "2026-12-31")),
        ("video", "script", 4, ("2026-06-22", "2026-09-11")),
    ],
    "emil": [
        ("online-marketing", None, 5, Y25),
        ("newsletter", "sending", 1, ALL),
        ("ktu", "database", 2, ("2025-10-01", "2026-12-31")),
        ("seo", "competitors", 1.5, ("2026-01-05", "2026-03-31")),
        ("seo", "link-building", 1, ("2026-02-02", "2026-05-22")),
        ("ads", "linkedin", 2, ALL),
        ("it-dage", "stand", 0.8, ("2026-04-20", "2026-09-25")),
    ],
    "kasper": [
        ("online-marketing", None, 12, Y25),
        ("ads", "google", 5, ALL),
        ("ads", "linkedin", 1.5, ALL),
        ("messe-2025", "stand", 2, ("2025-01-13", "2025-03-21")),
        ("webinar-2025", "hosting", 1.3, ("2025-03-03", "2025-06-06")),
        ("website", "structure", 3, ("2026-01-12", "2026-02-27")),
        ("website", "visual", 3, ("2026-02-02", "2026-02-27")),
    ],
    "line": [
        ("new-sales", "meetings", 8, ALL),
        ("new-sales", "offers", 5, ALL),
        ("key-accounts", "visits", 5, ALL),
        ("crm-rollout", "training", 5, ("2025-09-01", "2025-11-14")),
        ("aarsaftaler", "meetings", 1.2, ("2026-02-16", "2026-06-26")),
    ],
    "jonas": [
        ("new-sales", "canvassing", 6, ALL),
        ("new-sales", "meetings", 9, ALL),
        ("new-sales", "offers", 6, ALL),
        ("key-accounts", "visits", 4, ALL),
        ("messe-2025", "days", 16, ("2025-03-24", "2025-03-28")),
        ("aarsaftaler", "calls", 1.5, ("2026-02-09", "2026-03-13")),
        ("aarsaftaler", "meetings", 1.3, ("2026-02-16", "2026-06-26")),
        ("cross-sell", "meetings", 3.5, ("2026-02-23", "2026-06-12")),
    ],
    "henrik": [
        ("key-accounts", "visits", 10, ALL),
        ("key-accounts", "renewals", 8, ALL),
        ("new-sales", "meetings", 5, ALL),
        ("new-sales", "offers", 4, ALL),
        ("partner-portal", None, 4.5, ("2025-11-03", "2026-05-22")),
        ("cross-sell", "meetings", 2, ("2026-02-23", "2026-06-12")),
    ],
    "ida": [
        ("new-sales", "canvassing", 18, ("2025-01-01", "2026-03-10")),
        ("new-sales", "canvassing", 3, ("2026-03-11", "2026-12-31")),
        ("crm-rollout", "cleaning", 4, ("2025-03-03", "2025-10-31")),
        ("meetups", "program", 1.5, ("2025-11-03", "2026-12-31")),
        ("meetups", "evening", 1.5, ("2026-03-11", "2026-12-31")),
        ("ktu", "calls", 2, ("2025-11-25", "2026-06-12")),
        ("aarsaftaler", "calls", 5, ("2026-02-09", "2026-03-13")),
        ("screening", "calls", 4, ("2026-03-11", "2026-06-26")),
        ("it-dage", "invitations", 1.2, ("2026-06-01", "2026-09-18")),
        ("social", "posts", 6, ("2026-03-11", "2026-12-31")),
    ],
    "peter": [
        ("timelog-5", "billing", 13, ("2025-01-06", "2026-02-27")),
        ("maintenance", "errors", 6, ALL),
        ("maintenance", "hosting", 4, ALL),
        ("api", "payroll", 6, ("2026-08-03", "2026-12-11")),
    ],
    "yasmin": [
        ("timelog-5", "billing", 17, ("2025-01-06", "2026-02-27")),
        ("api", "economy", 14, ("2026-04-01", "2026-09-30")),
        ("maintenance", "errors", 6, ALL),
    ],
    "oskar": [
        ("timelog-5", "reports", 18, ("2025-03-03", "2025-08-29")),
        ("mobile-app", "design", 10, ("2025-09-01", "2025-12-19")),
        ("mobile-app", "build", 18, ("2026-01-05", "2026-09-30")),
        ("maintenance", "errors", 6, ALL),
    ],
    "nanna": [
        ("online-marketing", None, 2.5, Y25),
        ("timelog-5", "reports", 23, ("2025-03-03", "2026-01-30")),
        ("timelog-5", "reports", 12, ("2026-02-02", "2026-03-31")),
        ("website", "structure", 3.5, ("2026-01-12", "2026-03-06")),
        ("website", "visual", 9, ("2026-02-02", "2026-04-09")),
        ("website", "templates", 13, ("2026-03-09", "2026-05-29")),
        ("website", "templates", 11, ("2026-06-01", "2026-06-26")),
        ("website", "english", 6, ("2026-08-03", "2026-09-15")),
        ("mobile-app", "build", 6, ("2026-04-01", "2026-08-09")),
        ("mobile-app", "build", 32, ("2026-08-10", "2026-09-30")),
        ("maintenance", "errors", 5, ALL),
    ],
    "trine": [
        ("helpdesk", "cases", 13, ALL),
        ("helpdesk", "training", 5, ALL),
        ("onboarding", None, 7, ALL),
        ("guides", "writing", 3.5, ALL),
    ],
    "bo": [("helpdesk", "cases", 16, ALL), ("onboarding", None, 4, ALL)],
    "gitte": [
        ("admin", "invoicing", 20, ALL),
        ("annual-report-2025", None, 7, ("2026-01-05", "2026-04-30")),
        ("crm-rollout", "cleaning", 1.5, ("2025-03-03", "2025-10-31")),
    ],
}
"""Who works on what: project, task, hours a usual week, from and to. Clipped to the project's life."""

FILL: dict[str, list[tuple[str, str | None]]] = {
    "anna": [("admin", "meetings"), ("marketing-plan", "planning"), ("marketing-plan", "leading")],
    "mette": [("admin", "meetings"), ("marketing-plan", "planning"), ("social", "articles")],
    "sofie": [("admin", "meetings"), ("social", "articles")],
    "emil": [("marketing-plan", "analytics"), ("social", "dialogue")],
    "kasper": [("admin", "meetings"), ("marketing-plan", "analytics"), ("social", "posts")],
    "line": [("admin", "meetings"), ("new-sales", "meetings"), ("key-accounts", "visits")],
    "jonas": [("admin", "meetings"), ("new-sales", "meetings"), ("new-sales", "canvassing")],
    "henrik": [("admin", "meetings"), ("key-accounts", "visits"), ("key-accounts", "renewals")],
    "ida": [("admin", "meetings"), ("new-sales", "canvassing")],
    "peter": [("admin", "meetings"), ("maintenance", "errors"), ("maintenance", "hosting")],
    "yasmin": [("admin", "meetings"), ("maintenance", "errors")],
    "oskar": [("admin", "meetings"), ("maintenance", "errors")],
    "nanna": [("admin", "meetings"), ("maintenance", "errors")],
    "trine": [("admin", "meetings"), ("helpdesk", "cases"), ("onboarding", None)],
    "bo": [("admin", "meetings"), ("helpdesk", "cases")],
    "gitte": [("admin", "meetings"), ("admin", "invoicing")],
}
"""What fills the rest of the week."""

MARKETERS = ("anna", "mette", "sofie", "kasper", "emil")
HELPERS = (*MARKETERS, "nanna", "peter", "gitte", "trine")
"""Who sales borrows hours from now and then."""

WHY = (
    "Salg lånte mig",
    "Venter på tekst fra kunden",
    "Trykkeriet var forsinket",
    "Fejl hos en stor kunde gik forud",
    "Mødet blev flyttet",
    "Ikke længere nødvendigt",
)
NOTES = {
    "seo": ("Nye søgeord", "Titler på produktsider", "Henvendelse til tre brancheblade"),
    "ads": ("Nye annoncetekster", "Budgettet flyttet mellem kampagner", "Negative søgeord"),
    "website": (
        "Forsiden, tredje udgave",
        "Gennemgang med Nanna",
        "Billeder i rigtig størrelse",
        "Tekst til prissiden",
    ),
    "webinar-q1": ("Oplæg og prøve", "Svar på spørgsmål bagefter", "Opfølgning på deltagere"),
    "cases": ("Interview pr. telefon", "Citater godkendt"),
    "newsletter": ("Månedens udgave", "Oprydning i listen"),
    "sales-material": ("Nye billeder til tilbud", "Prisark", "Præsentation til stort møde: it-branchen"),
    "help-sales": ("Præsentation til møde", "Regneeksempel til tilbud", "Demo for stor kunde"),
    "helpdesk": ("Mange spørgsmål om kreditnotaer", "Kø efter opdateringen"),
    "new-sales": ("Ringede 20", "To møder i Aarhus", "Tilbud sendt"),
    "key-accounts": ("Besøg og frokost", "Fornyelse gennemgået"),
    "aarsaftaler": ("Ringede til guldkunder", "Aftale underskrevet"),
    "maintenance": ("Fejl i momsberegning", "Opdatering af databasen"),
}

OFF: dict[str, tuple[tuple[str, str], ...]] = {
    "anna": (
        ("2025-02-10", "2025-02-14"),
        ("2025-07-14", "2025-08-01"),
        ("2025-10-13", "2025-10-17"),
        ("2026-02-09", "2026-02-13"),
        ("2026-07-13", "2026-07-31"),
    ),
    "mette": (("2025-10-13", "2025-10-15"), ("2026-02-16", "2026-02-19"), ("2026-07-20", "2026-08-06")),
    "sofie": (
        ("2025-02-17", "2025-02-21"),
        ("2025-07-07", "2025-07-25"),
        ("2025-10-13", "2025-10-17"),
        ("2026-02-16", "2026-02-18"),
        ("2026-07-06", "2026-07-24"),
    ),
    "emil": (
        ("2025-06-10", "2025-06-20"),
        ("2025-07-21", "2025-08-08"),
        ("2026-01-06", "2026-01-22"),
        ("2026-07-14", "2026-07-30"),
    ),
    "kasper": (("2025-04-14", "2025-04-16"), ("2025-07-14", "2025-08-01"), ("2025-12-22", "2025-12-23")),
    "line": (
        ("2025-02-10", "2025-02-14"),
        ("2025-07-21", "2025-08-08"),
        ("2025-10-16", "2025-10-17"),
        ("2026-02-09", "2026-02-13"),
        ("2026-07-20", "2026-08-07"),
    ),
    "jonas": (
        ("2025-07-07", "2025-07-25"),
        ("2025-10-13", "2025-10-17"),
        ("2026-03-30", "2026-04-01"),
        ("2026-07-06", "2026-07-24"),
    ),
    "henrik": (
        ("2025-06-30", "2025-07-18"),
        ("2025-09-08", "2025-09-12"),
        ("2026-02-16", "2026-02-20"),
        ("2026-07-13", "2026-07-31"),
    ),
    "ida": (
        ("2025-07-28", "2025-08-15"),
        ("2025-12-22", "2025-12-23"),
        ("2026-04-07", "2026-04-10"),
        ("2026-07-27", "2026-08-07"),
    ),
    "peter": (
        ("2025-02-10", "2025-02-14"),
        ("2025-07-07", "2025-07-25"),
        ("2025-10-13", "2025-10-17"),
        ("2026-02-09", "2026-02-13"),
        ("2026-07-06", "2026-07-24"),
    ),
    "yasmin": (
        ("2025-03-31", "2025-04-04"),
        ("2025-07-21", "2025-08-08"),
        ("2026-03-16", "2026-03-20"),
        ("2026-07-20", "2026-08-07"),
    ),
    "oskar": (("2025-07-14", "2025-08-01"), ("2025-12-15", "2025-12-19"), ("2026-07-13", "2026-07-31")),
    "nanna": (
        ("2025-02-10", "2025-02-14"),
        ("2025-07-07", "2025-07-25"),
        ("2025-10-20", "2025-10-24"),
        ("2026-03-30", "2026-04-01"),
        ("2026-07-13", "2026-07-31"),
    ),
    "trine": (
        ("2025-07-28", "2025-08-15"),
        ("2025-10-13", "2025-10-17"),
        ("2026-02-09", "2026-02-13"),
        ("2026-07-27", "2026-08-14"),
    ),
    "bo": (("2025-07-07", "2025-07-25"), ("2026-02-23", "2026-02-25"), ("2026-07-06", "2026-07-24")),
    "gitte": (
        ("2025-07-14", "2025-08-01"),
        ("2025-10-13", "2025-10-17"),
        ("2026-05-11", "2026-05-13"),
        ("2026-07-13", "2026-07-31"),
    ),
}
"""Vacation, from and to."""

TIMED = ("havnens-logistik", "thy-energi", "oestersoe-foods", "moellebro-maskiner")
"""Customers whose time cost is not written: their hours are logged on them, in each half year."""


@dataclass
class Booking:
    """One line of a week's plan, and what came of it."""

    project: str
    task: str | None
    minutes: int
    more: list[str] = field(default_factory=list)


@dataclass
class Entry:
    """Hours on a day, as they are logged."""

    day: date
    project: str
    task: str | None
    minutes: int
    more: list[str]


def week_name(monday: date) -> str:
    year, week, _ = monday.isocalendar()
    return f"{year}-W{week:02}"


def half(minutes: float) -> int:
    """To the nearest half hour, as whole minutes."""
    return int(minutes / 30 + 0.5) * 30


class Weeks:
    """All week files of one person, from the first to the last."""

    def __init__(self, hand: Hand, person: Person, seed: int, leads: list[tuple[str, date]]) -> None:
        self.hand, self.person, self.leads = hand, person, leads
        self.random = Random(f"{seed}/weeks/{person.id}")
        self.off = {
            D(start) + timedelta(n) for start, end in OFF[person.id] for n in range((D(end) - D(start)).days + 1)
        }
        self.carried: list[tuple[date, Booking]] = []
        self.imported = 88100

    def alive(self, project: str, day: date) -> bool:
        start, end = self.hand.lives[project]
        return start <= day <= end

    def files(self) -> Iterator[tuple[str, str, int]]:
        """Name, text and number of logged entries of each week."""
        monday = FIRST
        while monday <= LAST:
            found = self.week(monday)
            if found:
                yield f"time/weeks/{self.person.id}/{week_name(monday)}.yml", *found
            monday += timedelta(7)

    def week(self, monday: date) -> tuple[str, int] | None:
        person, random = self.person, self.random
        days = [monday + timedelta(n) for n in range(7)]
        mine = [
            day
            for day in days
            if person.start <= day <= person.end
            and day.year >= 2025
            and DAYS[day.weekday()] in person.days(day, self.hand.usual)
            and day not in self.hand.shut
        ]
        if not mine:
            return None
        away = [(day, "holiday", 0) for day in mine if day in self.off]
        if not away and random.random() < 0.035:
            away.append((random.choice(mine), "leave", 0))
        elif not away and random.random() < 0.04:
            away.append((random.choice(mine), "other", random.choice((120, 180, 210))))
        gone = {day for day, _, minutes in away if not minutes}
        free = {day: person.minutes(day, self.hand.usual) for day in mine if day not in gone}
        for day, _, minutes in away:
            if minutes:
                free[day] -= minutes
        plans = self.plan(monday, free)
        for day in free:
            free[day] += random.choice((-60, -30, -30, 0, 0, 0, 30, 60))
        logged = self.log(monday, free, plans)
        lines = []
        unplanned = (
            person.id == "peter" and random.random() < 0.3 or monday > D("2026-07-13") and person.id in ("bo", "henrik")
        )
        if plans and not unplanned:
            friday = min(monday - timedelta(3), D("2026-06-26"))
            lines.append(f"planned: {friday}")
            lines.append("booked:")
            for plan in plans:
                lines.append(f"  - project: {plan.project}")
                if plan.task:
                    lines.append(f"    task: {plan.task}")
                lines.append(f"    hours: {hours(plan.minutes)}")
                lines += [f"    {more}" for more in plan.more]
        if away:
            lines.append("absent:")
            for day, reason, minutes in away:
                lines += [f"  - date: {day}", f"    reason: {reason}"]
                if minutes:
                    lines.append(f"    hours: {hours(minutes)}")
        if logged:
            lines.append("logged:")
            for entry in logged:
                lines += [f"  - date: {entry.day}", f"    project: {entry.project}"]
                if entry.task:
                    lines.append(f"    task: {entry.task}")
                piece = entry.minutes
                odd = piece % 60 and piece > 60 and random.random() < 0.06
                lines.append(f"    hours: {f'{piece // 60}h{piece % 60:02}m' if odd else hours(piece)}")
                lines += [f"    {more}" for more in entry.more]
        return ("\n".join(lines) + "\n", len(logged)) if lines else None

    def plan(self, monday: date, free: dict[date, int]) -> list[Booking]:
        """What the person booked for the week on the Friday before."""
        random, person = self.random, self.person
        if not free:
            return []
        capacity = sum(free.values())
        share = capacity / max(1, 60 * (plain(person.weekly, max(free)) or 1))
        left, plans = capacity, []
        for due, plan in [pair for pair in self.carried if pair[0] == monday]:
            self.carried.remove((due, plan))
            plans.append(plan)
            left -= plan.minutes
        for project, task, usual, (start, end) in WORK[person.id]:
            inside = [day for day in free if D(start) <= day <= D(end) and self.alive(project, day)]
            if not inside or any(p.project == project and p.task == task for p in plans):
                continue
            wanted = usual * 60 * share * random.uniform(0.75, 1.25) * len(inside) / len(free)
            if wanted < 60 and random.random() > wanted / 90:
                continue
            minutes = max(60, half(wanted))
            if person.id == "nanna" and monday == D("2026-08-10"):
                minutes, left = half(usual * 60), left + capacity  # lovet væk to gange: hun er overbooket
            if minutes > left - 30:
                minutes = half(left) - 30
            if minutes < 60:
                continue
            plans.append(Booking(project, task, minutes))
            left -= minutes
        if person.id == "nanna" and monday == D("2026-08-10"):
            return plans
        fill = [pair for pair in FILL[person.id] if all(self.alive(pair[0], day) for day in free)]
        for position, (project, task) in enumerate(fill):
            if left < 60:
                break
            minutes = half(left * (0.9 if position == len(fill) - 1 else random.uniform(0.15, 0.4)))
            if project == "admin" and person.id != "gitte":
                minutes = min(minutes, random.choice((60, 60, 90, 120)))
            same = next((p for p in plans if p.project == project and p.task == task), None)
            if minutes < 60:
                continue
            if same:
                same.minutes += minutes
            else:
                plans.append(Booking(project, task, minutes))
            left -= minutes
        return plans

    def log(self, monday: date, free: dict[date, int], plans: list[Booking]) -> list[Entry]:
        """What was done: mostly the plan, some of it not, and some that nobody planned."""
        random, person = self.random, self.person
        open_days = {day: minutes for day, minutes in free.items() if day <= AS_OF and minutes > 0}
        if not open_days:
            return []
        past = monday + timedelta(6) <= AS_OF
        out: list[Entry] = []

        def write(project: str, task: str | None, minutes: int, extra: list[str] | None = None) -> int:
            """Entries of half a day at most on the days with most time left; what found no room is not done."""
            done = 0
            while minutes >= 30:
                days = [day for day in open_days if self.alive(project, day) and open_days[day] >= 30]
                if extra is None:
                    days = [day for day in days if self.allowed(project, task, day)]
                if not days:
                    break
                day = max(days, key=lambda d: (open_days[d], d))
                piece = min(minutes, open_days[day], random.choice((180, 240, 300)))
                if minutes - piece < 90:
                    piece = min(minutes, open_days[day])
                piece = piece // 15 * 15
                open_days[day] -= piece
                minutes -= piece
                done += piece
                same = next(
                    (e for e in out if (e.day, e.project, e.task) == (day, project, task) and not e.more and not extra),
                    None,
                )
                if same:
                    same.minutes += piece
                    continue
                out.append(Entry(day, project, task, piece, list(extra or ())))
            return done

        if past and person.id in HELPERS and random.random() < (0.30 if person.id in MARKETERS else 0.12):
            self.from_the_side(monday, plans, write, open_days)
        for plan in plans:
            if plan.more and plan.more[0].startswith("added"):
                continue  # skrevet sammen med timerne
            kept = plan.minutes
            roll = random.random()
            if plan.project == "seo" and monday >= D("2026-05-25"):
                kept = 0  # forsømt siden uge 22: booket hver uge, aldrig gjort
            elif not past:
                kept = half(kept * len(open_days) / max(1, len(free)))
            elif roll < 0.05:
                kept = 0
            elif roll < 0.14:
                kept = half(kept * random.uniform(0.3, 0.7))
            elif roll < 0.35:
                kept = max(30, kept + random.choice((-60, -30, 30, 30, 60)))
            kept = write(plan.project, plan.task, kept) if kept else 0
            if past and plan.minutes - kept >= 120 and plan.project != "seo" and not plan.more:
                self.decide(monday, plan, plan.minutes - kept)
        if past:
            rest = sum(minutes for minutes in open_days.values() if minutes > 0)
            options = [p for p in plans if p.task != "meetings" and (p.project, p.task) in FILL[person.id]]
            if rest >= 120 and options:
                best = random.choice(options)
                write(best.project, best.task, half(rest * random.uniform(0.5, 0.9)))
        out.sort(key=lambda entry: entry.day)
        for entry in out:
            self.finish(entry)
        return out

    def finish(self, entry: Entry) -> None:
        """The customer an entry was for, a note now and then, and the id of an imported row."""
        random = self.random
        if not entry.more:
            entry.more += self.on_customer(entry.project, entry.task, entry.day)
        if entry.project in NOTES and random.random() < 0.12:
            entry.more.append(f"note: {text(random.choice(NOTES[entry.project]), always=True)}")
        if self.person.id == "kasper" and entry.day < D("2025-03-10"):
            self.imported += random.choice((1, 1, 2, 3))
            entry.more.append(f"imported: toggl-{self.imported}")

    def allowed(self, project: str, task: str | None, day: date) -> bool:
        """Whether one of the person's lines of work covers the day; what fills the week always does."""
        lines = [span for p, t, _, span in WORK[self.person.id] if (p, t) == (project, task)]
        return (project, task) in FILL[self.person.id] or any(D(start) <= day <= D(end) for start, end in lines)

    def decide(self, monday: date, plan: Booking, minutes: int) -> None:
        """What was decided about a booking that was not kept: nothing, for some."""
        roll, why = self.random.random(), text(self.random.choice(WHY), always=True)
        later = monday + timedelta(7 * self.random.choice((1, 1, 2)))
        can = self.alive(plan.project, later) and self.alive(plan.project, later + timedelta(4)) and later <= LAST
        can = can and later + timedelta(4) <= self.person.end and self.allowed(plan.project, plan.task, later)
        if roll < 0.30 and can:
            plan.more.append(f"instead: {{decision: moved, to: {week_name(later)}, why: {why}}}")
        elif roll < 0.55 and can:
            plan.more.append(f"instead: {{decision: rebooked, to: {week_name(later)}}}")
        elif roll < 0.75:
            plan.more.append(f"instead: {{decision: dropped, why: {why}}}")
            return
        else:
            return
        if not any(due == later and b.project == plan.project and b.task == plan.task for due, b in self.carried):
            self.carried.append((later, Booking(plan.project, plan.task, max(60, half(minutes)))))

    def from_the_side(self, monday: date, plans: list[Booking], write: Any, open_days: dict[date, int]) -> None:
        """Sales asks for help: what was planned must wait."""
        random = self.random
        minutes = random.choice((60, 90, 120, 120, 180, 240))
        extra = ["asked_by: sales"]
        planned = sorted({p.project for p in plans if p.project not in ("admin", "help-sales")})
        if planned and random.random() < 0.5:
            extra.append(f"displaced: [{random.choice(planned)}]")
        if self.person.id == "trine":
            extra[0] = "asked_by: marketing"
            write("sales-material", None, minutes, extra)
            return
        before = [lead for lead, start in self.leads if start <= min(open_days)]
        if before and random.random() < 0.4:
            extra.append(f"customer: {random.choice(before[-25:])}")
        if random.random() < 0.35:
            plans.append(Booking("help-sales", None, minutes, [f"added: {min(open_days)}"]))
            write("help-sales", None, minutes, extra)
        else:
            write("help-sales", None, minutes, extra)

    def on_customer(self, project: str, task: str | None, day: date) -> list[str]:
        random = self.random
        if (project, task) in (("key-accounts", "visits"), ("helpdesk", "training")) and random.random() < 0.35:
            return [f"customer: {random.choice(TIMED)}"]
        if (project, task) in (("new-sales", "offers"), ("new-sales", "meetings")) and random.random() < 0.3:
            before = [lead for lead, start in self.leads if start <= day]
            if before:
                return [f"customer: {random.choice(before[-20:])}"]
        return []


# -------------------------------------------------------------------------------------------------------------- cards

PLACES = (
    "Assens Billund Brande Bramming Brønderslev Ebeltoft Esbjerg Faaborg Fredericia Frederikshavn Grenaa "
    "Grindsted Haderslev "
    "Hadsten Helsinge Herning Hillerød Hjørring Hobro Holbæk Holstebro Horsens Ikast Kalundborg "
    "Kerteminde Kolding Korsør Køge "
    "Lemvig Løgstør Middelfart Mors Næstved Nyborg Nykøbing Odder Randers Ringkøbing Ringsted Roskilde "
    "Rudkøbing Rønne Silkeborg "
    "Skagen Skanderborg Skive Slagelse Sorø Struer Svendborg Sæby Sønderborg Tarm Thisted Tønder Varde "
    "Vejen Vejle Viborg Vordingborg"
).split()
TRADES = (  # name, DB07, DB25, branche, smallest and largest number of employees, weight
    ("IT A/S", "620200", "622000", "it", 12, 120, 5),
    ("Software ApS", "620100", "621000", "it", 8, 90, 5),
    ("Data A/S", "620200", "622000", "it", 25, 210, 4),
    ("Systemer ApS", "582900", "582900", "it", 15, 80, 3),
    ("Rådgivning A/S", "702200", "702000", "raadgivning", 6, 70, 3),
    ("Arkitekter ApS", "711100", "711100", "raadgivning", 5, 60, 3),
    ("Ingeniører A/S", "711210", "711200", "raadgivning", 20, 140, 3),
    ("Revision P/S", "692000", "692000", "raadgivning", 10, 90, 2),
    ("Reklame ApS", "731110", "731100", "raadgivning", 4, 40, 1),
    ("VVS A/S", "432200", "432200", "byg", 10, 90, 2),
    ("Byg A/S", "412000", "410000", "byg", 15, 160, 2),
    ("Transport A/S", "494100", "494100", "transport", 20, 180, 2),
    ("Møbler A/S", "310900", "310000", "industri", 30, 200, 1),
)
FIRST_NAMES = (
    "Allan Anette Benny Birthe Carsten Christina Dorthe Erik Eva Flemming Gert Gitte Hans Helle Ib Inge "
    "Jens Jette Kim Kirsten Kurt "
    "Lars Lene Lone Maja Marianne Martin Michael Morten Niels Ole Pernille Peter Pia Rasmus Rikke Signe "
    "Steen Susanne Søren Thomas Tina Ulla Vivi"
).split()
LAST_NAMES = (
    "Andersen Bach Bech Bisgaard Bjerre Bruun Christensen Dahl Eriksen Fischer Frandsen Gade Hansen Holm "
    "Iversen Jensen Jepsen Juul "
    "Kjeldsen Klausen Kofoed Krogh Larsen Lauridsen Madsen Mikkelsen Munk Nielsen Nygaard Olsen Overgaard "
    "Petersen Poulsen Rask Schmidt Skov "
    "Sørensen Thomsen Vestergaard Winther"
).split()
JOBS = (
    ("Økonomichef", "finance", "manager", "decision-maker", "Kort tilbagebetaling"),
    ("Adm. direktør", "management", "manager", "decision-maker", "Overblik hver mandag"),
    ("It-chef", "it", "manager", "influencer", "Færre systemer"),
    ("Bogholder", "finance", "employee", "user", "Færre rettelser"),
    ("Projektleder", "production", "employee", "user", "At det går hurtigt"),
    ("Marketingchef", "marketing", "manager", "influencer", "Bedre kundelister"),
    ("Sekretær", "management", "employee", "gatekeeper", "At ingen ringer i frokosten"),
)
SOURCES = ("google-ads",) * 5 + ("organic",) * 4 + ("linkedin",) * 2 + ("newsletter", "events", "phone", "referral")
REASONS = (
    ("on-hold", 14),
    ("lost-to-competitor", 11),
    ("no-budget", 7),
    ("outside-target", 5),
    ("no-need", 5),
    ("own-system", 4),
    ("timing", 4),
    ("no-contact", 5),
    ("closed-down", 1),
)
COMPETITORS = ("acme",) * 6 + ("nulpunkt",) * 3 + ("tidsrum",) * 2 + ("regneark",)
LEFT = {
    7: (D("2025-12-19"), {"reason": "left-us"}),
    14: (D("2026-02-27"), {"reason": "lost-to-competitor", "competitor": "acme"}),
}
"""Old customers that left, by their number: the day and why."""
TAGS = ("messe", "anbefaling", "pilot", "koncern", "offentlig")


def slug(name: str) -> str:
    """An id made from a name: `Køge VVS A/S` is `koege-vvs`."""
    for letter, plain_letters in (("æ", "ae"), ("ø", "oe"), ("å", "aa"), ("é", "e")):
        name = name.lower().replace(letter, plain_letters)
    name = re.sub(r" (a/s|aps|p/s|k/s)\Z", "", name)
    return re.sub(r"[^a-z0-9]+", "-", name).strip("-")


@dataclass
class Firm:
    """A generated card before it is written: who they are, and how their story goes."""

    id: str
    name: str
    trade: tuple[str, str, str, str, int, int, int]
    kind: str
    """`customer` (since before 2025), `won` (in the period) or what the lead stands at."""
    start: date
    number: int


KINDS = (
    ["won"] * 19
    + ["lead"] * 15
    + ["qualified"] * 24
    + ["meeting-booked"] * 8
    + ["meeting-held"] * 10
    + ["hot"] * 8
    + ["inactive"] * 36
    + ["returned"] * 14
)
"""What becomes of the leads, before the order is shuffled."""

RECENT = {"lead": (3, 120), "meeting-held": (70, 150), "hot": (90, 170)}
"""Days ago that such leads began, from and to."""


def firms(hand: Hand, seed: int, extra: int = 0) -> list[Firm]:
    """Every generated card: 22 old customers, then the leads, then `extra` more leads for a larger company."""
    random = Random(f"{seed}/firms")
    trades = [trade for trade in TRADES for _ in range(trade[6])]
    pairs = [(place, trade) for place in PLACES for trade in sorted(set(trades))]
    random.shuffle(pairs)
    weighted = sorted(range(len(pairs)), key=lambda n: random.random() / pairs[n][1][6])
    kinds = KINDS[:]
    random.shuffle(kinds)
    kinds = ["customer"] * 22 + kinds + [random.choice(KINDS) for _ in range(extra)]
    members = {member: name for name, ids in sorted(hand.lists.items()) for member in ids}
    out: list[Firm] = []
    for number, kind in enumerate(kinds):
        place, trade = pairs[weighted[number % len(weighted)]]
        name = f"{place} {trade[0]}"
        if number >= len(weighted):
            first, last = name.split(" ", 1)
            name = f"{first} {number // len(weighted) + 1} {last}"
        own = Random(f"{seed}/firm/{slug(name)}")
        start = D("2025-01-06") + timedelta(own.randrange(530))
        if kind == "won":
            start = D("2025-01-06") + timedelta(own.randrange(380))
        if kind == "qualified":  # de langsomme: fem ud af otte har stået i over 60 dage
            start = AS_OF - timedelta(own.randrange(75, 260) if number % 8 < 5 else own.randrange(15, 60))
        if kind == "meeting-booked":
            start = AS_OF - timedelta(own.randrange(45, 80))
        if kind in RECENT:
            low, high = RECENT[kind]
            start = AS_OF - timedelta(own.randrange(low, high))
        if kind == "customer":
            start = D("2018-02-01") + timedelta(own.randrange(2450))
        listed = members.get(slug(name))
        if listed:
            start = (D("2025-07-01") if listed.startswith("ringeliste-2025") else D("2025-11-10")) + timedelta(
                own.randrange(55)
            )
        while start.weekday() > 4:
            start -= timedelta(1)
        out.append(Firm(slug(name), name, trade, kind, start, number))
    return out


class Card:
    """One generated customer card."""

    def __init__(self, firm: Firm, hand: Hand, seed: int) -> None:
        self.firm, self.random = firm, Random(f"{seed}/card/{firm.id}")
        self.list = next((name for name, ids in sorted(hand.lists.items()) if firm.id in ids), None)
        self.stages: list[dict[str, Any]] = []
        self.meetings: list[dict[str, Any]] = []
        self.activities: list[dict[str, Any]] = []
        self.won: date | None = firm.start if firm.kind == "customer" else None
        self.seller = ("jonas", "henrik", "line", "jonas")[firm.number % 4]
        self.contacts = self.people()
        between = D("2026-01-20") <= firm.start <= D("2026-04-24")
        self.webinar = firm.kind != "customer" and not self.list and between and self.random.random() < 0.55
        self.left = date.max
        if firm.kind == "customer":
            self.stages.append({"stage": "customer", "on": firm.start})
            if firm.number in LEFT:
                self.left = LEFT[firm.number][0]
                self.stages.append({"stage": "inactive", "on": self.left, **LEFT[firm.number][1]})
        else:
            self.story()

    def people(self) -> dict[str, dict[str, Any]]:
        random, out = self.random, {}
        count = random.choice((1, 2, 2, 3)) if self.firm.kind in ("customer", "won") else random.choice((0, 1, 1))
        for job in random.sample(JOBS, count):
            first, last = random.choice(FIRST_NAMES), random.choice(LAST_NAMES)
            if slug(first) in out:
                continue
            person: dict[str, Any] = {"first_name": first, "last_name": last, "title": job[0]}
            person["email"] = f"{slug(first)}@{self.firm.id}.example"
            person |= {"language": "da", "function": job[1], "level": job[2], "role": job[3]}
            if random.random() < 0.5:
                person["cares_about"] = Free(job[4])
            if random.random() < 0.7:
                person["attitude"] = random.choice(("positive", "positive", "neutral", "negative"))
            if random.random() < 0.6:
                given = max(self.firm.start, D("2023-01-02")) + timedelta(random.randrange(0, 60))
                proof: dict[str, Any] = {
                    "given": min(given, D("2026-06-20")),
                    "how": random.choice(("hjemmeside", "webinar", "messe", "aftale")),
                }
                proof["channel"] = "email"
                if random.random() < 0.15 and given < D("2026-03-01"):
                    proof["withdrawn"] = given + timedelta(random.randrange(60, 110))
                person["consent"] = {"newsletter": [proof]}
            out[slug(first)] = person
        names = list(out)
        if len(names) > 1 and random.random() < 0.6:
            out[names[1]]["influences"] = [names[0]]
            out[names[0]]["influenced_by"] = [names[1], self.seller]
        return out

    def contact(self) -> dict[str, str]:
        return {"contact": next(iter(self.contacts))} if self.contacts else {}

    def days(self, low: int, high: int) -> timedelta:
        return timedelta(self.random.randrange(low, high))

    def workday(self, day: date) -> date:
        while day.weekday() > 4 or day in HOLIDAYS:
            day += timedelta(1)
        return day

    def stage(self, stage: str, on: date, **more: Any) -> date | None:
        """A stage the lead entered, if the day has come."""
        on = self.workday(on)
        if on > AS_OF:
            return None
        self.stages.append({"stage": stage, "on": on, **more})
        return on

    def meet(self, booked: date, date_: date, state: str) -> date | None:
        booked, date_ = self.workday(booked), self.workday(date_)
        if booked > AS_OF:
            return None
        meeting: dict[str, Any] = {"booked": booked, "date": date_, "state": "booked" if date_ > AS_OF else state}
        on_list = self.list and self.accepts and not any("list" in m for m in self.meetings)
        if on_list:
            meeting["list"] = self.list
        elif self.webinar and not any("list" in m for m in self.meetings):
            meeting["list"] = "webinar-q1"
        meeting["by"] = "jonas" if on_list else self.seller
        self.meetings.append(meeting | self.contact())
        return None if date_ > AS_OF else date_

    def call(self) -> date | None:
        """The call list: who was called, what came of it; the day of a meeting that was booked."""
        assert self.list
        start, rate, reach = (D("2026-02-03"), 0.55, 0.95) if "2026" in self.list else (D("2025-09-02"), 0.10, 0.85)
        if self.random.random() > reach:
            return None
        outcome = self.random.choices(("accepts", "declines", "no-answer"), (rate, (1 - rate) * 0.6, (1 - rate) * 0.4))[
            0
        ]
        day = self.workday(start + timedelta(self.random.randrange(50)))
        by = "ida" if self.random.random() < 0.6 else "jonas"
        self.activities.append(
            {
                "date": day,
                "type": "call",
                "campaign": self.list,
                "step": "call",
                "outcome": outcome,
                **self.contact(),
                "by": by,
            }
        )
        return day if outcome == "accepts" else None

    accepts = False

    def story(self) -> None:
        """The lead's way through the stages, as far as its kind says and the calendar allows."""
        firm, random = self.firm, self.random
        kind, day = firm.kind, firm.start
        self.stage("lead", day)
        if self.webinar:
            self.activities.append(
                {
                    "date": self.workday(day),
                    "type": "webinar",
                    "campaign": "webinar-q1",
                    **self.contact(),
                    "for_stage": "lead",
                }
            )
        elif random.random() < 0.6:
            self.activities.append(
                {
                    "date": self.workday(day),
                    "type": random.choice(("visit", "download", "webinar")),
                    **self.contact(),
                    "for_stage": "lead",
                }
            )
        called = self.call() if self.list else None
        self.accepts = called is not None
        skips = random.random() < 0.3
        if kind == "lead" and not called:
            return
        if called:
            at: date = called
        else:
            at = self.workday(day + self.days(5, 26))
            if kind == "inactive" and random.random() < 0.4:
                return self.stop(at)
            if not skips:
                entered = self.stage("qualified", at)
                if entered is None:
                    return
                at = entered
                if random.random() < 0.4:
                    self.activities.append({"date": at, "type": "download", **self.contact(), "for_stage": "qualified"})
            if kind == "qualified":
                if skips:
                    self.stage("qualified", at)
                return
            if kind == "inactive" and random.random() < 0.3:
                return self.stop(at + self.days(20, 70))
            if kind == "returned" and random.random() < 0.5:
                away = self.stage("inactive", at + self.days(10, 40), **self.reason(at))
                if away is None:
                    return
                back = self.stage("qualified", away + self.days(45, 120))
                if back is None:
                    return
                at = back
        if random.random() < 0.24:
            state = random.choice(("cancelled", "no-show", "no-show"))
            at = self.meet(at + (timedelta(0) if called else self.days(5, 40)), at + self.days(45, 60), state) or at
            if at > AS_OF or (self.meetings and self.meetings[-1]["state"] == "booked"):
                return
        booked = at if called and not self.meetings else at + self.days(10, 50)
        held = booked + self.days(7, 22)
        if kind == "meeting-booked":
            booked, held = AS_OF - self.days(3, 25), AS_OF + self.days(3, 30)
        met = self.meet(booked, held, "held")
        if met is None or kind == "meeting-held":
            return
        if kind == "inactive":
            return self.stop(met + self.days(5, 60))
        if kind == "returned" and not any(s["stage"] == "inactive" for s in self.stages):
            hot = self.stage("hot", met + self.days(5, 30))
            if hot:  # tilbage fra hot lead til kvalificeret
                self.stage("qualified", hot + self.days(20, 60))
            return
        hot = met
        if kind == "hot" or not skips:
            reached = self.stage("hot", met + self.days(5, 30))
            if reached is None:
                return
            if random.random() < 0.6:
                self.activities.append({"date": reached, "type": "trial", **self.contact(), "for_stage": "hot"})
            hot = reached
        if kind == "won":
            self.won = self.stage("customer", hot + self.days(10, 45))
            if self.won and random.random() < 0.5:
                self.meet(self.won + self.days(30, 90), self.won + self.days(95, 120), "held")

    def reason(self, day: date) -> dict[str, Any]:
        reason = self.random.choices([r for r, _ in REASONS], [w for _, w in REASONS])[0]
        more: dict[str, Any] = {"reason": reason}
        if reason == "on-hold":
            more["contact_again"] = self.workday(day + self.days(60, 240))
        if reason == "lost-to-competitor":
            more["competitor"] = self.random.choice(COMPETITORS)
        return more

    def stop(self, day: date) -> None:
        self.stage("inactive", day, **self.reason(day))

    def figures(self) -> dict[str, dict[str, Any]]:
        """The books of a customer, for each half year it was one."""
        if not self.won:
            return {}
        random, out = self.random, {}
        size = random.lognormvariate(11.6, 0.8) if self.firm.kind == "customer" else random.lognormvariate(10.7, 0.6)
        share = random.choice((0.15, 0.25, 0.3, 0.45, 0.5, 0.6, 0.75, 0.85))
        direct, time = random.uniform(0.28, 0.42), random.uniform(0.08, 0.2)
        if random.random() < 0.1:
            time += 0.62  # koster mere tid, end den betaler
        unknown = random.random() < 0.08
        for name, until in (("2025-H1", D("2025-06-30")), ("2025-H2", D("2025-12-31")), ("2026-H1", AS_OF)):
            if self.won > until - timedelta(12) or self.left < until - timedelta(150):
                continue
            revenue = round(size / 1000) * 1000
            row: dict[str, Any] = {"revenue": revenue, "direct_cost": round(revenue * direct / 1000) * 1000}
            row["time_cost"] = round(revenue * time / 1000) * 1000
            if not unknown:
                row |= {
                    "total_purchases": max(revenue, round(size / share / 1000) * 1000),
                    "total_is": "measured" if name == "2026-H1" and random.random() < 0.4 else "assessed",
                }
            out[name] = row
            growth = random.choice((0.95, 1.0, 1.02, 1.05, 1.1, 1.45))
            size *= growth
            share = min(0.98, share * (1.3 if growth > 1.4 else random.choice((0.95, 1, 1.02))))
        return out

    def record(self) -> dict[str, Any]:
        firm, random = self.firm, self.random
        own = Random(f"cvr/{firm.id}")
        low, high = firm.trade[4:6]
        record: dict[str, Any] = {"name": firm.name}
        if random.random() < 0.95:
            record["cvr"] = Free(str(own.randrange(10_000_000, 45_000_000)))
        if random.random() < 0.93:
            record["industry"] = (
                {"DB25": Free(firm.trade[2])}
                if firm.start >= D("2025-01-01")
                else {"DB07": Free(firm.trade[1]), "DB25": Free(firm.trade[2])}
            )
        if random.random() < 0.92:
            record["employees"] = own.randrange(low, high)
        criteria: dict[str, Any] = {"branche": firm.trade[3]} if random.random() < 0.85 else {}
        if random.random() < 0.4:
            criteria["egen-it-afdeling"] = random.random() < 0.5
        if random.random() < 0.12:
            criteria["kontrakt-udloeber"] = self.workday(D("2026-09-01") + self.days(0, 300))
        if criteria:
            record["criteria"] = criteria
        record["owner"] = self.seller
        if firm.kind != "customer":
            source: dict[str, Any] = {"channel": "events" if self.webinar else random.choice(SOURCES)}
            if source["channel"] in ("google-ads", "linkedin"):
                source["campaign"] = "google-annoncer"
            elif self.webinar:
                source["campaign"] = "webinar-q1"
            record["source"] = source
        if random.random() < 0.3:
            record["no_advertising"] = {
                D("2026-01-05") if firm.start < D("2026-01-05") else firm.start: not self.list
                and random.random() < 0.15
            }
        record["stages"] = self.stages
        if firm.kind == "customer" and self.left == date.max:
            self.campaigns()
        if self.meetings:
            record["meetings"] = self.meetings
        if any(s.get("competitor") for s in self.stages):
            record["competing"] = sorted({s["competitor"] for s in self.stages if s.get("competitor")})
        elif self.won and firm.kind == "won" and random.random() < 0.3:
            record["competing"] = [random.choice(COMPETITORS)]
        if self.contacts:
            record["contacts"] = self.contacts
        self.read_newsletter()
        if self.activities:
            record["activities"] = sorted(self.activities, key=lambda a: a["date"])
        figures = self.figures()
        if figures:
            record["figures"] = figures
            product = random.choice(("timelog-basis", "timelog-pro", "timelog-pro", "kundekort"))
            bought = max(self.won or AS_OF, D("2025-01-02"))
            record["purchases"] = [
                {"date": self.workday(bought), "product": product, "amount": next(iter(figures.values()))["revenue"]}
            ]
            if random.random() < 0.25 and firm.kind == "customer" and self.left == date.max:
                record["purchases"].append(
                    {
                        "date": self.workday(D("2026-02-02") + self.days(0, 120)),
                        "product": random.choice(("kursus", "kundekort", "timelog-mobil")),
                        "amount": random.choice((14500, 24000, 36000)),
                    }
                )
                record["purchases"].sort(key=lambda p: p["date"])
            if random.random() < 0.35 and self.left == date.max:
                record["wanted"] = {"cell": random.choice(("gold", "silver", "super-silver")), "by": D("2026-12-31")}
        if self.won and random.random() < 0.15:
            day = self.workday(max(self.won, D("2025-09-01")) + self.days(0, 150))
            if day <= min(AS_OF, self.left):
                complaint: dict[str, Any] = {
                    "date": day,
                    "about": Free(random.choice(("Langsom hjælp", "Fejl i faktura", "Nedetid", "Forkert opsætning"))),
                }
                if day + timedelta(9) <= AS_OF:
                    complaint["resolved"] = day + timedelta(random.randrange(1, 9))
                record["complaints"] = [complaint]
        if random.random() < 0.1:
            record["tags"] = [{"tag": random.choice(TAGS), "on": min(AS_OF, firm.start + timedelta(20))}]
        if random.random() < 0.06:
            record["note"] = Free(
                random.choice(
                    ("Ring helst om formiddagen.", "Taler kun med Jonas.", "Vil have alt på skrift: ingen opkald.")
                )
            )
        return record

    def read_newsletter(self) -> None:
        """Clicks in the newsletter of those who said yes to it, until they said no."""
        for contact, person in self.contacts.items():
            for proof in person.get("consent", {}).get("newsletter", ()):
                until = min(proof.get("withdrawn", AS_OF), self.left, AS_OF)
                for month in range(18):
                    sent = self.workday(date(2025 + month // 12, month % 12 + 1, 6))
                    if proof["given"] < sent < until and self.random.random() < 0.09:
                        click = {
                            "date": sent,
                            "type": "newsletter-click",
                            "campaign": "e-nyhedsbrev",
                            "step": "edition",
                            "outcome": "clicks",
                        }
                        self.activities.append({**click, "contact": contact})

    def campaigns(self) -> None:
        """What an old customer was sent in the spring of 2026."""
        random = self.random
        if self.firm.number % 3 == 0:
            outcome = random.choice(("accepts", "declines", "no-answer"))
            self.activities.append(
                {
                    "date": D("2026-02-02"),
                    "type": "letter",
                    "campaign": "aarsaftale-2026",
                    "step": "send-letter",
                    "outcome": outcome,
                    **self.contact(),
                }
            )
            if outcome == "no-answer":
                outcome = random.choice(("accepts", "accepts", "declines"))
                self.activities.append(
                    {
                        "date": self.workday(D("2026-02-10") + self.days(0, 20)),
                        "type": "call",
                        "campaign": "aarsaftale-2026",
                        "step": "call",
                        "outcome": outcome,
                        **self.contact(),
                        "by": random.choice(("ida", "jonas")),
                    }
                )
            if outcome == "accepts":
                day = self.workday(D("2026-03-09") + self.days(0, 45))
                self.meetings.append(
                    {
                        "booked": self.workday(day - timedelta(8)),
                        "date": day,
                        "state": "held",
                        "list": "aarsaftale-2026",
                        "by": "jonas",
                        **self.contact(),
                    }
                )
                self.activities.append(
                    {
                        "date": day,
                        "type": "meeting",
                        "campaign": "aarsaftale-2026",
                        "step": "meeting",
                        "outcome": random.choice(("agreement", "thinks")),
                        **self.contact(),
                        "by": "jonas",
                    }
                )
        elif self.firm.number % 3 == 1:
            outcome = random.choice(("accepts", "accepts", "declines", "no-answer", "no-answer"))
            self.activities.append(
                {
                    "date": D("2026-02-10"),
                    "type": "letter",
                    "campaign": "krydssalg",
                    "step": "letter",
                    "outcome": outcome,
                    **self.contact(),
                }
            )
            if outcome == "no-answer":
                outcome = random.choice(("accepts", "accepts", "declines"))
                self.activities.append(
                    {
                        "date": self.workday(D("2026-02-17") + self.days(0, 20)),
                        "type": "call",
                        "campaign": "krydssalg",
                        "step": "call",
                        "outcome": outcome,
                        **self.contact(),
                        "by": "jonas",
                    }
                )
            if outcome == "accepts":
                day = self.workday(D("2026-03-16") + self.days(0, 60))
                self.meetings.append(
                    {
                        "booked": self.workday(day - timedelta(8)),
                        "date": day,
                        "state": "held",
                        "list": "krydssalg",
                        "by": "jonas",
                        **self.contact(),
                    }
                )
                self.activities.append(
                    {
                        "date": day,
                        "type": "meeting",
                        "campaign": "krydssalg",
                        "step": "meeting",
                        "outcome": random.choice(("order", "proposal")),
                        **self.contact(),
                        "by": "jonas",
                    }
                )
        else:
            outcome = random.choice(("answers", "no-answer"))
            self.activities.append(
                {
                    "date": D("2026-03-02"),
                    "type": "letter",
                    "campaign": "potentialescreening",
                    "step": "welcome",
                    "outcome": outcome,
                    **self.contact(),
                }
            )
            if outcome == "no-answer":
                outcome = random.choice(("answers", "less-interesting"))
                self.activities.append(
                    {
                        "date": self.workday(D("2026-03-12") + self.days(0, 60)),
                        "type": "call",
                        "campaign": "potentialescreening",
                        "step": "call",
                        "outcome": outcome,
                        **self.contact(),
                        "by": "ida",
                    }
                )
            if outcome == "answers" and random.random() < 0.7:
                day = self.workday(D("2026-05-18") + self.days(0, 35))
                self.meetings.append(
                    {
                        "booked": self.workday(day - timedelta(12)),
                        "date": day,
                        "state": "held",
                        "list": "potentialescreening",
                        "by": "ida",
                        **self.contact(),
                    }
                )
                self.activities.append(
                    {
                        "date": day,
                        "type": "meeting",
                        "campaign": "potentialescreening",
                        "step": "visit",
                        "outcome": random.choice(("growth", "less-interesting")),
                        **self.contact(),
                        "by": "ida",
                    }
                )


# ---------------------------------------------------------------------------- surveys, web, support and sales figures

Client = tuple[str, list[str], date, date]
"""A customer: its id, its contacts, the day it became one and the day it left."""


def survey(head: str, number: int, customers: list[Client], seed: int) -> str:
    """Who was invited and what they answered, below the hand-written questions."""
    random = Random(f"{seed}/survey/{number}")
    questions = {
        m[1]: (int(m[2]), int(m[3])) for m in re.finditer(r"(?m)^  ([a-z0-9/-]+): \{.*worst: (\d+), best: (\d+)", head)
    }
    day = D("2026-01-23") if number == 1 else D("2026-06-12")
    invited, answers = [], []
    for customer, contacts, since, until in customers:
        if not since + timedelta(60) <= day < until:
            continue
        own = Random(f"{seed}/loyalty/{customer}")
        mood = own.choices((0.9, 0.75, 0.6, 0.35), (4, 6, 4, 2))[0] + (0.07 if number == 2 else 0)
        mood = {
            "havnens-logistik": 0.22 - 0.18 * (number - 1),
            "thy-energi": 0.35,
            "skagerrak-shipping": 0.8,
            "limfjord-revision": 0.95,
            "nordisk-data": 0.68,
        }.get(customer, mood)
        for contact in contacts[: 1 + (own.random() < 0.25)]:
            fixed = customer in (
                "havnens-logistik",
                "thy-energi",
                "limfjord-revision",
                "skagerrak-shipping",
                "nordisk-data",
                "oestersoe-foods",
            )
            state = (
                "completed"
                if fixed
                else random.choices(
                    ("completed", "no", "no-answer", "followed-up", "yes", "invited"), (62 + 6 * number, 8, 14, 8, 4, 1)
                )[0]
            )
            invited.append({"customer": customer, "contact": contact, "state": state})
            if state != "completed":
                continue
            answer: dict[str, Any] = {"customer": customer, "contact": contact}
            for question, (worst, best) in questions.items():
                roll = random.random()
                if question not in ("overall", "recommend", "repurchase"):
                    if roll < 0.10:
                        continue
                    if roll < 0.13:
                        answer[question] = None
                        continue
                    if roll < 0.17:
                        answer[question] = "dont-know"
                        continue
                    if roll < 0.24 and question.split("/")[0] in ("hardware", "training", "software", "web"):
                        answer[question] = "not-relevant"
                        continue
                value = worst + (best - worst) * min(1, max(0, mood + random.uniform(-0.16, 0.16)))
                answer[question] = int(value + 0.5)
            if random.random() < 0.3:
                answer["improve"] = Free(random.choice(IMPROVE_BAD if mood < 0.5 else IMPROVE))
            answers.append(answer)
    return head + block({"invited": invited}) + block({"answers": answers})


IMPROVE = (
    "Flere korte vejledninger",
    "Ring lidt oftere",
    "Gør mobilen hurtigere",
    "Ikke noget, bliv ved",
    "Integration til vores lønsystem",
    "Kurser i Jylland",
)
IMPROVE_BAD = (
    "Svar på mails samme dag",
    "Fakturaer, der er rigtige første gang",
    "Vi bliver sendt rundt mellem tre personer",
    "Prisen er for høj i forhold til hjælpen",
)

CHANNELS = {
    "google-ads": (1500, 0.021, 17000),
    "organic": (4200, 0.012, 0),
    "linkedin": (620, 0.018, 5200),
    "newsletter": (380, 0.02, 450),
    "direct": (1900, 0.006, 0),
}
SEASON = (0.95, 1.05, 1.15, 0.95, 1.05, 0.95, 0.55, 0.9, 1.15, 1.1, 1.15, 0.75)


def web(year: int, seed: int) -> str:
    """Visitors, leads and spend per month; June 2026 lacks the spend of Google Ads, August 2025 lacks LinkedIn."""
    lines = []
    for month in range(1, 13 if year == 2025 else 7):
        random = Random(f"{seed}/web/{year}-{month}")
        lines.append(f"{year}-{month:02}:")
        growth = 1 + 0.012 * ((year - 2025) * 12 + month)
        for channel, (visitors, rate, spend) in CHANNELS.items():
            if (year, month, channel) == (2025, 8, "linkedin"):
                continue
            seen = round(visitors * SEASON[month - 1] * growth * random.uniform(0.92, 1.08))
            rate_now = rate * (0.8 if channel == "organic" and year == 2026 and month > 4 else 1)
            row: dict[str, Any] = {
                "visitors": seen,
                "leads": max(1, round(seen * rate_now * random.uniform(0.85, 1.15))),
            }
            if spend and (year, month, channel) != (2026, 6, "google-ads"):
                row["spend"] = round(spend * SEASON[month - 1] * random.uniform(0.95, 1.05) / 50) * 50
            elif not spend:
                row["spend"] = 0
            lines.append(f"  {channel}: {scalar(row)}")
    return "\n".join(lines) + "\n"


QUESTIONS = (
    ("kreditnota", "question", "fakturering", "Hvordan krediterer jeg en faktura?", 9),
    ("glemt-adgangskode", "access", "login", "Jeg kan ikke logge ind efter sommerferien", 8),
    ("eksport-til-excel", "question", "rapporter", "Kan jeg få timerne ud i Excel?", 6),
    ("laas-uge", "question", "tidsregistrering", "Hvordan låser jeg en uge, så ingen retter i den?", 6),
    ("ny-medarbejder", "question", "login", "Hvordan opretter jeg en ny medarbejder?", 5),
    ("moms-norge", "question", "fakturering", "Hvilken moms skal vi bruge til en norsk kunde?", 3),
    ("mobil-synkroniserer-ikke", "error", "tidsregistrering", "Timerne fra mobilen kommer ikke over", 4),
    ("economic-forbindelse", "error", "integration", "Forbindelsen til økonomisystemet er væk igen", 5),
    (None, "error", "rapporter", "Rapporten viser en forkert sum", 2),
    (None, "wish", "tidsregistrering", "Kan I lave en genvej til sidste uges opgaver?", 2),
    (None, "wish", "rapporter", "Vi mangler en graf over ferie", 1),
    (None, "error", "fakturering", "Logoet mangler på fakturaen", 1),
)
PUBLISHED = {"kreditnota": D("2025-11-20"), "glemt-adgangskode": D("2026-02-12"), "eksport-til-excel": D("2026-05-06")}


def support(year: int, month: int, number: int, customers: list[Client], seed: int) -> tuple[str, int]:
    """The help desk's cases of a month; fewer of a question once a guide answers it."""
    random = Random(f"{seed}/support/{year}-{month}")
    after = date(year + month // 12, month % 12 + 1, 1)
    days = [date(year, month, 1) + timedelta(n) for n in range((after - date(year, month, 1)).days)]
    days = [day for day in days if day.weekday() < 5 and day not in HOLIDAYS and day <= AS_OF]
    opened = sorted(random.choice(days) for _ in range(random.randrange(26, 38)))
    lines = []
    for day in opened:
        weights = [w * (0.25 if key and PUBLISHED.get(key, date.max) < day else 1) for key, *_, w in QUESTIONS]
        key, kind, area, words, _ = random.choices(QUESTIONS, weights)[0]
        known = [customer for customer, _, since, until in customers if since <= day < until]
        busy = [c for c in ("havnens-logistik", "ribe-trykkeri", "thy-energi") if c in known]
        number += 1
        closed = day + timedelta(random.choice((0, 0, 0, 1, 1, 3, 7)))
        case: dict[str, Any] = {"id": f"hd-{number:04}", "opened": day}
        if closed <= AS_OF and random.random() < 0.99:
            case["closed"] = closed
        if random.random() < 0.95:
            case["customer"] = random.choice(busy) if busy and random.random() < 0.2 else random.choice(known)
        case |= {"type": kind, "area": area}
        if key:
            case["question"] = key
        case["text"] = Free(words)
        if "closed" in case:
            case["minutes"] = random.choice((5, 8, 10, 12, 15, 20, 25, 40, 60))
        lines.append(f"- {scalar(case)}\n")
    return "".join(lines), number


def sales(year: int, seed: int) -> str:
    """Budget and actual per month: most of the year's budget lies after the summer."""
    shares = (6, 6, 7, 7, 7, 7, 5, 8, 10, 11, 13, 13) if year == 2025 else (6, 6, 6, 7, 7, 6, 4, 8, 11, 12, 14, 13)
    total = 9_600_000 if year == 2025 else 10_800_000
    products = {"timelog-basis": 30, "timelog-pro": 45, "timelog-mobil": 5, "kundekort": 12, "kursus": 8}
    segments = (
        {"smv-it": 48, "smv-raadgivning": 22, "byg-og-anlaeg": 8, "transport": 12, "industri": 10}
        if year == 2026
        else {}
    )
    sellers = {"jonas": 40, "henrik": 35, "line": 25}
    lines = []
    for month, share in enumerate(shares, 1):
        random = Random(f"{seed}/sales/{year}-{month}")
        budget = total * share // 100
        known = year == 2025 or month <= 6
        rate = random.uniform(0.86, 1.06) if year == 2025 else random.uniform(0.82, 0.99)
        by_product: dict[str, Any] = {}
        for product, part in products.items():
            by_product[product] = {"budget": budget * part // 100}
            if known:
                weak = 0.7 if product == "kundekort" else 1.0
                by_product[product]["actual"] = (
                    round(budget * part * rate * weak * random.uniform(0.9, 1.1) / 100 / 500) * 500
                )
        actual = sum(row.get("actual", 0) for row in by_product.values())
        by_seller: dict[str, Any] = {seller: {"budget": budget * part // 100} for seller, part in sellers.items()}
        if known:
            left = actual
            for seller, part in (("henrik", 31), ("line", 26)):
                by_seller[seller]["actual"] = round(actual * part * random.uniform(0.9, 1.1) / 100 / 500) * 500
                left -= by_seller[seller]["actual"]
            by_seller["jonas"]["actual"] = left
        lines += [
            f"{year}-{month:02}:",
            f"  budget: {budget}",
            *([f"  actual: {actual}"] if known else []),
            "  by:",
            "    product:",
        ]
        lines += [f"      {product}: {scalar(row)}" for product, row in by_product.items()]
        if segments:
            lines.append("    segment:")
            left = actual
            for segment, part in segments.items():
                row = {"budget": budget * part // 100}
                if known:
                    last = segment == "industri"
                    row["actual"] = (
                        left if last else round(actual * part * random.uniform(0.85, 1.15) / 100 / 500) * 500
                    )
                    left -= row["actual"]
                lines.append(f"      {segment}: {scalar(row)}")
        lines.append("    seller:")
        lines += [f"      {seller}: {scalar(row)}" for seller, row in by_seller.items()]
    return "\n".join(lines) + "\n"


# ------------------------------------------------------------------------------------------------- the larger company


def larger(missing: int, seed: int, shut: set[date], usual: list[str]) -> Iterator[tuple[str, str]]:
    """More people, projects and weeks until `missing` further hours are logged: about 25 entries a week each."""
    weeks = [FIRST + timedelta(7 * n) for n in range(1, 78)]
    open_days = {monday: [d for d in (monday + timedelta(n) for n in range(5)) if d not in shut] for monday in weeks}
    a_person = sum(len(days) for days in open_days.values()) * 5
    people = -(-missing // a_person)
    projects = min(1200, max(10, people * 2))
    departments = ("marketing", "sales", "development", "support", "administration")
    for number in range(1, projects + 1):
        random = Random(f"{seed}/project/{number}")
        owner = f"medarbejder-{random.randrange(people) + 1:04}"
        rows: dict[str, Any] = {"name": f"Projekt {number:04}", "type": "investment" if number % 2 else "operations"}
        rows |= {"department": departments[number % 5], "owner": owner, "start": D("2025-01-01")}
        if number % 2:
            rows["end"] = D("2026-12-31")
        rows |= {
            "serves": "own-goals" if number % 3 else "other-departments",
            "work": "development" if number % 2 else "maintenance",
        }
        rows["tasks"] = {
            task: {"name": task.capitalize(), "budget_hours": random.randrange(40, 200)}
            for task in ("analyse", "arbejde", "opfoelgning")
        }
        rows["budget"] = [
            {
                "on": D("2025-01-01"),
                "hours": random.randrange(600, 3000),
                "external_cost": random.randrange(0, 200) * 1000,
                "why": Free("Oprettet"),
            }
        ]
        yield f"time/projects/projekt-{number:04}.yml", block(rows)
    for number in range(1, people + 1):
        random = Random(f"{seed}/person/{number}")
        person = f"medarbejder-{number:04}"
        name = f"{random.choice(FIRST_NAMES)} {random.choice(LAST_NAMES)}"
        yield (
            f"time/people/{person}.yml",
            f"name: {name}\nemployed: {{from: 2024-01-01}}\ndepartment: {departments[number % 5]}\nweekly_hours: 37\n"
            f"internal_rate: {random.randrange(320, 560)}\n",
        )
        mine = [f"projekt-{random.randrange(projects) + 1:04}" for _ in range(10)]
        for monday in weeks:
            days = open_days[monday]
            if missing <= 0 or not days:
                break
            lines = [f"planned: {monday - timedelta(3)}", "booked:"]
            for project in sorted(set(mine)):
                lines.append(f"  - {{project: {project}, hours: {random.choice((2, 3, 4, 5))}}}")
            lines.append("logged:")
            for day in days:
                for _ in range(min(5, missing)):
                    task = random.choice(("analyse", "arbejde", "opfoelgning"))
                    project, spent = random.choice(mine), random.choice((1, 1.25, 1.5, 1.5, 1.75, 2))
                    lines.append(f"  - {{date: {day}, project: {project}, task: {task}, hours: {spent}}}")
                missing -= min(5, missing)
                if not missing:
                    break
            yield f"time/weeks/{person}/{week_name(monday)}.yml", "\n".join(lines) + "\n"


# --------------------------------------------------------------------------------------------------------- everything


def generated(folder: Path = HERE, seed: int = SEED, entries: int | None = None) -> Iterator[tuple[str, str]]:
    """Name and text of every generated file, given the hand-written ones in `folder`."""
    hand = read(folder)
    all_firms = firms(hand, seed, min(2000, entries // 500) if entries else 0)
    cards = [Card(firm, hand, seed) for firm in all_firms]
    leads = sorted((card.firm.start, card.firm.id) for card in cards if not card.won)
    logged = 0
    for person in hand.people.values():
        for name, words, count in Weeks(hand, person, seed, [(lead, start) for start, lead in leads]).files():
            logged += count
            yield name, words
    customers: list[Client] = []
    for card_id, record in hand.cards.items():
        won = [s["on"] for s in record["stages"] if s["stage"] == "customer"]
        if won:
            left = [s["on"] for s in record["stages"] if s["stage"] == "inactive"]
            customers.append((card_id, list(record.get("contacts", {})), won[0], left[0] if left else date.max))
    for card in cards:
        yield f"crm/customers/{card.firm.id}.yml", block(card.record())
        if card.won:
            customers.append((card.firm.id, list(card.contacts), card.won, card.left))
    customers.sort()
    for number in (1, 2):
        name = f"crm/surveys/ktu-{number}.yml"
        head = (folder / name).read_text(encoding="utf-8").split("invited:\n")[0]
        yield name, survey(head, number, customers, seed)
    for year in (2025, 2026):
        yield f"crm/web/{year}.yml", web(year, seed)
        yield f"plans/sales-{year}.yml", sales(year, seed)
    number = 0
    for year, month in [(2025, m) for m in range(1, 13)] + [(2026, m) for m in range(1, 7)]:
        words, number = support(year, month, number, customers, seed)
        yield f"crm/support/{year}-{month:02}.yml", words
    if entries and entries > logged:
        yield from larger(entries - logged, seed, hand.shut, hand.usual)


def is_generated(name: str) -> bool:
    """Whether a file of `records/` is written here; the head of a survey is not, but its file is."""
    path = Path(name)
    if name.startswith("crm/customers/"):
        return path.stem not in BY_HAND
    return name.startswith(("time/weeks/", "crm/web/", "crm/support/", "plans/sales-")) or name in (
        "crm/surveys/ktu-1.yml",
        "crm/surveys/ktu-2.yml",
    )


def write(out: Path, seed: int = SEED, entries: int | None = None) -> int:
    """Write the company into a folder; the number of files written."""
    count = 0
    same = out.resolve() == HERE
    files = dict(generated(HERE, seed)) if same else generated(HERE, seed, entries)
    if same:
        for path in sorted(HERE.rglob("*.yml")):
            name = path.relative_to(HERE).as_posix()
            if is_generated(name) and name not in files:
                if name.startswith("crm/customers/"):
                    print(f"{path}: made by nobody; put a card that is written by hand into BY_HAND")
                else:
                    path.unlink()
    else:
        for path in sorted(HERE.rglob("*")):
            name = path.relative_to(HERE).as_posix()
            if path.is_file() and not is_generated(name):
                (out / name).parent.mkdir(parents=True, exist_ok=True)
                shutil.copyfile(path, out / name)
                count += 1
    made: set[Path] = set()
    for name, words in files.items() if isinstance(files, dict) else files:
        path = out / name
        if path.parent not in made:
            path.parent.mkdir(parents=True, exist_ok=True)
            made.add(path.parent)
        path.write_bytes(words.encode())
        count += 1
    return count


def main(arguments: list[str] | None = None) -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.company", description="Write a fictitious company.")
    parser.add_argument("--out", type=Path, required=True, help="folder for the records")
    parser.add_argument(
        "--entries", type=int, help="about how many hours-entries; left out: the company of this repository"
    )
    parser.add_argument("--seed", type=int, default=SEED)
    chosen = parser.parse_args(arguments)
    if chosen.out.resolve() == HERE and (chosen.entries or chosen.seed != SEED):
        parser.error("records/ of this repository holds the default company: choose another folder")
    print(f"{write(chosen.out, chosen.seed, chosen.entries)} files in {chosen.out}")


if __name__ == "__main__":
    main()
