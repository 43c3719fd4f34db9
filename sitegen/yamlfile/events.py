"""The events of the YAML parser → plain data, with everything refused that a record may not be."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

try:
    from yaml.cyaml import CParser
except ImportError as missing:  # a PyYAML built without libyaml
    raise RuntimeError(
        "PyYAML was installed without libyaml: install it from a wheel (pip install --force-reinstall pyyaml)"
    ) from missing
from yaml.error import MarkedYAMLError
from yaml.events import (
    AliasEvent,
    DocumentStartEvent,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
    StreamEndEvent,
)

from sitegen.problems import Problem
from sitegen.yamlfile.braces import in_braces
from sitegen.yamlfile.document import MOST_MISTAKES, Document, Mark, Marks
from sitegen.yamlfile.guard import HIDDEN, named
from sitegen.yamlfile.syntax import ended_otherwise, problem_of, requoted, rest_of_line
from sitegen.yamlfile.words import LONGEST_KEY, NULL, meaning, quoted

MOST_DEPTH = 20
MOST_NODES = 50_000
LONGEST_TEXT = 10_000
HARD_SPACE = "\u00a0"
_HEADER = re.compile(r"[|>][0-9+-]{0,2}(?: +#.*| *)")
_CUT_OFF = re.compile(r"[ ]+(#\w)")
_DIRECTIVE = re.compile("^%", re.MULTILINE)
_SPECIAL = re.compile("[&*!\"'|>]")


def read_events(text: str, file: str, line: int = 0) -> Document:
    """The document that the parser's events make."""
    document = Document(file, line)
    if directive := _DIRECTIVE.search(text):  # libyaml takes minutes over thousands of them
        at = text.count("\n", 0, directive.start()), 0
        document.problems.append(Problem("directive", document.at(at)))
        return document
    try:
        _Reader(text if text.endswith("\n") else text + "\n", document).run()
    except MarkedYAMLError as error:
        document.data, document.marks = None, None
        document.problems = [_stopping(problem_of(error, text, document), text, document)]
    except _Stop:
        document.data, document.marks = None, None
        if document.problems[-1].code in _SYNTAX:
            document.problems[-1] = _stopping(document.problems[-1], text, document)
    return document


_SYNTAX = frozenset({"hard-space", "no-braces"})
"""What the reader stops at as the parser would: not a limit, but something that hides what follows."""


def _stopping(problem: Problem, text: str, document: Document) -> Problem:
    """A mistake in the YAML, with `unread` where something stands below it: mistakes there are not told yet."""
    below = text.split("\n")[problem.place.line - document.line :]
    if not any(line.strip() and not line.lstrip().startswith("#") for line in below):
        return problem
    return replace(problem, values={**problem.values, "unread": 1})


class _Stop(Exception):
    """The file is beyond a limit: the rest of it is not read."""


_plain: dict[str, Any] = {}
_keys: dict[str, str] = {}
_MOST_KEPT = 200_000


class _Reader:
    """Builds the data of one document from the parser's events."""

    def __init__(self, text: str, document: Document) -> None:
        self.document = document
        self.text = text
        self.lines: list[str] | None = None
        self.comments = " #" in text
        self.refused = 0
        self.twice: set[str] = set()  # stand-ins of keys that stand twice
        # A text without any of these has neither anchors, aliases, tags, quotes, blocks nor cut-off texts, and its
        # words need no second look: most files are like that.
        self.simple = not self.comments and len(text) <= LONGEST_TEXT and _SPECIAL.search(text) is None

    def problem(self, code: str, mark: Mark, also: tuple[Mark, ...] = (), **values: str | int) -> None:
        """Tell a mistake at a mark."""
        document = self.document
        if len(document.problems) >= MOST_MISTAKES:
            document.problems.append(Problem("too-many-mistakes", document.at(mark), {"most": MOST_MISTAKES}))
            raise _Stop
        document.problems.append(
            Problem(code, document.at(mark), values, also=tuple(document.at(other) for other in also))
        )

    def run(self) -> None:
        """Read all events. One loop with its own stack: a function call for each node costs more than the node."""
        get_event = CParser(self.text).get_event
        simple, plain, keys = self.simple, _plain, _keys
        if len(plain) > _MOST_KEPT or len(keys) > _MOST_KEPT:
            plain.clear()
            keys.clear()
        documents = nodes = 0
        stuck = "}#" in self.text or "]#" in self.text  # a comment needs a space before it
        container: Any = []  # the document is the only item of this list
        marks: Marks = [None]
        holder, holder_marks = container, marks
        is_map = False
        key: str | None = ""  # None: a key comes next
        stack: list[
            tuple[Any, Marks, bool, str | None]
        ] = []  # what holds the container, and its key when the container ends
        while True:
            event = get_event()
            kind = event.__class__
            if kind is ScalarEvent:
                text = event.value
                mark = event.start_mark
                marks.append(mark)
                if key is None:
                    key = keys.get(text) if simple else None
                    if key is None or key in container:
                        key = self._key(event, text, container, marks)
                    continue
                if simple:
                    try:
                        value = plain[text]
                    except KeyError:
                        value = self._value(text, mark)
                else:
                    value = self._scalar(event, text, marks[0])
            elif kind is MappingStartEvent or kind is SequenceStartEvent:
                mark = event.start_mark
                if not simple and (event.anchor is not None or event.tag is not None):
                    self._not_plain(event)
                if len(stack) >= MOST_DEPTH:
                    self.problem("too-deep", mark)
                    raise _Stop
                inside: Any = {} if kind is MappingStartEvent else []
                own: Marks = [mark]
                if key is None:  # a mapping or list where a key belongs
                    self.problem("key-not-text", mark)
                    marks.append(mark)
                    stack.append((container, marks, True, self._refused()))
                else:
                    if is_map:
                        container[key] = inside
                    else:
                        container.append(inside)
                    marks.append(own)
                    stack.append((container, marks, is_map, None if is_map else ""))
                container, marks, is_map = inside, own, kind is MappingStartEvent
                key = None if is_map else ""
                continue
            elif kind is MappingEndEvent or kind is SequenceEndEvent:
                nodes += len(marks)
                if nodes > MOST_NODES:
                    self.problem("too-many", event.start_mark)
                    raise _Stop
                if stuck and self._all_lines()[event.end_mark.line].startswith("#", event.end_mark.column):
                    self.problem("text-after-quote", event.end_mark)
                container, marks, is_map, key = stack.pop()
                continue
            elif kind is AliasEvent:
                mark = event.start_mark
                marks.append(mark)
                self.problem("alias", mark, repair=quoted("*" + event.anchor))
                if key is None:
                    key = self._refused()
                    continue
                value = None
            elif kind is DocumentStartEvent:
                documents += 1
                if documents > 1:
                    self.problem("several-documents", event.start_mark)
                    break
                continue
            elif kind is StreamEndEvent:
                break
            else:
                continue
            if is_map:
                container[key] = value
                key = None
            else:
                container.append(value)
        if holder:
            self.document.data = holder[0]
            self.document.marks = holder_marks[1]
            if self.refused:
                _without_refused(self.document.data, self.document.marks)

    def _key(self, event: Any, text: str, container: dict[str, Any], marks: Marks) -> str:
        """The key that an event writes, or a stand-in and a problem."""
        mark, style = event.start_mark, event.style
        if event.anchor is not None or event.tag is not None:
            self._not_plain(event)
        if style in ("|", ">") or not text or (text == "-" and not style) or (not style and text in NULL):
            self.problem("key-not-text", mark, written=text[:LONGEST_KEY])
            return self._refused()
        if text[0] == HARD_SPACE:
            self.problem("hard-space", mark)  # the line belongs elsewhere, and what it leaves behind would be told too
            raise _Stop
        if text[0] == "(" and not style and ")" not in text:
            repair = in_braces(self._all_lines()[mark.line][mark.column :])
            self.problem("no-braces", mark, repair=repair)  # the parts of what it holds would be told one by one
            raise _Stop
        if text in container:
            self._twice(text, mark, container, marks)
            return self._refused()
        if len(text) > LONGEST_KEY:
            self.problem("text-too-long", mark, most=LONGEST_KEY)
        elif style == '"':
            self._escaped(text, mark)
        elif not style:
            _keys[text] = text
        return text

    def _twice(self, text: str, mark: Mark, container: dict[str, Any], marks: Marks) -> None:
        """Tell a key that stands twice; keys that follow one another so are those of an entry without its hyphen."""
        if next(reversed(container)) in self.twice:
            self.twice.add(self._next_refused())
            return
        first = marks[1 + 2 * list(container).index(text)]
        values: dict[str, str | int] = {"key": text[:LONGEST_KEY], "first": self.document.at(first).line}
        lines = self._all_lines()
        if text == next(iter(container)) and lines[first.line][: first.column].endswith("- "):
            values["repair"] = f"- {text[:LONGEST_KEY]}:"
        self.problem("duplicate-key", mark, (first,), **values)
        self.twice.add(self._next_refused())

    def _scalar(self, event: Any, text: str, holder: Mark) -> Any:
        """The value that an event writes, in a file where it may be more than a plain word."""
        mark, style = event.start_mark, event.style
        if event.anchor is not None or event.tag is not None:
            self._not_plain(event)
        if len(text) > LONGEST_TEXT:
            self.problem("text-too-long", mark, most=LONGEST_TEXT)
        if style:
            if style == '"':
                self._escaped(text, mark)
            self._strict(event, text, holder)
            return text
        value = _plain[text] if text in _plain else self._value(text, mark)
        if self.comments and value.__class__ is str:
            self._cut_off(event.end_mark, self._all_lines(), text)
        elif self.comments and not text:
            self._all_cut_off(mark)
        return value

    def _strict(self, event: Any, text: str, holder: Mark) -> None:
        """What libyaml takes and the standard does not, such as a forgotten quote that swallows the lines below it."""
        start, end = event.start_mark, event.end_mark
        lines = self._all_lines()
        first = lines[start.line]
        if event.style in "|>":
            header = first[start.column :]
            if not _HEADER.fullmatch(header):
                self.problem("needs-quotes", start, character=header[0], repair=quoted(header))
            elif not text.strip():
                self.problem("nothing-written", start)
            elif holder is not None and not first[: start.column].strip() and start.column <= holder.column:
                self.problem("indentation", start)
            return
        if lines[end.line][end.column : end.column + 1] == "#":
            self.problem("text-after-quote", start, repair=requoted(first[start.column :]))
        if start.line != end.line and holder is not None:
            in_brackets = lines[holder.line][holder.column : holder.column + 1] in ("{", "[")
            most = 0 if in_brackets else holder.column
            between = lines[start.line + 1 : end.line + 1]
            if any(line.strip() and len(line) - len(line.lstrip(" ")) <= most for line in between):
                self.problem("open-quote", start, **ended_otherwise(first, start.column))

    def _all_lines(self) -> list[str]:
        if self.lines is None:
            self.lines = self.text.split("\n")
        return self.lines

    def _refused(self) -> str:
        """A stand-in for a key that was refused: no key can be written like this, and it is taken out in the end."""
        key = self._next_refused()
        self.refused += 1
        return key

    def _next_refused(self) -> str:
        return f"\0{self.refused + 1}"

    def _not_plain(self, event: Any) -> None:
        mark = event.start_mark
        repair = quoted(rest_of_line(self._all_lines()[mark.line], mark.column))
        if event.anchor is not None:
            self.problem("anchor", mark, repair=repair)
        if event.tag is not None:
            self.problem("tag", mark, repair=repair)

    def _value(self, text: str, mark: Mark) -> Any:
        """What a plain word means by the YAML 1.2 core schema; remembered, so that equal words are one object."""
        value, code = meaning(text)
        if code == "thousands-point":
            self.problem(code, mark, written=text, repair=text.replace(".", ""), read=f"{value:g}")
        elif code == "nothing-written":
            self.problem(code, mark)
        elif code:
            self.problem(code, mark, written=text[:LONGEST_KEY])
        else:
            _plain[text] = value
        return value

    def _cut_off(self, end: Any, lines: list[str], text: str) -> None:
        """Warn where a comment with no space after its # follows a plain text: it was meant to be part of it."""
        line = lines[end.line] if end.line < len(lines) else ""
        found = _CUT_OFF.match(line, end.column)
        if found:
            self.problem(
                "cut-off", (end.line, found.start(1)), repair=quoted(f"{text} {line[found.start(1) :].strip()}")
            )

    def _all_cut_off(self, mark: Any) -> None:
        """Tell a text that begins with # and no space: to YAML nothing is written, and a comment follows."""
        found = _CUT_OFF.match(self._all_lines()[mark.line], mark.column)
        if found:
            line = self._all_lines()[mark.line]
            at = self.document.at(mark)
            self.document.problems.append(Problem("cut-off", at, {"repair": quoted(line[found.start(1) :])}, "error"))

    def _escaped(self, text: str, mark: Mark) -> None:
        """A backslash in double quotes can write what may not stand in a file."""
        if not text.isprintable():
            found = HIDDEN.search(text)
            if found or any("\ud800" <= letter <= "\udfff" for letter in text):
                self.problem("hidden-character", mark, name=named(found[0]) if found else "U+D800")


def _without_refused(data: Any, marks: Any) -> None:
    if isinstance(data, dict):
        for at, key in reversed(list(enumerate(data))):
            if key.startswith("\0"):
                del data[key]
                del marks[1 + 2 * at : 3 + 2 * at]
        for at, inside in enumerate(data.values()):
            _without_refused(inside, marks[2 + 2 * at])
    elif isinstance(data, list):
        for at, inside in enumerate(data):
            _without_refused(inside, marks[1 + at])
