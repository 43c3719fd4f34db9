"""Three groups by value (F23)."""

from hypothesis import given
from hypothesis import strategies as st

from sitegen.metrics.tertiles import tertiles


def groups(*values: int | None) -> str:
    found = tertiles(dict(enumerate(values)))
    return "".join(found.get(place, "-") for place in range(len(values)))


def test_one_customer_is_in_the_middle():
    """r = 1, u = ½ ÷ 1 = 0.5: B."""
    assert groups(10) == "B"


def test_two_customers_are_the_ends():
    """u = 0.25 and 0.75: A and C."""
    assert groups(10, 5) == "AC"


def test_four_customers_have_two_in_the_middle():
    """u = 1/8, 3/8, 5/8, 7/8: A, B, B, C."""
    assert groups(40, 30, 20, 10) == "ABBC"


def test_a_tie_across_a_limit_stays_together():
    """Six customers; ranks 2 and 3 tie at 2.5: u = 2/6 = 1/3 exactly, which is not below it, so both are B: A, B, B, B,
    C, C.
    """
    assert groups(60, 50, 50, 30, 20, 10) == "ABBBCC"


def test_equal_values_are_all_in_the_middle():
    """Every rank is (N + 1) ÷ 2, so u = ½."""
    assert groups(7, 7, 7, 7, 7) == "BBBBB"


def test_unknown_is_left_out_and_negative_is_a_value():
    """Three known: 5, 0, −8 are A, B, C; the fourth has no group."""
    assert groups(5, None, 0, -8) == "A-BC"


@given(st.lists(st.integers(-1000, 1000), unique=True, max_size=60))
def test_without_ties_the_groups_differ_by_at_most_one(values):
    found = groups(*values)
    sizes = [found.count(name) for name in "ABC"]
    assert max(sizes) - min(sizes) <= 1 and sum(sizes) == len(values)


@given(st.lists(st.integers(-5, 5), max_size=40))
def test_a_larger_value_is_never_in_a_worse_group(values):
    found = tertiles(dict(enumerate(values)))
    for one, group in found.items():
        for other, its in found.items():
            assert values[one] <= values[other] or group <= its
            assert values[one] != values[other] or group == its
