"""The columns of the funnel's tables."""

from __future__ import annotations

from sitegen.metrics.stages import HORIZONS
from sitegen.results import Column

BASES = {"lead": "By the month they came in", "booked": "By the month their first meeting was booked"}
STATES = {
    "overdue": "On hold and past the day to call again",
    "stuck": "Open without any contact for more than 90 days",
    "unreported": "Meetings that have passed without a report",
}
_STEP = Column("step", "share", "Of the stage before", about="In the same period: the two are not the same leads")
_WITHIN = tuple(Column(f"within_{days}", "share", f"Within {days} days") for days in HORIZONS)

SUMMARY = (
    Column("stage", "text", "Stage"),
    Column("last_month", "text", "Month"),
    Column("month", "count", "Last complete month"),
    Column("month_before", "count", "The month before"),
    Column("month_change", "count", "Change by month"),
    Column("last_quarter", "text", "Quarter"),
    Column("quarter", "count", "Last complete quarter"),
    Column("quarter_before", "count", "The quarter before"),
    Column("quarter_change", "count", "Change by quarter"),
    _STEP,
)
FLOW = (
    Column("month", "day", "Month"),
    Column("stage", "text", "Stage"),
    Column("count", "count", "Reached it"),
    _STEP,
    Column("complete", "text", "The month is over", words={"yes": "Yes", "no": "No"}),
)
YEARS = (
    Column("year", "text", "Year"),
    Column("stage", "text", "Stage"),
    Column("count", "count", "Reached it"),
    Column("months", "count", "Known months of 12"),
    _STEP,
)
STOCK = (Column("stage", "text", "Stage"), Column("count", "count", "Stand here"))
COHORTS = (
    Column("basis", "text", "Counted", words=BASES),
    Column("month", "day", "Month"),
    Column("leads", "count", "Leads"),
    Column("meetings", "count", "Meetings booked"),
    *_WITHIN,
    Column("so_far", "share", "So far", about="The leads have had different time: not to be compared"),
)
MEETINGS = (
    Column("month", "day", "Month"),
    Column("booked", "count", "Booked", about="By the day they were booked"),
    Column("booked_leads", "count", "Firms that booked"),
    Column("held", "count", "Held", about="By their date, as the following columns"),
    Column("held_leads", "count", "Firms met"),
    Column("cancelled", "count", "Cancelled"),
    Column("no_show", "count", "No-show"),
    Column("unreported", "count", "Not reported"),
    Column("upcoming", "count", "Still to come"),
    Column("attended", "share", "Held of those decided"),
)
MEETING_TO_CUSTOMER = (
    Column("quarter", "text", "Quarter"),
    Column("met", "count", "Leads met"),
    Column("won", "share", "Customers now"),
    Column("open", "count", "Still open"),
    Column("inactive", "count", "Inactive"),
)
WAITING = (
    Column("state", "text", "Waits because", "marketing", words=STATES),
    Column("customer", "text", "Card", "marketing"),
    Column("name", "text", "Customer", "marketing"),
    Column("stage", "text", "Stage", "marketing"),
    Column("owner", "text", "Salesperson", "marketing"),
    Column("since", "day", "Since", "marketing"),
    Column("days", "count", "Days", "marketing"),
)
FOLLOW_UP = (Column("count", "count", "How many", "marketing"),)
