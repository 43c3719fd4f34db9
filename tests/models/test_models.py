"""The models: every record of the format's page is one, and every field says what it means and who may see it."""

from __future__ import annotations

import datetime as dt

import pytest
from jsonschema import Draft202012Validator
from pydantic import ValidationError

from sitegen.models import KINDS
from sitegen.models.base import descriptions
from sitegen.models.campaigns import Campaign
from sitegen.models.crm import Survey
from sitegen.models.fields import Audience
from sitegen.models.plans import KnownInDepartment
from sitegen.models.shape import Leaf, extra_of, fields_of, models_in
from sitegen.models.strategy import StrategyRecord
from sitegen.models.time import Project, WeekFile
from sitegen.models.wheel import Wheel
from tests.models.conftest import kind_of, written

MODELS = sorted(
    {model for kind in KINDS for model in models_in(kind.model)} | {KnownInDepartment}, key=lambda m: m.__name__
)
LEVELS = {"everyone", "marketing", "management"}


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)
def test_every_field_says_what_it_means_and_who_may_see_it(model):
    described = descriptions(model)
    for name, info in model.model_fields.items():
        levels = [mark.level for mark in info.metadata if isinstance(mark, Audience)]
        assert len(levels) == 1 and levels[0] in LEVELS, f"{model.__name__}.{name} has no audience"
        assert name == "root" or described.get(name, "").endswith((".", "?", "…")), (
            f"{model.__name__}.{name} has no docstring"
        )
    extra = extra_of(model)
    assert extra is None or extra.audience in LEVELS
    assert (model.__doc__ or "").strip()


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)
def test_models_are_frozen_and_refuse_unknown_keys(model):
    assert model.model_config["frozen"]
    if "root" not in model.model_fields:
        assert model.model_config["extra"] == ("allow" if extra_of(model) else "forbid")


def test_every_record_of_the_formats_page_is_one(example):
    assert len(example) == 19
    assert {kind_of(name).name for name in example} == {kind.name for kind in KINDS} - {"template"}


def test_a_key_with_another_spelling_has_its_attribute(example):
    """A 40 h budget = 2400 min; the project's target from 1 July 2026 is 6 h = 360 min a week."""
    seo = example["time/projects/seo.yml"]
    assert seo.tasks["analysis"].tasks["keywords"].budget_minutes == 40 * 60
    assert seo.tasks["analysis"].tasks["keywords"].from_ == dt.date(2026, 2, 1)
    assert seo.weekly_target_minutes.at(dt.date(2026, 7, 1)) == 6 * 60
    channel = example["plans/strategy.yml"].channels["seo"]
    assert channel.agreed.with_ == "direktionen"
    assert example["plans/strategy.yml"].kpis["cost-per-lead"].for_ == "team"
    variant = example["crm/campaigns/aarsaftale-2026.yml"].tests["gif-eller-billede"].variants["gif"]
    assert variant.is_ == {"format": "gif", "text": "a"}
    assert example["crm/support/2026-11.yml"].root[0].minutes == 12  # written in minutes, not in hours


def test_the_written_values_become_what_the_contract_says(example):
    seo, week = example["time/projects/seo.yml"], example["time/weeks/mette/2026-W47.yml"]
    assert seo.external_costs[0].amount == 1_250_000
    assert seo.budget[1].why == "Linkbuilding kom til" and seo.budget[0].per == "project"
    assert seo.tasks["analysis"].tasks["keywords"].done.at(dt.date(2026, 4, 1)) == 6000
    assert seo.priority.at(dt.date.min).level == 1
    assert week.logged[0].minutes == 150 and week.logged[0].date == dt.date(2026, 11, 16)
    assert week.booked[1].instead.to == "2026-W49"
    assert week.absent[0].minutes is None
    assert example["organisation.yml"].warn_when.budget_used == (8000, 10000)


def test_measures_have_the_names_that_the_writer_gives_them():
    goal = Campaign.model_validate({"name": "A", "kind": "event", "goal": {"meetings": 20, "downloads": 200}}).goal
    assert goal.counts == {"meetings": 20, "downloads": 200}
    with pytest.raises(ValidationError, match="pattern"):
        Campaign.model_validate({"name": "A", "kind": "event", "goal": {"Møder i alt": 20}})


def test_a_step_may_follow_one_step_or_several():
    flow = {
        "a": {"name": "A"},
        "b": {"name": "B", "after": "a", "when": "yes"},
        "c": {"name": "C", "after": ["a", "b"]},
    }
    campaign = Campaign.model_validate(
        {"name": "A", "kind": "event", "flow": flow, "members": ["x", {"customer": "y"}]}
    )
    assert [step.after for step in campaign.flow.values()] == [(), ("a",), ("a", "b")]
    assert campaign.flow["b"].when == ("yes",)
    assert [member.customer for member in campaign.members] == ["x", "y"]


def test_four_kinds_of_nothing_stay_apart():
    """Zero, asked and not answered, `dont-know`, and a question that was not asked (G5)."""
    survey = Survey.model_validate(
        {
            "name": "S",
            "on": "2026-01-01",
            "questions": {"a": {"text": "?"}},
            "answers": [{"customer": "x", "a": 0, "b/c": None, "d": "dont-know"}],
        }
    )
    assert survey.answers[0].answers == {"a": 0, "b/c": None, "d": "dont-know"}
    with pytest.raises(ValidationError, match="not-an-answer"):
        Survey.model_validate(
            {"name": "S", "on": "2026-01-01", "questions": {}, "answers": [{"customer": "x", "a": 2.5}]}
        )
    wheel = Wheel.model_validate(
        {"respondents": {"direktør": {"1-market": {"now": 4, "wanted": 7}, "2-strategy": None}}}
    )
    assert wheel.respondents["direktør"]["2-strategy"] is None
    assert "3-segments" not in wheel.respondents["direktør"]


def test_null_stands_only_where_it_means_not_answered():
    with pytest.raises(ValidationError):
        Project.model_validate({"name": "A", "type": "operations", "start": "2026-01-01", "owner": None})


def test_an_offer_has_one_price():
    offer = {"on": "2026-01-01", "supplier": "a"}
    for prices in ({}, {"fixed_price": 1, "hourly_rate": 1}):
        with pytest.raises(ValidationError, match="one-of"):
            Project.model_validate(
                {"name": "A", "type": "operations", "start": "2026-01-01", "quotes": [{**offer, **prices}]}
            )


def test_the_json_schema_accepts_what_the_models_accept():
    """An editor that knows the schema must not refuse `1.5`, `1h30m`, a date from-map or a member written as its id."""
    for name, data in written().items():
        schema = kind_of(name).model.model_json_schema()
        errors = [
            f"{name}: {error.json_path}: {error.message}" for error in Draft202012Validator(schema).iter_errors(data)
        ]
        assert errors == []


def test_the_json_schema_refuses_what_is_commonly_mistyped():
    schema = Draft202012Validator(WeekFile.model_json_schema())
    row = {"date": "2026-03-16", "project": "seo", "hours": 1.5}
    assert schema.is_valid({"logged": [row]})
    for wrong in ({"hours": "1,5"}, {"hours": -2}, {"date": "16/3-2026"}, {"projct": "seo"}, {"project": 7}):
        assert not schema.is_valid({"logged": [{**row, **wrong}]}), wrong
    assert "The day the work was done" in str(WeekFile.model_json_schema())


def test_references_know_their_kind():
    fields = {field.key: field.shape for field in fields_of(Project)}
    assert (
        fields["plan_activity"] == Leaf(fields["plan_activity"].ref) and fields["plan_activity"].ref.kind == "activity"
    )
    assert fields["owner"].item.ref.kind == "person"
    cost = {field.key: field.shape for field in fields_of(fields["external_costs"].item.model)}
    assert (cost["task"].ref.kind, cost["task"].ref.within) == ("task", ".")
    assert {field.key for field in fields_of(StrategyRecord)} >= {"channels", "kpis", "visible_to", "note", "tags"}
