"""records/plans/strategy.yml and journeys/: eight steps of the digital strategy, interviews about a purchase."""

from typing import Annotated, Literal, get_args

from sitegen.models.base import (
    CustomerRef,
    DepartmentRef,
    GoalRef,
    Model,
    PersonRef,
    Record,
)
from sitegen.models.fields import (
    Count,
    Date,
    Dated,
    Everyone,
    Id,
    Label,
    Management,
    Marketing,
    Maybe,
    Number,
    Part,
    Ref,
    Score5,
    Text,
    YesNo,
)

Question = Literal[
    "why-us", "decided-by", "last-considerations", "alternatives", "research-time", "found-us", "the-moment"
]
QUESTIONS: tuple[str, ...] = get_args(Question)
"""The seven questions of a customer journey, backwards through the purchase."""


class StrategyStep(Model):
    """How far a channel is with one of the eight steps."""

    status: Annotated[Literal["open", "begun", "done"], Everyone]
    """Open, begun or done."""
    owner: Annotated[Maybe[PersonRef], Everyone] = None
    """Who answers for it."""
    on: Annotated[Maybe[Date], Everyone] = None
    """The day it was done."""
    evidence: Annotated[Maybe[Label], Everyone] = None
    """A link to what shows it."""
    note: Annotated[Maybe[Text], Marketing] = None
    """What else there is to say."""


class StrategySteps(Model):
    """The eight steps."""

    roles: Annotated[Maybe[StrategyStep], Everyone] = None
    """1: role, responsibility, mandate."""
    skills: Annotated[Maybe[StrategyStep], Everyone] = None
    """2: competences."""
    planning: Annotated[Maybe[StrategyStep], Everyone] = None
    """3: focus areas and goals."""
    performance: Annotated[Maybe[StrategyStep], Everyone] = None
    """4: figures for management and team."""
    priority: Annotated[Maybe[StrategyStep], Everyone] = None
    """5: what a lead or customer costs."""
    customers: Annotated[Maybe[StrategyStep], Everyone] = None
    """6: talking with customers."""
    interfaces: Annotated[Maybe[StrategyStep], Everyone] = None
    """7: whom we depend on."""
    anchoring: Annotated[Maybe[StrategyStep], Everyone] = None
    """8: value shown, commitment given."""


class AgreedWith(Model):
    """With whom a mandate was agreed."""

    with_: Annotated[Id, Ref("stakeholder"), Everyone]
    """The stakeholder."""
    on: Annotated[Date, Everyone]
    """The day."""


class Channel(Model):
    """A channel of the digital strategy."""

    responsible: Annotated[Maybe[PersonRef], Everyone] = None
    """Who answers for it."""
    role: Annotated[Maybe[Text], Everyone] = None
    """What its role is."""
    success: Annotated[Maybe[Text], Everyone] = None
    """What it must deliver to be a success."""
    serves_goal: Annotated[Maybe[GoalRef], Everyone] = None
    """The goal of the marketing plan it works for."""
    time_for_own_goals: Annotated[Maybe[Part], Everyone] = None
    """The agreed share of time for the department's own goals."""
    agreed: Annotated[Maybe[AgreedWith], Everyone] = None
    """With whom that was agreed."""
    steps: Annotated[StrategySteps, Everyone] = StrategySteps()
    """How far it is with the eight steps."""


class SkillNeed(Model):
    """A skill that is needed, and how it is got."""

    needed: Annotated[Score5, Marketing]
    """The level that is needed, 1–5."""
    plan: Annotated[Maybe[Literal["hire", "train", "external"]], Marketing] = None
    """How the gap is closed."""
    by: Annotated[Maybe[Date], Marketing] = None
    """The day it should be closed."""


class BehindAction(Model):
    """What is done because a figure is behind."""

    on: Annotated[Date, Marketing]
    """The day it was decided."""
    action: Annotated[Text, Marketing]
    """What is done."""
    owner: Annotated[Maybe[PersonRef], Marketing] = None
    """Who does it."""
    by: Annotated[Maybe[Date], Marketing] = None
    """The day it should be done."""


class Kpi(Model):
    """A figure that management or the team steers by."""

    for_: Annotated[Literal["management", "team"], Marketing]
    """Who steers by it."""
    headline: Annotated[YesNo, Marketing] = False
    """Whether it is one of the at most three that count most."""
    measure: Annotated[Label, Marketing]
    """The figure: `<report>.<name>`."""
    target: Annotated[Maybe[Dated[Number]], Marketing] = None
    """The number to reach by each day."""
    behind: Annotated[tuple[BehindAction, ...], Marketing] = ()
    """What was done when it was behind."""


class Barrier(Model):
    """A channel owner's answer: what stands in the way."""

    on: Annotated[Date, Management]
    """The day."""
    by: Annotated[PersonRef, Management]
    """Who answered."""
    time: Annotated[Maybe[YesNo], Management] = None
    """Lack of time and resources."""
    direction: Annotated[Maybe[YesNo], Management] = None
    """No direction or goals."""
    understanding: Annotated[Maybe[YesNo], Management] = None
    """Lack of understanding of the channel's value."""
    forgotten: Annotated[Maybe[YesNo], Management] = None
    """It is forgotten or set aside."""
    mandate: Annotated[Maybe[YesNo], Management] = None
    """Unclear powers."""


class Talk(Model):
    """A talk with a customer."""

    on: Annotated[Date, Marketing]
    """The day."""
    customer: Annotated[Maybe[CustomerRef], Marketing] = None
    """The customer."""
    how: Annotated[Maybe[Literal["phone", "meeting", "survey", "video"]], Marketing] = None
    """How."""


class CustomerTalks(Model):
    """Talks with customers."""

    target_per_quarter: Annotated[Maybe[Count], Everyone] = None
    """How many there should be in a quarter."""
    held: Annotated[tuple[Talk, ...], Marketing] = ()
    """Those that were held."""


class Interface(Model):
    """Somebody the channels depend on."""

    name: Annotated[Label, Everyone]
    """The name."""
    department: Annotated[Maybe[DepartmentRef], Everyone] = None
    """The department."""
    depends_on: Annotated[Maybe[Text], Everyone] = None
    """What we depend on them for."""
    how: Annotated[Maybe[Text], Everyone] = None
    """How we work together."""
    shared_goal: Annotated[Maybe[GoalRef], Everyone] = None
    """The goal we share."""
    owner: Annotated[Maybe[PersonRef], Everyone] = None
    """Who keeps it going."""


class Commitment(Model):
    """Something that was promised."""

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
    customer_talks: Annotated[Maybe[CustomerTalks], Everyone] = None
    """Talks with customers."""
    interfaces: Annotated[dict[Id, Interface], Everyone] = {}
    """Whom the channels depend on: id → interface."""
    anchoring: Annotated[Maybe[Anchoring], Everyone] = None
    """Promises that were given."""


class Journey(Record):
    """One customer-journey interview.

    Written in `plans/journeys/<id>.yml`.
    """

    customer: Annotated[CustomerRef, Marketing]
    """The customer whose purchase it was."""
    interviewed: Annotated[Maybe[PersonRef], Marketing] = None
    """The colleague who was asked; not from marketing."""
    on: Annotated[Date, Marketing]
    """The day."""
    answers: Annotated[dict[Question, Text], Marketing] = {}
    """The answers: question → text."""
    ours: Annotated[dict[Question, Text], Marketing] = {}
    """What the marketing plan assumes: question → text."""
