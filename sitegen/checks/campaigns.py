"""Campaigns: their flow, their tests, their days, and the merge fields of templates."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Mapping
from typing import Any

from sitegen.checks.files import Files
from sitegen.problems import Place, Problem, nearest
from sitegen.records import Read

MERGE_FIELDS = frozenset({
    "customer.name", "customer.cvr", "customer.employees", "customer.segment",
    "contact.first_name", "contact.last_name", "contact.title", "contact.email", "contact.phone", "contact.language",
    "sender.name", "sender.email", "campaign.name", "organisation.name",
})  # fmt: skip
"""What a template may ask for; anything else in curly brackets is a mistake."""

OPEN = "…"
"""An end that is not written."""
_FIELD = re.compile(r"\{([^{}\n]*)\}")


def flows(read: Read, files: Files) -> Iterator[Problem]:
    """Every outcome of a step has a following step, every branch ends, and a step follows a real outcome."""
    for id, campaign in read.records.campaigns.items():
        source = ("campaign", id)
        unsure = _not_followed(read, id, campaign.flow)
        for name, step in campaign.flow.items():
            path = ("flow", name)
            following = [other for other in campaign.flow.values() if name in other.after]
            taken = {outcome for other in following for outcome in other.when}
            open_ = any(not other.when for other in following)  # a step without `when` follows whatever came out
            for at, outcome in enumerate(step.outcomes):
                if outcome not in taken and not open_ and not step.end and name not in unsure:
                    yield files.problem("outcome-without-step", source, (*path, "outcomes", at), id=outcome, step=name)
            if not step.end and not step.outcomes and not following and name not in unsure:
                yield files.problem("step-without-end", source, path, key=True, id=name)
            offered = {
                outcome
                for before in step.after
                if before in campaign.flow
                for outcome in campaign.flow[before].outcomes
            }
            for outcome in step.when:
                left_out = not step.after and read.records.sources["campaign", id] in read.wrong_files
                if outcome not in offered and not left_out and all(before in campaign.flow for before in step.after):
                    where = _in_list(files, source, (*path, "when"), step.when, outcome)
                    yield files.problem(
                        "unknown-outcome", source, where, id=outcome, nearest=nearest(outcome, frozenset(offered))
                    )


def _not_followed(read: Read, id: str, flow: Mapping[str, Any]) -> frozenset[str]:
    """Steps of which it is not known what follows: something is misspelt where it is said, and told there."""
    if read.records.sources["campaign", id] in read.wrong_files:
        return frozenset(flow)
    if any(before not in flow for step in flow.values() for before in step.after):
        return frozenset(flow)
    return frozenset(
        before
        for step in flow.values()
        for before in step.after
        if not set(step.when) <= {outcome for other in step.after for outcome in flow[other].outcomes}
    )


def flows_in_a_circle(read: Read, files: Files) -> Iterator[Problem]:
    """No step follows itself, not by way of others either: told once a circle, at its first step."""
    for id, campaign in read.records.campaigns.items():
        before = {name: _before(campaign.flow, name) for name in campaign.flow}
        told: set[str] = set()
        for name in campaign.flow:
            if name in before[name] and name not in told:
                told |= {other for other in before[name] if name in before[other]}
                circle = _circle(campaign.flow, name)
                path = _in_list(files, ("campaign", id), ("flow", name, "after"), campaign.flow[name].after, circle[-2])
                itself = name if circle == [name, name] else ""
                yield files.problem(
                    "step-circle", ("campaign", id), path, id=name, circle=" → ".join(circle), itself=itself
                )


def _circle(flow: Mapping[str, Any], name: str) -> list[str]:
    """The shortest way from a step, by those that follow, to itself."""
    waiting = [[name]]
    seen: set[str] = set()
    for way in waiting:
        for step in flow[way[0]].after:
            if step == name:
                return [name, *way]
            if step in flow and step not in seen:
                seen.add(step)
                waiting.append([step, *way])
    raise ValueError(name)


def _in_list(
    files: Files, source: tuple[str, str], path: tuple[str, ...], items: tuple[str, ...], item: str
) -> tuple[str | int, ...]:
    """The path of an item, also where it is written alone and not as a list."""
    alone = not isinstance(files.written(files.sources[source], path), list)
    return path if alone else (*path, items.index(item))


def _before(flow: Mapping[str, Any], name: str) -> set[str]:
    """Every step that comes before a step, by way of others too."""
    found: set[str] = set()
    waiting = list(flow[name].after)
    while waiting:
        step = waiting.pop()
        if step in flow and step not in found:
            found.add(step)
            waiting += flow[step].after
    return found


def days(read: Read, files: Files) -> Iterator[Problem]:
    """The steps and tests of a campaign lie in its days; so do its costs, or one of the dates is a slip."""
    for id, campaign in read.records.campaigns.items():
        source = ("campaign", id)
        limits = (campaign.from_, campaign.to)
        for name, step in campaign.flow.items():
            yield from _outside(files, "outside-campaign", source, ("flow", name, "on"), step.on, limits)
        for name, test in campaign.tests.items():
            for variant, ran in test.variants.items():
                path = ("tests", name, "variants", variant)
                for key, day in (("from", ran.from_), ("to", ran.to)):
                    yield from _outside(files, "outside-campaign", source, (*path, key), day, limits)
        for at, cost in enumerate(campaign.costs):
            yield from _outside(files, "cost-outside-campaign", source, ("costs", at, "date"), cost.date, limits)


def days_of_the_plan(read: Read, files: Files) -> Iterator[Problem]:
    """A campaign lies in the days of the plan's activity that it carries out.

    A plan is for one year: of a campaign that runs over several, the part in the plan's year is compared.
    """
    organisation = read.records.organisation
    month = organisation.fiscal_year_starts if organisation is not None else 1
    for year, plan in read.records.marketing_plans.items():
        first, last = dt.date(int(year), month, 1), dt.date(int(year) + 1, month, 1) - dt.timedelta(days=1)
        for id, campaign in read.records.campaigns.items():
            activity = plan.activities.get(campaign.activity)
            if activity is None:
                continue
            limits = (activity.from_, activity.to)
            if None not in limits and activity.to < activity.from_:
                continue  # told in the plan
            for key, day in (("from", campaign.from_), ("to", campaign.to)):
                if day is not None and first <= day <= last:
                    yield from _outside(
                        files, "outside-activity", ("campaign", id), (key,), day, limits, id=campaign.activity
                    )


def _outside(
    files: Files,
    code: str,
    source: tuple[str, str],
    path: tuple[str | int, ...],
    day: dt.date | None,
    limits: tuple[dt.date | None, dt.date | None],
    **values: Any,
) -> Iterator[Problem]:
    """A problem where a day is before the first limit or after the last; a limit that is None is open."""
    first, last = limits
    if day is not None and ((first is not None and day < first) or (last is not None and day > last)):
        ends: dict[str, Any] = {"first": str(first or OPEN), "last": str(last or OPEN)}
        yield files.problem(code, source, path, written=day.isoformat(), **ends, **values)


def outcomes_of_activities(read: Read, files: Files) -> Iterator[Problem]:
    """What came out of a step of a campaign is one of the step's outcomes."""
    for id, customer in read.records.customers.items():
        for at, activity in enumerate(customer.activities):
            campaign = read.records.campaigns.get(activity.campaign)
            step = campaign.flow.get(activity.step) if campaign is not None and activity.step else None
            if step is not None and activity.outcome is not None and activity.outcome not in step.outcomes:
                close = nearest(activity.outcome, frozenset(step.outcomes))
                where = ("activities", at, "outcome")
                yield files.problem("unknown-outcome", ("customer", id), where, id=activity.outcome, nearest=close)


def variants(read: Read, files: Files) -> Iterator[Problem]:
    """The variants of a test differ in its one variable, and run on the same days with the same budget."""
    for id, campaign in read.records.campaigns.items():
        for name, test in campaign.tests.items():
            path = ("tests", name, "variants")
            first, *others = list(test.variants.items()) or [("", None)]
            for other, variant in others:
                yield from _differs(files, ("campaign", id), (*path, other), test.variable, first[1], variant)


def _differs(
    files: Files, source: tuple[str, str], path: tuple[str, ...], variable: str, one: Any, other: Any
) -> Iterator[Problem]:
    for key in sorted(one.is_.keys() | other.is_.keys()):
        if (one.is_.get(key) == other.is_.get(key)) == (key == variable):
            code = "variants-alike" if key == variable else "variants-differ"
            yield files.problem(code, source, (*path, "is", key), id=key, variable=variable)
    for key, attribute in (("from", "from_"), ("to", "to"), ("budget_per_day", "budget_per_day")):
        if getattr(one, attribute) != getattr(other, attribute):
            yield files.problem("variants-unequal", source, (*path, key), id=key)


def merge_fields(read: Read, files: Files) -> Iterator[Problem]:
    """Fields in curly brackets come from a fixed list."""
    for id, template in read.records.templates.items():
        if "{" not in template.text:
            continue
        file = files.sources["template", id]
        for line, text in enumerate(files.text(file).split("\n"), 1):
            for found in _FIELD.finditer(text):
                if found[1] not in MERGE_FIELDS:
                    values = {"written": found[1], "nearest": nearest(found[1], MERGE_FIELDS)}
                    yield Problem("unknown-merge-field", Place(file, line, found.start() + 2), values)
