"""A campaign's days, its flow in a circle, and the plan's activity that it carries out."""

from __future__ import annotations

import pytest

from sitegen import checks, records
from tests.checks.conftest import write

CAMPAIGN = "crm/campaigns/aftaler.yml"
PLAN = "plans/marketing-2026.yml"


def activity(days: str) -> str:
    return (
        f"name: Plan\nactivities:\n  aftaler: {{name: Aftaler, owner: jonas, {days}budget: {{hours: 4}}, "
        "expects: {meetings: 1}}\n"
    )


def test_the_first_and_the_last_day_are_in_a_campaign_and_an_end_that_is_not_written_is_open(found):
    days = "from: 2026-02-01\nto: 2026-04-30\n"
    flow = "flow: {a: {name: Brev, on: 2026-02-01, end: true}, b: {name: Møde, on: 2026-04-30, end: true}}\n"
    assert found({CAMPAIGN: f"name: A\nkind: programme\n{days}{flow}"}) == []
    late = flow.replace("04-30", "05-01")
    assert found({CAMPAIGN: f"name: A\nkind: programme\n{days}{late}"}) == [("outside-campaign", f"{CAMPAIGN}:5:72")]
    assert found({CAMPAIGN: f"name: A\nkind: programme\nfrom: 2026-02-01\n{late}"}) == []


def test_of_a_campaign_over_several_years_the_part_in_the_plans_year_is_compared(found):
    """2025-01-05 to 2026-12-31 beside an activity of all 2026 is inside; an activity to November is not."""
    person = {"time/people/jonas.yml": "name: Jonas\n"}
    campaign = "name: A\nkind: advertising\nactivity: aftaler\nfrom: 2025-01-05\nto: 2026-12-31\n"
    whole, less = "from: 2026-01-01, to: 2026-12-31, ", "from: 2026-01-01, to: 2026-11-30, "
    assert found({**person, CAMPAIGN: campaign, PLAN: activity(whole)}) == []
    assert found({**person, CAMPAIGN: campaign, PLAN: activity(less)}) == [("outside-activity", f"{CAMPAIGN}:5:5")]


def test_each_circle_is_told_once_at_its_first_step_and_a_step_after_a_circle_is_in_none(found):
    """a → b → a and c → c are two circles; d follows c."""
    flow = (
        "flow:\n"
        "  a: {name: A, after: b, when: x, outcomes: [x]}\n"
        "  b: {name: B, after: a, when: x, outcomes: [x]}\n"
        "  c: {name: C, after: c, when: x, outcomes: [x, y]}\n"
        "  d: {name: D, after: c, when: y, end: true}\n"
    )
    assert found({CAMPAIGN: f"name: A\nkind: programme\n{flow}"}) == [
        ("step-circle", f"{CAMPAIGN}:4:23"),
        ("step-circle", f"{CAMPAIGN}:6:23"),
    ]


A_AFTER = "flow:\n  x: {name: X, outcomes: [ja]}\n  a: {name: A, after: [x, %s], when: ja, outcomes: [ja]}\n"
B_AND_C = "  b: {name: B, after: a, when: ja, outcomes: [ja]}\n  c: {name: C, after: b, when: ja, outcomes: [ja]}\n"


@pytest.mark.parametrize(
    ("flow", "circle", "hint"),
    [
        (A_AFTER % "a", "a → a", "delete '%(itself)s' from its own `after`"),
        (A_AFTER % "c" + B_AND_C, "a → b → c → a", "delete one of the `after`"),
    ],
)
def test_a_circle_is_named_whole_at_the_step_that_closes_it(tmp_path, flow, circle, hint):
    """`a` is after x, which is in no circle, and after the last of its circle: the place is that of the second."""
    root = write(tmp_path / "records", {CAMPAIGN: f"name: A\nkind: programme\n{flow}"})
    (problem,) = [one for one in checks.run(records.read(root), root) if one.code == "step-circle"]
    assert (problem.values["circle"], problem.hint) == (circle, hint)
    assert str(problem.place) == f"{CAMPAIGN}:5:27"
