"""Own cost against the newest outside offer for the same scope: a task with all under it, or a whole project (F3).

Beside the whole of it, for open work, what is left: that alone can still be bought.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from fractions import Fraction
from typing import Any

import polars as pl

from sitegen.metrics.figures import Figure, Undefined, combine, frame, known, minus, named, ratio
from sitegen.metrics.hours import cost
from sitegen.metrics.suppliers import LEFT, LEFT_ON, OF_REST, PRICES, supplier_name
from sitegen.metrics.tasks import Trees
from sitegen.reports.make_or_buy.scopes import Scope, scopes
from sitegen.results import Column, Result

DEFAULT_QUOTE_MONTHS = 12
"""An offer older than this is flagged where the organisation says nothing (T25)."""
HOUR = 60

STATES = {"open": "Open", "closed": "Closed"}
VERDICTS = {"buy": "Cheaper outside", "make": "Cheaper here", "equal": "The same", "unknown": "Cannot be said"}
REST_VERDICTS = VERDICTS | {"none": "Nothing left", "fixed": "Fixed price for all of it"}
RESTS_ON = {
    "scope": "Its own hours",
    "project": "The project's hours",
    "standard": "The standard rate",
    "nothing": "No rate",
}
YES_NO = {"yes": "Yes", "no": "No"}
REPLACED = "offers replaced by a newer one for the same work"
WITH_PAID = "Cost of the hours + invoices for the same work up to the day"

COLUMNS = (
    Column("name", "text", "Project"),
    Column("task", "text", "Task", "marketing"),
    Column("state", "text", "State", words=STATES),
    Column("supplier", "text", "Supplier", "marketing"),
    Column("on", "day", "Offer of", "marketing"),
    Column("old", "text", "Old offer", "marketing", "Older than the organisation trusts an offer", words=YES_NO),
    Column("price", "text", "Price", "marketing", words=PRICES),
    Column("hours", "minutes", "Hours compared", "marketing", "Used, where it is closed; budgeted, where it is open"),
    Column("used", "minutes", "Used so far", "marketing"),
    Column("offer", "money", "Outside", "marketing", "The fixed price, or the price an hour × the hours compared"),
    Column("offer_rate", "money", "Outside, an hour", "marketing", "The price an hour, or fixed price ÷ hours"),
    Column("own", "money", "Here", "management", "Hours compared × what an hour of it costs"),
    Column(
        "own_rate", "money", "Break-even, an hour", "management", "Internal cost ÷ hours: above it, making is cheaper"
    ),
    Column("rests_on", "text", "Break-even rests on", "management", words=RESTS_ON),
    Column("delta", "money", "Here less outside", "management"),
    Column("ratio", "ratio", "Here ÷ outside", "management"),
    Column("verdict", "text", "Result", "management", words=VERDICTS),
    Column("standard", "money", "Here, at standard rate", "marketing"),
    Column("standard_delta", "money", "Standard rate less outside", "marketing"),
    Column("standard_verdict", "text", "Result at standard rate", "marketing", words=VERDICTS),
    Column("paid", "money", "Paid outside already", "marketing", "Invoices for the same work up to the day"),
    Column("own_all", "money", "Here, with what was paid", "management", WITH_PAID),
    Column("delta_all", "money", "Here with what was paid, less outside", "management"),
    Column("verdict_all", "text", "Result with what was paid", "management", words=VERDICTS),
    Column("standard_all", "money", "At standard rate, with what was paid", "marketing", WITH_PAID),
    Column("standard_delta_all", "money", "Standard rate with what was paid, less outside", "marketing"),
    Column("standard_verdict_all", "text", "Result at standard rate with what was paid", "marketing", words=VERDICTS),
    Column("part_of", "text", "Part of", "marketing", "Other work with an offer that this is a part of"),
    Column("left", "minutes", "Hours left", "marketing", LEFT),
    Column("left_rests_on", "text", "Hours left rest on", "marketing", words=LEFT_ON),
    Column("rest_offer", "money", "What is left, outside", "marketing", OF_REST),
    Column("rest_own", "money", "What is left, here", "management", "Hours left × what an hour of it costs"),
    Column("rest_delta", "money", "What is left, here less outside", "management"),
    Column("rest_verdict", "text", "What is left, result", "management", words=REST_VERDICTS),
    Column("rest_standard", "money", "What is left, at standard rate", "marketing"),
    Column("rest_standard_delta", "money", "What is left, standard rate less outside", "marketing"),
    Column("rest_standard_verdict", "text", "What is left, result at standard rate", "marketing", words=REST_VERDICTS),
    Column(
        "external_left", "money", "External budget left", "marketing", "Of the project; what is ordered is not left"
    ),
    Column("beyond", "money", "Offer above the external budget left", "marketing"),
)


def newest(quotes: pl.DataFrame, as_of: dt.date) -> tuple[dict[tuple[str, str | None], dict[str, Any]], int]:
    """The offer that holds for each (project, task): the newest on or before the day, of one day the last in the file;
    and how many it replaced.
    """
    past = quotes.filter(pl.col("on") <= as_of).sort("project", "on", "seq")
    held = {(row["project"], row["task"]): row for row in past.iter_rows(named=True)}
    return held, len(past) - len(held)


def months_before(day: dt.date, months: int) -> dt.date:
    """The same day of the month so many months earlier, or the month's last day where it has none."""
    year, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    after = dt.date(year + (month + 1) // 12, (month + 1) % 12 + 1, 1)
    return dt.date(year, month + 1, min(day.day, (after - dt.timedelta(days=1)).day))


def hour_price(scope: Scope, project: Mapping[str, int], standard: int | None, measure: str) -> tuple[Figure, str]:
    """What an hour of the scope costs here, minor units, and what that rests on: the break-even price of an offer.

    Formula (F3):
        internal cost ÷ hours, over the scope's hours that have a rate; where nobody has worked on it yet, over the
        project's; where nobody has worked on that either, the organisation's standard rate of the day.

    Args:
        project: the sums of PRICED of the whole project.
        standard: the standard rate of the day, minor units, or None.
        measure: `cost_60` for the true rates, `standard_60` for the standard rate.

    Undefined (no-rate) where none of the three has a rate.
    """
    missing = {"cost_60": "unpriced", "standard_60": "unstandard"}[measure]
    for basis, sums in (("scope", scope.hours), ("project", project)):
        priced = sums["minutes"] - sums[missing]
        if priced:
            return Fraction(sums[measure], priced), basis
        if sums["minutes"]:
            return Undefined("no-rate"), "nothing"
    return (Undefined("no-rate"), "nothing") if standard is None else (Fraction(standard), "standard")


def own_cost(scope: Scope, price: Figure, measure: str) -> Figure:
    """What the hours compared cost here, minor units (F1, F3).

    A closed scope's is the sum over its hours, undefined (no-rate) where some of them have no rate: a part of the work
    is not the same scope. An open one's is its budget × what an hour costs.
    """
    if not scope.closed:
        return combine(lambda minutes, rate: minutes * rate / HOUR, scope.budget, price)
    missing = {"cost_60": "unpriced", "standard_60": "unstandard"}[measure]
    if scope.hours[missing]:
        return Undefined("no-rate")
    if not scope.hours["minutes"]:
        return Undefined("nothing-logged")
    return cost(scope.hours["minutes"], 0, scope.hours[measure])


def rest(scope: Scope, quote: Mapping[str, Any], price: Figure, standard_price: Figure) -> dict[str, Any]:
    """What is left of open work, here and outside: the columns from `left` on.

    Formula:
        here = hours left × what an hour of the scope costs. Outside = hours left × the price an hour, or the whole of a
        fixed price: a part of it cannot be bought. That price is for the hours used as well, so where there are any the
        two are not held against each other.

    Args:
        price: what an hour costs here at the true rates, standard_price at the standard rate (`hour_price`).

    Undefined:
        not-relevant, all of it, where the work is closed; else as the hours left, and no-rate as the price an hour. A
        fixed price is known also where the hours left are not; the difference from one for work that has begun is
        not-relevant.
    """
    left, fixed = scope.left, quote["fixed_minor"]
    for_all = fixed is not None and scope.hours["minutes"] > 0
    offer: Figure = fixed
    if fixed is None or scope.closed:
        offer = combine(lambda minutes: minutes * Fraction(quote["hourly_minor"], HOUR), left)
    row: dict[str, Any] = {"left": left, "left_rests_on": scope.left_rests_on, "rest_offer": offer}
    for rate, own, delta, judged in (
        (price, "rest_own", "rest_delta", "rest_verdict"),
        (standard_price, "rest_standard", "rest_standard_delta", "rest_standard_verdict"),
    ):
        row[own] = combine(lambda minutes, an_hour: minutes * an_hour / HOUR, left, rate)
        less = minus(row[own], offer)
        apart = for_all and not isinstance(less, Undefined)
        row[delta] = Undefined("not-relevant") if apart else less
        row[judged] = None if scope.closed else "none" if left == 0 else "fixed" if apart else verdict(less)
    return row


def beyond(scope: Scope, offer: Figure, external_left: Figure, *, begun_fixed: bool) -> Figure:
    """How much the offer for what is left is above the project's external budget that is left, minor units.

    Undefined: not-relevant where it is not above it, where the work is closed, and of a fixed price for work that has
    begun: a part of that may be paid already. Else as its parts.
    """
    if scope.closed or begun_fixed:
        return Undefined("not-relevant")
    return combine(
        lambda price, left: price - left if price > left else Undefined("not-relevant"), offer, external_left
    )


def verdict(delta: Figure) -> str:
    """Whether the offer or our own hours are cheaper."""
    if isinstance(delta, Undefined):
        return "unknown"
    return "buy" if delta > 0 else "make" if delta < 0 else "equal"


def standard_on(standard_rates: pl.DataFrame, day: dt.date) -> int | None:
    """The organisation's standard rate on the day, minor units."""
    held = standard_rates.filter(pl.col("since") <= day, pl.col("until") > day)["standard_minor"].to_list()
    return held[0] if held else None


def paid_for(external_costs: pl.DataFrame, as_of: dt.date) -> dict[str, list[tuple[str | None, int]]]:
    """Project → (task, amount) of its invoices up to the day."""
    found: dict[str, list[tuple[str | None, int]]] = {}
    past = external_costs.filter(pl.col("day") <= as_of)
    for project, task, amount in past.select("project", "task", "amount_minor").iter_rows():
        found.setdefault(project, []).append((task, amount))
    return found


def offer_rows(
    found: Trees,
    projects: pl.DataFrame,
    quotes: pl.DataFrame,
    external_costs: pl.DataFrame,
    standard_rates: pl.DataFrame,
    as_of: dt.date,
    organisation: Any,
    results: Mapping[str, Result],
) -> tuple[pl.DataFrame, dict[str, int]]:
    """One row a task or project with an outside offer, the dearest here first; open ones before closed (T25).

    Open ones stand in the order of what is left (`rest`), closed ones in that of the whole.

    Formula (F3):
        Δ = what it costs here − the offer, for the same scope and the same hours; both also at the standard rate, for
        those who may not see what an hour costs.

    Undefined:
        no-budget where an open scope has none; no-rate where hours of a closed one have no rate.
    """
    held, replaced = newest(quotes, as_of)
    trusted_months = getattr(getattr(organisation, "warn_when", None), "quote_months", None) or DEFAULT_QUOTE_MONTHS
    oldest = months_before(as_of, trusted_months)
    paid = paid_for(external_costs, as_of)
    standard = standard_on(standard_rates, as_of)
    called = dict(projects.select("project", "name").iter_rows())
    whole: dict[str, Mapping[str, int]] = {}
    names: dict[tuple[str, str | None], str | None] = {}
    rows = []
    offered = sorted({project for project, _ in held})
    budgets = results["budget.projects"].rows.filter(pl.col("key").is_in(offered))
    outside = {row["key"]: row for row in budgets.iter_rows(named=True)}
    for scope in scopes(outside, found, projects.filter(pl.col("project").is_in(offered)), as_of):
        if scope.task is None:
            whole[scope.project] = scope.hours
        names[scope.project, scope.task] = scope.name if scope.task else called.get(scope.project, scope.project)
        quote = held.get((scope.project, scope.task))
        if quote is None:
            continue
        fixed, hourly = quote["fixed_minor"], quote["hourly_minor"]
        hours = scope.compared
        offer: Figure = (
            combine(lambda minutes, rate: minutes * Fraction(rate, HOUR), hours, hourly) if fixed is None else fixed
        )
        price, rests_on = hour_price(scope, whole[scope.project], standard, "cost_60")
        own = own_cost(scope, price, "cost_60")
        standard_price, _ = hour_price(scope, whole[scope.project], standard, "standard_60")
        by_standard = own_cost(scope, standard_price, "standard_60")
        paid_here = sum(
            amount for task, amount in paid.get(scope.project, ()) if scope.ids is None or task in scope.ids
        )
        of_rest = rest(scope, quote, price, standard_price)
        budget = outside.get(scope.project, {})
        external = known(budget.get("external_left"), budget.get("external_left_why") or "withheld")
        over = [task for task in scope.above if (scope.project, task) in held]
        rows.append(
            {
                "key": scope.key,
                "name": called.get(scope.project, scope.project),
                "task": scope.name,
                "state": "closed" if scope.closed else "open",
                "supplier": supplier_name(organisation, quote["supplier"]),
                "on": quote["on"],
                "old": "yes" if quote["on"] < oldest else "no",
                "price": "hourly" if fixed is None else "fixed",
                "hours": hours,
                "used": scope.hours["minutes"],
                "offer": offer,
                "offer_rate": hourly if fixed is None else ratio(fixed * HOUR, hours, "nothing-logged"),
                "own": own,
                "own_rate": price,
                "rests_on": rests_on,
                "delta": minus(own, offer),
                "ratio": combine(lambda here, there: ratio(here, there, "not-relevant"), own, offer),
                "verdict": verdict(minus(own, offer)),
                "standard": by_standard,
                "standard_delta": minus(by_standard, offer),
                "standard_verdict": verdict(minus(by_standard, offer)),
                "paid": paid_here,
                **with_paid("", own, offer, paid_here),
                **with_paid("standard_", by_standard, offer, paid_here),
                "part_of": names[scope.project, over[0]] if over else None,
                **of_rest,
                "external_left": external,
                "beyond": beyond(
                    scope,
                    of_rest["rest_offer"],
                    external,
                    begun_fixed=fixed is not None and scope.hours["minutes"] > 0,
                ),
            }
        )
    return frame(COLUMNS, sorted(rows, key=_dearest)), named({REPLACED: replaced})


def with_paid(at: str, own: Figure, offer: Figure, paid: int) -> dict[str, Any]:
    """What the whole of the work costs with us: its hours and what was paid outside for it, against the offer."""
    every = combine(lambda cost: cost + paid, own)
    less = minus(every, offer)
    return {f"{at or 'own_'}all": every, f"{at}delta_all": less, f"{at}verdict_all": verdict(less)}


def difference(row: Mapping[str, Any]) -> Any:
    """Here less outside, of open work for what is left: at the true rates where they are known, else at the standard
    rate; None where neither is.

    The row is one of `offers`, or one on its way there.
    """
    of = "rest_" if row["state"] == "open" else ""
    for name in ("delta", "standard_delta"):
        value = row.get(of + name)
        if value is not None and not isinstance(value, Undefined):
            return value
    return None


def _dearest(row: Mapping[str, Any]) -> tuple[Any, ...]:
    value = difference(row)
    return row["state"] != "open", value is None, 0 if value is None else -value, row["key"]


TOTAL_COLUMNS = (
    Column("scopes", "count", "Compared", "marketing"),
    Column("cheaper", "share", "Cheaper outside", "management"),
    Column("own", "money", "Here", "management"),
    Column("offer", "money", "Outside", "marketing"),
    Column("paid", "money", "Paid outside already", "marketing"),
    Column("own_all", "money", "Here, with what was paid", "management", WITH_PAID),
    Column("ratio", "ratio", "Here ÷ outside", "management"),
    Column("standard_cheaper", "share", "Cheaper outside, at standard rate", "marketing"),
    Column("standard", "money", "Here, at standard rate", "marketing"),
    Column("standard_all", "money", "At standard rate, with what was paid", "marketing", WITH_PAID),
    Column("standard_ratio", "ratio", "Standard rate ÷ outside", "marketing"),
    Column("old", "count", "Old offers", "marketing"),
)


def total_rows(results: Mapping[str, Result]) -> pl.DataFrame:
    """Own cost against offers over the `open` and the `closed` scopes that can be compared (T65): Σ here ÷ Σ outside,
    each for the whole of the work.

    A task is left out of the sums where its whole project is compared too: nothing is counted twice. `own` and `offer`
    are over the scopes that have both, `paid` over the same; where the true rates cannot be seen, at the standard rate
    only.
    """
    rows = results["make_or_buy.offers"].rows.to_dicts()
    return frame(TOTAL_COLUMNS, [_total(state, [row for row in rows if row["state"] == state]) for state in STATES])


def _total(state: str, rows: list[dict[str, Any]]) -> dict[str, Any]:
    from sitegen.metrics import intervals

    def once(measure: str) -> list[dict[str, Any]]:
        found = [row for row in rows if row.get(measure) is not None and row["offer"] is not None]
        whole = {row["key"] for row in found if "/" not in row["key"]}
        return [row for row in found if "/" not in row["key"] or row["key"].partition("/")[0] not in whole]

    def sums(measure: str) -> tuple[Figure, Figure, Figure, list[dict[str, Any]]]:
        chosen = once(measure)
        if not chosen:
            none = Undefined("no-cases")
            return none, none, none, chosen
        here, offers, bills = (
            sum((Fraction(row[name]) for row in chosen), Fraction(0)) for name in (measure, "offer", "paid")
        )
        return here, offers, bills, chosen

    own, against, paid, compared = sums("own")
    standard, outside, paid_by_standard, by_standard = sums("standard")
    return {
        "key": state,
        "scopes": len(rows),
        **intervals.share("cheaper", sum(row["own"] > row["offer"] for row in compared), len(compared)),
        "own": own,
        "offer": against if compared else outside,
        "paid": paid if compared else paid_by_standard,
        "own_all": combine(lambda cost, bills: cost + bills, own, paid),
        "ratio": ratio(own, against, "not-relevant"),
        **intervals.share(
            "standard_cheaper", sum(row["standard"] > row["offer"] for row in by_standard), len(by_standard)
        ),
        "standard": standard,
        "standard_all": combine(lambda cost, bills: cost + bills, standard, paid_by_standard),
        "standard_ratio": ratio(standard, outside, "not-relevant"),
        "old": sum(row["old"] == "yes" for row in rows),
    }
