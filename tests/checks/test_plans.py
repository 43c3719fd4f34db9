"""Sales months and agreements to the plan."""

from __future__ import annotations

from tests.checks.conftest import ORGANISATION

SALES = "plans/sales-2026.yml"


def months(first: int, count: int, key: str = "budget") -> str:
    """That many months from a month of 2026 on: `2026-12`, then `2027-01`."""
    days = [(2026 + (at - 1) // 12, (at - 1) % 12 + 1) for at in range(first, first + count)]
    return "".join(f"{year}-{month:02d}: {{{key}: 100}}\n" for year, month in days)


def test_a_year_with_a_budget_has_twelve_months_and_one_of_actual_sales_no_gap(found):
    told = [("sales-month-missing", f"{SALES}:1:1")]
    assert found({SALES: months(1, 12)}) == []
    assert found({SALES: months(1, 11)}) == told
    assert found({SALES: months(3, 4, "actual")}) == []
    assert found({SALES: months(3, 1, "actual") + months(5, 1, "actual")}) == told


def test_a_fiscal_year_begins_in_its_month_of_this_year_or_the_year_before(found):
    """From July: the file of 2026 may hold 2026-07 to 2027-06, or 2025-07 to 2026-06."""
    organisation = {"organisation.yml": f"{ORGANISATION}fiscal_year_starts: 7\n"}
    assert found({**organisation, SALES: months(7, 12)}) == []
    assert found({**organisation, SALES: months(-5, 12)}) == []
    assert found({**organisation, SALES: months(1, 12)}) == [("sales-month-missing", f"{SALES}:1:1")]


def test_a_month_with_a_mistake_in_it_is_not_missing(found):
    wrong = months(1, 11) + "2026-12: [100]\n"
    assert found({SALES: wrong}) == [("map-wanted", f"{SALES}:12:10")]
