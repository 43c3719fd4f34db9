"""References to something that had ended: a person who left, a project that was closed, a campaign that was over."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from sitegen.checks.files import Files
from sitegen.problems import Place, Problem
from sitegen.records import Read
from sitegen.records.references import references

LIVING = ("person", "project")
WEEKS = "time/weeks/"
"""What week files say is checked with their rows, in `time`."""


def named_after_their_end(read: Read, files: Files) -> Iterator[Problem]:
    """Whom or what a card names on a day had not ended before it: a person left, a project was closed.

    The day is the nearest one written around the name. Told once a card and id.
    """
    by_path = {file.path: file for file in read.files}
    for kind in LIVING:
        for referred in read.index.references(kind):
            life = read.index.definition(kind, referred.id)
            last = referred.last_day
            if life is None or life.until is None or last is None or last <= life.until:
                continue
            if referred.file.startswith(WEEKS):
                continue
            file = by_path[referred.file]
            owner = file.id if file.kind.many else ""
            for one in references(file.kind.model, files.written(file.path, ()), owner):
                if one.kind == kind and one.id == referred.id and one.day is not None and one.day > life.until:
                    key = files.written(file.path, one.path) != one.id
                    place = files.written_place(file.path, one.path, key=key)
                    yield _ended(place, referred.id, one.day, life.until)
                    break


def steps_after_their_campaign(read: Read, files: Files) -> Iterator[Problem]:
    """A step of a campaign was carried out before the campaign was over; what came of it may come later."""
    for id, customer in read.records.customers.items():
        for at, activity in enumerate(customer.activities):
            campaign = read.records.campaigns.get(activity.campaign)
            if campaign is None or activity.step is None or campaign.to is None or activity.date <= campaign.to:
                continue
            place = files.place(("customer", id), ("activities", at, "campaign"))
            yield _ended(place, activity.campaign, activity.date, campaign.to)


def _ended(place: Place, id: str, day: dt.date, until: dt.date) -> Problem:
    return Problem("ended-before", place, {"id": id, "written": day.isoformat(), "limit": until.isoformat()})
