"""The Content-Security-Policy of every page, and the mending of the builder's pages so that they hold to it.

The policy allows no inline script and no inline style at all. The three small scripts that the theme writes inline
are files of ours (`theme/partials/javascripts/`, `files/shell.js`, `files/palette.js`), so the list of inline
scripts that may run is empty, and stays so whatever version the theme has. The one `<script>` with text is the
theme's configuration, which is data.
"""

from __future__ import annotations

import re

from sitegen import messages

POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data:",
        "font-src 'self'",
        "connect-src 'self'",
        "worker-src 'self'",
        "frame-src 'self'",
        "base-uri 'self'",
        "form-action 'none'",
        "object-src 'none'",
    )
)
META = f'<meta http-equiv="Content-Security-Policy" content="{POLICY}">'

_SCRIPT = re.compile(r"<script\b([^>]*)>(.*?)</script\s*>", re.IGNORECASE | re.DOTALL)
_ALIGN = re.compile(r' style="text-align: ?(left|right|center);?"')
_INLINE = re.compile(r"<[a-zA-Z][^>]*?\s(style|on[a-z]+)\s*=", re.IGNORECASE)
_RECORD_ENTRY = re.compile(
    r'<li class="md-nav__item">\s*<a href="[^"]*" class="md-nav__link">\s*<span class="md-ellipsis">\s*'
    r"@@SG:LABEL@@.*?</li>",
    re.DOTALL,
)
_BLANK = re.compile(r"[ \t]*\n\s*")


def mend(html: str, lang: str, *, stamped: bool) -> str:
    """A page of the builder, ready for stamping: policy first, no trace of the builder, accessible, nothing inline.

    `stamped` pages get a token each for what differs; the others are finished Markdown pages.

    Raises:
        ValueError: something in the page is not as this version of the theme is known to write it, or would break
            the policy.
    """
    html = _ALIGN.sub(r' class="sg-align-\1"', html)
    html = re.sub(r'\s*<meta name="generator"[^>]*>', "", html)
    html = re.sub(r'\s*<link rel="(?:prev|next|canonical)"[^>]*>', "", html)
    html = _once(html, '<meta charset="utf-8">', f'<meta charset="utf-8">{META}')
    html = _once(html, "</head>", "@@SG:HEAD@@</head>")
    # The entries of record folders are there to mark the section; each is shown on its own pages only.
    html = _RECORD_ENTRY.sub("", html)
    # The theme's marks on the navigation that no assistive technology knows, or that say something wrong.
    html = re.sub(r' aria-expanded="(?:true|false)"', "", html).replace(' tabindex=""', "")
    html = html.replace('data-md-component="search" role="dialog"', 'data-md-component="search"')
    html = html.replace('<label class="md-header__button md-icon" for="__drawer">', _labelled("__drawer", lang, "Menu"))
    html = html.replace(
        '<label class="md-header__button md-icon" for="__search">', _labelled("__search", lang, "Search")
    )
    html = re.sub(r'(id="__drawer" autocomplete="off")', rf'\1 aria-label="{messages.translate(lang, "Menu")}"', html)
    html = re.sub(r'(id="__search" autocomplete="off")', rf'\1 aria-label="{messages.translate(lang, "Search")}"', html)
    html = html.replace(
        'class="md-nav__link md-nav__link--active">', 'class="md-nav__link md-nav__link--active" aria-current="page">'
    )
    html, found = re.subn(r"<footer class=\"md-footer\">.*?</footer>", "@@SG:FOOTER@@", html, flags=re.DOTALL)
    if found != 1:
        raise ValueError("the theme has no footer")
    if stamped:
        html = html.replace('<a href="shell.html"', '<a href="@@SG:SELF@@"')
        html = _once(html, "<h1>@@SG:CONTENT@@</h1>", '<div id="content" tabindex="-1">@@SG:CONTENT@@</div>')
        words = messages.translate(lang, "Skip to the content")
        skip = f'<div data-md-component="skip"><a href="#content" class="md-skip">{words}</a></div>'
        html, found = re.subn(r'<div data-md-component="skip">\s*</div>', skip, html)
        if found != 1:
            raise ValueError("the theme has no place for the link to the content")
        html = re.sub(r"<title>.*?</title>", "<title>@@SG:WINDOW@@</title>", html, flags=re.DOTALL)
    check(html)
    # Lines are joined outside `pre`, where white space is text.
    return "".join(
        part if part.startswith("<pre") else _BLANK.sub("\n", part)
        for part in re.split(r"(<pre\b.*?</pre>)", html, flags=re.DOTALL)
    )


def check(html: str) -> None:
    """Raises ValueError for an inline script, style or handler; external scripts must be files of the site."""
    for match in _SCRIPT.finditer(html):
        attributes, text = match.groups()
        source = re.search(r'\bsrc="([^"]*)"', attributes)
        if source and (re.match(r"[a-z]+:|//", source[1], re.IGNORECASE) or text.strip()):
            raise ValueError(f"a script from elsewhere: {source[1]}")
        if not source and 'type="application/json"' not in attributes:
            raise ValueError(f"an inline script that is not known: {text.strip()[:80]}")
    without = _SCRIPT.sub("", html)
    if re.search(r"<style\b", without, re.IGNORECASE):
        raise ValueError("an inline style sheet")
    inline = _INLINE.search(without)
    if inline:
        raise ValueError(f"an inline {inline[1]}: {inline[0][:80]}")


def _once(html: str, old: str, new: str) -> str:
    if html.count(old) != 1:
        raise ValueError(f"the theme writes {old} {html.count(old)} times, not once")
    return html.replace(old, new)


def _labelled(target: str, lang: str, msgid: str) -> str:
    return f'<label class="md-header__button md-icon" for="{target}" title="{messages.translate(lang, msgid)}">'
