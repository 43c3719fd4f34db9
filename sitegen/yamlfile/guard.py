"""Before anything is parsed: an ordinary file, not too large, clean UTF-8 text in which nothing hides."""

from __future__ import annotations

import codecs
import os
import re
import stat
import unicodedata
from pathlib import Path

from sitegen.problems import Place, Problem

MOST_BYTES = 1_000_000

_CONFLICT = re.compile(r"^(<{7} |={7}$|>{7} )", re.MULTILINE)
HIDDEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\xad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufdd0-\ufdef\ufeff\ufff9-\ufffb"
    "\ufffe\uffff"
    + "".join(f"{chr(plane << 16 | 0xFFFE)}{chr(plane << 16 | 0xFFFF)}" for plane in range(1, 17))
    + "\U000e0000-\U000e0fff]"
)
_ORDINARY = bytes((0x0A, *range(0x20, 0x7F)))


def read(path: Path | str, file: str) -> tuple[str | None, list[Problem]]:
    """The text of a file if it may be parsed: an ordinary file, at most 1 MB, clean UTF-8. Else None and why not."""
    raw, code = _raw(path)
    return (None, [Problem(code, Place(file))]) if code else decode(raw, file)


def lines_to_show(path: Path | str) -> list[str]:
    """The lines of a file as far as they can be shown, also of one that may not be parsed; none where nothing can."""
    raw, code = _raw(path)
    return [] if code else raw.decode("utf-8", "replace").removeprefix("\ufeff").replace("\r\n", "\n").split("\n")


def _raw(path: Path | str) -> tuple[bytes, str]:
    """What stands in a file, or the code of why it is not read."""
    try:
        descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
    except OSError:
        return b"", "not-a-file"
    try:
        status = os.fstat(descriptor)
        if not stat.S_ISREG(status.st_mode):
            return b"", "not-a-file"
        if status.st_size > MOST_BYTES:
            return b"", "too-large"
        return os.read(descriptor, status.st_size + 1), ""
    finally:
        os.close(descriptor)


def decode(raw: bytes, file: str) -> tuple[str | None, list[Problem]]:
    """Bytes → text without a byte order mark and with plain line ends, or None and what is wrong with them."""
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        return None, [Problem("utf-16", Place(file))]
    if len(raw) > MOST_BYTES:
        return None, [Problem("too-large", Place(file))]
    raw = raw.removeprefix(codecs.BOM_UTF8)
    if b"\r" in raw:
        raw = raw.replace(b"\r\n", b"\n")
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError as error:
        before = raw[: error.start].decode("utf-8")
        return None, [Problem("not-utf-8", _place_in(before, len(before), file))]
    # `isprintable` is the fast way to know that nothing hides: it knows of more than we refuse, never of less. It is
    # asked of the letters beyond ASCII alone, for most of a text is the ordinary letters of `_ORDINARY`.
    if not raw.translate(None, _ORDINARY).decode("utf-8").isprintable():
        problems = _hidden(text, file)
        if problems:
            return None, problems
    if "<<<<<<<" in text or ">>>>>>>" in text:
        marker = _CONFLICT.search(text)
        if marker:
            return None, [Problem("merge-conflict", _place_in(text, marker.start(), file))]
    return text, []


def _place_in(text: str, at: int, file: str) -> Place:
    return Place(file, text.count("\n", 0, at) + 1, at - text.rfind("\n", 0, at))


def _hidden(text: str, file: str) -> list[Problem]:
    """The first tab and the first hidden character of a text."""
    problems = []
    tab = text.find("\t")
    if tab >= 0:
        problems.append(Problem("tab", _place_in(text, tab, file)))
    found = HIDDEN.search(text.replace("\t", " "))
    if found:
        problems.append(Problem("hidden-character", _place_in(text, found.start(), file), {"name": named(found[0])}))
    return problems


def named(character: str) -> str:
    """A character's number and name in Unicode."""
    return f"U+{ord(character):04X} {unicodedata.name(character, '')}".strip()
