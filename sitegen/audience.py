"""Records → the Records that an audience may see: what is withheld is taken out before anything is computed from it.

Every field carries its lowest audience (safety.md); what it holds is gone for those below. The rest is here: people
outside the reporting department become their department, cards lose their names, answers are published in groups only.
What is left never tells what was taken: numbers such as `k0001` follow what is published, not the order of the files.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from functools import cache
from typing import Any

from pydantic import BaseModel

from sitegen.models.crm import NOT_A_NUMBER, Answer, Survey
from sitegen.models.fields import Dated
from sitegen.models.plans import AREAS, Known, KnownInDepartment, MarketingPlan, Wheel
from sitegen.models.shape import Field, Leaf, Many, Map, Nested, Shape, extra_of, fields_of
from sitegen.models.time import Person
from sitegen.records import Records, Rows

AUDIENCES = ("everyone", "marketing", "management")
"""From the widest to the narrowest; each sees what those before it see."""

FEWEST_PERSONS = 3
"""So many persons stand behind a figure about the growth wheel or about who knows the plan."""
FEWEST_ANSWERS = 5
"""So many answers stand behind a published figure of a survey."""

DEPARTMENT = "dept:"
"""Begins the id of what stands for the people of a department: `dept:sales`; alone for people of none."""

CARDS = {
    "people": "person", "projects": "project", "customers": "customer", "campaigns": "campaign",
    "templates": "template", "surveys": "survey", "wheels": "wheel", "marketing_plans": "marketing_plan",
    "journeys": "journey",
}  # fmt: skip
"""Attribute of Records that holds cards by id → kind."""
SINGLE = ("organisation", "stages", "products", "segments", "strategy", "industry_codes", "content")
"""Attributes of Records that hold one record."""
ANY_RECORD = frozenset({"visible_to", "tags", "note"})


def allows(viewer: str, needed: str) -> bool:
    """Whether `viewer` may see what is for `needed` and those after it."""
    return AUDIENCES.index(viewer) >= AUDIENCES.index(needed)


def restrict(records: Records, viewer: str) -> Records:
    """The same records without what `viewer` may not see: a withheld field is None or empty, a row or card is gone."""
    if viewer == AUDIENCES[-1]:
        return records
    hidden = _hidden(records, viewer)
    cut = _Cut(viewer, hidden)
    kept: dict[str, Any] = {name: cut.record(getattr(records, name)) for name in SINGLE}
    for name in CARDS:
        if name not in ("people", "wheels", "marketing_plans", "surveys"):
            kept[name] = cut.cards(getattr(records, name))
    kept["sales"] = cut.cards(records.sales)
    kept["wheels"] = {id: _nameless_wheel(wheel) for id, wheel in cut.cards(records.wheels).items()}
    kept["surveys"] = cut.cards(records.surveys)
    plans = records.marketing_plans
    if viewer == "everyone":
        kept["surveys"] = {
            id: _nameless_survey(survey, records.surveys[id], hidden) for id, survey in kept["surveys"].items()
        }
        kept["customers"] = _nameless_cards(kept["customers"])
        plans = {id: plan.model_copy(update={"known_by": {}}) for id, plan in plans.items()}
    kept["marketing_plans"] = cut.cards(plans)
    if viewer == "everyone":
        for id, plan in kept["marketing_plans"].items():
            known_by = _counted_by_department(records.marketing_plans[id], records.people, hidden)
            kept["marketing_plans"][id] = plan.model_copy(update={"known_by": known_by})
    kept |= _people_and_hours(records, cut) if viewer == "marketing" else _named_people(records, cut)
    kept["web"], kept["support"] = _web(records.web, viewer), _support(records.support, viewer, hidden)
    kept["sources"] = _sources(records.sources, viewer, hidden)
    return replace(records, **kept)


# -------------------------------------------------------------------------------------------------------- whole records


def _hidden(records: Records, viewer: str) -> Mapping[str, frozenset[str]]:
    """Kind → ids of what is withheld as a whole, by its `visible_to`; what names one of them forgets it."""
    hidden: dict[str, set[str]] = defaultdict(set)

    def look(kind: str, things: Mapping[str, Any]) -> None:
        for id, thing in things.items():
            if thing.visible_to is not None and not allows(viewer, thing.visible_to):
                hidden[kind].add(id)

    for name, kind in CARDS.items():
        look(kind, getattr(records, name))
    for plan_id, plan in records.marketing_plans.items():
        look("activity", plan.activities)
        if plan_id in hidden["marketing_plan"]:
            hidden["activity"] |= set(plan.activities)
            hidden["goal"] |= set(plan.goals)
    return {kind: frozenset(ids) for kind, ids in hidden.items() if ids}


@cache
def _fields(model: type[BaseModel], viewer: str) -> tuple[tuple[Field, bool], ...]:
    """The fields of a model, and whether the viewer may see each."""
    return tuple((field, allows(viewer, field.audience)) for field in fields_of(model))


def _nothing(shape: Shape) -> Any:
    return () if isinstance(shape, Many) else {} if isinstance(shape, Map) else None


_GONE = object()
"""Stands for a value that is withheld as a whole."""


class _Cut:
    """Takes out what the viewer may not see, and what is hidden as a whole; `named` collects the people still named."""

    def __init__(self, viewer: str, hidden: Mapping[str, frozenset[str]]) -> None:
        self.viewer = viewer
        self.hidden = hidden
        self.named: set[str] = set()

    def cards(self, cards: Mapping[str, Any]) -> dict[str, Any]:
        """The cards that are left, each cut."""
        cut = {id: self.record(card) for id, card in cards.items()}
        return {id: card for id, card in cut.items() if card is not None}

    def record(self, record: Any) -> Any:
        """A record with what is left of it; None when that is nothing."""
        if record is None or not any(
            seen for field, seen in _fields(type(record), self.viewer) if field.key not in ANY_RECORD
        ):
            return None
        kept = self._model(record)
        return None if kept is _GONE else kept

    def _model(self, value: BaseModel) -> Any:
        level = getattr(value, "visible_to", None)
        if level is not None and not allows(self.viewer, level):
            return _GONE
        changed: dict[str, Any] = {}
        for field, seen in _fields(type(value), self.viewer):
            held = getattr(value, field.attribute)
            if held is None:
                continue
            kept = self._value(field.shape, held) if seen else _nothing(field.shape)
            if isinstance(field.shape, Leaf) and field.shape.ref and changed.get(field.shape.ref.within, held) is None:
                kept = None  # an entry of something that was taken out
            if kept is _GONE:
                if field.required:
                    return _GONE
                kept = _nothing(field.shape)
            if kept is not held:
                changed[field.attribute] = kept
        cut = value.model_copy(update=changed) if changed else value
        extra = extra_of(type(value))
        if extra is not None and value.model_extra and not allows(self.viewer, extra.audience):
            cut = cut.model_copy()
            object.__setattr__(cut, "__pydantic_extra__", {})
        return cut

    def _value(self, shape: Shape, value: Any) -> Any:
        if isinstance(shape, Leaf):
            return value if shape.ref is None or self._named(shape.ref.kind, value) else _GONE
        if isinstance(shape, Nested):
            return self._model(value)
        if isinstance(shape, Many):
            items = tuple(self._value(shape.item, item) for item in value)
            return tuple(item for item in items if item is not _GONE)
        if isinstance(shape, Map):
            entries = {
                key: None if item is None else self._value(shape.item, item)
                for key, item in value.items()
                if shape.ref is None or self._named(shape.ref.kind, key)
            }
            return {key: item for key, item in entries.items() if item is not _GONE}
        spans = ((since, self._value(shape.item, item)) for since, item in value.spans)
        return Dated(tuple((since, None if item is _GONE else item) for since, item in spans))

    def _named(self, kind: str, id: str) -> bool:
        if id in self.hidden.get(kind, ()):
            return False
        if kind == "person":
            self.named.add(id)
        return True


# ------------------------------------------------------------------------------------------------------ nameless groups


def _in_order(values: Iterable[Any]) -> list[Any]:
    """Sorted by what can be seen of them; None first."""
    return sorted(values, key=_visible)


def _visible(value: Any) -> Any:
    """A text to sort by that says all there is to see of a value."""
    if isinstance(value, BaseModel):
        return f"{value!r}{value.model_extra or ''}"
    return repr(value)


def _nameless_wheel(wheel: Wheel) -> Wheel:
    """Respondents as `r1`, `r2`…; none at all where there are fewer than three."""
    answers = list(wheel.respondents.values())
    if len(answers) < FEWEST_PERSONS:
        return wheel.model_copy(update={"respondents": {}})
    sorted_answers = _in_order({area: given[area] for area in AREAS if area in given} for given in answers)
    return wheel.model_copy(update={"respondents": {f"r{n}": given for n, given in enumerate(sorted_answers, start=1)}})


def _nameless_survey(survey: Survey, whole: Survey, hidden: Mapping[str, frozenset[str]]) -> Survey:
    """Answers by firm `f1`, `f2`…, to questions with a scale and at least five answers."""
    answers = [answer for answer in whole.answers if answer.customer not in hidden.get("customer", ())]
    numbers = Counter(
        question for answer in answers for question, given in answer.answers.items() if isinstance(given, int)
    )
    published = [id for id, question in whole.questions.items() if not question.open and numbers[id] >= FEWEST_ANSWERS]
    firms: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for answer in answers:
        given = {id: _on_scale(answer.answers[id]) for id in published if id in answer.answers}
        if given:
            firms[answer.customer].append(given)
    nameless = tuple(
        Answer.model_construct(customer=f"f{n}", contact=None, **given)
        for n, given_by_firm in enumerate(_in_order(_in_order(firm) for firm in firms.values()), start=1)
        for given in given_by_firm
    )
    return survey.model_copy(update={"answers": nameless})


def _on_scale(given: int | str | None) -> int | str | None:
    return given if isinstance(given, int) or given in NOT_A_NUMBER else None


def _nameless_cards(cards: Mapping[str, Any]) -> dict[str, Any]:
    """Cards as `k0001`, `k0002`… in the order of what they still say."""
    bare = {id: card.model_copy(update={"visible_to": None, "merged_into": None}) for id, card in cards.items()}
    says = {id: _visible(card) for id, card in bare.items()}
    target = {id: cards[id].merged_into for id in cards if cards[id].merged_into in cards}
    by_content = sorted(cards, key=lambda id: (says[id], says.get(target.get(id, ""), "")))
    place = {id: n for n, id in enumerate(by_content)}
    # Equal cards that were merged into equal cards: the number of the other decides, so that no file name does.
    final = sorted(
        cards, key=lambda id: (says[id], says.get(target.get(id, ""), ""), place.get(target.get(id, ""), -1))
    )
    name = {id: f"k{n:04d}" for n, id in enumerate(final, start=1)}
    return {name[id]: bare[id].model_copy(update={"merged_into": name.get(target.get(id, ""))}) for id in final}


def _counted_by_department(
    plan: MarketingPlan, people: Mapping[str, Person], hidden: Mapping[str, frozenset[str]]
) -> dict[str, Known]:
    """Who knows the plan as `d1`, `d2`… with a department; with fewer than three answers together, or not at all."""
    departments: dict[str | None, list[Known]] = defaultdict(list)
    for person, known in plan.known_by.items():
        if person not in hidden.get("person", ()):
            departments[_department(people.get(person), known.on)].append(known)
    for department in [name for name, answers in departments.items() if name and len(answers) < FEWEST_PERSONS]:
        departments[None] += departments.pop(department)
    if len(departments[None]) < FEWEST_PERSONS:
        del departments[None]
    counted = [
        KnownInDepartment.model_construct(
            on=None,
            version=known.version,
            knows=known.knows,
            understands=known.understands,
            follows=known.follows,
            department=department,
        )  # fmt: skip
        for department, answers in departments.items()
        for known in answers
    ]
    in_order = sorted(counted, key=lambda known: (known.department or "~", _visible(known)))
    return {f"d{n}": known for n, known in enumerate(in_order, start=1)}


def _department(person: Person | None, day: dt.date | None) -> str | None:
    if person is None or person.department is None:
        return None
    return person.department.at(day) if day else person.department.spans[-1][1]


# ----------------------------------------------------------------------------------------------------- people and hours


def _named_people(records: Records, cut: _Cut) -> dict[str, Any]:
    """For everyone: the people whom something everyone may see names, with name and department; nobody's hours."""
    people = {id: person for id, person in cut.cards(records.people).items() if id in cut.named}
    empty = {name: Rows(getattr(records, name).names) for name in ("logged", "booked", "absent")}
    return {"people": people, **empty}


def _people_and_hours(records: Records, cut: _Cut) -> dict[str, Any]:
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
        "absent": seen.rows(records.absent, "day", ()),
    }
    kept["absent"] = kept["absent"].with_columns({"reason": [None] * len(kept["absent"])})
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
            department = _department(card, first) or _department(card, first + dt.timedelta(days=days - 1))
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


# ----------------------------------------------------------------------------------------------------------- other rows


def _web(web: Rows, viewer: str) -> Rows:
    """Web figures; without spend and without a place in the files for everyone."""
    if viewer != "everyone":
        return web
    nowhere = [0] * len(web)
    columns = {name: list(web[name]) for name in web.names} | {
        "spend": [None] * len(web),
        "file": nowhere,
        "line": nowhere,
    }
    return Rows(web.names, columns, [""] if len(web) else [])


def _support(support: Rows, viewer: str, hidden: Mapping[str, frozenset[str]]) -> Rows:
    """Support cases; for everyone only what can be counted, as `c00001`… in the order of what is left."""
    if viewer != "everyone":
        customers = hidden.get("customer", frozenset())
        return support.with_columns({"customer": [None if id in customers else id for id in support["customer"]]})
    counted = ("opened", "closed", "type", "area", "question")
    order = sorted(range(len(support)), key=lambda at: [str(support[name][at]) for name in counted])
    columns: dict[str, list[Any]] = {name: [None] * len(support) for name in support.names}
    columns |= {name: [support[name][at] for at in order] for name in counted}
    columns["id"] = [f"c{n:05d}" for n in range(1, len(support) + 1)]
    columns["file"] = columns["line"] = [0] * len(support)
    return Rows(support.names, columns, [""] if len(support) else [])


def _sources(
    sources: Mapping[tuple[str, str], str], viewer: str, hidden: Mapping[str, frozenset[str]]
) -> dict[tuple[str, str], str]:
    """Where records stand: nothing for everyone (links to records are marketing's), no week files: they name people."""
    if viewer == "everyone":
        return {}
    return {
        (kind, id): file
        for (kind, id), file in sources.items()
        if kind != "week" and id not in hidden.get(kind, frozenset())
    }
