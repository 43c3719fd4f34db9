"""Plans: goals, activities, market map, key figures."""

from __future__ import annotations

from collections.abc import Iterator

from sitegen.checks.files import Files
from sitegen.checks.time import circles
from sitegen.problems import Place, Problem
from sitegen.records import Read

MOST_HEADLINES = 3


def goals(read: Read, files: Files) -> Iterator[Problem]:
    """A goal supports another, up to a business goal, and never itself."""
    for id, plan in read.records.marketing_plans.items():
        source = ("marketing_plan", id)
        whole = files.sources[source] not in read.wrong_files  # else what is missing is perhaps what was wrong
        for name, goal in plan.goals.items():
            if not goal.business_goal and goal.supports is None and whole:
                yield files.problem("goal-without-parent", source, ("goals", name), key=True, id=name)
        for name in circles({name: goal.supports for name, goal in plan.goals.items() if goal.supports}):
            yield files.problem("goal-circle", source, ("goals", name, "supports"), id=name)


def activities(read: Read, files: Files) -> Iterator[Problem]:
    """An activity says who answers for it, when it is, what it may use and what it should bring."""
    for id, plan in read.records.marketing_plans.items():
        if files.sources["marketing_plan", id] in read.wrong_files:
            continue
        for name, activity in plan.activities.items():
            if activity.dropped is not None:
                continue
            parts = {
                "owner": activity.owner, "from": activity.from_, "to": activity.to,
                "budget": activity.budget, "expects": activity.expects,
            }  # fmt: skip
            missing = [key for key, value in parts.items() if value is None]
            if missing:
                where = ("activities", name)
                yield files.problem(
                    "activity-incomplete", ("marketing_plan", id), where, key=True, id=name, keys=", ".join(missing)
                )


def scores(read: Read, files: Files) -> Iterator[Problem]:
    """An activity is scored by criteria that the plan declares."""
    for id, plan in read.records.marketing_plans.items():
        declared = plan.prioritising.criteria if plan.prioritising is not None else {}
        for name, activity in plan.activities.items():
            for criterion in activity.scores:
                if criterion not in declared:
                    where = ("activities", name, "scores", criterion)
                    yield files.problem(
                        "score-without-criterion", ("marketing_plan", id), where, key=True, id=criterion
                    )


def agreements(read: Read, files: Files) -> Iterator[Problem]:
    """Who agreed to the plan agreed to its newest version."""
    for id, plan in read.records.marketing_plans.items():
        newest = max((version.number for version in plan.versions), default=None)
        for name, stakeholder in plan.stakeholders.items():
            agreed = stakeholder.agreed
            if agreed is not None and newest is not None and agreed.version < newest:
                where = ("stakeholders", name, "agreed", "version")
                values = {"id": name, "written": str(agreed.version), "last": str(newest)}
                yield files.problem("agreement-old", ("marketing_plan", id), where, **values)


def sales_months(read: Read, files: Files) -> Iterator[Problem]:
    """A year with a sales budget has all twelve months; one with actual sales alone has no gap.

    A fiscal year may begin in the calendar year before.
    """
    organisation = read.records.organisation
    starts = organisation.fiscal_year_starts if organisation is not None else 1
    for file in read.files:
        if file.kind.name != "sales" or file.path in read.wrong_files:
            continue
        sales = {
            month: figures
            for month, figures in read.records.sales.items()
            if read.records.sources["sales", month] == file.path
        }
        year = int(file.names["year"])
        years = [_months(first, starts) for first in ((year, year - 1) if starts > 1 else (year,))]
        wanted = max(years, key=lambda months: sum(month in sales for month in months))
        if not any(figures.budget is not None for figures in sales.values()):
            wanted = [month for month in wanted if min(sales, default="") <= month <= max(sales, default="")]
        missing = [month for month in wanted if month not in sales]
        if missing:
            yield Problem("sales-month-missing", Place(file.path), {"months": ", ".join(missing)})


def _months(year: int, first: int) -> list[str]:
    """The twelve months from a month of a year on: `2026-01`."""
    return [f"{year + (month - 1) // 12}-{(month - 1) % 12 + 1:02d}" for month in range(first, first + 12)]


def market_map(read: Read, files: Files) -> Iterator[Problem]:
    """The three parts of a target group are not more than its size."""
    segments = read.records.segments
    if segments is None:
        return
    for group, dated in segments.market_map.items():
        for since, market in dated.spans:
            parts = [
                part for part in (market.need_unaware, market.aware_not_bought, market.customers) if part is not None
            ]
            if market.size is not None and sum(parts) > market.size:
                path = ("market_map", group, *((since.isoformat(),) if since else ()), "size")
                yield files.problem(
                    "market-map-sum", ("segments", ""), path, written=str(market.size), total=str(sum(parts))
                )


def headlines(read: Read, files: Files) -> Iterator[Problem]:
    """At most three headline figures for each audience."""
    strategy = read.records.strategy
    if strategy is None:
        return
    count: dict[str, int] = {}
    for name, kpi in strategy.kpis.items():
        if kpi.headline:
            count[kpi.for_] = count.get(kpi.for_, 0) + 1
            if count[kpi.for_] > MOST_HEADLINES:
                yield files.problem(
                    "too-many-headlines", ("strategy", ""), ("kpis", name, "headline"), id=name, audience=kpi.for_
                )
