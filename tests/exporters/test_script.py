"""Data as a script: what is written is what JSON.parse reads, and no text gets out of its string."""

from __future__ import annotations

import json
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitegen.exporters import script


def read(made: bytes) -> object:
    """The value, taken out as a JavaScript engine does: the literal first, then the JSON in it."""
    found = re.fullmatch(
        r"sitegen\.data\(\"a\.b\", JSON\.parse\('((?:[^'\\\n\r\u2028\u2029]|\\.)*)'\)\);\n", made.decode()
    )
    assert found
    text = re.sub(r"\\(u[0-9a-f]{4}|.)", lambda one: chr(int(one[1][1:], 16)) if one[1][0] == "u" else one[1], found[1])
    return json.loads(text)


@given(st.recursive(st.text() | st.integers(), lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner)))
def test_what_is_written_is_read_back(value: object) -> None:
    assert read(script.data("a.b", value)) == value


@pytest.mark.parametrize(
    "text", ["');alert(1);//", "\\');alert(1);//", "\u2028", "\u2029", "\n", "\\u0027", "</script>"]
)
def test_no_text_ends_the_string(text: str) -> None:
    assert read(script.data("a.b", [text])) == [text]


def test_a_number_that_is_none_is_refused() -> None:
    with pytest.raises(ValueError):
        script.data("a.b", float("nan"))
