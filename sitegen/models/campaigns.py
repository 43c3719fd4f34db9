"""records/crm/campaigns/ and templates/: campaigns, call lists, their flow, and the letters they send."""

from collections.abc import Mapping
from typing import Annotated, ClassVar, Literal

from sitegen.models.base import (
    ActivityRef,
    CustomerRef,
    Measures,
    Model,
    PersonRef,
    ProductRef,
    ProjectRef,
    Record,
    StageRef,
    TemplateRef,
)
from sitegen.models.fields import (
    Audience,
    Cost,
    Count,
    Date,
    Everyone,
    Id,
    Label,
    Marketing,
    Maybe,
    Money,
    OneOrMore,
    OrAlone,
    Ref,
    Score4,
    Text,
    YesNo,
)
from sitegen.models.organisation import Cell, CriterionValues, IndustryPrefix

Strategy = Literal["rescue", "filter", "new-customer", "relations", "growth", "vip"]
"""The six strategies."""
StepRef = Annotated[Id, Ref("step", within=".")]
"""A step of the same campaign's flow."""


class Satisfaction(Model):
    """How satisfied customers of an audience are, 1 best to 4 worst."""

    at_least: Annotated[Maybe[Score4], Marketing] = None
    """The best that is taken."""
    at_most: Annotated[Maybe[Score4], Marketing] = None
    """The worst that is taken."""


class CampaignAudience(Model):
    """A dynamic list: it is computed, and every line narrows it."""

    cells: Annotated[tuple[Cell, ...], Marketing] = ()
    """Cells of the customer matrix."""
    satisfaction: Annotated[Maybe[Satisfaction], Marketing] = None
    """Satisfaction in the newest survey."""
    industries: Annotated[tuple[IndustryPrefix, ...], Marketing] = ()
    """Industry codes that begin with one of these; none: any."""
    criteria: Annotated[dict[Id, CriterionValues], Marketing] = {}
    """Own criteria: one of the values given for each."""
    stages: Annotated[tuple[StageRef, ...], Marketing] = ()
    """Where the cards stand."""
    not_bought: Annotated[tuple[ProductRef, ...], Marketing] = ()
    """Products they have not bought."""
    consent: Annotated[Maybe[Id], Marketing] = None
    """The purpose that consent must have been given for."""
    pick: Annotated[
        tuple[Literal["decision-maker", "influencer", "user", "gatekeeper", "approver"], ...], Marketing
    ] = ()
    """Roles of the contacts to write to; none: all of them."""


class Member(Model):
    """A firm on a call list."""

    customer: Annotated[CustomerRef, Marketing]
    """The customer card."""
    added: Annotated[Maybe[Date], Marketing] = None
    """The day it was put on the list later; left out: there from the start."""


class Step(Model):
    """One step of a campaign's flow; each outcome has a following step, or the step ends the flow."""

    name: Annotated[Label, Everyone]
    """What is done."""
    on: Annotated[Maybe[Date], Everyone] = None
    """The day it is done."""
    after: Annotated[tuple[StepRef, ...], OneOrMore, Marketing] = ()
    """The step, or steps, that it follows."""
    when: Annotated[tuple[Id, ...], OneOrMore, Marketing] = ()
    """The outcomes of those steps that lead here."""
    days_later: Annotated[Maybe[Count], Everyone] = None
    """Days after the step before."""
    template: Annotated[Maybe[TemplateRef], Marketing] = None
    """The letter, script or agenda that is used."""
    outcomes: Annotated[tuple[Id, ...], Marketing] = ()
    """How it can end."""
    end: Annotated[YesNo, Marketing] = False
    """Whether the flow ends here."""


class CampaignCost(Model):
    """An outside cost of a campaign."""

    date: Annotated[Date, Marketing]
    """The day."""
    what: Annotated[Label, Marketing]
    """What was paid for."""
    amount: Annotated[Money, Marketing]
    """What it cost."""


class Moves(Model):
    """Customers that should move in the matrix."""

    from_: Annotated[Cell, Marketing]
    """The cell they are in."""
    to: Annotated[Cell, Marketing]
    """The cell they should come to."""
    customers: Annotated[Count, Marketing]
    """How many."""


class CampaignGoal(Measures):
    """What a campaign should reach: measure → number (`meetings: 20`), and moves in the matrix."""

    __pydantic_extra__: dict[Id, Count]
    extra_audience: ClassVar[Audience] = Everyone

    moves: Annotated[Maybe[Moves], Marketing] = None
    """Customers that should move from a cell to another."""

    @property
    def counts(self) -> Mapping[str, int]:
        """Measure → number."""
        return self.model_extra or {}


class Variant(Model):
    """One variant of a test and what it gave; the unit is a person reached."""

    is_: Annotated[dict[Id, Label], Marketing]
    """What it is: variable → value; variants differ in the test's one variable."""
    from_: Annotated[Date, Marketing]
    """The first day it ran."""
    to: Annotated[Date, Marketing]
    """The last day it ran."""
    budget_per_day: Annotated[Maybe[Cost], Marketing] = None
    """Money a day."""
    spent: Annotated[Maybe[Cost], Marketing] = None
    """Money spent."""
    impressions: Annotated[Maybe[Count], Marketing] = None
    """How often it was shown."""
    reach: Annotated[Maybe[Count], Marketing] = None
    """How many persons saw it."""
    clicks: Annotated[Maybe[Count], Marketing] = None
    """How many clicked."""
    shares: Annotated[Maybe[Count], Marketing] = None
    """How many passed it on."""
    likes: Annotated[Maybe[Count], Marketing] = None
    """How many liked it."""
    leads: Annotated[Maybe[Count], Marketing] = None
    """How many became leads."""


class Learned(Model):
    """What a test taught."""

    text: Annotated[Text, Marketing]
    """The conclusion; that no difference was shown is one too."""
    audience: Annotated[Maybe[Label], Marketing] = None
    """For whom it holds."""
    next: Annotated[Maybe[Id], Marketing] = None
    """The test that it leads to (it need not exist yet)."""


class AbTest(Model):
    """A test of variants that differ in one thing."""

    hypothesis: Annotated[Text, Marketing]
    """What is believed."""
    audience: Annotated[Maybe[Label], Marketing] = None
    """Who sees it."""
    variable: Annotated[Id, Marketing]
    """The one thing that may differ."""
    judged_on: Annotated[Literal["clicks", "leads", "shares", "likes"], Marketing]
    """What it was realistically meant to do."""
    planned_reach: Annotated[Maybe[Count], Marketing] = None
    """Persons to be reached by each variant."""
    variants: Annotated[dict[Id, Variant], Marketing]
    """The variants: id → variant."""
    learned: Annotated[Maybe[Learned], Marketing] = None
    """What it taught."""


class Campaign(Record):
    """A campaign, or a call list.

    Written in `crm/campaigns/<id>.yml`.
    """

    name: Annotated[Label, Everyone]
    """Its name."""
    kind: Annotated[Literal["programme", "call-list", "newsletter", "advertising", "event"], Everyone]
    """What kind of campaign it is."""
    purpose: Annotated[Maybe[Text], Everyone] = None
    """What it is for."""
    strategy: Annotated[Maybe[Strategy], Everyone] = None
    """The customer strategy it belongs to."""
    owner: Annotated[Maybe[PersonRef], Everyone] = None
    """Who answers for it."""
    activity: Annotated[Maybe[ActivityRef], Everyone] = None
    """The marketing plan's activity that it carries out."""
    from_: Annotated[Maybe[Date], Everyone] = None
    """The first day."""
    to: Annotated[Maybe[Date], Everyone] = None
    """The last day."""
    audience: Annotated[Maybe[CampaignAudience], Marketing] = None
    """Whom it is for, computed."""
    members: Annotated[
        tuple[Annotated[Member, OrAlone(lambda customer: {"customer": customer}, "customer")], ...], Marketing
    ] = ()
    """Whom a call list is for: frozen when it is made, later additions dated."""
    script: Annotated[Maybe[TemplateRef], Marketing] = None
    """The script that is followed on the telephone."""
    flow: Annotated[dict[Id, Step], Everyone] = {}
    """Its steps: id → step."""
    costs: Annotated[tuple[CampaignCost, ...], Marketing] = ()
    """Outside costs."""
    project: Annotated[Maybe[ProjectRef], Everyone] = None
    """The project that its hours are logged on."""
    goal: Annotated[Maybe[CampaignGoal], Everyone] = None
    """What it should reach."""
    tests: Annotated[dict[Id, AbTest], Marketing] = {}
    """Its A/B tests: id → test."""


class Template(Record):
    """A letter, telephone script or agenda with merge fields such as `{contact.first_name}`.

    Written in `crm/templates/<id>.md`; name and number may stand first between two lines `---`.
    """

    name: Annotated[Maybe[Label], Marketing] = None
    """Its name; left out: its first heading."""
    number: Annotated[Maybe[Count], Marketing] = None
    """Its number in the list of templates."""
    text: Annotated[Text, Marketing]
    """Markdown; merge fields come from a fixed list."""
