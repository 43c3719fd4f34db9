"""Each audience gets the records without what it may not see, and what is left tells nothing of what was taken."""

from __future__ import annotations

import copy
import datetime as dt
from collections.abc import Iterator
from dataclasses import fields as columns_of
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from pydantic import BaseModel

from sitegen.audience import AUDIENCES, allows, restrict
from sitegen.models import KINDS
from sitegen.models.crm import Survey
from sitegen.models.customers import Customer
from sitegen.models.fields import Dated
from sitegen.models.organisation import Organisation
from sitegen.models.shape import extra_of, fields_of
from sitegen.models.time import Person, Project
from sitegen.models.wheel import Wheel
from sitegen.records import Records, Rows, read

COMPANY = Path(__file__).parents[1] / "records"
EXAMPLE = Path(__file__).parent / "cases/ok/example"
MODEL = {kind.name: kind.model for kind in KINDS}


@pytest.fixture(scope="module")
def company() -> Records:
    """The whole fictitious company."""
    return read(COMPANY).records


@pytest.fixture(scope="module")
def example() -> Records:
    """The records of the format's own page."""
    return read(EXAMPLE).records


def card(kind: str, data: dict[str, Any]) -> Any:
    return MODEL[kind].model_validate(data)


def organisation() -> Organisation:
    departments = {"marketing": {"name": "Marketing"}, "sales": {"name": "Salg"}}
    return card(
        "organisation",
        {
            "name": "A",
            "country": "DK",
            "currency": "DKK",
            "departments": departments,
            "reporting_department": "marketing",
        },
    )


def rows(like: Rows, *given: dict[str, Any], files: list[str] | None = None) -> Rows:
    """Rows with the columns that matter; everything else is None."""
    filled = [{"file": 0, "line": 1, **row} for row in given]
    return Rows(like.names, {name: [row.get(name) for row in filled] for name in like.names}, files or ["a.yml"])


def held(value: Any) -> Iterator[tuple[type[BaseModel], str, Any]]:
    """(model, attribute, value) of every field of a value and of everything inside it."""
    if isinstance(value, BaseModel):
        for name in type(value).model_fields:
            inside = getattr(value, name, None)
            yield type(value), name, inside
            yield from held(inside)
        if value.model_extra:
            yield type(value), "*", value.model_extra
    elif isinstance(value, Dated):
        yield from held(value.values)
    elif isinstance(value, dict):
        yield from held(tuple(value.values()))
    elif isinstance(value, tuple):
        for item in value:
            yield from held(item)


def records_of(records: Records) -> Iterator[Any]:
    for column in columns_of(records):
        value = getattr(records, column.name)
        yield value if not isinstance(value, dict) else tuple(value.values())


def level(model: type[BaseModel], attribute: str) -> str:
    if attribute == "*":
        return extra_of(model).audience
    return next(field.audience for field in fields_of(model) if field.attribute == attribute)


def test_audiences_are_in_order():
    assert AUDIENCES == ("everyone", "marketing", "management")
    assert [allows("marketing", needed) for needed in AUDIENCES] == [True, True, False]


class TestFields:
    @pytest.mark.parametrize("viewer", AUDIENCES)
    @pytest.mark.parametrize("which", ["company", "example"])
    def test_nothing_above_the_audience_is_left(self, which, viewer, request):
        """The one exception: nameless answers of a survey, which stand where the named ones stood."""
        restricted = restrict(request.getfixturevalue(which), viewer)
        for value in records_of(restricted):
            for model, attribute, inside in held(value):
                needed = level(model, attribute)
                nameless = model.__name__ in ("Survey", "Answer") and attribute in ("answers", "customer", "*")
                if not allows(viewer, needed) and not nameless:
                    assert inside in (None, (), {}), f"{viewer} sees {model.__name__}.{attribute}: {inside!r}"

    def test_management_sees_everything(self, company):
        assert restrict(company, "management") is company

    def test_what_may_be_seen_is_left_as_it_was(self, company):
        for viewer in ("everyone", "marketing"):
            seen = restrict(company, viewer)
            project = seen.projects["seo"]
            assert project.budget[0].minutes == company.projects["seo"].budget[0].minutes
            assert project.name == company.projects["seo"].name
        assert restrict(company, "marketing").projects["seo"].external_costs == company.projects["seo"].external_costs

    def test_the_records_given_are_not_changed(self, example):
        before = copy.deepcopy(example)
        for viewer in AUDIENCES:
            restrict(example, viewer)
        for column in columns_of(example):
            was, now = getattr(before, column.name), getattr(example, column.name)
            assert list(was) == list(now) if isinstance(was, Rows) else was == now

    def test_a_record_of_which_nothing_is_left_is_gone(self, company):
        everyone = restrict(company, "everyone")
        assert company.templates and company.journeys and company.sales
        assert everyone.templates == everyone.journeys == everyone.sales == {}

    def test_a_change_above_the_audience_changes_nothing(self, company):
        """Raises, skills and contribution are management's: with others, both lower audiences get the same."""
        changed = replace(
            company,
            people={
                id: person.model_copy(update={"internal_rate": Dated(((None, 99900),)), "skills": {"secret": 5}})
                for id, person in company.people.items()
            },
            customers={
                id: customer.model_copy(
                    update={
                        "figures": {
                            period: figures.model_copy(update={"direct_cost": 7, "time_cost": None})
                            for period, figures in customer.figures.items()
                        }
                    }
                )
                for id, customer in company.customers.items()
            },
            absent=company.absent.with_columns({"reason": ["leave"] * len(company.absent)}),
        )
        for viewer in ("everyone", "marketing"):
            one, other = restrict(company, viewer), restrict(changed, viewer)
            for column in columns_of(one):
                was, now = getattr(one, column.name), getattr(other, column.name)
                assert list(was) == list(now) if isinstance(was, Rows) else was == now, column.name


class TestWithheldAsAWhole:
    def records(self) -> Records:
        secret = {"name": "H", "type": "operations", "start": "2026-01-01", "visible_to": "management"}
        seen = {
            "name": "S",
            "type": "operations",
            "start": "2026-01-01",
            "succeeds": "hidden",
            "plan_activity": "quiet",
        }
        plan = {
            "name": "P",
            "activities": {"quiet": {"name": "Q", "visible_to": "marketing"}, "loud": {"name": "L", "like": ["quiet"]}},
        }
        call_list = {"name": "C", "kind": "call-list", "members": ["known", {"customer": "hush"}], "project": "hidden"}
        records = Records(
            organisation=organisation(),
            people={"ana": card("person", {"name": "Ana", "department": "marketing"})},
            projects={"hidden": card("project", secret), "seen": card("project", seen)},
            customers={
                "known": card("customer", {"name": "K"}),
                "hush": card("customer", {"name": "H", "visible_to": "management"}),
            },
            campaigns={"calls": card("campaign", call_list)},
            marketing_plans={"2026": card("marketing_plan", plan)},
            sources={("project", "hidden"): "a.yml", ("project", "seen"): "b.yml", ("week", "2026-W01"): "c.yml"},
        )
        day = dt.date(2026, 1, 5)
        logged = [
            {"person": "ana", "day": day, "project": "hidden", "minutes": 60},
            {
                "person": "ana",
                "day": day,
                "project": "seen",
                "minutes": 30,
                "customer": "hush",
                "displaced": ("hidden", "seen"),
            },
        ]
        return replace(records, logged=rows(records.logged, *logged))

    def test_what_names_it_forgets_it(self):
        seen = restrict(self.records(), "marketing")
        assert set(seen.projects) == {"seen"} and set(seen.customers) == {"known"}
        assert seen.projects["seen"].succeeds is None
        assert seen.projects["seen"].plan_activity == "quiet"
        assert [member.customer for member in seen.campaigns["calls"].members] == ["known"]
        assert seen.campaigns["calls"].project is None
        assert seen.sources == {("project", "seen"): "b.yml"}

    def test_its_hours_are_gone_and_other_rows_forget_it(self):
        logged = restrict(self.records(), "marketing").logged
        assert logged["minutes"] == [30]
        assert (logged["customer"], logged["displaced"]) == ([None], [("seen",)])

    def test_an_activity_may_be_withheld_alone(self):
        everyone = restrict(self.records(), "everyone")
        assert set(everyone.marketing_plans["2026"].activities) == {"loud"}
        assert everyone.marketing_plans["2026"].activities["loud"].like == ()
        assert everyone.projects["seen"].plan_activity is None


class TestPeople:
    def records(self, *logged: dict[str, Any], files: list[str] | None = None) -> Records:
        people = {
            "ana": {
                "name": "Ana",
                "department": {"2026-01-01": "sales", "2026-02-01": "marketing"},
                "weekly_hours": 37,
            },
            "bo": {"name": "Bo", "department": "sales", "weekly_hours": 30, "internal_rate": 400},
            "cai": {"name": "Cai", "department": "sales"},
        }
        records = Records(
            organisation=organisation(), people={id: card("person", person) for id, person in people.items()}
        )
        return replace(records, logged=rows(records.logged, *logged, files=files))

    def test_people_of_other_departments_become_their_department(self):
        """Ana came from sales on 1 February: her hours before are those of sales."""
        logged = [
            {"person": "ana", "day": dt.date(2026, 1, 30), "minutes": 10, "note": "n"},
            {"person": "ana", "day": dt.date(2026, 2, 2), "minutes": 20, "note": "m"},
            {"person": "bo", "day": dt.date(2026, 2, 2), "minutes": 40, "note": "secret", "imported": "x-1"},
        ]
        seen = restrict(self.records(*logged), "marketing")
        assert seen.logged["person"] == ["ana", "dept:sales", "dept:sales"]
        assert seen.logged["minutes"] == [20, 10, 40]
        assert seen.logged["note"] == ["m", None, None] and seen.logged["imported"][2] is None
        assert seen.people["dept:sales"].name == "Salg"
        assert seen.people["dept:sales"].department.at(dt.date(2026, 1, 1)) == "sales"
        assert seen.people["bo"].name == "Bo" and seen.people["bo"].weekly_minutes is None
        assert seen.people["ana"].weekly_minutes.at(dt.date(2026, 1, 1)) == 37 * 60

    def test_minutes_are_neither_lost_nor_made(self, company):
        for name in ("logged", "booked"):
            seen = {id for id, project in restrict(company, "marketing").projects.items()}
            whole = sum(
                minutes
                for minutes, project in zip(
                    getattr(company, name)["minutes"], getattr(company, name)["project"], strict=True
                )
                if project in seen
            )
            assert sum(getattr(restrict(company, "marketing"), name)["minutes"]) == whole

    def test_whose_hours_they_were_cannot_be_seen_from_file_line_or_order(self):
        """Bo's and Cai's rows of the same day, exchanged: nothing changes."""
        day = dt.date(2026, 2, 2)
        one = [
            {"person": "bo", "day": day, "minutes": 10, "line": 7},
            {"person": "cai", "day": day, "minutes": 20, "file": 1},
        ]
        two = [{"person": "bo", "day": day, "minutes": 20}, {"person": "cai", "day": day, "minutes": 10, "file": 1}]
        files = ["time/weeks/bo/2026-W06.yml", "time/weeks/cai/2026-W06.yml"]
        seen = [restrict(self.records(*given, files=files), "marketing").logged for given in (one, two)]
        assert list(seen[0]) == list(seen[1])
        assert seen[0].files == [""] and seen[0]["line"] == [0, 0]

    def test_no_week_file_of_another_department_is_named(self, company):
        seen = restrict(company, "marketing")
        named = {id for id in seen.logged["person"] + seen.booked["person"] + seen.absent["person"] if ":" not in id}
        for name in ("logged", "booked", "absent"):
            folders = {file.split("/")[2] for file in getattr(seen, name).files if file}
            assert folders <= named
        assert set(seen.absent["reason"]) == {None}
        assert not any(kind == "week" for kind, _ in seen.sources)

    def test_everyone_sees_nobodys_hours(self, company):
        everyone = restrict(company, "everyone")
        assert len(everyone.logged) == len(everyone.booked) == len(everyone.absent) == 0

    def test_everyone_sees_those_whom_the_plan_names_with_name_and_department(self, company):
        everyone = restrict(company, "everyone")
        owners = {id for project in everyone.projects.values() if project.owner for id in project.owner.values if id}
        owners |= {
            activity.owner for plan in everyone.marketing_plans.values() for activity in plan.activities.values()
        }
        owners -= {None}
        assert owners <= set(everyone.people) < set(company.people)
        for person in everyone.people.values():
            left = {name for name in Person.model_fields if getattr(person, name) not in (None, (), {})}
            assert left <= {"name", "department"}


class TestCards:
    def cards(self) -> dict[str, Customer]:
        written = {
            "b-firm": {
                "name": "B",
                "cvr": "1",
                "owner": "bo",
                "source": {"channel": "web", "campaign": "c"},
                "stages": [{"stage": "lead", "on": "2026-01-01"}],
                "contacts": {"karen": {"email": "k@example.com"}},
            },
            "a-firm": {
                "name": "A",
                "stages": [{"stage": "inactive", "on": "2026-03-01", "reason": "lost", "competitor": "acme"}],
                "meetings": [{"booked": "2026-01-02", "date": "2026-02-02", "state": "held", "by": "bo", "note": "n"}],
            },
            "c-firm": {"name": "C", "stages": [{"stage": "lead", "on": "2026-01-01"}], "merged_into": "a-firm"},
        }
        return {id: card("customer", data) for id, data in written.items()}

    def test_everyone_sees_stages_meetings_and_the_channel_only(self):
        seen = restrict(Records(organisation=organisation(), customers=self.cards()), "everyone").customers
        assert list(seen) == ["k0001", "k0002", "k0003"]
        text = repr(seen)
        for secret in ("'A'", "'B'", "firm", "acme", "lost", "bo'", "karen", "example.com", "'c'"):
            assert secret not in text
        assert "2026-02-02" in repr([meeting.date.isoformat() for one in seen.values() for meeting in one.meetings])
        assert {one.source.channel for one in seen.values() if one.source} == {"web"}

    def test_a_merged_card_still_knows_where_it_went(self):
        seen = restrict(Records(organisation=organisation(), customers=self.cards()), "everyone").customers
        (merged,) = [one for one in seen.values() if one.merged_into]
        assert seen[merged.merged_into].meetings[0].state == "held"

    def test_their_order_tells_nothing(self):
        """The same cards under other names, so in another order: the same result."""
        cards = self.cards()
        again = {
            "z": cards["c-firm"].model_copy(update={"merged_into": "m"}),
            "m": cards["a-firm"],
            "a": cards["b-firm"],
        }
        shapes = [
            restrict(Records(organisation=organisation(), customers=given), "everyone").customers
            for given in (cards, again)
        ]
        assert shapes[0] == shapes[1]

    def test_equal_cards_that_were_merged_into_equal_cards_get_the_same_numbers_in_any_order(self):
        plain = card("customer", {"name": "X"})
        to = {id: plain.model_copy(update={"merged_into": into}) for id, into in (("a", "y"), ("b", "x"))}
        one = {**to, "x": plain, "y": plain}
        two = {"b": to["b"], "y": plain, "x": plain, "a": to["a"]}
        seen = [
            restrict(Records(organisation=organisation(), customers=given), "everyone").customers
            for given in (one, two)
        ]
        assert seen[0] == seen[1]

    def test_counts_are_the_same_for_everyone_but_for_what_is_withheld_as_a_whole(self, company):
        withheld = sum(customer.visible_to is not None for customer in company.customers.values())
        assert withheld and len(restrict(company, "everyone").customers) == len(company.customers) - withheld


class TestGroups:
    def test_respondents_of_a_wheel_have_no_name_and_are_three_or_none(self):
        def wheel(*now: int) -> Wheel:
            return card("wheel", {"respondents": {f"person {n}": {"1-market": {"now": n, "wanted": 9}} for n in now}})

        records = Records(organisation=organisation(), wheels={"a": wheel(4, 2, 3), "b": wheel(1, 2)})
        for viewer in ("everyone", "marketing"):
            seen = restrict(records, viewer).wheels
            assert list(seen["a"].respondents) == ["r1", "r2", "r3"]
            assert [given["1-market"].now for given in seen["a"].respondents.values()] == [2, 3, 4]
            assert seen["b"].respondents == {}
        assert "person 4" in restrict(records, "management").wheels["a"].respondents

    def test_who_knows_the_plan_is_counted_by_department(self):
        """Three of marketing stand alone; one of sales and one without department are two, too few to be told."""
        people = {id: card("person", {"name": id, "department": "marketing"}) for id in ("a", "b", "c")}
        people |= {"d": card("person", {"name": "d", "department": "sales"}), "e": card("person", {"name": "e"})}
        known = {id: {"on": "2026-01-01", "version": 1, "knows": id != "a"} for id in people}
        plan = card("marketing_plan", {"name": "P", "known_by": known})
        records = Records(organisation=organisation(), people=people, marketing_plans={"2026": plan})
        seen = restrict(records, "everyone")
        told = seen.marketing_plans["2026"].known_by
        assert {id: (one.department, one.knows, one.on) for id, one in told.items()} == {
            "d1": ("marketing", False, None), "d2": ("marketing", True, None), "d3": ("marketing", True, None),
        }  # fmt: skip
        assert seen.people == {}
        assert set(restrict(records, "marketing").marketing_plans["2026"].known_by) == set(people)

    def test_small_departments_are_counted_together(self):
        people = {id: card("person", {"name": id, "department": "sales" if id < "c" else "marketing"}) for id in "abcd"}
        plan = card("marketing_plan", {"name": "P", "known_by": {id: {"knows": True} for id in people}})
        seen = restrict(Records(organisation=organisation(), people=people, marketing_plans={"2026": plan}), "everyone")
        assert [one.department for one in seen.marketing_plans["2026"].known_by.values()] == [None] * 4

    def test_answers_of_a_survey_are_nameless_and_five_or_none(self):
        """`overall` has 5 numbers; `recommend` 4 and one without an opinion; what was written is never published."""
        questions = {"overall": {"text": "?"}, "recommend": {"text": "?"}, "improve": {"text": "?", "open": True}}
        answers = [
            {
                "customer": f"firm-{n}",
                "contact": "karen",
                "overall": 5 - n,
                "recommend": n or "dont-know",
                "improve": "Ring!",
            }
            for n in range(5)
        ]
        survey = card("survey", {"name": "S", "on": "2026-01-01", "questions": questions, "answers": answers})
        records = Records(organisation=organisation(), surveys={"s": survey})
        seen: Survey = restrict(records, "everyone").surveys["s"]
        assert [(answer.customer, answer.contact, answer.answers) for answer in seen.answers] == [
            (f"f{n}", None, {"overall": n}) for n in range(1, 6)
        ]
        assert seen.invited == ()
        assert restrict(records, "marketing").surveys["s"] == survey

    def test_two_persons_of_a_firm_stay_together_in_any_order(self):
        def survey(*given: tuple[str, int]) -> Survey:
            answers = [{"customer": firm, "a": value} for firm, value in given]
            return card(
                "survey", {"name": "S", "on": "2026-01-01", "questions": {"a": {"text": "?"}}, "answers": answers}
            )

        one = survey(("x", 1), ("x", 4), ("y", 2), ("z", 2), ("z", 3))
        two = survey(("z", 3), ("y", 2), ("x", 4), ("z", 2), ("x", 1))
        seen = [
            [
                (answer.customer, answer.answers["a"])
                for answer in restrict(Records(organisation=organisation(), surveys={"s": given}), "everyone")
                .surveys["s"]
                .answers
            ]
            for given in (one, two)
        ]
        assert seen[0] == seen[1] == [("f1", 1), ("f1", 4), ("f2", 2), ("f2", 3), ("f3", 2)]

    def test_cases_and_web_figures_can_be_counted_by_everyone(self, company):
        everyone = restrict(company, "everyone")
        assert len(everyone.support) == len(company.support) and len(everyone.web) == len(company.web)
        assert sorted(everyone.support["opened"]) == sorted(company.support["opened"])
        for column in ("customer", "text", "minutes"):
            assert set(everyone.support[column]) == {None}
        assert not set(everyone.support["id"]) & set(company.support["id"])
        assert set(everyone.web["spend"]) == {None} and everyone.web["visitors"] == company.web["visitors"]
        assert everyone.support.files == everyone.web.files == [""]
        assert everyone.sources == {}

    def test_projects_keep_their_budget_in_hours_and_lose_the_money(self, company):
        project: Project = restrict(company, "everyone").projects["seo"]
        assert project.budget[0].minutes and project.budget[0].external_cost is None
        assert project.external_costs == project.quotes == project.ordered == ()
