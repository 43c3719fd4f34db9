"""One mistake, one message: what follows only from a mistake that is told is not told too."""

from __future__ import annotations

import datetime as dt

import pytest

from sitegen import checks, records
from tests.checks.conftest import ORGANISATION, write

TODAY = dt.date(2026, 3, 31)
CAMPAIGN = "crm/campaigns/aftaler.yml"
CARD = "crm/customers/nordisk-data.yml"
WEEK = "time/weeks/mette/2026-W12.yml"
PROJECT = "type: operations\ndepartment: marketing\nowner: mette\nstart: 2026-01-05\n"
TEAM = {
    "time/people/mette.yml": "name: Mette\n",
    "time/projects/seo.yml": f"name: Søgning\n{PROJECT}",
    "time/projects/web.yml": f"name: Web\n{PROJECT}",
}


def codes(found) -> list[str]:
    return [code for code, _ in found]


def flow(after: str, when: str, end: str = "true") -> str:
    return (
        "name: A\nkind: programme\nflow:\n"
        "  brev: {name: Brev, outcomes: [svar]}\n"
        f"  ring: {{name: Ring, after: {after}, when: {when}, end: {end}}}\n"
    )


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        (flow("brev", "svar"), []),
        (flow("berv", "svar"), ["unknown-step"]),
        (flow("brev", "svra"), ["unknown-outcome"]),
        (flow("brev", "svar", "ja"), ["yes-no-wanted"]),
        (flow("Brev", "svar"), ["unknown-step"]),
        (flow("8", "svar"), ["list-wanted"]),
    ],
)
def test_a_flow_with_a_misspelt_word_is_not_said_to_stop_there_too(found, written, expected):
    assert codes(found({CAMPAIGN: written})) == expected


def test_a_branch_that_stops_is_told_beside_a_misspelt_outcome_of_another_step(found):
    """`svra` is asked after brev; that kort's outcome leads nowhere is not its doing."""
    more = "  kort: {name: Kort, outcomes: [tak]}\n"
    assert codes(found({CAMPAIGN: flow("brev", "svra") + more})) == ["unknown-outcome", "outcome-without-step"]


@pytest.mark.parametrize(
    ("booked", "logged", "expected"),
    [
        ("{project: web, hours: 2}", "seo", ["nobody-asked"]),
        ("{project: web, hours: mange}", "seo", ["not-hours"]),
        ("{project: soe, hours: 2}", "seo", ["unknown-project"]),
        ("{project: web, hours: 2}", "soe", ["unknown-project"]),
    ],
)
def test_nobody_is_asked_for_while_a_project_of_the_week_is_wrong(found, booked, logged, expected):
    hours = f"booked: [{booked}]\nlogged: [{{date: 2026-03-16, project: {logged}, hours: 1}}]\n"
    assert codes(found({**TEAM, WEEK: hours})) == expected


@pytest.mark.parametrize(
    ("person", "day", "expected"),
    [
        ("mette", 16, ["day-not-logged"]),
        ("emtte", 16, ["unknown-person"]),
        ("mette", 21, ["day-not-logged", "weekend-work"]),
        ("emtte", 21, ["unknown-person"]),
    ],
)
def test_no_days_are_missing_or_wrong_in_the_folder_of_an_unknown_person(found, person, day, expected):
    """Week 12 is over on 31 March; 16 March is its Monday, 21 March its Saturday. Week 13 begins the counting."""
    early = {"time/weeks/mette/2026-W11.yml": "logged: [{date: 2026-03-13, project: seo, hours: 1}]\n"}
    week = {f"time/weeks/{person}/2026-W12.yml": f"logged: [{{date: 2026-03-{day}, project: seo, hours: 1}}]\n"}
    assert codes(found({**TEAM, **early, **week}, TODAY)) == expected


@pytest.mark.parametrize(
    ("card", "expected"),
    [
        ("stages: [{stage: lead}]\n", ["no-entry-date"]),
        ("stages: [{stage: lead, on: 2026-02-30}]\n", ["no-such-day"]),
        ("meetings: [{booked: 2026-01-12, state: held}]\n", ["meeting-without-date"]),
        ("meetings: [{booked: 2026-01-12, state: held, date: 2026-02-30}]\n", ["no-such-day"]),
        ("stages: [{stage: inactive, on: 2026-02-20}]\n", ["inactive-without-reason"]),
        ("stages: [{stage: inactive, on: 2026-02-20, reason: 1}]\n", ["text-wanted"]),
    ],
)
def test_what_is_wrong_is_not_said_to_be_missing_too(found, card, expected):
    stages = {"crm/stages.yml": "stages: [{id: lead, name: Lead}]\ninactive: [{id: timing, name: Tid}]\n"}
    assert codes(found({**stages, CARD: f"name: Nordisk Data\n{card}"})) == expected


def test_a_rate_that_cannot_be_read_is_not_said_to_be_missing_too(found):
    team = {**TEAM, WEEK: "logged: [{date: 2026-03-16, project: seo, hours: 2}]\n"}
    other = {"time/people/anna.yml": "name: Anna\ninternal_rate: 400\n"}
    assert codes(found({**team, **other})) == ["rate-missing"]
    wrong = {"time/people/mette.yml": "name: Mette\ninternal_rate: 425 kr/t\n"}
    assert codes(found({**team, **other, **wrong})) == ["not-money"]


def test_days_are_not_said_to_be_without_hours_while_the_persons_own_file_is_wrong(found):
    """Without her `employed` she seems to have worked from the first day of all."""
    team = {
        **TEAM,
        "time/people/anna.yml": "name: Anna\n",
        "time/weeks/anna/2026-W11.yml": "logged: [{date: 2026-03-09, project: seo, hours: 2}]\n",
        WEEK: "logged: [{date: 2026-03-20, project: seo, hours: 2}]\n",
    }
    later = {"time/people/mette.yml": "name: Mette\nemployed: 2026-03-20\n"}
    assert "day-not-logged" in codes(found(team, TODAY))
    told = [(code, place) for code, place in found({**team, **later}, TODAY) if "mette" in place]
    assert [code for code, _ in told] == ["map-wanted"]


def test_a_month_of_sales_whose_key_is_wrong_is_not_missing_too(found):
    months = "".join(f"2026-{month:02d}: {{budget: 100, actual: 90}}\n" for month in range(2, 13))
    assert codes(found({"plans/sales-2026.yml": months})) == ["sales-month-missing"]
    assert codes(found({"plans/sales-2026.yml": "jan 2026: {budget: 100, actual: 90}\n" + months})) == ["bad-month"]


def test_an_activity_whose_owner_is_written_wrongly_has_one(found):
    rest = "from: 2026-01-15, to: 2026-03-31, budget: {hours: 90}, expects: {leads: 6}"
    plan = f"name: Plan\nactivities: {{webinar: {{name: W, owner: %s, {rest}}}}}\n"
    people = {"time/people/mette.yml": "name: Mette Holm\n"}
    assert codes(found({**people, "plans/marketing-2026.yml": plan % "mette"})) == []
    assert codes(found({**people, "plans/marketing-2026.yml": plan % "Mette Holm"})) == ["unknown-person"]


def test_a_budget_without_its_colon_is_not_said_to_be_missing_too(found):
    project = (
        PROJECT.replace("operations", "investment") + "name: Nyt\nend: 2026-06-30\nbudget: [{on: 2026-01-05, %s}]\n"
    )
    assert codes(found({**TEAM, "time/projects/web.yml": project % "hours: 20"})) == []
    assert codes(found({**TEAM, "time/projects/web.yml": project % "hours 20"})) == ["no-colon"]


@pytest.mark.parametrize(("to", "expected"), [("to: 2026-03-16", []), ("to 2026-03-16", ["no-colon"])])
def test_a_closed_day_that_cannot_be_read_is_not_said_to_be_without_hours_too(found, to, expected):
    organisation = (
        "name: Prøve ApS\ncountry: DK\ncurrency: DKK\ndepartments: {marketing: {name: Marketing}}\n"
        f"closed: [{{from: 2026-03-16, {to}, reason: Flytning}}]\n"
    )
    days = ", ".join(f"{{date: 2026-03-{day}, project: seo, hours: 7}}" for day in (17, 18, 19, 20))
    early = "logged: [" + ", ".join(f"{{date: 2026-03-{day:02}, project: seo, hours: 7}}" for day in range(9, 14)) + "]"
    weeks = {"time/weeks/mette/2026-W11.yml": f"{early}\n", WEEK: f"logged: [{days}]\n"}
    assert codes(found({**TEAM, "organisation.yml": organisation, **weeks}, TODAY)) == expected


def test_a_criterion_with_a_mistake_is_not_unknown_to_every_card(found):
    criteria = "criteria: {branche: {name: Branche, type: valg, values: {it: It}, on: [customer]}}\n"
    card = {CARD: "name: X\ncriteria: {branche: it}\n"}
    assert codes(found({"organisation.yml": ORGANISATION + criteria, **card})) == ["unknown-word"]


def test_a_goal_whose_parent_is_written_wrongly_has_one(found):
    plan = "name: Plan\ngoals: {vaekst: {name: V, business_goal: true}, m: {name: M, supports: %s}}\n"
    assert codes(found({"plans/marketing-2026.yml": plan % "vaekst"})) == []
    assert codes(found({"plans/marketing-2026.yml": plan % "Vækst"})) == ["unknown-goal"]


def test_a_campaign_is_not_outside_an_activity_that_ends_before_it_begins(found):
    plan = "name: P\nactivities: {a: {name: A, from: 2026-04-30, to: 2026-01-15}}\n"
    campaign = "name: A\nkind: programme\nactivity: a\nfrom: 2026-01-15\nto: 2026-04-30\n"
    told = codes(found({"plans/marketing-2026.yml": plan, CAMPAIGN: campaign}))
    assert "ends-before" in told and "outside-activity" not in told


@pytest.mark.parametrize(
    ("entry", "expected"),
    [("why: Kasper rejser, afløses", ["comma-in-text"]), ("hours: 40", ["budget-without-reason"])],
)
def test_a_reason_that_cannot_be_read_is_not_said_to_be_missing_too(found, entry, expected):
    budget = f"budget:\n  - {{on: 2026-01-05, hours: 20}}\n  - {{on: 2026-02-02, hours: 30, {entry}}}\n"
    budget = budget.replace("hours: 30, hours: 40", "hours: 40")
    assert codes(found({**TEAM, "time/projects/seo.yml": f"name: Søgning\n{PROJECT}{budget}"})) == expected


def test_a_day_of_another_year_is_one_error_with_the_day_that_was_meant(tmp_path):
    hours = "logged: [{date: 2062-03-17, project: seo, hours: 1}]\n"
    read = records.read(write(tmp_path / "records", {**TEAM, WEEK: hours}))
    (problem,) = checks.run(read, tmp_path / "records")
    assert (problem.code, problem.values["nearest"]) == ("date-outside-week", "2026-03-17")
