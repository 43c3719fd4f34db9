"""What was decided of a project that gets other hours than its weekly target (T15): one rule for every report."""

from __future__ import annotations

import datetime as dt
from fractions import Fraction
from typing import Any

DECISIONS = {"reprioritise": "Give it other priority", "outsource": "Buy it outside", "accept": "Accept it"}
FAR_BELOW = Fraction(3, 4)
"""Under this share of its target a project must be decided about; nearer to it, somebody should have a look."""


def decided(card: Any, as_of: dt.date) -> Any:
    """The decision on the project's target (`models.time.TargetDecision`) that was made by the day; None without one.

    Args:
        card: the project's record, or None where there is none.
    """
    said = getattr(card, "target_decision", None)
    return said if said is not None and said.on <= as_of else None
