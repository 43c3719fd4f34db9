"""What an import would write: the new text of each file, found right with all other records before any of it is.
Nothing here changes a record.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from sitegen import yamlfile
from sitegen.importers.checked import errors, errors_now
from sitegen.importers.importer import AnyChange, AnyMap, Found, Importer
from sitegen.messages import Refusal
from sitegen.problems import Place, Problem
from sitegen.records import Read
from sitegen.yamlfile import Document

MOST_ROUNDS = 10
"""So often single rows with a mistake are taken out: another mistake may have hidden behind them, and each round reads
all records. Then all rows of the file go.
"""


@dataclass
class Plan:
    """New texts by file, and what hinders: errors that no row is the reason of. While there are any, nothing may be
    written.
    """

    texts: dict[str, str] = field(default_factory=dict)
    wrong: list[Problem] = field(default_factory=list)


def plan(root: Path, read: Read, importer: Importer[AnyMap, AnyChange], found: Found[AnyChange]) -> Plan:
    """Plan to write what rows change; those that cannot be written, or would bring an error, are refused in `found`.

    Args:
        root: the folder of the records.
        read: what they say now.
        importer: whose rows they are.
        found: what came of them.
    """
    if importer.unread:
        unread = [
            one for one in read.problems if one.severity == "error" and one.place.file.startswith(importer.unread)
        ]
        if unread:
            return Plan(wrong=unread)
    rounds = 0
    while True:
        rounds += 1
        texts = _texts(root, importer, found)
        wrong = errors(root, texts)
        spoilt = _spoilt(importer, found, texts, wrong)
        if wrong and (rounds > MOST_ROUNDS or not spoilt):
            spoilt |= _spoilt_files(root, found, wrong)
        if not spoilt:
            return Plan(texts, wrong)
        found.refused |= spoilt
        found.changes = [change for change in found.changes if change.line not in spoilt]


def _texts(root: Path, importer: Importer[AnyMap, AnyChange], found: Found[AnyChange]) -> dict[str, str]:
    """The new text of each file; a change that cannot be written is refused, and the others of its file are not."""
    by_file: dict[str, list[AnyChange]] = defaultdict(list)
    for change in found.changes:
        by_file[change.file].append(change)
    texts: dict[str, str] = {}
    for file, changes in sorted(by_file.items()):
        try:
            texts[file] = importer.text(root, file, changes)
        except Refusal:
            if left := _writable(root, importer, file, changes, found):
                texts[file] = importer.text(root, file, left)
    found.changes = [change for change in found.changes if change.line not in found.refused]
    return texts


def _writable(
    root: Path,
    importer: Importer[AnyMap, AnyChange],
    file: str,
    changes: Sequence[AnyChange],
    found: Found[AnyChange],
) -> Sequence[AnyChange]:
    """The changes of a file that can be written; the rows of the others are refused, found by halves."""
    try:
        importer.text(root, file, changes)
    except Refusal as refusal:
        if len(changes) == 1:
            found.refused[changes[0].line] = refusal
            return ()
        half = len(changes) // 2
        parts = (changes[:half], changes[half:])
        return [change for part in parts for change in _writable(root, importer, file, part, found)]
    return changes


def _spoilt(
    importer: Importer[AnyMap, AnyChange],
    found: Found[AnyChange],
    texts: Mapping[str, str],
    wrong: Sequence[Problem],
) -> dict[int, Refusal]:
    """Lines of the rows that errors are about, with the error as the reason.

    A row that an error names beside its own place is its reason too: before, that place was right.
    """
    lines = {change.id: change.line for change in found.changes}
    files = {place.file for problem in wrong for place in _places(problem)} & texts.keys()
    documents = {file: yamlfile.parse(texts[file], file) for file in files}
    spoilt: dict[int, Refusal] = {}
    for problem in wrong:
        ids = (_id_at(importer, documents.get(place.file), place) for place in _places(problem))
        if id := next((id for id in ids if id in lines), ""):
            spoilt[lines[id]] = _reason(problem)
    return spoilt


def _spoilt_files(root: Path, found: Found[AnyChange], wrong: Sequence[Problem]) -> dict[int, Refusal]:
    """Lines of all rows of the files that have an error that they had not before, with the error as the reason.

    It stands at an entry that was there: on its day there are too many hours now, say.
    """
    before = {_known_by(problem) for problem in errors_now(root)}
    new = [problem for problem in wrong if _known_by(problem) not in before]
    reasons = {place.file: _reason(problem) for problem in new for place in _places(problem)}
    return {change.line: reasons[change.file] for change in found.changes if change.file in reasons}


def _places(problem: Problem) -> tuple[Place, ...]:
    return problem.place, *problem.also


def _reason(problem: Problem) -> Refusal:
    return Refusal(problem.sentence, **problem.values)


def _known_by(problem: Problem) -> tuple[str, str, str]:
    """What a problem is the same by where the lines above it are others."""
    return problem.code, problem.place.file, str(sorted(problem.values.items()))


def _id_at(importer: Importer[AnyMap, AnyChange], document: Document | None, place: Place) -> str:
    """The id of the entry that is at a place; "" where there is none, or it stands in another list."""
    if document is None or document.problems or not (entries := importer.section.of(document.data)):
        return ""
    at = bisect_right(importer.section.lines(document), place.line) - 1
    if name := importer.section.key:
        begins = document.place((name,), key=True).line
        others = (document.place((key,), key=True).line for key in document.data)
        at = -1 if any(begins < other <= place.line for other in others) else at
    return str(entries[at].get(importer.key, "")) if at >= 0 else ""
