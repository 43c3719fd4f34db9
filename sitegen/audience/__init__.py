"""Records → the Records that an audience may see: what is withheld is taken out before anything is computed from it.

Every field carries its lowest audience (safety.md); what it holds is gone for those below. The rest is here: people
outside the reporting department become their department, cards lose their names, answers are published in groups only.
What is left never tells what was taken: numbers such as `k0001` follow what is published, not the order of the files.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from sitegen.audience.cut import AUDIENCES, Cut, allows
from sitegen.audience.hours import named_people, people_and_hours
from sitegen.audience.nameless import counted_by_department, nameless_cards, nameless_survey, nameless_wheel
from sitegen.records import Records, Rows

__all__ = ["AUDIENCES", "allows", "restrict"]

CARDS = {
    "people": "person", "projects": "project", "customers": "customer", "campaigns": "campaign",
    "templates": "template", "surveys": "survey", "wheels": "wheel", "marketing_plans": "marketing_plan",
    "journeys": "journey",
}  # fmt: skip
"""Attribute of Records that holds cards by id → kind."""
SINGLE = ("organisation", "stages", "products", "segments", "strategy", "industry_codes", "content")
"""Attributes of Records that hold one record."""


def restrict(records: Records, viewer: str) -> Records:
    """The same records without what `viewer` may not see: a withheld field is None or empty, a row or card is gone."""
    if viewer == AUDIENCES[-1]:
        return records
    hidden = _hidden(records, viewer)
    cut = Cut(viewer, hidden)
    kept: dict[str, Any] = {name: cut.record(getattr(records, name)) for name in SINGLE}
    for name in CARDS:
        if name not in ("people", "wheels", "marketing_plans", "surveys"):
            kept[name] = cut.cards(getattr(records, name))
    kept["sales"] = cut.cards(records.sales)
    kept["wheels"] = {id: nameless_wheel(wheel) for id, wheel in cut.cards(records.wheels).items()}
    kept["surveys"] = cut.cards(records.surveys)
    plans = records.marketing_plans
    if viewer == "everyone":
        kept["surveys"] = {
            id: nameless_survey(survey, records.surveys[id], hidden) for id, survey in kept["surveys"].items()
        }
        kept["customers"] = nameless_cards(kept["customers"])
        plans = {id: plan.model_copy(update={"known_by": {}}) for id, plan in plans.items()}
    kept["marketing_plans"] = cut.cards(plans)
    if viewer == "everyone":
        for id, plan in kept["marketing_plans"].items():
            known_by = counted_by_department(records.marketing_plans[id], records.people, hidden)
            kept["marketing_plans"][id] = plan.model_copy(update={"known_by": known_by})
    kept |= people_and_hours(records, cut) if viewer == "marketing" else named_people(records, cut)
    kept["web"], kept["support"] = _web(records.web, viewer), _support(records.support, viewer, hidden)
    kept["sources"] = _sources(records.sources, viewer, hidden)
    return replace(records, **kept)


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
