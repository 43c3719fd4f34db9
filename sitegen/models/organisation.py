"""organisation.yml: the company, its departments, calendar, vocabulary and thresholds."""

from typing import Annotated, Any, Literal

from annotated_types import Ge, Le, Len
from pydantic import AfterValidator, Field, PlainValidator, WithJsonSchema
from pydantic.types import Strict, StringConstraints

from sitegen.models.base import DepartmentRef, Model, Record
from sitegen.models.fields import (
    Cost,
    Count,
    Currency,
    Date,
    Dated,
    Everyone,
    ExchangeRate,
    Id,
    Label,
    Marketing,
    Maybe,
    Part,
    Share,
    Weekday,
    error,
    is_number,
    written_as,
)

CriterionType = Literal["text", "number", "date", "yes-no", "choice", "choices"]
Cell = Literal[
    "gold-bubbler", "gold", "super-gold",
    "silver-bubbler", "silver", "super-silver",
    "bronze-bubbler", "bronze", "super-bronze",
]  # fmt: skip
"""A cell of the customer matrix: the valuable first, in each row the smallest share of wallet first."""
IndustryPrefix = Annotated[str, StringConstraints(pattern=r"^[0-9]{1,8}$")]
"""The first digits of an industry code."""


def to_criterion_value(value: Any) -> Any:
    """A criterion's value: text, number or yes/no, or a list of them; whether it fits the criterion is checked later.

    Raises:
        PydanticCustomError: `not-a-criterion-value`.
    """
    if isinstance(value, list) and all(isinstance(item, (str, bool)) or is_number(item) for item in value):
        return tuple(value)
    if isinstance(value, (str, bool)) or is_number(value):
        return value
    raise error("not-a-criterion-value", written=written_as(value))


def to_criterion_values(value: Any) -> Any:
    """The values that a rule accepts, also written as its only one."""
    found = to_criterion_value(value)
    return found if isinstance(found, tuple) else (found,)


_SCALAR = {"type": ["string", "number", "boolean"]}
CriterionValue = Annotated[
    str | int | float | bool | tuple[str | int | float | bool, ...],
    PlainValidator(to_criterion_value),
    WithJsonSchema({"anyOf": [_SCALAR, {"type": "array", "items": _SCALAR}]}),
]
"""A value of one of the organisation's own criteria."""
CriterionValues = Annotated[
    tuple[str | int | float | bool, ...],
    PlainValidator(to_criterion_values),
    WithJsonSchema({"anyOf": [_SCALAR, {"type": "array", "items": _SCALAR}]}),
]
"""The values of one of the organisation's own criteria that a rule accepts."""


class Department(Model):
    """A department of the company."""

    name: Annotated[Label, Everyone]
    """Its name on the pages."""
    time_for_investment: Annotated[Maybe[Dated[Part]], Marketing] = None
    """The share of its people's time that investment projects should get; operations get the rest."""


class Closed(Model):
    """Days on which the company is closed, besides public holidays."""

    from_: Annotated[Date, Everyone]
    """The first day."""
    to: Annotated[Date, Everyone]
    """The last day (it is closed too)."""
    reason: Annotated[Maybe[Label], Everyone] = None
    """Why."""


class Support(Model):
    """The help desk's words."""

    types: Annotated[dict[Id, Label], Everyone] = {}
    """Kinds of cases: id → name."""
    areas: Annotated[dict[Id, Label], Everyone] = {}
    """Areas of the products: id → name."""


class Criterion(Model):
    """One of the organisation's own criteria for customers or contacts."""

    name: Annotated[Label, Marketing]
    """Its name on the pages."""
    type: Annotated[CriterionType, Marketing]
    """What its value is: text, number, date, yes-no, one of the choices, or several of them."""
    values: Annotated[dict[Id, Label], Marketing] = {}
    """The choices: id → name; for `choice` and `choices`."""
    on: Annotated[tuple[Literal["customer", "contact"], ...], Marketing] = ("customer",)
    """Where it may be filled in."""


class Range(Model):
    """From a number to a number, both included; an end that is left out is open."""

    from_: Annotated[Maybe[Count], Everyone] = None
    """The smallest."""
    to: Annotated[Maybe[Count], Everyone] = None
    """The largest."""


class Rule(Model):
    """Which customers a segment or market group holds; every line narrows."""

    industries: Annotated[tuple[IndustryPrefix, ...], Everyone] = ()
    """Industry codes that begin with one of these; none: any."""
    employees: Annotated[Maybe[Range], Everyone] = None
    """Number of employees."""
    criteria: Annotated[dict[Id, CriterionValues], Everyone] = {}
    """Own criteria: one of the values given for each."""


class MarketGroups(Model):
    """Whom the market strategy is for; the first rule that fits decides."""

    primary: Annotated[Maybe[Rule], Everyone] = None
    """The primary target group."""
    secondary: Annotated[Maybe[Rule], Everyone] = None
    """The secondary target group."""


class MatrixSettings(Model):
    """How the customer matrix is computed."""

    value: Annotated[Literal["contribution", "revenue"], Everyone] = "contribution"
    """What customers are ranked by; one measure for all of them."""
    period: Annotated[Literal["month", "quarter", "half", "year"], Everyone] = "half"
    """The length of the period a matrix is for."""
    share_limits: Annotated[tuple[Annotated[int, Strict(), Ge(0), Le(100)], ...], Len(2, 2), Everyone] = (33, 66)
    """The highest whole percent of the smallest and of the middle share group."""


class WarnWhen(Model):
    """From when a figure is worth a warning."""

    budget_used: Annotated[tuple[Share, ...], Everyone] = (8000, 10000)
    """Shares of a budget that are used up."""
    log_behind_days: Annotated[Count, Everyone] = 7
    """Days without a time entry from somebody who works."""
    neglected_weeks: Annotated[Count, Everyone] = 4
    """Weeks without an hour on a planned project."""
    coarse_task_share: Annotated[Share, Everyone] = 2500
    """Share of somebody's hours that lie on one task without subtasks."""
    quote_months: Annotated[Count, Everyone] = 12
    """Months after which an outside offer is old."""
    effect_days: Annotated[Count, Everyone] = 180
    """Days after which an activity's effect can be judged."""


def _first_is_default(languages: tuple[str, ...]) -> tuple[str, ...]:
    if len(set(languages)) != len(languages):
        raise error("twice-in-list", written=next(name for name in languages if languages.count(name) > 1))
    return languages


class Organisation(Record):
    """The company.

    Written in `organisation.yml`.
    """

    name: Annotated[Label, Everyone]
    """The company's name."""
    country: Annotated[str, StringConstraints(pattern=r"^[A-Z]{2}$"), Everyone]
    """Two letters, ISO 3166; public holidays come from here."""
    currency: Annotated[Currency, Everyone]
    """The currency of every plain amount, ISO 4217."""
    exchange_rates: Annotated[dict[Currency, Dated[ExchangeRate]], Marketing] = {}
    """What one unit of another currency costs in the own, from a date."""
    languages: Annotated[
        tuple[Literal["da", "en", "nb"], ...],
        Len(1),
        AfterValidator(_first_is_default),
        Field(json_schema_extra={"uniqueItems": True}),
        Everyone,
    ] = ("da",)
    """Languages the site is built in; the first is the default."""
    fiscal_year_starts: Annotated[int, Strict(), Ge(1), Le(12), Everyone] = 1
    """The month in which the fiscal year begins."""
    as_of: Annotated[Maybe[Date], Everyone] = None
    """Example companies only: the day the site is computed for."""
    reporting_department: Annotated[Maybe[DepartmentRef], Everyone] = None
    """The department whose people are named to the audience `marketing`."""
    departments: Annotated[dict[Id, Department], Everyone]
    """The departments: id → department."""
    working_days: Annotated[Maybe[Dated[tuple[Weekday, ...]]], Everyone] = None
    """Days of the week that are worked; left out: Monday to Friday."""
    closed: Annotated[tuple[Closed, ...], Everyone] = ()
    """Days on which the company is closed."""
    standard_rate: Annotated[Maybe[Dated[Cost]], Marketing] = None
    """Money an hour: prices own hours where the true rates may not be seen, labelled so."""
    suppliers: Annotated[dict[Id, Label], Marketing] = {}
    """Outside suppliers: id → name."""
    task_kinds: Annotated[dict[Id, Label], Everyone] = {}
    """What the kinds of task are called: kind → name; one that is not here is called as it is written."""
    budgets_settled: Annotated[Maybe[Date], Everyone] = None
    """The day from which a committed budget entry may no longer be edited; left out: from its commit on."""
    support: Annotated[Support, Everyone] = Support()
    """The help desk's types and areas."""
    criteria: Annotated[dict[Id, Criterion], Marketing] = {}
    """Own criteria for customers and contacts: id → criterion."""
    market_groups: Annotated[Maybe[MarketGroups], Everyone] = None
    """Primary and secondary target group."""
    customer_matrix: Annotated[MatrixSettings, Everyone] = MatrixSettings()
    """How the customer matrix is computed."""
    warn_when: Annotated[WarnWhen, Everyone] = WarnWhen()
    """Thresholds of the warnings."""
