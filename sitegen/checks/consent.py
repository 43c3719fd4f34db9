"""Consent and the register of companies: whom a campaign may write to and call, and how long a proof is kept.

Denmark: markedsføringsloven § 10 (electronic mail needs consent), CVR-loven § 19 (firms that refuse advertising).
Norway: markedsføringsloven § 15. The rules of `safety.md`; no legal advice.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

from sitegen.checks.files import Files
from sitegen.problems import Problem, nearest
from sitegen.records import Read

SENT = {"newsletter": "email", "email": "email", "sms": "sms"}
"""Types of activity by which somebody was written to electronically → what the consent must allow."""
LOOK_UP_DAYS = 90
PROOF_YEARS = 2


def campaigns_ask_for_consent(read: Read, files: Files) -> Iterator[Problem]:
    """A newsletter's audience names the purpose that its readers consented to, and somebody did."""
    purposes = _consented(read)
    for id, campaign in read.records.campaigns.items():
        if campaign.audience is None:
            continue
        source, purpose = ("campaign", id), campaign.audience.consent
        if purpose is None and campaign.kind == "newsletter":
            yield files.problem("consent-not-asked", source, ("audience",), key=True)
        elif purpose is not None and purpose not in purposes and not read.index.lost("customer"):
            close = nearest(purpose, purposes)
            yield files.problem("unknown-purpose", source, ("audience", "consent"), id=purpose, nearest=close)


def purposes_asked_for(read: Read, files: Files) -> Iterator[Problem]:
    """A purpose that a contact consented to is one of a campaign's: told once a purpose, at its first contact."""
    asked = _asked(read)
    if not asked:
        return  # none is known, or nothing is compared
    told: set[str] = set()
    for id, customer in read.records.customers.items():
        for name, contact in customer.contacts.items():
            for purpose in contact.consent:
                if purpose not in asked and purpose not in told:
                    told.add(purpose)
                    where = ("contacts", name, "consent", purpose)
                    close = nearest(purpose, asked)
                    yield files.problem("purpose-unused", ("customer", id), where, key=True, id=purpose, nearest=close)


def _consented(read: Read) -> frozenset[str]:
    """The purposes that contacts consented to."""
    return frozenset(
        purpose
        for customer in read.records.customers.values()
        for contact in customer.contacts.values()
        for purpose in contact.consent
    )


def _asked(read: Read) -> frozenset[str] | None:
    """The purposes that campaigns ask for; None while a campaign's is missing, unknown or perhaps not readable.

    Else one misspelt word in a campaign would be told of every contact, and her consent called unused.
    """
    sources = read.records.sources
    if any(kind == "campaign" and file in read.wrong_files for (kind, _), file in sources.items()):
        return None
    audiences = [
        (campaign.kind, campaign.audience.consent)
        for campaign in read.records.campaigns.values()
        if campaign.audience is not None
    ]
    purposes = frozenset(purpose for _, purpose in audiences if purpose is not None)
    missing = any(kind == "newsletter" and purpose is None for kind, purpose in audiences)
    return purposes if not missing and purposes <= _consented(read) else None


def members_consented(read: Read, files: Files) -> Iterator[Problem]:
    """Each firm on the list of a newsletter has a contact whose consent lived when it was put there."""
    for id, campaign in read.records.campaigns.items():
        if campaign.kind != "newsletter":
            continue
        purpose = campaign.audience.consent if campaign.audience is not None else None
        for at, member in enumerate(campaign.members):
            card, day = read.records.customers.get(member.customer), member.added or campaign.from_
            if card is None or day is None:
                continue
            if not any(_live(contact, "email", purpose, day) for contact in card.contacts.values()):
                values: dict[str, Any] = {"id": member.customer, "written": day.isoformat()}
                yield files.problem("no-live-consent", ("campaign", id), ("members", at), **values)


def written_to_with_consent(read: Read, files: Files) -> Iterator[Problem]:
    """A contact that was sent a newsletter, an e-mail or an sms had consented, and not withdrawn it, on the day."""
    for id, customer in read.records.customers.items():
        for at, activity in enumerate(customer.activities):
            contact = customer.contacts.get(activity.contact)
            channel = SENT.get(activity.type)
            if contact is None or channel is None:
                continue
            campaign = read.records.campaigns.get(activity.campaign)
            purpose = campaign.audience.consent if campaign is not None and campaign.audience is not None else None
            if not _live(contact, channel, purpose, activity.date):
                values: dict[str, Any] = {"id": activity.contact, "written": activity.date.isoformat()}
                yield files.problem("no-live-consent", ("customer", id), ("activities", at, "contact"), **values)


def _live(contact: Any, channel: str, purpose: str | None, day: dt.date) -> bool:
    """Whether a contact had consented to a channel on a day, for a purpose (None: any)."""
    return any(
        consent.channel == channel and consent.given <= day and (consent.withdrawn is None or day < consent.withdrawn)
        for name, consents in contact.consent.items()
        if purpose in (None, name)
        for consent in consents
    )


def call_lists(read: Read, files: Files) -> Iterator[Problem]:
    """No firm on a call list refuses advertising, on the list's last day or, where it has none, now."""
    for id, campaign in read.records.campaigns.items():
        if campaign.kind != "call-list":
            continue
        for at, member in enumerate(campaign.members):
            card = read.records.customers.get(member.customer)
            refusal = card.no_advertising if card is not None else None
            if refusal is not None and refusal.at(campaign.to or dt.date.max):
                source = ("customer", member.customer)
                also = (files.place(source, ("no_advertising",), key=True),)
                yield files.problem(
                    "advertising-refused", ("campaign", id), ("members", at), id=member.customer, also=also
                )


def looked_up(read: Read, files: Files, as_of: dt.date) -> Iterator[Problem]:
    """In Denmark, each firm on a call list in use was looked up in the register of companies in the last 90 days."""
    if getattr(read.records.organisation, "country", None) != "DK":
        return  # Norway has no such duty: Reservasjonsregisteret is for private persons
    for id, campaign in read.records.campaigns.items():
        over = campaign.to is not None and campaign.to < as_of
        if campaign.kind != "call-list" or over or (campaign.from_ is not None and campaign.from_ > as_of):
            continue
        for at, member in enumerate(campaign.members):
            card = read.records.customers.get(member.customer)
            if card is None:
                continue
            days = [day for day, _ in (card.no_advertising.spans if card.no_advertising else ()) if day is not None]
            newest = max((day for day in days if day <= as_of), default=None)
            source, path = ("campaign", id), ("members", at)
            if newest is None:
                yield files.problem("no-look-up", source, path, id=member.customer)
            elif (as_of - newest).days > LOOK_UP_DAYS:
                values: dict[str, Any] = {"written": newest.isoformat(), "most": LOOK_UP_DAYS}
                yield files.problem("look-up-old", source, path, id=member.customer, **values)


def proofs(read: Read, files: Files, as_of: dt.date) -> Iterator[Problem]:
    """The proof of a consent is kept for two years after its last use, and not longer.

    Last used is the newest activity with the contact in a campaign for that purpose, else the day it was given.
    """
    if _asked(read) is None:  # a use is perhaps not seen, and the hint is to delete the proof
        return
    for source, where, consent, last in _consents(read, files, as_of):
        if consent.how is not None and _later(last, PROOF_YEARS) < as_of:
            values: dict[str, Any] = {"given": consent.given.isoformat(), "last": last.isoformat()}
            yield files.problem("proof-old", source, (*where, "how"), key=True, **values)


def proofs_missing(read: Read, files: Files, as_of: dt.date) -> Iterator[Problem]:
    """A consent says how it was given, as long as its proof must be kept: whoever writes to the contact must show it.

    Last used is the newest activity with the contact in a campaign for that purpose, else the day it was given.
    """
    for source, where, consent, last in _consents(read, files, as_of):
        if consent.how is None and as_of <= _later(last, PROOF_YEARS):
            yield files.problem("no-proof", source, (*where, "given"), key=True, given=consent.given.isoformat())


def _consents(
    read: Read, files: Files, as_of: dt.date
) -> Iterator[tuple[tuple[str, str], tuple[str | int, ...], Any, dt.date]]:
    """Each consent of the cards without an error: its record, its path there, and the day it was last used."""
    for id, customer in read.records.customers.items():
        if files.sources["customer", id] in read.wrong_files:
            continue
        for name, contact in customer.contacts.items():
            for purpose, consents in contact.consent.items():
                uses = [day for day in _uses(read, customer, name, purpose) if day <= as_of]
                for at, consent in enumerate(consents):
                    end = consent.withdrawn or dt.date.max
                    last = max([consent.given, *(day for day in uses if consent.given <= day < end)])
                    yield ("customer", id), ("contacts", name, "consent", purpose, at), consent, last


def _uses(read: Read, customer: Any, contact: str, purpose: str) -> Iterator[dt.date]:
    """The days of the activities with a contact in campaigns for a purpose, or in one that is not known."""
    for activity in customer.activities:
        if activity.contact != contact or activity.campaign is None:
            continue
        campaign = read.records.campaigns.get(activity.campaign)
        if campaign is None or (campaign.audience is not None and campaign.audience.consent == purpose):
            yield activity.date


def _later(day: dt.date, years: int) -> dt.date:
    """The same day so many years later; 29 February becomes the 28th."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return day.replace(year=day.year + years, day=28)
