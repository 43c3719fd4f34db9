"""Data as a script: on `file://` nothing else can be loaded by a page, and it stays data, for it is parsed as JSON."""

from __future__ import annotations

import json
from typing import Any


def data(name: str, value: Any) -> bytes:
    """`sitegen.data("<name>", JSON.parse('…'))`: whole numbers, texts and lists, the same bytes for the same value.

    Raises:
        ValueError: a number is not a number (NaN) or infinite.
    """
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    for char in "\\'\u2028\u2029":
        text = text.replace(char, f"\\u{ord(char):04x}" if char != "\\" else "\\\\")
    return f"sitegen.data({json.dumps(name)}, JSON.parse('{text}'));\n".encode()
