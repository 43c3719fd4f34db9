"""records/crm/customers/: one card for each customer and lead."""

from typing import Annotated, Literal

from sitegen.models.base import (
    CampaignRef,
    CompetitorRef,
    CustomerRef,
    Model,
    OwnContact,
    PersonRef,
    ProductRef,
    Record,
    SegmentRef,
    StageRef,
)
from sitegen.models.fields import (
    Cost,
    Count,
    Date,
    Dated,
    Digits,
    Everyone,
    Id,
    Label,
    Management,
    Marketing,
    Maybe,
    Money,
    PeriodKey,
    Ref,
    Text,
    YesNo,
)
from sitegen.models.organisation import Cell, CriterionValue


class Source(Model):
    """Where a lead came from."""

    channel: Annotated[Maybe[Id], Everyone] = None
    """The channel, as in the web figures."""
    campaign: Annotated[Maybe[CampaignRef], Marketing] = None
    """The campaign."""


class StageEvent(Model):
    """The day a card came to a stage, or went inactive."""

    stage: Annotated[StageRef, Everyone]
    """The stage, or `inactive`."""
    on: Annotated[Maybe[Date], Everyone] = None
    """The day; left out: unknown, and the card is left out of times."""
    reason: Annotated[Maybe[Id], Ref("inactive"), Marketing] = None
    """Why it went inactive."""
    competitor: Annotated[Maybe[CompetitorRef], Marketing] = None
    """To whom it was lost."""
    contact_again: Annotated[Maybe[Date], Marketing] = None
    """The day to try again."""


class Meeting(Model):
    """A meeting with the customer."""

    booked: Annotated[Date, Everyone]
    """The day it was booked."""
    date: Annotated[Maybe[Date], Everyone] = None
    """The day it is, or was to be, held."""
    state: Annotated[Literal["booked", "held", "cancelled", "no-show"], Everyone]
    """What became of it."""
    list: Annotated[Maybe[CampaignRef], Marketing] = None
    """The call list or campaign that brought it about."""
    by: Annotated[Maybe[PersonRef], Marketing] = None
    """Who booked or held it for us."""
    contact: Annotated[Maybe[OwnContact], Marketing] = None
    """Whom it was with."""
    note: Annotated[Maybe[Text], Marketing] = None
    """What was said."""


class Consent(Model):
    """A consent to be written to, and its end."""

    given: Annotated[Date, Marketing]
    """The day it was given."""
    how: Annotated[Maybe[Label], Management] = None
    """How it was given: the proof."""
    channel: Annotated[Literal["email", "phone", "letter", "sms"], Marketing] = "email"
    """What it allows."""
    withdrawn: Annotated[Maybe[Date], Marketing] = None
    """The day it was taken back; that wins over everything from then on."""


class Contact(Model):
    """A person at the customer, or one who has a say from outside it."""

    first_name: Annotated[Maybe[Label], Marketing] = None
    """First name."""
    last_name: Annotated[Maybe[Label], Marketing] = None
    """Last name."""
    title: Annotated[Maybe[Label], Marketing] = None
    """What the card says."""
    email: Annotated[Maybe[Label], Marketing] = None
    """E-mail address."""
    phone: Annotated[Maybe[Label], Marketing] = None
    """Telephone number, as text."""
    language: Annotated[Maybe[Literal["da", "en", "nb", "sv", "de"]], Marketing] = None
    """The language to write in."""
    outside: Annotated[YesNo, Marketing] = False
    """Whether the person is outside the firm, e.g. a spouse."""
    function: Annotated[Maybe[Id], Marketing] = None
    """The function: marketing, it, finance, production, management…"""
    level: Annotated[Maybe[Literal["manager", "employee", "influencer"]], Marketing] = None
    """Manager, employee or influencer."""
    role: Annotated[Maybe[Literal["decision-maker", "influencer", "user", "gatekeeper", "approver"]], Marketing] = None
    """The role when something is bought."""
    cares_about: Annotated[Maybe[Text], Marketing] = None
    """What counts when the person chooses."""
    attitude: Annotated[Maybe[Literal["positive", "neutral", "negative"]], Marketing] = None
    """The attitude to us."""
    influences: Annotated[tuple[Annotated[Id, Ref("contact|person", within=".")], ...], Marketing] = ()
    """Contacts of the card (or our own people) that this one has influence on."""
    influenced_by: Annotated[tuple[Annotated[Id, Ref("contact|person", within=".")], ...], Marketing] = ()
    """Contacts of the card, or our own people, who have influence on this one."""
    criteria: Annotated[dict[Id, CriterionValue], Marketing] = {}
    """Own criteria: id → value."""
    consent: Annotated[dict[Id, tuple[Consent, ...]], Marketing] = {}
    """Purpose → consents given, oldest first."""
    note: Annotated[Maybe[Text], Marketing] = None
    """What else there is to say."""


class CustomerActivity(Model):
    """Something the customer did or we did towards it."""

    date: Annotated[Date, Marketing]
    """The day."""
    type: Annotated[Id, Marketing]
    """What: webinar, download, visit, call, letter…; it gives the points of stages.yml."""
    campaign: Annotated[Maybe[CampaignRef], Marketing] = None
    """The campaign it belongs to."""
    step: Annotated[Maybe[Id], Ref("step", within="campaign"), Marketing] = None
    """The step of the campaign's flow."""
    outcome: Annotated[Maybe[Id], Marketing] = None
    """How it ended: one of the step's outcomes."""
    contact: Annotated[Maybe[OwnContact], Marketing] = None
    """The contact it was about."""
    by: Annotated[Maybe[PersonRef], Marketing] = None
    """Who of us did it."""
    for_stage: Annotated[Maybe[StageRef], Marketing] = None
    """The stage that the content was made for."""


class Figures(Model):
    """The books for one customer and period."""

    revenue: Annotated[Maybe[Money], Marketing] = None
    """What was invoiced; credit notes taken off."""
    direct_cost: Annotated[Maybe[Money], Management] = None
    """Direct cost of it."""
    time_cost: Annotated[Maybe[Cost], Management] = None
    """Time-based cost; left out: taken from the hours logged on the customer."""
    total_purchases: Annotated[Maybe[Cost], Marketing] = None
    """All the customer buys, from anyone, in the categories we can deliver."""
    total_is: Annotated[Maybe[Literal["measured", "assessed"]], Marketing] = None
    """Whether the total is measured or assessed."""


class Purchase(Model):
    """Something the customer bought; never summed into revenue."""

    date: Annotated[Date, Marketing]
    """The day."""
    product: Annotated[ProductRef, Marketing]
    """The product."""
    amount: Annotated[Maybe[Money], Marketing] = None
    """What it cost."""


class Wanted(Model):
    """Where in the customer matrix we want the customer."""

    cell: Annotated[Cell, Marketing]
    """The cell."""
    by: Annotated[Maybe[Date], Marketing] = None
    """The day it should be reached."""
    action: Annotated[Maybe[CampaignRef], Marketing] = None
    """The campaign that should bring it about."""


class Complaint(Model):
    """A complaint from the customer."""

    date: Annotated[Date, Marketing]
    """The day it came."""
    about: Annotated[Text, Marketing]
    """What about."""
    resolved: Annotated[Maybe[Date], Marketing] = None
    """The day it was settled; left out while it is not."""


class Customer(Record):
    """One customer card; a lead is a card too.

    Written in `crm/customers/<id>.yml`.
    """

    name: Annotated[Label, Marketing]
    """The firm's name."""
    cvr: Annotated[Maybe[Digits], Marketing] = None
    """The number in the register of companies, as text."""
    industry: Annotated[dict[Label, Digits], Marketing] = {}
    """List of industry codes → the firm's code in it, as text."""
    employees: Annotated[Maybe[Count], Marketing] = None
    """Number of employees."""
    criteria: Annotated[dict[Id, CriterionValue], Marketing] = {}
    """Own criteria: id → value."""
    segment: Annotated[Maybe[SegmentRef], Marketing] = None
    """The segment; left out: the first whose rule fits, else unknown."""
    owner: Annotated[Maybe[Dated[PersonRef]], Marketing] = None
    """The salesperson."""
    source: Annotated[Maybe[Source], Everyone] = None
    """Where the lead came from."""
    no_advertising: Annotated[Maybe[Dated[YesNo]], Marketing] = None
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
    wanted: Annotated[Maybe[Wanted], Marketing] = None
    """Where in the matrix we want it."""
    complaints: Annotated[tuple[Complaint, ...], Marketing] = ()
    """Complaints from it."""
    merged_into: Annotated[Maybe[CustomerRef], Everyone] = None
    """The card that this one turned out to be the same as; counts are by that card."""
