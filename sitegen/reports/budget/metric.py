"""Budget follow-up: hours and money against each project's budget, what it will come to, and what needs a decision.

The tables under it (tasks, baselines, weeks) are in `lines.py`, the burn-down in `burndown.py`, the plan of each
baseline in `plans.py`.
"""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

import polars as pl

from sitegen.metrics import projects as standing
from sitegen.metrics.figures import Undefined, frame, known, minus, share
from sitegen.metrics.outlook import OUTLOOKS, RESTS_ON
from sitegen.metrics.severity import OF_KIND
from sitegen.metrics.tasks import TASK_HOURS, task_hours, trees
from sitegen.report import Attention, Metric, Value
from sitegen.reports.budget import burndown, lines, plans
from sitegen.results import Column, Result

RANK = {"open": 0, "not-started": 1, "closed": 2}

PROJECT_COLUMNS = (
    Column("name", "text", "Project"),
    Column("type", "text", "Type", words=standing.TYPES),
    Column("state", "text", "State", words=standing.STATES),
    Column("owner", "text", "Owner"),
    Column("used", "minutes", "Used", "marketing", "Hours logged in the days that the budget is for"),
    Column("budget", "minutes", "Budget", about="The newest baseline on or before the day of the report"),
    Column("left", "minutes", "Left", "marketing", "Budget − used; negative where more is used than was given"),
    Column("used_share", "share", "Used of budget", "marketing", "Used ÷ budget"),
    Column("overrun", "minutes", "Over budget", "marketing", "Used − budget"),
    Column("original", "minutes", "First budget", about="The first baseline, for the same days"),
    Column("drift", "minutes", "Budget change", about="Budget now − first budget"),
    Column("over_original", "minutes", "Used against first budget", "marketing", "Used − first budget"),
    Column("done", "share", "Done", about="Σ task budget × done ÷ Σ task budget, where every one says how far it is"),
    Column("earned_estimate", "minutes", "Estimate by progress", "marketing", "Used × budget ÷ earned value"),
    Column("pace", "minutes", "Pace a week", "marketing", "Mean of the last four complete weeks"),
    Column("pace_estimate", "minutes", "Estimate by pace", "marketing", "Used + pace × whole weeks to the last day"),
    Column("estimate", "minutes", "Estimate", "marketing", "By progress where it can be said, else by pace"),
    Column("estimate_over", "minutes", "Estimate against budget", "marketing", "Estimate − budget"),
    Column("estimate_drift", "minutes", "Estimate against first budget", "marketing", "Estimate − first budget"),
    Column("planned", "minutes", "Planned by now", about="Budget × working days passed ÷ working days in all"),
    Column("spi", "ratio", "Progress against plan (SPI)", about="Earned value ÷ planned by now; under 0.9 is behind"),
    Column("runs_out", "day", "Hours run out", "marketing", "The day, if the pace holds"),
    Column("status", "text", "Status", "marketing", words=standing.COST_STATES),
    Column(
        "outlook",
        "text",
        "Outlook",
        "marketing",
        "Will exceed: the estimate is over 105% of the budget",
        words=OUTLOOKS,
    ),
    Column("rests_on", "text", "Outlook rests on", "marketing", words=RESTS_ON),
    Column("schedule", "text", "Schedule", words=standing.SCHEDULE_STATES),
    Column("start", "day", "Start"),
    Column("planned_end", "day", "End"),
    Column("first_end", "day", "First end"),
    Column("elapsed", "share", "Time passed", about="Days passed ÷ days from the first to the last"),
    Column("moved", "days", "End moved", about="Days from the first end date to the one that holds now"),
    Column("baselines", "count", "Baselines"),
    Column("budget_from", "day", "Budget from", about="For a budget that is per year, quarter, month or week"),
    Column("budget_to", "day", "Budget to"),
    Column("external_used", "money", "External cost", "marketing"),
    Column("external_committed", "money", "Ordered, not invoiced", "marketing"),
    Column("external_budget", "money", "External budget", "marketing"),
    Column("external_left", "money", "External left", "marketing", "External budget − cost − ordered"),
    Column("external_share", "share", "Used of external budget", "marketing"),
    Column("internal_cost", "money", "Internal cost", "management", "Hours × the internal rate that held on the day"),
    Column("unpriced", "minutes", "Hours without a rate", "management"),
    Column("standard_cost", "money", "Own hours at standard rate", "marketing", "Hours × the standard rate"),
    Column("used_total", "minutes", "Used since the start", "marketing", "Every hour up to the day of the report"),
)


def project_rows(standings: standing.Standings) -> pl.DataFrame:
    """One row a project, the most used first; open ones, then those not begun, then closed ones.

    Source:
        F1, F2, F35, F36, F38, F39; T7, T18, T29–T32. The arithmetic is in `metrics/projects.py`.
    """
    rows = [{**row, "start": known(row["start"], "not-started")} for row in standings.rows]
    return frame(PROJECT_COLUMNS, sorted(rows, key=_most_used))


def _most_used(row: Mapping[str, Any]) -> tuple[Any, ...]:
    used = row["used_share"]
    return (
        RANK[row["state"]],
        *((True, 0, 0) if isinstance(used, Undefined) else (False, -float(used), -used)),
        row["name"],
    )
    row["key"]


TOTAL_COLUMNS = (
    Column("projects", "count", "Projects"),
    Column("used", "minutes", "Used", "marketing"),
    Column("budget", "minutes", "Budget"),
    Column("left", "minutes", "Left", "marketing"),
    Column("used_share", "share", "Used of budget", "marketing"),
    Column("estimate", "minutes", "Estimate", "marketing"),
    Column("original", "minutes", "First budget"),
    Column("over_threshold", "count", "Over the first threshold", "marketing"),
    Column("over", "count", "Over budget", "marketing"),
    Column("external_used", "money", "External cost", "marketing"),
    Column("external_committed", "money", "Ordered, not invoiced", "marketing"),
    Column("external_budget", "money", "External budget", "marketing"),
    Column("internal_cost", "money", "Internal cost", "management"),
    Column("standard_cost", "money", "Own hours at standard rate", "marketing"),
    Column("used_total", "minutes", "Used since the start", "marketing"),
    Column("moved", "count", "With a later end"),
    Column("threshold", "share", "Warns at", about="The organisation's first threshold"),
)


def total_rows(organisation: Any, results: Mapping[str, Result]) -> pl.DataFrame:
    """Sums over `budgeted` (open projects with a budget), `open` (all open ones), `investment` (of these) and `all`.

    The estimate is the sum over the budgeted projects that have one; it is undefined (unknown-part) where one has none.
    """
    table = results["budget.projects"].rows
    threshold = standing.warn_at(organisation)[0]
    table = table.with_columns(reached=_reached(table, threshold))
    open_ = pl.col("state") == "open"
    sets: dict[str, pl.Expr | bool] = {
        "budgeted": open_ & (pl.col("budget") != 0),
        "open": open_,
        "investment": open_ & (pl.col("type") == "investment"),
        "all": True,
    }
    return frame(TOTAL_COLUMNS, [_total(key, table.filter(chosen), threshold) for key, chosen in sets.items()])


def _total(key: str, rows: pl.DataFrame, threshold: Fraction) -> dict[str, Any]:
    def values(name: str) -> list[Any]:
        """Unknown where the audience may not see the column."""
        return rows[name].to_list() if name in rows.columns else [None] * len(rows)

    def total(name: str, why: str = "unknown-part") -> Any:
        return Undefined(why) if None in values(name) else sum(values(name))

    used, budget = total("used"), total("budget", "no-budget")
    return {
        "key": key,
        "projects": len(rows),
        "used": used,
        "budget": budget,
        "left": minus(budget, used),
        **share("used_share", used, budget, "no-budget"),
        "estimate": total("estimate"),
        "original": total("original", "no-budget"),
        "over_threshold": int(rows["reached"].sum()),
        "over": values("status").count("over"),
        "external_used": total("external_used"),
        "external_committed": total("external_committed"),
        "external_budget": sum(value or 0 for value in values("external_budget")),
        "internal_cost": total("internal_cost", "no-rate"),
        "standard_cost": total("standard_cost", "no-rate"),
        "used_total": total("used_total"),
        "moved": sum(1 for value in values("moved") if (value or 0) > 0),
        **share("threshold", threshold.numerator, threshold.denominator, "no-budget"),
    }


def _reached(table: pl.DataFrame, threshold: Fraction) -> pl.Series:
    """Whether so much of each budget is used; the share itself is a float, in which 70 % is less than 7 ÷ 10."""
    if "used_share_k" not in table.columns:
        return pl.repeat(False, len(table), eager=True)
    parts = table.select("used_share_k", "used_share_n").iter_rows()
    return pl.Series(
        [used is not None and Fraction(used) >= threshold * Fraction(budget) for used, budget in parts],
        dtype=pl.Boolean,
    )


FOCUS_COLUMNS = (Column("name", "text", "Project"), Column("type", "text", "Type", words=standing.TYPES))


def focus_rows(results: Mapping[str, Result]) -> pl.DataFrame:
    """The one project whose burn-down is drawn: of the open investments one that is over or will exceed, the most
    used first.

    Where the audience may not see hours used, the one whose budget has changed most. No row where no project has a
    budget.
    """
    table = results["budget.projects"]
    measure = "used_share" if table.has("used_share") else "drift"
    needed = [name for name in ("key", "name", "type", "outlook", measure) if name in table.rows.columns]
    budgeted = table.rows.filter(pl.col("state") == "open", pl.col("budget") != 0)
    rows = budgeted.select(needed).to_dicts()

    def critical(row: Mapping[str, Any]) -> tuple[Any, ...]:
        fine = row.get("outlook") not in ("over", "will-exceed")
        return row["type"] != "investment", fine, row[measure] is None, -(row[measure] or 0), row["key"]

    rows.sort(key=critical)
    return frame(FOCUS_COLUMNS, rows[:1])


def attention(results: Mapping[str, Result]) -> list[Attention]:
    """Open projects that are over their hours, will exceed them, are near them, or have none (T7, T29, T30)."""
    table = results["projects"]
    if not table.has("outlook"):
        return []
    found = (_attention(row) for row in table.rows.iter_rows(named=True) if row["state"] == "open")
    return [item for item in found if item is not None]


def _attention(row: Mapping[str, Any]) -> Attention | None:
    def figure(column: str) -> Value:
        return Value("projects", row["key"], column)

    name = {"project": row["name"]}
    to_project: dict[str, Any] = {
        "page": ("project", row["key"]),
        "sources": (("project", row["key"]),),
        "audience": "marketing",
    }
    if row["outlook"] == "over":
        return Attention(
            "budget", OF_KIND[row["outlook"]], row["overrun"] / 60,
            (
                "%(project)s has used %(used)s of %(budget)s",
                name | {"used": figure("used"), "budget": figure("budget")},
            ),
            ("%(over)s over its budget. Write a new baseline with its reason, or stop.", {"over": figure("overrun")}),
            **to_project,
        )  # fmt: skip
    if row["outlook"] == "will-exceed":
        what: tuple[str, dict[str, Any]] = (
            "%(project)s will take %(estimate)s of %(budget)s.",
            name | {"estimate": figure("estimate"), "budget": figure("budget")},
        )
        if row["rests_on"] == "pace" and row["runs_out"] is not None:
            what = (
                "%(project)s runs out of hours on %(day)s, before the time of its budget is over.",
                name | {"day": row["runs_out"]},
            )
        return Attention(
            "budget", OF_KIND[row["outlook"]], row["estimate_over"] / 60, what,
            (
                "%(missing)s will be missing. Agree on more hours, less content or a later end.",
                {"missing": figure("estimate_over")},
            ),
            **to_project,
        )  # fmt: skip
    if row["outlook"] == "near":
        return Attention(
            "budget", OF_KIND[row["outlook"]], row["left"] / 60,
            ("%(project)s has used %(share)s of its hours.", name | {"share": figure("used_share")}),
            ("%(left)s are left.", {"left": figure("left")}),
            **to_project,
        )  # fmt: skip
    if row["outlook"] == "no-budget" and row["used"]:
        return Attention(
            "budget", OF_KIND[row["outlook"]], row["used"] / 60,
            ("%(project)s has no time budget.", name),
            ("%(used)s are used without a limit. Write a budget in its record.", {"used": figure("used")}),
            **to_project,
        )  # fmt: skip
    return None


RESULTS = (
    Metric("projects", PROJECT_COLUMNS, project_rows, standing.hours, standing.HOURS, prepare=standing.standings),
    Metric("total", TOTAL_COLUMNS, total_rows),
    Metric("focus", FOCUS_COLUMNS, focus_rows),
    Metric("tasks", lines.TASK_COLUMNS, lines.task_rows, task_hours, TASK_HOURS, prepare=trees),
    Metric("baselines", lines.BASELINE_COLUMNS, lines.baseline_rows),
    Metric("weeks", lines.WEEK_COLUMNS, lines.week_rows, lines.people_weeks, lines.PEOPLE_WEEKS),
    Metric("week_sums", lines.SUM_COLUMNS, lines.sum_rows),
    Metric(
        "burndown",
        burndown.BURNDOWN_COLUMNS,
        burndown.burndown_rows,
        standing.hours,
        standing.HOURS,
        prepare=standing.standings,
    ),
    Metric("plans", plans.PLAN_COLUMNS, plans.plan_rows),
)
