"""Intervals for rates (F30)."""

import json
from pathlib import Path

import pytest

from sitegen.metrics.intervals import share, wilson

KNOWN = Path(__file__).parent.parent / "cases" / "known" / "funnel" / "rates.json"


def test_rates_agree_with_the_known_cases():
    """funnel/rates.json, worked out with other libraries: 0/5 → 0–43.4 %, 842/8000 → 9.87–11.22 %."""
    for case in json.loads(KNOWN.read_text(encoding="utf-8"))["p"].values():
        assert wilson(case["k"], case["n"]) == pytest.approx(case["wilson95"], abs=5e-8)


def test_a_rate_of_nothing_has_no_interval():
    assert wilson(0, 0) is None


def test_more_successes_than_cases_is_an_error():
    with pytest.raises(ValueError, match="no share"):
        wilson(3, 2)


def test_a_share_shows_its_interval_only_below_thirty_cases():
    """3/10 has one; 9/30 does not; 0/0 is undefined with its reason."""
    assert share("won", 3, 10)["won_low"] == pytest.approx(0.1077912674)
    assert share("won", 9, 30)["won_low"] is None
    assert share("won", 0, 0) == {
        "won": None,
        "won_why": "no-cases",
        "won_k": 0,
        "won_n": 0,
        "won_low": None,
        "won_high": None,
    }


def test_a_share_that_may_not_be_told_keeps_its_counts():
    found = share("won", 1, 4, why="immature")
    assert (found["won"], found["won_why"], found["won_k"], found["won_n"]) == (None, "immature", 1, 4)


def test_a_ratio_of_flows_may_pass_one():
    """6 meetings in a month with 4 leads: 150 %, and no interval, since the six are not of the four."""
    found = share("step", 6, 4)
    assert (found["step"], found["step_low"]) == (1.5, None)
