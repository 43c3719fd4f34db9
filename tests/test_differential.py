"""Every document that we accept has the same value in an independent parser of YAML 1.2 (py-yaml12).

Two ways of reading differ where a record means one thing here and another in a colleague's tool. We may refuse more; of
what we accept, only these differ by intent, and are compared as such: a number with a leading zero is text here (an
industry code keeps its zero), and a key is always the text that is written.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
import yaml
import yaml12
from hypothesis import given, settings
from hypothesis import strategies as st

from sitegen import yamlfile
from sitegen.yamlfile import blocks, events
from sitegen.yamlfile.words import meaning

ROOT = Path(__file__).resolve().parent.parent
LEADING_ZERO = re.compile(r"[-+]?0\d[\d.eE+-]*")
UNUSUAL_CLOSING = "invalid indentation"
"""A closing bracket in the first column: the standard forbids it, people write it, and it can mean nothing else."""


def same(ours: Any, theirs: Any) -> bool:
    """Whether two values are one, type for type and in the same order."""
    if isinstance(ours, dict):
        return (
            isinstance(theirs, dict)
            and len(ours) == len(theirs)
            and all(
                same_key(key, other) and same(ours[key], theirs[other]) for key, other in zip(ours, theirs, strict=True)
            )
        )
    if isinstance(ours, list):
        return isinstance(theirs, list) and len(ours) == len(theirs) and all(map(same, ours, theirs))
    if isinstance(ours, str) and type(theirs) in (int, float):
        return bool(LEADING_ZERO.fullmatch(ours)) and float(ours) == theirs
    return type(ours) is type(theirs) and ours == theirs


def same_key(ours: str, theirs: Any) -> bool:
    """Whether their key is our text: `2026` is a number there."""
    return ours == theirs or same(meaning(ours)[0], theirs) or same(ours, theirs)


def differs(raw: bytes) -> str:
    """What the two make of a file that we accept, where it is not the same; "" where it is, or where we refuse it."""
    text, problems = yamlfile.decode(raw, "f.yml")
    if text is None:
        return ""
    ours = yamlfile.parse(text, "f.yml")
    if any(problem.severity == "error" for problem in (*problems, *ours.problems)):
        return ""
    try:
        theirs = yaml12.parse_yaml(raw.decode("utf-8-sig"))
    except ValueError as error:
        return "" if UNUSUAL_CLOSING in str(error) else f"refused there: {error}"
    return "" if same(ours.data, theirs) else f"{ours.data!r} is {theirs!r} there"


def accepted(raw: bytes) -> bool:
    text, _ = yamlfile.decode(raw, "f.yml")
    return text is not None and not any(one.severity == "error" for one in yamlfile.parse(text, "f.yml").problems)


def test_every_file_of_the_cases_that_is_accepted_means_the_same():
    files = sorted((ROOT / "tests/cases").rglob("*.yml"))
    raws = {path: path.read_bytes() for path in files if path.is_file() and not path.is_symlink()}
    assert sum(map(accepted, raws.values())) > 250
    assert {path.name: found for path, raw in raws.items() if (found := differs(raw))} == {}


def test_the_files_of_the_company_mean_the_same():
    """Every one but the weeks, which are made alike, and one week of ten."""
    weeks = sorted((ROOT / "records/time/weeks").rglob("*.yml"))
    files = [path for path in sorted((ROOT / "records").rglob("*.yml")) if path not in set(weeks)] + weeks[::10]
    assert len(files) > 300
    raws = {path: path.read_bytes() for path in files}
    assert all(map(accepted, raws.values()))
    assert {str(path): found for path, raw in raws.items() if (found := differs(raw))} == {}


# --- texts made up from what records are made of

words = st.sampled_from(
    ["seo", "1.5", "2", "no", "on", "true", "null", "~", "2026-03-16", "12:30", "1_000", "æøå", "a b", "'x: y'",
     '"#1"', "-3", "1e3", "0o17", "0x1f", "x", "it's", "a#b", "50%", "{}", "[]", ".5", "+1", "?", "-", "a,b", "2026",
     "0123", "-007", "00.5", "0", "-0", "0.0", "5.", "1.e2", "'it''s'", '"a\\tb"', '"\\u00e6"', "!x", "&a", "*a",
     ".inf", "=", "<<", "a: b", "a #b", "a  b", "''", '""', "0b1", "0xG", "1e", "+", ".", "...", "---"]
)  # fmt: skip
keys = st.sampled_from(["a", "b", "date", "project", "hours", "2026-01", "x y", "'q'", "2026", "0123", "true", "'7'"])


def flow(children: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    lists = st.lists(children, max_size=3).map(lambda items: f"[{', '.join(items)}]")
    maps = st.lists(st.tuples(keys, children), max_size=3, unique_by=lambda pair: pair[0].strip("'")).map(
        lambda pairs: "{" + ", ".join(f"{key}: {value}" for key, value in pairs) + "}"
    )
    return lists | maps


values = st.recursive(words, flow, max_leaves=6)
block_texts = st.tuples(
    st.sampled_from(["|", ">", "|-", ">-", "|+", "|2", "> # c"]),
    st.lists(st.sampled_from(["  en linje", "  # og en til", "", "    længere inde", "  slut ", "  a: b"]), max_size=4),
).map(lambda pair: f" {pair[0]}\n" + "\n".join(pair[1]))
texts = st.lists(
    st.one_of(
        st.tuples(keys, values).map(lambda pair: f"{pair[0]}: {pair[1]}"),
        st.tuples(keys, values, values).map(lambda three: f"{three[0]}:\n  - {three[1]}\n  - n: {three[2]}"),
        st.tuples(keys, keys, values).map(lambda three: f"{three[0]}:\n- {three[1]}: {three[2]}\n  z: 1"),
        st.tuples(keys, block_texts).map(lambda pair: f"{pair[0]}:{pair[1]}"),
        st.tuples(keys, words, words).map(lambda three: f"{three[0]}: {three[1]}\n  {three[2]}"),
        st.text("ab: -[]{},#'\"|>&*!%@`\n 12.~", max_size=20),
    ),
    max_size=5,
).map(lambda found: "\n".join(found) + "\n")


@settings(max_examples=600, deadline=None)
@given(texts)
def test_a_text_of_words_and_signs_means_the_same(text):
    assert differs(text.encode()) == ""


scalars = st.one_of(
    st.none(), st.booleans(), st.integers(-(10**12), 10**12), st.floats(-1e6, 1e6).map(lambda number: round(number, 4)),
    st.text(max_size=30),
    st.sampled_from(["no", "12:30", "0123", "1_000", "- a", "a: b", "#", "", " ", "a\nb", "æ\n\n"]),
)  # fmt: skip
data = st.recursive(
    scalars,
    lambda inside: st.lists(inside, max_size=4) | st.dictionaries(st.text(min_size=1, max_size=10), inside, max_size=4),
    max_leaves=12,
)


@settings(max_examples=300, deadline=None)
@given(data, st.sampled_from([None, True, False]), st.booleans(), st.sampled_from([20, 80, 1000]))
def test_what_two_other_programs_write_means_the_same(value, flow_style, unicode, width):
    """py-yaml12's own writer, and PyYAML's in three styles."""
    assert differs(yaml12.format_yaml(value).encode()) == ""
    written = yaml.safe_dump(value, default_flow_style=flow_style, allow_unicode=unicode, width=width, sort_keys=False)
    assert differs(written.encode()) == ""


@pytest.mark.parametrize(
    "text",
    ["a: no\n", "a: 12:30\n", "a: 0o17\n", "a: 1e3\n", "2026: 1\n", "a: {b: [1, x]}\n", "a: 0123\n", "a: |\n  b\n"],
)
def test_the_texts_that_dialects_part_on_are_compared_and_the_same(text):
    assert accepted(text.encode()) and differs(text.encode()) == ""


@pytest.mark.parametrize(
    ("ours", "theirs"), [("no", False), (1, 1.0), (True, 1), ("7", 7), ({"a": 1}, {"b": 1}), ([], {})]
)
def test_a_difference_is_seen(ours, theirs):
    assert not same(ours, theirs)
    assert not same({"a": [ours]}, {"a": [theirs]})


@pytest.mark.parametrize(("read_by", "known", "text"), [
    (events, ("_plain",), b"'a': no\n"),
    (blocks, ("_block", "_flow", "_pairs"), b"a: no\n"),
])  # fmt: skip
def test_a_reader_of_another_dialect_would_be_noticed(monkeypatch, read_by, known, text):
    """YAML 1.1, where `no` is false."""
    monkeypatch.setattr(read_by, "meaning", lambda word: (False, "") if word == "no" else meaning(word))
    for name in known:
        monkeypatch.setattr(read_by, name, type(getattr(read_by, name))())
    assert "is {'a': 'no'} there" in differs(text)
