"""B3, B7, B24, B25, T22: the plan, how well it is documented, and who knows it."""

import datetime as dt
from types import SimpleNamespace as Thing
from typing import Any

import narwhals as nw
import polars as pl
import pytest

from sitegen.metrics import activities
from sitegen.reports.marketing_plan import metric

DAY = dt.date(2026, 6, 30)
day = dt.date.fromisoformat


class Blank:
    """A record whose fields that were left out are None, as in the models."""

    def __init__(self, **fields: Any) -> None:
        self.__dict__.update(fields)

    def __getattr__(self, name: str) -> None:
        return None


class Held:
    """A dated value that has always held."""

    def __init__(self, value: Any) -> None:
        self.value = value

    def at(self, day: dt.date) -> Any:
        return self.value


FULL = Blank(
    name="Webinarrække",
    owner="mette",
    segment="smv-it",
    from_=day("2026-01-15"),
    to=day("2026-03-31"),
    budget=Blank(minutes=90 * 60, external_cost=2_500_000),
    expects=Blank(leads=60, meetings=15, counts={"leads": 60, "meetings": 15}, measured_by=day("2026-06-30")),
    goal="meetings",
)


def records(plan: Any = None, **others: Any) -> Any:
    own: dict[str, Any] = {
        "marketing_plans": {"marketing-2026": plan} if plan else {},
        "people": {},
        "projects": {},
        "campaigns": {},
        "segments": None,
        "stages": None,
        "organisation": None,
    }
    return Thing(**(own | others))


def plan(**fields: Any) -> Any:
    return Blank(**({"name": "Plan 2026", "versions": (Blank(number=1, on=day("2026-01-05")),)} | fields))


def no_costs() -> pl.DataFrame:
    return pl.DataFrame(schema={"project": pl.String, "day": pl.Date, "amount_minor": pl.Int64})


def used(**minutes: int) -> pl.DataFrame:
    return pl.DataFrame(list(minutes.items()), schema={"activity": pl.String, "minutes": pl.Int64}, orient="row")


def test_a_plan_is_documented_by_its_filled_fields_over_its_required_ones():
    """Two activities × 5 = 10 required; the second has only an owner: 5 + 1 = 6 of 10. The dropped one does not
    count.
    """
    own = plan(
        activities={
            "a": FULL,
            "b": Blank(name="B", owner="mette"),
            "c": Blank(name="C", dropped=Blank(on=day("2026-04-01"))),
        }
    )
    row = metric.plan_facts(records(own), DAY).row(0, named=True)
    assert (row["complete_k"], row["complete_n"], row["complete"]) == (6, 10, pytest.approx(0.6))
    assert (row["activities"], row["dropped"], row["incomplete"]) == (3, 1, 1)


def test_a_plan_of_only_dropped_activities_is_not_documented_nor_undocumented():
    row = metric.plan_facts(records(plan(activities={"c": Blank(name="C", dropped=Blank(on=None))})), DAY).row(
        0, named=True
    )
    assert (row["complete"], row["complete_why"]) == (None, "no-cases")


def test_an_activity_says_what_it_lacks():
    frame = activities.facts(
        used(), no_costs(), records(plan(activities={"b": Blank(name="B", owner="mette", from_=DAY)})), DAY
    )
    assert frame.row(0, named=True)["missing"] == "timing resources expects goal"


def test_hours_used_are_those_of_its_own_days_on_the_projects_that_carry_it_out():
    """T22. Between 15 January and 31 March: 40 h on webinar and 2 h on webinar-extra are 42 h = 2,520 minutes.

    5 h on webinar in April came after it, 3 h in July after the day, 9 h are another project's.
    """
    logged = pl.DataFrame(
        [("webinar", "2026-02-02", 2400), ("webinar-extra", "2026-03-31", 120), ("webinar", "2026-04-01", 300)]
        + [("webinar", "2026-07-01", 180), ("other", "2026-02-02", 540)],
        schema=["project", "day", "minutes"],
        orient="row",
    ).with_columns(pl.col("day").str.to_date(), month=pl.col("day").str.to_date().dt.truncate("1mo"))
    projects = pl.DataFrame({"project": ["webinar", "webinar-extra", "other"], "plan_activity": ["a", "a", None]})
    spans = pl.DataFrame({"activity": ["a"], "since": [FULL.from_], "until": [FULL.to]})
    lazy = [nw.from_native(frame.lazy()) for frame in (logged, projects, spans)]
    assert activities.used_minutes(*lazy, DAY).collect().to_native().rows() == [("a", 2520)]


def test_an_activity_without_a_project_has_no_hours_to_show():
    own = records(
        plan(activities={"a": FULL, "b": Blank(name="B")}), projects={"w": Blank(name="w", plan_activity="a")}
    )
    rows = {row["key"]: row for row in activities.facts(used(a=2520), no_costs(), own, DAY).iter_rows(named=True)}
    assert rows["a"]["used"] == 2520
    assert (rows["b"]["used"], rows["b"]["used_why"]) == (None, "nothing-logged")


def test_cost_of_an_activity_is_its_projects_and_campaigns_up_to_the_day():
    """12,500 kr. of the project + 1,800 kr. postage of the campaign; the bill of July has not come."""
    costs = pl.DataFrame(
        [("webinar", day("2026-03-14"), 1_250_000), ("webinar", day("2026-07-01"), 99)],
        schema={"project": pl.String, "day": pl.Date, "amount_minor": pl.Int64},
        orient="row",
    )
    letter = Blank(name="Brev", activity="a", costs=(Blank(date=day("2026-02-01"), amount=180_000),))
    own = records(
        plan(activities={"a": FULL}),
        projects={"webinar": Blank(name="w", plan_activity="a")},
        campaigns={"brev": letter},
    )
    assert activities.facts(used(), costs, own, DAY).row(0, named=True)["used_external"] == 1_430_000


def test_an_effect_measured_after_the_day_is_not_known_yet():
    late = Blank(**(vars(FULL) | {"effect": Blank(leads=71, on=day("2026-07-05"))}))
    row = activities.facts(used(), no_costs(), records(plan(activities={"a": late})), DAY).row(0, named=True)
    assert (row["effect_leads"], row["effect_leads_why"]) == (None, "unknown-part")


@pytest.mark.parametrize(
    ("on", "expected"),
    [("2026-01-14", "planned"), ("2026-01-15", "running"), ("2026-03-31", "running"), ("2026-04-01", "done")],
)
def test_an_activity_runs_from_its_first_to_its_last_day(on, expected):
    assert activities.state(FULL, day(on)) == expected


def test_a_score_needs_every_criterion():
    """effect 4·3 + effort 2·(−1) + certainty 3·1 = 13; without certainty it is incomplete, not 10."""
    own = plan(prioritising=Blank(criteria={"effect": 3, "effort": -1, "certainty": 1}))
    assert activities.priority(Blank(scores={"effect": 4, "effort": 2, "certainty": 3}), own) == 13
    assert activities.priority(Blank(scores={"effect": 4, "effort": 2}), own) is None


def test_knowing_the_plan_is_a_share_of_all_employees_not_of_the_answers():
    """Sales has 4 employees; 1 of the 2 who answered knows it: 1/4. Ida left in May and is not counted."""
    people = {
        name: Blank(name=name, department=Held("sales"), employed=Blank(from_=day("2025-01-01"))) for name in "abcd"
    }
    people["ida"] = Blank(
        name="Ida", department=Held("sales"), employed=Blank(from_=day("2025-01-01"), to=day("2026-05-31"))
    )
    known = {
        "a": Blank(on=day("2026-01-09"), version=1, knows=True, understands=True, follows=None),
        "b": Blank(on=day("2026-01-09"), version=1, knows=False),
        "ida": Blank(on=day("2026-01-09"), version=1, knows=True),
        "c": Blank(on=day("2026-07-01"), version=1, knows=True),
    }
    frame, left_out = metric.known_by(
        records(plan(known_by=known), people=people, organisation=Blank(departments={})), DAY
    )
    row = frame.row(0, named=True)
    assert (row["knows_k"], row["knows_n"], row["knows"], row["answered_k"], row["follows_k"]) == (1, 4, 0.25, 2, 0)
    assert 0 < row["knows_low"] < 0.25 < row["knows_high"] < 1
    assert left_out == {"answers from people who are not employed": 1}


def test_front_line_people_who_have_not_seen_the_newest_version_are_listed():
    versions = (
        Blank(number=1, on=day("2026-01-05")),
        Blank(number=3, on=day("2026-06-20")),
        Blank(number=4, on=day("2026-07-02")),
    )
    people = {name: Blank(name=name.title(), department=Held("sales")) for name in ("jo", "kim", "lis")}
    known = {"jo": Blank(on=day("2026-06-21"), version=3), "kim": Blank(on=day("2026-01-09"), version=1)}
    own = records(
        plan(versions=versions, known_by=known, front_line=("sales",)),
        people=people,
        organisation=Blank(departments={}),
    )
    rows = metric.unread(own, DAY).to_dicts()
    assert [(row["key"], row["version"], row["version_why"]) for row in rows] == [
        ("kim", 1, None),
        ("lis", None, "no-cases"),
    ]


def test_an_agreement_to_an_earlier_version_is_stale():
    versions = (Blank(number=1, on=day("2026-01-05")), Blank(number=3, on=day("2026-06-20")))
    holders = {
        "old": Blank(name="Old", asked_on=day("2026-01-02"), agreed=Blank(on=day("2026-01-10"), version=1)),
        "new": Blank(name="New", asked_on=day("2026-06-15"), agreed=Blank(on=day("2026-06-22"), version=3)),
        "asked": Blank(name="Asked", asked_on=day("2026-06-15")),
        "open": Blank(name="Open"),
    }
    frame = metric.stakeholders(records(plan(versions=versions, stakeholders=holders)), DAY)
    assert dict(frame.select("key", "state").iter_rows()) == {
        "old": "stale",
        "new": "agreed",
        "asked": "asked",
        "open": "open",
    }


def events(*rows: tuple[str, str, str]) -> pl.DataFrame:
    table = [(customer, stage, day(on)) for customer, stage, on in rows]
    return pl.DataFrame(table, schema={"customer": pl.String, "stage": pl.String, "day": pl.Date}, orient="row")


def meetings(*rows: tuple[str, str, str]) -> pl.DataFrame:
    table = [(day(booked), day(date), state) for booked, date, state in rows]
    return pl.DataFrame(table, schema={"booked": pl.Date, "date": pl.Date, "state": pl.String}, orient="row")


WEB = pl.DataFrame(schema={"month": pl.Date, "visitors": pl.Int64, "leads": pl.Int64})


def test_a_goal_is_measured_in_the_funnel_and_compared_with_the_straight_line():
    """180 by 31 December; on 30 June 181 of 365 days have passed: 180 · 181/365 = 89.26. Two cards came in, one of
    them twice.
    """
    goal = Blank(name="Hotte", target=180, by=day("2026-12-31"), measure="funnel.hot")
    table = events(
        ("a", "hot", "2026-02-01"), ("a", "hot", "2026-03-01"), ("b", "hot", "2026-06-30"), ("c", "hot", "2025-12-31")
    )
    own = records(plan(goals={"hot": goal}), stages=Blank(stages=(Blank(id="hot"),)))
    row = metric.goals(own, table, meetings(), WEB, DAY).row(0, named=True)
    assert (
        row["actual"] == 2
        and row["today"] == pytest.approx(180 * 181 / 365)
        and row["reached"] == pytest.approx(2 / 180)
    )


def test_a_goal_of_held_meetings_counts_meetings_not_firms():
    """Two meetings held this year by the day; one of last year, one that nobody came to and one in July are not among
    them.
    """
    goal = Blank(name="Møder", target=10, by=day("2026-12-31"), measure="funnel.meeting-held")
    own = records(
        plan(goals={"meetings": goal}), stages=Blank(stages=(Blank(id="meeting-held", entered_by="meeting.held"),))
    )
    table = meetings(
        ("2026-01-02", "2026-01-20", "held"),
        ("2026-02-02", "2026-06-30", "held"),
        ("2025-12-01", "2025-12-20", "held"),
        ("2026-03-01", "2026-03-20", "no-show"),
        ("2026-06-20", "2026-07-02", "held"),
    )
    assert metric.goals(own, events(), table, WEB, DAY).row(0, named=True)["actual"] == 2


def test_a_goal_without_a_measure_is_unknown_and_one_without_target_has_no_share():
    goals = {"a": Blank(name="A", target=10, by=day("2026-12-31")), "b": Blank(name="B")}
    table = metric.goals(records(plan(goals=goals)), events(), meetings(), WEB, DAY)
    rows = {row["key"]: row for row in table.iter_rows(named=True)}
    assert rows["a"]["reached_why"] == "unknown-part" and rows["b"]["reached_why"] == "no-budget"


def test_without_a_plan_every_table_is_empty():
    assert len(metric.plan_facts(records(), DAY)) == 0
    assert len(metric.known_by(records(), DAY)[0]) == 0 and len(metric.stakeholders(records(), DAY)) == 0
