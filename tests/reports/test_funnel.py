"""The funnel: flow, cohorts, meetings and who waits (F9, F10, F20, T40–T43)."""

import datetime as dt
import random
from types import SimpleNamespace as Record

import polars as pl
import pytest

from sitegen.report import Context
from sitegen.reports.funnel import metric
from sitegen.results import Result
from sitegen.tables import crm

DAY = dt.date.fromisoformat
STAGES = tuple(
    Record(id=id, name=name, counted_in=counted_in, entered_by=entered_by, won=id == "customer" or None)
    for id, name, counted_in, entered_by in (
        ("visitor", "Besøgende", "web", None),
        ("lead", "Lead", None, None),
        ("booked", "Møde booket", None, "meeting.booked"),
        ("held", "Møde afholdt", None, "meeting.held"),
        ("customer", "Kunde", None, None),
    )
)


def stage(name: str, on: str | None, **more: object) -> Record:
    day = on and DAY(on)
    return Record(**{"stage": name, "on": day, "reason": None, "competitor": None, "contact_again": None, **more})


def met(booked: str, date: str | None, state: str = "held") -> Record:
    return Record(booked=DAY(booked), date=date and DAY(date), state=state, list=None, by=None)


def card(*stages: Record, meetings: tuple[Record, ...] = (), merged_into: str | None = None) -> Record:
    return Record(
        name="A/S", owner=None, segment=None, source=None, stages=stages, meetings=meetings, activities=(),
        figures={}, merged_into=merged_into,
    )  # fmt: skip


def results(
    cards: dict[str, Record],
    as_of: str,
    web: dict[tuple[str, str], tuple[int | None, int | None]] | None = None,
    **context: object,
) -> dict[str, Result]:
    """All tables of the funnel for some cards and web figures, {(month, channel): (visitors, leads)}."""
    rows = [(DAY(f"{month}-01"), channel, *figures) for (month, channel), figures in (web or {}).items()]
    columns = zip(*rows, strict=True) if rows else [()] * 4
    figures = dict(zip(("month", "channel", "visitors", "leads"), map(list, columns), strict=True))
    records = Record(
        customers=cards,
        stages=Record(stages=STAGES, inactive=()),
        sources={},
        surveys={},
        web=figures | {"spend": [None] * len(rows)},
    )
    tables = {table.name: table.build(records) for table in crm.TABLES}
    run = Context(tables, DAY(as_of), records=records, **context)
    for each in metric.RESULTS:
        run.results[f"funnel.{each.name}"] = each.run(run, "funnel")
        assert run.results[f"funnel.{each.name}"].check() == []
    return {name.removeprefix("funnel."): result for name, result in run.results.items()}


def row(result: Result, key: str) -> dict[str, object]:
    return result.rows.row(by_predicate=pl.col("key") == key, named=True)


def test_a_month_without_web_figures_is_a_gap_and_not_nothing():
    """Visitors 100 + 50 in January, none written for February, 90 in March; one lead in January, none after."""
    found = results(
        {"a": card(stage("lead", "2026-01-05"))},
        "2026-03-31",
        {("2026-01", "ads"): (100, None), ("2026-01", "organic"): (50, None), ("2026-03", "ads"): (90, None)},
    )
    flow = found["flow"]
    assert (row(flow, "2026-01/visitor")["count"], row(flow, "2026-03/visitor")["count"]) == (150, 90)
    assert (row(flow, "2026-02/visitor")["count"], row(flow, "2026-02/visitor")["count_why"]) == (None, "missing-month")
    assert (row(flow, "2026-02/lead")["count"], row(flow, "2026-02/lead")["step_why"]) == (0, "missing-month")
    year = row(found["years"], "2026/visitor")
    assert (year["count"], year["months"]) == (240, 2)
    assert row(found["years"], "2026/lead")["step_why"] == "missing-month"
    assert row(found["summary"], "visitor")["quarter_why"] == "missing-month"
    assert row(found["summary"], "lead")["quarter"] == 1


def test_a_ratio_of_flows_may_pass_one_hundred_percent():
    """One lead in February, and two of January's leads become customers in it: 2 ÷ 0 booked is undefined, held and
    booked
    skipped count with the customer: 2 booked, 2 held, 2 customers of 1 lead: booked ÷ lead = 2."""
    cards = {
        "a": card(stage("lead", "2026-01-05"), stage("customer", "2026-02-10")),
        "b": card(stage("lead", "2026-01-06"), stage("customer", "2026-02-11")),
        "c": card(stage("lead", "2026-02-07")),
    }
    flow = results(cards, "2026-02-28")["flow"]
    assert (row(flow, "2026-02/booked")["step"], row(flow, "2026-02/customer")["step"]) == (2.0, 1.0)
    assert row(flow, "2026-02/booked")["step_low"] is None
    assert row(flow, "2026-01/held")["step_why"] == "no-cases"


def test_a_lead_without_an_entry_date_is_named_and_in_no_month():
    found = results({"a": card(stage("lead", None)), "b": card(stage("lead", "2026-01-05"))}, "2026-01-31")
    assert found["flow"].left_out == {metric.UNDATED: 1}
    assert found["cohorts"].left_out == {metric.NO_ENTRY: 1}
    assert row(found["flow"], "2026-01/lead")["count"] == 1


def test_where_the_cards_stand_sums_to_all_cards():
    """A customer, a lead, one inactive, one without any stage; the merged card is left out and named: 4."""
    cards = {
        "a": card(stage("lead", "2026-01-05"), stage("customer", "2026-02-01")),
        "b": card(stage("lead", "2026-01-05")),
        "c": card(stage("lead", "2026-01-05"), stage("inactive", "2026-02-01", reason="no-budget")),
        "d": card(),
        "e": card(stage("lead", "2026-01-05"), merged_into="a"),
    }
    stock = results(cards, "2026-02-28")["stock"]
    counts = dict(stock.rows.select("key", "count").iter_rows())
    assert counts == {"lead": 1, "booked": 0, "held": 0, "customer": 1, "inactive": 1, "none": 1, "total": 4}
    assert stock.left_out == {"cards merged into another": 1}


def test_a_cohort_counts_leads_and_shows_its_meetings_beside():
    """Two leads booked in January, one of them twice: 2 leads, 3 meetings. One won 40 days after booking: 0/2 within
    30, 1/2
    within 60; 90 days have not passed for the lead of 20 January on 31 March (70 days)."""
    cards = {
        "a": card(
            stage("lead", "2026-01-02"), stage("customer", "2026-02-14"),
            meetings=(met("2026-01-05", "2026-01-10"), met("2026-01-12", "2026-01-20")),
        ),
        "b": card(stage("lead", "2026-01-02"), meetings=(met("2026-01-20", "2026-01-25"),)),
    }  # fmt: skip
    january = row(results(cards, "2026-03-31")["cohorts"], "booked/2026-01")
    assert (january["leads"], january["meetings"]) == (2, 3)
    assert (january["within_30"], january["within_60"], january["within_90_why"]) == (0.0, 0.5, "immature")
    assert (january["within_60_k"], january["within_60_n"]) == (1, 2)


def test_a_customers_second_meeting_is_no_new_customer():
    """The card was a customer before its first meeting: in no cohort of bookings and in no denominator."""
    found = results(
        {"a": card(stage("customer", "2025-12-01"), meetings=(met("2026-01-05", "2026-01-10"),))}, "2026-03-31"
    )
    assert "booked/2026-01" not in found["cohorts"].rows["key"]
    assert found["cohorts"].left_out == {metric.BEFORE: 1, metric.ALREADY: 1}
    assert row(found["meeting_to_customer"], "total")["met"] == 0
    assert row(found["meeting_to_customer"], "total")["won_why"] == "no-cases"


def test_only_a_first_meeting_that_was_held_counts():
    """Four first meetings: two held in Q1 (one became a customer), one no-show though a second was held, one still to
    come.
    """
    cards = {
        "won": card(stage("customer", "2026-03-01"), meetings=(met("2026-01-05", "2026-01-10"),)),
        "open": card(meetings=(met("2026-01-06", "2026-01-11"),)),
        "shy": card(meetings=(met("2026-01-07", "2026-01-12", "no-show"), met("2026-02-07", "2026-02-12"))),
        "soon": card(meetings=(met("2026-03-20", "2026-04-12", "held"),)),
    }
    found = results(cards, "2026-03-31")["meeting_to_customer"]
    quarter = row(found, "2026-Q1")
    assert (quarter["met"], quarter["won"], quarter["won_k"], quarter["open"]) == (2, 0.5, 1, 1)
    assert found.left_out == {"leads whose first meeting was not held": 2}


def test_meetings_are_booked_by_the_day_of_booking_and_held_by_their_date():
    """Booked in January: 3. Of those one was held in January, one in February, one is still to come in April; a fourth,
    booked
    in February for 20 February, has passed without a report."""
    cards = {
        "a": card(meetings=(met("2026-01-05", "2026-01-10"), met("2026-01-30", "2026-02-05"))),
        "b": card(meetings=(met("2026-01-31", "2026-04-10", "booked"), met("2026-02-10", "2026-02-20", "booked"))),
        "c": card(meetings=(met("2026-04-20", "2026-04-25"),)),
    }
    found = results(cards, "2026-03-31")["meetings"]
    january, february, april = (row(found, f"2026-{month}") for month in ("01", "02", "04"))
    assert (january["booked"], january["booked_leads"], january["held"]) == (3, 2, 1)
    assert (february["booked"], february["held"], february["unreported"]) == (1, 1, 1)
    assert (april["booked"], april["held"], april["upcoming"]) == (0, 0, 1)


def test_leads_that_wait_are_listed_with_the_longest_first():
    """As of 30 June: on hold to 1 May is overdue by 60 days; a lead of 1 March without contact is stuck for 121; on
    hold to
    1 August is not yet due, and a lead with a meeting to come is not stuck."""
    cards = {
        "again": card(
            stage("lead", "2026-01-01"),
            stage("inactive", "2026-02-01", reason="on-hold", contact_again=DAY("2026-05-01")),
        ),
        "later": card(stage("inactive", "2026-02-01", reason="on-hold", contact_again=DAY("2026-08-01"))),
        "still": card(stage("lead", "2026-03-01")),
        "coming": card(stage("lead", "2026-01-01"), meetings=(met("2026-03-02", "2026-07-10", "booked"),)),
    }
    found = results(cards, "2026-06-30")
    waits = found["waiting"].rows.select("key", "days").rows()
    assert waits == [("overdue/again", 60), ("stuck/still", 121)]
    assert dict(found["follow_up"].rows.select("key", "count").iter_rows()) == {
        "overdue": 1,
        "stuck": 1,
        "unreported": 0,
    }
    first = metric.attention(found)[0]
    assert (first.severity, first.sources) == ("warning", (("customer", "again"),))


def test_names_are_not_for_everyone():
    found = results({"still": card(stage("lead", "2026-01-01"))}, "2026-06-30", audience="everyone")
    assert found["waiting"].rows.is_empty() and found["waiting"].for_audience("everyone").columns == ()


def test_no_cards_and_no_web_figures_give_empty_tables():
    found = results({}, "2026-06-30")
    assert found["flow"].rows.is_empty() and found["cohorts"].rows.is_empty()
    assert row(found["summary"], "lead")["month_why"] == "missing-month"


def oracle(
    cards: dict[str, list[tuple[str, dt.date]]], month: str, horizon: int, as_of: dt.date
) -> tuple[int, int, bool]:
    """F10 for leads in plain Python: k, n and whether the cohort is mature."""
    converted = members = 0
    mature = True
    for events in cards.values():
        known = [(name, day) for name, day in events if day <= as_of]
        if not known or known[0][0] == "customer" or known[0][0] == "inactive" or known[0][1].isoformat()[:7] != month:
            continue
        members += 1
        entered = known[0][1]
        mature = mature and (as_of - entered).days >= horizon
        wins = [day for name, day in known if name == "customer"]
        converted += bool(wins) and (wins[0] - entered).days <= horizon
    return converted, members, mature


@pytest.mark.parametrize("seed", range(5))
def test_cohorts_agree_with_a_plain_count(seed):
    """60 random cards; every month and horizon against the oracle."""
    chance = random.Random(seed)
    cards = {}
    for number in range(60):
        day, events = DAY("2025-11-01") + dt.timedelta(days=chance.randrange(200)), []
        for name in ("lead", "held", "customer", "inactive"):
            if chance.random() < 0.7:
                events.append((name, day))
                day += dt.timedelta(days=chance.choice([0, 1, 20, 30, 31, 80]))
        cards[f"k{number}"] = [event for event in events if events[0][0] != "inactive"]
    as_of = DAY("2026-06-30")
    made = {id: card(*(stage(name, str(day)) for name, day in events)) for id, events in cards.items()}
    found = results(made, "2026-06-30")["cohorts"].rows.filter(pl.col("basis") == "lead")
    assert found.height >= 6
    for each in found.iter_rows(named=True):
        for horizon in (30, 60, 90, 180):
            name = f"within_{horizon}"
            converted, members, mature = oracle(cards, f"{each['month']:%Y-%m}", horizon, as_of)
            assert (each[f"{name}_k"], each[f"{name}_n"]) == (converted, members)
            assert each[name] == (converted / members if mature and members else None)
