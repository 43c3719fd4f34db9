"""records/crm/ but cards and campaigns: stages, products, industry codes, content, surveys, web figures, support."""

from collections.abc import Mapping
from typing import Annotated, Any, ClassVar, Literal

from pydantic import BeforeValidator, ConfigDict, Field, WithJsonSchema

from sitegen.models.base import (
    CategoryRef,
    CustomerRef,
    Model,
    Record,
    SegmentRef,
    Whole,
)
from sitegen.models.fields import (
    Audience,
    Cost,
    Count,
    Date,
    Digits,
    Everyone,
    Id,
    Integer,
    Label,
    Marketing,
    Maybe,
    Month,
    Number,
    PathId,
    Ref,
    Text,
    YesNo,
    error,
    written_as,
)


class Stage(Model):
    """A step on the way from visitor to customer."""

    id: Annotated[Id, Everyone]
    """Its id; keep it when the name changes."""
    name: Annotated[Label, Everyone]
    """Its name on the pages."""
    counted_in: Annotated[Literal["web", "events"], Everyone] = "events"
    """Where its number comes from: the web figures, or the cards' own events."""
    entered_by: Annotated[Maybe[Literal["meeting.booked", "meeting.held"]], Everyone] = None
    """The event of a meeting that brings a card here; it is then not written as a stage too."""
    won: Annotated[YesNo, Everyone] = False
    """Whether a card at this stage is a customer."""


class Inactive(Model):
    """A reason why a lead goes no further."""

    id: Annotated[Id, Everyone]
    """Its id."""
    name: Annotated[Label, Everyone]
    """Its name on the pages."""
    needs: Annotated[Maybe[Literal["contact_again", "competitor"]], Everyone] = None
    """What a card must say besides the reason."""


class Decay(Model):
    """How points are lost with time."""

    after_days: Annotated[Count, Marketing]
    """Days that an activity keeps all its points."""
    points_per_day: Annotated[Number, Marketing]
    """Points it loses each day after them."""


class Scores(Model):
    """Lead score."""

    points: Annotated[dict[Id, Integer], Marketing]
    """Points for each type of activity."""
    decay: Annotated[Maybe[Decay], Marketing] = None
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
    scores: Annotated[Maybe[Scores], Marketing] = None
    """Points for a lead's activities."""
    score_bands: Annotated[dict[Digits, Count], Marketing] = {}
    """Band → the score from which a lead is in it; below the first is band 1."""


class Category(Model):
    """A product category."""

    name: Annotated[Label, Everyone]
    """Its name."""
    deliverable: Annotated[YesNo, Everyone] = True
    """Whether we can deliver it; the share of wallet counts these."""


class Price(Model):
    """A product's price from a day, and what is said about it."""

    from_: Annotated[Date, Marketing]
    """The first day of the price."""
    price: Annotated[Cost, Marketing]
    """The price."""
    told: Annotated[dict[Id, Cost], Marketing] = {}
    """What each channel says it costs."""


class Product(Model):
    """Something we sell."""

    name: Annotated[Label, Everyone]
    """Its name."""
    category: Annotated[CategoryRef, Everyone]
    """Its category."""
    repeat: Annotated[YesNo, Everyone] = False
    """Whether customers buy it again and again."""
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

    from_: Annotated[Maybe[Date], Everyone] = None
    """The first day; left out: has always held."""
    until: Annotated[Maybe[Date], Everyone] = None
    """The last day; left out: still holds."""
    codes: Annotated[dict[Digits, Label], Everyone]
    """Code → what it stands for."""


class IndustryCodes(Whole):
    """The lists of industry codes in use.

    Written in `crm/industry-codes.yml`: name of the list → list.
    """

    root: Annotated[dict[Label, CodeList], Everyone]


class Content(Model):
    """What was written in answer to a repeated question."""

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


NOT_A_NUMBER = ("dont-know", "not-relevant")


def to_answer(value: Any) -> int | str | None:
    """A number on the scale, `dont-know`, `not-relevant`, null (asked, not answered), or the text of an open question.

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
    worst: Annotated[Maybe[Integer], Everyone] = None
    """The number that stands for the worst answer."""
    best: Annotated[Maybe[Integer], Everyone] = None
    """The number that stands for the best answer."""
    open: Annotated[YesNo, Everyone] = False
    """Whether the answer is a text."""
    used_as: Annotated[Maybe[Literal["loyalty"]], Everyone] = None
    """The question whose answer is the customer's loyalty, 1 best to 4 worst."""


class Invited(Model):
    """Somebody invited to a survey, and how far it came."""

    customer: Annotated[CustomerRef, Marketing]
    """The customer."""
    contact: Annotated[Maybe[Id], Ref("contact", within="customer"), Marketing] = None
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
    contact: Annotated[Maybe[Id], Ref("contact", within="customer"), Marketing] = None
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


class WebFigures(Model):
    """A channel's figures for a month."""

    visitors: Annotated[Maybe[Count], Everyone] = None
    """Visitors to the site."""
    leads: Annotated[Maybe[Count], Everyone] = None
    """Leads that the web analytics counted."""
    spend: Annotated[Maybe[Cost], Marketing] = None
    """Money spent on the channel."""


class WebYear(Whole):
    """Visitors, leads and spend per month and channel.

    Written in `crm/web/<year>.yml`: month → channel → figures.
    """

    root: Annotated[dict[Month, dict[Id, WebFigures]], Everyone]


class SupportCase(Model):
    """A case of the help desk."""

    id: Annotated[Id, Marketing]
    """Its id in the help desk's system."""
    opened: Annotated[Date, Everyone]
    """The day it came."""
    closed: Annotated[Maybe[Date], Everyone] = None
    """The day it was closed; left out while it is open."""
    customer: Annotated[Maybe[CustomerRef], Marketing] = None
    """The customer."""
    type: Annotated[Maybe[Id], Ref("support-type"), Everyone] = None
    """The kind of case, of organisation.yml."""
    area: Annotated[Maybe[Id], Ref("support-area"), Everyone] = None
    """The area of the product, of organisation.yml."""
    question: Annotated[Maybe[Id], Everyone] = None
    """The question behind it; the same question has the same word."""
    text: Annotated[Maybe[Text], Marketing] = None
    """What the customer wrote."""
    minutes: Annotated[Maybe[Count], Marketing] = Field(default=None, alias="minutes")
    """Whole minutes it took; written in minutes, as help desks count."""


class SupportMonth(Whole):
    """The help desk's cases of a month.

    Written in `crm/support/<month>.yml`: a list.
    """

    root: Annotated[tuple[SupportCase, ...], Everyone]
