"""Three figures of each report, worked out again in plain Python from the YAML itself, read by another parser (py-
yaml12).
"""

from __future__ import annotations

import datetime as dt
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
import yaml12

from sitegen.pipeline import Run

ROOT = Path(__file__).parent.parent / "records"
DAY = dt.date(2026, 6, 30)
day = dt.date.fromisoformat


def load(path: str) -> Any:
    return yaml12.read_yaml(str(ROOT / path))


def load_all(folder: str) -> dict[str, Any]:
    return {path.stem: yaml12.read_yaml(str(path)) for path in sorted((ROOT / folder).glob("*.yml"))}


def minutes(hours: Any) -> int:
    """`1.5`, `2` or `1h30m` as whole minutes, half-up."""
    text = str(hours)
    if "h" in text:
        whole, _, rest = text.partition("h")
        return int(whole) * 60 + int(rest.rstrip("m") or 0)
    return int(Fraction(text) * 60 + Fraction(1, 2))


@pytest.fixture(scope="module")
def results():
    return Run(ROOT, audience="management").results


@pytest.fixture(scope="module")
def weeks() -> list[tuple[str, str, Any]]:
    return [
        (path.parent.name, path.stem, yaml12.read_yaml(str(path)))
        for path in sorted((ROOT / "time/weeks").glob("*/*.yml"))
    ]


@pytest.fixture(scope="module")
def cards() -> dict[str, Any]:
    return load_all("crm/customers")


def row(results: Any, table: str, key: str) -> dict[str, Any]:
    return next(found for found in results[table].rows.iter_rows(named=True) if found["key"] == key)


def entries(weeks: Any, project: str) -> list[Any]:
    return [
        entry
        for _, _, week in weeks
        for entry in week.get("logged") or []
        if entry["project"] == project and day(entry["date"]) <= DAY
    ]


# --- budget


def test_budget_of_the_website(results, weeks):
    """Used: Σ hours of the entries. Budget: the newest entry by the day; original: the first. Left = budget − used."""
    record = load("time/projects/website.yml")
    used = sum(minutes(entry["hours"]) for entry in entries(weeks, "website"))
    held = [entry for entry in record["budget"] if day(entry["on"]) <= DAY]
    found = row(results, "budget.projects", "website")
    assert found["used"] == used > 0
    assert found["budget"] == minutes(held[-1]["hours"]) and found["original"] == minutes(held[0]["hours"])
    assert found["left"] == minutes(held[-1]["hours"]) - used
    assert found["used_share"] == pytest.approx(used / minutes(held[-1]["hours"]))


def test_external_cost_of_the_website(results):
    """Σ of the bills dated on or before the day, in øre."""
    bills = load("time/projects/website.yml")["external_costs"]
    paid = sum(
        Fraction(str(bill["amount"])) * 100
        for bill in bills
        if day(bill["date"]) <= DAY and not isinstance(bill["amount"], dict)
    )
    foreign = [bill for bill in bills if isinstance(bill["amount"], dict)]
    assert not foreign or row(results, "budget.projects", "website")["external_used"] > paid
    if not foreign:
        assert row(results, "budget.projects", "website")["external_used"] == paid


def test_hours_in_are_hours_out(results, weeks):
    """Every logged hour up to the day is in exactly one project's used_total; the total says the same."""
    logged = sum(minutes(e["hours"]) for _, _, week in weeks for e in week.get("logged") or [] if day(e["date"]) <= DAY)
    rows = results["budget.projects"].rows
    assert rows["used_total"].sum() == logged
    assert row(results, "budget.total", "all")["used_total"] == logged


# --- portfolio


def test_portfolio_bookings_of_the_website(results, weeks):
    """Allocated = all bookings; ahead = those in weeks that begin after the week of the day (2026-06-29)."""
    booked = [
        (dt.date.fromisocalendar(int(week[:4]), int(week[6:]), 1), minutes(entry["hours"]))
        for _, week, record in weeks
        for entry in record.get("booked") or []
        if entry["project"] == "website"
    ]
    found = row(results, "portfolio.projects", "website")
    assert found["allocated"] == sum(time for _, time in booked)
    assert found["ahead"] == sum(time for monday, time in booked if monday > dt.date(2026, 6, 29))


def test_portfolio_latest_registration_of_seo(results, weeks):
    assert row(results, "portfolio.projects", "seo")["latest"] == max(
        day(entry["date"]) for entry in entries(weeks, "seo")
    )


def test_portfolio_has_every_project(results):
    assert set(results["portfolio.projects"].rows["key"]) == set(load_all("time/projects"))


# --- funnel


def merged(card: Any) -> bool:
    return "merged_into" in card


def test_leads_of_may(results, cards):
    """Cards with a written stage `lead` dated in May 2026: no meeting brings a lead there. Distinct cards."""
    leads = {
        id
        for id, card in cards.items()
        if not merged(card)
        for entry in card.get("stages") or []
        if entry["stage"] == "lead" and str(entry.get("on") or "")[:7] == "2026-05"
    }
    assert row(results, "funnel.flow", "2026-05/lead")["count"] == len(leads) > 0


def test_visitors_of_may(results):
    month = load("crm/web/2026.yml")["2026-05"]
    assert row(results, "funnel.flow", "2026-05/visitor")["count"] == sum(
        channel["visitors"] for channel in month.values()
    )


def test_meetings_held_and_booked_in_may(results, cards):
    """Booked by the day of booking, held by the day it was held (T41)."""
    meetings = [meeting for card in cards.values() if not merged(card) for meeting in card.get("meetings") or []]
    found = row(results, "funnel.meetings", "2026-05")
    assert found["booked"] == sum(str(meeting["booked"])[:7] == "2026-05" for meeting in meetings) > 0
    assert (
        found["held"]
        == sum(str(meeting.get("date"))[:7] == "2026-05" and meeting["state"] == "held" for meeting in meetings)
        > 0
    )


# --- customer matrix


def test_nordisk_data_in_the_matrix(results, cards):
    """Contribution 240,000 − 90,000 − 35,000 = 115,000 kr.; share 240/480 = 50 %, group 2; potential 240,000 kr."""
    own = cards["nordisk-data"]["figures"]["2026-H1"]
    found = row(results, "customer_matrix.customers", "nordisk-data")
    assert found["contribution"] == (own["revenue"] - own["direct_cost"] - own["time_cost"]) * 100
    assert found["share"] == pytest.approx(own["revenue"] / own["total_purchases"])
    assert found["potential"] == (own["total_purchases"] - own["revenue"]) * 100


def test_a_customer_paid_in_euro(results, cards):
    """55,150 EUR at 7.46 is 411,419 kr.; of 227,500 EUR that is 24.24 %, group 3."""
    rates = load("organisation.yml")["exchange_rates"]["EUR"]
    own = cards["skagerrak-shipping"]["figures"]["2026-H1"]
    rate = Fraction(str([value for since, value in rates.items() if since <= "2026-06-30"][-1]))
    found = row(results, "customer_matrix.customers", "skagerrak-shipping")
    assert found["revenue"] == int(own["revenue"]["amount"] * rate * 100 + Fraction(1, 2))
    assert found["share"] == pytest.approx(own["revenue"]["amount"] / own["total_purchases"]["amount"], abs=1e-6)
    assert found["share_group"] == "3"


def test_the_cells_hold_every_customer_once(results):
    """Nine cells and the unknown sum to the total, and to the rows of customers (G8)."""
    cells = results["customer_matrix.cells"].rows
    parts = sum(found["customers"] for found in cells.iter_rows(named=True) if found["key"] != "total")
    assert (
        parts
        == row(results, "customer_matrix.cells", "total")["customers"]
        == len(results["customer_matrix.customers"].rows)
    )


# --- growth wheel


def test_segmentation_in_the_wheel(results):
    """Mean of now, mean of wanted, and mean of wanted − now over those with both."""
    path = max((ROOT / "plans/wheel").glob("*.yml"), key=lambda path: path.stem)
    given = [answers.get("3-segments") for answers in yaml12.read_yaml(str(path))["respondents"].values()]
    both = [answer for answer in given if answer]
    found = row(results, "growth_wheel.areas", "3-segments")
    assert found["now"] == pytest.approx(Fraction(sum(answer["now"] for answer in both), len(both)))
    assert found["gap"] == pytest.approx(Fraction(sum(answer["wanted"] - answer["now"] for answer in both), len(both)))


def test_importance_weighs_the_gap(results):
    path = max((ROOT / "plans/wheel").glob("*.yml"), key=lambda path: path.stem)
    importance = yaml12.read_yaml(str(path))["areas"]["3-segments"]["importance"]
    found = row(results, "growth_wheel.areas", "3-segments")
    assert found["weighed"] == pytest.approx(found["gap"] * importance)


def test_disagreement_in_the_wheel(results):
    """Average deviation of planning: mean |x − mean(x)|."""
    path = max((ROOT / "plans/wheel").glob("*.yml"), key=lambda path: path.stem)
    nows = [
        answers["4-planning"]["now"]
        for answers in yaml12.read_yaml(str(path))["respondents"].values()
        if answers.get("4-planning")
    ]
    mean = Fraction(sum(nows), len(nows))
    assert row(results, "growth_wheel.areas", "4-planning")["deviation"] == pytest.approx(
        sum(abs(now - mean) for now in nows) / len(nows)
    )


# --- marketing plan


def test_the_plan_counts_its_activities(results):
    activities = load("plans/marketing-2026.yml")["activities"]
    found = row(results, "marketing_plan.plan", "2026")
    assert found["activities"] == len(activities)
    assert found["dropped"] == sum("dropped" in activity for activity in activities.values())


def test_hours_used_by_the_webinars(results, weeks):
    """Over the projects with `plan_activity: webinar-q1`, in the activity's own days."""
    activity = load("plans/marketing-2026.yml")["activities"]["webinar-q1"]
    projects = [id for id, project in load_all("time/projects").items() if project.get("plan_activity") == "webinar-q1"]
    mine = [entry for id in projects for entry in entries(weeks, id)]
    used = sum(minutes(entry["hours"]) for entry in mine if activity["from"] <= entry["date"] <= activity["to"])
    assert row(results, "marketing_plan.activities", "webinar-q1")["used"] == used > 0


def test_who_knows_the_plan(results):
    """Yes-answers by the day ÷ everyone employed on it, the people who left not counted."""
    people = load_all("time/people")
    here = {id for id, person in people.items() if (person.get("employed") or {}).get("to", "9999") >= "2026-06-30"}
    here = {id for id in here if (people[id].get("employed") or {}).get("from", "0") <= "2026-06-30"}
    known = load("plans/marketing-2026.yml")["known_by"]
    yes = sum(known[id].get("knows") is True for id in known if id in here and str(known[id]["on"]) <= "2026-06-30")
    found = row(results, "marketing_plan.known_by", "total")
    assert (found["knows_k"], found["knows_n"]) == (yes, len(here))
