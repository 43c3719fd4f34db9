"""Where each customer lies in the matrix of one period: value, share of wallet, cell, and why not (F11b, F12, F12a,
F23).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

import narwhals as nw
import polars as pl

from sitegen.metrics.figures import Figure, Undefined, combine, known
from sitegen.metrics.hours import priced
from sitegen.metrics.stages import Ladder, journeys
from sitegen.metrics.tertiles import tertiles
from sitegen.metrics.wallet import Wallet, cell_of, loyalty_class, tile, wallet
from sitegen.periods import Period

NO_FIGURES, NO_COST, NO_RATE, NO_TOTAL, NOTHING = "no-figures", "no-cost", "no-rate", "no-total", "nothing"
UNPLACED = {
    NO_FIGURES: "No figures for the period",
    NO_COST: "Direct cost or time cost is missing",
    NO_RATE: "Hours on the customer have no rate",
    NO_TOTAL: "The customer's total purchases are not assessed",
    NOTHING: "Buys nothing of the kind, from us or anyone",
}
"""Why a customer has no place (msgids)."""


@dataclass(frozen=True)
class Books:
    """A card's figures of one period, minor units: its own, or summed from shorter ones that tile it (F12a)."""

    revenue: Figure
    direct: Figure
    time: Figure
    total: Figure
    total_is: str = ""

    @property
    def contribution(self) -> Figure:
        """Sales − direct costs − time-based costs; undefined where a part is (F11b)."""
        return combine(lambda sales, direct, time: sales - direct - time, self.revenue, self.direct, self.time)


@dataclass(frozen=True)
class Placed:
    """One customer in the matrix of a period; `cell` is None where it has no place, and `why` says what is missing."""

    books: Books
    wallet: Wallet
    value: str | None
    cell: str | None
    why: str | None


@dataclass(frozen=True)
class Matrix:
    """The customers of one period, by card."""

    period: Period
    places: Mapping[str, Placed] = field(default_factory=dict)

    def cell(self, customer: str) -> str | None:
        """The cell, `unknown` where it has no place, None where the card is not in this matrix."""
        placed = self.places.get(customer)
        return None if placed is None else placed.cell or "unknown"


def _time_costs(logged: pl.DataFrame, period: Period) -> dict[str, Figure]:
    """What the hours logged on each customer in the period cost (F1); no-rate where some of them have no rate."""
    own = logged.filter(pl.col("customer").is_not_null(), pl.col("day").is_between(period.start, period.last))
    found = priced(nw.from_native(own.lazy()), period.last, ["customer"]).collect(backend="polars").to_native()
    return {
        row["customer"]: Undefined("no-rate") if row["unpriced"] else Fraction(row["cost_60"], 60)
        for row in found.iter_rows(named=True)
    }


def books(figures: pl.DataFrame, time_costs: Mapping[str, Figure], period: Period) -> dict[str, Books]:
    """Every card's books of the period.

    Time cost is what is written, else that of the hours logged on the customer; neither is unknown, not 0.
    """
    by_card: dict[str, list[dict[str, Any]]] = {}
    for row in figures.sort("customer", "start", "end").iter_rows(named=True):
        by_card.setdefault(row["customer"], []).append(row)
    found = {}
    for customer in sorted(by_card.keys() | time_costs.keys()):
        rows = by_card.get(customer, [])

        def amount(name: str, rows: list[dict[str, Any]] = rows) -> Figure:
            amounts = {(row["start"], row["end"]): row[name] for row in rows}
            return known(tile(amounts, period.start, period.end), "unknown-part")

        written = amount("time_minor")
        logged = time_costs.get(customer, Undefined("unknown-part"))
        inside = [row["total_is"] for row in rows if row["start"] >= period.start and row["end"] <= period.end]
        # A sum of measured and assessed parts is assessed.
        total_is = "assessed" if "assessed" in inside else "measured" if "measured" in inside else ""
        time = logged if isinstance(written, Undefined) else written
        found[customer] = Books(
            amount("revenue_minor"), amount("direct_minor"), time, amount("purchases_minor"), total_is
        )
    return found


EMPTY = Books(*(Undefined("unknown-part"),) * 4)


def _why(measure: str, own: Books, share: Wallet) -> str | None:
    """What keeps a customer out of the cells; the first thing to write."""
    if isinstance(own.revenue, Undefined):
        return NO_FIGURES
    if measure == "contribution" and isinstance(own.contribution, Undefined):
        return NO_RATE if isinstance(own.time, Undefined) and own.time.why == "no-rate" else NO_COST
    if share.group is None:
        return NO_TOTAL if isinstance(own.total, Undefined) else NOTHING
    return None


def place(
    period: Period,
    measure: str,
    limits: tuple[int, ...],
    *,
    stage_events: pl.DataFrame,
    stage_list: pl.DataFrame,
    figures: pl.DataFrame,
    logged: pl.DataFrame,
) -> Matrix:
    """The matrix of a period: the cards at a won stage on its last day, and those with revenue in it (F12a).

    `measure` is `contribution` or `revenue`, one for all (M4). The tertiles are of those whose value is known (F23).
    """
    won = Ladder.of(stage_list).won
    found = books(figures, _time_costs(logged, period), period)
    members = {journey.customer for journey in journeys(stage_events, period.last) if journey.stands.stage in won}
    members |= {id for id, own in found.items() if not isinstance(own.revenue, Undefined) and own.revenue != 0}
    values: dict[str, Any] = {}
    for id in members:
        own = found.get(id, EMPTY)
        value = own.contribution if measure == "contribution" else own.revenue
        values[id] = None if isinstance(value, Undefined) else value
    classes = tertiles(values)
    places = {}
    for id in sorted(members):
        own = found.get(id, EMPTY)
        ours, total = (None if isinstance(part, Undefined) else int(part) for part in (own.revenue, own.total))
        share = wallet(ours, total, limits)
        group = classes.get(id)
        places[id] = Placed(own, share, group, cell_of(group, share.group), _why(measure, own, share))
    return Matrix(period, places)


def loyalty(answers: pl.DataFrame, as_of: dt.date) -> tuple[dict[str, tuple[float, int]], dt.date | None]:
    """Each firm's loyalty in the newest survey that asks for it: mean of its answers and class, and the survey's day
    (F12a).

    "Don't know" and unanswered are no answers.
    """
    asked = answers.filter((pl.col("used_as") == "loyalty") & (pl.col("on") <= as_of))
    if asked.is_empty():
        return {}, None
    newest = asked.sort("on", "survey").row(-1, named=True)
    mine = asked.filter(pl.col("survey") == newest["survey"])
    found = {}
    for (customer,), rows in mine.filter(pl.col("value").is_not_null()).group_by("customer", maintain_order=True):
        mean, nearest = loyalty_class(rows["value"].to_list(), newest["worst"], newest["best"])
        if mean is not None and nearest is not None:
            found[str(customer)] = (mean, nearest)
    return found, newest["on"]


STRATEGIES_ABOUT = {
    "rescue": "keep customers that matter from leaving",
    "filter": "sort out loss-making customers without potential",
    "new-customer": "make sure that new customers are satisfied and buy again",
    "vip": "keep the giant customers we have",
    "growth": "create growth with customers whose share of wallet is high, by thinking differently",
    "relations": "make sure that existing customers are satisfied",
}


def strategy(placed: Placed, loyalty_is: int | None, won_on: dt.date | None, as_of: dt.date) -> str | None:
    """The strategy for a customer: the first that fits, in the order of STRATEGIES (M16).

    Rescue: A or B, and loyalty 4 (an unknown loyalty never is). Filter: negative contribution, and share group 1 or no
    potential. New customer: won less than 12 months ago. VIP: A1. Growth: share group 1. Else relations. None where the
    customer has no place.
    """
    if placed.cell is None:
        return None
    contribution = placed.books.contribution
    if placed.value in ("A", "B") and loyalty_is == 4:
        return "rescue"
    losing = not isinstance(contribution, Undefined) and contribution < 0
    if losing and (placed.wallet.group == 1 or placed.wallet.potential_minor == 0):
        return "filter"
    if (
        won_on is not None
        and (as_of.year * 12 + as_of.month) - (won_on.year * 12 + won_on.month) - (as_of.day < won_on.day) < 12
    ):
        return "new-customer"
    if placed.cell == "super-gold":
        return "vip"
    return "growth" if placed.wallet.group == 1 else "relations"
