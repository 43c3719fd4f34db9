"""Stamping: a page's content put into the shell of its place, with what its surroundings say."""

from __future__ import annotations

import posixpath
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from html import escape
from importlib.resources import files as resources
from pathlib import Path
from typing import Protocol
from urllib.parse import quote, urlsplit

from sitegen import messages
from sitegen.pages import SECTIONS
from sitegen.site import shells
from sitegen.site.policy import META
from sitegen.site.settings import Settings
from sitegen.site.shells import REFERENCE, Plan, Section

_FOOTER = (
    '<footer class="md-footer"><div class="md-footer-meta md-typeset"><div class="md-footer-meta__inner md-grid">'
    '<div class="md-copyright">%s</div></div></div></footer>'
)
LANGUAGE_NAMES = {"da": "Dansk", "en": "English", "nb": "Norsk", "no": "Norsk"}
LINKED = ("assets/sitegen.css", "assets/shell.css", "assets/brand.css", "assets/sitegen.js")
"""Our files that every page loads, in order; the others of `assets/` are loaded by these when they are needed."""


class SitePage(Protocol):
    """What is needed of a page (`sitegen.pages.Page`): `html` is finished markup, everything else plain text."""

    @property
    def path(self) -> str: ...
    @property
    def title(self) -> str: ...
    @property
    def description(self) -> str: ...
    @property
    def html(self) -> str: ...
    @property
    def search_text(self) -> str: ...


@dataclass(frozen=True)
class Frame:
    """What the pages of all languages share.

    Attributes:
        settings: the organisation's `mkdocs.yml`; `home` is the folder it lies in.
        name: the organisation's name, where the settings have no `site_name`.
        audience: who the site is for; a site that is not for everyone asks search engines to stay away.
        docs: the organisation's own Markdown pages, by path below `docs/`.
        extra: files of ours that are made rather than kept (the chart bundle), by path.
    """

    settings: Settings
    home: Path
    name: str
    audience: str = "everyone"
    docs: Mapping[str, bytes] = field(default_factory=dict)
    extra: Mapping[str, bytes] = field(default_factory=dict)

    @property
    def title(self) -> str:
        """The name of the site."""
        return self.settings.site_name or self.name


class Stamp:
    """Stamps the pages of one language.

    `paths` holds every language's pages, the first language first: a page links to itself in the other languages.
    """

    def __init__(
        self, lang: str, sections: tuple[Section, ...], paths: Mapping[str, frozenset[str]], frame: Frame, cache: Path
    ) -> None:
        self.lang, self.paths, self.frame = lang, paths, frame
        self.first = next(iter(paths))
        self.shells = shells.render(_plan(lang, sections, frame), cache)

    @property
    def prefix(self) -> str:
        """The language's folder in the site: nothing for the first language."""
        return "" if self.lang == self.first else f"{self.lang}/"

    @cached_property
    def files(self) -> dict[str, bytes]:
        """What lies beside the pages: the theme's files and ours."""
        return {name: (self.shells.folder / name).read_bytes() for name in self.shells.files}

    def page(self, page: SitePage) -> bytes:
        """A page of ours. KeyError when the navigation has no place for it."""
        title = self.frame.title if page.path == "index.html" else f"{page.title} – {self.frame.title}"
        values = {
            "TITLE": escape(page.title),
            "WINDOW": escape(title),
            "DESCRIPTION": escape(page.description),
            "LABEL": escape(page.title),
            "SELF": quote(posixpath.basename(page.path)),
            "CONTENT": page.html,
        }
        return self.shells.shell(page.path).stamp(values | self._surroundings(page.path)).encode()

    def lost(self) -> bytes:
        """The page for an address that nothing is at (`404.html`), in every language.

        A server shows it at whatever address was asked for, so what it loads and links to is found from `site_url`;
        without one it is found beside the page, which holds for a file and for addresses in the site's own folder.
        """
        site = urlsplit(self.frame.settings.site_url)
        words, title = [], "There is no page here"
        for lang in self.paths:
            level, folder = ('1 class="sg-finding"', "") if lang == self.first else ("2", f"{lang}/")
            why = messages.translate(lang, "The address may be old or misspelt, or the page is for others than you.")
            words.append(
                f'<section class="sg-section" lang="{lang}"><h{level}>{messages.translate(lang, title)}</h{level[0]}>'
                f'<p class="sg-summary">{why} '
                f'<a href="{folder}index.html">{messages.translate(lang, "To the front page")}</a></p></section>'
            )
        title = messages.translate(self.lang, title)
        values = self._surroundings("404.html") | {
            "TITLE": title,
            "WINDOW": f"{title} – {escape(self.frame.title)}",
            "DESCRIPTION": "",
            "LABEL": title,
            "SELF": "404.html",
            "CONTENT": f'<div class="sg">{"".join(words)}</div>',
            "HEAD": '<meta name="robots" content="noindex">',
        }
        html = self.shells.shell(shells.LOST).stamp(values)
        if site.netloc:
            root = escape(f"{site.path.rstrip('/')}/")
            html = html.replace('"base": "."', f'"base": "{root}"').replace('data-root="."', f'data-root="{root}"')
            html = html.replace(META, f'{META}<script src="assets/lost.js"></script><base href="{root}">')
        return html.encode()

    def document(self, path: str) -> bytes:
        """A page made of the organisation's own Markdown."""
        return self.shells.shell(path).stamp({"LABEL": "", **self._surroundings(path, everywhere=True)}).encode()

    def _surroundings(self, path: str, *, everywhere: bool = False) -> dict[str, str]:
        """What a shell shows around the content: the site's name, the page in other languages, its own address.

        A page that is not there in another language (unless it is `everywhere`) links to that language's first page.
        """
        lang, first, frame = self.lang, self.first, self.frame
        up = "../" * (path.count("/") + (lang != first))
        links = []
        for other, own in self.paths.items():
            if other != lang:
                target = (
                    up + (f"{other}/" if other != first else "") + (path if everywhere or path in own else "index.html")
                )
                name = LANGUAGE_NAMES.get(other, other)
                links.append(f'<a href="{quote(target)}" hreflang="{other}" lang="{other}">{name}</a>')
        head = ""
        if frame.settings.site_url:
            address = posixpath.join(frame.settings.site_url, "" if lang == first else f"{lang}/", path)
            head += f'<link rel="canonical" href="{escape(address)}">'
        if frame.audience != "everyone":
            head += '<meta name="robots" content="noindex">'
        return {
            "SITE": escape(frame.title),
            "FOOTER": _FOOTER % escape(frame.settings.copyright) if frame.settings.copyright else "",
            "LANGUAGES": f'<div class="sg-languages">{"".join(links)}</div>' if links else "",
            "HEAD": head,
            "ROOT": up or ".",
        }


def _plan(lang: str, sections: tuple[Section, ...], frame: Frame) -> Plan:
    """What this language's shells are made of."""
    own: dict[str, bytes] = {}
    for folder in ("assets", "site/files"):
        for item in sorted(resources("sitegen").joinpath(folder).iterdir(), key=lambda item: item.name):
            if item.is_file() and not item.name.startswith(("_", ".")):
                own[f"assets/{item.name}"] = item.read_bytes()
    own.update(frame.extra)
    brand = _brand(frame.settings)
    if brand:
        own["assets/brand.css"] = brand.encode()
    docs_lang = frame.settings.docs_language if frame.settings.docs_language != lang else ""
    pictures = {}
    for use in ("logo", "favicon"):
        written = getattr(frame.settings, use)
        if written:
            path = f"assets/{use}{Path(written).suffix.lower()}"
            own[path] = (frame.home / written).read_bytes()
            pictures[use] = path
    return Plan(
        lang=lang,
        sections=sections,
        files=own,
        linked=tuple(path for path in LINKED if path in own),
        docs={**frame.docs, **_reference(lang)},
        docs_label=messages.translate(lang, SECTIONS["data"]),
        docs_lang=docs_lang,
        docs_lang_label=messages.translate(
            lang, "Documents (%(language)s)", {"language": LANGUAGE_NAMES.get(docs_lang, docs_lang)}
        ),
        reference_label=messages.translate(lang, "Record format"),
        **pictures,
    )


@lru_cache(maxsize=4)
def _reference(lang: str) -> dict[str, bytes]:
    """The pages about the record format, the codes and the glossary, as Markdown below `docs/reference/`."""
    from sitegen.checks.explained import codes_page
    from sitegen.reference import reference_pages

    texts = reference_pages(lang)
    glossary = texts.pop("glossary.md")
    texts |= {"codes.md": codes_page(lang), "glossary.md": glossary}
    return {f"{REFERENCE}{name}": text.encode() for name, text in texts.items()}


def _brand(settings: Settings) -> str:
    """The organisation's two colours as CSS, on the elements that carry the scheme (`assets/brand.css`)."""
    rules = []
    for scheme in ("default", "slate"):
        lines = []
        if scheme in settings.brand:
            lines.append(f"--sg-brand: {settings.brand[scheme]};")
        if scheme in settings.accent:
            colour = settings.accent[scheme]
            lines.append(
                f"--sg-accent: {colour}; --sg-accent-soft: color-mix(in srgb, {colour} 14%, var(--sg-surface));"
            )
        if lines:
            rules.append(f'[data-md-color-scheme="{scheme}"] {{ {" ".join(lines)} }}\n')
    return "".join(rules)
