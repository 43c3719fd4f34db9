"""Sales temperature (B1, B2, F8): what is known on a day, what a week must give, and who sees what."""

from __future__ import annotations

import datetime as dt
from fractions import Fraction
from html import unescape
from pathlib import Path
from typing import Any

import pytest
import yaml

from sitegen import audience, messages, records
from sitegen.pages import Book, Setting
from sitegen.periods import Calendar
from sitegen.report import Context
from sitegen.reports import REPORTS
from sitegen.reports.sales_temperature import REPORT
from sitegen.reports.sales_temperature.chart import CHARTS
from sitegen.reports.sales_temperature.metric import RESULTS, attention
from sitegen.results import Result
from sitegen.tables import Tables

ROOT = Path(__file__).parents[2] / "records"
DAY = dt.date(2026, 6, 30)
ORGANISATION = "name: Prøve ApS\ncountry: XX\ncurrency: DKK\nlanguages: [da]\ndepartments: {sales: {name: Salg}}\n"


def results(root: Path, as_of: dt.date = DAY, viewer: str = "management") -> dict[str, Result]:
    """The report of a folder of records, as an audience sees it."""
    read = records.read(root)
    assert not read.problems, [str(problem) for problem in read.problems]
    seen = audience.restrict(read.records, viewer)
    context = Context(Tables(seen), as_of, seen.organisation, seen, Calendar.of(seen.organisation), viewer)
    found = {}
    for metric in RESULTS:
        result = metric.run(context, "sales_temperature")
        assert result.check() == [], metric.name
        found[metric.name] = result.for_audience(viewer)
    return found


def folder(tmp_path: Path, months: dict[str, str], organisation: str = ORGANISATION, **more: str) -> Path:
    """A company with these months of sales (`2026-01` → its figures) and other files by name."""
    root = tmp_path / "records"
    files = {
        "organisation.yml": organisation,
        **{name.replace("__", "/") + ".yml": text for name, text in more.items()},
    }
    for month, text in months.items():
        name = f"plans/sales-{month[:4]}.yml"
        files[name] = files.get(name, "") + f"{month}: {{{text}}}\n"
    for name, text in files.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text, encoding="utf-8")
    return root


def year(actual: dict[int, str], budget: str = "budget: 100") -> dict[str, str]:
    """Twelve months of 2026 with this budget, and the actual sales of some."""
    parts = {number: [budget, f"actual: {actual[number]}" if number in actual else ""] for number in range(1, 13)}
    return {f"2026-{number:02d}": ", ".join(filter(None, both)) for number, both in parts.items()}


def row(result: Result, key: str = "2026") -> dict[str, Any]:
    return {one["key"]: one for one in result.rows.iter_rows(named=True)}[key]


HALF = dict.fromkeys(range(1, 7), "80")


def test_what_is_left_divided_by_the_weeks_left_against_the_pace_so_far_f8(tmp_path: Path) -> None:
    """1,200 − 6 × 80 = 720 left; 132 working days are 26.4 weeks: 27.27 a week. So far 480 in 129 days, 25.8 weeks:
    18.60 a week. 720 × 25.8 ÷ (26.4 × 480) = 1.4659. 480 ÷ 600 = 80 %; the second half has 600 of 1,200.
    """
    found = row(results(folder(tmp_path, year(HALF)))["year"])
    assert (found["attainment"], found["gap"], found["rest"], found["state"]) == (0.8, -120_00, 720_00, "behind")
    assert (found["weeks_gone"], found["weeks_left"], found["second_half"]) == (25.8, 26.4, 0.5)
    assert found["needed"] == pytest.approx(72000 / 26.4) and found["pace"] == pytest.approx(48000 / 25.8)
    assert found["hockey"] == pytest.approx(720 * 25.8 / (26.4 * 480))


def test_holidays_and_closed_days_are_no_working_weeks_b2(tmp_path: Path) -> None:
    """B2: 21 to 31 December is closed, and 25 December a holiday besides: 9 of 132 days fall away once, 123 ÷ 5 = 24.6.
    With Fridays off from July each day is a quarter of a week.
    """
    closed = ORGANISATION.replace("XX", "DK") + "closed: [{from: 2026-12-21, to: 2026-12-31, reason: Jul}]\n"
    assert row(results(folder(tmp_path / "a", year(HALF), closed))["year"])["weeks_left"] == 24.6
    four = closed + "working_days: {2020-01-01: [mon, tue, wed, thu, fri], 2026-07-01: [mon, tue, wed, thu]}\n"
    days = sum(dt.date(2026, 7, 1) + dt.timedelta(n) < dt.date(2026, 12, 21) for n in range(184)
               if (dt.date(2026, 7, 1) + dt.timedelta(n)).weekday() < 4)  # fmt: skip
    assert row(results(folder(tmp_path / "b", year(HALF), four))["year"])["weeks_left"] == days / 4


def test_working_weeks_are_exact_parts_of_their_weeks() -> None:
    """Monday to Thursday of five days is four fifths; a week and a Saturday is one."""
    calendar = Calendar()
    assert calendar.working_weeks(dt.date(2026, 6, 1), dt.date(2026, 6, 5)) == Fraction(4, 5)
    assert calendar.working_weeks(dt.date(2026, 6, 1), dt.date(2026, 6, 7)) == 1
    assert calendar.working_weeks(dt.date(2026, 6, 6), dt.date(2026, 6, 6)) == 0


def test_a_budget_of_zero_and_none_at_all_have_no_attainment(tmp_path: Path) -> None:
    """F8, G2: B = 0 is undefined, not 0 % and not 100 %; without a budget there is nothing left to sell either."""
    for number, budget in enumerate(("budget: 0", "")):
        found = row(results(folder(tmp_path / str(number), year(HALF, budget)))["year"])
        assert found["attainment"] is None and found["attainment_why"] == "no-budget"
        assert (found["rest_why"], found["needed_why"], found["hockey_why"]) == ("no-budget",) * 3
        assert (found["second_half_why"], found["sold"]) == ("no-budget", 480_00)
    zero, none = (row(results(tmp_path / str(number) / "records")["year"]) for number in range(2))
    assert (zero["state"], zero["gap"]) == ("on-budget", 480_00)
    assert (none["state"], none["gap_why"]) == ("unknown", "no-budget")


def test_what_is_sold_already_is_reached_and_nothing_is_needed(tmp_path: Path) -> None:
    """F8: 1,200 of 1,200 sold by June: rest 0, needed 0, hockey 0, and the same for 1,260, which is no −60 left."""
    for sold in ("200", "210"):
        found = results(folder(tmp_path / sold, year(dict.fromkeys(HALF, sold))))
        one = row(found["year"])
        assert (one["state"], one["rest"], one["needed"], one["hockey"]) == ("reached", 0, 0, 0)
        assert attention(found) == []


def test_no_week_is_left_after_december_and_a_year_that_is_reached_needs_none(tmp_path: Path) -> None:
    """F8: on 31 December 1,200 − 960 = 240 are left and no week: undefined. 12 × 100 is reached."""
    end = dt.date(2026, 12, 31)
    found = row(results(folder(tmp_path / "a", year(dict.fromkeys(range(1, 13), "80"))), end)["year"])
    assert (found["rest"], found["weeks_left"], found["needed_why"], found["hockey_why"]) == (
        240_00,
        0,
        "no-weeks",
        "no-weeks",
    )
    found = row(results(folder(tmp_path / "b", year(dict.fromkeys(range(1, 13), "100"))), end)["year"])
    assert (found["state"], found["needed"], found["attainment"]) == ("reached", 0, 1)


def test_a_month_without_sales_is_unknown_and_not_zero(tmp_path: Path) -> None:
    """G5: March is not written: 5 × 80 of 5 × 100 is 80 % of what is known, 5 of 6 months; what is left is not known,
    since it would be 80 too much. A running total ends before the gap.
    """
    actual = {number: sold for number, sold in HALF.items() if number != 3}
    found = results(folder(tmp_path, year(actual)))
    one = row(found["year"])
    assert (one["ended"], one["written"], one["sold"], one["budget_so_far"], one["attainment"]) == (
        6,
        5,
        400_00,
        500_00,
        0.8,
    )
    assert (one["rest_why"], one["needed_why"], one["hockey_why"]) == ("missing-month",) * 3
    months = found["months"]
    assert (row(months, "2026-03")["sold"], row(months, "2026-03")["sold_why"]) == (None, "missing-month")
    assert (row(months, "2026-02")["sold_sum"], row(months, "2026-04")["sold_sum_why"]) == (160_00, "missing-month")
    assert row(months, "2026-04")["gap"] == -20_00


def test_everything_stands_at_the_end_of_the_last_month_whose_sales_are_written(tmp_path: Path) -> None:
    """On 20 July nobody has written June: 5 × 80 are sold, 800 are left, and the weeks left begin on 1 June (22 + 132
    days). What July has sold is in neither. A month that has not ended is not counted though it is written (G1).
    """
    actual = dict.fromkeys(range(1, 6), "80") | {7: "999"}
    found = results(folder(tmp_path, year(actual)), dt.date(2026, 7, 20))
    one = row(found["year"])
    assert (one["ended"], one["written"], one["through"]) == (6, 5, dt.date(2026, 5, 31))
    assert (one["rest"], one["weeks_left"]) == (800_00, 30.8)
    assert row(found["months"], "2026-07")["sold_why"] == "immature"
    assert dict(found["months"].left_out) == {"months with sales written that had not ended: they are not counted": 1}
    assert row(results(tmp_path / "records", dt.date(2026, 7, 31))["year"])["rest_why"] == "missing-month"


def test_a_year_without_a_month_of_budget_has_no_budget_of_the_year(tmp_path: Path) -> None:
    """G5: December has no budget: the year's is not 1,100. So far is 480 of 600."""
    months = year(HALF)
    months["2026-12"] = ""
    one = row(results(folder(tmp_path, months))["year"])
    assert (one["budget_why"], one["second_half_why"], one["rest_why"]) == ("missing-month",) * 3
    assert one["attainment"] == 0.8


def test_nothing_sold_has_no_hockey_stick_and_january_has_nothing_yet(tmp_path: Path) -> None:
    """F8: six months of 0 need 1,200 ÷ 26.4 a week, and that ÷ 0 is undefined. On 15 January no month has ended."""
    root = folder(tmp_path, year(dict.fromkeys(HALF, "0")))
    one = row(results(root)["year"])
    assert (one["attainment"], one["pace"], one["hockey_why"]) == (0, 0, "no-cases")
    assert one["needed"] == pytest.approx(120000 / 26.4)
    found = results(root, dt.date(2026, 1, 15))
    one = row(found["year"])
    assert (one["sold_why"], one["attainment_why"], one["rest_why"], one["ended"]) == ("immature",) * 3 + (0,)
    assert attention(found) == []


def test_a_year_that_begins_in_july_is_named_by_both_and_has_its_own_halves(tmp_path: Path) -> None:
    """July 2025 to June 2026: on 30 June all twelve months are over; its second half is January to June."""
    months = {f"2025-{n:02d}": "budget: 50, actual: 60" for n in range(7, 13)}
    months |= {f"2026-{n:02d}": "budget: 150, actual: 130" for n in range(1, 7)}
    found = results(folder(tmp_path, months, ORGANISATION + "fiscal_year_starts: 7\n"))
    one = row(found["year"], "2025-26")
    assert (one["second_half"], one["sold"], one["rest"], one["needed_why"]) == (0.75, 1140_00, 60_00, "no-weeks")
    assert [half["gap"] for half in found["halves"].rows.iter_rows(named=True)] == [60_00, -120_00]


def test_without_sales_of_this_year_every_table_is_empty_and_the_page_says_what_to_write(tmp_path: Path) -> None:
    """Nothing is written, or only for the year before: no row, no sentence on the front page, an example to copy."""
    for number, months in enumerate(({}, {"2025-01": "budget: 100, actual: 90"})):
        found = results(folder(tmp_path / str(number), months))
        assert all(result.rows.is_empty() for result in found.values()) and attention(found) == []
        assert all(chart(found, 866, messages.translate, "da") is None for chart in CHARTS.values())
        html = page(found)
        assert "records/plans/sales-2026.yml" in html and "actual" in html


def page(found: dict[str, Result]) -> str:
    """The report's page in English."""
    whole = {f"sales_temperature.{name}": result for name, result in found.items()}
    book = Book(Setting("en", "management", DAY, reports=REPORTS, results=whole), "en")
    return unescape(book.page(REPORT, found, book.charts(REPORT, found)).html)


@pytest.mark.parametrize(
    ("actual", "budget", "said"),
    [
        (HALF, "budget: 100", "Sales stand at"),
        (dict.fromkeys(HALF, "200"), "budget: 100", "The sales budget of the year is reached"),
        (HALF, "", "there is no budget to hold it against"),
        ({}, "budget: 100", "No sales of this year are known yet"),
        ({1: "80", 3: "80"}, "budget: 100", "Of the months that have ended"),
    ],
)
def test_the_page_says_what_the_figures_say(tmp_path: Path, actual: dict[int, str], budget: str, said: str) -> None:
    """Behind, reached, without a budget, without sales, with a gap: each has its page and its steps."""
    html = page(results(folder(tmp_path, year(actual, budget))))
    assert said in html
    assert ("Write the sales of the months" in html) == (len(actual) < 6)


def test_the_company_is_what_a_plain_loop_over_its_file_gives() -> None:
    """B1: every product, segment and seller of the first half of 2026, from the YAML alone."""
    plain = yaml.safe_load((ROOT / "plans/sales-2026.yml").read_text(encoding="utf-8"))
    half = [plain[f"2026-{n:02d}"] for n in range(1, 7)]
    found = results(ROOT)
    for kind in ("product", "segment", "seller"):
        table = found[f"{kind}s"]
        lines = [one for one in table.rows.iter_rows(named=True) if not one["key"].startswith("-")]
        assert {one["key"] for one in lines} == set(half[0]["by"][kind])
        for one in lines:
            own = [month["by"][kind][one["key"]] for month in half]
            budget, sold = sum(m["budget"] for m in own) * 100, sum(m["actual"] for m in own) * 100
            assert (one["half_budget"], one["half_sold"], one["half_gap"]) == (budget, sold, sold - budget)
            assert one["half_attainment"] == pytest.approx(sold / budget)
            assert one["rest"] == sum(month["by"][kind][one["key"]]["budget"] for month in plain.values()) * 100 - sold
        assert sum(one["sold"] for one in lines) == row(table, "-total")["sold"] == sum(m["actual"] for m in half) * 100


def test_the_furthest_behind_comes_first_b1() -> None:
    """B1: where most is to be put in comes first."""
    found = results(ROOT)
    for name in ("products", "segments"):
        gaps = found[name].rows["half_gap"].to_list()[:-1]
        assert gaps == sorted(gaps) and len(gaps) > 3


def test_sellers_stand_by_name_and_not_by_what_they_sold(tmp_path: Path) -> None:
    """G12: Åse is 5 ahead, Bo 50 behind, Ana 1 behind: Ana, Bo, Åse, then what nobody's name stands at, then all."""
    sellers = "by: {seller: {z: {budget: 30, actual: 29}, b: {budget: 60, actual: 10}, a: {budget: 5, actual: 10}}}"
    people = {"time__people__a": "name: Åse\n", "time__people__b": "name: Bo\n", "time__people__z": "name: Ana\n"}
    found = results(folder(tmp_path, year({1: f"80, {sellers}"}), **people), dt.date(2026, 1, 31))
    assert found["sellers"].rows["key"].to_list() == ["z", "b", "a", "-", "-total"]
    rest = row(found["sellers"], "-")
    assert (rest["budget"], rest["sold"]) == (5_00, 31_00)


def test_only_management_sees_what_one_person_sold_and_everyone_has_no_such_page() -> None:
    """Safety: sales amounts are marketing's, a person's are management's; not even an id is left for marketing."""
    seen = results(ROOT, viewer="marketing")
    assert seen["sellers"].rows.is_empty() and not seen["sellers"].columns
    assert len(results(ROOT)["sellers"].rows) == 4
    assert seen["year"].rows.equals(results(ROOT)["year"].rows)
    assert all(result.rows.is_empty() for result in results(ROOT, viewer="everyone").values())
    assert REPORT.audience == "marketing"


ACTIVITIES = (
    "name: Plan\nversions: [{number: 1, on: 2026-01-01}]\nactivities:\n"
    "  past: {name: A, from: 2026-05-01, to: 2026-06-30}\n"
    "  now: {name: B, from: 2026-05-01, to: 2026-07-01, expects: {revenue: 50}}\n"
    "  next-year: {name: C, from: 2027-01-01, to: 2027-02-01}\n"
    "  over: {name: D, from: 2026-12-31, to: 2027-02-01}\n"
    "  gone: {name: E, from: 2026-08-01, to: 2026-08-02, dropped: {on: 2026-06-01}}\n"
    "  undated: {name: F}\n"
)


def test_activities_with_a_day_left_in_the_year_are_due(tmp_path: Path) -> None:
    """B stops on 1 July and D begins on 31 December; A ended on the day, C begins next year, E was dropped; F has no
    dates, and is counted. One of two says what it should give.
    """
    found = results(folder(tmp_path, year(HALF), **{"plans__marketing-2026": ACTIVITIES}))
    assert found["due"].rows["key"].to_list() == ["now", "over"]
    assert list(found["due"].left_out.values()) == [1]
    one = row(found["year"])
    assert (one["due"], one["due_said"], one["due_revenue"]) == (2, 1, 50_00)


def test_being_behind_is_on_the_front_page_with_what_a_week_must_give() -> None:
    """The company is 481,000 behind: weight 481,000 ÷ 500 = 962; the record is the file of its last known month."""
    (said,) = attention(results(ROOT))
    assert (said.severity, said.weight, said.audience, said.sources) == (
        "warning",
        962.0,
        "marketing",
        (("sales", "2026-06"),),
    )
    assert "%(hockey)s" in said.so[0]


def test_the_chart_draws_sales_to_the_last_known_month_and_the_needed_line_from_it_to_the_budget() -> None:
    """The line of what is needed begins where sales end and ends at the budget of the year."""
    rows = results(ROOT)["months"].rows
    sold, needed = rows["sold_sum"].drop_nulls().to_list(), rows["needed_sum"].drop_nulls().to_list()
    assert (len(sold), len(needed)) == (6, 7)
    assert needed[0] == sold[-1] and needed[-1] == rows["budget_sum"][-1]
