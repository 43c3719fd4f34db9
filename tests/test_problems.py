"""Problems as values: order, hints, and the nearest known word."""

from __future__ import annotations

import pytest

from sitegen.problems import Place, Problem, in_order, nearest


@pytest.mark.parametrize(
    ("word", "known", "expected"),
    [
        ("projct", {"project", "date"}, "project"),
        ("soe", {"seo", "ads"}, "seo"),  # two letters that changed places are one change
        ("spring-fare", {"spring-fair", "autumn-fair"}, "spring-fair"),
        ("on_hold", {"on-hold"}, "on-hold"),
        ("x", {"y"}, "y"),
        ("seo", {"ads", "crm"}, ""),
        ("anything", set(), ""),
        ("ab", {"abcde"}, ""),  # three letters longer
        ("bat", {"cat", "rat"}, "cat"),  # equally near: the first in the alphabet
    ],
)
def test_the_nearest_word_is_at_most_a_third_away(word: str, known: set[str], expected: str):
    assert nearest(word, frozenset(known)) == expected


def test_problems_stand_in_the_order_of_the_files_and_the_same_one_is_told_once():
    first = Problem("tab", Place("a.yml", 2, 1))
    second = Problem("tab", Place("a.yml", 10, 1))
    third = Problem("tab", Place("b.yml", 1, 1))
    assert in_order([third, second, first, Problem("tab", Place("a.yml", 2, 1))]) == (first, second, third)


def test_the_hint_is_the_first_whose_values_are_known():
    near = Problem("unknown-project", Place("a.yml"), {"id": "soe", "nearest": "seo"})
    far = Problem("unknown-project", Place("a.yml"), {"id": "soe", "nearest": ""})
    assert near.hint == "did you mean '%(nearest)s'?"
    assert far.hint == "mend the id, or write the record that is missing"


def test_a_problem_takes_severity_and_audience_from_its_code():
    problem = Problem("time-cost-twice", Place("a.yml"))
    assert (problem.severity, problem.audience) == ("error", "management")
    assert Problem("cut-off", Place("a.yml")).severity == "warning"
