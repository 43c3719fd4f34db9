"""Sales temperature: sales against their budget so far, and what the rest of the year asks for (B1, B2, F8).

The year and its months are in `sales.py`, products, segments and sellers in `parts.py`.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from fractions import Fraction
from typing import Any

import polars as pl

from sitegen.metrics import activities
from sitegen.metrics.figures import Figure, Undefined, combine, frame, known, named, ratio, share
from sitegen.periods import Calendar
from sitegen.report import Attention, Metric, Value
from sitegen.reports.sales_temperature import parts
from sitegen.reports.sales_temperature.sales import MISSING, Year, against, pairs, summed, weeks, year_of
from sitegen.results import Column, Result

STATES = {"reached": "Reached", "on-budget": "On budget", "behind": "Behind", "unknown": "Not known"}
EARLY = "months with sales written that had not ended: they are not counted"
UNDATED = "activities of the plan without dates: whether they lie in the rest of the year is not known"

YEAR_COLUMNS = (
    Column("budget", "money", "Budget of the year", "marketing"),
    Column("second_half", "share", "In the second half", "marketing", "Budget of months 7 to 12 ÷ budget of the year"),
    Column("ended", "count", "Months that have ended", "marketing"),
    Column("written", "count", "Months with sales", "marketing"),
    Column("through", "day", "To the end of", "marketing"),
    Column("sold", "money", "Sold so far", "marketing"),
    Column("budget_so_far", "money", "Budget so far", "marketing", "Of the months whose sales are written"),
    Column("attainment", "share", "Attainment", "marketing", "Sold ÷ budget of the same months"),
    Column("gap", "money", "Gap", "marketing", "Sold − budget of the same months"),
    Column("state", "text", "State", "marketing", words=STATES),
    Column("rest", "money", "Left to sell", "marketing", "Budget of the year − sold so far, at least 0"),
    Column("weeks_gone", "ratio", "Working weeks so far", "marketing", "Working days ÷ the working days of a week"),
    Column("weeks_left", "ratio", "Working weeks left", "marketing", "Working days ÷ the working days of a week"),
    Column("pace", "money", "Sold a working week", "marketing"),
    Column("needed", "money", "Needed a working week", "marketing", "Left to sell ÷ working weeks left"),
    Column("hockey", "ratio", "Needed ÷ pace so far", "marketing"),
    Column("due", "count", "Activities in the rest of the year", "marketing"),
    Column("due_revenue", "money", "Revenue they should give", "marketing"),
    Column("due_said", "count", "Activities with an expected revenue", "marketing"),
)


def run_rate(year: Year, calendar: Calendar) -> dict[str, Figure]:
    """What is left to sell, and what a working week of the rest must give (F8, B2).

    Formula:
        rest = budget of the year − sold; needed = rest ÷ working weeks left; pace = sold ÷ working weeks so far;
        hockey = needed ÷ pace. Working weeks left begin after the last month whose sales are known.

    Undefined:
        a month before it is missing → missing-month (what was sold so far is not known); no week left → no-weeks;
        nothing sold → no-cases; rest ≤ 0 is reached: rest, needed and hockey are 0.
    """
    gone, ahead = weeks(year.counted, calendar), calendar.working_weeks(year.through or year.start, year.end)
    sold: Figure = year.sold_known if year.counted else year.none_known
    rest = parts.left(year.budget, year.sold)
    reached = rest == 0
    pace = ratio(sold, gone, "no-weeks")
    needed = Fraction(0) if reached else ratio(rest, ahead, "no-weeks")
    hockey = combine(lambda rate, own: Fraction(rate) / own if own > 0 else Undefined("no-cases"), needed, pace)
    return {
        "rest": rest,
        "weeks_gone": gone,
        "weeks_left": ahead,
        "pace": pace,
        "needed": needed,
        "hockey": Fraction(0) if reached else hockey,
    }


def year_rows(records: Any, organisation: Any, calendar: Calendar, as_of: dt.date) -> pl.DataFrame:
    """The organisation's year that holds the day, one row; none where no month of it is written."""
    year = year_of(records, organisation, as_of)
    if year is None:
        return frame(YEAR_COLUMNS, [])
    so_far = against(pairs(year.months), year.none_known)
    rates = run_rate(year, calendar)
    ahead = summed([month.budget for month in year.halves[1]])
    coming, _ = _coming(records, year, as_of)
    expected = [_revenue(activity) for activity in coming.values()]
    said = [amount for amount in expected if amount is not None]
    gap = so_far["gap"]
    state = "unknown" if isinstance(gap, Undefined) else "behind" if gap < 0 else "on-budget"
    row = {
        "key": year.name,
        "budget": year.budget,
        **share("second_half", combine(lambda _, own: own, year.budget, ahead), year.budget, "no-budget"),
        "ended": sum(month.ended for month in year.months),
        "written": len(year.counted),
        "through": known(year.counted[-1].period.last if year.counted else None, year.none_known.why),
        "budget_so_far": so_far.pop("budget"),
        **so_far,
        "state": "reached" if rates["rest"] == 0 else state,
        **rates,
        "due": len(coming),
        "due_revenue": sum(said) if said else Undefined("no-cases"),
        "due_said": len(said),
    }
    return frame(YEAR_COLUMNS, [row])


HALF_COLUMNS = (
    Column("half", "text", "Half", "marketing", words={"1": "First half", "2": "Second half"}),
    Column("budget", "money", "Budget", "marketing"),
    Column("share", "share", "Of the year's budget", "marketing"),
    Column("weeks", "ratio", "Working weeks", "marketing", "Working days ÷ the working days of a week"),
    Column("budget_so_far", "money", "Budget so far", "marketing", "Of the months whose sales are written"),
    Column("sold", "money", "Sold so far", "marketing"),
    Column("attainment", "share", "Attainment", "marketing", "Sold ÷ budget of the same months"),
    Column("gap", "money", "Gap", "marketing", "Sold − budget of the same months"),
)


def half_rows(records: Any, organisation: Any, calendar: Calendar, as_of: dt.date) -> pl.DataFrame:
    """The two halves of the year: budget, its share, working weeks and sales so far (B1, B2)."""
    year = year_of(records, organisation, as_of)
    rows = []
    for number, months in enumerate(year.halves if year is not None else (), 1):
        assert year is not None
        budget = summed([month.budget for month in months])
        why = MISSING if any(month.ended for month in months) else Undefined("immature")
        so_far = against(pairs(months), why)
        rows.append(
            {
                "key": f"{year.name}/H{number}",
                "half": str(number),
                "budget": budget,
                **share("share", combine(lambda _, own: own, year.budget, budget), year.budget, "no-budget"),
                "weeks": weeks(months, calendar),
                "budget_so_far": so_far.pop("budget"),
                **so_far,
            }
        )
    return frame(HALF_COLUMNS, rows)


MONTH_COLUMNS = (
    Column("month", "day", "Month", "marketing"),
    Column("budget", "money", "Budget", "marketing"),
    Column("sold", "money", "Sold", "marketing"),
    Column("attainment", "share", "Attainment", "marketing", "Sold ÷ budget"),
    Column("gap", "money", "Gap", "marketing", "Sold − budget"),
    Column("weeks", "ratio", "Working weeks", "marketing", "Working days ÷ the working days of a week"),
    Column("budget_sum", "money", "Budget, running total", "marketing"),
    Column("sold_sum", "money", "Sold, running total", "marketing"),
    Column("needed_sum", "money", "Needed, running total", "marketing", "Sold so far + needed a week × weeks since"),
)


def month_rows(
    records: Any, organisation: Any, calendar: Calendar, as_of: dt.date
) -> tuple[pl.DataFrame, dict[str, int]]:
    """The twelve months of the year, each by itself and as running totals.

    Undefined:
        a month that has not ended → immature; one whose sales or budget is not written → missing-month, and the
        running totals from it on; the needed line begins at the last known month: before it → not-relevant.
    """
    year = year_of(records, organisation, as_of)
    if year is None:
        return frame(MONTH_COLUMNS, []), {}
    needed = run_rate(year, calendar)["needed"]
    rows = []
    for place, month in enumerate(year.months, 1):
        before = year.months[:place]
        why = MISSING if month.ended else Undefined("immature")
        budget: Figure = MISSING if month.budget is None else month.budget
        own = against(pairs([month]), why)
        to_here: Figure = Undefined("not-relevant")
        if month.period.end >= (year.through or year.start):
            ahead = calendar.working_weeks(year.through or year.start, month.period.end)
            to_here = combine(lambda rate, ahead=ahead: year.sold_known + rate * ahead, needed)
        rows.append(
            {
                "key": str(month.period),
                "month": month.period.start,
                **own,
                "budget": budget,
                "weeks": weeks([month], calendar),
                "budget_sum": _running([one.budget for one in before], MISSING),
                "sold_sum": _running([one.sold for one in before], why if month.sold is None else MISSING),
                "needed_sum": to_here,
            }
        )
    return frame(MONTH_COLUMNS, rows), named({EARLY: year.early})


def _running(amounts: list[int | None], why: Undefined) -> Figure:
    known = [amount for amount in amounts if amount is not None]
    return sum(known) if len(known) == len(amounts) else why


DUE_COLUMNS = (
    Column("name", "text", "Activity", "marketing"),
    Column("segment", "text", "Segment", "marketing"),
    Column("segment_gap", "money", "Gap of its segment", "marketing", "In the half: sold − budget of the same months"),
    Column("from", "day", "From", "marketing"),
    Column("to", "day", "To", "marketing"),
    Column("expected_revenue", "money", "Revenue expected", "marketing"),
    Column("expected_meetings", "count", "Meetings expected", "marketing"),
    Column("expected_leads", "count", "Leads expected", "marketing"),
)


def _coming(records: Any, year: Year, as_of: dt.date) -> tuple[dict[str, Any], int]:
    """The activities of the plan in force with days left in the year after the day, in order of beginning; and how many
    have no dates.
    """
    found = activities.newest_plan(records, as_of)
    every = (found[1].activities or {}) if found else {}
    live = {id: one for id, one in every.items() if activities.state(one, as_of) in ("planned", "running")}
    held = {id: one for id, one in live.items() if one.to > as_of and one.from_ < year.end}
    undated = sum(activities.state(one, as_of) == "undated" for one in every.values())
    return dict(sorted(held.items(), key=lambda item: (item[1].from_, item[1].to, item[0]))), undated


def _revenue(activity: Any) -> int | None:
    return activity.expects.revenue if activity.expects is not None else None


def due_rows(records: Any, organisation: Any, as_of: dt.date) -> tuple[pl.DataFrame, dict[str, int]]:
    """The activities of the plan with days left in the year: what is to bring the rest."""
    year = year_of(records, organisation, as_of)
    if year is None:
        return frame(DUE_COLUMNS, []), {}
    names = parts.segment_names(records)
    gaps = {row["key"]: row["half_gap"] for row in parts.rows_of(year, "segment", names)[0]}
    coming, undated = _coming(records, year, as_of)
    rows = [
        {
            "key": id,
            "name": one.name,
            "segment": names.get(one.segment, one.segment),
            "segment_gap": gaps.get(one.segment, Undefined("not-relevant")),
            "from": one.from_,
            "to": one.to,
            **{
                f"expected_{what}": known(getattr(one.expects, what, None), "unknown-part")
                for what in ("revenue", "meetings", "leads")
            },
        }
        for id, one in coming.items()
    ]
    return frame(DUE_COLUMNS, rows), named({UNDATED: undated})


def attention(results: Mapping[str, Result]) -> list[Attention]:
    """Sales under their budget so far."""
    found = []
    for row in results["year"].rows.iter_rows(named=True):
        if row["gap"] is None or row["gap"] >= 0 or row["state"] == "reached":
            continue
        figures = {name: Value("year", row["key"], name) for name in ("attainment", "rest", "needed", "hockey")}
        more: tuple[str, dict[str, Any]] = ("Put most into what is furthest behind.", {})
        if row["hockey"] is not None:
            said = "%(rest)s are left to sell: %(needed)s a working week, %(hockey)s times the pace so far."
            more = (said, {name: figures[name] for name in ("rest", "needed", "hockey")})
        found.append(
            Attention(
                report="sales_temperature",
                severity="warning",
                weight=-row["gap"] / 50_000,
                what=("Sales stand at %(share)s of the budget so far.", {"share": figures["attainment"]}),
                so=more,
                page=("sales_temperature", None),
                sources=(("sales", f"{row['through']:%Y-%m}"),),
                audience="marketing",
            )
        )
    return found


RESULTS = (
    Metric("year", YEAR_COLUMNS, year_rows),
    Metric("halves", HALF_COLUMNS, half_rows),
    Metric("months", MONTH_COLUMNS, month_rows),
    Metric("products", parts.PRODUCT_COLUMNS, parts.product_rows, total_key=parts.TOTAL),
    Metric("segments", parts.SEGMENT_COLUMNS, parts.segment_rows, total_key=parts.TOTAL),
    Metric("sellers", parts.SELLER_COLUMNS, parts.seller_rows, total_key=parts.TOTAL),
    Metric("due", DUE_COLUMNS, due_rows),
)
