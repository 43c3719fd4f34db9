"""What is wrong in a record, and where: a value with a code, never an exception.

A `Problem` carries a code and values. Its sentence and its hint are made when it is printed, from the messages of
`CODES`, which `sitegen/codes/` lists.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import NamedTuple

from sitegen.codes import CODES, Code

__all__ = ["CODES", "Code", "Place", "Problem", "in_order", "nearest"]


class Place(NamedTuple):
    """A place in a file: `file` is relative to the folder that was given, with `/`; line and column count from 1."""

    file: str
    line: int = 1
    column: int = 1

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}"


@dataclass(frozen=True, slots=True)
class Problem:
    """One mistake. `also` names other places that have to do with it.

    `audience` is the highest of the fields it tells about. `severity` and `audience` are the code's own unless given.
    """

    code: str
    place: Place
    values: Mapping[str, str | int] = field(default_factory=dict)
    severity: str = ""
    also: tuple[Place, ...] = ()
    audience: str = ""

    def __post_init__(self) -> None:
        code = CODES[self.code]
        if not self.severity:
            object.__setattr__(self, "severity", code.severity)
        if not self.audience:
            object.__setattr__(self, "audience", code.audience)

    @property
    def sentence(self) -> str:
        """The msgid of the sentence, for `messages.translate` with `values`."""
        return CODES[self.code].sentence

    @property
    def hint(self) -> str:
        """The msgid of the first hint whose values are all known; "" when the code has none that fits."""
        known = {name for name, value in self.values.items() if value not in ("", None)}
        return next((hint for hint, needs in CODES[self.code].hints if needs <= known), "")


def in_order(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """The problems by file, line and column; the same problem at the same place is told once."""
    once = {
        (problem.place, problem.code, tuple(sorted(map(str, problem.values.items())))): problem for problem in problems
    }
    return tuple(once[key] for key in sorted(once))


@lru_cache(maxsize=4096)
def nearest(word: str, known: frozenset[str]) -> str:
    """The known word that `word` was probably meant to be, or "": at most a third of its letters differ.

    Only words of nearly the same length are compared (±2). A change is a letter put in, left out or swapped for
    another, or two neighbours that changed places. Ties go to the first in the alphabet.
    """
    best, fewest = "", max(1, len(word) // 3) + 1
    for candidate in sorted(known):
        if abs(len(candidate) - len(word)) <= 2:
            changes = _changes(word, candidate, fewest)
            if changes < fewest:
                best, fewest = candidate, changes
    return best


def _changes(one: str, other: str, limit: int) -> int:
    """How many letters change to make one word the other (optimal string alignment), at most `limit`."""
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, letter in enumerate(one, 1):
        before, last, row = row, before, [i]
        for j, another in enumerate(other, 1):
            cost = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (letter != another))
            if i > 1 and j > 1 and letter == other[j - 2] and one[i - 2] == another:
                cost = min(cost, last[j - 2] + 1)
            row.append(cost)
        if min(row) >= limit:
            return limit
    return row[-1]
