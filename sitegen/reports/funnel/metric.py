"""The funnel: what flows through it (F9), what becomes of those who came in together (F10), meetings and customers
(T40–T43).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

import polars as pl

from sitegen import periods
from sitegen.metrics.figures import frame, named
from sitegen.metrics.intervals import share
from sitegen.metrics.stages import INACTIVE, Journey, Ladder, Unit, conversions, journeys
from sitegen.report import Metric
from sitegen.reports.funnel import columns, counts
from sitegen.reports.funnel.waiting import attention, follow_up, waiting

UNDATED = "leads that reached a stage on a day nobody has written"
NO_ENTRY = "leads without a known entry date"
BEFORE = "customers from before the records began"
ALREADY = "customers before their first meeting was booked"
ALREADY_MET = "customers before their first meeting was held"


def _step(before: str | None, upper: int | None, lower: int | None) -> dict[str, Any]:
    """The ratio of a stage to the one before it in the same period; above 1 where the two are not of the same leads
    (F9).
    """
    if before is None:
        return share("step", None, None, why="not-relevant")
    if upper is None or lower is None:
        return share("step", None, None, why="missing-month")
    return share("step", lower, upper)


def flow(
    stage_events: pl.DataFrame, stage_list: pl.DataFrame, web: pl.DataFrame, as_of: dt.date
) -> tuple[pl.DataFrame, dict[str, int]]:
    """Every month and stage: how many reached it for the first time, and the ratio to the stage before in that month.

    The newest month may be incomplete (`complete`). Months of this and the last calendar year.
    """
    ladder = Ladder.of(stage_list)
    funnel = counts.count(ladder, journeys(stage_events, as_of), web, as_of)
    rows = []
    for month in funnel.months:
        for before, stage in funnel.steps():
            number = funnel.counts[stage, month.start]
            upper = funnel.counts[before, month.start] if before is not None else None
            rows.append(
                {
                    "key": f"{month}/{stage}",
                    "month": month.start,
                    "stage": funnel.names[stage],
                    "complete": "yes" if month.last <= as_of else "no",
                    "count": number,
                    "count_why": counts.missing(number),
                    **_step(before, upper, number),
                }
            )
    return frame(columns.FLOW, rows), named({UNDATED: funnel.undated})


def years(stage_events: pl.DataFrame, stage_list: pl.DataFrame, web: pl.DataFrame, as_of: dt.date) -> pl.DataFrame:
    """Every year and stage: the sum of the months that are known, and how many of the twelve those are."""
    ladder = Ladder.of(stage_list)
    funnel = counts.count(ladder, journeys(stage_events, as_of), web, as_of)
    rows = []
    for year in sorted({periods.containing(month.start, "year") for month in funnel.months}):
        for before, stage in funnel.steps():
            own = funnel.known(stage, year)
            upper = funnel.known(before, year) if before is not None else []
            # Sums of different months are no ratio of one period.
            comparable = before is not None and len(upper) == len(own) and bool(own)
            total = sum(own) if own else None
            step = _step(before, sum(upper) if comparable else None, total)
            row = {"key": f"{year}/{stage}", "year": str(year), "stage": funnel.names[stage]}
            rows.append(row | {"count": total, "count_why": counts.missing(total), "months": len(own), **step})
    return frame(columns.YEARS, rows)


def summary(stage_events: pl.DataFrame, stage_list: pl.DataFrame, web: pl.DataFrame, as_of: dt.date) -> pl.DataFrame:
    """Every stage: the last complete month, quarter and the twelve last complete months, each against the one before.

    A change is a plain difference: the counts are small. `step` is of the quarter.
    """
    ladder = Ladder.of(stage_list)
    funnel = counts.count(ladder, journeys(stage_events, as_of), web, as_of)
    month, quarter = periods.last_complete(as_of, "month"), periods.last_complete(as_of, "quarter")
    rows = []
    for before, stage in funnel.steps():
        row: dict[str, Any] = {
            "key": stage,
            "stage": funnel.names[stage],
            "last_month": str(month),
            "last_quarter": str(quarter),
        }
        for name, period in (("month", month), ("quarter", quarter)):
            now, earlier = funnel.of(stage, period), funnel.of(stage, period.previous())
            change = now - earlier if now is not None and earlier is not None else None
            for column, value in ((name, now), (f"{name}_before", earlier), (f"{name}_change", change)):
                row |= {column: value, f"{column}_why": counts.missing(value)}
        upper = funnel.of(before, quarter) if before is not None else None
        rows.append(row | _step(before, upper, row["quarter"]))
    return frame(columns.SUMMARY, rows)


def stock(
    stage_events: pl.DataFrame, stage_list: pl.DataFrame, customers: pl.DataFrame, as_of: dt.date
) -> tuple[pl.DataFrame, dict[str, int]]:
    """Where every card stands on the day: in a stage, inactive, or in none yet; the parts are all cards (F22, G8)."""
    ladder = Ladder.of(stage_list)
    stands: dict[str, int] = {}
    found = journeys(stage_events, as_of)
    for journey in found:
        stands[journey.stands.stage] = stands.get(journey.stands.stage, 0) + 1
    cards = customers.filter(pl.col("merged_into").is_null()).height
    names = dict(zip(ladder.order, ladder.names, strict=True))
    rows = [{"key": stage, "stage": names[stage], "count": stands.get(stage, 0)} for stage in ladder.counted]
    rows.append({"key": INACTIVE, "stage": "", "count": stands.get(INACTIVE, 0)})
    rows.append({"key": "none", "stage": "", "count": cards - len(found)})
    rows.append({"key": "total", "stage": "", "count": cards})
    return frame(columns.STOCK, rows), named({"cards merged into another": customers.height - cards})


def _cohorts(
    found: Mapping[dt.date, list[Unit]], basis: str, meetings: Mapping[dt.date, int], as_of: dt.date
) -> list[dict[str, Any]]:
    rows = []
    for month in counts.shown_months(min(found, default=None), as_of):
        units = found.get(month.start, [])
        row = {"key": f"{basis}/{month}", "basis": basis, "month": month.start, "leads": len(units)}
        held = meetings.get(month.start, 0) if basis == "booked" else None
        row |= {"meetings": held, "meetings_why": "not-relevant" if held is None else None}
        rows.append(row | conversions(units, as_of))
    return rows


def cohorts(
    stage_events: pl.DataFrame, stage_list: pl.DataFrame, meetings: pl.DataFrame, as_of: dt.date
) -> tuple[pl.DataFrame, dict[str, int]]:
    """Of those who came in, or booked their first meeting, in a month: how many became customers within 30, 60, 90, 180
    days.

    The unit is the lead, also where it had several meetings; `meetings` counts those booked in the month beside it
    (T42). A card counts once, at its first entry (F10). A customer from before the records, or before its first
    meeting, is no new one (T43).
    """
    ladder = Ladder.of(stage_list)
    by_lead: dict[dt.date, list[Unit]] = {}
    left_out = {NO_ENTRY: 0, BEFORE: 0, ALREADY: 0}
    won: dict[str, tuple[bool, dt.date | None]] = {}
    for journey in journeys(stage_events, as_of):
        entered, customer = journey.first(ladder.order), ladder.won_on(journey)
        won[journey.customer] = (customer is not None, customer.day if customer is not None else None)
        if entered is None or entered.day is None:
            left_out[NO_ENTRY] += 1
        elif entered.stage in ladder.won:
            left_out[BEFORE] += 1
        else:
            unit = Unit(entered.day, customer.day if customer is not None else None)
            by_lead.setdefault(periods.month_of(entered.day).start, []).append(unit)
    by_booking: dict[dt.date, list[Unit]] = {}
    booked: dict[dt.date, int] = {}
    for row in counts.known_meetings(meetings, as_of):
        day = row["booked"]
        month = periods.month_of(day).start
        booked[month] = booked.get(month, 0) + 1
        is_customer, since = won.get(row["customer"], (False, None))
        if row["first"] and is_customer and (since is None or since < day):
            left_out[ALREADY] += 1
        elif row["first"]:
            by_booking.setdefault(month, []).append(Unit(day, since))
    rows = _cohorts(by_lead, "lead", {}, as_of) + _cohorts(by_booking, "booked", booked, as_of)
    return frame(columns.COHORTS, rows), named(left_out)


def meetings_held(meetings: pl.DataFrame, as_of: dt.date) -> tuple[pl.DataFrame, dict[str, int]]:
    """Every month: meetings booked in it by the day they were booked, and by their date what became of them (T41).

    A meeting after `as_of` is `upcoming`, not "not held"; one that has passed as `booked` is `unreported`. `attended`
    is held ÷ (held + cancelled + no-show).
    """
    known = counts.known_meetings(meetings, as_of)
    names = ("held", "cancelled", "no-show", "unreported", "upcoming")
    rows = []
    for month in counts.meeting_months(known, as_of):
        here = [row for row in known if row["date"] is not None and row["date"] in month]
        booked = [row for row in known if row["booked"] in month]
        states = {name: sum(row["now"] == name for row in here) for name in names}
        row: dict[str, Any] = {"key": str(month), "month": month.start, "booked": len(booked)}
        row["booked_leads"] = len({each["customer"] for each in booked})
        row |= {name.replace("-", "_"): number for name, number in states.items()}
        row["held_leads"] = len({each["customer"] for each in here if each["now"] == "held"})
        over = states["held"] + states["cancelled"] + states["no-show"]
        rows.append(row | share("attended", states["held"], over))
    undated = sum(row["now"] == "undated" for row in known)
    return frame(columns.MEETINGS, rows), named({"meetings without a date": undated})


def meeting_to_customer(
    stage_events: pl.DataFrame, stage_list: pl.DataFrame, meetings: pl.DataFrame, as_of: dt.date
) -> tuple[pl.DataFrame, dict[str, int]]:
    """Of the leads whose first meeting was held, by its quarter: how many are customers, still open or inactive now
    (T43).

    The first meeting is the earliest booked; one that was not held is in no denominator. A firm that was a customer
    before the meeting is no new one.
    """
    ladder = Ladder.of(stage_list)
    cards = {journey.customer: journey for journey in journeys(stage_events, as_of)}
    met: dict[str, list[str]] = {}
    left_out = {"leads whose first meeting was not held": 0, ALREADY_MET: 0}
    for row in counts.known_meetings(meetings, as_of):
        if not row["first"]:
            continue
        if row["now"] != "held":
            left_out["leads whose first meeting was not held"] += 1
            continue
        outcome = _outcome(cards.get(row["customer"]), ladder, row["date"])
        if outcome == "before":
            left_out[ALREADY_MET] += 1
        else:
            met.setdefault(str(periods.containing(row["date"], "quarter")), []).append(outcome)
    everyone = [outcome for quarter in met.values() for outcome in quarter]
    rows = []
    for key, outcomes in (*sorted(met.items()), ("total", everyone)):
        line: dict[str, Any] = {"key": key, "quarter": key if key != "total" else "", "met": len(outcomes)}
        line |= {"open": outcomes.count("open"), "inactive": outcomes.count("inactive")}
        rows.append(line | share("won", outcomes.count("won"), len(outcomes)))
    return frame(columns.MEETING_TO_CUSTOMER, rows), named(left_out)


def _outcome(journey: Journey | None, ladder: Ladder, held: dt.date) -> str:
    """What became of a lead whose first meeting was held on this day; `before` where it was a customer by then."""
    customer = ladder.won_on(journey) if journey is not None else None
    if customer is not None:
        # On one day meetings come before what is written (F20); an unknown day may have been before.
        return "won" if customer.day is not None and customer.day >= held else "before"
    return "inactive" if journey is not None and journey.stands.stage == INACTIVE else "open"


__all__ = ["RESULTS", "attention"]

RESULTS = (
    Metric("summary", columns.SUMMARY, summary),
    Metric("flow", columns.FLOW, flow),
    Metric("years", columns.YEARS, years),
    Metric("stock", columns.STOCK, stock, total_key="total"),
    Metric("cohorts", columns.COHORTS, cohorts),
    Metric("meetings", columns.MEETINGS, meetings_held),
    Metric("meeting_to_customer", columns.MEETING_TO_CUSTOMER, meeting_to_customer, total_key="total"),
    Metric("waiting", columns.WAITING, waiting),
    Metric("follow_up", columns.FOLLOW_UP, follow_up),
)
