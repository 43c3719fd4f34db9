"""What kind of work the time went to: operations or investment, own goals or others', development or maintenance
(T34, P4, P10; F7).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from fractions import Fraction
from typing import Any

import narwhals as nw
import polars as pl

from sitegen import periods
from sitegen.metrics.cube import with_facts
from sitegen.metrics.figures import Undefined, frame, known, share
from sitegen.metrics.hours import cost
from sitegen.metrics.projects import SERVES, TYPES, WORK
from sitegen.metrics.windows import WINDOWS, summed
from sitegen.reports.time_use.hours import NONE
from sitegen.reports.time_use.windowed import measures, paid
from sitegen.results import Column

KINDS: Mapping[str, tuple[str, ...]] = {
    "type": tuple(TYPES),
    "serves": tuple(SERVES),
    "work": tuple(WORK),
}
KIND_NAMES = {**TYPES, **SERVES, **WORK, NONE: "Not said"}
ASPECTS = {"type": "Operations or investment", "serves": "Whose goals", "work": "Development or maintenance"}
KIND_COLUMNS = (
    Column("name", "text", "Kind", words=KIND_NAMES),
    Column("aspect", "text", "What is asked", words=ASPECTS),
    *measures(),
)


def kind_rows(
    worked: pl.DataFrame, project_spans: pl.DataFrame, external_costs: pl.DataFrame, as_of: dt.date
) -> pl.DataFrame:
    """Hours and cost in each window by kind, as the project was on the day (T11).

    Formula:
        share = hours of the kind ÷ hours of all kinds that are said. Hours of projects that do not say are a row of
        their own and in no share (F7).
    """
    held: dict[tuple[str, str], list[Mapping[str, Any]]] = {}
    for span in project_spans.filter(pl.col("fact").is_in(list(KINDS))).iter_rows(named=True):
        held.setdefault((span["project"], span["fact"]), []).append(span)

    rows = []
    for aspect, kinds in KINDS.items():

        def said(cost: Mapping[str, Any], fact: str = aspect) -> str | None:
            spans = held.get((cost["project"], fact), [])
            return next((span["value"] for span in spans if span["since"] <= cost["day"] < span["until"]), None)

        sums = {row[aspect]: row for row in summed(worked, aspect).iter_rows(named=True)}
        bought = paid(external_costs, as_of, said)
        unsaid = [None] if any(sums.get(None, {}).get(f"{window}_minutes") for window in WINDOWS) else []
        for kind in (*kinds, *unsaid):
            own = sums.get(kind, {})
            row: dict[str, Any] = {"key": f"{aspect}/{kind or NONE}", "name": kind or NONE, "aspect": aspect}
            for window in WINDOWS:
                minutes = own.get(f"{window}_minutes", 0)
                base = sum(sums.get(other, {}).get(f"{window}_minutes", 0) for other in kinds)
                row[window] = minutes
                in_no_share = Undefined("not-relevant")
                row |= share(f"{window}_share", minutes if kind else in_no_share, base, "nothing-logged")
                row[f"{window}_internal"] = cost(
                    minutes, own.get(f"{window}_unpriced", 0), own.get(f"{window}_cost_60", 0)
                )
                row[f"{window}_standard"] = cost(
                    minutes, own.get(f"{window}_unstandard", 0), own.get(f"{window}_standard_60", 0)
                )
                row[f"{window}_external"] = bought.get(kind, {}).get(window, 0)
            rows.append(row)
    return frame(KIND_COLUMNS, rows)


QUARTERS_SHOWN = 5
BY_QUARTER = {
    "month": pl.Date,
    "department": pl.String,
    "type": pl.String,
    "serves": pl.String,
    "work": pl.String,
    "minutes": pl.Int64,
}


def _quarters(as_of: dt.date) -> list[periods.Period]:
    """The last complete quarters, oldest first."""
    found = [periods.last_complete(as_of, "quarter")]
    while len(found) < QUARTERS_SHOWN:
        found.insert(0, found[0].previous())
    return found


def by_quarter(by_month: nw.LazyFrame, project_states: nw.LazyFrame, as_of: dt.date) -> nw.LazyFrame:
    """Minutes of the last complete quarters by month, department and the project's dated facts."""
    quarters = _quarters(as_of)
    rows = by_month.filter(nw.col("month") >= nw.lit(quarters[0].start), nw.col("month") <= nw.lit(quarters[-1].last))
    sums = rows.group_by("month", "department", "state").agg(nw.col("minutes").sum())
    facts = ("type", "serves", "work")
    found = with_facts(sums, project_states, facts).group_by("month", "department", *facts)
    return found.agg(nw.col("minutes").sum())


QUARTER_COLUMNS = (
    Column("quarter", "text", "Quarter"),
    Column("minutes", "minutes", "Hours", "marketing"),
    Column("own", "minutes", "Own goals", "marketing"),
    Column("service", "minutes", "Other departments", "marketing"),
    Column("serves_unsaid", "minutes", "Goals not said", "marketing", "Hours of projects without `serves`"),
    Column("own_share", "share", "Share of own goals", "marketing", "Own goals ÷ (own goals + other departments)"),
    Column("agreed_low", "share", "Agreed, least", "marketing", "The lowest share agreed for a channel"),
    Column("agreed_high", "share", "Agreed, most", "marketing", "The highest share agreed for a channel"),
    Column("investment", "minutes", "Investment", "marketing"),
    Column("operations", "minutes", "Operations", "marketing"),
    Column("investment_share", "share", "Share of investment", "marketing", "Investment ÷ (investment + operations)"),
    Column("investment_target", "share", "Target for investment", "marketing", "What the department has set for it"),
    Column("development", "minutes", "Development", "marketing"),
    Column("maintenance", "minutes", "Maintenance", "marketing"),
    Column("work_unsaid", "minutes", "Kind of work not said", "marketing", "Hours of projects without `work`"),
    Column("development_share", "share", "Share of development", "marketing"),
)


def quarter_rows(worked: pl.DataFrame, as_of: dt.date, organisation: Any, records: Any) -> pl.DataFrame:
    """The reporting department's time, quarter by quarter (of everybody where the organisation names none).

    Formula:
        own share = own goals ÷ (own goals + other departments); what is not said is in neither (F7). The agreed shares
        are the least and the most that the strategy's channels were promised (`time_for_own_goals`), by the end of
        the quarter. The target for investment is the department's own (`time_for_investment`) on that day (P10).
    """
    reporting = getattr(organisation, "reporting_department", None)
    if reporting:
        worked = worked.filter(pl.col("department") == reporting)
    rows = []
    for quarter in _quarters(as_of):
        held = worked.filter(pl.col("month") >= quarter.start, pl.col("month") < quarter.end)
        sums: dict[tuple[str, str | None], int] = {}
        for facts in held.iter_rows(named=True):
            for aspect in KINDS:
                kind = (aspect, facts[aspect])
                sums[kind] = sums.get(kind, 0) + facts["minutes"]

        def of(aspect: str, kind: str | None, found: Mapping[tuple[str, str | None], int] = sums) -> int:
            return found.get((aspect, kind), 0)

        own, service = of("serves", "own-goals"), of("serves", "other-departments")
        investment, operations = of("type", "investment"), of("type", "operations")
        development, maintenance = of("work", "development"), of("work", "maintenance")
        rows.append(
            {
                "key": str(quarter),
                "quarter": str(quarter),
                "minutes": int(held["minutes"].sum()),
                "own": own,
                "service": service,
                "serves_unsaid": of("serves", None),
                **share("own_share", own, own + service, "nothing-logged"),
                **_agreed(records, quarter.last),
                "investment": investment,
                "operations": operations,
                **share("investment_share", investment, investment + operations, "nothing-logged"),
                **_in_points("investment_target", _target(organisation, quarter.last)),
                "development": development,
                "maintenance": maintenance,
                "work_unsaid": of("work", None),
                **share("development_share", development, development + maintenance, "nothing-logged"),
            }
        )
    return frame(QUARTER_COLUMNS, rows)


def _promised(records: Any, day: dt.date) -> Iterator[int]:
    """The shares of time for own goals that channels were promised by the day, basis points."""
    strategy = getattr(records, "strategy", None)
    for channel in (getattr(strategy, "channels", None) or {}).values():
        if channel.time_for_own_goals is not None and (channel.agreed is None or channel.agreed.on <= day):
            yield channel.time_for_own_goals


def _agreed(records: Any, day: dt.date) -> dict[str, Any]:
    shares = sorted(_promised(records, day))
    return _in_points("agreed_low", shares[0] if shares else None) | _in_points(
        "agreed_high", shares[-1] if shares else None
    )


def _target(organisation: Any, day: dt.date) -> int | None:
    """The share of time that the reporting department wants for investment on the day, basis points."""
    departments = getattr(organisation, "departments", None) or {}
    department = departments.get(getattr(organisation, "reporting_department", None))
    target = getattr(department, "time_for_investment", None)
    return target.at(day) if target is not None else None


def _in_points(name: str, points: int | None) -> dict[str, Any]:
    """The columns of a share that somebody decided, in basis points; undefined where nobody did."""
    figure = known(None, "no-cases") if points is None else Fraction(points, 10_000)
    return {name: figure, f"{name}_k": points, f"{name}_n": None if points is None else 10_000}
