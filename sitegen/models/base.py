"""What all models share: frozen, no unknown keys, attribute names from keys, the fields that any record may have."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, RootModel

from sitegen.models.fields import Date, Everyone, Id, Label, Marketing, Maybe, Ref, Text


def key_of(attribute: str) -> str:
    """The key that is written for an attribute: `budget_minutes` → `budget_hours`, `from_` → `from`."""
    return attribute.removesuffix("_").replace("minutes", "hours")


FROZEN = ConfigDict(frozen=True, use_attribute_docstrings=True)


class Model(BaseModel):
    """A mapping of a record file."""

    model_config = ConfigDict(extra="forbid", alias_generator=key_of, **FROZEN)


class Measures(Model):
    """A mapping whose further keys are measures that the writer names: `downloads: 200`."""

    model_config = ConfigDict(extra="allow")


class Whole(RootModel):
    """A file that is one map or one list; `root` holds it."""

    model_config = FROZEN


class Tag(Model):
    """A word stuck on a record on a day."""

    tag: Annotated[Label, Marketing]
    """The word."""
    on: Annotated[Maybe[Date], Marketing] = None
    """The day it was given; left out: unknown."""


class Record(Model):
    """A record file: what any of them may say besides its own fields."""

    visible_to: Annotated[Maybe[Literal["marketing", "management"]], Everyone] = None
    """The lowest audience that may see the record at all; left out: as its fields say."""
    tags: Annotated[tuple[Tag, ...], Marketing] = ()
    """Free words, each with the day it was given."""
    note: Annotated[Maybe[Text], Marketing] = None
    """What else there is to say; Markdown."""


ActivityRef = Annotated[Id, Ref("activity")]
"""An activity of a marketing plan."""
CampaignRef = Annotated[Id, Ref("campaign")]
CategoryRef = Annotated[Id, Ref("category")]
"""A product category of products.yml."""
ChannelRef = Annotated[Id, Ref("channel")]
"""A channel of plans/strategy.yml."""
CompetitorRef = Annotated[Id, Ref("competitor")]
"""A competitor of stages.yml."""
CustomerRef = Annotated[Id, Ref("customer")]
DepartmentRef = Annotated[Id, Ref("department")]
"""A department of organisation.yml."""
GoalRef = Annotated[Id, Ref("goal")]
"""A goal of a marketing plan."""
PersonRef = Annotated[Id, Ref("person")]
ProductRef = Annotated[Id, Ref("product")]
"""A product of products.yml."""
ProjectRef = Annotated[Id, Ref("project")]
SegmentRef = Annotated[Id, Ref("segment")]
"""A segment of segments.yml."""
StageRef = Annotated[Id, Ref("stage")]
"""A stage of stages.yml."""
SupplierRef = Annotated[Id, Ref("supplier")]
"""A supplier of organisation.yml."""
TemplateRef = Annotated[Id, Ref("template")]
OwnContact = Annotated[Id, Ref("contact", within=".")]
"""A contact of the same customer card."""
OwnTask = Annotated[Id, Ref("task", within=".")]
"""A task of the same project."""
