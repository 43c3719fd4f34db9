"""Week files → rows, without a model of each entry."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from sitegen import records
from sitegen.checks.references import UNKNOWN
from sitegen.models import KINDS
from sitegen.models.fields import Context
from sitegen.models.shape import Leaf, Many, Map, Nested, Spans, fields_of, models_in
from sitegen.models.time import Absent, Booked, Logged, WeekFile
from sitegen.records import weeks
from sitegen.records.rows import ABSENT, BOOKED, LOGGED, Rows, week_rows
from sitegen.yamlfile import Document

MONDAY = dt.date(2026, 3, 16)
KEYS = {
    "logged": ("date", "project", "task", "hours", "note", "asked_by", "displaced", "customer", "imported", "minutes"),
    "booked": ("project", "task", "hours", "added", "instead"),
    "absent": ("date", "reason", "hours"),
}
GOOD = {
    "date": "2026-03-17", "project": "seo", "hours": 1.5, "reason": "holiday", "task": "keywords",
    "added": "2026-03-17", "instead": {"decision": "moved", "to": "2026-W13", "why": "Syg"},
}  # fmt: skip
VALUES = st.sampled_from(
    [
        *GOOD.values(), 1, 0, 1.0, True, False, None, "1h20m", "1,5", -1, "2026-02-30", "SEO!", "", [], ["seo"], {}, 99,
        {"decision": "dropped"}, {"decision": "moved", "to": 1}, {"why": "Syg"}, {"decision": "dropped", "why": []},
    ]
)  # fmt: skip
"""What may stand there, right and wrong; 1 is true and 0 is false to a dict."""


def entries(section: str) -> st.SearchStrategy[Any]:
    needed = {
        "logged": ("date", "project", "hours"), "booked": ("project", "hours"), "absent": ("date", "reason"),
    }[section]  # fmt: skip
    right = st.fixed_dictionaries({key: st.just(GOOD[key]) for key in needed})
    other = st.dictionaries(st.sampled_from(KEYS[section]), VALUES, max_size=3)
    return st.lists(st.builds(lambda one, two: one | two, right, other) | right | other | VALUES, max_size=4) | VALUES


week_files = st.fixed_dictionaries(
    {}, optional={"planned": VALUES, "other": VALUES, **{section: entries(section) for section in KEYS}}
)


def plain_week(data: Any) -> tuple[Rows, Rows, Rows] | None:
    """The rows that a plain week puts below none; nothing where it is not plain."""
    into = {"logged": Rows(LOGGED), "booked": Rows(BOOKED), "absent": Rows(ABSENT)}
    days = weeks.plain_week(document_of(data), "mette", MONDAY, into)
    if days is None:
        assert not any(map(len, into.values()))
        return None
    assert days == {*into["logged"]["day"], *into["absent"]["day"]}
    return into["logged"], into["booked"], into["absent"]


def document_of(data: Any) -> Document:
    """A document with data that no text was made of; every item of a list stands on the line of its number."""
    places = [(0, [(0, 0), *range(len(value))]) if isinstance(value, list) else 0 for value in data.values()]
    return Document.of_blocks("time/weeks/mette/2026-W12.yml", 0, data, [(0, 0), *places], "")


@settings(max_examples=400)
@given(week_files)
def test_a_plain_week_has_the_rows_of_its_model(data):
    """What is read column by column is what the model says; what the model refuses is left to it."""
    plain = plain_week(data)
    if plain is None:
        return
    model = WeekFile.model_validate(data, context=Context())
    modelled = week_rows(model, document_of(data), "mette", MONDAY)
    for one, other in zip(plain, modelled, strict=True):
        assert {name: column for name, column in one.columns.items() if one.columns["line"]} == {
            name: column for name, column in other.columns.items() if other.columns["line"]
        }
        assert [list(map(type, column)) for column in one.columns.values()] == [
            list(map(type, other.columns[name])) for name in one.columns
        ]


def test_the_common_week_is_plain():
    logged = [{"date": "2026-03-17", "project": "seo", "task": "keywords", "hours": 1.5, "note": "Nye ord"}]
    booked = [{"project": "seo", "hours": 8}, {"project": "messe", "hours": 2, "instead": GOOD["instead"]}]
    absent = [{"date": "2026-03-18", "reason": "holiday"}]
    week = {"planned": "2026-03-13", "booked": booked, "absent": absent, "logged": logged}
    found = plain_week(week)
    assert found is not None
    assert found[0]["minutes"] == [90]
    assert found[1]["planned"] == [dt.date(2026, 3, 13)] * 2
    assert [found[1][name] for name in ("decision", "to_week", "why")] == [
        [None, "moved"], [None, "2026-W13"], [None, "Syg"]
    ]  # fmt: skip
    assert found[2]["day"] == [dt.date(2026, 3, 18)]


def test_yes_is_not_taken_for_the_1_that_was_seen_before():
    for hours, plain in ((1, True), (True, False)):
        week = {"logged": [{"date": "2026-03-17", "project": "seo", "hours": hours}]}
        assert (plain_week(week) is not None) is plain


def test_no_rule_of_an_entry_looks_at_two_of_its_fields():
    """Column by column no such rule would be asked: a week with one would have to be read by its model."""
    for model in (WeekFile, Logged, Booked, Absent):
        assert not model.__pydantic_decorators__.model_validators
        assert not model.__pydantic_decorators__.field_validators


def test_every_kind_of_id_that_a_model_refers_to_has_its_code():
    def kinds(shape: Any) -> set[str]:
        if isinstance(shape, Leaf):
            return {shape.ref.kind} if shape.ref else set()
        if isinstance(shape, Nested):
            return set()
        own = {shape.ref.kind} if isinstance(shape, Map) and shape.ref else set()
        assert isinstance(shape, (Many, Map, Spans))
        return own | kinds(shape.item)

    models = {model for kind in KINDS for model in models_in(kind.model)}
    assert {kind for model in models for field in fields_of(model) for kind in kinds(field.shape)} <= set(UNKNOWN)


def test_references_of_plain_and_modelled_weeks_are_told_alike(tmp_path: Path):
    """Two weeks that name the same unknown ids, one with a mistake that makes it not plain: the same is found."""
    (tmp_path / "organisation.yml").write_text(
        "name: Prøve\ncountry: DK\ncurrency: DKK\nlanguages: [da]\ndepartments: {marketing: Marketing}\n", "utf-8"
    )
    folder = tmp_path / "time" / "weeks" / "mette"
    folder.mkdir(parents=True)
    entry = "  - {date: 2026-03-%s, project: sea, task: ads, hours: 2, asked_by: sale, customer: acme%s}\n"
    for week, days, wrong in ((12, (17, 16), ""), (13, (24, 23), "absent:\n  - {date: 2026-03-25, reason: 5}\n")):
        logged = entry % (days[0], ", displaced: [fair, sea, show]") + (entry % (days[1], "")).replace("sea", "show")
        text = f"booked:\n  - {{project: sea, hours: 3}}\nlogged:\n{logged}{wrong}"
        (folder / f"2026-W{week}.yml").write_text(text, "utf-8")
    read = records.read(tmp_path)
    assert read.index.modelled == {"time/weeks/mette/2026-W13.yml"}
    found = {}
    for kind in ("project", "task", "department", "customer"):
        for one in read.referred(kind, lambda id: True):
            week = one.first_day and one.first_day.isocalendar().week
            key = (one.kind, one.id, one.file.removesuffix(".yml")[-3:])
            found[key] = (one.path, week, one.last_day and one.last_day.isoweekday(), one.times)
    plain = {key[:2]: value for key, value in found.items() if key[2] == "W12"}
    modelled = {key[:2]: value for key, value in found.items() if key[2] == "W13"}
    assert len(plain) == 7
    assert plain["project", "show"][0] == ("logged", 0, "displaced", 2) and plain["project", "sea"][3] == 3
    assert {key: (path, last, times) for key, (path, _, last, times) in plain.items()} == {
        key: (path, last, times) for key, (path, _, last, times) in modelled.items()
    }
    assert {value[1] for value in plain.values()} == {12}
