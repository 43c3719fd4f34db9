"""What to do next with a customer, by written rules; the first rules matter most."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from typing import Any

from sitegen.metrics.stages import INACTIVE, Event
from sitegen.reports.customer.history import last_contact, next_meeting, not_bought
from sitegen.reports.customer.people import full_name, leaders_alone

QUIET_DAYS = 90
"""An open lead without contact for longer than this is taken up again."""
DISSATISFIED = 3
RULES = {
    "call-again": "Call again: the day has passed",
    "complaint": "Settle the complaint",
    "dissatisfied": "Book a meeting: the customer is dissatisfied",
    "rescue": "Rescue: talk with the decision-maker this week",
    "report": "Write what became of the meeting",
    "negative": "Talk with a negative contact",
    "leader": "Get to talk with a manager",
    "no-leader": "Find out who decides",
    "quiet": "Take up contact again",
    "assess": "Assess the customer's total purchases",
    "wanted": "Decide where in the matrix the customer should be",
    "offer": "Offer what the customer has not bought",
}
"""Rule → what to do, in the order of weight (msgids)."""


def steps(
    card: Any, records: Any, stands: Event | None, won: bool, place: Mapping[str, Any] | None, as_of: dt.date
) -> Iterator[tuple[str, str, dt.date | None]]:
    """(rule, the record's words it is about, day) for every rule that fires.

    Args:
        stands: the event that the card stands at (F20); won: whether that is a won stage.
        place: the card's row of the customer matrix; None where it has none, or the audience may not see it.
    """
    coming = next_meeting(card, as_of)
    if stands is not None and stands.stage == INACTIVE:
        if stands.contact_again is not None and stands.contact_again <= as_of and coming is None:
            yield "call-again", "", stands.contact_again
        return
    for complaint in card.complaints:
        if complaint.date <= as_of and (complaint.resolved is None or complaint.resolved > as_of):
            yield "complaint", complaint.about, complaint.date
    if place is not None and (place["loyalty"] or 0) >= DISSATISFIED and coming is None:
        yield "dissatisfied", "", None
    if place is not None and place["strategy"] == "rescue":
        yield "rescue", "", None
    for meeting in card.meetings:
        if meeting.state == "booked" and meeting.date is not None and meeting.date <= as_of and meeting.booked <= as_of:
            yield "report", "", meeting.date
    for id, contact in card.contacts.items():
        if contact.attitude == "negative":
            yield "negative", full_name(contact, id), None
    for id in leaders_alone(card, as_of)[:1]:
        yield "leader", full_name(card.contacts[id], id), None
    if won and not any(contact.level == "manager" for contact in card.contacts.values()):
        yield "no-leader", "", None
    last = last_contact(card, as_of)
    if not won and stands is not None and coming is None and last is not None and (as_of - last).days > QUIET_DAYS:
        yield "quiet", "", last
    if place is not None:
        if place["why"] == "no-total":
            yield "assess", "", None
        if place["cell"] != "unknown" and not place["wanted"]:
            yield "wanted", "", None
    missing = not_bought(card, records, as_of)
    if won and card.purchases and missing:
        yield "offer", records.products.products[missing[0]].name, None
