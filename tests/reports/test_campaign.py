"""Campaigns: whom they are for, their days, their tests (T47, T48, M18, B12)."""

import datetime as dt
from types import SimpleNamespace as Record

import polars as pl
import pytest

from sitegen.models.campaigns import Campaign
from sitegen.models.customers import Customer
from sitegen.reports.campaign import metric
from sitegen.reports.campaign.audience import conditions

DAY = dt.date.fromisoformat
TODAY = DAY("2026-06-30")


def campaign(**fields: object) -> Campaign:
    return Campaign.model_validate({"name": "Letters", "kind": "programme", **fields})


def records(campaigns: dict[str, Campaign] | None = None, **cards: dict[str, object]) -> Record:
    made = {id: Customer.model_validate({"name": id, **fields}) for id, fields in cards.items()}
    return Record(
        customers=made, campaigns=campaigns or {}, stages=None, products=None, organisation=None, industry_codes=None,
        templates={}, people={},
    )  # fmt: skip


def test_every_condition_narrows_and_consent_comes_last():
    """Four cards; customers: a, b, c; gold: a, b; satisfied: a (b has not answered); with a decision-maker: a; no
    consent: none.
    """
    rule = {"consent": "newsletter", "cells": ["gold"], "stages": ["customer"], "satisfaction": {"at_most": 2}}
    rule |= {"pick": ["decision-maker"]}
    cards = records(a={"contacts": {"karen": {"role": "decision-maker"}}}, b={}, c={}, d={})
    stands = {"a": "customer", "b": "customer", "c": "customer", "d": "lead"}
    places = {
        "a": {"cell": "gold", "loyalty": 2},
        "b": {"cell": "gold", "loyalty": None},
        "c": {"cell": "silver", "loyalty": 1},
    }
    found = list(conditions(campaign(audience=rule), cards, stands, places, TODAY))
    assert [(name, left) for name, _, left in found] == [
        ("cards", 4), ("stages", 3), ("cells", 2), ("satisfaction", 1), ("pick", 1), ("consent", 0),
    ]  # fmt: skip


def test_a_condition_that_may_not_be_seen_leaves_the_rest_uncounted():
    """Without the matrix, how many are gold is withheld, and so is what follows: it would tell."""
    found = list(
        conditions(
            campaign(audience={"cells": ["gold"], "consent": "newsletter"}), records(a={}, b={}), {}, None, TODAY
        )
    )
    assert [(name, left) for name, _, left in found] == [("cards", 2), ("cells", None), ("consent", None)]


def test_a_call_list_leaves_out_firms_that_refuse_advertising():
    made = campaign(kind="call-list", members=["a", "b"])
    found = list(conditions(made, records(a={}, b={"no_advertising": {"2026-01-05": True}}), {}, None, TODAY))
    assert [(name, left) for name, _, left in found] == [("members", 2), ("no_advertising", 1)]


def met(*held: tuple[str, str, str, str]) -> pl.DataFrame:
    """Meetings as (customer, day, state, campaign)."""
    rows = [{"customer": who, "date": DAY(day), "state": state, "list": id} for who, day, state, id in held]
    return pl.DataFrame(rows, {"customer": pl.String, "date": pl.Date, "state": pl.String, "list": pl.String})


def test_the_meeting_step_has_reached_the_cards_whose_meeting_was_held_each_once():
    """a: activity and meeting, 1. b: two meetings, 1. c: cancelled; d: to come; e: another campaign's: 0. So 2 of the
    meeting. The call: a was called twice and b once: 2 cards.
    """
    call, meeting = ({"name": name, "outcomes": ["accepts"]} for name in ("Call", "Meeting"))
    called = {"date": "2026-02-01", "type": "call", "campaign": "list", "step": "call"}
    cards = records(
        {"list": campaign(flow={"call": call, "meeting": meeting | {"after": "call", "end": True}})},
        a={"activities": [called, called, called | {"step": "meeting"}]},
        b={"activities": [called]},
    )
    meetings = met(
        ("a", "2026-02-10", "held", "list"), ("b", "2026-02-10", "held", "list"), ("b", "2026-02-20", "held", "list"),
        ("c", "2026-02-10", "cancelled", "list"), ("d", "2099-01-01", "held", "list"),
        ("e", "2026-02-10", "held", "other"),
    )  # fmt: skip
    rows = metric.flow(meetings, cards, TODAY)
    assert dict(rows.select("step", "done").iter_rows()) == {"call": 2, "meeting": 2}


def test_a_step_is_planned_after_the_earliest_it_follows():
    """Letter 1 February; call 7 days later: 8 February; the meeting follows either: 1 February; a step after itself has
    no day.
    """
    flow = {
        "letter": {"name": "L", "on": "2026-02-01", "outcomes": ["accepts", "no-answer"]},
        "call": {"name": "C", "after": "letter", "when": "no-answer", "days_later": 7, "outcomes": ["accepts"]},
        "meeting": {"name": "M", "after": ["letter", "call"], "when": "accepts", "end": True},
        "round": {"name": "R", "after": "round", "end": True},
    }
    rows = metric.flow(met(), records({"letters": campaign(flow=flow)}), TODAY)
    assert rows["day"].to_list() == [DAY("2026-02-01"), DAY("2026-02-08"), DAY("2026-02-01"), None]


@pytest.mark.parametrize(
    ("clicks", "reach", "rate", "why"),
    [(30, 1500, 0.02, None), (3, 2, None, "unknown-part"), (0, 0, None, "no-cases"), (None, 100, None, "unknown-part")],
)
def test_the_unit_of_a_test_is_the_person_reached(clicks, reach, rate, why):
    """More clicks than persons is not a rate of persons; nobody reached has none."""
    variant = {"is": {"format": "gif"}, "from": "2026-03-06", "to": "2026-03-08", "reach": reach}
    variant |= {"clicks": clicks} if clicks is not None else {}
    test = {"hypothesis": "H", "variable": "format", "judged_on": "clicks", "variants": {"gif": variant}}
    row = metric.variants(records({"ads": campaign(tests={"t": test})}), TODAY).row(0, named=True)
    assert (row["rate"], row["rate_why"]) == (rate, why)
    assert (row["rate_low"] is None) == (rate is None)


def test_outcomes_of_a_step_add_up_with_those_not_written():
    """Three calls: one accepts, one declines, one has no outcome: each 1/3."""
    flow = {"call": {"name": "C", "outcomes": ["accepts", "declines"], "end": True}}

    def called(outcome: str | None) -> dict[str, object]:
        return {
            "activities": [
                {"date": "2026-02-01", "type": "call", "campaign": "list", "step": "call"}
                | ({"outcome": outcome} if outcome else {})
            ]
        }

    rows = metric.outcomes(
        records({"list": campaign(flow=flow)}, a=called("accepts"), b=called("declines"), c=called(None)), TODAY
    )
    assert dict(rows.select("key", "count").iter_rows()) == {
        "list/call/accepts": 1,
        "list/call/declines": 1,
        "list/call/none": 1,
    }
    assert rows["share"].to_list() == [pytest.approx(1 / 3)] * 3 and isinstance(rows, pl.DataFrame)
