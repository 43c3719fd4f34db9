"""What an import of support cases would write: the new text of each month's file, found right with all other records
before any of it is. Nothing here changes a record.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from sitegen import yamlfile
from sitegen.importers.cases import Case, Closing, FoundCases
from sitegen.importers.checked import MOST_ROUNDS, errors
from sitegen.messages import Refusal
from sitegen.problems import Problem
from sitegen.records import Read
from sitegen.records.entries import with_cases

Change = Case | Closing


@dataclass
class CasesPlan:
    """What is to be written, new texts by file, and what hinders.

    `wrong`: errors that no row of the file is the reason of; nothing may be written while there are any.
    """

    changes: list[Change] = field(default_factory=list)
    texts: dict[str, str] = field(default_factory=dict)
    wrong: list[Problem] = field(default_factory=list)

    @property
    def cases(self) -> list[Case]:
        """The new cases."""
        return [change for change in self.changes if isinstance(change, Case)]

    @property
    def closings(self) -> list[Closing]:
        """The cases that get the day they were closed."""
        return [change for change in self.changes if isinstance(change, Closing)]


def plan(root: Path, read: Read, found: FoundCases) -> CasesPlan:
    """Plan to write what is new; rows that cannot be written are refused in `found`.

    A file of cases that cannot be read hinders everything: which cases are in it, nobody knows.

    Args:
        root: the folder of the records.
        read: what they say now.
        found: the rows of the file.
    """
    result = CasesPlan([*found.cases, *found.closings])
    result.wrong = [
        problem
        for problem in read.problems
        if problem.severity == "error" and problem.place.file.startswith("crm/support/")
    ]
    if result.wrong:
        return result
    for _ in range(MOST_ROUNDS):
        result.texts = _texts(root, result, found)
        result.wrong = errors(root, result.texts)
        if not _take_out(result, found):
            return result
    return result


def _texts(root: Path, result: CasesPlan, found: FoundCases) -> dict[str, str]:
    """The new text of each file; what cannot be written is refused, and the rest of its file is not."""
    by_file: dict[str, list[Change]] = defaultdict(list)
    for change in result.changes:
        by_file[change.file].append(change)
    texts: dict[str, str] = {}
    for file, changes in sorted(by_file.items()):
        left = _writable(root, file, changes, found)
        refused = {change.id for change in changes} - {change.id for change in left}
        result.changes = [change for change in result.changes if change.id not in refused]
        if left:
            texts[file] = _text(root, file, left)
    return texts


def _text(root: Path, file: str, changes: list[Change]) -> str:
    cases = [change.data for change in changes if isinstance(change, Case)]
    closed = {change.id: change.day.isoformat() for change in changes if isinstance(change, Closing)}
    return with_cases(root, file, cases, closed)


def _writable(root: Path, file: str, changes: list[Change], found: FoundCases) -> list[Change]:
    """The changes of a file that can be written; the rows of the others are refused, found by halves."""
    try:
        _text(root, file, changes)
    except Refusal as refusal:
        if len(changes) == 1:
            found.refused[changes[0].line] = refusal
            return []
        half = len(changes) // 2
        return [*_writable(root, file, changes[:half], found), *_writable(root, file, changes[half:], found)]
    return changes


def _take_out(result: CasesPlan, found: FoundCases) -> bool:
    """Refuse the rows that are the reason of an error; whether there were any."""
    changes = {change.id: change for change in result.changes}
    spoilt: set[str] = set()
    for problem in result.wrong:
        id = _case_of(result.texts, problem)
        if id in changes:
            spoilt.add(id)
            found.refused[changes[id].line] = Refusal(problem.sentence, **problem.values)
    result.changes = [change for change in result.changes if change.id not in spoilt]
    return bool(spoilt)


def _case_of(texts: Mapping[str, str], problem: Problem) -> str:
    """The id of the case that a problem is about; "" where it is about something else."""
    document = yamlfile.parse(texts.get(problem.place.file, ""), problem.place.file)
    if document.problems or not document.data:
        return ""
    lines = [document.place((at,)).line for at in range(len(document.data))]
    at = bisect_right(lines, problem.place.line) - 1
    return str(document.data[at].get("id", "")) if at >= 0 else ""
