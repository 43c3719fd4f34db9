"""The one rule of a project's outlook, at its edges; that all pages follow it is in `reports/test_one_outlook.py`."""

from __future__ import annotations

from fractions import Fraction

import pytest

from sitegen.metrics.figures import Figure, Undefined
from sitegen.metrics.outlook import TOLERANCE, outlook

WARN_AT = Fraction(8, 10)
UNKNOWN = Undefined("unknown-part")
FEW = Undefined("too-few")


@pytest.mark.parametrize(
    ("used", "budget", "by_progress", "by_pace", "state", "rests_on"),
    [
        (0, 0, UNKNOWN, FEW, "no-budget", "used"),
        (60, 0, Fraction(90), 100, "no-budget", "progress"),  # a budget of 0 is none (T7), whatever is estimated
        (60, Undefined("no-budget"), UNKNOWN, 100, "no-budget", "pace"),
        (0, 1000, Undefined("nothing-logged"), Undefined("nothing-logged"), "within", "used"),  # nothing foretells it
        (1000, 1000, UNKNOWN, FEW, "near", "used"),  # exactly 100 % is not over (F2)
        (1000, 1000, UNKNOWN, 1051, "will-exceed", "pace"),
        (1000, 1000, Fraction(1000), 2000, "near", "progress"),  # all is done: the pace of before does not matter
        (999, 1000, Fraction(1000), 1300, "near", "progress"),  # 99.9 % used, 99.9 % done
        (999, 1000, UNKNOWN, 999, "near", "used"),  # 99.9 %, and nobody worked in four weeks
        (1001, 1000, Fraction(1001), FEW, "over", "progress"),  # over by a minute, 100 % done: over is a fact
        (500, 1000, Fraction(1050), FEW, "within", "progress"),  # 105 % of 1000 itself is within the tolerance
        (500, 1000, Fraction(10501, 10), FEW, "will-exceed", "progress"),
        (500, 1000, Fraction(900), 2000, "within", "progress"),  # progress knows what is left; pace does not
        (500, 1000, Fraction(2000), 900, "will-exceed", "progress"),
        (500, 1000, UNKNOWN, 1100, "will-exceed", "pace"),  # progress missing: the pace
        (800, 1000, UNKNOWN, 1050, "near", "pace"),  # near begins at the threshold itself
        (799, 1000, UNKNOWN, Undefined("no-end"), "within", "used"),
    ],
)
def test_the_first_that_holds_of_no_budget_over_will_exceed_near_within(
    used: int, budget: Figure, by_progress: Figure, by_pace: Figure, state: str, rests_on: str
) -> None:
    """Budget 1000: near from 800, over from 1001, will exceed where the estimate is over 1000 × 1.05 = 1050."""
    assert Fraction(5, 100) == TOLERANCE
    found = outlook(used, budget, by_progress, by_pace, closed=False, warn_at=WARN_AT)
    assert (found.state, found.rests_on) == (state, rests_on)
    assert found.estimate == (by_pace if isinstance(by_progress, Undefined) else by_progress)


@pytest.mark.parametrize(("used", "state"), [(1001, "over"), (1000, "within"), (990, "within"), (0, "within")])
def test_a_closed_project_is_over_or_within_for_nothing_is_ahead_of_it(used: int, state: str) -> None:
    """990 of 1000 would be near while it went on; closed, its estimate is what was used (F35)."""
    found = outlook(used, 1000, used, used, closed=True, warn_at=WARN_AT)
    assert (found.state, found.rests_on) == (state, "used")
