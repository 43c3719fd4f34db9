"""Make or buy (T10, T17, T25, F3): edges of the comparison, which offer holds, who sees what, and the invoices."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
import yaml

from sitegen import audience, records
from sitegen.periods import Calendar
from sitegen.report import Context
from sitegen.reports.budget.metric import RESULTS as BUDGET
from sitegen.reports.make_or_buy.metric import RESULTS, attention
from sitegen.reports.make_or_buy.offers import months_before
from sitegen.results import Result
from sitegen.tables import Tables

ROOT = Path(__file__).parents[2] / "records"
DAY = dt.date(2026, 6, 30)
ORGANISATION = (
    "name: Prøve ApS\ncountry: DK\ncurrency: DKK\nlanguages: [da]\nreporting_department: marketing\n"
    "departments: {marketing: {name: Marketing}}\nsuppliers: {nordlink: Nordlink}\nstandard_rate: 400\n"
)
ANA = "name: Ana\ndepartment: marketing\ninternal_rate: {2026-02-01: 500}\n"
SEO = "name: SEO\ntype: operations\nstart: 2026-01-01\n"


def results(root: Path, as_of: dt.date = DAY, viewer: str = "management") -> dict[str, Result]:
    """The report of a folder of records, as an audience sees it."""
    read = records.read(root)
    assert not read.problems, [str(problem) for problem in read.problems]
    seen = audience.restrict(read.records, viewer)
    context = Context(Tables(seen), as_of, seen.organisation, seen, Calendar.of(seen.organisation), viewer)
    for slug, metrics in (("budget", BUDGET), ("make_or_buy", RESULTS)):
        for metric in metrics:
            result = metric.run(context, slug)
            assert result.check() == [], metric.name
            context.results[f"{slug}.{metric.name}"] = result.for_audience(viewer)
    return {name[12:]: result for name, result in context.results.items() if name.startswith("make_or_buy.")}


def rows(result: Result) -> dict[str, dict[str, Any]]:
    return {row["key"]: row for row in result.rows.iter_rows(named=True)}


def folder(tmp_path: Path, project: str, logged: str = "", organisation: str = ORGANISATION) -> Path:
    root = tmp_path / "records"
    files = {"organisation.yml": organisation, "time/people/ana.yml": ANA, "time/projects/seo.yml": SEO + project}
    if logged:
        files["time/weeks/ana/2026-W20.yml"] = "logged:\n" + logged
    for name, text in files.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text, encoding="utf-8")
    return root


HOURS = "  - {date: 2026-05-11, project: seo, task: links, hours: 10}\n"
TASK = "tasks: {links: {name: Links, budget_hours: 20}}\n"


def quotes(*offers: str) -> str:
    return "quotes: [" + ", ".join(f"{{{offer}}}" for offer in offers) + "]\n"


def test_the_newest_offer_on_or_before_the_day_holds_and_the_last_of_one_day(tmp_path: Path) -> None:
    """F3: of 900 (May), 800 and 700 (both 1 June) and 100 (July): 700 on 30 June, 20 h × 700 = 14,000; three before."""
    offers = (("2026-05-01", 900), ("2026-06-01", 800), ("2026-06-01", 700), ("2026-07-01", 100))
    written = (f"on: {on}, supplier: nordlink, task: links, hourly_rate: {rate}" for on, rate in offers)
    root = folder(tmp_path, TASK + quotes(*written), HOURS)
    found = results(root)["offers"]
    assert rows(found)["seo/links"]["offer"] == 14_000_00
    assert dict(found.left_out) == {"%(n)s offers were replaced by a newer one for the same work.": 2}
    assert rows(results(root, dt.date(2026, 5, 31))["offers"])["seo/links"]["offer"] == 18_000_00
    assert results(root, dt.date(2026, 4, 30))["offers"].rows.is_empty()


@pytest.mark.parametrize(
    ("on", "old"), [("2025-06-30", "no"), ("2025-06-29", "yes"), ("2026-06-30", "no"), ("2024-01-01", "yes")]
)
def test_an_offer_is_old_when_more_than_twelve_months_have_passed(tmp_path: Path, on: str, old: str) -> None:
    """T25: twelve months before 30 June 2026 is 30 June 2025; that day is trusted, the one before is not."""
    root = folder(tmp_path, TASK + quotes(f"on: {on}, supplier: nordlink, task: links, fixed_price: 1"), HOURS)
    assert rows(results(root)["offers"])["seo/links"]["old"] == old


def test_months_before_the_end_of_a_month_is_its_last_day() -> None:
    """31 March less one month is 28 February, in a leap year the 29th; 31 January less two is 30 November."""
    assert months_before(dt.date(2026, 3, 31), 1) == dt.date(2026, 2, 28)
    assert months_before(dt.date(2024, 3, 31), 1) == dt.date(2024, 2, 29)
    assert months_before(dt.date(2026, 1, 31), 2) == dt.date(2025, 11, 30)
    assert months_before(dt.date(2026, 6, 15), 12) == dt.date(2025, 6, 15)


def test_open_work_without_a_budget_and_closed_work_with_hours_without_a_rate_are_undefined(tmp_path: Path) -> None:
    """F3, G2: an hourly offer for open work needs its budget; hours before Ana's first rate have no cost."""
    offer = quotes("on: 2026-05-01, supplier: nordlink, task: links, hourly_rate: 900")
    row = rows(results(folder(tmp_path / "a", "tasks: {links: {name: Links}}\n" + offer, HOURS))["offers"])["seo/links"]
    assert (row["hours_why"], row["offer_why"], row["own_why"], row["delta_why"]) == ("no-budget",) * 4
    assert (row["own_rate"], row["verdict"]) == (500_00, "unknown")
    january = "  - {date: 2026-05-11, project: seo, task: links, hours: 10}\n".replace("2026-05-11", "2026-01-12")
    done = TASK.replace("budget_hours: 20", "budget_hours: 20, done: {2026-05-20: 100%}")
    root = folder(tmp_path / "b", done + offer)
    (root / "time/weeks/ana").mkdir(parents=True)
    (root / "time/weeks/ana/2026-W03.yml").write_text("logged:\n" + january, encoding="utf-8")
    row = rows(results(root)["offers"])["seo/links"]
    assert (row["state"], row["hours"], row["own"], row["own_why"]) == ("closed", 600, None, "no-rate")
    assert row["standard"] == 10 * 400_00 and row["standard_delta"] == 10 * (400_00 - 900_00)


def test_a_phase_is_compared_with_all_under_it_and_its_invoices(tmp_path: Path) -> None:
    """F3: a phase of 5 + 15 h budgeted, 10 h used: 20 × 500 = 10,000 against 9,000; 300 were paid on its task."""
    tasks = (
        "tasks: {all: {name: All, tasks: {links: {name: Links, budget_hours: 15}, text: {name: T, budget_hours: 5}}}}\n"
    )
    paid = "external_costs: [{date: 2026-03-01, amount: 300, task: links}, {date: 2026-03-01, amount: 70}]\n"
    offer = quotes("on: 2026-05-01, supplier: nordlink, task: all, fixed_price: 9000")
    row = rows(results(folder(tmp_path, tasks + paid + offer, HOURS))["offers"])["seo/all"]
    assert (row["own"], row["delta"], row["verdict"], row["paid"]) == (10_000_00, 1_000_00, "buy", 300_00)


def test_marketing_sees_the_standard_rate_and_no_true_cost(tmp_path: Path) -> None:
    """Safety: quotes against own cost are management's. At 500 an hour links is dearer than 9,000; at 400 it is not."""
    root = folder(tmp_path, TASK + quotes("on: 2026-05-01, supplier: nordlink, task: links, fixed_price: 9000"), HOURS)
    seen = results(root, viewer="marketing")
    assert not any(seen["offers"].has(name) for name in ("own", "own_rate", "delta", "ratio", "verdict"))
    row = rows(seen["offers"])["seo/links"]
    assert (row["standard"], row["standard_delta"], row["standard_verdict"]) == (8_000_00, -1_000_00, "make")
    assert "seo/links/dearer" not in rows(seen["candidates"]) and attention(seen) == []
    full = results(root)
    assert rows(full["candidates"])["seo/links/dearer"]["saving"] == 1_000_00
    assert [item.so[1]["saving"].column for item in attention(full)] == ["delta"]


def test_without_any_rate_nothing_is_compared(tmp_path: Path) -> None:
    """G2: no standard rate, nobody has worked: no-rate, and the offer stands alone."""
    offer = quotes("on: 2026-05-01, supplier: nordlink, task: links, hourly_rate: 900")
    organisation = ORGANISATION.replace("standard_rate: 400\n", "")
    row = rows(results(folder(tmp_path, TASK + offer, organisation=organisation))["offers"])["seo/links"]
    assert (row["own_why"], row["standard_why"], row["rests_on"], row["offer"]) == (
        "no-rate",
        "no-rate",
        "nothing",
        18_000_00,
    )


def test_a_weekly_target_is_exceeded_only_by_the_mean_of_four_complete_weeks(tmp_path: Path) -> None:
    """T10: 10 h in week 20; on 31 May it is one of the last four complete weeks (18–21 … 19–22): 10 ÷ 4 = 2.5 a week.
    2.5 > 2 fires, 2.5 > 2.5 does not; on 30 June the weeks are empty.
    """
    day = dt.date(2026, 5, 31)
    for target, fires in ((2, True), (2.5, False)):
        root = folder(tmp_path, f"weekly_target_hours: {target}\n{TASK}", HOURS)
        assert ("seo/-/over-target" in rows(results(root, day)["candidates"])) == fires
        assert results(root)["candidates"].rows.is_empty()


def test_every_invoice_of_the_yaml_is_under_its_supplier_and_its_year() -> None:
    """T17: sums by supplier and year of the example company, from a plain loop over its files."""
    paid: dict[tuple[str, int], Fraction] = defaultdict(Fraction)
    count = 0
    rate = {2025: Fraction("7.46"), 2026: Fraction("7.47")}
    for path in (ROOT / "time/projects").glob("*.yml"):
        for cost in yaml.load(path.read_text("utf-8"), yaml.CSafeLoader).get("external_costs") or ():
            if cost["date"] <= DAY:
                amount = cost["amount"]
                if isinstance(amount, dict):
                    assert amount["currency"] == "EUR"
                    amount = round(Fraction(str(amount["amount"])) * rate[cost["date"].year], 2)
                paid[cost.get("supplier") or "-", cost["date"].year] += Fraction(str(amount))
                count += 1
    found = results(ROOT)
    years = {key: row["amount"] for key, row in rows(found["years"]).items() if row["amount"]}
    assert years == {f"{supplier}/{year}": 100 * amount for (supplier, year), amount in paid.items()}
    assert len(found["invoices"].rows) == count == rows(found["suppliers"])["-total"]["invoices"]
    assert rows(found["suppliers"])["-total"]["total"] == 100 * sum(paid.values())
