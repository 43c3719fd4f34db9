"""The search index, in the shape the theme's search worker reads: every page's title and text, and alias words.

A field of our own, `alias`, holds other spellings of a page's words ("Aalborg" for "Ålborg", "oel" for "øl"): the
worker searches every field of the index and shows the title and the text only.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterable, Mapping
from html import escape, unescape

SEPARATOR = r"[\s\-–—/.,:;!?()\[\]«»„“”\"'·]+"
REPORT, RECORD = 2500, 700
"""Characters of a report's and of a record's page that are searched. The worker reads the index anew on every page, so
it is kept small; what a long table names has a page of its own.
"""

_WORD = re.compile(r"[^\W\d_]{2,}")
_SPELLINGS = (("å", "aa"), ("æ", "ae"), ("ø", "oe"), ("ä", "ae"), ("ö", "oe"), ("ü", "ue"))
_TAG = re.compile(r"<[^>]*>")


def aliases(text: str) -> str:
    """The other spellings of the words of a text, sorted, each once.

    A word with å, æ or ø is also found with aa, ae or oe, and without its accents; a word with aa is also found with å.
    """
    words = {word.lower() for word in _WORD.findall(text)}
    found = set()
    for word in words:
        spelt = word
        for letter, pair in _SPELLINGS:
            spelt = spelt.replace(letter, pair)
        lettered = word.replace("aa", "å")
        plain = "".join(mark for mark in unicodedata.normalize("NFD", word) if not unicodedata.combining(mark)).replace(
            "ø", "o"
        )
        found |= {spelt, lettered, plain} - {word}
    return " ".join(sorted(found - words))


def text_of(html: str) -> str:
    """The words of a piece of HTML on one line."""
    return " ".join(unescape(_TAG.sub(" ", html)).split())


def entry(location: str, title: str, text: str, longest: int = REPORT) -> dict[str, str]:
    """One page in the index. Title and text are read as HTML by the worker, so both are escaped."""
    text = " ".join(text.split())[:longest]
    return {
        "location": location,
        "title": escape(title, quote=False),
        "text": escape(text, quote=False),
        "alias": escape(aliases(f"{title} {text}"), quote=False),
    }


def document(item: Mapping[str, str]) -> dict[str, str]:
    """An entry that the builder made of a Markdown page, with its alias words."""
    return {
        "location": item["location"],
        "title": item["title"],
        "text": item["text"],
        "alias": aliases(text_of(f"{item['title']} {item['text']}")),
    }


def files(entries: Iterable[Mapping[str, str]]) -> dict[str, bytes]:
    """`search/search_index.json`, and the same as a script for pages on `file://`, which may fetch nothing.

    Words are not stemmed, whatever the language: the theme asks for words that begin with what was typed, and such a
    question is never stemmed, so a stemmed index would hide `kunder` from whoever types `kunder`.
    """
    config = {
        "lang": ["en"],
        "separator": SEPARATOR,
        "pipeline": [],
        "fields": {"title": {"boost": 1000.0}, "text": {"boost": 1.0}, "alias": {"boost": 1.0}},
    }
    data = json.dumps({"config": config, "docs": list(entries)}, ensure_ascii=False, separators=(",", ":"))
    # A line separator in a text would end the line of a script in old browsers.
    script = "var __index = " + data.replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")
    return {"search/search_index.json": data.encode(), "search/search_index.js": script.encode()}
