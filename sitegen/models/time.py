"""records/time/: people, projects, and what a person booked, was away and logged in a week."""

from typing import Annotated, Literal, Self

from annotated_types import Ge, Le
from pydantic import ConfigDict, model_validator
from pydantic.types import Strict

from sitegen.models.base import (
    ActivityRef,
    ChannelRef,
    CustomerRef,
    DepartmentRef,
    Model,
    OwnTask,
    PersonRef,
    ProjectRef,
    Record,
    SupplierRef,
    Tag,
)
from sitegen.models.fields import (
    Cost,
    Date,
    Dated,
    Everyone,
    Hours,
    Id,
    Label,
    Management,
    Marketing,
    Maybe,
    Money,
    Number,
    Part,
    Ref,
    Score5,
    Text,
    Week,
    Weekday,
    error,
)


class Employment(Model):
    """From when, and until when, somebody is employed."""

    from_: Annotated[Date, Marketing]
    """The first day."""
    to: Annotated[Maybe[Date], Marketing] = None
    """The last day; left out while employed."""


class Person(Record):
    """One employee.

    Written in `time/people/<id>.yml`.
    """

    name: Annotated[Label, Everyone]
    """First and last name."""
    employed: Annotated[Maybe[Employment], Marketing] = None
    """From when to when."""
    department: Annotated[Maybe[Dated[DepartmentRef]], Everyone] = None
    """The department she belongs to, from a date."""
    weekly_minutes: Annotated[Maybe[Dated[Hours]], Marketing] = None
    """Hours a week by contract, from a date."""
    working_days: Annotated[Maybe[Dated[tuple[Weekday, ...]]], Marketing] = None
    """Days of the week that she works; left out: the organisation's. A day's capacity: weekly hours ÷ these days."""
    internal_rate: Annotated[Maybe[Dated[Cost]], Management] = None
    """What an hour of hers costs the company."""
    skills: Annotated[dict[Id, Score5], Management] = {}
    """What she can do: skill → 1 (a little) to 5."""
    tags: Annotated[tuple[Tag, ...], Management] = ()
    """Free words, each with the day it was given."""
    note: Annotated[Maybe[Text], Management] = None
    """What else there is to say; Markdown."""


class Priority(Model):
    """How important a project is."""

    level: Annotated[int, Strict(), Ge(1), Le(9), Everyone]
    """1 is the most important."""
    why: Annotated[Maybe[Text], Everyone] = None
    """The reason."""


class TargetDecision(Model):
    """What was decided when a project got other hours than its weekly target."""

    on: Annotated[Date, Marketing]
    """The day of the decision."""
    decision: Annotated[Literal["reprioritise", "outsource", "accept"], Marketing]
    """Give it other priority, buy it outside, or live with it."""
    why: Annotated[Maybe[Text], Marketing] = None
    """The reason."""


class Deadline(Model):
    """Something that must be done by a day."""

    date: Annotated[Date, Everyone]
    """The last day."""
    what: Annotated[Label, Everyone]
    """What must be done."""
    met: Annotated[Maybe[Date], Everyone] = None
    """The day it was done; left out while it is not."""


class Task(Model):
    """A task of a project; with `tasks` of its own it is a phase."""

    name: Annotated[Label, Everyone]
    """Its name."""
    people: Annotated[tuple[PersonRef, ...], Marketing] = ()
    """Who works on it."""
    from_: Annotated[Maybe[Date], Everyone] = None
    """The day it begins."""
    deadline: Annotated[Maybe[Date], Everyone] = None
    """The day it must be done."""
    budget_minutes: Annotated[Maybe[Hours], Everyone] = None
    """Its own time budget; left out on a phase: the sum of its tasks."""
    weekly_target_minutes: Annotated[Maybe[Dated[Hours]], Everyone] = None
    """Hours that should be spent on it each week."""
    done: Annotated[Maybe[Dated[Part]], Everyone] = None
    """How much of it is done, from a date."""
    kind: Annotated[Maybe[Id], Everyone] = None
    """What kind of work it is; estimates are compared within it."""
    tasks: Annotated[dict[Id, "Task"], Everyone] = {}
    """The tasks of a phase: id → task; ids are unique in the project."""


class BudgetEntry(Model):
    """One baseline of a project's budget; an entry is never edited, a new one is added."""

    on: Annotated[Date, Everyone]
    """The day it was decided; it holds until the next entry."""
    per: Annotated[Literal["project", "year", "quarter", "month", "week"], Everyone] = "project"
    """What the amounts are for: the whole project, or each year, quarter, month or week."""
    minutes: Annotated[Maybe[Hours], Everyone] = None
    """Time budget."""
    external_cost: Annotated[Maybe[Cost], Marketing] = None
    """Money for suppliers."""
    end: Annotated[Maybe[Date], Everyone] = None
    """The day the project should end, as decided then."""
    why: Annotated[Maybe[Text], Everyone] = None
    """The reason for the entry."""


class ExternalCost(Model):
    """An invoice from a supplier."""

    date: Annotated[Date, Marketing]
    """The invoice's day."""
    supplier: Annotated[Maybe[SupplierRef], Marketing] = None
    """Who sent it."""
    amount: Annotated[Money, Marketing]
    """What it was; negative for a credit note."""
    task: Annotated[Maybe[OwnTask], Marketing] = None
    """The task it was for."""
    invoice: Annotated[Maybe[Label], Marketing] = None
    """The invoice's number."""
    note: Annotated[Maybe[Text], Marketing] = None
    """What it was for."""


class Ordered(Model):
    """Something ordered from a supplier; what is not invoiced yet is committed."""

    on: Annotated[Date, Marketing]
    """The day of the order."""
    supplier: Annotated[SupplierRef, Marketing]
    """From whom."""
    amount: Annotated[Cost, Marketing]
    """What it will cost."""
    invoiced: Annotated[tuple[Label, ...], Marketing] = ()
    """Numbers of the invoices that came for it."""


class Quote(Model):
    """An outside offer for a task, or for the whole project; the newest on or before a day holds."""

    model_config = ConfigDict(
        json_schema_extra={"oneOf": [{"required": ["fixed_price"]}, {"required": ["hourly_rate"]}]}
    )

    on: Annotated[Date, Marketing]
    """The day of the offer."""
    supplier: Annotated[SupplierRef, Marketing]
    """Who made it."""
    task: Annotated[Maybe[OwnTask], Marketing] = None
    """The task it is for; left out: the whole project."""
    fixed_price: Annotated[Maybe[Cost], Marketing] = None
    """One price for all of it."""
    hourly_rate: Annotated[Maybe[Cost], Marketing] = None
    """Or a price an hour."""

    @model_validator(mode="after")
    def _one_price(self) -> Self:
        if (self.fixed_price is None) == (self.hourly_rate is None):
            raise error("one-of", keys="fixed_price, hourly_rate")
        return self


class Evaluation(Model):
    """What came of an investment that ended."""

    on: Annotated[Date, Everyone]
    """The day of the evaluation."""
    verdict: Annotated[Literal["stop", "continue", "repeat"], Everyone]
    """Stop, continue as operations, or do it again."""
    expected: Annotated[dict[Id, Number], Everyone] = {}
    """What was expected: measure → number. Left out where the plan's activity says it."""
    achieved: Annotated[dict[Id, Number], Everyone] = {}
    """What was achieved: measure → number."""
    why: Annotated[Maybe[Text], Everyone] = None
    """The reason for the verdict."""


class Project(Record):
    """One project: its tasks, budget and external costs.

    Written in `time/projects/<id>.yml`.
    """

    name: Annotated[Label, Everyone]
    """Its name."""
    type: Annotated[Dated[Literal["operations", "investment"]], Everyone]
    """Operations (ongoing), or investment (one-off, with an end and a budget)."""
    department: Annotated[Maybe[Dated[DepartmentRef]], Everyone] = None
    """The department that owns it."""
    owner: Annotated[Maybe[Dated[PersonRef]], Everyone] = None
    """Who answers for it."""
    start: Annotated[Date, Everyone]
    """The first day."""
    end: Annotated[Maybe[Date], Everyone] = None
    """The last day; required for an investment, a budget entry's `end` after it."""
    closed: Annotated[Maybe[Date], Everyone] = None
    """The day it was over; no hours after it."""
    channel: Annotated[Maybe[ChannelRef], Everyone] = None
    """The channel of the strategy that it works on."""
    plan_activity: Annotated[Maybe[ActivityRef], Everyone] = None
    """The marketing plan's activity that it carries out."""
    weekly_target_minutes: Annotated[Maybe[Dated[Hours]], Everyone] = None
    """Hours that should be spent on it each week."""
    target_decision: Annotated[Maybe[TargetDecision], Marketing] = None
    """What was decided when the target was not met."""
    serves: Annotated[Maybe[Dated[Literal["own-goals", "other-departments"]]], Everyone] = None
    """Whose goals it works for (the 80/20)."""
    work: Annotated[Maybe[Dated[Literal["development", "maintenance"]]], Everyone] = None
    """Development or maintenance of its channel."""
    priority: Annotated[Maybe[Dated[Priority]], Everyone] = None
    """How important it is, and why."""
    deadlines: Annotated[tuple[Deadline, ...], Everyone] = ()
    """Days by which something must be done."""
    tasks: Annotated[dict[Id, Task], Everyone] = {}
    """Its tasks and phases: id → task."""
    budget: Annotated[tuple[BudgetEntry, ...], Everyone] = ()
    """Its baselines, oldest first: the first is the original, the last is in force."""
    external_costs: Annotated[tuple[ExternalCost, ...], Marketing] = ()
    """Invoices from suppliers."""
    ordered: Annotated[tuple[Ordered, ...], Marketing] = ()
    """Orders at suppliers."""
    quotes: Annotated[tuple[Quote, ...], Marketing] = ()
    """Outside offers."""
    evaluation: Annotated[Maybe[Evaluation], Everyone] = None
    """What came of it."""
    succeeds: Annotated[Maybe[ProjectRef], Everyone] = None
    """The project that this one followed."""


class Instead(Model):
    """What was decided about a booking that was not kept."""

    decision: Annotated[Literal["moved", "rebooked", "dropped"], Marketing]
    """Moved to a later week, booked again, or dropped."""
    to: Annotated[Maybe[Week], Marketing] = None
    """The week it was moved to; that week counts it when it books it."""
    why: Annotated[Maybe[Text], Marketing] = None
    """The reason."""


class Booked(Model):
    """Hours planned for a project in the week."""

    project: Annotated[ProjectRef, Marketing]
    """The project."""
    task: Annotated[Maybe[Id], Ref("task", within="project"), Marketing] = None
    """The task; left out: the project as a whole."""
    minutes: Annotated[Hours, Marketing]
    """Time planned."""
    added: Annotated[Maybe[Date], Marketing] = None
    """The day it was added when it came after the week was planned; it is then no part of the plan that is measured."""
    instead: Annotated[Maybe[Instead], Marketing] = None
    """What was decided when it was not kept."""


class Absent(Model):
    """A day, or hours of it, away from work."""

    date: Annotated[Date, Marketing]
    """The day."""
    reason: Annotated[Literal["holiday", "leave", "other"], Management]
    """Why, which only management sees (in the monthly talk); never an illness: that is `other`."""
    minutes: Annotated[Maybe[Hours], Marketing] = None
    """Time away; left out: the whole day."""


class Logged(Model):
    """Hours one person worked on one project on one day.

    Written under `logged` in `time/weeks/<person>/<week>.yml`.
    """

    date: Annotated[Date, Marketing]
    """The day the work was done, not the day it was written down."""
    project: Annotated[ProjectRef, Marketing]
    """The project."""
    task: Annotated[Maybe[Id], Ref("task", within="project"), Marketing] = None
    """The task; left out: the project as a whole."""
    minutes: Annotated[Hours, Marketing]
    """Time worked, more than 0 and at most 24 hours."""
    note: Annotated[Maybe[Text], Marketing] = None
    """What was done."""
    asked_by: Annotated[Maybe[DepartmentRef], Marketing] = None
    """The department that asked for work that nobody had planned."""
    displaced: Annotated[tuple[ProjectRef, ...], Marketing] = ()
    """Projects that had to wait for it."""
    customer: Annotated[Maybe[CustomerRef], Marketing] = None
    """The customer it was for."""
    imported: Annotated[Maybe[Label], Marketing] = None
    """The row's id where it was imported from."""


class WeekFile(Model):
    """What a person booked, was away and logged in one ISO week.

    Written in `time/weeks/<person>/<week>.yml`.
    """

    planned: Annotated[Maybe[Date], Marketing] = None
    """The day the week was planned."""
    booked: Annotated[tuple[Booked, ...], Marketing] = ()
    """Hours planned."""
    absent: Annotated[tuple[Absent, ...], Marketing] = ()
    """Days and hours away."""
    logged: Annotated[tuple[Logged, ...], Marketing] = ()
    """Hours worked."""
