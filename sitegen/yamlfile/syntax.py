"""What the YAML parser could not read, told in a sentence with a repair."""

from __future__ import annotations

import re
from typing import Any, cast

from yaml.error import MarkedYAMLError

from sitegen.problems import Problem
from sitegen.yamlfile.braces import without_braces
from sitegen.yamlfile.document import Document
from sitegen.yamlfile.words import LONGEST_KEY, quoted, word_quote

LONGEST_LINE = 1_000
"""A longer line is not searched for what was meant: the expressions below would take minutes over a megabyte."""


def rest_of_line(line: str, column: int, *, ends: str = "") -> str:
    """The text of a line from a column, up to a comment or to one of the characters of `ends`."""
    text = line[column:].split(" #")[0]
    for end in ends:
        text = text.split(end)[0]
    return text.rstrip()


_TOO_MUCH_COLON = re.compile(r"(?P<before>\s*(?:- +)*[^\s:][^:]*: +)(?P<text>[^\s\[{\"'].*?: .*|[^\s\[{\"'].*:)\s*$")


_WRONG_BULLET = re.compile(r" *(?P<bullet>[*+•·–—−]) *(?=[{\[]|[^\W\d][\w-]*:(?: |$))")
_HARD_SPACE = re.compile(r"(?:[ -]|[\w-]+:(?=\u00a0))*(?P<space>\u00a0)")
_ENDED_OTHERWISE = re.compile(r"[:{\[,] *(?P<begin>\")[^\"]*[“”„‟] *[,}\]]")
_NEVER_ENDED = re.compile(r"(?:[^\"]|\"[^\"]*\")*[:,\[{] *(?P<begin>\")[^\"]*")
_FENCE = re.compile(r" *```")
_LEFT_FOR_LATER = re.compile(r"[^:#]*[^:#\s]: +(?P<mark>[-?])\s*$")
_OTHER_SIGN = re.compile(r"(?P<key>[a-z][a-z0-9_-]*)(?: *[=：] *| +(?=\S+$))(?P<value>[^\s=：].*)")
_COMMA_LEFT_OUT = re.compile(r"(?P<before>\S(?:.*\S)?) +(?P<key>[a-z][a-z_]*)$")
_OTHER_COMMA = re.compile(r"(?P<before>[^;]*\S) *; *(?P<key>[a-z][a-z_]*)")
_STUCK_HYPHEN = re.compile(r" *-(?=[{\[\"']|[^\W\d][\w-]*:)")
_BRACE_FIRST = re.compile(r"(?P<indent> *)(?P<hyphen>-?)(?=\{)")
_STUCK_COLON = re.compile(r"(?P<key>[a-z][a-z0-9_-]*):(?=\S)")
_HASH_FIRST = re.compile(r"[{,].*?: +(#\w[^,}\]]*)")
_DASHED_AMOUNT = re.compile(r": +((?:kr\.? ?)?(?P<number>\d[\d.]*),- ?(?:kr\.?|DKK|NOK)) *[,}]")
_ITEM = re.compile(r" *(?=- )")
_BRACKETS = re.compile(r" *(?:- +)*(?P<key>[^\W\d][\w-]*) +(?P<open>[{\[]).*(?P<close>[}\]])\s*")
_BLOCK_TEXT = re.compile(r"(?P<indent> *)(?:- +)*[^\s#:][^:]*: +[|>][+-]?\s*")
_NEXT_KEY = re.compile(r" *, *[a-z][a-z_]*: |[}\]]", re.ASCII)
_QUOTE_LEFT_OPEN = re.compile(r"[^\"]*: +(?P<begin>\")[^\"]*")
_NOT_KNOWN = re.compile(r"\?\s*[,}\]]")
_KEY_AND_VALUE = re.compile(r" *(?:- +)*(?=[^\s#:-][^:]*: +[^\s#])")


def problem_of(error: MarkedYAMLError, text: str, document: Document) -> Problem:
    """What the parser could not read, at the place of the text that is wrong and not where the parser gave up."""
    lines = text.split("\n")
    mark = error.problem_mark or error.context_mark
    start = error.context_mark or mark
    what, where = error.problem or "", error.context or ""

    def problem(code: str, line: int, column: int, severity: str = "", **values: str | int) -> Problem:
        return Problem(code, document.at((line, column)), values, severity)

    if mark is None or start is None:
        return problem("yaml-syntax", 0, 0)
    for at in range(max(0, mark.line - 2), min(mark.line + 1, len(lines))):
        short = lines[at][:LONGEST_LINE]
        if bullet := _WRONG_BULLET.match(short):
            repair = f"- {rest_of_line(short, bullet.end())}"
            return problem("wrong-bullet", at, bullet.start("bullet"), character=bullet["bullet"], repair=repair)
        if hard := _HARD_SPACE.match(short):
            return problem("hard-space", at, hard.start("space"))
        if fence := _FENCE.match(short):
            return problem("code-fence", at, fence.end() - 3)
        if at == mark.line and (left := _LEFT_FOR_LATER.match(short)):
            return problem("nothing-written", at, left.start("mark"))
    for at in (start.line, mark.line):
        if (deeper := _outside_its_block(lines, at)) is not None:
            return problem("indentation", at, 0, spaces=deeper)
    line = lines[mark.line] if mark.line < len(lines) else ""
    if "mapping values are not allowed" in what:
        if len(line) > LONGEST_LINE:
            return problem("yaml-syntax", mark.line, mark.column)
        for at in (mark.line, mark.line - 1):
            if at >= 0 and (stuck := _STUCK_HYPHEN.match(lines[at])):
                repair = f"- {rest_of_line(lines[at], stuck.end())}"
                return problem("no-space", at, stuck.end() - 1, character="-", repair=repair)
        if brackets := _BRACKETS.fullmatch(line.split(" #")[0]):
            repair = f"{brackets['key']}: {brackets['open']}…{brackets['close']}"
            return problem("no-colon", mark.line, brackets.start("key"), repair=repair)
        if outside := without_braces(line.split(" #")[0]):
            return problem("no-braces", mark.line, outside[0], repair=outside[1])
        found = _TOO_MUCH_COLON.match(line.split(" #")[0])
        if found:
            return problem("colon-in-text", mark.line, len(found["before"]), **_in_quotes(found["text"]))
        above = next(
            (at for at in range(mark.line - 1, -1, -1) if lines[at].strip() and not lines[at].lstrip().startswith("#")),
            None,
        )
        if above is not None and not re.search(r":(\s|$)", lines[above]):
            return _colon_missing(problem, lines, above, len(lines[above]) - len(lines[above].lstrip(" -")))
        return _indented(problem, lines, mark.line)
    if (
        "cannot start any token" in what
        or "expected node content" in what
        or "sequence entries are not allowed" in what
    ):
        if not line[mark.column :] and (cut_off := _begins_with_hash(problem, lines, mark.line)):
            return cut_off
        return _needs_quotes(problem, line, mark)
    if (
        "scanning an alias" in where
        or "scanning an anchor" in where
        or "parsing a tag" in where
        or "undefined tag handle" in what
        or "block scalar" in where
    ):
        return _needs_quotes(problem, lines[start.line], start)
    if "escape" in what or "hexdecimal" in what:
        return problem("bad-escape", mark.line, mark.column)
    if "quoted scalar" in where:
        return problem("open-quote", start.line, start.column, **ended_otherwise(lines[start.line], start.column))
    if "could not find expected ':'" in what:
        return _colon_missing(problem, lines, start.line, start.column)
    if "flow" in where:
        for at in range(start.line, min(mark.line + 1, len(lines))):
            if len(lines[at]) > LONGEST_LINE:
                continue
            if otherwise := _ENDED_OTHERWISE.search(lines[at]):
                begin = otherwise.start("begin")
                return problem("open-quote", at, begin, **ended_otherwise(lines[at], begin))
            cut = re.search(r"(?P<text>[^\s,:{\[][^,:{\[]*?) (?P<rest>#\w[^,}\]]*)", lines[at])
            if cut:
                return problem("cut-off", at, cut.start("rest"), "error", repair=quoted(f"{cut['text']} {cut['rest']}"))
            if never_ended := _NEVER_ENDED.fullmatch(lines[at]):
                return problem("open-quote", at, never_ended.start("begin"))
        if line[mark.column : mark.column + 1] == ":" and (begin := _value_before(line, mark.column)):
            left_out = _COMMA_LEFT_OUT.match(line[begin : mark.column]) if mark.column <= LONGEST_LINE else None
            if left_out and re.match(r": *[\[{\"'\d]", line[mark.column :]):
                key, repair = left_out["key"], f"{left_out['before']}, {left_out['key']}:"
                return problem("no-comma", mark.line, begin + left_out.start("key"), key=key, repair=repair)
            if semicolon := _OTHER_COMMA.fullmatch(line[begin : mark.column][:LONGEST_LINE]):
                key, repair = semicolon["key"], f"{semicolon['before']}, {semicolon['key']}:"
                return problem("no-comma", mark.line, begin + semicolon.start("key"), key=key, repair=repair)
            return problem("colon-in-text", mark.line, begin, **_in_quotes(_text_between(line, begin)))
        if line[mark.column - 1 : mark.column + 1] in ("}}", "]]"):
            return problem("extra-bracket", mark.line, mark.column)
        return problem("open-bracket", start.line, start.column)
    if "expected" in what and "flow" not in where and line[mark.column : mark.column + 1] in ("}", "]"):
        return problem("extra-bracket", mark.line, mark.column)
    if "expected key" in what and line[: mark.column].strip(" -"):
        if left_open := _left_open(lines, mark.line, mark.column):
            return problem("open-quote", *left_open)
        begin = max(line.rfind(": ", 0, mark.column) + 2, len(line) - len(line.lstrip(" -")))
        found_quote = re.match(r"[^:]*: +", line)
        begin = found_quote.end() if found_quote else begin
        return problem("text-after-quote", mark.line, begin, repair=requoted(rest_of_line(line, begin)))
    if "expected key" in what or "'-' indicator" in what or "<document start>" in what:
        return _indented(problem, lines, mark.line)
    return problem("yaml-syntax", mark.line, min(mark.column, len(line)))


def _begins_with_hash(problem: Any, lines: list[str], until: int) -> Problem | None:
    """A text between brackets that begins with #: to YAML the rest of its line is a comment, with the bracket in it."""
    for at in range(until, max(-1, until - 50), -1):
        found = _HASH_FIRST.search(lines[at][:LONGEST_LINE]) if at < len(lines) else None
        if found:
            return cast(Problem, problem("cut-off", at, found.start(1), "error", repair=quoted(found[1])))
    return None


def _colon_missing(problem: Any, lines: list[str], at: int, column: int) -> Problem:
    """A key without a colon, or with nothing between its colon and the value."""
    line = lines[at]
    text = rest_of_line(line[: column + LONGEST_LINE], column)
    if text[:1] == "{" and (moved := _as_item(problem, lines, at)):
        return moved
    if text[:1] in ("{", "["):
        return cast(Problem, problem("wrong-bullet", at, column, character=text[0], repair=f"- {text}"))
    stuck = _STUCK_COLON.match(text)
    if stuck is None:
        other = _OTHER_SIGN.fullmatch(text)
        values = {"repair": f"{other['key']}: {other['value']}"} if other else {}
        return cast(Problem, problem("no-colon", at, column, **values))
    repair = f"{stuck['key']}: {rest_of_line(line, column + stuck.end())}"
    return cast(Problem, problem("no-space", at, column + stuck.end() - 1, character=":", repair=repair))


def _outside_its_block(lines: list[str], at: int) -> int | None:
    """How many spaces the first line of a text below `key: |` lacks the beginning of: two more than its key has."""
    above = lines[at - 1][:LONGEST_LINE] if 0 < at < len(lines) else ""
    block = _BLOCK_TEXT.fullmatch(above)
    if block is None or lines[at][: len(block["indent"]) + 1].isspace() or not lines[at].strip():
        return None
    return len(block["indent"]) + 2


def _left_open(lines: list[str], at: int, column: int) -> tuple[int, int] | None:
    """Where the quote begins that swallowed the lines down to one on which the next quote seems to end it."""
    if lines[at][:column].count('"') % 2 == 0:
        return None
    for above in range(at - 1, max(-1, at - 50), -1):
        if lines[above].count('"') % 2:
            found = _QUOTE_LEFT_OPEN.fullmatch(lines[above][:LONGEST_LINE])
            return (above, found.start("begin")) if found else None
    return None


def _indented(problem: Any, lines: list[str], at: int) -> Problem:
    """A line that is indented otherwise than those around it: this one, or the first below a key, where it is that."""
    if moved := _as_item(problem, lines, at):
        return moved
    indent, first, head, below = (_indent(lines, line) for line in (at, at - 1, at - 2, at + 1))
    if head < indent == below != first and lines[at - 2].rstrip().endswith(":"):
        return cast(Problem, problem("indentation", at - 1, first, spaces=indent))
    return cast(Problem, problem("indentation", at, indent, **_spaces(lines, at)))


def _as_item(problem: Any, lines: list[str], at: int) -> Problem | None:
    """A line that begins with a brace, or with a hyphen that touches it, below an entry of the same kind: the whole of
    what to write, for with the hyphen alone its beginning would be wrong, and with that alone the hyphen missing.
    """
    found = _BRACE_FIRST.match(lines[at][:LONGEST_LINE])
    if found is None:
        return None
    above = range(at - 1, max(-1, at - 50), -1)
    item = next((before for one in above if (before := _ITEM.match(lines[one][:LONGEST_LINE]))), None)
    if item is None:
        return None
    column, spaces = len(found["indent"]), item.end()
    text = rest_of_line(lines[at][: LONGEST_LINE + 1], found.end())
    repair = f"- {text}" if len(text) <= LONGEST_KEY else "- {…}"
    if column != spaces:
        return cast(Problem, problem("indentation", at, column, repair=" " * spaces + repair))
    if found["hyphen"]:
        return cast(Problem, problem("no-space", at, column, character="-", repair=repair))
    return None


def _indent(lines: list[str], at: int) -> int:
    """How many spaces a line begins with; -1 where there is none, or nothing on it."""
    line = lines[at] if 0 <= at < len(lines) else ""
    return len(line) - len(line.lstrip(" ")) if line.strip() else -1


def _spaces(lines: list[str], at: int) -> dict[str, Any]:
    """How many spaces belong before a line: as many as before the last one of its sort, an item or a key with a value.

    Nothing where there is none, or that is what it has: then something else is wrong.
    """
    line = lines[at]
    indent = len(line) - len(line.lstrip(" "))
    item = line[indent : indent + 2] == "- "
    for above in reversed(lines[max(0, at - 50) : at]):
        found = (_ITEM if item else _KEY_AND_VALUE).match(above[:LONGEST_LINE])
        if found:
            return {"spaces": found.end()} if found.end() != indent else {}
    return {}


def _needs_quotes(problem: Any, line: str, mark: Any) -> Problem:
    character = line[mark.column : mark.column + 1]
    if not character:
        return cast(Problem, problem("open-bracket", mark.line, mark.column))
    in_brackets = "{" in line[: mark.column] or "[" in line[: mark.column]
    if in_brackets and _NOT_KNOWN.match(line, mark.column):
        return cast(Problem, problem("nothing-written", mark.line, mark.column))
    rest = rest_of_line(line, mark.column, ends=",}]" if in_brackets and character not in ",}]" else "")
    if character == "-" and (amount := _DASHED_AMOUNT.search(line[:LONGEST_LINE])):
        repair = re.sub(r"\D", "", amount["number"])
        return cast(Problem, problem("not-money", mark.line, amount.start(1), written=amount[1], repair=repair))
    found: Problem = problem("needs-quotes", mark.line, mark.column, character=character, repair=quoted(rest))
    return found


def _text_between(line: str, begin: int) -> str:
    """A text between brackets that has a colon, with the commas in it: it ends where another key begins."""
    text = rest_of_line(line[: begin + LONGEST_LINE], begin)
    end = _NEXT_KEY.search(text)
    return text[: end.start()].rstrip(" ,") if end else text


def _value_before(line: str, colon: int) -> int:
    """Where the value begins that a second colon stands in; 0 when there is none."""
    first = line.rfind(": ", 0, colon)
    return first + 2 + len(line[first + 2 :]) - len(line[first + 2 :].lstrip()) if first >= 0 else 0


def ended_otherwise(line: str, begin: int) -> dict[str, Any]:
    """What to write where a text begins with a straight quote and ends with that of a word processor."""
    text = rest_of_line(line, begin + 1, ends=",}]" if "{" in line[:begin] else "")[:LONGEST_KEY]
    quote = word_quote(text[-1:])
    return {"repair": quoted(text[:-1]), "quote": quote} if quote else {}


def _in_quotes(text: str) -> dict[str, Any]:
    """A text with quotes around it, and the quote of a word processor that is there already."""
    return {"repair": quoted(text), "quote": word_quote(text)}


def requoted(text: str) -> str:
    """A text with quotes in it, in quotes as a whole.

    Quotes around it were meant to be that where one of their kind is left inside (`'Jonas' idé'`), or begins a word
    there (`"Han sagde "ja" til"`).
    """
    quote, inside = text[:1], text[1:-1]
    first = inside.find(quote)
    meant = text[-1:] == quote and (inside.count(quote) % 2 or inside[first - 1 : first] == " ")
    if len(text) <= LONGEST_KEY and quote in "\"'" and first > 0 and meant:
        other = "'" if quote == '"' else '"'
        if other not in inside and "\\" not in inside:
            return f"{other}{inside}{other}"
    return "'" + text[:LONGEST_KEY].replace("'", "''") + "'"
