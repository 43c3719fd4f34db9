"""What a plain word means: YAML 1.2 core schema, except that a number with a leading zero is text; quoted words."""

from __future__ import annotations

import re

LONGEST_KEY = 200
MOST_DIGITS = 15
"""A double keeps 15 significant digits of any decimal number: `repr(float(text))` has the same digits."""

SMALLEST, LARGEST = 1e-300, 1e300
"""Nearer to nothing, a double loses digits and then all of them; beyond, it is infinite."""

NULL = frozenset(("", "~", "null", "Null", "NULL"))
_WORDS: dict[str, bool | None] = dict.fromkeys(NULL)
_WORDS |= dict.fromkeys(("true", "True", "TRUE"), True) | dict.fromkeys(("false", "False", "FALSE"), False)

_MAYBE_A_NUMBER = frozenset("0123456789.+-")
_INTEGER = re.compile(r"[-+]?(0|[1-9][0-9]*)")
_OTHER_BASE = re.compile(r"0o[0-7]+|0x[0-9a-fA-F]+")
_FLOAT = re.compile(r"[-+]?(\.[0-9]+|(0|[1-9][0-9]*)(\.[0-9]*)?)([eE][-+]?[0-9]+)?")
_NO_NUMBER = re.compile(r"[-+]?\.(inf|Inf|INF)|\.(nan|NaN|NAN)")
_THOUSANDS = re.compile(r"[-+]?[1-9][0-9]{0,2}\.[0-9]{3}")

_WORD_QUOTES = frozenset("“”„‟«»‘’")

Word = str | int | float | bool | None


def meaning(text: str) -> tuple[Word, str]:
    """The value of a plain word, and the code of what is wrong with it ("" for nothing)."""
    if text in _WORDS:
        return _WORDS[text], ""
    if text[0] not in _MAYBE_A_NUMBER:
        return text, ""
    if text == "-":  # in brackets, for what is not known; the standard forbids it
        return text, "nothing-written"
    if _NO_NUMBER.fullmatch(text):
        return text, "not-a-number"
    value: Word
    if _INTEGER.fullmatch(text):
        value = int(text) if len(text) <= 2 * MOST_DIGITS else None
    elif _OTHER_BASE.fullmatch(text):
        value = int(text, 0) if len(text) <= MOST_DIGITS else None
    elif _FLOAT.fullmatch(text):
        value = float(text)
    else:
        return text, ""
    digits = text.lower().partition("e")[0].lstrip("+-0.").replace(".", "")
    if value is None or len(digits) > MOST_DIGITS or (digits and not SMALLEST <= abs(value) <= LARGEST):
        return None, "number-too-long"
    return value, "thousands-point" if _THOUSANDS.fullmatch(text) else ""


def word_quote(text: str) -> str:
    """The quote of a word processor that a text begins with: to YAML it is a letter. "" where it begins otherwise."""
    return text[:1] if text[:1] in _WORD_QUOTES else ""


def quoted(text: str) -> str:
    """A text as it is written in quotes in a record."""
    text = text.strip()[:LONGEST_KEY]
    if len(text) > 1 and word_quote(text) and text[-1] in _WORD_QUOTES:
        text = text[1:-1].strip()
    return f'"{text}"' if '"' not in text and "\\" not in text else "'" + text.replace("'", "''") + "'"
