"""YAML text → plain data and the place of every key and value; whatever a record may not be is a Problem.

PyYAML's C parser gives events; this room makes dicts and lists of them itself. That is where duplicate keys, anchors,
aliases, tags, several documents, depth and size are refused, and where words become values by the YAML 1.2 core schema:
`no`, `on`, `12:30`, `1_000` and `0123` are text. Numbers with a point are floats of at most 15 digits, so that `repr`
gives the written decimal back exactly. PyYAML's own Python scanner is another dialect and is not used.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

from sitegen.yamlfile.guard import decode, lines_to_show, read
from sitegen.yamlfile.words import LONGEST_KEY, quoted, word_quote

if TYPE_CHECKING:
    from sitegen.yamlfile.document import MOST_MISTAKES, Document
    from sitegen.yamlfile.reader import parse

__all__ = [
    "LONGEST_KEY",
    "MOST_MISTAKES",
    "Document",
    "decode",
    "lines_to_show",
    "parse",
    "quoted",
    "read",
    "word_quote",
]
_LATER = {"Document": "document", "MOST_MISTAKES": "document", "parse": "reader"}
"""What is not loaded before there is something to parse, for `validate` often only shows lines → its module."""


def __getattr__(name: str) -> Any:
    if name not in _LATER:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    found = globals()[name] = getattr(import_module(f"{__name__}.{_LATER[name]}"), name)
    return found
