"""Cards, answers and respondents without a name: in groups, numbered by what is published of them."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

from pydantic import BaseModel

from sitegen.audience.hours import department_of
from sitegen.models.crm import NOT_A_NUMBER, Answer, Survey
from sitegen.models.plans import Known, KnownInDepartment, MarketingPlan
from sitegen.models.time import Person
from sitegen.models.wheel import AREAS, Wheel

FEWEST_PERSONS = 3
"""So many persons stand behind a figure about the growth wheel or about who knows the plan."""
FEWEST_ANSWERS = 5
"""So many answers stand behind a published figure of a survey."""


def _in_order(values: Iterable[Any]) -> list[Any]:
    """Sorted by what can be seen of them; None first."""
    return sorted(values, key=_visible)


def _visible(value: Any) -> Any:
    """A text to sort by that says all there is to see of a value."""
    if isinstance(value, BaseModel):
        return f"{value!r}{value.model_extra or ''}"
    return repr(value)


def nameless_wheel(wheel: Wheel) -> Wheel:
    """Respondents as `r1`, `r2`…; none at all where there are fewer than three."""
    answers = list(wheel.respondents.values())
    if len(answers) < FEWEST_PERSONS:
        return wheel.model_copy(update={"respondents": {}})
    sorted_answers = _in_order({area: given[area] for area in AREAS if area in given} for given in answers)
    return wheel.model_copy(update={"respondents": {f"r{n}": given for n, given in enumerate(sorted_answers, start=1)}})


def nameless_survey(survey: Survey, whole: Survey, hidden: Mapping[str, frozenset[str]]) -> Survey:
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


def nameless_cards(cards: Mapping[str, Any]) -> dict[str, Any]:
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


def counted_by_department(
    plan: MarketingPlan, people: Mapping[str, Person], hidden: Mapping[str, frozenset[str]]
) -> dict[str, Known]:
    """Who knows the plan as `d1`, `d2`… with a department; with fewer than three answers together, or not at all."""
    departments: dict[str | None, list[Known]] = defaultdict(list)
    for person, known in plan.known_by.items():
        if person not in hidden.get("person", ()):
            departments[department_of(people.get(person), known.on)].append(known)
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
