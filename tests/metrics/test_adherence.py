"""Booked against logged (F4): each minute in exactly one place."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitegen.metrics.adherence import Split, split


@pytest.mark.parametrize(
    ("booked", "logged", "kept", "over", "unplanned"),
    [
        ({"a": 360}, {"a": 300}, 300, 0, 0),  # an hour slipped
        ({"a": 360}, {"a": 400}, 360, 40, 0),
        ({"a": 360}, {"b": 400}, 0, 0, 400),  # another task than the booked one
        ({}, {"a": 60, None: 30}, 0, 0, 90),
        ({None: 240}, {"a": 100, None: 50}, 150, 0, 0),  # a booking of the project is met by any of its hours
        ({None: 240, "a": 360}, {"a": 300, "b": 420}, 300 + 240, 180, 0),
        ({None: 240, "a": 360}, {"a": 500}, 360 + 140, 0, 0),  # what is beyond the task's booking
        ({"a": 60}, {None: 60}, 0, 0, 60),  # hours on no task do not keep a task's booking
        ({"a": 60}, {}, 0, 0, 0),
    ],
)
def test_split(
    booked: dict[str | None, int], logged: dict[str | None, int], kept: int, over: int, unplanned: int
) -> None:
    """kept = min(b, l) by task; the loose booking takes what is beyond; over where something was booked, else
    unplanned.
    """
    assert split(booked, logged) == Split(sum(booked.values()), sum(logged.values()), kept, over, unplanned)


SOME = st.dictionaries(st.sampled_from(["a", "b", "c", None]), st.integers(1, 600))


@given(SOME, SOME)
def test_every_minute_is_in_exactly_one_place(booked: dict[str | None, int], logged: dict[str | None, int]) -> None:
    """kept + slipped = booked; kept + over + unplanned = logged; none is negative."""
    found = split(booked, logged)
    assert found.kept + found.slipped == sum(booked.values())
    assert found.kept + found.over + found.unplanned == sum(logged.values())
    assert min(found.kept, found.slipped, found.over, found.unplanned) >= 0
    if not booked:
        assert found.unplanned == found.logged
