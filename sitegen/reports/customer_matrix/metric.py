"""The customer matrix: value against share of wallet, who moved, and who has no place (M2–M9, M16, M33)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from fractions import Fraction
from typing import Any

import polars as pl

from sitegen import periods
from sitegen.metrics.figures import Figure, Undefined, combine, frame, known
from sitegen.metrics.stages import Ladder, journeys
from sitegen.metrics.wallet import CELL_IDS, CELL_NAMES, CELLS, PLACES, STRATEGIES, TOTAL_IS, move
from sitegen.report import Attention, Counted, Metric, Value
from sitegen.reports.customer_matrix.placing import (
    NO_COST,
    NO_FIGURES,
    NO_RATE,
    NO_TOTAL,
    UNPLACED,
    Matrix,
    loyalty,
    place,
    strategy,
)
from sitegen.results import Column, Result

ABOUT = {cell.id: cell.about for cell in CELLS} | {"unknown": "Customers whose place is not known"}
CODES = {cell.id: cell.code for cell in CELLS}
MOVES = {"up": "Up", "down": "Down", "across": "Across", "same": "Unchanged", "new": "New", "unknown": "Not known"}
MEASURES = {"contribution": "contribution", "revenue": "revenue"}
FLAGS = {
    "over": "We sold more than the customer's total: one of the two is wrong",
    "credit": "Credit notes exceed sales: counted as 0",
    "loss": "Loss-making",
}
DISSATISFIED = 3
"""Loyalty from this class on is dissatisfied; 1 is best, 4 worst (M13)."""


def _matrices(organisation: Any, as_of: dt.date, tables: Mapping[str, pl.DataFrame]) -> tuple[Matrix, Matrix]:
    """The matrix of the last complete period, and of the one before it (F12a)."""
    settings = organisation.customer_matrix
    period = periods.last_complete(as_of, settings.period)
    now, before = (
        place(one, settings.value, tuple(settings.share_limits), **tables) for one in (period, period.previous())
    )
    return now, before


def _went(customer: str, now: Matrix, before: Matrix) -> str:
    """What became of a customer since the period before: a key of MOVES."""
    here, there = now.cell(customer), before.cell(customer)
    if there is None:
        return "new"
    if "unknown" in (here, there):
        return "unknown"
    return move(there, here) or "same"


def _next_meetings(meetings: pl.DataFrame, as_of: dt.date) -> dict[str, dt.date]:
    coming = meetings.filter((pl.col("booked") <= as_of) & (pl.col("date") > as_of) & (pl.col("state") != "cancelled"))
    return dict(coming.group_by("customer").agg(pl.col("date").min()).iter_rows())


def customers(
    stage_events: pl.DataFrame,
    stage_list: pl.DataFrame,
    figures: pl.DataFrame,
    logged: pl.DataFrame,
    answers: pl.DataFrame,
    meetings: pl.DataFrame,
    records: Any,
    organisation: Any,
    as_of: dt.date,
) -> tuple[pl.DataFrame, dict[str, int]]:
    """Every customer of the period, the largest potential first; those without a known potential last, by name."""
    tables = {"stage_events": stage_events, "stage_list": stage_list, "figures": figures, "logged": logged}
    now, before = _matrices(organisation, as_of, tables)
    loyal, _ = loyalty(answers, as_of)
    ladder = Ladder.of(stage_list)
    won = {journey.customer: ladder.won_on(journey) for journey in journeys(stage_events, as_of)}
    coming = _next_meetings(meetings, as_of)
    rows = []
    for id, placed in now.places.items():
        card = records.customers[id]
        own, share = placed.books, placed.wallet
        mean, nearest = loyal.get(id, (None, None))
        event = won.get(id)
        wanted = card.wanted
        losing = not isinstance(own.contribution, Undefined) and own.contribution < 0
        part = Undefined("unknown-part") if share.percent is None else combine(_of, own.revenue, own.total)
        rows.append(
            {
                "key": id,
                "name": card.name or id,
                "cell": placed.cell or "unknown",
                "value": placed.value or "",
                "share_group": str(share.group or ""),
                "revenue": own.revenue,
                "direct_cost": own.direct,
                "time_cost": own.time,
                "contribution": own.contribution,
                "purchases": own.total,
                "total_is": own.total_is,
                "share": part,
                "share_k": None if isinstance(part, Undefined) else combine(lambda ours: max(ours, 0), own.revenue),
                "share_n": None if isinstance(part, Undefined) else own.total,
                "potential": known(share.potential_minor, "unknown-part"),
                "loyalty": known(nearest, "no-cases"),
                "loyalty_mean": known(mean, "no-cases"),
                "flag": share.flag or ("loss" if losing else ""),
                "before": before.cell(id) or "",
                "move": _went(id, now, before),
                "strategy": strategy(placed, nearest, event.day if event is not None else None, as_of) or "",
                "wanted": wanted.cell if wanted is not None else "",
                "wanted_by": known(wanted.by if wanted is not None else None, "not-relevant"),
                "action": (wanted.action if wanted is not None else None) or "",
                "next_meeting": known(coming.get(id), "no-cases"),
                "why": placed.why or "",
            }
        )
    rows.sort(
        key=lambda row: (isinstance(row["potential"], Undefined), -_number(row["potential"]), row["name"], row["key"])
    )
    outside = sum(
        id not in now.places and bool({event.stage for event in journey.events} & ladder.won)
        for id, journey in ((each.customer, each) for each in journeys(stage_events, as_of))
    )
    left_out = {"customers of other periods: won after this one, or left without revenue in it": outside}
    return frame(CUSTOMER_COLUMNS, rows), {msgid: number for msgid, number in left_out.items() if number}


def _of(ours: Any, total: Any) -> Figure:
    """Our sales ÷ the total; credit notes count as no sales (F12)."""
    return Fraction(max(ours, 0)) / total if total else Undefined("unknown-part")


def _number(figure: Figure) -> Any:
    return 0 if isinstance(figure, Undefined) else figure


def _sum(values: Iterable[Any]) -> Figure:
    """The sum of what is known; unknown where there is something, and none of it is known."""
    values = list(values)
    some = [value for value in values if value is not None]
    return Undefined("unknown-part") if values and not some else sum(some)


def cells(results: Mapping[str, Result]) -> pl.DataFrame:
    """The nine cells, those without a place, and the sum of all (M7, M8, G8)."""
    every = list(results["customer_matrix.customers"].rows.iter_rows(named=True))
    rows = []
    for key in (*CELL_IDS, "unknown", "total"):
        own = [row for row in every if key in (row["cell"], "total")]
        named = "" if key == "total" else key
        row: dict[str, Any] = {"key": key, "cell": named, "code": CODES.get(key, ""), "about": named}
        row["customers"] = len(own)
        row |= {
            name: _sum(each[name] for each in own) for name in ("revenue", "contribution", "purchases", "potential")
        }
        loyal = [each["loyalty"] for each in own]
        row["satisfied"] = sum(value is not None and value < DISSATISFIED for value in loyal)
        row["dissatisfied"] = sum(value is not None and value >= DISSATISFIED for value in loyal)
        row["loyalty_unknown"] = sum(value is None for value in loyal)
        rows.append(row)
    return frame(CELL_COLUMNS, rows)


def moves(
    stage_events: pl.DataFrame,
    stage_list: pl.DataFrame,
    figures: pl.DataFrame,
    logged: pl.DataFrame,
    organisation: Any,
    as_of: dt.date,
) -> pl.DataFrame:
    """How many customers went from each place to each other since the period before (M33).

    Every customer of either period is in exactly one pair: the sum by `from` is the matrix before, by `to` the one now.
    """
    tables = {"stage_events": stage_events, "stage_list": stage_list, "figures": figures, "logged": logged}
    now, before = _matrices(organisation, as_of, tables)
    pairs = [(before.cell(id) or "new", now.cell(id) or "lost") for id in now.places.keys() | before.places.keys()]
    rows = [
        {"key": f"{there}/{here}", "from": there, "to": here, "customers": pairs.count((there, here))}
        for there in (*CELL_IDS, "unknown", "new")
        for here in (*CELL_IDS, "unknown", "lost")
    ]
    return frame(MOVE_COLUMNS, rows)


def overall(results: Mapping[str, Result], answers: pl.DataFrame, organisation: Any, as_of: dt.date) -> pl.DataFrame:
    """One row `now`: the period, what it is measured by, and how many customers moved, came, left or have no place."""
    settings = organisation.customer_matrix
    period = periods.last_complete(as_of, settings.period)
    every = list(results["customer_matrix.customers"].rows.iter_rows(named=True))
    pairs = results["customer_matrix.moves"].rows
    went = [row["move"] for row in every]
    _, asked = loyalty(answers, as_of)
    angry = [row for row in every if row["value"] == "A" and (row["loyalty"] or 0) >= DISSATISFIED]
    row: dict[str, Any] = {
        "key": "now",
        "period": str(period),
        "before": str(period.previous()),
        "measure": settings.value,
        "customers": len(every),
        "placed": sum(row["cell"] != "unknown" for row in every),
        "dissatisfied_a": len(angry),
        "asked": known(asked, "no-cases"),
        "lost": pairs.filter(pl.col("to") == "lost")["customers"].sum(),
        "loss_making": sum(row["flag"] == "loss" for row in every),
    }
    row |= {name: went.count(name) for name in ("up", "down", "across", "new")}
    return frame(OVERALL_COLUMNS, [row])


def unplaced(results: Mapping[str, Result], organisation: Any, as_of: dt.date) -> pl.DataFrame:
    """The customers without a place, and what to write where; by reason, then the largest revenue."""
    period = periods.last_complete(as_of, organisation.customer_matrix.period)
    write = {
        NO_FIGURES: f"figures: {period}: revenue",
        NO_COST: f"figures: {period}: direct_cost, time_cost",
        NO_RATE: "internal_rate",
        NO_TOTAL: f"figures: {period}: total_purchases",
    }
    order = list(UNPLACED)
    rows = [
        {
            "key": row["key"],
            "name": row["name"],
            "value": row["value"],
            "revenue": known(row["revenue"], "unknown-part"),
            "why": row["why"],
            "write": write.get(row["why"], ""),
        }
        for row in results["customer_matrix.customers"].rows.iter_rows(named=True)
        if row["cell"] == "unknown"
    ]
    rows.sort(key=lambda row: (order.index(row["why"]), -_number(row["revenue"]), row["name"]))
    return frame(UNPLACED_COLUMNS, rows)


def attention(results: Mapping[str, Result]) -> tuple[Attention, ...]:
    """Dissatisfied A customers without a meeting, A customers that cost more than they give, doubtful figures, the
    unplaced.
    """
    found = []
    table = results["customers"]
    if not table.has("cell"):
        return ()
    for row in table.rows.iter_rows(named=True):
        id, values = row["key"], {"name": row["name"], "revenue": Value("customers", row["key"], "revenue")}
        worth = abs(row["revenue"] or 0) / 100 / 500

        def add(
            severity: str, what: str, so: str, id: str = id, values: dict[str, Any] = values, worth: float = worth
        ) -> None:
            page = ("customer", id)
            found.append(
                Attention("customer_matrix", severity, worth, (what, values), (so, values), page, (page,), "management")
            )

        if row["value"] == "A" and (row["loyalty"] or 0) >= DISSATISFIED and row["next_meeting"] is None:
            add(
                "urgent",
                "%(name)s is among the most valuable customers, is dissatisfied and has no meeting booked.",
                "Revenue of %(revenue)s in the period is at risk.",
            )
        if row["value"] == "A" and row.get("contribution") is not None and row["contribution"] <= 0:
            add(
                "warning",
                "%(name)s is an A customer without any contribution.",
                "It buys for %(revenue)s in the period.",
            )
        if row["flag"] == "over":
            add(
                "note",
                "%(name)s buys more from us than in all.",
                "Sales are %(revenue)s: correct one of the two figures.",
            )
    missing = results["unplaced"].rows.height
    if missing:
        customers = Counted("%(n)s customer", "%(n)s customers", Value("cells", "unknown", "customers"))
        what = ("The matrix has no place for %(customers)s, since figures are missing.", {"customers": customers})
        so = (
            "They bought for %(revenue)s in the period, as far as it is written.",
            {"revenue": Value("cells", "unknown", "revenue")},
        )
        sources = tuple(("customer", id) for id in results["unplaced"].rows["key"].head(3))
        page = ("customer_matrix", None)
        found.append(Attention("customer_matrix", "note", 20.0 * missing, what, so, page, sources, "marketing"))
    return tuple(found)


_MONEY = (
    Column("revenue", "money", "Revenue", "marketing"),
    Column("contribution", "money", "Contribution", "management", "Sales − direct costs − time"),
    Column("purchases", "money", "Total purchases", "marketing", "What the customer buys of the kind, from anyone"),
    Column("potential", "money", "Potential", "marketing", "Total purchases − our sales"),
)
CUSTOMER_COLUMNS = (
    Column("name", "text", "Customer", "marketing"),
    Column("cell", "text", "Cell", "marketing", words=PLACES),
    Column("value", "text", "Value", "marketing", "A, B or C: three groups of equal size"),
    Column("share_group", "text", "Share group", "marketing", "1 is the largest share of wallet"),
    *_MONEY,
    Column("direct_cost", "money", "Direct costs", "management"),
    Column("time_cost", "money", "Time costs", "management", "As written, else hours × rate"),
    Column("share", "share", "Share of wallet", "marketing", "Our sales ÷ total purchases"),
    Column("total_is", "text", "The total is", "marketing", words=TOTAL_IS),
    Column("loyalty", "score", "Loyalty", "marketing", "1 is best, 4 worst; the mean of the firm's answers"),
    Column("loyalty_mean", "score", "Loyalty, mean", "marketing"),
    Column("flag", "text", "Note", "marketing", words=FLAGS),
    Column("before", "text", "Cell before", "marketing", words=PLACES),
    Column("move", "text", "Move", "marketing", words=MOVES),
    Column("strategy", "text", "Strategy", "marketing", words=STRATEGIES),
    Column("wanted", "text", "Wanted cell", "marketing", words=CELL_NAMES),
    Column("wanted_by", "day", "Wanted by", "marketing"),
    Column("action", "text", "By means of", "marketing"),
    Column("next_meeting", "day", "Next meeting", "marketing"),
    Column("why", "text", "Why it has no place", "marketing", words=UNPLACED),
)
CELL_COLUMNS = (
    Column("cell", "text", "Cell", "marketing", words=PLACES),
    Column("code", "text", "Code", "marketing"),
    Column("customers", "count", "Customers", "marketing"),
    *_MONEY,
    Column("satisfied", "count", "Satisfied", "marketing"),
    Column("dissatisfied", "count", "Dissatisfied", "marketing"),
    Column("loyalty_unknown", "count", "Loyalty not known", "marketing"),
    Column("about", "text", "In words", "marketing", words=ABOUT),
)
MOVE_COLUMNS = (
    Column("from", "text", "From", "marketing", words=PLACES | {"new": "Not a customer before"}),
    Column("to", "text", "To", "marketing", words=PLACES | {"lost": "No longer a customer"}),
    Column("customers", "count", "Customers", "marketing"),
)
OVERALL_COLUMNS = (
    Column("period", "text", "Period", "marketing"),
    Column("before", "text", "Period before", "marketing"),
    Column("measure", "text", "Value measured by", "marketing", words=MEASURES),
    Column("customers", "count", "Customers", "marketing"),
    Column("placed", "count", "Placed", "marketing"),
    Column("up", "count", "Moved up", "marketing"),
    Column("down", "count", "Moved down", "marketing"),
    Column("across", "count", "Moved across", "marketing", "One of value and share rose, the other fell"),
    Column("new", "count", "New in the matrix", "marketing"),
    Column("lost", "count", "No longer in it", "marketing"),
    Column("dissatisfied_a", "count", "Dissatisfied A customers", "marketing"),
    Column("loss_making", "count", "Loss-making", "management"),
    Column("asked", "day", "Loyalty asked", "marketing"),
)
UNPLACED_COLUMNS = (
    Column("name", "text", "Customer", "marketing"),
    Column("value", "text", "Value", "marketing"),
    Column("revenue", "money", "Revenue", "marketing"),
    Column("why", "text", "Why", "marketing", words=UNPLACED),
    Column("write", "text", "Write in the record", "marketing"),
)

RESULTS = (
    Metric("customers", CUSTOMER_COLUMNS, customers),
    Metric("cells", CELL_COLUMNS, cells, total_key="total"),
    Metric("moves", MOVE_COLUMNS, moves),
    Metric("overall", OVERALL_COLUMNS, overall),
    Metric("unplaced", UNPLACED_COLUMNS, unplaced),
)
