"""How grave each matter of time is: what home and `time_now` call it, and its colour on every page (decision 22)."""

from __future__ import annotations

SEVERITIES = {"urgent": "Urgent", "warning": "Warning", "note": "Note"}
"""The words of the front page, the gravest first."""
CHIPS = {"urgent": "bad", "warning": "warn", "note": "info"}
"""The kind of chip of each severity, on whichever page it stands."""
OF_KIND = {
    "over": "urgent",
    "will-exceed": "warning",
    "late": "warning",
    "slipped": "warning",
    "unbooked": "warning",
    "booked-away": "warning",
    "deadline": "warning",
    "idle": "warning",
    "over-budget": "warning",
    "near": "note",
    "no-budget": "note",
    "priority": "note",
    "decided": "note",
    "dearer": "note",
    "old-offer": "note",
    "over-target": "note",
}
"""Kinds of matter that are as grave whatever their figures are; of the others a function below says it."""
SLIGHT = 1.1
"""Up to this load a week with too much booked is a note."""
HIGH = 2
"""A project of this priority or a higher one that nobody works on is a warning."""


def overbooked(load: float) -> str:
    """The severity of a person's week in which more is booked than she can work."""
    return "note" if load <= SLIGHT else "warning"


def neglected(priority: int | None) -> str:
    """The severity of a project that nobody works on: it is by its priority."""
    return "warning" if (priority or 9) <= HIGH else "note"


def below_target(*, far: bool) -> str:
    """The severity of a weekly target that is not met; with a decision on it, it is no more than a note."""
    return "warning" if far else "note"


_NO_MATTER = {
    **dict.fromkeys(("within", "on-time", "met", "free", "full", "done"), "ok"),
    **dict.fromkeys(("behind", "done-late", "met-late", "day-off", "away", "empty", "open", "ahead"), "info"),
    **dict.fromkeys(("unknown", "closed", "outside", "no-task"), "unknown"),
}
"""States that are no matter here have no colour of one: fine, worth a look, or not to be judged."""
_SAME = {"overdue": "deadline", "missed": "deadline"}
"""States that are a kind of matter by another name."""


def chip(state: str) -> str:
    """The kind of chip of a state: the colour of what it is as a matter. KeyError: nobody has said how grave it is."""
    return _NO_MATTER.get(state) or CHIPS[OF_KIND[_SAME.get(state, state)]]
