"""Leads that wait for us, and the sentences about them on the home page."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

import polars as pl

from sitegen.metrics.figures import frame
from sitegen.metrics.stages import INACTIVE, Journey, Ladder, journeys
from sitegen.report import Attention, Counted, Value
from sitegen.reports.funnel import columns, counts
from sitegen.results import Result

STUCK_DAYS = 90
"""An open lead without a stage, a meeting or an activity for longer than this is stuck."""


def _last_contact(card: Any, journey: Journey, as_of: dt.date) -> dt.date | None:
    days = [event.day for event in journey.events]
    days += [day for meeting in card.meetings or () for day in (meeting.booked, meeting.date)]
    days += [activity.date for activity in card.activities or ()]
    return max((day for day in days if day is not None and day <= as_of), default=None)


def waiting(
    stage_events: pl.DataFrame,
    stage_list: pl.DataFrame,
    meetings: pl.DataFrame,
    records: Any,
    as_of: dt.date,
    audience: str,
) -> pl.DataFrame:
    """Leads that wait for us: on hold past the day to call again, open without contact for more than 90 days, or met
    unreported.

    A coming meeting is contact enough. The longest wait stands first. A list of names: `everyone` gets none of it.
    """
    if audience == "everyone":
        return frame(columns.WAITING, [])
    ladder = Ladder.of(stage_list)
    names = dict(zip(ladder.order, ladder.names, strict=True))
    reasons = {reason.id: reason.name for reason in records.stages.inactive} if records.stages is not None else {}
    known = counts.known_meetings(meetings, as_of)
    coming = {row["customer"] for row in known if row["now"] == "upcoming"}
    rows: list[dict[str, Any]] = []

    def add(state: str, customer: str, seq: int, stage: str, since: dt.date) -> None:
        card = records.customers[customer]
        row = {
            "key": f"{state}/{customer}" + (f"/{seq}" if seq else ""),
            "state": state,
            "customer": customer,
            "name": card.name or customer,
        }
        rows.append(
            row
            | {
                "stage": stage,
                "owner": (card.owner.at(as_of) if card.owner is not None else None) or "",
                "since": since,
                "days": (as_of - since).days,
            }
        )

    for journey in journeys(stage_events, as_of):
        stands = journey.stands
        if stands.stage == INACTIVE:
            if stands.contact_again is not None and stands.contact_again < as_of and journey.customer not in coming:
                add("overdue", journey.customer, 0, reasons.get(stands.reason or "", ""), stands.contact_again)
        elif stands.stage not in ladder.won and journey.customer not in coming:
            last = _last_contact(records.customers[journey.customer], journey, as_of)
            if last is not None and (as_of - last).days > STUCK_DAYS:
                add("stuck", journey.customer, 0, names[stands.stage], last)
    for row in known:
        if row["now"] == "unreported":
            add("unreported", row["customer"], row["seq"], "", row["date"])
    order = list(columns.STATES)
    rows.sort(key=lambda row: (order.index(row["state"]), row["since"], row["key"]))
    return frame(columns.WAITING, rows)


def follow_up(results: Mapping[str, Result]) -> pl.DataFrame:
    """How many wait, by kind."""
    waits = results["funnel.waiting"].rows
    states = waits["state"].to_list() if "state" in waits.columns else []
    rows = [{"key": state, "count": states.count(state)} for state in columns.STATES]
    return frame(columns.FOLLOW_UP, rows)


def attention(results: Mapping[str, Result]) -> tuple[Attention, ...]:
    """Leads on hold that should have been called, leads nobody has been in touch with, meetings without a report."""
    waits = results["waiting"]
    if not waits.has("name"):
        return ()
    sentences = {
        "overdue": (
            "%(waiting)s on hold should have been called again.",
            ("%(n)s lead", "%(n)s leads"),
            "%(name)s has waited longest, since %(since)s.",
            "warning",
        ),
        "stuck": (
            "No contact for more than 90 days with %(waiting)s.",
            ("%(n)s open lead", "%(n)s open leads"),
            "%(name)s was last in touch on %(since)s.",
            "note",
        ),
        "unreported": (
            "%(waiting)s passed without a report.",
            ("%(n)s meeting", "%(n)s meetings"),
            "The oldest is with %(name)s, %(since)s.",
            "note",
        ),
    }
    found = []
    for state, (what, nouns, so, severity) in sentences.items():
        rows = waits.rows.filter(pl.col("state") == state).rows(named=True)
        if rows:
            oldest = rows[0]
            found.append(
                Attention(
                    "funnel",
                    severity,
                    20.0 * len(rows),
                    (what, {"waiting": Counted(*nouns, Value("follow_up", state, "count"))}),
                    (so, {"name": oldest["name"], "since": oldest["since"]}),
                    ("funnel", None),
                    tuple(("customer", row["customer"]) for row in rows[:3]),
                    "marketing",
                )
            )
    return tuple(found)
