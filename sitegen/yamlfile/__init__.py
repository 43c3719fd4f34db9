"""YAML text → plain data and the place of every key and value; whatever a record may not be is a Problem.

PyYAML's C parser gives events; this room makes dicts and lists of them itself. That is where duplicate keys, anchors,
aliases, tags, several documents, depth and size are refused, and where words become values by the YAML 1.2 core schema:
`no`, `on`, `12:30`, `1_000` and `0123` are text. Numbers with a point are floats of at most 15 digits, so that `repr`
gives the written decimal back exactly. PyYAML's own Python scanner is another dialect and is not used.
"""

from sitegen.yamlfile.document import MOST_MISTAKES, Document
from sitegen.yamlfile.guard import decode, read
from sitegen.yamlfile.reader import parse
from sitegen.yamlfile.syntax import quoted

__all__ = ["MOST_MISTAKES", "Document", "decode", "parse", "quoted", "read"]
