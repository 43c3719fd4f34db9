"""records/plans/: marketing plan, sales, segments and market map."""

from collections.abc import Mapping
from typing import Annotated, ClassVar, Literal

from pydantic.types import StringConstraints

from sitegen.models.base import (
    ActivityRef,
    DepartmentRef,
    GoalRef,
    Measures,
    Model,
    PersonRef,
    ProductRef,
    Record,
    SegmentRef,
    SupplierRef,
    Whole,
)
from sitegen.models.fields import (
    Audience,
    Cost,
    Count,
    Date,
    Dated,
    Everyone,
    Hours,
    Id,
    Integer,
    Label,
    Marketing,
    Maybe,
    Money,
    Month,
    Number,
    Ref,
    Text,
    Year,
    YesNo,
)
from sitegen.models.organisation import Rule

TargetGroupRef = Annotated[
    str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9-]*/[a-z0-9][a-z0-9-]*$", max_length=400), Ref("target-group")
]
"""A target group of a segment: `segment/target-group`."""


class Version(Model):
    """A version of the plan."""

    number: Annotated[Count, Everyone]
    """Its number."""
    on: Annotated[Date, Everyone]
    """The day it came out."""
    changed: Annotated[tuple[ActivityRef, ...], Everyone] = ()
    """Activities that it changed."""


class FocusArea(Model):
    """A strategic focus area of three to four years."""

    name: Annotated[Label, Everyone]
    """Its name."""
    from_: Annotated[Maybe[Year], Everyone] = None
    """The first year."""
    to: Annotated[Maybe[Year], Everyone] = None
    """The last year."""


class Goal(Model):
    """Something the plan should reach."""

    name: Annotated[Label, Everyone]
    """Its name."""
    business_goal: Annotated[YesNo, Everyone] = False
    """Whether it is a goal of the whole business; the others should support one."""
    horizon: Annotated[Maybe[Year], Everyone] = None
    """The year it is for."""
    target: Annotated[Maybe[Number], Everyone] = None
    """The number to reach."""
    by: Annotated[Maybe[Date], Everyone] = None
    """The day it should be reached."""
    measure: Annotated[Maybe[Label], Everyone] = None
    """The figure that shows it: `<report>.<name>`."""
    supports: Annotated[Maybe[GoalRef], Everyone] = None
    """The goal above it."""
    focus_area: Annotated[Maybe[Id], Ref("focus-area"), Everyone] = None
    """The focus area it belongs to."""


class Prioritising(Model):
    """How activities are weighed against each other."""

    criteria: Annotated[dict[Id, Number], Everyone]
    """Criterion → weight; a negative weight counts against."""


class ActivityBudget(Model):
    """What an activity may use."""

    minutes: Annotated[Maybe[Hours], Everyone] = None
    """Own hours."""
    external_cost: Annotated[Maybe[Cost], Marketing] = None
    """Money for suppliers."""


class Expects(Measures):
    """What an activity should give: measure → number; further measures have names of their own (`downloads: 200`)."""

    __pydantic_extra__: dict[Id, Count]
    extra_audience: ClassVar[Audience] = Everyone

    measured_by: Annotated[Maybe[Date], Everyone] = None
    """The day it should be measured."""
    leads: Annotated[Maybe[Count], Everyone] = None
    """Leads."""
    meetings: Annotated[Maybe[Count], Everyone] = None
    """Meetings held."""
    revenue: Annotated[Maybe[Money], Marketing] = None
    """Revenue."""

    @property
    def counts(self) -> Mapping[str, int]:
        """Every measure that is a number of something."""
        return _counts(self.leads, self.meetings, self.model_extra)


class Effect(Measures):
    """What an activity has given: measure → number."""

    __pydantic_extra__: dict[Id, Count]
    extra_audience: ClassVar[Audience] = Everyone

    on: Annotated[Maybe[Date], Everyone] = None
    """The day it was measured."""
    leads: Annotated[Maybe[Count], Everyone] = None
    """Leads."""
    meetings: Annotated[Maybe[Count], Everyone] = None
    """Meetings held."""
    revenue: Annotated[Maybe[Money], Marketing] = None
    """Revenue."""

    @property
    def counts(self) -> Mapping[str, int]:
        """Every measure that is a number of something."""
        return _counts(self.leads, self.meetings, self.model_extra)


def _counts(leads: int | None, meetings: int | None, others: Mapping[str, int] | None) -> Mapping[str, int]:
    named = {"leads": leads, "meetings": meetings}
    return {name: number for name, number in named.items() if number is not None} | dict(others or {})


class Briefed(Model):
    """When an agency was told what to do."""

    agency: Annotated[SupplierRef, Marketing]
    """The agency."""
    on: Annotated[Date, Everyone]
    """The day."""
    lead_time_days: Annotated[Maybe[Count], Everyone] = None
    """Days it needs before the start."""


class Dropped(Model):
    """That an activity was deselected."""

    on: Annotated[Date, Everyone]
    """The day."""
    why: Annotated[Maybe[Text], Everyone] = None
    """The reason."""


class Activity(Model):
    """An activity of the marketing plan."""

    name: Annotated[Label, Everyone]
    """Its name."""
    owner: Annotated[Maybe[PersonRef], Everyone] = None
    """Who answers for it."""
    segment: Annotated[Maybe[SegmentRef], Everyone] = None
    """The segment it is for."""
    from_: Annotated[Maybe[Date], Everyone] = None
    """The first day."""
    to: Annotated[Maybe[Date], Everyone] = None
    """The last day."""
    budget: Annotated[Maybe[ActivityBudget], Everyone] = None
    """What it may use."""
    expects: Annotated[Maybe[Expects], Everyone] = None
    """What it should give."""
    effect: Annotated[Maybe[Effect], Everyone] = None
    """What it has given."""
    goal: Annotated[Maybe[GoalRef], Everyone] = None
    """The goal it works for."""
    scores: Annotated[dict[Id, Integer], Everyone] = {}
    """Criterion of `prioritising` → score."""
    origin: Annotated[Maybe[Literal["planned", "idea"]], Everyone] = None
    """Planned, or an idea that came from the side."""
    asked_by: Annotated[Maybe[DepartmentRef], Everyone] = None
    """The department that asked for it."""
    displaced: Annotated[tuple[ActivityRef, ...], Everyone] = ()
    """Activities that it pushed out."""
    like: Annotated[tuple[ActivityRef, ...], Everyone] = ()
    """Earlier activities to learn from."""
    briefed: Annotated[Maybe[Briefed], Everyone] = None
    """When an agency was briefed."""
    message: Annotated[Maybe[Text], Everyone] = None
    """What it says."""
    dropped: Annotated[Maybe[Dropped], Everyone] = None
    """That it was deselected."""
    note: Annotated[Maybe[Text], Marketing] = None
    """What else there is to say."""
    visible_to: Annotated[Maybe[Literal["marketing", "management"]], Everyone] = None
    """The lowest audience that may see the activity at all."""


class Input(Model):
    """What a stakeholder asked for."""

    on: Annotated[Date, Everyone]
    """The day."""
    text: Annotated[Text, Everyone]
    """What."""
    taken_in: Annotated[Maybe[YesNo], Everyone] = None
    """Whether the plan took it in; left out: not decided."""
    why: Annotated[Maybe[Text], Everyone] = None
    """The reason."""


class AgreedVersion(Model):
    """That a stakeholder agreed to a version of the plan."""

    on: Annotated[Date, Everyone]
    """The day."""
    version: Annotated[Count, Everyone]
    """The version's number."""


class Stakeholder(Model):
    """Somebody whose expectations the plan must meet."""

    name: Annotated[Label, Everyone]
    """The name."""
    asked_on: Annotated[Maybe[Date], Everyone] = None
    """The day input was asked for."""
    input: Annotated[tuple[Input, ...], Everyone] = ()
    """What was asked for."""
    agreed: Annotated[Maybe[AgreedVersion], Everyone] = None
    """The version that was agreed to."""


class Known(Model):
    """Whether an employee knows, understands and follows the plan; null: asked, not answered."""

    on: Annotated[Maybe[Date], Marketing] = None
    """The day of the answer."""
    version: Annotated[Maybe[Count], Everyone] = None
    """The plan's version that it is about."""
    knows: Annotated[YesNo | None, Everyone] = None
    """Knows it."""
    understands: Annotated[YesNo | None, Everyone] = None
    """Understands it."""
    follows: Annotated[YesNo | None, Everyone] = None
    """Works by it."""


class KnownInDepartment(Known):
    """The same without a name: what `audience.restrict` leaves, never written in a record."""

    department: Annotated[str | None, Everyone] = None
    """The department; None for those of departments with too few answers."""


class MarketingPlan(Record):
    """The marketing plan that everyone can read.

    Written in `plans/marketing-<year>.yml`.
    """

    name: Annotated[Label, Everyone]
    """Its name."""
    versions: Annotated[tuple[Version, ...], Everyone] = ()
    """Its versions, oldest first."""
    vision: Annotated[Maybe[Text], Everyone] = None
    """Where the company wants to be."""
    focus_areas: Annotated[dict[Id, FocusArea], Everyone] = {}
    """Strategic focus areas: id → area."""
    goals: Annotated[dict[Id, Goal], Everyone] = {}
    """Goals: id → goal."""
    prioritising: Annotated[Maybe[Prioritising], Everyone] = None
    """How activities are weighed against each other."""
    activities: Annotated[dict[Id, Activity], Everyone] = {}
    """The activities: id → activity."""
    stakeholders: Annotated[dict[Id, Stakeholder], Everyone] = {}
    """Whose expectations it must meet: id → stakeholder."""
    known_by: Annotated[dict[PersonRef, Known], Everyone] = {}
    """Employee → whether the plan is known; for everyone counted by department, at least 3."""
    ambassadors: Annotated[dict[PersonRef, Label], Everyone] = {}
    """Employee → the place where she speaks for the plan."""
    front_line: Annotated[tuple[DepartmentRef, ...], Everyone] = ()
    """Departments that meet customers and must always know the newest version."""


class SalesFigures(Model):
    """Sales budget and actual sales."""

    budget: Annotated[Maybe[Money], Marketing] = None
    """What should be sold."""
    actual: Annotated[Maybe[Money], Marketing] = None
    """What was sold; left out: not known yet."""


class SalesBy(Model):
    """The same split up."""

    product: Annotated[dict[ProductRef, SalesFigures], Marketing] = {}
    """By product."""
    segment: Annotated[dict[SegmentRef, SalesFigures], Marketing] = {}
    """By segment."""
    seller: Annotated[dict[PersonRef, SalesFigures], Marketing] = {}
    """By salesperson."""


class SalesMonth(SalesFigures):
    """Sales of a month."""

    by: Annotated[Maybe[SalesBy], Marketing] = None
    """The same split up."""


class SalesYear(Whole):
    """Sales budget and actuals per month.

    Written in `plans/sales-<year>.yml`: month → figures.
    """

    root: Annotated[dict[Month, SalesMonth], Marketing]


class TargetGroup(Model):
    """Whom in a segment's firms the marketing speaks to."""

    name: Annotated[Label, Everyone]
    """Its name."""


class Segment(Model):
    """A customer segment."""

    name: Annotated[Label, Everyone]
    """Its name."""
    rule: Annotated[Maybe[Rule], Everyone] = None
    """Which customers are in it, where their card does not say."""
    target_groups: Annotated[dict[Id, TargetGroup], Everyone] = {}
    """Its target groups: id → target group."""


class MarketSize(Model):
    """How large a target group is, and how far it has come."""

    size: Annotated[Maybe[Count], Everyone] = None
    """How many there are."""
    source: Annotated[Maybe[Label], Everyone] = None
    """Where the size is from."""
    need_unaware: Annotated[Maybe[Count], Everyone] = None
    """Have the need, do not know us."""
    aware_not_bought: Annotated[Maybe[Count], Everyone] = None
    """Know us, have not bought."""
    customers: Annotated[Maybe[Count], Everyone] = None
    """Are customers."""


class Segments(Record):
    """Segments, target groups and the market map.

    Written in `plans/segments.yml`.
    """

    segments: Annotated[dict[Id, Segment], Everyone]
    """The segments: id → segment; the first whose rule fits a card holds it."""
    market_map: Annotated[dict[TargetGroupRef, Dated[MarketSize]], Everyone] = {}
    """`segment/target-group` → its size, from a date."""
