"""Tables of customers and leads: stage events, meetings, cards, figures, answers, web figures."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from sitegen.tables.table import Table, frame

INACTIVE = "inactive"
"""The stage of a card that has gone inactive; its reason is a column of its own."""


def _cards(records: Any) -> Any:
    """The cards that count: one that was merged into another is read there and nowhere else (X1)."""
    return ((id, card) for id, card in records.customers.items() if card.merged_into is None)


def build_stage_list(records: Any) -> Any:
    """One row a stage, in the order of `stages.yml`."""
    stages = records.stages.stages if records.stages is not None else ()
    rows = [
        (stage.id, stage.name, place, stage.counted_in, stage.entered_by, bool(stage.won))
        for place, stage in enumerate(stages or (), 1)
    ]
    schema = {
        "stage": "text",
        "name": "text",
        "order": "int",
        "counted_in": "text",
        "entered_by": "text",
        "won": "bool",
    }
    return frame(schema, rows)


def card_events(card: Any, stages: Sequence[Any]) -> list[dict[str, Any]]:
    """The stage events of one card, oldest first: those written, and those its meetings bring about (F20).

    A meeting gives an event on the day it was booked and, once held, on its date. It counts only where the lead then
    stands in an earlier stage, in none, or is inactive (a return): never backwards, and never once a won stage has
    been reached. On one day meetings come first, in stage order, then what is written, in file order. A written stage
    without a day keeps its place
    in the file: it happened no earlier than the dated entry before it (`not_before`).

    Every decision rests on earlier events alone, so that the events up to a day are the same whatever was written
    later.
    """
    order = {stage.id: place for place, stage in enumerate(stages)}
    won = {stage.id for stage in stages if stage.won}
    entered_by = {stage.entered_by: stage.id for stage in stages if stage.entered_by}
    # (day to sort by, meetings before written, place among them, event)
    found: list[tuple[dt.date, int, int, dict[str, Any]]] = []
    booked, held = entered_by.get("meeting.booked"), entered_by.get("meeting.held")
    for meeting in card.meetings or ():
        if booked is not None and meeting.booked is not None:
            found.append(
                (meeting.booked, 0, order[booked], {"stage": booked, "day": meeting.booked, "kind": "meeting"})
            )
        if held is not None and meeting.state == "held" and meeting.date is not None:
            found.append((meeting.date, 0, order[held], {"stage": held, "day": meeting.date, "kind": "meeting"}))
    earlier: dt.date | None = None
    for place, entry in enumerate(card.stages or ()):
        event = {
            "stage": entry.stage,
            "day": entry.on,
            "kind": "written",
            "reason": entry.reason,
            "competitor": entry.competitor,
            "contact_again": entry.contact_again,
            "not_before": earlier if entry.on is None else None,
        }
        earlier = entry.on or earlier
        found.append((earlier or dt.date.min, 1, place, event))
    events: list[dict[str, Any]] = []
    stands: str | None = None
    customer = False
    for _, _, _, event in sorted(found, key=lambda item: item[:3]):
        stage = event["stage"]
        if event["kind"] == "meeting" and (customer or (stands in order and order[stands] >= order[stage])):
            continue
        events.append(event)
        stands = stage
        customer = customer or stage in won
    return events


def build_stage_events(records: Any) -> Any:
    """One row an entry of a card into a stage."""
    stages = records.stages.stages if records.stages is not None else ()
    names = ("stage", "day", "not_before", "kind", "reason", "competitor", "contact_again")
    rows = [
        (id, seq, *(event.get(name) for name in names))
        for id, card in _cards(records)
        for seq, event in enumerate(card_events(card, stages or ()), 1)
    ]
    schema = {"customer": "text", "seq": "int", "stage": "text", "day": "day", "not_before": "day", "kind": "text"}
    return frame({**schema, "reason": "text", "competitor": "text", "contact_again": "day"}, rows)


def build_meetings(records: Any) -> Any:
    """One row a meeting; the first of a card is the earliest booked; of two on one day, the one written first."""
    rows = []
    for id, card in _cards(records):
        meetings = list(card.meetings or ())
        days = [(meeting.booked, seq) for seq, meeting in enumerate(meetings) if meeting.booked is not None]
        first = min(days)[1] if days else None
        for seq, meeting in enumerate(meetings):
            rows.append(
                (id, seq + 1, meeting.booked, meeting.date, meeting.state, meeting.list, meeting.by, seq == first)
            )
    schema = {
        "customer": "text",
        "seq": "int",
        "booked": "day",
        "date": "day",
        "state": "text",
        "list": "text",
        "by": "text",
    }
    return frame({**schema, "first": "bool"}, rows)


def build_customers(records: Any) -> Any:
    """One row a card, merged ones too."""
    rows = []
    for id, card in records.customers.items():
        source = card.source
        channel, campaign = (source.channel, source.campaign) if source is not None else (None, None)
        file = records.sources.get(("customer", id))
        rows.append((id, card.name, card.segment, channel, campaign, card.merged_into, file))
    names = ("customer", "name", "segment", "channel", "campaign", "merged_into", "source")
    return frame(dict.fromkeys(names, "text"), rows)


def build_figures(records: Any) -> Any:
    """One row a card and period of its figures, as the books have them."""
    from sitegen import periods

    rows = []
    for id, card in _cards(records):
        for text, figures in (card.figures or {}).items():
            period = periods.parse(text)
            amounts = (figures.revenue, figures.direct_cost, figures.time_cost, figures.total_purchases)
            minor = (None if amount is None else int(amount) for amount in amounts)
            rows.append((id, text, period.start, period.end, *minor, figures.total_is))
    schema = {
        "customer": "text",
        "period": "text",
        "start": "day",
        "end": "day",
        "revenue_minor": "int",
        "direct_minor": "int",
    }
    return frame({**schema, "time_minor": "int", "purchases_minor": "int", "total_is": "text"}, rows)


def build_answers(records: Any) -> Any:
    """One row an answer on a scale; words (`dont-know`, `not-relevant`) have no value, open answers are not here."""
    rows = []
    for id, survey in records.surveys.items():
        for answer in survey.answers or ():
            for question, said in (answer.answers or {}).items():
                asked = (survey.questions or {}).get(question)
                if asked is None or asked.open or said is None:
                    continue
                value, word = (said, None) if isinstance(said, int) else (None, str(said))
                rows.append(
                    (
                        id,
                        survey.on,
                        answer.customer,
                        answer.contact,
                        question,
                        asked.used_as,
                        asked.worst,
                        asked.best,
                        value,
                        word,
                    )
                )
    schema = {
        "survey": "text",
        "on": "day",
        "customer": "text",
        "contact": "text",
        "question": "text",
        "used_as": "text",
    }
    return frame({**schema, "worst": "int", "best": "int", "value": "int", "word": "text"}, rows)


def build_web(records: Any) -> Any:
    """One row a month and channel of the web figures."""
    web = records.web
    columns = (web["month"], web["channel"], web["visitors"], web["leads"], web["spend"])
    rows = [(*row[:4], None if row[4] is None else int(row[4])) for row in zip(*columns, strict=True)]
    return frame({"month": "day", "channel": "text", "visitors": "int", "leads": "int", "spend_minor": "int"}, rows)


TABLES = (
    Table(
        "stage_list",
        {
            "stage": "id of the stage",
            "name": "what the organisation calls it",
            "order": "its place in stages.yml, from 1",
            "counted_in": "`web` where the web figures count it, `events`: counted from the cards",
            "entered_by": "`meeting.booked` or `meeting.held` where a meeting brings a lead there",
            "won": "true for a stage that makes a lead a customer",
        },
        build_stage_list,
    ),
    Table(
        "stage_events",
        {
            "customer": "the card",
            "seq": "the event's place on the card, from 1: the total order that `day` alone does not give",
            "stage": "id of the stage entered, or `inactive`",
            "day": "the day; null: not known",
            "not_before": "of an event without a day: the day of the dated entry before it",
            "kind": "`written` on the card, or `meeting`: brought about by one",
            "reason": "of `inactive`: why",
            "competitor": "of a loss: to whom",
            "contact_again": "of a lead on hold: when to call again",
        },
        build_stage_events,
    ),
    Table(
        "meetings",
        {
            "customer": "the card",
            "seq": "the meeting's place on the card, from 1",
            "booked": "the day it was booked",
            "date": "the day it takes or took place",
            "state": "booked, held, cancelled or no-show, as written",
            "list": "the call list or campaign it came from",
            "by": "who of ours booked it",
            "first": "true for the card's earliest booked meeting",
        },
        build_meetings,
    ),
    Table(
        "customers",
        {
            "customer": "the card",
            "name": "the firm's name",
            "segment": "the segment as written",
            "channel": "where the lead came from",
            "campaign": "the campaign it came from",
            "merged_into": "the card it turned out to be; such a card counts nowhere else",
            "source": "the file of the card",
        },
        build_customers,
    ),
    Table(
        "figures",
        {
            "customer": "the card",
            "period": "the period as written",
            "start": "its first day",
            "end": "the first day after it",
            "revenue_minor": "sales, minor units",
            "direct_minor": "direct costs, minor units",
            "time_minor": "time-based costs as written, minor units; null: taken from hours logged on the customer",
            "purchases_minor": "what the customer buys in all of what we can deliver, minor units",
            "total_is": "`measured` or `assessed`",
        },
        build_figures,
    ),
    Table(
        "answers",
        {
            "survey": "the survey",
            "on": "its day",
            "customer": "the firm that answered",
            "contact": "the person who answered",
            "question": "the question's id",
            "used_as": "`loyalty` where the answer places the customer",
            "worst": "the worst answer of the scale",
            "best": "the best answer of the scale",
            "value": "the answer; null where it is a word",
            "word": "`dont-know` or `not-relevant`",
        },
        build_answers,
    ),
    Table(
        "web",
        {
            "month": "first day of the month",
            "channel": "the channel",
            "visitors": "visitors of the month; null: not written",
            "leads": "leads of the month; null: not written",
            "spend_minor": "spend on advertising, minor units; null: not written",
        },
        build_web,
    ),
)
