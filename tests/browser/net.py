"""The net: what every page must withstand in a real browser. `examine` gives the faults it caught, in words."""

from __future__ import annotations

import functools
import http.server
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Literal

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Browser, Page, Request, Response, TimeoutError

CHROMIUM = (
    "/usr/bin/chromium-headless-shell", "/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome",
)  # fmt: skip
"""The first is the same browser without windows: it draws and runs the same, and opens a page in two thirds of the
time.
"""
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
HEIGHTS = {WIDE: 900, NARROW: 844}
PATIENCE = 120_000
"""Milliseconds after which what must happen is called not to happen; only a fault takes so long."""
Scheme = Literal["light", "dark"]

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

RULES = {
    "runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]},
    "resultTypes": ["violations"],
}
"""Every rule of WCAG 2.2 AA. Where each rule is kept is not written down: that takes as long as looking."""
COLOURS = {**RULES, "runOnly": {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}}
"""The rules among them that look at a colour."""

ONE_OF_EACH = """() => {
  const STYLES = ["color", "background-color", "background-image", "opacity", "font-size", "font-weight", "text-shadow",
    "text-indent", "-webkit-text-stroke-width", "-webkit-text-fill-color", "position", "z-index", "display",
    "visibility", "overflow", "clip-path", "filter", "mix-blend-mode"];
  const forms = new Map(), numbers = new Map();
  const number = (text) => numbers.get(text) ?? (numbers.set(text, numbers.size), numbers.size - 1);
  const kind = (text) => text.length < 2 ? text.length : /[\\p{L}\\p{N}]/u.test(text) ? "words" : "signs";
  const lies = (one, style) => (["absolute", "fixed"].includes(style.position) || style.float !== "none"
    || style.transform !== "none" || style.margin.includes("-")) && one.offsetWidth > 1;
  const form = (one) => {
    const style = getComputedStyle(one), behind = ["::before", "::after"].map((at) => getComputedStyle(one, at));
    const own = [one.tagName, one.className, one.getAttributeNames(), one.ariaDisabled, one.control?.disabled,
      kind(one.textContent.trim()), STYLES.map((name) => style.getPropertyValue(name)),
      behind.map((part) => part.content !== "none" && part.backgroundColor + part.backgroundImage + part.position)];
    if (one.localName === "svg" ? one.querySelector("text") : lies(one, style)) own.push(forms.size);
    const within = one.localName === "svg" ? [] : [...one.childNodes];
    const inside = within.map((child) => child.nodeType === Node.ELEMENT_NODE ? form(child)
      : child.nodeType === Node.TEXT_NODE ? kind(child.data.trim()) : "");
    forms.set(one, number(JSON.stringify([own, inside])));
    return forms.get(one);
  };
  const ask = (one) => {
    one.dataset.asked = "";
    const each = new Map([...one.children].reverse().map((child) => [forms.get(child) ?? child, child]));
    each.forEach(ask);
  };
  document.querySelectorAll("[data-asked]").forEach((one) => { delete one.dataset.asked; });
  form(document.body);
  ask(document.body);
  axe.configure({ rules: [{ id: "color-contrast", selector: "[data-asked]" }] });
}"""
"""Of siblings that are alike only the first is asked about its contrast, for the others get the same answer: such are
the rows of a long table. Alike are those with the same tags, classes, computed colours and sorts of text all the way
down (axe passes over a single character and over signs). What holds a drawing with text, or something that may lie
over its neighbours, is like no other.
"""

SETTLE = """async () => {
  await new Promise(done => requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(done, 50))));
  document.getAnimations().filter((one) => one.effect.getComputedTiming().endTime !== Infinity)
    .forEach((one) => one.finish());
}"""
"""What a page puts off until it is drawn is done, and what moves or changes its colour has got there."""

FORM = """() => [...document.querySelectorAll("body *")].map((one) => {
  const box = one.getBoundingClientRect();
  return [one.tagName, one.checkVisibility(), one.ariaHidden, box.x, box.y, box.width, box.height].join(" ");
})"""
"""All that a change of scheme could change in a page but its colours: what is shown, where and how large."""

AXE = AXE_SCRIPT


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


class Tabs:
    """Two tabs in which one page after the other is looked at: one that runs scripts and one that does not.

    What each page needs, such as the stylesheet, is then fetched and read once. Between two pages the first is
    empty, so that nothing of a page is told of the next; nobody listens to the second.
    """

    def __init__(self, browser: Browser) -> None:
        self._contexts = (browser.new_context(), browser.new_context(java_script_enabled=False))
        self._contexts[0].add_init_script(WATCH)
        for context in self._contexts:
            context.set_default_timeout(PATIENCE)
        self.page, self.scriptless = (context.new_page() for context in self._contexts)
        self._base = ""
        self.faults: list[str] = []
        """Of the page that is open: console, requests and answers."""
        page = self.page
        page.on("console", lambda message: self.faults.append(f"console {message.type}: {message.text[:200]}"))
        page.on("pageerror", lambda error: self.faults.append(f"script error: {str(error)[:200]}"))
        page.on("requestfailed", lambda request: self.faults.extend(_failed(request)))
        page.on("request", lambda request: self.faults.extend(_foreign(request.url, self._base)))
        page.on("response", lambda answer: self.faults.extend(_refused(answer)))

    def close(self) -> None:
        for context in self._contexts:
            context.close()

    @contextmanager
    def opened(self, base: str, path: str, width: int, scheme: Scheme) -> Iterator[Page]:
        """The page as it is on a machine of this width and scheme; `faults` are its own."""
        self._base = base
        self.faults = []
        self.page.set_viewport_size({"width": width, "height": HEIGHTS[width]})
        self.page.emulate_media(color_scheme=scheme)
        self.page.goto(base + path, wait_until="load")
        self.page.evaluate(SETTLE)
        try:
            yield self.page
        finally:
            self.page.goto("about:blank")


def examine(tabs: Tabs, base: str, path: str) -> list[str]:
    """The faults of one page that is opened wide and in light, made dark and then narrow: console, requests, policy,
    sideways scroll, charts, accessibility in both schemes, and scripts off.

    In dark only the rules about colours are asked again, unless the page has another form there.
    """
    with tabs.opened(base, path, WIDE, "light") as page:
        page.evaluate(AXE)
        faults = _layout(page, WIDE) + accessibility(page, "light")
        light = page.evaluate(FORM)
        page.emulate_media(color_scheme="dark")
        faults += _dark(page)
        faults += accessibility(page, "dark", COLOURS if page.evaluate(FORM) == light else RULES)
        faults += _resized(page, NARROW)
        words = set(page.evaluate(WORDS).split())
    return _once(tabs.faults + faults + _without_scripts(tabs.scriptless, base + path, words))


def glance(tabs: Tabs, base: str, path: str) -> list[str]:
    """The faults of one page that is opened narrow and in dark, and then made wide: as `examine`, without
    accessibility and scripts off.
    """
    with tabs.opened(base, path, NARROW, "dark") as page:
        faults = _dark(page) + _layout(page, NARROW) + _resized(page, WIDE)
    return _once(tabs.faults + faults)


def _once(faults: list[str]) -> list[str]:
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


def _refused(answer: Response) -> list[str]:
    return [f"{answer.status}: {answer.url[:200]}"] if answer.status >= 400 else []


def _dark(page: Page) -> list[str]:
    try:
        page.wait_for_selector("body[data-md-color-scheme=slate]")
    except TimeoutError:
        return ["the page is not dark where the machine is"]
    page.evaluate(SETTLE)
    return []


def _resized(page: Page, width: int) -> list[str]:
    """What is wrong with the layout once the page is this wide."""
    page.set_viewport_size({"width": width, "height": HEIGHTS[width]})
    page.evaluate(SETTLE)
    return _layout(page, width)


def _layout(page: Page, width: int) -> list[str]:
    seen = page.evaluate(SEEN)
    faults = [f"the policy stopped {violation}" for violation in seen["violations"]]
    if seen["overflow"] > 0:
        faults.append(f"at {width} px the page scrolls sideways by {seen['overflow']} px")
    right, wrong = ("wide", "narrow") if width == WIDE else ("narrow", "wide")
    if not all(seen[right]):
        faults.append(f"at {width} px {seen[right].count(False)} charts cannot be seen")
    if any(seen[wrong]):
        faults.append(f"at {width} px {seen[wrong].count(True)} charts of the other width are seen")
    return faults


def accessibility(page: Page, scheme: str, rules: dict = RULES) -> list[str]:
    """What axe, which the page holds already, has against the page as it is."""
    page.evaluate(ONE_OF_EACH)
    found = page.evaluate("rules => axe.run(rules)", rules)["violations"]
    return [f"axe, {scheme}: {rule['id']}: {node['html'][:160]}" for rule in found for node in rule["nodes"][:3]]


def _without_scripts(page: Page, address: str, words: set[str]) -> list[str]:
    """With scripts off the page must read the same: a heading, and nearly all words that it has with them."""
    page.set_viewport_size({"width": NARROW, "height": HEIGHTS[NARROW]})
    page.goto(address, wait_until="load")
    if not page.locator("h1").first.is_visible():
        return ["without scripts the heading cannot be seen"]
    lost = words - set(page.inner_text("main").split())
    return [f"without scripts these words are lost: {sorted(lost)[:10]}"] if len(lost) > 0.02 * len(words) else []
