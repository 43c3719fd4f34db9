"""Campaigns and call lists: to whom, how, when, what it cost, what came of it (T47–T50, M17–M26, B12)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from fractions import Fraction
from typing import Any

import polars as pl

from sitegen.metrics.figures import Figure, Undefined, frame, known
from sitegen.metrics.intervals import wilson
from sitegen.metrics.stages import INACTIVE, Journey, Ladder, journeys
from sitegen.report import Attention, Metric, Value
from sitegen.reports.campaign import columns
from sitegen.reports.campaign.audience import conditions
from sitegen.reports.campaign.steps import flow, outcomes, templates
from sitegen.reports.campaign.trials import tests, variants
from sitegen.results import Result


def _standing(stage_events: pl.DataFrame, as_of: dt.date) -> dict[str, Journey]:
    return {journey.customer: journey for journey in journeys(stage_events, as_of)}


def _places(results: Mapping[str, Result]) -> dict[str, Mapping[str, Any]] | None:
    """The rows of the customer matrix; None where the audience may not see it."""
    matrix = results.get("customer_matrix.customers")
    if matrix is None or not matrix.has("cell"):
        return None
    return {row["key"]: row for row in matrix.rows.iter_rows(named=True)}


def _reached(id: str, records: Any, as_of: dt.date) -> list[str]:
    """The cards with an activity of the campaign."""
    return [
        customer
        for customer, card in records.customers.items()
        if any(activity.campaign == id and activity.date <= as_of for activity in card.activities)
    ]


def _state(campaign: Any, as_of: dt.date) -> str:
    if campaign.from_ is not None and campaign.from_ > as_of:
        return "planned"
    return "over" if campaign.to is not None and campaign.to < as_of else "running"


def _results_of(
    id: str, records: Any, meetings: pl.DataFrame, standing: Mapping[str, Journey], ladder: Ladder, as_of: dt.date
) -> dict[str, int]:
    """What came of a campaign, by measure: leads, meetings booked and held with it as source, customers won afterwards.

    Attributed, not incremental: a card counts for the campaign it names as its source, a meeting for the list it names.
    """
    from_it = [
        customer
        for customer, card in records.customers.items()
        if card.source is not None and card.source.campaign == id
    ]
    own = meetings.filter((pl.col("list") == id) & (pl.col("booked") <= as_of))
    held = own.filter((pl.col("state") == "held") & (pl.col("date") <= as_of))
    leads = [customer for customer in from_it if customer in standing]
    first_booked = dict(own.group_by("customer").agg(pl.col("booked").min()).iter_rows())
    won = 0
    for customer in sorted(set(leads) | first_booked.keys()):
        event = ladder.won_on(standing[customer]) if customer in standing else None
        since = first_booked.get(customer)
        if event is not None and event.day is not None and (since is None or event.day >= since):
            won += 1
    return {
        "leads": len(leads),
        "meetings_booked": own.height,
        "members_met": own["customer"].n_unique(),
        "meetings": held.height,
        "customers": won,
    }


def _minutes(past: pl.DataFrame, campaign: Any) -> int | Undefined:
    """Minutes logged on the campaign's project in the campaign's own days; an operations project goes on for years."""
    if campaign.project is None:
        return Undefined("nothing-logged")
    own = past.filter(pl.col("project") == campaign.project)
    if campaign.from_ is not None:
        own = own.filter(pl.col("day") >= campaign.from_)
    if campaign.to is not None:
        own = own.filter(pl.col("day") <= campaign.to)
    return int(own["minutes"].sum()) if len(own) else Undefined("nothing-logged")


def campaigns(
    stage_events: pl.DataFrame,
    stage_list: pl.DataFrame,
    meetings: pl.DataFrame,
    logged: pl.DataFrame,
    results: Mapping[str, Result],
    records: Any,
    as_of: dt.date,
) -> pl.DataFrame:
    """Every campaign: how many it is for, how many were reached, meetings, customers, hours and money; the newest
    first.

    The hit rate is of the members called: distinct members with a meeting booked with this list as source ÷ members
    with an activity of it (F11).
    """
    ladder, standing, places = Ladder.of(stage_list), _standing(stage_events, as_of), _places(results)
    stands = {id: journey.stands.stage for id, journey in standing.items()}
    past = logged.filter(pl.col("day") <= as_of)
    rows = []
    for id, campaign in records.campaigns.items():
        found = _results_of(id, records, meetings, standing, ladder, as_of)
        audience = list(conditions(campaign, records, stands, places, as_of))
        reached = _reached(id, records, as_of)
        call_list = campaign.kind == "call-list"
        rate: Figure = Undefined("not-relevant")
        members = {member.customer for member in campaign.members}
        called = members & set(reached)
        own = meetings.filter((pl.col("list") == id) & (pl.col("booked") <= as_of))
        hits = len(set(own["customer"]) & called)
        if call_list:
            rate = Fraction(hits, len(called)) if called else Undefined("no-cases")
        limits = wilson(hits, len(called)) if call_list and 0 < len(called) < 30 else None
        spent = [cost.amount for cost in campaign.costs if cost.date <= as_of]
        rows.append(
            {
                "key": id,
                "name": campaign.name,
                "kind": campaign.kind,
                "state": _state(campaign, as_of),
                "purpose": campaign.purpose or "",
                "strategy": campaign.strategy or "",
                "owner": campaign.owner or "",
                "owner_name": records.people[campaign.owner].name
                if campaign.owner in records.people
                else campaign.owner or "",
                "activity": campaign.activity or "",
                "project": campaign.project or "",
                "from": known(campaign.from_, "not-relevant"),
                "to": known(campaign.to, "no-end"),
                "audience": known(audience[-1][2], "withheld") if audience else Undefined("not-relevant"),
                "reached": len(reached),
                **{name: found[name] for name in ("leads", "meetings_booked", "meetings", "customers")},
                "hit_rate": rate,
                "hit_rate_k": hits if call_list else None,
                "hit_rate_n": len(called) if call_list else None,
                "hit_rate_low": limits[0] if limits else None,
                "hit_rate_high": limits[1] if limits else None,
                "minutes": _minutes(past, campaign),
                "cost": sum(int(amount) for amount in spent) if spent else Undefined("nothing-logged"),
            }
        )
    order = ("running", "planned", "over")
    rows.sort(key=lambda row: (order.index(row["state"]), -_ordinal(row["from"]), row["key"]))
    return frame(columns.CAMPAIGNS, rows)


def _ordinal(day: Any) -> int:
    return day.toordinal() if isinstance(day, dt.date) else 0


def audience(stage_events: pl.DataFrame, results: Mapping[str, Result], records: Any, as_of: dt.date) -> pl.DataFrame:
    """Every campaign's conditions in turn: how many cards are left, and how many fell away."""
    stands = {id: journey.stands.stage for id, journey in _standing(stage_events, as_of).items()}
    places = _places(results)
    rows = []
    for id, campaign in records.campaigns.items():
        before: int | None = None
        for number, (condition, values, left) in enumerate(conditions(campaign, records, stands, places, as_of), 1):
            fell: Figure = (
                Undefined("not-relevant")
                if number == 1
                else known(None if left is None or before is None else before - left, "withheld")
            )
            row = {"key": f"{id}/{number}", "condition": condition, "values": values}
            rows.append(row | {"left": known(left, "withheld"), "fell": fell})
            before = left
    return frame(columns.AUDIENCE, rows)


def goals(
    stage_events: pl.DataFrame,
    stage_list: pl.DataFrame,
    meetings: pl.DataFrame,
    results: Mapping[str, Result],
    records: Any,
    as_of: dt.date,
) -> pl.DataFrame:
    """Every campaign's goals beside what came of it; a measure that the records do not count is not known."""
    ladder, standing = Ladder.of(stage_list), _standing(stage_events, as_of)
    moved = results.get("customer_matrix.moves")
    rows = []
    for id, campaign in records.campaigns.items():
        if campaign.goal is None:
            continue
        found = _results_of(id, records, meetings, standing, ladder, as_of)
        for measure, wanted in campaign.goal.counts.items():
            value = found.get(measure)
            if value is None:
                value = _counted_outcomes(id, measure, records, as_of)
            rows.append(
                {
                    "key": f"{id}/{measure}",
                    "measure": measure,
                    "from": "",
                    "to": "",
                    "goal": wanted,
                    "result": known(value, "unknown-part"),
                    "reached": _share(value, wanted),
                }
            )
        if campaign.goal.moves is not None:
            moves = campaign.goal.moves
            value = None
            if moved is not None and moved.has("customers"):
                pair = moved.rows.filter(pl.col("key") == f"{moves.from_}/{moves.to}")
                value = int(pair["customers"].sum())
            why = Undefined("withheld") if value is None else value
            row = {
                "key": f"{id}/moves",
                "measure": "moves",
                "from": moves.from_,
                "to": moves.to,
                "goal": moves.customers,
            }
            rows.append(row | {"result": why, "reached": _share(value, moves.customers)})
    for row in rows:
        defined = not isinstance(row["reached"], Undefined)
        row["reached_k"], row["reached_n"] = (row["result"], row["goal"]) if defined else (None, None)
    return frame(columns.GOALS, rows)


def _counted_outcomes(id: str, measure: str, records: Any, as_of: dt.date) -> int | None:
    """How many of the campaign's activities have the measure as their type or outcome, singular or plural; None for
    none.

    An activity that never occurs may not be counted in the records at all: that is unknown, not 0.
    """
    names = {measure, measure.removesuffix("s")}
    count = sum(
        activity.campaign == id and activity.date <= as_of and (activity.type in names or activity.outcome in names)
        for card in records.customers.values()
        for activity in card.activities
    )
    return count or None


def _share(value: int | None, wanted: int) -> Figure:
    if value is None:
        return Undefined("unknown-part")
    return Fraction(value, wanted) if wanted else Undefined("no-cases")


def costs(records: Any, as_of: dt.date) -> pl.DataFrame:
    """Every outside cost, newest first."""
    rows = []
    for id, campaign in records.campaigns.items():
        past = sorted((cost for cost in campaign.costs if cost.date <= as_of), key=lambda one: one.date, reverse=True)
        for number, cost in enumerate(past, 1):
            rows.append({"key": f"{id}/{number}", "day": cost.date, "what": cost.what, "amount": int(cost.amount)})
    return frame(columns.COSTS, rows)


def standing(stage_events: pl.DataFrame, stage_list: pl.DataFrame, records: Any, as_of: dt.date) -> pl.DataFrame:
    """Where the members of each list, or the cards it reached, stand now; the parts are all of them (T49, G8)."""
    ladder, found = Ladder.of(stage_list), _standing(stage_events, as_of)
    names = dict(zip(ladder.order, ladder.names, strict=True))

    def rows() -> Iterator[dict[str, Any]]:
        for id, campaign in records.campaigns.items():
            cards = [member.customer for member in campaign.members] or _reached(id, records, as_of)
            at = [found[card].stands.stage if card in found else "none" for card in cards]
            for place in (*ladder.counted, INACTIVE, "none"):
                if at.count(place):
                    state = place if place in (INACTIVE, "none") else ""
                    yield {
                        "key": f"{id}/{place}",
                        "stage": names.get(place, ""),
                        "state": state,
                        "cards": at.count(place),
                    }

    return frame(columns.STANDING, rows())


def attention(results: Mapping[str, Result]) -> tuple[Attention, ...]:
    """Campaigns that are over and missed a goal."""
    over = results["campaigns"].rows.filter(pl.col("state") == "over")
    names = dict(over.select("key", "name").iter_rows())
    found = []
    for row in results["goals"].rows.iter_rows(named=True):
        id = row["key"].partition("/")[0]
        if id in names and row["result"] is not None and row["measure"] == "meetings" and row["result"] < row["goal"]:
            values = {
                "name": names[id],
                "n": Value("goals", row["key"], "result"),
                "goal": Value("goals", row["key"], "goal"),
            }
            what = ("%(name)s ended short of its goal for meetings: %(n)s of %(goal)s.", values)
            so: tuple[str, dict[str, Any]] = ("Write what was learned before the next one is planned.", {})
            weight = 20.0 * (row["goal"] - row["result"]) / 10
            found.append(
                Attention("campaign", "note", weight, what, so, ("campaign", id), (("campaign", id),), "marketing")
            )
    return tuple(found)


RESULTS = (
    Metric("campaigns", columns.CAMPAIGNS, campaigns),
    Metric("audience", columns.AUDIENCE, audience),
    Metric("flow", columns.FLOW, flow),
    Metric("outcomes", columns.OUTCOMES, outcomes),
    Metric("goals", columns.GOALS, goals),
    Metric("costs", columns.COSTS, costs),
    Metric("tests", columns.TESTS, tests),
    Metric("variants", columns.VARIANTS, variants),
    Metric("templates", columns.TEMPLATES, templates),
    Metric("standing", columns.STANDING, standing),
)
