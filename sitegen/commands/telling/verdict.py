"""What `validate` found, and the words for it: nothing here prints, and no word of it does anything to a terminal."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sitegen import messages

if TYPE_CHECKING:
    from sitegen.problems import Place, Problem

HIDDEN = "…"
_OF_THE_RECORD = ("written", "repair", "dated", "several", "either")
"""Values that say what stands in a record."""
TAB = "→"
"""How a tab in a source line is shown: as wide as the column counts it."""
WHOLE_FILE = frozenset(
    {
        "unknown-file",
        "other-kind",
        "bad-file-name",
        "empty-file",
        "no-organisation",
        "differs-by-case",
        "reserved-name",
        "utf-16",
    }
)
"""Problems that no line of the file shows."""
LONGEST_LINE = 160
"""So much of a source line is shown."""
_TOKEN = re.compile(r"\S[^\s,}\]:]*")


@dataclass(frozen=True)
class Verdict:
    """The problems that are told, in the order of their places, and what they are told of.

    `files` is the number of files read, `left_out` the number of problems that `--select` and `--ignore` took away,
    `strict` whether warnings fail.
    """

    problems: Sequence[Problem]
    files: int
    teller: Teller
    left_out: int = 0
    strict: bool = False

    @property
    def errors(self) -> list[Problem]:
        """What stops a build."""
        return [problem for problem in self.problems if problem.severity == "error"]

    @property
    def warnings(self) -> list[Problem]:
        """What is probably not meant."""
        return [problem for problem in self.problems if problem.severity != "error"]

    @property
    def worst_first(self) -> list[Problem]:
        """Errors, then warnings: for where only the first are seen."""
        return self.errors + self.warnings

    @property
    def failed(self) -> bool:
        """Whether the exit code is 1."""
        return bool(self.errors or (self.strict and self.problems))

    def counts(self) -> str:
        """How many files, errors and warnings; no warnings are not mentioned, no errors only where there are some."""
        lang, errors, warnings = self.teller.lang, len(self.errors), len(self.warnings)
        parts = [messages.ntranslate(lang, "%(n)s file", "%(n)s files", self.files)]
        if errors or not warnings:
            parts.append(messages.ntranslate(lang, "%(n)s error", "%(n)s errors", errors))
        if warnings:
            parts.append(messages.ntranslate(lang, "%(n)s warning", "%(n)s warnings", warnings))
        return ", ".join(parts)

    def notes(self) -> Iterator[str]:
        """What the counts alone would leave unclear: values not shown, problems left out, and why warnings fail."""
        if any(self.teller.hides(problem) for problem in self.problems):
            yield self.teller.say("… is what only management may see: `--audience management` shows it")
        if self.left_out:
            yield messages.ntranslate(
                self.teller.lang,
                "%(n)s more was left out by --select or --ignore",
                "%(n)s more were left out by --select or --ignore",
                self.left_out,
            )
        if self.failed and not self.errors:
            yield messages.translate(self.teller.lang, "warnings fail here, because of --strict")


class Teller:
    """The words of problems, for one folder, language and audience."""

    def __init__(self, root: Path, lang: str, audience: str) -> None:
        self.root = root
        self.lang = lang
        self.audience = audience
        self._source = lru_cache(maxsize=64)(self._read)

    def say(self, msgid: str) -> str:
        """A word of ours in the language."""
        return messages.translate(self.lang, msgid)

    def where(self, place: Place) -> str:
        """A place as it can be clicked: with the folder that was given."""
        return shown(f"{self.root.as_posix()}/{place}")

    def project_path(self, file: str) -> str:
        """The file as a forge knows it: from the folder of the command where it lies in it, else from the root.

        It is as raw as the name on the disk is; each format escapes it in its own way.
        """
        path = self.root / file
        if path.is_absolute() or ".." in path.parts:
            path, here = path.resolve(), Path.cwd().resolve()
            path = path.relative_to(here) if path.is_relative_to(here) else path
        return path.as_posix()

    def severity(self, problem: Problem) -> str:
        """`error` or `warning` in the language."""
        return self.say("error") if problem.severity == "error" else self.say("warning")

    def sentence(self, problem: Problem) -> str:
        """What is wrong, how many others of it the file has, and whether it hides what follows in the file."""
        text = messages.translate(self.lang, problem.sentence, self._words(problem))
        others = problem.values.get("others")
        if isinstance(others, int):
            text += " " + messages.ntranslate(
                self.lang, "(and %(n)s more time in this file)", "(and %(n)s more times in this file)", others
            )
        if problem.values.get("unread"):
            text += f" ({self.say('the rest of the file is read when this is mended')})"
        return text

    def hint(self, problem: Problem) -> str:
        """How to mend it; "" where nobody can know."""
        if self.hides(problem):  # a hint that can be said without what they may not see
            seen = {name: value for name, value in problem.values.items() if name not in _OF_THE_RECORD}
            known = replace(problem, values=seen).hint
            told = messages.translate(self.lang, known, self._words(problem))
            if known != problem.hint:
                told += f"; {self.say('`--audience management` shows what to write')}"
            return told
        return messages.translate(self.lang, problem.hint, self._words(problem))

    def values(self, problem: Problem) -> Mapping[str, Any]:
        """The values of a problem, without those that the audience may not see."""
        values = dict(problem.values)
        if self.hides(problem):
            values |= {name: HIDDEN for name in _OF_THE_RECORD if name in values}
        return values

    def excerpt(self, problem: Problem) -> tuple[str, str, str] | None:
        """The line's number, the line, and a caret under what the problem is about; None where no line shows it."""
        place = problem.place
        source = () if problem.code in WHOLE_FILE else self._source(place.file)
        line = source[place.line - 1].replace("\t", TAB) if 0 < place.line <= len(source) else ""
        if not line.strip():
            return None
        before = place.column - 1
        width = _width(line, before, problem.values)
        if self.hides(problem):
            line, width = line[:before] + HIDDEN, 1
        elif len(line) > LONGEST_LINE:
            cut = max(0, min(before - 40, len(line) - LONGEST_LINE))
            front = HIDDEN if cut else ""
            end = HIDDEN if cut + LONGEST_LINE < len(line) else ""
            line, before = front + line[cut : cut + LONGEST_LINE] + end, before - cut + len(front)
        caret = " " * len(shown(line[:before])) + "^" * min(width, max(1, len(line) - before))
        return str(place.line), shown(line), caret

    def hides(self, problem: Problem) -> bool:
        """Whether what the record says there is not shown to this audience."""
        return problem.audience == "management" and self.audience != "management"

    def _words(self, problem: Problem) -> Mapping[str, Any]:
        values = dict(self.values(problem))
        if "month" in values:
            values["month"] = self.say(str(values["month"]))
        return {name: shown(value) if isinstance(value, str) else value for name, value in values.items()}

    def _read(self, file: str) -> Sequence[str]:
        from sitegen import yamlfile

        return yamlfile.lines_to_show(self.root / file)


def shown(text: str) -> str:
    """Text that cannot do anything to a terminal: what is not printable is written as its number."""
    if text.isprintable():
        return text
    return "".join(c if c.isprintable() else f"\\u{ord(c):04x}" if c <= "\uffff" else f"\\U{ord(c):08x}" for c in text)


def _width(line: str, before: int, values: Mapping[str, Any]) -> int:
    """How much to underline: the text that the problem is about where it stands there, else the first word."""
    rest = line[before:]
    for name in ("written", "id", "key"):
        word = str(values.get(name, ""))
        if word and rest.lstrip("\"'").startswith(word):
            return len(word) + len(rest) - len(rest.lstrip("\"'"))
    found = _TOKEN.match(rest)
    return len(found[0]) if found and rest[0] not in f"{{[\"'|>&*{TAB}" else 1
