"""The net: what every page must withstand in a real browser. `examine` gives the faults it caught, in words."""

from __future__ import annotations

import functools
import http.server
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, Request

CHROMIUM = ("/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome")
FLAGS = [
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync", "--disable-dev-shm-usage",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
]  # fmt: skip

WATCH = """
window.__violations = [];
document.addEventListener("securitypolicyviolation", stopped =>
  window.__violations.push(stopped.violatedDirective + " " + stopped.blockedURI));
"""
"""Runs before anything of the page: what the policy stopped is written down."""

WIDE, NARROW = 1280, 390

SEEN = """() => {
  const shown = svg => { const box = svg.getBoundingClientRect(); return box.width > 0 && box.height > 0; };
  const drawn = width => [...document.querySelectorAll("svg.sg-" + width)]
    .filter(svg => !svg.closest("details:not([open])")).map(shown);
  return {
    overflow: document.documentElement.scrollWidth - document.documentElement.clientWidth,
    wide: drawn("wide"),
    narrow: drawn("narrow"),
    violations: window.__violations || [],
  };
}"""

RULES = {"runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}}


def chromium() -> str:
    """Where the browser is. A missing browser fails: these tests never skip."""
    for path in CHROMIUM:
        if Path(path).exists():
            return path
    raise RuntimeError("no Chromium here: install it (Debian, Ubuntu: sudo apt-get install chromium)")


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """The folder over http on this machine: gives the address, with a slash at its end."""

    class Quiet(http.server.SimpleHTTPRequestHandler):
        def log_message(self, format: str, *arguments: object) -> None:
            pass

    class Server(http.server.ThreadingHTTPServer):
        daemon_threads = True

        def handle_error(self, request: object, client_address: object) -> None:
            """A browser that closes a page while a file is on its way is no fault."""

    server = Server(("127.0.0.1", 0), functools.partial(Quiet, directory=str(folder)))
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/"
    finally:
        server.shutdown()
        server.server_close()


def examine(browser: Browser, base: str, path: str, *, thorough: bool = True) -> list[str]:
    """The faults of one page: console, requests, policy, sideways scroll, charts, and with `thorough` accessibility
    and scripts off.
    """
    faults: list[str] = []
    context = browser.new_context(viewport={"width": WIDE, "height": 900}, color_scheme="light")
    context.add_init_script(WATCH)
    page = context.new_page()
    page.on("console", lambda message: faults.append(f"console {message.type}: {message.text[:200]}"))
    page.on("pageerror", lambda error: faults.append(f"script error: {str(error)[:200]}"))
    page.on("requestfailed", lambda request: faults.extend(_failed(request)))
    page.on("request", lambda request: faults.extend(_foreign(request.url, base)))
    page.on(
        "response",
        lambda answer: faults.append(f"{answer.status}: {answer.url[:200]}") if answer.status >= 400 else None,
    )
    try:
        page.goto(base + path, wait_until="load")
        page.wait_for_timeout(50)
        seen = page.evaluate(SEEN)
        faults += _layout(seen, WIDE)
        if thorough:
            faults += _axe(page, "light")
            page.emulate_media(color_scheme="dark")
            page.reload(wait_until="load")
            if page.evaluate("document.body.dataset.mdColorScheme") != "slate":
                faults.append("the page is not dark where the machine is")
            faults += _axe(page, "dark")
        page.set_viewport_size({"width": NARROW, "height": 844})
        page.wait_for_timeout(50)
        faults += _layout(page.evaluate(SEEN), NARROW)
        words = set(page.evaluate(WORDS).split())
    finally:
        context.close()
    if thorough:
        faults += _without_scripts(browser, base + path, words)
    return list(dict.fromkeys(faults))


WORDS = """() => {
  const controls = document.querySelectorAll("main .sg-wider, main .sg-filter, main .sg-choose, main .sg-pivot");
  controls.forEach((control) => { control.style.display = "none"; });
  const words = document.querySelector("main").innerText;
  controls.forEach((control) => { control.style.display = ""; });
  return words;
}"""
"""The words of a page, without those of what only a script can do: looking for a row, choosing columns, the pivot."""


def _failed(request: Request) -> list[str]:
    """A request that the browser gave up because we went to another page is no fault."""
    return [] if request.failure == "net::ERR_ABORTED" else [f"failed request: {request.url[:200]}"]


def _foreign(url: str, base: str) -> list[str]:
    inside = url.startswith((base, "data:", "blob:", "about:"))
    return [] if inside else [f"a request to {url[:200]}"]


def _layout(seen: dict, width: int) -> list[str]:
    faults = [f"the policy stopped {violation}" for violation in seen["violations"]]
    if seen["overflow"] > 0:
        faults.append(f"at {width} px the page scrolls sideways by {seen['overflow']} px")
    right, wrong = ("wide", "narrow") if width == WIDE else ("narrow", "wide")
    if not all(seen[right]):
        faults.append(f"at {width} px {seen[right].count(False)} charts cannot be seen")
    if any(seen[wrong]):
        faults.append(f"at {width} px {seen[wrong].count(True)} charts of the other width are seen")
    return faults


def _axe(page: Page, scheme: str) -> list[str]:
    found = Axe().run(page, options=RULES).response["violations"]
    return [f"axe, {scheme}: {rule['id']}: {node['html'][:160]}" for rule in found for node in rule["nodes"][:3]]


def _without_scripts(browser: Browser, address: str, words: set[str]) -> list[str]:
    """With scripts off the page must read the same: a heading, and nearly all words that it has with them."""
    context = browser.new_context(viewport={"width": NARROW, "height": 844}, java_script_enabled=False)
    page = context.new_page()
    try:
        page.goto(address, wait_until="load")
        if not page.locator("h1").first.is_visible():
            return ["without scripts the heading cannot be seen"]
        lost = words - set(page.inner_text("main").split())
        return [f"without scripts these words are lost: {sorted(lost)[:10]}"] if len(lost) > 0.02 * len(words) else []
    finally:
        context.close()
