"""The fictitious company in `records/`: big enough, every field used, its stories told, the same from the same seed."""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from benchmarks import company
from sitegen import records as rooms
from sitegen import yamlfile
from sitegen.models import KINDS
from sitegen.models.base import Record
from sitegen.models.fields import Dated
from sitegen.models.plans import KnownInDepartment
from sitegen.models.shape import Leaf, Many, Map, Nested, Shape, Spans, extra_of, fields_of, models_in
from sitegen.pipeline import Run
from sitegen.records.folder import find

ROOT = Path(__file__).resolve().parent.parent
RECORDS = ROOT / "records"
STORIES = ROOT / "docs" / "stories.md"
AS_OF = dt.date(2026, 6, 30)


@cache
def read() -> rooms.Read:
    return rooms.read(RECORDS)


@cache
def raw() -> dict[str, list[Any]]:
    """Kind of record → the plain data of its files."""
    found: dict[str, list[Any]] = {kind.name: [] for kind in KINDS}
    for file in find(RECORDS)[0]:
        if not file.path.endswith(".md"):
            text, _ = yamlfile.read(RECORDS / file.path, file.path)
            assert text is not None
            found[file.kind.name].append(yamlfile.parse(text, file.path).data)
    return found


def spans(value: Any) -> tuple[Any, ...]:
    return value.values if isinstance(value, Dated) else ()


# --------------------------------------------------------------------------------------------------------- big enough


def test_the_reader_finds_nothing_wrong():
    assert [(str(problem.place), problem.code) for problem in read().problems] == []


def test_departments_and_people():
    """At least 4 departments and 14 people: 3 part-time, 2 raises, one change of department, one who left."""
    people = read().records.people.values()
    assert len(read().records.organisation.departments) >= 4
    assert len(people) >= 14
    assert sum(any(minutes < 37 * 60 for minutes in spans(person.weekly_minutes)) for person in people) >= 3
    assert sum(len(set(spans(person.internal_rate))) > 1 for person in people) >= 2
    assert sum(len(set(spans(person.department))) > 1 for person in people) >= 1
    assert sum(person.employed.to is not None for person in people) >= 1


def test_the_change_of_department_is_in_the_middle_of_a_week():
    changes = [start for start, _ in read().records.people["ida"].department.spans[1:]]
    assert [day.strftime("%A") for day in changes] == ["Wednesday"]


def test_a_year_and_a_half_of_weeks_and_six_ahead():
    """At least 78 ISO weeks with hours, and bookings in the weeks 2026-W27 to W33."""
    logged = {path.stem for path in RECORDS.glob("time/weeks/*/*.yml") if "\nlogged:" in "\n" + path.read_text("utf-8")}
    booked = {path.stem for path in RECORDS.glob("time/weeks/*/*.yml") if "\nbooked:" in "\n" + path.read_text("utf-8")}
    assert len(logged) >= 78
    assert booked >= {f"2026-W{week}" for week in range(27, 34)}


def test_projects_of_all_sorts():
    projects = read().records.projects
    assert len(projects) >= 25
    types = Counter(kind for project in projects.values() for kind in set(spans(project.type)))
    assert types["operations"] >= 8 and types["investment"] >= 8
    assert sum(not project.budget for project in projects.values()) >= 1
    assert sum(project.succeeds is not None for project in projects.values()) >= 1
    assert sum(project.evaluation is not None for project in projects.values()) >= 3
    assert {entry.per for project in projects.values() for entry in project.budget} == {
        "project",
        "year",
        "quarter",
        "month",
        "week",
    }
    assert any(inner.tasks for phase in projects["website"].tasks.values() for inner in phase.tasks.values())


STAGES = ("lead", "qualified", "meeting-booked", "meeting-held", "hot", "customer")


def way(card: Any) -> list[str]:
    """The stages a card came to, in order (F20): a meeting counts only forwards, or from inactive."""
    events = [(event.on, 1, event.stage) for event in card.stages if event.on]
    for meeting in card.meetings:
        events.append((meeting.booked, 0, "meeting-booked"))
        if meeting.state == "held":
            events.append((meeting.date, 0, "meeting-held"))
    found: list[str] = []
    for on, written, stage in sorted(events):
        forwards = (
            not found or found[-1] == "inactive" or STAGES.index(found[-1]) < STAGES.index(stage)
            if not written
            else True
        )
        if forwards and on <= AS_OF:
            found.append(stage)
    return found


def test_cards_in_every_stage():
    """At least 160 cards; each stage but `visitor` (counted on the web) holds one, every reason to stop occurs."""
    cards = read().records.customers.values()
    assert len(cards) >= 160
    assert {way(card)[-1] for card in cards} == {*STAGES, "inactive"}
    reasons = {event.reason for card in cards for event in card.stages if event.reason}
    assert reasons == {reason.id for reason in read().records.stages.inactive}
    assert {meeting.state for card in cards for meeting in card.meetings} == {"booked", "held", "cancelled", "no-show"}
    assert sum(any(stage == "customer" for stage in way(card)) for card in cards) in range(45, 61)


def test_leads_that_skip_a_stage_and_leads_that_return():
    """At least 15 skip one; at least 10 come back from inactive, or go backwards."""
    skips = returns = 0
    for card in read().records.customers.values():
        stages = way(card)
        active = [STAGES.index(stage) for stage in stages if stage != "inactive"]
        if active and active[0] == 0:
            skips += any(later - earlier > 1 for earlier, later in zip(active, active[1:], strict=False))
        back = any(a == "inactive" != b for a, b in zip(stages, stages[1:], strict=False))
        returns += back or any(later < earlier for earlier, later in zip(active, active[1:], strict=False))
    assert skips >= 15
    assert returns >= 10


def test_campaigns_templates_surveys_and_the_rest():
    """6 campaigns and 12 templates (M19, M26), two surveys and wheels, three journeys, figures for three half years."""
    records = read().records
    assert set(records.campaigns) >= {
        "ktu-1",
        "aarsaftale-2026",
        "e-nyhedsbrev",
        "potentialescreening",
        "krydssalg",
        "ktu-2",
    }
    assert {campaign.kind for campaign in records.campaigns.values()} == {
        "programme",
        "call-list",
        "newsletter",
        "advertising",
        "event",
    }
    assert sorted(template.number for template in records.templates.values()) == list(range(1, 13))
    assert len(records.surveys) == 2 and len(records.wheels) == 2 and len(records.journeys) >= 3
    periods = Counter(period for card in raw()["customer"] for period in card.get("figures", ()))
    assert min(periods["2025-H1"], periods["2025-H2"], periods["2026-H1"]) >= 35
    assert periods["2026-Q1"] and periods["2026-05"]


def test_no_absence_names_an_illness_and_nobody_works_on_a_day_off():
    """Hours lie on the person's own working days, while employed, never on holidays or whole days away."""
    hand = company.read(RECORDS)
    for path in RECORDS.glob("time/weeks/*/*.yml"):
        week, person = company.load(path), hand.people[path.parent.name]
        away = {entry["date"] for entry in week.get("absent", ()) if "hours" not in entry}
        assert {entry["reason"] for entry in week.get("absent", ())} <= {"holiday", "leave", "other"}
        for entry in week.get("logged", ()):
            day = entry["date"]
            assert day not in away and day not in hand.shut and day <= AS_OF, path
            assert person.start <= day <= person.end, path
            assert company.DAYS[day.weekday()] in person.days(day, hand.usual), path
            start, end = hand.lives[entry["project"]]
            assert start <= day <= end, path


# --------------------------------------------------------------------------------------------------- every field used


def seen_in(shape: Shape, data: Any, seen: set[tuple[str, str]]) -> None:
    """Adds (model, key) of every field written in the data."""
    if data is None or isinstance(shape, Leaf):
        return
    if isinstance(shape, Spans):
        dated = isinstance(data, dict) and all(re.match(r"\d{4}-\d\d-\d\d$", key) for key in data)
        for value in data.values() if dated else (data,):
            seen_in(shape.item, value, seen)
    elif isinstance(shape, Many):
        for item in data if isinstance(data, list) else (data,):
            seen_in(shape.item, item, seen)
    elif isinstance(shape, Map):
        for item in data.values():
            seen_in(shape.item, item, seen)
    elif isinstance(shape, Nested) and isinstance(data, dict):
        extra = extra_of(shape.model)
        fields = {field.key: field for field in fields_of(shape.model)}
        for key, value in data.items():
            if key in fields:
                seen.add((owner(shape.model, fields[key].attribute), key))
                seen_in(fields[key].shape, value, seen)
            elif extra is not None:
                seen.add((shape.model.__name__, "*"))
    elif isinstance(shape, Nested) and "root" in shape.model.model_fields:
        seen_in(fields_of(shape.model)[0].shape, data, seen)


def owner(model: type[Any], attribute: str) -> str:
    """The model that declares a field: what every record may say is looked for once, not in each of its kinds."""
    return "Record" if issubclass(model, Record) and attribute in Record.model_fields else model.__name__


def test_every_field_of_every_model_occurs():
    seen: set[tuple[str, str]] = set()
    for kind in KINDS:
        shape = Nested(kind.model)
        if "root" in kind.model.model_fields:
            shape = fields_of(kind.model)[0].shape
        for data in raw()[kind.name]:
            seen_in(shape, data, seen)
    for template in read().records.templates.values():
        seen |= {("Template", field) for field in ("name", "number", "text") if getattr(template, field) is not None}
    models = {model for kind in KINDS for model in models_in(kind.model)} - {KnownInDepartment}
    fields = {
        (owner(model, field.attribute), field.key)
        for model in models
        for field in fields_of(model)
        if field.attribute != "root"
    }
    fields |= {(model.__name__, "*") for model in models if extra_of(model)}
    assert sorted(fields - seen) == []


def test_the_four_kinds_of_nothing_occur():
    """Left out, null, `dont-know` and `not-relevant`, and 0 are four different things (G5)."""
    answers = [answer for survey in raw()["survey"] for answer in survey["answers"]]
    values = [value for answer in answers for value in answer.values()]
    assert None in values and "dont-know" in values and "not-relevant" in values
    assert any(len(answer) != len(answers[0]) for answer in answers)
    assert any(
        figures.get("revenue") == 0 for card in raw()["customer"] for figures in card.get("figures", {}).values()
    )
    known = [answer for plan in raw()["marketing_plan"] for answer in plan["known_by"].values()]
    assert any(answer["follows"] is None for answer in known)
    assert any(
        score is None
        for wheel in raw()["wheel"]
        for scores in wheel["respondents"].values()
        for score in scores.values()
    )


def test_the_ways_to_write_a_value_occur():
    """`1h30m` beside decimal hours, another currency, all decisions about a booking, dated and plain values."""
    logged = [entry for week in raw()["week"] for entry in week.get("logged", ())]
    assert any(isinstance(entry["hours"], str) and "h" in entry["hours"] for entry in logged)
    assert any(isinstance(entry["hours"], float) for entry in logged)
    booked = [entry for week in raw()["week"] for entry in week.get("booked", ())]
    assert {entry["instead"]["decision"] for entry in booked if "instead" in entry} == {"moved", "rebooked", "dropped"}
    for name in ("owner", "priority", "serves", "work", "type", "weekly_target_hours"):
        written = [project[name] for project in raw()["project"] if name in project]
        dated = [isinstance(value, dict) and all(key[:1].isdigit() for key in value) for value in written]
        assert any(dated), name
        assert name == "weekly_target_hours" or not all(dated), name
    assert any(
        isinstance(cost["amount"], dict) for project in raw()["project"] for cost in project.get("external_costs", ())
    )


# ------------------------------------------------------------------------------------------------------------ stories


def stories() -> dict[str, tuple[list[str], list[str]]]:
    """Title → (row keys, record files) of each story."""
    found = {}
    for part in STORIES.read_text("utf-8").split("\n## ")[1:]:
        title, body = part.split("\n", 1)
        shown = re.search(r"(?ms)^Shown by: (.+?)$\n(?=\n|\w)", body + "\n\n")
        files = re.search(r"(?ms)^Records: (.+?)(?:\n\n|\Z)", body)
        assert shown and files, title
        found[title] = re.findall(r"`([^`]+)`", shown[1]), re.findall(r"`([^`]+)`", files[1])
    return found


@cache
def run() -> Run:
    return Run(RECORDS, as_of=AS_OF, audience="management")


def test_there_are_stories():
    assert len(stories()) >= 15


@pytest.mark.parametrize("title", stories())
def test_each_story_names_its_records_and_the_row_that_shows_it(title: str):
    keys, files = stories()[title]
    assert keys and files
    for name in files:
        assert list(RECORDS.glob(name)), f"{title}: no file {name}"
    for key in keys:
        report, table, row = key.split(".", 2)
        result = run().results.get(f"{report}.{table}")
        assert result is not None, f"{title}: no table {report}.{table}"
        assert row in result.rows["key"].to_list(), f"{title}: no row {key}"


# ---------------------------------------------------------------------------------------------------------- generator


def test_the_default_seed_makes_the_committed_files(tmp_path: Path):
    """Byte for byte, and no generated file too few or too many."""
    company.write(tmp_path)
    made = {path.relative_to(tmp_path).as_posix(): path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}
    kept = {path.relative_to(RECORDS).as_posix(): path.read_bytes() for path in RECORDS.rglob("*") if path.is_file()}
    assert sorted(made) == sorted(kept)
    assert [name for name in sorted(made) if made[name] != kept[name]] == []


def test_a_larger_company_is_as_large_as_asked_and_right(tmp_path: Path):
    company.write(tmp_path, entries=20_000)
    found = rooms.read(tmp_path)
    assert [problem.code for problem in found.problems] == []
    assert len(found.records.logged) == 20_000


def test_another_seed_makes_another_company(tmp_path: Path):
    company.write(tmp_path, seed=2)
    name = "crm/support/2026-06.yml"
    assert (tmp_path / name).read_bytes() != (RECORDS / name).read_bytes()
    assert rooms.read(tmp_path).problems == ()
