"""`sitegen serve`: the site on this machine alone, built again when a record, a template or a page of `docs/` was
saved.

The site that is shown lies in `.sitegen/serve/<audience>`, so that the published one is left alone. Every page gets
one script more than it has when it is published; it asks for the state and loads the page again after a build.
While a record is broken the old pages stay, with what is wrong across their foot.
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

EVERY = 0.25
"""Seconds between two looks at the files."""
STATE, SCRIPT = "/__sitegen/state", "/__sitegen/live.js"


@dataclass
class State:
    """What the pages are told: how often the site was built, and what is wrong now."""

    version: int = 0
    problems: list[str] = field(default_factory=list)
    heading: str = ""


class Live:
    """A folder of records and the site that is kept up with it. `watch` runs until `stop` is called."""

    def __init__(self, root: Path, *, as_of: dt.date | None, audience: str, langs: tuple[str, ...]) -> None:
        from sitegen.commands import build

        self.root, self.home = root, root.resolve().parent
        self.as_of, self.audience, self.langs = as_of, audience, langs
        self.cache = build.cache_of(self.home)
        self.folder = self.home / ".sitegen" / "serve" / audience
        self.state = State()
        self._stopped = threading.Event()
        self._seen: object = None

    def changed(self) -> bool:
        """Whether a file was saved since the last look."""
        from sitegen.site import inputs

        now = inputs.stamp(self.root, self.home / "templates", self.home / "docs", self.home / "mkdocs.yml")
        changed, self._seen = now != self._seen, now
        return changed

    def build(self) -> None:
        """Builds the site; the state says how it went."""
        from sitegen import git, messages
        from sitegen.commands import build
        from sitegen.pipeline import Run
        from sitegen.site import BuilderFailed, Faulty, publish

        git.commit.cache_clear()
        work = Run(self.root, as_of=self.as_of, audience=self.audience, cache=self.cache)
        problems: list[str] = []
        lang = "en"
        try:
            lang = build.language_of(work, self.langs)
            publish.publish(build.files_of(work, self.langs), self.folder, self.cache, "serve")
        except build.Stopped as stopped:
            problems = build.lines(stopped, work, lang)
        except Faulty as faulty:
            problems = list(faulty.faults)
        except BuilderFailed as failed:
            problems = str(failed).splitlines()
        except (
            Exception
        ) as fault:  # a template that somebody is in the middle of writing, or a fault of ours: serve goes on
            problems = [f"{type(fault).__name__}: {fault}"]
        version = self.state.version + (not problems)
        heading = messages.translate(lang, "The site was not built: what you see is from before") if problems else ""
        self.state = State(version, problems, heading)

    def watch(self) -> None:
        """Builds whenever something was saved."""
        while not self._stopped.is_set():
            if self.changed():
                self.build()
                self.tell()
            self._stopped.wait(EVERY)

    def tell(self) -> None:
        """One line on the terminal a build."""
        if self.state.problems:
            sys.stderr.write("\n".join([*self.state.problems, ""]))
        else:
            sys.stdout.write(f"built {self.state.version}\n")
        sys.stdout.flush()

    def stop(self) -> None:
        self._stopped.set()


class Handler(http.server.SimpleHTTPRequestHandler):
    """Serves the folder of a Live. Only requests that name this machine are answered: another site's page may not
    read along.
    """

    def __init__(self, *arguments, live: Live, **options) -> None:  # noqa: ANN002, ANN003 - those of the base class
        self.live = live
        super().__init__(*arguments, directory=str(live.folder), **options)

    def do_GET(self) -> None:
        host = (self.headers.get("Host") or "").rpartition(":")[0] or self.headers.get("Host")
        if host not in ("127.0.0.1", "localhost"):
            self.send_error(403)
            return
        path = self.path.partition("?")[0]
        if path == STATE:
            state = self.live.state
            self._answer(
                json.dumps({"version": state.version, "problems": state.problems, "heading": state.heading}),
                "application/json",
            )
        elif path == SCRIPT:
            from sitegen import site

            self._answer((Path(site.__file__).parent / "live.js").read_text(encoding="utf-8"), "text/javascript")
        else:
            self._page(path)

    def _page(self, path: str) -> None:
        wanted = Path(self.translate_path(path))
        if wanted.is_dir() and path.endswith("/"):
            wanted /= "index.html"
        if not self.live.state.version:
            self._answer(_waiting(self.live), "text/html")
        elif wanted.suffix == ".html" and wanted.is_file():
            script = f'<script src="{SCRIPT}" data-version="{self.live.state.version}"></script>'
            self._answer(wanted.read_text(encoding="utf-8").replace("</body>", f"{script}</body>"), "text/html")
        else:
            super().do_GET()

    def _answer(self, text: str, kind: str) -> None:
        content = text.encode()
        self.send_response(200)
        self.send_header("Content-Type", f"{kind}; charset=utf-8")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def end_headers(self) -> None:
        self.send_header("Cache-Control", "no-store")
        self.send_header("X-Content-Type-Options", "nosniff")
        super().end_headers()

    def log_message(self, format: str, *arguments: object) -> None:
        """Requests are not logged: the terminal is for builds."""


def _waiting(live: Live) -> str:
    """What is shown until the first build has succeeded."""
    return (
        '<!doctype html><html lang="en"><head><meta charset="utf-8"><title>sitegen</title></head><body><h1>sitegen</h1>'
        f'<p>…</p><script src="{SCRIPT}" data-version="{live.state.version}"></script></body></html>'
    )


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
        sys.stderr.write(f"sitegen: port {port} cannot be used ({taken.strerror}); try --port {port + 1}\n")
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
