"""`validate --explain CODE`: what a code means, an example of it, and how it is mended."""

from __future__ import annotations

from collections.abc import Iterator

from sitegen import messages
from sitegen.checks.explained import example, in_general, rules
from sitegen.codes import CODES


def lines(code: str, lang: str) -> Iterator[str]:
    """The page of a code: its severity, its meaning, the rule, the places and lines of an example, and its hints."""
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
    for rule in rules(code):
        yield f"  {say(rule)}"
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
