"""Where each project stands on a day: hours, budget, estimates, costs and status; what budget and portfolio both
show.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import narwhals as nw
import polars as pl

from sitegen.metrics import budgets as budgeting
from sitegen.metrics import estimates
from sitegen.metrics.figures import Figure, Undefined, combine, known, minus, ratio, share
from sitegen.metrics.hours import PRICED, complete_weeks, cost, priced
from sitegen.metrics.outlook import outlook
from sitegen.periods import Calendar

HOURS = {"project": pl.String, "week": pl.Date, "month": pl.Date, "early": pl.Int64, **PRICED, "latest": pl.Date}
"""What `hours` leaves: `early` is 1 for hours before the project's first budget; `latest` the newest day of them."""

TYPES = {"investment": "Investment", "operations": "Operations"}
SERVES = {"own-goals": "Own goals", "other-departments": "Other departments"}
WORK = {"development": "Development", "maintenance": "Maintenance"}
STATES = {"open": "Open", "not-started": "Not started", "closed": "Closed"}
COST_STATES = {
    "over": "Over budget",
    "near": "Near the limit",
    "within": "Within",
    "no-budget": "No budget",
}
SCHEDULE_STATES = {
    "late": "Delayed",
    "behind": "Behind plan",
    "on-time": "On time",
    "unknown": "No end date",
    "closed": "Closed",
}
DEFAULT_WARN_AT = (8000, 10000)
"""Shares of a budget that warn where the organisation says none (T30), basis points."""


def hours(logged: nw.LazyFrame, budgets: nw.LazyFrame, as_of: dt.date) -> nw.LazyFrame:
    """Minutes and cost by project, week and month up to and with `as_of`: the columns of HOURS."""
    first = budgets.filter(nw.col("on") <= nw.lit(as_of)).group_by("project").agg(nw.col("on").min())
    rows = logged.join(first.rename({"on": "first_on"}), on="project", how="left")
    before = nw.col("day") < nw.col("first_on")
    rows = rows.with_columns(early=nw.when(before).then(nw.lit(1, nw.Int64)).otherwise(nw.lit(0, nw.Int64)))
    return priced(rows, as_of, ("project", "week", "month", "early"))


def warn_at(organisation: Any) -> tuple[Fraction, ...]:
    """The shares of a budget at which the organisation warns."""
    thresholds = getattr(getattr(organisation, "warn_when", None), "budget_used", None) or DEFAULT_WARN_AT
    return tuple(Fraction(int(points), 10_000) for points in thresholds)


def name_of(records: Any, person: str | None) -> str | None:
    """A person's name; the id where the records do not say."""
    card = records.people.get(person) if records is not None and person else None
    return card.name if card is not None else person


def facts_on(projects: pl.DataFrame, project_spans: pl.DataFrame, as_of: dt.date) -> list[dict[str, Any]]:
    """The projects with their dated facts as they were on the day (T11)."""
    held: dict[str, dict[str, Any]] = {}
    spans = project_spans.filter(pl.col("since") <= as_of, pl.col("until") > as_of)
    for project, fact, value in spans.select("project", "fact", "value").iter_rows():
        held.setdefault(project, {})[fact] = value
    facts = []
    for row in projects.iter_rows(named=True):
        dated = held.get(row["project"], {})
        if dated.get("priority") is not None:
            dated["priority"] = int(dated["priority"])
        facts.append(row | dated)
    return facts


def leaves_done(
    tasks: pl.DataFrame, task_done: pl.DataFrame, as_of: dt.date
) -> dict[str, list[tuple[int | None, int | None]]]:
    """Each project's leaf tasks as (budget in minutes, done in basis points at `as_of`)."""
    done = done_on(task_done, as_of)
    found: dict[str, list[tuple[int | None, int | None]]] = {}
    for project, task, budget in tasks.filter("leaf").select("project", "task", "budget_minutes").iter_rows():
        found.setdefault(project, []).append((budget, done.get((project, task))))
    return found


def done_on(task_done: pl.DataFrame, as_of: dt.date) -> dict[tuple[str, str], int]:
    """How far each task had come on the day, basis points: the newest that was said."""
    said = task_done.filter(pl.col("day") <= as_of).sort("day").select("project", "task", "done_bp")
    return {(project, task): done for project, task, done in said.iter_rows()}


def costs(external_costs: pl.DataFrame, as_of: dt.date) -> dict[str, list[tuple[dt.date, int]]]:
    """Each project's outside costs up to the day as (day, minor units)."""
    found: dict[str, list[tuple[dt.date, int]]] = {}
    past = external_costs.filter(pl.col("day") <= as_of)
    for project, day, amount in past.select("project", "day", "amount_minor").iter_rows():
        found.setdefault(project, []).append((day, amount))
    return found


@dataclass(frozen=True)
class Standings:
    """Where each project stands: one mapping a project in the order of the table, the days its budget and hours are
    compared for, and the hours with `inside` (`held_against`). Several reports read them: nobody changes them.
    """

    rows: tuple[Mapping[str, Any], ...]
    spans: Mapping[str, budgeting.Window]
    worked: pl.DataFrame


def standings(
    worked: pl.DataFrame,
    projects: pl.DataFrame,
    project_spans: pl.DataFrame,
    tasks: pl.DataFrame,
    task_done: pl.DataFrame,
    budgets: pl.DataFrame,
    external_costs: pl.DataFrame,
    ordered: pl.DataFrame,
    deadlines: pl.DataFrame,
    as_of: dt.date,
    calendar: Calendar | None = None,
    organisation: Any = None,
    records: Any = None,
) -> Standings:
    """Every figure of each project on the day.

    `used` and `budget` are of the same days (`budgets.window`): all of the project's, or for a budget that is per year,
    quarter, month or week the organisation's year. `used_total` is every hour up to the day.

    Source:
        F1, F2, F35, F36, F38, F39; T7, T18, T29–T33.
    """
    baselines = budgeting.entries(budgets, as_of)
    held = facts_on(projects, project_spans, as_of)
    spans = {}
    for facts in held:
        dated = baselines.get(facts["project"], ())
        last = _closed(facts, as_of) or budgeting.planned_end(dated, facts["end"], as_of)
        spans[facts["project"]] = budgeting.window(
            dated, as_of, facts["start"], last, getattr(organisation, "fiscal_year_starts", None) or 1
        )
    against = held_against(worked, spans)
    weeks, warn = complete_weeks(as_of, estimates.WEEKS_OF_PACE), warn_at(organisation)[0]
    hours_of = _sums(against, weeks)
    nothing = dict.fromkeys((*(f"{part}_{name}" for part in ("inside", "total") for name in PRICED), *WEEKS), 0)
    leaves = leaves_done(tasks, task_done, as_of)
    paid = costs(external_costs, as_of)
    committed = budgeting.committed(ordered, external_costs, as_of)
    unmet: dict[str, list[dt.date]] = {}
    for row in deadlines.filter(pl.col("met").is_null() | (pl.col("met") > as_of)).iter_rows(named=True):
        unmet.setdefault(row["project"], []).append(row["day"])
    working = estimates.WorkingDays(calendar or Calendar())
    rows = []
    for facts in held:
        project = facts["project"]
        rows.append(
            _standing(
                facts,
                hours_of.get(project, nothing),
                spans[project],
                baselines.get(project, ()),
                leaves.get(project, []),
                paid.get(project, []),
                committed.get(project, 0),
                sorted(unmet.get(project, [])),
                as_of,
                weeks[0],
                working,
                warn,
            )
            | {"owner": name_of(records, facts["owner"])}
        )
    return Standings(tuple(rows), spans, against)


def _standing(
    facts: Mapping[str, Any],
    hours: Mapping[str, Any],
    span: budgeting.Window,
    dated: tuple[budgeting.Entry, ...],
    leaves: list[tuple[int | None, int | None]],
    paid: list[tuple[dt.date, int]],
    committed: int,
    unmet: list[dt.date],
    as_of: dt.date,
    first_week: dt.date,
    working: estimates.WorkingDays,
    warn: Fraction,
) -> dict[str, Any]:
    """The figures of one project; `first_week` is the first of those its pace is of."""
    closed = _closed(facts, as_of)
    planned_end = budgeting.planned_end(dated, facts["end"], as_of)
    first_end = budgeting.saying(dated, "end")[0].end if budgeting.saying(dated, "end") else facts["end"]
    used = hours["inside_minutes"]
    budget = budgeting.amount(dated, "minutes", as_of, span)
    first = budgeting.original(dated, "minutes", span)
    left = minus(budget, used)
    first_hours = hours.get("began")
    pace = estimates.pace([hours[week] for week in WEEKS], facts["start"] or first_hours, first_week, first_hours)
    weekly = Undefined("not-relevant") if closed else pace
    last = span.end - budgeting.DAY if span.spread and span.end else planned_end

    earned: Figure = Undefined("not-relevant") if span.spread else estimates.earned_value(leaves)
    by_pace: Figure = used if closed else estimates.pace_estimate(used, weekly, as_of, last)
    by_earned: Figure = used if closed else estimates.earned_estimate(used, budget, earned)
    said = outlook(used, budget, by_earned, by_pace, closed=closed is not None, warn_at=warn)
    planned = estimates.planned(budget, span.start if span.spread else facts["start"], last, as_of, working)
    spi = ratio(earned, planned, "not-started")
    out = Undefined("not-relevant") if closed else estimates.runs_out(left, weekly, as_of)

    external_used = sum(amount for day, amount in paid if span.holds(day))
    external_budget = budgeting.amount(dated, "external_minor", as_of, span)
    sums, totals = ({name: hours[f"{part}_{name}"] for name in PRICED} for part in ("inside", "total"))
    return dict(
        facts,
        key=facts["project"],
        state="closed" if closed else "not-started" if facts["start"] and facts["start"] > as_of else "open",
        closed=closed,
        used=used,
        used_total=totals["minutes"],
        budget=budget,
        original=first,
        left=left,
        **share("used_share", used, budget, "no-budget"),
        overrun=minus(used, budget),
        over_original=minus(used, first),
        drift=minus(budget, first),
        budget_from=known(span.start, "not-relevant"),
        budget_to=known(span.end - budgeting.DAY if span.end else None, "not-relevant"),
        **share("done", earned, _sum_of_budgets(leaves), "unknown-part"),
        earned=earned,
        earned_estimate=by_earned,
        pace=weekly,
        pace_estimate=by_pace,
        estimate=said.estimate,
        rests_on=said.rests_on,
        estimate_over=minus(said.estimate, budget),
        estimate_drift=minus(said.estimate, first),
        cpi=ratio(earned, used, "nothing-logged"),
        planned=planned,
        spi=spi,
        runs_out=out,
        status=budgeting.cost_status(used, budget, warn),
        outlook=said.state,
        schedule=estimates.schedule_status(as_of, closed, planned_end, unmet, spi),
        planned_end=known(planned_end, "no-end"),
        first_end=known(first_end, "no-end"),
        **share("elapsed", *_elapsed(span.start or facts["start"], last, as_of), "no-end"),
        moved=combine(lambda now, then: (now - then).days, known(planned_end, "no-end"), known(first_end, "no-end")),
        baselines=len(dated),
        external_used=external_used,
        external_committed=committed,
        external_budget=external_budget,
        external_left=minus(external_budget, external_used + committed),
        **share("external_share", external_used, external_budget, "no-budget"),
        external_total=sum(amount for _, amount in paid),
        internal_cost=cost(sums["minutes"], sums["unpriced"], sums["cost_60"]),
        unpriced=sums["unpriced"],
        standard_cost=cost(sums["minutes"], sums["unstandard"], sums["standard_60"]),
        internal_total=cost(totals["minutes"], totals["unpriced"], totals["cost_60"]),
        standard_total=cost(totals["minutes"], totals["unstandard"], totals["standard_60"]),
        unpriced_total=totals["unpriced"],
        latest=hours.get("latest"),
    )


def _elapsed(start: dt.date | None, last: dt.date | None, as_of: dt.date) -> tuple[Figure, Figure]:
    """Days that have passed of the project's (or its budget's) days, and how many there are."""
    if start is None or last is None or last < start:
        return Undefined("no-end"), Undefined("no-end")
    days = (last - start).days + 1
    return min(max((as_of - start).days + 1, 0), days), days


def _sum_of_budgets(leaves: list[tuple[int | None, int | None]]) -> int:
    return sum(budget for budget, _ in leaves if budget is not None)


def _closed(facts: Mapping[str, Any], as_of: dt.date) -> dt.date | None:
    """The day a project was closed, None where that is still to come."""
    return facts["closed"] if facts["closed"] and facts["closed"] <= as_of else None


def held_against(worked: pl.DataFrame, spans: Mapping[str, budgeting.Window]) -> pl.DataFrame:
    """The hours with `inside`: whether they are held against the project's budget, which is for these days.

    Months decide, since an organisation's year begins with one. Hours from before the first budget are held against
    none that is spread.
    """
    bounds = [(project, span.start, span.end) for project, span in spans.items() if span.spread]
    schema = {"project": pl.String, "from": pl.Date, "to": pl.Date}
    rows = worked.join(pl.DataFrame(bounds, schema=schema, orient="row"), on="project", how="left")
    month = (pl.col("month") >= pl.col("from").dt.truncate("1mo")) & (pl.col("month") < pl.col("to"))
    return rows.with_columns(inside=pl.col("from").is_null() | ((pl.col("early") == 0) & month)).drop("from", "to")


WEEKS = tuple(f"week_{place}" for place in range(estimates.WEEKS_OF_PACE))


def _sums(worked: pl.DataFrame, weeks: tuple[dt.date, ...]) -> dict[str, dict[str, Any]]:
    """By project the sums of PRICED inside its window and in all, the minutes of the weeks, its first week and newest
    day.
    """
    sums = worked.group_by("project").agg(
        *(pl.col(name).filter(pl.col("inside")).sum().alias(f"inside_{name}") for name in PRICED),
        *(pl.col(name).sum().alias(f"total_{name}") for name in PRICED),
        *(
            pl.col("minutes").filter(pl.col("week") == week).sum().alias(name)
            for name, week in zip(WEEKS, weeks, strict=True)
        ),
        began=pl.col("week").min(),
        latest=pl.col("latest").max(),
    )
    return {row["project"]: row for row in sums.iter_rows(named=True)}
