"""YAML text → plain data and the place of every key and value; whatever a record may not be is a Problem.

PyYAML's C parser gives events; this room makes dicts and lists of them itself. That is where duplicate keys, anchors,
aliases, tags, several documents, depth and size are refused, and where words become values by the YAML 1.2 core schema:
`no`, `on`, `12:30`, `1_000` and `0123` are text. Numbers with a point are floats of at most 15 digits, so that `repr`
gives the written decimal back exactly. PyYAML's own Python scanner is another dialect and is not used.
"""

from sitegen.yamlfile.document import MOST_MISTAKES, Document
from sitegen.yamlfile.guard import decode, lines_to_show, read
from sitegen.yamlfile.words import LONGEST_KEY, quoted, word_quote

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


def parse(text: str, file: str, *, line: int = 0) -> Document:
    """The document of a text that `read` or `decode` has passed. `line` counts lines of the file before the text."""
    from sitegen.yamlfile import reader  # not before there is something to parse: `validate` often only shows lines

    return reader.parse(text, file, line=line)
