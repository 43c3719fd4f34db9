"""Keys and values on one line that lack their braces: `- (date: 2026-03-16, hours: 2)`, `rate: 2026-01-01: 450`."""

from __future__ import annotations

import re

from sitegen.yamlfile.words import LONGEST_KEY, quoted

_ITEM = re.compile(r" *(?:- +)+")
_KEY = re.compile(r" *(?:- +)*(?P<key>[^\s\"':({\[][^:({\[]*): +")
_PAIR = re.compile(r"(?:[a-z][a-z_]*|(?P<day>\d{4}-\d\d-\d\d)): +(?P<value>\S.*)", re.ASCII)
_PROSE = frozenset({"about", "name", "note", "purpose", "text", "title", "what", "why"})
"""Keys with a text after them, whatever it looks like."""


def without_braces(line: str) -> tuple[int, str] | None:
    """Where keys and values on a line begin that lack their braces, and what to write; None where a text is likelier.

    A text is likelier unless the line is an item that begins with a round bracket and a key, or each value is one word
    and there are several, or days before them: `note: (obs: husk)` is a text.
    """
    item, key = _ITEM.match(line), _KEY.match(line)
    begins = [item.end()] if item else []
    begins += [key.end()] if key and key["key"] not in _PROSE else []
    for begin in begins:
        text = line[begin:].rstrip()
        parts = _inside(text).split(", ")
        pairs = [pair for part in parts if (pair := _PAIR.fullmatch(part))]
        after_hyphen = item is not None and begin == item.end()
        if after_hyphen and _PAIR.fullmatch(parts[0]) and (text[0] == "(" or (len(pairs) > 2 and _one_word(pairs[0]))):
            return begin, in_braces(text)
        if len(pairs) < len(parts) or not all(map(_one_word, pairs)):
            continue
        dated = all(pair["day"] for pair in pairs)
        several = len(pairs) > 1 and (text[0] == "(" or any(map(_figures, pairs)))
        if dated or several or (text[0] == "(" and _figures(pairs[0])):
            return begin, in_braces(text)
    return None


def in_braces(text: str) -> str:
    """A text that begins with what belongs between braces, perhaps between round brackets now, with the braces."""
    inside = _with_quotes(_inside(text))
    return f"{{{inside}}}" if len(inside) <= LONGEST_KEY else "{…}"


def _with_quotes(inside: str) -> str:
    """Keys and values with quotes around a text that has a comma."""
    if any(letter in inside for letter in "\"'[{"):
        return inside
    pairs: list[list[str]] = []
    for part in inside.split(", "):
        if _PAIR.fullmatch(part) or not pairs:
            pairs.append([part])
        else:
            pairs[-1].append(part)
    written = []
    for first, *rest in pairs:
        key, colon, value = first.partition(": ")
        written.append(f"{key}{colon}{quoted(', '.join((value, *rest)))}" if rest else first)
    return ", ".join(written)


def _inside(text: str) -> str:
    """What stands between the round bracket that a text begins with and the one that closes it; else all of it."""
    if text[:1] != "(":
        return text
    depth = 0
    for at, letter in enumerate(text):
        depth += (letter == "(") - (letter == ")")
        if not depth:
            return text[1:at].strip()
    return text[1:].rstrip(" )}]").lstrip()


def _one_word(pair: re.Match[str]) -> bool:
    return not re.search(r"[\s:]", pair["value"])


def _figures(pair: re.Match[str]) -> bool:
    return pair["value"][0].isdecimal()
