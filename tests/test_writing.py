"""Writing records: what is written is read back as the same, in one layout, with its comments."""

from __future__ import annotations

import random
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from sitegen import yamlfile
from sitegen.commands.fmt import formatted
from sitegen.models import KINDS, Kind
from sitegen.models.fields import Context
from sitegen.models.shape import Leaf, Many, Map, Nested, Shape, Spans, extra_of, fields_of
from sitegen.records.folder import find
from sitegen.records.reader import read_file
from sitegen.records.writing import ordered, record_text, root_shape, same
from sitegen.yamlfile.nodes import node_of, nodes

ROOT = Path(__file__).resolve().parent.parent
PROJECT = next(kind for kind in KINDS if kind.name == "project")
WEEK = next(kind for kind in KINDS if kind.name == "week")
YAML_KINDS = tuple(kind for kind in KINDS if kind.name != "template")

# --- generated records: of every shape a model has, with the values that YAML makes difficult

LETTERS = st.characters(
    codec="utf-8", categories=("L", "N", "P", "S", "Zs"), include_characters="\n #:,{}[]'\"\\&*!|>%@`-?~\t"
)
PITFALLS = (
    "no", "null", "~", "true", "0123", "12:30", "1_000", "1.234", "1e3", "2026-03-16", "2026", "a: b", "a #b", "-",
    "- x", "# x", "Aftale: ny, pris", "to\nlinjer", "\nfoer", "efter\n", "flere\n\n\nlinjer\n", " rum", "rum ",
    "x" * 200, "ord " * 60 + "slut", "linje " * 30 + "x\nog en til", "dobbelt  rum " * 12 + "x", "\\n", '"', "'",
    "---", "...", "<<", "=",
)  # fmt: skip
TEXTS = st.sampled_from(PITFALLS) | st.text(LETTERS, min_size=1, max_size=30)
NUMBERS = st.integers(-(10**14), 10**14) | st.decimals(-9999, 9999, places=3).map(float)
SINGLE = TEXTS | NUMBERS | st.booleans() | st.none()
KEYS = st.sampled_from(("a", "seo-2", "2026-01", "direktør", "Null", "true", "a b", "x: y", "#", "1")) | st.text(
    st.characters(codec="utf-8", categories=("L", "N", "P")), min_size=1, max_size=10
).filter(lambda key: key != "-")
DAYS = st.dates().map(lambda day: day.isoformat())


def values(shape: Shape, depth: int) -> st.SearchStrategy[Any]:
    """Plain data of a shape; below a few levels single values."""
    if isinstance(shape, Leaf) or depth == 0:
        return SINGLE
    if isinstance(shape, Many):
        return st.lists(values(shape.item, depth - 1), max_size=3)
    if isinstance(shape, Map):
        return st.dictionaries(KEYS, values(shape.item, depth - 1), max_size=3)
    if isinstance(shape, Spans):
        inner = values(shape.item, depth - 1)
        return st.dictionaries(DAYS, inner, min_size=1, max_size=3) | inner
    assert isinstance(shape, Nested)
    known = {field.key: values(field.shape, depth - 1) for field in fields_of(shape.model)}
    extra = extra_of(shape.model)
    if extra:
        known["own-measure"] = values(extra.shape, depth - 1)
    return st.lists(st.sampled_from(sorted(known)), unique=True, max_size=6).flatmap(
        lambda keys: st.fixed_dictionaries({key: known[key] for key in keys})
    )


@st.composite
def records(draw: st.DrawFn) -> tuple[Kind, Any]:
    kind = draw(st.sampled_from(YAML_KINDS))
    return kind, draw(values(root_shape(kind.model), 4))


@settings(max_examples=100, deadline=None)
@given(records())
def test_writing_plain_data_and_reading_it_gives_it_back(record: tuple[Kind, Any]):
    kind, data = record
    text = record_text(node_of(data), kind.model)
    document = yamlfile.parse(text, "record.yml")
    assume(not {problem.code for problem in document.problems} & {"hidden-character", "text-too-long"})
    assert document.problems == [], text
    assert same(document.data, ordered(data, root_shape(kind.model))), text


@settings(max_examples=100, deadline=None)
@given(records(), st.booleans() | st.none(), st.integers())
def test_laying_out_any_text_changes_no_value_and_no_comment_and_twice_is_once(
    record: tuple[Kind, Any], flow: bool | None, seed: int
):
    """The text is another writer's, in its layout, with comments and blank lines put in wherever they are comments."""
    kind, data = record
    made = yaml.dump(data, Dumper=yaml.CSafeDumper, allow_unicode=True, default_flow_style=flow, sort_keys=False)
    chance = random.Random(seed)
    lines: list[str] = []
    for number, line in enumerate(made.split("\n")[:-1]):
        if chance.random() < 0.3:
            lines += chance.choice(([f"{' ' * chance.randrange(6)}# {number}"], [""], ["", f"# {number}", ""]))
        lines.append(line + (f" # beside {number}" if chance.random() < 0.2 else ""))
    for text in ("\n".join([*lines, "# end", ""]), made):
        before = yamlfile.parse(text, "record.yml")
        if before.problems or before.data is None:
            continue
        once = formatted(text, kind)
        after = yamlfile.parse(once, "record.yml")
        assert same(after.data, ordered(before.data, root_shape(kind.model)))
        assert formatted(once, kind) == once


# --- the company's own records


@pytest.mark.parametrize("folder", ["records", "tests/cases/ok/example"])
def test_laying_out_a_real_record_changes_no_value_and_twice_is_once(folder: str):
    """`formatted` itself refuses another value; here its result is read with the reader and model of `validate`."""
    root = ROOT / folder
    files, _ = find(root)
    context = Context.from_written(read_file(root, "organisation.yml")[0].data)
    assert files
    # Weeks are many and alike: every tenth of them.
    for file in [file for at, file in enumerate(files) if file.kind.name != "week" or at % 10 == 0]:
        document, text = read_file(root, file.path)
        once = formatted(text, file.kind)
        assert formatted(once, file.kind) == once, file.path
        if file.kind.name == "template":
            assert once.endswith(document.data["text"] + "\n" * (len(text) - len(text.rstrip("\n")))), file.path
            continue
        after = yamlfile.parse(once, file.path)
        assert same(after.data, ordered(document.data, root_shape(file.kind.model))), file.path
        read = file.kind.model.model_validate
        assert read(after.data, context=context) == read(document.data, context=context), file.path


# --- layout


def laid_out(text: str, kind: Kind = PROJECT) -> str:
    return formatted(text, kind)


def test_keys_come_in_the_order_of_the_model_and_days_in_theirs():
    text = "note: x\ntags: []\nowner: mette\ntype: {2026-03-01: operations, 2026-01-01: investment}\nname: SEO\n"
    assert laid_out(text) == (
        "name: SEO\ntype: {2026-01-01: investment, 2026-03-01: operations}\nowner: mette\ntags: []\nnote: x\n"
    )


def test_a_comment_moves_with_what_it_is_about():
    text = (
        "# About the file\n\n# about the end\nend: 2026-03-01 # agreed\nname: X    # the name\ntasks:\n"
        "  # about a\n  a: {name: A}\n  # no more\n# about the start\nstart: 2026-01-01\n# the last\n"
    )
    assert laid_out(text) == (
        "# About the file\n\nname: X # the name\n# about the start\nstart: 2026-01-01\n# about the end\n"
        'end: 2026-03-01 # agreed\ntasks:\n  # about a\n  a: {name: "A"}\n  # no more\n# the last\n'
    )


def test_an_entry_stands_on_a_line_of_its_own_and_its_free_text_in_quotes():
    text = "logged:\n  - date: 2026-03-16\n    project: seo\n    note: Nye søgeord\n    hours: 2.50\n"
    assert laid_out(text, WEEK) == ('logged:\n  - {date: 2026-03-16, project: seo, hours: 2.50, note: "Nye søgeord"}\n')


def test_an_entry_with_a_comment_inside_or_too_long_for_a_line_has_a_line_for_each_key():
    text = (
        f"logged:\n  - {{date: 2026-03-16, # Monday\n     hours: 2}}\n  - {{date: 2026-03-17, project: {'x' * 100}}}\n"
    )
    assert laid_out(text, WEEK) == (
        f"logged:\n  - date: 2026-03-16 # Monday\n    hours: 2\n  - date: 2026-03-17\n    project: {'x' * 100}\n"
    )


def test_long_text_is_folded_and_text_of_many_lines_stands_as_it_is():
    """24 × "ord og " is 168 characters: more than one line of 120 takes."""
    long = "ord og " * 24 + "slut"
    text = laid_out(f'note: "{long}"\n')
    assert text.startswith("note: >-\n  ord og ord")
    assert max(map(len, text.split("\n"))) <= 120
    assert laid_out('note: "* et\\n  * to\\n"\n') == "note: |\n  * et\n    * to\n"


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("name:\n  # about the name\n  X\nstart: 2026-01-01\n", "# about the name\nname: X\nstart: 2026-01-01\n"),
        ("name: # beside\n  X\n", "name: X # beside\n"),
        ("note: | # beside\n  x\n\n# above\nname: X\n", "# above\nname: X\n# beside\nnote: |\n  x\n"),
        ("tags: [{tag: a, # a\n  on: 2026-01-01},\n  # b\n  {tag: b}\n  # end\n  ] # all\n",
         'tags: # all\n  - tag: a # a\n    on: 2026-01-01\n  # b\n  - {tag: "b"}\n  # end\n'),
        ("budget:\n- hours: 2\n  # day\n  on: 2026-01-01\n", "budget:\n  # day\n  - {on: 2026-01-01, hours: 2}\n"),
        ("? name\n: X\n? owner # who\n: mette\n", "name: X\nowner: mette # who\n"),
        ("--- # doc\nname: X\n# end\n...\n", "# doc\nname: X\n# end\n"),
        ("note: 'a\n\n  # no comment'\n", "note: |-\n  a\n  # no comment\n"),
    ],
)  # fmt: skip
def test_a_comment_in_an_odd_place_stays_with_its_value(text: str, wanted: str):
    assert laid_out(text) == wanted
    assert laid_out(wanted) == wanted


def test_blank_lines_between_keys_stay_one_at_most():
    assert laid_out("name: X\n\n\n\nstart: 2026-01-01\n") == "name: X\n\nstart: 2026-01-01\n"


def test_the_tree_has_the_same_data_as_the_reader():
    text = "a: {b: [1, 2.50, no], c: null}\nd: |\n  x\n  y\ne: 'it''s'\n"
    assert same(nodes(text).data(), yamlfile.parse(text, "x.yml").data)
