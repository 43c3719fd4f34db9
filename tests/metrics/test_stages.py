"""Journeys, what was reached, spells and cohorts (F20, F10)."""

import datetime as dt
from types import SimpleNamespace as Card

import polars as pl
from hypothesis import given
from hypothesis import strategies as st

from sitegen.metrics.stages import Event, Journey, Ladder, Unit, conversions, journeys, spells
from sitegen.tables.crm import build_stage_events, card_events

DAY = dt.date.fromisoformat
STAGES = tuple(
    Card(id=id, name=id.title(), counted_in=counted_in, entered_by=entered_by, won=id == "customer")
    for id, counted_in, entered_by in (
        ("visitor", "web", None), ("lead", None, None), ("qualified", None, None), ("booked", None, "meeting.booked"),
        ("held", None, "meeting.held"), ("hot", None, None), ("customer", None, None),
    )
)  # fmt: skip
LADDER = Ladder(
    tuple(stage.id for stage in STAGES), tuple(stage.name for stage in STAGES), frozenset({"customer"}), ("visitor",)
)


def entry(stage: str, on: str | None, **more: object) -> Card:
    return Card(
        **{"stage": stage, "on": on and DAY(on), "reason": None, "competitor": None, "contact_again": None, **more}
    )


def meeting(booked: str, date: str | None = None, state: str = "held") -> Card:
    return Card(booked=DAY(booked), date=date and DAY(date), state=state, list=None, by=None)


def card(*stages: Card, meetings: tuple[Card, ...] = ()) -> Card:
    return Card(stages=stages, meetings=meetings, merged_into=None)


def told(events: list[dict]) -> list[tuple[str, str | None]]:
    return [(event["stage"], event["day"] and event["day"].isoformat()) for event in events]


def journey(*events: tuple[str, str | None]) -> Journey:
    return Journey("a", tuple(Event(stage, day and DAY(day)) for stage, day in events))


def test_a_meeting_brings_a_lead_forward_twice():
    """Booked on 3 February, held on 17 February; the customer's stage is written."""
    nordisk = card(
        entry("lead", "2026-01-12"), entry("customer", "2026-04-01"), meetings=(meeting("2026-02-03", "2026-02-17"),)
    )
    assert told(card_events(nordisk, STAGES)) == [
        ("lead", "2026-01-12"), ("booked", "2026-02-03"), ("held", "2026-02-17"), ("customer", "2026-04-01"),
    ]  # fmt: skip


def test_a_second_meeting_never_takes_a_lead_backwards():
    """Booked again while at `held`: `booked` is behind it and `held` is where it stands, so neither counts."""
    twice = card(
        entry("lead", "2026-01-02"), meetings=(meeting("2026-01-05", "2026-01-10"), meeting("2026-01-20", "2026-01-25"))
    )
    assert told(card_events(twice, STAGES)) == [
        ("lead", "2026-01-02"),
        ("booked", "2026-01-05"),
        ("held", "2026-01-10"),
    ]


def test_a_meeting_with_a_customer_is_no_event_even_when_it_has_left():
    """Won on 1 April and inactive on 1 May: the meetings of April and June move nothing; a written return would."""
    served = card(
        entry("customer", "2026-04-01"), entry("inactive", "2026-05-01", reason="no-budget"),
        meetings=(meeting("2026-04-10", "2026-04-12"), meeting("2026-06-01", "2026-06-03")),
    )  # fmt: skip
    assert told(card_events(served, STAGES)) == [("customer", "2026-04-01"), ("inactive", "2026-05-01")]


def test_a_meeting_brings_an_inactive_lead_back():
    lost = card(
        entry("lead", "2026-01-02"), entry("inactive", "2026-02-01"), meetings=(meeting("2026-03-01", "2026-03-08"),)
    )
    assert told(card_events(lost, STAGES))[2:] == [("booked", "2026-03-01"), ("held", "2026-03-08")]


def test_cancelled_and_no_show_leave_the_lead_where_it_is():
    """Booking counts, the meeting does not."""
    shy = card(entry("lead", "2026-01-02"), meetings=(meeting("2026-01-05", "2026-01-10", "no-show"),))
    assert told(card_events(shy, STAGES)) == [("lead", "2026-01-02"), ("booked", "2026-01-05")]


def test_on_one_day_meetings_come_before_what_is_written():
    """Booked and held on the day the lead was written as hot: booked, held, hot; it stands at hot."""
    quick = card(entry("hot", "2026-01-05"), meetings=(meeting("2026-01-05", "2026-01-05"),))
    assert told(card_events(quick, STAGES)) == [("booked", "2026-01-05"), ("held", "2026-01-05"), ("hot", "2026-01-05")]


def test_an_event_without_a_day_keeps_its_place():
    vague = card(
        entry("lead", None), entry("qualified", "2026-02-01"), entry("hot", None), entry("customer", "2026-04-01")
    )
    events = card_events(vague, STAGES)
    assert told(events) == [("lead", None), ("qualified", "2026-02-01"), ("hot", None), ("customer", "2026-04-01")]
    assert [event["not_before"] for event in events if event["day"] is None] == [None, DAY("2026-02-01")]


days = st.dates(DAY("2026-01-01"), DAY("2026-03-31"))
written = st.lists(st.tuples(st.sampled_from(["lead", "qualified", "hot", "customer", "inactive"]), days), max_size=6)
met = st.lists(
    st.tuples(days, st.integers(0, 40), st.sampled_from(["held", "booked", "no-show", "cancelled"])), max_size=4
)


@given(written, met, days)
def test_what_is_known_on_a_day_does_not_change_later(stages, meetings, as_of):
    """The events up to a day are those of a card on which nothing after that day was written yet (G1)."""
    stages = sorted(stages, key=lambda item: item[1])
    made = [meeting(str(booked), str(booked + dt.timedelta(days=after)), state) for booked, after, state in meetings]
    whole = card(*(entry(stage, str(day)) for stage, day in stages), meetings=tuple(made))
    until = card(
        *(entry(stage, str(day)) for stage, day in stages if day <= as_of),
        meetings=tuple(one for one in made if one.booked <= as_of),
    )
    early = [event for event in card_events(whole, STAGES) if event["day"] <= as_of]
    assert early == [event for event in card_events(until, STAGES) if event["day"] <= as_of]


@given(written, met)
def test_a_meeting_never_goes_backwards_nor_after_a_win(stages, meetings):
    made = tuple(
        meeting(str(booked), str(booked + dt.timedelta(days=after)), state) for booked, after, state in meetings
    )
    events = card_events(
        card(*(entry(s, str(d)) for s, d in sorted(stages, key=lambda i: i[1])), meetings=made), STAGES
    )
    order = LADDER.order
    for place, event in enumerate(events):
        before = [earlier["stage"] for earlier in events[:place]]
        if event["kind"] == "meeting":
            assert "customer" not in before
            assert not before or before[-1] == "inactive" or order.index(before[-1]) < order.index(event["stage"])


def test_a_skipped_stage_is_reached_with_the_later_one_but_has_no_stay():
    """From lead straight to hot on 20 January: qualified, booked and held are reached that day; two stays only."""
    skips = journey(("lead", "2026-01-10"), ("hot", "2026-01-20"))
    reached = LADDER.reached(skips)
    assert reached == {
        "lead": DAY("2026-01-10"),
        **dict.fromkeys(("qualified", "booked", "held", "hot"), DAY("2026-01-20")),
    }
    assert [(spell.stage, spell.days, spell.open) for spell in spells(skips, DAY("2026-01-31"))] == [
        ("lead", 10, False),
        ("hot", 11, True),
    ]


def test_a_return_opens_a_new_stay_and_is_reached_once():
    """Lead 1–11 January, inactive to 21 January, lead again: 10, 10 and 10 days; reached on 1 January only."""
    back = journey(("lead", "2026-01-01"), ("inactive", "2026-01-11"), ("lead", "2026-01-21"))
    assert [(spell.stage, spell.days) for spell in spells(back, DAY("2026-01-31"))] == [
        ("lead", 10),
        ("inactive", 10),
        ("lead", 10),
    ]
    assert LADDER.reached(back) == {"lead": DAY("2026-01-01")}


def test_a_lead_that_has_not_moved_yet_has_an_open_stay():
    assert [(s.days, s.open) for s in spells(journey(("lead", "2026-01-01")), DAY("2026-01-31"))] == [(30, True)]


def test_two_stages_on_one_day_leave_a_stay_of_no_days():
    same = journey(("lead", "2026-01-05"), ("hot", "2026-01-05"))
    assert [(s.stage, s.days) for s in spells(same, DAY("2026-01-06"))] == [("lead", 0), ("hot", 1)]
    assert same.stands.stage == "hot"


def test_a_customer_from_before_the_records_has_skipped_nothing():
    assert LADDER.reached(journey(("customer", "2024-05-01"))) == {"customer": DAY("2024-05-01")}


def test_an_unknown_day_is_reached_without_a_day_and_has_no_stay():
    vague = journey(("lead", None), ("hot", "2026-02-01"))
    assert LADDER.reached(vague)["lead"] is None
    assert [spell.stage for spell in spells(vague, DAY("2026-03-01"))] == ["hot"]


def test_journeys_end_at_the_day():
    """Of lead (12 January), customer (1 April), only the first is known on 31 March; a card of April has no journey
    yet.
    """
    cards = {
        "a": card(entry("lead", "2026-01-12"), entry("customer", "2026-04-01")),
        "b": card(entry("lead", "2026-04-02")),
    }
    table = build_stage_events(Card(customers=cards, stages=Card(stages=STAGES)))
    found = journeys(table, DAY("2026-03-31"))
    assert [(each.customer, each.stands.stage) for each in found] == [("a", "lead")]
    assert isinstance(table, pl.DataFrame)


def test_a_merged_card_counts_nowhere():
    merged = card(entry("lead", "2026-01-12"))
    merged.merged_into = "b"
    assert build_stage_events(Card(customers={"a": merged}, stages=Card(stages=STAGES))).is_empty()


def test_a_cohort_is_immature_until_its_youngest_has_had_the_days():
    """In on 1 and 31 January, the first won after 30 days. On 1 March the youngest is 29 days old: 30 days is not told,
    k/n is;
    on 2 March it is 30 days old: 1/2."""
    units = [Unit(DAY("2026-01-01"), DAY("2026-01-31")), Unit(DAY("2026-01-31"), None)]
    early, later = conversions(units, DAY("2026-03-01")), conversions(units, DAY("2026-03-02"))
    assert (early["within_30"], early["within_30_why"], early["within_30_k"], early["within_30_n"]) == (
        None,
        "immature",
        1,
        2,
    )
    assert (later["within_30"], later["within_60_why"], later["so_far"]) == (0.5, "immature", 0.5)


def test_the_last_day_of_a_horizon_counts():
    """Won 60 days after coming in is within 60, and not within 30."""
    found = conversions([Unit(DAY("2026-01-01"), DAY("2026-03-02"))], DAY("2026-12-31"))
    assert (found["within_30"], found["within_60"]) == (0.0, 1.0)


def test_an_empty_cohort_has_no_rate():
    assert conversions([], DAY("2026-12-31"))["within_90_why"] == "no-cases"
