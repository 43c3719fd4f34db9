"""Whether a project keeps within its hours: the one rule that every page, count and matter for decision reads."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from sitegen.metrics.budgets import cost_status
from sitegen.metrics.figures import Figure, Undefined

TOLERANCE = Fraction(5, 100)
"""An estimate is rough (four weeks' mean, progress in steps), so one this share over the budget does not exceed it."""
MOST = 1 + TOLERANCE
"""So much of the budget may be estimated at most."""

OUTLOOKS = {
    "over": "Over budget",
    "will-exceed": "Will exceed",
    "near": "Near the limit",
    "within": "Within",
    "no-budget": "No budget",
}
RESTS_ON = {"progress": "Progress", "pace": "Pace", "used": "Hours used"}


@dataclass(frozen=True)
class Outlook:
    """What is said of a project's hours, the estimate at completion of them (F35), and what that rests on."""

    state: str
    rests_on: str
    estimate: Figure


def outlook(
    used: int, budget: Figure, by_progress: Figure, by_pace: Figure, *, closed: bool, warn_at: Fraction
) -> Outlook:
    """The first that holds of: no-budget, over, will-exceed, near, within.

    Formula:
        The cost status of the hours used so far (F38) says no-budget and over: those are facts, without a tolerance.
        will-exceed where the estimate > budget × (1 + TOLERANCE); else near or within as F38 has it. A closed project
        is over or within: nothing is ahead of it.

        The estimate is that by progress where it can be said (F35), since it knows what is left to do; pace knows only
        how fast the last weeks went. It rests on the hours used where there is no estimate, where a pace adds nothing
        to them (no hours in four weeks, or no whole week to the end), and for a closed project.

    Undefined:
        The estimate where neither can be said, for the reason of the one by pace; the state never is.

    Source:
        F2, F35, F38; T7, T29, T30; decision 16.
    """
    progress = not isinstance(by_progress, Undefined)
    estimate = by_progress if progress else by_pace
    rests_on = "progress" if progress else "pace"
    if closed or isinstance(estimate, Undefined) or (not progress and estimate == used):
        rests_on = "used"
    state = cost_status(used, budget, warn_at)
    if closed:
        state = "within" if state == "near" else state
    elif state in ("near", "within") and _exceeds(estimate, budget):
        state = "will-exceed"
    return Outlook(state, rests_on, estimate)


def _exceeds(estimate: Figure, budget: Figure) -> bool:
    """Whether the estimate is over the budget by more than the tolerance; an unknown one is not."""
    if isinstance(estimate, Undefined) or isinstance(budget, Undefined):
        return False
    return estimate > budget * MOST
