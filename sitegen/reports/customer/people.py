"""Who decides at a customer, and who of us talks with whom (M10, M11)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

LEVELS = {"manager": "Manager", "employee": "Employee", "influencer": "Influencer"}
ROLES = {
    "decision-maker": "decides",
    "influencer": "influences",
    "user": "uses",
    "gatekeeper": "opens the door",
    "approver": "approves",
}
ATTITUDES = {"positive": "Positive", "neutral": "Neutral", "negative": "Negative", "unknown": "Not known"}


def full_name(contact: Any, id: str) -> str:
    """First and last name, or the id where neither is written."""
    return " ".join(name for name in (contact.first_name, contact.last_name) if name) or id


def talks(card: Any, as_of: dt.date) -> dict[str, set[str]]:
    """Contact → our people who talk with them: in a meeting that was held, in an activity, or written as having
    influence.
    """
    found: dict[str, set[str]] = {id: set() for id in card.contacts}
    for meeting in card.meetings:
        held = meeting.state == "held" and meeting.date is not None and meeting.date <= as_of
        if held and meeting.by and meeting.contact in found:
            found[meeting.contact].add(meeting.by)
    for activity in card.activities:
        if activity.date <= as_of and activity.by and activity.contact in found:
            found[activity.contact].add(activity.by)
    for id, contact in card.contacts.items():
        found[id] |= {who for who in contact.influenced_by if who not in card.contacts}
    return found


def influences(card: Any) -> Iterator[tuple[str, str]]:
    """(contact, contact) where the first has influence on the second, each pair once."""
    pairs = {(id, other) for id, contact in card.contacts.items() for other in contact.influences}
    pairs |= {(other, id) for id, contact in card.contacts.items() for other in contact.influenced_by}
    yield from sorted((one, other) for one, other in pairs if one in card.contacts and other in card.contacts)


def may_write_to(contact: Any, as_of: dt.date) -> bool | None:
    """Whether some consent holds on the day; None where none was ever given. A withdrawal wins from its date (M32)."""
    given = [each for each in (one for all in contact.consent.values() for one in all) if each.given <= as_of]
    if not given:
        return None
    return any(each.withdrawn is None or each.withdrawn > as_of for each in given)


def leaders_alone(card: Any, as_of: dt.date) -> list[str]:
    """Contacts at manager level inside the firm whom none of us talks with."""
    with_us = talks(card, as_of)
    return [
        id
        for id, contact in card.contacts.items()
        if contact.level == "manager" and not contact.outside and not with_us[id]
    ]
