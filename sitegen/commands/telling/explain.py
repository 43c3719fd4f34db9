"""`validate --explain CODE`: what a code means, an example of it, and how it is mended."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from sitegen import messages
from sitegen.codes import CODES

_PLACEHOLDER = re.compile(r"%\((\w+)\)s")
_PLACE = re.compile(r"^records/(\S+:\d+:\d+): ")
_EXCERPT = re.compile(r"^ +\d* \| ")
PACKAGE = Path(__file__).resolve().parent.parent.parent
EXAMPLES = PACKAGE / "examples"
"""Where the wheel has the examples, one file a code; in the sources they are the test's cases."""
CASES = PACKAGE.parent / "tests" / "cases" / "bad"


def lines(code: str, lang: str) -> Iterator[str]:
    """The page of a code: its severity, its meaning, the places and lines of an example, and its hints."""
    known = CODES[code]

    def say(msgid: str) -> str:
        return messages.translate(lang, msgid)

    severity, stops = (
        (say("error"), say("Nothing is built until it is mended."))
        if known.severity == "error"
        else (say("warning"), say("A sign to look again; the site is built all the same, but `--strict` fails."))
    )
    yield f"{code} ({severity})"
    yield f"  {in_general(lang, known.sentence)}"
    yield f"  {stops}"
    if known.audience == "management":
        yield f"  {say('The values are shown with --audience management only.')}"
    for hint, _ in known.hints:
        yield f"  {say('hint')}: {in_general(lang, hint)}"
    shown = example(code)
    if shown:
        yield ""
        yield f"{say('Example')}:"
        yield from shown


def in_general(lang: str, msgid: str) -> str:
    """A message for no problem in particular: … stands where a problem has its values."""
    text = messages.template(lang, msgid)
    return messages.fill(text, dict.fromkeys(_PLACEHOLDER.findall(text), "…"))


def example(code: str) -> list[str]:
    """Place and source lines of the problems of `tests/cases/bad/<code>`; empty where there is none.

    The sentences of the example are left out: they are English, and said above in the reader's language.
    """
    path = next((one for one in (EXAMPLES / f"{code}.txt", CASES / code / "expected.txt") if one.is_file()), None)
    if path is None:
        return []
    found: list[str] = []
    wanted = False
    for line in path.read_text(encoding="utf-8").splitlines():
        place = _PLACE.match(line)
        if place:
            wanted = f": {code} " in line
            found += [f"  {place[1]}"] if wanted else []
        elif wanted and _EXCERPT.match(line):
            found.append(f"  {line}")
    return found
