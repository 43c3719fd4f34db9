"""A whole site out of its pages: navigation, every language, downloads, search and sitemap, then our own check."""

from __future__ import annotations

import posixpath
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from html import escape
from pathlib import Path
from urllib.parse import quote

from sitegen import messages
from sitegen.pages import SECTIONS, aliases
from sitegen.site import search, verify
from sitegen.site.settings import Settings
from sitegen.site.shells import BuilderFailed, Entry, Section
from sitegen.site.stamping import Frame, SitePage, Stamp

__all__ = [
    "BuilderFailed", "Edition", "Entry", "Faulty", "Frame", "Section", "Settings", "Stamp", "documents", "make",
    "sections_of",
]  # fmt: skip


class Faulty(RuntimeError):
    """The site that was made does not pass our own check; `faults` says what, page by page."""

    def __init__(self, faults: Sequence[str]) -> None:
        self.faults = tuple(faults)
        super().__init__(f"{len(self.faults)} faults: {self.faults[0]}")


@dataclass(frozen=True)
class Edition:
    """One language's site: its pages, its navigation, its downloads (bytes by path)."""

    lang: str
    pages: Sequence[SitePage]
    sections: tuple[Section, ...]
    downloads: Mapping[str, bytes] = field(default_factory=dict)


def sections_of(entries: Iterable[tuple[str, Entry]], lang: str) -> tuple[Section, ...]:
    """The tabs: entries by section, in the order of SECTIONS; one without entries has no tab. Home is a plain link."""
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
    for edition in editions:
        stamp = Stamp(edition.lang, edition.sections, paths, frame, cache)
        for path, content in _files(edition, stamp).items():
            made[stamp.prefix + path] = content
            if path.endswith(".html"):
                facts[stamp.prefix + path] = memory.look(content)
        if edition is editions[0]:
            made["404.html"] = stamp.lost()
            facts["404.html"] = memory.look(made["404.html"])
    if frame.settings.site_url:
        made["sitemap.xml"] = _sitemap(made, frame.settings.site_url)
    made[".nojekyll"] = b""
    faults = verify.faults(facts, made)
    if faults:
        raise Faulty(faults)
    memory.keep()
    return dict(sorted(made.items()))


def _files(edition: Edition, stamp: Stamp) -> dict[str, bytes]:
    """One language's files, by path in its own folder."""
    made = {**stamp.files, **edition.downloads}
    labels = {entry.path: entry.label for section in edition.sections for entry in section.entries}
    entries = []
    for page in edition.pages:
        made[page.path] = stamp.page(page)
        title = labels.get(page.path, page.title)
        text = _shown(page.search_text) if title == page.title else f"{page.title}. {_shown(page.search_text)}"
        entries.append(search.entry(page.path, title, text, search.RECORD if "/" in page.path else search.REPORT))
    for path in stamp.shells.documents:
        made[path] = stamp.document(path)
    entries += [search.document(item) for item in stamp.shells.index]
    return made | search.files(entries)


def _shown(text: str) -> str:
    """A page's words without the other spellings that end them: those get a field of their own."""
    return text.removesuffix(f" {aliases(text)}")


def _sitemap(made: Mapping[str, bytes], site_url: str) -> bytes:
    """The addresses of all pages, without dates: a page's date would change with every build."""
    lines = ['<?xml version="1.0" encoding="UTF-8"?>', '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">']
    for path in sorted(made):
        if path.endswith(".html") and path != "404.html":
            lines.append(f"<url><loc>{escape(posixpath.join(site_url, quote(path)))}</loc></url>")
    return ("\n".join([*lines, "</urlset>"]) + "\n").encode()
