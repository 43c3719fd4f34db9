"""JSON for other tools: every problem with its words, and the counts. The basis of the other JSON formats."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Iterator
from typing import Any

from sitegen.commands.telling.verdict import Verdict
from sitegen.problems import Place, Problem

_NOT_ABOUT = frozenset({"others", "nearest", "repair", "known", "words"})
"""Values that change with other records, or follow from what is written."""


def write(verdict: Verdict) -> str:
    """`files`, `errors`, `warnings` and `problems`; a file is named as the other formats name it."""
    found = {
        "files": verdict.files,
        "errors": len(verdict.errors),
        "warnings": len(verdict.warnings),
        "problems": [dict(_one(verdict, problem)) for problem in verdict.problems],
    }
    return dumped(found)


def dumped(data: Any) -> str:
    """JSON that can be read in a terminal: letters as they are, what is not printable by its number."""
    text = json.dumps(data, ensure_ascii=False, indent=2)
    if not text.replace("\n", "").isprintable():
        text = "".join(c if c == "\n" or c.isprintable() else json.dumps(c)[1:-1] for c in text)
    return text + "\n"


def fingerprints(verdict: Verdict) -> list[str]:
    """One a problem, in their order: the same when lines move, another when the problem is another one.

    Made of the file, the code and what the problem is about, as far as the audience may see it: from a hash of few
    possible values the value can be guessed. Problems that are alike are counted within their file.
    """
    seen: Counter[str] = Counter()
    found = []
    for problem in verdict.problems:
        values = verdict.teller.values(problem)
        said = sorted((name, str(value)) for name, value in values.items() if name not in _NOT_ABOUT)
        about = json.dumps([verdict.teller.project_path(problem.place.file), problem.code, said])
        seen[about] += 1
        found.append(hashlib.sha256(f"{about}{seen[about]}".encode()).hexdigest()[:32])
    return found


def _one(verdict: Verdict, problem: Problem) -> Iterator[tuple[str, Any]]:
    yield "code", problem.code
    yield "severity", problem.severity
    yield "audience", problem.audience
    yield from _place(verdict, problem.place).items()
    yield "message", verdict.teller.sentence(problem)
    yield "hint", verdict.teller.hint(problem)
    yield "also", [_place(verdict, place) for place in problem.also]


def _place(verdict: Verdict, place: Place) -> dict[str, Any]:
    return {"file": verdict.teller.project_path(place.file), "line": place.line, "column": place.column}
