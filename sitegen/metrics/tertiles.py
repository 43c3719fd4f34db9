"""Three groups of equal size by value, ties together (F23, M5)."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import TypeVar

Id = TypeVar("Id")


def tertiles(values: Mapping[Id, int | None]) -> dict[Id, str]:
    """A, B or C for everything with a known value, by mid-rank.

    Formula:
        r = average rank of the value (the largest has rank 1), u = (r − ½) ÷ N; A where u < 1/3, B where u < 2/3,
        else C

    Undefined:
        What has no value (None) is not in the answer and not in N; the caller counts it.

    Source:
        F23. Equal counts, not equal sums and no Pareto rule (trap 12). Equal values always share a group; exact
        fractions, since u is often exactly a third. Negative values are allowed.
    """
    known = {name: value for name, value in values.items() if value is not None}
    count = len(known)
    ordered = sorted(known.values(), reverse=True)
    first: dict[int, int] = {}
    last: dict[int, int] = {}
    for rank, value in enumerate(ordered, start=1):
        first.setdefault(value, rank)
        last[value] = rank
    groups: dict[Id, str] = {}
    for name, value in known.items():
        place = (Fraction(first[value] + last[value], 2) - Fraction(1, 2)) / count
        groups[name] = "A" if place < Fraction(1, 3) else "B" if place < Fraction(2, 3) else "C"
    return groups
