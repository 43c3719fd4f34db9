"""What to stop or decide, what to plan again, what to buy outside: each with the figure that makes it so (T60).

Every figure is one of another report of the section, taken as it stands there.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from fractions import Fraction
from typing import Any

import polars as pl

from sitegen.metrics.figures import Undefined, frame, known, undefined
from sitegen.metrics.severity import OF_KIND, SEVERITIES, below_target, neglected, overbooked
from sitegen.metrics.suppliers import LEFT, LEFT_ON, OF_REST, PRICES
from sitegen.results import Column, Result

GROUPS = {"stop": "Stop or decide", "replan": "Plan again", "buy": "Buy outside"}
YES_NO = {"yes": "Yes", "no": "No"}
KINDS = {
    "over": "Over budget",
    "will-exceed": "Will exceed",
    "late": "Past its end",
    "alone": "Neglected",
    "target": "Below target",
    "near": "Near the limit",
    "below": "A little below target",
    "no-budget": "No budget",
    "slipped": "Not done",
    "unbooked": "Not booked",
    "overbooked": "Overbooked",
    "booked-away": "Away",
    "priority": "Decided",
    "waiting": "Decided",
    "deadline": "Overdue",
    "idle": "Nothing booked",
    "decided": "Decided",
    "dearer": "Cheaper",
    "old-offer": "Old offer",
    "over-target": "Above target",
    "over-budget": "Over budget",
}
"""Why a point is here; in each group the kinds stand in the order of importance."""
COLUMNS = (
    Column("group", "text", "What to do", words=GROUPS),
    Column("kind", "text", "Why it is here", words=KINDS),
    Column("severity", "text", "Severity", words=SEVERITIES),
    Column("also", "text", "Also", "marketing", "Further reasons that the project is here, by the words of this table"),
    Column("name", "text", "Project or person"),
    Column("task", "text", "Task or deadline"),
    Column("project", "text", "Project's id"),
    Column("hours", "minutes", "Hours", "marketing", "Used, estimated, booked or not done, as the sentence says"),
    Column("against", "minutes", "Held against", "marketing", "Budget, target, or what can be worked"),
    Column("over", "minutes", "Difference", "marketing", "Hours less what they are held against"),
    Column("amount", "count", "How many", about="Bookings, weeks or further deadlines, as the sentence says"),
    Column("day", "day", "Day", about="End, deadline, Monday of the week, or day of the decision or offer"),
    Column("late", "days", "Days overdue"),
    Column(
        "to_week", "day", "Week with room", "marketing", "The first later week in which the person has room for them"
    ),
    Column("room", "minutes", "Free then", "marketing"),
    Column("left", "minutes", "Hours left", "marketing", LEFT),
    Column("left_rests_on", "text", "Hours left rest on", "marketing", words=LEFT_ON),
    Column("own", "money", "What is left, here", "management"),
    Column("offer", "money", "What is left, outside", "marketing", OF_REST),
    Column("saving", "money", "What is left, here less outside", "management"),
    Column("standard", "money", "What is left, at standard rate", "marketing"),
    Column("standard_saving", "money", "What is left, standard rate less outside", "marketing"),
    Column("price", "text", "Price", "marketing", words=PRICES),
    Column("supplier", "text", "Supplier", "marketing"),
    Column("old", "text", "Old offer", "marketing", "Older than the organisation trusts an offer", words=YES_NO),
    Column("why", "text", "Reason", "marketing"),
    Column("source", "text", "Table", about="The table that has the figures"),
    Column("line", "text", "Row", about="Its row in the table"),
)
TOLERANCE = Fraction(1, 10)
"""Up to a tenth above its weekly target a project is on it, as `time_use` has it."""
TOOK_MORE = ("over-target", "over-budget")
"""Kinds of what could be bought for no other reason than that it takes more hours than it was given."""
BLANK: dict[str, Any] = {
    column.name: None if column.unit == "text" else Undefined("not-relevant") for column in COLUMNS
}


def point_rows(as_of: dt.date, results: Mapping[str, Result]) -> pl.DataFrame:
    """One row a matter, in each group the gravest first.

    Stop or decide: open projects over their budget, then those that will exceed it, the most hours first; past their
    end, the longest first; neglected, by priority; below their weekly target and undecided; near the limit of their
    budget; hours without a budget. A project stands there once, for the gravest of these, with the others in `also`.
    Where a decision is recorded on its target, being neglected is no matter to decide any more: it is to be carried
    out, and stands under what to plan again or to buy.

    Plan again: last week's bookings that nobody did or decided on, or older ones where it has none, those that were
    moved and not booked again, weeks with too much booked, projects that were to get other priority, overdue deadlines
    (one line a project), and projects of the first priority without any booking. Where somebody has too much booked, or
    has hours to book again, the first week in which there is room for them stands beside it.

    Buy outside: the candidates of `make_or_buy`, warnings before notes and else in its order, a scope once; a cheaper
    offer that is old comes last of the offers. Hours above a weekly target are no matter where they are within a tenth
    of it, or where a decision on the target is recorded. A project that took more than it was given stands under what
    to stop or decide alone, where it stands there: whether it is to go on is decided first.

    What the audience may not see is not in the results that this is made from, and falls out.
    """
    stop = _gathered(_graver(map(_weighed, _stop(results, as_of))))
    bought = [*_once(_apart(stop, _buy(results)))]
    again = [*_replan(results)]
    handled = {row["project"]: row for row in (*again, *bought) if row["kind"] in ("priority", "decided")}
    for row in _left_alone(results):
        if row["key"] in handled:
            handled[row["key"]] |= {"also": "alone", "severity": neglected(row["priority"])}
        else:
            again.append(
                _of_project(
                    "replan", "waiting", "portfolio.projects", row, severity=neglected(row["priority"]),
                    amount=row["weeks_since"], day=_figure(row, "decided"),
                )
            )  # fmt: skip
    rows = [*stop, *_graver(map(_weighed, again)), *_graver(map(_weighed, bought))]
    return frame(COLUMNS, [{**BLANK, **row, "key": f"{row['group']}/{row['kind']}/{row['line']}"} for row in rows])


def _rows(results: Mapping[str, Result], name: str, *needed: str, where: pl.Expr | bool = True) -> list[dict[str, Any]]:
    """The rows of another report's table for which `where` holds: of tens of thousands a few are matters.

    None where the audience may not see the table or one of the columns needed.
    """
    result = results.get(name)
    if result is None or not all(result.has(column) for column in needed):
        return []
    return result.rows.filter(where).to_dicts()


def _once(rows: Iterable[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """Of rows about the same project and task the first."""
    seen = set()
    for row in rows:
        scope = (row["project"], row.get("task"))
        if scope not in seen:
            seen.add(scope)
            yield row


def _apart(stop: Iterable[dict[str, Any]], bought: Iterable[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """What could be bought but for whole projects that only took more than they were given, and stand under what to
    stop or decide: there it is told beside the reason why.
    """
    of = {row["project"]: row for row in stop}
    for row in bought:
        there = of.get(row["project"])
        if there is None or row["kind"] not in TOOK_MORE or row["task"]:
            yield row
        elif row["kind"] == "over-target":
            there["also"] = " ".join(filter(None, (there.get("also"), row["kind"])))


def _weighed(row: dict[str, Any]) -> dict[str, Any]:
    """The row with its severity, where it does not depend on more than its kind."""
    return row if "severity" in row else {"severity": OF_KIND[row["kind"]]} | row


def _graver(rows: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    order = [*SEVERITIES]
    return sorted(rows, key=lambda row: order.index(row["severity"]))


def _gathered(rows: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    """Of rows about the same project the first, with the kinds of the others; its own sentence says some of them."""
    of: dict[str, dict[str, Any]] = {}
    for row in rows:
        first = of.setdefault(row["project"], row)
        said = {"late": "alone"} if isinstance(first.get("amount"), int) else {}
        if row["kind"] not in (first["kind"], said.get(first["kind"]), *(first.get("also") or "").split()):
            first["also"] = f"{first['also']} {row['kind']}" if first.get("also") else row["kind"]
    return [*of.values()]


def _left_alone(results: Mapping[str, Result]) -> list[dict[str, Any]]:
    """Open projects that nobody has worked on for weeks, though it is decided to do something about it."""
    decided = (pl.col("decision") != "accept") & pl.col("weeks_since").is_not_null()
    rows = _rows(results, "portfolio.projects", "decision", "weeks_since", where=(pl.col("state") == "open") & decided)
    return [row for row in rows if row.get("neglected") == "yes"]


def _figure(row: Mapping[str, Any], column: str) -> Any:
    """A measure of another table's row; undefined for its reason, or withheld where the audience has no such column."""
    value = row.get(column)
    return value if value is not None else undefined(row.get(f"{column}_why") or "withheld")


def _stop(results: Mapping[str, Result], as_of: dt.date) -> Iterator[dict[str, Any]]:
    open_ = pl.col("state") == "open"
    matters = pl.col("outlook").is_in(["over", "will-exceed", "near", "no-budget"])
    budgets = _rows(results, "budget.projects", "outlook", where=open_ & matters)
    projects = _rows(results, "portfolio.projects", where=open_)

    def budgeted(kind: str, hours: str, over: str) -> Iterator[dict[str, Any]]:
        found = [row for row in budgets if row["outlook"] == kind]
        for row in sorted(found, key=lambda row: (-(row[over] or 0), row["key"])):
            yield _of_project(
                "stop", kind, "budget.projects", row,
                hours=_figure(row, hours), against=_figure(row, "budget"), over=_figure(row, over),
            )  # fmt: skip

    yield from budgeted("over", "used", "overrun")
    yield from budgeted("will-exceed", "estimate", "estimate_over")
    ended = [row for row in projects if row["end_passed"] == "yes"]
    for row in sorted(ended, key=lambda row: (row["end"], row["key"])):
        idle = _figure(row, "weeks_since") if row.get("neglected") == "yes" else Undefined("not-relevant")
        yield _of_project(
            "stop", "late", "portfolio.projects", row, day=row["end"], late=(as_of - row["end"]).days, amount=idle
        )
    alone = [row for row in projects if row.get("neglected") == "yes" and row["decision"] is None]
    for row in sorted(alone, key=lambda row: (row["priority"] or 99, -(row["weeks_since"] or 0), row["key"])):
        yield _of_project(
            "stop",
            "alone",
            "portfolio.projects",
            row,
            severity=neglected(row["priority"]),
            amount=_figure(row, "weeks_since"),
        )
    for row in _rows(results, "time_use.targets", "attained"):
        if row["undecided"] == "yes":
            yield _of_project(
                "stop", "target" if row["far"] == "yes" else "below", "time_use.targets", row,
                severity=below_target(far=row["far"] == "yes"),
                hours=_figure(row, "actual"), against=_figure(row, "wanted"), over=_figure(row, "missing"),
                amount=_figure(row, "weeks"),
            )  # fmt: skip
    near = [row for row in budgets if row["outlook"] == "near"]
    for row in sorted(near, key=lambda row: (row["left"], row["key"])):
        yield _of_project(
            "stop", "near", "budget.projects", row, hours=_figure(row, "used"), against=_figure(row, "budget")
        )
    unlimited = [row for row in budgets if row["outlook"] == "no-budget" and row["used"]]
    for row in sorted(unlimited, key=lambda row: (-row["used"], row["key"])):
        yield _of_project("stop", "no-budget", "budget.projects", row, hours=row["used"])


def _of_project(group: str, kind: str, source: str, row: Mapping[str, Any], **figures: Any) -> dict[str, Any]:
    project = row["key"].partition("/")[0]
    place = {"group": group, "kind": kind, "name": row["name"], "project": project}
    return place | {"source": source, "line": row["key"]} | figures


def _replan(results: Mapping[str, Result]) -> Iterator[dict[str, Any]]:
    yield from _slipped(results)
    yield from _unbooked(results)
    too_much = pl.col("state").is_in(["over", "booked-away"])
    weeks = _rows(results, "resource_plan.weeks", "capacity", where=too_much)
    room = _room(results, {row["key"].partition("/")[0] for row in weeks})
    for row in sorted(weeks, key=lambda row: (row["week"], -row["over"], row["key"])):
        yield {
            "group": "replan",
            "kind": "overbooked" if row["state"] == "over" else "booked-away",
            "severity": overbooked(row["load"]) if row["state"] == "over" else OF_KIND["booked-away"],
            "name": row["name"],
            "hours": row["booked"],
            "against": row["capacity"],
            "over": row["over"],
            "day": row["week"],
            "source": "resource_plan.weeks",
            "line": row["key"],
        } | _first_with(room, row["key"].partition("/")[0], row["over"], row["week"])
    for row in _rows(results, "time_use.targets", "attained"):
        if row["decision"] == "reprioritise" and row["state"] == "under" and row["key"].endswith("/-"):
            yield _of_project(
                "replan", "priority", "time_use.targets", row, hours=_figure(row, "mean"),
                against=_figure(row, "target"), day=_figure(row, "decided"), why=row["why"],
            )  # fmt: skip
    yield from _overdue(results)
    idle = (pl.col("priority") == 1) & (pl.col("booked").fill_null(0) == 0)
    for row in _rows(results, "resource_plan.projects", "booked", where=idle):
        yield _of_project("replan", "idle", "resource_plan.projects", row)


def _slipped(results: Mapping[str, Result]) -> Iterator[dict[str, Any]]:
    """Bookings without a decision are one matter, last week's or else older ones: the list is on their own page."""
    weeks = _rows(results, "booked_registered.trend")
    left = {row["key"]: row for row in _rows(results, "booked_registered.total") if row["open_bookings"]}
    line = next((key for key in ("last", "older") if key in left), None)
    if line and weeks:
        yield {
            "group": "replan", "kind": "slipped", "hours": left[line]["undecided"],
            "amount": left[line]["open_bookings"], "source": "booked_registered.total", "line": line,
        } | ({"day": weeks[-1]["week"]} if line == "last" else {})  # fmt: skip


def _unbooked(results: Mapping[str, Result]) -> Iterator[dict[str, Any]]:
    """Bookings that were moved to another week and not booked there: each has a row of its own where it leads."""
    rows = _rows(results, "booked_registered.slipped", where=pl.col("next") == "book")
    room = _room(results, {row["key"].split("/")[0] for row in rows})
    for row in rows:
        person, _, project = row["key"].split("/")[:3]
        yield {
            "group": "replan", "kind": "unbooked", "name": row["name"], "task": row["project"],
            "project": project, "hours": row["slipped"], "day": row["to_week"],
            "source": "booked_registered.slipped", "line": row["key"],
        } | _first_with(room, person, row["slipped"], None)  # fmt: skip


def _room(results: Mapping[str, Result], people: set[str]) -> dict[str, list[tuple[dt.date, int]]]:
    """The coming weeks of some people in which they have hours free, each with how many."""
    found: dict[str, list[tuple[dt.date, int]]] = {}
    of_them = pl.col("key").str.split("/").list.first().is_in(people) & (pl.col("free") > 0)
    for row in _rows(results, "resource_plan.weeks", "free", where=of_them):
        found.setdefault(row["key"].partition("/")[0], []).append((row["week"], row["free"]))
    return found


def _first_with(
    room: Mapping[str, list[tuple[dt.date, int]]], person: str, minutes: int, after: dt.date | None
) -> dict[str, Any]:
    """The first week, after one where that is said, in which somebody has so many minutes free; none: no column."""
    weeks = [(week, free) for week, free in sorted(room.get(person, ())) if free >= minutes]
    first = next(((week, free) for week, free in weeks if after is None or week > after), None)
    return {} if first is None else {"to_week": first[0], "room": first[1]}


def _overdue(results: Mapping[str, Result]) -> Iterator[dict[str, Any]]:
    """One line a project, for the deadline that is longest overdue; a project's end stands under what to decide."""
    of: dict[str, list[dict[str, Any]]] = {}
    overdue = (pl.col("state") == "overdue") & pl.col("kind").ne_missing("end")
    for row in _rows(results, "resource_plan.deadlines", where=overdue):
        of.setdefault(row["key"].partition("/")[0], []).append(row)
    for rows in sorted(of.values(), key=lambda rows: (rows[0]["priority"] or 99, rows[0]["day"], rows[0]["key"])):
        first = rows[0]
        yield _of_project(
            "replan", "deadline", "resource_plan.deadlines", first,
            task=first["what"], day=first["day"], late=-first["left"], amount=len(rows) - 1,
        )  # fmt: skip


_OF_REST = ("left", "own", "offer", "saving", "standard", "standard_saving")


def _buy(results: Mapping[str, Result]) -> Iterator[dict[str, Any]]:
    offers = {row["key"]: row for row in _rows(results, "make_or_buy.offers", "offer")}
    decided = pl.col("decision").is_not_null()
    said = {row["key"] for row in _rows(results, "portfolio.projects", "decision", where=decided)}
    made = []
    for row in _rows(results, "make_or_buy.candidates", "rule"):
        project, scope, kind = row["key"].split("/")
        offer = offers.get(project if scope == "-" else f"{project}/{scope}", {})
        if kind == "dearer" and offer.get("old") == "yes":
            kind = "old-offer"
        if kind == "over-target" and (project in said or row["over"] <= row["limit"] * TOLERANCE):
            continue
        made.append(
            _of_project(
                "buy", kind, "make_or_buy.candidates", row, task=row["task"], hours=_figure(row, "hours"),
                against=_figure(row, "limit"), over=_figure(row, "over"),
                **{name: _figure(row, name) for name in _OF_REST},
                left_rests_on=row["left_rests_on"], price=offer.get("price"), supplier=offer.get("supplier"),
                old=offer.get("old"),
                day=known(offer.get("on"), "not-relevant"), why=row["why"],
            )
        )  # fmt: skip
    order = [*KINDS]
    yield from sorted(made, key=lambda row: order.index(row["kind"]))  # each kind in the order that it has there


GROUP_COLUMNS = (
    Column("name", "text", "What to do", words=GROUPS),
    Column("matters", "count", "Matters"),
    Column("within", "count", "Within a tenth of the target", "marketing", "Candidates to buy that are not among them"),
    Column("settled", "count", "Above target, and decided", "marketing", "Candidates to buy that are not among them"),
    Column("first", "count", "To be decided first", "marketing", "Candidates to buy that stand under what to decide"),
)


def group_rows(results: Mapping[str, Result]) -> pl.DataFrame:
    """How many matters each group has, of those that the audience may see; how many candidates to buy are left out."""
    counted = results["time_now.points"].rows["group"].to_list()
    none = dict.fromkeys(("within", "settled", "first"), Undefined("not-relevant"))
    made = [{"key": key, "name": key, "matters": counted.count(key)} | none for key in GROUPS]
    made[-1] |= _left_out(results)
    return frame(GROUP_COLUMNS, made)


def _left_out(results: Mapping[str, Result]) -> dict[str, int]:
    """The scopes among `make_or_buy`'s candidates that are no matter to buy here: a little above their target, decided,
    or to be decided first.
    """
    points = results["time_now.points"].rows
    shown = {line.rpartition("/")[0] for line in points.filter(pl.col("group") == "buy")["line"]}
    stopped = points.filter(pl.col("group") == "stop").to_dicts()
    also = {row["project"]: (row.get("also") or "").split() for row in stopped}
    scopes: dict[str, str] = {}
    for row in _rows(results, "make_or_buy.candidates", "rule"):
        scope, _, rule = row["key"].rpartition("/")
        if scope not in shown:
            first = rule == "over-budget" or rule in also.get(scope.partition("/")[0], ())
            within = not first and row["over"] <= row["limit"] * TOLERANCE
            scopes[scope] = "first" if first else "within" if within else "settled"
    return {name: [*scopes.values()].count(name) for name in ("within", "settled", "first")}
