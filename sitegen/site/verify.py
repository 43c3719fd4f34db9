"""Our check of the built site, before it replaces the old one: nothing broken, nothing foreign, nothing unfinished.

Strict mode of the builder checks no link in raw HTML, and our pages are raw HTML. So every page is looked through
here: links and anchors, ids, headings, alternative texts, addresses, scripts and styles, and text that a template
left unfinished.
"""

from __future__ import annotations

import hashlib
import json
import os
import posixpath
import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from html import unescape
from pathlib import Path
from urllib.parse import unquote

from sitegen.site import policy

_TAG = re.compile(r"<([a-zA-Z][\w-]*)((?:\"[^\"]*\"|'[^']*'|[^'\">])*)>")
_ATTRIBUTE = re.compile(r"([a-zA-Z_:][\w:.-]*)(?:\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'>]+)))?")
_NOT_PROSE = re.compile(r"<(pre|code|script|template|textarea)\b.*?</\1\s*>", re.DOTALL | re.IGNORECASE)
_UNFINISHED = re.compile(r">\s*(NaN|nan|None|null|undefined|inf|-inf|Infinity)\s*<|(\{\{|\{%|%\(\w+\)s|@@SG:)")
_HEADING = re.compile(r"<(h[1-6])\b[^>]*>(.*?)</\1\s*>", re.DOTALL | re.IGNORECASE)
_LOADS = {"src", "srcset", "data", "poster", "background", "action", "formaction", "ping"}
_FOREIGN = re.compile(r"\s*(?:[a-z][a-z0-9+.-]*:|//)", re.IGNORECASE)
_LINKS = re.compile(r"https?://|mailto:|tel:", re.IGNORECASE)
_REFERS = re.compile(r"url\(\s*['\"]?#([^'\")]+)")


@dataclass(frozen=True)
class Facts:
    """What is needed of a page when the others are checked: its ids, the links it has, and its faults on its own."""

    ids: frozenset[str]
    links: tuple[str, ...]
    faults: tuple[str, ...]


def look(html: str) -> Facts:
    """The facts of one page."""
    faults: list[str] = []
    ids: list[str] = []
    links: list[str] = []
    refers: list[str] = []
    try:
        policy.check(html)
    except ValueError as fault:
        faults.append(str(fault))
    if f'<meta charset="utf-8">{policy.META}' not in html:
        faults.append("no policy")
    bare = re.sub(r"<!--.*?-->", "", html, flags=re.DOTALL)
    for tag, written in _TAG.findall(bare):
        tag = tag.lower()
        attributes = {name.lower(): unescape(a or b or c) for name, a, b, c in _ATTRIBUTE.findall(written)}
        if "id" in attributes:
            ids.append(attributes["id"])
        for name, value in attributes.items():
            if "url(" in value:
                refers.extend(_REFERS.findall(value))
                if re.search(r"url\(\s*['\"]?(?!#)", value):
                    faults.append(f"<{tag} {name}> loads {value[:60]}")
            if name in ("href", "xlink:href"):
                if tag in ("a", "area"):
                    if _FOREIGN.match(value) and not _LINKS.match(value):
                        faults.append(f"a link to {value[:60]}")
                    elif not _FOREIGN.match(value):
                        links.append(value)
                elif tag == "link" and attributes.get("rel") in ("canonical", "alternate"):
                    continue
                elif tag == "base" and not value.startswith("//"):
                    continue
                elif _FOREIGN.match(value):
                    faults.append(f"<{tag}> loads {value[:60]}")
                else:
                    links.append(value)
            elif name in _LOADS and value:
                if _FOREIGN.match(value) and not value.startswith("data:image/"):
                    faults.append(f"<{tag} {name}> loads {value[:60]}")
                elif not value.startswith("data:") and name in ("src", "poster"):
                    links.append(value)
        if tag == "img" and "alt" not in attributes:
            faults.append(f"a picture without alternative text: {attributes.get('src', '')[:60]}")
        if (
            tag == "svg"
            and attributes.get("role") == "img"
            and not (attributes.get("aria-label") or attributes.get("aria-labelledby"))
        ):
            faults.append("a drawing (svg role=img) without a sentence (aria-label)")
        if tag in ("iframe", "object", "embed", "frame", "applet"):
            faults.append(f"<{tag}>")
    faults += (
        [f"the id {name!r} occurs twice" for name in sorted({name for name in ids if ids.count(name) > 1})]
        if len(set(ids)) < len(ids)
        else []
    )
    faults += [f"nothing has the id {name!r} that a drawing refers to" for name in sorted(set(refers) - set(ids))]
    faults += _words(bare)
    return Facts(frozenset(ids), tuple(dict.fromkeys(links)), tuple(faults))


def _words(html: str) -> list[str]:
    faults = []
    headings = [(level.lower(), text) for level, text in _HEADING.findall(html)]
    mains = [text for level, text in headings if level == "h1"]
    if len(mains) != 1:
        faults.append(f"{len(mains)} main headings (h1), not one")
    faults += [f"an empty heading ({level})" for level, text in headings if not re.sub(r"<[^>]*>|&nbsp;|\s", "", text)]
    title = re.search(r"<title>(.*?)</title>", html, re.DOTALL)
    if not title or not title[1].strip():
        faults.append("no title")
    if not re.search(r"<html\b[^>]*\blang=\"[a-z]{2}", html):
        faults.append("no language")
    for match in _UNFINISHED.finditer(_NOT_PROSE.sub("", html)):
        faults.append(f"the page says {(match[1] or match[2])!r}")
    return faults


def faults(pages: Mapping[str, Facts], files: Collection[str]) -> list[str]:
    """All faults of a site, `<page>: <what>`, sorted. `files` are the paths of everything in it, pages included."""
    found = []
    for path, facts in pages.items():
        found += [f"{path}: {fault}" for fault in facts.faults]
        for link in facts.links:
            target, _, anchor = link.partition("#")
            target = unquote(target.partition("?")[0])
            to = posixpath.normpath(posixpath.join(posixpath.dirname(path), target)) if target else path
            if target.endswith("/"):
                to += "/index.html"
            if to not in files:
                found.append(f"{path}: a link to {link[:120]}, which is not in the site")
            elif anchor and to in pages and unquote(anchor) not in pages[to].ids:
                found.append(f"{path}: a link to {link[:120]}, but the page has nothing with that id")
    return sorted(found)


class Memory:
    """The facts of pages that were looked at before, by the hash of their bytes, kept in the cache between builds."""

    def __init__(self, cache: Path) -> None:
        rules = hashlib.sha256(Path(__file__).read_bytes() + Path(policy.__file__).read_bytes()).hexdigest()[:16]
        self._path = cache / f"facts-{rules}.json"
        self._used: dict[str, Facts] = {}
        try:
            known = json.loads(self._path.read_text(encoding="utf-8"))
        except (FileNotFoundError, ValueError):
            known = {}
        self._known = known

    def look(self, page: bytes) -> Facts:
        """The facts of a page."""
        digest = hashlib.sha256(page).hexdigest()
        known = self._known.get(digest)
        facts = Facts(frozenset(known[0]), tuple(known[1]), tuple(known[2])) if known else look(page.decode())
        self._used[digest] = facts
        return facts

    def keep(self) -> None:
        """Writes down the facts of the pages that were looked at this time."""
        data = {digest: [sorted(facts.ids), facts.links, facts.faults] for digest, facts in self._used.items()}
        self._path.parent.mkdir(parents=True, exist_ok=True)
        temporary = self._path.with_suffix(f".{os.getpid()}")  # two builds at once each write their own
        temporary.write_text(json.dumps(data), encoding="utf-8")
        temporary.rename(self._path)
