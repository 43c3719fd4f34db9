"""The customer list and each card: facts, people, history, satisfaction, purchases, next steps (M10, M11, M34, T39)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from fractions import Fraction
from typing import Any

import polars as pl

from sitegen import periods
from sitegen.metrics.figures import Undefined, frame, known
from sitegen.metrics.segments import codes_at, segment_of
from sitegen.metrics.stages import INACTIVE, Journey, Ladder, journeys
from sitegen.metrics.wallet import tile
from sitegen.report import Attention, Metric
from sitegen.reports.customer import columns, history, people
from sitegen.reports.customer.next_steps import steps
from sitegen.results import Result


def _standing(stage_events: pl.DataFrame, as_of: dt.date) -> dict[str, Journey]:
    return {journey.customer: journey for journey in journeys(stage_events, as_of)}


def _places(results: Mapping[str, Result]) -> dict[str, Mapping[str, Any]]:
    """Each card's row of the customer matrix; none where the audience may not see the matrix."""
    matrix = results.get("customer_matrix.customers")
    if matrix is None or not matrix.has("cell"):
        return {}
    return {row["key"]: row for row in matrix.rows.iter_rows(named=True)}


def _industry(card: Any, records: Any, as_of: dt.date) -> str:
    codes = codes_at(card, records.industry_codes, as_of)
    lists = records.industry_codes.root.values() if records.industry_codes is not None else ()
    names = [found for code in codes for each in lists if (found := each.codes.get(code))]
    return names[-1] if names else ", ".join(codes)


def cards(
    stage_events: pl.DataFrame,
    stage_list: pl.DataFrame,
    figures: pl.DataFrame,
    logged: pl.DataFrame,
    results: Mapping[str, Result],
    records: Any,
    organisation: Any,
    as_of: dt.date,
) -> pl.DataFrame:
    """Every card: where it stands, since when, who looks after it, and what it buys; customers first, then by name."""
    ladder = Ladder.of(stage_list)
    names = dict(zip(ladder.order, ladder.names, strict=True))
    reasons = {reason.id: reason.name for reason in (records.stages.inactive if records.stages is not None else ())}
    standing, places = _standing(stage_events, as_of), _places(results)
    period = periods.last_complete(as_of, organisation.customer_matrix.period)
    revenue = _revenue(figures, period)
    hours = dict(
        logged.filter(pl.col("customer").is_not_null() & (pl.col("day") <= as_of))
        .group_by("customer")
        .agg(pl.col("minutes").sum())
        .iter_rows()
    )
    rows = []
    for id, card in records.customers.items():
        journey, place = standing.get(id), places.get(id)
        event = journey.stands if journey is not None else None
        state, stage = "none", ""
        if card.merged_into is not None:
            state = "merged"
        elif event is not None and event.stage == INACTIVE:
            state, stage = "inactive", reasons.get(event.reason or "", "")
        elif event is not None:
            state, stage = ("customer" if event.stage in ladder.won else "lead"), names.get(event.stage, event.stage)
        owner = card.owner.at(as_of) if card.owner is not None else None
        segment = segment_of(card, records, as_of)
        open_complaints = sum(
            one.date <= as_of and (one.resolved is None or one.resolved > as_of) for one in card.complaints
        )
        rows.append(
            {
                "key": id,
                "name": card.name or id,
                "state": state,
                "stage": stage,
                "since": known(event.day if event is not None else None, "unknown-part"),
                "owner": owner or "",
                "owner_name": records.people[owner].name if owner in records.people else owner or "",
                "segment": _segment_name(records, segment),
                "industry": _industry(card, records, as_of),
                "employees": known(card.employees, "unknown-part"),
                "channel": (card.source.channel if card.source is not None else None) or "",
                "campaign": (card.source.campaign if card.source is not None else None) or "",
                "merged_into": card.merged_into or "",
                "cell": place["cell"] if place is not None else "",
                "cell_before": place["before"] if place is not None else "",
                "wanted": place["wanted"] if place is not None else "",
                "wanted_by": place["wanted_by"]
                if place is not None and place["wanted_by"]
                else Undefined("not-relevant"),
                "action": place["action"] if place is not None else "",
                "strategy": place["strategy"] if place is not None else "",
                "revenue": known(revenue.get(id), "unknown-part"),
                "contribution": known(place.get("contribution") if place is not None else None, "unknown-part"),
                "share": known(place["share"] if place is not None else None, "unknown-part"),
                "share_k": place["share_k"] if place is not None else None,
                "share_n": place["share_n"] if place is not None else None,
                "potential": known(place["potential"] if place is not None else None, "unknown-part"),
                "loyalty": known(place["loyalty"] if place is not None else None, "no-cases"),
                "minutes": hours.get(id, Undefined("nothing-logged")),
                "open_complaints": open_complaints,
                "last_contact": known(history.last_contact(card, as_of), "no-cases"),
                "next_meeting": known(history.next_meeting(card, as_of), "no-cases"),
                "period": str(period),
            }
        )
    order = ("customer", "lead", "inactive", "none", "merged")
    rows.sort(key=lambda row: (order.index(row["state"]), row["name"].casefold(), row["key"]))
    return frame(columns.CARDS, rows)


def _segment_name(records: Any, segment: str | None) -> str:
    segments = records.segments.segments if records.segments is not None else {}
    return segments[segment].name if segment in segments else segment or ""


def _revenue(figures: pl.DataFrame, period: periods.Period) -> dict[str, int]:
    """Each card's revenue of the period: its own figure, or shorter ones that tile it (F12a)."""
    found = {}
    for (customer,), rows in figures.group_by("customer"):
        amounts = {
            (start, end): amount for start, end, amount in rows.select("start", "end", "revenue_minor").iter_rows()
        }
        amount = tile(amounts, period.start, period.end)
        if amount is not None:
            found[str(customer)] = amount
    return found


def summary(results: Mapping[str, Result]) -> pl.DataFrame:
    """How many cards there are of each kind; the parts are all cards."""
    states = results["customer.cards"].rows["state"].to_list()
    rows: list[dict[str, Any]] = [
        {"key": state, "state": state, "cards": states.count(state)} for state in columns.STATES
    ]
    rows.append({"key": "total", "state": "", "cards": len(states)})
    return frame(columns.SUMMARY, rows)


def contacts(records: Any, as_of: dt.date) -> pl.DataFrame:
    """The people of every card, managers first: what they decide, what they think of us, who of us talks with them."""
    levels = ("manager", "employee", "influencer", "")
    rows = []
    for id, card in records.customers.items():
        with_us, pairs = people.talks(card, as_of), list(people.influences(card))
        for contact_id, contact in sorted(card.contacts.items(), key=lambda item: levels.index(item[1].level or "")):
            consent = people.may_write_to(contact, as_of)
            rows.append(
                {
                    "key": f"{id}/{contact_id}",
                    "contact": contact_id,
                    "name": people.full_name(contact, contact_id),
                    "title": contact.title or "",
                    "function": contact.function or "",
                    "level": contact.level or "",
                    "role": contact.role or "",
                    "attitude": contact.attitude or "unknown",
                    "cares_about": contact.cares_about or "",
                    "outside": "yes" if contact.outside else "no",
                    "email": contact.email or "",
                    "consent": "none" if consent is None else "yes" if consent else "withdrawn",
                    "talks": " ".join(sorted(with_us[contact_id])),
                    "influences": " ".join(other for one, other in pairs if one == contact_id),
                }
            )
    return frame(columns.CONTACTS, rows)


def ours(records: Any, as_of: dt.date) -> pl.DataFrame:
    """Our people who talk with somebody at each card, or look after it."""
    departments = records.organisation.departments if records.organisation is not None else {}
    rows = []
    for id, card in records.customers.items():
        owner = card.owner.at(as_of) if card.owner is not None else None
        who = {person for all in people.talks(card, as_of).values() for person in all} | ({owner} if owner else set())
        for person in sorted(who, key=lambda one: (one != owner, one)):
            record = records.people.get(person)
            department = record.department.at(as_of) if record is not None and record.department is not None else None
            rows.append(
                {
                    "key": f"{id}/{person}",
                    "person": person,
                    "name": record.name if record is not None else person,
                    "department": departments[department].name if department in departments else "",
                }
            )
    return frame(columns.OURS, rows)


def events(records: Any, as_of: dt.date) -> pl.DataFrame:
    """The history of every card, newest first; what has no known day stands last."""
    rows = []
    for id, card in records.customers.items():
        found = sorted(
            history.entries(card, records, as_of), key=lambda entry: entry["day"] or dt.date.min, reverse=True
        )
        for number, entry in enumerate(found, 1):
            day, amount = known(entry["day"], "unknown-part"), known(entry["amount"], "not-relevant")
            rows.append({"key": f"{id}/{number}", **entry, "day": day, "amount": amount})
    return frame(columns.EVENTS, rows)


def satisfaction(answers: pl.DataFrame, records: Any, as_of: dt.date) -> pl.DataFrame:
    """Each firm's mean of each question in the newest survey it answered, the weakest first, with the survey before
    (F27).

    Score 0–100 = (mean − worst) ÷ (best − worst) · 100; "don't know" and unanswered are no answers.
    """
    asked = answers.filter((pl.col("on") <= as_of) & pl.col("value").is_not_null() & pl.col("worst").is_not_null())
    means: dict[tuple[str, str], dict[str, list[int]]] = {}
    days = {id: survey.on for id, survey in records.surveys.items()}
    for row in asked.iter_rows(named=True):
        means.setdefault((row["customer"], row["survey"]), {}).setdefault(row["question"], []).append(row["value"])
    rows = []
    for id in records.customers:
        taken = sorted((survey for customer, survey in means if customer == id), key=lambda survey: days[survey])
        if not taken:
            continue
        questions = records.surveys[taken[-1]].questions
        earlier = means[id, taken[-2]] if len(taken) > 1 else {}
        own = []
        for question, values in means[id, taken[-1]].items():
            before = earlier.get(question, [])
            own.append(
                {
                    "key": f"{id}/{question}",
                    "survey": records.surveys[taken[-1]].name,
                    "asked": days[taken[-1]],
                    "question": questions[question].text,
                    "mean": Fraction(sum(values), len(values)),
                    "worst": str(questions[question].worst),
                    "best": str(questions[question].best),
                    "persons": len(values),
                    "score": _score(values, questions[question]),
                    "score_before": _score(before, questions[question]) if before else Undefined("first-round"),
                }
            )
        rows += sorted(own, key=lambda row: (row["score"], row["key"]))
    return frame(columns.SATISFACTION, rows)


def _score(values: list[int], question: Any) -> Fraction:
    return (Fraction(sum(values), len(values)) - question.worst) / (question.best - question.worst) * 100


def books(figures: pl.DataFrame, results: Mapping[str, Result]) -> pl.DataFrame:
    """The books of every card as they are written, newest first.

    Where no time cost is written for the matrix's own period, the contribution is the matrix's, which takes it from the
    hours logged on the customer (F12a).
    """
    placed: dict[tuple[str, str], int | None] = {}
    if "customer_matrix.customers" in results and results["customer_matrix.customers"].has("contribution"):
        period = results["customer_matrix.overall"].rows["period"][0]
        for row in results["customer_matrix.customers"].rows.iter_rows(named=True):
            placed[row["key"], period] = row["contribution"]
    rows = []
    for row in figures.sort(["customer", "end", "start"], descending=[False, True, True]).iter_rows(named=True):
        parts = (row["revenue_minor"], row["direct_minor"], row["time_minor"])
        given = None if any(part is None for part in parts) else parts[0] - parts[1] - parts[2]
        if given is None:
            given = placed.get((row["customer"], row["period"]))
        rows.append(
            {
                "key": f"{row['customer']}/{row['period']}",
                "period": row["period"],
                "revenue": known(row["revenue_minor"], "unknown-part"),
                "contribution": known(given, "unknown-part"),
                "purchases": known(row["purchases_minor"], "unknown-part"),
                "total_is": row["total_is"] or "",
            }
        )
    return frame(columns.BOOKS, rows)


def offers(records: Any, stage_events: pl.DataFrame, stage_list: pl.DataFrame, as_of: dt.date) -> pl.DataFrame:
    """What each customer has bought, and what it does not buy yet of what we can deliver (cross-sell)."""
    ladder = Ladder.of(stage_list)
    standing = _standing(stage_events, as_of)
    products = records.products.products if records.products is not None else {}
    categories = records.products.categories if records.products is not None else {}
    rows = []
    for id, card in records.customers.items():
        journey = standing.get(id)
        if journey is None or journey.stands.stage not in ladder.won:
            continue
        for product in history.not_bought(card, records, as_of):
            category = products[product].category
            name = categories[category].name if category in categories else category
            rows.append({"key": f"{id}/{product}", "product": products[product].name, "category": name})
    return frame(columns.OFFERS, rows)


def next_steps(
    records: Any, stage_events: pl.DataFrame, stage_list: pl.DataFrame, results: Mapping[str, Result], as_of: dt.date
) -> pl.DataFrame:
    """What to do next with every card, by written rules."""
    ladder, standing, places = Ladder.of(stage_list), _standing(stage_events, as_of), _places(results)

    def found() -> Iterator[dict[str, Any]]:
        for id, card in records.customers.items():
            stands = standing[id].stands if id in standing else None
            won = stands is not None and stands.stage in ladder.won
            for number, (rule, about, day) in enumerate(steps(card, records, stands, won, places.get(id), as_of), 1):
                row = {"key": f"{id}/{number}", "step": rule, "about": about}
                yield row | {"day": known(day, "not-relevant")}

    return frame(columns.STEPS, found())


def attention(results: Mapping[str, Result]) -> tuple[Attention, ...]:
    """Complaints that nobody has settled."""
    names = dict(results["cards"].rows.select("key", "name").iter_rows())
    found = []
    for row in results["next_steps"].rows.filter(pl.col("step") == "complaint").iter_rows(named=True):
        id = row["key"].partition("/")[0]
        what = ("The complaint from %(name)s is not settled.", {"name": names[id]})
        so = ("It came on %(day)s: %(about)s.", {"day": row["day"], "about": row["about"]})
        found.append(
            Attention("customer", "warning", 20.0, what, so, ("customer", id), (("customer", id),), "marketing")
        )
    return tuple(found)


RESULTS = (
    Metric("cards", columns.CARDS, cards),
    Metric("summary", columns.SUMMARY, summary, total_key="total"),
    Metric("contacts", columns.CONTACTS, contacts),
    Metric("ours", columns.OURS, ours),
    Metric("events", columns.EVENTS, events),
    Metric("satisfaction", columns.SATISFACTION, satisfaction),
    Metric("books", columns.BOOKS, books),
    Metric("offers", columns.OFFERS, offers),
    Metric("next_steps", columns.STEPS, next_steps),
)
