"""records/crm/: stages, products, customer cards, surveys, web figures, support cases."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, ClassVar, Literal

from pydantic import BeforeValidator, ConfigDict, Field, WithJsonSchema

from sitegen.models.base import (
    CampaignRef,
    CategoryRef,
    CompetitorRef,
    CustomerRef,
    Model,
    OwnContact,
    PersonRef,
    ProductRef,
    Record,
    SegmentRef,
    StageRef,
    Whole,
)
from sitegen.models.fields import (
    Audience,
    Cost,
    Count,
    Date,
    Dated,
    Digits,
    Everyone,
    Id,
    Integer,
    Label,
    Management,
    Marketing,
    Money,
    Month,
    Number,
    PathId,
    PeriodKey,
    Ref,
    Text,
    YesNo,
    error,
    written_as,
)
from sitegen.models.organisation import Cell, CriterionValue

# ----------------------------------------------------------------------------------------------------- stages, products


class Stage(Model):
    """A step on the way from visitor to customer."""

    id: Annotated[Id, Everyone]
    """Its id; keep it when the name changes."""
    name: Annotated[Label, Everyone]
    """Its name on the pages."""
    counted_in: Annotated[Literal["web", "events"], Everyone] = "events"
    """Where its number comes from: the web figures, or the cards' own events."""
    entered_by: Annotated[Literal["meeting.booked", "meeting.held"] | None, Everyone] = None
    """The event of a meeting that brings a card here; it is then not written as a stage too."""
    won: Annotated[YesNo, Everyone] = False
    """Whether a card at this stage is a customer."""


class Inactive(Model):
    """A reason why a lead goes no further (T44)."""

    id: Annotated[Id, Everyone]
    """Its id."""
    name: Annotated[Label, Everyone]
    """Its name on the pages."""
    needs: Annotated[Literal["contact_again", "competitor"] | None, Everyone] = None
    """What a card must say besides the reason."""


class Decay(Model):
    """How points are lost with time."""

    after_days: Annotated[Count, Marketing]
    """Days that an activity keeps all its points."""
    points_per_day: Annotated[Number, Marketing]
    """Points it loses each day after them."""


class Scores(Model):
    """Lead score (V4)."""

    points: Annotated[dict[Id, Integer], Marketing]
    """Points for each type of activity."""
    decay: Annotated[Decay | None, Marketing] = None
    """How they are lost with time; left out: never."""


class Stages(Record):
    """The funnel: its stages in order, and why leads leave it.

    Written in `crm/stages.yml`.
    """

    stages: Annotated[tuple[Stage, ...], Everyone]
    """The stages in order."""
    inactive: Annotated[tuple[Inactive, ...], Everyone] = ()
    """Reasons why leads go no further."""
    competitors: Annotated[dict[Id, Label], Marketing] = {}
    """Competitors: id → name."""
    scores: Annotated[Scores | None, Marketing] = None
    """Points for a lead's activities."""
    score_bands: Annotated[dict[Digits, Count], Marketing] = {}
    """Band → the score from which a lead is in it; below the first is band 1."""


class Category(Model):
    """A product category."""

    name: Annotated[Label, Everyone]
    """Its name."""
    deliverable: Annotated[YesNo, Everyone] = True
    """Whether we can deliver it; the share of wallet counts these (M2)."""


class Price(Model):
    """A product's price from a day, and what is said about it."""

    from_: Annotated[Date, Marketing]
    """The first day of the price."""
    price: Annotated[Cost, Marketing]
    """The price."""
    told: Annotated[dict[Id, Cost], Marketing] = {}
    """What each channel says it costs (B26)."""


class Product(Model):
    """Something we sell."""

    name: Annotated[Label, Everyone]
    """Its name."""
    category: Annotated[CategoryRef, Everyone]
    """Its category."""
    repeat: Annotated[YesNo, Everyone] = False
    """Whether customers buy it again and again (B33)."""
    segments: Annotated[tuple[SegmentRef, ...], Everyone] = ()
    """The segments it is for."""
    prices: Annotated[tuple[Price, ...], Marketing] = ()
    """Its prices, oldest first."""


class Products(Record):
    """What we sell.

    Written in `crm/products.yml`.
    """

    categories: Annotated[dict[Id, Category], Everyone]
    """The categories: id → category."""
    products: Annotated[dict[Id, Product], Everyone]
    """The products: id → product."""


class CodeList(Model):
    """A list of industry codes and the days it holds."""

    from_: Annotated[Date | None, Everyone] = None
    """The first day; left out: has always held."""
    until: Annotated[Date | None, Everyone] = None
    """The last day; left out: still holds."""
    codes: Annotated[dict[Digits, Label], Everyone]
    """Code → what it stands for."""


class IndustryCodes(Whole):
    """The lists of industry codes in use.

    Written in `crm/industry-codes.yml`: name of the list → list.
    """

    root: Annotated[dict[Label, CodeList], Everyone]


class Content(Model):
    """What was written in answer to a repeated question (T57)."""

    guide: Annotated[Label, Everyone]
    """Its title."""
    published: Annotated[Date, Everyone]
    """The day it came out."""
    keywords: Annotated[tuple[Label, ...], Everyone] = ()
    """Search words it should be found by."""


class ContentFile(Whole):
    """What was written in answer to repeated questions.

    Written in `crm/content.yml`: question → content.
    """

    root: Annotated[dict[Id, Content], Everyone]


# ---------------------------------------------------------------------------------------------------------- customer card


class Source(Model):
    """Where a lead came from."""

    channel: Annotated[Id | None, Everyone] = None
    """The channel, as in the web figures."""
    campaign: Annotated[CampaignRef | None, Marketing] = None
    """The campaign."""


class StageEvent(Model):
    """The day a card came to a stage, or went inactive."""

    stage: Annotated[StageRef, Everyone]
    """The stage, or `inactive`."""
    on: Annotated[Date | None, Everyone] = None
    """The day; left out: unknown, and the card is left out of times."""
    reason: Annotated[Id | None, Ref("inactive"), Marketing] = None
    """Why it went inactive."""
    competitor: Annotated[CompetitorRef | None, Marketing] = None
    """To whom it was lost."""
    contact_again: Annotated[Date | None, Marketing] = None
    """The day to try again."""


class Meeting(Model):
    """A meeting with the customer (T41)."""

    booked: Annotated[Date, Everyone]
    """The day it was booked."""
    date: Annotated[Date | None, Everyone] = None
    """The day it is, or was to be, held."""
    state: Annotated[Literal["booked", "held", "cancelled", "no-show"], Everyone]
    """What became of it."""
    list: Annotated[CampaignRef | None, Marketing] = None
    """The call list or campaign that brought it about."""
    by: Annotated[PersonRef | None, Marketing] = None
    """Who booked or held it for us."""
    contact: Annotated[OwnContact | None, Marketing] = None
    """Whom it was with."""
    note: Annotated[Text | None, Marketing] = None
    """What was said."""


class Consent(Model):
    """A consent to be written to, and its end."""

    given: Annotated[Date, Marketing]
    """The day it was given."""
    how: Annotated[Label | None, Management] = None
    """How it was given: the proof."""
    channel: Annotated[Literal["email", "phone", "letter", "sms"], Marketing] = "email"
    """What it allows."""
    withdrawn: Annotated[Date | None, Marketing] = None
    """The day it was taken back; that wins over everything from then on."""


class Contact(Model):
    """A person at the customer, or one who has a say from outside it (M10, M11)."""

    first_name: Annotated[Label | None, Marketing] = None
    """First name."""
    last_name: Annotated[Label | None, Marketing] = None
    """Last name."""
    title: Annotated[Label | None, Marketing] = None
    """What the card says."""
    email: Annotated[Label | None, Marketing] = None
    """E-mail address."""
    phone: Annotated[Label | None, Marketing] = None
    """Telephone number, as text."""
    language: Annotated[Literal["da", "en", "nb", "sv", "de"] | None, Marketing] = None
    """The language to write in."""
    outside: Annotated[YesNo, Marketing] = False
    """Whether the person is outside the firm, e.g. a spouse."""
    function: Annotated[Id | None, Marketing] = None
    """The function: marketing, it, finance, production, management…"""
    level: Annotated[Literal["manager", "employee", "influencer"] | None, Marketing] = None
    """Manager, employee or influencer."""
    role: Annotated[Literal["decision-maker", "influencer", "user", "gatekeeper", "approver"] | None, Marketing] = None
    """The role when something is bought."""
    cares_about: Annotated[Text | None, Marketing] = None
    """What counts when the person chooses."""
    attitude: Annotated[Literal["positive", "neutral", "negative"] | None, Marketing] = None
    """The attitude to us."""
    influences: Annotated[tuple[Annotated[Id, Ref("contact|person", within=".")], ...], Marketing] = ()
    """Contacts of the card (or our own people) that this one has influence on."""
    influenced_by: Annotated[tuple[Annotated[Id, Ref("contact|person", within=".")], ...], Marketing] = ()
    """Contacts of the card, or our own people, who have influence on this one."""
    criteria: Annotated[dict[Id, CriterionValue], Marketing] = {}
    """Own criteria: id → value."""
    consent: Annotated[dict[Id, tuple[Consent, ...]], Marketing] = {}
    """Purpose → consents given, oldest first."""
    note: Annotated[Text | None, Marketing] = None
    """What else there is to say."""


class CustomerActivity(Model):
    """Something the customer did or we did towards it."""

    date: Annotated[Date, Marketing]
    """The day."""
    type: Annotated[Id, Marketing]
    """What: webinar, download, visit, call, letter…; it gives the points of stages.yml."""
    campaign: Annotated[CampaignRef | None, Marketing] = None
    """The campaign it belongs to."""
    step: Annotated[Id | None, Ref("step", within="campaign"), Marketing] = None
    """The step of the campaign's flow."""
    outcome: Annotated[Id | None, Marketing] = None
    """How it ended: one of the step's outcomes."""
    contact: Annotated[OwnContact | None, Marketing] = None
    """The contact it was about."""
    by: Annotated[PersonRef | None, Marketing] = None
    """Who of us did it."""
    for_stage: Annotated[StageRef | None, Marketing] = None
    """The stage that the content was made for (V5)."""


class Figures(Model):
    """The books for one customer and period."""

    revenue: Annotated[Money | None, Marketing] = None
    """What was invoiced; credit notes taken off."""
    direct_cost: Annotated[Money | None, Management] = None
    """Direct cost of it."""
    time_cost: Annotated[Cost | None, Management] = None
    """Time-based cost; left out: taken from the hours logged on the customer."""
    total_purchases: Annotated[Cost | None, Marketing] = None
    """All the customer buys, from anyone, in the categories we can deliver."""
    total_is: Annotated[Literal["measured", "assessed"] | None, Marketing] = None
    """Whether the total is measured or assessed."""


class Purchase(Model):
    """Something the customer bought; never summed into revenue."""

    date: Annotated[Date, Marketing]
    """The day."""
    product: Annotated[ProductRef, Marketing]
    """The product."""
    amount: Annotated[Money | None, Marketing] = None
    """What it cost."""


class Wanted(Model):
    """Where in the customer matrix we want the customer (M34)."""

    cell: Annotated[Cell, Marketing]
    """The cell."""
    by: Annotated[Date | None, Marketing] = None
    """The day it should be reached."""
    action: Annotated[CampaignRef | None, Marketing] = None
    """The campaign that should bring it about."""


class Complaint(Model):
    """A complaint from the customer."""

    date: Annotated[Date, Marketing]
    """The day it came."""
    about: Annotated[Text, Marketing]
    """What about."""
    resolved: Annotated[Date | None, Marketing] = None
    """The day it was settled; left out while it is not."""


class Customer(Record):
    """One customer card; a lead is a card too.

    Written in `crm/customers/<id>.yml`.
    """

    name: Annotated[Label, Marketing]
    """The firm's name."""
    cvr: Annotated[Digits | None, Marketing] = None
    """The number in the register of companies, as text."""
    industry: Annotated[dict[Label, Digits], Marketing] = {}
    """List of industry codes → the firm's code in it, as text."""
    employees: Annotated[Count | None, Marketing] = None
    """Number of employees."""
    criteria: Annotated[dict[Id, CriterionValue], Marketing] = {}
    """Own criteria: id → value."""
    segment: Annotated[SegmentRef | None, Marketing] = None
    """The segment; left out: the first whose rule fits, else unknown."""
    owner: Annotated[Dated[PersonRef] | None, Marketing] = None
    """The salesperson."""
    source: Annotated[Source | None, Everyone] = None
    """Where the lead came from."""
    no_advertising: Annotated[Dated[YesNo] | None, Marketing] = None
    """Whether the register says that the firm wants no advertising; the date is when it was looked up."""
    stages: Annotated[tuple[StageEvent, ...], Everyone] = ()
    """Its way through the stages, oldest first; a card may skip, return or go inactive."""
    meetings: Annotated[tuple[Meeting, ...], Everyone] = ()
    """Meetings with it."""
    competing: Annotated[tuple[CompetitorRef, ...], Marketing] = ()
    """Competitors present in the deal, won or lost."""
    contacts: Annotated[dict[Id, Contact], Marketing] = {}
    """Its people: id → contact."""
    activities: Annotated[tuple[CustomerActivity, ...], Marketing] = ()
    """What it did, and what we did towards it."""
    figures: Annotated[dict[PeriodKey, Figures], Marketing] = {}
    """The books: month, quarter, half or year → figures."""
    purchases: Annotated[tuple[Purchase, ...], Marketing] = ()
    """What it bought."""
    wanted: Annotated[Wanted | None, Marketing] = None
    """Where in the matrix we want it."""
    complaints: Annotated[tuple[Complaint, ...], Marketing] = ()
    """Complaints from it."""
    merged_into: Annotated[CustomerRef | None, Everyone] = None
    """The card that this one turned out to be the same as; counts are by that card."""


# ---------------------------------------------------------------------------------------------------------------- surveys

NOT_A_NUMBER = ("dont-know", "not-relevant")


def to_answer(value: Any) -> int | str | None:
    """A whole number on the scale, `dont-know`, `not-relevant`, null (asked, not answered), or the text of an open question.

    Raises:
        PydanticCustomError: `not-an-answer`.
    """
    if value is None or type(value) is int or (isinstance(value, str) and 0 < len(value) <= 10_000):
        return value
    raise error("not-an-answer", written=written_as(value))


AnswerValue = Annotated[
    int | str | None,
    BeforeValidator(to_answer),
    WithJsonSchema({"anyOf": [{"type": ["integer", "null"]}, {"type": "string", "minLength": 1, "maxLength": 10_000}]}),
]
"""One answer; see `to_answer`."""


class Question(Model):
    """One question of a survey."""

    text: Annotated[Text, Everyone]
    """The question as it is asked."""
    worst: Annotated[Integer | None, Everyone] = None
    """The number that stands for the worst answer."""
    best: Annotated[Integer | None, Everyone] = None
    """The number that stands for the best answer."""
    open: Annotated[YesNo, Everyone] = False
    """Whether the answer is a text."""
    used_as: Annotated[Literal["loyalty"] | None, Everyone] = None
    """The question whose answer is the customer's loyalty, 1 best to 4 worst."""


class Invited(Model):
    """Somebody invited to a survey, and how far it came (M21)."""

    customer: Annotated[CustomerRef, Marketing]
    """The customer."""
    contact: Annotated[Id | None, Ref("contact", within="customer"), Marketing] = None
    """The contact."""
    state: Annotated[Literal["invited", "yes", "no", "no-answer", "followed-up", "completed"], Marketing]
    """How far it came."""


class Answer(Model):
    """One person's answers: question → answer, beside who it was."""

    model_config = ConfigDict(extra="allow")
    __pydantic_extra__: dict[PathId, AnswerValue]
    extra_audience: ClassVar[Audience] = Marketing

    customer: Annotated[CustomerRef, Marketing]
    """The customer."""
    contact: Annotated[Id | None, Ref("contact", within="customer"), Marketing] = None
    """The contact."""

    @property
    def answers(self) -> Mapping[str, int | str | None]:
        """Question → answer; a question that is not here was not asked."""
        return self.model_extra or {}


class Survey(Record):
    """A questionnaire and its answers.

    Written in `crm/surveys/<id>.yml`.
    """

    name: Annotated[Label, Everyone]
    """Its name."""
    on: Annotated[Date, Everyone]
    """The day its answers were in."""
    questions: Annotated[dict[PathId, Question], Everyone]
    """The questions: id → question; `block/item` where they stand in blocks."""
    invited: Annotated[tuple[Invited, ...], Marketing] = ()
    """Who was invited."""
    answers: Annotated[tuple[Answer, ...], Marketing] = ()
    """What they answered; for everyone nameless, and only from 5 answers to a question."""


# ----------------------------------------------------------------------------------------------------------- web, support


class WebFigures(Model):
    """A channel's figures for a month."""

    visitors: Annotated[Count | None, Everyone] = None
    """Visitors to the site."""
    leads: Annotated[Count | None, Everyone] = None
    """Leads that the web analytics counted."""
    spend: Annotated[Cost | None, Marketing] = None
    """Money spent on the channel."""


class WebYear(Whole):
    """Visitors, leads and spend per month and channel.

    Written in `crm/web/<year>.yml`: month → channel → figures.
    """

    root: Annotated[dict[Month, dict[Id, WebFigures]], Everyone]


class SupportCase(Model):
    """A case of the help desk (T55)."""

    id: Annotated[Id, Marketing]
    """Its id in the help desk's system."""
    opened: Annotated[Date, Everyone]
    """The day it came."""
    closed: Annotated[Date | None, Everyone] = None
    """The day it was closed; left out while it is open."""
    customer: Annotated[CustomerRef | None, Marketing] = None
    """The customer."""
    type: Annotated[Id | None, Ref("support-type"), Everyone] = None
    """The kind of case, of organisation.yml."""
    area: Annotated[Id | None, Ref("support-area"), Everyone] = None
    """The area of the product, of organisation.yml."""
    question: Annotated[Id | None, Everyone] = None
    """The question behind it; the same question has the same word."""
    text: Annotated[Text | None, Marketing] = None
    """What the customer wrote."""
    minutes: Annotated[Count | None, Marketing] = Field(default=None, alias="minutes")
    """Whole minutes it took; written in minutes, as help desks count."""


class SupportMonth(Whole):
    """The help desk's cases of a month.

    Written in `crm/support/<month>.yml`: a list.
    """

    root: Annotated[tuple[SupportCase, ...], Everyone]
