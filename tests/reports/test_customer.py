"""The customer card: who decides, what happened, what to do next (M10, M11, M32, M34)."""

import datetime as dt
from types import SimpleNamespace as Record

import pytest

from sitegen.metrics.segments import fits, segment_of
from sitegen.metrics.stages import Event
from sitegen.models.customers import Contact, Customer
from sitegen.reports.customer import history, people
from sitegen.reports.customer.next_steps import steps

DAY = dt.date.fromisoformat
TODAY = DAY("2026-06-30")
RECORDS = Record(products=None, stages=None)


def card(**fields: object) -> Customer:
    return Customer.model_validate({"name": "Nordisk", **fields})


def rules(
    made: Customer, *, stage: str = "customer", place: dict[str, object] | None = None, **event: object
) -> list[str]:
    stands = Event(stage, DAY("2026-01-01"), **event)
    return [rule for rule, _, _ in steps(made, RECORDS, stands, stage == "customer", place, TODAY)]


def test_we_talk_with_whom_we_met_called_or_have_influence_on():
    """Held meeting: Karen. Activity: Ole. Written influence: Bente. A meeting to come and one that was cancelled do not
    count.
    """
    made = card(
        meetings=[
            {"booked": "2026-01-02", "date": "2026-01-10", "state": "held", "by": "jonas", "contact": "karen"},
            {"booked": "2026-01-02", "date": "2026-07-10", "state": "held", "by": "ida", "contact": "karen"},
            {"booked": "2026-01-02", "date": "2026-01-12", "state": "cancelled", "by": "ida", "contact": "poul"},
        ],
        activities=[{"date": "2026-02-01", "type": "call", "by": "trine", "contact": "ole"}],
        contacts={
            "karen": {},
            "ole": {"influences": ["karen"]},
            "bente": {"influenced_by": ["mette", "karen"]},
            "poul": {},
        },
    )
    assert people.talks(made, TODAY) == {"karen": {"jonas"}, "ole": {"trine"}, "bente": {"mette"}, "poul": set()}
    assert list(people.influences(made)) == [("karen", "bente"), ("ole", "karen")]


def test_a_manager_outside_the_firm_is_not_missed():
    made = card(
        contacts={
            "bente": {"level": "manager"},
            "mikael": {"level": "manager", "outside": True},
            "poul": {"level": "employee"},
        }
    )
    assert people.leaders_alone(made, TODAY) == ["bente"]


@pytest.mark.parametrize(
    ("given", "withdrawn", "may"),
    [
        ("2026-01-12", None, True),
        ("2026-01-12", "2026-06-30", False),
        ("2026-01-12", "2026-07-01", True),
        ("2026-07-01", None, None),
    ],
)
def test_a_withdrawal_wins_from_its_date(given, withdrawn, may):
    consent = {"given": given} | ({"withdrawn": withdrawn} if withdrawn else {})
    assert people.may_write_to(Contact.model_validate({"consent": {"newsletter": [consent]}}), TODAY) is may


def test_history_holds_what_has_happened_and_meetings_to_come():
    """The stage and the complaint of July are not known on 30 June; the meeting of August is booked, so it is."""
    made = card(
        stages=[{"stage": "lead", "on": "2026-01-12"}, {"stage": "customer", "on": "2026-07-01"}],
        meetings=[
            {"booked": "2026-06-22", "date": "2026-08-18", "state": "booked"},
            {"booked": "2026-01-02", "date": "2026-01-09", "state": "booked"},
        ],
        complaints=[
            {"date": "2026-06-02", "about": "A", "resolved": "2026-07-09"},
            {"date": "2026-07-02", "about": "B"},
        ],
    )  # fmt: skip
    found = [(entry["kind"], entry["day"].isoformat()) for entry in history.entries(made, RECORDS, TODAY)]
    assert found == [
        ("stage", "2026-01-12"), ("booked", "2026-06-22"), ("upcoming", "2026-08-18"), ("booked", "2026-01-02"),
        ("unreported", "2026-01-09"), ("complaint", "2026-06-02"),
    ]  # fmt: skip
    assert history.next_meeting(made, TODAY) == DAY("2026-08-18")
    assert history.last_contact(made, TODAY) == DAY("2026-06-22")


def test_a_customer_without_any_manager_asks_who_decides():
    assert rules(card(contacts={"poul": {"level": "employee"}})) == ["no-leader"]
    assert rules(card(contacts={"bente": {"level": "manager"}})) == ["leader"]


def test_what_the_matrix_knows_gives_steps_where_it_may_be_seen():
    """Dissatisfied without a meeting, in rescue, and without a wanted cell."""
    leader = {"contacts": {"bente": {"level": "manager", "influenced_by": ["jonas"]}}}
    place = {"loyalty": 4, "strategy": "rescue", "why": "", "cell": "gold", "wanted": ""}
    assert rules(card(**leader), place=place) == ["dissatisfied", "rescue", "wanted"]
    assert rules(card(**leader)) == []


def test_a_lead_on_hold_is_called_again_from_its_day_on():
    assert rules(card(), stage="inactive", contact_again=DAY("2026-06-30")) == ["call-again"]
    assert rules(card(), stage="inactive", contact_again=DAY("2026-07-01")) == []


def test_a_lead_without_contact_for_more_than_ninety_days_is_quiet():
    """1 April is 90 days before 30 June, 31 March 91."""
    assert rules(card(stages=[{"stage": "lead", "on": "2026-04-01"}]), stage="lead") == []
    assert rules(card(stages=[{"stage": "lead", "on": "2026-03-31"}]), stage="lead") == ["quiet"]


def test_a_rule_fits_only_what_is_known():
    """Industry 62…, 20 to 200 employees: the ends are in, a card without employees is out."""
    rule = Record(industries=("62",), employees=Record(from_=20, to=200), criteria={})
    sizes = [(20, True), (200, True), (19, False), (None, False)]
    for employees, fit in sizes:
        assert (
            fits(
                rule, card(industry={"DB25": "621000"}, **({"employees": employees} if employees else {})), None, TODAY
            )
            is fit
        )
    assert not fits(rule, card(industry={"DB25": "702000"}, employees=50), None, TODAY)


def test_the_code_of_the_list_in_force_decides():
    """DB07 ended in 2024: its 62 no longer makes the firm an it-house; the first segment that fits holds it."""
    lists = Record(
        root={"DB07": Record(from_=None, until=DAY("2024-12-31")), "DB25": Record(from_=DAY("2025-01-01"), until=None)}
    )
    made = card(industry={"DB07": "620200", "DB25": "702000"})
    rules = {
        id: Record(industries=(prefix,), employees=None, criteria={}) for id, prefix in (("it", "62"), ("advice", "70"))
    }
    segments = {id: Record(name=id, rule=rule) for id, rule in rules.items()}
    records = Record(segments=Record(segments=segments), industry_codes=lists)
    assert segment_of(made, records, TODAY) == "advice"
    assert segment_of(made, records, DAY("2024-06-30")) == "it"
    assert segment_of(card(segment="own"), records, TODAY) == "own"
