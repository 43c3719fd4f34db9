"""What is done with a page's HTML when the template is through: one line, and the plain words that are read out of
it.
"""

from __future__ import annotations

import re

from sitegen.pages.escaping import aliases, trusted

_PRE = re.compile(r"(<pre\b.*?</pre>)", re.DOTALL)


def one_line(html: str) -> str:
    """The page on one line, so that no Markdown reader finds a paragraph in it; line ends of `pre` become entities."""
    parts = _PRE.split(html)
    for number, part in enumerate(parts):
        parts[number] = (
            re.sub(r"\n+</pre>$", "</pre>", part).replace("\n", "&#10;")
            if number % 2
            else re.sub(r"\s*\n\s*", " ", part)
        )
    return "".join(parts).strip()


def inner(html: str, opening: str) -> str:
    tag = opening.split()[0]
    found = re.search(rf"<{opening}[^>]*>(.*?)</{tag}>", html)
    return trusted(found[1]).striptags() if found else ""


_UNREAD = re.compile(r"<(svg|template|style|script|pre|footer)\b.*?</\1>|<ul class=\"sg-key.*?</ul>")


def search_text(html: str) -> str:
    """The words of a page for the search index: no drawings, no examples; `Aalborg` finds `Ålborg`."""
    text = trusted(re.sub(r"<(?=/?(?:td|th|p|li|dd|dt|h\d|summary|span)\b)", " <", _UNREAD.sub(" ", html))).striptags()
    text = re.sub(r"\s+", " ", text).strip()
    more = aliases(text)
    return f"{text} {more}" if more else text
