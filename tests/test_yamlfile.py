"""YAML → plain data, the place of everything in it, and what is refused."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from sitegen import yamlfile
from sitegen.problems import Place
from sitegen.yamlfile import blocks, events
from sitegen.yamlfile import tables as tables_reader


def parsed(text: str):
    document = yamlfile.parse(text, "f.yml")
    assert document.problems == []
    return document.data


def found(text: str) -> list[tuple[str, int, int]]:
    return [(p.code, p.place.line, p.place.column) for p in yamlfile.parse(text, "f.yml").problems]


def hint(text: str) -> object:
    (problem,) = yamlfile.parse(text, "f.yml").problems
    return problem.values.get("repair")


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("no", "no"), ("on", "on"), ("NO", "NO"), ("12:30", "12:30"), ("1_000", "1_000"), ("0123", "0123"),
        ("-0123", "-0123"),
        ("0", 0), ("-7", -7), ("+7", 7), ("0o17", 15), ("0x1F", 31), ("0b1", "0b1"), ("2026-03-16", "2026-03-16"),
        ("1.5", 1.5), (".5", 0.5), ("1e3", 1000.0), ("00.5", "00.5"), ("true", True), ("FALSE", False), ("True", True),
        ("yes", "yes"), ("null", None), ("~", None), ("", None), ("'null'", "null"), ('"7"', "7"), ("=", "="),
        ("nan", "nan"),
    ],
)  # fmt: skip
def test_words_mean_what_yaml_1_2_says(written: str, value: object):
    """A number with a leading zero is text, other than in the standard: an industry code keeps it."""
    data = parsed(f"a: {written}\n")
    assert data == {"a": value} and type(data["a"]) is type(value)


def test_a_key_is_text_as_written():
    assert parsed("2025: a\n2026-11: b\ntrue: c\n1.50: d\non: e\n") == {
        "2025": "a",
        "2026-11": "b",
        "true": "c",
        "1.50": "d",
        "on": "e",
    }


@pytest.mark.parametrize("number", ["0.1", "2.6755", "123456.789012345", "0.000001", "1.10"])
def test_a_decimal_number_keeps_its_decimals_exactly(number: str):
    assert Decimal(repr(parsed(f"a: {number}\n")["a"])) == Decimal(number)


def test_places_count_lines_and_columns_from_one():
    document = yamlfile.parse("a: 1\nb:\n  - {c: æøå, d: 2}\n  - x\n", "f.yml")
    assert document.place(("a",)) == Place("f.yml", 1, 4)
    assert document.place(("a",), key=True) == Place("f.yml", 1, 1)
    assert document.place(("b", 0)) == Place("f.yml", 3, 5)
    assert document.place(("b", 0, "d")) == Place("f.yml", 3, 17)
    assert document.place(("b", 1)) == Place("f.yml", 4, 5)
    assert document.place(("b", 0, "missing")) == Place("f.yml", 3, 5)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a: 1\na: 2\n", [("duplicate-key", 2, 1)]),
        ("a: {b: 1, b: 2}\n", [("duplicate-key", 1, 11)]),
        ("a: &x 1\nb: *x\n", [("anchor", 1, 4), ("alias", 2, 4)]),
        ("a: !!python/object:os.system x\n", [("tag", 1, 4)]),
        ("<<: *x\n", [("alias", 1, 5)]),
        ("a: 1\n---\nb: 2\n", [("several-documents", 2, 1)]),
        ("? [a]\n: 1\n", [("key-not-text", 1, 3)]),
        ("? {a: b}\n: {c: [1, 2]}\n", [("key-not-text", 1, 3)]),
        ("~: 1\n", [("key-not-text", 1, 1)]),
        ('"": 1\n', [("key-not-text", 1, 1)]),
        ("a: .nan\n", [("not-a-number", 1, 4)]),
        ("a: -.inf\n", [("not-a-number", 1, 4)]),
        ("a: 1e999\n", [("number-too-long", 1, 4)]),
        ("a: 1234567890.1234567\n", [("number-too-long", 1, 4)]),
        ("a: 240.000\nb: 240.000\n", [("thousands-point", 1, 4), ("thousands-point", 2, 4)]),
        ("a: 0.375\n", []),
        ("a: Sag #12\n", [("cut-off", 1, 8)]),
        ("a: Sag # a comment\n", []),
        ("a: 12 # a comment\n", []),
        ('a: "\\e[31m"\n', [("hidden-character", 1, 4)]),
        ("a: [-]\n", [("nothing-written", 1, 5)]),
        ("a: 'x'#y\n", [("text-after-quote", 1, 4)]),
        ("a: [x]#y\n", [("text-after-quote", 1, 7)]),
        ('a: "x\nb: y"\n', [("open-quote", 1, 4)]),
        ("a: |\nb: 1\n", [("nothing-written", 1, 4)]),
        ("a: |x\n  y\n", [("needs-quotes", 1, 4)]),
        ("a: " + "[" * 30 + "]" * 30 + "\n", [("too-deep", 1, 23)]),
        ("a: " + "[" * 100_000, [("too-deep", 1, 23)]),
        ("[" + "1, " * 60_000 + "]", [("too-many", 1, 180_002)]),
        ("a: " + "x" * 10_001 + "\n", [("text-too-long", 1, 4)]),
        ("x" * 201 + ": 1\n", [("text-too-long", 1, 1)]),
    ],
)  # fmt: skip
def test_what_a_record_may_not_be_is_refused_at_its_place(text: str, expected: list[tuple[str, int, int]]):
    assert found(text) == expected


def test_after_a_duplicate_key_everything_else_is_kept():
    document = yamlfile.parse("a: 1\na: {b: 2}\nc: {d: 1, d: [9], e: 3}\n", "f.yml")
    assert document.data == {"a": 1, "c": {"d": 1, "e": 3}}
    assert document.place(("c", "e")) == Place("f.yml", 3, 22)
    assert document.problems[1].also == (Place("f.yml", 3, 5),)


@pytest.mark.parametrize(
    ("text", "code", "line", "column", "repair"),
    [
        ("title: Aftale: ny\n", "colon-in-text", 1, 8, '"Aftale: ny"'),
        ("a:\n  - note: Se: her\n", "colon-in-text", 2, 11, '"Se: her"'),
        ("a: {b: Se: her}\n", "colon-in-text", 1, 8, '"Se: her"'),
        ("a: (obs: husk)\n", "colon-in-text", 1, 4, '"(obs: husk)"'),
        ("note: (start: 10, slut: 12)\n", "colon-in-text", 1, 7, '"(start: 10, slut: 12)"'),
        ("note: 2026-01-01: ringet\n", "colon-in-text", 1, 7, '"2026-01-01: ringet"'),
        (
            "a:\n  - what: Messe i Vejle, date: 2026-01-01\n",
            "colon-in-text",
            2,
            11,
            '"Messe i Vejle, date: 2026-01-01"',
        ),
        ("a:\n  - (date: 2026-03-16, hours: 2)\n", "no-braces", 2, 5, "{date: 2026-03-16, hours: 2}"),
        ("a:\n  - (date: 2026-03-16, hours: 2\n", "no-braces", 2, 5, "{date: 2026-03-16, hours: 2}"),
        ("a:\n  - ( date: 2026-03-16, note: Ny (x) )\n", "no-braces", 2, 5, "{date: 2026-03-16, note: Ny (x)}"),
        ("a:\n  - (date: 2026-03-16)\n", "no-braces", 2, 5, "{date: 2026-03-16}"),
        ("a: [(date: 2026-03-16, hours: 2)]\n", "no-braces", 1, 5, "{date: 2026-03-16, hours: 2}"),
        (
            "a:\n  - date: 2026-03-16, project: seo, note: Ny, x\n",
            "no-braces",
            2,
            5,
            '{date: 2026-03-16, project: seo, note: "Ny, x"}',
        ),
        ("a: (from: 2025-08-01)\n", "no-braces", 1, 4, "{from: 2025-08-01}"),
        ("a: (role: user, level: manager)\n", "no-braces", 1, 4, "{role: user, level: manager}"),
        ("a: 2025-08-01: 37\n", "no-braces", 1, 4, "{2025-08-01: 37}"),
        ("a: (2025-08-01: 37, 2026-08-01: 30)\n", "no-braces", 1, 4, "{2025-08-01: 37, 2026-08-01: 30}"),
        (f"a: (role: {'x' * 200}, level: manager)\n", "no-braces", 1, 4, "{…}"),
        ("a: @mette\n", "needs-quotes", 1, 4, '"@mette"'),
        ("a: %x # why\n", "needs-quotes", 1, 4, '"%x"'),
        ("a: `x`\n", "needs-quotes", 1, 4, '"`x`"'),
        ("a: * x\n", "needs-quotes", 1, 4, '"* x"'),
        ("a: - x\n", "needs-quotes", 1, 4, '"- x"'),
        ("a: | x\n  y\n", "needs-quotes", 1, 4, '"| x"'),
        ('a: "x" y\n', "text-after-quote", 1, 4, "'\"x\" y'"),
        ("a: {firma} navn\n", "text-after-quote", 1, 4, "'{firma} navn'"),
        ("a: 'Jonas' idé'\n", "text-after-quote", 1, 4, '"Jonas\' idé"'),
        ('a: "Han sagde "ja" til"\n', "text-after-quote", 1, 4, "'Han sagde \"ja\" til'"),
        ("a: 'x' og 'y'\n", "text-after-quote", 1, 4, "'''x'' og ''y'''"),
        ("a: {note: Sag #12}\nb: 1\n", "cut-off", 1, 15, '"Sag #12"'),
    ],
)
def test_what_yaml_cannot_read_is_told_with_the_quoted_repair(
    text: str, code: str, line: int, column: int, repair: str
):
    assert found(text) == [(code, line, column)]
    assert hint(text) == repair


@pytest.mark.parametrize(
    ("text", "code", "line", "column"),
    [
        ('a: "x\nb: 1\n', "open-quote", 1, 4),
        ("a: [1, 2\nb: 3\n", "open-bracket", 1, 4),
        ("a\nb: 1\n", "no-colon", 1, 1),
        ("a 1\nb: 2\n", "no-colon", 1, 1),
        ("a: 1\nb\nc: 2\n", "no-colon", 2, 1),
        ("a:\n  b: 1\n c: 2\n", "indentation", 3, 2),
        ("a: 1\n  b: 2\n", "indentation", 2, 3),
        ("a:\nb: {c: 1}\n  d: {c: 2}\n  e: {c: 3}\n", "indentation", 2, 1),
        ("a:\n   b: {c: 1}\n  d: {c: 2}\n  e: {c: 3}\n", "indentation", 2, 4),
        ("a: |\n*b* c\nd: 1\n", "indentation", 2, 1),
        ("a:\n  b {c: 1, d: 2}\n", "no-colon", 2, 3),
        ('a: "b\nc: "d"\n', "open-quote", 1, 4),
        ('a: "b"\nc: "d" e\n', "text-after-quote", 2, 4),
        ("- {a: 1; b: 2; c: 3}\n", "no-comma", 1, 10),
        ("a: {b: ?}\n", "nothing-written", 1, 8),
        ("a: {b: -, c: 1}\n", "nothing-written", 1, 8),
        ('a: "C:\\mette"\n', "bad-escape", 1, 7),
    ],
)
def test_the_place_is_where_the_text_is_wrong_and_not_where_the_parser_gave_up(
    text: str, code: str, line: int, column: int
):
    assert found(text) == [(code, line, column)]


@pytest.mark.parametrize(
    ("raw", "code", "column"),
    [
        (b"\xff\xfea\x00", "utf-16", 1),
        ("a: sø".encode("latin-1"), "not-utf-8", 5),
        (b"a: \x00", "hidden-character", 4),
        ("a: x\u200by".encode(), "hidden-character", 5),
        ("a: \u202ex".encode(), "hidden-character", 4),
        ("a: x\u0085b: 2".encode(), "hidden-character", 5),
        ("a: x\u2028b: 2".encode(), "hidden-character", 5),
        ("a: \ufffe".encode(), "hidden-character", 4),
        ("a: \U0001fffe".encode(), "hidden-character", 4),
        (b"a: x\rb: 2", "hidden-character", 5),
        (b"a:\tb", "tab", 3),
        (b"\xed\xa0\x80", "not-utf-8", 1),
        (b"x" * 1_000_001, "too-large", 1),
    ],
)
def test_the_guard_refuses_what_can_hide(raw: bytes, code: str, column: int):
    text, problems = yamlfile.decode(raw, "f.yml")
    assert text is None
    assert [(p.code, p.place.column) for p in problems] == [(code, column)]


def test_the_guard_takes_a_byte_order_mark_windows_line_ends_and_any_visible_letter():
    text, problems = yamlfile.decode("\ufeffa: æøå – “citat” 日本 👍\r\nb: 2\u00a0kr.\r\n".encode(), "f.yml")
    assert problems == []
    assert text == "a: æøå – “citat” 日本 👍\nb: 2\u00a0kr.\n"


def test_merge_conflict_markers_are_told_once():
    text = b"a: 1\n<<<<<<< HEAD\nb: 1\n=======\nb: 2\n>>>>>>> other\n"
    assert [(p.code, p.place.line) for p in yamlfile.decode(text, "f.yml")[1]] == [("merge-conflict", 2)]


def test_a_link_is_not_followed(tmp_path):
    (tmp_path / "secret").write_text("a: 1\n")
    (tmp_path / "link.yml").symlink_to(tmp_path / "secret")
    text, problems = yamlfile.read(tmp_path / "link.yml", "link.yml")
    assert text is None and [p.code for p in problems] == ["not-a-file"]
    assert yamlfile.read(tmp_path, "folder")[1][0].code == "not-a-file"


def test_a_text_is_quoted_so_that_it_reads_back():
    for text in ("Sag #12", 'han sagde "ja"', "det's fint", "C:\\mette", "a: b"):
        assert parsed(f"a: {yamlfile.quoted(text)}\n") == {"a": text}


@pytest.mark.parametrize(
    ("text", "code", "column", "values"),
    [
        ("a: b\nemployees:85\n", "no-space", 10, {"character": ":", "repair": "employees: 85"}),
        ("a:\n  -{b: c, d: e}\n", "no-space", 3, {"character": "-", "repair": "- {b: c, d: e}"}),
        ("a:\n  - {b: c}\n    {d: e}\n", "indentation", 5, {"repair": "  - {d: e}"}),
        ("a:\n  - {b: c}\n    {d: e}\n  - {b: c}\n", "indentation", 5, {"repair": "  - {d: e}"}),
        ("a:\n  - {b: c}\n -{d: e}\n", "indentation", 2, {"repair": "  - {d: e}"}),
        ("a:\n  - {b: c}\n  -{d: e}\n  - {b: c}\n", "no-space", 3, {"character": "-", "repair": "- {d: e}"}),
        ("a:\n  - b: c\n    {d: e}\n", "indentation", 5, {"repair": "  - {d: e}"}),
        ("a:\n  - b: c\n     d: e\n", "indentation", 6, {"spaces": 4}),
        ("a:\n  - b: c\n   d: e\n", "indentation", 4, {"spaces": 4}),
        ("a:\n  - b: c\n - b: d\n", "indentation", 2, {"spaces": 2}),
        ("a: {b: c, d: #1 e}\n", "cut-off", 14, {"repair": '"#1 e"'}),
        ("a:\n  b: #1 e\n", "cut-off", 5, {"repair": '"#1 e"'}),
        ("a: ”b: c”\n", "colon-in-text", 4, {"repair": '"b: c"', "quote": "”"}),
        ('a: "b c”\n', "open-quote", 4, {"repair": '"b c"', "quote": "”"}),
        ('a:\n  - {b: "c d”}\n  - {b: "e"}\n', "open-quote", 9, {"repair": '"c d"', "quote": "”"}),
        ("a: b\nc = d\n", "no-colon", 1, {"repair": "c: d"}),
        ("a: b\nc： d e\n", "no-colon", 1, {"repair": "c: d e"}),
        ("a: b\nc d\n", "no-colon", 1, {"repair": "c: d"}),
        ("a: b\nc d e\n", "no-colon", 1, {}),
        ("a:\n  - {b: c}\n  {b: d}\n", "wrong-bullet", 3, {"character": "{", "repair": "- {b: d}"}),
        ("a: ?\n", "nothing-written", 4, {}),
        ("a: -\n", "nothing-written", 4, {}),
        ("```yaml\na: b\n```\n", "code-fence", 1, {}),
        ("a:\n  – b: c\n    d: e\n", "wrong-bullet", 3, {"character": "–", "repair": "- b: c"}),
        ("a:\n  - {b: c}\n  • {b: d}\n", "wrong-bullet", 3, {"character": "•", "repair": "- {b: d}"}),
        ("a:\n  - {b: c}\n  -\u00a0{b: d}\n", "hard-space", 4, {}),
        ("a: {b: c, d: e f: 3}\n", "no-comma", 16, {"key": "f", "repair": "e, f:"}),
        ("a: {b: c, d: Se: 3}\n", "colon-in-text", 14, {"repair": '"Se: 3"', "quote": ""}),
        ("a: {b: c}}\n", "extra-bracket", 10, {}),
        ("a: {b: [c]], d: e}\n", "extra-bracket", 11, {}),
        ('a: {b: c, d: "e}\nf: "g"\n', "open-quote", 14, {}),
        ('a: {b: "c", d: "e}\n', "open-quote", 16, {}),
        ("a: [b, c]]\n", "extra-bracket", 10, {}),
        ("a:\n  - b: c\n    b: d\n", "duplicate-key", 5, {"key": "b", "first": 2, "repair": "- b:"}),
        (
            "a:\n  - b: c\n    d: e\n    b: d\n    d: f\n",
            "duplicate-key",
            5,
            {"key": "b", "first": 2, "repair": "- b:"},
        ),
    ],
)
def test_a_slip_of_the_finger_is_told_with_what_to_write(text: str, code: str, column: int, values: dict):
    (problem,) = yamlfile.parse(text, "f.yml").problems
    found = {name: value for name, value in problem.values.items() if name != "unread"}
    assert (problem.code, problem.place.column, found) == (code, column, values)
    assert problem.severity == "error"


@pytest.mark.parametrize(
    ("text", "unread"),
    [
        ("a: b: c\nd: e\n", True),
        ("a: b: c\n\n# a comment\n", False),
        ("\u00a0a: b\nd: e\n", True),
        ("a: 1\na: 2\nd: e\n", False),
        ("a: *x\nd: e\n", False),
    ],
)
def test_a_mistake_that_hides_what_follows_says_so(text: str, unread: bool):
    (problem,) = yamlfile.parse(text, "f.yml").problems
    assert bool(problem.values.get("unread")) == unread


def test_a_comment_after_a_key_without_a_value_cuts_nothing_off():
    """`# ` is a comment; `#` at once may be the beginning of a text."""
    assert yamlfile.parse("a: # about it\n  b: c\nd: # nothing yet\n", "f.yml").problems == []


@settings(max_examples=300, deadline=None)
@given(st.binary(max_size=60) | st.text(max_size=60).map(str.encode))
def test_no_bytes_make_an_exception(raw: bytes):
    text, problems = yamlfile.decode(raw, "f.yml")
    assert (text is None) == bool(problems)
    if text is not None:
        document = yamlfile.parse(text, "f.yml")
        for problem in document.problems:
            assert problem.place.line >= 1 and problem.place.column >= 1


# Plain files have readers of their own. They must take what they take as the parser does.
plain_words = st.sampled_from(
    ["seo", "1.5", "2", "no", "null", "true", "2026-03-16", "12:30", "0123", "a, b", "a,b", "Søgeord (nye)", "x ", " x",
     "-3", "240.000", "a #b", "a#b", "'q'", "1_0", '"q: #"', '"a" b', '"a, b"', '"a,b"', '""', '"7"', '"a', "{a: b}",
     "[a, b]", "[a,b]", "[]", "{a: b, a: c}", '{a: "b"}', "{a: [b]}", '["a"]', "[1.5, x]", "[a] b", "{}", "a: b", "50%",
     "-", "", "x/y", "1,", "99999999999999999", "a # b", "a  # b", '"a # b"', "Bob's", "hvad?", "a & b", "mail@x.dk",
     "http://x.dk", "a:", 'a "b"', "-a", "- a", "-1.5", "{a: {b: [c, {d: 1}]}, e: -2}", "[[a], [b, c]]", "{a: b}}",
     '{a: "x, y", b: "{"}', "[a, ]", "{a: }", "{a}", "{a: b, }", "[{a: b}, {a: c}]", "{é: b}", "{null: b}", "{a: it's}",
     "{a: 12:30}", "{2026-01-01: a}", "[[[[[[[[[[[[a]]]]]]]]]]]]", "|", ">", "|-", "&a b", "*a", "!a b", "a\u00a0b",
     "{a: b} # c", "[a #b]", "# c", "#c", "?", "? a", "@a", "`a`", "%a", "a | b", "{a: b@c, d: 'e'}", "~", "[~]"]
)  # fmt: skip
plain_keys = st.sampled_from(["a", "b", "project", "task", "a_b", "A", "1", "a-b/c", "2026-03-16", "é"])
odd_keys = st.sampled_from(["null", '"7"', "'a'", "a b", "-", "? a", '"a"', "- a", "#a", "# a", "%a", "[a]", ""])
any_keys = st.integers(0, 9).flatmap(lambda at: plain_keys if at else odd_keys)
plain_lines = st.one_of(
    st.tuples(st.sampled_from(["", "  - ", "    ", "- ", "  ", "      "]), any_keys, plain_words).map(
        lambda found: f"{found[0]}{found[1]}: {found[2]}"
    ),
    st.tuples(st.sampled_from(["", "  ", "    ", "  - "]), any_keys).map(lambda found: f"{found[0]}{found[1]}:"),
    st.tuples(st.sampled_from(["- ", "  - ", "    - "]), plain_words).map("".join),
    st.lists(st.tuples(plain_keys, plain_words), max_size=3).map(
        lambda pairs: "  - {" + ", ".join(f"{key}: {word}" for key, word in pairs) + "}"
    ),
    st.sampled_from(["", "  - x", "---", "...", "# c", "# c # d", "  # c", "  - {a: 1", "    ", "  x", "  x # y", "|"]),
)
_PLAIN = ["x", "2.5", "no", '"a, b"', "{a: b, c: [d, 1]}", "[{a: b}, c]", "Bob's: it", "it's # so"]
_INDENTED = "  "


def _block(depth: int) -> st.SearchStrategy[list[str]]:
    """The lines of a map or list, mostly as a record has them."""
    value = st.sampled_from(_PLAIN).map(lambda word: [f" {word}"]) | st.sampled_from(
        [
            [" |", "  a # b", "", "    c: d", "  e"],
            [" |", "  x", ""],
            ["", "  # only a comment", "  a: b"],
            [" # c", "  - a"],
        ]
    )
    if depth:
        value |= _block(depth - 1).map(lambda lines: ["", *[line and _INDENTED + line for line in lines]])
    entries = st.lists(st.tuples(plain_keys, value), min_size=1, max_size=3, unique_by=lambda one: one[0])
    maps = entries.map(lambda found: [line for key, (first, *rest) in found for line in (f"{key}:{first}", *rest)])
    items = st.lists(
        st.sampled_from(_PLAIN).map(lambda word: [f"- {word}"])
        | maps.map(lambda lines: [f"- {lines[0]}", *[line and _INDENTED + line for line in lines[1:]]]),
        min_size=1,
        max_size=3,
    )
    return maps | items.map(lambda found: [line for one in found for line in one])


def _placed(data: object, marks: object) -> object:
    """Marks as lines and columns."""
    if isinstance(data, dict):
        inside = [_placed(value, marks[2 + 2 * at]) for at, value in enumerate(data.values())]
        return [_at(marks[0]), [_at(mark) for mark in marks[1::2]], inside]
    if isinstance(data, list):
        return [_at(marks[0]), [_placed(value, mark) for value, mark in zip(data, marks[1:], strict=True)]]
    return _at(marks)


def _paths(data: object) -> Iterator[tuple[str | int, ...]]:
    yield ()
    for step, value in data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ():
        yield from ((step, *path) for path in _paths(value))


def _at(mark: object) -> tuple[int, int]:
    return mark if isinstance(mark, tuple) else (mark.line, mark.column)


def _same_as_the_parser(text: str) -> bool:
    """Whether the reader of plain files takes a text, which must then be what the parser says."""
    if blocks.read_blocks(text) is None:
        return False
    found, document = yamlfile.parse(text, "f.yml"), events.read_events(text, "f.yml")
    assert document.problems == []
    assert repr(found.data) == repr(document.data)
    for path in _paths(document.data):
        assert found.place(path) == document.place(path) and found.place(path, key=True) == document.place(
            path, key=True
        )
    assert _placed(found.data, found.marks) == _placed(document.data, document.marks)
    return True


@settings(max_examples=1500, deadline=None)
@given(st.lists(plain_lines, max_size=7).map("\n".join))
@example("a:\n- b\n")
@example("a: |\n  b\n c: d\n")
@example("a: |\n   b\n  c\n")
@example("a:\n  b: c\n d: e\n")
@example("- a: b\n  c: d\n- e\n")
@example("a: b # c: d\ne: f")
@example('a: "b # c"\n')
@example("a: |\n  b\n\n\n")
@example("a: |\n\n  b\n")
@example("a: |\n  b\n    \nc: d\n")
def test_what_the_reader_of_plain_files_takes_is_what_the_parser_says(text: str):
    _same_as_the_parser(text)


@settings(max_examples=500, deadline=None)
@given(_block(3).map(lambda lines: "\n".join(lines) + "\n"))
def test_blocks_are_read_without_the_parser_and_as_it_reads_them(text: str):
    _same_as_the_parser(text)


def test_records_are_read_without_the_parser_and_as_it_reads_them():
    files = sorted((Path(__file__).parents[1] / "records").rglob("*.yml"))
    plain = [path for path in files if _same_as_the_parser(path.read_text("utf-8"))]
    assert len(plain) > 0.9 * len(files)


table_texts = st.lists(
    st.tuples(
        plain_keys,
        st.lists(plain_keys, min_size=1, max_size=3).flatmap(
            lambda keys: st.lists(
                st.tuples(*[plain_words] * len(keys)).map(
                    lambda words: "  - {" + ", ".join(map(": ".join, zip(keys, words, strict=True))) + "}"
                ),
                min_size=1,
                max_size=4,
            )
        ),
        plain_lines.map(lambda line: [line]) | st.just([]),
    ).map(lambda found: [f"{found[0]}:", *found[1], *found[2]]),
    min_size=1,
    max_size=2,
).map(lambda lists: "\n".join(line for one in lists for line in one) + "\n")
"""Lists of maps of the same keys, and sometimes another line among them."""


AS_WRITTEN = tables_reader.Columns(lambda _section, _key: lambda value: value)


def _maps(table: tables_reader.Table) -> list[dict[str, object]]:
    return [dict(zip(table.columns, values, strict=True)) for values in zip(*table.columns.values(), strict=True)]


@settings(max_examples=1000, deadline=None)
@given(table_texts)
@example("a:\n  - {a: 1, \n, a: 2}\n")
@example('a:\n  - {a: "x\ny"}\n')
@example('a:\n  - {a: "x}\n  - {a: y"}\n')
@example("a:\n  - {a: 1, b: 2, a: 3}\n  - {b: 4}\n")
@example("a:\n  - {a: 1}\n  - {a: 1}\n\nb: 2\nb_c:\n  - {b: 2}\n")
def test_what_is_read_as_tables_is_what_the_parser_says(text: str):
    tables = tables_reader.read_tables(text, AS_WRITTEN)
    if tables is None:
        return
    found, document = yamlfile.parse(text, "f.yml", columns=AS_WRITTEN), events.read_events(text, "f.yml")
    assert document.problems == []
    lists = {key: value for key, value in tables.items() if isinstance(value, tables_reader.Table)}
    assert [list(range(one.line + 1, one.line + 1 + len(one))) for one in lists.values()] == [
        document.item_lines(key) for key in lists
    ]
    assert repr(tables | {key: _maps(one) for key, one in lists.items()}) == repr(document.data)
    assert found.tables == tables and repr(found.data) == repr(document.data)
    assert _placed(found.data, found.marks) == _placed(document.data, document.marks)


def test_the_common_week_is_read_as_tables():
    text = "planned: 2026-03-13\nbooked:\n  - {project: seo, hours: 2}\nlogged:\n  - {project: seo, hours: 1.5}\n" \
        "  - {project: ads, hours: 2}\n"  # fmt: skip
    tables = tables_reader.read_tables(text, AS_WRITTEN)
    assert tables is not None
    assert tables["logged"].columns == {"project": ["seo", "ads"], "hours": [1.5, 2]}
    assert yamlfile.parse(text, "f.yml", columns=AS_WRITTEN).place(("logged", 1, "hours")) == Place("f.yml", 6, 27)


def test_a_table_holds_what_its_reader_makes_of_each_column():
    def meaning(section: str, key: str):
        if (section, key) == ("b", "x"):
            return lambda value: value * 60
        return int if (section, key) == ("a", "x") else None

    wanted = tables_reader.Columns(meaning)
    tables = tables_reader.read_tables("a:\n  - {x: 2.5}\nb:\n  - {x: 2.5}\n  - {x: 1}\n", wanted)
    assert tables is not None
    assert [tables[key].columns for key in ("a", "b")] == [{"x": [2]}, {"x": [150.0, 60]}]
    assert tables_reader.read_tables("a:\n  - {x: two}\n", wanted) is None, "int refuses it"
    assert tables_reader.read_tables("a:\n  - {y: 2}\n", wanted) is None, "there is no such column"
    assert tables_reader.read_tables("a:\n  - {x: true}\n", wanted) is None, "True would be found where 1 was seen"


def test_the_places_of_a_plain_file_are_found_when_they_are_asked_for():
    text = "planned: 2026-03-13\nlogged:\n  - {date: 2026-03-16, hours: 2}\n  - date: 2026-03-17\n    hours: 3\n"
    assert tables_reader.read_tables(text, AS_WRITTEN) is None and blocks.read_blocks(text) is not None
    document = yamlfile.parse(text, "f.yml")
    assert document.item_lines("logged") == [3, 4]
    assert document.place(("logged", 0, "hours")) == Place("f.yml", 3, 31)
    assert document.place(("logged", 1, "hours"), key=True) == Place("f.yml", 5, 5)
    assert document.item_lines("logged") == [3, 4]
