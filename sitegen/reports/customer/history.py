"""What happened with a card, in order: stages, meetings, activities, purchases, complaints."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

from sitegen.tables.crm import INACTIVE

KINDS = {
    "stage": "Stage",
    "inactive": "Inactive",
    "booked": "Meeting booked",
    "held": "Meeting held",
    "cancelled": "Meeting cancelled",
    "no-show": "No-show",
    "upcoming": "Meeting to come",
    "unreported": "Meeting without a report",
    "activity": "Activity",
    "purchase": "Purchase",
    "complaint": "Complaint",
    "resolved": "Complaint settled",
}


def entries(card: Any, records: Any, as_of: dt.date) -> Iterator[dict[str, Any]]:
    """Everything dated on or before `as_of`, and meetings to come, as rows without a key.

    Each has `kind`, `day` (None where a stage's is not known), `what` (a record's own words), `type` and `outcome`
    (ids, of
    an activity), `who` (of us), `contact`, `campaign`, `amount`.
    """
    for row in _all(card, records, as_of):
        yield {"what": "", "type": "", "outcome": "", "who": "", "contact": "", "campaign": "", "amount": None, **row}


def _all(card: Any, records: Any, as_of: dt.date) -> Iterator[dict[str, Any]]:
    stages = {stage.id: stage.name for stage in (records.stages.stages if records.stages is not None else ())}
    reasons = {reason.id: reason.name for reason in (records.stages.inactive if records.stages is not None else ())}
    competitors = (records.stages.competitors if records.stages is not None else None) or {}
    for event in card.stages:
        if event.on is not None and event.on > as_of:
            continue
        if event.stage == INACTIVE:
            what = ": ".join(
                part
                for part in (reasons.get(event.reason or "", ""), competitors.get(event.competitor or "", ""))
                if part
            )
            yield {"kind": "inactive", "day": event.on, "what": what}
        else:
            yield {"kind": "stage", "day": event.on, "what": stages.get(event.stage, event.stage)}
    for meeting in card.meetings:
        if meeting.booked > as_of:
            continue
        common = {"who": meeting.by or "", "contact": meeting.contact or "", "campaign": meeting.list or ""}
        yield {"kind": "booked", "day": meeting.booked, **common}
        if meeting.date is not None and meeting.date > as_of:
            yield {"kind": "upcoming", "day": meeting.date, **common}
        elif meeting.date is not None:
            kind = "unreported" if meeting.state == "booked" else meeting.state
            yield {"kind": kind, "day": meeting.date, "what": meeting.note or "", **common}
    products = records.products.products if records.products is not None else {}
    for activity in card.activities:
        if activity.date <= as_of:
            people = {"who": activity.by or "", "contact": activity.contact or ""}
            yield {
                "kind": "activity",
                "day": activity.date,
                "type": activity.type,
                "outcome": activity.outcome or "",
                "campaign": activity.campaign or "",
                **people,
            }
    for purchase in card.purchases:
        if purchase.date <= as_of:
            name = products[purchase.product].name if purchase.product in products else purchase.product
            yield {"kind": "purchase", "day": purchase.date, "what": name, "amount": purchase.amount}
    for complaint in card.complaints:
        if complaint.date <= as_of:
            yield {"kind": "complaint", "day": complaint.date, "what": complaint.about}
            if complaint.resolved is not None and complaint.resolved <= as_of:
                yield {"kind": "resolved", "day": complaint.resolved, "what": complaint.about}


def last_contact(card: Any, as_of: dt.date) -> dt.date | None:
    """The newest day on which a stage, a meeting or an activity brought us together."""
    days = [event.on for event in card.stages]
    days += [day for meeting in card.meetings for day in (meeting.booked, meeting.date)]
    days += [activity.date for activity in card.activities]
    return max((day for day in days if day is not None and day <= as_of), default=None)


def next_meeting(card: Any, as_of: dt.date) -> dt.date | None:
    """The earliest meeting to come."""
    days = [
        meeting.date
        for meeting in card.meetings
        if meeting.booked <= as_of
        and meeting.date is not None
        and meeting.date > as_of
        and meeting.state != "cancelled"
    ]
    return min(days, default=None)


def not_bought(card: Any, records: Any, as_of: dt.date) -> list[str]:
    """Products that we can deliver, are meant for everybody or for the card's segment, and are not on it yet (cross-
    sell).
    """
    if records.products is None:
        return []
    categories = records.products.categories
    bought = {purchase.product for purchase in card.purchases if purchase.date <= as_of}
    return [
        id
        for id, product in records.products.products.items()
        if id not in bought and (product.category not in categories or categories[product.category].deliverable)
    ]
