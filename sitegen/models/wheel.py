"""records/plans/wheel/: the growth wheel, an assessment of nine areas by several people."""

from typing import Annotated, Literal, get_args

from annotated_types import Ge, Le
from pydantic.types import Strict

from sitegen.models.base import Model, Record
from sitegen.models.fields import Everyone, Label, Maybe, Score10, YesNo

Area = Literal[
    "1-market", "2-strategy", "3-segments", "4-planning", "5-online", "6-visibility", "7-sales", "8-loyalty",
    "9-evaluation",
]  # fmt: skip
AREAS: tuple[str, ...] = get_args(Area)
"""The nine areas of the growth wheel, in their order."""


class WheelArea(Model):
    """One of the nine areas in an assessment."""

    importance: Annotated[int, Strict(), Ge(0), Le(10), Everyone] = 1
    """Weight of the gap when areas are ranked."""
    relevant: Annotated[YesNo, Everyone] = True
    """Whether the area counts for us."""
    kind: Annotated[Maybe[Literal["insight", "execution"]], Everyone] = None
    """Preparation and insight, or execution."""


class WheelScore(Model):
    """A respondent's score of an area, 1 (not at all) to 10 (extremely well considered)."""

    now: Annotated[Maybe[Score10], Everyone] = None
    """Today."""
    wanted: Annotated[Maybe[Score10], Everyone] = None
    """As it should be."""


class Wheel(Record):
    """One 360-degree assessment of the nine areas.

    Written in `plans/wheel/<date>.yml`.
    """

    areas: Annotated[dict[Area, WheelArea], Everyone] = {}
    """The nine areas: area → what holds for it."""
    respondents: Annotated[dict[Label, dict[Area, WheelScore | None]], Everyone] = {}
    """Respondent → area → score; null: asked, not answered. Named to management only; otherwise `r1`…, at least 3."""
