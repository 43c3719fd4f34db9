"""`sitegen validate`: read and check every record, and tell every mistake so that it can be mended.

Problems and counts go to stdout in the same order every time; how long it took goes to stderr, with `-v`.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sitegen import messages

if TYPE_CHECKING:
    from sitegen.problems import Place, Problem

HIDDEN = "…"
WHOLE_FILE = frozenset({"unknown-file", "bad-file-name", "empty-file", "no-organisation"})
"""Problems that no line of the file shows."""
_TOKEN = re.compile(r"\S[^\s,}\]:]*")
LONGEST_LINE = 160
"""So much of a source line is shown."""


def run(
    path: Path, *, lang: str | None = None, format: str = "text", verbose: bool = False, audience: str = "marketing"
) -> int:
    """Print the problems of a folder of records.

    Args:
        path: the folder; every place is printed with it in front, so that it can be clicked.
        lang: language of the messages; left out: the organisation's first.
        format: `text` (with source lines and hints), `concise` (one line a problem) or `json`.
        verbose: say on stderr how long each stage took.
        audience: values of fields above it are not printed, only where they are.

    Returns:
        The exit code: 1 where a problem is an error, else 0.
    """
    from sitegen.pipeline import Run

    work = Run(path)
    problems = work.problems
    organisation = work.read.records.organisation
    lang = lang or (organisation.languages[0] if organisation is not None else "en")
    teller = Teller(path, lang, audience)
    if format == "json":
        text = json.dumps(_as_json(problems, len(work.read.files), teller), ensure_ascii=False, indent=2)
        sys.stdout.write(text + "\n")
    else:
        for problem in problems:
            lines = teller.lines(problem) if format == "text" else teller.lines(problem)[:1]
            sys.stdout.write("\n".join(lines) + "\n" + ("\n" if format == "text" else ""))
        sys.stdout.write(_counts(problems, len(work.read.files), lang) + "\n")
    if verbose:
        for stage, seconds in work.timings.items():
            sys.stderr.write(f"{stage}: {seconds:.2f} s\n")
    return 1 if work.broken else 0


class Teller:
    """Problems as lines of text, for one folder, language and audience."""

    def __init__(self, root: Path, lang: str, audience: str) -> None:
        self.root = root
        self.lang = lang
        self.audience = audience
        self._source = lru_cache(maxsize=64)(self._read)

    def lines(self, problem: Problem) -> list[str]:
        """Where and what, the source line with a caret, the hint, other places."""
        found = [f"{self.where(problem.place)}: {problem.code} {self.sentence(problem)}"]
        found += self._excerpt(problem)
        hint = self.hint(problem)
        if hint:
            found.append(f"  {messages.translate(self.lang, 'hint')}: {hint}")
        for place in problem.also:
            found.append(f"  {messages.translate(self.lang, 'see also')}: {self.where(place)}")
        return found

    def where(self, place: Place) -> str:
        """A place as it can be clicked: with the folder that was given."""
        return shown(f"{self.root.as_posix()}/{place}")

    def sentence(self, problem: Problem) -> str:
        """What is wrong, and how many others of it the file has."""
        text = messages.translate(self.lang, problem.sentence, self._values(problem))
        others = problem.values.get("others")
        if isinstance(others, int):
            text += " " + messages.ntranslate(
                self.lang, "(and %(n)s more time in this file)", "(and %(n)s more times in this file)", others
            )
        return text

    def hint(self, problem: Problem) -> str:
        """How to mend it; "" where nobody can know."""
        return messages.translate(self.lang, problem.hint, self._values(problem))

    def _hidden(self, problem: Problem) -> bool:
        return problem.audience == "management" and self.audience != "management"

    def _values(self, problem: Problem) -> Mapping[str, Any]:
        values = dict(problem.values)
        if "month" in values:
            values["month"] = messages.translate(self.lang, str(values["month"]))
        if self._hidden(problem):
            values |= {name: HIDDEN for name in ("written", "repair") if name in values}
        return {name: shown(value) if isinstance(value, str) else value for name, value in values.items()}

    def _excerpt(self, problem: Problem) -> list[str]:
        """The source line, and a caret under what the problem is about."""
        place = problem.place
        source = self._source(place.file)
        if problem.code in WHOLE_FILE or not 0 < place.line <= len(source) or not source[place.line - 1].strip():
            return []
        line, before = source[place.line - 1], place.column - 1
        width = _width(line, before, problem.values)
        if self._hidden(problem):
            line, width = line[:before] + HIDDEN, 1
        elif len(line) > LONGEST_LINE:
            cut = max(0, min(before - 40, len(line) - LONGEST_LINE))
            front = HIDDEN if cut else ""
            end = HIDDEN if cut + LONGEST_LINE < len(line) else ""
            line, before = front + line[cut : cut + LONGEST_LINE] + end, before - cut + len(front)
        number = str(place.line)
        caret = " " * len(shown(line[:before])) + "^" * min(width, max(1, len(line) - before))
        return [f"  {number} | {shown(line)}", f"  {' ' * len(number)} | {caret}"]

    def _read(self, file: str) -> Sequence[str]:
        from sitegen import yamlfile

        text, _ = yamlfile.read(self.root / file, file)
        return (text or "").split("\n")


def _width(line: str, before: int, values: Mapping[str, Any]) -> int:
    """How much to underline: the text that the problem is about where it stands there, else the first word."""
    rest = line[before:]
    for name in ("written", "id", "key"):
        word = str(values.get(name, ""))
        if word and rest.lstrip("\"'").startswith(word):
            return len(word) + len(rest) - len(rest.lstrip("\"'"))
    found = _TOKEN.match(rest)
    return len(found[0]) if found and rest[0] not in "{[\"'|>&*" else 1


def shown(text: str) -> str:
    """Text that cannot do anything to a terminal: what is not printable is written as its number."""
    return text if text.isprintable() else "".join(c if c.isprintable() else f"\\u{ord(c):04x}" for c in text)


def _counts(problems: Sequence[Problem], files: int, lang: str) -> str:
    errors = sum(problem.severity == "error" for problem in problems)
    warnings = len(problems) - errors
    parts = [messages.ntranslate(lang, "%(n)s file", "%(n)s files", files)]
    if errors or not warnings:
        parts.append(messages.ntranslate(lang, "%(n)s error", "%(n)s errors", errors))
    if warnings:
        parts.append(messages.ntranslate(lang, "%(n)s warning", "%(n)s warnings", warnings))
    return ", ".join(parts)


def _as_json(problems: Sequence[Problem], files: int, teller: Teller) -> dict[str, Any]:
    def one(problem: Problem) -> Iterator[tuple[str, Any]]:
        yield "code", problem.code
        yield "severity", problem.severity
        yield "audience", problem.audience
        yield "file", problem.place.file
        yield "line", problem.place.line
        yield "column", problem.place.column
        yield "message", teller.sentence(problem)
        yield "hint", teller.hint(problem)
        yield "also", [{"file": place.file, "line": place.line, "column": place.column} for place in problem.also]

    errors = sum(problem.severity == "error" for problem in problems)
    return {
        "files": files, "errors": errors, "warnings": len(problems) - errors,
        "problems": [dict(one(problem)) for problem in problems],
    }  # fmt: skip
