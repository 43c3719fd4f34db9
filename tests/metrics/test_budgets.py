"""Budgets by day (F39), baselines (T31), what is ordered and not invoiced (T18), cost status (F38)."""

from __future__ import annotations

import datetime as dt
import json
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sitegen.metrics import budgets
from sitegen.metrics.budgets import Entry
from sitegen.metrics.figures import Undefined
from sitegen.periods import containing
from sitegen.tables.projects import BUDGETS, EXTERNAL_COSTS, ORDERED
from sitegen.tables.spans import frame

KNOWN = Path(__file__).parents[1] / "cases/known/time/prorated_budgets.json"
PER = {"weekly": "week", "monthly": "month", "quarterly": "quarter", "yearly": "year"}
DAY = dt.date


def known() -> list[tuple[str, str, str, str, str, str]]:
    """(on, per, amount, start, end, wanted) of each check."""
    cases = json.loads(KNOWN.read_text(encoding="utf-8"))["cases"]
    return [(*case["budget"], *check) for case in cases for check in case["checks"]]


@pytest.mark.parametrize(("on", "per", "amount", "start", "end", "wanted"), known())
def test_known_prorated_budgets(on: str, per: str, amount: str, start: str, end: str, wanted: str) -> None:
    """F39: amount ÷ days of that day's own week, month, quarter or year, to the exact fraction."""
    entry = Entry(DAY.fromisoformat(on), PER[per], minutes=Fraction(amount))
    top, _, bottom = wanted.partition("/")
    found = budgets.prorated([entry], "minutes", DAY.fromisoformat(start), DAY.fromisoformat(end))
    assert found == Fraction(top) / Fraction(bottom or 1)


def test_twelve_monthly_budgets_are_a_year() -> None:
    """12 × 40 h = 480 h, though no month has the length of the year's twelfth."""
    entry = Entry(DAY(2026, 1, 1), "month", minutes=2400)
    assert budgets.prorated([entry], "minutes", DAY(2026, 1, 1), DAY(2027, 1, 1)) == 12 * 2400


def test_the_entry_in_force_on_each_day_counts() -> None:
    """31 h a month until 15 March, 62 h after: 15 days at 1 h and 17 days (15 to 31) at 2 h: from the 1st 14 × 1 + 17
    × 2 = 48 h.
    """
    dated = [Entry(DAY(2026, 1, 1), "month", minutes=31 * 60), Entry(DAY(2026, 3, 15), "month", minutes=62 * 60)]
    assert budgets.prorated(dated, "minutes", DAY(2026, 3, 1), DAY(2026, 4, 1)) == (14 * 1 + 17 * 2) * 60


def test_a_day_before_the_first_entry_has_an_unknown_budget_and_not_none() -> None:
    """F39: no entry that day ⇒ unknown, not 0; one day of thirty is enough."""
    entry = Entry(DAY(2026, 3, 2), "month", minutes=600)
    assert budgets.prorated([entry], "minutes", DAY(2026, 3, 1), DAY(2026, 4, 1)) == Undefined("no-budget")
    assert budgets.prorated([], "minutes", DAY(2026, 3, 1), DAY(2026, 4, 1)) == Undefined("no-budget")


def test_a_budget_for_the_project_is_not_spread() -> None:
    """`per: project` says nothing of a single month."""
    entry = Entry(DAY(2026, 1, 1), "project", minutes=600)
    assert budgets.prorated([entry], "minutes", DAY(2026, 3, 1), DAY(2026, 4, 1)) == Undefined("not-relevant")


def test_an_entry_that_names_only_hours_leaves_the_money_as_it_was() -> None:
    """Per measure (F39): the second entry raises the hours; the external budget of the first goes on holding."""
    dated = [Entry(DAY(2026, 1, 1), "project", 600, 5000), Entry(DAY(2026, 2, 1), "project", minutes=900)]
    whole = budgets.Window(None, None, False)
    assert budgets.amount(dated, "minutes", DAY(2026, 6, 1), whole) == 900
    assert budgets.amount(dated, "external_minor", DAY(2026, 6, 1), whole) == 5000
    assert budgets.original(dated, "minutes", whole) == 600


def test_entries_written_after_the_day_are_not_read() -> None:
    """G1: on 31 January the baseline of 1 February is not there; of two on one day the later in the file holds."""
    rows = [
        ("seo", DAY(2026, 1, 1), 0, "project", 600, None, None, "a"),
        ("seo", DAY(2026, 1, 1), 1, "project", 660, None, None, "b"),
        ("seo", DAY(2026, 2, 1), 2, "project", 900, None, None, "c"),
    ]
    table = frame(rows, BUDGETS)
    before = budgets.entries(table, DAY(2026, 1, 31))["seo"]
    assert budgets.in_force(before, "minutes", DAY(2026, 12, 31)).minutes == 660
    assert budgets.in_force(budgets.entries(table, DAY(2026, 2, 1))["seo"], "minutes", DAY(2026, 2, 1)).minutes == 900


def test_the_window_of_a_monthly_budget_is_the_organisations_year_inside_the_project() -> None:
    """Year from July; project from 15 September: on 30 June 2026 the window is 15 September 2025 to the end of June."""
    dated = [Entry(DAY(2025, 9, 1), "month", minutes=600)]
    window = budgets.window(dated, DAY(2026, 6, 30), DAY(2025, 9, 15), None, first_month=7)
    assert (window.start, window.end, window.spread) == (DAY(2025, 9, 15), DAY(2026, 7, 1), True)


def test_a_project_that_is_over_is_compared_in_its_own_last_year() -> None:
    """Ended on 31 October 2025: in June 2026 its window is still January to October 2025."""
    dated = [Entry(DAY(2025, 1, 1), "month", minutes=600)]
    window = budgets.window(dated, DAY(2026, 6, 30), DAY(2024, 1, 1), DAY(2025, 10, 31))
    assert (window.start, window.end) == (DAY(2025, 1, 1), DAY(2025, 11, 1))
    assert budgets.amount(dated, "minutes", DAY(2026, 6, 30), window) == 10 * 600


CHANGES = st.tuples(
    st.dates(DAY(2025, 12, 1), DAY(2026, 6, 30)), st.sampled_from([*PER.values()]), st.integers(0, 9999)
)


@settings(max_examples=80, deadline=None)
@given(st.lists(CHANGES, min_size=1, max_size=4), st.dates(DAY(2026, 7, 1), DAY(2028, 3, 1)), st.integers(0, 400))
def test_a_stretch_is_the_sum_of_its_days(changes: list[tuple[dt.date, str, int]], start: dt.date, days: int) -> None:
    """The oracle walks day by day in plain Python: amount ÷ days of the day's own period, leap year included."""
    dated = [Entry(on, per, minutes=amount) for on, per, amount in sorted(changes, key=lambda item: item[0])]
    wanted = Fraction(0)
    for n in range(days):
        day = start + dt.timedelta(days=n)
        held = [entry for entry in dated if entry.on <= day][-1]
        wanted += Fraction(held.minutes, containing(day, held.per).days)
    assert budgets.prorated(dated, "minutes", start, start + dt.timedelta(days=days)) == wanted


def test_what_is_ordered_and_not_invoiced_is_committed() -> None:
    """15,000 − 10,000 = 5,000 of the first; the second is invoiced for more than was ordered: 0, not −2,000; the
    third is later.
    """
    orders = frame(
        [
            ("seo", 0, DAY(2026, 3, 1), "x", 1_500_000, "1"),
            ("seo", 0, DAY(2026, 3, 1), "x", 1_500_000, "2"),
            ("seo", 1, DAY(2026, 3, 1), "x", 300_000, "3"),
            ("seo", 2, DAY(2026, 7, 1), "x", 900_000, None),
        ],
        ORDERED,
    )
    invoices = frame(
        [
            ("seo", None, DAY(2026, 4, 1), "x", 400_000, "1", None),
            ("seo", None, DAY(2026, 5, 1), "x", 600_000, "2", None),
            ("seo", None, DAY(2026, 5, 1), "x", 500_000, "3", None),
            ("other", None, DAY(2026, 5, 1), "x", 500_000, "1", None),
        ],
        EXTERNAL_COSTS,
    )
    assert budgets.committed(orders, invoices, DAY(2026, 6, 30)) == {"seo": 500_000}


@pytest.mark.parametrize(
    ("used", "budget", "status"),
    [
        (600, 600, "near"),  # A = B is not over (F2)
        (601, 600, "over"),
        (480, 600, "near"),  # exactly 80 %
        (479, 600, "within"),
        (0, 600, "within"),
        (0, 0, "no-budget"),
        (5, 0, "no-budget"),  # T7: a budget of 0 is none
        (5, Undefined("no-budget"), "no-budget"),
    ],
)
def test_cost_status(used: int, budget: int, status: str) -> None:
    """Over needs more than the budget; near begins at the threshold itself."""
    assert budgets.cost_status(used, budget) == status
