"""Hours that departments lend one another: whose people worked on whose projects, month by month (T23, F6).

What had to wait for it is in `late.py` (T24).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any

import narwhals as nw
import polars as pl

from sitegen.baselines import fiscal_year
from sitegen.metrics import departments
from sitegen.metrics.departments import NONE
from sitegen.metrics.figures import Undefined, combine, defined, frame, share, share_unless
from sitegen.metrics.hours import PRICED, cost, cost_columns, resummed
from sitegen.periods import FAR, Period, between, containing, month_of
from sitegen.report import Metric
from sitegen.reports.lending import late
from sitegen.results import Column, Result

MONTHS_SHOWN = 13
MOST_LINES = 12
"""So many of the largest loans stand on the page; the others are one row, and all are in the download."""
NO_DEPARTMENT = {NONE: "No department"}
PERIODS = {"now": "This year", "before": "Last year"}

LENT_HOURS = {"lender": pl.String, "borrower": pl.String, "project": pl.String, "month": pl.Date, **PRICED}
"""What `lent_hours` leaves."""


def lent_hours(by_month: nw.LazyFrame, project_states: nw.LazyFrame) -> nw.LazyFrame:
    """Minutes and cost by lender, borrower, project and month up to and with the day (F1, F6); a month in which the
    project changed in another way has two rows.
    """
    return departments.lent(resummed(by_month, ("department", "project", "state", "month")), project_states)


def _sum(rows: Iterable[Mapping[str, Any]]) -> dict[str, int]:
    """The sums of PRICED over the rows."""
    sums = dict.fromkeys(PRICED, 0)
    for row in rows:
        for name in PRICED:
            sums[name] += row[name]
    return sums


def _costs(sums: Mapping[str, int], prefix: str = "") -> dict[str, Any]:
    """What the hours cost at the true rates and at the organisation's standard rate."""
    return {
        f"{prefix}cost": cost(sums["minutes"], sums["unpriced"], sums["cost_60"]),
        f"{prefix}standard": cost(sums["minutes"], sums["unstandard"], sums["standard_60"]),
    }


def _years(as_of: dt.date, organisation: Any) -> dict[str, tuple[dt.date, dt.date]]:
    """The organisation's year that holds the day, and the one before: half-open."""
    first_month = getattr(organisation, "fiscal_year_starts", None) or 1
    start, end = fiscal_year(as_of, first_month)
    return {"now": (start, end), "before": (start.replace(year=start.year - 1), start)}


def _of(worked: pl.DataFrame, span: tuple[dt.date, dt.date], *by: str) -> pl.DataFrame:
    """The sums of PRICED by these columns of the rows whose month lies in the span."""
    held = worked.filter(pl.col("month") >= span[0], pl.col("month") < span[1])
    return held.group_by(by).agg(pl.col(*PRICED).sum()).sort(by)


def _order(organisation: Any, seen: Iterable[str]) -> list[str]:
    """The departments that have hours, in the organisation's order, then others by id, then those without one."""
    seen = set(seen)
    own = [id for id in departments.names(organisation) if id in seen]
    return own + sorted(seen - {*own, NONE}) + [NONE] * (NONE in seen)


def _pairs(rows: Iterable[Mapping[str, Any]]) -> dict[tuple[str, str], list[Mapping[str, Any]]]:
    found: dict[tuple[str, str], list[Mapping[str, Any]]] = {}
    for row in rows:
        found.setdefault((row["lender"], row["borrower"]), []).append(row)
    return found


MATRIX_COLUMNS = (
    Column("period", "text", "Period", words=PERIODS),
    Column("lender", "text", "People of", words=NO_DEPARTMENT),
    Column("borrower", "text", "Worked for", words=NO_DEPARTMENT),
    Column("minutes", "minutes", "Hours", "marketing"),
    Column("cost", "money", "Internal cost", "management", "Hours × the internal rate that held on the day"),
    Column("standard", "money", "At standard rate", "marketing", "Hours × the standard rate"),
    Column("unpriced", "minutes", "Hours without a rate", "management"),
)


def matrix_rows(worked: pl.DataFrame, as_of: dt.date, organisation: Any) -> pl.DataFrame:
    """Hours of the people of each department on the projects of each department, in the organisation's year so far
    and in the whole year before.

    Formula (F6):
        L[d, o] = Σ hours of people who were of department d on the day, on projects that o owned on it. Every pair of
        two departments with hours has a row, 0 where nobody worked: then the rows add up to every hour that was logged.
    """
    titles = departments.names(organisation) | {NONE: NONE}
    rows = []
    for period, span in _years(as_of, organisation).items():
        pairs = _pairs(_of(worked, span, "lender", "borrower").iter_rows(named=True))
        seen = _order(organisation, (one for pair in pairs for one in pair))
        for lender in seen:
            for borrower in seen:
                sums = _sum(pairs.get((lender, borrower), ()))
                rows.append(
                    {
                        "key": f"{period}/{lender}/{borrower}",
                        "period": period,
                        "lender": titles.get(lender, lender),
                        "borrower": titles.get(borrower, borrower),
                        "minutes": sums["minutes"],
                        "unpriced": sums["unpriced"],
                        **_costs(sums),
                    }
                )
    return frame(MATRIX_COLUMNS, rows)


TOTAL = "-total"
"""Key of the row of sums; no id begins with a dash."""
DEPARTMENT_COLUMNS = (
    Column("name", "text", "Department", words=NO_DEPARTMENT),
    Column("worked", "minutes", "Worked", "marketing", "Every hour of its people in the organisation's year"),
    Column("own", "minutes", "On its own projects", "marketing"),
    Column("lent", "minutes", "Lent", "marketing", "Hours of its people on projects of other departments"),
    Column("lent_share", "share", "Share lent", "marketing", "Lent ÷ worked"),
    Column("borrowed", "minutes", "Borrowed", "marketing", "Hours of other departments' people on its projects"),
    Column("net", "minutes", "Lent less borrowed", "marketing"),
    Column("lent_cost", "money", "Cost of what it lent", "management"),
    Column("borrowed_cost", "money", "Cost of what it borrowed", "management"),
    Column("net_cost", "money", "Cost lent less borrowed", "management"),
    Column("lent_standard", "money", "Lent, at standard rate", "marketing"),
    Column("borrowed_standard", "money", "Borrowed, at standard rate", "marketing"),
)


def department_rows(worked: pl.DataFrame, as_of: dt.date, organisation: Any) -> pl.DataFrame:
    """What each department lent and borrowed in the organisation's year so far (T23).

    Formula (F6):
        lent = Σ L[d, o] over o ≠ d; borrowed = Σ L[d', d] over d' ≠ d; net = lent − borrowed. People and projects
        without a department are a row of their own, so that all that was lent was borrowed by somebody (G8).
    """
    titles = departments.names(organisation) | {NONE: NONE}
    year = _years(as_of, organisation)["now"]
    pairs = _pairs(_of(worked, year, "lender", "borrower").iter_rows(named=True))
    seen = _order(organisation, (one for pair in pairs for one in pair))
    rows = [
        _department(
            one,
            titles.get(one, one),
            own=pairs.get((one, one), []),
            lent=[row for pair, part in pairs.items() if pair[0] == one != pair[1] for row in part],
            borrowed=[row for pair, part in pairs.items() if pair[1] == one != pair[0] for row in part],
        )
        for one in seen
    ]
    if rows:
        across = [row for pair, part in pairs.items() if pair[0] != pair[1] for row in part]
        own = [row for pair, part in pairs.items() if pair[0] == pair[1] for row in part]
        rows.append(_department(TOTAL, None, own=own, lent=across, borrowed=across))
    return frame(DEPARTMENT_COLUMNS, rows)


def _department(key: str, name: str | None, *, own: Any, lent: Any, borrowed: Any) -> dict[str, Any]:
    kept, given, taken = _sum(own), _sum(lent), _sum(borrowed)
    worked = kept["minutes"] + given["minutes"]
    out, into = _costs(given), _costs(taken)
    return {
        "key": key,
        "name": name,
        "worked": worked,
        "own": kept["minutes"],
        "lent": given["minutes"],
        **share("lent_share", given["minutes"], worked, "nothing-logged"),
        "borrowed": taken["minutes"],
        "net": given["minutes"] - taken["minutes"],
        "lent_cost": out["cost"],
        "borrowed_cost": into["cost"],
        "net_cost": combine(lambda a, b: a - b, out["cost"], into["cost"]),
        "lent_standard": out["standard"],
        "borrowed_standard": into["standard"],
    }


PROJECT_COLUMNS = (
    Column("name", "text", "Project"),
    Column("lender", "text", "People of", words=NO_DEPARTMENT),
    Column("borrower", "text", "Worked for", words=NO_DEPARTMENT),
    Column("minutes", "minutes", "Hours", "marketing"),
    Column("share", "share", "Share of all lent", "marketing"),
    Column("cost", "money", "Internal cost", "management"),
    Column("standard", "money", "At standard rate", "marketing"),
)


def project_rows(worked: pl.DataFrame, projects: pl.DataFrame, as_of: dt.date, organisation: Any) -> pl.DataFrame:
    """The projects with which hours were lent in the organisation's year so far, most hours first; one row for each
    project, lender and borrower (a project that changed its owner has two borrowers).
    """
    titles = departments.names(organisation)
    across = worked.filter(pl.col("lender") != pl.col("borrower"))
    by = ("project", "lender", "borrower")
    rows = _of(across, _years(as_of, organisation)["now"], *by).join(
        projects.select("project", "name"), on="project", how="left"
    )
    nothing = pl.when(pl.col("total") == 0).then(pl.lit("nothing-logged"))
    rows = rows.with_columns(rows.select(total=pl.sum("minutes"))["total"].new_from_index(0, len(rows)))
    return (
        rows.with_columns(
            pl.coalesce("name", "project").alias("name"),
            pl.col("lender", "borrower").replace(titles),
            *share_unless(nothing, "share", "minutes", "total"),
            *cost_columns(rows, "cost", "minutes", "unpriced", "cost_60"),
            *cost_columns(rows, "standard", "minutes", "unstandard", "standard_60"),
            key=pl.concat_str(*by, separator="/"),
        )
        .sort("minutes", "key", descending=[True, False])
        .select("key", *defined(PROJECT_COLUMNS, said=("share", "cost", "standard")))
    )


REST_COLUMNS = (
    Column("lines", "count", "Loans"),
    Column("minutes", "minutes", "Hours", "marketing"),
    Column("shown", "minutes", "Hours of those shown", "marketing"),
)


def rest_rows(results: Mapping[str, Result]) -> pl.DataFrame:
    """What the page does not list of `projects`: how many loans, and their hours; no row where it lists them all."""
    minutes = results["lending.projects"].rows["minutes"].to_list()
    rest = minutes[MOST_LINES:]
    row = {"key": "rest", "lines": len(rest), "minutes": sum(rest), "shown": sum(minutes[:MOST_LINES])}
    return frame(REST_COLUMNS, [row] if rest else [])


MONTH_COLUMNS = (
    Column("name", "text", "Department", words=NO_DEPARTMENT),
    Column("month", "day", "Month"),
    Column("lent", "minutes", "Lent", "marketing"),
    Column("borrowed", "minutes", "Borrowed", "marketing"),
    Column("net", "minutes", "Lent less borrowed", "marketing"),
)


def month_rows(worked: pl.DataFrame, as_of: dt.date, organisation: Any) -> pl.DataFrame:
    """Lent and borrowed by department and month, the last thirteen months with the day's own; a month begins where the
    log does: a month before the first hour is not 0 (G5).
    """
    titles = departments.names(organisation) | {NONE: NONE}
    if worked.is_empty():
        return frame(MONTH_COLUMNS, [])
    first: Any = worked["month"].min()
    months = [period.start for period in between(_back(as_of, MONTHS_SHOWN - 1), as_of, "month")]
    months = [month for month in months if month >= first]
    lent: dict[tuple[str, dt.date], int] = {}
    borrowed: dict[tuple[str, dt.date], int] = {}
    seen = set()
    found = _of(worked, (months[0] if months else as_of, FAR), "lender", "borrower", "month")
    for row in found.iter_rows(named=True):
        seen |= {row["lender"], row["borrower"]}
        if row["lender"] != row["borrower"]:
            for sums, one in ((lent, row["lender"]), (borrowed, row["borrower"])):
                sums[one, row["month"]] = sums.get((one, row["month"]), 0) + row["minutes"]
    return frame(
        MONTH_COLUMNS,
        (
            {
                "key": f"{one}/{Period(month, month, 'month')}",
                "name": titles.get(one, one),
                "month": month,
                "lent": lent.get((one, month), 0),
                "borrowed": borrowed.get((one, month), 0),
                "net": lent.get((one, month), 0) - borrowed.get((one, month), 0),
            }
            for one in _order(organisation, seen)
            for month in months
        ),
    )


def _back(day: dt.date, months: int) -> dt.date:
    """The first day of the month so many months before that of the day."""
    period = month_of(day)
    for _ in range(months):
        period = containing(period.start - dt.timedelta(days=1), "month")
    return period.start


FOCUS_COLUMNS = (
    Column("name", "text", "Department", words=NO_DEPARTMENT),
    Column("lent_to", "text", "Lent most to", words=NO_DEPARTMENT),
    Column("lent_most", "minutes", "Hours lent to it", "marketing"),
    Column("borrowed_from", "text", "Borrowed most from", words=NO_DEPARTMENT),
    Column("borrowed_most", "minutes", "Hours borrowed from it", "marketing"),
)


def focus_rows(results: Mapping[str, Result], organisation: Any) -> pl.DataFrame:
    """The department that the page speaks of: the reporting one, else the one that lent and borrowed most.

    With the department that it lent most to and the one that it borrowed most from, this year; of equals the first.
    """
    rows = [row for row in results["lending.departments"].rows.iter_rows(named=True) if row["key"] != TOTAL]
    if not rows:
        return frame(FOCUS_COLUMNS, [])
    reporting = getattr(organisation, "reporting_department", None)
    own = [row for row in rows if row["key"] == reporting]
    chosen = own[0] if own else max(rows, key=lambda row: row["lent"] + row["borrowed"])
    pairs = [row for row in results["lending.matrix"].rows.iter_rows(named=True) if row["period"] == "now"]

    def most(side: str, other: str) -> tuple[str | None, Any]:
        found = [row for row in pairs if row[side] == chosen["name"] != row[other] and row["minutes"]]
        best = max(found, key=lambda row: row["minutes"], default=None)
        return (best[other], best["minutes"]) if best else (None, Undefined("nothing-logged"))

    (to, given), (source, taken) = most("lender", "borrower"), most("borrower", "lender")
    return frame(
        FOCUS_COLUMNS,
        [
            {
                "key": chosen["key"],
                "name": chosen["name"],
                "lent_to": to,
                "lent_most": given,
                "borrowed_from": source,
                "borrowed_most": taken,
            }
        ],
    )


RESULTS = (
    Metric("matrix", MATRIX_COLUMNS, matrix_rows, lent_hours, LENT_HOURS),
    Metric("departments", DEPARTMENT_COLUMNS, department_rows, lent_hours, LENT_HOURS, total_key=TOTAL),
    Metric("months", MONTH_COLUMNS, month_rows, lent_hours, LENT_HOURS),
    Metric("projects", PROJECT_COLUMNS, project_rows, lent_hours, LENT_HOURS),
    Metric("rest", REST_COLUMNS, rest_rows),
    Metric("focus", FOCUS_COLUMNS, focus_rows),
    Metric("late", late.COLUMNS, late.late_rows, late.people_of_late, late.PEOPLE_OF_LATE),
)
