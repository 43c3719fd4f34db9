"""Share of wallet, cells, figures of a period, contribution, loyalty (F12, F12a, F11b)."""

import datetime as dt

from hypothesis import given
from hypothesis import strategies as st

from sitegen.metrics import wallet
from sitegen.metrics.wallet import Wallet, contribution, loyalty_class, move, tile


def span(start: str, end: str) -> tuple[dt.date, dt.date]:
    return dt.date.fromisoformat(start), dt.date.fromisoformat(end)


H1 = span("2026-01-01", "2026-07-01")
Q1, Q2 = span("2026-01-01", "2026-04-01"), span("2026-04-01", "2026-07-01")
YEAR = span("2026-01-01", "2027-01-01")


def test_a_third_is_in_the_lowest_group_and_two_thirds_in_the_highest():
    """1 ÷ 3 = 33.3 → 33 % → group 3; 2 ÷ 3 = 66.7 → 67 % → group 1; 1 ÷ 2 = 50 % → group 2."""
    assert wallet.wallet(100, 300) == Wallet(33, 3, 200)
    assert wallet.wallet(200, 300) == Wallet(67, 1, 100)
    assert wallet.wallet(240000, 480000) == Wallet(50, 2, 240000)


def test_half_a_percent_goes_up_before_the_limit_is_applied():
    """67 ÷ 200 = 33.5 → 34 % → group 2; 133 ÷ 200 = 66.5 → 67 % → group 1."""
    assert wallet.wallet(67, 200).group == 2
    assert wallet.wallet(133, 200).group == 1


def test_more_than_the_whole_is_a_data_error_without_potential():
    """112 ÷ 100 = 112 %: group 1, potential 0, flagged."""
    assert wallet.wallet(112, 100) == Wallet(112, 1, 0, "over")


def test_sales_of_a_total_of_nothing_are_a_data_error_without_a_percentage():
    assert wallet.wallet(5, 0) == Wallet(None, 1, 0, "over")


def test_nothing_of_nothing_and_an_unknown_part_are_unknown():
    assert wallet.wallet(0, 0) == Wallet(None, None, None)
    assert wallet.wallet(None, 100) == Wallet(None, None, None)
    assert wallet.wallet(100, None) == Wallet(None, None, None)


def test_credit_notes_count_as_no_sales():
    """−50 of 300: 0 %, group 3, all 300 to win, flagged."""
    assert wallet.wallet(-50, 300) == Wallet(0, 3, 300, "credit")


def test_other_limits_move_the_groups():
    assert wallet.wallet(50, 100, (50, 80)).group == 3


@given(st.integers(0, 10**9), st.integers(1, 10**9))
def test_sales_and_potential_are_the_total(ours, total):
    found = wallet.wallet(ours, total)
    assert found.flag == "over" or ours + found.potential_minor == total


def test_the_periods_own_figure_beats_its_parts():
    assert tile({H1: 100, Q1: 30, Q2: 40}, *H1) == 100


def test_quarters_that_tile_the_half_are_summed():
    """30 + 40 = 70."""
    assert tile({Q1: 30, Q2: 40}, *H1) == 70


def test_months_and_a_quarter_tile_together():
    """April 5 + May 6 + June 7 + the first quarter's 30 = 48."""
    months = {
        span("2026-04-01", "2026-05-01"): 5,
        span("2026-05-01", "2026-06-01"): 6,
        span("2026-06-01", "2026-07-01"): 7,
    }
    assert tile({Q1: 30, **months}, *H1) == 48


def test_a_gap_an_unknown_part_and_a_longer_period_are_unknown():
    assert tile({Q1: 30}, *H1) is None
    assert tile({Q1: 30, Q2: None}, *H1) is None
    assert tile({YEAR: 200}, *H1) is None


def test_a_quarter_whose_amount_is_unknown_leaves_its_months_to_be_used():
    """The quarter is written without the amount; its three months have 1 + 2 + 3 = 6."""
    months = {
        span("2026-01-01", "2026-02-01"): 1,
        span("2026-02-01", "2026-03-01"): 2,
        span("2026-03-01", "2026-04-01"): 3,
    }
    assert tile({Q1: None, **months}, *Q1) == 6


def test_contribution_may_be_negative_and_needs_every_part():
    """240 − 90 − 35 = 115; 20 − 10 − 30 = −20; without the time cost it is unknown, not 150."""
    assert contribution(240, 90, 35) == 115
    assert contribution(20, 10, 30) == -20
    assert contribution(240, 90, None) is None


def test_half_a_class_of_loyalty_goes_to_the_worse():
    """Mean of 2 and 3 is 2.5: 3 where 4 is worst, 2 where 1 is worst. Mean of 1, 1, 2 is 1.33: 1."""
    assert loyalty_class([2, 3], worst=4, best=1) == (2.5, 3)
    assert loyalty_class([2, 3], worst=1, best=5) == (2.5, 2)
    assert loyalty_class([1, 1, 2], worst=4, best=1) == (4 / 3, 1)
    assert loyalty_class([], worst=4, best=1) == (None, None)


def test_moves_have_a_direction_when_both_places_are_known():
    """A3 → A2 rose in share; A1 → A2 fell; C3 → B2 rose in both; A3 → B2 fell in value and rose in share."""
    assert move("gold-bubbler", "gold") == "up"
    assert move("super-gold", "gold") == "down"
    assert move("bronze-bubbler", "silver") == "up"
    assert move("gold-bubbler", "silver") == "across"
    assert move("gold", "gold") is None and move("unknown", "gold") is None


def test_every_value_and_group_has_its_cell():
    assert [cell.code for cell in wallet.CELLS] == ["A3", "A2", "A1", "B3", "B2", "B1", "C3", "C2", "C1"]
    assert wallet.cell_of("B", 3) == "silver-bubbler" and wallet.cell_of(None, 3) is None
