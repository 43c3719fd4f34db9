"""The shells: what the builder (MkDocs with the Material theme) renders once, and our pages are stamped into.

The builder sees a small tree: a stub for each entry of the navigation, one stub for each folder of record pages,
and the organisation's own Markdown pages. Where a page differs from its neighbours the stub holds a token,
`@@SG:CONTENT@@` and the like. The tree's configuration is generated and complete; nothing in it comes from records.
Shells are kept in the cache under the hash of all that they are made of, so that a changed record needs no builder.
"""

from __future__ import annotations

import hashlib
import importlib.metadata
import json
import os
import posixpath
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from html import escape
from pathlib import Path

from sitegen import messages
from sitegen.site.policy import mend

HERE = Path(__file__).parent
TOKEN = re.compile(r"@@SG:([A-Z]+)@@")
THEME_LANGUAGES = {"no": "nb"}
"""Languages of ours whose name in the theme is another."""
SHELL = "shell"
"""The stub of a folder of record pages is `<folder>/shell.md`; it is not published, so a record may have that id."""
LOST = "lost.html"
"""The shell of the page for an address that nothing is at; the builder writes its own `404.html`, which is dropped."""
KEPT = 6
"""How many sets of shells the cache keeps."""

EXTENSIONS = ("tables", "toc", "admonition", "pymdownx.details", "pymdownx.tabbed")
REFERENCE = "reference/"
"""The folder of the generated pages about the record format."""
PACKAGES = ("mkdocs", "mkdocs-material", "markdown", "pymdown-extensions", "jinja2", "pygments")


class BuilderFailed(RuntimeError):
    """The builder stopped; the message is what it said."""


@dataclass(frozen=True)
class Entry:
    """One entry of the navigation: `label` as the reader sees it, `path` of the page (`budget.html`).

    `folder` is set where the report has a page a record: these lie in `<folder>/` and are shown below this entry's
    section.
    """

    label: str
    path: str
    folder: str = ""


@dataclass(frozen=True)
class Section:
    """One tab: its label and its entries; a section with one entry and no label of its own (home) is a plain link."""

    label: str
    entries: tuple[Entry, ...]


@dataclass(frozen=True)
class Plan:
    """Everything a set of shells is made of.

    Attributes:
        lang: the language of the theme's own words.
        sections: the navigation.
        files: bytes by path that lie beside the pages and are linked from each shell if they are CSS or JavaScript
            (`assets/sitegen.css`).
        linked: which of them each shell loads, in order.
        docs: Markdown by path below `docs/`, rendered as it is.
        docs_label: what the navigation calls them.
        docs_lang: their language where it is another than the page's; they are then an entry of their own, called
            `docs_lang_label`, and marked with `lang`. Those in `reference/` are ours and in the page's language.
        reference_label: what it calls those in `reference/`, which come last, in the order given.
        logo, favicon: path in `files`, or "".
    """

    lang: str
    sections: tuple[Section, ...]
    files: Mapping[str, bytes]
    linked: tuple[str, ...] = ()
    docs: Mapping[str, bytes] | None = None
    docs_label: str = ""
    docs_lang: str = ""
    docs_lang_label: str = ""
    reference_label: str = ""
    logo: str = ""
    favicon: str = ""

    @cached_property
    def configuration(self) -> str:
        """The builder's whole configuration. JSON is YAML in which every string is quoted."""
        theme: dict[str, object] = {
            "name": "material",
            "custom_dir": "theme",
            "language": THEME_LANGUAGES.get(self.lang, self.lang),
            "font": False,
            "icon": {"logo": "sitegen/mark"},
            "palette": [
                self._scheme("", "default", "material/brightness-auto", "Light or dark as on this machine"),
                self._scheme(": light", "default", "material/weather-sunny", "Light"),
                self._scheme(": dark", "slate", "material/weather-night", "Dark"),
            ],
            "features": ["navigation.tabs"],
        }
        if self.logo:
            theme["logo"] = self.logo
        if self.favicon:
            theme["favicon"] = self.favicon
        configuration = {
            "site_name": "@@SG:SITE@@",
            "docs_dir": "docs",
            "site_dir": "site",
            "use_directory_urls": False,
            "theme": theme,
            "plugins": ["search"],
            "extra": {"generator": False},
            "extra_css": [path for path in self.linked if path.endswith(".css")],
            "extra_javascript": [path for path in self.linked if path.endswith(".js")],
            "markdown_extensions": list(EXTENSIONS),
            "nav": self._navigation(),
            "validation": {
                "omitted_files": "info",
                "absolute_links": "info",
                "unrecognized_links": "info",
                "not_found": "info",
                "anchors": "info",
            },
        }
        return json.dumps(configuration, ensure_ascii=False, indent=1, sort_keys=True)

    def _scheme(self, wanted: str, scheme: str, icon: str, msgid: str) -> dict[str, object]:
        toggle = {"icon": icon, "name": messages.translate(self.lang, msgid)}
        return {
            "media": f"(prefers-color-scheme{wanted})",
            "scheme": scheme,
            "primary": "custom",
            "accent": "custom",
            "toggle": toggle,
        }

    def _navigation(self) -> list[object]:
        navigation: list[object] = []
        items: list[object] = []
        for section in self.sections:
            items = []
            for entry in section.entries:
                items.append({escape(entry.label): _stub(entry.path)})
                if entry.folder:
                    items.append({"@@SG:LABEL@@": f"{entry.folder}/{SHELL}.md"})
            if not section.label and len(section.entries) == 1:
                navigation.extend(items)
            else:
                navigation.append({escape(section.label): items})
        if self.docs:
            pages: list[object] = [
                f"docs/{path}" for path in _docs_in_order(self.docs) if not path.startswith(REFERENCE)
            ]
            if pages and self.docs_lang:
                pages = [{escape(self.docs_lang_label): pages}]
            reference = [f"docs/{path}" for path in _docs_in_order(self.docs) if path.startswith(REFERENCE)]
            if reference:
                pages.append({escape(self.reference_label): reference})
            last = self.sections[-1].label if self.sections else ""
            if last == self.docs_label and navigation:
                items.extend(pages)
            else:
                navigation.append({escape(self.docs_label): pages})
        return navigation

    @cached_property
    def key(self) -> str:
        """The hash of all that the shells are made of."""
        sums = hashlib.sha256(self.configuration.encode())
        for name in PACKAGES:
            sums.update(f"{name} {importlib.metadata.version(name)}\n".encode())
        for path in sorted(HERE.rglob("*")):
            if path.is_file() and path.suffix in (".html", ".svg", ".py"):
                sums.update(path.relative_to(HERE).as_posix().encode() + b"\0" + path.read_bytes())
        for group in (self.files, self.docs or {}):
            for name in sorted(group):
                sums.update(name.encode() + b"\0" + hashlib.sha256(group[name]).digest())
        return sums.hexdigest()[:24]


def _stub(path: str) -> str:
    return path.removesuffix(".html") + ".md"


def _docs_in_order(docs: Mapping[str, bytes]) -> list[str]:
    pages = [path for path in docs if path.endswith(".md")]
    return sorted(pages, key=lambda path: (path != "index.md", "" if path.startswith(REFERENCE) else path))


@dataclass(frozen=True)
class Shell:
    """A rendered page with its tokens cut out: text, token, text, token, …, text."""

    pieces: tuple[str, ...]

    @classmethod
    def of(cls, html: str) -> Shell:
        return cls(tuple(TOKEN.split(html)))

    def stamp(self, values: Mapping[str, str]) -> str:
        """The page: each token replaced by its value, once; what a value says is never looked through again.

        A token without a value stays: it is text of a Markdown page that writes about tokens.
        """
        pieces = list(self.pieces)
        for at in range(1, len(pieces), 2):
            pieces[at] = values.get(pieces[at], f"@@SG:{pieces[at]}@@")
        return "".join(pieces)


class Shells:
    """A set of shells on disk: the builder's output, mended by `policy.mend`."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._shells: dict[str, Shell] = {}

    def shell(self, path: str) -> Shell:
        """The shell of a page; a record page has its folder's. KeyError when the navigation knows neither."""
        name = path
        if not (self.folder / name).is_file():
            name = f"{path.rpartition('/')[0]}/{SHELL}.html"
        if name not in self._shells:
            try:
                self._shells[name] = Shell.of((self.folder / name).read_text(encoding="utf-8"))
            except FileNotFoundError:
                raise KeyError(f"the navigation has no place for the page {path}") from None
        return self._shells[name]

    @cached_property
    def documents(self) -> tuple[str, ...]:
        """The pages made of the organisation's own Markdown: `docs/<name>.html`."""
        return tuple(sorted(path.relative_to(self.folder).as_posix() for path in self.folder.glob("docs/**/*.html")))

    @cached_property
    def files(self) -> tuple[str, ...]:
        """Everything beside the pages: the theme's files and ours."""
        found = (path for path in self.folder.rglob("*") if path.is_file() and path.suffix != ".html")
        return tuple(sorted(path.relative_to(self.folder).as_posix() for path in found if path.parent.name != "search"))

    @cached_property
    def index(self) -> list[dict[str, str]]:
        """The builder's search entries of the organisation's own Markdown."""
        data = json.loads((self.folder / "search" / "search_index.json").read_text(encoding="utf-8"))
        return [entry for entry in data["docs"] if entry["location"].startswith("docs/")]


def render(plan: Plan, cache: Path) -> Shells:
    """The shells of a plan, from the cache or from the builder.

    Raises:
        BuilderFailed: the builder stopped, or a page of it holds a script or style that the policy does not know.
    """
    folder = cache / "shells" / plan.key
    if not folder.is_dir():
        folder.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=folder.parent, prefix=".making-") as making:
            _build(plan, Path(making))
            finished = Path(making) / "site"
            _mend(plan, finished)
            try:
                finished.rename(folder)
            except OSError:  # another build was first
                if not folder.is_dir():
                    raise
        _forget(folder)
    os.utime(folder)
    return Shells(folder)


def _build(plan: Plan, tree: Path) -> None:
    (tree / "mkdocs.yml").write_text(plan.configuration, encoding="utf-8")
    shutil.copytree(HERE / "theme", tree / "theme")
    stubs = [entry.path for section in plan.sections for entry in section.entries]
    stubs += [f"{entry.folder}/{SHELL}.html" for section in plan.sections for entry in section.entries if entry.folder]
    for path in (*stubs, LOST):
        hidden = '["navigation", "toc"]' if path in ("index.html", LOST) else '["toc"]'
        head = f'title: "@@SG:TITLE@@"\ndescription: "@@SG:DESCRIPTION@@"\nhide: {hidden}'
        text = f"---\n{head}\n---\n<h1>@@SG:CONTENT@@</h1>\n"
        _write(tree / "docs" / _stub(path), text.encode())
    for path, content in plan.files.items():
        _write(tree / "docs" / path, content)
    for path, content in (plan.docs or {}).items():
        _write(tree / "docs" / "docs" / path, content)
    environment = {
        **os.environ,
        "NO_MKDOCS_2_WARNING": "1",
        "SOURCE_DATE_EPOCH": "0",
        "PYTHONHASHSEED": "0",
        "TZ": "UTC",
    }
    command = [
        sys.executable,
        "-m",
        "mkdocs",
        "build",
        "--strict",
        "--quiet",
        "--config-file",
        str(tree / "mkdocs.yml"),
    ]
    done = subprocess.run(
        command, cwd=tree, env=environment, capture_output=True, text=True, encoding="utf-8", errors="replace"
    )
    if done.returncode:
        raise BuilderFailed((done.stderr + done.stdout).strip().replace(f"{tree}/", ""))


def _write(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)


def _mend(plan: Plan, site: Path) -> None:
    """Mends every page of the builder, and drops what is not published: its error page, sitemap and maps, other
    languages' search.
    """
    for path in sorted(site.rglob("*.html")):
        if path.name == "404.html":
            path.unlink()
            continue
        name = path.relative_to(site).as_posix()
        try:
            html = mend(path.read_text(encoding="utf-8"), plan.lang, stamped=not name.startswith("docs/"))
            path.write_text(_in_its_language(html, name, plan.docs_lang), encoding="utf-8")
        except ValueError as unknown:
            raise BuilderFailed(f"{name}: {unknown}") from unknown
    for path in sorted(site.rglob("*")):
        unwanted = path.suffix == ".map" or path.name.startswith("sitemap.xml") or "lunr" in path.parts
        if unwanted and path.is_file():
            path.unlink()
    for path in [*site.rglob("*.min.js"), *site.rglob("*.min.css")]:
        text = path.read_text(encoding="utf-8")
        path.write_text(
            re.sub(r"\n?(//# sourceMappingURL=\S+|/\*# sourceMappingURL=\S+ \*/)\n?", "\n", text), encoding="utf-8"
        )


def _in_its_language(html: str, name: str, lang: str) -> str:
    """The page with the hand-written documents, and the links to them in the menu, marked as being in `lang`."""
    if not lang:
        return html

    def written(path: str) -> bool:
        return path.startswith("docs/") and not path.startswith(f"docs/{REFERENCE}")

    def entry(match: re.Match[str]) -> str:
        target = posixpath.normpath(posixpath.join(posixpath.dirname(name), match[1]))
        return f'{match[0]} lang="{lang}" hreflang="{lang}"' if written(target) else match[0]

    html = re.sub(r'<a href="([^"#:]*)" class="md-nav__link(?: md-nav__link--active)?"', entry, html)
    if written(name):
        for part in (
            '<article class="md-content__inner md-typeset"',
            '<ul class="md-nav__list" data-md-component="toc"',
        ):
            html = html.replace(part, f'{part} lang="{lang}"')
    return html


def _forget(newest: Path) -> None:
    """Keeps the newest sets of shells only."""
    folders = [path for path in newest.parent.iterdir() if path.is_dir() and not path.name.startswith(".")]
    for path in sorted(folders, key=lambda path: path.stat().st_mtime_ns)[:-KEPT]:
        if path != newest:
            shutil.rmtree(path, ignore_errors=True)
