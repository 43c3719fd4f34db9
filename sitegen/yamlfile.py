"""YAML text → plain data and the place of every key and value; whatever a record may not be is a Problem.

PyYAML's C parser gives events; this module makes dicts and lists of them itself. That is where duplicate keys, anchors, aliases,
tags, several documents, depth and size are refused, and where words become values by the YAML 1.2 core schema: `no`, `on`,
`12:30`, `1_000` and `0123` are text. Numbers with a point are floats of at most 15 digits, so that `repr` gives the written
decimal back exactly. PyYAML's own Python scanner is another dialect and is not used.
"""

from __future__ import annotations

import os
import re
import stat
import unicodedata
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from sitegen.problems import Place, Problem

try:
    from yaml.cyaml import CParser
except ImportError as missing:  # a PyYAML built without libyaml
    raise RuntimeError("PyYAML was installed without libyaml: install it from a wheel (pip install --force-reinstall pyyaml)") from missing
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

MOST_BYTES = 1_000_000
MOST_DEPTH = 20
MOST_NODES = 50_000
LONGEST_TEXT = 10_000
LONGEST_KEY = 200
MOST_DIGITS = 15
"""A double keeps 15 significant digits of any decimal number: `repr(float(text))` has the same digits."""

_INTEGER = re.compile(r"[-+]?(0|[1-9][0-9]*)|0o[0-7]+|0x[0-9a-fA-F]+")
_FLOAT = re.compile(r"[-+]?(\.[0-9]+|(0|[1-9][0-9]*)(\.[0-9]*)?)([eE][-+]?[0-9]+)?")
_NO_NUMBER = re.compile(r"[-+]?\.(inf|Inf|INF)|\.(nan|NaN|NAN)")
_WORDS = {"": None, "~": None, "null": None, "Null": None, "NULL": None}
_WORDS |= dict.fromkeys(("true", "True", "TRUE"), True) | dict.fromkeys(("false", "False", "FALSE"), False)
_MAYBE_A_NUMBER = frozenset("0123456789.+-")

_CUT_OFF = re.compile(r"[ ]+(#\w)")
_SPECIAL = re.compile("[&*!\"'|>]")
_CONFLICT = re.compile(r"^(<{7} |={7}$|>{7} )", re.MULTILINE)
_HIDDEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\xad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufdd0-\ufdef\ufeff\ufff9-\ufffb"
    "\ufffe\uffff" + "".join(f"{chr(plane << 16 | 0xFFFE)}{chr(plane << 16 | 0xFFFF)}" for plane in range(1, 17)) + "\U000e0000-\U000e0fff]"
)

Mark = Any
"""A place as the parser gives it, or (line, column), both from 0."""
Marks = list[Any]
"""The marks of a mapping or list: its own, then for a mapping key and value in turn, for a list each item. A value that is a
mapping or list has its own Marks there."""


class Document:
    """What a file says: `data` (None where it could not be read), the places in it, and what is wrong with it.

    `line` is how many lines of the file stand before the YAML (the `---` of a template's front matter).
    """

    def __init__(self, file: str, line: int = 0) -> None:
        self.file = file
        self.line = line
        self.data: Any = None
        self.marks: Marks | Mark = None
        self.problems: list[Problem] = []

    def place(self, path: Sequence[str | int], *, key: bool = False) -> Place:
        """The place of the value at `path`, or of its key; of what is nearest above it where the path leads nowhere."""
        data, marks = self.data, self.marks
        found = _own(marks)
        for step in path:
            if isinstance(data, dict) and step in data:
                at = 1 + 2 * list(data).index(str(step))
                found = marks[at] if key else _own(marks[at + 1])
                data, marks = data[step], marks[at + 1]
            elif isinstance(data, list) and isinstance(step, int) and step < len(data):
                data, marks = data[step], marks[step + 1]
                found = _own(marks)
            else:
                break
        return self.at(found)

    def at(self, mark: Mark) -> Place:
        """A mark as a Place."""
        if mark is None:
            return Place(self.file, self.line + 1)
        line, column = mark if isinstance(mark, tuple) else (mark.line, mark.column)
        return Place(self.file, self.line + line + 1, column + 1)


def _own(marks: Marks | Mark) -> Mark:
    return marks[0] if isinstance(marks, list) else marks


def read(path: Path | str, file: str) -> tuple[str | None, list[Problem]]:
    """The text of a file if it may be parsed at all, else None and why: an ordinary file, at most 1 MB, clean UTF-8 text."""
    try:
        descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
    except OSError:
        return None, [Problem("not-a-file", Place(file))]
    try:
        status = os.fstat(descriptor)
        if not stat.S_ISREG(status.st_mode):
            return None, [Problem("not-a-file", Place(file))]
        if status.st_size > MOST_BYTES:
            return None, [Problem("too-large", Place(file))]
        raw = os.read(descriptor, MOST_BYTES + 1)
    finally:
        os.close(descriptor)
    return decode(raw, file)


def decode(raw: bytes, file: str) -> tuple[str | None, list[Problem]]:
    """Bytes → text without a byte order mark and with plain line ends, or None and what is wrong with them."""
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        return None, [Problem("utf-16", Place(file))]
    if len(raw) > MOST_BYTES:
        return None, [Problem("too-large", Place(file))]
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError as error:
        before = raw[: error.start].decode("utf-8")
        return None, [Problem("not-utf-8", _place_in(before, len(before), file))]
    if text.startswith("\ufeff"):
        text = text[1:]
    if "\r" in text:
        text = text.replace("\r\n", "\n")
    # `isprintable` is the fast way to know that there is nothing hidden: it knows of more than we refuse, never of less.
    if not text.replace("\n", "").isprintable():
        problems = _hidden(text, file)
        if problems:
            return None, problems
    if "<<<<<<<" in text or ">>>>>>>" in text:
        marker = _CONFLICT.search(text)
        if marker:
            return None, [Problem("merge-conflict", _place_in(text, marker.start(), file))]
    return text, []


def _place_in(text: str, at: int, file: str) -> Place:
    return Place(file, text.count("\n", 0, at) + 1, at - text.rfind("\n", 0, at))


def _hidden(text: str, file: str) -> list[Problem]:
    """The first tab and the first hidden character of a text."""
    problems = []
    tab = text.find("\t")
    if tab >= 0:
        problems.append(Problem("tab", _place_in(text, tab, file)))
    found = _HIDDEN.search(text.replace("\t", " "))
    if found:
        problems.append(Problem("hidden-character", _place_in(text, found.start(), file), {"name": _named(found[0])}))
    return problems


def _named(character: str) -> str:
    """A character's number and name in Unicode."""
    return f"U+{ord(character):04X} {unicodedata.name(character, '')}".strip()


def parse(text: str, file: str, *, line: int = 0) -> Document:
    """The document of a text that `read` or `decode` has passed. `line` counts lines of the file that stand before the text.

    After a mistake in the YAML itself, nothing of the file is kept; after a duplicate key or the like, everything else is.
    """
    document = Document(file, line)
    try:
        _Reader(text, document).run()
    except MarkedYAMLError as error:
        document.data, document.marks = None, None
        document.problems = [_syntax(error, text, document)]
    except _Stop:
        document.data, document.marks = None, None
    return document


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
        self.lines: list[str] | None = text.split("\n") if " #" in text else None
        self.refused = 0
        # A text without any of these has neither anchors, aliases, tags, quotes, blocks nor cut-off texts, and its words need no
        # second look: most files are like that.
        self.simple = self.lines is None and len(text) <= LONGEST_TEXT and _SPECIAL.search(text) is None

    def problem(self, code: str, mark: Mark, also: tuple[Mark, ...] = (), **values: str | int) -> None:
        """Tell a mistake at a mark."""
        document = self.document
        document.problems.append(Problem(code, document.at(mark), values, also=tuple(document.at(other) for other in also)))

    def run(self) -> None:
        """Read all events. One loop with its own stack: a function call for each node costs more than the node."""
        get_event = CParser(self.text).get_event
        simple, plain, keys = self.simple, _plain, _keys
        if len(plain) > _MOST_KEPT or len(keys) > _MOST_KEPT:
            plain.clear()
            keys.clear()
        documents = nodes = 0
        container: Any = []  # the document is the only item of this list
        marks: Marks = [None]
        holder, holder_marks = container, marks
        is_map = False
        key: str | None = ""  # None: a key comes next
        stack: list[tuple[Any, Marks, bool, str | None]] = []  # what holds the container, and its key when the container ends
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
                    value = self._scalar(event, text)
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
        if style in ("|", ">") or not text or (not style and _WORDS.get(text, text) is None):
            self.problem("key-not-text", mark)
            return self._refused()
        if text in container:
            first = marks[1 + 2 * list(container).index(text)]
            self.problem("duplicate-key", mark, (first,), key=text[:LONGEST_KEY], first=self.document.at(first).line)
            return self._refused()
        if len(text) > LONGEST_KEY:
            self.problem("text-too-long", mark, most=LONGEST_KEY)
        elif style == '"':
            self._escaped(text, mark)
        elif not style:
            _keys[text] = text
        return text

    def _scalar(self, event: Any, text: str) -> Any:
        """The value that an event writes, in a file where it may be more than a plain word."""
        mark, style = event.start_mark, event.style
        if event.anchor is not None or event.tag is not None:
            self._not_plain(event)
        if len(text) > LONGEST_TEXT:
            self.problem("text-too-long", mark, most=LONGEST_TEXT)
        if style:
            if style == '"':
                self._escaped(text, mark)
            return text
        value = _plain[text] if text in _plain else self._value(text, mark)
        if self.lines is not None and value.__class__ is str:
            self._cut_off(event.end_mark, self.lines, text)
        return value

    def _refused(self) -> str:
        """A stand-in for a key that was refused: no key can be written like this, and it is taken out in the end."""
        self.refused += 1
        return f"\0{self.refused}"

    def _not_plain(self, event: Any) -> None:
        mark = event.start_mark
        repair = quoted(_rest(self.text.split("\n")[mark.line], mark.column))
        if event.anchor is not None:
            self.problem("anchor", mark, repair=repair)
        if event.tag is not None:
            self.problem("tag", mark, repair=repair)

    def _value(self, text: str, mark: Mark) -> Any:
        """What a plain word means by the YAML 1.2 core schema; remembered, so that equal words are one object."""
        value: Any = text
        if text in _WORDS:
            value = _WORDS[text]
        elif text[0] in _MAYBE_A_NUMBER:
            if _INTEGER.fullmatch(text) or _FLOAT.fullmatch(text):
                digits = text.lower().partition("e")[0].lstrip("+-0.").replace(".", "")
                if len(digits) > MOST_DIGITS or len(text) > 2 * MOST_DIGITS:
                    self.problem("number-too-long", mark, written=text[:LONGEST_KEY])
                    return None
                value = int(text, 0) if text[1:2] in ("o", "x") else int(text) if _INTEGER.fullmatch(text) else float(text)
                if value in (float("inf"), float("-inf")):
                    self.problem("number-too-long", mark, written=text[:LONGEST_KEY])
                    return None
            elif _NO_NUMBER.fullmatch(text):
                self.problem("not-a-number", mark, written=text)
                return text
        _plain[text] = value
        return value

    def _cut_off(self, end: Any, lines: list[str], text: str) -> None:
        """Warn where a comment with no space after its # follows a plain text: it was meant to be part of it."""
        line = lines[end.line] if end.line < len(lines) else ""
        found = _CUT_OFF.match(line, end.column)
        if found:
            self.problem("cut-off", (end.line, found.start(1)), repair=quoted(f"{text} {line[found.start(1) :].strip()}"))

    def _escaped(self, text: str, mark: Mark) -> None:
        """A backslash in double quotes can write what may not stand in a file."""
        if not text.isprintable():
            found = _HIDDEN.search(text)
            if found or any("\ud800" <= letter <= "\udfff" for letter in text):
                self.problem("hidden-character", mark, name=_named(found[0]) if found else "U+D800")


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


def quoted(text: str) -> str:
    """A text as it is written in quotes in a record."""
    text = text.strip()[:LONGEST_KEY]
    return f'"{text}"' if '"' not in text and "\\" not in text else "'" + text.replace("'", "''") + "'"


def _rest(line: str, column: int, *, ends: str = "") -> str:
    """The text of a line from a column, up to a comment or to one of the characters of `ends`."""
    text = line[column:].split(" #")[0]
    for end in ends:
        text = text.split(end)[0]
    return text.rstrip()


_TOO_MUCH_COLON = re.compile(r"(?P<before>\s*(?:- +)*[^\s:][^:]*: +)(?P<text>[^\s\[{\"'].*?: .*|[^\s\[{\"'].*:)\s*$")


def _syntax(error: MarkedYAMLError, text: str, document: Document) -> Problem:
    """What the parser could not read, said so that a person can mend it, at the place of the text and not where the parser gave up."""
    lines = text.split("\n")
    mark = error.problem_mark or error.context_mark
    start = error.context_mark or mark
    what, where = error.problem or "", error.context or ""

    def problem(code: str, line: int, column: int, severity: str = "", **values: str) -> Problem:
        return Problem(code, document.at((line, column)), values, severity)

    if mark is None or start is None:
        return problem("yaml-syntax", 0, 0)
    line = lines[mark.line] if mark.line < len(lines) else ""
    indent = len(line) - len(line.lstrip())
    if "mapping values are not allowed" in what:
        found = _TOO_MUCH_COLON.match(line.split(" #")[0])
        if found:
            return problem("colon-in-text", mark.line, len(found["before"]), repair=quoted(found["text"]))
        above = next((at for at in range(mark.line - 1, -1, -1) if lines[at].strip() and not lines[at].lstrip().startswith("#")), None)
        if above is not None and not re.search(r":(\s|$)", lines[above]):
            return problem("no-colon", above, len(lines[above]) - len(lines[above].lstrip(" -")))
        return problem("indentation", mark.line, indent)
    if "cannot start any token" in what or "expected node content" in what or "sequence entries are not allowed" in what:
        return _needs_quotes(problem, line, mark)
    if "scanning an alias" in where or "scanning an anchor" in where or "parsing a tag" in where or "block scalar" in where:
        return _needs_quotes(problem, lines[start.line], start)
    if "unknown escape" in what or "escape" in where:
        return problem("bad-escape", mark.line, mark.column)
    if "quoted scalar" in where:
        return problem("open-quote", start.line, start.column)
    if "could not find expected ':'" in what:
        return problem("no-colon", start.line, start.column)
    if "flow" in where:
        for at in range(start.line, min(mark.line + 1, len(lines))):
            cut = re.search(r"(?P<text>[^\s,:{\[][^,:{\[]*?) (?P<rest>#\w[^,}\]]*)", lines[at])
            if cut:
                return problem("cut-off", at, cut.start("rest"), "error", repair=quoted(f"{cut['text']} {cut['rest']}"))
        if line[mark.column : mark.column + 1] == ":" and (begin := _value_before(line, mark.column)):
            return problem("colon-in-text", mark.line, begin, repair=quoted(_rest(line, begin, ends=",}]")))
        return problem("open-bracket", start.line, start.column)
    if "expected key" in what and line[: mark.column].strip(" -"):
        begin = max(line.rfind(": ", 0, mark.column) + 2, len(line) - len(line.lstrip(" -")))
        found_quote = re.match(r"[^:]*: +", line)
        begin = found_quote.end() if found_quote else begin
        return problem("text-after-quote", mark.line, begin, repair=_requoted(_rest(line, begin)))
    if "expected key" in what or "'-' indicator" in what or "<document start>" in what:
        return problem("indentation", mark.line, indent)
    return problem("yaml-syntax", mark.line, min(mark.column, len(line)))


def _needs_quotes(problem: Any, line: str, mark: Any) -> Problem:
    character = line[mark.column : mark.column + 1]
    in_brackets = "{" in line[: mark.column] or "[" in line[: mark.column]
    rest = _rest(line, mark.column, ends=",}]" if in_brackets and character not in ",}]" else "")
    found: Problem = problem("needs-quotes", mark.line, mark.column, character=character, repair=quoted(rest))
    return found


def _value_before(line: str, colon: int) -> int:
    """Where the value begins that a second colon stands in; 0 when there is none."""
    first = line.rfind(": ", 0, colon)
    return first + 2 + len(line[first + 2 :]) - len(line[first + 2 :].lstrip()) if first >= 0 else 0


def _requoted(text: str) -> str:
    """A text with quotes in it, in quotes as a whole."""
    return "'" + text.replace("'", "''") + "'"
