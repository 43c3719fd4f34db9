"""Reader-facing words: gettext catalogues, one domain a room or report; the English text is the msgid.

`<lang>/<domain>.po` are kept; `.mo` files are made when a wheel is built, and read where the `.po` files are not. The
pseudo-language `xx`
wraps every message in ⟦…⟧, so that a test can see which words never passed here.
"""

from __future__ import annotations

import datetime as dt
import gettext
import re
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
PSEUDO = "xx"
_PLACEHOLDER = re.compile(r"%\((\w+)\)s|%%")
_FIRST = ("problems", "workdays", "commands", "help")
"""What commands say that make no pages, what is said most often first."""
_QUOTED = re.compile(r'"(?:[^"\\]|\\.)*"')


class Refusal(Exception):
    """Why something cannot be done: a message and its values, for where nobody knows the reader's language yet."""

    def __init__(self, msgid: str, **values: str | int) -> None:
        super().__init__(msgid)
        self.msgid = msgid
        self.values = values


def languages() -> tuple[str, ...]:
    """The languages there are catalogues for, English first."""
    return ("en", *sorted(path.name for path in HERE.iterdir() if path.is_dir() and any(path.glob("*.[pm]o"))))


def _read_po(path: Path) -> dict[str | tuple[str, int], str]:
    """The messages of a `.po` file: msgid → text, (msgid, form) → text for plurals. Fuzzy entries count as missing.

    Babel's own reader takes 40 ms a catalogue on this machine; a page needs none of what it adds (comments, places).
    """
    messages: dict[str | tuple[str, int], str] = {}
    for block in path.read_text(encoding="utf-8").split("\n\n"):
        msgid, between, text = block.strip("\n").partition('"\nmsgstr "')
        if between and msgid[:7] == 'msgid "' and text[-1:] == '"' and not ("\n" in msgid + text or "\\" in block):
            if len(msgid) > 7 and len(text) > 1:
                messages[msgid[7:]] = text[:-1]  # as nearly all are
        else:
            _read_block(block, messages)
    return messages


def _read_block(block: str, messages: dict[str | tuple[str, int], str]) -> None:
    """One entry with plurals, comments, escapes or several lines."""
    entry: dict[str, str] = {}
    field = ""
    fuzzy = False

    def keep() -> None:
        if entry.get("msgid") and not fuzzy:
            for name, text in entry.items():
                if name == "msgstr" and text:
                    messages[entry["msgid"]] = text
                elif name.startswith("msgstr[") and text:
                    messages[(entry["msgid"], int(name[7:-1]))] = text
        entry.clear()

    for line in block.splitlines():
        line = line.strip()
        if line.startswith("#,"):
            fuzzy = "fuzzy" in line
        elif line.startswith("msg"):
            field, _, rest = line.partition(" ")
            if field == "msgid" and "msgid" in entry:
                keep()
            entry[field] = _unquote(rest)
        elif line.startswith('"'):
            entry[field] += _unquote(line)
        elif not line:
            keep()
            fuzzy = False
    keep()


def _unquote(text: str) -> str:
    if text.startswith('"') and text.endswith('"') and "\\" not in text:
        return text[1:-1]  # as most are
    match = _QUOTED.match(text.strip())
    body = match[0][1:-1] if match else ""
    return re.sub(r"\\(.)", lambda found: {"n": "\n", "t": "\t"}.get(found[1], found[1]), body)


@lru_cache(maxsize=16)
def _opened(lang: str) -> tuple[dict[Any, str], list[Path]]:
    """The messages of a language that are read, and the files that are not yet: what is looked for most comes first."""
    folder = HERE / lang
    paths = sorted(folder.glob("*.po")) or sorted(folder.glob("*.mo"))
    order = {stem: place for place, stem in enumerate(_FIRST)}
    return {}, sorted(paths, key=lambda path: (order.get(path.stem, len(order)), path.stem))


def _found(lang: str, key: str | tuple[str, int]) -> str | None:
    """A message of a language; files are read until one has it, for a command needs one or two of them."""
    messages, unread = _opened(lang)
    while key not in messages and unread:
        path = unread[0]
        if path.suffix == ".po":
            messages.update(_read_po(path))
        else:
            with path.open("rb") as file:
                messages.update(gettext.GNUTranslations(file)._catalog)  # type: ignore[attr-defined]
        unread[:] = [other for other in unread if other != path]
    return messages.get(key)


def known(lang: str, msgid: str) -> bool:
    """Whether the catalogue of the language has this message; always true for English."""
    return lang in ("en", PSEUDO) or _found(lang, msgid) is not None or _found(lang, (msgid, 0)) is not None


def template(lang: str, msgid: str) -> str:
    """The message in the language with its placeholders left in; the msgid itself where it is not translated."""
    if not msgid:
        return ""
    if lang == PSEUDO:
        return f"⟦{msgid}⟧"
    return msgid if lang == "en" else _found(lang, msgid) or msgid


def plural(lang: str, singular: str, many: str, n: float) -> str:
    """The form of a message for `n`, with its placeholders left in. Danish, Norwegian and English share one rule: 1
    is singular.
    """
    form = 0 if n == 1 else 1
    if lang == PSEUDO:
        return f"⟦{(singular, many)[form]}⟧"
    if lang == "en":
        return (singular, many)[form]
    return _found(lang, (singular, form)) or (singular, many)[form]


def fill(text: str, values: Mapping[str, Any] | None) -> str:
    """`%(name)s` placeholders replaced and `%%` written as `%`; a `%` alone is a percent sign.

    Raises:
        KeyError: the text names a value that is not given.
    """
    if "%" not in text:
        return text
    return _PLACEHOLDER.sub(lambda found: "%" if found[1] is None else str(_shown((values or {})[found[1]])), text)


def _shown(value: Any) -> Any:
    return value.isoformat() if isinstance(value, dt.date) else value


def translate(lang: str, msgid: str, values: Mapping[str, Any] | None = None) -> str:
    """The message in the language with its values put in, as plain text (nothing is escaped here)."""
    return fill(template(lang, msgid), values)


def ntranslate(lang: str, singular: str, many: str, n: float, values: Mapping[str, Any] | None = None) -> str:
    """The message for `n` in the language; `%(n)s` is `n` unless `values` has another."""
    return fill(plural(lang, singular, many, n), {"n": n, **(values or {})})
