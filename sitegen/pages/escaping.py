"""Every way a text of a record can reach a page, each with its own function; nothing else makes markup.

`escape` is for text and attributes, `url` for addresses, `template_json` for what lies in a `<template>`, `slug` for
anchors and file names, `cell` for spreadsheets, `prose` for free text with formatting. `trusted` marks what our own
code has composed.
"""

from __future__ import annotations

import json
import re
import unicodedata
from functools import lru_cache
from typing import Any
from urllib.parse import quote, urlsplit

import nh3
from markdown_it import MarkdownIt
from markupsafe import Markup

# A no-break space is no white space here: it holds a number and its unit together.
_WHITE = re.compile(r"[\t\n\r\x0b\x0c\x1c-\x20\x85\u1680\u2000-\u200a\u2028\u2029\u205f\u3000]+")
# Control characters, surrogates, non-characters: HTML has no entity for them (&#128; would be read as €). No record
# holds them.
_NO_TEXT = re.compile("[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")
_NOT_PLAIN = re.compile(r"[^\w ]|_")
_SIMPLE = re.compile(r"[A-Za-z0-9./:_~%?=+@#,-]*\Z")
_SCHEMES = {"https", "mailto"}


def trusted(html: str) -> Markup:
    """Marks text that our own code has composed of escaped parts; the tests list who may call this."""
    return Markup(html)


@lru_cache(maxsize=16384)
def _escaped(text: str) -> str:
    return _NOT_PLAIN.sub(lambda found: f"&#{ord(found[0])};", _NO_TEXT.sub("", _WHITE.sub(" ", text)))


def escape(text: Any) -> Markup:
    """One line of text in which only letters, digits and spaces stand for themselves; everything else is a numeric
    entity.
    """
    return trusted(_escaped(str(text)))


def attribute(text: str) -> str:
    """The same for an attribute that our own code writes; ids, paths and addresses stay readable."""
    return text if _SIMPLE.match(text) else _escaped(text)


def words(text: str) -> Markup:
    """A message of the catalogue: ours and reviewed, so only what HTML itself would read is encoded."""
    text = _WHITE.sub(" ", text)
    return trusted(
        text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace('"', "&quot;")
        .replace("'", "&#39;")
    )


def plain(text: Any) -> str:
    """Markup or text as plain text, for an attribute such as `aria-label` or for the search index."""
    return (
        text.striptags()
        if isinstance(text, Markup)
        else Markup(text.__html__()).striptags()
        if hasattr(text, "__html__")
        else str(text)
    )


def url(address: str) -> str:
    """The address when it is https, mailto or relative to the site; `#` for anything else (`javascript:`, `//host`,
    `data:`).
    """
    address = "".join(char for char in address if char.isprintable() and not char.isspace())
    if "\\" in address or address.startswith("//"):
        return "#"
    try:
        parts = urlsplit(address)
    except ValueError:
        return "#"
    if parts.scheme and parts.scheme.lower() not in _SCHEMES:
        return "#"
    if parts.scheme == "https" and not parts.hostname:
        return "#"
    # A colon before the first slash is read as a scheme by a browser even where urlsplit sees none.
    if not parts.scheme and ":" in address.split("/", 1)[0].split("?", 1)[0].split("#", 1)[0]:
        return "#"
    return quote(address, safe="/:?#[]@!$&()*+,;=%~-._")


def template_json(value: Any) -> Markup:
    """JSON that lies in a `<template>`: no character that HTML reads, keys in order, so that the same value is the
    same text.
    """
    text = json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)
    for char in "<>&'\u2028\u2029":
        text = text.replace(char, f"\\u{ord(char):04x}")
    return trusted(text)


_KEY = re.compile(r"^(\s*(?:- )?)([\w./-]+:)(?=\s|$)")


def yaml_text(text: str) -> Markup:
    """An example of a record to copy, with its keys and comments marked; its lines stay lines."""
    lines = []
    for line in text.strip("\n").split("\n"):
        code, mark, comment = line.partition(" #")
        key = _KEY.match(code)
        shown = f'{key[1]}<span class="k">{words(key[2])}</span>{_kept(code[key.end() :])}' if key else _kept(code)
        lines.append(shown + (f'<span class="c">{_kept(mark + comment)}</span>' if mark else ""))
    return trusted("\n".join(lines))


def _kept(text: str) -> str:
    """Escaped with its spaces kept, as a `pre` shows them."""
    return _NOT_PLAIN.sub(lambda found: f"&#{ord(found[0])};", text)


_LATIN = str.maketrans({"æ": "ae", "ø": "oe", "å": "aa", "ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "é": "e"})


def slug(text: str) -> str:
    """Lower-case letters, digits and hyphens; `Årets mål` → `aarets-maal`. For anchors; `x` when nothing is left."""
    folded = unicodedata.normalize("NFKD", unicodedata.normalize("NFC", text).casefold().translate(_LATIN))
    return re.sub(r"[^a-z0-9]+", "-", folded.encode("ascii", "ignore").decode()).strip("-") or "x"


def cell(text: str) -> str:
    """A text for a spreadsheet: one that would be read as a formula gets an apostrophe in front, control characters
    go.
    """
    text = "".join(char for char in text if char in "\n" or unicodedata.category(char) not in ("Cc", "Cf"))
    return f"'{text}" if text.lstrip()[:1] in tuple("=+-@") or text[:1] in ("\t", "\r", "\n") else text


def aliases(text: str) -> str:
    """The words of a text that can be spelt without æ, ø and å, spelt so: a search for `Aalborg` finds `Ålborg`."""
    found = dict.fromkeys(word for word in re.findall(r"\w+", text.casefold()) if re.search("[æøå]", word))
    return " ".join(word.translate(_LATIN) for word in found)


_MARKDOWN = MarkdownIt("commonmark", {"html": False}).disable(
    ["image", "reference", "fence", "code", "html_block", "html_inline", "heading", "lheading", "hr", "autolink"]
)
_TAGS = {"p", "br", "ul", "ol", "li", "strong", "em", "code", "blockquote", "a"}


@lru_cache(maxsize=4096)
def prose(text: str | None) -> Markup:
    """Free text of a record with paragraphs, lists, emphasis and https links; one line of HTML, no picture, no HTML of
    its own.
    """
    if not text:
        return trusted("")
    html = nh3.clean(
        _MARKDOWN.render(text),
        tags=_TAGS,
        attributes={"a": {"href"}},
        url_schemes=_SCHEMES,
        link_rel="noopener noreferrer nofollow",
    )
    # `//host` has no scheme that nh3 could refuse.
    html = re.sub(r'<a href="(?!https://|mailto:)[^"]*"', "<a", html)
    return trusted(_WHITE.sub(" ", html).strip())
