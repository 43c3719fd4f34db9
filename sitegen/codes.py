"""Every code a problem may have: how bad it is, who may read it, its sentence and its hint. The messages are English msgids.

A code is stable: it is what people look up and what other tools filter by. `tests/cases/bad/<code>/` shows each by example.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

_PLACEHOLDER = re.compile(r"%\((\w+)\)s")


@dataclass(frozen=True)
class Code:
    """One kind of mistake. The hint that is printed is the first whose placeholders all have a value."""

    severity: str
    audience: str
    sentence: str
    hints: tuple[tuple[str, frozenset[str]], ...]


def _error(sentence: str, *hints: str, audience: str = "everyone") -> Code:
    return Code("error", audience, sentence, tuple((hint, frozenset(_PLACEHOLDER.findall(hint))) for hint in hints))


def _warning(sentence: str, *hints: str, audience: str = "everyone") -> Code:
    return Code("warning", audience, sentence, _error(sentence, *hints).hints)


DID_YOU_MEAN = "did you mean '%(nearest)s'?"

CODES: dict[str, Code] = {
    # the file
    "not-a-file": _error("this is no ordinary file", "records are plain files; put a copy here instead of a link"),
    "too-large": _error("the file is larger than 1 MB", "split it into smaller files"),
    "not-utf-8": _error("the file is not UTF-8 text", "save it with the encoding UTF-8"),
    "utf-16": _error("the file is UTF-16 text", "save it with the encoding UTF-8"),
    "hidden-character": _error("the character %(name)s cannot be seen, and may hide something", "delete it"),
    "tab": _error("a tab stands here", "write spaces instead of tabs"),
    "merge-conflict": _error("two versions of the file meet here (a merge conflict)", "choose one version and delete the marker lines"),
    "unknown-file": _error(
        "no kind of record has the file '%(file)s'", "did you mean '%(nearest)s'?", "move it to the folder of its kind, or delete it"
    ),
    "bad-file-name": _error("the file's name should be %(wanted)s", "rename it to '%(repair)s'", "rename the file"),
    "no-organisation": _error("organisation.yml is missing", "every folder of records has one: name, country, currency, languages, departments"),
    # YAML
    "yaml-syntax": _error("this cannot be read", "look for a missing colon, quote or bracket, or a line that is indented too much or too little"),
    "colon-in-text": _error("a text with a colon and a space needs quotes", "write %(repair)s"),
    "needs-quotes": _error("a text that begins with %(character)s needs quotes", "write %(repair)s"),
    "open-quote": _error("the quote that begins here never ends", "write the closing quote"),
    "open-bracket": _error("the bracket that opens here is not closed, or a comma is missing in it", "close the bracket, and put commas between its parts"),
    "text-after-quote": _error("the text goes on after the closing quote or bracket", "write the whole text in quotes: %(repair)s"),
    "no-colon": _error("a key without a colon", "write `key: value`"),
    "indentation": _error("this line is indented differently from the lines it belongs with", "begin it below the line above"),
    "bad-escape": _error("a backslash in double quotes begins something unknown", "write single quotes, or two backslashes"),
    "duplicate-key": _error("the key '%(key)s' stands here twice", "keep one of the two"),
    "anchor": _error("a text that begins with & needs quotes (anchors are not used here)", "write %(repair)s", "write it in quotes"),
    "alias": _error("a text that begins with * needs quotes (aliases are not used here)", "write %(repair)s", "write it in quotes"),
    "tag": _error("a text that begins with ! needs quotes (tags are not used here)", "write it in quotes"),
    "several-documents": _error("the file holds more than one document", "keep one, and delete the line '---' before the next"),
    "key-not-text": _error("a key must be a word", "write `key: value`"),
    "too-deep": _error("more than 20 levels stand inside each other", "records are at most a few levels deep"),
    "too-many": _error("the file holds more than 50,000 values", "split it into smaller files"),
    "text-too-long": _error("the text is longer than %(most)s characters", "shorten it"),
    "not-a-number": _error("'%(written)s' is not a number", "a decimal number such as 1.5 (hours also 1h30m); in quotes it is text"),
    "number-too-long": _error("a number with more than 15 digits cannot be kept exactly", "quote it if it is not a number: \"%(written)s\""),
    "cut-off": _warning("text after \" #\" is a comment and was cut off", "quote it: %(repair)s"),
    "empty-file": _error("the file is empty", "write the record, or delete the file"),
    # mkdocs.yml
    "unknown-setting": _error("'%(key)s' is no setting of the site", "did you mean '%(nearest)s'?", "delete it: nothing else is read from mkdocs.yml"),
    "bad-setting": _error("the setting '%(key)s' cannot be this", "write it like this: %(example)s"),
}
