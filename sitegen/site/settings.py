"""`mkdocs.yml` of an organisation: plain data of which a few keys are read; any other key is a problem with its
place.

The file is never handed to the builder. What the builder gets is generated and complete (`shells.py`), so that a
key such as `hooks`, `plugins` or `INHERIT` cannot run anything or load anything.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from sitegen import yamlfile
from sitegen.problems import Place, Problem, in_order, nearest

FILE = "mkdocs.yml"
KEYS = ("site_name", "site_url", "repo_url", "edit_uri", "copyright", "docs_language", "theme")
THEME_KEYS = ("name", "palette", "logo", "favicon")
PALETTE_KEYS = ("scheme", "primary", "accent")
PICTURES = (".svg", ".png", ".ico", ".webp", ".jpg")

_ADDRESS = re.compile(r"https?://[^\s\"'<>]+")
_LANGUAGE = re.compile(r"[a-z]{2}")
_COLOUR = re.compile(r"#[0-9a-fA-F]{6}")


@dataclass(frozen=True)
class Settings:
    """What an organisation may decide about its site.

    Attributes:
        site_name: the name in the header and after each title; left out, the organisation's own name.
        site_url: where the site will be published; needed for canonical links, the sitemap, and an error page that
            works however deep the address lies that nothing is at.
        repo_url, edit_uri: where a record can be edited: `<repo_url>/<edit_uri>/<file>`.
        copyright: one line of plain text at the foot of each page.
        docs_language: the language that the pages in `docs/` are written in; left out, they are taken for the site's.
        brand, accent: colours as `#rrggbb`, by scheme (`default` is light, `slate` is dark).
        logo, favicon: pictures in the folder of `mkdocs.yml`, as written there.
    """

    site_name: str = ""
    site_url: str = ""
    repo_url: str = ""
    edit_uri: str = ""
    copyright: str = ""
    docs_language: str = ""
    brand: dict[str, str] = field(default_factory=dict)
    accent: dict[str, str] = field(default_factory=dict)
    logo: str = ""
    favicon: str = ""


def read(home: Path) -> tuple[Settings, tuple[Problem, ...]]:
    """The settings in `home/mkdocs.yml`, and what is wrong with the file; without the file, the defaults."""
    path = home / FILE
    if not path.exists():
        return Settings(), ()
    text, problems = yamlfile.read(path, FILE)
    if text is None:
        return Settings(), tuple(problems)
    document = yamlfile.parse(text, FILE)
    reader = _Reader(document, home)
    settings = reader.settings()
    return settings, in_order((*document.problems, *reader.problems))


class _Reader:
    """One reading of one `mkdocs.yml`."""

    def __init__(self, document: yamlfile.Document, home: Path) -> None:
        self.document = document
        self.home = home
        self.problems: list[Problem] = []

    def settings(self) -> Settings:
        data = self.document.data
        if not isinstance(data, dict):
            if data is not None:
                self.wrong((), 'site_name: "Nordlys"')
            return Settings()
        self.only(data, KEYS, ())
        theme = data.get("theme")
        theme = theme if isinstance(theme, dict) else {}
        if data.get("theme") is not None and not theme:
            self.wrong(("theme",), "theme: {name: material}")
        self.only(theme, THEME_KEYS, ("theme",))
        if theme.get("name", "material") != "material":
            self.wrong(("theme", "name"), "name: material")
        brand, accent = self.colours(theme.get("palette"))
        return Settings(
            site_name=self.text(data, "site_name"),
            site_url=self.address(data, "site_url"),
            repo_url=self.address(data, "repo_url"),
            edit_uri=self.text(data, "edit_uri"),
            copyright=self.text(data, "copyright"),
            docs_language=self.language(data, "docs_language"),
            brand=brand,
            accent=accent,
            logo=self.picture(theme, "logo"),
            favicon=self.picture(theme, "favicon"),
        )

    def place(self, path: tuple[str | int, ...], *, key: bool = False) -> Place:
        return self.document.place(path, key=key)

    def wrong(self, path: tuple[str | int, ...], example: str) -> None:
        values = {"key": ".".join(map(str, path)) or FILE, "example": example}
        self.problems.append(Problem("bad-setting", self.place(path), values))

    def only(self, data: dict[str, Any], keys: tuple[str, ...], path: tuple[str | int, ...]) -> None:
        for key in data:
            if key not in keys:
                values = {"key": ".".join(map(str, (*path, key))), "nearest": nearest(str(key), frozenset(keys))}
                self.problems.append(Problem("unknown-setting", self.place((*path, key), key=True), values))

    def text(self, data: dict[str, Any], key: str) -> str:
        value = data.get(key)
        if value is not None and not isinstance(value, str):
            self.wrong((key,), f'{key}: "…"')
            return ""
        return " ".join((value or "").split())

    def address(self, data: dict[str, Any], key: str) -> str:
        value = self.text(data, key)
        if value and not _ADDRESS.fullmatch(value):
            self.wrong((key,), f"{key}: https://example.com/")
            return ""
        return value

    def language(self, data: dict[str, Any], key: str) -> str:
        value = self.text(data, key)
        if value and not _LANGUAGE.fullmatch(value):
            self.wrong((key,), f"{key}: en")
            return ""
        return value

    def picture(self, theme: dict[str, Any], key: str) -> str:
        value = theme.get(key)
        if value is None:
            return ""
        if isinstance(value, str):
            path = self.home / value
            inside = path.resolve().is_relative_to(self.home.resolve())
            if inside and path.suffix.lower() in PICTURES and path.is_file() and not path.is_symlink():
                return value
        self.wrong(("theme", key), f"{key}: brand/{key}.svg")
        return ""

    def colours(self, palette: Any) -> tuple[dict[str, str], dict[str, str]]:
        """`palette` is a map, or a list of maps with one `scheme` each. `custom` means ours."""
        brand: dict[str, str] = {}
        accent: dict[str, str] = {}
        several = isinstance(palette, list)
        for number, entry in enumerate(palette if several else [palette] if palette is not None else []):
            path: tuple[str | int, ...] = ("theme", "palette", number) if several else ("theme", "palette")
            if not isinstance(entry, dict):
                self.wrong(path, 'palette: {primary: "#12313d", accent: "#135d74"}')
                continue
            self.only(entry, PALETTE_KEYS, path)
            scheme = entry.get("scheme", "default")
            if scheme not in ("default", "slate"):
                self.wrong((*path, "scheme"), "scheme: slate")
                continue
            for key, colours in (("primary", brand), ("accent", accent)):
                value = entry.get(key, "custom")
                if isinstance(value, str) and _COLOUR.fullmatch(value):
                    colours[scheme] = value
                elif value != "custom":
                    self.wrong((*path, key), f'{key}: "#12313d"')
        return brand, accent
