"""records/plans/: marketing plan, sales, segments and market map, growth wheel, strategy, customer journeys."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, ClassVar, Literal

from annotated_types import Ge, Le
from pydantic.types import Strict, StringConstraints

from sitegen.models.base import (
    ActivityRef,
    CustomerRef,
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
    Management,
    Marketing,
    Money,
    Month,
    Number,
    Part,
    Ref,
    Score5,
    Score10,
    Text,
    Year,
    YesNo,
)
from sitegen.models.organisation import Rule

Area = Literal[
    "1-market", "2-strategy", "3-segments", "4-planning", "5-online", "6-visibility", "7-sales", "8-loyalty", "9-evaluation"
]
AREAS = (
    "1-market", "2-strategy", "3-segments", "4-planning", "5-online", "6-visibility", "7-sales", "8-loyalty", "9-evaluation",
)  # fmt: skip
"""The nine areas of the growth wheel (B17), in their order."""
Question = Literal["why-us", "decided-by", "last-considerations", "alternatives", "research-time", "found-us", "the-moment"]
QUESTIONS = ("why-us", "decided-by", "last-considerations", "alternatives", "research-time", "found-us", "the-moment")
"""The seven questions of a customer journey, backwards through the purchase (B27)."""
STEPS = ("roles", "skills", "planning", "performance", "priority", "customers", "interfaces", "anchoring")
"""The eight steps of the strategy (P1)."""

TargetGroupRef = Annotated[
    str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9-]*/[a-z0-9][a-z0-9-]*$", max_length=400), Ref("target-group")
]
"""A target group of a segment: `segment/target-group`."""

# --------------------------------------------------------------------------------------------------------- marketing plan


class Version(Model):
    """A version of the plan."""

    number: Annotated[Count, Everyone]
    """Its number."""
    on: Annotated[Date, Everyone]
    """The day it came out."""
    changed: Annotated[tuple[ActivityRef, ...], Everyone] = ()
    """Activities that it changed."""


class FocusArea(Model):
    """A strategic focus area of three to four years (P7)."""

    name: Annotated[Label, Everyone]
    """Its name."""
    from_: Annotated[Year | None, Everyone] = None
    """The first year."""
    to: Annotated[Year | None, Everyone] = None
    """The last year."""


class Goal(Model):
    """Something the plan should reach."""

    name: Annotated[Label, Everyone]
    """Its name."""
    business_goal: Annotated[YesNo, Everyone] = False
    """Whether it is a goal of the whole business; the others should support one (P5)."""
    horizon: Annotated[Year | None, Everyone] = None
    """The year it is for."""
    target: Annotated[Number | None, Everyone] = None
    """The number to reach."""
    by: Annotated[Date | None, Everyone] = None
    """The day it should be reached."""
    measure: Annotated[Label | None, Everyone] = None
    """The figure that shows it: `<report>.<name>`."""
    supports: Annotated[GoalRef | None, Everyone] = None
    """The goal above it."""
    focus_area: Annotated[Id | None, Ref("focus-area"), Everyone] = None
    """The focus area it belongs to."""


class Prioritising(Model):
    """How activities are weighed against each other (B9)."""

    criteria: Annotated[dict[Id, Number], Everyone]
    """Criterion → weight; a negative weight counts against."""


class ActivityBudget(Model):
    """What an activity may use."""

    minutes: Annotated[Hours | None, Everyone] = None
    """Own hours."""
    external_cost: Annotated[Cost | None, Marketing] = None
    """Money for suppliers."""


class Expects(Measures):
    """What an activity should give: measure → number; further measures have names of their own (`downloads: 200`)."""

    __pydantic_extra__: dict[Id, Count]
    extra_audience: ClassVar[Audience] = Everyone

    measured_by: Annotated[Date | None, Everyone] = None
    """The day it should be measured."""
    leads: Annotated[Count | None, Everyone] = None
    """Leads."""
    meetings: Annotated[Count | None, Everyone] = None
    """Meetings held."""
    revenue: Annotated[Money | None, Marketing] = None
    """Revenue."""

    @property
    def counts(self) -> Mapping[str, int]:
        """Every measure that is a number of something."""
        return _counts(self.leads, self.meetings, self.model_extra)


class Effect(Measures):
    """What an activity has given: measure → number."""

    __pydantic_extra__: dict[Id, Count]
    extra_audience: ClassVar[Audience] = Everyone

    on: Annotated[Date | None, Everyone] = None
    """The day it was measured."""
    leads: Annotated[Count | None, Everyone] = None
    """Leads."""
    meetings: Annotated[Count | None, Everyone] = None
    """Meetings held."""
    revenue: Annotated[Money | None, Marketing] = None
    """Revenue."""

    @property
    def counts(self) -> Mapping[str, int]:
        """Every measure that is a number of something."""
        return _counts(self.leads, self.meetings, self.model_extra)


def _counts(leads: int | None, meetings: int | None, others: Mapping[str, int] | None) -> Mapping[str, int]:
    named = {"leads": leads, "meetings": meetings}
    return {name: number for name, number in named.items() if number is not None} | dict(others or {})


class Briefed(Model):
    """When an agency was told what to do (B35)."""

    agency: Annotated[SupplierRef, Marketing]
    """The agency."""
    on: Annotated[Date, Everyone]
    """The day."""
    lead_time_days: Annotated[Count | None, Everyone] = None
    """Days it needs before the start."""


class Dropped(Model):
    """That an activity was deselected (B6)."""

    on: Annotated[Date, Everyone]
    """The day."""
    why: Annotated[Text | None, Everyone] = None
    """The reason."""


class Activity(Model):
    """An activity of the marketing plan."""

    name: Annotated[Label, Everyone]
    """Its name."""
    owner: Annotated[PersonRef | None, Everyone] = None
    """Who answers for it."""
    segment: Annotated[SegmentRef | None, Everyone] = None
    """The segment it is for."""
    from_: Annotated[Date | None, Everyone] = None
    """The first day."""
    to: Annotated[Date | None, Everyone] = None
    """The last day."""
    budget: Annotated[ActivityBudget | None, Everyone] = None
    """What it may use."""
    expects: Annotated[Expects | None, Everyone] = None
    """What it should give."""
    effect: Annotated[Effect | None, Everyone] = None
    """What it has given."""
    goal: Annotated[GoalRef | None, Everyone] = None
    """The goal it works for."""
    scores: Annotated[dict[Id, Integer], Everyone] = {}
    """Criterion of `prioritising` → score."""
    origin: Annotated[Literal["planned", "idea"] | None, Everyone] = None
    """Planned, or an idea that came from the side (B5)."""
    asked_by: Annotated[DepartmentRef | None, Everyone] = None
    """The department that asked for it."""
    displaced: Annotated[tuple[ActivityRef, ...], Everyone] = ()
    """Activities that it pushed out."""
    like: Annotated[tuple[ActivityRef, ...], Everyone] = ()
    """Earlier activities to learn from (B8)."""
    briefed: Annotated[Briefed | None, Everyone] = None
    """When an agency was briefed."""
    message: Annotated[Text | None, Everyone] = None
    """What it says."""
    dropped: Annotated[Dropped | None, Everyone] = None
    """That it was deselected."""
    note: Annotated[Text | None, Marketing] = None
    """What else there is to say."""
    visible_to: Annotated[Literal["marketing", "management"] | None, Everyone] = None
    """The lowest audience that may see the activity at all."""


class Input(Model):
    """What a stakeholder asked for (B4)."""

    on: Annotated[Date, Everyone]
    """The day."""
    text: Annotated[Text, Everyone]
    """What."""
    taken_in: Annotated[YesNo | None, Everyone] = None
    """Whether the plan took it in; left out: not decided."""
    why: Annotated[Text | None, Everyone] = None
    """The reason."""


class AgreedVersion(Model):
    """That a stakeholder agreed to a version of the plan."""

    on: Annotated[Date, Everyone]
    """The day."""
    version: Annotated[Count, Everyone]
    """The version's number."""


class Stakeholder(Model):
    """Somebody whose expectations the plan must meet (B4)."""

    name: Annotated[Label, Everyone]
    """The name."""
    asked_on: Annotated[Date | None, Everyone] = None
    """The day input was asked for."""
    input: Annotated[tuple[Input, ...], Everyone] = ()
    """What was asked for."""
    agreed: Annotated[AgreedVersion | None, Everyone] = None
    """The version that was agreed to."""


class Known(Model):
    """Whether an employee knows, understands and follows the plan (B24); null: asked, not answered."""

    on: Annotated[Date | None, Marketing] = None
    """The day of the answer."""
    version: Annotated[Count | None, Everyone] = None
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
    vision: Annotated[Text | None, Everyone] = None
    """Where the company wants to be."""
    focus_areas: Annotated[dict[Id, FocusArea], Everyone] = {}
    """Strategic focus areas: id → area."""
    goals: Annotated[dict[Id, Goal], Everyone] = {}
    """Goals: id → goal."""
    prioritising: Annotated[Prioritising | None, Everyone] = None
    """How activities are weighed against each other."""
    activities: Annotated[dict[Id, Activity], Everyone] = {}
    """The activities: id → activity."""
    stakeholders: Annotated[dict[Id, Stakeholder], Everyone] = {}
    """Whose expectations it must meet: id → stakeholder."""
    known_by: Annotated[dict[PersonRef, Known], Everyone] = {}
    """Employee → whether the plan is known; for everyone counted by department, at least 3."""
    ambassadors: Annotated[dict[PersonRef, Label], Everyone] = {}
    """Employee → the place where she speaks for the plan (B25)."""
    front_line: Annotated[tuple[DepartmentRef, ...], Everyone] = ()
    """Departments that meet customers and must always know the newest version."""


# ------------------------------------------------------------------------------------------------------------------ sales


class SalesFigures(Model):
    """Sales budget and actual sales."""

    budget: Annotated[Money | None, Marketing] = None
    """What should be sold."""
    actual: Annotated[Money | None, Marketing] = None
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

    by: Annotated[SalesBy | None, Marketing] = None
    """The same split up (B1)."""


class SalesYear(Whole):
    """Sales budget and actuals per month.

    Written in `plans/sales-<year>.yml`: month → figures.
    """

    root: Annotated[dict[Month, SalesMonth], Marketing]


# --------------------------------------------------------------------------------------------------------------- segments


class TargetGroup(Model):
    """Whom in a segment's firms the marketing speaks to."""

    name: Annotated[Label, Everyone]
    """Its name."""


class Segment(Model):
    """A customer segment (B10)."""

    name: Annotated[Label, Everyone]
    """Its name."""
    rule: Annotated[Rule | None, Everyone] = None
    """Which customers are in it, where their card does not say."""
    target_groups: Annotated[dict[Id, TargetGroup], Everyone] = {}
    """Its target groups: id → target group."""


class MarketSize(Model):
    """How large a target group is, and how far it has come (B11)."""

    size: Annotated[Count | None, Everyone] = None
    """How many there are."""
    source: Annotated[Label | None, Everyone] = None
    """Where the size is from."""
    need_unaware: Annotated[Count | None, Everyone] = None
    """Have the need, do not know us."""
    aware_not_bought: Annotated[Count | None, Everyone] = None
    """Know us, have not bought."""
    customers: Annotated[Count | None, Everyone] = None
    """Are customers."""


class Segments(Record):
    """Segments, target groups and the market map.

    Written in `plans/segments.yml`.
    """

    segments: Annotated[dict[Id, Segment], Everyone]
    """The segments: id → segment; the first whose rule fits a card holds it."""
    market_map: Annotated[dict[TargetGroupRef, Dated[MarketSize]], Everyone] = {}
    """`segment/target-group` → its size, from a date."""


# ----------------------------------------------------------------------------------------------------------- growth wheel


class WheelArea(Model):
    """One of the nine areas in an assessment."""

    importance: Annotated[int, Strict(), Ge(0), Le(10), Everyone] = 1
    """Weight of the gap when areas are ranked."""
    relevant: Annotated[YesNo, Everyone] = True
    """Whether the area counts for us (B20)."""
    kind: Annotated[Literal["insight", "execution"] | None, Everyone] = None
    """Preparation and insight, or execution (B21)."""


class WheelScore(Model):
    """A respondent's score of an area, 1 (not at all) to 10 (extremely well considered)."""

    now: Annotated[Score10 | None, Everyone] = None
    """Today."""
    wanted: Annotated[Score10 | None, Everyone] = None
    """As it should be."""


class Wheel(Record):
    """One 360-degree assessment of the nine areas.

    Written in `plans/wheel/<date>.yml`.
    """

    areas: Annotated[dict[Area, WheelArea], Everyone] = {}
    """The nine areas: area → what holds for it."""
    respondents: Annotated[dict[Label, dict[Area, WheelScore | None]], Everyone] = {}
    """Respondent → area → score; null: asked, not answered. Named to management only; otherwise `r1`…, at least 3."""


# --------------------------------------------------------------------------------------------------------------- strategy


class StrategyStep(Model):
    """How far a channel is with one of the eight steps."""

    status: Annotated[Literal["open", "begun", "done"], Everyone]
    """Open, begun or done."""
    owner: Annotated[PersonRef | None, Everyone] = None
    """Who answers for it."""
    on: Annotated[Date | None, Everyone] = None
    """The day it was done."""
    evidence: Annotated[Label | None, Everyone] = None
    """A link to what shows it."""
    note: Annotated[Text | None, Marketing] = None
    """What else there is to say."""


class StrategySteps(Model):
    """The eight steps (P1)."""

    roles: Annotated[StrategyStep | None, Everyone] = None
    """1: role, responsibility, mandate."""
    skills: Annotated[StrategyStep | None, Everyone] = None
    """2: competences."""
    planning: Annotated[StrategyStep | None, Everyone] = None
    """3: focus areas and goals."""
    performance: Annotated[StrategyStep | None, Everyone] = None
    """4: figures for management and team."""
    priority: Annotated[StrategyStep | None, Everyone] = None
    """5: what a lead or customer costs."""
    customers: Annotated[StrategyStep | None, Everyone] = None
    """6: talking with customers."""
    interfaces: Annotated[StrategyStep | None, Everyone] = None
    """7: whom we depend on."""
    anchoring: Annotated[StrategyStep | None, Everyone] = None
    """8: value shown, commitment given."""


class AgreedWith(Model):
    """With whom a mandate was agreed (P3)."""

    with_: Annotated[Id, Ref("stakeholder"), Everyone]
    """The stakeholder."""
    on: Annotated[Date, Everyone]
    """The day."""


class Channel(Model):
    """A channel of the digital strategy."""

    responsible: Annotated[PersonRef | None, Everyone] = None
    """Who answers for it."""
    role: Annotated[Text | None, Everyone] = None
    """What its role is."""
    success: Annotated[Text | None, Everyone] = None
    """What it must deliver to be a success."""
    serves_goal: Annotated[GoalRef | None, Everyone] = None
    """The goal of the marketing plan it works for."""
    time_for_own_goals: Annotated[Part | None, Everyone] = None
    """The agreed share of time for the department's own goals (P4)."""
    agreed: Annotated[AgreedWith | None, Everyone] = None
    """With whom that was agreed."""
    steps: Annotated[StrategySteps, Everyone] = StrategySteps()
    """How far it is with the eight steps."""


class SkillNeed(Model):
    """A skill that is needed, and how it is got (P6)."""

    needed: Annotated[Score5, Marketing]
    """The level that is needed, 1–5."""
    plan: Annotated[Literal["hire", "train", "external"] | None, Marketing] = None
    """How the gap is closed."""
    by: Annotated[Date | None, Marketing] = None
    """The day it should be closed."""


class BehindAction(Model):
    """What is done because a figure is behind (P8)."""

    on: Annotated[Date, Marketing]
    """The day it was decided."""
    action: Annotated[Text, Marketing]
    """What is done."""
    owner: Annotated[PersonRef | None, Marketing] = None
    """Who does it."""
    by: Annotated[Date | None, Marketing] = None
    """The day it should be done."""


class Kpi(Model):
    """A figure that management or the team steers by (P8)."""

    for_: Annotated[Literal["management", "team"], Marketing]
    """Who steers by it."""
    headline: Annotated[YesNo, Marketing] = False
    """Whether it is one of the at most three that count most (B30)."""
    measure: Annotated[Label, Marketing]
    """The figure: `<report>.<name>`."""
    target: Annotated[Dated[Number] | None, Marketing] = None
    """The number to reach by each day."""
    behind: Annotated[tuple[BehindAction, ...], Marketing] = ()
    """What was done when it was behind."""


class Barrier(Model):
    """A channel owner's answer: what stands in the way (P2)."""

    on: Annotated[Date, Management]
    """The day."""
    by: Annotated[PersonRef, Management]
    """Who answered."""
    time: Annotated[YesNo | None, Management] = None
    """Lack of time and resources."""
    direction: Annotated[YesNo | None, Management] = None
    """No direction or goals."""
    understanding: Annotated[YesNo | None, Management] = None
    """Lack of understanding of the channel's value."""
    forgotten: Annotated[YesNo | None, Management] = None
    """It is forgotten or set aside."""
    mandate: Annotated[YesNo | None, Management] = None
    """Unclear powers."""


class Talk(Model):
    """A talk with a customer (P11)."""

    on: Annotated[Date, Marketing]
    """The day."""
    customer: Annotated[CustomerRef | None, Marketing] = None
    """The customer."""
    how: Annotated[Literal["phone", "meeting", "survey", "video"] | None, Marketing] = None
    """How."""


class CustomerTalks(Model):
    """Talks with customers (P11)."""

    target_per_quarter: Annotated[Count | None, Everyone] = None
    """How many there should be in a quarter."""
    held: Annotated[tuple[Talk, ...], Marketing] = ()
    """Those that were held."""


class Interface(Model):
    """Somebody the channels depend on (P12)."""

    name: Annotated[Label, Everyone]
    """The name."""
    department: Annotated[DepartmentRef | None, Everyone] = None
    """The department."""
    depends_on: Annotated[Text | None, Everyone] = None
    """What we depend on them for."""
    how: Annotated[Text | None, Everyone] = None
    """How we work together."""
    shared_goal: Annotated[GoalRef | None, Everyone] = None
    """The goal we share."""
    owner: Annotated[PersonRef | None, Everyone] = None
    """Who keeps it going."""


class Commitment(Model):
    """Something that was promised (P13)."""

    on: Annotated[Date, Everyone]
    """The day."""
    by: Annotated[Label, Everyone]
    """Who promised."""
    what: Annotated[Text, Everyone]
    """What."""


class Anchoring(Model):
    """What was promised on the strength of results."""

    commitments: Annotated[tuple[Commitment, ...], Everyone] = ()
    """Promises."""


class StrategyRecord(Record):
    """The eight steps of the digital strategy, per channel.

    Written in `plans/strategy.yml`.
    """

    channels: Annotated[dict[Id, Channel], Everyone] = {}
    """The channels: id → channel."""
    skills: Annotated[dict[Id, SkillNeed], Marketing] = {}
    """Skill → what is needed."""
    kpis: Annotated[dict[Id, Kpi], Marketing] = {}
    """Figures to steer by: id → figure."""
    barriers: Annotated[tuple[Barrier, ...], Management] = ()
    """What channel owners say stands in the way."""
    customer_talks: Annotated[CustomerTalks | None, Everyone] = None
    """Talks with customers."""
    interfaces: Annotated[dict[Id, Interface], Everyone] = {}
    """Whom the channels depend on: id → interface."""
    anchoring: Annotated[Anchoring | None, Everyone] = None
    """Promises that were given."""


# --------------------------------------------------------------------------------------------------------------- journeys


class Journey(Record):
    """One customer-journey interview.

    Written in `plans/journeys/<id>.yml`.
    """

    customer: Annotated[CustomerRef, Marketing]
    """The customer whose purchase it was."""
    interviewed: Annotated[PersonRef | None, Marketing] = None
    """The colleague who was asked; not from marketing."""
    on: Annotated[Date, Marketing]
    """The day."""
    answers: Annotated[dict[Question, Text], Marketing] = {}
    """The answers: question → text."""
    ours: Annotated[dict[Question, Text], Marketing] = {}
    """What the marketing plan assumes: question → text."""
