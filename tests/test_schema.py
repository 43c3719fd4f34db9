"""The schemas of editors: they take what the validator takes, and refuse what is wrong in itself."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft7Validator
from pydantic import ValidationError

from sitegen import records, schema
from sitegen.commands import schema as command
from sitegen.models import KINDS
from sitegen.models.base import descriptions
from sitegen.models.fields import Context
from sitegen.records import File, Read, telling
from tests.models.conftest import kind_of, written

ROOT = Path(__file__).resolve().parent.parent
CASES = ROOT / "tests" / "cases"

COMPANY = ROOT / "records"

SHAPE = (
    "bad-country", "bad-currency", "bad-date", "bad-id", "bad-month", "bad-period", "bad-rate", "bad-week", "bad-year",
    "decimal-comma", "digits-wanted", "empty-text", "list-length", "list-wanted", "map-wanted", "missing-key",
    "negative-hours", "negative-money", "no-such-day", "not-a-criterion-value", "not-a-share", "not-an-answer",
    "not-hours", "not-money", "nothing-written", "one-of", "share-over-100", "text-too-long", "text-wanted", "too-high",
    "too-low", "too-many-hours", "twice-in-list", "unknown-key", "unknown-word", "whole-number-wanted", "yes-no-wanted",
)  # fmt: skip
"""Codes of what is wrong with a value or key by itself. Everything else needs the text, other files, or arithmetic."""


PLAIN = {name: Draft7Validator(one) for name, one in schema.schemas("en").items()}
"""Kind → its schema without the ids of any company."""
EXAMPLE = written()


@cache
def read(folder: Path) -> Read:
    return records.read(folder)


@cache
def checkers(folder: Path) -> dict[str, Draft7Validator]:
    """Kind → what an editor checks a file of it with, in a folder of records."""
    return {name: Draft7Validator(one) for name, one in schema.schemas("en", read(folder).index).items()}


def documents(folder: Path) -> Iterator[tuple[File, Any]]:
    """Every file of a folder that has a schema and can be read as YAML, with its data."""
    for file in read(folder).files:
        document, _ = records.read_file(folder, file.path)
        if file.kind in schema.KNOWN_TO_EDITORS and document.data is not None:
            yield file, document.data


def refusals(checker: Draft7Validator, data: Any) -> list[str]:
    return [f"{error.json_path}: {error.message[:200]}" for error in checker.iter_errors(data)]


def refused(folder: Path) -> dict[str, list[str]]:
    """File → what an editor underlines in it."""
    found = {file.path: refusals(checkers(folder)[file.kind.name], data) for file, data in documents(folder)}
    return {path: wrong for path, wrong in found.items() if wrong}


@pytest.mark.parametrize("lang", ["en", "da"])
def test_every_schema_is_a_schema_of_draft_7(lang):
    found = schema.schemas(lang, read(COMPANY).index)
    assert list(found) == [kind.name for kind in KINDS if kind.name != "template"]
    for one in found.values():
        Draft7Validator.check_schema(one)
        assert one["$schema"] == "http://json-schema.org/draft-07/schema#"
        text = json.dumps(one)
        for foreign in ("$defs", "prefixItems", "x-ref", "x-within", '"default": null'):
            assert foreign not in text


def test_no_file_of_the_company_is_underlined():
    """All of them by their shape; by the known ids all but weeks, and one week of twenty, which are all alike."""
    found = list(documents(COMPANY))
    assert len(found) > 1000
    weeks = 0
    for file, data in found:
        assert refusals(PLAIN[file.kind.name], data) == [], file.path
        weeks += file.kind.name == "week"
        if file.kind.name != "week" or weeks % 20 == 1:
            assert refusals(checkers(COMPANY)[file.kind.name], data) == [], file.path


def test_no_file_of_the_page_of_the_format_is_underlined():
    assert len(EXAMPLE) > 15
    assert {name: wrong for name, data in EXAMPLE.items() if (wrong := refusals(PLAIN[kind_of(name).name], data))} == {}


@pytest.mark.parametrize("code", SHAPE)
def test_a_mistake_of_shape_is_underlined(code):
    """The file at which `validate` tells the mistake, in `tests/cases/bad/<code>/`, is refused."""
    case = CASES / "bad" / code
    found = re.findall(rf"^records/(.+?):\d+:\d+: {code} ", (case / "expected.txt").read_text("utf-8"), re.MULTILINE)
    assert found
    assert set(found) <= set(refused(case / "records"))


def test_every_code_that_a_models_own_rules_give_is_one_of_shape():
    assert {*telling._CODES.values(), *telling._PATTERNS.values()} - set(SHAPE) == set()


VALUES = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-3, 12),
    st.sampled_from([0.5, 1.5, 35, 10**6, 10**7, 2026, -0.5]),
    st.sampled_from(
        [
            "", "x", "seo", "Seo", "a/b", "1.5", "1h30m", "90m", "1h75m", "35%", "350%", "100%", "100.5%", "2026-02-29",
            "2024-02-29", "2026-02-30", "2026-13-01", "0000-01-01", "2026-W53", "2025-W53", "2026-W00", "2026-03",
            "2026-Q1", "2026-H2", "2026", "DKK", "dkk", "mon", "12345678", "dont-know", "e-mail", "ja", "1-market",
        ]
    ),
    st.sampled_from([[], {}, ["x"], ["x", "y"], [1], [{}], {"2026-01-01": 1}, {"amount": 4, "currency": "DKK"}]),
)  # fmt: skip


def places(data: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """The path of every value."""
    if path:
        yield path
    items = data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ()
    for step, inside in items:
        yield from places(inside, (*path, step))


def changed(data: Any, path: tuple[Any, ...], value: Any) -> Any:
    """The data with another value at a path."""
    step, *rest = path
    inside = changed(data[step], tuple(rest), value) if rest else value
    if isinstance(data, dict):
        return {key: inside if key == step else old for key, old in data.items()}
    return [inside if at == step else old for at, old in enumerate(data)]


PLACES = [(name, path) for name, data in EXAMPLE.items() for path in places(data)]


@settings(max_examples=400, deadline=None, derandomize=True)
@given(st.sampled_from(PLACES), VALUES)
def test_whatever_value_the_model_takes_somewhere_the_schema_takes_too(place, value):
    """One value of one file is replaced by another; where the model takes it, an editor must too."""
    name, path = place
    data = changed(EXAMPLE[name], path, value)
    kind = kind_of(name)
    try:
        kind.model.model_validate(data, context=Context())
    except ValidationError:
        return
    assert refusals(PLAIN[kind.name], data) == []


WEEK = {"project": "seo", "hours": 2}


@pytest.mark.parametrize(
    ("entry", "right"),
    [
        (WEEK | {"project": "seo", "task": "keywords"}, True),
        (WEEK | {"project": "soe"}, False),
        (WEEK | {"project": "seo", "task": "content"}, False),  # a task of webinar-q1
        (WEEK | {"project": "webinar-q1", "task": "content"}, True),
        (WEEK | {"projct": "seo"}, False),
    ],
)
def test_only_ids_that_the_records_define_may_be_booked(entry, right):
    assert checkers(COMPANY)["week"].is_valid({"booked": [entry]}) is right


def test_keys_that_are_ids_are_known_too():
    """`known_by` of a marketing plan: person → answer."""
    checker = checkers(COMPANY)["marketing_plan"]
    assert checker.is_valid({"name": "Plan", "known_by": {"mette": {"knows": True}}})
    assert not checker.is_valid({"name": "Plan", "known_by": {"mete": {"knows": True}}})


def test_with_more_projects_than_can_be_told_apart_the_tasks_of_all_are_known(monkeypatch):
    """An editor goes through all conditions at every key that is pressed."""
    monkeypatch.setattr(schema, "MOST_OWNERS", 3)
    checker = Draft7Validator(schema.schemas("en", read(COMPANY).index)["week"])
    assert checker.is_valid({"booked": [WEEK | {"task": "content"}]})
    assert not checker.is_valid({"booked": [WEEK | {"task": "contents"}]})


def test_a_kind_that_nothing_defines_is_left_to_the_validator(tmp_path):
    """Without a single supplier an empty list of choices would refuse even what is about to be written."""
    (tmp_path / "organisation.yml").write_text("name: A\n", "utf-8")
    bought = {"date": "2026-01-01", "amount": 1, "supplier": "nordlink"}
    project = {"name": "A", "type": "operations", "start": "2026-01-01", "external_costs": [bought]}
    assert refusals(checkers(tmp_path)["project"], project) == []


def test_every_key_is_explained_in_the_language_of_the_organisation():
    """Person.weekly_minutes is written `weekly_hours`; its docstring is the msgid."""
    danish, english = (
        schema.schemas(lang)["person"]["properties"]["weekly_hours"]["description"] for lang in ("da", "en")
    )
    assert english == descriptions(next(kind.model for kind in KINDS if kind.name == "person"))["weekly_minutes"]
    assert danish.startswith("Timer om ugen")


def write(tmp_path: Path, settings_text: str | None = None) -> Path:
    (tmp_path / "records").mkdir()
    (tmp_path / "records/organisation.yml").write_text("name: A\n", "utf-8")
    if settings_text is not None:
        (tmp_path / ".vscode").mkdir()
        (tmp_path / ".vscode/settings.json").write_text(settings_text, "utf-8")
    return tmp_path / ".vscode/settings.json"


def test_the_command_writes_a_schema_for_each_kind_and_maps_its_files(tmp_path):
    found = write(tmp_path)
    assert command.run(tmp_path / "records", tmp_path) == 0
    files = json.loads(found.read_text("utf-8"))["yaml.schemas"]
    assert files["./.vscode/schemas/week.json"] == "records/time/weeks/*/*.yml"
    assert files["./.vscode/schemas/marketing_plan.json"] == "records/plans/marketing-*.yml"
    assert all((tmp_path / path).is_file() for path in files) and len(files) == len(schema.KNOWN_TO_EDITORS)


def test_settings_of_others_stay(tmp_path):
    found = write(tmp_path, '{\n    "editor.rulers": [120],\n    "yaml.schemas": {"./own.json": "own/*.yml"}\n}\n')
    assert command.run(tmp_path / "records", tmp_path) == 0
    after = json.loads(found.read_text("utf-8"))
    assert after["editor.rulers"] == [120] and after["yaml.schemas"]["./own.json"] == "own/*.yml"
    assert '\n    "editor.rulers"' in found.read_text("utf-8")
    text = found.read_text("utf-8")
    assert command.run(tmp_path / "records", tmp_path) == 0
    assert found.read_text("utf-8") == text


@pytest.mark.parametrize("text", ['{\n  // ours\n  "editor.rulers": [120],\n}\n', "[]", '{"yaml.schemas": 1}', "{"])
def test_settings_that_a_program_would_spoil_are_left_and_the_lines_are_told(tmp_path, capsys, text):
    found = write(tmp_path, text)
    assert command.run(tmp_path / "records", tmp_path, lang="en") == 1
    assert found.read_text("utf-8") == text
    assert '"./.vscode/schemas/week.json": "records/time/weeks/*/*.yml"' in capsys.readouterr().out


def test_settings_with_comments_that_have_the_lines_already_are_fine(tmp_path):
    lines = schema.as_text({"yaml.schemas": schema.mapping("records")}).strip().removesuffix("}").rstrip()
    text = f"// ours: {{\n{lines}, /* and\n more */\n}}\n"
    found = write(tmp_path, text)
    assert command.run(tmp_path / "records", tmp_path) == 0
    assert found.read_text("utf-8") == text


def test_records_outside_the_folder_of_the_editor_are_refused(tmp_path, capsys):
    write(tmp_path)
    (tmp_path / "elsewhere").mkdir()
    assert command.run(tmp_path / "records", tmp_path / "elsewhere") == 2
    assert "must lie in the folder" in capsys.readouterr().err
