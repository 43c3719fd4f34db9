"""The books of customers: periods that overlap, one measure a period; their numbers."""

from __future__ import annotations

import pytest

from sitegen import checks, records
from tests.checks.conftest import ORGANISATION, write

CARD = "crm/customers/nordisk-data.yml"


def test_each_period_inside_a_longer_one_is_told_not_only_its_neighbour(found):
    """2026 holds January and July; February 2027 holds nothing."""
    figures = "".join(f"  {period}: {{revenue: 100}}\n" for period in ("2026", "2026-01", "2026-07", "2027-02"))
    assert found({CARD: f"name: N\nfigures:\n{figures}"}) == [
        ("figures-overlap", f"{CARD}:4:3"),
        ("figures-overlap", f"{CARD}:5:3"),
    ]


def test_months_quarters_and_halves_side_by_side_do_not_overlap(found):
    figures = "".join(f"  {period}: {{revenue: 100}}\n" for period in ("2026-H2", "2026-Q2", "2026-01", "2026-03"))
    assert found({CARD: f"name: N\nfigures:\n{figures}"}) == []


def test_cards_without_direct_cost_are_mixed_with_none_where_nobody_has_it_or_revenue_counts(found):
    mixed = {
        CARD: "name: N\nfigures: {2026-H1: {revenue: 100}}\n",
        "crm/customers/kyst-byg.yml": "name: K\nfigures: {2026-H1: {revenue: 100, direct_cost: 40}}\n",
    }
    assert found(mixed) == [("measures-mixed", f"{CARD}:2:11")]
    assert found({CARD: mixed[CARD], "crm/customers/kyst-byg.yml": "name: K\n"}) == []
    assert found({**mixed, "organisation.yml": f"{ORGANISATION}customer_matrix: {{value: revenue}}\n"}) == []
    no_sale = {CARD: "name: N\nfigures: {2026-H1: {total_purchases: 100}}\n"}
    assert found({**mixed, **no_sale}) == []


def test_a_case_is_not_closed_before_it_was_opened_and_stands_in_its_month(found):
    file = "crm/support/2026-03.yml"
    assert found({file: "- {id: a, opened: 2026-03-03, closed: 2026-03-03}\n"}) == []
    assert found({file: "- {id: a, opened: 2026-03-03, closed: 2026-03-02}\n"}) == [("ends-before", f"{file}:1:39")]
    assert found({file: "- {id: a, opened: 2026-04-03}\n"}) == [("outside-file", f"{file}:1:19")]


def test_a_criterion_is_told_with_the_word_whose_name_was_written(tmp_path):
    criteria = "criteria: {branche: {name: Branche, type: choice, values: {it: It, byg: Byggeri}, on: [customer]}}\n"
    card = "name: X\ncriteria: {branche: byggeri}\n"
    root = write(tmp_path, {"organisation.yml": ORGANISATION + criteria, "crm/customers/x.yml": card})
    (problem,) = checks.run(records.read(root), root)
    assert (problem.code, problem.values["nearest"]) == ("bad-criterion-value", "byg")


@pytest.mark.parametrize(
    ("country", "number", "told"),
    [
        ("DK", "12345678", False), ("DK", "01234567", False), ("DK", "1234567", True), ("DK", "916300484", True),
        ("NO", "916300484", False), ("NO", "12345678", True), ("SE", "5560360793", False), ("DE", "1", False),
    ],
)  # fmt: skip
def test_a_company_number_is_as_long_as_those_of_the_country_of_which_that_is_known(country, number, told, found):
    organisation = ORGANISATION.replace("DK\n", f"{country}\n", 1)
    said = found({"organisation.yml": organisation, CARD: f'name: N\ncvr: "{number}"\n'})
    assert said == ([("cvr-length", f"{CARD}:2:6")] if told else [])
