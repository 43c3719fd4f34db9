"""What one record may say: a model for each kind of file."""

from __future__ import annotations

from typing import NamedTuple

from pydantic import BaseModel

from sitegen.models.campaigns import Campaign, Template
from sitegen.models.crm import ContentFile, IndustryCodes, Products, Stages, SupportMonth, Survey, WebYear
from sitegen.models.customers import Customer
from sitegen.models.organisation import Organisation
from sitegen.models.plans import MarketingPlan, SalesYear, Segments
from sitegen.models.strategy import Journey, StrategyRecord
from sitegen.models.time import Person, Project, WeekFile
from sitegen.models.wheel import Wheel

__all__ = ["KINDS", "Kind"]


class Kind(NamedTuple):
    """A kind of record file: its name, the files it is written in, and what they may say.

    `pattern` is relative to the records' folder; `{id}` is the record's id, the other names are periods, days and
    persons. With `many` there can be more than one such file.
    """

    name: str
    pattern: str
    model: type[BaseModel]
    many: bool


KINDS: tuple[Kind, ...] = (
    Kind("organisation", "organisation.yml", Organisation, many=False),
    Kind("person", "time/people/{id}.yml", Person, many=True),
    Kind("project", "time/projects/{id}.yml", Project, many=True),
    Kind("week", "time/weeks/{person}/{week}.yml", WeekFile, many=True),
    Kind("stages", "crm/stages.yml", Stages, many=False),
    Kind("products", "crm/products.yml", Products, many=False),
    Kind("industry_codes", "crm/industry-codes.yml", IndustryCodes, many=False),
    Kind("content", "crm/content.yml", ContentFile, many=False),
    Kind("customer", "crm/customers/{id}.yml", Customer, many=True),
    Kind("campaign", "crm/campaigns/{id}.yml", Campaign, many=True),
    Kind("template", "crm/templates/{id}.md", Template, many=True),
    Kind("survey", "crm/surveys/{id}.yml", Survey, many=True),
    Kind("web", "crm/web/{year}.yml", WebYear, many=True),
    Kind("support", "crm/support/{month}.yml", SupportMonth, many=True),
    Kind("marketing_plan", "plans/marketing-{year}.yml", MarketingPlan, many=True),
    Kind("sales", "plans/sales-{year}.yml", SalesYear, many=True),
    Kind("segments", "plans/segments.yml", Segments, many=False),
    Kind("wheel", "plans/wheel/{date}.yml", Wheel, many=True),
    Kind("strategy", "plans/strategy.yml", StrategyRecord, many=False),
    Kind("journey", "plans/journeys/{id}.yml", Journey, many=True),
)
