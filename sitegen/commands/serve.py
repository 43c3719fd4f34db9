"""`sitegen serve`: the site on this machine alone, always as the records are now.

A record, template or page of `docs/` that was saved is read at once; a page is made when somebody asks for it. So the
page one looks at is there a moment after saving, however large the site. Every page gets one script more than it has
when it is published: it asks for news and loads the page again. While a record is broken the old pages stay, with
what is wrong across their foot. What `build` checks of the finished site, links above all, only `build` says.
"""

from __future__ import annotations

import datetime as dt
import functools
import http.server
import json
import sys
import threading
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sitegen.commands.language import Voice

if TYPE_CHECKING:
    from sitegen.pages import Book
    from sitegen.pipeline import Run
    from sitegen.report import Report
    from sitegen.site.stamping import Stamp

EVERY = 0.15
"""Seconds between two looks at the files."""
STATE, SCRIPT = "/__sitegen/state", "/__sitegen/live.js"
KINDS = {
    "css": "text/css", "csv": "text/csv", "html": "text/html", "js": "text/javascript", "json": "application/json",
    "png": "image/png", "svg": "image/svg+xml",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}  # fmt: skip


@dataclass
class State:
    """What the pages are told: how often the records were read without fault, and what is wrong now."""

    version: int = 0
    problems: list[str] = field(default_factory=list)
    heading: str = ""


class Site:
    """The site of one run, its pages made on demand. Requests may come at the same time; pages are made one by one."""

    def __init__(self, run: Run, langs: tuple[str, ...]) -> None:
        from sitegen import pages
        from sitegen.commands import build
        from sitegen.site import assembly

        self.run = run
        self.langs = build.languages_of(run, langs)
        frame = build.frame_of(run)
        self._places: dict[str, tuple[Report, str | None]] = {}
        for report in run.reports:
            for id in (None, *(run.ids(report.each) if report.each else ())):
                self._places[pages.page_path(report.slug, id)] = report, id
        paths = {lang: frozenset(self._places) for lang in self.langs}
        cache = run.cache or build.cache_of(run.home)
        self._stamps: dict[str, Stamp] = {}
        for lang in self.langs:
            sections = assembly.sections_of(build.entries(run, lang), lang)
            self._stamps[lang] = assembly.Stamp(lang, sections, paths, frame, cache)
        assert run.results is not None  # computed now, so that a fault of a metric is told before anybody asks
        self._books: dict[str, Book] = {}
        self._charts: dict[tuple[str, str], Any] = {}
        self._busy = threading.Lock()

    def get(self, path: str) -> bytes | None:
        """The file at a path of the site (`project/seo.html`, `en/data/budget.projects.csv`); None where there is
        none.
        """
        first, _, rest = path.partition("/")
        lang, name = (first, rest) if first in self.langs[1:] else (self.langs[0], path)
        stamp = self._stamps[lang]
        with self._busy:
            if name in self._places:
                return self._page(lang, name)
            if name in stamp.shells.documents:
                return stamp.document(name)
            if name.startswith("data/"):
                return self._download(lang, name.removeprefix("data/"))
            if name.startswith("search/"):
                return self._search(lang).get(name)
            return stamp.files.get(name)

    def _page(self, lang: str, name: str) -> bytes:
        report, id = self._places[name]
        book, own = self._book(lang), self.run.of(report)
        if (lang, report.slug) not in self._charts:
            self._charts[lang, report.slug] = book.charts(report, own)
        return self._stamps[lang].page(book.page(report, own, self._charts[lang, report.slug], id))

    def _book(self, lang: str) -> Book:
        from sitegen import pages

        if lang not in self._books:
            self._books[lang] = pages.Book(self.run, lang)
        return self._books[lang]

    def _download(self, lang: str, name: str) -> bytes | None:
        from sitegen.commands import build
        from sitegen.exporters import csv, script

        table, _, ending = name.rpartition(".")
        if table in self.run.data and ending in ("csv", "js"):
            cells, data = self.run.data[table]
            if ending == "csv":
                return csv.table(cells)
            return script.data(table, data.plain(cells, self.run.records, lang))
        result = self.run.results.get(table)
        if result is None or ending not in ("csv", "xlsx"):
            return None
        return csv.table(result) if ending == "csv" else build.Workbooks(self.run, lang).of(table, result)

    def _search(self, lang: str) -> dict[str, bytes]:
        """An index of the pages' names: that of all words would need every page."""
        from sitegen import messages
        from sitegen.site import search

        names = self._book(lang).setting.names
        entries = [
            search.entry(
                path,
                messages.translate(lang, report.title) if id is None else names.get((report.each or "", id), id),
                "",
            )
            for path, (report, id) in self._places.items()
        ]
        return search.files(entries)


class Live:
    """A folder of records, and the site of what they say now. `watch` runs until `stop` is called."""

    def __init__(self, root: Path, *, as_of: dt.date | None, audience: str, langs: tuple[str, ...]) -> None:
        from sitegen.commands import build

        self.root, self.home = root, root.resolve().parent
        self.as_of, self.audience, self.langs = as_of, audience, langs
        self.cache = build.cache_of(self.home)
        self.state = State()
        self.site: Site | None = None
        self._stopped = threading.Event()
        self._seen: object = None

    def changed(self) -> bool:
        """Whether a file was saved since the last look."""
        from sitegen.site import inputs

        now = inputs.stamp(self.root, self.home / "templates", self.home / "docs", self.home / "mkdocs.yml")
        changed, self._seen = now != self._seen, now
        return changed

    def build(self) -> None:
        """Reads and computes everything anew; the state says how it went, and the old site stays when it went wrong."""
        from sitegen import git, messages
        from sitegen.commands import build
        from sitegen.pipeline import Run
        from sitegen.site.shells import BuilderFailed

        git.commit.cache_clear()
        work = Run(self.root, as_of=self.as_of, audience=self.audience, cache=self.cache)
        problems: list[str] = []
        lang = "en"
        try:
            lang = build.languages_of(work, self.langs)[0]
            self.site = Site(work, self.langs)
        except build.Stopped as stopped:
            problems = build.lines(stopped, work, lang)
        except BuilderFailed as failed:
            problems = str(failed).splitlines()
        except Exception as fault:  # serve goes on whatever a record, a template or a fault of ours does
            problems = [f"{type(fault).__name__}: {fault}"]
        heading = messages.translate(lang, "The site was not built: what you see is from before") if problems else ""
        self.state = State(self.state.version + (not problems), problems, heading)

    def watch(self) -> None:
        """Reads anew whenever something was saved."""
        while not self._stopped.is_set():
            if self.changed():
                self.build()
                if self.state.problems:
                    sys.stderr.write("\n".join([*self.state.problems, ""]))
                else:
                    sys.stdout.write(f"read {self.state.version}\n")
                    sys.stdout.flush()
            self._stopped.wait(EVERY)

    def stop(self) -> None:
        """Ends `watch` after what it is doing."""
        self._stopped.set()


class Handler(http.server.BaseHTTPRequestHandler):
    """Serves a Live. Only requests that name this machine are answered: another site's page may not read along."""

    def __init__(self, *arguments: Any, live: Live) -> None:
        self.live = live
        super().__init__(*arguments)

    def do_GET(self) -> None:
        host = self.headers.get("Host") or ""
        path = self.path.partition("?")[0].removeprefix("/")
        if host.rpartition(":")[0] not in ("127.0.0.1", "localhost"):
            self._answer(b"", "text/plain", 403)
        elif f"/{path}" == STATE:
            self._answer(json.dumps(vars(self.live.state)).encode(), "application/json")
        elif f"/{path}" == SCRIPT:
            from sitegen import site

            self._answer((Path(site.__file__).parent / "live.js").read_bytes(), "text/javascript")
        else:
            self._file(path + "index.html" if path.endswith("/") or not path else path)

    def _file(self, path: str) -> None:
        version, site = self.live.state.version, self.live.site
        kind = KINDS.get(path.rpartition(".")[2], "application/octet-stream")
        status = 200
        try:
            content = site.get(path) if site is not None else None if kind != "text/html" else _page("…")
        except Exception as fault:  # a template that somebody is in the middle of writing
            content, status, kind = _page(f"{type(fault).__name__}: {fault}"), 500, "text/html"
        if content is None:
            content, status, kind = _page("404"), 404, "text/html"
        if kind == "text/html":
            script = f'<script src="{SCRIPT}" data-version="{version}"></script></body>'
            content = content.replace(b"</body>", script.encode())
        self._answer(content, kind, status)

    def _answer(self, content: bytes, kind: str, status: int = 200) -> None:
        self.send_response(status)
        text = kind.startswith("text/") or kind == "application/json"
        self.send_header("Content-Type", f"{kind}; charset=utf-8" if text else kind)
        self.send_header("Content-Length", str(len(content)))
        self.send_header("Cache-Control", "no-store")
        self.send_header("X-Content-Type-Options", "nosniff")
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, format: str, *arguments: object) -> None:
        """Requests are not logged: the terminal is for what is wrong with the records."""


def _page(said: str) -> bytes:
    """A page of one sentence, for when there is no other."""
    from html import escape

    return (
        '<!doctype html><html lang="en"><head><meta charset="utf-8"><title>sitegen</title></head>'
        f"<body><h1>sitegen</h1><p>{escape(said)}</p></body></html>"
    ).encode()


def server(live: Live, port: int) -> http.server.ThreadingHTTPServer:
    """A server for this machine alone; port 0 takes a free one.

    Raises:
        OSError: the port is taken.
    """
    made = http.server.ThreadingHTTPServer(("127.0.0.1", port), functools.partial(Handler, live=live))
    made.daemon_threads = True
    return made


def run(
    root: Path,
    *,
    port: int = 8000,
    as_of: dt.date | None = None,
    audience: str = "everyone",
    langs: tuple[str, ...] = (),
) -> int:
    """Serves until it is interrupted. 0: interrupted; 2: the port is taken."""
    live = Live(root, as_of=as_of, audience=audience, langs=langs)
    try:
        listening = server(live, port)
    except OSError as taken:
        msgid = "port %(port)s cannot be used (%(why)s); try --port %(other)s"
        told = Voice.of(root).say(msgid, port=port, why=str(taken.strerror), other=port + 1)
        sys.stderr.write(f"sitegen: {told}\n")
        return 2
    sys.stdout.write(f"http://127.0.0.1:{listening.server_port}/ for {audience}; stop with Ctrl-C\n")
    sys.stdout.flush()
    watcher = threading.Thread(target=live.watch, daemon=True)
    watcher.start()
    try:
        listening.serve_forever()
    except KeyboardInterrupt:
        return 0
    finally:
        live.stop()
        listening.server_close()
    return 0
