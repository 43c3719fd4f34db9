"""For people: where and what, the line with a caret under it, and how to mend it. `concise` is one line a problem."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from sitegen import messages
from sitegen.commands.telling.verdict import Teller, Verdict
from sitegen.problems import Problem

_COLOURS = {"error": "1;31", "warning": "1;33", "place": "1", "hint": "36"}
"""ANSI attributes: bold red, bold yellow, bold, cyan. The words are there without them too."""
MOST_OF_A_KIND = 20
"""So many problems of one code are told in full, and the others in a line each: one deleted project makes hundreds."""


def lines(verdict: Verdict, *, colour: bool = False) -> Iterator[str]:
    """The problems in full, the errors last, then how many there are.

    Warnings that stand for months come first and the errors after them, next to the prompt, where one looks; with
    more than one problem the first error's place is said once more, just above the counts. Of each code the first
    MOST_OF_A_KIND are told in full, and the others have a line each.
    """
    errors = verdict.errors
    for problems in (verdict.warnings, errors):
        yield from _each_kind(verdict.teller, problems, colour)
    if errors and len(verdict.problems) > 1:
        first = verdict.teller.where(errors[0].place)
        yield f"{verdict.teller.say('first error')}: {_paint('place', first, colour)}"
    yield _paint("error", verdict.counts(), colour) if errors else verdict.counts()
    yield from verdict.notes()


def _each_kind(teller: Teller, problems: Sequence[Problem], colour: bool) -> Iterator[str]:
    told: Counter[str] = Counter()
    more: dict[str, list[Problem]] = {}
    for problem in problems:
        told[problem.code] += 1
        if told[problem.code] <= MOST_OF_A_KIND:
            yield from _in_full(teller, problem, colour)
            yield ""
        else:
            more.setdefault(problem.code, []).append(problem)
    for code, others in sorted(more.items()):
        values = {"n": len(others), "code": code}
        yield messages.translate(teller.lang, "and %(n)s more of this kind: %(code)s", values)
        yield from (_with_hint(teller, problem) for problem in others)
        yield ""


def concise(verdict: Verdict) -> Iterator[str]:
    """One line a problem in the order of their places, then how many there are."""
    for problem in verdict.problems:
        yield _with_hint(verdict.teller, problem)
    yield verdict.counts()
    yield from verdict.notes()


def one_line(teller: Teller, problem: Problem) -> str:
    """`path:line:column: CODE severity: sentence`, which editors and terminals make a link of."""
    return f"{teller.where(problem.place)}: {problem.code} {teller.severity(problem)}: {teller.sentence(problem)}"


def _with_hint(teller: Teller, problem: Problem) -> str:
    """The same line, and how to mend it."""
    return " – ".join(filter(None, (one_line(teller, problem), teller.hint(problem))))


def _in_full(teller: Teller, problem: Problem, colour: bool) -> Iterator[str]:
    place = _paint("place", f"{teller.where(problem.place)}:", colour)
    severity = _paint(problem.severity, f"{teller.severity(problem)}:", colour)
    yield f"{place} {problem.code} {severity} {teller.sentence(problem)}"
    excerpt = teller.excerpt(problem)
    if excerpt is not None:
        number, line, caret = excerpt
        indent = caret[: len(caret) - len(caret.lstrip())]
        yield f"  {number} | {line}"
        yield f"  {' ' * len(number)} | {indent}{_paint(problem.severity, caret.lstrip(), colour)}"
    hint = teller.hint(problem)
    if hint:
        yield f"  {_paint('hint', teller.say('hint') + ':', colour)} {hint}"
    for other in problem.also:
        yield f"  {teller.say('see also')}: {teller.where(other)}"


def _paint(name: str, text: str, colour: bool) -> str:
    return f"\x1b[{_COLOURS[name]}m{text}\x1b[0m" if colour else text
