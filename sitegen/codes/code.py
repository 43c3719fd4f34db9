"""What a code is: how bad, for whom, its sentence and its hints (English msgids)."""

from __future__ import annotations

import re
from dataclasses import dataclass

_PLACEHOLDER = re.compile(r"%\((\w+)\)s")


@dataclass(frozen=True)
class Code:
    """One kind of mistake. The hint that is printed is the first whose placeholders all have a value."""

    severity: str
    audience: str
    sentence: str
    hints: tuple[tuple[str, frozenset[str]], ...]


def error(sentence: str, *hints: str, audience: str = "everyone") -> Code:
    """A mistake that stops a build."""
    return Code("error", audience, sentence, tuple((hint, frozenset(_PLACEHOLDER.findall(hint))) for hint in hints))


def warning(sentence: str, *hints: str, audience: str = "everyone") -> Code:
    """Something that is probably not meant, and stops nothing."""
    return Code("warning", audience, sentence, error(sentence, *hints).hints)


QUOTE_IS_A_LETTER = "%(quote)s is a letter here, and no quote: write %(repair)s"
DID_YOU_MEAN = "did you mean '%(nearest)s'?"
WHICH = "several are called that: %(called)s"
EACH_BY_ITSELF = "write each by itself: %(several)s"
ONLY_ONE = "only one can stand here: %(either)s"
WRITE_IT = "mend the id, or write the record that is missing"
WRITE_FILE = "%(missing)s is missing; write in it: %(example)s"
WRITE_LIST = "write in %(there)s: %(example)s"
