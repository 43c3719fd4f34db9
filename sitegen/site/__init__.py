"""From pages to the files of a site: stamped into shells, with search, downloads and sitemap, checked before
anything is written.

The first language's site is the folder itself, every other one a folder in it (`en/`). Nothing here reads a clock,
the place of the folder, the time zone or the locale: the same pages and settings give the same bytes.

`settings` reads `mkdocs.yml`; `shells` has the builder; `policy` the Content-Security-Policy; `search` the index;
`verify` checks the finished site; `publish` writes it.
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from html import escape
from importlib.resources import files as resources
from pathlib import Path
from typing import Protocol
from urllib.parse import quote

from sitegen import messages
from sitegen.pages import SECTIONS, aliases
from sitegen.site import search, shells, verify
from sitegen.site.settings import Settings
from sitegen.site.shells import BuilderFailed, Entry, Plan, Section

__all__ = [
    "BuilderFailed",
    "Edition",
    "Entry",
    "Faulty",
    "Frame",
    "Section",
    "Settings",
    "documents",
    "make",
    "sections_of",
]

_FOOTER = (
    '<footer class="md-footer"><div class="md-footer-meta md-typeset"><div class="md-footer-meta__inner md-grid">'
    '<div class="md-copyright">%s</div></div></div></footer>'
)
LANGUAGE_NAMES = {"da": "Dansk", "en": "English", "nb": "Norsk", "no": "Norsk"}
LINKED = ("assets/sitegen.css", "assets/shell.css", "assets/brand.css", "assets/sitegen.js")
"""Our files that every page loads, in order; the others of `assets/` are loaded by these when they are needed."""


class Faulty(RuntimeError):
    """The site that was made does not pass our own check; `faults` says what, page by page."""

    def __init__(self, faults: Sequence[str]) -> None:
        self.faults = tuple(faults)
        super().__init__(f"{len(self.faults)} faults: {self.faults[0]}")


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
class Edition:
    """One language's site: its pages, its navigation, its downloads (bytes by path)."""

    lang: str
    pages: Sequence[SitePage]
    sections: tuple[Section, ...]
    downloads: Mapping[str, bytes] = field(default_factory=dict)


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


def sections_of(entries: Iterable[tuple[str, Entry]], lang: str) -> tuple[Section, ...]:
    """The tabs: entries by section, in the order of SECTIONS; a section without entries has no tab. Home is a plain
    link.
    """
    by_section: dict[str, list[Entry]] = {name: [] for name in SECTIONS}
    for section, entry in entries:
        by_section[section].append(entry)
    return tuple(
        Section("" if name == "home" else messages.translate(lang, SECTIONS[name]), tuple(found))
        for name, found in by_section.items()
        if found
    )


def documents(home: Path) -> dict[str, bytes]:
    """The organisation's own pages: Markdown and pictures in `docs/` beside the records, by path below it; links
    out of it are not followed.
    """
    folder = home / "docs"
    found = {}
    for path in sorted(folder.rglob("*")) if folder.is_dir() else ():
        name = path.relative_to(folder)
        if (
            path.is_file()
            and path.resolve().is_relative_to(folder.resolve())
            and not any(part.startswith(".") for part in name.parts)
        ):
            if path.suffix.lower() in (".md", ".png", ".svg", ".jpg", ".webp", ".gif"):
                found[name.as_posix()] = path.read_bytes()
    return found


def make(editions: Sequence[Edition], frame: Frame, cache: Path) -> dict[str, bytes]:
    """Every file of the site, by path.

    Raises:
        BuilderFailed: the builder stopped.
        Faulty: our check of the finished site found something.
    """
    made: dict[str, bytes] = {}
    facts: dict[str, verify.Facts] = {}
    memory = verify.Memory(cache)
    paths = {edition.lang: frozenset(page.path for page in edition.pages) for edition in editions}
    for number, edition in enumerate(editions):
        prefix = f"{edition.lang}/" if number else ""
        for path, content in _edition(edition, editions, paths, frame, cache).items():
            made[prefix + path] = content
            if path.endswith(".html"):
                facts[prefix + path] = memory.look(content)
    if frame.settings.site_url:
        made["sitemap.xml"] = _sitemap(made, frame.settings.site_url)
    made[".nojekyll"] = b""
    faults = verify.faults(facts, made)
    if faults:
        raise Faulty(faults)
    memory.keep()
    return dict(sorted(made.items()))


def _edition(
    edition: Edition, editions: Sequence[Edition], paths: Mapping[str, frozenset[str]], frame: Frame, cache: Path
) -> dict[str, bytes]:
    """One language's files, by path in its own folder."""
    plan = _plan(edition, frame)
    rendered = shells.render(plan, cache)
    made = {name: (rendered.folder / name).read_bytes() for name in rendered.files}
    made.update(edition.downloads)
    labels = {entry.path: entry.label for section in edition.sections for entry in section.entries}
    entries = []
    first = editions[0].lang
    for page in edition.pages:
        values = {
            "TITLE": escape(page.title),
            "WINDOW": escape(frame.title if page.path == "index.html" else f"{page.title} – {frame.title}"),
            "DESCRIPTION": escape(page.description),
            "LABEL": escape(page.title),
            "SELF": quote(posixpath.basename(page.path)),
            "CONTENT": page.html,
            **_surroundings(page.path, edition.lang, first, paths, frame),
        }
        made[page.path] = rendered.shell(page.path).stamp(values).encode()
        title = labels.get(page.path, page.title)
        text = _shown(page.search_text) if title == page.title else f"{page.title}. {_shown(page.search_text)}"
        entries.append(search.entry(page.path, title, text, search.RECORD if "/" in page.path else search.REPORT))
    for path in rendered.documents:
        everywhere = {lang: own | {path} for lang, own in paths.items()}
        values = {
            "LABEL": "",
            **_surroundings(path, edition.lang, first, everywhere, frame),
        }
        made[path] = rendered.shell(path).stamp(values).encode()
    entries += [search.document(item) for item in rendered.index]
    made.update(search.files(entries, edition.lang))
    return made


def _shown(text: str) -> str:
    """A page's words without the other spellings that end them: those get a field of their own."""
    return text.removesuffix(f" {aliases(text)}")


def _surroundings(
    path: str, lang: str, first: str, paths: Mapping[str, frozenset[str]], frame: Frame
) -> dict[str, str]:
    """What a page's shell shows around its content: the site's name, the links to its other languages, the address
    it is known by.
    """
    up = "../" * (path.count("/") + (lang != first))
    links = []
    for other, own in paths.items():
        if other != lang:
            target = up + (f"{other}/" if other != first else "") + (path if path in own else "index.html")
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


def _plan(edition: Edition, frame: Frame) -> Plan:
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
    pictures = {}
    for use in ("logo", "favicon"):
        written = getattr(frame.settings, use)
        if written:
            path = f"assets/{use}{Path(written).suffix.lower()}"
            own[path] = (frame.home / written).read_bytes()
            pictures[use] = path
    return Plan(
        lang=edition.lang,
        sections=edition.sections,
        files=own,
        linked=tuple(path for path in LINKED if path in own),
        docs=frame.docs,
        docs_label=messages.translate(edition.lang, SECTIONS["data"]),
        **pictures,
    )


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


def _sitemap(made: Mapping[str, bytes], site_url: str) -> bytes:
    """The addresses of all pages, without dates: a page's date would change with every build."""
    lines = ['<?xml version="1.0" encoding="UTF-8"?>', '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">']
    for path in sorted(made):
        if path.endswith(".html"):
            lines.append(f"<url><loc>{escape(posixpath.join(site_url, quote(path)))}</loc></url>")
    return ("\n".join([*lines, "</urlset>"]) + "\n").encode()
